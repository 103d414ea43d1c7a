"""The figures of the notebooks from the model to its predictions."""

import numpy as np

from .form import figure, is_ankle_boot, is_grey, is_red_for_plus, legend, lines, names, picture, style, titles, words
from .notebooks_00_to_03 import CLASSES, TEN

BLUE, ORANGE = "#0072b2", "#d55e00"


@figure("07b1796e")
def network_with_its_shapes(axes):
    shown = " ".join(words(axes[0]))
    for part in ("{X}$\n(256, 784)", "{H}$\n(256, 256)", "{O}$\n(256, 10)", "{W}_1$\n(784, 256)", "{W}_2$\n(256, 10)"):
        assert part in shown


@figure("04-09")
def scrambled_pictures(axes):
    assert len(axes) == 10 and titles(axes) == TEN[:5] + [""] * 5 and all(map(is_grey, axes))
    for ax, scrambled in zip(axes[:5], axes[5:]):
        assert (np.sort(picture(ax), axis=None) == np.sort(picture(scrambled), axis=None)).all()
        assert (picture(ax) != picture(scrambled)).any()
    assert is_ankle_boot(axes[0]) and not is_ankle_boot(axes[5])


@figure("e909b6f6")
def five_pieces_and_their_sum(axes):
    upper, lower = axes
    drawn = lines(lower)
    (x, total), (_, sine) = drawn["sum of the five"], drawn["sin x"]
    pieces = [np.asarray(line.get_ydata()) for line in upper.lines if len(line.get_xdata()) == len(x)]
    assert abs(np.sum(pieces, axis=0) - total).max() < 1e-4 and abs(sine - np.sin(x)).max() < 1e-5
    assert len(pieces) == 5 and abs(total - sine).max() < 0.4 and style(lower, "sin x") == ("--", ORANGE)


@figure("11a83905")
def maps_of_four_networks(axes):
    assert titles(axes) == ["50 units, no ReLU", "3 units, ReLU", "10 units, ReLU", "50 units, ReLU"]


@figure("d7656837")
def folds_of_ten_units(axes):
    (ax,) = axes
    assert ax.get_xlim() == ax.get_ylim() or np.allclose(ax.get_xlim(), ax.get_ylim())
    assert len(ax.collections) > 3  # the map, and a dashed line for each unit that changes sides


@figure("d7ab22f6")
def shares_of_three_logits(axes):
    left, right = axes
    assert [ax.get_xlabel() for ax in axes] == ["added to $o_3$ alone", "added to all three"]
    for ax in axes:
        shares = {name: y for name, (x, y) in lines(ax).items() if name.startswith("$p")}
        assert len(shares) == 3 and abs(sum(shares.values()) - 1).max() < 1e-5
        middle = [y[80] for y in shares.values()]  # nothing added
        assert np.allclose(middle, np.exp([1, 2, 4]) / np.exp([1, 2, 4]).sum(), atol=1e-3)
    moved, still = lines(left)["$p_3$"][1], lines(right)["$p_3$"][1]
    assert (np.diff(moved) > 0).all() and moved[-1] > 0.99 and np.ptp(still) < 1e-5


@figure("d2l-set-figsize-5-5-2-6-2")
def two_prices(axes):
    (ax,) = axes
    drawn = lines(ax)
    (p, log), (_, straight) = drawn["$-\\ln p_y$"], drawn["$1 - p_y$"]
    assert abs(log + np.log(p)).max() < 1e-6 and abs(straight - (1 - p)).max() < 1e-6
    points = ax.lines[2]
    assert len(points.get_xdata()) == 3 and np.allclose(points.get_ydata(), -np.log(points.get_xdata()), atol=1e-3)
    assert legend(ax) == ["$-\\ln p_y$", "$1 - p_y$"]


@figure("7371b38d")
def what_float32_holds(axes):
    (ax,) = axes
    lowest, zero, high = ax.get_xticks()
    assert abs(lowest - np.log(2.0**-149)) < 0.06 and zero == 0 and abs(high - np.log(3.4028e38)) < 0.06
    assert ax.get_ylim()[0] > ax.get_ylim()[1] and len(ax.figure.legends[0].get_texts()) == 3


@figure("e4a5ed06")
def values_forward_and_errors_back(axes):
    texts = {text.get_text(): text for text in axes[0].texts if text.get_text()}
    for name, above in (("a", True), ("h", True), ("o", True), ("da", False), ("dh", False), ("do", False)):
        (text,) = [text for key, text in texts.items() if key.startswith(f"${name}$\n")]
        assert (text.get_position()[1] > 0) == above and text.get_color() == (BLUE if above else ORANGE)
    a, h, da, dh = (next(key for key in texts if key.startswith(f"${name}$\n")).split("\n")[1:4]
                    for name in ("a", "h", "da", "dh"))
    assert float(a[1]) < 0 and float(h[1]) == 0 == float(da[1]) and float(dh[1]) != 0  # the second unit is off


