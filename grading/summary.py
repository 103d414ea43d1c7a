"""The summary of a class: how far it got, exercise by exercise, and what it most often got wrong."""

from collections import Counter, defaultdict

VERDICTS = ("correct", "not yet", "not attempted yet")


def table(rows):
    """Return the class by exercise, as a table in Markdown."""
    counts = defaultdict(Counter)
    for row in rows:
        counts[row["exercise"]][row["verdict"] if row["verdict"] in VERDICTS else "other"] += 1
    lines = ["| exercise | correct | not yet | not attempted | not there, not reached |", "|---|---|---|---|---|"]
    for exercise, count in sorted(counts.items()):
        lines.append(f"| {exercise} | " + " | ".join(str(count[verdict]) for verdict in (*VERDICTS, "other")) + " |")
    return lines


def misconceptions(rows, most=10):
    """Return the hints that were given most often, each with its exercise and how many got it."""
    hints = Counter((row["exercise"], row["hint"]) for row in rows if row["verdict"] == "not yet")
    return [f"- {exercise}, {count} of the class: {hint}" for (exercise, hint), count in hints.most_common(most)]


def summarize(rows, kept_from):
    """Return the summary of a class as Markdown.

    Parameters
    ----------
    rows : list of dict
        One for each student and exercise, as in the CSV; with an empty exercise, a trouble of the whole notebook.
    kept_from : str
        What the submissions were kept from while they ran, as a clause.
    """
    troubles, checked = [row for row in rows if not row["exercise"]], [row for row in rows if row["exercise"]]
    students = {row["student"] for row in rows}
    return "\n".join([
        "# The class", "", f"{len(students)} students, {len(checked)} answers.", "", *table(checked), "",
        "## Where they went wrong", "", *(misconceptions(checked) or ["Nowhere."]), "",
        "## Notebooks that need a look", "",
        *([f"- {row['student']}, {row['notebook']}: {row['verdict']}" for row in troubles] or ["None."]), "",
        "## What this is worth", "",
        f"While the submissions ran, {kept_from}. Their code ran as you, in the same process as the check that judged "
        "it: whoever sets out to deceive it can. Look at an answer yourself before a grade depends on it.", ""])
