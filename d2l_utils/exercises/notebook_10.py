"""The checks of 10_architecture."""

import numpy as np
from mxnet import nd

from .engine import exercise, expect, quiz
from .reference import random_values


@exercise("10.1", "The first epoch gets the whole rate, and the last still learns.")
def _(falling):
    for lr, epochs in ((0.2, 4), (1, 10), (0.5, 1), (0.4, 3)):
        done = np.arange(epochs) / epochs
        expect(falling(lr, epochs), lr * (1 - done),
               "one learning rate for each epoch: lr in the first, and lr / epochs less in each that follows.",
               [(np.linspace(lr, 0, epochs), "the last epoch gets 0 and learns nothing: the line reaches 0 after it."),
                (lr * (1 - done - 1 / epochs), "the first epoch has lost a step already: it is trained with lr "
                 "itself."),
                (lr * 0.5**np.arange(epochs), "that halves the rate each time; on a straight line the same amount "
                 "goes each time."),
                (np.full(epochs, lr), "the rate stays where it is.")])


@exercise("10.2", "A mean over seeds asks how good a configuration is; a single best run asks how lucky it was.")
def _(choose):
    for accuracies in ([[0.88, 0.89, 0.87], [0.91, 0.85, 0.86], [0.885, 0.886, 0.884]],
                       [[0.9, 0.9, 0.86], [0.88, 0.88, 0.87]], [[0.88] * 5, [0.89, 0.89]], [[0.8]],
                       [[0.9, 0.9, 0.82], [0.88, 0.89, 0.88]]):
        means = [sum(row) / len(row) for row in accuracies]
        best = means.index(max(means))
        expect(choose([list(row) for row in accuracies]), best,
               "take the mean of each configuration's accuracies, and return the place of the largest.",
               [(max(means), "that is the mean itself; wanted is which configuration it belongs to."),
                (np.argmax([np.median(row) for row in accuracies]), "that is the best median, which overlooks a bad "
                 "seed; asked for is the mean."),
                (np.argmax([max(row) for row in accuracies]), "one lucky seed decides; look at all of them."),
                (np.argmax([min(row) for row in accuracies]), "one unlucky seed decides; asked for is the mean."),
                (np.argmax([sum(row) for row in accuracies]), "a sum favours whoever was trained with more seeds."),
                (best + 1, "places in a list are counted from 0.")])


@exercise("10.3", "The velocity remembers what the gradients agree on, and each parameter pulls itself towards zero.")
def _(sgd_step):
    for shape, lr, momentum, decay in (((3,), 0.1, 0.9, 0.1), ((1, 2), 0.5, 0.5, 0.2), ((3,), 0.1, 0, 0.5)):
        w, v, gradient = random_values(*shape), random_values(*shape, seed=1), random_values(*shape, seed=2)
        own = gradient + decay * w
        fresh = momentum * v + own
        expect(sgd_step(nd.array(w), nd.array(v), nd.array(gradient), lr, momentum, decay), [w - lr * fresh, fresh],
               "the new v is momentum · v + gradient + decay · w, and w moves by −lr times it; return both.",
               [([w - lr * gradient, gradient], "that is plain SGD: v and decay have no part in it."),
                ([w - lr * own, own], "the old velocity is forgotten: momentum times it is kept."),
                ([w - lr * (fresh - decay * w), fresh - decay * w], "decay has no part in it: it adds to the "
                 "gradient."),
                ([w - lr * v, fresh], "w moves with the old velocity; update v first, then use it."),
                ([w + lr * fresh, fresh], "w moves with the gradient; it should move against it."),
                ([w - lr * (momentum * v + (1 - momentum) * own), momentum * v + (1 - momentum) * own],
                 "that is a weighted mean of both; here the gradient is added whole."),
                ([w - lr * (v + own), v + own], "the old velocity never fades: multiply it by momentum."),
                ([w - lr * (fresh - 2 * decay * w), fresh - 2 * decay * w],
                 "this makes the parameter grow: decay pulls it towards zero."),
                ([w - lr * fresh, fresh - decay * w], "the velocity remembers the decay, too: add it to the gradient "
                 "before v takes that up."),
                ([w - lr * (fresh - decay * w) - decay * w, fresh - decay * w], "the decay is part of the gradient, "
                 "so the learning rate multiplies it too."),
                (w - lr * fresh, "v is wanted as well: the next step needs it. Return w, v.")])


