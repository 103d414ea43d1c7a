"""Pictures of the network itself: its units, and the way of values and gradients through it."""

from matplotlib import pyplot as plt

from .plot import TEST, TRAIN, use_svg_display

UNITS, GAP = (7, 5, 4), 3  # units drawn per layer, of the many that there are; dots stand after the third


def show_network(layers, weights):
    """Draw a network of one hidden layer: a column of units per layer, and a line for each weight between them.

    Parameters
    ----------
    layers : sequence of str
        What stands below each of the three columns.
    weights : sequence of str
        What stands above the lines between them, one text for each pair of neighbours.

    Returns
    -------
    matplotlib.axes.Axes
    """
    use_svg_display()
    _, ax = plt.subplots(figsize=(5.5, 3.6), layout="constrained")
    heights = [[(count - 1) / 2 - unit - 0.5 * (unit >= GAP) + 0.25 for unit in range(count)] for count in UNITS]
    for x, (left, right) in enumerate(zip(heights, heights[1:])):
        ax.plot([x, x + 1], [[a for a in left for _ in right], [b for _ in left for b in right]],
                color="#abcbe0", linewidth=0.8, antialiased=False, zorder=1)  # a third of the bytes
        ax.text(x + 0.5, 3.75, weights[x], ha="center", va="bottom", fontsize=11, color=TRAIN)
    for x, column in enumerate(heights):
        ax.scatter([x] * len(column), column, s=150, color="white", edgecolor="black", zorder=2)
        ax.text(x, (column[GAP - 1] + column[GAP]) / 2, "⋮", ha="center", va="center", fontsize=13, zorder=3)
        ax.text(x, -3.75, layers[x], ha="center", va="top", fontsize=11)
    ax.set(xlim=(-0.45, 2.45), ylim=(-4.8, 4.9))
    ax.axis("off")
    return ax


def show_chain(steps, forward, backward):
    """Draw a computation as a chain of steps, with what goes forward above its arrows and what comes back below.

    Parameters
    ----------
    steps : sequence of str
        What stands in each box, from the left to the right.
    forward, backward : sequence of str
        One text per arrow; there is an arrow between any two neighbouring boxes. An empty one is left out.

    Returns
    -------
    matplotlib.axes.Axes
    """
    use_svg_display()
    lines = max(text.count("\n") for text in (*forward, *backward)) + 1
    _, ax = plt.subplots(figsize=(5.5, 0.8 + 0.36 * lines), layout="constrained")
    boxes = [ax.text(x, 0, step, ha="center", va="center", fontsize=10, bbox=dict(boxstyle="round,pad=0.5", fc="white"))
             .get_bbox_patch() for x, step in enumerate(steps)]
    for x, texts in enumerate(zip(forward, backward)):
        for text, y, side, color, way in zip(texts, (0.07, -0.07), ("bottom", "top"), (TRAIN, TEST), (1, -1)):
            if text:
                (start, source), (end, target) = [(x, boxes[x]), (x + 1, boxes[x + 1])][::way]
                ax.annotate("", (end, y), (start, y), zorder=4, arrowprops=dict(
                    arrowstyle="-|>", color=color, patchA=source, patchB=target))
                ax.text(x + 0.5, 3 * y, text, ha="center", va=side, fontsize=10, color=color)
    ax.set(xlim=(-0.4, len(steps) - 0.6), ylim=(-1, 1))
    ax.axis("off")
    return ax
