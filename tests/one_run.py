"""One run of a notebook serves all that is asked of it: its outputs, its figures, the answers to its exercises.

nbval compares the outputs (see conftest.py at the top). What else came of the run is kept here, for the tests.
"""

import json
import time
from pathlib import Path
from typing import NamedTuple

from jupyter_client.manager import start_new_kernel

from exercise_cells import CHECK, EXPERIMENT, SOLUTION, exercises, read
from wrong_answers import WRONG_ANSWERS

# Before a cell's figures are sent and closed, what figure_facts.py says of them is held against them.
WATCH = f"""
import sys as _sys
_sys.path.append({str(Path(__file__).parent)!r})
import figure_facts as _facts
_facts.watch(get_ipython())
"""
TELL = "import json as _json; print(_json.dumps(_facts.stop(get_ipython())))"
# All answers to a notebook's exercises are tried in one kernel, after its own cells.
# Each try prints what `check` said of the answer, and whether the notebook was the same before and after it.
ANSWERS_HARNESS = """
import json as _json, random as _random
import matplotlib.pyplot as _plt, mxnet as _mx, numpy as _np

_seed = 5

def _snapshot():
    values = {}
    for name, value in globals().items():
        if isinstance(value, (_mx.nd.NDArray, _np.ndarray)) and value.size < 1e6:
            values[name] = (value.asnumpy() if isinstance(value, _mx.nd.NDArray) else value).tobytes()
        elif not name.startswith("_"):
            values[name] = id(value)
    return (values, str(_np.random.get_state()), _random.getstate(), _np.geterr(), _mx.autograd.is_recording(),
            _mx.autograd.is_training(), _plt.get_fignums(), dict(_plt.rcParams))

def _draw():
    return _mx.nd.random.uniform(shape=3).asnumpy().tolist()

def _try(check):
    _np.random.seed(_seed)
    _mx.random.seed(_seed)
    expected, before = _draw(), _snapshot()
    _mx.random.seed(_seed)
    text = repr(check())
    print(_json.dumps([text, _snapshot() == before and _draw() == expected]))

def _once(function):
    seen = []
    def first_value(*arguments):
        if not seen:
            seen.append(function(*arguments))
        return seen[0]
    return first_value
"""
CHEATS = {
    "nothing": "lambda *arguments: None",
    "zero": "lambda *arguments: 0",
    "true": "lambda *arguments: True",
    "nan": "lambda *arguments: float('nan')",
    "an empty list": "lambda *arguments: []",
    "an array": "lambda *arguments: _mx.nd.ones(1)",
    "the first argument": "lambda *arguments: arguments[0]",
    "a text": "lambda *arguments: 'correct'",
    "no function": "3",
}


def answers_to(check, stub, solution, wrong_answers):
    """Return the answers to try for an exercise, by kind and number: code that defines its function."""
    name, code = CHECK.fullmatch(check)[2], SOLUTION.fullmatch(solution)[1]
    found = {("stub", 0): stub, ("solution", 0): code, ("cheat", "its first value"): f"{code}\n{name} = _once({name})"}
    found |= {("cheat", cheat): f"{name} = {value}" for cheat, value in CHEATS.items()}
    return found | {("wrong", number): wrong.code for number, wrong in enumerate(wrong_answers)}


class Ran(NamedTuple):
    """What came of running a source: what it printed, its error or "", and how long it took."""

    text: str
    error: str
    seconds: float


def run(client, source):
    """Run a source in a kernel, whatever comes of it."""
    printed, began = [], time.perf_counter()

    def keep(message):
        if message["content"].get("name") == "stdout":
            printed.append(message["content"]["text"])

    reply = client.execute_interactive(source, store_history=False, allow_stdin=False, output_hook=keep)["content"]
    error = "\n".join(reply.get("traceback", [])) if reply["status"] == "error" else ""
    return Ran("".join(printed), error, time.perf_counter() - began)


def open_exercise(path):
    """Return the sources of a notebook's open exercise: its solution, and its experiment."""
    (solution,) = [group[-1].source for group in exercises(read(path)) if "*Open.*" in group[0].source]
    return SOLUTION.fullmatch(solution)[1], EXPERIMENT.search(solution)[1]


def sources_of(path):
    """Return what to run for each answer to a notebook's exercises, by exercise, kind of answer and number."""
    sources = {}
    for _, stub, check, *_, solution in exercises(read(path)):
        key = CHECK.fullmatch(check.source)[1]
        for which, answer in answers_to(check.source, stub.source, solution.source, WRONG_ANSWERS[key]).items():
            sources[key, *which] = f"{answer}\n_try(lambda: {check.source})"
    return sources


class Came(NamedTuple):
    """What came of a run."""

    figures: dict  # from a cell's source to what is wrong with its figures, or ""
    answers: dict  # from (exercise, kind of answer, number) to the two times that it was tried
    experiment: Ran


CAME = {}  # by notebook


def begin(client):
    """Watch the figures of a kernel that is about to run a notebook's cells."""
    ran = run(client, WATCH)
    assert not ran.error, ran.error


def end(client, path):
    """Ask a kernel that ran a notebook's cells for its figures, and try all answers: once more backwards."""
    figures, sources = run(client, TELL), sources_of(path)
    run(client, ANSWERS_HARNESS)
    first = {which: run(client, source) for which, source in sources.items()}
    run(client, "_seed = 7")
    second = {which: run(client, source) for which, source in reversed(sources.items())}
    solution, experiment = open_exercise(path)
    run(client, solution)
    CAME[path.stem] = Came(json.loads(figures.text), {which: (first[which], second[which]) for which in sources},
                           run(client, experiment))


def came_of(path):
    """Return what came of a notebook's run; where nbval hasn't run it, it is run here."""
    if path.stem not in CAME:
        manager, client = start_new_kernel(kernel_name="python3", cwd=str(path.parent))
        try:
            begin(client)
            for cell in read(path):
                ran = run(client, cell.source) if cell.cell_type == "code" else None
                assert not (ran and ran.error), ran.error
            end(client, path)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    return CAME[path.stem]
