"""Pictures and curves. Each function draws one figure and returns its axes; none writes a file."""

import matplotlib.pyplot as plt
import numpy as np
from d2l.mxnet import get_fashion_mnist_labels
from IPython import get_ipython
from matplotlib_inline.backend_inline import set_matplotlib_formats
from mxnet import nd

CLASSES = get_fashion_mnist_labels(range(10))
TRAIN, TEST, LECTURE = "#0072b2", "#d55e00", "#777777"  # told apart by colour-blind readers too


def use_svg_display():
    """Show figures as PNG of twice the resolution; the lecture's name for it is kept, its SVG isn't.

    An SVG is hidden in a notebook that isn't trusted yet.
    """
    if get_ipython():  # where there is no shell, set_matplotlib_formats would start one, and matplotlib trip over it
        set_matplotlib_formats("retina")


def set_figsize(figsize=(3.5, 2.5)):
    """Set the size of the figures that follow; (width, height) in inches."""
    use_svg_display()
    plt.rcParams["figure.figsize"] = figsize


def _pictures(pictures):
    """Return images of any of the shapes in use as a NumPy array (n, height, width)."""
    if isinstance(pictures, nd.NDArray):
        pictures = pictures.asnumpy()
    pictures = np.asarray(pictures)
    return pictures.reshape(-1, *[side for side in pictures.shape[1:] if side > 1])


def _show_grid(pictures, labels, num_cols, **options):
    """Draw pictures in rows, each under its label; `options` go to imshow."""
    use_svg_display()
    num_cols = min(num_cols, len(pictures))
    num_rows = -(-len(pictures) // num_cols)
    lines = max((len(label.splitlines()) for label in labels), default=0)
    side = min(1.1, 5.5 / num_cols)  # inches; together no wider than a phone can show legibly
    figsize = (side * num_cols, (side - 0.05 + 0.19 * lines) * num_rows)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize, squeeze=False, layout="constrained")
    for ax in axes.flat:
        ax.axis("off")
    for ax, picture, label in zip(axes.flat, pictures, labels):
        ax.imshow(picture, **options)
        ax.set_title(label, fontsize=10)
    return axes


def show_fashion_mnist(images, labels, num_cols=5):
    """Show images with their labels, in rows.

    Parameters
    ----------
    images : mxnet.nd.NDArray or numpy.ndarray
        Pictures, (n, 28, 28), (n, 1, 28, 28) or (n, 28, 28, 1); black is 0.
    labels : sequence of str
        A title for each, shown above it.
    num_cols : int
        Pictures in a row.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes
        The axes, (rows, num_cols).
    """
    return _show_grid(_pictures(images), labels, num_cols, cmap="gray")


def plot_history(history, recorded=None, band=None):
    """Plot a training run's loss and accuracies against its epochs, the loss above.

    Parameters
    ----------
    history : list of Epoch
        What `train_ch3` returned.
    recorded : numpy.ndarray, optional
        A run to show beside it in grey, with the fields epoch, train_loss, train_accuracy and test_accuracy.
    band : pandas.DataFrame, optional
        Runs with other seeds, rows of `data/seeds.csv`; from the lowest to the highest of them is shaded, epoch by
        epoch, as far as `history` goes.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes
        The axes of the loss and of the accuracies.
    """
    use_svg_display()
    epochs, loss, train_acc, test_acc, _ = zip(*history)
    _, axes = plt.subplots(2, 1, figsize=(5.5, 5.6), sharex=True, layout="constrained")
    if band is not None:
        runs = band[band.epoch <= len(history)].groupby("epoch")
        for ax, column, color in ((axes[0], "train_loss", TRAIN), (axes[1], "train_acc", TRAIN),
                                  (axes[1], "test_acc", TEST)):
            low, high = runs[column].min(), runs[column].max()
            ax.fill_between(low.index, low, high, color=color, alpha=0.25, linewidth=0)
    if recorded is not None:
        axes[0].plot(recorded["epoch"], recorded["train_loss"], color=LECTURE, label="training, the lecture's run")
        axes[1].plot(recorded["epoch"], recorded["train_accuracy"], color=LECTURE, label="training, the lecture's run")
        axes[1].plot(recorded["epoch"], recorded["test_accuracy"], "--", color=LECTURE, label="test, the lecture's run")
    axes[0].plot(epochs, loss, "o-", color=TRAIN, markersize=4, label="training")
    axes[1].plot(epochs, train_acc, "o-", color=TRAIN, markersize=4, label="training")
    axes[1].plot(epochs, test_acc, "s--", color=TEST, markersize=4, label="test")
    for ax, quantity in zip(axes, ("loss", "accuracy")):
        ax.set(ylabel=quantity, xticks=epochs)
        ax.grid(alpha=0.3)
        ax.legend()
    axes[1].set_xlabel("epoch")
    return axes


def show_confusion(matrix):
    """Show a confusion matrix, each count in its cell.

    Parameters
    ----------
    matrix : numpy.ndarray
        Counts, (10, 10): rows are true classes, columns predicted ones.

    Returns
    -------
    matplotlib.axes.Axes
    """
    use_svg_display()
    _, ax = plt.subplots(figsize=(5.6, 5.4), layout="constrained")
    errors = np.where(np.eye(len(matrix)), 0, matrix)  # the diagonal would drown the mistakes
    ax.imshow(errors, cmap="Oranges")
    for (row, column), count in np.ndenumerate(matrix):
        dark = errors[row, column] > 0.65 * errors.max()
        ax.text(column, row, count, ha="center", va="center", fontsize=11, color="white" if dark else "black",
                weight="bold" if row == column else "normal")
    ax.set_xticks(range(len(matrix)), CLASSES, rotation=45, ha="right")
    ax.set_yticks(range(len(matrix)), CLASSES)
    ax.set(xlabel="predicted", ylabel="true")
    return ax


def show_weights(W, num_cols=5):
    """Show the weights that lead into hidden units as pictures: red adds, blue subtracts, white ignores.

    Each picture has its own scale, from minus to plus its largest weight.

    Parameters
    ----------
    W : mxnet.nd.NDArray
        Weights, (784, num_hiddens): column j leads into hidden unit j.
    num_cols : int
        Pictures in a row.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes
    """
    pictures = _pictures(W.T.reshape((-1, 28, 28)))
    pictures = pictures / abs(pictures).max(axis=(1, 2), keepdims=True)
    return _show_grid(pictures, [""] * len(pictures), num_cols, cmap="RdBu_r", vmin=-1, vmax=1)
