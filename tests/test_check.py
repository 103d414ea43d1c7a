"""`check` and its engine, with no exercise's help: what is accepted, and what a student reads where it isn't."""

import os
import re
import subprocess
import sys

import numpy as np
import pytest
from mxnet import autograd, nd
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import d2l_utils as d2l
from d2l_utils.errors import ArgumentTypeError, ArgumentValueError
from d2l_utils.exercises import registered
from d2l_utils.exercises.engine import Got, NotYet, exercise, expect, quiz, slope
from d2l_utils.exercises.values import show
from exercise_cells import printed


@pytest.fixture
def ask(monkeypatch):
    """Make an exercise "99.9" of a function that checks, and return what `check` says of an answer to it."""
    def ask(checks, answer):
        monkeypatch.setitem(registered(), "99.9", None)
        assert exercise("99.9", "Well learned.")(checks) is checks
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
                                 "Hint: let each way through the function end with return and the result."]),
    "words": (lambda X: "six", ["For your function([1.5, -2]), expected [3, -4], got 'six'.", "Hint: twice as much."]),
    "no function": (7, ["Expected a function, got 7.",
                        "Hint: hand over the function itself, its name without parentheses."]),
}


@pytest.mark.parametrize("answer, lines", REFUSALS.values(), ids=REFUSALS)
def test_a_wrong_answer_is_told_the_input_what_was_expected_and_what_came(ask, answer, lines):
    assert repr(ask(double, answer)).splitlines() == ["Exercise 99.9: not yet.", *lines]


def cube(student):
    expect(slope(student, np.array([1.0, 2.0]), 3), [3, 12], "three times the square.")


@pytest.mark.parametrize("answer, text", [
    (lambda X, n: X**n, "correct. Well learned."),
    (lambda X, n: X**2, "not yet.\nFor the slope of your function([1, 2], 3), expected [3, 12], got [2, 4].\n"
                        "Hint: three times the square."),
    (lambda X, n: X.asnumpy()**n, "not yet.\nThe result of your function([1, 2], 3) has no gradient.\nHint: stay with "
     "nd and the operators of its arrays: autograd can't follow values into NumPy or Python numbers.")],
    ids=["right", "another slope", "NumPy"])
def test_a_slope_is_found_by_autograd(ask, answer, text):
    assert repr(ask(cube, answer)) == f"Exercise 99.9: {text}"


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


def test_an_error_that_mxnet_finds_in_the_background_is_the_students():
    """Its threaded engine raises an error where a result is read, which must not be in the midst of the check."""
    program = ("import d2l_utils as d2l; from mxnet import nd\n"
               "print(d2l.check('03.1', lambda X: nd.random.normal(0, -1, shape=(2, 3))))")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True,
                          env={**os.environ, "MXNET_ENGINE_TYPE": "ThreadedEngine"})
    assert re.match(r"Exercise 03.1: not yet.\nyour function\(.*\) stops with MXNetError: ", done.stdout)


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


@pytest.mark.parametrize("letter, text", [
    (..., 'not attempted yet.\nPut a letter in the place of the ..., as in "a".'),
    ("b", "correct. Well chosen."), (" B", "correct. Well chosen."),
    ("a", "not yet.\nIt isn't a.\nHint: Think of a."), ("c", "not yet.\nIt isn't c.\nHint: Think of c."),
    ("d", 'not yet.\nExpected one of the letters a, b, c, got \'d\'.\nHint: write one of them in quotes, as in "a".'),
    (2, 'not yet.\nExpected one of the letters a, b, c, got 2.\nHint: write one of them in quotes, as in "a".')])
def test_a_question_takes_a_letter_and_answers_each_wrong_one(monkeypatch, letter, text):
    monkeypatch.setitem(registered(), "99.q9", None)
    quiz("99.q9", right="b", learned="Well chosen.", a="Think of a.", c="Think of c.")
    assert repr(d2l.check("99.q9", letter)) == f"Question 99.q9: {text}"
