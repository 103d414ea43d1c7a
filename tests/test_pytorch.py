"""The page on PyTorch: its blocks run, MXNet's here and PyTorch's where the benchmark has it, and both train alike."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import mxnet as mx
import numpy as np
import pandas as pd
import pytest
from mxnet import gluon

import d2l_utils as d2l

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "notebooks" / "from_mxnet_to_pytorch.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(r"```python\n# (MXNet|PyTorch)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
sys.path.insert(0, str(ROOT / "benchmarks"))
from peers import TORCH  # noqa: E402

# At 0.5 they came to be 0.05 apart on an EPYC: a unit that one rounds to above 0 and the other to below is enough.
STEPS, BATCH_SIZE, LR = 20, 256, 0.1
# What follows the page's own program: what the page says is refused, and then its network, from given parameters, over
# given minibatches.
TAIL = """
import json

for refused in (lambda: loss(net(X), y.int()), lambda: net(X).backward(), lambda: params[0].sub_(1)):
    try:
        refused()
    except RuntimeError:
        continue
    raise SystemExit("the page says that PyTorch refuses this")

given = np.load("given.npz")
batches = [(torch.from_numpy(X), torch.from_numpy(y).long()) for X, y in zip(given["X"], given["y"])]
with torch.no_grad():
    for param, name in zip(params, ("W1", "b1", "W2", "b2")):
        param.copy_(torch.from_numpy(given[name]))
losses = [train_epoch(net, [batch], loss, lambda: sgd(params, given["lr"].item(), batch_size))
          for batch in [*batches, batches[0]]]
print(json.dumps({"losses": losses, "test_acc": test_acc, "W": W.flatten()[:10].tolist()}))
"""


def program(library):
    """Return the page's blocks of one library as a program, each line where it stands on the page."""
    lines = [""] * (TEXT.count("\n") + 1)
    for found in BLOCK.finditer(TEXT):
        if found[1] == library:
            start = TEXT.count("\n", 0, found.start(2))
            code = found[2].splitlines()
            lines[start:start + len(code)] = code
    return "\n".join(lines)


@pytest.fixture(scope="module")
def ours():
    """The course's network: its first parameters, the minibatches, the loss of each step, and the loss after them."""
    mx.random.seed(0)
    params, loss = d2l.init_params(), gluon.loss.SoftmaxCrossEntropyLoss()
    train_iter, _ = d2l.load_data_fashion_mnist(BATCH_SIZE)
    batches = [batch for batch, _ in zip(train_iter, range(STEPS))]
    given = {name: param.asnumpy() for name, param in zip(("W1", "b1", "W2", "b2"), params)}
    given |= {name: np.stack([array.asnumpy() for array in arrays]) for name, arrays in zip("Xy", zip(*batches))}
    losses = [d2l.train_epoch(lambda X: d2l.mlp(X, params), [batch], loss, lambda: d2l.sgd(params, LR, BATCH_SIZE))[0]
              for batch in [*batches, batches[0]]]
    return given | {"lr": LR}, losses


@pytest.fixture(scope="module")
def done(ours, real, tmp_path_factory):
    """The process that ran PyTorch's blocks, and then the page's network on our minibatches."""
    if not (TORCH.parents[1] / ".ready").exists():
        pytest.skip("PyTorch is not here; 'make build/torch/.ready' brings it")
    folder = tmp_path_factory.mktemp("pytorch")
    for name, content in real.items():
        (folder / name).write_bytes(content)
    np.savez(folder / "given.npz", **ours[0])
    code, shortened = re.subn(r"^num_epochs, lr = 10, 0.5$", "num_epochs, lr = 1, 0.5", program("PyTorch"), flags=re.M)
    assert shortened == 1
    (folder / PAGE.name).write_text(f"{code}\n{TAIL}", encoding="utf-8")
    settings = {"FASHION_MNIST_DIR": str(folder), "TORCHINDUCTOR_CACHE_DIR": str(folder / "compiled")}
    if not shutil.which("g++"):  # torch.compile would have nothing to compile with, and does nothing then
        settings["TORCH_COMPILE_DISABLE"] = "1"
    return subprocess.run([TORCH, PAGE.name], cwd=folder, env=os.environ | settings, capture_output=True, text=True)


@pytest.fixture(scope="module")
def theirs(done):
    """What that process said at its end."""
    if done.returncode:
        pytest.skip("PyTorch's blocks don't run; the test of that says why")
    return json.loads(done.stdout.splitlines()[-1])


def test_each_idea_stands_in_both_libraries_and_nothing_is_left_out():
    """The blocks come in pairs, MXNet first; the last is PyTorch's alone."""
    assert TEXT.count("```python") == len(BLOCK.findall(TEXT))
    pairs = re.findall(r'<div class="pair">\n\n(.*?)\n\n</div>', TEXT, re.DOTALL)
    for pair in pairs:
        assert [library for library, _ in BLOCK.findall(pair)] == ["MXNet", "PyTorch"], pair
    assert [library for library, _ in BLOCK.findall(TEXT)] == ["MXNet", "PyTorch"] * len(pairs) + ["PyTorch"]
    assert len(pairs) == TEXT.count("\n## ") - 1


def test_no_line_is_wider_than_its_column():
    """42 columns beside each other and on a phone, 54 where a block has the page to itself."""
    *blocks, whole = BLOCK.findall(TEXT)
    for code, columns in [*((code, 42) for _, code in blocks), (whole[1], 54)]:
        assert [line for line in code.splitlines() if len(line) > columns] == []


def test_the_blocks_of_mxnet_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # they save files
    exec(compile(program("MXNet"), PAGE, "exec"), {})


def test_the_blocks_of_pytorch_run(done):
    assert done.returncode == 0, done.stderr


def test_the_networks_have_the_same_loss_in_each_of_twenty_steps_and_after_them(ours, theirs):
    assert theirs["losses"] == pytest.approx(ours[1], abs=1e-4)


def test_the_whole_network_learns_as_ours_does(theirs):
    """Its first epoch, from weights of its own, ends where twenty seeds of ours do."""
    seeds = pd.read_csv(PAGE.parent / "data" / "seeds.csv").query("variant == 'lecture' and epoch == 1")
    low, high = d2l.plausible_range(seeds.test_acc)
    assert low < theirs["test_acc"] < high


def test_a_seed_gives_other_numbers_in_the_other_library(theirs):
    mx.random.seed(0)
    W = mx.nd.random.normal(scale=0.01, shape=(784, 256))
    differences = W.reshape(-1)[:10].asnumpy() - theirs["W"]
    assert abs(differences).min() > 1e-5
