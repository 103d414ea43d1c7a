"""The figures of Gluon, of comparisons, of architectures, and of why numbers differ."""

import numpy as np

from .form import figure, legend, lines, names, picture, style, titles, words

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#777777"


@figure("817ae863")
def transposed_and_reshaped(axes):
    assert [ax.get_xlabel() for ax in axes] == ["W", "W.T", "W.reshape(3, 4)"]
    numbers = []
    for ax in axes:
        shown = np.zeros(picture(ax).shape, int)
        for text in ax.texts:
            column, row = map(round, text.get_position())
            shown[row, column] = int(text.get_text())
        numbers.append(shown)
    W = np.arange(1, 13).reshape(4, 3)
    assert all((shown == right).all() for shown, right in zip(numbers, (W, W.T, W.reshape(3, 4)), strict=True))
    shades = [picture(ax) for ax in axes]
    assert not np.ptp(shades[0], axis=0).any() and not np.ptp(shades[1], axis=1).any()
    assert np.ptp(shades[2], axis=1).all()  # each row mixes units


@figure("08-18-2")
def how_far_the_two_drift(axes):
    (ax,) = axes
    ((steps, apart),) = lines(ax).values()
    assert ax.get_yscale() == "log" and steps[0] == 1 and apart[-1] > 10 * apart[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "difference of the two W1")


@figure("e04eed80")
def where_a_step_spends_its_time(axes):
    assert titles(axes) != ["", ""] or [ax.get_title(loc="left") for ax in axes] != ["", ""]
    first = [names(ax.yaxis) for ax in axes]
    assert "dot" in first[0] and "FullyConnected" in first[1]
    assert all(len(rows) == 6 and rows[-1] == "between operators" for rows in first)
    assert legend(axes[1]) == ["the way back"] and axes[1].get_xlabel() == "milliseconds for one step"
    assert all(ax.get_ylim()[0] > ax.get_ylim()[1] for ax in axes)


@figure("330fc86f")
def who_is_right_where(axes):
    (ax,) = axes
    counts = {text.split("\n")[0]: int(text.split("\n")[1].split(" ")[0].replace(",", "")) for text in words(ax)}
    assert sum(counts.values()) == 10_000 and counts["both right"] > 7_000
    assert counts["only the MLP"] > counts["only softmax"]
    areas = [bar.get_width() * bar.get_height() for bar in ax.patches if bar.get_width() * bar.get_height() > 0]
    assert np.allclose(sorted(areas), sorted(counts.values()), rtol=1e-3)


@figure("9e11b014")
def separate_and_same_pictures(axes):
    (ax,) = axes
    heaps = [patch.get_path().vertices if hasattr(patch, "get_path") else patch.get_xy() for patch in ax.patches]
    tops = [heap[:, 1].max() for heap in heaps]
    assert len(heaps) == 2 and tops[1] > 1.2 * tops[0]  # the same pictures: narrower, so higher
    assert list(ax.lines[0].get_xdata()) == [0, 0] and ax.get_legend().get_title().get_text() == "pictures"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("MLP over softmax regression (points)", "samples")


@figure("09-28")
def twenty_seeds_of_each(axes):
    (ax,) = axes
    softmax, lecture_softmax, mlp, lecture_mlp = [np.asarray(line.get_xdata()) for line in ax.lines]
    assert len(softmax) == len(mlp) == 20 and softmax.max() < mlp.min() and np.std(mlp) > np.std(softmax)
    assert lecture_softmax.max() > softmax.max() and lecture_mlp.max() > mlp.mean()
    assert names(ax.yaxis) == ["softmax\nregression", "MLP"] and legend(ax) == ["one of 20 seeds", "the lecture's run"]


@figure("9a74822c")
def gain_in_each_class(axes):
    (ax,) = axes
    assert len(names(ax.yaxis)) == 10 and legend(ax) == ["one class", "all ten"]
    zero, overall = [line.get_xdata()[0] for line in ax.lines[:2]]
    assert zero == 0 and 1 < overall < 6 and style(ax, ax.lines[1].get_label())[0] == "--"
    thin, thick = [np.ptp([segment[:, 0] for segment in bars.get_segments()], axis=1) for bars in ax.collections]
    assert (thin > thick).all() and ax.get_xlabel() == "gain (points)"


