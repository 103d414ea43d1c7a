"""How the four files are found, fetched and verified, for real; of networks, only this machine's own is used."""

import contextlib
import gzip
import logging
import os
import subprocess
import sys
import tempfile
import time

import pooch
import pytest

from d2l_utils import download, files
from d2l_utils.errors import DataError
from sources import LABELS, NAMES, OTHERS, give, hashes, held

pytestmark = pytest.mark.usefixtures("isolated")


def cut_off(request, body):
    give(request, body[:len(body) // 2], length=len(body))


def stall(request, body):
    cut_off(request, body)
    request.server.closing.wait(10)


def trickle(request, body):
    give(request, body[:1], length=len(body))
    for start in range(1, len(body), 100):
        if request.server.closing.wait(0.05):
            return
        request.wfile.write(body[start:start + 100])


@pytest.mark.parametrize("ending", ["", ".gz"], ids=["plain", "gzipped"])
def test_the_chosen_folder_may_hold_plain_or_gzipped_files(ending, fill, tmp_path, monkeypatch):
    """Both forms in which the data set is passed around are read."""
    fill(tmp_path / "chosen", [name + ending for name in NAMES])
    monkeypatch.setenv("FASHION_MNIST_DIR", str(tmp_path / "chosen"))
    assert hashes(files.load_files()) == files.FILES


def test_the_chosen_folder_may_lie_in_the_home(fill, tmp_path, monkeypatch):
    """A ~ is the home here too: a shell leaves it as it is where the variable is set in quotes."""
    fill(tmp_path / "home" / "chosen", NAMES)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FASHION_MNIST_DIR", "~/chosen")
    assert hashes(files.load_files()) == files.FILES


FAULTS = {
    "gzip cut short": (lambda content: gzip.compress(content)[:-100], "its gzip is damaged"),
    "gzip damaged": (lambda content: gzip.compress(content)[:10] + b"\xff" * 100, "its gzip is damaged"),
    "one byte altered": (lambda content: content[:-1] + b"\x0a", "its content (60,008 bytes) isn't"),
    "one label fewer": (lambda content: gzip.compress(content[:4] + (59_999).to_bytes(4, "big") + content[8:-1]),
                        "its content (60,007 bytes) isn't"),
    "empty": (lambda content: b"", "it is empty"),
    "web page": (lambda content: b"\n<!DOCTYPE html><title>Log in</title>", "it is a web page"),
    "missing": (None, f"has no {LABELS} and no {LABELS}.gz"),
    "no folder": (None, "it isn't a folder"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_file_in_the_chosen_folder_is_named_and_nothing_else_is_tried(
        fault, real, fill, mirrors, tmp_path, monkeypatch):
    """The error says which file, what was found, what was expected and what to do; no other source steps in."""
    make, found = FAULTS[fault]
    chosen = tmp_path / "chosen"
    if fault == "no folder":
        chosen.write_bytes(real[LABELS])
    else:
        fill(chosen, OTHERS)
    if make:
        (chosen / f"{LABELS}.gz").write_bytes(make(real[LABELS]))
    fill(files.CACHE, NAMES)
    (mirror,) = mirrors(give)
    monkeypatch.setenv("FASHION_MNIST_DIR", str(chosen))
    with pytest.raises(DataError) as caught:
        files.load_files()
    named = [f"{chosen / LABELS}.gz: ", f"SHA-256 {files.FILES[LABELS]}"] if make else [f"{chosen} has no "]
    for part in [*named, found, "Put the four files", "or unset FASHION_MNIST_DIR"]:
        assert part in str(caught.value)
    assert isinstance(caught.value, OSError)
    assert not mirror.asked


def test_the_nearest_source_is_asked_first(fill, mirrors, apt):
    """The cache comes before the system's copy, that before the mirrors, they before apt; each for what is missing."""
    def all_but_the_last(request, body):
        request.send_error(404) if NAMES[3] in request.path else give(request, body)

    fill(files.CACHE, NAMES[:1])
    fill(files.SYSTEM, [f"{NAMES[1]}.gz"])
    (files.SYSTEM / NAMES[0]).write_bytes(b"damaged")  # read before the cache, it would keep the second from being read
    (mirror,) = mirrors(all_but_the_last)
    assert hashes(files.load_files()) == files.FILES
    assert mirror.asked == [f"{name}.gz" for name in NAMES[2:]]
    assert apt.exists()


@pytest.mark.parametrize("lists", ["with", "without"])
def test_apt_serves_with_and_without_package_lists(lists, apt, capfd):
    """Where nothing else has it, Debian's package is fetched, unpacked and kept; its lists first, if there are none."""
    if lists == "with":
        apt.write_text("update\n")
    assert hashes(files.load_files()) == held(files.CACHE) == files.FILES
    assert apt.read_text().split() == [files.PACKAGE, "update", files.PACKAGE][lists == "with":]
    assert capfd.readouterr() == ("", "")


def test_what_apt_says_last_is_the_reason(apt):
    """Where apt can't serve, a student reads its error and not its way there."""
    apt.symlink_to("/dev/null")  # so that it forgets that it was updated
    with pytest.raises(DataError) as caught:
        files.load_files()
    assert f"  apt-get download {files.PACKAGE}: E: Unable to locate package {files.PACKAGE}\n" in str(caught.value)


MIRROR_FAULTS = {
    "busy": (lambda request, body: request.send_error(503), "503"),
    "web page": (lambda request, body: give(request, b"<html>Log in"), "it is a web page"),
    "cut off": (cut_off, "Connection broken"),
    "altered": (lambda request, body: give(request, gzip.compress(gzip.decompress(body)[:-1] + b"\x0a")), "isn't that"),
    "silent": (lambda request, body: request.server.closing.wait(10), "no answer within 0.5 seconds"),
    "stalled": (stall, "connection"),
    "trickling": (trickle, "fewer than 5,000 bytes a second"),
    "refused": (None, "no connection"),
}


@pytest.mark.parametrize("fault", MIRROR_FAULTS)
def test_a_mirror_that_fails_is_given_up_for_the_next(fault, fill, mirrors, monkeypatch):
    """Each way to fail is noticed soon, and the next mirror serves."""
    fill(files.CACHE, OTHERS)
    bad, good = mirrors(MIRROR_FAULTS[fault][0], give)
    start = time.monotonic()
    assert hashes(files.load_files()) == held(files.CACHE) == files.FILES
    assert time.monotonic() - start < 8
    assert good.asked == [f"{LABELS}.gz"]
    assert bad.asked == ([] if fault == "refused" else good.asked)


def test_when_every_source_fails_each_reason_and_three_ways_out_are_told(fill, mirrors, monkeypatch):
    """One error tells what was tried, why it failed, and what a student can do."""
    fill(files.CACHE, OTHERS)
    answers, reasons = zip(*MIRROR_FAULTS.values(), strict=True)
    urls = [server.url for server in mirrors(*answers)]
    with pytest.raises(DataError) as caught:
        files.load_files()
    _, *tried, ways_out = str(caught.value).splitlines()
    sources = [f"the cache {files.CACHE}", f"the system's copy {files.SYSTEM}", *urls,
               f"apt-get download {files.PACKAGE}"]
    for line, source, reason in zip(tried, sources, ["has no", "has no", *reasons, "no apt"], strict=True):
        assert line.startswith(f"  {source}: ") and reason in line.removeprefix(f"  {source}: ")
    assert f"({', '.join(f'{name}.gz' for name in NAMES)})" in ways_out
    for way_out in ["connect to the network", "'apt-get install dataset-fashion-mnist'", "set FASHION_MNIST_DIR"]:
        assert way_out in ways_out


def test_a_download_leaves_poochs_logger_as_it_was(fill, mirrors, monkeypatch):
    """A student's own downloads with pooch say where they go, before and after ours; of ours there is a bar alone."""
    said = []
    monkeypatch.setattr(pooch.get_logger(), "handle", said.append)
    fill(files.CACHE, OTHERS)
    mirrors(cut_off, give)
    pooch.get_logger().setLevel("INFO")
    files.load_files()
    assert pooch.get_logger().level == logging.INFO and not said


def test_the_bar_counts_megabytes_in_one_line_and_nothing_stays_of_it(capsys, fill, mirrors):
    """A student sees how much there is and how fast it comes, and no bar stands about where a mirror failed."""
    with download.Progress() as bar:
        bar.total = 26_421_880
        bar.update(10_000_000)
        bar.refresh()
        line = capsys.readouterr().err.rpartition("\r")[2]
    assert "38%" in line and "10.0M/26.4M [" in line and line.endswith("B/s]") and len(line) == 79
    assert capsys.readouterr().err == f"\r{79 * ' '}\r"
    fill(files.CACHE, OTHERS)
    mirrors(None, cut_off, give)
    files.load_files()
    assert not capsys.readouterr().err.rpartition("\r")[2].strip()


@pytest.mark.parametrize("fetched, is_enough", [(49_000, False), (51_000, True)])
def test_a_download_has_to_bring_5_000_bytes_a_second(fetched, is_enough):
    """On average, from when it has had its time to begin."""
    with download.Progress() as bar, contextlib.nullcontext() if is_enough else pytest.raises(DataError):
        bar.start -= 10
        bar.update(fetched)


def test_a_download_leaves_nothing_but_what_is_kept(fill, mirrors, tmp_path, monkeypatch):
    """Neither in a temporary folder nor in pooch's own, from where it would be served for ever."""
    for name in ("temporary", "caches"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    fill(files.CACHE, OTHERS)
    mirrors(cut_off, give)
    files.load_files()
    assert not [*(tmp_path / "temporary").iterdir(), *(tmp_path / "caches").iterdir()]
    assert held(files.CACHE) == files.FILES


def test_the_files_are_in_their_order_though_the_first_is_fetched_last(fill, mirrors):
    """What a caller gets first doesn't depend on which source gave which file."""
    fill(files.CACHE, NAMES[1:])
    mirrors(give)
    assert list(files.load_files()) == NAMES


def test_the_command_prints_where_the_data_lies_and_what_it_is(stored):
    """`python -m d2l_utils.files` prints five lines, and nothing on stderr."""
    done = subprocess.run([sys.executable, "-m", "d2l_utils.files"], capture_output=True, text=True,
                          env={**os.environ, "FASHION_MNIST_DIR": str(stored)})
    assert done.stdout.splitlines() == [
        f"Fashion-MNIST lies in {stored}, verified by SHA-256:",
        "  train-images-idx3-ubyte   47,040,016 bytes, uint8 (60000, 28, 28)",
        "  train-labels-idx1-ubyte       60,008 bytes, uint8 (60000,)",
        "  t10k-images-idx3-ubyte     7,840,016 bytes, uint8 (10000, 28, 28)",
        "  t10k-labels-idx1-ubyte        10,008 bytes, uint8 (10000,)"]
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path):
    """`make data` fails with what a student can do, and without a traceback."""
    done = subprocess.run([sys.executable, "-m", "d2l_utils.files"], capture_output=True, text=True,
                          env={**os.environ, "FASHION_MNIST_DIR": str(tmp_path)})
    assert done.returncode == 1 and done.stderr.startswith("FASHION_MNIST_DIR is set, but its files can't be used.")
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
