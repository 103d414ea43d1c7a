"""Pack a box that needs nothing from a network: the course, its wheels, the data set, the pages, slides and PDF.

For Linux on x86-64 and on ARM and for Intel Macs, with Python 3.11. What is in the box is listed with its SHA-256.
"""

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

from d2l_utils.files import load_files

ROOT = Path(__file__).resolve().parent.parent
BOX = ROOT / "build" / "kit"
MADE = ("pages", "slides", "mlp_from_scratch.pdf")  # by make pages, slides and pdf
# Which wheels a machine takes, and what its Python says of itself where the lock asks.
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
MAC = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
MACHINES = {
    "x86_64": (["manylinux2014_x86_64", "manylinux_2_24_x86_64", "manylinux_2_28_x86_64"], LINUX),
    "aarch64": (["manylinux2014_aarch64", "manylinux_2_24_aarch64", "manylinux_2_28_aarch64"], LINUX),
    "mac": (["macosx_13_0_x86_64"], MAC | {"platform_machine": "x86_64"}),
}
# The lock tells 3.11's patch releases apart, and a box can't know which one it will meet.
PYTHONS = [{"python_version": "3.11", "python_full_version": full, "platform_python_implementation": "CPython",
            "implementation_name": "cpython"} for full in ("3.11.0", "3.11.99")]


def wanted(environment):
    """Return the lock's entries for machines of one kind, without the conditions on them, but with the hashes."""
    for entry in re.split(r"^(?=[a-z0-9])", (ROOT / "requirements.txt").read_text(encoding="utf-8"), flags=re.M):
        requirement, _, hashes = entry.partition("\\\n")
        if hashes:
            requirement = Requirement(requirement)
            if requirement.marker is None or requirement.marker.evaluate(environment):
                yield f"{requirement.name}{requirement.specifier} \\\n{hashes}"


def fetch_wheels(machine, tags, environment):
    """Fetch the wheels of the lock for machines of one kind; those that fit several kinds are there once."""
    platforms = [option for tag in tags for option in ("--platform", tag)]
    lock, fetched = BOX / f"{machine}.txt", set()
    for python in PYTHONS:
        entries = set(wanted({"platform_machine": machine} | environment | python)) - fetched
        lock.write_text("".join(sorted(entries)), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
                        "--only-binary", ":all:", "--python-version", python["python_full_version"],
                        "--implementation", "cp", *platforms, "--dest", BOX / "wheels", "--requirement", lock],
                       check=True)
        fetched |= entries
    lock.unlink()


def copy_course():
    """Copy what git keeps of this checkout, as it is now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        target = BOX / "course" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)


def copy_data():
    """Put the four files of the data set into the box, gzipped."""
    (BOX / "data").mkdir()
    for name, content in load_files().items():
        (BOX / "data" / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))


def list_checksums():
    """Write down the SHA-256 of every file in the box, as sha256sum and shasum read it."""
    files = sorted(path for path in BOX.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(BOX).as_posix()}\n" for path in files]
    (BOX / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main():
    shutil.rmtree(BOX, ignore_errors=True)
    BOX.mkdir(parents=True)
    for machine, (tags, environment) in MACHINES.items():
        fetch_wheels(machine, tags, environment)
    copy_course()
    copy_data()
    for name in MADE:
        source = ROOT / "build" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, BOX / name)
    shutil.copytree(ROOT / "pages" / "kit", BOX, dirs_exist_ok=True)
    list_checksums()


if __name__ == "__main__":
    main()
