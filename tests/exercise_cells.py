"""The cells that exercises and questions are made of, and what is missing where one is not whole."""

import re
from pathlib import Path

import nbformat
import pytest

from d2l_utils.exercises import registered

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("[0-9][0-9]_*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

KINDS = ("exercise", "check", "experiment", "notes", "quiz", "solution")
PARTS = ["question", "exercise", "check", "solution"]
OPEN_PARTS = ["question", "exercise", "check", "experiment", "notes", "solution"]
QUESTION = re.compile(r"### Exercise (\d)\. .+\n\n\*(Warm-up|The idea|Open)\.\* ")
SOLUTION = re.compile(r"<details>\n<summary>Solution</summary>\n\n```python\n(.+?)\n```\n\n(?!</)\S.+\n\n</details>",
                      re.DOTALL)
EXPERIMENT = re.compile(r"\n\n```python\n((?:(?!```).)+)\n```\n\n(?!</)\S((?!```).)+\n\n</details>$", re.DOTALL)
CHECK = re.compile(r'd2l\.check\("(\d\d\.\d)", (\w+)\)')
QUIZ = re.compile(r'd2l\.check\("(\d\d\.q\d)", \.\.\.\)')
CHOICE = re.compile(r"### Question (\d)\. .+\n\n.+?\n\n((?:- \*\*[a-d]\.\*\* .+\n?){3,4})$", re.DOTALL)
ANSWER = re.compile(r"<details>\n<summary>Answer</summary>\n\n\*\*([a-d])\.\*\* \S.+\n\n</details>", re.DOTALL)


def read(path):
    return nbformat.read(path, as_version=4).cells


def kind_of(cell):
    """Return which part of an exercise a cell is, by its tag; "question" where it has none of these tags."""
    return next((tag for tag in KINDS if tag in cell.metadata.get("tags", [])), "question")


def between(cells, start, end):
    """Return the cells after the first that begins with one heading and before the first that begins with another."""
    first = next(i for i, cell in enumerate(cells) if cell.source.startswith(start))
    last = next(i for i, cell in enumerate(cells) if cell.source.startswith(end))
    return cells[first + 1:last]


def groups(cells):
    """Return the cells of a list in groups that each begin with a question."""
    found = []
    for cell in cells:
        if kind_of(cell) == "question":
            found.append([])
        found[-1].append(cell)
    return found


def exercises(cells):
    """Return the exercises of a notebook, each with the cells that it is made of."""
    return groups(between(cells, "## Exercises", "## Summary"))


def questions(cells):
    """Return the questions with answers to choose from, each with the cells that it is made of."""
    return groups(between(cells, "## Summary", "### What to keep"))


def missing_of_exercise(key, group, wrong_answers):
    """Say what an exercise lacks: a part, a part's form, or wrong answers."""
    question, stub, check, *_, solution = (cell.source for cell in group)
    heading = QUESTION.match(question)
    if not heading or heading[1] != key[-1]:
        return f"{key}: a question begins with its heading and its kind"
    experiment = heading[2] == "Open"
    if [kind_of(cell) for cell in group] != (OPEN_PARTS if experiment else PARTS):
        return f"{key} has the parts {[kind_of(cell) for cell in group]}"
    if not (check := CHECK.fullmatch(check)) or check[1] != key:
        return f"{key}: its check is another one's"
    if f"def {check[2]}(" not in stub or "..." not in stub or "#" in stub or len(stub.splitlines()) > 6:
        return f"{key}: a stub is a short function that returns ..."
    if not (match := SOLUTION.fullmatch(solution)) or f"def {check[2]}(" not in match[1]:
        return f"{key}: a solution is code and a paragraph, in <details>"
    if experiment and not EXPERIMENT.search(solution):
        return f"{key}: an open exercise's solution ends with an experiment and what it showed"
    if len(wrong_answers.get(key, [])) < 3:
        return f"{key} has {len(wrong_answers.get(key, []))} wrong answers"
    return "" if key in registered() else f"{key} isn't registered"


def missing_of_question(key, group):
    """Say what a question lacks: a part, or a part's form."""
    if [kind_of(cell) for cell in group] != ["question", "quiz", "solution"]:
        return f"{key} has the parts {[kind_of(cell) for cell in group]}"
    question, quiz, answer = (cell.source for cell in group)
    if not (match := CHOICE.fullmatch(question)) or match[1] != key[-1]:
        return f"{key}: a question has a heading and a list of answers, three or four"
    if not (match := QUIZ.fullmatch(quiz)) or match[1] != key or key not in registered():
        return f"{key}: its check is another one's, or isn't registered"
    return "" if ANSWER.fullmatch(answer) else f"{key}: its answer is a letter and a reason, in <details>"


def untested(cells):
    """Say which abilities no exercise and no question names, and which tags name no ability."""
    promised = {f"ability-{n}" for n, _ in enumerate(re.findall("^- ", cells[0].source, re.MULTILINE), 1)}
    named = {tag for cell in cells for tag in cell.metadata.get("tags", []) if tag.startswith("ability-")}
    return [f"nothing tests {tag}" for tag in sorted(promised - named)] + [f"{tag} is none" for tag in named - promised]


def complaints(number, cells, wrong_answers):
    """Return all that a notebook's exercises and questions lack."""
    tasks, asked = exercises(cells), questions(cells)
    found = [missing_of_exercise(f"{number}.{n}", group, wrong_answers) if len(group) >= 4 else
             f"{number}.{n} has the parts {[kind_of(cell) for cell in group]}" for n, group in enumerate(tasks, 1)]
    found += [missing_of_question(f"{number}.q{n}", group) for n, group in enumerate(asked, 1)]
    kinds = [match[2] for group in tasks if (match := QUESTION.match(group[0].source))]
    if not 2 <= len(tasks) <= 5 or kinds[:1] != ["Warm-up"] or kinds[-1:] != ["Open"]:
        found.append("two to five exercises, the first a warm-up, the last open")
    if len(asked) not in (2, 3):
        found.append(f"{len(asked)} questions")
    return [complaint for complaint in [*found, *untested(cells)] if complaint]


def printed(cell):
    """Return what a cell printed; a kernel sends it in one piece or in several."""
    return "".join(output.text for output in cell.outputs if output.get("name") == "stdout")