@exercise("10.4", "Some units are silent, the others speak up: the layer's mean stays what it was.")
def _(dropout):
    for H, p in ((random_values(2, 3), 0.25), (random_values(1, 4), 0.5), (random_values(2, 3), 0),
                 (random_values(2, 3), 1)):
        noise = np.random.default_rng(2).uniform(size=H.shape).round(1).astype(np.float32)
        kept = noise >= p
        scale = 1 / (1 - p) if p < 1 else 0
        hint = "an entry becomes 0 where its noise is below p; elsewhere it is divided by 1 − p."
        if p == 1:
            hint = "at p = 1 everything is dropped, and 0/0 isn't 0: that case needs a line of its own."
        expect(dropout(nd.array(H), p, nd.array(noise)), H * kept * scale, hint,
               [(H * kept, "what is left isn't scaled up, so the next layer gets less than it will get without "
                 "dropout."),
                (H * kept * (1 - p), "you scale down what is left: its mean should grow back to what it was."),
                (H * ~kept / max(p, 1e-9), "p is the share that is dropped; you keep that share."),
                (H * ~kept * scale, "the mask is the wrong way round: dropped is where the noise is below p."),
                (H * kept[0] * scale, "all pictures lose the same units: each entry has a noise of its own.")])


def epoch_kept(curve, patience, improves):
    """Return the epoch kept by early stopping, counted from 1, and the one after which training stops."""
    best = waited = 0
    for epoch in range(1, len(curve)):
        if improves(epoch, best):
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return best + 1, epoch + 1
    return best + 1, len(curve)


@exercise("10.5", "Patience is a price: epochs that you pay for the chance of a later best.")
def _(keep):
    for curve, patience in (([0.8, 0.84, 0.83, 0.86, 0.85, 0.84, 0.83, 0.9], 3),
                            ([0.8, 0.79, 0.84, 0.83, 0.88, 0.9], 2),
                            ([0.86, 0.8, 0.82, 0.84, 0.85, 0.9], 3), ([0.8, 0.8, 0.8, 0.9], 2), ([0.7], 1)):
        kept, stop = epoch_kept(curve, patience, lambda epoch, best: curve[epoch] > curve[best])
        from_before, _ = epoch_kept(curve, patience, lambda epoch, best: curve[epoch] > curve[epoch - 1])
        with_ties, _ = epoch_kept(curve, patience, lambda epoch, best: curve[epoch] >= curve[best])
        bad = [epoch for epoch in range(1, len(curve)) if curve[epoch] <= max(curve[:epoch])]
        never_reset = int(np.argmax(curve[:bad[patience - 1]] if len(bad) >= patience else curve)) + 1
        expect(keep(list(curve), patience), kept,
               "go through the epochs, remember the best so far, and stop when it is `patience` epochs old.",
               [(from_before, "an epoch improves if it beats the best so far, not the epoch before it."),
                (with_ties, "an epoch that is as good as the best is no improvement."),
                (int(np.argmax(curve)) + 1, "that is the best of all epochs, but training had stopped before it."),
                (stop, "that is the epoch after which training stops; the best one came before."),
                (kept - 1, "epochs are counted from 1."),
                (curve[kept - 1], "that is an accuracy; wanted is the epoch that had it."),
                (never_reset, "only epochs in a row count: a new best starts the count anew.")])


quiz("10.q1", right="a",
     learned="Weights and biases take turns, from the pictures to the outputs.",
     b="count the pairs of neighbours: the last pair has the last two places of all.",
     c="a list of weights alone would have four entries, and this one has twice as many.",
     d="places are counted from 0: the first layer has the places 0 and 1.")
quiz("10.q2", right="c",
     learned="What chooses flatters: the more there is to choose from, the more.",
     a="think of which pictures the networks were trained on; these weren't among them.",
     b="that may be or not be: one network's two accuracies can't tell it from luck.",
     d="a number that chose nothing has no reason to be too low, nor too high.")
quiz("10.q3", right="b",
     learned="Seeds go with the square: half the difference costs four times the seeds.",
     a="that would do if the seeds were in proportion to the difference; look at the exponent.",
     c="more epochs change what is compared; how far seeds scatter is measured by seeds.",
     d="a difference can be there and be missed: that is what the four times in five is about.")
