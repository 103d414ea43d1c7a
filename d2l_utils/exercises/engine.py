"""The exercises' engine: it calls a student's function on a check's inputs, and says in a few lines what came of it.

It knows no exercise. Those are in `notebook_00.py` and so on, a function each, registered under the exercise's number.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mxnet import autograd, nd

from ..errors import lines_of_main
from .values import close_mistake, difference, numbers, same, show

EXERCISES = {}  # from its number to the exercise


class Exercise(NamedTuple):
    """How an answer is checked, and the sentence that a correct one earns."""

    check: Callable
    learned: str


class Got(NamedTuple):
    """What a student's function returned, and how it was called, as a reader would write it."""

    call: str
    value: object


class NotAttempted(Exception):
    """The stub is still a stub; the message says what to do with it."""

    def __init__(self, advice="Replace the ... above, run that cell, then this one."):
        super().__init__(f"\n{advice}")


class NotYet(Exception):
    """An answer is wrong; the message says where."""

    def __init__(self, finding, hint):
        super().__init__(f"\n{finding}\nHint: {hint}")


class Student:
    """A student's function: calling it gives a `Got`, or ends the check with a sentence."""

    def __init__(self, function):
        if function is ...:
            raise NotAttempted
        if not callable(function):
            raise NotYet(f"Expected a function, got {show(function)}.",
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
            raise NotYet(f"{call} stops with {reason(error)}", "call your function yourself, and print what each "
                         "of its lines has to work with: shapes, types, lengths.") from None
        if any(item is ... for item in (value if isinstance(value, (list, tuple)) else [value])):
            raise NotAttempted
        if value is None:
            raise NotYet(f"{call} returns nothing.",
                         "let each way through the function end with return and the result.")
        return Got(call, value)


def reason(error):
    """Put a student's exception and the line at fault into one sentence."""
    lines = str(error).strip().splitlines() or [""]
    message = lines[-1] if lines[0].startswith("Traceback") else lines[0]  # MXNet puts a traceback of its own first
    message = message.removeprefix("MXNetError: ").removeprefix("Check failed: ")
    where = lines_of_main(error.__traceback__)
    return f"{type(error).__name__}: {message or 'no message'}" + (f", in your {where[-1]}" if where else "")


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
    value = numbers(got.value)
    if not same(value, numbers(expected)):
        hint = next((its_hint for mistake, its_hint in mistakes
                     if same(value, numbers(mistake), close_mistake)), hint)
        raise NotYet(f"For {got.call}, {difference(got.value, expected)}.", hint)


def slope(student, X, *arguments):
    """Return the gradient of the sum of what a student's function returns, with respect to its first argument."""
    X = nd.array(X)
    X.attach_grad()
    with autograd.record():
        got = student(X, *arguments)
    try:
        got.value.backward()
    except Exception:  # not an NDArray, or one that autograd hasn't seen being made
        raise NotYet(f"The result of {got.call} has no gradient.",
                     "stay with nd and the operators of its arrays: autograd can't follow values into NumPy or "
                     "Python numbers.") from None
    return Got(f"the slope of {got.call}", X.grad)


def exercise(number, learned):
    """Register a function as the check of an exercise; `learned` is the sentence that a correct answer earns."""
    def register(function):
        EXERCISES[number] = Exercise(lambda answer: function(Student(answer)), learned)
        return function
    return register


def quiz(number, right, learned, **wrong):
    """Register a question with answers to choose from.

    Parameters
    ----------
    number : str
        The notebook, and the question's number there, as in "03.q1".
    right : str
        The letter of the right answer.
    learned : str
        The sentence that it earns.
    **wrong : str
        For each other letter, what to think over.
    """
    letters = sorted([right, *wrong])

    def choose(letter):
        if isinstance(letter, str):
            letter = letter.strip().lower()
        if letter is ...:
            raise NotAttempted('Put a letter in the place of the ..., as in "a".')
        if letter not in letters:
            raise NotYet(f"Expected one of the letters {', '.join(letters)}, got {show(letter)}.",
                         'write one of them in quotes, as in "a".')
        if letter != right:
            raise NotYet(f"It isn't {letter}.", wrong[letter])

    EXERCISES[number] = Exercise(choose, learned)
