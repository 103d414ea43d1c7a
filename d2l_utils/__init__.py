"""The helper package that all notebooks of the course share.

Names and signatures are those of the lecture's own library, so that `import d2l_utils as d2l` serves its code.
"""

import importlib

from .start import start

start()

# Where each name lives. A name's module is imported when the name is first used: d2l brings pandas, plots bring
# matplotlib, and who wants neither shouldn't wait for them.
_HOMES = {
    "d2l.mxnet": ("Accumulator", "Animator", "Timer", "accuracy", "get_fashion_mnist_labels", "show_images"),
    "d2l_utils.data": ("Minibatches", "load_data_fashion_mnist", "load_fashion_mnist"),
    "d2l_utils.diagram": ("show_chain", "show_network"),
    "d2l_utils.exercises": ("check",),
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