@figure("44d6daf4")
def three_parts_of_the_data(axes):
    (ax,) = axes
    assert [bar.get_width() for bar in ax.patches] == [50_000, 10_000, 10_000]
    assert [text.split("\n")[0] for text in words(ax)] == ["learn from", "choose on", "test on"]
    assert [text.split("\n")[2] for text in words(ax)] == ["in every epoch", "often", "once"]


def means(container):
    """Return the places and heights of the points of errorbars."""
    line = container.lines[0]
    return np.asarray(line.get_xdata()), np.asarray(line.get_ydata())


@figure("10-30")
def size_and_depth(axes):
    left, right = axes
    assert (left.get_xlabel(), left.get_ylabel()) == ("parameters", "validation accuracy")
    assert legend(left) == ["1", "2", "3"] and left.get_xscale() == "log"
    for container in left.containers[:2]:
        x, y = means(container)
        assert (np.diff(x) > 0).all() and (np.diff(y) > 0).all()
    x, y = means(right.containers[0])
    assert list(x) == [1, 2, 3] and (np.diff(y) > 0).all()
    assert {"256", "204-204", "177-177-177"} <= set(words(right)) and {"256-128", "1024"} <= set(words(left))


@figure("10-32")
def constant_and_falling_rates(axes):
    (ax,) = axes
    runs = {}
    for line in ax.lines:
        runs.setdefault((line.get_color(), line.get_linestyle()), []).append(np.asarray(line.get_ydata()))
    constant, falling = runs[ORANGE, ":"], runs[BLUE, "-"]
    assert len(constant) == len(falling) == 3 and legend(ax) == ["constant", "falling"]
    jumps = [max(abs(np.diff(run[10:])).max() for run in some) for some in (constant, falling)]
    assert jumps[0] > 2 * jumps[1] and [len(run) for run in constant + falling] == 6 * [20]


@figure("7ea9fcd7")
def each_depth_at_its_own_rate(axes):
    (ax,) = axes
    assert legend(ax) == ["rate 0.2, a seed", "own best rate, a seed", "mean, 95 % interval"]
    one, two, three = [means(container)[1][0] for container in ax.containers]
    assert one < two and one < three and abs(two - three) < two - one
    squares = [line for line in ax.lines if line.get_marker() == "s"]
    assert [len(line.get_xdata()) for line in squares] == [3, 3, 3] and ax.get_xlabel() == "hidden layers"


@figure("11-07")
def where_your_run_lies(axes):
    (ax,) = axes
    lecture, yours, seeds = [np.asarray(line.get_xdata()) for line in ax.lines]
    assert (len(lecture), len(yours), len(seeds)) == (2, 1, 20) and lecture.min() > seeds.mean()
    assert names(ax.yaxis) == ["the lecture's two", "you", "twenty seeds"] and 0.01 < np.ptp(seeds) < 0.015


@figure("11-18")
def forty_steps(axes):
    (ax,) = axes
    drawn = {name: y for name, (x, y) in lines(ax).items()}
    lively, calm = drawn["learning rate 0.5"], drawn["learning rate 0.05"]
    assert len(lively) == len(calm) == 40 and np.ptp(lively) > 0.01 and np.std(calm[10:]) < np.std(lively[10:]) / 2
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("steps after the tenth epoch", "test accuracy")


@figure("11-23")
def the_last_step_of_an_epoch(axes):
    (ax,) = axes
    before, by_256, by_96 = [np.asarray(line.get_ydata()) for line in ax.lines]
    assert len(names(ax.xaxis)) == 3 and by_96.mean() < before.mean() < by_256.mean()
    assert by_96.std() > max(before.std(), by_256.std())
    bars = [bar.get_segments()[0][0, 1] for bar in ax.collections]
    assert np.allclose(bars, [before.mean(), by_256.mean(), by_96.mean()])


@figure("11-38")
def how_rounding_grows(axes):
    (ax,) = axes
    drawn = lines(ax)
    assert ax.get_xscale() == ax.get_yscale() == "log" and style(ax, "last digit") == ("--", ORANGE)
    moved = drawn["moved since step 1"][1]
    for name in ("two threads", "last digit"):
        apart = drawn[name][1]
        assert apart[-1] > 1000 * max(apart[0], 1e-12) or not apart.any()
        assert apart[-1] < 2 * moved[-1]
