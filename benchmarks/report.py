"""What the benchmark found: ratios of medians, as a table, as CSV and as a plot."""

import csv
from statistics import median
from typing import NamedTuple

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402


class Comparison(NamedTuple):
    """One line of the table: what was measured beside what, both by their names among the measurements."""

    what: str
    measured: str
    beside: str
    reference: str
    target: str = ""
    unit: str = "s"


HEADER = "ratio", "spread", "median", "what", "beside", "target"


def ratio(values, references):
    """Return the ratio of the medians, and the lowest and highest ratio of single rounds but for the two extremes."""
    rounds = sorted(value / reference for value, reference in zip(values, references, strict=True))
    inner = rounds[1:-1] or rounds
    return median(values) / median(references), inner[0], inner[-1]


def rows(comparisons, measured):
    """Return the table's lines as tuples of text, of what was measured."""
    lines = []
    for comparison in comparisons:
        if {comparison.measured, comparison.reference} <= measured.keys():
            values = measured[comparison.measured]
            value, low, high = ratio(values, measured[comparison.reference])
            lines.append((f"{value:.2f}", f"{low:.2f} to {high:.2f}", f"{median(values):.3g} {comparison.unit}".strip(),
                          comparison.what, comparison.beside, comparison.target))
    return lines


def markdown(lines):
    """Lay lines out as a Markdown table."""
    return "\n".join("| " + " | ".join(line) + " |" for line in (HEADER, ("---",) * len(HEADER), *lines))


def write_csv(path, lines, measured):
    """Write the table, and below it every measurement, round by round."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([HEADER, *lines, [], ["measurement", "rounds"]])
        writer.writerows([name, *values] for name, values in measured.items())


def slope(sizes, times):
    """Return the exponent b of the power law, time = a size^b, that fits best."""
    return np.polyfit(np.log(sizes), np.log(times), 1)[0]


def plot(path, epochs, growth):
    """Draw the peers' epochs, and how an epoch from scratch grows.

    Parameters
    ----------
    path : pathlib.Path
        The picture to write.
    epochs : dict of str to list of float
        The seconds of each peer's epochs.
    growth : dict of str to dict of int to list of float
        What grows, and at each of its sizes the seconds of the epochs.
    """
    figure, axes = plt.subplots(1, 1 + len(growth), figsize=(4 + 3.2 * len(growth), 3.6), layout="constrained")
    names = list(epochs)[::-1]
    axes[0].boxplot([epochs[name] for name in names], vert=False, whis=(0, 100), medianprops={"color": "#d55e00"})
    axes[0].set_yticks(range(1, len(names) + 1), names)
    axes[0].set(xscale="log", xlabel="seconds an epoch")
    for ax, (what, times) in zip(axes[1:], growth.items()):
        sizes = np.array(sorted(times))
        medians = np.array([median(times[size]) for size in sizes])
        ax.loglog(sizes, medians, "o-", color="#0072b2", label=f"slope {slope(sizes, medians):.2f}")
        ax.loglog(sizes, medians[-1] * sizes / sizes[-1], "--", color="#777777", label="in proportion")
        ax.set(xlabel=what, ylabel="seconds an epoch")
        ax.set_xticks(sizes, [f"{size:,}" for size in sizes], rotation=45)
        ax.minorticks_off()
        ax.legend()
    for ax in axes:
        ax.grid(alpha=0.3)
    figure.savefig(path, dpi=150)
