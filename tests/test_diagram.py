"""The drawings of the network say what they were given, and nothing in them covers anything else."""

from itertools import combinations

import matplotlib
import pytest
from matplotlib.text import Annotation

import d2l_utils as d2l
from d2l_utils.diagram import UNITS

matplotlib.use("Agg")  # a test machine has no display


@pytest.fixture(autouse=True)
def close_figures():
    yield
    d2l.plt.close("all")


def words(ax):
    """The texts that stand in a drawing, dots and arrows apart."""
    return [text for text in ax.texts if text.get_text() not in ("", "⋮")]


def overlapping(ax):
    """Pairs of texts that cover each other, of those drawn."""
    ax.figure.canvas.draw()
    extents = {text.get_text(): text.get_window_extent() for text in words(ax)}
    return [pair for pair in combinations(extents, 2) if extents[pair[0]].overlaps(extents[pair[1]])]


def test_a_network_has_its_layers_its_weights_and_a_line_between_any_two_units_of_neighbouring_layers():
    texts = ["784 pixels", "256 hidden units", "10 logits", "$W_1$\n784 × 256", "$W_2$\n256 × 10"]
    ax = d2l.show_network(texts[:3], texts[3:])
    assert sorted(text.get_text() for text in words(ax)) == sorted(texts)
    assert len(ax.lines) == UNITS[0] * UNITS[1] + UNITS[1] * UNITS[2]
    assert overlapping(ax) == []


def test_a_chain_has_an_arrow_for_each_value_and_one_back_for_each_gradient():
    forward, backward = ("", "a\n0.10\n−0.20", "h\n0.10\n0.00"), ("", "da\n0.30\n0.00", "dh\n0.30\n0.40")
    ax = d2l.show_chain(("x", "xW+b", "relu", "loss"), forward, backward)
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    ways = sorted((arrow.xyann[0], arrow.xy[0]) for arrow in arrows)
    assert ways == [(1, 2), (2, 1), (2, 3), (3, 2)]
    values, gradients = ([next(text for text in words(ax) if text.get_text() == wanted) for wanted in side[1:]]
                         for side in (forward, backward))
    assert all(text.get_position()[1] > 0 for text in values) and all(text.get_position()[1] < 0 for text in gradients)
    assert overlapping(ax) == []
