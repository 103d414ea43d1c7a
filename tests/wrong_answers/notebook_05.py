"""Plausible wrong answers to the exercises of 05_softmax_loss."""

from .form import body

WRONG_ANSWERS = {}

_ = body("loss_of_guessing(num_classes)")
WRONG_ANSWERS["05.1"] = [
    _("information is measured in bits", "counts bits", "return math.log2(num_classes)"),
    _("log is the logarithm to base 10", "base 10", "return math.log10(num_classes)"),
    _("the minus is forgotten", "the loss has a minus", "return math.log(1 / num_classes)"),
    _("the loss is the probability", "that is the probability", "return 1 / num_classes"),
]

_ = body("log_softmax(logits)")
WRONG_ANSWERS["05.2"] = [
    _("the formula as it stands", "an exponential overflows",
      "return (logits.exp() / logits.exp().sum(axis=1, keepdims=True)).log()"),
    _("a stable softmax has a stable logarithm", "softmax is stable now", "return nd.softmax(logits).log()"),
    _("one largest logit for all rows", "Each row has its own", "shifted = logits - logits.max()",
      "return shifted - shifted.exp().sum(axis=1, keepdims=True).log()"),
    _("what is subtracted is added back on one side", "in one place and not in the other",
      "largest = logits.max(axis=1, keepdims=True)",
      "return logits - (logits - largest).exp().sum(axis=1, keepdims=True).log()"),
    _("softmax is what is asked for", "those are the probabilities", "return nd.softmax(logits)"),
    _("a small number saves the logarithm", "each logit minus log-sum-exp of its row",
      "return (nd.softmax(logits) + 1e-8).log()"),
]

_ = body("numerical_gradient(f, x, step)")
ENTRIES = ("slopes, x = nd.zeros_like(x), x.copy()", "for index in np.ndindex(x.shape):",
           "    kept = x[index].asscalar()", "    x[index] = kept + step", "    up = f(x)",
           "    x[index] = kept - step", "    down = f(x)", "    x[index] = kept")
WRONG_ANSWERS["05.3"] = [
    _("up is enough", "to one side", *ENTRIES, "    slopes[index] = (up - f(x)) / step", "return slopes"),
    _("one step lies between the two", "two steps, not one", *ENTRIES, "    slopes[index] = (up - down) / step",
      "return slopes"),
    _("the rise is the slope", "that is the rise", *ENTRIES, "    slopes[index] = up - down", "return slopes"),
    _("all entries move", "move at once", "return nd.ones_like(x) * (f(x + step) - f(x - step)) / (2 * step)"),
    _("nothing is put back", "while the next ones are tried", *ENTRIES[:-1],
      "    slopes[index] = (up - down) / (2 * step)", "return slopes"),
    _("a smaller step is always better", "isn't the one in the argument", "step = 1e-5", *ENTRIES,
      "    slopes[index] = (up - down) / (2 * step)", "return slopes"),
    _("float32 will do", "float32 hasn't got those", "x = x.astype('float32')", *ENTRIES,
      "    slopes[index] = (up - down) / (2 * step)", "return slopes"),
    _("the caller's array may stay moved", "isn't put back", "slopes, last = nd.zeros_like(x), None",
      "for index in np.ndindex(x.shape):", "    if last is not None:", "        x[last] = kept",
      "    last, kept = index, x[index].asscalar()", "    x[index] = kept + step", "    up = f(x)",
      "    x[index] = kept - step", "    slopes[index] = (up - f(x)) / (2 * step)", "return slopes"),
]

_ = body("smoothed_loss(logits, y, epsilon)")
WRONG_ANSWERS["05.4"] = [
    _("cross-entropy as before", "epsilon has no effect", "return -nd.log_softmax(logits).pick(y)"),
    _("only the others share", "the label gets its share of epsilon too", "K = logits.shape[1]",
      "onehot = nd.one_hot(y, K)", "target = (1 - epsilon) * onehot + epsilon / (K - 1) * (1 - onehot)",
      "return -(target * nd.log_softmax(logits)).sum(axis=1)"),
    _("one loss per minibatch", "the loss of each picture", "K = logits.shape[1]",
      "target = (1 - epsilon) * nd.one_hot(y, K) + epsilon / K",
      "return -(target * nd.log_softmax(logits)).sum(axis=1).mean()"),
    _("nothing is taken away from the label", "add up to more than 1", "K = logits.shape[1]",
      "return -((nd.one_hot(y, K) + epsilon / K) * nd.log_softmax(logits)).sum(axis=1)"),
    _("a logarithm is positive", "the sign is wrong", "K = logits.shape[1]",
      "target = (1 - epsilon) * nd.one_hot(y, K) + epsilon / K",
      "return (target * nd.log_softmax(logits)).sum(axis=1)"),
]
