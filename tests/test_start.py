"""What the first lines of a session promise; each test starts a process of its own, for MXNet starts once in each."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy
import psutil
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from d2l_utils.start import (
    lend_arm_libraries,
    lend_numpy_names,
    openblas_kernel,
    physical_cores,
    shuffle_with_one_thread,
    silence,
)

SETTINGS = "OMP_NUM_THREADS", "MXNET_ENGINE_TYPE", "GOMP_SPINCOUNT", "OPENBLAS_CORETYPE"
SHOW_SETTINGS = f"import os; print(*map(os.environ.get, {SETTINGS[:3]}))"
# MXNet's threaded engine raises this one only when the result is read, which never happens; NaiveEngine at once.
SHOW_ENGINE = """
try:
    nd.random.normal(0, -1, shape=2)
    print("threaded")
except mxnet.MXNetError:
    print("naive")
"""
SHOW_THREADS = """
nd.dot(nd.ones((500, 500)), nd.ones((500, 500))).wait_to_read()
import psutil; print(psutil.Process().num_threads())
"""


# What OpenBLAS chose, asked of itself: a library that was loaded already isn't loaded again.
SHOW_CORE = """
import ctypes, pathlib
openblas = ctypes.CDLL(pathlib.Path(mxnet.__file__).with_name("libopenblas.so.0"))
openblas.openblas_get_corename.restype = ctypes.c_char_p
print(openblas.openblas_get_corename().decode())
"""


def run(*lines, flags=(), **settings):
    """Run lines of Python in a new process, with no settings but those given; return stdout and stderr."""
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS} | settings
    done = subprocess.run([sys.executable, *flags, "-c", "\n".join(lines)], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def run_cells(*sources):
    """Run cells in a new kernel, going on after an error; return each cell's outputs."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=60).execute()
    return [cell.outputs for cell in notebook.cells]


def test_importing_first_sets_threads_to_the_physical_cores_and_the_naive_engine():
    """Both settings are made before MXNet starts: it runs as if they had been set in the shell."""
    program = "import d2l_utils, mxnet", "from mxnet import nd", SHOW_SETTINGS, SHOW_ENGINE, SHOW_THREADS
    cores = str(physical_cores())
    out, _ = run(*program)
    assert out.split()[:4] == [cores, "NaiveEngine", "5000", "naive"]
    assert out == run(*program, OMP_NUM_THREADS=cores, MXNET_ENGINE_TYPE="NaiveEngine")[0]


def test_settings_of_ones_own_are_kept():
    """Threads, engine and how long a thread waits stay what the user has set."""
    out, _ = run("import d2l_utils, mxnet", "from mxnet import nd", SHOW_SETTINGS, SHOW_ENGINE,
                 OMP_NUM_THREADS="7", MXNET_ENGINE_TYPE="ThreadedEngine", GOMP_SPINCOUNT="100")
    assert out.split() == ["7", "ThreadedEngine", "100", "threaded"]


def test_matrix_products_use_the_instructions_that_the_cpu_has():
    """MXNet's OpenBLAS knows no CPU younger than itself; d2l_utils tells it, unless the user did."""
    cpuinfo = Path("/proc/cpuinfo")
    if not (cpuinfo.exists() and " avx2 " in cpuinfo.read_text()):
        pytest.skip("not Linux, or a CPU without AVX2")
    assert run("import d2l_utils, mxnet", SHOW_CORE)[0].strip() in ("Haswell", "SkylakeX")
    assert run("import d2l_utils, mxnet", SHOW_CORE, OPENBLAS_CORETYPE="Nehalem")[0].strip() == "Nehalem"


AVX512 = ("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl")


@pytest.mark.parametrize("flags, kernel", [
    ({"avx2", "fma", *AVX512}, "SkylakeX"), (set(AVX512), "SkylakeX"), ({"avx2", "fma"}, "Haswell"), ({"avx2"}, None),
    ({"fma"}, None),
    *[({"avx2", "fma", *AVX512} - {flag}, "Haswell") for flag in AVX512]])
def test_a_kernel_is_chosen_only_where_the_cpu_has_all_its_instructions(flags, kernel):
    """One instruction that the CPU lacks would end the process."""
    assert openblas_kernel(flags) == kernel


@pytest.mark.parametrize("counted, allowed, cores", [(4, {0, 1}, 2), (2, {0, 1, 2, 3}, 2), (None, {0, 1, 2}, 3)])
def test_a_thread_runs_on_each_physical_core_that_the_process_may_use(monkeypatch, counted, allowed, cores):
    """Where nothing tells how many of them are physical, each counts."""
    monkeypatch.setattr(psutil, "cpu_count", lambda logical: None if logical else counted)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: allowed if process == 0 else set(), raising=False)
    assert physical_cores() == cores


def test_the_lent_numbers_are_those_that_numpy_had(monkeypatch):
    """They are gone afterwards, also where the import failed."""
    names = "Inf", "PINF", "NINF", "NAN", "NaN", "PZERO", "NZERO"
    for name in names:
        monkeypatch.delattr(numpy, name, raising=False)
    with pytest.raises(ImportError), lend_numpy_names():
        assert [repr(float(getattr(numpy, name))) for name in names] == [
            "inf", "inf", "-inf", "nan", "nan", "0.0", "-0.0"]
        raise ImportError
    assert not any(hasattr(numpy, name) for name in names)


