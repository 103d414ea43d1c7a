"""A training of the study: a recipe and a seed go in, a row for each epoch comes out."""

import os
from dataclasses import asdict, dataclass

import d2l_utils as d2l
import mxnet as mx
import numpy as np
from d2l_utils.data import Minibatches
from mxnet import gluon, nd

BATCH_SIZE = 256
WATCHED_EPOCHS = (1, 2, 5, 10, 20)
NUM_FIT = 50_000  # of the training pictures, where choices are made on the other 10,000


@dataclass(frozen=True)
class Recipe:
    """All that a training depends on, but its seed."""

    variant: str  # what the text calls it
    hidden: tuple = (256,)  # units of each hidden layer; none is softmax regression
    scale: str = "0.01"  # of the first weights: a standard deviation, or "he" for He's rule
    lr: float = 0.5
    schedule: str = "constant"  # "falling": from epoch to epoch to 0; "half": step by step to 0, from the middle on
    divisor: str = "256"  # of each minibatch's summed gradient; "own": its own size, the ragged last one's too
    epochs: int = 10
    momentum: float = 0.0
    dropout: float = 0.0  # share of each hidden layer's units that a training step silences
    decay: float = 0.0  # weight decay, of weights and biases
    split: str = "test"  # "validation": trained on 50,000, judged on the 10,000 that are left
    watched: bool = False  # whether the extra columns are filled

    def columns(self):
        """Return the columns that a row of the study begins with, by name."""
        shown = {name: value for name, value in asdict(self).items() if name not in ("split", "watched")}
        return shown | {"hidden": "-".join(map(str, self.hidden)) or "none"}


def minibatches(split):
    """Return the minibatches to train on and those to judge with."""
    if split == "test":
        return d2l.load_data_fashion_mnist(BATCH_SIZE)
    X, y, _, _ = d2l.load_fashion_mnist()
    return (Minibatches(X[:NUM_FIT], y[:NUM_FIT], BATCH_SIZE, shuffle=True),
            Minibatches(X[NUM_FIT:], y[NUM_FIT:], 1000, shuffle=False))


def first_params(recipe):
    """Return W1, b1, W2, b2, ..., drawn as `d2l.init_params` draws them, with gradients attached."""
    widths, params = [784, *recipe.hidden, 10], []
    for num_inputs, num_outputs in zip(widths, widths[1:]):
        scale = (2 / num_inputs) ** 0.5 if recipe.scale == "he" else float(recipe.scale)
        params += [nd.random.normal(scale=scale, shape=(num_inputs, num_outputs)), nd.zeros(num_outputs)]
    for param in params:
        param.attach_grad()
    return params


def hidden_layers(X, params, dropout=0.0):
    """Return the last hidden layer's units; dropout acts only while autograd records."""
    H = X.reshape((X.shape[0], -1))
    for W, b in zip(params[:-2:2], params[1:-2:2]):
        H = d2l.relu(nd.dot(H, W) + b)
        if dropout:
            H = nd.Dropout(H, p=dropout)
    return H


