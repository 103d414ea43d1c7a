"""Exercises and questions are whole, every ability that a notebook promises is tested, and what is missing is named."""

import copy

import pytest

from d2l_utils.exercises import registered
from exercise_cells import NOTEBOOKS, QUESTION, complaints, every_notebook, exercises, kind_of, questions, read
from wrong_answers import WRONG_ANSWERS


@every_notebook
def test_nothing_is_missing_of_exercises_and_questions_and_they_test_every_ability(path):
    assert complaints(path.stem[:2], read(path), WRONG_ANSWERS) == []


def test_every_check_belongs_to_an_exercise():
    keys = [f"{path.stem[:2]}.{n}" for path in NOTEBOOKS for n, _ in enumerate(exercises(read(path)), 1)]
    asked = [f"{path.stem[:2]}.q{n}" for path in NOTEBOOKS for n, _ in enumerate(questions(read(path)), 1)]
    assert set(registered()) == {*keys, *asked} and set(WRONG_ANSWERS) == set(keys)


def without(tag, place):
    """Return what removes a notebook's cell of a kind, counted from 0."""
    def damage(cells, wrong_answers):
        cells.remove([cell for cell in cells if kind_of(cell) == tag][place])
    return damage


def damages():
    """Yield ways to damage a notebook's second exercise: a name, and what it does to the cells and wrong answers."""
    def without_question(cells, wrong_answers):
        cells.remove([cell for cell in cells if QUESTION.match(cell.source)][1])

    def replaced(old, new):
        def damage(cells, wrong_answers):
            for cell in cells:
                cell.source = cell.source.replace(old, new)
        return damage

    def too_few_wrong_answers(cells, wrong_answers):
        wrong_answers["03.2"] = wrong_answers["03.2"][:2]

    for tag in ("exercise", "check", "solution"):
        yield f"no {tag}", without(tag, 1)
    yield "no question", without_question
    yield "two wrong answers", too_few_wrong_answers
    yield "no why", replaced("```\n\n`nd.where` takes", "```\n\n</details>\n\n`nd.where` takes")
    yield "another's check", replaced('check("03.2"', 'check("03.3"')
    yield "a stub that is no stub", replaced("def leaky_relu(X, slope):\n    return ...", "leaky_relu = 3")
    yield "no warm-up", replaced("*Warm-up.*", "*The idea.*")


def damages_of_questions():
    """Yield ways to damage a notebook's open exercise, its questions and its tags, in the same form."""
    def untagged(cells, wrong_answers):
        for cell in cells:
            cell.metadata.tags = [tag for tag in cell.metadata.get("tags", []) if tag != "ability-1"]

    def fewer_choices(cells, wrong_answers):
        question = next(cell for cell in cells if cell.source.startswith("### Question 1."))
        question.source = question.source[:question.source.index("\n- **c.**")]

    def unexplained(cells, wrong_answers):
        answer = next(cell for cell in cells if "<summary>Answer</summary>" in cell.source)
        answer.source = answer.source.replace("\n\n**", "\n\nIt's **")

    yield "no experiment", without("experiment", 0)
    yield "no place to write", without("notes", 0)
    yield "no answer to a question", unexplained
    yield "an ability that nothing tests", untagged
    yield "two answers to choose from", fewer_choices


CASES = [("03", *damage) for damage in damages()] + [("08", *damage) for damage in damages_of_questions()]


@pytest.mark.parametrize("number, damage", [pytest.param(number, damage, id=name) for number, name, damage in CASES])
def test_an_exercise_without_one_of_them_is_noticed(number, damage):
    (path,) = [path for path in NOTEBOOKS if path.stem.startswith(number)]
    cells, wrong_answers = read(path), copy.deepcopy(WRONG_ANSWERS)
    assert complaints(number, cells, wrong_answers) == []
    damage(cells, wrong_answers)
    assert complaints(number, cells, wrong_answers) != []
