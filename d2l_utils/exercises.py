"""The exercises' checks, one function each, in the order of the notebooks.

A check calls the student's function on small inputs that tell wrong answers apart, and compares with values that it
computes itself, in NumPy and in another way than the published solution where there is one. Inputs come from a
generator of the check's own: the notebook's generators don't move. A hint names the misconception, not the repair.
"""

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
from mxnet import gluon, init, nd

from .check import Got, exercise, expect, show, slope


def _random(*shape, seed=0):
    """Return normal random numbers as float32, the same ones every time, and short to read."""
    return np.random.default_rng(seed).normal(size=shape).round(1).astype(np.float32)


def _relu(X):
    return np.where(X > 0, X, 0)


def _softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _linear(X):
    return X


def _forward(X, layers, activations):
    """Compute what a network's last layer gives; each layer is a weight matrix (inputs, outputs) and a bias."""
    for (W, b), activation in zip(layers, activations):
        X = activation(X @ W + b)
    return X


def _gradients(X, y, params, masked=(1, 1)):
    """Compute the gradients of the summed loss of a ReLU network, one per parameter; `masked` says which ReLUs count."""
    layers, inputs = list(zip(params[::2], params[1::2])), [X]
    for W, b in layers[:-1]:
        inputs.append(_relu(inputs[-1] @ W + b))
    error = _softmax(_forward(inputs[-1], layers[-1:], [_linear])) - np.eye(params[-1].size)[y]
    found = []
    for (W, _), below, mask in zip(layers[::-1], inputs[::-1], (*masked[::-1], 0)):
        found = [below.T @ error, error.sum(axis=0), *found]
        error = error @ W.T * np.where(mask, below > 0, 1)
    return found


def _dense_shapes(widths):
    """Return the shapes of the parameters that Gluon's layers of these widths have, in their order."""
    return [shape for inputs, outputs in zip(widths, widths[1:]) for shape in ((outputs, inputs), (outputs,))]


@exercise("00.1", "The answer is a position: which of the outputs is the largest, not how large it is.")
def _(answer):
    for outputs in ([2.5, 0.3, -1.2, 0.1, 1.9, 0.7, 4.5, 0.2, 3.1, -0.4],
                    [-2, -7.5, -0.3, -4, -9, -1, -3, -2.5, -6, -5],
                    [0.1, -8, 0.2, 0.5, 1.5, 0.9, -0.2, 0.3, 0.4, 6]):
        right = int(np.argmax(outputs))
        expect(answer(list(outputs)), right, "return the position of the largest of the ten numbers, counted from 0.",
               [(max(outputs), "that is the largest number itself; wanted is where it stands."),
                (right + 1, "Python counts positions from 0, and so do the labels."),
                (np.argmax(np.abs(outputs)), "a minus sign counts: far below zero is a clear no, not a clear answer."),
                (np.argmin(outputs), "that is where the smallest number stands.")])


@exercise("00.2", "A step goes against the gradient, as far as the learning rate says, however large the minibatch is.")
def _(step):
    for param, grad, lr, size in ((1, 128, 0.5, 256), (1, 128, 0.05, 256),
                                  (_random(2, 3), _random(2, 3, seed=1), 0.2, 4)):
        move = lr / size * np.asarray(grad, np.float64)
        arrays = [nd.array(value) if np.ndim(value) else value for value in (param, grad)]
        expect(step(*arrays, lr, size), param - move,
               "take from the parameter the learning rate, divided by the batch size, times the gradient.",
               [(param + move, "that goes up the slope: the gradient points to where the loss grows."),
                (param - lr * grad, "the gradient is a sum over the minibatch: divide by the batch size."),
                (param - move / lr, "without the learning rate nobody can say how long a step is."),
                (move, "that is how far the parameter moves; wanted is where it is then."),
                (-move, "that is how far the parameter moves; wanted is where it is then.")])


@exercise("00.3", "And you chose with the test pictures, so the winner's accuracy on them flatters it.")
def _(best_lr):
    for accuracies in ({0.1: 0.77, 0.02: 0.41, 0.01: 0.63, 0.5: 0.83, 1.0: 0.6}, {2.0: 0.1, 0.01: 0.63, 0.2: 0.61},
                       {0.3: 0.8, 3.0: 0.9}):
        def train(lr, accuracies=accuracies):
            return accuracies[lr]

        rates, reached = list(accuracies), list(accuracies.values())
        best = max(reached)
        got = best_lr(train, list(rates))
        expect(Got(f"rates {show(rates)} with accuracies {show(reached)}, best_lr(train, rates)", got.value),
               rates[reached.index(best)], "call train for each rate, and return the rate with the highest accuracy.",
               [(best, "that is the highest accuracy; wanted is the rate that reached it."),
                (reached.index(best), "that is the position of the best rate in the list; wanted is the rate itself."),
                (max(rates), "that is the largest rate, and a rate can be too large: ask train what each comes to."),
                (rates[reached.index(min(reached))], "that is the rate with the lowest accuracy.")])


@exercise("01.1", "Only the last minibatch can be smaller, and where it would be empty there is none.")
def _(batch_sizes):
    for num, size in ((10, 4), (10, 5), (3, 8), (60000, 256), (1000, 1)):
        full, rest = divmod(num, size)
        expect(batch_sizes(num, size), [size] * full + [rest] * (rest > 0),
               "the sizes are whole minibatches, then what is left; together they make the number of examples.",
               [([size] * full, "the examples that are left over are dealt too: they make a smaller last minibatch."),
                ([size] * full + [0], "an empty minibatch isn't dealt: when nothing is left, the last one is full."),
                ([size] * (full + 1), "that deals more examples than there are: the last minibatch only has the rest."),
                (full + (rest > 0), "that is how many minibatches there are; wanted is the size of each, as a list.")])


