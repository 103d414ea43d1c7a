"""The box: what is damaged isn't opened, nothing in it asks a network, and its wheels are those that the lock names."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "pages"))
import kit  # noqa: E402

# A course that says what it was asked, what it was told of where packages are, and whether a network answers.
COURSE = """
lab test:
	@echo "$@ with '$(ARGS)', offline $$UV_OFFLINE, wheels in $$PIP_FIND_LINKS, data in $$FASHION_MNIST_DIR"
	@python3 -c "import socket; socket.create_connection(('192.0.2.1', 80), 1)" 2> /dev/null && echo connected || true
"""
NAMESPACE = ["unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]


@pytest.fixture
def box(tmp_path, monkeypatch):
    """A box as `make kit` lays it out, with a course of a few lines and one file for each folder."""
    monkeypatch.setattr(kit, "BOX", tmp_path / "box")
    shutil.copytree(ROOT / "pages" / "kit", kit.BOX)
    for name, content in (("course/Makefile", COURSE), ("data/t10k", "data"), ("wheels/some.whl", "wheel")):
        (kit.BOX / name).parent.mkdir()
        (kit.BOX / name).write_text(content)
    kit.list_checksums()
    return kit.BOX


def make(box, *arguments, before=()):
    """Run make in a box, with an empty environment but for the programs."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(box.parent / "home")}
    return subprocess.run([*before, "make", "--silent", "-C", box, *arguments], env=environment, capture_output=True,
                          text=True)


@pytest.mark.parametrize("target", ["lab", "test"])
def test_without_a_network_the_box_opens_with_its_own_packages_and_data(box, target):
    """In a network namespace of its own, where the machine allows one."""
    if subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode:
        pytest.skip("no network namespace can be made here")
    done = make(box, target, "ARGS=-k nothing", before=NAMESPACE)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (f"{target} with '-k nothing', offline 1, wheels in {box}/wheels, data in {box}/data\n")


@pytest.mark.parametrize("harm", [lambda path: path.write_text("wheeI"), Path.unlink], ids=["damaged", "missing"])
def test_a_box_with_a_damaged_file_is_not_opened_and_the_file_is_named(box, harm):
    harm(box / "wheels" / "some.whl")
    done = make(box, "lab")
    assert done.returncode != 0 and "lab with" not in done.stdout
    assert "wheels/some.whl" in done.stdout + done.stderr and "Copy the box anew" in done.stdout + done.stderr


@pytest.mark.parametrize("machine", kit.MACHINES)
def test_the_wheels_of_each_machine_are_the_locks_with_their_hashes(machine):
    """Whichever patch release of Python 3.11 the machine has: every package that is asked for there, none else."""
    _, environment = kit.MACHINES[machine]
    by_patch = [set(kit.wanted({"platform_machine": machine} | environment | python)) for python in kit.PYTHONS]
    for entries in by_patch:
        names = [entry.partition("==")[0] for entry in entries]
        assert len(names) == len(set(names)) > 100 and {"mxnet", "d2l", "nbval", "uv"} <= set(names)
        assert all("--hash=sha256:" in entry and ";" not in entry for entry in entries)
        assert ("appnope" in names) == (machine == "mac")
