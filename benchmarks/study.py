"""The study of seeds: train what the notebooks speak about often enough to say how much chance there is in it.

`make study` trains what is missing in notebooks/data and adds it there, each training as soon as it ends, so it can be
stopped and started again. `make study ARGS=search` adds the search for a plain MLP with a test accuracy of 0.900.
"""

import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

# Two trainings of one thread each use two cores better than one training of two threads. It is set before MXNet starts,
# here and in the workers, which import this file before they read the environment that Dask gives them.
os.environ["OMP_NUM_THREADS"] = "1"

import dask  # noqa: E402
import pandas as pd  # noqa: E402
from dask.distributed import Client, as_completed  # noqa: E402
from recipes import Recipe, train  # noqa: E402
from tqdm import tqdm  # noqa: E402

DATA = Path(__file__).resolve().parent.parent / "notebooks" / "data"
SEEDS, VALIDATION, CONFUSION = (DATA / f"{name}.csv" for name in ("seeds", "validation", "confusion"))
TWENTY = range(20)
FRESH = range(100, 110)  # seeds that no choice was made on

LECTURE = Recipe("lecture", watched=True)
OWN_SIZE = Recipe("own size", divisor="own")
FALLING = Recipe("falling", schedule="half")
SOFTMAX = Recipe("softmax regression", hidden=(), lr=0.1)
SWEEP = Recipe("sweep", (512, 256), "he", 0.2, "falling", epochs=20, split="validation")
SEARCH = Recipe("search", (512, 256), "he", 0.05, "falling", epochs=20, momentum=0.9, split="validation")
# One, two and three hidden layers with as many parameters as the lecture's, 203,530, or a fifth of a percent more.
SAME_SIZE = ((256,), (204, 204), (177, 177, 177))


def each(recipe, seeds, **changes):
    """Return the jobs, pairs of a recipe and a seed, for every combination of the values in `changes`."""
    recipes = [recipe]
    for name, values in changes.items():
        recipes = [replace(one, **{name: value}) for one in recipes for value in values]
    return [(one, seed) for one in recipes for seed in seeds]


def best(jobs, done):
    """Return the recipe with the highest mean accuracy after its last epoch, or None while one is missing."""
    if not all(key(*job) in done for job in jobs):
        return None
    scores = {}
    for recipe, seed in jobs:
        scores.setdefault(recipe, []).append(done[key(recipe, seed)])
    return max(scores, key=lambda recipe: sum(scores[recipe]) / len(scores[recipe]))


def seeds_jobs(done):
    """Return what `make study` trains, as far as the choices that it depends on have been made."""
    jobs = each(LECTURE, TWENTY) + each(OWN_SIZE, TWENTY)
    jobs += each(replace(LECTURE, variant="longer", epochs=20), range(5))
    jobs += each(replace(LECTURE, variant="he", scale="he", epochs=1), TWENTY)
    for lr in (1.0, 2.0):
        jobs += each(replace(LECTURE, variant=f"lr {lr:.0f}", lr=lr, epochs=1), TWENTY)
    jobs += each(SOFTMAX, TWENTY) + each(FALLING, TWENTY)
    jobs += each(replace(FALLING, variant="falling, own size", divisor="own"), TWENTY)
    recipes = each(replace(SOFTMAX, variant="softmax recipes", schedule="falling", split="validation"), range(3),
                   lr=(0.1, 0.2, 0.5, 1.0), epochs=(10, 40))
    jobs += recipes
    if chosen := best(recipes, done):
        jobs += each(replace(chosen, variant="softmax regression, best recipe", split="test"), TWENTY)
    for hidden in SAME_SIZE:
        rates = each(replace(SWEEP, variant="same size, rates", hidden=hidden), range(3), lr=(0.1, 0.2, 0.4, 0.8))
        jobs += rates
        if chosen := best(rates, done):
            jobs += each(replace(chosen, variant="same size, fresh seeds"), FRESH)
    sweep = each(SWEEP, range(3), epochs=(30, 20)) + each(SWEEP, range(3), schedule=("constant",))
    sweep += each(SWEEP, range(3), lr=(0.1, 0.4))
    sweep += each(SWEEP, range(3), hidden=((512, 256, 128), (1024,), (256, 128), (256,), (128, 64), (64,)))
    jobs += sweep
    if chosen := best(sweep, done):
        jobs += each(replace(chosen, variant="chosen", split="test"), range(100, 105))
    return jobs


def search_jobs(done):
    """Return the search for 0.900: what regularization and twice as many epochs bring together, then the test."""
    tried = each(SEARCH, range(1), epochs=(20, 40), dropout=(0.0, 0.3), decay=(0.0, 1e-4))
    if chosen := best(tried, done):
        return tried + each(replace(chosen, variant="searched", split="test"), range(100, 105))
    return tried


def key(recipe, seed):
    """Return what tells one training from all others, as it stands in a row."""
    return (*recipe.columns().values(), seed)


COLUMNS = [*LECTURE.columns(), "seed"]


def read(path):
    return pd.read_csv(path, dtype={"scale": str, "divisor": str}) if path.exists() else pd.DataFrame()


def trained():
    """Return the accuracy after the last epoch of each training that the files have, by its key."""
    done = {}
    for path, judged in ((SEEDS, "test_acc"), (VALIDATION, "valid_acc")):
        if path.exists():
            last = read(path).query("epoch == epochs")
            done |= dict(zip(last[COLUMNS].itertuples(index=False, name=None), last[judged]))
    return done


def add(path, rows):
    """Add rows to a file, sorted, whole or not at all."""
    if rows:
        table = pd.concat([read(path), pd.DataFrame(rows)])
        order = [column for column in (*COLUMNS, "epoch", "true") if column in table]
        temporary = path.with_suffix(".part")
        table.sort_values(order, kind="stable").to_csv(temporary, index=False)
        os.replace(temporary, path)


def missing_jobs(plan):
    """Return the jobs that the plan names, as far as it can by now, and the files lack."""
    done = trained()
    return [job for job in plan(done) if key(*job) not in done]


def run(plan):
    """Train what the plan names and the files lack; ask the plan again until nothing is missing."""
    dask.config.set({
        "distributed.worker.profile.enabled": False,
        # Dask's own setting gives memory back to the system after each step, which costs a fifth of the time.
        "distributed.nanny.pre-spawn-environ": {"MALLOC_TRIM_THRESHOLD_": str(2**30)}})
    with Client(n_workers=os.cpu_count(), threads_per_worker=1, dashboard_address="127.0.0.1:0",
                env={"PYTHONPATH": str(Path(__file__).parent)},
                silence_logs=logging.CRITICAL) as client:
        while missing := missing_jobs(plan):
            futures = {client.submit(train, *job, pure=False): job for job in missing}
            for future in tqdm(as_completed(futures), total=len(futures), unit="training"):
                recipe, _ = futures[future]
                rows, confusion = future.result()
                add(SEEDS if recipe.split == "test" else VALIDATION, rows)
                add(CONFUSION, confusion)


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    run(search_jobs if sys.argv[1:] == ["search"] else seeds_jobs)
