"""The exercises' engine: runs a student's function on inputs of its own, and says in a few lines what came of it.

It knows no exercise; those are in `exercises.py`, each a function that is registered under its number.
"""

import contextlib
import importlib
import inspect
import random
import warnings
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from mxnet import autograd, nd

from .errors import ArgumentTypeError, ArgumentValueError, lines_of_main

_EXERCISES = {}  # number to (what checks it, what a correct answer has shown)
_WIDEST = 100  # characters of a value that is shown in full


class Result(NamedTuple):
    """What `check` says of an answer; a notebook shows it as its text."""

    number: str
    verdict: str  # "not attempted yet", "not yet" or "correct"
    details: str  # begins with the white space that parts it from the verdict

    def __repr__(self):
        return f"Exercise {self.number}: {self.verdict}.{self.details}"


class Got(NamedTuple):
    """What a student's function returned, and how it was called, as a reader would write it."""

    call: str
    value: object


class _NotAttempted(Exception):
    """The stub is still a stub."""


class _NotYet(Exception):
    """An answer is wrong; the message says where."""

    def __init__(self, finding, hint):
        super().__init__(f"\n{finding}\nHint: {hint}")


class _Student:
    """A student's function: calling it gives a `Got`, or ends the check with a sentence."""

    def __init__(self, function):
        if function is ...:
            raise _NotAttempted
        if not callable(function):
            raise _NotYet(f"Expected a function, got {show(function)}.",
                          "hand over the function itself, its name without parentheses.")
        self.function = function

    def __call__(self, *arguments):
        call = f"{show(self.function)}({', '.join(map(show, arguments))})"  # before the function can change them
        try:
            value = self.function(*arguments)
            if isinstance(value, Iterator):
                value = list(value)
            if isinstance(value, nd.NDArray):
                value.wait_to_read()  # where MXNet computes in the background, its errors come only now
        except Exception as error:
            raise _NotYet(f"{call} stops with {_reason(error)}", "call your function yourself, and print what each "
                          "of its lines has to work with: shapes, types, lengths.") from None
        if any(item is ... for item in (value if isinstance(value, (list, tuple)) else [value])):
            raise _NotAttempted
        if value is None:
            raise _NotYet(f"{call} returns nothing.", "end the function with return and the result.")
        return Got(call, value)


def _reason(error):
    """Put a student's exception and the line at fault into one sentence."""
    lines = str(error).strip().splitlines() or [""]
    message = lines[-1] if lines[0].startswith("Traceback") else lines[0]  # MXNet puts a traceback of its own first
    message = message.removeprefix("MXNetError: ").removeprefix("Check failed: ")
    where = lines_of_main(error.__traceback__)
    return f"{type(error).__name__}: {message or 'no message'}" + (f", in your {where[-1]}" if where else "")


def show(value):
    """Write a value as a reader would: short ones in full, with five digits; of long ones, what they are."""
    if isinstance(value, nd.NDArray):
        value = value.asnumpy()
    if isinstance(value, (np.ndarray, np.generic)):
        text = show(value.tolist()) if value.size <= _WIDEST else "<"
        return f"<array {value.shape}>" if "<" in text else text
    if isinstance(value, (list, tuple)):
        text = ", ".join(map(show, value[:_WIDEST]))
        text = f"[{text}]" if isinstance(value, list) else f"({text}{',' * (len(value) == 1)})"
        return text if len(text) <= _WIDEST else f"<{len(value)} values>"
    if isinstance(value, float):
        value += 0.0  # shows -0.0 as 0
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e9 else f"{value:.5g}"
    if inspect.isroutine(value) or inspect.isclass(value):
        return getattr(value, "__name__", "your function").replace("<lambda>", "your function")
    text = repr(value)
    return text if len(text) <= _WIDEST and " at 0x" not in text else f"<{type(value).__name__}>"


def _numbers(value):
    """Return NDArrays, arrays, numbers and lists of them as float64: one array, a list if shapes differ, else None."""
    if isinstance(value, nd.NDArray):
        value = value.asnumpy()[0] if value.shape == (1,) else value.asnumpy()  # MXNet has no scalars
    if isinstance(value, (list, tuple)):
        parts = [_numbers(part) for part in value]
        if any(part is None for part in parts):
            return None
        uniform = not any(isinstance(part, list) for part in parts) and len({part.shape for part in parts}) <= 1
        return np.array(parts, np.float64) if uniform else parts
    if isinstance(value, (np.ndarray, np.generic, int, float)):
        with contextlib.suppress(TypeError, ValueError):
            return np.asarray(value, np.float64)
    return None


def _close(value, expected):
    """Tell for each entry whether it is right: to float32's accuracy, and for a whole number not the one beside it."""
    difference = abs(value - expected)
    return (difference <= 1e-6 + 1e-4 * abs(expected)) & ((difference < 1e-3) | (expected % 1 != 0))


