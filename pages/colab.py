"""Write the notebooks as Colab and Kaggle run them: a cell in front installs the course, and links lead there.

COURSE_REPOSITORY says where the course lies, as in https://github.com/you/course; its branch `colab` is to hold them.
"""

import os
import re
import sys
import tomllib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
BUILD = ROOT / "build" / "colab"
PINNED = re.compile("(mxnet|d2l)==")  # all else that the course needs is there

INSTALL = """\
# Brings the course here and installs it, in about a minute; once is enough.
import os
if not os.path.exists("data/seeds.csv"):
    !git clone --quiet --depth 1 {repository} course
    %cd -q course/notebooks
    %pip install --quiet --no-deps {packages} .."""


def lead_on(source, repository):
    """Let a link to a notebook lead to it on Colab, and one to another page of the course to the repository."""
    colab = repository.replace("https://github.com", "https://colab.research.google.com/github")
    source = re.sub(r"\]\((\d\d_\w+\.ipynb)", rf"]({colab}/blob/colab/\1", source)
    return re.sub(r"\]\(((?!https?:)[\w/]+\.(?:md|csv))", rf"]({repository}/blob/HEAD/notebooks/\1", source)


def main():
    repository = os.environ.get("COURSE_REPOSITORY", "").removesuffix("/")
    if not repository:
        sys.exit("Colab fetches the course from its repository. Say where that is: "
                 "COURSE_REPOSITORY=https://github.com/you/course make colab")
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    install = INSTALL.format(repository=repository, packages=" ".join(filter(PINNED.match, asked)))
    BUILD.mkdir(parents=True, exist_ok=True)
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = lead_on(cell.source, repository)
        notebook.cells.insert(0, new_code_cell(install, id="install"))
        nbformat.write(notebook, BUILD / path.name)


if __name__ == "__main__":
    main()
