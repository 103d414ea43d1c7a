"""Plausible wrong answers to the exercises of 04_model."""

from .form import body

WRONG_ANSWERS = {}

_ = body("layer_shapes(batch, widths)")
WRONG_ANSWERS["04.1"] = [
    _("the shapes are those of the weights", "those are the shapes of the weights",
      "return list(zip(widths, widths[1:]))"),
    _("pictures are columns", "the other way round", "return [(width, batch) for width in widths]"),
    _("the input isn't on the way", "goes in counts as well", "return [(batch, width) for width in widths[1:]]"),
    _("one picture at a time", "an axis more, in front", "return [(width,) for width in widths]"),
]

_ = body("deep_mlp(X, params)")
LAYERS = ("W1, b1, W2, b2, W3, b3 = params", "X, relu = X.reshape((-1, W1.shape[0])), d2l.relu")
WRONG_ANSWERS["04.2"] = [
    _("ReLU everywhere", "no ReLU after the last layer", *LAYERS,
      "return relu(nd.dot(relu(nd.dot(relu(nd.dot(X, W1) + b1), W2) + b2), W3) + b3)"),
    _("one ReLU is enough", "the second hidden layer has no ReLU", *LAYERS,
      "return nd.dot(nd.dot(relu(nd.dot(X, W1) + b1), W2) + b2, W3) + b3"),
    _("ReLU is an ornament", "the three layers are one", *LAYERS,
      "return nd.dot(nd.dot(nd.dot(X, W1) + b1, W2) + b2, W3) + b3"),
    _("biases start at zero, so they don't matter", "the biases are left out", *LAYERS,
      "return nd.dot(relu(nd.dot(relu(nd.dot(X, W1)), W2)), W3)"),
    _("the second hidden layer is the end", "the output layer is still to come", *LAYERS,
      "return relu(nd.dot(relu(nd.dot(X, W1) + b1), W2) + b2)"),
]

_ = body("as_one_layer(params)")
LOOP = "for V, c in zip(params[2::2], params[3::2]):"
WRONG_ANSWERS["04.3"] = [
    _("only the last bias counts", "only the last bias is left", "W, b = params[:2]", LOOP,
      "    W, b = nd.dot(W, V), c", "return W, b"),
    _("the later biases are forgotten", "a bias of its own", "W, b = params[:2]", LOOP,
      "    W, b = nd.dot(W, V), nd.dot(b, V)", "return W, b"),
    _("biases add up", "goes through the second layer's weights", "W, b = params[:2]", LOOP,
      "    W, b = nd.dot(W, V), b + c", "return W, b"),
    _("the second matrix first", "the wrong way round", "W, b = params[:2]", LOOP,
      "    W, b = nd.dot(V, W), nd.dot(b, V) + c", "return W, b"),
    _("* is the product of matrices", "entry by entry", "W, b = params[:2]", LOOP,
      "    W, b = W * V, nd.dot(b, V) + c", "return W, b"),
    _("there are two layers", "there may be more", "if len(params) == 2:", "    return params",
      "W1, b1, W2, b2 = params[:4]", "return nd.dot(W1, W2), nd.dot(b1, W2) + b2"),
    _("a bias is a row of a minibatch", "one for pictures as well", "b = nd.zeros((1, params[0].shape[0]))",
      "W = nd.eye(params[0].shape[0])", "for V, c in zip(params[::2], params[1::2]):",
      "    W, b = nd.dot(W, V), nd.dot(b, V) + c", "return W, b"),
    _("the weights are the answer", "a pair", "W, b = params[:2]", LOOP, "    W = nd.dot(W, V)", "return W"),
]

_ = body("untrained_test(logits, y)")
ANSWERS = ("n, answers = len(y), logits.argmax(axis=1).asnumpy().astype(int)", "y = y.asnumpy()",
           "mean = -nd.log_softmax(logits).pick(nd.array(y)).mean().asscalar()",
           "ratio, accuracy = mean / math.log(logits.shape[1]), (answers == y).mean()",
           "favourite = np.bincount(answers).max() / n")
WRONG_ANSWERS["04.4"] = [
    _("the loss alone says it", "nothing was divided", *ANSWERS, "return mean, accuracy, favourite"),
    _("there are ten classes", "as if there were always ten", *ANSWERS,
      "return mean / math.log(10), accuracy, favourite"),
    _("the loss of the minibatch is a sum", "it is a sum of losses", *ANSWERS, "return n * ratio, accuracy, favourite"),
    _("the logarithm of the batch size", "number of pictures", *ANSWERS,
      "return mean / math.log(n), accuracy, favourite"),
    _("right answers are counted", "counts right answers", *ANSWERS, "return ratio, (answers == y).sum(), favourite"),
    _("the favourite's pictures are counted", "counts pictures", *ANSWERS, "return ratio, accuracy, favourite * n"),
    _("the favourite is a class", "the favourite class itself", *ANSWERS,
      "return ratio, accuracy, np.bincount(answers).argmax()"),
    _("the favourite is the most frequent label", "about the labels", *ANSWERS,
      "return ratio, accuracy, np.bincount(y).max() / n"),
    _("the favourite has the highest probability", "a mean probability", *ANSWERS,
      "return ratio, accuracy, nd.softmax(logits).max(axis=1).mean().asscalar()"),
    _("the order doesn't matter", "in another order", *ANSWERS, "return favourite, accuracy, ratio"),
    _("two numbers are enough", "three numbers in this order", *ANSWERS, "return ratio, accuracy"),
]
