"""What the text says of each figure, held against the figure itself while its notebook runs; a figure is a cell's id.

This module is imported by a notebook's kernel, which knows its cells by their source.
"""

import json
import sys
import traceback
from pathlib import Path

from . import notebooks_00_to_03, notebooks_04_to_07, notebooks_08_to_11  # noqa: F401, they register their facts
from .form import FACTS

IDS, SEEN, CELL = {}, {}, [""]  # cells' ids by their source; what was seen, by cell; the source of the cell at work


def texts_of(ax):
    """Return the texts of an axes that are drawn, its ticks' names included where they are in view."""
    yield from (ax.title, *ax.texts)
    if ax.get_legend():
        yield from ax.get_legend().get_texts()
    for axis in (ax.xaxis, ax.yaxis) if ax.axison else ():
        low, high = sorted(axis.get_view_interval())
        yield axis.label
        yield from (name for place, name in zip(axis.get_ticklocs(), axis.get_ticklabels()) if low <= place <= high)


def overlapping(fig):
    """Return pairs of texts that lie over each other, rotated ones left out: their boxes are wider than they are."""
    fig.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for ax in fig.axes for text in texts_of(ax)
             if text.get_visible() and text.get_text().strip() and not text.get_rotation() % 90]
    return [(one, other) for index, (one, box) in enumerate(boxes) for other, its in boxes[index + 1:]
            if box.overlaps(its)]


def complaint(cell, fig):
    """Say what is wrong with a cell's figure, or nothing."""
    if cell not in FACTS:
        return "no facts of it are registered"
    try:
        FACTS[cell](fig.axes)
    except Exception:
        return traceback.format_exc(limit=-1)
    return "".join(f"{one!r} lies over {other!r}. " for one, other in overlapping(fig))


def begin(info):
    CELL[0] = info.raw_cell


def look():
    """Look at the figures that the cell has drawn, before they are sent and closed."""
    plt = sys.modules.get("matplotlib.pyplot")
    if plt and plt.get_fignums():
        cell = IDS.get(CELL[0], CELL[0])
        SEEN[cell] = "".join(complaint(cell, plt.figure(number)) for number in plt.get_fignums())


def watch(shell, folder="."):
    """Look at each figure of a kernel from now on."""
    for path in Path(folder).glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        IDS.update({"".join(cell["source"]): cell["id"] for cell in cells})
    shell.events.register("pre_run_cell", begin)
    shell.events.register("post_execute", look)


def stop(shell):
    """Return what is wrong with the figures that were seen, by their cells."""
    shell.events.unregister("pre_run_cell", begin)
    shell.events.unregister("post_execute", look)
    return SEEN
