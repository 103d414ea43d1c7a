"""How long an epoch takes on a machine that has other things to do: a second training, or a process for each core."""

import contextlib
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from dask.system import CPU_COUNT
from peers import Peer, in_turns
from report import Comparison

CONTESTANTS = {
    "an epoch from scratch": ("Scratch", {}),
    "an epoch with one thread": ("Scratch", {"OMP_NUM_THREADS": "1"}),
    "an epoch of PyTorch's from scratch": ("TorchScratch", {}),
}
# For what the course does unasked. Where it has a thread for each core, sharing them fairly would make either 2.
LIMITS = {"beside a second training": "2.20", "on busy cores": "2.50"}
COMPARISONS = [
    Comparison(f"{name}, {company}", f"{name}, {company}", "alone", f"{name}, alone",
               limit if name == "an epoch from scratch" else "")
    for name in CONTESTANTS for company, limit in LIMITS.items()]


@contextlib.contextmanager
def second_training(peer):
    """Let a peer train on and on; if it dies, so does the benchmark."""
    enough = threading.Event()

    def train():
        while not enough.is_set():
            peer.ask("train")

    with ThreadPoolExecutor(1) as pool:
        training = pool.submit(train)
        try:
            yield
        finally:
            enough.set()
            training.result()


@contextlib.contextmanager
def busy_cores():
    """Keep every core busy, with a process that does nothing but look whether the benchmark is still there."""
    program = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"
    others = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(CPU_COUNT)]
    try:
        yield others
    finally:
        for other in others:
            other.kill()
            other.wait()


def train_in_company(contestants, rounds=5):
    """Return the seconds of epochs alone, beside a second training of the same kind, and where every core is busy.

    Parameters
    ----------
    contestants : iterable of str
        Keys of `CONTESTANTS`.
    rounds : int
        Epochs of each in each company, without their evaluation.

    Returns
    -------
    dict of str to list of float
        By the contestant's name and its company, as in "an epoch from scratch, on busy cores".
    """
    times = {}
    for name in contestants:
        variant, settings = CONTESTANTS[name]
        with Peer(variant, **settings) as peer, Peer(variant, **settings) as other:
            for each in (peer, other):
                each.ask("start")
                each.ask("rehearse")
            companies = {"alone": contextlib.nullcontext,
                         "beside a second training": partial(second_training, other), "on busy cores": busy_cores}
            for company in in_turns(rounds, companies):
                with companies[company]():
                    times.setdefault(f"{name}, {company}", []).append(peer.ask("train")[1])
    return times
