"""What the network and its training promise: checked against calculus, NumPy and Gluon, on the real data set."""

import hashlib
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from mxnet import autograd, gluon, nd, random
from mxnet.gluon import nn
from numpy.testing import assert_allclose

import d2l_utils as d2l

LOSS = gluon.loss.SoftmaxCrossEntropyLoss()
LINE = r"epoch (\d+), loss (\d\.\d{4}), train ([01]\.\d{3}), test ([01]\.\d{3}), (\d+\.\d) s"


# What the tests share


def images(count, batch_size=None, shuffle=False):
    """The first training images, as minibatches; one of them, unless told otherwise."""
    X, y, _, _ = d2l.load_fashion_mnist()
    return d2l.Minibatches(X[:count], y[:count], batch_size or count, shuffle)


def network(seed=0):
    """A new network from scratch, and its parameters."""
    random.seed(seed)
    params = d2l.init_params()
    return lambda X: d2l.mlp(X, params), params


def gluon_twin(params):
    """The predefined network with the same weights."""
    net = nn.Sequential()
    net.add(nn.Dense(256, activation="relu", in_units=784), nn.Dense(10, in_units=256))
    net.initialize()
    for layer, (W, b) in zip(net, (params[:2], params[2:]), strict=True):
        layer.weight.set_data(W.T)
        layer.bias.set_data(b)
    return net


def of_twin(net, read):
    """What `read` finds in each parameter of the twin, in our order and orientation."""
    return [array for layer in net for array in (read(layer.weight).asnumpy().T, read(layer.bias).asnumpy())]


def backward(net, X, y):
    """Leave the gradients of the summed loss in the parameters."""
    with autograd.record():
        loss = LOSS(net(X), y).sum()
    loss.backward()


def step_by_hand(params, X, y, lr, batch_size):
    """One step of SGD, the chain rule written out, in float64."""
    W1, b1, W2, b2 = params
    X = X.asnumpy().reshape(len(X), -1).astype("float64")
    H = np.maximum(X @ W1 + b1, 0)
    P = np.exp(H @ W2 + b2)
    dO = P / P.sum(axis=1, keepdims=True) - np.eye(10)[y.asnumpy()]
    dH = dO @ W2.T * (H > 0)
    grads = X.T @ dH, dH.sum(axis=0), H.T @ dO, dO.sum(axis=0)
    return [param - lr * grad / batch_size for param, grad in zip(params, grads, strict=True)]


def fingerprint(seed):
    """All bits of the parameters after an epoch over 10,000 images in random order."""
    net, params = network(seed)
    d2l.train_ch3(net, images(10_000, 256, shuffle=True), images(256), LOSS, 1, 256, params, 0.5)
    return hashlib.sha256(b"".join(param.asnumpy().tobytes() for param in params)).hexdigest()


# The network


def test_gradients_are_those_of_central_differences():
    """Backpropagation through the network equals (f(w + h) - f(w - h)) / 2h, for entries of all four parameters."""
    (X, y), = images(8)
    X = X.astype("float64")
    net, params = network()
    for index, param in enumerate(params):
        params[index] = param.astype("float64")
    W1, b1, W2, b2 = params
    # Each hidden unit's bias goes into the widest gap between the images, so that the unit is on for some of them and
    # off for the others, and no difference steps over ReLU's kink.
    sums = np.sort(nd.dot(X.reshape((8, -1)), W1).asnumpy(), axis=0)
    gap = np.diff(sums, axis=0).argmax(axis=0), range(256)
    b1[:] = -(sums[gap] + sums[gap[0] + 1, gap[1]]) / 2
    b2[:] = nd.arange(10, dtype="float64") / 10
    for param in params:
        param.attach_grad()
    backward(net, X, y)

    h = 1e-5
    chooser = np.random.default_rng(0)
    lit = X.asnumpy().reshape(8, -1).any(axis=0)  # a pixel that is black in all the images moves nothing
    for name, param in zip(("W1", "b1", "W2", "b2"), params, strict=True):
        gradient, values = param.grad.asnumpy(), param.asnumpy()
        entries = np.argwhere(np.ones(param.shape) if name != "W1" else np.outer(lit, np.ones(256)))
        for entry in map(tuple, chooser.choice(entries, min(12, len(entries)), replace=False)):
            losses = []
            for sign in 1, -1:
                moved = values.copy()
                moved[entry] += sign * h
                param[:] = moved
                losses.append(LOSS(net(X), y).sum().asscalar())
            param[:] = values
            assert_allclose(gradient[entry], (losses[0] - losses[1]) / (2 * h), rtol=1e-6, atol=1e-9,
                            err_msg=f"{name}{list(entry)}")


def test_network_equals_its_gluon_twin():
    """With the same weights, the network from scratch and the predefined one have the same logits and gradients."""
    (X, y), = images(256)
    net, params = network()
    params[1][:], params[3][:] = random.normal(scale=0.1, shape=256), random.normal(scale=0.1, shape=10)
    twin = gluon_twin(params)
    assert_allclose(net(X).asnumpy(), twin(X).asnumpy(), rtol=0, atol=1e-5)
    backward(net, X, y)
    backward(twin, X, y)
    for ours, theirs in zip(params, of_twin(twin, lambda param: param.grad()), strict=True):
        assert_allclose(ours.grad.asnumpy(), theirs, rtol=1e-4, atol=1e-4)


