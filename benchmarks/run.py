"""`make bench`: how fast the course is beside its peers, as ratios of medians of runs that take turns."""

import contextlib
import gzip
import json
import math
import os
import platform
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import company
import pandas as pd
from dask.system import CPU_COUNT
from peers import BUILD, HERE, Peer, environment, in_turns
from report import Comparison, markdown, plot, rows, seconds_by_file, slopes, write_csv

from d2l_utils.files import load_files
from d2l_utils.seeds import plausible_range

EPOCHS = 10  # as many as the lecture's run
STUDY = HERE.parent / "notebooks" / "data" / "seeds.csv"
OUT = BUILD / "bench"
# What MXNet and its OpenBLAS choose where d2l_utils doesn't.
DEFAULTS = {"OMP_NUM_THREADS": str(max(1, os.cpu_count() // 2)), "MXNET_ENGINE_TYPE": "ThreadedEnginePerDevice",
            "OPENBLAS_CORETYPE": ""}
OURS, FLOORS = ["from scratch", "Gluon", "MXNet's settings"], ["products", "PyTorch's products"]
PEERS = {
    "from scratch": ("Scratch", {}),
    "Gluon": ("Gluon", {}),
    "MXNet's settings": ("Scratch", DEFAULTS),
    "d2l 1.0.3": ("D2L", {}),
    "PyTorch's quick start": ("Torch", {}),
    "PyTorch in memory": ("TorchInMemory", {}),
    "PyTorch from scratch": ("TorchScratch", {}),
    "products": ("Products", {}),
    "PyTorch's products": ("TorchProducts", {}),
}
STARTS = {
    "import mxnet": "import mxnet",
    "import d2l_utils": "import d2l_utils",
    "first cell": "".join(json.loads(
        (HERE.parent / "notebooks" / "06_training.ipynb").read_text(encoding="utf-8"))["cells"][1]["source"]),
    "first cell and data": "import d2l_utils as d2l; d2l.load_data_fashion_mnist(256)",
}
HIDDENS = [64, 128, 256, 512, 1024, 2048]
IMAGES = [7_500, 15_000, 30_000, 60_000]

FLOAT32_DATA = 70_000 * 784 * 4 / 1e6  # megabytes
SCRATCH, LOAD, IMPORT = "an epoch from scratch", "load the data from the cache", "`import mxnet`"
COMPARISONS = [
    Comparison(SCRATCH, "from scratch", "d2l 1.0.3's loader and loop", "d2l 1.0.3", "0.20"),
    Comparison(SCRATCH, "from scratch", "PyTorch, data in memory", "PyTorch in memory", "1.20"),
    Comparison(SCRATCH, "from scratch", "PyTorch from scratch, data in memory", "PyTorch from scratch", "1.00"),
    Comparison("an epoch in Gluon, hybridized", "Gluon", "PyTorch, data in memory", "PyTorch in memory", "1.00"),
    Comparison(SCRATCH, "from scratch", "PyTorch's quick start, DataLoader", "PyTorch's quick start"),
    Comparison(SCRATCH, "from scratch", "the same with MXNet's own settings", "MXNet's settings"),
    Comparison("MXNet's two large matrix products", "products", "PyTorch's", "PyTorch's products"),
    Comparison("its two large matrix products alone", "products", SCRATCH, "from scratch"),
    Comparison("PyTorch's two large matrix products alone", "PyTorch's products", "PyTorch, data in memory",
               "PyTorch in memory"),
    Comparison("`import d2l_utils`", "import d2l_utils", IMPORT, "import mxnet", "1.20"),
    Comparison("a notebook's first cell", "first cell", IMPORT, "import mxnet"),
    Comparison("import and load the data", "first cell and data", IMPORT, "import mxnet"),
    Comparison(LOAD, "load", "half a second", 0.5, "1.00"),
    Comparison("read the four files", "read", LOAD, "load"),
    Comparison("hash them", "hash", LOAD, "load"),
    Comparison("convert them to NDArray", "convert", LOAD, "load"),
    Comparison("gunzip them, where the copy is gzipped", "gunzip", LOAD, "load"),
    Comparison("memory to load the data and train", "memory", "the data set as float32", FLOAT32_DATA, "1.50", "MB"),
    Comparison("slope of log time, 256 to 2,048 hidden units", "hidden units", "in proportion", 1.0, "1.05", ""),
    Comparison("slope of log time, 7,500 to 60,000 images", "training images", "in proportion", 1.0, "", ""),
    Comparison("an epoch from scratch on all cores", "all cores", "on one core", "one core"),
    Comparison("`make test`", "make test", "a minute", 60.0),
]


def lay_out_data():
    """Put the verified files where every peer finds them, gzipped as MXNet's loader wants them."""
    folder = OUT / "datasets" / "fashion-mnist"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in load_files().items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(content, 6))


def check_agreement(losses, tolerance, what):
    """Leave the benchmark unless all the losses, by peer, are within `tolerance` of each other."""
    ordered = sorted(losses, key=lambda name: (math.isnan(losses[name]), losses[name]))
    lowest, highest = ordered[0], ordered[-1]
    if not losses[highest] - losses[lowest] <= tolerance:  # put so that NaN is refused too
        raise SystemExit(f"The peers don't do the same work: {what}, {lowest} has the loss {losses[lowest]:.4f} and "
                         f"{highest} {losses[highest]:.4f}, but they should agree within {tolerance}.")


def check_lecture(peer, loss, accuracy):
    """Leave the benchmark unless a peer trained as the lecture did, to a margin that twenty seeds of it give."""
    seeds = pd.read_csv(STUDY).query(f"variant == 'lecture' and epoch == {EPOCHS}")
    for name, value, runs in (("loss", loss, seeds.train_loss), ("test accuracy", accuracy, seeds.test_acc)):
        low, high = plausible_range(runs)
        if not low <= value <= high:  # put so that NaN is refused too
            raise SystemExit(f"{peer} ended at a {name} of {value:.4f}; the lecture's ends between {low:.4f} and "
                             f"{high:.4f}.")


def train_in_turns(names):
    """Train each peer as the lecture did, an epoch each in turns; return the seconds of each epoch and evaluation."""
    times, losses, accuracies = {name: [] for name in names}, {}, {}
    with contextlib.ExitStack() as stack:
        peers = {name: stack.enter_context(Peer(PEERS[name][0], **PEERS[name][1])) for name in names}
        trained = [name for name in names if name not in FLOORS]
        for name, peer in peers.items():
            peer.ask("start")
            losses[name], _ = peer.ask("rehearse")
            peer.ask("start")
        check_agreement({name: losses[name] for name in trained}, 0.001, "after one pass in the same order")
        for name in in_turns(EPOCHS, peers):
            losses[name], training = peers[name].ask("train")
            accuracies[name], evaluation = peers[name].ask("evaluate")
            times[name].append(training + evaluation * (name in trained))
    check_agreement({name: losses[name] for name in OURS}, 0.005, "after ten epochs from the same seed")
    for name in trained:
        check_lecture(name, losses[name], accuracies[name])
    return times


def start_in_turns(rounds=5):
    """Return the seconds that a new process takes for each of `STARTS`."""
    times = {name: [] for name in STARTS}
    for name in [*STARTS, *in_turns(rounds, STARTS)]:  # the first of each reads from the disk, and isn't counted
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", STARTS[name]], env=environment(), check=True)
        times[name].append(time.perf_counter() - start)
    return {name: values[1:] for name, values in times.items()}


def load_in_parts(rounds=5):
    """Return the seconds of loading the cached data, as a whole in one new process and in parts in another."""
    whole, parts = ["load"], ["read", "hash", "convert", "gunzip"]
    times = {part: [] for part in whole + parts}
    for commands in in_turns(rounds, [whole, parts]):
        with Peer("Loading") as peer:
            for command in commands:
                times[command].append(peer.ask(command)[1])
    return times


def weigh(rounds=5):
    """Return the megabytes that loading and an epoch of training add to a process that imported MXNet."""
    def peak(variant, *commands):
        with Peer(variant) as peer:
            for command in commands:
                peer.ask(command)
            return peer.ask("peak")[0]

    return [(peak("Scratch", "start", "train", "evaluate") - peak("MXNet")) / 1e6 for _ in range(rounds)]


def grow(rounds=5):
    """Return the seconds of epochs from scratch by hidden units, by training images and by threads."""
    threads = sorted({1, CPU_COUNT})
    hiddens, images = {size: [] for size in HIDDENS}, {size: [] for size in IMAGES}
    by_threads = {count: [] for count in threads}
    with Peer("Scratch") as peer, contextlib.ExitStack() as stack:
        peer.ask("start")
        peer.ask("rehearse")
        for size in in_turns(rounds, HIDDENS):
            peer.ask("start", size)
            hiddens[size].append(peer.ask("train")[1])
        peer.ask("start")
        for size in in_turns(rounds, IMAGES):
            peer.ask("take", size)
            images[size].append(peer.ask("train")[1])
        others = {count: stack.enter_context(Peer("Scratch", OMP_NUM_THREADS=str(count))) for count in threads}
        for other in others.values():
            other.ask("start")
            other.ask("rehearse")
        for count in in_turns(rounds, threads):
            by_threads[count].append(others[count].ask("train")[1])
    return {"hidden units": hiddens, "training images": images, "threads": by_threads}


def test():
    """Return the seconds of one `make test`, and write down those of each file and notebook."""
    start, report = time.perf_counter(), OUT / "test.xml"
    command = ["make", "test", f"ARGS=--junitxml={report}"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"`make test` fails, so its time says nothing. It ended with:\n{done.stdout[-2000:]}")
    seconds = time.perf_counter() - start
    (OUT / "test.md").write_text(seconds_by_file(report), encoding="utf-8")
    return seconds


def machine():
    """Say what this ran on, but not whose it is."""
    cpuinfo = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines()
              if line.startswith("model name")] if cpuinfo.exists() else []
    return f"{os.cpu_count()} cores of {(models or [platform.machine()])[0]}, {platform.system()}"


