"""The figures of the first notebooks: the network, the pictures, the weights, the activation."""

import numpy as np

from .form import figure, is_ankle_boot, is_grey, is_red_for_plus, legend, lines, names, picture, style, titles, words

CLASSES = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
TEN = ["ankle boot", "pullover", "trouser", "trouser", "shirt", "trouser", "coat", "shirt", "sandal", "sneaker"]


@figure("549670ae")
def network_of_00(axes):
    assert {"784 pixels", "256 hidden units", "10 outputs"} <= set(words(axes[0]))
    assert [text for text in words(axes[0]) if "weights" in text] == [
        "784 · 256 =\n200,704 weights", "256 · 10 =\n2,560 weights"]


@figure("00-17")
def ten_predictions(axes):
    assert len(axes) == 10 and all(map(is_grey, axes)) and is_ankle_boot(axes[0])
    assert [title.split("\n")[0] for title in titles(axes)] == TEN
    assert {title.split("\n")[1] for title in titles(axes)} <= set(CLASSES)


@figure("0b177f81")
def axes_of_a_minibatch(axes):
    (ax,) = axes
    assert len(ax.images) == 5 and all(image.get_cmap().name == "gray" for image in ax.images)
    front = np.asarray(ax.images[-1].get_array())[1:-1, 1:-1]
    assert front.shape == (28, 28) and front[0].sum() == 0 < front[20].sum()  # picture 0, the boot, is in front
    assert [word.split(":")[0] for word in words(ax)] == ["axis 0", "axis 1", "axis 2", "axis 3"]


@figure("01-08")
def one_of_each_class(axes):
    assert titles(axes) == CLASSES and all(map(is_grey, axes))
    trouser = picture(axes[1])
    assert trouser[20:, 14].mean() < 0.3 < trouser[20:, 9:20].max()  # two legs


@figure("01-10")
def ten_of_each_class(axes):
    (ax,) = axes
    assert picture(ax).shape == (280, 280) and ax.images[0].get_cmap().name == "gray"
    assert names(ax.yaxis) == CLASSES and list(ax.get_yticks()) == list(range(14, 280, 28))
    assert picture(ax)[252:262, :10].sum() < 20  # above the shaft of the first boot, in the last row


@figure("sums-nd-dot-nd-one-hot-y")
def mean_pictures(axes):
    assert titles(axes) == CLASSES and all(map(is_grey, axes))
    means = [picture(ax) for ax in axes]
    assert all(0 <= mean.min() and mean.max() < 1 for mean in means)
    far = {(i, j): abs(means[i] - means[j]).mean() for i in range(10) for j in range(i)}
    nearest = sorted(far, key=far.get)[:2]
    assert {label for pair in nearest for label in pair} == {2, 4, 6}  # pullover, coat, shirt


@figure("picture-x-test-4998-dist")
def twins_in_the_two_sets(axes):
    assert titles(axes) == ["test", "training"]
    assert 0 < abs(picture(axes[0]) - picture(axes[1])).max() < 0.05


@figure("b0e6ff95")
def network_of_02(axes):
    assert {"W1 (784, 256)\n200,704 weights", "W2 (256, 10)\n2,560 weights"} <= set(words(axes[0]))


@figure("137a2ca1")
def units_at_their_start(axes):
    assert len(axes) == 15 and all(map(is_red_for_plus, axes))
    assert [axes[row].get_ylabel() for row in (0, 5, 10)] == ["zeros", "twins", "random"]
    rows = [[picture(ax) for ax in axes[start:start + 5]] for start in (0, 5, 10)]
    assert not np.any(rows[0]) and (rows[1][0] == rows[1][1]).all() and (rows[1][0] != rows[1][2]).any()
    assert len({unit.tobytes() for unit in rows[2]}) == 5


@figure("05c740f4")
def twins_stay_together(axes):
    drawn = lines(axes[0])
    (steps, twins), (_, others) = drawn["units 0 and 1, the twins"], drawn["units 0 and 2"]
    assert len(steps) == 235 and twins.max() < 1e-4 < 1e-2 < others[-1] and others[-1] > others[0]
    assert (axes[0].get_xlabel(), axes[0].get_ylabel()) == ("training step", "largest difference")


