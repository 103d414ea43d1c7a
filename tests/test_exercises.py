"""The exercises: each can be solved, none can be cheated, and every wrong answer gets the hint that is its own."""

import copy
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from symtable import symtable

import nbformat
import numpy as np
import pytest
from mxnet import autograd, nd
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from wrong_answers import WRONG_ANSWERS

import d2l_utils as d2l
from d2l_utils.errors import ArgumentTypeError, ArgumentValueError
from d2l_utils.exercises import registered
from d2l_utils.exercises.engine import Got, NotYet, exercise, expect
from d2l_utils.exercises.values import show

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

QUESTION = re.compile(r"### Exercise (\d)\. .+\n\n\*(Warm-up|The idea|Open)\.\* ")
SOLUTION = re.compile(r"<details>\n<summary>Solution</summary>\n\n```python\n(.+?)\n```\n\n(?!</)\S.+\n\n</details>",
                      re.DOTALL)
CHECK = re.compile(r'd2l\.check\("(\d\d\.\d)", (\w+)\)')


def read(path):
    return nbformat.read(path, as_version=4).cells


def kind_of(cell):
    """Return "exercise", "check" or "solution" for a cell with that tag, and "" for any other."""
    return next((tag for tag in ("exercise", "check", "solution") if tag in cell.metadata.get("tags", [])), "")


def parts(cells):
    """Return the cells after the heading "Exercises" and before the next section, each as its kind and its source."""
    start = next(i for i, cell in enumerate(cells) if cell.source.startswith("## Exercises"))
    end = next(i for i, cell in enumerate(cells) if cell.source.startswith("## Summary"))
    return [(kind_of(cell) or "question", cell.source) for cell in cells[start + 1:end]]


def complaints(number, cells, wrong_answers):
    """Say what a notebook's exercises lack: a part, a part's form, or wrong answers; all is well if it is nothing."""
    found = parts(cells)
    groups = [found[i:i + 4] for i in range(0, len(found), 4)]
    if not 2 <= len(groups) <= 4:
        yield f"{len(groups)} exercises"
    for n, group in enumerate(groups, 1):
        key = f"{number}.{n}"
        if [kind for kind, _ in group] != ["question", "exercise", "check", "solution"]:
            yield f"{key} has the parts {[kind for kind, _ in group]}"
            continue
        question, stub, check, solution = (source for _, source in group)
        if not (match := QUESTION.match(question)) or match[1] != str(n):
            yield f"{key}: a question begins with its heading and its kind"
        if not (check := CHECK.fullmatch(check)) or check[1] != key:
            yield f"{key}: its check is another one's"
        elif f"def {check[2]}(" not in stub or "..." not in stub or "#" in stub or len(stub.splitlines()) > 6:
            yield f"{key}: a stub is a short function that returns ..."
        elif not (match := SOLUTION.fullmatch(solution)) or f"def {check[2]}(" not in match[1]:
            yield f"{key}: a solution is code and a paragraph, in <details>"
        if len(wrong_answers.get(key, [])) < 3:
            yield f"{key} has {len(wrong_answers.get(key, []))} wrong answers"
        if key not in registered():
            yield f"{key} isn't registered"
    if not any("*Warm-up.*" in source for _, source in found) or not any("*Open.*" in source for _, source in found):
        yield "no warm-up, or no open exercise"


def test_every_exercise_has_all_its_parts_and_at_least_three_wrong_answers():
    numbers = [path.stem[:2] for path in NOTEBOOKS]
    for number, path in zip(numbers, NOTEBOOKS):
        assert list(complaints(number, read(path), WRONG_ANSWERS)) == []
    assert set(WRONG_ANSWERS) == set(registered())
    assert {key[:2] for key in registered()} == set(numbers)


def damages():
    """Yield ways to damage a notebook's second exercise: a name, and what it does to the cells and wrong answers."""
    def without(tag):
        def damage(cells, wrong_answers):
            cells.remove([cell for cell in cells if kind_of(cell) == tag][1])
        return damage

    def without_question(cells, wrong_answers):
        cells.remove([cell for cell in cells if QUESTION.match(cell.source)][1])

    def replaced(old, new):
        def damage(cells, wrong_answers):
            for cell in cells:
                cell.source = cell.source.replace(old, new)
        return damage

    def too_few_wrong_answers(cells, wrong_answers):
        wrong_answers["03.2"] = wrong_answers["03.2"][:2]

    for tag in ("exercise", "check", "solution"):
        yield f"no {tag}", without(tag)
    yield "no question", without_question
    yield "two wrong answers", too_few_wrong_answers
    yield "no why", replaced("```\n\n`nd.where` takes", "```\n\n</details>\n\n`nd.where` takes")
    yield "another's check", replaced('check("03.2"', 'check("03.3"')
    yield "a stub that is no stub", replaced("def leaky_relu(X, slope):\n    return ...", "leaky_relu = 3")
    yield "no warm-up", replaced("*Warm-up.*", "*The idea.*")


