"""What the page "Try it" says of its network is computed here, and its Python is the notebooks'."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from mxnet import nd

import d2l_utils as d2l
from try_it_network import FILE, NAMES, PICTURES, export, net, shifted

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "notebooks" / "try_it.md").read_text(encoding="utf-8")


def says(x):
    """The network's answer to a picture and its probability, as the text writes them."""
    o = net(x)[0]
    p = np.exp(o - o.max()) / np.exp(o - o.max()).sum()
    return f"{NAMES[o.argmax()]}, with a probability of {p.max():.2f}", f"{p.max():.2f}", NAMES[o.argmax()]


def pixels_to(target, x):
    """Which pixels, made black or white one after the other, the best each time, turn an answer into the target."""
    found = []
    while net(x)[0].argmax() != target:
        tried = np.repeat(x[None], 2 * 784, 0)
        tried[np.arange(784), np.arange(784)], tried[784 + np.arange(784), np.arange(784)] = 0, 1
        o = net(tried)
        best = (o[:, target] - np.delete(o, target, 1).max(1)).argmax()
        x, found = tried[best], [*found, (*divmod(int(best) % 784, 28), best >= 784)]
    return found


def test_rounding_to_8_bits_costs_what_the_file_and_the_text_say():
    _, _, X, y = d2l.load_fashion_mnist()
    o, labels = net(X.asnumpy().reshape(-1, 784)), y.asnumpy()
    assert FILE["accuracyShort"] == pytest.approx((o.argmax(1) == labels).mean(), abs=2e-4)
    assert abs(FILE["accuracy"] - FILE["accuracyShort"]) <= min(0.001, FILE["differ"] / 10_000)
    assert FILE["chosen"] == export.choose(o, labels) and FILE["labels"] == labels[FILE["chosen"]].tolist()
    assert f"{FILE['accuracy']:.4f} before and is {FILE['accuracyShort']:.4f} after" in TEXT
    assert f"{FILE['differ']} answers differ" in TEXT
    study = pd.read_csv(ROOT / "notebooks" / "data" / "seeds.csv").query(
        "variant == 'lecture' and seed == 0 and epoch == 10")
    assert study.test_acc.round(4).tolist() == [FILE["accuracy"]]
    assert "OMP_NUM_THREADS=1 $(INTERPRETER) pages/try_it/export.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
    W = np.random.default_rng(0).normal(size=(50, 3)).astype("float32") * [0.01, 1, 30]
    whole, scale = export.shorten(W)
    assert whole.dtype == np.int8 and (abs(whole * scale - W) <= 0.501 * scale).all()


def test_what_we_found_is_what_the_network_says():
    """Each figure of the three answers is computed here."""
    X, y, _, _ = d2l.load_fashion_mnist()
    X, y = X.asnumpy().reshape(-1, 28, 28), y.asnumpy()
    assert pixels_to(4, PICTURES[65]) == [(0, 14, True), (0, 13, True)]
    assert f"The sixth is a shirt that the network isn't sure of, with a probability of {says(PICTURES[65])[1]}" in TEXT
    coats, shirts = (((X[y == label][:, 0, 13:15] > 0.5).mean(0) * 100).round().astype(int) for label in (4, 6))
    assert "bright in {} and {} of 100 coats, and in {} and {} of 100 shirts".format(*coats, *shirts) in TEXT
    assert f"took us {len(pixels_to(4, PICTURES[60]))} pixels" in TEXT
    assert f"Of the empty picture it says {says(np.zeros(784))[0]}" in TEXT
    assert says(np.ones(784))[1:] == ("1.00", "bag") and "it says bag, with 1.00" in TEXT
    _, _, X_test, y_test = (array.asnumpy() for array in d2l.load_fashion_mnist())
    bags = nd.softmax(nd.array(net(X_test[y_test == 8].reshape(-1, 784)))).asnumpy()[:, 8]
    assert (bags < nd.softmax(nd.array(net(np.ones(784)))).asnumpy()[0, 8]).mean() > 0.5
    trouser = PICTURES[10]
    assert f"it is a dress, with {says(shifted(trouser, 0, -1))[1]}" in TEXT
    assert says(shifted(trouser, 0, -1))[2] == "dress"
    assert f"an ankle boot of it, with {says(shifted(trouser, 0, 4))[1]}" in TEXT
    assert says(shifted(trouser, 0, 4))[2] == "ankle boot"
    assert says(shifted(trouser, -4, 0))[1:] == says(shifted(trouser, 4, 0))[1:] == ("1.00", "trouser")
    survive = [sum(says(shifted(x, *by))[2] == "trouser" for x in PICTURES[10:16])
               for by in ((0, -4), (0, 4), (-4, 0), (4, 0))]
    assert survive == [0, 0, 3, 3]
    for x in PICTURES[10:16]:
        aside, up, down = (abs(shifted(x, *by) - x).sum() for by in ((0, 4), (-4, 0), (4, 0)))
        assert max(up, down) < aside
    light = X[y == 1].sum(1)
    middle = (light * np.arange(28)).sum(1) / light.sum(1)
    assert len(middle) == 6000 and f"{100 * (abs(middle - 13.5) <= 1).mean():.0f} of 100 have their centre" in TEXT


def test_the_python_beside_the_javascript_is_the_notebooks():
    code = "\n".join(cell.source for path in sorted((ROOT / "notebooks").glob("0[345]*.ipynb"))
                     for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
    blocks = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    assert len(blocks) == 5
    for line in "".join(blocks[:4]).splitlines():
        assert line.strip() in code, line
