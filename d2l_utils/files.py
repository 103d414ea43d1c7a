"""The four files of Fashion-MNIST: found, fetched, verified and kept.

`python -m d2l_utils.files` fetches and verifies it, and tells where it lies and what it is.
"""

import contextlib
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from functools import cache, partial
from pathlib import Path

import numpy as np
import pooch

from .errors import DataError

# SHA-256 of each file after gunzip: the gzip wrappers differ from mirror to mirror, their content doesn't.
FILES = {
    "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
}
MIRRORS = (
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
)
CACHE = Path(pooch.os_cache("fashion-mnist"))
SYSTEM = Path("/usr/share/datasets/fashion-mnist")
PACKAGE = "dataset-fashion-mnist"  # Debian's and Ubuntu's


@cache  # once a process: four files that can't be kept are one piece of news
def _say(sentence):
    print(sentence, file=sys.stderr)


def _verified(raw, name, origin):
    """Return the content of one of the four files, gunzipped if need be; raise DataError unless it is the right one."""
    content, found = raw, ""
    if raw[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            found = f"its gzip is damaged, perhaps cut short ({error})"
    if not raw:
        found = "it is empty"
    elif raw.lstrip()[:1] == b"<":
        found = "it is a web page, not data"
    elif not found and hashlib.sha256(content).hexdigest() != FILES[name]:
        found = f"its content ({len(content):,} bytes) isn't that of Fashion-MNIST's present release"
    if found:
        raise DataError(f"{origin}: {found}; expected a file whose content has the SHA-256 {FILES[name]}")
    return content


def _read(folder, name):
    """Read and verify one file, gzipped or not, in a folder."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return _verified(path.read_bytes(), name, str(path))
    reason = "" if folder.is_dir() else ": it isn't a folder"
    raise DataError(f"{folder} has no {name} and no {name}.gz{reason}")


def _keep(name, content):
    """Put one verified file into the cache, whole or not at all, and return its content."""
    temporary = None
    try:
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=CACHE, prefix=f".{name}.", delete=False) as file:
            temporary = file.name
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, CACHE / name)  # atomic: another process sees the old file or the new one
    except OSError as error:
        _say(f"Fashion-MNIST could not be kept in {CACHE} ({error.strerror}), so it will be fetched again next time. "
             "Make room there, or set FASHION_MNIST_DIR to a folder that has it.")
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
    return content


def _download(url, name):
    """Download one file and verify it."""
    from .download import download  # only who downloads pays for the import

    with tempfile.TemporaryDirectory() as folder:
        return _verified(download(url, folder), name, url)


@contextlib.contextmanager
def _unpacked_package():
    """Fetch Debian's package of the data set and unpack it for as long as the context lasts; needs no root."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise DataError("this system has no apt")
    with tempfile.TemporaryDirectory() as folder:
        options = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10", "-o", "APT::Sandbox::User=root"]

        def run(*command):
            return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)

        done = run("apt-get", *options, "download", PACKAGE)
        if done.returncode:  # a fresh container has no package lists yet: fetch them, into this folder
            options += ["-o", f"Dir::State::Lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache"]
            Path(folder, "lists", "partial").mkdir(parents=True)
            Path(folder, "cache", "archives", "partial").mkdir(parents=True)
            run("apt-get", *options, "update")
            done = run("apt-get", *options, "download", PACKAGE)
        if not done.returncode:
            (package,) = Path(folder).glob("*.deb")
            done = run("dpkg-deb", "-x", str(package), folder)
        if done.returncode:
            raise DataError((done.stderr.strip() or "it failed").splitlines()[-1])
        yield Path(folder, *SYSTEM.parts[1:])


def _from_cache(names):
    """Yield what the cache has; a damaged file there is dropped, so that it is fetched again."""
    reason = None
    for name in names:
        try:
            yield name, _read(CACHE, name)
        except OSError as error:
            reason = error
            if (CACHE / name).exists():
                _say(f"A file in the cache is damaged and will be fetched again. {error}.")
                with contextlib.suppress(OSError):
                    (CACHE / name).unlink()
    if reason:
        raise reason


def _from_system(names):
    """Yield what the system's own copy has."""
    for name in names:
        yield name, _read(SYSTEM, name)


def _from_mirror(mirror, names):
    """Yield what a public mirror has, each file kept in the cache."""
    for name in names:
        yield name, _keep(name, _download(f"{mirror}{name}.gz", name))


def _from_package(names):
    """Yield what Debian's package has, each file kept in the cache."""
    with _unpacked_package() as folder:
        for name in names:
            yield name, _keep(name, _read(folder, name))


def load_files():
    """Find or fetch the four files of Fashion-MNIST, verified by their SHA-256.

    The sources, in this order: the folder that FASHION_MNIST_DIR names, and then no other; the user's cache; the
    system's copy; the public mirrors; Debian's package. What was fetched is kept in the cache.

    Returns
    -------
    dict of str to bytes
        The content of each of the files that `FILES` names, in that order, in the IDX format.

    Raises
    ------
    DataError
        If a file in FASHION_MNIST_DIR is missing or wrong, or if all the sources together don't have the four files.
    """
    if chosen := os.environ.get("FASHION_MNIST_DIR"):
        try:
            return {name: _read(Path(chosen).expanduser(), name) for name in FILES}
        except OSError as error:
            raise DataError(f"FASHION_MNIST_DIR is set, but its files can't be used. {error}. Put the four files of "
                            "Fashion-MNIST there, or unset FASHION_MNIST_DIR to have them found or fetched.") from None
    sources = {
        f"the cache {CACHE}": _from_cache,
        f"the system's copy {SYSTEM}": _from_system,
        **{mirror: partial(_from_mirror, mirror) for mirror in MIRRORS},
        f"apt-get download {PACKAGE}": _from_package,
    }
    files, reasons = {}, []
    for source, fetch in sources.items():
        try:
            files.update(fetch([name for name in FILES if name not in files]))
        except Exception as error:  # whatever a source dies of, the next one gets its turn
            reasons.append(f"  {source}: {error}")
        if len(files) == len(FILES):
            return {name: files[name] for name in FILES}
    raise DataError("\n".join([
        "Fashion-MNIST could not be found or fetched. What was tried, and why it failed:", *reasons,
        "Three ways out: connect to the network and try again; install the data set with "
        f"'apt-get install {PACKAGE}' (Debian, Ubuntu); or copy the four files "
        f"({', '.join(f'{name}.gz' for name in FILES)}) from a machine that has them into a folder "
        "and set FASHION_MNIST_DIR to it."]))


def parse(content):
    """Read the content of an IDX file of unsigned bytes as an array with the shape that its header gives."""
    dimensions = np.frombuffer(content, ">u4", count=content[3], offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * content[3]).reshape(dimensions)


def main():
    """Fetch and verify the data set, and print where it lies and what it is."""
    try:
        files = load_files()
    except DataError as error:
        sys.exit(str(error))
    folders = [Path(os.environ.get("FASHION_MNIST_DIR") or CACHE).expanduser(), SYSTEM]
    folder = next((str(folder) for folder in folders if list(folder.glob("train-images-*"))), "memory alone")
    print(f"Fashion-MNIST lies in {folder}, verified by SHA-256:")
    for name, content in files.items():
        print(f"  {name:24} {len(content):>11,} bytes, uint8 {parse(content).shape}")


if __name__ == "__main__":
    main()
