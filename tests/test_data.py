"""What the data module promises, on the real data set; of networks, only this machine's own is used."""

import contextlib
import gzip
import hashlib
import os
import subprocess
import sys
import threading
import time
from collections import Counter

import numpy as np
import pytest
from mxnet import nd, random

from d2l_utils import data
from d2l_utils.errors import DataError

NAMES = list(data.FILES)
LABELS = NAMES[1]  # small: a fault shows on it as well as on the images, and sooner
OTHERS = [name for name in NAMES if name != LABELS]


def hashes(files):
    """Stand for 55 MB in an assertion, which would otherwise print them when it fails."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def held(folder):
    """The hashes of all that is in a folder, hidden files too."""
    return hashes({path.name: path.read_bytes() for path in folder.iterdir()})


@pytest.fixture(autouse=True)
def isolated(real, monkeypatch, tmp_path):
    """No source has anything, unless the test says so."""
    monkeypatch.delenv("FASHION_MNIST_DIR", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(data, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(data, "SYSTEM", tmp_path / "system")
    monkeypatch.setattr(data, "MIRRORS", ())


def give(request, body, length=None):
    request.send_response(200)
    request.send_header("Content-Length", str(length or len(body)))
    request.end_headers()
    request.wfile.write(body)


def cut_off(request, body):
    give(request, body[:len(body) // 2], length=len(body))


def stall(request, body):
    cut_off(request, body)
    request.server.closing.wait(10)


@pytest.mark.parametrize("ending", ["", ".gz"], ids=["plain", "gzipped"])
def test_the_chosen_folder_may_hold_plain_or_gzipped_files(ending, fill, tmp_path, monkeypatch):
    """Both forms in which the data set is passed around are read."""
    fill(tmp_path / "chosen", [name + ending for name in NAMES])
    monkeypatch.setenv("FASHION_MNIST_DIR", str(tmp_path / "chosen"))
    assert hashes(data.load_files()) == data.FILES


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
    fill(data.CACHE, NAMES)
    (mirror,) = mirrors(give)
    monkeypatch.setenv("FASHION_MNIST_DIR", str(chosen))
    with pytest.raises(DataError) as caught:
        data.load_files()
    named = [f"{chosen / LABELS}.gz: ", f"SHA-256 {data.FILES[LABELS]}"] if make else [f"{chosen} has no "]
    for part in [*named, found, "Put the four files", "or unset FASHION_MNIST_DIR"]:
        assert part in str(caught.value)
    assert isinstance(caught.value, OSError)
    assert not mirror.asked


def test_the_nearest_source_is_asked_first(fill, mirrors, apt):
    """The cache comes before the system's copy, that before the mirrors, they before apt; each for what is missing."""
    def all_but_the_last(request, body):
        request.send_error(404) if NAMES[3] in request.path else give(request, body)

    fill(data.CACHE, NAMES[:1])
    fill(data.SYSTEM, [f"{NAMES[1]}.gz"])
    (data.SYSTEM / NAMES[0]).write_bytes(b"damaged")  # read before the cache, it would keep the second from being read
    (mirror,) = mirrors(all_but_the_last)
    assert hashes(data.load_files()) == data.FILES
    assert mirror.asked == [f"{name}.gz" for name in NAMES[2:]]
    assert apt.exists()


@pytest.mark.parametrize("lists", ["with", "without"])
def test_apt_serves_with_and_without_package_lists(lists, apt):
    """Where nothing else has it, Debian's package is fetched, unpacked and kept; its lists first, if there are none."""
    if lists == "with":
        apt.write_text("update\n")
    assert hashes(data.load_files()) == held(data.CACHE) == data.FILES
    assert apt.read_text().split() == [data.PACKAGE, "update", data.PACKAGE][lists == "with":]


MIRROR_FAULTS = {
    "busy": (lambda request, body: request.send_error(503), "503"),
    "web page": (lambda request, body: give(request, b"<html>Log in"), "it is a web page"),
    "cut off": (cut_off, "Connection broken"),
    "altered": (lambda request, body: give(request, gzip.compress(gzip.decompress(body)[:-1] + b"\x0a")), "isn't that"),
    "silent": (lambda request, body: request.server.closing.wait(10), "no answer within 0.5 seconds"),
    "stalled": (stall, "connection"),
    "refused": (None, "no connection"),
}


@pytest.mark.parametrize("fault", MIRROR_FAULTS)
def test_a_mirror_that_fails_is_given_up_for_the_next(fault, fill, mirrors, monkeypatch):
    """Each way to fail is noticed soon, and the next mirror serves."""
    monkeypatch.setattr(data, "TIMEOUT", (0.5, 0.5))
    fill(data.CACHE, OTHERS)
    bad, good = mirrors(MIRROR_FAULTS[fault][0], give)
    start = time.monotonic()
    assert hashes(data.load_files()) == held(data.CACHE) == data.FILES
    assert time.monotonic() - start < 8
    assert good.asked == [f"{LABELS}.gz"]
    assert bad.asked == ([] if fault == "refused" else good.asked)


