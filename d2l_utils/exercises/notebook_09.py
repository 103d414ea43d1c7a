"""The checks of 09_is_it_really_better."""

import math

import numpy as np

from .engine import Got, exercise, expect


@exercise("09.1", "Ten times the precision costs a hundred times the pictures.")
def _(pictures_needed):
    for accuracy, margin in ((0.87, 0.01), (0.5, 0.1), (0.87, 0.001), (0.99, 0.005)):
        variance, z = accuracy * (1 - accuracy), 1.96
        exact = variance * (z / margin)**2
        expect(pictures_needed(accuracy, margin), math.ceil(exact),
               "solve margin = 1.96 · sqrt(accuracy · (1 − accuracy) / n) for n, and round up.",
               [(math.floor(exact), "rounded down, the margin is just missed: round up."),
                (exact, "pictures come whole: round up."),
                (math.ceil(variance / margin**2), "one standard error holds in 68 of 100 cases; 95 need 1.96 of them."),
                (math.ceil(variance * (2 * z / margin)**2), "the margin goes to both sides: it is half of the "
                 "interval's width."),
                (math.ceil(variance**0.5 * z / margin), "the error shrinks with the root of n, so n grows with the "
                 "square."),
                (math.ceil(0.25 * (z / margin)**2), "that is the worst case, an accuracy of one half; use the "
                 "accuracy you are given.")])


@exercise("09.2", "Pictures that both get right, or both wrong, say nothing about which is better.")
def _(mcnemar):
    from scipy import stats  # takes a second to import; notebook 09 has done it, the others shouldn't wait for it

    for only_first, only_second, alike in ((6, 0, 10), (3, 12, 40), (4, 4, 0), (30, 12, 300), (0, 0, 5)):
        first = np.array([1] * only_first + [0] * only_second + [1, 0] * alike, dtype=bool)
        second = np.array([0] * only_first + [1] * only_second + [1, 0] * alike, dtype=bool)
        decisive, most = only_first + only_second, max(only_first, only_second)
        tail = sum(math.comb(decisive, k) for k in range(most, decisive + 1)) / 2**decisive
        accuracies = stats.ttest_ind(first, second).pvalue
        hint = "toss a fair coin for each picture that only one of them gets right; SciPy's binomtest knows the rest."
        if not decisive:
            hint = "without a single decisive picture there is no evidence at all: the p-value is 1."
        call = f"{only_first} pictures that only the first gets right, {only_second} that only the second does, and "
        expect(Got(f"{call}{2 * alike} on which they agree, mcnemar(first, second)", mcnemar(first, second).value),
               min(1, 2 * tail), hint,
               [(tail, "that asks about one side only; before you look, either model could be the better one."),
                (stats.binomtest(int(first.sum()), len(first)).pvalue, "the coin is tossed for every picture; those "
                 "on which both agree decide nothing."),
                (stats.binomtest(only_first, len(first)).pvalue, "the coin is tossed for every picture; those on "
                 "which both agree decide nothing."),
                (accuracies, "that compares two separate accuracies, as if each had had pictures of its own."),
                (stats.chi2.sf((only_first - only_second)**2 / max(decisive, 1), 1), "that is the approximation by "
                 "chi-square; with few decisive pictures it is too sure.")])


@exercise("09.3", "What chose the network can't also measure it: that takes a set which had no say.")
def _(to_report):
    for valid, test in (([0.88, 0.9, 0.89], [0.879, 0.884, 0.891]), ([0.87, 0.86], [0.865, 0.871]),
                        ([0.81, 0.83, 0.85, 0.84], [0.84, 0.82, 0.815, 0.835])):
        chosen = int(np.argmax(valid))
        expect(to_report(list(valid), list(test)), test[chosen],
               "choose by the validation accuracies alone, and report what the chosen network has on the test set.",
               [(max(test), "the best of several test accuracies flatters: that is choosing on the test set."),
                (max(valid), "that network was chosen for this number, so it flatters; the test set had no say."),
                (sum(test) / len(test), "that is the mean of all networks, and you report one."),
                (chosen, "that says which network is chosen; wanted is its test accuracy.")])


@exercise("09.4", "About 700 pictures would do for three points: far more than ten, far fewer than 10,000.")
def _(sample_size):
    for gain, decisive in ((0.03, 0.08), (0.04, 0.1), (0.01, 0.06), (0.05, 0.2)):
        exact = decisive - gain**2
        expect(sample_size(gain, decisive), math.ceil(2.8**2 * exact / gain**2),
               "the gain should be 1.96 + 0.84 standard errors, each the root of (decisive − gain²) / n: solve for n, "
               "and round up.",
               [(math.ceil(1.96**2 * exact / gain**2), "with 1.96 alone the gain is seen in half of the cases only; "
                 "80 of 100 take 0.84 more."),
                (math.ceil(2.8**2 * 2 * 0.87 * 0.13 / gain**2), "that is for separate test sets; with the same "
                 "pictures only the decisive ones scatter."),
                (math.ceil(2.8 * exact**0.5 / gain), "the error shrinks with the root of n: n grows with the square."),
                (math.ceil(2.8**2 * decisive / gain**2), "the variance of a difference that is −1, 0 or 1 is the mean "
                 "of its squares minus the square of its mean."),
                (2.8**2 * exact / gain**2, "pictures come whole: round up.")])