@exercise("01.2", "A mean picture is a class as a single template: what a linear model can compare with.")
def _(mean_images):
    X = np.random.default_rng(1).uniform(size=(40, 1, 28, 28)).astype(np.float32)
    for y in (np.repeat(np.arange(10), 4), np.repeat(np.arange(10), [1, 7, 2, 6, 3, 5, 4, 4, 7, 1])[::-1]):
        means = np.stack([X[y == label, 0].astype(np.float64).mean(axis=0) for label in range(10)])
        counts = np.bincount(y)[:, None, None]
        expect(mean_images(nd.array(X), nd.array(y, dtype="int32")), means,
               "entry k is the mean, over the pictures with label k, of each pixel for itself.",
               [(means[:, None], "the values are right, but an axis of length 1 is left: the colour channel."),
                (means * counts, "that is the sum over the pictures; a mean divides it by how many there are."),
                (means * counts / 4, "you divide each class by the same number, but classes differ in size."),
                (means.mean(axis=(1, 2)), "that is one number per class, its mean brightness: average over the "
                 "pictures only, and keep the pixels apart.")])


@exercise("01.3", "One look-up per test picture; it can't find a picture that was changed a little.")
def _(leaked):
    X = np.random.default_rng(2).integers(1, 99, size=(6, 1, 3, 3)).astype(np.float32)
    train, other = X[:5], X[5]
    planted = np.stack([other, train[3], train[0, :, ::-1], train[4], train[3]])
    for name, test, right in (("test pictures of which 1, 3 and 4 are in the training set", planted, [1, 3, 4]),
                              ("test pictures none of which is in the training set", planted[::2][:2], []),
                              ("the training set itself as the test set", train, [0, 1, 2, 3, 4])):
        by_sum = [i for i, picture in enumerate(test) if picture.sum() in train.sum(axis=(1, 2, 3))]
        in_train = [i for i, picture in enumerate(train) if (picture == test).all(axis=(1, 2, 3)).any()]
        got = leaked(nd.array(train), nd.array(test))
        expect(Got(f"{name}, leaked(X_train, X_test)", got.value), right,
               "go through the test pictures, and keep the position of each that is somewhere in the training set.",
               [(len(right), "that is how many there are; wanted are their positions in the test set, as a list."),
                ([i in right for i in range(len(test))], "one truth value for each picture; wanted are the positions."),
                (in_train, "those are positions in the training set; wanted are those in the test set."),
                (by_sum, "two different pictures can have the same sum: compare all their pixels."),
                (sorted({right[0], right[-2]}) if len(right) == 3 else 0, "a picture that leaks twice counts twice.")])


@exercise("01.4", "The ragged minibatch is gone; the shuffling sees to it that others are left out in each epoch.")
def _(full_batches):
    for sizes in ((4, 4, 3), (4, 4), (2,)):
        batches = [(nd.array(_random(n, 2, seed=n)), nd.arange(n)) for n in sizes]
        call = f"minibatches of {show(list(sizes))} pictures and batch_size 4"
        got = full_batches(iter(batches), 4)
        value = got.value if isinstance(got.value, (list, tuple)) else [got.value]
        pairs = [len(pair) if isinstance(pair, (list, tuple)) else 1 for pair in value]
        hint = "yield the pairs (X, y) that come in, unchanged: a training loop unpacks them."
        expect(Got(f"{call}, the number of parts in each thing that comes out", pairs), [2] * len(pairs), hint)
        lengths = [len(y) for X, y in value]
        full = [n for n in sizes if n == 4]
        expect(Got(f"{call}, the sizes of the minibatches that come out", lengths), full,
               "a minibatch comes out exactly if it has batch_size pictures.",
               [(list(sizes), "the ragged minibatch still comes out: compare its length with batch_size."),
                (list(sizes[:-1]), "the last minibatch is dropped whatever its size: when the data set comes out "
                 "even, it is a full one."),
                ([], "nothing comes out. Whose length do you compare? A pair (X, y) has two parts, however many "
                 "pictures it holds.")])
        kept = [X for (X, _), n in zip(batches, sizes) if n == 4]
        for index, ((X, _), original) in enumerate(zip(value, kept)):
            expect(Got(f"{call}, the pictures of minibatch {index}", X), original.asnumpy(), hint)


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
    X, y = nd.array(abs(_random(8, 1, 4, 4))), nd.array([0, 1, 2, 0, 1, 2, 0, 0])
    for name, first, second, learning in (("only W1 random", 1, 0, (0, 0, 1, 1)),
                                          ("all parameters zero", 0, 0, (0, 0, 0, 1)),
                                          ("only W2 random", 0, 1, (1, 1, 0, 1)),
                                          ("W1 and W2 random", 1, 1, (1, 1, 1, 1))):
        params = [nd.array(first * _random(16, 5)), nd.zeros(5), nd.array(second * _random(5, 3)), nd.zeros(3)]
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


@exercise("03.1", "The comparison is a mask, and autograd takes it for a constant: the slope at 0 is 0.")
def _(relu_by_mask):
    for X in (np.array([[-2, -0.5, 0], [0.5, 1, 3]]), _random(1, 4), _random(2, 3, 4)):
        expect(relu_by_mask(nd.array(X)), _relu(X), "positive entries stay, all others become 0.",
               [(X > 0, "that is the mask itself; multiply X by it."),
                (abs(X), "negative entries come back with the other sign; ReLU cuts them off."),
                (np.minimum(X, 0), "that keeps the other half, what is negative.")])
    X = np.array([-1, 0, 2])
    expect(slope(relu_by_mask, X), [0, 0, 1], "use the comparison X > 0: where it is 1 the slope is 1, elsewhere 0.",
           [([0, 1, 1], "at 0 the slope comes out as 1: some other comparison than X > 0, or a maximum, is at work.")])


