"""The drawings of the network say what they were given, and nothing in them covers anything else."""

from itertools import combinations

import matplotlib
import pytest
from matplotlib.text import Annotation

import d2l_utils as d2l
from d2l_utils.diagram import GAP, UNITS
from drawings import BACKWARD, CHAIN, FORWARD

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


def inside(ax, x, y):
    """Whether a point lies within an axes' limits, with room for what stands around it."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    return left + 0.3 < x < right - 0.3 and bottom + 0.5 < y < top - 0.5


def test_a_network_has_its_layers_its_weights_and_a_line_between_any_two_units_of_neighbouring_layers():
    texts = ["784 pixels", "256 hidden units", "10 logits", "$W_1$\n784 × 256", "$W_2$\n256 × 10"]
    ax = d2l.show_network(texts[:3], texts[3:])
    assert sorted(text.get_text() for text in words(ax)) == sorted(texts)
    assert len(ax.lines) == UNITS[0] * UNITS[1] + UNITS[1] * UNITS[2]
    assert overlapping(ax) == []


def test_a_chain_has_an_arrow_for_each_value_and_one_back_for_each_gradient():
    ax = d2l.show_chain(CHAIN, FORWARD, BACKWARD)
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    ways = sorted((arrow.xyann[0], arrow.xy[0]) for arrow in arrows)
    assert ways == [(1, 2), (2, 1), (2, 3), (3, 2)]
    values, gradients = ([next(text for text in words(ax) if text.get_text() == wanted) for wanted in side[1:]]
                         for side in (FORWARD, BACKWARD))
    assert all(text.get_position()[1] > 0 for text in values) and all(text.get_position()[1] < 0 for text in gradients)
    assert overlapping(ax) == []


def test_the_units_of_a_layer_stand_around_its_middle_with_dots_for_those_left_out():
    """Neighbours are 1 apart, and 1.5 where the dots stand, half-way; every line ends in units."""
    ax = d2l.show_network("abc", "de")
    columns = [column.get_offsets().tolist() for column in ax.collections]
    dots = [text.get_position() for text in ax.texts if text.get_text() == "⋮"]
    for x, (column, (dot_x, dot_y)) in enumerate(zip(columns, dots, strict=True)):
        heights = [y for _, y in column]
        assert {unit_x for unit_x, _ in column} == {x} and dot_x == x and len(column) == UNITS[x]
        assert heights == [(len(column) - 1) / 2 + 0.25 - i - 0.5 * (i >= GAP) for i in range(len(column))]
        assert dot_y == (heights[GAP - 1] + heights[GAP]) / 2
    for line in ax.lines:
        assert {tuple(end) for end in line.get_xydata().tolist()} <= {tuple(unit) for unit in sum(columns, [])}
    assert [text.get_position()[0] for text in words(ax)] == [0.5, 1.5, 0, 1, 2]
    assert not ax.axison and all(inside(ax, x, y) for x, y in sum(columns, []))


def test_a_chain_has_heads_on_its_arrows_and_its_texts_half_way():
    """Values stand above their arrows and gradients below; more lines of them need more room."""
    ax = d2l.show_chain("xyz", ("f\n1", "g"), ("df", "dg"))
    assert [text.get_position() for text in words(ax)[:3]] == [(0, 0), (1, 0), (2, 0)]
    assert [text.get_position()[0] for text in words(ax)[3:]] == [0.5, 0.5, 1.5, 1.5]
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    assert {type(arrow.arrow_patch.get_arrowstyle()).__name__ for arrow in arrows} == {"CurveFilledB"}
    colors = [arrow.arrow_patch.get_facecolor() for arrow in arrows]
    assert colors[0] == colors[2] != colors[1] == colors[3]
    ax.figure.canvas.draw()
    box = ax.texts[0].get_bbox_patch().get_window_extent()
    middle = ax.transData.transform((0, 0))
    assert (box.x0 + box.x1) / 2 == pytest.approx(middle[0], abs=1)
    assert (box.y0 + box.y1) / 2 == pytest.approx(middle[1], abs=1)
    flat = d2l.show_chain("xyz", ("f", "g"), ("df", "dg"))
    assert ax.figure.get_size_inches().tolist() == pytest.approx([5.5, 1.52])
    assert not ax.axison and all(inside(ax, *text.get_position()) for text in words(ax))
    assert flat.figure.get_size_inches().tolist() == pytest.approx([5.5, 1.16])
