"""Where a run lies among the runs of the study of seeds, `notebooks/data/seeds.csv`."""

import numpy as np

from .errors import ArgumentValueError


def _values(others):
    values = np.asarray(others, dtype=float)
    if values.ndim != 1 or len(values) < 2 or not np.isfinite(values).all():
        raise ArgumentValueError(f"others must be at least two numbers, one a run, but is {others!r}; pick one column "
                                 "of the study's table, and one epoch.")
    return values


def where_it_lies(value, others, name="test accuracy"):
    """Say in a sentence where a run lies among others, and whether that is further out than chance explains.

    Parameters
    ----------
    value : float
        What your run came to; it is compared with four digits.
    others : sequence of float
        The same quantity for each of the other runs.
    name : str
        What the quantity is called.

    Returns
    -------
    str
        As in "your test accuracy of 0.874 is higher than 14 of 20". Outside of `plausible_range` it says so.

    Raises
    ------
    ArgumentValueError
        If `value` isn't a finite number, or `others` isn't a flat sequence of at least two finite numbers.
    """
    others = _values(others)
    if not np.isfinite(value):
        raise ArgumentValueError(f"Your {name} is {value}: the training diverged. A lower learning rate may help.")
    value = round(float(value), 4)  # as the file has it, so that the same run isn't higher than itself
    place = f"higher than {(value > others).sum()} of {len(others)}"
    if value < others.min() or value > others.max():
        place = f"{'lower' if value < others.min() else 'higher'} than all {len(others)}"
    low, high = plausible_range(others)
    beyond = "" if low <= value <= high else ",\nby more than chance explains: look for another cause"
    return f"your {name} of {value:.3f} is {place}{beyond}"


def plausible_range(others, widths=5):
    """Return the range in which a run of another machine or seed should lie: the mean and 5 standard deviations around.

    Parameters
    ----------
    others : sequence of float
        A quantity, one number for each run of the study.
    widths : float
        Standard deviations on each side. With 5, a normally distributed number falls outside less than once in a
        million runs; the rest is room for what twenty runs don't show.

    Returns
    -------
    low, high : float

    Raises
    ------
    ArgumentValueError
        If `others` isn't a flat sequence of at least two finite numbers.
    """
    others = _values(others)
    margin = widths * others.std(ddof=1)
    return others.mean() - margin, others.mean() + margin
