"""Each notebook is executed once: nbval compares its outputs, and tests/one_run.py asks the rest in the same kernel.

With `-n`, a notebook and all that is asked of it stay on one worker, and what takes longest comes first.
"""

import re

import pytest
from nbval.plugin import IPyNbFile
from xdist.scheduler import LoadScopeScheduling

import one_run
from progress import Progress

LONGEST_FIRST = ("10", "tests/test_p", "09", "tests/test_colab.py", "tests/test_grade.py", "11", "06", "07")


class Afterwards(pytest.Item):
    """Try all answers to a notebook's exercises, and its experiment, in the kernel that ran its cells."""

    def runtest(self):
        one_run.end(self.parent.kernel.kc, self.path)

    def reportinfo(self):
        return self.path, 0, f"{self.path.name}::exercises"


class Notebook(IPyNbFile):
    """A notebook as nbval runs it, its figures watched, and its exercises afterwards."""

    def setup(self):
        super().setup()
        one_run.begin(self.kernel.kc)

    def collect(self):
        yield from super().collect()
        yield Afterwards.from_parent(self, name="exercises")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(parent, file_path):
    """Take our notebooks for nbval's."""
    collectors = yield
    return [Notebook.from_parent(parent, path=file_path) if isinstance(collector, IPyNbFile) else collector
            for collector in collectors]


def group_of(nodeid):
    """Return what a test shares a worker with: its notebook, the browser and the pages, or its file."""
    notebook = re.match(r"notebooks/(\d\d)_|tests/test_(?:exercises|figures).py::.*\[(\d\d)_", nodeid)
    if notebook:
        return notebook[1] or notebook[2]
    return re.sub(r"^(tests/test_p)(?:ages|df).*|::.*", r"\1", nodeid)


def pytest_collection_modifyitems(items):
    """Put the groups one after the other, those first that take longest."""
    groups = {group: [] for group in LONGEST_FIRST}
    for item in items:
        groups.setdefault(group_of(item.nodeid), []).append(item)
    items[:] = [item for group in groups.values() for item in group]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give each worker a whole group at a time, in the order of the list."""
    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

    return Scheduler(config, log)


@pytest.hookimpl(trylast=True)  # the reporter has to be there
def pytest_configure(config):
    """Say what is done and what runs, where several tests run at a time."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config.pluginmanager.get_plugin("terminalreporter"), group_of))


def pytest_unconfigure(config):
    """Say last of all what wasn't tested for want of a browser, and how to get one."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reasons = [str(skipped.longrepr[2]) for skipped in reporter.stats.get("skipped", [])] if reporter else []
    without = [reason for reason in reasons if "no Chromium here" in reason]
    if without:
        print(f"Skipped for want of a browser: {len(without)}. {without[0].removeprefix('Skipped: ')}")
