"""Plausible wrong answers to the exercises of 03_relu."""

from .form import body

WRONG_ANSWERS = {}

_ = body("relu_by_mask(X)")
WRONG_ANSWERS["03.1"] = [
    _("the comparison is the result", "the mask itself", "return X > 0"),
    _("≥ is as good as >", "at 0 the slope comes out as 1", "return X * (X >= 0)"),
    _("what is negative stays", "keeps the other half", "return X * (X < 0)"),
    _("negative means: turn the sign", "cuts them off", "return abs(X)"),
    _("NumPy does as well", "can't follow values into NumPy",
      "return nd.array(X.asnumpy() * (X.asnumpy() > 0))"),
]

_ = body("leaky_relu(X, slope)")
WRONG_ANSWERS["03.2"] = [
    _("it is ReLU", "that is ReLU", "return nd.maximum(X, 0)"),
    _("everything is multiplied", "all entries are multiplied", "return slope * X"),
    _("the slope is a floor", "not a floor", "return nd.maximum(X, slope)"),
    _("the leak turns the sign", "has no valley", "return nd.maximum(X, 0) + slope * nd.maximum(-X, 0)"),
    _("the slope is always 0.01", "whatever the argument", "return nd.where(X > 0, X, 0.01 * X)"),
    _("the leak is a constant to autograd", "by operators of nd alone",
      "return nd.maximum(X, 0) + slope * nd.minimum(X, 0).detach()"),
]

_ = body("gradient_left(activation, x, layers)")
_SLOPE = ["x = nd.array([x])", "x.attach_grad()", "with autograd.record():", "    y = activation(x)", "y.backward()"]
WRONG_ANSWERS["03.3"] = [
    _("the slope of one layer", "what one layer leaves", *_SLOPE, "return x.grad.asscalar()"),
    _("each layer adds its slope", "not added up", *_SLOPE, "return x.grad.asscalar() * layers"),
    _("values are slopes", "what the activation gives", "return activation(nd.array([x])).asscalar()**layers"),
    _("a layer's input is the last one's output", "the input of every unit is x",
      "x = nd.array([x])", "x.attach_grad()", "with autograd.record():", "    y = x", "    for layer in range(layers):",
      "        y = activation(y)", "y.backward()", "return x.grad.asscalar()"),
    _("every slope is ReLU's", "each layer multiplies the gradient", "return float(x > 0)**layers"),
]

_ = body("dead_share(hidden, data_iter)")
WRONG_ANSWERS["03.4"] = [
    _("a share of zeros", "the share of zeros",
      "H = nd.concat(*(hidden(X) for X, y in data_iter), dim=0)", "return (H == 0).mean()"),
    _("the minibatches' shares are averaged", "collect over all of them before you judge",
      "return sum(((hidden(X) > 0).sum(axis=0) == 0).mean() for X, y in data_iter) / len(data_iter)"),
    _("a number is a share", "that is how many are dead",
      "return (sum((hidden(X) > 0).sum(axis=0) for X, y in data_iter) == 0).sum()"),
    _("a unit that ever rests is dead", "rests for some pictures",
      "H = nd.concat(*(hidden(X) for X, y in data_iter), dim=0)", "return ((H == 0).sum(axis=0) > 0).mean()"),
    _("the living are counted", "the share of the living",
      "return (sum((hidden(X) > 0).sum(axis=0) for X, y in data_iter) > 0).mean()"),
]
