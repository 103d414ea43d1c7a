"""How facts of a figure are registered, and short names for what an axes shows."""

import numpy as np

FACTS = {}  # from a cell's id to the function that holds the facts


def figure(cell):
    """Register a function as the facts of a cell's figure; it takes the figure's axes."""
    def register(function):
        FACTS[cell] = function
        return function
    return register


def lines(ax):
    """Return an axes' lines by their labels, each as (x, y)."""
    return {line.get_label(): (np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float))
            for line in ax.lines}


def style(ax, label):
    """Return how the line with a label is drawn, and its colour."""
    line = next(line for line in ax.lines if line.get_label() == label)
    return line.get_linestyle(), line.get_color()


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def titles(axes):
    return [ax.get_title() for ax in axes]


def words(ax):
    """Return the texts in an axes, the empty ones of arrows left out."""
    return [text.get_text() for text in ax.texts if text.get_text()]


def picture(ax):
    return np.asarray(ax.images[0].get_array(), float)


def names(axis):
    """Return the names at an axis' ticks."""
    return [label.get_text() for label in axis.get_ticklabels()]


def is_grey(ax):
    """Tell whether pictures are shown upright, black where they are 0."""
    return ax.images[0].get_cmap().name == "gray" and ax.get_ylim()[0] > ax.get_ylim()[1]


def is_red_for_plus(ax):
    """Tell whether weights are red above zero and blue below, on a scale that is symmetric."""
    low, high = ax.images[0].get_clim()
    return ax.images[0].get_cmap().name == "RdBu_r" and low == -high


def is_ankle_boot(ax):
    """Tell whether an axes shows the first test picture: its shaft is at the right, above a sole."""
    shown = picture(ax)
    return shown.shape == (28, 28) and shown[:12, :10].sum() < 5 < shown[18:24, :10].sum()
