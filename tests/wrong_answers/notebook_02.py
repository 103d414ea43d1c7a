"""Plausible wrong answers to the exercises of 02_initialize_parameters."""

from .form import body

WRONG_ANSWERS = {}

_ = body("count_params(widths)")
WRONG_ANSWERS["02.1"] = [
    _("the biases are forgotten", "those are the weights", "return sum(a * b for a, b in zip(widths, widths[1:]))"),
    _("inputs have biases", "gives the inputs a bias too",
      "return sum(a * b for a, b in zip(widths, widths[1:])) + sum(widths)"),
    _("a layer has one bias", "as many biases as it has outputs",
      "return sum(a * b + 1 for a, b in zip(widths, widths[1:]))"),
    _("a network has one hidden layer", "stops with ValueError: not enough values to unpack",
      "a, b, c = widths", "return a * b + b + b * c + c"),
]

_ = body("which_learn(params, X, y)")
WRONG_ANSWERS["02.2"] = [
    _("what isn't zero learns", "looks at the parameters", "return [bool(abs(p).max() > 0) for p in params]"),
    _("attach_grad computes gradients", "filled by backward", "return [bool(abs(p.grad).max() > 0) for p in params]"),
    _("what has room for a gradient learns", "ask whether something landed in it",
      "return [p.grad is not None for p in params]"),
]

_ = body("he_scales(widths)")
WRONG_ANSWERS["02.3"] = [
    _("the scale is the variance", "2/n is the variance", "return [2 / n for n in widths[:-1]]"),
    _("n counts the outputs", "not its outputs", "return [(2 / n)**0.5 for n in widths[1:]]"),
    _("the 2 is left out", "the 2 is missing", "return [n**-0.5 for n in widths[:-1]]"),
    _("Glorot's rule", "Glorot's rule", "return [(2 / (a + b))**0.5 for a, b in zip(widths, widths[1:])]"),
]
