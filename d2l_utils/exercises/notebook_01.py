"""The checks of 01_load_fashion_mnist."""

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect, quiz
from .reference import random_values
from .values import show


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


@exercise("01.4", "Shuffled, a step sees something of every class; sorted, it sees one and works against the others.")
def _(largest_shares):
    for batches in (([3, 3, 3, 3], [3, 5, 5, 5], [5, 5]), ([0, 1, 2, 2], [1, 0, 2, 1], [0]), ([7, 7, 2, 7, 4],)):
        counts = [max(labels.count(label) for label in labels) for labels in batches]
        favourites = [max(sorted(set(labels)), key=labels.count) for labels in batches]
        together = sum(batches, [])
        whole = max(together.count(label) for label in together) / len(together)
        pairs = [(nd.zeros((len(y), 1, 2, 2)), nd.array(y, dtype="int32")) for y in batches]
        got = largest_shares(pairs)
        expect(Got(f"minibatches with the labels {show(list(batches))}, largest_shares(data_iter)", got.value),
               [count / len(labels) for count, labels in zip(counts, batches)],
               "count how often each label is in the minibatch, and see how much of it the largest count is.",
               [(counts, "those are counts; a share is a part of all pictures in the minibatch."),
                (favourites, "those are the labels themselves; wanted is how much of its minibatch each makes up."),
                ([len(set(labels)) for labels in batches], "that is how many classes a minibatch holds; one picture "
                 "of another class among many hardly changes what it is like."),
                ([count / len(batches[0]) for count in counts], "you divide by the same number each time, but the "
                 "last minibatch may be smaller."),
                ([count // len(labels) for count, labels in zip(counts, batches)], "what is behind the point is cut "
                 "off, as `//` does it, and in MXNet the mean of whole numbers such as these labels."),
                (whole, "that is one share for the whole epoch, and the order can't change it."),
                ([labels.count(labels[0]) / len(labels) for labels in batches], "you look at the label of the first "
                 "picture, but another one may be more frequent.")])


@exercise("01.5", "The ragged minibatch is gone; the shuffling sees to it that others are left out in each epoch.")
def _(full_batches):
    for sizes in ((4, 4, 3), (4, 4), (2,)):
        batches = [(nd.array(random_values(n, 2, seed=n)), nd.arange(n)) for n in sizes]
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


quiz("01.q1", right="b",
     learned="An index takes its axis away, a colon keeps it; what is left are the pictures and the columns.",
     a="a colon in the first place doesn't stand for the first picture.",
     c="of the two axes of a picture, axis 2 comes first: say what it counts.",
     d="the first place of the index is the one that chooses among the pictures.")
quiz("01.q2", right="d",
     learned="Shuffling serves the steps of a training; a score has no steps.",
     a="count the right answers among ten pictures, then mix the ten and count again.",
     b="training and testing use the pictures differently: only one of the two changes something after a minibatch.",
     c="that holds for a sum over the epoch, but the parameters move after every minibatch.")
quiz("01.q3", right="a",
     learned="Count the classes before you judge an accuracy.",
     b="that floor is for classes that are equally frequent.",
     c="this number belongs to the ten classes and the pictures of this notebook.",
     d="the best possible score doesn't tell how much was learned: look for what costs nothing.")