def test_when_every_source_fails_each_reason_and_three_ways_out_are_told(fill, mirrors, monkeypatch):
    """One error tells what was tried, why it failed, and what a student can do."""
    monkeypatch.setattr(data, "TIMEOUT", (0.5, 0.5))
    fill(data.CACHE, OTHERS)
    answers, reasons = zip(*MIRROR_FAULTS.values(), strict=True)
    urls = [server.url for server in mirrors(*answers)]
    with pytest.raises(DataError) as caught:
        data.load_files()
    _, *tried, ways_out = str(caught.value).splitlines()
    sources = [f"the cache {data.CACHE}", f"the system's copy {data.SYSTEM}", *urls, f"apt-get download {data.PACKAGE}"]
    for line, source, reason in zip(tried, sources, ["has no", "has no", *reasons, "no apt"], strict=True):
        assert line.startswith(f"  {source}: ") and reason in line.removeprefix(f"  {source}: ")
    for way_out in ["connect to the network", "apt-get install dataset-fashion-mnist", "set FASHION_MNIST_DIR"]:
        assert way_out in ways_out


def test_a_damaged_cached_file_is_fetched_again_and_no_other(real, fill, mirrors, capsys):
    """A damaged file in the cache is named on stderr and replaced; the good ones stay."""
    fill(data.CACHE, OTHERS)
    (data.CACHE / LABELS).write_bytes(real[LABELS][:-1])
    (mirror,) = mirrors(give)
    assert hashes(data.load_files()) == held(data.CACHE) == data.FILES
    assert mirror.asked == [f"{LABELS}.gz"]
    assert f"damaged and will be fetched again. {data.CACHE / LABELS}: " in capsys.readouterr().err


def test_the_arrays_are_in_their_places_though_the_first_file_is_fetched_last(fill, mirrors):
    """The order of the arrays doesn't depend on which source gave which file."""
    fill(data.CACHE, NAMES[1:])
    mirrors(give)
    arrays = data.load_fashion_mnist.__wrapped__()
    assert [array.shape for array in arrays] == [(60_000, 1, 28, 28), (60_000,), (10_000, 1, 28, 28), (10_000,)]


def test_without_a_writable_cache_the_data_is_loaded_and_one_sentence_says_so(mirrors, capsys):
    """Who can't keep the data set can use it all the same, and is told once, not once a file."""
    data.CACHE.write_text("in the way")  # not a read-only folder: root may write there
    mirrors(give)
    assert hashes(data.load_files()) == data.FILES
    assert capsys.readouterr().err.count(f"could not be kept in {data.CACHE} (") == 1
    assert [path.name for path in data.CACHE.parent.iterdir()] == ["cache"]


def test_on_a_full_disk_the_data_is_loaded_and_no_part_of_a_file_is_left(fill, mirrors, capsys):
    """A file that doesn't fit into the cache leaves nothing there, and a sentence says so."""
    resource = pytest.importorskip("resource", reason="this system can't limit the size of a file")
    fill(data.CACHE, OTHERS)
    mirrors(give)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))  # room for the download, not for its content
    try:
        files = data.load_files()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert hashes(files) == data.FILES
    assert held(data.CACHE).keys() == set(OTHERS)
    assert "Make room there" in capsys.readouterr().err


def test_an_interrupted_write_leaves_nothing_and_stays_an_interruption(fill, mirrors, monkeypatch):
    """Who presses stop while a file is kept gets neither a part of it nor the next source."""
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    fill(data.CACHE, OTHERS)
    _, second = mirrors(give, give)
    with pytest.raises(KeyboardInterrupt):
        data.load_files()
    assert held(data.CACHE).keys() == set(OTHERS)
    assert not second.asked


def test_two_fetchers_at_once_both_succeed_and_no_half_file_is_ever_seen(real, mirrors):
    """Two notebooks may start at once: each file in the cache is whole from the moment that it is there."""
    def when_both_ask(request, body):
        both.wait()
        give(request, body)

    both = threading.Barrier(2, timeout=60)
    (mirror,) = mirrors(when_both_ask)
    fetch = ("import sys, pathlib; from d2l_utils import data;"
             "data.CACHE, data.SYSTEM = map(pathlib.Path, sys.argv[1:3]);"
             "data.MIRRORS = sys.argv[3:]; data.load_files()")
    fetchers = [subprocess.Popen([sys.executable, "-c", fetch, data.CACHE, data.SYSTEM, mirror.url]) for _ in range(2)]
    seen = set()
    while any(fetcher.poll() is None for fetcher in fetchers):
        for name in NAMES:
            with contextlib.suppress(FileNotFoundError):
                seen.add((name, (data.CACHE / name).stat().st_size))
        time.sleep(0.001)
    assert [fetcher.returncode for fetcher in fetchers] == [0, 0]
    assert seen == {(name, len(content)) for name, content in real.items()}
    assert held(data.CACHE) == data.FILES
    assert sorted(mirror.asked) == sorted(2 * [f"{name}.gz" for name in NAMES])