@exercise("03.2", "A negative input still has a slope, so the unit's gradient isn't zero and it can come back.")
def _(leaky_relu):
    for X, a in ((np.array([[-2, -0.5, 0], [0.5, 1, 3]]), 0.01), (_random(1, 5), 0.2), (_random(2, 3), 0)):
        expect(leaky_relu(nd.array(X), a), np.where(X > 0, X, a * X),
               "positive entries stay as they are; negative ones are multiplied by the slope.",
               [(_relu(X), "that is ReLU: negative entries are cut off, and their slope is 0."),
                (a * X, "all entries are multiplied by the slope; positive ones should stay as they are."),
                (np.maximum(X, a), "negative entries all become the number `slope`: it is a factor, not a floor."),
                (np.where(X > 0, X, -a * X), "below 0 the sign is wrong: the line goes on down, it has no valley."),
                (np.where(X > 0, X, 0.01 * X), "the slope is always 0.01, whatever the argument `slope` says.")])
    X = np.array([-3, -1, 2])
    expect(slope(leaky_relu, X, 0.1), [0.1, 0.1, 1],
           "below 0 autograd should find `slope`, above it 1: build the result from X by operators of nd alone.")


@exercise("03.3", "A unit is dead only if no picture of any minibatch reaches it.")
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
        X = abs(_random(batch, 1, 4, 4))
        params = [_random(*shape, seed=seed) for seed, shape in enumerate(((16, 6), (6,), (6, 5), (5,), (5, 3), (3,)))]
        layers, flat = list(zip(params[::2], params[1::2])), X.reshape(batch, -1)
        got = deep_mlp(nd.array(X), list(map(nd.array, params)))
        expect(Got(f"{batch} random pictures of 4 × 4, deep_mlp(X, params)", got.value),
               _forward(flat, layers, [_relu, _relu, _linear]),
               "flatten, then relu(… W1 + b1), relu(… W2 + b2), and … W3 + b3.",
               [(_forward(flat, layers, [_relu, _relu, _relu]), "logits may be negative: there is no ReLU after the "
                 "last layer."),
                (_forward(flat, layers, [_relu, _linear, _linear]), "the second hidden layer has no ReLU, so it and "
                 "the output layer are one."),
                (_forward(flat, layers, [_linear, _linear, _linear]), "without any ReLU the three layers are one."),
                (_forward(flat, [(W, 0) for W, b in layers], [_relu, _relu, _linear]), "the biases are left out."),
                (_forward(flat, layers[:2], [_relu, _relu]), "that is the second hidden layer; the output layer is "
                 "still to come.")])


@exercise("04.3", "Half of the units are silent, the others speak up: the layer's mean stays what it was.")
def _(dropout):
    for H, p in ((_random(2, 3), 0.25), (_random(1, 4), 0.5), (_random(2, 3), 0), (_random(2, 3), 1)):
        noise = np.random.default_rng(2).uniform(size=H.shape).round(1).astype(np.float32)
        kept = noise >= p
        scale = 1 / (1 - p) if p < 1 else 0
        hint = "an entry becomes 0 where its noise is below p; elsewhere it is divided by 1 − p."
        if p == 1:
            hint = "at p = 1 everything is dropped, and 0/0 isn't 0: that case needs a line of its own."
        expect(dropout(nd.array(H), p, nd.array(noise)), H * kept * scale, hint,
               [(H * kept, "what is left isn't scaled up, so the next layer gets less than it will get without "
                 "dropout."),
                (H * kept * (1 - p), "you scale down what is left: its mean should grow back to what it was."),
                (H * ~kept / max(p, 1e-9), "p is the share that is dropped; you keep that share."),
                (H * ~kept * scale, "the mask is the wrong way round: dropped is where the noise is below p."),
                (H * kept[0] * scale, "all pictures lose the same units: each entry has a noise of its own.")])


@exercise("05.1", "Knowing nothing about n classes costs ln n, which is where an untrained network should start.")
def _(loss_of_guessing):
    for n in (2, 4, 10, 1000, 1):
        expect(loss_of_guessing(n), math.log(n), "the right class gets 1/n, and the loss is −ln of that.",
               [(math.log2(n), "that counts bits; cross-entropy here uses the natural logarithm."),
                (math.log10(n), "that is the logarithm to base 10; cross-entropy uses the natural one."),
                (-math.log(n), "a logarithm of a probability is negative, and the loss has a minus in front of it."),
                (1 / n, "that is the probability of the right class; the loss is minus its logarithm.")])


@exercise("05.2", "The largest logit is subtracted in each row, and no exponential can overflow.")
def _(log_softmax):
    naive_hint = "an exponential overflows or all of them vanish: subtract something from the logits first. What?"
    for logits in (np.array([[1, 2, 4]]), np.array([[1000, 0], [0, 1000]]), np.array([[-1000, -1001, -1003]]),
                   np.array([[500, 499, 498], [-500, -499, -498], [3, 3, 3]]), _random(5, 4)):
        logits = logits.astype(np.float32)
        largest = logits.max(axis=1, keepdims=True)
        exact = logits - largest - np.log(np.exp(logits.astype(np.float64) - largest).sum(axis=1, keepdims=True))
        naive = np.log(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True))
        all_at_once = logits - logits.max()
        expect(log_softmax(nd.array(logits)), exact,
               "log-softmax is each logit minus log-sum-exp of its row: a batch of rows in, the same shape out.",
               [(naive, naive_hint),
                (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)), naive_hint),
                (all_at_once - np.log(np.exp(all_at_once).sum(axis=1, keepdims=True)),
                 "you subtract the largest logit of the whole minibatch; rows far below it vanish. Each row has its "
                 "own."),
                (np.log(_softmax(logits)), "softmax is stable now, but its logarithm isn't: a probability of 1e-400 is "
                 "0 in float32. Take the logarithm on paper, before the exponentials."),
                (np.exp(exact), "those are the probabilities; their logarithm is wanted."),
                (exact + largest, "the largest logit is subtracted in one place and not in the other."),
                (logits - np.log(np.exp(logits.astype(np.float64) - largest).sum(axis=1, keepdims=True)),
                 "the largest logit is subtracted in one place and not in the other.")])


