"""One lock makes the environment, whichever way it is installed, and the front door opens."""

import importlib.metadata
import importlib.util
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

import pytest
from packaging.requirements import Requirement

from front_door import make

ROOT = Path(__file__).parent.parent
LOCKS = {name: (ROOT / name).read_text() for name in ("requirements.txt", "requirements-newer.txt")}
OURS = "requirements-newer.txt" if sys.version_info >= (3, 12) else "requirements.txt"
every_lock = pytest.mark.parametrize("lock", LOCKS)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def locked(lock=OURS):
    """Return a lock's entries for this machine, by name."""
    entries = [Requirement(line.rstrip(" \\")) for line in LOCKS[lock].splitlines() if re.match(r"[a-z0-9]", line)]
    return {entry.name: entry for entry in entries if entry.marker is None or entry.marker.evaluate()}


def pinned(entry):
    (specifier,) = entry.specifier
    return specifier.version


def unpinned(lock):
    """The packages whose versions the newer lock takes from today and not from MXNet's time."""
    names = re.search(r"^UNPINNED := (.+)", (ROOT / "Makefile").read_text(), re.M)[1].split()
    return names if lock == "requirements-newer.txt" else []


@every_lock
def test_a_lock_holds_what_pyproject_asks_for_and_nothing_for_its_own_sake(lock):
    asked = {requirement.name: requirement for requirement in map(Requirement, PROJECT["dependencies"])}
    for name, requirement in asked.items():
        assert name in unpinned(lock) or pinned(locked(lock)[name]) in requirement.specifier
    direct = [entry.partition("==")[0] for entry in re.split(r"^(?=[a-z0-9])", LOCKS[lock], flags=re.M)
              if "d2l-utils (pyproject.toml)" in entry]
    assert sorted(direct) == sorted(asked)


@every_lock
def test_every_entry_of_a_lock_has_hashes_and_no_address(lock):
    for entry in re.split(r"^(?=[a-z0-9])", LOCKS[lock], flags=re.M):
        assert not entry.strip() or "--hash=sha256:" in entry, entry
    assert "://" not in LOCKS[lock] and "index-url" not in LOCKS[lock]


def test_conda_gets_the_same_python_and_the_same_lock():
    listed = [line.strip(" -") for line in (ROOT / "environment.yml").read_text().splitlines()
              if line.lstrip().startswith("-")]
    assert listed == ["conda-forge", "python=3.11", "pip", "pip:", "r requirements.txt"]
    assert PROJECT["requires-python"] == ">=3.11"


def test_what_is_installed_is_what_is_locked():
    """All of it, but for what the Makefile leaves out because it is optional and slow."""
    (left_out,) = re.findall(r"^SLOW := (\S+)$", (ROOT / "Makefile").read_text(), re.M)
    for name, entry in locked().items():
        if name != left_out:
            assert importlib.metadata.version(name) == pinned(entry), name
    assert importlib.util.find_spec(left_out.replace("-", "_")) is None


def test_installed_packages_agree_with_each_other():
    command = [sys.executable, "-m", "uv", "pip", "check", "--python", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True)
    complaints = re.findall(r"The package `(\S+)` requires `([\w-]+)", done.stderr)
    assert {package for _, package in complaints} <= set(unpinned(OURS)), done.stderr
    assert {package for package, _ in complaints} <= {"mxnet", "d2l", "d2l-utils"}, done.stderr
    assert OURS == "requirements-newer.txt" or done.returncode == 0, done.stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("arguments, workers", [
    ("", "logical"), ("-x", "logical"), ("tests/test_data.py tests/test_seeds.py", "logical"),
    ("tests/test_data.py", "0"), ("tests/test_data.py::test_one", "0"), ("-x notebooks/03_relu.ipynb", "0")])
def test_make_test_starts_no_workers_for_a_single_file(arguments, workers):
    """They take longer to start than most files to run, and would run a single one no faster."""
    command = make("test", "--dry-run", f"ARGS={arguments}", capture_output=True, text=True, check=True).stdout
    assert f"pytest -n {workers} " in command and command.strip().endswith(arguments)


@pytest.mark.parametrize("arguments, given", [
    ("", "--ip 127.0.0.1"), ("--port 8899", "--ip 127.0.0.1"), ("--ip 0.0.0.0 --no-browser", "--ip 0.0.0.0"),
    ("--ServerApp.ip=0.0.0.0", "--ServerApp.ip=0.0.0.0")])
def test_make_lab_takes_another_address_where_one_is_named(arguments, given):
    """Jupyter refuses two; a container serves nobody at 127.0.0.1."""
    command = make("lab", "--dry-run", f"ARGS={arguments}", capture_output=True, text=True, check=True).stdout
    assert re.findall(r"--\S*ip[ =]\S+", command) == [given]


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
