"""Train the network of notebook 07 and write it, small, with 100 test pictures, for the page on which it can be tried.

`make network` runs it; what it writes, pages/static/try_it_network.js, is a part of the repository.
"""

import base64
import contextlib
import io
import json
from pathlib import Path

import d2l_utils as d2l  # isort: skip  (before MXNet, which starts with the settings that it makes)
import mxnet as mx
import numpy as np
from mxnet import gluon, nd

TARGET = Path(__file__).resolve().parent.parent / "static" / "try_it_network.js"
KINDS = [("right", "surest", 3), ("right", "least sure", 3), ("wrong", "surest", 2), ("wrong", "least sure", 2)]


def train():
    """Return the parameters of notebook 07: seed 0, ten epochs at a learning rate of 0.5."""
    train_iter, test_iter = d2l.load_data_fashion_mnist(256)
    mx.random.seed(0)
    params = d2l.init_params()
    loss = gluon.loss.SoftmaxCrossEntropyLoss()
    with contextlib.redirect_stdout(io.StringIO()):
        d2l.train_ch3(lambda X: d2l.mlp(X, params), train_iter, test_iter, loss, 10, 256, params, 0.5)
    return [param.asnumpy() for param in params]


def shorten(W):
    """Round weights to 8 bits, with a scale for each unit that they lead into.

    Parameters
    ----------
    W : numpy.ndarray
        Weights, float32, (inputs, units).

    Returns
    -------
    whole : numpy.ndarray
        int8, (inputs, units), from -127 to 127.
    scale : numpy.ndarray
        float32, (units,); the weights are about `whole * scale`.
    """
    scale = (np.abs(W).max(axis=0) / 127).astype("float32")
    return np.round(W / scale).astype("int8"), scale


def choose(logits, labels):
    """Choose ten test pictures of each class: right and wrong answers, of each the surest and the least sure.

    Parameters
    ----------
    logits : numpy.ndarray
        (pictures, 10).
    labels : numpy.ndarray
        Whole numbers, (pictures,).

    Returns
    -------
    list of int
        Positions of 100 pictures, class by class, in the order of `KINDS`.
    """
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    sure, right = p.max(axis=1) / p.sum(axis=1), logits.argmax(axis=1) == labels
    chosen = []
    for label in range(10):
        for answer, which, count in KINDS:
            places = np.flatnonzero((labels == label) & (right if answer == "right" else ~right))
            places = places[np.argsort(sure[places], kind="stable")]
            chosen += places[:-count - 1:-1].tolist() if which == "surest" else places[:count].tolist()
    return chosen


def export(params):
    """Write the parameters, 8 bits a weight, and the chosen pictures; return what is told of them."""
    def text(array):
        return base64.b64encode(array.tobytes()).decode()

    W1, b1, W2, b2 = params
    (whole1, scale1), (whole2, scale2) = shorten(W1), shorten(W2)
    short = [nd.array(array) for array in (whole1 * scale1, b1, whole2 * scale2, b2)]
    _, _, X, y = d2l.load_fashion_mnist()
    before = d2l.mlp(X, [nd.array(param) for param in params]).asnumpy()
    after, labels = d2l.mlp(X, short).asnumpy(), y.asnumpy()
    chosen = choose(after, labels)
    told = {
        "accuracy": float((before.argmax(axis=1) == labels).mean()),
        "accuracyShort": float((after.argmax(axis=1) == labels).mean()),
        "differ": int((before.argmax(axis=1) != after.argmax(axis=1)).sum()),
        "names": d2l.get_fashion_mnist_labels(range(10)), "chosen": chosen, "labels": labels[chosen].tolist(),
    }
    arrays = {
        "W1": whole1, "scale1": scale1, "b1": b1, "W2": whole2, "scale2": scale2, "b2": b2,
        "pictures": np.round(X.asnumpy()[chosen] * 255).astype("uint8"),
    }
    network = told | {name: text(array) for name, array in arrays.items()}
    TARGET.write_text("// Written by pages/try_it/export.py: the network of notebook 07, 8 bits a weight, and 100 test "
                      f"pictures.\nconst NETWORK = {json.dumps(network)};\n", encoding="ascii")
    return told


if __name__ == "__main__":
    told = export(train())
    print(f"Test accuracy {told['accuracy']:.4f}, with 8 bits a weight {told['accuracyShort']:.4f}; "
          f"{told['differ']} of 10,000 answers differ.")
