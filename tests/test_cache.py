"""What is kept of the four files: whole or not at all, and never in the way."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time

import pytest

from d2l_utils import files
from sources import LABELS, NAMES, OTHERS, give, hashes, held

pytestmark = pytest.mark.usefixtures("isolated")


def test_a_damaged_cached_file_is_fetched_again_and_no_other(real, fill, mirrors, capsys):
    """A damaged file in the cache is named on stderr and replaced; the good ones stay."""
    fill(files.CACHE, OTHERS)
    (files.CACHE / LABELS).write_bytes(real[LABELS][:-1])
    (mirror,) = mirrors(give)
    assert hashes(files.load_files()) == held(files.CACHE) == files.FILES
    assert mirror.asked == [f"{LABELS}.gz"]
    assert f"damaged and will be fetched again. {files.CACHE / LABELS}: " in capsys.readouterr().err


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="no second file system here")
def test_what_is_kept_may_be_read_by_all_and_is_written_where_it_stays(tmp_path, mirrors, monkeypatch):
    """A cache that a class shares is of use to each of them; a move from another disk could stop half-way."""
    monkeypatch.setattr(files, "CACHE", tmp_path / "new" / "home" / "cache")
    mirrors(give)
    monkeypatch.setattr(tempfile, "tempdir", "/dev/shm")
    assert hashes(files.load_files()) == held(files.CACHE) == files.FILES
    assert (files.CACHE / LABELS).stat().st_mode & 0o777 == 0o644


def test_a_damaged_cached_file_is_dropped_where_nothing_takes_its_place(real, fill, capsys):
    """The system's copy isn't kept in the cache; the next start finds no damaged file there to speak of."""
    fill(files.CACHE, OTHERS)
    fill(files.SYSTEM, [LABELS])
    (files.CACHE / LABELS).write_bytes(real[LABELS][:-1])
    assert hashes(files.load_files()) == files.FILES
    assert held(files.CACHE).keys() == set(OTHERS)


def test_without_a_writable_cache_the_data_is_loaded_and_one_sentence_says_so(mirrors, capsys):
    """Who can't keep the data set can use it all the same, and is told once, not once a file."""
    files.CACHE.write_text("in the way")  # not a read-only folder: root may write there
    mirrors(give)
    assert hashes(files.load_files()) == files.FILES
    assert capsys.readouterr().err.count(f"could not be kept in {files.CACHE} (") == 1
    assert [path.name for path in files.CACHE.parent.iterdir()] == ["cache"]


def test_on_a_full_disk_the_data_is_loaded_and_no_part_of_a_file_is_left(fill, mirrors, capsys):
    """A file that doesn't fit into the cache leaves nothing there, and a sentence says so."""
    resource = pytest.importorskip("resource", reason="this system can't limit the size of a file")
    fill(files.CACHE, OTHERS)
    mirrors(give)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))  # room for the download, not for its content
    try:
        found = files.load_files()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert hashes(found) == files.FILES
    assert held(files.CACHE).keys() == set(OTHERS)
    assert "Make room there" in capsys.readouterr().err


def test_an_interrupted_write_leaves_nothing_and_stays_an_interruption(fill, mirrors, monkeypatch):
    """Who presses stop while a file is kept gets neither a part of it nor the next source."""
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    fill(files.CACHE, OTHERS)
    _, second = mirrors(give, give)
    with pytest.raises(KeyboardInterrupt):
        files.load_files()
    assert held(files.CACHE).keys() == set(OTHERS)
    assert not second.asked


def test_two_fetchers_at_once_both_succeed_and_no_half_file_is_ever_seen(real, mirrors):
    """Two notebooks may start at once: each file in the cache is whole from the moment that it is there."""
    def when_both_ask(request, body):
        both.wait()
        give(request, body)

    both = threading.Barrier(2, timeout=60)
    (mirror,) = mirrors(when_both_ask)
    fetch = ("import sys, pathlib; from d2l_utils import files;"
             "files.CACHE, files.SYSTEM = map(pathlib.Path, sys.argv[1:3]);"
             "files.MIRRORS = sys.argv[3:]; files.load_files()")
    command = [sys.executable, "-c", fetch, files.CACHE, files.SYSTEM, mirror.url]
    fetchers = [subprocess.Popen(command) for _ in range(2)]
    seen = set()
    while any(fetcher.poll() is None for fetcher in fetchers):
        for name in NAMES:
            with contextlib.suppress(FileNotFoundError):
                seen.add((name, (files.CACHE / name).stat().st_size))
        time.sleep(0.001)
    assert [fetcher.returncode for fetcher in fetchers] == [0, 0]
    assert seen == {(name, len(content)) for name, content in real.items()}
    assert held(files.CACHE) == files.FILES
    assert sorted(mirror.asked) == sorted(2 * [f"{name}.gz" for name in NAMES])
