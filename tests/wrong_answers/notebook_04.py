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

_ = body("dropout(H, p, noise)")
WRONG_ANSWERS["04.3"] = [
    _("dropping is all", "isn't scaled up", "return H * (noise >= p)"),
    _("fewer units, smaller values", "you scale down", "return H * (noise >= p) * (1 - p)"),
    _("p is the share that stays", "you keep that share", "return H * (noise < p) / p if p else H * 0"),
    _("the mask is the wrong way round", "the wrong way round", "return H * (noise < p) / (1 - p)"),
    _("one mask for the minibatch", "lose the same units", "return H * (noise[0:1] >= p) / (1 - p)"),
    _("0/0 is 0", "needs a line of its own", "return H * (noise >= p) / (nd.array([1]) - p)"),
]
