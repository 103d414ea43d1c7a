"""The checks of 07_predictions."""

import numpy as np
from mxnet import nd

from .engine import exercise, expect


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
