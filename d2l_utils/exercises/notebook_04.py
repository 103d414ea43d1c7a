"""The checks of 04_model."""

import math

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect, quiz
from .reference import forward, linear, random_values, relu, softmax


@exercise("04.1", "The first axis counts pictures and stays; each layer changes the second.")
def _(layer_shapes):
    for batch, widths in ((32, [784, 100, 10]), (1, [784, 256, 10]), (256, [4, 3, 2, 5])):
        expect(layer_shapes(batch, list(widths)), [(batch, width) for width in widths],
               "a pair (pictures, numbers per picture) for each width, the flattened input's among them.",
               [(list(zip(widths, widths[1:])), "those are the shapes of the weights; wanted are those of the "
                 "minibatch on its way."),
                ([(width, batch) for width in widths], "rows are pictures and columns their numbers: the other way "
                 "round."),
                ([(batch, width) for width in widths[1:]], "the flattened minibatch that goes in counts as well."),
                ([(width,) for width in widths], "that is one picture; a minibatch has an axis more, in front.")])


@exercise("04.2", "A layer more is two parameters more and one line; the output stays without ReLU.")
def _(deep_mlp):
    for batch in (5, 1):
        X = abs(random_values(batch, 1, 4, 4))
        params = [random_values(*shape, seed=seed)
                  for seed, shape in enumerate(((16, 6), (6,), (6, 5), (5,), (5, 3), (3,)))]
        layers, flat = list(zip(params[::2], params[1::2])), X.reshape(batch, -1)
        got = deep_mlp(nd.array(X), list(map(nd.array, params)))
        expect(Got(f"{batch} random pictures of 4 × 4, deep_mlp(X, params)", got.value),
               forward(flat, layers, [relu, relu, linear]),
               "flatten, then relu(… W1 + b1), relu(… W2 + b2), and … W3 + b3.",
               [(forward(flat, layers, [relu, relu, relu]), "logits may be negative: there is no ReLU after the "
                 "last layer."),
                (forward(flat, layers, [relu, linear, linear]), "the second hidden layer has no ReLU, so it and "
                 "the output layer are one."),
                (forward(flat, layers, [linear, linear, linear]), "without any ReLU the three layers are one."),
                (forward(flat, [(W, 0) for W, b in layers], [relu, relu, linear]), "the biases are left out."),
                (forward(flat, layers[:2], [relu, relu]), "that is the second hidden layer; the output layer is "
                 "still to come.")])


@exercise("04.3", "However many linear layers there are, one does their work; depth without a bend adds nothing.")
def _(as_one_layer):
    for widths in ((2, 2, 2), (3, 2, 2), (4, 5, 3), (4, 5, 3, 2), (3, 2)):
        shapes = [shape for pair in zip(widths, widths[1:]) for shape in (pair, pair[1:])]
        params = [random_values(*shape, seed=seed) for seed, shape in enumerate(shapes, 1)]
        layers = list(zip(params[::2], params[1::2]))

        def one_of(layers):
            b = forward(np.zeros((1, len(layers[0][0]))), layers, [linear] * len(layers))
            return [forward(np.eye(len(layers[0][0])), layers, [linear] * len(layers)) - b, b[0]]

        W, b = one_of(layers)
        mistakes = [([W, params[-1]], "only the last bias is left; those before it reach the output too, by way of the "
                     "weights after them."),
                    ([W, one_of([*layers[:-1], (layers[-1][0], 0)])[1]], "the last layer has a bias of its own, which "
                     "nothing multiplies."),
                    (one_of(layers[:2]), "only the first two layers are in it; there may be more of them."),
                    ([W, b[None]], "a bias has one axis; yours has one for pictures as well.")]
        if len(set(widths)) == 1:
            mistakes += [([params[2] @ params[0], b], "the product's order is the wrong way round: a picture meets W1 "
                          "first."),
                         ([params[0] * params[2], b], "you multiply weights entry by entry; the layers multiply "
                          "matrices."),
                         ([W, params[1] + params[3]], "the biases are added as they are; the first goes through the "
                          "second layer's weights.")]
        got = as_one_layer([nd.array(param) for param in params])
        expect(Got(f"random params of the shapes {shapes}, as_one_layer(params)", got.value), [W, b],
               "a pair: the weights, from the inputs to the outputs, and the bias, one number for each output.",
               mistakes)


@exercise("04.4", "A ratio near 1 is the same demand for 3 classes and for 1,000, so it can be asked of any network.")
def _(untrained_test):
    for scale, batch, classes in ((1, 6, 3), (0.1, 8, 10), (2, 5, 4), (1, 1, 2)):
        logits = np.random.default_rng(classes).normal(scale=scale, size=(batch, classes)).astype(np.float32)
        logits[:batch // 2, 1] = logits.max() + 1
        y = np.arange(batch) % classes
        costs = -np.log(softmax(logits.astype(np.float64))[np.arange(batch), y])
        answers, uniform = logits.argmax(axis=1), math.log(classes)
        counts = np.bincount(answers)
        right = [costs.mean() / uniform, (answers == y).mean(), counts.max() / batch]

        def instead(place, value):
            return [*right[:place], value, *right[place + 1:]]

        expect(untrained_test(nd.array(logits), nd.array(y, dtype="int32")), right,
               "three numbers in this order: the mean loss over the logarithm of the number of classes, the accuracy, "
               "the favourite answer's share of the pictures.",
               [(instead(0, costs.mean()), "the loss is that of these logits, but nothing was divided: what does it "
                 "say without the number of classes?"),
                (instead(0, costs.mean() / math.log(10)), "you divide by ln 10, as if there were always ten classes."),
                (instead(0, costs.mean() / math.log(batch)), "the logarithm is that of the number of pictures."),
                (instead(0, costs.sum() / uniform), "the first number grows with the pictures: it is a sum of losses."),
                (instead(1, (answers == y).sum()), "the second number counts right answers; a share is wanted."),
                (instead(2, counts.max()), "the third number counts pictures; a share is wanted."),
                (instead(2, counts.argmax()), "the third number is the favourite class itself, not its share."),
                (instead(2, np.bincount(y).max() / batch), "the third number is about the labels; the favourite is "
                 "among the network's answers."),
                (instead(2, softmax(logits).max(axis=1).mean()), "the third number is a mean probability; count "
                 "answers instead."),
                (right[::-1], "the three numbers come in another order.")])


quiz("04.q1", right="b",
     learned="One seed, one rate and one epoch compare two trainings; what could be expressed, they don't measure.",
     a="think of the one layer that does the same as the whole network without ReLU.",
     c="the section's table has one layer and the lecture's network after more epochs: look who is ahead there.")
quiz("04.q2", right="a",
     learned="ReLU's whole power is in the folds: between them, even a large network is one linear layer.",
     b="an active unit's output grows with its weighted sum; only one that is off stays where it is.",
     c="each unit is straight on both sides of its bend, and the output layer only adds units up.",
     d="ask of a unit with any weights whatever what ReLU makes of a sum that doesn't change its sign.")
quiz("04.q3", right="d",
     learned="A quiet alarm is news only about what would have set it off.",
     a="a label costs −ln of its probability; think of what that is where every class has a tenth.",
     b="smaller weights bring the logits nearer to 0; think of where that leaves the loss.",
     c="the largest of ten logits may be the same class's each time, and still be larger by a hair only.")
