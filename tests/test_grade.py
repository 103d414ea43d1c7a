"""`make grade` judges a class, whatever is handed in: each gets its row, and the others go on."""

import csv
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from exercise_cells import ANSWER, NOTEBOOKS, SOLUTION, exercises, questions, read
from wrong_answers import WRONG_ANSWERS

ROOT = NOTEBOOKS[0].parent.parent
GRADE = [sys.executable, ROOT / "grading" / "grade.py"]
(NOTEBOOK,) = [path for path in NOTEBOOKS if path.stem.startswith("02")]
IMPORTS = "import d2l_utils as d2l\nimport mxnet as mx\nimport numpy as np\nfrom mxnet import autograd, gluon, init, nd"
LOSS = "loss = gluon.loss.SoftmaxCrossEntropyLoss()"


def submission(solved, *first, last=""):
    """Return a notebook whose exercises are solved, or not, with other code before and after them."""
    cells = [new_code_cell(source) for source in (IMPORTS, LOSS, *first)]
    for _, stub, check, *_, solution in exercises(read(NOTEBOOK)):
        cells += [new_code_cell(SOLUTION.fullmatch(solution.source)[1] if solved else stub.source),
                  new_code_cell(check.source)]
    for _, quiz, answer in questions(read(NOTEBOOK)):
        letter = f'"{ANSWER.fullmatch(answer.source)[1]}"'
        cells.append(new_code_cell(quiz.source.replace("...", letter if solved else "...")))
    return new_notebook(cells=[*cells, new_code_cell(last)])


def mistaken(number, misconception):
    """Return a submission with one exercise answered wrong, as `wrong_answers` has it, and the others solved."""
    notebook = submission(True)
    (place,) = [i for i, cell in enumerate(notebook.cells) if f'"{number}"' in cell.source]
    notebook.cells[place - 1].source = WRONG_ANSWERS[number][misconception].code
    return notebook


TROUBLES = {  # what is handed in, and what its row has to say
    "crashes": (submission(True, "import os\nos.kill(os.getpid(), 11)"), "crashes: its kernel died"),
    "hangs": (submission(True, "while True:\n    pass"), "hangs: a cell ran for more than 10 seconds"),
    # Asleep: computing for a minute, it would take a core from the other tests.
    "hangs for good": (submission(True, "import time\nwhile True:\n    try:\n        time.sleep(1)\n"
                                        "    except BaseException:\n        pass"), "hangs: stopped after 1 minutes"),
    "prints": (submission(True, "for _ in range(1000):\n    print('x' * 1_000_000)"), "prints too much: "),
    "fills memory": (submission(True, last="hoard = [bytearray(2**30) for _ in range(64)]\nprint(len(hoard))"), ""),
    "deletes": (submission(True, "import os\nos.remove('data/seeds.csv')"), "deletes files: data/seeds.csv"),
    "reads": (submission(True, "from pathlib import Path\nfolder = Path(d2l.__file__).parent / 'exercises'\n"
                               "text = (folder / 'notebook_02.py').read_text()"), "opens a file with answers"),
    "imports": (submission(True, "import d2l_utils.exercises.notebook_02"), "reads the answers"),
    "replaces": (submission(False, "d2l.check = lambda *answer: 'Exercise 02.1: correct.'"), "replaces d2l.check"),
    "another": (new_notebook(cells=[new_code_cell("print('hello')")]), "is none of the course's notebooks"),
}


def leave_behind(folder, *names):
    """Put into a folder what no student handed in."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("no notebook")


def grade(handed_in, out, *options):
    """Grade what was handed in; return the rows and the summary."""
    done = subprocess.run([*GRADE, handed_in, "--out", out, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with open(out / "grades.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file)), (out / "summary.md").read_text(encoding="utf-8")


HIDDEN = (".DS_Store", ".ipynb_checkpoints/perfect-checkpoint.ipynb")  # by a Mac, and by Jupyter


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The rows and the summary of a class of 20: seven who did well or made a mistake, and thirteen troubles."""
    folder = tmp_path_factory.mktemp("class")
    handed_in = folder / "submissions"
    handed_in.mkdir()
    good = {"perfect": submission(True), "nothing done": submission(False), "twins": mistaken("02.1", 0),
            "twin": mistaken("02.1", 0), "scale": mistaken("02.3", 0),
            "errs": submission(True, "1 / 0"),
            "online": submission(True, "from urllib.request import urlopen\nurlopen('http://1.1.1.1', timeout=5)")}
    for name, notebook in (good | {name: notebook for name, (notebook, _) in TROUBLES.items()}).items():
        nbformat.write(notebook, handed_in / f"{name}.ipynb")
    (handed_in / "a letter.txt").write_text("Dear teacher, the dog ate my notebook.")
    (handed_in / "half a file.ipynb").write_text((handed_in / "perfect.ipynb").read_text()[:400])
    (handed_in / "folder").mkdir()
    shutil.copy(handed_in / "perfect.ipynb", handed_in / "folder" / NOTEBOOK.name)
    assert len(list(handed_in.iterdir())) == 20
    leave_behind(handed_in, *HIDDEN)
    leave_behind(handed_in / "folder", *HIDDEN, "data/seeds.csv", "predictions.png")
    return grade(handed_in, folder / "grades", "--cell", "10", "--minutes", "1", "--gigabytes", "3")


