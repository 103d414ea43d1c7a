"""`make lint` finds nothing here, and finds a slip of each kind where there is one."""

import shutil

import pytest

from front_door import ROOT, make


def test_there_is_nothing_to_find():
    done = make("lint", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name, old, new, complaint", [
    ("d2l_utils/model.py", "from mxnet", "import os\nfrom mxnet", "F401"),
    (".github/workflows/test.yml", "@11bd71901bbe5b1630ceea73d27597364c9af683", "@v4", "unpinned-uses"),
    ("notebooks/03_relu.ipynb", '"cell_type": "code"', '"cell_type": "cod"', "cod")])
def test_a_slip_is_found(tmp_path, name, old, new, complaint):
    for part in ("d2l_utils", "notebooks", ".github", "Makefile", "pyproject.toml"):
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, tmp_path / part)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = make("lint", cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0 and complaint in done.stdout + done.stderr
