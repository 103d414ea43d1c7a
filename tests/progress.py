"""With a test on each core, dots tell nothing: a line for each notebook and file that is done, and what runs now."""

import time
from collections import Counter


class Progress:
    """A pytest plugin for the process that hands out the tests; `group_of` says what a test is reported with."""

    def __init__(self, reporter, group_of):
        self.reporter, self.group_of = reporter, group_of
        self.left, self.failed, self.began, self.total = Counter(), Counter(), {}, 0

    def pytest_xdist_node_collection_finished(self, ids):
        """Count the tests of each group; each worker tells the same."""
        self.left, self.total = Counter(map(self.group_of, ids)), len(ids)

    def pytest_runtest_logstart(self, nodeid):
        """Note when a group begins."""
        self.began.setdefault(self.group_of(nodeid), time.monotonic())

    def pytest_runtest_logreport(self, report):
        """Count what failed, in whatever phase."""
        self.failed[self.group_of(report.nodeid)] += report.failed

    def pytest_runtest_logfinish(self, nodeid):
        """Write a line when nothing is left of a group."""
        group = self.group_of(nodeid)
        self.left[group] -= 1
        if not self.left[group]:
            seconds = time.monotonic() - self.began.pop(group)
            how = f"{self.failed[group]} failed" if self.failed[group] else "done"
            now = f"; now {' and '.join(sorted(self.began))}" if self.began else ""
            done = 100 - 100 * self.left.total() // self.total
            self.reporter.write_line(f"[{done:3}%] {group} {how} in {seconds:.0f} s{now}", red=bool(self.failed[group]))
            self.reporter.flush()  # into a file, too, it is news only while it is new

    def pytest_report_teststatus(self, report):
        """Leave out the dot of a test that passed or was skipped; the counts at the end have it."""
        if report.skipped or report.passed and report.when == "call":
            return report.outcome, "", ""
        return None
