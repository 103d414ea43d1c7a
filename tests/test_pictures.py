"""Each drawing looks as it did when somebody last looked at it: beside it lies its picture, in tests/pictures.

A size, a colour or a place that changed by mistake shows here, where no other test has a name for it.
"""

from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.testing.compare import compare_images
from PIL import Image

import d2l_utils as d2l
from d2l_utils import plot
from drawings import BACKWARD, CHAIN, FORWARD, RECORDED, RUN, SEEDS

matplotlib.use("Agg")  # a test machine has no display
PICTURES = Path(__file__).parent / "pictures"
DRAWINGS = {
    "pictures": lambda X: d2l.show_fashion_mnist(X[:7], ["one line"] * 5 + ["two\nlines"] * 2),
    "history": lambda X: d2l.plot_history(RUN, RECORDED, SEEDS),
    "confusion": lambda X: d2l.show_confusion(np.arange(100).reshape(10, 10) + 900 * np.eye(10, dtype=int)),
    "weights": lambda X: d2l.show_weights((X[:7] - X[7:14]).reshape((7, 784)).T),
    "network": lambda X: d2l.show_network(["784 pixels", "256 hidden units", "10 logits"],
                                          ["$W_1$\n784 × 256", "$W_2$\n256 × 10"]),
    "chain": lambda X: d2l.show_chain(CHAIN, FORWARD, BACKWARD),
}


@pytest.fixture(autouse=True)
def default_style():
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        yield
    d2l.plt.close("all")


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_it_did(loaded, tmp_path, name):
    """Another version of matplotlib sets its letters otherwise, so each picture counts for the one that drew it."""
    drawn, expected = tmp_path / f"{name}.png", PICTURES / f"{name}.png"
    DRAWINGS[name](loaded[2])
    d2l.plt.savefig(drawn, dpi=100)
    assert expected.exists(), f"Look at {drawn}, and copy it to {expected}."
    if Image.open(expected).text["Software"] != Image.open(drawn).text["Software"]:
        pytest.skip("the pictures were drawn by another version of matplotlib")
    differs = compare_images(expected, drawn, tol=0.01)
    assert not differs, f"{differs}\nLook at {drawn}; if it is as it should be, copy it to {expected}."


@pytest.mark.parametrize("draw", [*DRAWINGS.values(), lambda X: d2l.set_figsize()], ids=[*DRAWINGS, "set_figsize"])
def test_in_a_notebook_figures_have_twice_the_resolution(loaded, monkeypatch, draw):
    """Where no notebook runs, nothing is set."""
    formats = []
    monkeypatch.setattr(plot, "set_matplotlib_formats", formats.append)
    draw(loaded[2])
    assert formats == []
    monkeypatch.setattr(plot, "get_ipython", lambda: "a shell")
    draw(loaded[2])
    assert formats == ["retina"]
