"""The form of a wrong answer."""

from typing import NamedTuple


class Wrong(NamedTuple):
    """A wrong answer; `code` takes the place of the stub."""

    misconception: str
    hint: str
    code: str


def body(signature):
    """Return what makes a wrong answer of a misconception, a hint and the body of a function with this signature."""
    def wrong(misconception, hint, *lines):
        return Wrong(misconception, hint, "\n    ".join([f"def {signature}:", *lines]))
    return wrong
