"""Plausible wrong answers to the exercises of 09_is_it_really_better."""

from .form import body

WRONG_ANSWERS = {}

_ = body("pictures_needed(accuracy, margin)")
WRONG_ANSWERS["09.1"] = [
    _("rounding down is close enough", "just missed", "return int(accuracy * (1 - accuracy) * (1.96 / margin)**2)"),
    _("one standard error is 95 %", "68 of 100", "return int(np.ceil(accuracy * (1 - accuracy) / margin**2))"),
    _("more digits are more exact", "without further digits",
      "return int(np.ceil(accuracy * (1 - accuracy) * (1.959964 / margin)**2))"),
    _("the margin is the whole width", "half of the interval's width",
      "return int(np.ceil(accuracy * (1 - accuracy) * (2 * 1.96 / margin)**2))"),
    _("the error shrinks with n", "n grows with the square",
      "return int(np.ceil((accuracy * (1 - accuracy))**0.5 * 1.96 / margin))"),
    _("the worst case will do", "the worst case", "return int(np.ceil(0.25 * (1.96 / margin)**2))"),
    _("half a picture", "pictures come whole", "return accuracy * (1 - accuracy) * (1.96 / margin)**2"),
]

_ = body("class_interval(label, right, labels)")
WRONG_ANSWERS["09.2"] = [
    _("a share of all pictures", "divide by those of the class",
      "return wilson((right & (labels == label)).sum(), len(labels))"),
    _("all pictures were measured", "and they are fewer",
      "return wilson(right[labels == label].mean() * len(labels), len(labels))"),
    _("the class doesn't matter", "has no part in it", "return wilson(right.sum(), len(right))"),
    _("the class's share of the right answers", "belongs to the class",
      "return wilson((right & (labels == label)).sum(), right.sum())"),
    _("the first idea is good enough", "breaks its promise",
      "a, n = right[labels == label].mean(), (labels == label).sum()",
      "return a - 1.96 * np.sqrt(a * (1 - a) / n), a + 1.96 * np.sqrt(a * (1 - a) / n)"),
    _("wilson takes an accuracy", "not their share",
      "return wilson(right[labels == label].mean(), (labels == label).sum())"),
    _("it counts mistakes", "the share that is wrong",
      "return wilson((~right[labels == label]).sum(), (labels == label).sum())"),
    _("the accuracy is asked for", "that is the accuracy", "return right[labels == label].mean()"),
]

_ = body("mcnemar(first, second)")
WRONG_ANSWERS["09.3"] = [
    _("one side is enough", "about one side only", "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return stats.binomtest(max(a, b), a + b, alternative='greater').pvalue if a + b else 1.0"),
    _("two sides are twice one", "1 at most", "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return 2 * stats.binomtest(max(a, b), a + b, alternative='greater').pvalue if a + b else 1.0"),
    _("all pictures are coins", "tossed for every picture",
      "return stats.binomtest(int((first & ~second).sum()), len(first)).pvalue"),
    _("two accuracies are compared", "two separate accuracies",
      "return stats.ttest_ind(first.astype(int), second.astype(int)).pvalue"),
    _("chi-square is exact", "too sure", "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return stats.chi2.sf((a - b)**2 / (a + b), 1) if a + b else 1.0"),
    _("no evidence is no value", "no evidence at all",
      "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return stats.binomtest(a, a + b).pvalue if a + b else 0.0"),
]

_ = body("to_report(valid, test)")
WRONG_ANSWERS["09.4"] = [
    _("the best may be shown", "choosing on the test set", "return max(test)"),
    _("the validation accuracy is the result", "chosen for this number", "return max(valid)"),
    _("the last is the best", "that is the last network", "return test[-1]"),
    _("the mean is honest", "mean of all networks", "return sum(test) / len(test)"),
    _("the network is asked for", "which network is chosen", "return valid.index(max(valid))"),
]

_ = body("sample_size(gain, decisive)")
WRONG_ANSWERS["09.5"] = [
    _("at the threshold is beyond it", "in half of the cases",
      "return int(np.ceil(1.96**2 * (decisive - gain**2) / gain**2))"),
    _("the models have separate pictures", "for separate test sets",
      "return int(np.ceil(2.8**2 * 2 * 0.87 * 0.13 / gain**2))"),
    _("the error shrinks with n", "n grows with the square",
      "return int(np.ceil(2.8 * (decisive - gain**2)**0.5 / gain))"),
    _("the mean square is the variance", "minus the square of its mean",
      "return int(np.ceil(2.8**2 * decisive / gain**2))"),
    _("half a picture", "pictures come whole", "return 2.8**2 * (decisive - gain**2) / gain**2"),
]
