"""Grade a class: execute each submitted notebook apart from the others, and write a CSV and a summary.

`grade.py SUBMISSIONS [--out FOLDER] [--minutes 15] [--gigabytes 4] [--cell 300]`. A submission is a notebook, named
after the student, or a folder of notebooks with the student's name.

It runs with limits on its time and memory, in a folder of its own, and has no network if bubblewrap or unshare works
here. It still runs as you, and can read what you can; without bubblewrap (`apt-get install bubblewrap`) it can
delete it. Grade strangers in a container.
"""

import argparse
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from dask.system import CPU_COUNT
from tqdm import tqdm

from run_one import COURSE, HERE, course_notebook
from summary import summarize

FIELDS = ["student", "notebook", "exercise", "verdict", "hint", "seconds"]


def works(command):
    return shutil.which(command[0]) and subprocess.run([*command, "true"], capture_output=True).returncode == 0


def isolation():
    """Return the strictest command at hand that runs another one apart, and, as a clause, from what."""
    bubblewrap = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-net", "--unshare-pid",
                  "--die-with-parent"]
    for command, what in ((bubblewrap, "they had no network, and could write nowhere but in a folder of their own"),
                          (["unshare", "--net"], "they had no network"),
                          (["unshare", "--map-root-user", "--net"], "they had no network")):
        if works(command):
            return command, what
    return [], "nothing kept them from your files and the network: neither bubblewrap nor unshare works here"


def visible(folder, pattern):
    """Return what matches in a folder, in order, without what Jupyter and the system hide beside a student's files."""
    return sorted(path for path in folder.glob(pattern)
                  if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def find(folder):
    """Yield all submissions: a student's name and a file, or a folder without a notebook."""
    for path in visible(folder, "*"):
        if path.is_dir():
            notebooks = [inner for inner in visible(path, "**/*.ipynb") if inner.is_file()]
            yield from ((path.name, inner) for inner in notebooks or [path])
        else:
            yield path.stem, path


def unreadable(path):
    """Say why a file can't be executed as one of the course's notebooks; nothing if it can."""
    if path.is_dir():
        return "holds no notebook"
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        return "" if course_notebook(notebook.cells) else "is none of the course's notebooks"
    except Exception as error:  # nbformat has a dozen kinds
        return f"is no notebook: {str(error).splitlines()[0][:80] if str(error) else type(error).__name__}"


def execute(path, command, options):
    """Run one submission in a copy of its own, and return what `run_one.py` says of it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "notebooks"
        shutil.copytree(COURSE, copy, ignore=shutil.ignore_patterns("*.ipynb", "*.png", ".*"))
        shutil.copy(path, copy / "submission.ipynb")
        writable = ["--bind", folder, folder] if command[:1] == ["bwrap"] else []
        environment = os.environ | {"OMP_NUM_THREADS": "1", "TMPDIR": folder, "JUPYTER_RUNTIME_DIR": folder,
                                    "IPYTHONDIR": folder, "MPLCONFIGDIR": folder}
        process = subprocess.Popen(
            [*command, *writable, sys.executable, HERE / "run_one.py", "submission.ipynb", str(options.gigabytes),
             str(options.cell)], cwd=copy, env=environment, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            said, complaint = process.communicate(timeout=60 * options.minutes)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return {"verdicts": {}, "troubles": [f"hangs: stopped after {options.minutes:g} minutes"], "seconds": 0}
    try:
        return json.loads(said.splitlines()[-1])
    except (IndexError, ValueError):
        last = (complaint.strip().splitlines() or ["without a word"])[-1]
        return {"verdicts": {}, "troubles": [f"crashes: {last[:120]}"], "seconds": 0}


def rows(student, path, command, options):
    """Return the rows of one submission: one for each exercise, and one for each trouble."""
    trouble = unreadable(path)
    result = {"verdicts": {}, "troubles": [trouble], "seconds": 0} if trouble else execute(path, command, options)
    shared = {"student": student, "notebook": path.name}
    return [shared | {"exercise": "", "verdict": trouble, "hint": "", "seconds": result["seconds"]}
            for trouble in result["troubles"]] + \
           [shared | {"exercise": number} | found for number, found in result["verdicts"].items()]


def grade(options):
    """Grade all submissions, two at a time on two cores, and return their rows."""
    command, kept_from = isolation()
    submissions = list(find(options.submissions))
    with ThreadPoolExecutor(CPU_COUNT) as pool:
        graded = pool.map(lambda one: rows(*one, command, options), submissions)
        found = [row for some in tqdm(graded, total=len(submissions), unit=" notebooks") for row in some]
    return found, kept_from


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("submissions", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "build" / "grades")
    parser.add_argument("--minutes", type=float, default=15, help="for a whole notebook")
    parser.add_argument("--gigabytes", type=float, default=4, help="of memory, for the kernel")
    parser.add_argument("--cell", type=int, default=300, help="seconds for one cell")
    options = parser.parse_args()
    if not options.submissions.is_dir():
        sys.exit(f"{options.submissions} is no folder. Give the folder that holds the submissions: a notebook for each "
                 "student, or a folder for each.")
    found, kept_from = grade(options)
    options.out.mkdir(parents=True, exist_ok=True)
    with open(options.out / "grades.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(found)
    (options.out / "summary.md").write_text(summarize(found, kept_from), encoding="utf-8")
    print(f"The grades are in {options.out}/grades.csv, a summary in summary.md beside it.")


if __name__ == "__main__":
    main()