def test_the_command_prints_where_the_data_lies_and_what_it_is(stored):
    """`python -m d2l_utils.data` prints five lines, and nothing on stderr."""
    done = subprocess.run([sys.executable, "-m", "d2l_utils.data"], capture_output=True, text=True,
                          env={**os.environ, "FASHION_MNIST_DIR": str(stored)})
    assert done.stdout.splitlines() == [
        f"Fashion-MNIST lies in {stored}, verified by SHA-256:",
        "  train-images-idx3-ubyte   47,040,016 bytes, uint8 (60000, 28, 28)",
        "  train-labels-idx1-ubyte       60,008 bytes, uint8 (60000,)",
        "  t10k-images-idx3-ubyte     7,840,016 bytes, uint8 (10000, 28, 28)",
        "  t10k-labels-idx1-ubyte        10,008 bytes, uint8 (10000,)"]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("wrong, error", [
    (0, ValueError), (-1, ValueError), (60_001, ValueError), (70_001, ValueError),
    (2.5, TypeError), ("256", TypeError), (None, TypeError)])
def test_a_wrong_batch_size_is_named_with_the_range_that_it_must_be_in(wrong, error, loaded):
    """What can't be a batch size is refused at once, in a sentence; the largest that can be is served."""
    with pytest.raises(error, match="batch_size must be .*from 1 to 60,000") as caught:
        data.load_data_fashion_mnist(wrong)
    assert f"it is {wrong!r}" in str(caught.value)
    assert [len(batches) for batches in data.load_data_fashion_mnist(60_000)] == [1, 1]


def test_batches_of_256_have_their_number_shapes_types_and_range(loaded):
    """235 and 40 batches, the last of each with what is left; float32 pixels in [0, 1], int32 labels."""
    for batches, number, rest in zip(data.load_data_fashion_mnist(256), (235, 40), (96, 16), strict=True):
        assert len(batches) == number
        kinds = [(X.shape, X.dtype, y.shape, y.dtype) for X, y in batches]
        assert kinds == [((size, 1, 28, 28), np.float32, (size,), np.int32) for size in [256] * (number - 1) + [rest]]
        X, _ = next(iter(batches))
        assert (X.min().asscalar(), X.max().asscalar()) == (0, 1)


def test_the_test_images_come_in_their_own_order(loaded):
    """The test set begins with an ankle boot, a pullover and two pairs of trousers, every time."""
    _, test_iter = data.load_data_fashion_mnist(10)
    for _ in range(2):
        assert next(iter(test_iter))[1].asnumpy().tolist() == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]


def test_an_epoch_deals_each_training_image_once_with_its_label(loaded):
    """Shuffling neither drops nor repeats an image, nor parts it from its label."""
    def examples(batches):
        return Counter(hash((image.tobytes(), label)) for X, y in batches
                       for image, label in zip(X.asnumpy(), y.asnumpy().tolist(), strict=True))

    train_iter, _ = data.load_data_fashion_mnist(256)
    assert not examples([loaded[:2]]) - examples(train_iter)


def dealt(batches):
    return [number for _, y in batches for number in y.asnumpy().tolist()]


@pytest.fixture
def numbered():
    """A thousand examples, each of which is its own number."""
    return data.Minibatches(nd.arange(1000), nd.arange(1000), 64, shuffle=True)


def test_each_epoch_has_an_order_of_its_own_that_the_seed_repeats(numbered):
    """Epochs differ from each other, and mx.random.seed brings the same ones again."""
    def epochs():
        random.seed(7)
        return [dealt(numbered) for _ in range(3)]

    first = epochs()
    assert first == epochs()
    assert len({tuple(epoch) for epoch in [*first, range(1000)]}) == 4
    assert all(sorted(epoch) == list(range(1000)) for epoch in first)


def test_a_loop_inside_a_loop_disturbs_neither(numbered):
    """Accuracy may be measured on the training set in the middle of an epoch."""
    outer = iter(numbered)
    begun = dealt(next(outer) for _ in range(3))
    inner = dealt(numbered)
    assert sorted(inner) == sorted(begun + dealt(outer)) == list(range(1000))
