"""The notebooks are saved as they were executed, stand alone, and agree with d2l_utils."""

import ast
import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import d2l_utils

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind=None):
    return [cell for cell in nbformat.read(path, as_version=4).cells if kind in (None, cell.cell_type)]


def tags(cell):
    return cell.metadata.get("tags", [])


def texts(path):
    """Yield all that a reader can read in a notebook: sources and printed outputs."""
    for cell in cells(path):
        yield cell.source
        for output in cell.get("outputs", []):
            yield output.get("text", "") + output.get("data", {}).get("text/plain", "")


@every_notebook
def test_cells_were_executed_once_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_no_output_is_an_error_or_a_warning(path):
    for cell in cells(path, "code"):
        for output in cell.outputs:
            assert output.output_type != "error" and output.get("name") != "stderr", cell.source


@every_notebook
def test_metadata_is_minimal(path):
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags", "mystnb", "slideshow"}, cell.source


@every_notebook
def test_no_path_of_a_machine_is_shown(path):
    for text in texts(path):
        assert not re.search(r"/(home|root|Users|tmp|work|opt|var)/\w", text), text


@every_notebook
def test_code_cells_are_short(path):
    for cell in cells(path, "code"):
        assert len(cell.source.splitlines()) <= 15, cell.source


def code_lines(cell):
    """The lines of a code cell, or of the fenced blocks in a Markdown cell."""
    blocks = [cell.source] if cell.cell_type == "code" else re.findall(r"```\w*\n(.*?)```", cell.source, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def printed_lines(cell):
    """The lines that a cell printed; a table is shown as one and wraps, so its text doesn't count."""
    for output in cell.get("outputs", []):
        if "text/html" not in output.get("data", {}):
            yield from (output.get("text", "") + output.get("data", {}).get("text/plain", "")).splitlines()


@every_notebook
def test_no_line_of_code_or_output_scrolls_sideways(path):
    """Code has 79 columns, as on a page and in JupyterLab at 1280 pixels; outputs 54, as many as a phone shows."""
    for cell in cells(path):
        assert [line for line in code_lines(cell) if len(line) > 79] == []
        assert [line for line in printed_lines(cell) if len(line) > 54] == []


@every_notebook
def test_a_comparison_is_printed_as_a_difference(path):
    """A reader who sees True must believe it; who sees how far two things are apart can judge."""
    for cell in cells(path, "code"):
        assert [line for line in printed_lines(cell) if re.search(r"\b(True|False)$", line)] == [], cell.source


@every_notebook
def test_links_lead_to_files_that_exist(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", cell.source):
            assert (path.parent / target).exists(), target


def test_every_map_of_the_course_says_what_the_notebooks_say():
    """README, the cover and notebook 00 list all notebooks, with the minutes that stand at each notebook's top."""
    minutes = {path.stem: re.search(r"· (\d+) minutes to read", cells(path)[0].source)[1] for path in NOTEBOOKS}
    first, folder = NOTEBOOKS[0], NOTEBOOKS[0].parent
    maps = {name: (folder / name).read_text(encoding="utf-8") for name in ("../README.md", "index.md")}
    maps["00"] = "\n".join(texts(first)) + f"\n[]({first.name}) | {minutes[first.stem]} |"
    for name, text in maps.items():
        rows = re.findall(r"\]\((?:notebooks/)?(\w+)\.ipynb\).*?\| (\d+) \|", text)
        assert dict(rows) == minutes, name


def test_every_word_of_the_glossary_is_linked_from_where_it_is_used():
    words = set(re.findall(r"^## (.+)$", (NOTEBOOKS[0].parent / "glossary.md").read_text(encoding="utf-8"), re.M))
    slugs = {re.sub(r"[^\w -]", "", word.lower()).replace(" ", "-") for word in words}
    linked = {anchor for path in NOTEBOOKS for cell in cells(path, "markdown")
              for anchor in re.findall(r"\]\(glossary\.md#([\w-]+)\)", cell.source)}
    assert linked == slugs


@every_notebook
def test_every_figure_has_an_alt_text_and_a_caption(path):
    everything = cells(path)
    for index, cell in enumerate(everything):
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
            assert len(cell.metadata.mystnb.image.alt) > 30, cell.source
            assert re.match(r"\*[^*]", everything[index + 1].source), f"no caption in italics after {cell.source}"


@every_notebook
def test_an_output_that_varies_is_held_by_an_assertion(path):
    waiting = None
    for cell in cells(path, "code"):
        if "nbval-ignore-output" in tags(cell):
            assert waiting is None, f"nothing is asserted of {waiting}"
            waiting = cell.source
        elif "assert " in cell.source:
            waiting = None
    assert waiting is None, f"nothing is asserted of {waiting}"


@every_notebook
def test_parts_of_a_notebook_are_all_there(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    parts = ["# ", "**You will be able to**", "> **In the lecture.**", "## Exercises", "### Exercise 1. ",
             "### Exercise 2. ", "## Summary", "Next: "]
    positions = [text.find(part) for part in parts]
    assert -1 not in positions and positions == sorted(positions), dict(zip(parts, positions))


def functions(source):
    """Return the functions that a source defines, by name, as syntax trees, without docstrings and guards around."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            if ast.get_docstring(node):
                node.body = node.body[1:]
            node.decorator_list = []
            found[node.name] = ast.dump(node)
    return found


def test_what_a_notebook_builds_is_what_d2l_utils_has():
    saved = {}
    for path in NOTEBOOKS:
        for cell in cells(path, "code"):
            if "saved" in tags(cell):
                saved |= functions(cell.source)
    assert {"init_params", "relu", "mlp", "train_epoch", "evaluate_accuracy"} <= set(saved)
    for name, tree in saved.items():
        assert functions(inspect.getsource(getattr(d2l_utils, name)))[name] == tree, f"{name} has drifted"


def test_a_changed_output_fails(tmp_path):
    """One altered digit in a saved output is one failure, and the only one."""
    (source,) = [path for path in NOTEBOOKS if path.stem.startswith("02")]
    text = source.read_text(encoding="utf-8")
    assert text.count("largest entry: 0.0441\\n") == 1
    (tmp_path / source.name).write_text(text.replace("entry: 0.0441\\n", "entry: 0.0442\\n"), encoding="utf-8")
    shutil.copytree(source.parent / "data", tmp_path / "data")
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q", source.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    passed = len(cells(source, "code")) - 1
    assert f"1 failed, {passed} passed" in done.stdout, done.stdout + done.stderr


def test_saved_files_are_what_make_notebooks_writes():
    """The JSON is laid out as nbformat lays it out, so that a diff shows what changed and nothing else."""
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n", path.name
