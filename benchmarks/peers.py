"""Processes that hold the peers, and the rounds in which they take turns."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build"
TORCH = BUILD / "torch" / "bin" / "python"
# What a caller has set for himself would reach every peer; each is to start as its users start it. Without bytecode
# every import would be compiled anew, which is not what a second start is like either.
SETTINGS = ("OMP_", "GOMP_", "KMP_", "MKL_", "OPENBLAS_", "MXNET_", "PYTHONDONTWRITEBYTECODE")


def environment(**settings):
    """Return the caller's environment without settings of its own, and with those given."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return plain | {"MXNET_HOME": str(BUILD / "bench")} | settings


class Peer:
    """A variant in a process of its own, which sleeps until it is asked for something.

    Parameters
    ----------
    variant : str
        A key of `serve.VARIANTS`.
    settings : str
        Environment variables for it alone.
    """

    def __init__(self, variant, **settings):
        self.variant = variant
        python = TORCH if variant.startswith("Torch") else sys.executable
        self.process = subprocess.Popen([python, HERE / "serve.py", variant], env=environment(**settings),
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *command):
        """Have one method called and return what it returned and the seconds that it took."""
        answer = ""
        with contextlib.suppress(BrokenPipeError):
            print(*command, file=self.process.stdin, flush=True)
            answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"The benchmark's {self.variant} died when told to {command[0]}; its reason stands above.")
        answer = json.loads(answer)
        return answer["value"], answer["seconds"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def in_turns(rounds, contestants):
    """Yield the contestants round after round, each round beginning with another one: whatever disturbs the machine
    for a while disturbs all of them alike."""
    contestants = list(contestants)
    for number in range(rounds):
        first = number % len(contestants)
        yield from contestants[first:] + contestants[:first]
