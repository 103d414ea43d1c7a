"""The checks of 05_softmax_loss."""

import math

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect, quiz, slope
from .reference import random_values, softmax
from .values import show


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
                   np.array([[500, 499, 498], [-500, -499, -498], [3, 3, 3]]), random_values(5, 4)):
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
                (np.log(softmax(logits)), "softmax is stable now, but its logarithm isn't: a probability of 1e-400 is "
                 "0 in float32. Take the logarithm on paper, before the exponentials."),
                (np.exp(exact), "those are the probabilities; their logarithm is wanted."),
                (exact + largest, "the largest logit is subtracted in one place and not in the other."),
                (logits - np.log(np.exp(logits.astype(np.float64) - largest).sum(axis=1, keepdims=True)),
                 "the largest logit is subtracted in one place and not in the other.")])


def cubes(x):
    """Return f(x) = x₀³ + 2 x₁³ + 3 x₂³ …, whose central differences are the slopes plus a multiple of step squared."""
    return (np.arange(1, x.size + 1).reshape(x.shape) * x**3).sum()


def cube_of_sum(x):
    return x.sum()**3


def loss_of_labels(logits):
    return -np.log(softmax(logits)[np.arange(len(logits)), [2, 0]]).sum()


@exercise("05.3", "Two values of a function for each entry: slow, and so plain that hardly a mistake can hide in it.")
def _(numerical_gradient):
    for function, formula, x, step in (
            (cubes, "the sum of x₀³, 2 x₁³ and 3 x₂³", np.array([1.0, -2.0, 0.5]), 0.25),
            (cube_of_sum, "the cube of x's sum", np.array([[1.0, 2.0], [-1.5, 0.5]]), 0.5),
            (loss_of_labels, "a cross-entropy", random_values(2, 3).astype(np.float64), 1e-5)):
        moves = step * np.eye(x.size).reshape(x.size, *x.shape)
        up, down = ([function(x + sign * move) for move in moves] for sign in (1, -1))
        right, hint = (np.subtract(up, down) / (2 * step)).reshape(x.shape), (
            "for each entry: f with this entry a step higher, minus f with it a step lower, over twice the step.")
        if function is loss_of_labels:
            right = softmax(x) - np.eye(3)[[2, 0]]
            hint = "with so short a step two values of f differ in late digits only, and float32 hasn't got those."
        behind = np.cumsum([0 * moves[0], *moves[:-1]], axis=0)
        stays = [(np.array([function(x + sign * past + move) - function(x + sign * past - move) for past, move
                            in zip(behind, moves)]) / (2 * step)).reshape(x.shape) for sign in (-1, 1)]
        given = nd.array(x, dtype="float64")
        got = numerical_gradient(lambda values: float(function(values.asnumpy())), given, step)
        expect(Got(f"f(x) = {formula}, numerical_gradient(f, {show(x)}, {step:g})", got.value), right, hint,
               [((np.subtract(up, function(x)) / step).reshape(x.shape), "those are differences to one side; half of "
                 "the bend within the step is left in them."),
                (2 * right, "between the two values lie two steps, not one."),
                (2 * step * right, "that is the rise; a slope is a rise over the way that it took."),
                (np.full(x.shape, (function(x + step) - function(x - step)) / (2 * step)), "all entries move at once; "
                 "a derivative asks for one of them while the others stay."),
                *((stay, "an entry stays where it was moved to while the next ones are tried.") for stay in stays),
                (3 * np.arange(1, x.size + 1).reshape(x.shape) * x**2, "your step isn't the one in the argument: with "
                 "this one, the result should still show its size.")])
        expect(Got("x after the call", given), x, "one entry isn't put back.")


@exercise("05.4", "The gradient is p − target: it is zero at the smoothed target, so logits stop growing.")
def _(smoothed_loss):
    for logits, y, epsilon in ((random_values(3, 4), [0, 3, 1], 0.1), (np.zeros((1, 10), np.float32), [7], 0.1),
                               (random_values(2, 5, seed=1), [4, 4], 0), (random_values(3, 3, seed=2), [2, 0, 1], 0.6)):
        classes = logits.shape[1]
        costs, label = -np.log(softmax(logits.astype(np.float64))), np.eye(classes)[y]
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
    logits = random_values(2, 4)
    target = 0.9 * np.eye(4)[[1, 2]] + 0.025
    expect(slope(smoothed_loss, logits, nd.array([1, 2]), 0.1), softmax(logits) - target,
           "the gradient with respect to the logits should be p − target.")


quiz("05.q1", right="b",
     learned="What becomes 0 does harm only where its logarithm, or its quotient, is asked for.",
     a="that probability does become 0; look whose logarithm the loss is.",
     c="a distance does no harm by itself: look which of the three kinds of numbers leaves float32 here.",
     d="the largest float32 is e to the power of 88.7.")
quiz("05.q2", right="c",
     learned="Any number is right on paper; only one choice leaves no exponent above 0 in any row.",
     a="so it is on paper; look at how large the exponents can be now.",
     b="the same factor stands above and below the fraction line, whatever number it comes from.",
     d="try two logits of 1000, or of −1000, with both formulas.")
quiz("05.q3", right="d",
     learned="A temperature, as this divisor is called, scales the gradient as well as the logits.",
     a="write the loss as log-sum-exp minus the label's logit, and look at what stands in both now.",
     b="raise one logit by a little: only half of that arrives at softmax.",
     c="the entries of a gradient add up to 0 here, since adding to all logits changes nothing; add up yours.")
