"""One lock makes the environment, whichever way it is installed, and the front door opens."""

import importlib.metadata
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.txt").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def locked():
    """Return the lock's entries for this machine, by name."""
    entries = [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[a-z0-9]", line)]
    return {entry.name: entry for entry in entries if entry.marker is None or entry.marker.evaluate()}


def pinned(entry):
    (specifier,) = entry.specifier
    return specifier.version


def test_the_lock_holds_what_pyproject_asks_for_and_nothing_for_its_own_sake():
    asked = {requirement.name: requirement for requirement in map(Requirement, PROJECT["dependencies"])}
    for name, requirement in asked.items():
        assert pinned(locked()[name]) in requirement.specifier
    direct = [entry.partition("==")[0] for entry in re.split(r"^(?=[a-z0-9])", LOCK, flags=re.M)
              if "d2l-utils (pyproject.toml)" in entry]
    assert sorted(direct) == sorted(asked)


def test_every_entry_of_the_lock_has_hashes_and_no_address():
    for entry in re.split(r"^(?=[a-z0-9])", LOCK, flags=re.M):
        assert not entry.strip() or "--hash=sha256:" in entry, entry
    assert "://" not in LOCK and "index-url" not in LOCK


def test_conda_gets_the_same_python_and_the_same_lock():
    listed = [line.strip(" -") for line in (ROOT / "environment.yml").read_text().splitlines()
              if line.lstrip().startswith("-")]
    assert listed == ["conda-forge", "python=3.11", "pip", "pip:", "r requirements.txt"]
    assert PROJECT["requires-python"] == ">=3.11,<3.12"


def test_what_is_installed_is_what_is_locked():
    for name, entry in locked().items():
        assert importlib.metadata.version(name) == pinned(entry), name


def test_installed_packages_agree_with_each_other():
    command = [sys.executable, "-m", "uv", "pip", "check", "--python", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_make_lab_serves_the_first_notebook_here_and_nowhere_else(tmp_path):
    """It passes arguments on, prints the address with its token, and asks for that token."""
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as output:
        lab = subprocess.Popen(["make", "lab", f"ARGS=--no-browser --port {port}"], cwd=ROOT, stdout=output,
                               stderr=output, start_new_session=True)
    try:
        address, deadline = None, time.monotonic() + 60
        while address is None and lab.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
            address = re.search(rf"http://127\.0\.0\.1:{port}/lab/tree/\S+\.ipynb\?token=\w+", log.read_text())
        assert address, log.read_text()
        assert "00_start_here" in address[0]
        with urllib.request.urlopen(address[0], timeout=20) as answer:
            assert answer.status == 200 and "JupyterLab" in answer.read().decode()
        with urllib.request.urlopen(address[0].partition("?")[0], timeout=20) as answer:
            assert "login" in answer.url
        with socket.socket() as outside:
            elsewhere = socket.gethostbyname(socket.gethostname())
            assert elsewhere.startswith("127.") or outside.connect_ex((elsewhere, port)) != 0
    finally:
        os.killpg(lab.pid, signal.SIGKILL)
        lab.wait()
