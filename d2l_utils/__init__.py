"""The helper package that all notebooks of the course share.

Names and signatures are those of the lecture's own library, so that `import d2l_utils as d2l` serves its code.
"""

import contextlib
import importlib
import os
import sys
import warnings

import psutil


def _cores():
    """Count the physical cores that this process may use."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(psutil.cpu_count(logical=False) or allowed, allowed)


def _openblas_core():
    """Return OpenBLAS's name for the instructions that this CPU has, or None where that can't be told."""
    try:
        with open("/proc/cpuinfo") as file:
            flags = set(next(line for line in file if line.startswith("flags")).split())
    except (OSError, StopIteration):  # not Linux, or not x86
        return None
    if {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"} <= flags:
        return "SkylakeX"
    return "Haswell" if {"avx2", "fma"} <= flags else None


@contextlib.contextmanager
def _quiet_start():
    """Keep import-time deprecation warnings and the line that MXNet's engine prints in C++ away from the notebook."""
    saved = os.dup(2)
    try:
        with open(os.devnull, "w") as nothing, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            sys.stderr.flush()
            os.dup2(nothing.fileno(), 2)
            yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)


if "mxnet" in sys.modules:
    warnings.warn("d2l_utils was imported after mxnet, which has started with its own thread count and engine; "
                  "import d2l_utils first to train faster.", stacklevel=2)
else:
    # All are read once, when MXNet starts. One thread a physical core and no engine threads beside them train the
    # lecture's network fastest, and an error is raised at the line that caused it. Threads that wait for each other
    # sleep after a short while: by default they wait so busily that a second training makes both ten times as slow.
    os.environ.setdefault("OMP_NUM_THREADS", str(_cores()))
    os.environ.setdefault("MXNET_ENGINE_TYPE", "NaiveEngine")
    os.environ.setdefault("GOMP_SPINCOUNT", "5000")
    # MXNet's OpenBLAS takes a CPU that is younger than itself for one of 2004, whose products take 2.5 times as long.
    if core := _openblas_core():
        os.environ.setdefault("OPENBLAS_CORETYPE", core)

with _quiet_start():
    import mxnet

    mxnet.nd.zeros(1).wait_to_read()  # the engine starts with the first array

# Where each name lives. A name's module is imported when the name is first used: d2l brings pandas, plots bring
# matplotlib, and who wants neither shouldn't wait for them.
_HOMES = {
    "d2l.mxnet": ("Accumulator", "Animator", "Timer", "accuracy", "get_fashion_mnist_labels", "show_images"),
    "d2l_utils.check": ("check",),
    "d2l_utils.data": ("Minibatches", "load_data_fashion_mnist", "load_fashion_mnist"),
    "d2l_utils.diagram": ("show_chain", "show_network"),
    "d2l_utils.model": ("init_params", "mlp", "relu"),
    "d2l_utils.plot": ("plot_history", "plt", "set_figsize", "show_confusion", "show_fashion_mnist", "show_weights",
                       "use_svg_display"),
    "d2l_utils.seeds": ("plausible_range", "where_it_lies"),
    "d2l_utils.train": ("evaluate_accuracy", "predict", "sgd", "train_ch3", "train_epoch"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"d2l_utils has no {name!r}; it has {', '.join(__all__)}")
    value = globals()[name] = getattr(importlib.import_module(_HOME[name]), name)
    return value


def __dir__():
    return __all__


# Python gives a submodule's name to the submodule when it is first imported. So that `check` is the function, whatever
# is imported when, this one is imported here; it brings nothing that isn't here already.
check = importlib.import_module("d2l_utils.check").check
