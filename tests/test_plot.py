"""What each plotting function draws: its data, labels, titles, order and limits, with nothing over anything else."""

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from mxnet import nd
from numpy.testing import assert_array_equal

import d2l_utils as d2l
from d2l_utils.plot import CLASSES
from drawings import RECORDED, RUN, SEEDS

matplotlib.use("Agg")  # a test machine has no display


@pytest.fixture(autouse=True)
def close_figures():
    yield
    d2l.plt.close("all")


def overlapping(fig):
    """Pairs of texts that cover each other, of those drawn."""
    fig.canvas.draw()
    hidden = {text for ax in fig.axes if not ax.axison for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
    texts = [text for text in fig.findobj(Text)
             if text.get_visible() and text.get_text() and not text.get_rotation() and text not in hidden]
    return [(one.get_text(), other.get_text()) for one, other in combinations(texts, 2)
            if one.get_window_extent().padded(-1).overlaps(other.get_window_extent().padded(-1))]


def brightness(ax, value):
    """How bright, from 0 to 1, an axes' image shows a value."""
    image = ax.images[0]
    return float(np.mean(image.cmap(image.norm(value))[:3]))


# Pictures


@pytest.mark.parametrize("shape", [(7, 28, 28), (7, 1, 28, 28), (7, 28, 28, 1)])
@pytest.mark.parametrize("kind", [np.asarray, nd.array], ids=["NumPy", "NDArray"])
def test_pictures_stand_in_rows_upright_each_under_its_label(loaded, shape, kind):
    """The pixels are those of the picture, row by row from the top, black where they are 0."""
    pictures = loaded[2][:7].asnumpy()
    labels = [f"{CLASSES[label]}\nno. {n}" for n, label in enumerate(loaded[3][:7].asnumpy())]
    axes = d2l.show_fashion_mnist(kind(pictures.reshape(shape)), labels, num_cols=5)
    assert axes.shape == (2, 5)
    assert [ax.get_title() for ax in axes.flat] == labels + [""] * 3
    for ax, picture in zip(axes.flat, pictures):
        assert_array_equal(ax.images[0].get_array(), picture[0])
        assert ax.get_ylim()[0] > ax.get_ylim()[1] and ax.get_xlim()[0] < ax.get_xlim()[1]
        assert brightness(ax, 0) == 0 and brightness(ax, 1) == 1 and not ax.axison
    assert not any(ax.images for ax in axes.flat[7:]) and not any(ax.axison for ax in axes.flat)
    assert overlapping(axes[0, 0].figure) == []


def test_a_grid_is_no_wider_than_its_pictures_and_than_a_page(loaded):
    """Fewer pictures than columns stand in one row; pictures are at most 1.1 inches wide, a figure 5.5."""
    axes = d2l.show_fashion_mnist(loaded[2][:3], ["a"] * 3)
    assert axes.shape == (1, 3) and axes[0, 0].figure.get_figwidth() == pytest.approx(3.3)
    axes = d2l.show_fashion_mnist(loaded[2][:10], ["a"] * 10, num_cols=10)
    assert axes.shape == (1, 10) and axes[0, 0].figure.get_figwidth() == pytest.approx(5.5)
    one, two = (d2l.show_fashion_mnist(loaded[2][:5], [label] * 5)[0, 0].figure.get_figheight()
                for label in ("a", "a\nb"))
    assert two - one == pytest.approx(0.19)
    unlabelled = d2l.show_fashion_mnist(loaded[2][:5], [])
    assert one - unlabelled[0, 0].figure.get_figheight() == pytest.approx(0.19)


def test_weights_are_pictures_of_the_columns_red_above_zero_blue_below_each_on_its_own_scale():
    W = np.zeros((784, 2), dtype="float32")
    W[0, 0], W[28, 0], W[1, 1] = 2, -1, -0.5  # the corner, the pixel below it; the corner's right neighbour
    axes = d2l.show_weights(nd.array(W), num_cols=2)
    first, second = (ax.images[0].get_array() for ax in axes.flat)
    assert (first[0, 0], first[1, 0], abs(first).sum()) == (1, -0.5, 1.5)
    assert (second[0, 1], abs(second).sum()) == (-1, 1)
    for ax in axes.flat:
        image = ax.images[0]
        assert image.get_clim() == (-1, 1)
        red, white, blue = (image.cmap(image.norm(value))[:3] for value in (0.8, 0, -0.8))
        assert red[0] > red[2] + 0.3 and blue[2] > blue[0] + 0.3 and min(white) > 0.95


# Curves


def test_a_history_is_its_loss_above_and_its_two_accuracies_below():
    """Training is a blue line with dots, test a dashed orange one with squares; both panels share their epochs."""
    upper, lower = axes = d2l.plot_history(RUN)
    assert [ax.get_ylabel() for ax in axes] == ["loss", "accuracy"]
    assert [ax.get_xlabel() for ax in axes] == ["", "epoch"]
    assert upper.get_position().y0 > lower.get_position().y0
    drawn = [[(line.get_label(), line.get_linestyle(), line.get_marker(), list(line.get_xdata()),
               list(line.get_ydata())) for line in ax.lines] for ax in axes]
    assert drawn == [[("training", "-", "o", [1, 2], [0.80, 0.49])],
                     [("training", "-", "o", [1, 2], [0.71, 0.83]), ("test", "--", "s", [1, 2], [0.80, 0.82])]]
    training, test = (to_rgb(line.get_color()) for line in lower.lines)
    assert upper.lines[0].get_color() == lower.lines[0].get_color()
    assert training[2] > 0.5 > training[0] and test[0] > 0.5 > test[2]
    assert [[text.get_text() for text in ax.get_legend().get_texts()] for ax in axes] == [
        ["training"], ["training", "test"]]
    assert all(list(ax.get_xticks()) == [1, 2] for ax in axes)
    assert any(line.get_visible() for line in upper.get_xgridlines())
    assert overlapping(upper.figure) == []


def test_the_lectures_run_is_grey_behind_ones_own_and_named_so():
    axes = d2l.plot_history(RUN, recorded=RECORDED)
    grey = [[(line.get_label(), line.get_linestyle(), list(line.get_ydata())) for line in ax.lines
             if np.ptp(to_rgb(line.get_color())) == 0] for ax in axes]
    assert grey == [[("training, the lecture's run", "-", [0.81, 0.48])],
                    [("training, the lecture's run", "-", [0.70, 0.82]),
                     ("test, the lecture's run", "--", [0.81, 0.83])]]
    for ax in axes:  # drawn first, so that one's own run is never covered
        assert [line.get_label() for line in ax.lines][-1] in ("training", "test")
        assert all(list(line.get_xdata()) == [1, 2] for line in ax.lines)


def test_other_seeds_are_a_band_from_the_lowest_to_the_highest_as_far_as_the_run_goes():
    """In the colour of the line that it stands behind; an epoch that the run hasn't reached is left out."""
    axes = d2l.plot_history(RUN, band=SEEDS)
    bands = [(band, line) for ax in axes for band, line in zip(ax.collections, ax.lines, strict=True)]
    for (band, line), column in zip(bands, ("train_loss", "train_acc", "test_acc"), strict=True):
        (path,) = band.get_paths()
        expected = {(e, round(v, 9)) for e, v in zip(SEEDS.epoch[:4], SEEDS[column][:4])}
        assert {(x, round(y, 9)) for x, y in path.vertices.tolist()} == expected
        assert to_rgb(band.get_facecolor()[0][:3]) == pytest.approx(to_rgb(line.get_color()))


# The confusion matrix


def test_a_confusion_matrix_has_true_classes_in_rows_and_predicted_ones_in_columns():
    """Each count stands in its cell, the right ones bold; the commonest mistake is darkest, the right ones are not."""
    matrix = np.arange(100).reshape(10, 10) + 900 * np.eye(10, dtype=int)
    matrix[6, 0], matrix[7, 0] = 200, 130  # the second is just not dark enough for white
    ax = d2l.show_confusion(matrix)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")
    names = [[label.get_text() for label in axis.get_ticklabels()] for axis in (ax.xaxis, ax.yaxis)]
    assert names == [CLASSES, CLASSES] and names[0][:2] == ["t-shirt", "trouser"]
    assert list(ax.get_xticks()) == list(ax.get_yticks()) == list(range(10))
    texts = {tuple(int(at) for at in text.get_position()): text for text in ax.texts}  # (column, row)
    assert {place: int(text.get_text()) for place, text in texts.items()} == {
        (column, row): matrix[row, column] for row in range(10) for column in range(10)}
    assert [place for place, text in texts.items() if text.get_weight() == "bold"] == [(n, n) for n in range(10)]
    image = ax.images[0].get_array()
    assert np.unravel_index(image.argmax(), image.shape) == (6, 0) and not image.diagonal().any()
    assert brightness(ax, image.max()) < brightness(ax, 0)
    assert texts[0, 6].get_color() == "white" and texts[0, 0].get_color() == "black"
    assert {text.get_color() for text in texts.values() if int(text.get_text()) <= 0.65 * 200} == {"black"}
    assert ax.get_ylim()[0] > ax.get_ylim()[1]
    assert overlapping(ax.figure) == []


# All of them


def test_nothing_draws_more_than_one_figure_or_writes_a_file(loaded, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for draw in (lambda: d2l.show_fashion_mnist(loaded[2][:2], ["a", "b"]), lambda: d2l.plot_history(RUN),
                 lambda: d2l.show_confusion(np.eye(10, dtype=int)), lambda: d2l.show_weights(nd.ones((784, 2)))):
        draw()
        assert len(d2l.plt.get_fignums()) == 1
        d2l.plt.close("all")
    assert list(tmp_path.iterdir()) == []


def test_set_figsize_sets_the_size_of_the_figures_that_follow():
    with matplotlib.rc_context():
        d2l.set_figsize((4, 2))
        assert list(d2l.plt.figure().get_size_inches()) == [4, 2]
        d2l.set_figsize()
        assert list(d2l.plt.figure().get_size_inches()) == [3.5, 2.5]
