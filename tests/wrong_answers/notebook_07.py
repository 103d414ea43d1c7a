"""Plausible wrong answers to the exercises of 07_predictions."""

from .form import body

WRONG_ANSWERS = {}

_ = body("recall(confusion)")
WRONG_ANSWERS["07.1"] = [
    _("columns are true classes", "that is the precision", "return np.diag(confusion) / confusion.sum(axis=0)"),
    _("one number for all", "that is the accuracy", "return np.trace(confusion) / confusion.sum()"),
    _("a share of all pictures", "you divide by all pictures", "return np.diag(confusion) / confusion.sum()"),
    _("every class has 1,000 pictures", "another matrix may have others", "return np.diag(confusion) / 1000"),
    _("0/0 is 0", "0 right answers of 0", "return np.diag(confusion) / confusion.sum(axis=1)"),
]

_ = body("top_k_accuracy(logits, y, k)")
WRONG_ANSWERS["07.2"] = [
    _("the accuracy as before", "only the largest logit counts",
      "return (logits.argmax(axis=1).asnumpy() == y.asnumpy()).mean()"),
    _("k is 3", "k is always 3", "top = logits.topk(k=3, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).mean()"),
    _("argsort puts the largest first", "which way the sort goes", "top = logits.argsort(axis=1)[:, :k].asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).mean()"),
    _("only the k-th place", "only the k-th place counts",
      "return (logits.argsort(axis=1, is_ascend=False)[:, k - 1].asnumpy() == y.asnumpy()).mean()"),
    _("the mean over all k answers", "not by that of answers", "top = logits.topk(k=k, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).mean()"),
    _("a number is a share", "that is how many pictures count", "top = logits.topk(k=k, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).sum()"),
]

_ = body("calibration_error(probabilities, right, num_bins)")
BINS = ("bins = np.minimum((probabilities * num_bins).astype(int), num_bins - 1)",
        "gaps = [probabilities[bins == b].mean() - right[bins == b].mean() for b in np.unique(bins)]",
        "weights = [(bins == b).mean() for b in np.unique(bins)]")
WRONG_ANSWERS["07.3"] = [
    _("bins count alike", "weight the bins", *BINS, "return np.mean(np.abs(gaps))"),
    _("signs may cancel", "take sizes first", *BINS, "return np.dot(weights, gaps)"),
    _("bins aren't needed", "what the bins are for", "return abs(probabilities.mean() - right.mean())"),
    _("every bin holds something", "an empty bin has no mean", BINS[0],
      "return sum((bins == b).mean() * abs(probabilities[bins == b].mean() - right[bins == b].mean())",
      "           for b in range(num_bins))"),
    _("bins exclude their upper edge", "falls into no bin", "error = 0", "for b in range(num_bins):",
      "    chosen = (probabilities >= b / num_bins) & (probabilities < (b + 1) / num_bins)", "    if chosen.any():",
      "        error += chosen.mean() * abs(probabilities[chosen].mean() - right[chosen].mean())", "return error"),
]