def measure(names):
    """Return all that is measured by its name, each a list with a number a round, and the growth apart."""
    print("Training the peers in turns ...", flush=True)
    measured = train_in_turns(names)
    print("Training in company ...", flush=True)
    here = {PEERS[name][0] for name in names}
    measured |= company.train_in_company(name for name, (variant, _) in company.CONTESTANTS.items() if variant in here)
    print("Starting, loading, weighing ...", flush=True)
    measured |= start_in_turns() | load_in_parts() | {"memory": weigh()}
    print("Growing the network, the data and the threads ...", flush=True)
    growth = grow()
    measured |= {what: slopes(what, growth[what]) for what in ("hidden units", "training images")}
    threads = growth["threads"]
    return measured | {"one core": threads[min(threads)], "all cores": threads[max(threads)]}, growth


def main(arguments):
    names = [name for name in PEERS if "PyTorch" not in name or "torch" in arguments]
    lay_out_data()
    measured, growth = measure(names)
    if "test" in arguments:
        print("Running make test ...", flush=True)
        measured["make test"] = [test()]
    lines = rows([*COMPARISONS, *company.COMPARISONS], measured)
    command = "make bench PEERS=torch" if "torch" in arguments else "make bench"
    heading = (f"Measured with `{command}` on {date.today():%-d %B %Y}, {machine()}. Ratios are of\n"
               "medians; the spread is that of single rounds without the lowest and the highest.\n")
    (OUT / "table.md").write_text(f"{heading}\n{markdown(lines)}\n", encoding="utf-8")
    write_csv(OUT / "table.csv", lines, measured)
    plot(OUT / "plot.png", {name: measured[name] for name in names}, growth)
    print(f"\nFor the README, what has a limit to keep:\n\n{heading}\n{markdown(line for line in lines if line[-1])}\n")
    if "torch" not in arguments:
        print("PyTorch is left out; `make bench PEERS=torch` installs it into build/torch and includes it.")
    print("All lines, every single measurement and a plot are in build/bench: table.md, table.csv, plot.png.")


if __name__ == "__main__":
    main(sys.argv[1:])