def of(rows, student, whole=False):
    """Return the verdicts on a student's answers, or with `whole` those on the notebook."""
    return [row["verdict"] for row in rows if row["student"] == student and (not row["exercise"]) == whole]


ALL = len(exercises(read(NOTEBOOK))) + len(questions(read(NOTEBOOK)))


@pytest.mark.parametrize("student", ["perfect", "folder", "errs", "online"])
def test_right_answers_are_correct_whatever_else_a_notebook_does(graded, student):
    assert of(graded[0], student) == ["correct"] * ALL and of(graded[0], student, whole=True) == []


def test_no_answer_is_not_attempted(graded):
    assert of(graded[0], "nothing done") == ["not attempted yet"] * ALL


@pytest.mark.parametrize("student, number", [("twin", "02.1"), ("twins", "02.1"), ("scale", "02.3")])
def test_a_wrong_answer_gets_the_hint_that_it_gets_in_the_notebook(graded, student, number):
    (row,) = [row for row in graded[0] if row["student"] == student and row["verdict"] != "correct"]
    assert (row["exercise"], row["verdict"]) == (number, "not yet") and WRONG_ANSWERS[number][0].hint in row["hint"]


@pytest.mark.parametrize("name", [name for name, (_, says) in TROUBLES.items() if says])
def test_trouble_has_a_row_that_says_so(graded, name):
    assert any(TROUBLES[name][1] in verdict for verdict in of(graded[0], name, whole=True)), of(graded[0], name, True)


@pytest.mark.parametrize("name", ["a letter", "half a file"])
def test_what_is_no_notebook_has_a_row_that_says_so(graded, name):
    assert len(of(graded[0], name, whole=True)) == 1 and "is no notebook" in of(graded[0], name, whole=True)[0]


def test_memory_is_limited_and_what_was_answered_before_counts(graded):
    assert of(graded[0], "fills memory") == ["correct"] * ALL


def test_a_replaced_check_changes_no_verdict(graded):
    assert of(graded[0], "replaces") == ["not attempted yet"] * ALL


def test_the_summary_names_the_commonest_mistake_first_and_every_trouble(graded):
    rows, summary = graded
    mistakes = summary.partition("## Where they went wrong\n\n")[2].splitlines()
    assert mistakes[0].startswith("- 02.1, 2 of the class: ") and WRONG_ANSWERS["02.1"][0].hint in mistakes[0]
    for row in rows:
        assert row["exercise"] or f"- {row['student']}, {row['notebook']}: {row['verdict']}" in summary
    assert "20 students" in summary
    assert "While the submissions ran, " in summary and "whoever sets out to deceive it can" in summary


def test_a_folder_without_a_notebook_has_a_row_and_one_in_a_folder_is_found(tmp_path):
    leave_behind(tmp_path / ".of a teacher" / "class", *HIDDEN, "ann/notes.txt", "bob/unpacked/notebooks/02.ipynb")
    found, _ = grade(tmp_path / ".of a teacher" / "class", tmp_path / "grades")
    rows = [(row["student"], row["notebook"], row["verdict"]) for row in found]
    assert rows[0] == ("ann", "ann", "holds no notebook") and rows[1][:2] == ("bob", "02.ipynb") and len(rows) == 2


def test_a_folder_that_is_none_is_one_sentence(tmp_path):
    done = subprocess.run([*GRADE, tmp_path / "nowhere"], capture_output=True, text=True)
    assert done.returncode == 1 and "is no folder. Give the folder that holds the submissions" in done.stderr
    assert "Traceback" not in done.stderr
