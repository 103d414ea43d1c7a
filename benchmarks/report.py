"""What the benchmark found: ratios of medians, as a table, as CSV and as a plot."""

import csv
from collections import Counter
from statistics import median
from typing import NamedTuple
from xml.etree import ElementTree

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import LogLocator, NullLocator  # noqa: E402


class Comparison(NamedTuple):
    """One line of the table: what was measured, by its name among the measurements, beside another or a constant."""

    what: str
    measured: str
    beside: str
    reference: str | float
    at_most: str = ""
    unit: str = "s"


HEADER = "ratio", "spread", "median", "what", "beside", "at most"
# What an epoch should grow in proportion to: the exponent if it does, and the size from which on it is fitted. Below
# 256 hidden units it is the many small operators that take the time.
GROWTH = {"hidden units": (1, 256), "training images": (1, 0), "threads": (-1, 0)}


def ratio(values, references):
    """Return the ratio of the medians, and the lowest and highest ratio of single rounds but for the two extremes."""
    rounds = sorted(value / reference for value, reference in zip(values, references, strict=True))
    inner = rounds[1:-1] if len(rounds) > 4 else rounds
    return median(values) / median(references), inner[0], inner[-1]


def rows(comparisons, measured):
    """Return the table's lines as tuples of text, of what was measured."""
    lines = []
    for what, name, beside, reference, at_most, unit in comparisons:
        if name in measured and (reference in measured or isinstance(reference, float)):
            values = measured[name]
            value, low, high = ratio(values, measured.get(reference, [reference] * len(values)))
            lines.append((f"{value:.2f}", f"{low:.2f} to {high:.2f}", f"{median(values):.3g} {unit}".strip(),
                          what, beside, at_most))
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


def seconds_by_file(path):
    """Lay out pytest's report, a JUnit XML file, as a Markdown table of each file's and notebook's seconds."""
    seconds = Counter()
    for case in ElementTree.parse(path).iter("testcase"):
        seconds[case.get("classname")] += float(case.get("time"))
    lines = [f"| {value:.0f} | {name} |" for name, value in seconds.most_common()]
    return "\n".join(["| seconds | file |", "| --- | --- |", *lines, ""])


def slopes(what, times):
    """Return the slope on log axes of each round of epochs; `times` has their seconds by size."""
    sizes = [size for size in times if size >= GROWTH[what][1]]
    return [np.polyfit(np.log(sizes), np.log(values), 1)[0] for values in zip(*(times[size] for size in sizes))]


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
        medians = [median(times[size]) for size in sizes]
        exponent, least = GROWTH[what]
        fitted = f", from {least} on" if least else ""
        ax.loglog(sizes, medians, "o-", color="#0072b2", label=f"slope {median(slopes(what, times)):.2f}{fitted}")
        proportional = medians[-1] * (sizes / sizes[-1]) ** float(exponent)
        ax.loglog(sizes, proportional, "--", color="#777777", label=f"slope {exponent}")
        ax.set(xlabel=what, ylabel="seconds an epoch")
        ax.set_xticks(sizes, [f"{size:,}" for size in sizes], rotation=45)
        ax.xaxis.set_minor_locator(NullLocator())
        ax.legend(loc="upper left" if exponent > 0 else "lower left")
    for ax, axis in zip(axes, [axes[0].xaxis, *(ax.yaxis for ax in axes[1:])]):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_locator(NullLocator())
        ax.grid(alpha=0.3)
    figure.savefig(path, dpi=150)
