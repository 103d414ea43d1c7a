"""The checks of 07_predictions."""

import numpy as np
from mxnet import nd

from .engine import exercise, expect, quiz
from .reference import random_values, softmax


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
                ((place < k).sum() / (k * len(place)), "divide by the number of pictures, not by that of answers."),
                (0, "0 comes of a comparison that never holds, and of MXNet's mean of whole numbers, which is a whole "
                 "number: take it of a float32 array.")])


@exercise("07.3", "What a network is surest of and wrong about is the first place to look: at it, and at the labels.")
def _(surest_mistakes):
    for batch, classes, seed, k in ((10, 4, 5, 3), (12, 3, 2, 2), (6, 5, 4, 20)):
        logits = 3 * random_values(batch, classes, seed=seed) + random_values(batch, 1, seed=seed + 1)
        logits += np.arange(classes, dtype=np.float32) / 50  # no ties
        p, answers = softmax(logits.astype(np.float64)), logits.argmax(axis=1)
        y = np.where(np.arange(batch) % 3 == 1, answers, (answers + 1 + np.arange(batch) % 2) % classes)
        wrong, of_label = answers != y, p[np.arange(batch), y]

        def ranked(by, chosen=wrong):
            return [i for i in sorted(range(batch), key=lambda i: -by[i]) if chosen[i]][:k]

        surest = ranked(p.max(axis=1))
        expect(surest_mistakes(nd.array(logits), nd.array(y, dtype="int32"), k), surest,
               "positions in the minibatch of wrong answers, from the highest probability down, at most k of them.",
               [(ranked(np.diff(np.sort(logits))[:, -1]), "how far a logit is ahead of the second alone isn't enough: "
                 "the others share the rest."),
                (ranked(logits.max(axis=1)), "those have the largest logits; a probability depends on how far a logit "
                 "is ahead of the others in its row."),
                (ranked(p.max(axis=1), ~wrong), "those answers are right."),
                (ranked(p.max(axis=1), wrong | True), "among them are answers that are right."),
                (surest[::-1], "the surest comes last; it should come first."),
                (ranked(-p.max(axis=1)), "those are the mistakes that the network was least sure of."),
                (ranked(-of_label), "you rank by the probability of the label; asked is how sure of its answer the "
                 "network was."),
                ([int(wrong[:i].sum()) for i in surest], "you count places among the mistakes; the pictures are "
                 "numbered in the whole minibatch."),
                (p.max(axis=1)[surest], "those are the probabilities; where in the minibatch do they stand?")])


@exercise("07.4", "A product shows what a unit sees in one picture, where its weights show what it looks for in any.")
def _(contributions):
    for shape, units, unit in (((2, 3), 6, 4), ((3, 2), 4, 1), ((4, 4), 2, 0)):
        picture, W1 = abs(random_values(*shape, seed=3)), random_values(shape[0] * shape[1], units, seed=2)
        columns = W1.T.reshape(units, *shape)
        mistakes = [(columns[unit], "those are the weights alone, the same for every picture."),
                    ((picture * columns[unit]).sum(), "that is the whole sum; wanted is each pixel's part of it."),
                    ((picture * columns[unit]).ravel(), "the numbers are right; lay them out as the picture is."),
                    (np.maximum(picture * columns[unit], 0), "ReLU comes after the sum: a single pixel may well take "
                     "something away."),
                    (abs(picture * columns[unit]), "the sign is lost, so what excites and what holds back look "
                     "alike."),
                    (picture * columns[unit - 1], "that is the unit before; Python counts from 0."),
                    (picture * W1[:, unit].reshape(shape, order="F"), "the weights are laid out column by column; "
                     "pictures are flattened row by row.")]
        if W1.shape[0] == W1.shape[1]:
            mistakes.append((picture * W1[unit].reshape(shape), "a row of W1 belongs to a pixel, and holds its weights "
                             "to all units."))
        expect(contributions(nd.array(picture), nd.array(W1), unit), picture * columns[unit],
               "each pixel times the weight that leads from it to this unit, in the picture's shape.", mistakes)


def _bins(p, count):
    return np.minimum((p * count).astype(int), count - 1)


def _weights_and_gaps(p, right, bins):
    """Return for each bin that holds something its share of the pictures, and by how much it is too sure."""
    held = [bins == b for b in set(bins)]
    return np.array([here.mean() for here in held]), np.array([p[here].mean() - right[here].mean() for here in held])


@exercise("07.5", "One number says how far a network's confidence is from its success, so networks can be compared.")
def _(calibration_error):
    for p, right, num_bins in (([0.95, 0.91, 0.99, 0.97, 0.55, 0.52, 0.58, 0.75], [1, 0, 1, 1, 1, 1, 1, 1], 10),
                               ([0.85, 0.15], [1, 0], 10), ([1.0], [0], 10), ([0.62, 0.68, 0.33], [1, 0, 0], 10),
                               ([1.0, 0.95], [0, 1], 10), ([0.62, 0.78, 0.33], [1, 0, 0], 2)):
        p, right = np.array(p), np.array(right)
        weight, gap = _weights_and_gaps(p, right, _bins(p, num_bins))

        def error(bins):
            return np.dot(*map(abs, _weights_and_gaps(p, right, bins)))

        expect(calibration_error(p.copy(), right.astype(bool), num_bins), error(_bins(p, num_bins)),
               "in each bin, the size of the difference between mean probability and share of right answers; their "
               "mean, weighted with the share of the pictures that the bin holds.",
               [(abs(gap).mean(), "a bin with one picture counts as much as one with thousands: weight the bins."),
                ((weight * gap).sum(), "too high in one bin and too low in another cancel out: take sizes first."),
                (abs((weight * gap).sum()), "over all pictures, too high here and too low there cancel out: that is "
                 "what the bins are for."),
                (np.nan, "an empty bin has no mean: skip it."),
                (0, "a probability of exactly 1 falls into no bin: it belongs to the last."),
                (error((p * num_bins).astype(int)), "a probability of exactly 1 has a bin of its own there: it belongs "
                 "to the last."),
                (error(_bins(p, 10)), "there are always 10 bins, whatever num_bins says.")])


quiz("07.q1", right="a",
     learned="A share of ten has a long way to stray; what it rules out are only very bad networks.",
     b="take a network of accuracy 0.85, and multiply its chances for ten independent pictures.",
     c="a share of few pictures strays; the table of the section says how often ten come from three accuracies.",
     d="compare how often a network that guesses among ten classes would do it.")
quiz("07.q2", right="c",
     learned="One count of right answers, two denominators: what there is, and what was said.",
     a="a row holds one true class, a column one answer; see which of them has the 1,000.",
     b="the right answers are the same ones, but the two ask for shares of different things.",
     d="of what was named shirt, how many are shirts: 800 isn't the number of right answers.")
quiz("07.q3", right="d",
     learned="Near certainty, count mistakes: a share of right answers hides twice as many of them.",
     a="look at the mistakes instead: how many were promised, and how many are there.",
     b="chance accounts for some of it; count how many standard deviations lie between 5 and 10.",
     c="of one picture that is so; of many answers with the same probability, a share should come true.")
