"""What training asks of its arguments: a slip ends in a sentence, before it becomes a number that looks like a result.

Each minibatch but the first passes unseen, so that an epoch takes no longer.
"""

import math
from functools import wraps
from inspect import signature

from mxnet import gluon, nd

from .errors import ArgumentTypeError, ArgumentValueError, whole_number


def _name(value):
    return f"an array of shape {value.shape}" if hasattr(value, "shape") and value.shape else repr(value)


def check_rate(lr):
    """Return the learning rate as a float, or say why it can't be one; an array of one number will do."""
    if isinstance(lr, nd.NDArray) and lr.size == 1:
        lr = lr.asscalar()
    try:
        rate = math.nan if isinstance(lr, str) else float(lr)
    except (TypeError, ValueError):
        rate = math.nan
    if not 0 <= rate < math.inf:
        raise ArgumentValueError(f"lr must be a number of at least 0, but it is {_name(lr)}; the lecture uses 0.5.")
    return rate


def with_whole_widths(init_params):
    """Let a function that makes parameters refuse layers of less than one unit; what it takes is `init_params`' own."""
    @wraps(init_params)
    def guarded(*arguments, **options):
        given = signature(init_params).bind(*arguments, **options).arguments
        for name in given.keys() & {"num_inputs", "num_hiddens", "num_outputs"}:
            whole_number(given[name], name, 1, 10**6, "the lecture has 784 inputs, 256 hidden units and 10 outputs")
        return init_params(*arguments, **options)
    return guarded


def check_params(params):
    """Return the parameters as a list that can be gone through again and again, or say what is wrong with them."""
    if isinstance(params, (nd.NDArray, dict, gluon.ParameterDict)):
        raise ArgumentTypeError(f"params must be a list of NDArrays, but it is a {type(params).__name__}; put arrays "
                                "into a list, and give a Gluon network's parameters to a gluon.Trainer.")
    params = list(params)
    if not params:
        raise ArgumentValueError("params is empty, so that nothing would be trained; list all parameters, as in "
                                 "[W1, b1, W2, b2].")
    for index, param in enumerate(params):
        if not isinstance(param, nd.NDArray):
            raise ArgumentTypeError(f"params[{index}] must be an NDArray, but it is a {type(param).__name__}; list the "
                                    "arrays themselves.")
        if param.grad is None:
            raise ArgumentValueError(f"params[{index}] (shape {param.shape}) has no place for its gradient; call "
                                     "attach_grad() on each parameter before training.")
    return params


def check_examples(X, y):
    """Say what is wrong with examples and labels that should be NDArrays, one label an example."""
    for name, array in (("X", X), ("y", y)):
        if not isinstance(array, nd.NDArray):
            raise ArgumentTypeError(f"{name} must be an NDArray, but it is a {type(array).__name__}; "
                                    f"nd.array({name}) makes one.")
    if y.ndim != 1:
        raise ArgumentValueError(f"y must have one axis, a label an example, but its shape is {y.shape}; "
                                 "y.reshape(-1) makes one axis of it.")
    if len(X) != len(y):
        raise ArgumentValueError(f"X and y must belong together, but there are {len(X):,} examples and {len(y):,} "
                                 "labels; give both the same rows.")


class Checked:
    """Minibatches whose first is looked at before it is dealt, in every epoch.

    Parameters
    ----------
    minibatches : iterable of (mxnet.nd.NDArray, mxnet.nd.NDArray)
        Minibatches (X, y), which can be gone through more than once.
    name : str
        What the caller's user calls them.
    net, loss : callable
        What they are for; as `train_ch3` takes them.

    Raises
    ------
    ArgumentTypeError, ArgumentValueError
        At once, if they can't be gone through twice. In a `for`, if there is none, or if examples, labels, outputs and
        losses don't fit together.
    """

    def __init__(self, minibatches, name, net, loss):
        if not hasattr(minibatches, "__iter__") or iter(minibatches) is minibatches:
            raise ArgumentTypeError(f"{name} must be something to go through once an epoch, as a list or "
                                    f"d2l.Minibatches, but it is a {type(minibatches).__name__}; list({name}) keeps "
                                    "what a generator deals.")
        self.minibatches, self.name, self.net, self.loss = minibatches, name, net, loss

    def __iter__(self):
        first = True
        for minibatch in self.minibatches:
            if first:
                self._check(minibatch)
                first = False
            yield minibatch
        if first:
            raise ArgumentValueError(f"{self.name} is empty; it must deal at least one minibatch (X, y).")

    def _check(self, minibatch):
        if not isinstance(minibatch, (list, tuple)) or len(minibatch) != 2:
            raise ArgumentTypeError(f"{self.name} must deal pairs (X, y), but its first minibatch is a "
                                    f"{type(minibatch).__name__}; a single pair goes into a list, [(X, y)].")
        X, y = minibatch
        check_examples(X, y)
        y_hat = self.net(X)
        if not isinstance(y_hat, nd.NDArray) or y_hat.ndim != 2 or len(y_hat) != len(y):
            raise ArgumentValueError(f"net must return a row of logits an example, ({len(y)}, classes), but it returns "
                                     f"{_name(y_hat)}; look at what its last line makes of a minibatch.")
        labels, classes = getattr(self.minibatches, "y", y), y_hat.shape[1]
        low, high = labels.min().asscalar(), labels.max().asscalar()
        if not 0 <= low <= high < classes:
            raise ArgumentValueError(f"Labels must be from 0 to {classes - 1}, since net returns {classes} logits, but "
                                     f"those of {self.name} go from {low:g} to {high:g}; a network needs an output for "
                                     "each class.")
        l = self.loss(y_hat, y)
        if not isinstance(l, nd.NDArray) or l.size != y.size:
            raise ArgumentValueError(f"loss must return the loss of each example, {y.shape}, but it returns "
                                     f"{_name(l)}; leave sum and mean to the training.")