@exercise("05.3", "The gradient is p − target: it is zero at the smoothed target, so logits stop growing.")
def _(smoothed_loss):
    for logits, y, epsilon in ((_random(3, 4), [0, 3, 1], 0.1), (np.zeros((1, 10), np.float32), [7], 0.1),
                               (_random(2, 5, seed=1), [4, 4], 0), (_random(3, 3, seed=2), [2, 0, 1], 0.6)):
        classes = logits.shape[1]
        costs, label = -np.log(_softmax(logits.astype(np.float64))), np.eye(classes)[y]
        smooth = (costs * ((1 - epsilon) * label + epsilon / classes)).sum(axis=1)
        others = (costs * ((1 - epsilon) * label + epsilon / (classes - 1) * (1 - label))).sum(axis=1)
        expect(smoothed_loss(nd.array(logits), nd.array(y), epsilon), smooth,
               "multiply −log-softmax by the target and add up over the classes, one loss per picture.",
               [((costs * label).sum(axis=1), "that is the plain cross-entropy; epsilon has no effect."),
                (others, "the label gets its share of epsilon too: epsilon / classes goes to every class."),
                (smooth.mean(), "that is the mean over the minibatch; wanted is the loss of each picture."),
                ((costs * (label + epsilon / classes)).sum(axis=1), "the targets add up to more than 1: what the "
                 "others get is taken away from the label."),
                (-smooth, "the sign is wrong: a loss is minus a logarithm, and positive.")])
    logits = _random(2, 4)
    target = 0.9 * np.eye(4)[[1, 2]] + 0.025
    expect(slope(smoothed_loss, logits, nd.array([1, 2]), 0.1), _softmax(logits) - target,
           "the gradient with respect to the logits should be p − target.")


@exercise("06.1", "Where tanh is flat, at either end, hardly any of the error gets back.")
def _(tanh_backward):
    for shape in ((2, 3), (1, 4), (3, 1)):
        A, dH = 2 * _random(*shape), _random(*shape, seed=1)
        H = np.tanh(A)
        expect(tanh_backward(nd.array(A), nd.array(dH)), dH * (1 - H**2),
               "the chain rule: dH times the slope of tanh at A, element by element.",
               [(1 - H**2, "that is the slope of tanh alone; what comes back from the layer above multiplies it."),
                (dH * (1 - A**2), "the slope is 1 minus the square of tanh(A), not of A."),
                (dH * (1 - H), "the slope of tanh has a square in it."),
                (dH * H, "that multiplies by the value of tanh; the chain rule wants its slope."),
                (dH * (A > 0), "that is ReLU's mask; tanh has a slope everywhere."),
                (dH, "that is what comes back from the layer above, unchanged; tanh has a slope.")])


@exercise("06.2", "Central differences know nothing of your formulas, so they find what is wrong in them.")
def _(find_wrong):
    X, y = _random(3, 4).astype(np.float64), np.array([0, 1, 1])
    arrays = [_random(*shape, seed=seed).astype(np.float64)
              for seed, shape in enumerate(((4, 3), (3,), (3, 2), (2,)), 1)]

    def loss_of(params):
        logits = nd.dot(nd.relu(nd.dot(nd.array(X, dtype="float64"), params[0]) + params[1]), params[2]) + params[3]
        return -nd.log_softmax(logits).pick(nd.array(y)).sum().asscalar()

    for wrong, entries in ((2, ...), (0, ...), (1, ...), (3, ...), (0, (3, 2))):
        gradients = _gradients(X, y, arrays)
        gradients[wrong][entries] *= -1
        got = find_wrong(loss_of, *([nd.array(array, dtype="float64") for array in group]
                                    for group in (arrays, gradients)))
        expect(got, wrong, "the place whose gradient isn't the loss's central difference, entry by entry." if
               entries is ... else "a single entry is wrong here, in the last row: look at every entry of each array.",
               [(wrong + 1, "Python counts places from 0."),
                (3 - wrong, "places count from the front of the list, where W1 stands."),
                (-1, "one of them is wrong: compare each entry with its central difference.")])


@exercise("06.3", "However deep: times the weights' transpose, times the mask, and so on down to the pixels.")
def _(gradients_of_three):
    for batch, widths in ((3, (4, 5, 3, 2)), (1, (3, 2, 4, 3))):
        X, y = _random(batch, widths[0]), np.arange(batch) % widths[-1]
        params = [_random(*shape, seed=seed) for seed, pair in enumerate(zip(widths, widths[1:]), 1)
                  for shape in (pair, pair[1:])]
        right = _gradients(X, y, params)
        by_mask = {masked: _gradients(X, y, params, masked) for masked in ((1, 0), (0, 1), (0, 0))}
        expect(gradients_of_three(nd.array(X), nd.array(y), [nd.array(param) for param in params]), right,
               "the six gradients of the summed loss, in the order of the parameters.",
               [(by_mask[1, 0], "the error passes the second hidden layer's ReLU as well: its mask is missing."),
                (by_mask[0, 1], "the error passes the first hidden layer's ReLU as well: its mask is missing."),
                (by_mask[0, 0], "each ReLU on the way stops the error where its unit was off: both masks are missing."),
                ([gradient / batch for gradient in right], "that is the mean; wanted are the gradients of the sum."),
                ([-gradient for gradient in right], "the error of the logits is p − onehot, not the reverse.")])