@pytest.mark.parametrize("damage", [pytest.param(damage, id=name) for name, damage in damages()])
def test_an_exercise_without_one_of_them_is_noticed(damage):
    (path,) = [path for path in NOTEBOOKS if path.stem.startswith("03")]
    cells, wrong_answers = read(path), copy.deepcopy(WRONG_ANSWERS)
    assert list(complaints("03", cells, wrong_answers)) == []
    damage(cells, wrong_answers)
    assert list(complaints("03", cells, wrong_answers)) != []


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


def printed(cell):
    """Return what a cell printed; a kernel sends it in one piece or in several."""
    return "".join(output.text for output in cell.outputs if output.get("name") == "stdout")


def uses(table):
    """Return the names that a source reads from the notebook."""
    module = table.get_type() == "module"
    names = {symbol.get_name() for symbol in table.get_symbols()
             if symbol.is_referenced() and (module or symbol.is_global())}
    return names.union(*map(uses, table.get_children()))


def needed(cells, sources):
    """Return those of a notebook's code cells that make what the sources use, and what those cells use in turn."""
    wanted = set().union(*(uses(symtable(source, "source", "exec")) for source in sources))
    chosen = []
    for cell in reversed(cells):
        table = symtable(cell.source, "cell", "exec")
        made = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
        if made & wanted:
            chosen.insert(0, cell)
            wanted |= uses(table)
    return chosen


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
    cells, sources = read(path), {}
    found = parts(cells)
    for (_, stub), (_, check), (_, solution) in zip(found[1::4], found[2::4], found[3::4]):
        key = CHECK.fullmatch(check)[1]
        for which, answer in answers(check, stub, solution, WRONG_ANSWERS[key]).items():
            sources[key, *which] = f"{answer}\n_try(lambda: {check})"
    own = [cell for cell in cells if cell.cell_type == "code" and not kind_of(cell)]
    start = [new_code_cell(cell.source) for cell in needed(own, sources.values())] + [new_code_cell(HARNESS)]
    first, second = ([new_code_cell(source) for source in sources.values()] for time in range(2))
    notebook = new_notebook(cells=[*start, *first, new_code_cell("_seed = 7"), *reversed(second)])
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": path.parent}}).execute()
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


# The engine, with no exercise's help.

@pytest.fixture
def ask(monkeypatch):
    """Make an exercise "99.9" of a function that checks, and return what `check` says of an answer to it."""
    def ask(checks, answer):
        monkeypatch.setitem(registered(), "99.9", None)
        exercise("99.9", "Well learned.")(checks)
        return d2l.check("99.9", answer)
    return ask


def double(student):
    for X in (np.array([1.5, -2]), np.zeros((1, 3))):
        expect(student(nd.array(X)), 2 * X, "twice as much.", [(X, "you give back what you got."),
                                                              (X + np.nan, "that is not a number.")])


@pytest.mark.parametrize("answer", [lambda X: 2 * X, lambda X: (2 * X).asnumpy(), lambda X: (2 * X).asnumpy().tolist(),
                                    lambda X: map(tuple, (2 * X).asnumpy()) if X.ndim == 2 else [2 * x for x in X]],
                         ids=["an nd array", "a NumPy array", "a list", "an iterator, or a list of arrays"])
def test_arrays_lists_and_iterators_are_accepted(ask, answer):
    assert repr(ask(double, answer)) == "Exercise 99.9: correct. Well learned."


REFUSALS = {
    "a known mistake": (lambda X: X, ["For your function([1.5, -2]), expected [3, -4], got [1.5, -2].",
                                      "Hint: you give back what you got."]),
    "any other": (lambda X: 3 * X, ["For your function([1.5, -2]), expected [3, -4], got [4.5, -6].",
                                    "Hint: twice as much."]),
    "not a number": (lambda X: 2 * X * np.nan, ["For your function([1.5, -2]), expected [3, -4], got [nan, nan].",
                                                "Hint: that is not a number."]),
    "nothing": (lambda X: None, ["your function([1.5, -2]) returns nothing.",
                                 "Hint: end the function with return and the result."]),
    "words": (lambda X: "six", ["For your function([1.5, -2]), expected [3, -4], got 'six'.", "Hint: twice as much."]),
    "no function": (7, ["Expected a function, got 7.",
                        "Hint: hand over the function itself, its name without parentheses."]),
}


@pytest.mark.parametrize("answer, lines", REFUSALS.values(), ids=REFUSALS)
def test_a_wrong_answer_is_told_the_input_what_was_expected_and_what_came(ask, answer, lines):
    assert repr(ask(double, answer)).splitlines() == ["Exercise 99.9: not yet.", *lines]


@pytest.mark.parametrize("value", [np.nan, [np.nan], nd.array([np.nan]), [1, np.nan]])
def test_nan_equals_nothing(value):
    with pytest.raises(NotYet):
        expect(Got("f()", value), value, "")


