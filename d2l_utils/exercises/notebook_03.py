"""The checks of 03_relu."""

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect, quiz, slope
from .reference import random_values, relu
from .values import show


@exercise("03.1", "The comparison is a mask, and autograd takes it for a constant: the slope at 0 is 0.")
def _(relu_by_mask):
    for X in (np.array([[-2, -0.5, 0], [0.5, 1, 3]]), random_values(1, 4), random_values(2, 3, 4)):
        expect(relu_by_mask(nd.array(X)), relu(X), "positive entries stay, all others become 0.",
               [(X > 0, "that is the mask itself; multiply X by it."),
                (abs(X), "negative entries come back with the other sign; ReLU cuts them off."),
                (np.minimum(X, 0), "that keeps the other half, what is negative.")])
    X = np.array([-1, 0, 2])
    expect(slope(relu_by_mask, X), [0, 0, 1], "use the comparison X > 0: where it is 1 the slope is 1, elsewhere 0.",
           [([0, 1, 1], "at 0 the slope comes out as 1: some other comparison than X > 0, or a maximum, is at work.")])


@exercise("03.2", "A negative input still has a slope, so the unit's gradient isn't zero and it can come back.")
def _(leaky_relu):
    for X, a in ((np.array([[-2, -0.5, 0], [0.5, 1, 3]]), 0.01), (random_values(1, 5), 0.2), (random_values(2, 3), 0)):
        expect(leaky_relu(nd.array(X), a), np.where(X > 0, X, a * X),
               "positive entries stay as they are; negative ones are multiplied by the slope.",
               [(relu(X), "that is ReLU: negative entries are cut off, and their slope is 0."),
                (a * X, "all entries are multiplied by the slope; positive ones should stay as they are."),
                (np.maximum(X, a), "negative entries all become the number `slope`: it is a factor, not a floor."),
                (np.where(X > 0, X, -a * X), "below 0 the sign is wrong: the line goes on down, it has no valley."),
                (np.where(X > 0, X, 0.01 * X), "the slope is always 0.01, whatever the argument `slope` says.")])
    X = np.array([-3, -1, 2])
    expect(slope(leaky_relu, X, 0.1), [0.1, 0.1, 1],
           "below 0 autograd should find `slope`, above it 1: build the result from X by operators of nd alone.")


@exercise("03.3", "Slopes multiply, layer by layer: what is below 1 vanishes, and what is above 1 explodes.")
def _(gradient_left):
    def square(x):
        return x * x

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    for activation, value, its_slope, x, layers in (
            (nd.sigmoid, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)), 0, 3),
            (nd.tanh, np.tanh, lambda x: 1 - np.tanh(x)**2, -1, 3), (nd.relu, relu, lambda x: 1, 2, 10),
            (nd.relu, relu, lambda x: 0, -2, 2), (square, square, lambda x: 2 * x, 1.5, 4)):
        inputs = [x]
        for _ in range(layers - 1):
            inputs.append(value(inputs[-1]))
        expect(gradient_left(activation, x, layers), its_slope(x)**layers,
               "find the slope of the activation at x; each layer multiplies the gradient by it once.",
               [(its_slope(x), "that is what one layer leaves; the next takes its share of that."),
                (its_slope(x) * layers, "the layers' factors are multiplied with each other, not added up."),
                (value(x)**layers, "that is made of what the activation gives; a gradient is multiplied by its slope."),
                (np.prod([its_slope(z) for z in inputs]), "you feed each layer with what the last one gave; here the "
                 "input of every unit is x.")])


@exercise("03.4", "A unit is dead only if no picture of any minibatch reaches it.")
def _(dead_share):
    H = np.array([[1, 2, 0, 0, 0], [2, 0, 0, 0, 0], [1, 0, 0, 0.1, 0], [2, 1, 0, 0, 0]])
    for H, size in ((H, 2), (H, 3), (H[:1], 1), (np.zeros((3, 5)), 2), (np.ones((2, 2)), 1)):
        parts = [H[start:start + size] for start in range(0, len(H), size)]
        active = (H > 0).any(axis=0)
        call = f"activations {show(H)}, in minibatches of {size}, dead_share(hidden, data_iter)"
        got = dead_share(lambda X: X, [(nd.array(part), nd.zeros(len(part))) for part in parts])
        expect(Got(call, got.value), 1 - active.mean(),
               "count the units that are active for no picture at all, and divide by the number of units.",
               [(np.sum(~active), "that is how many are dead; wanted is their share of all units."),
                ((H == 0).mean(), "that is the share of zeros, but a living unit is zero for many pictures, too."),
                (1 - (H > 0).all(axis=0).mean(), "a unit that rests for some pictures isn't dead: it is dead if it "
                 "rests for all."),
                (np.mean([1 - (part > 0).any(axis=0).mean() for part in parts]), "a unit that rests for a whole "
                 "minibatch may wake up in the next: collect over all of them before you judge."),
                (active.mean(), "that is the share of the living.")])


quiz("03.q1", right="b",
     learned="Where a formula has a corner, the program chooses, and two programs may choose differently.",
     a="½ is one choice of many; nothing makes it truer than the others.",
     c="this notebook had a network in which the input of every hidden unit was exactly 0.",
     d="put 0 into both: what comes out isn't where they differ.")
quiz("03.q2", right="d",
     learned="What moves a unit are training pictures, so only they can tell whether it is dead.",
     a="no gradient of the training comes from a test picture.",
     b="most of it happens early, but that says nothing of this unit.",
     c="a unit with a negative bias can be lifted by its weights, and one with a positive bias pressed down.")
quiz("03.q3", right="c",
     learned="A number beside an array counts as an array full of it, and then each entry is compared for itself.",
     a="that looks for the largest among the entries of one array; here each call is given two things to compare.",
     b="ReLU itself gives `nd.maximum` a number that has no shape, and it runs.",
     d="recall which shape came out of ReLU for an array with three axes.")