@exercise("06.4", "The last steps are tiny, so where the last one happens to land hardly matters.")
def _(lr_at):
    for num_steps, lr in ((10, 0.5), (2350, 0.4), (7, 1)):
        for step in (num_steps // 4, 3 * num_steps // 4, num_steps // 2, 0, num_steps - 1):
            left = 1 - step / num_steps
            expect(lr_at(step, num_steps, lr), lr * min(1, 2 * left),
                   "lr up to the middle, then a straight line that would reach 0 at step num_steps.",
                   [(lr if left > 0.5 else lr * left, "it jumps in the middle: the line begins at lr there, so it has "
                     "to be twice as steep."),
                    (lr * left, "it falls from the first step on; the first half keeps lr."),
                    (lr * 2 * left, "in the first half it is larger than lr: there it should be lr."),
                    (lr if left > 0.5 else lr / 2, "it drops once and stays there; it should go on falling towards 0."),
                    (lr, "the learning rate never falls.")])


@exercise("07.1", "Recall asks of all that there are, precision of all that were named: one matrix, two denominators.")
def _(recall):
    for confusion in (np.array([[8, 2, 0], [1, 3, 0], [4, 4, 2]]), np.array([[5, 0], [3, 0]]),
                      np.array([[2, 1], [0, 0]])):
        right, true, named = np.diag(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
        hint = "the right answers of each class, on the diagonal, over all pictures of that class, its row."
        if not true.all():
            hint = "a class without pictures has 0 right answers of 0: give it the recall 0 instead of dividing."
        expect(recall(confusion.copy()), right / np.maximum(true, 1), hint,
               [(right / np.maximum(named, 1), "that is the precision: it divides by a column, what was named so."),
                (right / named, "that is the precision: it divides by a column, what was named so."),
                (right / confusion.sum(), "you divide by all pictures; each class has its own row."),
                (right.sum() / confusion.sum(), "that is the accuracy, one number; wanted is one for each class."),
                (right / 1000, "1,000 pictures of each class are the test set's; another matrix may have others: take "
                 "the sums.")])


@exercise("07.2", "With k = 1 it is the accuracy, with k = all classes it is 1, and in between it can only rise.")
def _(top_k_accuracy):
    logits = np.random.default_rng(3).permuted(np.tile(np.arange(6.0), (8, 1)), axis=1) - 3
    ranks = np.array([0, 2, 1, 0, 3, 1, 5, 5])  # how many logits are larger than the label's
    y = logits.argsort(axis=1)[np.arange(8), 5 - ranks]
    for rows, k in ((slice(8), 3), (slice(8), 1), (slice(8), 2), (slice(8), 6), (slice(1), 1), (slice(1, 2), 2)):
        place, own = ranks[rows], logits[rows]
        expect(top_k_accuracy(nd.array(own), nd.array(y[rows], dtype="int32"), k), (place < k).mean(),
               "a picture counts if fewer than k logits are larger than its label's.",
               [((place < k).sum(), "that is how many pictures count; wanted is their share."),
                ((place < 1).mean(), "only the largest logit counts, whatever k is."),
                ((place < 3).mean(), "k is always 3, whatever the argument says."),
                ((5 - place < k).mean(), "those are the k smallest logits: check which way the sort goes."),
                ((place == k - 1).mean(), "only the k-th place counts; the better ones do too."),
                ((place <= k).mean(), "that lets k + 1 places count."),
                ((place < k).sum() / (k * len(place)), "divide by the number of pictures, not by that of answers.")])


@exercise("07.3", "One number says how far a network's confidence is from its success, so networks can be compared.")
def _(calibration_error):
    for p, right in ((np.array([0.95, 0.91, 0.99, 0.97, 0.55, 0.52, 0.58, 0.75]), [1, 0, 1, 1, 1, 1, 1, 1]),
                     (np.array([0.85, 0.15]), [1, 0]), (np.array([1.0]), [0]),
                     (np.array([0.62, 0.68, 0.33]), [1, 0, 0])):
        right, bins = np.array(right), np.minimum((p * 10).astype(int), 9)
        weight = np.array([np.mean(bins == b) for b in set(bins)])
        gap = np.array([p[bins == b].mean() - right[bins == b].mean() for b in set(bins)])
        expect(calibration_error(p.copy(), right.astype(bool), 10), (weight * abs(gap)).sum(),
               "in each bin, the size of the difference between mean probability and share of right answers; their "
               "mean, weighted with the share of the pictures that the bin holds.",
               [(abs(gap).mean(), "a bin with one picture counts as much as one with thousands: weight the bins."),
                ((weight * gap).sum(), "too high in one bin and too low in another cancel out: take sizes first."),
                (abs((weight * gap).sum()), "over all pictures, too high here and too low there cancel out: that is "
                 "what the bins are for."),
                (np.nan, "an empty bin has no mean: skip it."),
                (0, "a probability of exactly 1 falls into no bin: it belongs to the last.")])


@exercise("08.1", "Gluon has a row for each unit: the transposes of W1 and W2, with biases as they were.")
def _(gluon_shapes):
    for widths in ([784, 256, 10], [4, 4, 3], [784, 10], [2, 3, 4, 5]):
        pairs = list(zip(widths, widths[1:]))
        expect(gluon_shapes(list(widths)), _dense_shapes(widths), "for each layer the weight's shape, then the bias's.",
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
        X, parameters = _random(7, widths[0]), list(got.value.collect_params().values())
        got.value.initialize(init.Zero(), force_reinit=True)
        got.value(nd.array(X))  # now that it has seen inputs, Gluon knows all shapes
        expect(Got(f"{got.call}, the shapes of its parameters", [parameter.shape for parameter in parameters]),
               _dense_shapes(widths), "one Dense layer for each width but the first, in their order, with biases.",
               [(_dense_shapes([widths[0], *widths]), "there is a layer too many: the first width is the input's, "
                 "which no Dense makes."),
                (_dense_shapes([widths[0], *widths[:0:-1]]), "the layers come in the wrong order.")])
        values = [_random(*parameter.shape, seed=seed) for seed, parameter in enumerate(parameters)]
        for parameter, value in zip(parameters, values):
            parameter.set_data(nd.array(value))
        layers, hidden = [(W.T, b) for W, b in zip(values[::2], values[1::2])], len(widths) - 2
        expect(Got(f"{got.call}, the logits of 7 random pictures", got.value(nd.array(X))),
               _forward(X, layers, [_relu] * hidden + [_linear]), "ReLU after each layer but the last.",
               [(_forward(X, layers, [_relu] * (hidden + 1)), "logits may be negative: no ReLU after the last layer."),
                (_forward(X, layers, [_linear] * (hidden + 1)), "without ReLU all layers together are one."),
                (_forward(X, layers, [_relu] + [_linear] * hidden), "only the first layer has its ReLU; each hidden "
                 "one needs it.")])


@exercise("08.3", "The way back: what Gluon has learned goes on living in your own three statements.")
def _(from_gluon):
    for widths in ([6, 5, 3], [4, 4, 4], [3, 2]):
        values = [_random(*shape, seed=seed) for seed, shape in enumerate(_dense_shapes(widths))]
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


@exercise("09.1", "Ten times the precision costs a hundred times the pictures.")
def _(pictures_needed):
    for accuracy, margin in ((0.87, 0.01), (0.5, 0.1), (0.87, 0.001), (0.99, 0.005)):
        variance, z = accuracy * (1 - accuracy), 1.96
        exact = variance * (z / margin)**2
        expect(pictures_needed(accuracy, margin), math.ceil(exact),
               "solve margin = 1.96 · sqrt(accuracy · (1 − accuracy) / n) for n, and round up.",
               [(math.floor(exact), "rounded down, the margin is just missed: round up."),
                (exact, "pictures come whole: round up."),
                (math.ceil(variance / margin**2), "one standard error holds in 68 of 100 cases; 95 need 1.96 of them."),
                (math.ceil(variance * (2 * z / margin)**2), "the margin goes to both sides: it is half of the "
                 "interval's width."),
                (math.ceil(variance**0.5 * z / margin), "the error shrinks with the root of n, so n grows with the "
                 "square."),
                (math.ceil(0.25 * (z / margin)**2), "that is the worst case, an accuracy of one half; use the "
                 "accuracy you are given.")])


@exercise("09.2", "Pictures that both get right, or both wrong, say nothing about which is better.")
def _(mcnemar):
    from scipy import stats  # takes a second to import; notebook 09 has done it, the others shouldn't wait for it

    for only_first, only_second, alike in ((6, 0, 10), (3, 12, 40), (4, 4, 0), (30, 12, 300), (0, 0, 5)):
        first = np.array([1] * only_first + [0] * only_second + [1, 0] * alike, dtype=bool)
        second = np.array([0] * only_first + [1] * only_second + [1, 0] * alike, dtype=bool)
        decisive, most = only_first + only_second, max(only_first, only_second)
        tail = sum(math.comb(decisive, k) for k in range(most, decisive + 1)) / 2**decisive
        accuracies = stats.ttest_ind(first, second).pvalue
        hint = "toss a fair coin for each picture that only one of them gets right; SciPy's binomtest knows the rest."
        if not decisive:
            hint = "without a single decisive picture there is no evidence at all: the p-value is 1."
        call = f"{only_first} pictures that only the first gets right, {only_second} that only the second does, and "
        expect(Got(f"{call}{2 * alike} on which they agree, mcnemar(first, second)", mcnemar(first, second).value),
               min(1, 2 * tail), hint,
               [(tail, "that asks about one side only; before you look, either model could be the better one."),
                (stats.binomtest(int(first.sum()), len(first)).pvalue, "the coin is tossed for every picture; those "
                 "on which both agree decide nothing."),
                (stats.binomtest(only_first, len(first)).pvalue, "the coin is tossed for every picture; those on "
                 "which both agree decide nothing."),
                (accuracies, "that compares two separate accuracies, as if each had had pictures of its own."),
                (stats.chi2.sf((only_first - only_second)**2 / max(decisive, 1), 1), "that is the approximation by "
                 "chi-square; with few decisive pictures it is too sure.")])


@exercise("09.3", "What chose the network can't also measure it: that takes a set which had no say.")
def _(to_report):
    for valid, test in (([0.88, 0.9, 0.89], [0.879, 0.884, 0.891]), ([0.87, 0.86], [0.865, 0.871]),
                        ([0.81, 0.83, 0.85, 0.84], [0.84, 0.82, 0.815, 0.835])):
        chosen = int(np.argmax(valid))
        expect(to_report(list(valid), list(test)), test[chosen],
               "choose by the validation accuracies alone, and report what the chosen network has on the test set.",
               [(max(test), "the best of several test accuracies flatters: that is choosing on the test set."),
                (max(valid), "that network was chosen for this number, so it flatters; the test set had no say."),
                (sum(test) / len(test), "that is the mean of all networks, and you report one."),
                (chosen, "that says which network is chosen; wanted is its test accuracy.")])


@exercise("09.4", "About 700 pictures would do for three points: far more than ten, far fewer than 10,000.")
def _(sample_size):
    for gain, decisive in ((0.03, 0.08), (0.04, 0.1), (0.01, 0.06), (0.05, 0.2)):
        exact = decisive - gain**2
        expect(sample_size(gain, decisive), math.ceil(2.8**2 * exact / gain**2),
               "the gain should be 1.96 + 0.84 standard errors, each the root of (decisive − gain²) / n: solve for n, "
               "and round up.",
               [(math.ceil(1.96**2 * exact / gain**2), "with 1.96 alone the gain is seen in half of the cases only; "
                 "80 of 100 take 0.84 more."),
                (math.ceil(2.8**2 * 2 * 0.87 * 0.13 / gain**2), "that is for separate test sets; with the same "
                 "pictures only the decisive ones scatter."),
                (math.ceil(2.8 * exact**0.5 / gain), "the error shrinks with the root of n: n grows with the square."),
                (math.ceil(2.8**2 * decisive / gain**2), "the variance of a difference that is −1, 0 or 1 is the mean "
                 "of its squares minus the square of its mean."),
                (2.8**2 * exact / gain**2, "pictures come whole: round up.")])


@exercise("10.1", "The first epoch gets the whole rate, and the last still learns.")
def _(falling):
    for lr, epochs in ((0.2, 4), (1, 10), (0.5, 1), (0.4, 3)):
        done = np.arange(epochs) / epochs
        expect(falling(lr, epochs), lr * (1 - done),
               "one learning rate for each epoch: lr in the first, and lr / epochs less in each that follows.",
               [(np.linspace(lr, 0, epochs), "the last epoch gets 0 and learns nothing: the line reaches 0 after it."),
                (lr * (1 - done - 1 / epochs), "the first epoch has lost a step already: it is trained with lr "
                 "itself."),
                (lr * 0.5**np.arange(epochs), "that halves the rate each time; on a straight line the same amount "
                 "goes each time."),
                (np.full(epochs, lr), "the rate stays where it is.")])


@exercise("10.2", "A mean over seeds asks how good a configuration is; a single best run asks how lucky it was.")
def _(choose):
    for accuracies in ([[0.88, 0.89, 0.87], [0.91, 0.85, 0.86], [0.885, 0.886, 0.884]],
                       [[0.9, 0.9, 0.86], [0.88, 0.88, 0.87]], [[0.88] * 5, [0.89, 0.89]], [[0.8]]):
        means = [sum(row) / len(row) for row in accuracies]
        best = means.index(max(means))
        expect(choose([list(row) for row in accuracies]), best,
               "take the mean of each configuration's accuracies, and return the place of the largest.",
               [(max(means), "that is the mean itself; wanted is which configuration it belongs to."),
                (np.argmax([max(row) for row in accuracies]), "one lucky seed decides; look at all of them."),
                (np.argmax([min(row) for row in accuracies]), "one unlucky seed decides; look at all of them."),
                (np.argmax([sum(row) for row in accuracies]), "a sum favours whoever was trained with more seeds."),
                (best + 1, "places in a list are counted from 0.")])


@exercise("10.3", "The velocity remembers what the gradients agree on, and each parameter pulls itself towards zero.")
def _(sgd_step):
    for shape, lr, momentum, decay in (((3,), 0.1, 0.9, 0.1), ((1, 2), 0.5, 0.5, 0.2), ((3,), 0.1, 0, 0.5)):
        w, v, gradient = _random(*shape), _random(*shape, seed=1), _random(*shape, seed=2)
        own = gradient + decay * w
        fresh = momentum * v + own
        expect(sgd_step(nd.array(w), nd.array(v), nd.array(gradient), lr, momentum, decay), [w - lr * fresh, fresh],
               "the new v is momentum · v + gradient + decay · w, and w moves by −lr times it; return both.",
               [([w - lr * gradient, gradient], "that is plain SGD: v and decay have no part in it."),
                ([w - lr * own, own], "the old velocity is forgotten: momentum times it is kept."),
                ([w - lr * (fresh - decay * w), fresh - decay * w], "decay has no part in it: it adds to the "
                 "gradient."),
                ([w - lr * v, fresh], "w moves with the old velocity; update v first, then use it."),
                ([w + lr * fresh, fresh], "w moves with the gradient; it should move against it."),
                ([w - lr * (momentum * v + (1 - momentum) * own), momentum * v + (1 - momentum) * own],
                 "that is a weighted mean of both; here the gradient is added whole."),
                ([w - lr * (v + own), v + own], "the old velocity never fades: multiply it by momentum."),
                ([w - lr * (fresh - 2 * decay * w), fresh - 2 * decay * w],
                 "this makes the parameter grow: decay pulls it towards zero."),
                ([w - lr * fresh, fresh - decay * w], "the velocity remembers the decay, too: add it to the gradient "
                 "before v takes that up."),
                ([w - lr * (fresh - decay * w) - decay * w, fresh - decay * w], "the decay is part of the gradient, "
                 "so the learning rate multiplies it too."),
                (w - lr * fresh, "v is wanted as well: the next step needs it. Return w, v.")])


def _epoch_kept(curve, patience, improves):
    """Return the epoch kept by early stopping, counted from 1, and the one after which training stops."""
    best = waited = 0
    for epoch in range(1, len(curve)):
        if improves(epoch, best):
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return best + 1, epoch + 1
    return best + 1, len(curve)


@exercise("10.4", "Patience is a price: epochs that you pay for the chance of a later best.")
def _(keep):
    for curve, patience in (([0.8, 0.84, 0.83, 0.86, 0.85, 0.84, 0.83, 0.9], 3),
                            ([0.8, 0.79, 0.84, 0.83, 0.88, 0.9], 2),
                            ([0.86, 0.8, 0.82, 0.84, 0.85, 0.9], 3), ([0.8, 0.8, 0.8, 0.9], 2), ([0.7], 1)):
        kept, stop = _epoch_kept(curve, patience, lambda epoch, best: curve[epoch] > curve[best])
        from_before, _ = _epoch_kept(curve, patience, lambda epoch, best: curve[epoch] > curve[epoch - 1])
        with_ties, _ = _epoch_kept(curve, patience, lambda epoch, best: curve[epoch] >= curve[best])
        bad = [epoch for epoch in range(1, len(curve)) if curve[epoch] <= max(curve[:epoch])]
        never_reset = int(np.argmax(curve[:bad[patience - 1]] if len(bad) >= patience else curve)) + 1
        expect(keep(list(curve), patience), kept,
               "go through the epochs, remember the best so far, and stop when it is `patience` epochs old.",
               [(from_before, "an epoch improves if it beats the best so far, not the epoch before it."),
                (with_ties, "an epoch that is as good as the best is no improvement."),
                (int(np.argmax(curve)) + 1, "that is the best of all epochs, but training had stopped before it."),
                (stop, "that is the epoch after which training stops; the best one came before."),
                (kept - 1, "epochs are counted from 1."),
                (curve[kept - 1], "that is an accuracy; wanted is the epoch that had it."),
                (never_reset, "only epochs in a row count: a new best starts the count anew.")])


@exercise("11.1", "A share can be compared whatever the number of runs; being last of a hundred is no fault.")
def _(percentile):
    for value, others in ((0.873, [0.87, 0.872, 0.874, 0.876]), (5, [1, 2, 3, 4]), (0, [1, 2]), (3, [3, 1, 2, 3, 3, 4]),
                          (2, [2, 2, 2])):
        below, equal, n = sum(x < value for x in others), sum(x == value for x in others), len(others)
        exact = 100 * (below + equal / 2) / n
        expect(percentile(value, list(others)), exact,
               "100 times the share of the others that are below, where one that equals the value counts half.",
               [(exact / 100, "that is the share; as a percentage it is a hundred times as much."),
                (below + equal / 2, "that is how many are below; wanted is their percentage."),
                (below, "that is how many are below; wanted is their percentage."),
                (100 - exact, "that is how much lies above the value; asked is what lies below."),
                (100 * below / n, "a tie counts for nothing here; it should count half."),
                (100 * (below + equal) / n, "a tie counts whole here; it should count half."),
                (100 * below / (n + 1), "divide by the number of the others: the value itself isn't one of them.")])


@exercise("11.2", "Variances add: the method that scatters more decides how many seeds it takes.")
def _(seeds_needed):
    for difference, first_sd, second_sd in ((0.005, 0.002, 0.006), (0.01, 0.003, 0.02), (0.02, 0.006, 0.006),
                                            (0.01, 0, 0.005)):
        variance, per_variance = first_sd**2 + second_sd**2, (2.8 / difference)**2
        exact = variance * per_variance
        expect(seeds_needed(difference, first_sd, second_sd), math.ceil(exact),
               "solve difference = 2.8 · sqrt((first_sd² + second_sd²) / n) for n, and round up.",
               [(math.floor(exact), "rounded down, the difference is just missed: round up."),
                (exact, "seeds come whole: round up."),
                (math.ceil(2 * exact), "that is the number for both methods together, or one factor 2 too many: the "
                 "sum of the variances has it already."),
                (math.ceil((first_sd + second_sd)**2 * per_variance), "standard deviations don't add; their squares, "
                 "the variances, do."),
                (math.ceil(2 * first_sd**2 * per_variance), "the second method's scatter doesn't enter."),
                (math.ceil(2 * ((first_sd + second_sd) / 2)**2 * per_variance), "the mean of the standard deviations "
                 "isn't what a common one would be: take the mean of their squares."),
                (math.ceil(variance * (1.96 / difference)**2), "with 1.96 alone the difference is found in half of "
                 "the studies only; 80 of 100 take 0.84 more."),
                (math.ceil(variance**0.5 * 2.8 / difference), "the error shrinks with the root of n, so n grows with "
                 "the square.")])


@exercise("11.3", "No normal distribution was needed: the ways to deal out the labels are the whole theory.")
def _(permutation_test):
    for first, second in (([874, 877], [868, 874, 864, 869]), ([1, 4], [2, 8, 16]), ([1, 2, 3, 4], [15, 16, 18, 19]),
                          ([9, 3], [7, 5])):
        runs, n, rest = [*first, *second], len(first), len(second)
        sums = [sum(group) for group in combinations(runs, n)]
        apart = np.array([Fraction(total, n) - Fraction(sum(runs) - total, rest) for total in sums])
        seen = apart[0]
        by_sums = np.array([abs(2 * total - sum(runs)) for total in sums])
        expect(permutation_test(list(first), list(second)), (abs(apart) >= abs(seen)).mean(),
               "for each way to choose len(first) of all runs, the difference of the two means; then the share of the "
               "ways in which it is at least as large, whatever its sign.",
               [((apart >= seen).mean(), "that looks to one side only: before you look, either method could be the "
                 "better one."),
                ((abs(apart) > abs(seen)).mean(), "the way that was observed counts as well, and so does every one "
                 "that is as far apart: at least as large."),
                ((abs(apart) >= abs(seen)).sum(), "that is how many ways there are; wanted is their share."),
                ((abs(apart) < abs(seen)).mean(), "that is the share in which they are closer together."),
                ((by_sums >= by_sums[0]).mean(), "the groups differ in size: compare means, not sums."),
                ((abs(apart[1:]) >= abs(seen)).mean(), "the way that was observed is one of them: leave it in.")])
