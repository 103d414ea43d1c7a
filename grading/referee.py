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
_opened, _verdict = [], check.__code__


def _listen(event, arguments):
    if event == "open" and ANSWERS.search(str(arguments[0])):
        _opened.append(Path(str(arguments[0])).name)


class _Short:
    """A stream on which the write that is too much fails; what comes later is dropped: it would choke the kernel."""

    most, printed = 0, 0  # characters, on all such streams together

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text):
        before = _Short.printed
        _Short.printed += len(text)
        if before <= self.most < _Short.printed:
            raise RuntimeError(f"The notebook prints more than {self.most:,} characters.")
        return self._stream.write(text) if _Short.printed <= self.most else len(text)


def start(most_printed):
    """Begin to listen, and to count what is printed; called in a cell before the submission's first."""
    sys.addaudithook(_listen)
    _Short.most = most_printed
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
    if _Short.printed > _Short.most:
        found.append(f"prints too much: {_Short.printed:,} characters, of which {_Short.most:,} are kept")
    display({TYPE: found}, raw=True)