@pytest.mark.parametrize("value, expected", [(203531, 203530), (203530.6, 203530), (4344.8, 4345), (np.inf, 1e30)])
def test_a_number_close_by_is_another_number(value, expected):
    with pytest.raises(NotYet):
        expect(Got("f()", value), expected, "")


def test_rounding_is_forgiven():
    expect(Got("f()", nd.array([1 / 3, 1000, -2e-8])), [1 / 3, 1000, 0], "")


@pytest.mark.parametrize("value, text", [
    (nd.array([[0.5, -0.0]]), "[[0.5, 0]]"), (np.zeros((28, 28)), "<array (28, 28)>"), (list(range(99)), "<99 values>"),
    (203530, "203530"), (True, "True"), (1 / 3, "0.33333"), (float("-inf"), "-inf"), (np.float32(2), "2"),
    (show, "show"), (lambda: 0, "your function"), ([nd.zeros((9, 99)), 1], "[<array (9, 99)>, 1]"),
    ([(256, 784), (256,)], "[(256, 784), (256,)]")])
def test_values_are_shown_short(value, text):
    assert show(value) == text


def test_an_exception_is_one_sentence_with_the_line_at_fault():
    """In a kernel, for the line is found where the cell's source is."""
    cells = [new_code_cell("import d2l_utils as d2l\nfrom mxnet import nd"),
             new_code_cell("def relu_by_mask(X):\n    Y = X * 2\n    return nd.dot(Y, nd.ones((7, 7)))"),
             new_code_cell('print(d2l.check("03.1", relu_by_mask))'),
             new_code_cell("def relu_by_mask(X):\n    return X * mask"),
             new_code_cell('print(d2l.check("03.1", relu_by_mask))')]
    NotebookClient(new_notebook(cells=cells), kernel_name="python3", timeout=60).execute()
    for cell, sentence in ((cells[2], r"stops with MXNetError: .*dot shape error: \[2,3\] X \[7,7\], in your line 3: "
                                      r"return nd\.dot\(Y, nd\.ones\(\(7, 7\)\)\)"),
                           (cells[4], "stops with NameError: name 'mask' is not defined, in your line 2: "
                                      r"return X \* mask")):
        assert re.search(sentence, printed(cell).splitlines()[1]), printed(cell)
        assert len(printed(cell).splitlines()) == 3


def test_what_a_students_function_changes_is_put_back(ask):
    def unruly(X):
        np.random.seed(0)
        autograd.set_recording(True)
        autograd.set_training(True)
        X[:] = 0
        return X

    np.random.seed(1)
    expected = np.random.uniform()
    np.random.seed(1)
    ask(double, unruly)
    assert (autograd.is_recording(), autograd.is_training()) == (False, False)
    assert np.random.uniform() == expected
    with autograd.record():
        ask(double, unruly)
        assert (autograd.is_recording(), autograd.is_training()) == (True, True)


@pytest.mark.parametrize("arguments, error, sentence", [
    (("03.9", abs), ArgumentValueError, "There is no exercise '03.9'; there are 00.1, 00.2, "),
    ((abs,), ArgumentValueError, "There is no exercise abs; there are 00.1, 00.2, "),
    (("03.1",), ArgumentTypeError, 'as in check("03.1", your_function), but it got 0 answers.'),
    (("03.1", abs, abs), ArgumentTypeError, 'as in check("03.1", your_function), but it got 2 answers.')])
def test_a_wrong_call_of_check_is_one_sentence(arguments, error, sentence):
    with pytest.raises(error, match=re.escape(sentence)):
        d2l.check(*arguments)


@pytest.mark.parametrize("first", ["d2l_utils.exercises.engine", "d2l_utils.exercises", "d2l_utils"])
def test_check_is_the_function_whatever_is_imported_first(first):
    program = f"import {first}, d2l_utils; print(d2l_utils.check('03.1', ...))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Exercise 03.1: not attempted yet.")


# The copy for a class.

@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """The copy that `make student` makes, with this Python's own tools."""
    folder = tmp_path_factory.mktemp("student")
    command = ["make", f"VENV={sys.prefix}", "-o", f"{sys.prefix}/.ready", "student", f"STUDENT={folder}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_students_copy_has_every_file(student):
    assert {path.name for path in student.iterdir()} == {
        path.name for path in (ROOT / "notebooks").iterdir() if not path.name.startswith((".", "__"))}


@every_notebook
def test_the_students_copy_has_no_solution_and_no_output(student, path):
    notebook = nbformat.read(student / path.name, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert "<details>" not in cell.source and "Solution" not in cell.source, cell.source
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None


@every_notebook
def test_the_students_copy_keeps_all_else(student, path):
    def rest(path):
        return [(cell.cell_type, cell.id, cell.source) for cell in read(path) if kind_of(cell) != "solution"]

    assert rest(student / path.name) == rest(path)
    for cell in read(student / path.name):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", cell.source) if cell.cell_type == "markdown" else []:
            assert (student / target).exists(), target
