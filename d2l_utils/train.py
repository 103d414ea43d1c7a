"""Training as the lecture does it: an epoch, the evaluation, and the loop that prints a line an epoch."""

import math
from typing import NamedTuple

from d2l.mxnet import Accumulator, Timer
from mxnet import autograd, nd

from .errors import ArgumentTypeError, ArgumentValueError, whole_number
from .guards import Checked, check_params, check_rate

# Said once a run, below the epoch in which it happens.
DIVERGED = """  The loss is no number any more. Often the learning rate is too high; where
  logits grow large, see notebook 05 for a softmax that bears them."""


class Epoch(NamedTuple):
    """What one epoch of training came to."""

    epoch: int  # counted from 1
    loss: float  # mean training loss, measured while the parameters move
    train_acc: float  # training accuracy in [0, 1], measured while the parameters move
    test_acc: float  # test accuracy in [0, 1], measured at the end of the epoch
    seconds: float  # training and evaluation together

    def __str__(self):
        return (f"epoch {self.epoch}, loss {self.loss:.4f}, train {self.train_acc:.3f}, "
                f"test {self.test_acc:.3f}, {self.seconds:.1f} s")


class History(list):
    """The epochs of one training run, each an `Epoch`; a notebook shows it as one line."""

    def __repr__(self):
        return f"<History of {len(self)} epochs; the last: {self[-1]}>" if self else "<History of 0 epochs>"


def sgd(params, lr, batch_size):
    """Take one step of minibatch SGD: subtract lr / batch_size times its gradient from each parameter, in place.

    Parameters
    ----------
    params : list of mxnet.nd.NDArray
        Parameters with gradients attached and filled.
    lr : float
        The learning rate.
    batch_size : int
        The number of examples whose losses were summed.

    Raises
    ------
    ArgumentValueError
        If `batch_size` isn't above 0.
    """
    if not batch_size > 0:
        raise ArgumentValueError(f"batch_size must be at least 1, but it is {batch_size}; give the number of examples "
                                 "whose losses were summed.")
    for param in params:  # one operator a parameter, where `param[:] = param - lr * param.grad / batch_size` is four
        nd.sgd_update(param, param.grad, lr=lr, rescale_grad=1 / batch_size, wd=0, out=param)


def predict(net, X):
    """Return the class with the largest logit for each example; int32, (batch,)."""
    return net(X).argmax(axis=1).astype("int32")


def evaluate_accuracy(data_iter, net):
    """Compute the share of the examples that a network classifies correctly.

    Parameters
    ----------
    data_iter : iterable of (mxnet.nd.NDArray, mxnet.nd.NDArray)
        Minibatches (X, y), y of shape (batch,).
    net : callable
        Takes X, returns one logit or probability a class, (batch, num_outputs).

    Returns
    -------
    float
        Accuracy, in [0, 1].
    """
    correct = Accumulator(2)
    for X, y in data_iter:
        correct.add((predict(net, X) == y.astype("int32")).sum().asscalar(), y.size)
    return correct[0] / correct[1]


def train_epoch(net, train_iter, loss, update):
    """Train a network for one epoch.

    Parameters
    ----------
    net : callable
        Takes X, returns one logit or probability a class, (batch, num_outputs).
    train_iter : iterable of (mxnet.nd.NDArray, mxnet.nd.NDArray)
        Minibatches (X, y).
    loss : callable
        Takes the network's output and y, returns the loss of each example, (batch,).
    update : callable
        Called after each minibatch's gradients are there; changes the parameters.

    Returns
    -------
    loss, accuracy : float
        Means over the examples, measured while the parameters move.
    """
    metric = Accumulator(3)
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y).sum()
        l.backward()
        update()
        correct = (y_hat.argmax(axis=1) == y.astype("float32")).sum()
        metric.add(l.asscalar(), correct.asscalar(), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]


def _choose_update(params, lr, trainer, batch_size):
    """Return the function that changes the parameters: the lecture's SGD, or a Gluon trainer's step."""
    if trainer is None:
        if params is None or lr is None:
            raise ArgumentTypeError("train_ch3 needs to know what to update: give it params and lr, or a gluon.Trainer "
                                    "as trainer.")
        params, lr = check_params(params), check_rate(lr)
        return lambda: sgd(params, lr, batch_size)
    if params is not None or lr is not None:
        raise ArgumentTypeError("train_ch3 got a trainer and also params or lr, which it would ignore; the trainer has "
                                "both already, so give None for them.")
    if not hasattr(trainer, "step"):
        raise ArgumentTypeError(f"trainer must be a gluon.Trainer, but it is {trainer!r}; gluon.Trainer("
                                "net.collect_params(), 'sgd', {'learning_rate': 0.5}) makes one.")
    return lambda: trainer.step(batch_size)


def train_ch3(net, train_iter, test_iter, loss, num_epochs, batch_size, params=None, lr=None, trainer=None):
    """Train a network with minibatch SGD, as the lecture does, and print a line an epoch.

    Parameters
    ----------
    net : callable
        Takes X, returns one logit or probability a class, (batch, num_outputs).
    train_iter, test_iter : iterable of (mxnet.nd.NDArray, mxnet.nd.NDArray)
        Minibatches (X, y) to train on and to evaluate with; each `for` over them must begin anew. The first minibatch
        of each goes through `net` once more, to see that all fits together.
    loss : callable
        Takes the network's output and y, returns the loss of each example, (batch,).
    num_epochs : int
        How often to go through `train_iter`.
    batch_size : int
        What each minibatch's summed gradient is divided by, the ragged last one's too.
    params : list of mxnet.nd.NDArray, optional
        Parameters with gradients attached, updated by SGD with learning rate `lr`.
    lr : float, optional
        The learning rate.
    trainer : mxnet.gluon.Trainer, optional
        Updates the parameters in place of `params` and `lr`.

    Returns
    -------
    History
        A list of `Epoch`. Where the loss becomes NaN or infinite, a sentence is printed once and training goes on.

    Raises
    ------
    ArgumentTypeError, ArgumentValueError
        If `num_epochs` or `batch_size` isn't a whole number of at least 1, if there aren't either a trainer or params
        and lr, if a parameter has no gradient attached, or if minibatches, outputs and losses don't fit together. The
        test minibatches are looked at when they are first used, after an epoch.
    """
    whole_number(num_epochs, "num_epochs", 1, 10**6, "the lecture trains for 10")
    whole_number(batch_size, "batch_size", 1, 10**6, "the lecture uses 256")
    update = _choose_update(params, lr, trainer, batch_size)
    train_iter, test_iter = Checked(train_iter, "train_iter", net, loss), Checked(test_iter, "test_iter", net, loss)
    history = History()
    for epoch in range(1, num_epochs + 1):
        timer = Timer()
        train_loss, train_acc = train_epoch(net, train_iter, loss, update)
        test_acc = evaluate_accuracy(test_iter, net)
        history.append(Epoch(epoch, train_loss, train_acc, test_acc, timer.stop()))
        print(history[-1])
        if not math.isfinite(train_loss) and all(math.isfinite(earlier.loss) for earlier in history[:-1]):
            print(DIVERGED)
    return history
