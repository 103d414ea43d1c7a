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
    _("whole numbers have a mean", "take it of a float32 array",
      "top = logits.topk(k=k, axis=1, dtype='int32')",
      "return (top == y.astype('int32').reshape((-1, 1))).max(axis=1).mean()"),
    _("a number is a share", "that is how many pictures count", "top = logits.topk(k=k, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).sum()"),
]

_ = body("surest_mistakes(logits, y, k)")
MISTAKES = ("p, answers, y = nd.softmax(logits).asnumpy(), logits.argmax(axis=1).asnumpy(), y.asnumpy()",
            "wrong, sure = np.flatnonzero(answers != y), p.max(axis=1)")
WRONG_ANSWERS["07.3"] = [
    _("ahead of the second", "of the second alone", *MISTAKES, "ordered = np.sort(logits.asnumpy())",
      "return wrong[np.argsort(ordered[wrong, -2] - ordered[wrong, -1])][:k]"),
    _("a large logit is a high probability", "ahead of the others in its row", *MISTAKES,
      "return wrong[np.argsort(-logits.max(axis=1).asnumpy()[wrong])][:k]"),
    _("the surest of the right answers", "those answers are right", *MISTAKES, "wrong = np.flatnonzero(answers == y)",
      "return wrong[np.argsort(-sure[wrong])][:k]"),
    _("the surest of all answers", "among them are", *MISTAKES, "return np.argsort(-sure)[:k]"),
    _("argsort begins with the largest", "least sure of", *MISTAKES, "return wrong[np.argsort(sure[wrong])][:k]"),
    _("the end of an argsort is in the right order", "comes last", *MISTAKES,
      "return wrong[np.argsort(sure[wrong])][-k:]"),
    _("sure and wrong means that the label got little", "by the probability of the label", *MISTAKES,
      "return wrong[np.argsort(p[wrong, y[wrong]])][:k]"),
    _("argsort gives positions in the minibatch", "places among the mistakes", *MISTAKES,
      "return np.argsort(-sure[wrong])[:k]"),
    _("the probabilities are asked for", "those are the probabilities", *MISTAKES, "return -np.sort(-sure[wrong])[:k]"),
    _("k is always reached", "at most k of them", *MISTAKES,
      "return np.argsort(-np.where(answers != y, sure, sure - 1))[:k]"),
]

_ = body("contributions(picture, W1, unit)")
WRONG_ANSWERS["07.4"] = [
    _("a unit is a row of W1", "a row of W1 belongs to a pixel", "return picture * W1[unit].reshape(picture.shape)"),
    _("the weights say it all", "the weights alone", "return W1[:, unit].reshape(picture.shape)"),
    _("the sum is wanted", "the whole sum", "return nd.dot(picture.reshape((1, -1)), W1)[0, unit]"),
    _("flat is good enough", "lay them out", "return picture.reshape(-1) * W1[:, unit]"),
    _("ReLU works pixel by pixel", "ReLU comes after the sum",
      "return nd.relu(picture * W1[:, unit].reshape(picture.shape))"),
    _("sizes are enough", "the sign is lost", "return abs(picture * W1[:, unit].reshape(picture.shape))"),
    _("units are counted from 1", "the unit before", "return picture * W1[:, unit - 1].reshape(picture.shape)"),
    _("pictures are flattened by columns", "column by column",
      "return picture * W1[:, unit].reshape(picture.shape[::-1]).T"),
    _("the picture has 28 rows", "stops with", "return picture * W1[:, unit].reshape((28, 28))"),
]

_ = body("calibration_error(probabilities, right, num_bins)")
BINS = ("bins = np.minimum((probabilities * num_bins).astype(int), num_bins - 1)",
        "gaps = [probabilities[bins == b].mean() - right[bins == b].mean() for b in np.unique(bins)]",
        "weights = [(bins == b).mean() for b in np.unique(bins)]")
WRONG_ANSWERS["07.5"] = [
    _("1 in a bin of its own", "has a bin of its own", "bins = (probabilities * num_bins).astype(int)", *BINS[1:],
      "return np.dot(weights, np.abs(gaps))"),
    _("ten bins, whatever was asked for", "always 10 bins", "num_bins = 10", *BINS,
      "return np.dot(weights, np.abs(gaps))"),
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