def test_a_numpy_without_the_names_of_mxnets_time_serves_and_is_left_as_it_was():
    """MXNet looks for twenty names that NumPy 2 has no longer; it gets each, and NumPy doesn't keep them."""
    gone = ("Inf NAN NINF NZERO NaN PINF PZERO alltrue in1d mirr msort npv pmt ppmt product pv rate round_ sometrue "
            "trapz").split()
    out, _ = run("import numpy", f"gone = {gone}", "for name in gone: vars(numpy).pop(name, None)",
                 "lazy = numpy.__getattr__", "def answer(name):  # NumPy 1.23 would still answer to some of them",
                 "    if name in gone: raise AttributeError(name)", "    return lazy(name)",
                 "numpy.__getattr__ = answer", "before = set(dir(numpy))",
                 "import d2l_utils, mxnet", "print(set(dir(numpy)) - before, mxnet.nd.ones(2).asnumpy().tolist())")
    assert out.strip() == "set() [1.0, 1.0]"


@pytest.fixture
def site(tmp_path):
    """Where MXNet and SciPy lie on an ARM machine, with files of SciPy's names."""
    for name in ("mxnet/libmxnet.so", "scipy.libs/libopenblasp-r0-5c2b7639.3.18.so",
                 "scipy.libs/libgfortran-daac5196.so.5.0.0"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_on_arm_scipys_openblas_stands_in_for_the_libraries_that_mxnets_wheel_lacks(site):
    """Each of the three leads to OpenBLAS, its Fortran lies beside them, and a second start changes nothing."""
    for _ in range(2):
        lend_arm_libraries(site, machine="aarch64")
        found = {path.name: path.read_text() for path in (site / "mxnet").iterdir() if path.is_symlink()}
        lent = "libarmpl_lp64_mp.so", "libamath.so", "libastring.so"
        assert found == {**dict.fromkeys(lent, "scipy.libs/libopenblasp-r0-5c2b7639.3.18.so"),
                         "libgfortran-daac5196.so.5.0.0": "scipy.libs/libgfortran-daac5196.so.5.0.0"}


@pytest.mark.parametrize("machine, missing", [
    ("x86_64", None), ("aarch64", "libopenblasp-r0-5c2b7639.3.18.so"), ("aarch64", "libgfortran-daac5196.so.5.0.0")])
def test_on_other_machines_and_with_another_scipy_nothing_is_linked(site, machine, missing):
    if missing:
        (site / "scipy.libs" / missing).unlink()
    lend_arm_libraries(site, machine)
    assert [path.name for path in (site / "mxnet").iterdir()] == ["libmxnet.so"]


def test_on_arm_a_shuffle_uses_one_thread_and_gives_the_others_back(monkeypatch):
    """The order is MXNet's own, and done before the threads are back, even if it fails."""
    happened = []
    shuffled = SimpleNamespace(wait_to_read=lambda: happened.append("done"))
    modules = SimpleNamespace(shuffle=lambda array, out=None: happened.append((array, out)) or shuffled)
    mxnet = SimpleNamespace(nd=SimpleNamespace(random=modules), random=modules,
                            base=SimpleNamespace(_LIB=SimpleNamespace(MXSetNumOMPThreads=happened.append)))
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    shuffle_with_one_thread(mxnet, machine="aarch64")
    assert mxnet.nd.random.shuffle("array", out="place") is shuffled
    assert happened == [1, ("array", "place"), "done", 3]
    del shuffled.wait_to_read
    with pytest.raises(AttributeError):
        mxnet.random.shuffle("array")
    assert happened[-1] == 3
    monkeypatch.delenv("OMP_NUM_THREADS")
    with pytest.raises(AttributeError):
        mxnet.random.shuffle("array")
    assert happened[-1] == physical_cores()


@pytest.mark.skipif(numpy.lib.NumpyVersion(numpy.__version__) >= "2.0.0", reason="MXNet alone can't start with NumPy 2")
def test_importing_after_mxnet_works_and_warns_in_one_line():
    """Too late to set anything, d2l_utils says so in one line, leaves the settings alone, and works."""
    out, err = run("import mxnet", "import d2l_utils as d2l", SHOW_SETTINGS,
                   "print(d2l.relu(mxnet.nd.array([-1, 2])).asnumpy())")
    assert out.splitlines() == ["None None None", "[0. 2.]"]
    assert len(err.splitlines()) == 1
    assert err.startswith("<string>:2: UserWarning: d2l_utils was imported after mxnet")


def test_a_start_prints_nothing():
    """Import, first array and every name of the package leave stdout and stderr empty, deprecation warnings shown."""
    quiet = run("import d2l_utils as d2l", "from mxnet import nd", "nd.ones(2).asnumpy()",
                "for name in d2l.__all__: getattr(d2l, name)", flags=("-W", "default"))
    assert quiet == ("", "")


def test_what_is_said_during_a_start_is_lost_and_what_is_said_after_it_is_not(capfd):
    """Of a start nothing stays: no silence, and no file that is open."""
    before = len(os.listdir("/dev/fd"))
    with silence():
        os.write(2, b"MXNet start using engine: NaiveEngine")
    os.write(2, b"your own words")
    assert capfd.readouterr().err == "your own words" and len(os.listdir("/dev/fd")) == before


def test_a_cell_that_imports_has_no_output():
    """In a kernel too, where C++ is heard as well, import and first array show nothing, deprecation warnings shown."""
    assert run_cells("import warnings\nwarnings.simplefilter('default')", "import d2l_utils as d2l",
                     "from mxnet import nd\nones = nd.ones(2).asnumpy()") == [[], [], []]


def test_a_mistake_in_a_cell_is_shown_as_its_line_and_a_sentence():
    """No library's traceback stands between the student and what to do, and the kernel lives on."""
    _, (error,), (after,) = run_cells("import d2l_utils as d2l", "size = 0\nd2l.load_data_fashion_mnist(size)", "size")
    line, sentence = error.traceback
    assert line.strip() == "line 2: d2l.load_data_fashion_mnist(size)"
    assert sentence.startswith("ValueError: batch_size must be ") and "\n" not in sentence
    assert after.data["text/plain"] == "0"