# An epoch


@pytest.mark.parametrize("batch_sizes", [[256], [256, 96]], ids=["one full batch", "a ragged last batch"])
def test_an_epoch_is_sgd_as_computed_by_hand(batch_sizes):
    """Each step subtracts lr times the summed gradient over batch_size, also where fewer images are left than that."""
    batches = list(images(sum(batch_sizes), 256))
    assert [len(y) for _, y in batches] == batch_sizes
    net, params = network()
    by_hand = [param.asnumpy().astype("float64") for param in params]
    for X, y in batches:
        by_hand = step_by_hand(by_hand, X, y, 0.5, 256)
    d2l.train_ch3(net, batches, batches, LOSS, 1, 256, params, 0.5)
    for ours, expected in zip(params, by_hand, strict=True):
        assert_allclose(ours.asnumpy(), expected, rtol=0, atol=1e-6)


def test_a_gluon_trainer_takes_the_same_steps():
    """An epoch with a trainer in place of params and lr leads the Gluon twin where params and lr lead ours."""
    net, params = network()
    twin = gluon_twin(params)
    trainer = gluon.Trainer(twin.collect_params(), "sgd", {"learning_rate": 0.5})
    train_iter = images(1_000, 256)
    d2l.train_ch3(net, train_iter, train_iter, LOSS, 1, 256, params, 0.5)
    d2l.train_ch3(twin, train_iter, train_iter, LOSS, 1, 256, None, None, trainer)
    for ours, theirs in zip(params, of_twin(twin, lambda param: param.data()), strict=True):
        assert_allclose(ours.asnumpy(), theirs, rtol=0, atol=1e-6)


def test_one_seed_gives_the_same_parameters_bit_for_bit():
    """A seed rules initialisation and order, in this process and in any other; another seed gives other parameters."""
    program = "import d2l_utils; from test_training import fingerprint; print(fingerprint(0))"
    # One after the other: two at once would fight for the cores, which costs OpenMP far more than half its speed.
    prints = [subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent, text=True, check=True,
                             stdout=subprocess.PIPE).stdout.split()[-1] for _ in range(2)]
    assert {fingerprint(0), fingerprint(0), *prints} == {prints[0]}
    assert fingerprint(1) != prints[0]


# What is measured


def test_evaluate_accuracy_averages_over_examples():
    """A last batch of one image counts as one image of 10,000, not as one batch of two."""
    _, _, X, y = d2l.load_fashion_mnist()
    net, _ = network()
    expected = (net(X).asnumpy().argmax(axis=1) == y.asnumpy()).mean()
    assert d2l.evaluate_accuracy(d2l.Minibatches(X, y, 9_999, shuffle=False), net) == pytest.approx(expected, abs=1e-9)


def test_epochs_loss_and_accuracy_average_over_examples():
    """While nothing moves, an epoch's loss and accuracies are those of all its images at once, ragged batch too."""
    (X, y), = images(1_000)
    net, params = network()
    right = net(X).asnumpy().argmax(axis=1) == y.asnumpy()
    history = d2l.train_ch3(net, images(1_000, 999), images(500, 499), LOSS, 1, 999, params, 0)
    assert history[0].loss == pytest.approx(LOSS(net(X), y).mean().asscalar(), abs=1e-6)
    assert history[0].train_acc == pytest.approx(right.mean(), abs=1e-9)
    assert history[0].test_acc == pytest.approx(right[:500].mean(), abs=1e-9) != pytest.approx(right.mean(), abs=1e-9)


def test_an_epochs_seconds_are_those_of_training_and_evaluation():
    """A second of waiting, half of it in training and half in evaluation, is in the epoch's time; no other is."""
    def slow(minibatches):
        time.sleep(0.5)
        yield from minibatches

    class Slow(list):
        def __iter__(self):
            return slow(super().__iter__())

    net, params = network()
    batches = Slow(images(256))
    start = time.monotonic()
    (epoch,) = d2l.train_ch3(net, batches, batches, LOSS, 1, 256, params, 0.5)
    assert 1 <= epoch.seconds <= time.monotonic() - start


def test_training_prints_a_line_an_epoch_and_returns_its_history(capsys):
    """Two epochs print two lines, whose numbers the returned history holds; a notebook shows it as one line."""
    net, params = network()
    history = d2l.train_ch3(net, images(1_000, 256), images(256), LOSS, 2, 256, params, 0.5)
    out, err = capsys.readouterr()
    printed = [re.fullmatch(LINE, line) for line in out.splitlines()]
    assert len(printed) == 2 and all(printed) and not err, out
    assert [epoch.epoch for epoch in history] == [1, 2]
    for line, epoch in zip(printed, history, strict=True):
        assert [float(number) for number in line.groups()] == pytest.approx(
            [epoch.epoch, round(epoch.loss, 4), round(epoch.train_acc, 3), round(epoch.test_acc, 3),
             round(epoch.seconds, 1)])
    assert history[1].loss < history[0].loss
    assert re.fullmatch(rf".*2 epochs.*{re.escape(str(history[-1]))}.*", repr(history))
    assert str(history[0]) in repr(type(history)(history[:1]))
