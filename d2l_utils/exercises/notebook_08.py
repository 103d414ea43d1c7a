"""The checks of 08_gluon."""

from functools import partial

import numpy as np
from mxnet import gluon, init, nd

from .engine import Got, NotYet, exercise, expect, quiz
from .reference import dense_shapes, forward, linear, random_values, relu
from .values import show


@exercise("08.1", "Gluon has a row for each unit: the transposes of W1 and W2, with biases as they were.")
def _(gluon_shapes):
    for widths in ([784, 256, 10], [4, 4, 3], [784, 10], [2, 3, 4, 5]):
        pairs = list(zip(widths, widths[1:]))
        got = gluon_shapes(list(widths))
        expect(got, dense_shapes(widths), "for each layer the weight's shape, then the bias's.",
               [([shape for n, m in pairs for shape in ((n, m), (m,))],
                 "those are the shapes from scratch; Gluon has a row for each output."),
                ([(m, n) for n, m in pairs], "the biases are missing."),
                ([shape for n, m in pairs for shape in ((m, n), (m, 1))],
                 "a bias has one axis: a number for each output, written (m,)."),
                ([shape for n, m in pairs for shape in ((m, n), (n,))],
                 "a bias is added to the outputs, so it is as long as they are.")])
        if not all(isinstance(shape, (tuple, list)) for shape in got.value):
            raise NotYet(f"For {got.call}, expected tuples, got {show(got.value)}.",
                         "a shape is a tuple, also of one number: (10,) with its comma; (10) is the number 10.")


@exercise("08.2", "The list of widths is the whole architecture; the rest is the same for every depth.")
def _(make_net):
    for widths in ([6, 5, 3], [6, 5, 4, 3], [4, 2]):
        got = make_net(list(widths))
        if not isinstance(got.value, gluon.Block):
            expect(Got(f"{got.call}, whether it is a Gluon network", False), True,
                   "return the network itself, an nn.Sequential or nn.HybridSequential.")
        X, parameters = random_values(7, widths[0]), list(got.value.collect_params().values())
        got.value.initialize(init.Zero(), force_reinit=True)
        got.value(nd.array(X))  # now that it has seen inputs, Gluon knows all shapes
        expect(Got(f"{got.call}, the shapes of its parameters", [parameter.shape for parameter in parameters]),
               dense_shapes(widths), "one Dense layer for each width but the first, in their order, with biases.",
               [(dense_shapes([widths[0], *widths]), "there is a layer too many: the first width is the input's, "
                 "which no Dense makes."),
                (dense_shapes([widths[0], *widths[:0:-1]]), "the layers come in the wrong order.")])
        values = [random_values(*parameter.shape, seed=seed) for seed, parameter in enumerate(parameters)]
        for parameter, value in zip(parameters, values):
            parameter.set_data(nd.array(value))
        layers, hidden = [(W.T, b) for W, b in zip(values[::2], values[1::2])], len(widths) - 2
        expect(Got(f"{got.call}, the logits of 7 random pictures", got.value(nd.array(X))),
               forward(X, layers, [relu] * hidden + [linear]), "ReLU after each layer but the last.",
               [(forward(X, layers, [relu] * (hidden + 1)), "logits may be negative: no ReLU after the last layer."),
                (forward(X, layers, [linear] * (hidden + 1)), "without ReLU all layers together are one."),
                (forward(X, layers, [relu] + [linear] * hidden), "only the first layer has its ReLU; each hidden "
                 "one needs it.")])


def versions(X):
    """Return wrong versions of a network with the logits X, as what each adds to these."""
    largest = abs(X).max()
    far, near, rounded = np.zeros((3, *X.shape))
    far[-1, 0], near[0, 0], rounded.flat[abs(X).argmin()] = 0.1 * largest, -2e-3 * largest, 1e-6 * largest
    return [0 * X, 1e-6 * X, X, far, near, *(1e-3 * largest * sign * np.ones_like(X) for sign in (1, -1)), rounded]