def rate(recipe, step, steps):
    """Return the learning rate of a step, counted from 0, where `steps` make an epoch."""
    if recipe.schedule == "falling":
        return recipe.lr * (1 - step // steps / recipe.epochs)
    if recipe.schedule == "half":
        return recipe.lr * min(1, 2 * (1 - step / (steps * recipe.epochs)))
    return recipe.lr


def calibration_error(probabilities, right, num_bins=10):
    """Return the expected calibration error of the largest probabilities, in bins of equal width."""
    bins = np.minimum((probabilities * num_bins).astype(int), num_bins - 1)
    parts = [(bins == b) for b in np.unique(bins)]
    return sum(part.mean() * abs(probabilities[part].mean() - right[part].mean()) for part in parts)


class Training:
    """One network in training, with the update that `d2l.train_epoch` calls after each minibatch."""

    def __init__(self, recipe, seed):
        self.recipe = recipe
        self.fit, self.judge = minibatches(recipe.split)
        self.steps, self.step = len(self.fit), 0
        mx.random.seed(seed)
        self.params = first_params(recipe)
        self.velocities = [nd.zeros_like(param) for param in self.params]
        self.extra = {}

    def net(self, X):
        return nd.dot(hidden_layers(X, self.params, self.recipe.dropout), self.params[-2]) + self.params[-1]

    def accuracy(self):
        return d2l.evaluate_accuracy(self.judge, self.net)

    def move(self, lr, divisor):
        if not (self.recipe.momentum or self.recipe.decay):
            return d2l.sgd(self.params, lr, divisor)
        for param, velocity in zip(self.params, self.velocities):
            nd.sgd_mom_update(param, param.grad, velocity, lr=lr, momentum=self.recipe.momentum, wd=self.recipe.decay,
                              rescale_grad=1 / divisor, out=param)

    def update(self):
        lr = rate(self.recipe, self.step, self.steps)
        self.step += 1
        last = self.step % self.steps == 0
        own = len(self.fit.y) - BATCH_SIZE * (self.steps - 1) if last else BATCH_SIZE
        if last and self.recipe.watched:
            self.try_own_size(lr, own)
        self.move(lr, own if self.recipe.divisor == "own" else BATCH_SIZE)

    def try_own_size(self, lr, own):
        """Note the accuracy before the ragged step and after it divided by its own size, and take that step back."""
        kept = [param.copy() for param in self.params]
        self.extra["before"] = self.accuracy()
        self.move(lr, own)
        self.extra["by_own"] = self.accuracy()
        for param, old in zip(self.params, kept):
            old.copyto(param)

    def watch(self):
        """Return what notebooks 03 and 07 speak of: units at rest, how honest the confidence is, the first ten."""
        noted = {}
        for column, X in (("dead", self.fit.X), ("idle", self.judge.X)):
            noted[column] = int((hidden_layers(X, self.params).max(axis=0) == 0).sum().asscalar())
        probabilities, y = nd.softmax(self.net(self.judge.X)).asnumpy(), self.judge.y.asnumpy()
        answers = probabilities.argmax(axis=1)
        self.confusion = np.zeros((10, 10), int)
        np.add.at(self.confusion, (y, answers), 1)
        error = calibration_error(probabilities.max(axis=1), answers == y)
        return {**noted, "calibration": round(error, 4), "first_ten": int((answers[:10] == y[:10]).sum())}


def train(recipe, seed):
    """Train once.

    Returns
    -------
    rows : list of dict
        An epoch each: recipe, seed, epoch, training loss and accuracy, test_acc or valid_acc, and what it was made
        with. The watched columns are `before` and `by_own` (test accuracy before the epoch's last step, and
        after it if its gradient is divided by its own 96), and after some of the epochs `dead` and `idle` (hidden
        units active for no training picture, for no test picture), `calibration`, `first_ten` (right answers).
    confusion : list of dict
        After the tenth epoch of a watched training, a row for each true class; else empty.
    """
    training, loss = Training(recipe, seed), gluon.loss.SoftmaxCrossEntropyLoss()
    judged = "test_acc" if recipe.split == "test" else "valid_acc"
    made_with = {"mxnet": mx.__version__, "threads": os.environ["OMP_NUM_THREADS"],
                 "cpu": os.environ.get("OPENBLAS_CORETYPE", "unknown")}
    rows, confusion = [], []
    for epoch in range(1, recipe.epochs + 1):
        train_loss, train_acc = d2l.train_epoch(training.net, training.fit, loss, training.update)
        row = {**recipe.columns(), "seed": seed, "epoch": epoch, "train_loss": round(train_loss, 4),
               "train_acc": round(train_acc, 4), judged: round(training.accuracy(), 4)}
        if recipe.watched:
            row |= {name: round(training.extra[name], 4) for name in ("before", "by_own")}
            row |= training.watch() if epoch in WATCHED_EPOCHS else {}
            if epoch == 10:
                confusion = [{"variant": recipe.variant, "seed": seed, "true": true,
                               **{str(answer): count for answer, count in enumerate(counts)}}
                             for true, counts in enumerate(training.confusion.tolist())]
        rows.append({**row, **made_with})
    return rows, confusion
