"""The checks of 09_is_it_really_better."""

import math

import numpy as np

from .engine import Got, exercise, expect, quiz


@exercise("09.1", "Ten times the precision costs a hundred times the pictures.")
def _(pictures_needed):
    for accuracy, margin in ((0.87, 0.01), (0.5, 0.1), (0.87, 0.001), (0.99, 0.005)):
        variance, z = accuracy * (1 - accuracy), 1.96
        exact = variance * (z / margin)**2
        expect(pictures_needed(accuracy, margin), math.ceil(exact),
               "solve margin = 1.96 · sqrt(accuracy · (1 − accuracy) / n) for n, and round up.",
               [(math.floor(exact), "rounded down, the margin is just missed: round up."),
                (math.ceil(variance * (1.959964 / margin)**2), "take 1.96 as the formula has it, without "
                 "further digits."),
                (exact, "pictures come whole: round up."),
                (math.ceil(variance / margin**2), "one standard error holds in 68 of 100 cases; 95 need 1.96 of them."),
                (math.ceil(variance * (2 * z / margin)**2), "the margin goes to both sides: it is half of the "
                 "interval's width."),
                (math.ceil(variance**0.5 * z / margin), "the error shrinks with the root of n, so n grows with the "
                 "square."),
                (math.ceil(0.25 * (z / margin)**2), "that is the worst case, an accuracy of one half; use the "
                 "accuracy you are given.")])


def wilson_by_roots(share, n, z=1.96):
    """Return the two accuracies whose own standard error puts a share just z of them away: a quadratic's roots."""
    return sorted(np.roots([1 + z**2 / n, -(2 * share + z**2 / n), share**2]).real)


@exercise("09.2", "An interval is as long as its own number of pictures makes it, and longest near one half.")
def _(class_interval):
    for label, of_class, num_right, others, others_right in ((6, 20, 12, 60, 51), (1, 10, 10, 30, 20), (0, 8, 1, 8, 6)):
        labels = np.array([label] * of_class + [label + 1] * others)
        right = np.arange(of_class) < num_right, np.arange(others) < others_right
        order = np.random.default_rng(0).permutation(len(labels))
        labels, right = labels[order], np.concatenate(right)[order]
        share, n, all_right = num_right / of_class, len(labels), num_right + others_right
        error = 1.96 * (share * (1 - share) / of_class)**0.5
        call = (f"{of_class} pictures of the class {label}, {num_right} of them right, and {others} of another, "
                f"class_interval({label}, right, labels)")
        expect(Got(call, class_interval(label, right, labels).value), wilson_by_roots(share, of_class),
               "take the answers to the pictures of the class, and put how many are right, and how many there are, "
               "into wilson.",
               [(wilson_by_roots(num_right / n, n), "the share is one of all pictures: divide by those of the class."),
                (wilson_by_roots(share, n), "the share is right, but it was measured on the pictures of the class "
                 "alone, and they are fewer."),
                (wilson_by_roots(all_right / n, n), "that is the interval of all pictures; the class has no part in "
                 "it."),
                (wilson_by_roots(num_right / all_right, all_right), "that asks what share of the right answers belongs "
                 "to the class; asked is what share of the class is right."),
                ([share - error, share + error], "that is the first idea, with the standard error of the sample's own "
                 "share; with few pictures it breaks its promise."),
                (wilson_by_roots(share / of_class, of_class), "wilson takes how many are right, not their share."),
                (wilson_by_roots(1 - share, of_class), "that is the interval of the share that is wrong."),
                (share, "that is the accuracy; wanted is its interval, a low and a high end.")])


@exercise("09.3", "Pictures that both get right, or both wrong, say nothing about which is better.")
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
                (2 * tail, "a p-value is a probability: 1 at most."),
                (stats.binomtest(int(first.sum()), len(first)).pvalue, "the coin is tossed for every picture; those "
                 "on which both agree decide nothing."),
                (stats.binomtest(only_first, len(first)).pvalue, "the coin is tossed for every picture; those on "
                 "which both agree decide nothing."),
                (accuracies, "that compares two separate accuracies, as if each had had pictures of its own."),
                (stats.chi2.sf((only_first - only_second)**2 / max(decisive, 1), 1), "that is the approximation by "
                 "chi-square; with few decisive pictures it is too sure.")])


@exercise("09.4", "What chose the network can't also measure it: that takes a set which had no say.")
def _(to_report):
    for valid, test in (([0.81, 0.83, 0.85, 0.84], [0.84, 0.82, 0.815, 0.835]), ([0.87, 0.86], [0.865, 0.871]),
                        ([0.88, 0.9, 0.89], [0.879, 0.884, 0.891]), ([0.85, 0.9], [0.86, 0.91])):
        chosen = int(np.argmax(valid))
        expect(to_report(list(valid), list(test)), test[chosen],
               "choose by the validation accuracies alone, and report what the chosen network has on the test set.",
               [(max(test), "the best of several test accuracies flatters: that is choosing on the test set."),
                (max(valid), "that network was chosen for this number, so it flatters; the test set had no say."),
                (test[-1], "that is the last network; you report the one that the validation accuracies chose."),
                (sum(test) / len(test), "that is the mean of all networks, and you report one."),
                (chosen, "that says which network is chosen; wanted is its test accuracy.")])


@exercise("09.5", "About 700 pictures would do for three points: far more than ten, far fewer than 10,000.")
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


quiz("09.q1", right="b",
     learned="What both models share scatters their accuracies, and leaves their difference alone.",
     a="each interval speaks of one accuracy; the question is about their difference, on the same pictures.",
     c="the test looks at fewer pictures than the intervals do, not at more: think of which.",
     d="each interval was computed from one trained network, so it can't know how seeds scatter.")
quiz("09.q2", right="d",
     learned="Each kind of chance has its own remedy: more pictures for the one, more seeds for the other.",
     a="one kind of chance is left that no number of pictures makes smaller.",
     b="the test is valid for what it asks; see what it takes as given.",
     c="that keeps the number from flattering, but think of what would happen with other first weights.")
quiz("09.q3", right="a",
     learned="It isn't the looking that flatters, it is the choosing.",
     b="the best of five is partly the luckiest of five, on these very pictures.",
     c="the seed is new, but ask what the learning rate was chosen by.",
     d="an epoch was chosen there; ask by which pictures.")
