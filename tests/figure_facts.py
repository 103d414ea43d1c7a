"""What the text says of each figure, held against the figure itself while its notebook runs; a figure is a cell's id.

This module is imported by a notebook's kernel, which knows its cells by their source.
"""

import json
import sys
import traceback
from pathlib import Path

FACTS = {}  # from a cell's id to the function that holds the facts
IDS, SEEN, CELL = {}, {}, [""]


def figure(cell):
    """Register a function as the facts of a cell's figure; it takes the figure's axes."""
    def register(function):
        FACTS[cell] = function
        return function
    return register


def overlapping(fig):
    """Return pairs of texts that lie over each other, rotated ones left out: their boxes are wider than they are."""
    from matplotlib.text import Text
    fig.canvas.draw()
    hidden = {text for ax in fig.axes if not ax.axison for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
    boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in fig.findobj(Text)
             if text.get_visible() and text.get_text().strip() and not text.get_rotation() % 90 and text not in hidden]
    return [(one, other) for index, (one, box) in enumerate(boxes) for other, its in boxes[index + 1:]
            if box.overlaps(its)]


def complaint(cell, fig):
    """Say what is wrong with a cell's figure, or nothing."""
    try:
        FACTS.get(cell, lambda axes: None)(fig.axes)
    except Exception:
        return traceback.format_exc()
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
