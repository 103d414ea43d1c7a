"""Code as one types it from the lecture's video runs with `import d2l_utils as d2l`, in the calls of spring 2019.

Each test is one of the unit's notebooks, cells run together, one epoch each.
"""
# ruff: noqa: B007, B905, E741  (the lecture's idioms)

from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from mxnet import autograd, gluon, init, nd, random
from mxnet.gluon import loss as gloss
from mxnet.gluon import nn

import d2l_utils as d2l

matplotlib.use("Agg")  # a test machine has no display

# Test accuracy that one epoch must exceed, on any machine: the lower end of what twenty seeds make plausible.
FIRST_EPOCHS = pd.read_csv(Path(__file__).parent.parent / "notebooks" / "data" / "seeds.csv").query("epoch == 1")
MLP_FLOOR, _ = d2l.plausible_range(FIRST_EPOCHS.query("variant == 'lecture'").test_acc)
SOFTMAX_FLOOR, _ = d2l.plausible_range(FIRST_EPOCHS.query("variant == 'softmax regression'").test_acc)


@pytest.fixture(autouse=True)
def fresh():
    """One seed, and figures and their settings as matplotlib has them by default."""
    random.seed(0)
    with matplotlib.rc_context():
        yield
    d2l.plt.close("all")


def test_the_data_set(tmp_path):
    """Pictures and names of clothes are shown, of raw images (n, 28, 28, 1) as of a minibatch (n, 1, 28, 28)."""
    batch_size = 256
    train_iter, test_iter = d2l.load_data_fashion_mnist(batch_size)
    for X, y in train_iter:
        break
    assert X.shape == (256, 1, 28, 28) and y.shape == (256,)

    # What the lecture's own data set gave for `mnist_train[0:9]`
    raw, labels = (X[0:9] * 255).round().astype("uint8").transpose((0, 2, 3, 1)), y[0:9].asnumpy()
    assert raw.shape == (9, 28, 28, 1)
    names = d2l.get_fashion_mnist_labels(labels)
    for images in raw, X[0:9]:
        axes = d2l.show_fashion_mnist(images, names)
        assert [ax.get_title() for ax in axes.flat[:9]] == names and not axes.flat[9].has_data()
        for ax, image in zip(axes.flat, images.asnumpy()):
            assert (ax.images[0].get_array() == image.reshape(28, 28)).all()
        d2l.plt.savefig(tmp_path / "drawn.png")


def test_activation_functions(tmp_path):
    """ReLU, sigmoid and tanh and their derivatives are plotted with set_figsize and plt."""
    def xyplot(x_vals, y_vals, name):
        d2l.set_figsize((4, 2.5))
        d2l.plt.plot(x_vals.asnumpy(), y_vals.asnumpy())
        d2l.plt.xlabel("x")
        d2l.plt.ylabel(name + "(x)")

    x = nd.arange(-8.0, 8.0, 0.1)
    x.attach_grad()
    for name, function in ("relu", nd.relu), ("sigmoid", nd.sigmoid), ("tanh", nd.tanh):
        with autograd.record():
            y = function(x)
        xyplot(x, y, name)
        y.backward()
        d2l.plt.figure()
        xyplot(x, x.grad, "grad of " + name)
        assert d2l.plt.gcf().get_size_inches().tolist() == [4, 2.5]
        assert (d2l.plt.gca().lines[0].get_ydata() == x.grad.asnumpy()).all()
        d2l.plt.savefig(tmp_path / "drawn.png")


