"""The checks of 04_model."""

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect
from .reference import forward, linear, random_values, relu


@exercise("04.1", "The first axis counts pictures and stays; each layer changes the second.")
def _(layer_shapes):
    for batch, widths in ((32, [784, 100, 10]), (1, [784, 256, 10]), (256, [4, 3, 2, 5])):
        expect(layer_shapes(batch, list(widths)), [(batch, width) for width in widths],
               "a pair (pictures, numbers per picture) for each width, the flattened input's among them.",
               [(list(zip(widths, widths[1:])), "those are the shapes of the weights; wanted are those of the "
                 "minibatch on its way."),
                ([(width, batch) for width in widths], "rows are pictures and columns their numbers: the other way "
                 "round."),
                ([(batch, width) for width in widths[1:]], "the flattened minibatch that goes in counts as well."),
                ([(width,) for width in widths], "that is one picture; a minibatch has an axis more, in front.")])


@exercise("04.2", "A layer more is two parameters more and one line; the output stays without ReLU.")
def _(deep_mlp):
    for batch in (5, 1):
        X = abs(random_values(batch, 1, 4, 4))
        params = [random_values(*shape, seed=seed)
                  for seed, shape in enumerate(((16, 6), (6,), (6, 5), (5,), (5, 3), (3,)))]
        layers, flat = list(zip(params[::2], params[1::2])), X.reshape(batch, -1)
        got = deep_mlp(nd.array(X), list(map(nd.array, params)))
        expect(Got(f"{batch} random pictures of 4 × 4, deep_mlp(X, params)", got.value),
               forward(flat, layers, [relu, relu, linear]),
               "flatten, then relu(… W1 + b1), relu(… W2 + b2), and … W3 + b3.",
               [(forward(flat, layers, [relu, relu, relu]), "logits may be negative: there is no ReLU after the "
                 "last layer."),
                (forward(flat, layers, [relu, linear, linear]), "the second hidden layer has no ReLU, so it and "
                 "the output layer are one."),
                (forward(flat, layers, [linear, linear, linear]), "without any ReLU the three layers are one."),
                (forward(flat, [(W, 0) for W, b in layers], [relu, relu, linear]), "the biases are left out."),
                (forward(flat, layers[:2], [relu, relu]), "that is the second hidden layer; the output layer is "
                 "still to come.")])


@exercise("04.3", "Half of the units are silent, the others speak up: the layer's mean stays what it was.")
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
