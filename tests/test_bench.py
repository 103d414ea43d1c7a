"""The benchmark refuses to compare what doesn't agree, and its ratios are those of medians; nothing is timed here."""

import re
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import company  # noqa: E402
import mutants  # noqa: E402
import peers  # noqa: E402
import report  # noqa: E402
import run  # noqa: E402


@pytest.mark.parametrize("loss", [0.32, float("nan")], ids=["another loss", "no loss"])
def test_peers_that_do_not_agree_are_refused_by_name(loss):
    """A peer that does other work, or none, is named with its loss; peers that agree pass."""
    run.check_agreement({"ours": 0.3068, "theirs": 0.3071}, 0.001, "in the end")
    with pytest.raises(SystemExit, match=r"in the end.*theirs"):
        run.check_agreement({"ours": 0.3068, "theirs": loss}, 0.001, "in the end")


@pytest.mark.parametrize(("loss", "accuracy"), [(0.35, 0.87), (0.307, 0.80), (float("nan"), 0.87)])
def test_a_peer_that_does_not_learn_what_the_lecture_did_is_refused(loss, accuracy):
    """Speed at the price of learning isn't speed."""
    run.check_lecture("ours", 0.307, 0.87)
    with pytest.raises(SystemExit, match="^ours ended"):
        run.check_lecture("ours", loss, accuracy)


def test_a_peer_that_dies_stops_the_benchmark():
    """No table is made of those that are left."""
    with peers.Peer("no such peer") as peer, pytest.raises(SystemExit, match="no such peer died when told to start"):
        peer.ask("start")


def test_company_leaves_when_the_epoch_is_over():
    """While it lasts, a second training goes on and on, and each core has a process; afterwards neither is left."""
    class Other:
        epochs = 0

        def ask(self, what):
            time.sleep(0.001)
            self.epochs += what == "train"

    other, deadline = Other(), time.monotonic() + 30
    with company.second_training(other):
        while other.epochs < 3 and time.monotonic() < deadline:
            time.sleep(0.001)
    trained = other.epochs
    time.sleep(0.05)
    assert other.epochs == trained >= 3
    with company.busy_cores() as processes:
        time.sleep(0.1)
        assert [process.poll() for process in processes] == [None] * company.CPU_COUNT
    assert None not in [process.poll() for process in processes]


def test_a_second_training_that_dies_stops_the_benchmark():
    """Else the rest would be measured alone."""
    class Dead:
        def ask(self, what):
            raise SystemExit(f"died when told to {what}")

    with pytest.raises(SystemExit, match="died when told to train"), company.second_training(Dead()):
        pass


def test_the_ratio_comes_first_and_is_that_of_the_medians():
    """One slow round moves neither ratio nor spread; a line whose peer wasn't measured is left out."""
    measured = {"ours": [1.0, 1.2, 1.1, 90.0, 1.0], "theirs": [2.0, 2.0, 2.2, 2.0, 1.0]}
    comparisons = [report.Comparison("an epoch", "ours", "theirs", "theirs"),
                   report.Comparison("an epoch", "ours", "theirs", "not measured")]
    (line,) = report.rows(comparisons, measured)
    assert line[:3] == ("0.55", "0.50 to 1.00", "1.1 s")
    assert report.markdown([line]).splitlines()[2].startswith("| 0.55 | 0.50 to 1.00 |")


def test_a_files_seconds_are_those_of_its_tests_and_the_longest_comes_first(tmp_path):
    cases = [("tests.test_a", 1.4), ("notebooks.04", 5.0), ("tests.test_a", 1.2)]
    xml = "".join(f'<testcase classname="{name}" time="{seconds}"/>' for name, seconds in cases)
    (tmp_path / "report.xml").write_text(f"<testsuites><testsuite>{xml}</testsuite></testsuites>")
    assert report.seconds_by_file(tmp_path / "report.xml").splitlines()[2:] == [
        "| 5 | notebooks.04 |", "| 3 | tests.test_a |"]


def test_the_page_on_speed_carries_the_numbers_of_the_readme():
    """Both have the paragraph and the table that `make bench` prints, with its date and machine."""
    root = Path(__file__).parent.parent
    printed = re.compile(r"^Measured with `make bench.*?(?=\n\n[^|])", re.MULTILINE | re.DOTALL)
    readme, cover = (printed.search((root / name).read_text(encoding="utf-8")) for name in ("README.md",
                                                                                            "notebooks/how_fast.md"))
    assert readme[0] == cover[0] and readme[0].count("\n| ") >= 6


def test_a_mutant_changes_one_thing():
    """Each is another program than the source and than every other, and says where and what it changes."""
    source = "def f(x):\n    \"\"\"Say.\"\"\"\n    if x > 1:\n        return g(x, by=2)\n    print('no sentence')\n"
    assert sorted(mutant[:3] for mutant in mutants.mutants(source)) == [
        (3, "if x > 1:", "if not x > 1:"), (3, "x > 1", "x > 2"), (3, "x > 1", "x >= 1"), (4, "by=2", "by=3"),
        (4, "return g(x, by=2)", "return"), (4, "return g(x, by=2)", "return g(x)"),
        (5, "print('no sentence')", "pass")]
    assert len({mutant[3] for mutant in mutants.mutants(source)}) == 7
