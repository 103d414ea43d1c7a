"""Each figure of the notebooks shows what the text says of it; nbval doesn't compare pictures."""

from exercise_cells import every_notebook, read
from one_run import came_of


def drawn(path):
    """Return the ids of a notebook's cells that draw."""
    return [cell.id for cell in read(path)
            if any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))]


@every_notebook
def test_each_figure_shows_what_the_text_says_and_no_text_in_it_lies_over_another(path):
    figures = came_of(path).figures
    assert list(figures) == drawn(path)
    for cell, wrong in figures.items():
        assert not wrong, f"{cell}: {wrong}"