@figure("941b3c65")
def a_valley_of_the_learning_rate(axes):
    for ax in axes:
        own = lines(ax)["its own 256"][1]
        assert 0 < own.argmin() < len(own) - 1 and ax.get_xscale() == "log"
        assert own.min() <= lines(ax)["256 others"][1].min()
    assert lines(axes[0])["its own 256"][1].min() > lines(axes[1])["its own 256"][1].min()
    assert axes[1].get_xlabel() == "learning rate of the step" and names(axes[1].xaxis) == ["0.01", "0.1", "1", "10"]


@figure("06-22")
def ones_own_run_and_the_lectures(axes):
    loss, accuracy = axes
    own, theirs = lines(loss)["training"], lines(loss)["training, the lecture's run"]
    assert len(own[0]) == 10 and own[1][-1] < own[1][0] and theirs[1][-1] < theirs[1][0]
    drawn = lines(accuracy)
    assert drawn["training"][1][-1] > drawn["test"][1][-1] - 0.01
    assert drawn["test, the lecture's run"][1][-1] < drawn["training, the lecture's run"][1][-1]
    assert [len(ax.collections) for ax in axes] == [1, 2]


@figure("90d519a1")
def weights_as_they_become(axes):
    assert len(axes) == 16 and all(map(is_red_for_plus, axes))
    assert titles(axes[:4]) == ["epoch 0", "epoch 1", "epoch 3", "epoch 10"]
    rows = [[picture(ax) for ax in axes[start:start + 4]] for start in range(0, 16, 4)]
    alike = [[np.corrcoef(row[-1].ravel(), before.ravel())[0, 1] for before in row[:3]] for row in rows]
    assert np.mean(alike, axis=0)[0] < np.mean(alike, axis=0)[1] < np.mean(alike, axis=0)[2]


@figure("07-07")
def ten_test_pictures(axes):
    assert [title.split("\n")[0] for title in titles(axes)] == TEN and is_ankle_boot(axes[0])
    assert all(map(is_grey, axes)) and {title.split("\n")[1] for title in titles(axes)} <= set(CLASSES)


@figure("07-12")
def confusion_of_all_classes(axes):
    (ax,) = axes
    counts = np.zeros((10, 10), int)
    for text in ax.texts:
        column, row = map(round, text.get_position())
        counts[row, column] = int(text.get_text())
    assert (counts.sum(axis=1) == 1000).all() and counts.trace() > 8000  # rows are true classes, 1,000 of each
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true") and names(ax.yaxis) == CLASSES
    mistakes = counts - np.diag(counts.diagonal())
    assert picture(ax).argmax() == mistakes.argmax() and mistakes[[0, 2, 4, 6]].sum() > mistakes.sum() / 2


@figure("07-22")
def taken_for_bags(axes):
    assert 0 < len(titles(axes)) <= 10 and all(map(is_grey, [ax for ax in axes if ax.images]))
    assert set(titles(axes)) <= {*CLASSES, ""} - {"bag"}


@figure("07-25")
def the_surest_mistakes(axes):
    parts = [title.split("\n") for title in titles(axes)]
    chances = [float(chance.rstrip("%")) for _, _, chance in parts]
    assert len(axes) == 10 and all(true != guess for true, guess, _ in parts)
    assert chances == sorted(chances, reverse=True) and chances[-1] > 90


@figure("03ad2141")
def claimed_and_right(axes):
    for ax in axes:
        assert np.allclose(ax.lines[0].get_xdata(), ax.lines[0].get_ydata())  # where both are equal
        assert ax.get_xlabel() == "claimed (mean p)"
    (points,) = [line for line in axes[0].lines if line.get_marker() == "o"]
    claimed, right = np.asarray(points.get_xdata()), np.asarray(points.get_ydata())
    assert len(claimed) == 4 and (np.diff(claimed) > 0).all() and (np.diff(right) > 0).all()
    assert axes[0].get_ylabel() == "right (share)" and len(words(axes[0])) == 3 and len(words(axes[1])) == 1


@figure("07-31")
def ten_units_before_and_after(axes):
    assert len(axes) == 20 and all(map(is_red_for_plus, axes))
    assert [words(axes[row])[0] for row in (0, 5, 10, 15)] == ["before", "after"] * 2
    rough = [np.mean([abs(np.diff(picture(ax), axis=0)).mean() / picture(ax).std() for ax in axes[start:start + 5]])
             for start in (0, 5, 10, 15)]
    assert rough[0] > rough[1] and rough[2] > rough[3]  # noise before, shapes after


@figure("8f620f68")
def a_unit_and_two_pictures(axes):
    for most in (axes[:3], axes[3:]):
        assert is_grey(most[0]) and all(map(is_red_for_plus, most[1:]))
        assert titles(most[1:]) == ["weights", "product"]
        assert np.allclose(picture(most[0]) * picture(most[1]), picture(most[2]), atol=1e-6)
    sums = [picture(axes[place]).sum() for place in (2, 5)]
    assert sums[0] > 0 > sums[1]