def test_softmax_regression_from_scratch():
    """Softmax, cross entropy and accuracy of one's own are trained, and the predictions shown."""
    batch_size = 256
    train_iter, test_iter = d2l.load_data_fashion_mnist(batch_size)
    num_inputs, num_outputs = 784, 10
    W = nd.random.normal(scale=0.01, shape=(num_inputs, num_outputs))
    b = nd.zeros(num_outputs)
    W.attach_grad()
    b.attach_grad()

    def softmax(X):
        exps = X.exp()
        return exps / exps.sum(axis=1, keepdims=True)

    def net(X):
        return softmax(nd.dot(X.reshape((-1, num_inputs)), W) + b)

    def cross_entropy(y_hat, y):
        return -nd.pick(y_hat, y).log()

    def accuracy(y_hat, y):
        return (y_hat.argmax(axis=1) == y.astype("float32")).mean().asscalar()

    for X, y in test_iter:
        break
    assert accuracy(net(X), y) < 0.5
    assert d2l.evaluate_accuracy(test_iter, net) < 0.5
    num_epochs, lr = 1, 0.1
    d2l.train_ch3(net, train_iter, test_iter, cross_entropy, num_epochs, batch_size, [W, b], lr)
    assert d2l.evaluate_accuracy(test_iter, net) > SOFTMAX_FLOOR

    true_labels = d2l.get_fashion_mnist_labels(y.asnumpy())
    pred_labels = d2l.get_fashion_mnist_labels(net(X).argmax(axis=1).asnumpy())
    titles = [true + "\n" + pred for true, pred in zip(true_labels, pred_labels)]
    axes = d2l.show_fashion_mnist(X[0:9], titles[0:9])
    assert [ax.get_title() for ax in axes.flat[:9]] == titles[0:9]


def test_softmax_regression_in_gluon():
    """A network of one Dense layer is trained by a Gluon trainer, given in the last place."""
    batch_size = 256
    train_iter, test_iter = d2l.load_data_fashion_mnist(batch_size)
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    loss = gloss.SoftmaxCrossEntropyLoss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.1})
    num_epochs = 1
    d2l.train_ch3(net, train_iter, test_iter, loss, num_epochs, batch_size, None, None, trainer)
    assert d2l.evaluate_accuracy(test_iter, net) > SOFTMAX_FLOOR


def test_mlp_from_scratch():
    """Parameters, ReLU and network of one's own are trained by the library's loop, then by a loop with its sgd."""
    batch_size = 256
    train_iter, test_iter = d2l.load_data_fashion_mnist(batch_size)
    num_inputs, num_outputs, num_hiddens = 784, 10, 256
    W1 = nd.random.normal(scale=0.01, shape=(num_inputs, num_hiddens))
    b1 = nd.zeros(num_hiddens)
    W2 = nd.random.normal(scale=0.01, shape=(num_hiddens, num_outputs))
    b2 = nd.zeros(num_outputs)
    params = [W1, b1, W2, b2]
    for param in params:
        param.attach_grad()

    def relu(X):
        return nd.maximum(X, 0)

    def net(X):
        X = X.reshape((-1, num_inputs))
        H = relu(nd.dot(X, W1) + b1)
        return nd.dot(H, W2) + b2

    loss = gloss.SoftmaxCrossEntropyLoss()
    num_epochs, lr = 1, 0.5
    d2l.train_ch3(net, train_iter, test_iter, loss, num_epochs, batch_size, params, lr)
    assert d2l.evaluate_accuracy(test_iter, net) > MLP_FLOOR

    for X, y in train_iter:
        break
    losses = []
    for _ in range(5):
        with autograd.record():
            l = loss(net(X), y).sum()
        l.backward()
        d2l.sgd(params, 0.1, batch_size)
        losses.append(l.asscalar() / y.size)
    assert losses == sorted(losses, reverse=True)


def test_mlp_in_gluon():
    """Two Dense layers in a Sequential are trained by a Gluon trainer."""
    net = nn.Sequential()
    net.add(nn.Dense(256, activation="relu"))
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    batch_size, num_epochs = 256, 1
    train_iter, test_iter = d2l.load_data_fashion_mnist(batch_size)
    loss = gloss.SoftmaxCrossEntropyLoss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.5})
    d2l.train_ch3(net, train_iter, test_iter, loss, num_epochs, batch_size, None, None, trainer)
    assert d2l.evaluate_accuracy(test_iter, net) > MLP_FLOOR
