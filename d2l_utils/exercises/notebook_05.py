"""The checks of 05_softmax_loss."""

import math

import numpy as np
from mxnet import nd

from .engine import exercise, expect, slope
from .reference import random_values, softmax


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


@exercise("05.3", "The gradient is p − target: it is zero at the smoothed target, so logits stop growing.")
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
