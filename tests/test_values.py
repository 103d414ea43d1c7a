"""Values as students return them: what is shown of them, what counts as a number, and what counts as the same."""

from functools import partial

import numpy as np
import pytest
from mxnet import nd

from d2l_utils.exercises.values import close_mistake, difference, numbers, same, show


@pytest.mark.parametrize("value, text", [
    ((1,), "(1,)"), ((1, 2), "(1, 2)"), ([], "[]"), ([1], "[1]"), (1e9, "1e+09"), (999_999_999.0, "999999999"),
    (-1e9, "-1e+09"), (0.1 + 0.2, "0.3"), (abs, "abs"), (int, "int"),
    (partial(abs), "functools.partial(<built-in function abs>)"), (partial(lambda: 0), "<partial>"),
    (object(), "<object>"), (None, "None"),
    ("x" * 98, repr("x" * 98)), ("x" * 99, "<str>"), ([10**94, 1], f"[{10**94}, 1]"), ([10**95, 1], "<2 values>"),
    (np.zeros((2, 2)), "[[0, 0], [0, 0]]"), (np.zeros(33), f"[{', '.join('0' * 33)}]"), (np.zeros(34), "<array (34,)>"),
    (np.float64(0.5), "0.5"), (nd.ones(2), "[1, 1]"), (nd.zeros((9, 99)), "<array (9, 99)>"),
    (np.array([object()]), "<array (1,)>")])
def test_short_values_are_shown_in_full_and_long_ones_by_what_they_are(value, text):
    """In full means up to a hundred characters; numbers have five digits, whole ones no point."""
    assert show(value) == text


@pytest.mark.parametrize("value, expected", [
    (3, 3.0), (True, 1.0), (np.float32(0.5), 0.5), (nd.array([2]), 2.0), (nd.array([[2]]), [[2.0]]),
    (nd.array([1, 2]), [1.0, 2.0]), ([1, 2], [1.0, 2.0]), (((1, 2), (3, 4)), [[1.0, 2.0], [3.0, 4.0]]),
    ([nd.array([1]), nd.array([2])], [1.0, 2.0]), ([], []), (np.array(["1", "2"]), [1.0, 2.0])])
def test_numbers_arrays_and_even_lists_of_them_become_one_array_of_float64(value, expected):
    found = numbers(value)
    assert found.dtype == np.float64 and found.tolist() == expected


def test_lists_of_different_shapes_stay_lists():
    first, second = numbers([[1, 2], 3])
    assert (first.tolist(), second.tolist()) == ([1, 2], 3)
    assert [part.tolist() for part in numbers([[[1, 2], 3], [[4, 5], 6]])[1]] == [[4, 5], 6]


@pytest.mark.parametrize("value", ["6", None, [1, "6"], {1: 2}, np.array(["a"]), np.array([{}])])
def test_what_holds_no_numbers_is_none(value):
    assert numbers(value) is None


def agree(value, expected, *close):
    return same(numbers(value), numbers(expected), *close)


@pytest.mark.parametrize("value, expected, agrees", [
    (0.25, 0.25, True), (0.25002, 0.25, True), (0.2501, 0.25, False), (1e-6, 0, True), (2e-6, 0, False),
    (-0.25002, -0.25, True), (5.0005, 5, True), (5.002, 5, False), (20.5015, 20.5, True), (20.501, 20, False),
    (6.0011, 6, False), ([1], 1, True), ([[1]], [1], True), ([1, 2], [[1], [2]], False), ([1, 1], 1, False),
    ([1, 2], [1, 3], False), ([[1, 2], 3], [[1, 2], 3], True), ([[1, 2], 3], [[1, 2], 4], False),
    ([[1, 2], 3], [[1, 2], 3, 3], False), ([[1, 2], 3], [1, 2, 3], False), ([1, 2], [[1, 2], 3], False),
    ("6", 6, False), (np.nan, np.nan, False), (np.inf, np.inf, False)])
def test_results_agree_to_a_ten_thousandth_and_whole_numbers_to_a_thousandth(value, expected, agrees):
    """Shapes count, but for one number; lists are compared entry by entry; infinite and NaN agree with nothing."""
    with np.errstate(invalid="ignore"):
        assert agree(value, expected) is agrees


@pytest.mark.parametrize("value, mistake, agrees", [
    (np.inf, np.inf, True), (np.inf, -np.inf, False), (np.nan, np.nan, True), (1, np.nan, False), (np.nan, 1, False),
    (1.00005, 1, True), (1.2, 1, False), ([1, np.nan], [1, np.nan], True), ([2, np.nan], [1, np.nan], False)])
def test_a_known_mistake_may_be_infinite_or_no_number(value, mistake, agrees):
    with np.errstate(invalid="ignore"):
        assert agree(value, mistake, close_mistake) is agrees


@pytest.mark.parametrize("got, expected, text", [
    (2, 1, "expected 1, got 2"), ("six", [1], "expected [1], got 'six'"),
    (np.zeros((9, 9)), np.eye(9), "expected 1 at [0, 0], got 0"),
    (np.eye(9), np.eye(9) + np.eye(9)[3], "expected 1 at [0, 3], got 0"),
    (np.zeros((9, 8)), np.eye(9), "expected shape (9, 9), got shape (9, 8)"),
    (0, np.eye(9), "expected shape (9, 9), got shape ()"), ("six", np.eye(9), "expected <array (9, 9)>, got 'six'"),
    ([[1, 2], np.zeros((9, 9))], [[1, 2], np.eye(9)], "in array 1 expected 1 at [0, 0], got 0"),
    ([np.eye(9), 1], [np.eye(9), 2], "in array 1 expected 2, got 1"),
    ([np.eye(9)], [np.eye(9), 2], "expected [<array (9, 9)>, 2], got [<array (9, 9)>]")])
def test_a_difference_is_said_in_full_or_by_its_shape_or_first_place(got, expected, text):
    assert difference(got, expected) == text
