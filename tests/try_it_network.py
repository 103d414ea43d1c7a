"""The network of the page "Try it", read from the file that the page loads, and computed by MXNet."""

import base64
import json
import re
import sys
from pathlib import Path

import numpy as np
from mxnet import nd

import d2l_utils as d2l

sys.path.append(str(Path(__file__).parent.parent / "pages" / "try_it"))
import export  # noqa: E402

SCRIPT = export.TARGET.read_text(encoding="ascii")
FILE = json.loads(re.search(r"NETWORK = (.*);", SCRIPT)[1])
NAMES = FILE["names"]


def array(name, dtype, *shape):
    """An array of the file."""
    return np.frombuffer(base64.b64decode(FILE[name]), dtype).reshape(shape)


W1 = array("W1", "int8", 784, 256) * array("scale1", "float32", 256)
W2 = array("W2", "int8", 256, 10) * array("scale2", "float32", 10)
b1, b2 = array("b1", "float32", 256), array("b2", "float32", 10)
PICTURES = array("pictures", "uint8", 100, 784).astype("float32") / 255


def net(X):
    """MXNet's logits for pictures, (pictures, 784), from the numbers of the file."""
    return d2l.mlp(nd.array(np.atleast_2d(X)), [nd.array(param) for param in (W1, b1, W2, b2)]).asnumpy()


def shifted(x, down, right):
    """A picture moved by some pixels, black where nothing comes after it."""
    padded = np.pad(np.reshape(x, (28, 28)), 28)
    return padded[28 - down:56 - down, 28 - right:56 - right].ravel()
