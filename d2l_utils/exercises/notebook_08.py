"""The checks of 08_gluon."""

from mxnet import gluon, init, nd

from .engine import Got, exercise, expect
from .reference import dense_shapes, forward, linear, random_values, relu
from .values import show


@exercise("08.1", "Gluon has a row for each unit: the transposes of W1 and W2, with biases as they were.")
def _(gluon_shapes):
    for widths in ([784, 256, 10], [4, 4, 3], [784, 10], [2, 3, 4, 5]):
        pairs = list(zip(widths, widths[1:]))
        expect(gluon_shapes(list(widths)), dense_shapes(widths), "for each layer the weight's shape, then the bias's.",
               [([shape for n, m in pairs for shape in ((n, m), (m,))],
                 "those are the shapes from scratch; Gluon has a row for each output."),
                ([(m, n) for n, m in pairs], "the biases are missing."),
                ([shape for n, m in pairs for shape in ((m, n), (m, 1))],
                 "a bias has one axis: a number for each output, written (m,)."),
                ([shape for n, m in pairs for shape in ((m, n), (n,))],
                 "a bias is added to the outputs, so it is as long as they are.")])


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


@exercise("08.3", "The way back: what Gluon has learned goes on living in your own three statements.")
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