def _same(value, expected, close=_close):
    """Tell whether two results of `_numbers` agree; where both are one number, its shape doesn't count."""
    if not (isinstance(value, np.ndarray) and isinstance(expected, np.ndarray)):
        lists = isinstance(value, list) and isinstance(expected, list) and len(value) == len(expected)
        return lists and all(map(_same, value, expected))
    if value.size == expected.size == 1:
        value, expected = value.ravel(), expected.ravel()
    return value.shape == expected.shape and bool(close(value, expected).all())


def _close_mistake(value, mistake):
    """Like `_close`, for the value of a misconception: it may be infinite or NaN, and then what is so too equals it."""
    as_odd = (value == mistake) | (np.isnan(value) & np.isnan(mistake))
    return np.where(np.isfinite(mistake), _close(value, mistake), as_odd)


def _difference(got, expected):
    """Say what was expected and what came back: in full if that is short, else the shapes or the first wrong value."""
    texts = show(expected), show(got)
    if any("<" in text for text in texts):
        got, expected = _numbers(got), _numbers(expected)
        if isinstance(got, list) and isinstance(expected, list) and len(got) == len(expected):
            index = list(map(_same, got, expected)).index(False)
            return f"in array {index} {_difference(got[index], expected[index])}"
        if isinstance(got, np.ndarray) and isinstance(expected, np.ndarray):
            texts = f"shape {expected.shape}", f"shape {got.shape}"
            if got.shape == expected.shape:
                where = tuple(np.argwhere(~_close(got, expected))[0])
                texts = f"{show(expected[where])} at {show(list(map(int, where)))}", show(got[where])
    return "expected {}, got {}".format(*texts)


def expect(got, expected, hint, mistakes=()):
    """End the check unless a value is the expected one.

    Parameters
    ----------
    got : Got
        What the student's function returned: an NDArray, a NumPy array, a number, or a list of them.
    expected : array_like
        The right value; its shape counts, its type doesn't. NaN equals nothing.
    hint : str
        What to say of any wrong value.
    mistakes : iterable of (array_like, str)
        Values that known misconceptions lead to, each with the hint that takes it up.
    """
    value = _numbers(got.value)
    if not _same(value, _numbers(expected)):
        hint = next((its_hint for mistake, its_hint in mistakes
                     if _same(value, _numbers(mistake), _close_mistake)), hint)
        raise _NotYet(f"For {got.call}, {_difference(got.value, expected)}.", hint)


def slope(student, X, *arguments):
    """Return the gradient of the sum of what a student's function returns, with respect to its first argument."""
    X = nd.array(X)
    X.attach_grad()
    with autograd.record():
        got = student(X, *arguments)
    try:
        got.value.backward()
    except Exception:  # not an NDArray, or one that autograd hasn't seen being made
        raise _NotYet(f"The result of {got.call} has no gradient.",
                      "stay with nd and the operators of its arrays: autograd can't follow values into NumPy or "
                      "Python numbers.") from None
    return Got(f"the slope of {got.call}", X.grad)


@contextlib.contextmanager
def _notebook_untouched():
    """Give back the generators and autograd's modes as they were, whatever a student's function does to them."""
    numpy_state, python_state = np.random.get_state(), random.getstate()
    modes = autograd.is_recording(), autograd.is_training()
    try:
        with autograd.pause(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(numpy_state)
        random.setstate(python_state)
        autograd.set_recording(modes[0])
        autograd.set_training(modes[1])


def exercise(number, learned):
    """Register a function as the check of an exercise; `learned` is the sentence that a correct answer earns."""
    def register(function):
        _EXERCISES[number] = function, learned
        return function
    return register


def registered():
    """Return the exercises by their numbers: what checks each, and what a correct answer has shown."""
    importlib.import_module("d2l_utils.exercises")  # they register themselves, and need this module to do it
    return _EXERCISES


def check(number, *answers):
    """Check the answer to an exercise; nothing in the notebook changes.

    Parameters
    ----------
    number : str
        Which exercise: the notebook and its number there, as in "03.2".
    answers : callable
        Your function, one and only one; the exercise says what it takes and returns.

    Returns
    -------
    Result
        Its text says whether the answer is correct, and if it isn't, for which input, and what to look at.

    Raises
    ------
    ArgumentValueError
        If there is no such exercise.
    ArgumentTypeError
        If there isn't exactly one answer.
    """
    if number not in registered():
        raise ArgumentValueError(f"There is no exercise {show(number)}; there are {', '.join(registered())}.")
    if len(answers) != 1:
        raise ArgumentTypeError(f'check takes the exercise\'s number and one answer, as in check("{number}", '
                                f"your_function), but it got {len(answers)} answers.")
    function, learned = registered()[number]
    try:
        with _notebook_untouched():
            function(_Student(answers[0]))
    except _NotAttempted:
        return Result(number, "not attempted yet", "\nReplace the ... above, run that cell, then this one.")
    except _NotYet as finding:
        return Result(number, "not yet", str(finding))
    except Exception as error:  # a result so different that looking at it fails
        finding = _NotYet(f"What your function returns can't be used: {_reason(error)}.",
                          "compare what it returns, its type and its shape, with what the exercise asks for.")
        return Result(number, "not yet", str(finding))
    return Result(number, "correct", f" {learned}")
