"""The exercises: each can be solved, none can be cheated, and every wrong answer gets the hint that is its own."""

import json
import re

import d2l_utils as d2l
from exercise_cells import ANSWER, CHOICE, every_notebook, questions, read
from one_run import came_of
from wrong_answers import WRONG_ANSWERS


def heard(ran):
    """Return what `check` said of an answer, and whether the notebook stayed as it was."""
    assert not ran.error, ran.error
    return json.loads(ran.text)


def said(path, kind):
    """Return what `check` said, the first time, of the answers of one kind: (exercise, number) to its text."""
    return {(key, number): heard(first)[0] for (key, which, number), (first, _) in came_of(path).answers.items()
            if which == kind}


@every_notebook
def test_a_stub_is_not_attempted_yet(path):
    for (key, _), text in said(path, "stub").items():
        assert text.startswith(f"Exercise {key}: not attempted yet.")


@every_notebook
def test_the_published_solution_is_correct(path):
    for (key, _), text in said(path, "solution").items():
        assert re.fullmatch(rf"Exercise {key}: correct\. \S.+\.", text), text


@every_notebook
def test_a_wrong_answer_gets_its_own_hint(path):
    hints = {}
    for (key, number), text in said(path, "wrong").items():
        wrong = WRONG_ANSWERS[key][number]
        assert text.startswith(f"Exercise {key}: not yet.\n") and wrong.hint in text, (wrong.misconception, text)
        assert len(text.splitlines()) <= 4, text
        hints.setdefault(key, []).append(text.partition("Hint: ")[2])
    for key, texts in hints.items():
        assert len(set(texts)) == len(texts), key


@every_notebook
def test_a_constant_or_the_input_is_never_correct(path):
    for (key, cheat), text in said(path, "cheat").items():
        assert text.startswith(f"Exercise {key}: not yet.\n"), (cheat, text)


@every_notebook
def test_a_check_leaves_the_notebook_as_it_was(path):
    for which, times in came_of(path).answers.items():
        assert all(heard(ran)[1] for ran in times), which


@every_notebook
def test_another_order_and_another_seed_give_the_same_answers(path):
    for which, (first, second) in came_of(path).answers.items():
        assert heard(first)[0] == heard(second)[0], which


@every_notebook
def test_the_published_experiment_runs_and_prints_what_its_paragraph_speaks_of(path):
    """In 20 seconds on a machine with nothing else to do; three times as many are let pass beside other tests."""
    experiment = came_of(path).experiment
    assert not experiment.error, experiment.error
    assert experiment.seconds <= 60 and re.search(r"\d", experiment.text)


@every_notebook
def test_a_question_has_one_right_letter_and_a_sentence_for_each_wrong_one(path):
    for n, (question, _, answer) in enumerate(questions(read(path)), 1):
        key, right = f"{path.stem[:2]}.q{n}", ANSWER.fullmatch(answer.source)[1]
        letters = re.findall(r"^- \*\*([a-d])\.\*\* ", CHOICE.fullmatch(question.source)[2], re.MULTILINE)
        said = {letter: repr(d2l.check(key, letter)) for letter in letters}
        assert letters == list("abcd"[:len(letters)]) and len(set(said.values())) == len(letters)
        for letter, text in said.items():
            begins = "correct. " if letter == right else f"not yet.\nIt isn't {letter}.\nHint: "
            assert re.fullmatch(rf"Question {key}: {begins}\S.+\.", text), text
        assert "Expected one of the letters" in repr(d2l.check(key, "abcde"[len(letters)]))
