"""Plausible wrong answers to the exercises of 06_training."""

from .form import body

WRONG_ANSWERS = {}

_ = body("tanh_backward(A, dH)")
WRONG_ANSWERS["06.1"] = [
    _("the slope alone", "multiplies it", "return 1 - A.tanh()**2"),
    _("the square of A", "not of A", "return dH * (1 - A**2)"),
    _("no square", "has a square in it", "return dH * (1 - A.tanh())"),
    _("the value for the slope", "wants its slope", "return dH * A.tanh()"),
    _("as with ReLU", "that is ReLU's mask", "return dH * (A > 0)"),
    _("nothing happens on the way back", "tanh has a slope", "return dH"),
]

_ = body("find_wrong(loss_of, params, gradients)")
SEARCH = ("for place, (param, gradient) in enumerate(zip(params, gradients)):",
          "    for index in np.ndindex(param.shape):", "        kept, losses = param[index].asscalar(), []",
          "        for value in (kept + 1e-5, kept - 1e-5):", "            param[index] = value",
          "            losses.append(loss_of(params))", "        param[index] = kept",
          "        slope, found = (losses[0] - losses[1]) / 2e-5, gradient[index].asscalar()")
WRONG_ANSWERS["06.2"] = [
    _("from 1", "counts places from 0", *SEARCH, "        if abs(slope - found) > 1e-4:",
      "            return place + 1"),
    _("from the end", "from the front", *SEARCH, "        if abs(slope - found) > 1e-4:",
      "            return 3 - place"),
    _("sizes are compared", "compare each entry", *SEARCH, "        if abs(abs(slope) - abs(found)) > 1e-4:",
      "            return place", "return -1"),
    _("the first entry speaks for all", "a single entry is wrong", *SEARCH, "        if abs(slope - found) > 1e-4:",
      "            return place", "        break", "return -2"),
]

_ = body("gradients_of_three(X, y, params)")
PASSES = ("W1, b1, W2, b2, W3, b3 = params", "H1 = nd.relu(nd.dot(X, W1) + b1)", "H2 = nd.relu(nd.dot(H1, W2) + b2)",
          "dO = nd.softmax(nd.dot(H2, W3) + b3) - nd.one_hot(y, b3.size)", "dA2 = nd.dot(dO, W3.T) * (H2 > 0)",
          "dA1 = nd.dot(dA2, W2.T) * (H1 > 0)", "return [nd.dot(X.T, dA1), dA1.sum(axis=0), nd.dot(H1.T, dA2), "
          "dA2.sum(axis=0), nd.dot(H2.T, dO), dO.sum(axis=0)]")
WRONG_ANSWERS["06.3"] = [
    _("the upper ReLU lets all pass", "second hidden layer's", *(line.replace(" * (H2 > 0)", "") for line in PASSES)),
    _("the lower ReLU lets all pass", "first hidden layer's", *(line.replace(" * (H1 > 0)", "") for line in PASSES)),
    _("no ReLU on the way back", "both masks are missing",
      *(line.replace(" * (H2 > 0)", "").replace(" * (H1 > 0)", "") for line in PASSES)),
    _("the mean", "that is the mean",
      *(line.replace("b3.size)", "b3.size)) / len(y)").replace("= nd.softmax", "= (nd.softmax")
                                       for line in PASSES)),
    _("onehot minus p", "not the reverse",
      *(line.replace("b3.size)", "b3.size))").replace("= nd.softmax", "= -(nd.softmax")
                                            for line in PASSES)),
]

_ = body("lr_at(step, num_steps, lr)")
WRONG_ANSWERS["06.4"] = [
    _("it falls from the start", "the first half keeps lr", "return lr * (1 - step / num_steps)"),
    _("0 at the last step", "one step later",
      "return lr * min(1, (num_steps - 1 - step) / (num_steps / 2 - 1))"),
    _("a step down is a schedule", "it drops once", "return lr if step < num_steps / 2 else lr / 2"),
    _("the line goes through the first half too", "larger than lr", "return lr * 2 * (1 - step / num_steps)"),
    _("the line ends right but begins wrong", "jumps in the middle",
      "return lr if step < num_steps / 2 else lr * (1 - step / num_steps)"),
    _("constant", "never falls", "return lr"),
]
