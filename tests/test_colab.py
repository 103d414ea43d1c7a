"""The notebooks for Colab: each brings the course, leads to the others there, and runs with what Colab has."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def make_colab(repository):
    """Run `make colab`'s program for a repository; return what it said and where it wrote."""
    environment = os.environ | {"COURSE_REPOSITORY": repository}
    command = [sys.executable, ROOT / "pages" / "colab.py"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    return done, ROOT / "build" / "colab"


def test_without_a_repository_one_sentence_says_what_to_set():
    done, _ = make_colab("")
    assert done.returncode == 1 and "COURSE_REPOSITORY=https://github.com/you/course make colab" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_each_notebook_installs_the_course_and_every_link_leads_somewhere():
    done, folder = make_colab("https://github.com/you/course")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.glob("*.ipynb")) == NOTEBOOKS
    for name in NOTEBOOKS:
        first, *cells = nbformat.read(folder / name, as_version=4).cells
        assert "git clone --quiet --depth 1 https://github.com/you/course course" in first.source
        assert "--no-deps mxnet==1.9.1 d2l==1.0.3 .." in first.source
        targets = [target for cell in cells if cell.cell_type == "markdown"
                   for target in re.findall(r"\]\(([^)\s]+)", cell.source)]
        assert all(re.match("https?:|#|attachment:", target) for target in targets), targets
        assert all("/course/blob/colab/" in target for target in targets if target.endswith(".ipynb"))


def python_of_colab():
    """A Python of Colab's version, on this machine's path or where pyenv keeps them."""
    for folder in [*os.get_exec_path(), *map(str, Path.home().glob(".pyenv/versions/3.12*/bin"))]:
        program = Path(folder) / "python3.12"
        if program.is_file() and subprocess.run([program, "-c", ""], capture_output=True).returncode == 0:
            return program
    pytest.skip("no Python 3.12 here, which Colab has")


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """An environment with the packages that Colab has, and none of the course's own."""
    base = python_of_colab()
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the course has no history, so it can't be cloned")
    folder = tmp_path_factory.mktemp("colab")
    python = folder / "env" / "bin" / "python"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    for command in ([*uv, "venv", "--python", base, folder / "env"],
                    [*uv, "pip", "install", "--python", python, "-r", ROOT / "tests" / "colab.txt"],
                    [python, "-m", "ipykernel", "install", "--prefix", folder / "env", "--name", "colab"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if "client error (Connect)" in done.stderr:
            pytest.skip("no network here, which brings the packages that Colab has")
        assert done.returncode == 0, done.stderr
    return python.parent


def printed(cell):
    """All that a cell printed, in however many pieces."""
    return "".join(output.get("text", "") for output in cell.get("outputs", []))


def test_a_notebook_runs_there_from_its_first_cell_to_its_last(colab, tmp_path, monkeypatch):
    """The course is cloned from this checkout; what is printed but for the install is what is saved."""
    done, folder = make_colab(f"file://{ROOT}")
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(folder / "02_initialize_parameters.ipynb", as_version=4)
    saved = [printed(cell) for cell in notebook.cells]
    varies = [index for index, cell in enumerate(notebook.cells)
              if "nbval-ignore-output" in cell.metadata.get("tags", [])]

    monkeypatch.setenv("JUPYTER_PATH", str(colab.parent / "share" / "jupyter"))
    monkeypatch.setenv("PATH", f"{colab}{os.pathsep}{os.environ['PATH']}")
    NotebookClient(notebook, kernel_name="colab", timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    for index, cell in enumerate(notebook.cells[1:], 1):
        if index not in varies:
            assert printed(cell) == saved[index]
