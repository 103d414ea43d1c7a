"""The exercises: each can be solved, none can be cheated, and every wrong answer gets the hint that is its own."""

import json
import re
from datetime import datetime
from functools import cache
from symtable import symtable

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import d2l_utils as d2l
from exercise_cells import (
    ANSWER,
    CHECK,
    CHOICE,
    EXPERIMENT,
    NOTEBOOKS,
    SOLUTION,
    every_notebook,
    exercises,
    kind_of,
    printed,
    questions,
    read,
)
from wrong_answers import WRONG_ANSWERS

# All answers to a notebook's exercises are tried in one kernel, after those of its own cells that make what they use.
# Each try prints what `check` said of the answer, and whether the notebook was the same before and after it.
HARNESS = """
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


def uses(table):
    """Return the names that a source reads from the notebook."""
    module = table.get_type() == "module"
    names = {symbol.get_name() for symbol in table.get_symbols()
             if symbol.is_referenced() and (module or symbol.is_global())}
    return names.union(*map(uses, table.get_children()))


def needed(cells, sources):
    """Return those of a notebook's own code cells that make what the sources use, and what those use in turn."""
    wanted = set().union(*(uses(symtable(source, "source", "exec")) for source in sources))
    chosen = []
    for cell in reversed([cell for cell in cells if cell.cell_type == "code" and kind_of(cell) == "question"]):
        table = symtable(cell.source, "cell", "exec")
        made = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
        if made & wanted:
            chosen.insert(0, cell)
            wanted |= uses(table)
    return chosen


def execute(path, sources, cells):
    """Execute cells beside a notebook, after those of its own that make what the sources use."""
    start = [new_code_cell(cell.source) for cell in needed(read(path), sources)]
    NotebookClient(new_notebook(cells=[*start, *cells]), kernel_name="python3", record_timing=True,
                   resources={"metadata": {"path": path.parent}}).execute()


def answers(check, stub, solution, wrong_answers):
    """Return the answers to try for an exercise, by kind and number: code that defines its function."""
    name, code = CHECK.fullmatch(check)[2], SOLUTION.fullmatch(solution)[1]
    found = {("stub", 0): stub, ("solution", 0): code, ("cheat", "its first value"): f"{code}\n{name} = _once({name})"}
    found |= {("cheat", cheat): f"{name} = {value}" for cheat, value in CHEATS.items()}
    return found | {("wrong", number): wrong.code for number, wrong in enumerate(wrong_answers)}


@cache
def tried(path):
    """Try all answers to a notebook's exercises, and once more backwards and with another seed.

    Returns
    -------
    dict
        From (exercise, kind of answer, number) to what came of it, each time: what `check` said, and whether the
        notebook stayed as it was.
    """
    sources = {}
    for _, stub, check, *_, solution in exercises(read(path)):
        key = CHECK.fullmatch(check.source)[1]
        for which, answer in answers(check.source, stub.source, solution.source, WRONG_ANSWERS[key]).items():
            sources[key, *which] = f"{answer}\n_try(lambda: {check.source})"
    first, second = ([new_code_cell(source) for source in sources.values()] for time in range(2))
    execute(path, sources.values(), [new_code_cell(HARNESS), *first, new_code_cell("_seed = 7"), *reversed(second)])
    return {which: [json.loads(printed(cell)) for cell in both]
            for which, *both in zip(sources, first, second)}


def said(path, kind):
    """Return what `check` said, the first time, of the answers of one kind: (exercise, number) to its text."""
    return {(key, number): times[0][0] for (key, which, number), times in tried(path).items() if which == kind}


@every_notebook
def test_a_stub_is_not_attempted_yet(path):
    for (key, _), text in said(path, "stub").items():
        assert text.startswith(f"Exercise {key}: not attempted yet.")


@every_notebook
def test_the_published_solution_is_correct(path):
    for (key, _), text in said(path, "solution").items():
        assert re.fullmatch(rf"Exercise {key}: correct\. \S.+\.", text), text


@every_notebook
def test_a_wrong_answer_gets_its_own_hint(path):
    hints = {}
    for (key, number), text in said(path, "wrong").items():
        wrong = WRONG_ANSWERS[key][number]
        assert text.startswith(f"Exercise {key}: not yet.\n") and wrong.hint in text, (wrong.misconception, text)
        assert len(text.splitlines()) <= 4, text
        hints.setdefault(key, []).append(text.partition("Hint: ")[2])
    for key, texts in hints.items():
        assert len(set(texts)) == len(texts), key


@every_notebook
def test_a_constant_or_the_input_is_never_correct(path):
    for (key, cheat), text in said(path, "cheat").items():
        assert text.startswith(f"Exercise {key}: not yet.\n"), (cheat, text)


@every_notebook
def test_a_check_leaves_the_notebook_as_it_was(path):
    for which, times in tried(path).items():
        assert all(same for _, same in times), which


@every_notebook
def test_another_order_and_another_seed_give_the_same_answers(path):
    for which, ((first, _), (second, _)) in tried(path).items():
        assert first == second, which


def with_experiment():
    return [path for path in NOTEBOOKS if any(kind_of(cell) == "experiment" for cell in read(path))]


@pytest.mark.parametrize("path", with_experiment(), ids=lambda path: path.stem)
def test_the_published_experiment_runs_and_prints_what_its_paragraph_speaks_of(path):
    """In 20 seconds on a machine with nothing else to do; three times as many are let pass beside other tests."""
    (solution,) = [group[-1].source for group in exercises(read(path)) if "*Open.*" in group[0].source]
    sources = [SOLUTION.fullmatch(solution)[1], EXPERIMENT.search(solution)[1]]
    code = [new_code_cell(source) for source in sources]
    execute(path, sources, code)
    times = code[-1].metadata.execution
    began, ended = (datetime.fromisoformat(times[f"iopub.status.{state}"]) for state in ("busy", "idle"))
    assert (ended - began).total_seconds() <= 60 and re.search(r"\d", printed(code[-1]))


@every_notebook
def test_a_question_has_one_right_letter_and_a_sentence_for_each_wrong_one(path):
    for n, (question, _, answer) in enumerate(questions(read(path)), 1):
        key, right = f"{path.stem[:2]}.q{n}", ANSWER.fullmatch(answer.source)[1]
        letters = re.findall(r"^- \*\*([a-d])\.\*\* ", CHOICE.fullmatch(question.source)[2], re.MULTILINE)
        said = {letter: repr(d2l.check(key, letter)) for letter in letters}
        assert letters == list("abcd"[:len(letters)]) and len(set(said.values())) == len(letters)
        for letter, text in said.items():
            begins = "correct. " if letter == right else f"not yet.\nIt isn't {letter}.\nHint: "
            assert re.fullmatch(rf"Question {key}: {begins}\S.+\.", text), text
        assert "Expected one of the letters" in repr(d2l.check(key, "abcde"[len(letters)]))
