"""Exercises that answer at once: `check` runs a student's function on inputs of its own.

`engine.py` knows no exercise, and each `notebook_….py` holds those of one notebook.
"""

import contextlib
import random
import warnings
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

import numpy as np
from mxnet import autograd

from ..errors import ArgumentTypeError, ArgumentValueError
from .engine import EXERCISES, NotAttempted, NotYet, reason
from .values import show


class Result(NamedTuple):
    """What `check` says of an answer; a notebook shows it as its text."""

    number: str
    verdict: str  # "not attempted yet", "not yet" or "correct"
    details: str  # begins with the white space that parts it from the verdict

    def __repr__(self):
        kind = "Question" if "q" in self.number else "Exercise"
        return f"{kind} {self.number}: {self.verdict}.{self.details}"


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


@cache
def registered():
    """Return all exercises by their numbers."""
    for module in iter_modules(__path__):
        import_module(f".{module.name}", __name__)
    return EXERCISES


def check(number, *answers):
    """Check the answer to an exercise; nothing in the notebook changes.

    Parameters
    ----------
    number : str
        Which exercise: the notebook and its number there, as in "03.2", or for a question "03.q1".
    answers : callable or str
        Your function, one and only one; the exercise says what it takes and returns. To a question with answers to
        choose from, the letter of yours.

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
        raise ArgumentValueError(f"There is no exercise {show(number)}; there are {', '.join(sorted(registered()))}.")
    if len(answers) != 1:
        raise ArgumentTypeError(f'check takes the exercise\'s number and one answer, as in check("{number}", '
                                f"your_function), but it got {len(answers)} answers.")
    exercise = EXERCISES[number]
    try:
        with _notebook_untouched():
            exercise.check(answers[0])
    except NotAttempted as advice:
        return Result(number, "not attempted yet", str(advice))
    except NotYet as finding:
        return Result(number, "not yet", str(finding))
    except Exception as error:  # a result so different that looking at it fails
        finding = NotYet(f"What your function returns can't be used: {reason(error)}.",
                         "compare what it returns, its type and its shape, with what the exercise asks for.")
        return Result(number, "not yet", str(finding))
    return Result(number, "correct", f" {exercise.learned}")