@exercise("08.3", "What passes is what your test can't see: a list of mistakes, written down before they are made.")
def _(unnoticed):
    X, scale = random_values(40, 10), 500

    def net(X, error=0):
        return X / scale + error

    for size, logits, kept in (("", X, [0, 1, 2, 3, 4, 5, 6, 7]), ("small ", X / 1000, [3, 0, 5]),
                               ("large ", 1000 * X, [1, 6, 4, 7]), ("negative ", -abs(X) - 0.001, [2, 1, 5, 0])):
        added = [versions(logits)[kind] for kind in kept]
        largest = abs(logits).max()

        def passed(passes):
            return [place for place, error in enumerate(added) if passes(error)]

        wrong = [partial(net, error=nd.array(error)) for error in added]
        expected = passed(lambda error: abs(error).max() < 1e-5 * largest)
        call = f"{len(wrong)} versions of a network with {size}logits, unnoticed(net, wrong, X)"
        got = Got(call, unnoticed(net, wrong, nd.array(scale * logits)).value)
        expect(got, expected, "for each version the largest deviation of a logit, as a share of the largest logit of "
               "net; then the places where that share is below 1e-5.",
               [(passed(lambda error: abs(error).max() >= 1e-5 * largest), "those are the versions that the test "
                 "catches; wanted are the others."),
                (passed(lambda error: np.allclose(logits + error, logits)), "each logit is held against its own size; "
                 "the limit is a share of the largest, so that rounding passes where a logit is near 0."),
                (passed(lambda error: abs(error).max() < 1e-5), "the limit is a share of the largest logit; alone, it "
                 "lets tiny logits pass, and calls the rounding of large ones a mistake."),
                (passed(lambda error: abs(error).max() < 1e-5 * scale * largest), "the limit is a share of the largest "
                 "logit, not of the largest input."),
                (passed(lambda error: error.max() < 1e-5 * largest), "a logit may be off to either side: a difference "
                 "far below 0 isn't a small one."),
                (passed(lambda error: error.min() > -1e-5 * largest), "a logit may be off to either side, so its "
                 "deviation counts without its sign."),
                (passed(lambda error: abs(error).mean() < 1e-5 * largest), "in the mean over all logits, a single "
                 "wrong one gets lost."),
                (passed(lambda error: (error == 0).all()), "equal to the last digit is too much to ask: a version "
                 "that only rounds in another way is right."),
                (passed(lambda error: ((logits + error).argmax(1) == logits.argmax(1)).all()), "the classes are "
                 "compared, and logits can be wrong long before a class changes."),
                (passed(lambda error: abs(error[0]).max() < 1e-5 * largest), "only the first picture is looked at."),
                (passed(lambda error: abs(error).max() < 1e-5 * logits.max()), "the largest logit is meant in size; "
                 "here all of them are negative."),
                ([place + 1 for place in expected], "places in a list are counted from 0."),
                (len(expected), "that is how many pass; wanted are their places.")])


@exercise("08.4", "The way back: what Gluon has learned goes on living in your own three statements.")
def _(from_gluon):
    for widths in ([6, 5, 3], [4, 4, 4], [3, 2]):
        values = [random_values(*shape, seed=seed) for seed, shape in enumerate(dense_shapes(widths))]
        net = gluon.nn.Sequential()
        net.add(*(gluon.nn.Dense(m, in_units=n) for n, m in zip(widths, widths[1:])))
        net.initialize(init.Zero())
        for parameter, value in zip(net.collect_params().values(), values):
            parameter.set_data(nd.array(value))
        got = from_gluon(net)
        call = f"a network with the widths {show(widths)}, from_gluon(net)"
        expect(Got(call, got.value), [value.T for value in values],
               "return [W1, b1, W2, b2, …]: parameter.data() of each of collect_params(), weights transposed.",
               [(values, "the weights are still Gluon's way round: here a column leads into a unit."),
                ([value.T for value in values[::2] + values[1::2]], "the order is W1, b1, W2, b2: a bias follows its "
                 "weights."),
                ([value.T for value in values[::2]], "the biases are missing.")])
        expect(Got(f"{call}, whether each array has room for its gradient",
                   [param.grad is not None for param in got.value]), [True] * len(values),
               "training needs gradients: attach_grad() on each array that you return.")
        for param in got.value:
            param += 1
        expect(Got(f"{call}, the network's own parameters after yours are changed",
                   [parameter.data() for parameter in net.collect_params().values()]), values,
               "your arrays share their memory with Gluon's, so training one would change the other: copy.")


quiz("08.q1", right="c",
     learned="Where both sides are equally long, only numbers tell which way round a matrix is.",
     a="it can complain of nothing but a shape: compare this matrix's with that of its transpose.",
     b="the numbers are the same, but look at which unit each of them belongs to now.",
     d="Gluon can infer a number of inputs that you leave out; what the numbers mean, it never looks at.")
quiz("08.q2", right="d",
     learned="A parameter that is 0 hides whether it is used at all.",
     a="think of a version that leaves the biases out, and of what the test would have said of it.",
     b="they needn't agree to the last digit, and yet most mistakes are far larger than rounding.",
     c="the two of this notebook agreed at first; remember how far apart they were after an epoch.")
quiz("08.q3", right="a",
     learned="The profile sets the limit before anything is compiled: what isn't there can't be saved.",
     b="ask whether a product of matrices was computed in Python before.",
     c="how long Python's part takes is one of the two numbers that you were given.",
     d="that is true of the operators, but between two of them Python decides which one is next.")
