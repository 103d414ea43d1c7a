"""Plausible wrong answers to the exercises of 10_architecture."""

from .form import body

WRONG_ANSWERS = {}

_ = body("falling(lr, epochs)")
WRONG_ANSWERS["10.1"] = [
    _("the line ends in the last epoch", "reaches 0 after it", "return list(np.linspace(lr, 0, epochs))"),
    _("epochs are counted from 1", "lost a step already",
      "return [lr * (1 - epoch / epochs) for epoch in range(1, epochs + 1)]"),
    _("falling is halving", "that halves the rate", "return [lr * 0.5**epoch for epoch in range(epochs)]"),
    _("the switch is off", "stays where it is", "return [lr] * epochs"),
    _("one number is enough", "one learning rate for each epoch", "return lr / epochs"),
]

_ = body("choose(accuracies)")
WRONG_ANSWERS["10.2"] = [
    _("the best run is the best configuration", "one lucky seed",
      "return int(np.argmax([max(row) for row in accuracies]))"),
    _("the worst run is the best judge", "one unlucky seed", "return int(np.argmax([min(row) for row in accuracies]))"),
    _("a median is a mean", "the best median",
      "return int(np.argmax([np.median(row) for row in accuracies]))"),
    _("a sum is a mean", "more seeds", "return int(np.argmax([sum(row) for row in accuracies]))"),
    _("the accuracy is asked for", "the mean itself", "return max(sum(row) / len(row) for row in accuracies)"),
    _("places are counted from 1", "counted from 0",
      "return 1 + int(np.argmax([sum(row) / len(row) for row in accuracies]))"),
]

_ = body("sgd_step(w, v, gradient, lr, momentum, decay)")
WRONG_ANSWERS["10.3"] = [
    _("plain SGD", "that is plain SGD", "return w - lr * gradient, gradient"),
    _("only the decay is new", "velocity is forgotten", "v = gradient + decay * w", "return w - lr * v, v"),
    _("only the momentum is new", "decay has no part", "v = momentum * v + gradient", "return w - lr * v, v"),
    _("the old velocity moves w", "update v first",
      "return w - lr * v, momentum * v + gradient + decay * w"),
    _("with the gradient", "move against it", "v = momentum * v + gradient + decay * w", "return w + lr * v, v"),
    _("a mean of both", "a weighted mean", "v = momentum * v + (1 - momentum) * (gradient + decay * w)",
      "return w - lr * v, v"),
    _("velocities only add up", "never fades", "v = v + gradient + decay * w", "return w - lr * v, v"),
    _("decay has a minus of its own", "makes the parameter grow", "v = momentum * v + gradient - decay * w",
      "return w - lr * v, v"),
    _("decay is added after the velocity", "remembers the decay", "v = momentum * v + gradient",
      "return w - lr * (v + decay * w), v"),
    _("decay is apart from the step", "the learning rate multiplies it too", "v = momentum * v + gradient",
      "return w - lr * v - decay * w, v"),
    _("only the parameter is wanted", "v is wanted as well",
      "return w - lr * (momentum * v + gradient + decay * w)"),
]

_ = body("dropout(H, p, noise)")
WRONG_ANSWERS["10.4"] = [
    _("dropping is all", "isn't scaled up", "return H * (noise >= p)"),
    _("fewer units, smaller values", "you scale down", "return H * (noise >= p) * (1 - p)"),
    _("p is the share that stays", "you keep that share", "return H * (noise < p) / p if p else H * 0"),
    _("the mask is the wrong way round", "the wrong way round", "return H * (noise < p) / (1 - p)"),
    _("one mask for the minibatch", "lose the same units", "return H * (noise[0:1] >= p) / (1 - p)"),
    _("0/0 is 0", "needs a line of its own", "return H * (noise >= p) / (nd.array([1]) - p)"),
]

_ = body("keep(curve, patience)")
WRONG_ANSWERS["10.5"] = [
    _("the future is known", "the best of all epochs", "return 1 + int(np.argmax(curve))"),
    _("the last epoch trained is kept", "the best one came before", "best = 0", "for epoch in range(len(curve)):",
      "    if curve[epoch] > curve[best]:", "        best = epoch", "    if epoch - best == patience:",
      "        return epoch + 1", "return len(curve)"),
    _("the first epoch is 0", "counted from 1", "best = 0", "for epoch in range(len(curve)):",
      "    if curve[epoch] > curve[best]:", "        best = epoch", "    if epoch - best == patience:", "        break",
      "return best"),
    _("every setback counts", "starts the count anew", "best, waited = 0, 0", "for epoch in range(1, len(curve)):",
      "    if curve[epoch] > curve[best]:", "        best = epoch", "    else:", "        waited += 1",
      "    if waited == patience:", "        break", "return best + 1"),
    _("better than before is better", "not the epoch before it", "waited, end = 0, len(curve)",
      "for epoch in range(1, len(curve)):", "    waited = 0 if curve[epoch] > curve[epoch - 1] else waited + 1",
      "    if waited == patience:", "        end = epoch + 1", "        break",
      "return 1 + int(np.argmax(curve[:end]))"),
    _("as good is better", "as good as the best", "best = 0", "for epoch in range(len(curve)):",
      "    if curve[epoch] >= curve[best]:", "        best = epoch", "    if epoch - best == patience:",
      "        break", "return best + 1"),
]
