"""Fashion-MNIST as arrays, dealt out in minibatches."""

import math
from functools import cache

import numpy as np
from mxnet import nd

from .errors import whole_number
from .files import FILES, load_files, parse
from .guards import check_examples


def _to_ndarray(name, content):
    """Convert the content of one of the four files to the array that `load_fashion_mnist` returns."""
    array = parse(content)
    # NumPy converts seven times as fast as MXNet, and from_numpy takes its memory over without a copy.
    if "images" in name:
        return nd.from_numpy(np.divide(array.reshape(-1, 1, 28, 28), 255, dtype="float32"))
    return nd.from_numpy(array.astype("int32"))


@cache
def load_fashion_mnist():
    """Load Fashion-MNIST into memory, once a process.

    Returns
    -------
    X_train, y_train, X_test, y_test : mxnet.nd.NDArray
        Images, float32 in [0, 1], (60000, 1, 28, 28) and (10000, 1, 28, 28); labels, int32, (60000,) and (10000,).
        Every call returns the same four arrays: copy before you change one.

    Raises
    ------
    DataError
        If the data set can't be had; see `load_files`.
    """
    files = load_files()
    return tuple(_to_ndarray(name, files.pop(name)) for name in FILES)  # one by one, so that the raw bytes are let go


class Minibatches:
    """An iterable over minibatches `(X, y)` of a data set in memory; each `for` over it is one epoch.

    Parameters
    ----------
    X, y : mxnet.nd.NDArray
        Examples and labels; the first axis counts the examples.
    batch_size : int
        Examples in a minibatch. The last one of an epoch holds what is left.
    shuffle : bool
        Whether each epoch deals the examples in a new random order (MXNet's generator: `mx.random.seed` rules it) or
        in their own.

    Raises
    ------
    ArgumentTypeError, ArgumentValueError
        If X and y aren't NDArrays with a label an example, or `batch_size` isn't a whole number from 1 to their number.
    """

    def __init__(self, X, y, batch_size, shuffle):
        check_examples(X, y)
        self.X, self.y, self.shuffle = X, y, shuffle
        self.batch_size = whole_number(batch_size, "batch_size", 1, len(y), "the lecture uses 256")

    def __len__(self):
        return math.ceil(len(self.y) / self.batch_size)

    def __iter__(self):
        order = nd.arange(len(self.y), dtype="int32")
        if self.shuffle:
            order = nd.random.shuffle(order)
        for start in range(0, len(self.y), self.batch_size):
            chosen = order[start:start + self.batch_size]
            yield self.X.take(chosen), self.y.take(chosen)


def load_data_fashion_mnist(batch_size):
    """Load Fashion-MNIST as two iterables over minibatches.

    Parameters
    ----------
    batch_size : int
        Images in a minibatch, 1 to 60,000; the last one of an epoch holds what is left.

    Returns
    -------
    train_iter, test_iter : Minibatches
        Each yields `(X, y)`: X float32 in [0, 1], (batch, 1, 28, 28), y int32, (batch,). The 60,000 training images
        come in a new order every epoch, the 10,000 test images in their own.

    Raises
    ------
    ArgumentTypeError, ArgumentValueError
        If `batch_size` isn't a whole number from 1 to 60,000.
    DataError
        If the data set can't be had; see `load_files`.
    """
    X_train, y_train, X_test, y_test = load_fashion_mnist()
    train_iter = Minibatches(X_train, y_train, batch_size, shuffle=True)
    return train_iter, Minibatches(X_test, y_test, min(train_iter.batch_size, len(y_test)), shuffle=False)
