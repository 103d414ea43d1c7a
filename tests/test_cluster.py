"""The sweep of notebook 10 runs here and on a cluster given by its address, and survives the death of a worker."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbclient
import nbformat
import pytest
from dask.distributed import Client

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "10_architecture.ipynb"
REPORT = """
import cloudpickle
print(len(trained), len(failed), len(configurations), len(cloudpickle.dumps((train_one, configurations[0]))))
"""


def start(*arguments):
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, "-m", "dask", *arguments], env=environment, start_new_session=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, each a process of its own on loopback; yields its address and the workers."""
    file = str(tmp_path / "scheduler.json")
    processes = [start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file)]
    for _ in range(2):
        processes.append(start("worker", "--scheduler-file", file, "--host", "127.0.0.1", "--nthreads", "1",
                               "--no-dashboard", "--preload", "d2l_utils", "--local-directory", str(tmp_path)))
    try:
        deadline = time.monotonic() + 60
        while not Path(file).exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        with Client(scheduler_file=file) as client:
            client.wait_for_workers(2, timeout=60)
            yield client.scheduler.address, processes[1:], client
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def notebook_up_to_the_sweep():
    """Return the notebook up to the check that no configuration was lost, with shorter trainings and a report."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    last = next(index for index, cell in enumerate(notebook.cells) if "a configuration was lost" in cell.source)
    for cell in notebook.cells:
        cell.source = cell.source.replace("epochs=5", "epochs=2").replace("num_fit, batch_size = 50000",
                                                                         "num_fit, batch_size = 15000")
    notebook.cells = [*notebook.cells[:last + 1], nbformat.v4.new_code_cell(REPORT)]
    return notebook


def test_every_configuration_comes_back_although_a_worker_dies(cluster, monkeypatch):
    """One of two workers is killed at work; its configuration is done by the other, and little data travels."""
    address, (victim, _), client = cluster
    in_the_middle = []

    def kill_one_at_work():
        while len(busy := client.processing()) < 2 or not all(busy.values()):
            time.sleep(0.1)
        time.sleep(1)
        in_the_middle.append(sum(map(len, client.processing().values())))
        os.killpg(victim.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one_at_work, daemon=True)
    killer.start()
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", address)
    notebook = nbclient.NotebookClient(notebook_up_to_the_sweep(), timeout=300,
                                       resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    assert in_the_middle and in_the_middle[0] >= 2 and len(client.scheduler_info()["workers"]) == 1
    succeeded, failed, asked, size = map(int, notebook.cells[-1].outputs[0].text.split())
    assert (succeeded, failed) == (asked - 1, 1)
    assert size < 20_000


def test_workers_of_ones_own_machine_have_one_thread_each(monkeypatch):
    """For Dask and for MXNet, although the notebook's own MXNet has as many as there are cores."""
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS", raising=False)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    helper = next(cell for cell in notebook.cells if "def run_everywhere" in cell.source)
    report = nbformat.v4.new_code_cell("""
def look(_):
    from dask.distributed import get_client
    client = get_client()
    threads = client.run(lambda: __import__("os").environ["OMP_NUM_THREADS"])
    return len(threads), set(threads.values()), set(client.nthreads().values())

(found,) = run_everywhere(look, ["here"])
print(*found)""")
    imports = [cell for cell in notebook.cells if re.search("^import (d2l_utils|dask)", cell.source, re.MULTILINE)]
    notebook.cells = [*imports, helper, report]
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    assert report.outputs[-1].text.strip().splitlines()[-1] == f"{os.cpu_count()} {{'1'}} {{1}}"
