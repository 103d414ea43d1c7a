"""All that it takes to start MXNet 1.9.1 today: what has to be set, lent or silenced before and while it is imported.

MXNet was last released in May 2022 and reads its settings once, when it starts. Settings that the user has made are
kept.
"""

import contextlib
import importlib.util
import os
import platform
import sys
import warnings
from pathlib import Path

import numpy
import psutil

# The libraries of Arm that MXNet's wheel for ARM asks for and doesn't bring.
ARM_LIBRARIES = ("libarmpl_lp64_mp.so", "libamath.so", "libastring.so")


def physical_cores():
    """Count the physical cores that this process may use."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(psutil.cpu_count(logical=False) or allowed, allowed)


def set_threads():
    """One thread a physical core trains the lecture's network fastest where nothing else runs.

    Threads that wait for each other sleep after a short while: by default they wait so busily that on two cores a
    second training made both ten times as slow, where it is three to four times now.
    """
    os.environ.setdefault("OMP_NUM_THREADS", str(physical_cores()))
    os.environ.setdefault("GOMP_SPINCOUNT", "5000")


def set_engine():
    """Let each operator run when it is called: no engine threads beside OpenMP's, and an error has its own line."""
    os.environ.setdefault("MXNET_ENGINE_TYPE", "NaiveEngine")


def openblas_kernel(flags):
    """Name the kernel of OpenBLAS for a CPU with these flags, or None where the choice is left to OpenBLAS."""
    if {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"} <= flags:
        return "SkylakeX"
    return "Haswell" if {"avx2", "fma"} <= flags else None


def set_openblas_kernel():
    """Tell OpenBLAS which instructions the CPU has.

    MXNet's own takes a CPU that is younger than itself for one of 2004, whose products take 2.5 times as long.
    """
    try:
        with open("/proc/cpuinfo") as file:
            flags = set(next(line for line in file if line.startswith("flags")).split())
    except (OSError, StopIteration):  # not Linux, or not x86
        return
    if kernel := openblas_kernel(flags):
        os.environ.setdefault("OPENBLAS_CORETYPE", kernel)


def lend_arm_libraries(site, machine=platform.machine()):
    """On ARM, let SciPy's OpenBLAS stand in for Arm's libraries, of which MXNet's wheel needs BLAS and LAPACK alone.

    Four links beside MXNet's library do it, the last one because OpenBLAS looks for its Fortran there.

    Parameters
    ----------
    site : pathlib.Path
        The folder that has the folders mxnet and scipy.libs.
    machine : str
        The kind of CPU; on any but aarch64 nothing is done.
    """
    if machine != "aarch64":
        return
    openblas, fortran = (sorted((site / "scipy.libs").glob(name)) for name in ("libopenblasp-*.so", "libgfortran-*"))
    if not (openblas and fortran):  # SciPy from 1.14 on gives its symbols other names
        return
    links = {name: openblas[0] for name in ARM_LIBRARIES} | {fortran[0].name: fortran[0]}
    for name, target in links.items():
        with contextlib.suppress(FileExistsError):  # an earlier start, or another process at this moment
            (site / "mxnet" / name).symlink_to(Path("..", "scipy.libs", target.name))


@contextlib.contextmanager
def lend_numpy_names():
    """While MXNet is imported, give NumPy the names that it had in MXNet's time and has no longer.

    MXNet looks these twenty up to list what it falls back on; none is called. NumPy is left as it was found.
    """
    numbers = {"Inf": numpy.inf, "PINF": numpy.inf, "NINF": -numpy.inf, "NAN": numpy.nan, "NaN": numpy.nan,
               "PZERO": 0.0, "NZERO": -0.0}
    functions = ("alltrue", "in1d", "mirr", "msort", "npv", "pmt", "ppmt", "product", "pv", "rate", "round_",
                 "sometrue", "trapz")
    lent = {name: value for name, value in (numbers | dict.fromkeys(functions)).items() if not hasattr(numpy, name)}
    for name, value in lent.items():
        setattr(numpy, name, value)
    try:
        yield
    finally:
        for name in lent:
            delattr(numpy, name)


@contextlib.contextmanager
def silence():
    """Keep import-time deprecation warnings and the line that MXNet's engine prints in C++ away from the notebook."""
    saved = os.dup(2)
    try:
        with open(os.devnull, "w") as nothing, warnings.catch_warnings():
            for outdated in (DeprecationWarning, SyntaxWarning):
                warnings.simplefilter("ignore", outdated)
            sys.stderr.flush()
            os.dup2(nothing.fileno(), 2)
            yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)


def shuffle_with_one_thread(mxnet, machine=platform.machine()):
    """On ARM, let `nd.random.shuffle` use one thread: only so does a seed give the order that it gives on x86.

    There the wheel was built with a parallel shuffle, whose order depends on the number of threads.
    """
    if machine != "aarch64":
        return
    shuffle, set_omp_threads = mxnet.nd.random.shuffle, mxnet.base._LIB.MXSetNumOMPThreads

    def shuffled(*arguments, **options):
        set_omp_threads(1)
        try:
            result = shuffle(*arguments, **options)
            result.wait_to_read()
            return result
        finally:
            set_omp_threads(int(os.environ.get("OMP_NUM_THREADS", physical_cores())))

    mxnet.nd.random.shuffle = mxnet.random.shuffle = shuffled


def start():
    """Start MXNet, the way this course needs it; warn where somebody has started it before."""
    if "mxnet" in sys.modules:
        warnings.warn("d2l_utils was imported after mxnet, which has started with its own thread count and engine; "
                      "import d2l_utils first to train faster.", stacklevel=3)
    else:
        set_threads()
        set_engine()
        set_openblas_kernel()
        lend_arm_libraries(Path(importlib.util.find_spec("mxnet").origin).parent.parent)
    with silence(), lend_numpy_names():
        import mxnet

        mxnet.nd.zeros(1).wait_to_read()  # the engine starts with the first array
    shuffle_with_one_thread(mxnet)
