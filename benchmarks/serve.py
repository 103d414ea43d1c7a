"""A peer in a process of its own, which waits to be told what to do next.

`python serve.py NAME` reads one command a line and answers each with one line of JSON.
"""

import json
import sys
import time

from variants import D2L, Gluon, Loading, MXNet, Products, Scratch
from variants_torch import Torch, TorchInMemory, TorchProducts, TorchScratch

VARIANTS = {kind.__name__: kind for kind in (
    Scratch, Gluon, D2L, Products, MXNet, Loading, Torch, TorchInMemory, TorchScratch, TorchProducts)}


def serve(name):
    """Make a variant and do what stdin says: the name of a method and whole numbers, one command a line."""
    answers, sys.stdout = sys.stdout, sys.stderr  # a library that prints must not be taken for an answer
    variant = VARIANTS[name]()
    for line in sys.stdin:
        command, *arguments = line.split()
        start = time.perf_counter()
        value = getattr(variant, command)(*map(int, arguments))
        print(json.dumps({"seconds": time.perf_counter() - start, "value": value}), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
