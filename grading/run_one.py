"""Execute one submission in a clean kernel, and print what came of its exercises as JSON: `run_one.py NOTEBOOK LIMITS`.

The submission's own cells run as they are, with the course's d2l_utils and data. Only its check cells are ours.
"""

import ast
import json
import os
import re
import resource
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent / "notebooks"
TYPE = "application/vnd.verdict+json"
MOST_PRINTED = 1_000_000  # characters; the course's notebooks print less than a tenth of that


class Client(NotebookClient):
    """Executes a notebook, and keeps no more of what it prints than memory is meant for.

    What Python prints, the referee stops where it is printed; what other programs print comes to here.
    """

    printed = 0

    def output(self, outs, msg, display_id, cell_index):
        if msg["msg_type"] == "stream":
            self.printed += len(msg["content"]["text"])
            if self.printed > MOST_PRINTED:
                return None
        return super().output(outs, msg, display_id, cell_index)


def checks(cells):
    """Yield each check of a notebook: its place, the exercise's number, and the answer's code."""
    for place, cell in enumerate(cells):
        if cell.cell_type == "code" and (found := re.match(r'\s*d2l\.check\(\s*["\'](\d\d\.q?\d)["\']', cell.source)):
            try:
                call = ast.parse(cell.source.strip()).body[0].value
                yield place, found[1], ast.unparse(call.args[1])
            except (SyntaxError, AttributeError, IndexError):
                yield place, found[1], ""


def course_notebook(cells):
    """Return the path of the course's notebook that a submission is a copy of, or None."""
    numbers = [number[:2] for _, number, _ in checks(cells)]
    names = {path.stem[:2]: path for path in COURSE.glob("[0-9][0-9]_*.ipynb")}
    return names.get(max(set(numbers), key=numbers.count)) if numbers else None


def program(cells, ours):
    """Return the cells to run: the submission's code with our checks for its own, and those by exercise."""
    expected = {number: answer for _, number, answer in checks(ours)}
    theirs = {place: (number, answer) for place, number, answer in checks(cells) if number in expected}
    last = {number: place for place, (number, _) in theirs.items()}  # who tries twice is judged by the second
    answers = expected | {number: theirs[place][1] or expected[number] for number, place in last.items()}
    judged = {number: new_code_cell(f"__import__('referee').judge({number!r}, lambda: {answer})")
              for number, answer in answers.items()}
    run = [new_code_cell(f"__import__('referee').start({MOST_PRINTED})")]
    for place, cell in enumerate(cells):
        if place not in theirs and cell.cell_type == "code":
            run.append(new_code_cell(cell.source))
        elif place in last.values():
            run.append(judged[theirs[place][0]])
    run += [judged[number] for number in expected if number not in last]
    run.append(new_code_cell("__import__('referee').report()"))
    return run, judged


def peeks(cells):
    """Tell whether a submission's code names the module with the checks."""
    return any(re.search(r"d2l_utils[./]exercises|\bd2l\.exercises|d2l_utils import exercises", cell.source)
               for cell in cells if cell.cell_type == "code")


def shown(cell):
    """Return the data that our own cell displayed, or None."""
    return next((output.data[TYPE] for output in cell.outputs if TYPE in output.get("data", {})), None)


def run(cells, seconds_a_cell):
    """Run cells one after another, whatever one does, and return the troubles that stand for the whole notebook."""
    troubles = []

    def note(cell, cell_index, execute_reply):
        error = execute_reply["content"]
        if error["ename"] == "Timeout":
            troubles.append(f"hangs: a cell ran for more than {seconds_a_cell} seconds")
        elif cell_index in (0, len(cells) - 1):
            troubles.append(f"keeps the grading from its work: {error['ename']}: {error['evalue']}")

    manager = AsyncKernelManager(kernel_name="python3", transport="ipc")  # needs no network, not even a loopback
    client = Client(new_notebook(cells=cells), km=manager, timeout=seconds_a_cell, interrupt_on_timeout=True,
                    allow_errors=True, on_cell_error=note, error_on_timeout={"ename": "Timeout", "evalue": ""})
    try:
        client.execute(env=os.environ | {"PYTHONPATH": str(HERE)})
    except DeadKernelError:
        troubles.append("crashes: its kernel died, out of memory or by a fault")
    if client.printed > MOST_PRINTED:
        troubles.append(f"prints too much: {client.printed:,} characters, of which {MOST_PRINTED:,} are kept")
    return troubles


def files():
    """Return the names of all that is in this folder and below."""
    return {str(path) for path in Path().rglob("*")}


def main(path, gigabytes, seconds_a_cell):
    limit = int(float(gigabytes) * 2**30)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**28, 2**28))
    cells = nbformat.read(path, as_version=4).cells
    ours = nbformat.read(course_notebook(cells), as_version=4).cells
    cells, judged = program(cells, ours)
    before, began = files(), time.perf_counter()
    troubles = run(cells, int(seconds_a_cell))
    if missing := before - files():
        troubles.append(f"deletes files: {', '.join(sorted(missing)[:3])}")
    if peeks(cells[1:-1]):
        troubles.append("reads the answers: its code names the module with the checks")
    troubles += shown(cells[-1]) or []
    nothing = {"verdict": "not reached", "hint": "", "seconds": 0}
    print(json.dumps({"verdicts": {number: shown(cell) or nothing for number, cell in judged.items()},
                      "troubles": list(dict.fromkeys(troubles)), "seconds": round(time.perf_counter() - began)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
