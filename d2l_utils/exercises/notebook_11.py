"""The checks of 11_why_numbers_differ."""

import math
from fractions import Fraction
from itertools import combinations

import numpy as np

from .engine import exercise, expect, quiz


@exercise("11.1", "A share can be compared whatever the number of runs; being last of a hundred is no fault.")
def _(percentile):
    for value, others in ((0.873, [0.87, 0.872, 0.874, 0.876]), (5, [1, 2, 3, 4]), (0, [1, 2]), (3, [3, 1, 2, 3, 3, 4]),
                          (2, [2, 2, 2])):
        below, equal, n = sum(x < value for x in others), sum(x == value for x in others), len(others)
        exact = 100 * (below + equal / 2) / n
        expect(percentile(value, list(others)), exact,
               "100 times the share of the others that are below, where one that equals the value counts half.",
               [(exact / 100, "that is the share; as a percentage it is a hundred times as much."),
                (below + equal / 2, "that is how many are below; wanted is their percentage."),
                (below, "that is how many are below; wanted is their percentage."),
                (100 - exact, "that is how much lies above the value; asked is what lies below."),
                (100 * below / n, "a tie counts for nothing here; it should count half."),
                (100 * (below + equal) / n, "a tie counts whole here; it should count half."),
                (100 * below / (n + 1), "divide by the number of the others: the value itself isn't one of them.")])


@exercise("11.2", "Variances add: the method that scatters more decides how many seeds it takes.")
def _(seeds_needed):
    for difference, first_sd, second_sd in ((0.01, 0.003, 0.02), (0.005, 0.002, 0.006), (0.02, 0.006, 0.006),
                                            (0.01, 0, 0.005)):
        variance, per_variance = first_sd**2 + second_sd**2, (2.8 / difference)**2
        exact = variance * per_variance
        expect(seeds_needed(difference, first_sd, second_sd), math.ceil(exact),
               "solve difference = 2.8 · sqrt((first_sd² + second_sd²) / n) for n, and round up.",
               [(math.floor(exact), "rounded down, the difference is just missed: round up."),
                (exact, "seeds come whole: round up."),
                (math.ceil(2 * exact), "that is the number for both methods together, or one factor 2 too many: the "
                 "sum of the variances has it already."),
                (math.ceil(exact / 2), "that is half of it: the 2 in the formula for a common s stands for the two "
                 "variances, which add."),
                (math.ceil((first_sd + second_sd)**2 * per_variance), "standard deviations don't add; their squares, "
                 "the variances, do."),
                (math.ceil(2 * first_sd**2 * per_variance), "the second method's scatter doesn't enter."),
                (math.ceil(2 * ((first_sd + second_sd) / 2)**2 * per_variance), "the mean of the standard deviations "
                 "isn't what a common one would be: take the mean of their squares."),
                (math.ceil(variance * (1.96 / difference)**2), "with 1.96 alone the difference is found in half of "
                 "the studies only; 80 of 100 take 0.84 more."),
                (math.ceil(variance**0.5 * 2.8 / difference), "the error shrinks with the root of n, so n grows with "
                 "the square.")])


@exercise("11.3", "A difference carries the scatter of both runs, so it takes more to be worth a look.")
def _(spreads_apart):
    for first, second, others in ((0.87, 0.875, [0.871, 0.874, 0.878, 0.869]), (0.9, 0.88, [0.88, 0.9]),
                                  (3, 3, [1, 2, 6])):
        s, gap = np.std(others, ddof=1), abs(first - second)
        expect(spreads_apart(first, second, list(others)), gap / (2**0.5 * s),
               "the distance of the two, divided by the standard deviation of a difference of two runs.",
               [(gap, "that is how far they are apart; wanted is how many spreads that is."),
                (-gap / (2**0.5 * s), "which of the two comes first doesn't matter: leave out the sign."),
                (gap / s, "that is the spread of one run; a difference has the scatter of both."),
                (gap / (2 * s), "standard deviations don't add; the variances do."),
                (gap / (2 * s**2), "that divides by a variance; the spread is its root."),
                (gap / (2**0.5 * np.std(others)), "the denominator of the variance is one less than the number of "
                 "runs: NumPy's std needs to be told."),
                (gap / (s * (2 / len(others))**0.5), "that is the error of two means; here each number is a single "
                 "run.")])


@exercise("11.4", "No normal distribution was needed: the ways to deal out the labels are the whole theory.")
def _(permutation_test):
    for first, second in (([874, 877], [868, 874, 864, 869]), ([1, 4], [2, 8, 16]), ([1, 2, 3, 4], [15, 16, 18, 19]),
                          ([9, 3], [7, 5]), ([2, 2, 20], [3, 3, 4, 9])):
        runs, n, rest = [*first, *second], len(first), len(second)
        sums = [sum(group) for group in combinations(runs, n)]
        apart = np.array([Fraction(total, n) - Fraction(sum(runs) - total, rest) for total in sums])
        seen = apart[0]
        by_sums = np.array([abs(2 * total - sum(runs)) for total in sums])
        expect(permutation_test(list(first), list(second)), (abs(apart) >= abs(seen)).mean(),
               "for each way to choose len(first) of all runs, the difference of the two means; then the share of the "
               "ways in which it is at least as large, whatever its sign.",
               [((apart >= seen).mean(), "that looks to one side only: before you look, either method could be the "
                 "better one."),
                ((abs(apart) > abs(seen)).mean(), "the way that was observed counts as well, and so does every one "
                 "that is as far apart: at least as large."),
                ((abs(apart) >= abs(seen)).sum(), "that is how many ways there are; wanted is their share."),
                ((abs(apart) < abs(seen)).mean(), "that is the share in which they are closer together."),
                ((by_sums >= by_sums[0]).mean(), "the groups differ in size: compare means, not sums."),
                ((abs(apart[1:]) >= abs(seen)).mean(), "the way that was observed is one of them: leave it in.")])


quiz("11.q1", right="c",
     learned="Promise the range of twenty runs, not the fourth digit.",
     a="a seed fixes the random numbers; a sum depends on something else as well.",
     b="both round to the same number of digits; they differ in the order of their sums.",
     d="this notebook trained twice with one seed, and you have seen when the parameters agreed bit for bit.")
quiz("11.q2", right="b",
     learned="Small differences are dear: a fifth of the difference, 25 times the runs.",
     a="that would be so if the formula had the difference without a square.",
     c="the spread is one of two things in the formula; find the other.",
     d="the smaller the difference, the harder it is to see among the scatter.")
quiz("11.q3", right="d",
     learned="With three runs of each the smallest p of a permutation test is 0.1.",
     a="a run that is high wins three comparisons at once: count the runs instead.",
     b="three runs do scatter, and there is a test that needs no more than their order.",
     c="a standard deviation of single runs is no measure for the difference of two means.")
