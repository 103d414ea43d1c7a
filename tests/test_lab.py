"""What a student sees who runs `make lab`: notebooks as they were saved, and nothing that asks a question."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from front_door import make

ROOT = Path(__file__).parent.parent
AS_SAVED, STUDENTS = "00_start_here", "04_model"  # one with outputs, one as `make student` writes it


@pytest.fixture(scope="module")
def course(chromium, tmp_path_factory):
    """A copy of the notebooks."""
    folder = tmp_path_factory.mktemp("course")
    make("student", f"STUDENT={folder}/notebooks", f"NOTEBOOKS=notebooks/{STUDENTS}.ipynb", check=True,
         capture_output=True)
    return folder


@pytest.fixture(scope="module")
def lab(course, tmp_path_factory):
    """The address of JupyterLab as `make lab` starts it, at the copy and with a home that is new to it."""
    home = tmp_path_factory.mktemp("home")
    flags = f"--no-browser --port 0 --ServerApp.port_retries=0 --IdentityProvider.token= --ServerApp.root_dir={course}"
    with (home / "log").open("w") as log:
        server = make("lab", f"ARGS={flags}", run=subprocess.Popen, stdout=log, stderr=log,
                      env=os.environ | {"HOME": str(home)}, start_new_session=True)
    try:
        yield answering_address(server, home / "log")
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # make, the server, and by it its kernels
        server.wait()


def answering_address(server, log, seconds=60):
    """Return the address that a starting server tells its log, as soon as it answers there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        if found := re.search(r"http://127\.0\.0\.1:\d+/lab", log.read_text()):
            try:
                urlopen(f"{found[0]}/api/settings").close()
                return found[0]
            except URLError:
                pass
        time.sleep(0.1)
    pytest.fail(log.read_text())


@pytest.fixture(scope="module")
def page(lab, chromium):
    """A window of 1280 pixels, with the file list and the first notebook."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{lab}/tree/notebooks/{AS_SAVED}.ipynb")
        wait_for_kernel(page)
        yield page


def wait_for_kernel(page):
    """Wait until the notebook in front shows its text and has its kernel, and for what JupyterLab does with that."""
    notebook = page.locator(".jp-NotebookPanel:visible")
    notebook.locator("h1").wait_for(timeout=60_000)
    notebook.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
    page.wait_for_timeout(1000)


def is_changed(page):
    """Whether the tab of the notebook in front shows the dot of unsaved changes."""
    return "jp-mod-dirty" in page.locator("#jp-main-dock-panel .lm-mod-current").get_attribute("class")


def test_nothing_is_asked_at_the_start(page):
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []


def test_to_open_a_notebook_changes_nothing(page):
    assert not is_changed(page)
    page.locator(".jp-DirListing-item", has_text=STUDENTS).dblclick()
    page.locator(".lm-mod-current", has_text=STUDENTS).wait_for()
    wait_for_kernel(page)
    assert not is_changed(page)


def test_a_saved_notebook_has_the_students_change_alone(course, page):
    """A line of 79 columns, which needs no scrolling, and no trace of the machine."""
    path = course / "notebooks" / f"{AS_SAVED}.ipynb"
    before, line = path.read_text(encoding="utf-8"), "# " + "x" * 77
    page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=AS_SAVED).click()
    cell = page.locator(".jp-NotebookPanel:visible .jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(f"{line}\n")
    assert is_changed(page)
    seen, whole = cell.locator(".cm-scroller").evaluate("box => [box.clientWidth, box.scrollWidth]")
    assert whole <= seen
    page.keyboard.press("Control+s")
    page.wait_for_function("!document.querySelector('.lm-TabBar-tab.jp-mod-dirty')")
    assert path.read_text(encoding="utf-8").replace(f'    "{line}\\n",\n', "") == before
