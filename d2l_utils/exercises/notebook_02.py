"""The checks of 02_initialize_parameters."""

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect, quiz
from .reference import random_values


@exercise("02.1", "Each layer has inputs times outputs weights, and a bias for each of its outputs.")
def _(count_params):
    for widths in ([784, 256, 10], [784, 10], [2, 3, 4, 5], [7]):
        pairs = list(zip(widths, widths[1:]))
        weights, biases = sum(a * b for a, b in pairs), sum(widths[1:])
        expect(count_params(list(widths)), weights + biases,
               "add up, for each two neighbouring widths, the weights between them and the biases of the second.",
               [(weights, "those are the weights; each unit after the inputs has a bias besides."),
                (weights + sum(widths), "that gives the inputs a bias too, but nothing is computed at the inputs."),
                (weights + len(pairs), "a layer has as many biases as it has outputs, not one.")])


@exercise("02.2", "A gradient needs both: a signal that comes forward, and an error that gets back.")
def _(which_learn):
    X, y = nd.array(abs(random_values(8, 1, 4, 4))), nd.array([0, 1, 2, 0, 1, 2, 0, 0])
    for name, first, second, learning in (("only W1 random", 1, 0, (0, 0, 1, 1)),
                                          ("all parameters zero", 0, 0, (0, 0, 0, 1)),
                                          ("only W2 random", 0, 1, (1, 1, 0, 1)),
                                          ("W1 and W2 random", 1, 1, (1, 1, 1, 1))):
        params = [nd.array(first * random_values(16, 5)), nd.zeros(5),
                  nd.array(second * random_values(5, 3)), nd.zeros(3)]
        for param in params:
            param.attach_grad()
        got = which_learn(params, X, y)
        hint = ("a parameter learns if any entry of its gradient differs from zero: record, compute the loss, call "
                "backward, then look.")
        expect(Got(f"{name}, which_learn(params, X, y)", got.value), list(map(bool, learning)), hint,
               [((0, 0, 0, 0), "a fresh gradient is zero everywhere: it is filled by backward on a recorded loss."),
                ((first, 0, second, 0), "that looks at the parameters; what moves them are their gradients."),
                ((1, 1, 1, 1), "every parameter has room for a gradient; ask whether something landed in it.")])


@exercise("02.3", "With this scale a signal keeps its size from layer to layer, however wide they are.")
def _(he_scales):
    for widths in ([784, 256, 10], [2, 8, 50, 5], [800, 2]):
        inputs, outputs = np.array(widths[:-1]), np.array(widths[1:])
        expect(he_scales(list(widths)), np.sqrt(2 / inputs),
               "one number per weight matrix: the square root of 2 over the number of the layer's inputs.",
               [(2 / inputs, "2/n is the variance; nd.random.normal takes the standard deviation as its scale."),
                (np.sqrt(2 / outputs), "n counts what a unit adds up: the inputs of the layer, not its outputs."),
                (np.sqrt(1 / inputs), "the 2 is missing: ReLU cuts off half of the signal, and 2 makes up for it."),
                (np.sqrt(2 / (inputs + outputs)), "that is Glorot's rule, made for tanh: it looks at both sides.")])


quiz("02.q1", right="c",
     learned="Each matrix leads from the units on its left to those on its right.",
     a="follow one picture through: what comes out of one matrix has to fit into the next.",
     b="that fits where a picture is a column and the matrices stand on its left.",
     d="the new layer takes 256 numbers in and gives 64 out: the one is its rows, the other its columns.")
quiz("02.q2", right="a",
     learned="What starts alike and is treated alike stays alike, however large the weights are.",
     b="zeros in W2 do that; work out whether the error gets back through random numbers.",
     c="the pictures differ, but any two units see the same ones.",
     d="each output has the same weight for every hidden unit, so what it asks of one it asks of all.")
quiz("02.q3", right="b",
     learned="Autograd goes through the whole computation, and leaves something only where you made room for it.",
     a="that is how another library does it; this notebook tried it here.",
     c="it does go through there; ask what it would leave its result in.",
     d="the loss depends on the pictures as well: look for what tells MXNet which arrays are meant to learn.")
