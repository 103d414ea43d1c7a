"""The checks of 06_training."""

import numpy as np
from mxnet import nd

from .engine import exercise, expect, quiz
from .reference import gradients_of, random_values


@exercise("06.1", "Where tanh is flat, at either end, hardly any of the error gets back.")
def _(tanh_backward):
    for shape in ((2, 3), (1, 4), (3, 1)):
        A, dH = 2 * random_values(*shape), random_values(*shape, seed=1)
        H = np.tanh(A)
        expect(tanh_backward(nd.array(A), nd.array(dH)), dH * (1 - H**2),
               "the chain rule: dH times the slope of tanh at A, element by element.",
               [(1 - H**2, "that is the slope of tanh alone; what comes back from the layer above multiplies it."),
                (dH * (1 - A**2), "the slope is 1 minus the square of tanh(A), not of A."),
                (dH * (1 - H), "the slope of tanh has a square in it."),
                (dH * H, "that multiplies by the value of tanh; the chain rule wants its slope."),
                (dH * (A > 0), "that is ReLU's mask; tanh has a slope everywhere."),
                (dH, "that is what comes back from the layer above, unchanged; tanh has a slope.")])


@exercise("06.2", "Central differences know nothing of your formulas, so they find what is wrong in them.")
def _(find_wrong):
    X, y = random_values(3, 4).astype(np.float64), np.array([0, 1, 1])
    arrays = [random_values(*shape, seed=seed).astype(np.float64)
              for seed, shape in enumerate(((4, 3), (3,), (3, 2), (2,)), 1)]

    def loss_of(params):
        logits = nd.dot(nd.relu(nd.dot(nd.array(X, dtype="float64"), params[0]) + params[1]), params[2]) + params[3]
        return -nd.log_softmax(logits).pick(nd.array(y)).sum().asscalar()

    for wrong, entries in ((2, ...), (0, ...), (1, ...), (3, ...), (0, (3, 2))):
        gradients = gradients_of(X, y, arrays)
        gradients[wrong][entries] *= -1
        got = find_wrong(loss_of, *([nd.array(array, dtype="float64") for array in group]
                                    for group in (arrays, gradients)))
        expect(got, wrong, "the place whose gradient isn't the loss's central difference, entry by entry." if
               entries is ... else "a single entry is wrong here, in the last row: look at every entry of each array.",
               [(wrong + 1, "Python counts places from 0."),
                (3 - wrong, "places count from the front of the list, where W1 stands."),
                (-1, "one of them is wrong: compare each entry with its central difference.")])


@exercise("06.3", "However deep: times the weights' transpose, times the mask, and so on down to the pixels.")
def _(gradients_of_three):
    for batch, widths in ((3, (4, 5, 3, 2)), (1, (3, 2, 4, 3))):
        X, y = random_values(batch, widths[0]), np.arange(batch) % widths[-1]
        params = [random_values(*shape, seed=seed) for seed, pair in enumerate(zip(widths, widths[1:]), 1)
                  for shape in (pair, pair[1:])]
        right = gradients_of(X, y, params)
        by_mask = {masked: gradients_of(X, y, params, masked) for masked in ((1, 0), (0, 1), (0, 0))}
        expect(gradients_of_three(nd.array(X), nd.array(y), [nd.array(param) for param in params]), right,
               "the six gradients of the summed loss, in the order of the parameters.",
               [(by_mask[1, 0], "the error passes the second hidden layer's ReLU as well: its mask is missing."),
                (by_mask[0, 1], "the error passes the first hidden layer's ReLU as well: its mask is missing."),
                (by_mask[0, 0], "each ReLU on the way stops the error where its unit was off: both masks are missing, "
                 "or let all through, as H >= 0 does."),
                ([gradient / batch for gradient in right], "that is the mean; wanted are the gradients of the sum."),
                ([-gradient for gradient in right], "the error of the logits is p − onehot, not the reverse.")])


@exercise("06.4", "The last steps are tiny, so where the last one happens to land hardly matters.")
def _(lr_at):
    for num_steps, lr in ((13, 0.5), (2350, 0.4), (9, 1)):
        for step in (num_steps // 4, 3 * num_steps // 4, num_steps // 2, 0, num_steps - 1):
            left, too_early = 1 - step / num_steps, (num_steps - 1 - step) / (num_steps / 2 - 1)
            expect(lr_at(step, num_steps, lr), lr * min(1, 2 * left),
                   "lr up to the middle, then a straight line that would reach 0 at step num_steps.",
                   [(lr if left > 0.5 else lr * left, "it jumps in the middle: the line begins at lr there, so it has "
                     "to be twice as steep."),
                    (lr * left, "it falls from the first step on; the first half keeps lr."),
                    (lr * 2 * left, "in the first half it is larger than lr: there it should be lr."),
                    (lr * min(1, too_early), "it reaches 0 at the last step; it would get there one step later."),
                    (lr if left > 0.5 else lr / 2, "it drops once and stays there; it should go on falling towards 0."),
                    (lr, "the learning rate never falls.")])


quiz("06.q1", right="c",
     learned="Two accuracies can be compared if they are measured on the same network, standing still.",
     a="the pictures are the same; remember with which parameters each of them was judged in the loop.",
     b="it has seen each of them once, and one short step isn't a picture learned by heart.",
     d="the first minibatches were judged by a network that knew nothing at all.")
quiz("06.q2", right="a",
     learned="The order of four lines is a claim too: a step belongs after the gradients that it uses.",
     b="follow one pass of the loop, and ask whose gradients are there when the step is made.",
     c="attach_grad gives each parameter a place for its gradient; think of what is in that place at first.",
     d="backward writes over what was there before, and a step reads it once.")
quiz("06.q3", right="d",
     learned="What is normal is a range wider than what twenty runs happened to span.",
     a="a twenty-second run, and a twenty-third, would sometimes be lower still.",
     b="a run that is chosen for its result no longer tells what runs come to.",
     c="the twenty differ by little, and a run far outside of them would be news.")
