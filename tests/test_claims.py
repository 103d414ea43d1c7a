"""Figures over seeds in the text are what the files say: each such sentence is computed here, from notebooks/data."""

import math
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from d2l_utils.exercises.notebook_10 import epoch_kept

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
SEEDS = pd.read_csv(NOTEBOOKS / "data" / "seeds.csv", dtype={"divisor": str, "scale": str})
VALIDATION = pd.read_csv(NOTEBOOKS / "data" / "validation.csv", dtype={"divisor": str, "scale": str})


def runs(variant, epoch, table=SEEDS):
    """The rows of a variant after an epoch, one for each seed."""
    return table[(table.variant == variant) & (table.epoch == epoch)]


def ends(variant):
    """The lowest and the highest test accuracy after ten epochs, as a text writes them."""
    last = runs(variant, 10).test_acc
    return f"{last.min():.3f}", f"{last.max():.3f}"


def seeds_for_a_point(*variants):
    """How many seeds of each of two variants show a difference of one point after ten epochs."""
    return math.ceil(sum(runs(variant, 10).test_acc.var() for variant in variants) * (2.8 / 0.01)**2)


def dead(variant):
    """The fewest and the most dead units after the first epoch."""
    counts = runs(variant, 1).dead
    return f"{counts.min():.0f} to {counts.max():.0f}"


def first_epoch(variant, column):
    """The mean over the seeds of what a variant's first epoch came to."""
    return f"{runs(variant, 1)[column].mean():.3f}"


def early_stopping():
    """What patience does to the sweep's trainings at a constant rate: points that 2 costs, epochs that 5 saves."""
    sweep = VALIDATION[(VALIDATION.variant == "sweep") & (VALIDATION.schedule == "constant")]
    cost, saved = [], []
    for _, run in sweep.groupby("seed"):
        curve = run.sort_values("epoch").valid_acc.tolist()
        (kept, _), (_, stop) = (epoch_kept(curve, patience, lambda epoch, best: curve[epoch] > curve[best])
                                for patience in (2, 5))
        cost.append(100 * (max(curve) - curve[kept - 1]))
        saved.append(len(curve) - stop)
    return max(cost), sum(saved) or "nothing"


def mean_and_best_agree():
    """Whether the sweep's configuration with the best mean is also that with the best single training."""
    last = VALIDATION[(VALIDATION.variant == "sweep") & (VALIDATION.epoch == VALIDATION.epochs)]
    by_recipe = last.groupby(["hidden", "lr", "schedule", "epochs"]).valid_acc
    return by_recipe.mean().idxmax() == by_recipe.max().idxmax()


# By notebook, the words in which a number over seeds stands in its text; computed, so that they can't drift.
CLAIMS = {
    "02": ["the first epoch's training accuracy is {} on average instead of {}, and the test accuracy at its end {} "
           "instead of {}".format(*(first_epoch(variant, column) for column in ("train_acc", "test_acc")
                            for variant in ("he", "lecture")))],
    "03": ["an epoch leaves {} of the 256 units dead at a learning rate of 0.5, {} at 1, and {} at 2".format(
               *map(dead, ("lecture", "lr 1", "lr 2"))),
           f"above {math.floor(10 * runs('lr 2', 1).train_loss.min()) / 10} with each of the seeds"],
    "06": ["Over twenty seeds the tenth epoch ends between {} and {}".format(*ends("falling")),
           "with the constant rate it was {} to {}".format(*ends("lecture")),
           "divided by its own size, the twenty seeds end between {} and {}".format(*ends("falling, own size"))],
    "10": ["{} are above 0.900".format("all five" if runs("searched", 40).test_acc.min() > 0.9 else "not all five"),
           f"a plain MLP {'reaches' if runs('searched', 40).test_acc.mean() >= 0.9 else 'misses'} 0.900",
           "a patience of 2 costs up to {:.1f} points and a patience of 5 saves {}".format(*early_stopping()),
           f"both rules choose {'the same network' if mean_and_best_agree() else 'different networks'}"],
    "11": ["Over twenty seeds ours has {:.3f} on average after the first and {:.3f} after the fifth".format(
               *(runs("softmax regression", epoch).test_acc.mean() for epoch in (1, 5))),
           f"it asks for {seeds_for_a_point('lecture', 'own size')} seeds of each"],
}

# A sentence that speaks of several seeds or runs and has a number of its own.
SPEAKS_OF_SEEDS = re.compile(r"\b(seeds|runs|trainings)\b")
HAS_A_NUMBER = re.compile(r"\d\.\d|\d %|\d points|\d+ of \d+|\d+ to \d+")


def sentences(name):
    """The sentences of a notebook's or page's Markdown, without its code and formulas."""
    (path,) = [path for path in NOTEBOOKS.glob(f"{name}*") if path.suffix in (".ipynb", ".md")]
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
    else:
        cells = nbformat.read(path, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    text = re.sub(r"```.*?```|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`", "", text, flags=re.DOTALL)
    return [" ".join(sentence.split()) for sentence in re.split(r"(?<=[.:?])\s|\n\n", text)]


TEXTS = [path.stem for path in sorted([*NOTEBOOKS.glob("*.ipynb"), *NOTEBOOKS.glob("*.md")])]


@pytest.mark.parametrize("name", TEXTS)
def test_a_number_over_seeds_is_computed_from_the_files(name):
    claims = CLAIMS.get(name[:2], [])
    text = " ".join(sentences(name))
    for claim in claims:
        assert claim in text, f"the files say: {claim}"
    for sentence in sentences(name):
        if SPEAKS_OF_SEEDS.search(sentence) and HAS_A_NUMBER.search(sentence):
            assert any(claim in sentence for claim in claims), f"no file says: {sentence}"
