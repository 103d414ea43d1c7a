"""The study's files hold what its plan names, and a training made again finds what they say."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import d2l_utils as d2l

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
SEEDS = pd.read_csv(ROOT / "notebooks" / "data" / "seeds.csv")

AGAIN = """
import json
from dataclasses import replace
from study import LECTURE, train
rows, _ = train(replace(LECTURE, epochs=1), 3)
print(json.dumps(rows))
"""
MISSING = """
from study import key, missing_jobs, search_jobs, seeds_jobs
print([key(*job) for plan in (seeds_jobs, search_jobs) for job in missing_jobs(plan)])
"""
RESUMED = """
from pathlib import Path
import study
study.SEEDS, study.VALIDATION, study.CONFUSION = map(Path, ("seeds.csv", "validation.csv", "confusion.csv"))
short = study.replace(study.SOFTMAX, epochs=1)
study.run(lambda done: study.each(short, range(2)))
first = Path("seeds.csv").read_text()
study.run(lambda done: study.each(short, range(3)))
print(len(first.splitlines()), first.splitlines() == Path("seeds.csv").read_text().splitlines()[:3])
"""


def run(program, folder=BENCHMARKS):
    """Run a program beside the study, with one thread, as the study itself does; return its last line."""
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {str(BENCHMARKS)!r})\n{program}"],
                          cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_an_epoch_trained_again_is_the_row_in_the_file():
    """Bit for bit on the kind of CPU that made the file; elsewhere within what twenty seeds make plausible."""
    (again,) = json.loads(run(AGAIN))
    lecture = SEEDS.query("variant == 'lecture' and epoch == 1")
    (saved,) = lecture.query("seed == 3").to_dict("records")
    made_with = ["mxnet", "threads", "cpu"]
    measured = ["train_loss", "train_acc", "test_acc", "before", "by_own"]
    if [str(again[name]) for name in made_with] == [str(saved[name]) for name in made_with]:
        assert {name: again[name] for name in measured} == {name: saved[name] for name in measured}
    for name in measured:
        low, high = d2l.plausible_range(lecture[name])
        assert low <= again[name] <= high, name


def test_nothing_that_the_plan_names_is_missing():
    assert run(MISSING) == "[]"


def test_a_study_goes_on_where_it_stopped(tmp_path):
    """What is there isn't trained again, and stays as it is."""
    assert run(RESUMED, tmp_path) == "3 True"


def test_each_confusion_matrix_counts_every_test_picture():
    """One for each watched training of ten epochs or more; a row counts the 1,000 pictures of its class."""
    confusion = pd.read_csv(ROOT / "notebooks" / "data" / "confusion.csv")
    assert list(confusion) == ["variant", "seed", "true", *map(str, range(10))]
    assert (confusion.iloc[:, 3:].sum(axis=1) == 1000).all()
    for (variant, seed), rows in confusion.groupby(["variant", "seed"]):
        right = sum(rows[str(true)].iloc[true] for true in range(10))
        (saved,) = SEEDS[(SEEDS.variant == variant) & (SEEDS.seed == seed) & (SEEDS.epoch == 10)].test_acc
        assert right / 10_000 == pytest.approx(saved, abs=1e-9)
    assert len(confusion.query("variant == 'lecture'")) == 200


@pytest.mark.parametrize("name", ["seeds", "validation"])
def test_each_row_says_what_it_was_made_with(name):
    rows = pd.read_csv(ROOT / "notebooks" / "data" / f"{name}.csv")
    assert rows[["mxnet", "threads", "cpu", "variant", "seed", "epoch", "lr", "epochs"]].notna().all().all()
    assert not rows.duplicated([*rows.columns[:rows.columns.get_loc("epoch") + 1]]).any()
