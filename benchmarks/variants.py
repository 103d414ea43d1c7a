"""The peers in MXNet that the benchmark compares, and what each peer can be told; see serve.py.

This file runs in two environments, the course's and PyTorch's, so a variant imports its framework only when it is made.
"""

import gzip
import hashlib
import os
from pathlib import Path

import numpy as np

BATCH_SIZE, LR = 256, 0.5
BUILD = Path(__file__).resolve().parent.parent / "build" / "bench"
DATA = BUILD / "datasets" / "fashion-mnist"  # where MXNet's own loader looks when MXNET_HOME is BUILD


def first_weights(hiddens):
    """Return W1, b1, W2, b2 as NumPy arrays, the same for every peer."""
    chooser = np.random.default_rng(0)

    def normal(*shape):
        return chooser.normal(0, 0.01, shape).astype("float32")

    return normal(784, hiddens), np.zeros(hiddens, "float32"), normal(hiddens, 10), np.zeros(10, "float32")


class Variant:
    """What each peer can be told: `start`, then `train` or `rehearse`, and `evaluate`.

    A subclass sets `train_iter` and `test_iter`, its minibatches of 256, the first in random order, and defines
    `start(hiddens)`, which makes the network anew, `epoch(batches)`, which trains and returns the mean loss, and
    `evaluate()`, which returns the test accuracy.
    """

    def train(self):
        return self.epoch(self.train_iter)

    def rehearse(self):
        """Train on the test images: they come in one order everywhere, so every peer must find the same loss."""
        return self.epoch(self.test_iter)

    def peak(self):
        """Return the most memory that this process has held, in bytes."""
        status = Path("/proc/self/status")
        if status.exists():  # Linux; its getrusage would count what the parent held when it forked, too
            return 1024 * int(status.read_text().partition("VmHWM:")[2].split()[0])
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Scratch(Variant):
    """The course's own network, loop and minibatches."""

    def __init__(self):
        import d2l_utils
        from mxnet import gluon

        self.d2l, self.loss = d2l_utils, gluon.loss.SoftmaxCrossEntropyLoss()
        self.train_iter, self.test_iter = d2l_utils.load_data_fashion_mnist(BATCH_SIZE)

    def take(self, images):
        """Go on with the first training images alone."""
        X, y, _, _ = self.d2l.load_fashion_mnist()
        self.train_iter = self.d2l.Minibatches(X[:images], y[:images], BATCH_SIZE, shuffle=True)

    def start(self, hiddens=256):
        from mxnet import nd, random

        random.seed(0)
        self.params = [nd.array(weight) for weight in first_weights(hiddens)]
        for param in self.params:
            param.attach_grad()

    def net(self, X):
        return self.d2l.mlp(X, self.params)

    def update(self):
        self.d2l.sgd(self.params, LR, BATCH_SIZE)

    def epoch(self, batches):
        return self.d2l.train_epoch(self.net, batches, self.loss, self.update)[0]

    def evaluate(self):
        return self.d2l.evaluate_accuracy(self.test_iter, self.net)


class Gluon(Scratch):
    """The same loop around a predefined network, hybridized."""

    def start(self, hiddens=256):
        from mxnet import gluon, nd, random
        from mxnet.gluon import nn

        random.seed(0)
        W1, b1, W2, b2 = map(nd.array, first_weights(hiddens))
        self.net = nn.HybridSequential()
        self.net.add(nn.Dense(hiddens, activation="relu", in_units=784), nn.Dense(10, in_units=hiddens))
        self.net.initialize()
        for layer, W, b in zip(self.net, (W1, W2), (b1, b2)):
            layer.weight.set_data(W.T)
            layer.bias.set_data(b)
        self.net.hybridize(static_alloc=True)
        self.loss.hybridize()
        self.trainer = gluon.Trainer(self.net.collect_params(), "sgd", {"learning_rate": LR})

    def update(self):
        self.trainer.step(BATCH_SIZE)


class D2L(Variant):
    """d2l 1.0.3: its loader, and the loop of its book put together from its own helpers.

    The package still has the helpers, but no longer the loop.
    """

    def __init__(self):
        import d2l.mxnet as d2l
        from mxnet import gluon, npx
        from mxnet.gluon.data.vision import datasets

        # MXNet's loader knows the SHA-1 of the earlier files only, and would ask a host that may be gone. The files
        # here were verified by d2l_utils.
        datasets.download = lambda url, path, sha1_hash: os.path.join(path, url.split("/")[-1])
        npx.set_np()
        self.d2l, self.loss = d2l, gluon.loss.SoftmaxCrossEntropyLoss()
        self.train_iter, self.test_iter = d2l.load_data_fashion_mnist(BATCH_SIZE)

    def start(self, hiddens=256):
        from mxnet import np as mxnet_np

        np.random.seed(0)  # its loader shuffles with NumPy
        self.params = [mxnet_np.array(weight) for weight in first_weights(hiddens)]
        for param in self.params:
            param.attach_grad()

    def net(self, X):
        from mxnet import np as mxnet_np

        W1, b1, W2, b2 = self.params
        H = mxnet_np.maximum(mxnet_np.dot(X.reshape(-1, 784), W1) + b1, 0)
        return mxnet_np.dot(H, W2) + b2

    def epoch(self, batches):
        from mxnet import autograd

        metric = self.d2l.Accumulator(3)
        for X, y in batches:
            with autograd.record():
                y_hat = self.net(X)
                loss = self.loss(y_hat, y)
            loss.backward()
            self.d2l.sgd(self.params, LR, BATCH_SIZE)
            metric.add(float(loss.sum()), self.d2l.accuracy(y_hat, y), y.size)
        return metric[0] / metric[2]

    def evaluate(self):
        return self.d2l.evaluate_accuracy(self.net, self.test_iter)


class Products(Variant):
    """The floor: an epoch's two large matrix products, X W1 and its gradient for W1, and nothing else."""

    def __init__(self):
        import d2l_utils  # noqa: F401  (its settings)
        from mxnet import nd

        self.ones, self.first, self.second = nd.ones, nd.dot, lambda X, dH: nd.dot(X, dH, transpose_a=True)
        self.wait = nd.waitall

    def start(self, hiddens=256):
        self.X, self.W = self.ones((BATCH_SIZE, 784)), self.ones((784, hiddens))

    def train(self):
        for _ in range(-(-60_000 // BATCH_SIZE)):
            H = self.first(self.X, self.W)
            self.second(self.X, H)
        self.wait()

    def evaluate(self):
        pass

    rehearse = train


class MXNet(Variant):
    """A process that has imported MXNet, and no more: what memory is measured from."""

    def __init__(self):
        import mxnet  # noqa: F401


class Loading(Variant):
    """The cached data set on its way into memory, as a whole and in parts."""

    def __init__(self):
        import d2l_utils

        self.d2l = d2l_utils

    def load(self):
        self.d2l.load_data_fashion_mnist(BATCH_SIZE)

    def read(self):
        from d2l_utils import data, files

        self.data, self.files = data, {name: (files.CACHE / name).read_bytes() for name in files.FILES}

    def hash(self):
        for content in self.files.values():
            hashlib.sha256(content).digest()

    def convert(self):
        self.arrays = [self.data._to_ndarray(name, content) for name, content in self.files.items()]

    def gunzip(self):
        """Read the four files as the mirrors and the system's package have them."""
        for path in DATA.iterdir():
            gzip.decompress(path.read_bytes())
