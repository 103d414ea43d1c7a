"""Where a run lies among the runs of the study, in words and in the picture of its training."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import d2l_utils as d2l
from d2l_utils.errors import ArgumentValueError
from d2l_utils.train import Epoch, History

OTHERS = [0.870, 0.872, 0.874, 0.876]


@pytest.mark.parametrize(("value", "place"), [
    (0.873, "higher than 2 of 4"), (0.874, "higher than 2 of 4"), (0.870, "higher than 0 of 4"),
    (0.876, "higher than 3 of 4"), (0.87601, "higher than 3 of 4"),
    (0.869, "lower than all 4"), (0.877, "higher than all 4"),
    (0.850, "lower than all 4,\nby more than chance explains: look for another cause"),
    (0.896, "higher than all 4,\nby more than chance explains: look for another cause")])
def test_a_sentence_says_where_a_run_lies(value, place):
    """A tie, to four digits, is not higher; what is implausible is told apart from what is merely the lowest."""
    assert d2l.where_it_lies(value, OTHERS) == f"your test accuracy of {value:.3f} is {place}"


def test_the_sentence_names_the_quantity_and_takes_a_column_of_the_study():
    table = pd.DataFrame({"train_loss": [0.30, 0.31, 0.32]})
    sentence = d2l.where_it_lies(0.315, table.train_loss, "training loss")
    assert sentence == "your training loss of 0.315 is higher than 2 of 3"
    assert d2l.where_it_lies(0.315, table.train_loss.astype(object), "training loss") == sentence


def test_the_plausible_range_is_the_mean_and_five_standard_deviations():
    assert d2l.plausible_range([1, 2, 3]) == (-3, 7)
    assert d2l.plausible_range([1, 2, 3], widths=1) == (1, 3)
    assert d2l.plausible_range([1, 3]) == pytest.approx((2 - 50**0.5, 2 + 50**0.5))
    for end, beyond in ((7, 7.001), (-3, -3.001)):
        assert "chance" not in d2l.where_it_lies(end, [1, 2, 3]) and "chance" in d2l.where_it_lies(beyond, [1, 2, 3])


def test_the_plausible_range_holds_every_run_that_it_comes_from():
    values = np.random.default_rng(0).normal(size=20)
    low, high = d2l.plausible_range(values)
    assert low < values.min() < values.max() < high


@pytest.mark.parametrize("others", [[], [0.87], [[0.87, 0.88]], [0.87, np.nan]])
def test_others_that_are_no_runs_are_refused(others):
    for ask in (lambda: d2l.where_it_lies(0.87, others), lambda: d2l.plausible_range(others)):
        with pytest.raises(ArgumentValueError, match="at least two numbers"):
            ask()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_run_that_diverged_is_told_so(value):
    with pytest.raises(ArgumentValueError, match="the training diverged"):
        d2l.where_it_lies(value, OTHERS, "training loss")


@pytest.fixture
def band():
    """Two runs of three epochs; the second is always higher."""
    rows = [(epoch, epoch / 10 + run / 100) for run in range(2) for epoch in (1, 2, 3)]
    table = pd.DataFrame(rows, columns=["epoch", "train_loss"])
    return table.assign(train_acc=table.train_loss + 1, test_acc=table.train_loss + 2)


@pytest.mark.parametrize("epochs", [1, 2, 3])
def test_the_band_reaches_from_the_lowest_run_to_the_highest_as_far_as_the_history(band, epochs):
    history = History(Epoch(epoch, 0.5, 0.8, 0.8, 1.0) for epoch in range(1, epochs + 1))
    axes = d2l.plot_history(history, band=band)
    shown = [area.get_paths()[0].vertices for ax in axes for area in ax.collections]
    assert len(shown) == 3  # training loss; training accuracy and test accuracy
    for vertices, shift in zip(shown, (0, 1, 2)):
        for epoch in range(1, epochs + 1):
            heights = vertices[vertices[:, 0] == epoch, 1]
            assert heights.min() == pytest.approx(epoch / 10 + shift)
            assert heights.max() == pytest.approx(epoch / 10 + 0.01 + shift)
        assert vertices[:, 0].max() == epochs
    plt.close("all")


def test_without_a_band_nothing_is_shaded():
    axes = d2l.plot_history(History([Epoch(1, 0.5, 0.8, 0.8, 1.0)]))
    assert [len(ax.collections) for ax in axes] == [0, 0]
    plt.close("all")
