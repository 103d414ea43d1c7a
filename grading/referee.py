"""In the submission's kernel: check the answers there, and notice who tampers with the checks.

The course's own `check` is taken before the first of the student's cells runs, so what they do to `d2l.check` changes
no verdict. This keeps honest people honest: code that runs in the same process can do anything that Python can.
"""

import re
import sys
import time
from pathlib import Path

from IPython.display import display

import d2l_utils
from d2l_utils.exercises import check, registered

registered()  # all checks are read now; who opens them later is no part of the course
ANSWERS = re.compile(r"[/\\]d2l_utils[/\\]exercises[/\\]|\.ipynb$")
TYPE = "application/vnd.verdict+json"
MOST_PRINTED = 1_000_000  # characters; the course's notebooks print less than a tenth of that
_opened, _printed, _verdict = [], [0], check.__code__


def _listen(event, arguments):
    if event == "open" and ANSWERS.search(str(arguments[0])):
        _opened.append(Path(str(arguments[0])).name)


class _Short:
    """A stream on which the write that is too much fails; what comes later is dropped: it would choke the kernel."""

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text):
        before, _printed[0] = _printed[0], _printed[0] + len(text)
        if before <= MOST_PRINTED < _printed[0]:
            raise RuntimeError(f"The notebook prints more than {MOST_PRINTED:,} characters.")
        return self._stream.write(text) if _printed[0] <= MOST_PRINTED else len(text)


def start():
    """Begin to listen; called in a cell before the submission's first."""
    sys.addaudithook(_listen)
    sys.stdout, sys.stderr = _Short(sys.stdout), _Short(sys.stderr)


def judge(number, answer):
    """Show the verdict on one answer, a function that returns it, as data that only this cell's output has."""
    began = time.perf_counter()
    try:
        found = check(number, answer())
    except NameError as error:  # the cell that defines it is gone, or failed
        verdict, hint = "not there", str(error)
    else:
        verdict, hint = found.verdict, found.details.strip().rpartition("Hint: ")[2]
    seconds = round(time.perf_counter() - began, 2)
    display({TYPE: {"verdict": verdict, "hint": "" if verdict == "correct" else hint, "seconds": seconds}}, raw=True)


def report():
    """Show what was tampered with, in a cell after the submission's last."""
    found = [f"opens a file with answers, {name}" for name in sorted(set(_opened))]
    if d2l_utils.check is not check or check.__code__ is not _verdict:
        found.append("replaces d2l.check")
    if _printed[0] > MOST_PRINTED:
        found.append(f"prints too much: {_printed[0]:,} characters, of which {MOST_PRINTED:,} are kept")
    display({TYPE: found}, raw=True)
