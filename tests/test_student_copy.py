"""`make student` makes a copy for a class: all of the notebooks but their outputs and solutions."""

import re

import nbformat
import pytest

from exercise_cells import NOTEBOOKS, every_notebook, kind_of, read
from front_door import make

ROOT = NOTEBOOKS[0].parent.parent


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """The copy that `make student` makes, with this Python's own tools."""
    folder = tmp_path_factory.mktemp("student")
    make("student", f"STUDENT={folder}", check=True, capture_output=True)
    return folder


def test_the_students_copy_has_every_file_but_the_teachers(student):
    assert {path.name for path in student.iterdir()} == {
        path.name for path in (ROOT / "notebooks").iterdir() if not path.name.startswith((".", "__"))} - {"teaching.md"}


@every_notebook
def test_the_students_copy_has_no_solution_and_no_output(student, path):
    notebook = nbformat.read(student / path.name, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert "<details>" not in cell.source and "Solution" not in cell.source, cell.source
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None


@every_notebook
def test_the_students_copy_keeps_all_else(student, path):
    def rest(path):
        return [(cell.cell_type, cell.id, cell.source) for cell in read(path) if kind_of(cell) != "solution"]

    assert rest(student / path.name) == rest(path)
    for cell in read(student / path.name):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", cell.source) if cell.cell_type == "markdown" else []:
            assert (student / target).exists(), target