@figure("6b592fc2")
def units_after_an_epoch(axes):
    assert len(axes) == 10 and [axes[row].get_ylabel() for row in (0, 5)] == ["before", "after"]
    before, after = ([picture(ax) for ax in axes[start:start + 5]] for start in (0, 5))
    assert abs(after[0] - after[1]).max() < 1e-4 < 1e-2 < abs(after[0] - after[2]).max()
    roughness = [abs(np.diff(np.mean(row, axis=0), axis=0)).mean() / np.std(row) for row in (before, after)]
    assert all(map(is_red_for_plus, axes)) and roughness[1] < roughness[0]


@figure("493462ca")
def how_far_logits_spread(axes):
    (ax,) = axes
    where = {text.get_text(): text.get_position()[0] for text in ax.texts}
    small, middle, large = (where[f"scale {scale}"] for scale in ("0.01", "0.1", "1"))
    assert 1.7 < middle - small < 2.3 and 1.7 < large - middle < 2.3  # a hundred times as far, on a scale of tens
    assert small < -1 and large > 1 and list(ax.lines[0].get_xdata()) == [0, 0]
    assert names(ax.xaxis) == ["0.0001", "0.01", "1", "100"]


@figure("names-d2l-get-fashion-mn")
def what_an_untrained_network_says(axes):
    bars = [[bar.get_height() for bar in ax.patches] for ax in axes]
    assert [ax.get_ylabel() for ax in axes] == ["scale 0.01", "scale 0.1", "scale 1"]
    assert all(len(row) == 10 and abs(sum(row) - 1) < 1e-4 for row in bars)
    assert max(bars[0]) < 0.11 < max(bars[1]) < 0.99 < max(bars[2]) and names(axes[2].xaxis) == CLASSES
    assert CLASSES[int(np.argmax(bars[2]))] == "sneaker"


@figure("03-17")
def activations_and_derivatives(axes):
    upper, lower = axes
    assert legend(upper) == ["ReLU", "sigmoid", "tanh"]
    for name, value in (("ReLU", lambda x: np.maximum(x, 0)), ("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
                        ("tanh", np.tanh)):
        x, y = lines(upper)[name]
        assert abs(y - value(x)).max() < 1e-4
    slopes = {name: y for name, (x, y) in lines(lower).items()}
    assert abs(slopes["sigmoid"].max() - 0.25) < 1e-3 and abs(slopes["tanh"].max() - 1) < 1e-3
    assert set(slopes["ReLU"]) == {0, 1} and slopes["ReLU"][-1] == 1
    assert (upper.get_ylabel(), lower.get_ylabel(), lower.get_xlabel()) == ("activation", "derivative", "x")


@figure("329d906b")
def gradients_through_ten_layers(axes):
    (ax,) = axes
    drawn = lines(ax)
    assert legend(ax) == ["ReLU", "sigmoid", "tanh"] and ax.get_yscale() == "log" and len(ax.collections) == 3
    fades = {name: y[0] / y[-1] for name, (x, y) in drawn.items()}
    assert fades["sigmoid"] < 1e-4 and fades["ReLU"] > 0.05 and fades["tanh"] > 0.05
    assert list(drawn["tanh"][0]) == list(range(1, 11))


@figure("axes-d2l-plt-subplots-2")
def the_first_thirty_steps(axes):
    (loss,) = lines(axes[0]).values()
    counts = lines(axes[1])
    assert len(loss[0]) == 30 and 2.2 < loss[1][0] < 2.4 and loss[1][-1] < loss[1][0]
    assert (np.diff(counts["dead"][1]) >= 0).all() and list(counts["dead"][0]) == [5, 10, 15, 20, 25, 30]
    assert style(axes[1], "idle")[0] == "--" and legend(axes[1]) == ["idle", "dead"]


@figure("c62590fb")
def units_that_died(axes):
    upper, lower = axes
    before, after = picture(upper), picture(lower)
    assert [ax.get_ylabel() for ax in axes] == ["before training", "after 30 steps"]
    assert before.shape == after.shape == (100, 100) and upper.images[0].get_cmap().name == "Greys"
    assert before.mean() > after.mean()
    reached = after.any(axis=0)
    assert (np.diff(reached.astype(int)) <= 0).all() and lower.lines[0].get_xdata()[0] == reached.sum() - 0.5
