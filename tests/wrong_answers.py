"""Plausible wrong answers to each exercise: the misconception, a piece of the hint that takes it up, and the answer."""

from typing import NamedTuple


class Wrong(NamedTuple):
    """A wrong answer; `code` takes the place of the stub."""

    misconception: str
    hint: str
    code: str


def body(signature):
    """Return what makes a wrong answer of a misconception, a hint and the body of a function with this signature."""
    def wrong(misconception, hint, *lines):
        return Wrong(misconception, hint, "\n    ".join([f"def {signature}:", *lines]))
    return wrong


_ = body("answer(outputs)")
WRONG_ANSWERS = {"00.1": [
    _("the answer is the largest number", "the largest number itself", "return max(outputs)"),
    _("positions are counted from 1", "counts positions from 0", "return outputs.index(max(outputs)) + 1"),
    _("far below zero is a strong answer too", "a minus sign counts", "return outputs.index(max(outputs, key=abs))"),
    _("the smallest wins, as a loss would", "where the smallest number stands", "return outputs.index(min(outputs))"),
    _("sorting changes nothing", "position of the largest of the ten", "return sorted(outputs).index(max(outputs))"),
]}

_ = body("step(param, grad, lr, batch_size)")
WRONG_ANSWERS["00.2"] = [
    _("a step follows the gradient", "goes up the slope", "return param + lr / batch_size * grad"),
    _("the gradient is a mean already", "a sum over the minibatch", "return param - lr * grad"),
    _("a step is the gradient", "without the learning rate", "return param - grad / batch_size"),
    _("the step is the result", "wanted is where it is then", "return lr / batch_size * grad"),
    _("more pictures, longer steps", "divided by the batch size, times the gradient",
      "return param - lr * batch_size * grad"),
]

_ = body("best_lr(train, rates)")
WRONG_ANSWERS["00.3"] = [
    _("the accuracy is asked for", "the highest accuracy", "return max(train(lr) for lr in rates)"),
    _("longer steps get further", "a rate can be too large", "return max(rates)"),
    _("the position is asked for", "the position of the best rate",
      "reached = [train(lr) for lr in rates]", "return reached.index(max(reached))"),
    _("train returns a loss", "the lowest accuracy", "return min(rates, key=train)"),
    _("shorter steps are safer", "call train for each rate", "return min(rates)"),
]

_ = body("batch_sizes(num_examples, batch_size)")
WRONG_ANSWERS["01.1"] = [
    _("the rest is dropped", "left over are dealt too", "return [batch_size] * (num_examples // batch_size)"),
    _("there is always a rest, if only of none", "empty minibatch isn't dealt",
      "return [batch_size] * (num_examples // batch_size) + [num_examples % batch_size]"),
    _("the last minibatch is filled up", "more examples than there are",
      "return [batch_size] * -(-num_examples // batch_size)"),
    _("the number of minibatches is asked for", "how many minibatches there are",
      "return -(-num_examples // batch_size)"),
]

_ = body("mean_images(X, y)")
WRONG_ANSWERS["01.2"] = [
    _("the classes are balanced in any data set", "divide each class by the same number",
      "X, y = X.asnumpy(), y.asnumpy()",
      "return np.stack([X[y == k, 0].sum(axis=0) / (len(y) / 10) for k in range(10)])"),
    _("a sum is a mean", "that is the sum over the pictures",
      "X, y = X.asnumpy(), y.asnumpy()", "return np.stack([X[y == k, 0].sum(axis=0) for k in range(10)])"),
    _("the channel is forgotten", "the colour channel",
      "X, y = X.asnumpy(), y.asnumpy()", "return np.stack([X[y == k].mean(axis=0) for k in range(10)])"),
    _("the mean of everything", "its mean brightness",
      "X, y = X.asnumpy(), y.asnumpy()", "return np.stack([X[y == k].mean() for k in range(10)])"),
    _("the mean over all classes", "entry k is the mean, over the pictures with label k",
      "return np.stack([X.asnumpy()[:, 0].mean(axis=0)] * 10)"),
]

_ = body("leaked(X_train, X_test)")
_SEEN = "seen = {image.tobytes() for image in X_train.asnumpy()}"
WRONG_ANSWERS["01.3"] = [
    _("a leak has the same position in both sets", "somewhere in the training set",
      "pairs = zip(X_train.asnumpy(), X_test.asnumpy())",
      "return [i for i, (a, b) in enumerate(pairs) if (a == b).all()]"),
    _("their number is asked for", "how many there are",
      _SEEN, "return sum(image.tobytes() in seen for image in X_test.asnumpy())"),
    _("positions are those of training pictures", "positions in the training set",
      "seen = {image.tobytes() for image in X_test.asnumpy()}",
      "return [i for i, image in enumerate(X_train.asnumpy()) if image.tobytes() in seen]"),
    _("equal sums are equal pictures", "two different pictures can have the same sum",
      "sums = set(X_train.asnumpy().sum(axis=(1, 2, 3)))",
      "return [i for i, total in enumerate(X_test.asnumpy().sum(axis=(1, 2, 3))) if total in sums]"),
    _("a mask is asked for", "one truth value for each picture",
      _SEEN, "return [image.tobytes() in seen for image in X_test.asnumpy()]"),
    _("a leaked picture counts once", "leaks twice counts twice",
      "found = {image.tobytes(): -i for i, image in reversed(list(enumerate(X_test.asnumpy())))}",
      _SEEN, "return sorted(-i for image, i in found.items() if image in seen)"),
]

_ = body("full_batches(data_iter, batch_size)")
WRONG_ANSWERS["01.4"] = [
    _("the last minibatch is always ragged", "dropped whatever its size",
      "return list(data_iter)[:-1]"),
    _("a pair's length is its pictures' number", "Whose length do you compare",
      "for batch in data_iter:", "    if len(batch) == batch_size:", "        yield batch"),
    _("nothing needs to be dropped", "the ragged minibatch still comes out",
      "for X, y in data_iter:", "    if len(y) <= batch_size:", "        yield X, y"),
    _("the labels aren't needed", "yield the pairs (X, y)",
      "for X, y in data_iter:", "    if len(y) == batch_size:", "        yield X"),
]

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

_ = body("dead_share(hidden, data_iter)")
WRONG_ANSWERS["03.3"] = [
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

_ = body("smoothed_loss(logits, y, epsilon)")
WRONG_ANSWERS["05.3"] = [
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
    _("from 1", "counts places from 0", *SEARCH, "        if abs(slope - found) > 1e-4:", "            return place + 1"),
    _("from the end", "from the front", *SEARCH, "        if abs(slope - found) > 1e-4:", "            return 3 - place"),
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
    _("the mean", "that is the mean", *(line.replace("b3.size)", "b3.size)) / len(y)").replace("= nd.softmax", "= (nd.softmax")
                                       for line in PASSES)),
    _("onehot minus p", "not the reverse", *(line.replace("b3.size)", "b3.size))").replace("= nd.softmax", "= -(nd.softmax")
                                            for line in PASSES)),
]

_ = body("lr_at(step, num_steps, lr)")
WRONG_ANSWERS["06.4"] = [
    _("it falls from the start", "the first half keeps lr", "return lr * (1 - step / num_steps)"),
    _("a step down is a schedule", "it drops once", "return lr if step < num_steps / 2 else lr / 2"),
    _("the line goes through the first half too", "larger than lr", "return lr * 2 * (1 - step / num_steps)"),
    _("the line ends right but begins wrong", "jumps in the middle",
      "return lr if step < num_steps / 2 else lr * (1 - step / num_steps)"),
    _("constant", "never falls", "return lr"),
]

_ = body("recall(confusion)")
WRONG_ANSWERS["07.1"] = [
    _("columns are true classes", "that is the precision", "return np.diag(confusion) / confusion.sum(axis=0)"),
    _("one number for all", "that is the accuracy", "return np.trace(confusion) / confusion.sum()"),
    _("a share of all pictures", "you divide by all pictures", "return np.diag(confusion) / confusion.sum()"),
    _("every class has 1,000 pictures", "another matrix may have others", "return np.diag(confusion) / 1000"),
    _("0/0 is 0", "0 right answers of 0", "return np.diag(confusion) / confusion.sum(axis=1)"),
]

_ = body("top_k_accuracy(logits, y, k)")
WRONG_ANSWERS["07.2"] = [
    _("the accuracy as before", "only the largest logit counts",
      "return (logits.argmax(axis=1).asnumpy() == y.asnumpy()).mean()"),
    _("k is 3", "k is always 3", "top = logits.topk(k=3, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).mean()"),
    _("argsort puts the largest first", "which way the sort goes", "top = logits.argsort(axis=1)[:, :k].asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).mean()"),
    _("only the k-th place", "only the k-th place counts",
      "return (logits.argsort(axis=1, is_ascend=False)[:, k - 1].asnumpy() == y.asnumpy()).mean()"),
    _("the mean over all k answers", "not by that of answers", "top = logits.topk(k=k, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).mean()"),
    _("a number is a share", "that is how many pictures count", "top = logits.topk(k=k, axis=1).asnumpy()",
      "return (top == y.asnumpy()[:, None]).any(axis=1).sum()"),
]

_ = body("calibration_error(probabilities, right, num_bins)")
BINS = ("bins = np.minimum((probabilities * num_bins).astype(int), num_bins - 1)",
        "gaps = [probabilities[bins == b].mean() - right[bins == b].mean() for b in np.unique(bins)]",
        "weights = [(bins == b).mean() for b in np.unique(bins)]")
WRONG_ANSWERS["07.3"] = [
    _("bins count alike", "weight the bins", *BINS, "return np.mean(np.abs(gaps))"),
    _("signs may cancel", "take sizes first", *BINS, "return np.dot(weights, gaps)"),
    _("bins aren't needed", "what the bins are for", "return abs(probabilities.mean() - right.mean())"),
    _("every bin holds something", "an empty bin has no mean", BINS[0],
      "return sum((bins == b).mean() * abs(probabilities[bins == b].mean() - right[bins == b].mean())",
      "           for b in range(num_bins))"),
    _("bins exclude their upper edge", "falls into no bin", "error = 0", "for b in range(num_bins):",
      "    chosen = (probabilities >= b / num_bins) & (probabilities < (b + 1) / num_bins)", "    if chosen.any():",
      "        error += chosen.mean() * abs(probabilities[chosen].mean() - right[chosen].mean())", "return error"),
]

_ = body("gluon_shapes(widths)")
PAIRS = "pairs = list(zip(widths, widths[1:]))"
WRONG_ANSWERS["08.1"] = [
    _("as from scratch", "those are the shapes from scratch", PAIRS,
      "return [shape for n, m in pairs for shape in ((n, m), (m,))]"),
    _("a Dense layer is its weights", "the biases are missing", PAIRS, "return [(m, n) for n, m in pairs]"),
    _("a bias is a column", "a bias has one axis", PAIRS,
      "return [shape for n, m in pairs for shape in ((m, n), (m, 1))]"),
    _("a bias is for the inputs", "as long as they are", PAIRS,
      "return [shape for n, m in pairs for shape in ((m, n), (n,))]"),
]

_ = body("make_net(widths)")
WRONG_ANSWERS["08.2"] = [
    _("ReLU everywhere", "no ReLU after the last layer", "net = nn.Sequential()",
      "net.add(*(nn.Dense(width, activation='relu') for width in widths[1:]))", "return net"),
    _("no ReLU at all", "without ReLU all layers together are one", "net = nn.Sequential()",
      "net.add(*(nn.Dense(width) for width in widths[1:]))", "return net"),
    _("one ReLU is enough", "only the first layer has its ReLU", "net = nn.Sequential()",
      "net.add(*(nn.Dense(width, activation='relu' if i == 0 and len(widths) > 2 else None)",
      "          for i, width in enumerate(widths[1:])))", "return net"),
    _("the input is a layer", "there is a layer too many", "net = nn.Sequential()",
      "net.add(*(nn.Dense(width) for width in widths))", "return net"),
    _("layers are added from the output", "in the wrong order", "net = nn.Sequential()",
      "net.add(*(nn.Dense(width) for width in widths[:0:-1]))", "return net"),
    _("a list of layers is a network", "return the network itself", "return [nn.Dense(width) for width in widths[1:]]"),
]

_ = body("from_gluon(net)")
DATA = "data = [p.data().copy() for p in net.collect_params().values()]"
ATTACH = "for param in data: param.attach_grad()"
WRONG_ANSWERS["08.3"] = [
    _("the weights are the same way round", "still Gluon's way round", DATA, ATTACH, "return data"),
    _("gradients come along", "attach_grad() on each array", DATA, "return [p.T for p in data]"),
    _("weights first, then biases", "a bias follows its weights", DATA, "data = [p.T for p in data[::2] + data[1::2]]",
      ATTACH, "return data"),
    _("only weights are parameters", "the biases are missing", DATA, "data = [p.T for p in data[::2]]", ATTACH,
      "return data"),
    _("biases needn't be copied", "share their memory",
      "data = [p.data().T if p.data().ndim == 2 else p.data() for p in net.collect_params().values()]",
      ATTACH, "return data"),
]

_ = body("pictures_needed(accuracy, margin)")
WRONG_ANSWERS["09.1"] = [
    _("rounding down is close enough", "just missed", "return int(accuracy * (1 - accuracy) * (1.96 / margin)**2)"),
    _("one standard error is 95 %", "68 of 100", "return int(np.ceil(accuracy * (1 - accuracy) / margin**2))"),
    _("the margin is the whole width", "half of the interval's width",
      "return int(np.ceil(accuracy * (1 - accuracy) * (2 * 1.96 / margin)**2))"),
    _("the error shrinks with n", "n grows with the square",
      "return int(np.ceil((accuracy * (1 - accuracy))**0.5 * 1.96 / margin))"),
    _("the worst case will do", "the worst case", "return int(np.ceil(0.25 * (1.96 / margin)**2))"),
    _("half a picture", "pictures come whole", "return accuracy * (1 - accuracy) * (1.96 / margin)**2"),
]

_ = body("mcnemar(first, second)")
WRONG_ANSWERS["09.2"] = [
    _("one side is enough", "about one side only", "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return stats.binomtest(max(a, b), a + b, alternative='greater').pvalue if a + b else 1.0"),
    _("all pictures are coins", "tossed for every picture",
      "return stats.binomtest(int((first & ~second).sum()), len(first)).pvalue"),
    _("two accuracies are compared", "two separate accuracies",
      "return stats.ttest_ind(first.astype(int), second.astype(int)).pvalue"),
    _("chi-square is exact", "too sure", "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return stats.chi2.sf((a - b)**2 / (a + b), 1) if a + b else 1.0"),
    _("no evidence is no value", "no evidence at all",
      "a, b = int((first & ~second).sum()), int((second & ~first).sum())",
      "return stats.binomtest(a, a + b).pvalue if a + b else 0.0"),
]

_ = body("to_report(valid, test)")
WRONG_ANSWERS["09.3"] = [
    _("the best may be shown", "choosing on the test set", "return max(test)"),
    _("the validation accuracy is the result", "chosen for this number", "return max(valid)"),
    _("the mean is honest", "mean of all networks", "return sum(test) / len(test)"),
    _("the network is asked for", "which network is chosen", "return valid.index(max(valid))"),
]

_ = body("sample_size(gain, decisive)")
WRONG_ANSWERS["09.4"] = [
    _("at the threshold is beyond it", "in half of the cases",
      "return int(np.ceil(1.96**2 * (decisive - gain**2) / gain**2))"),
    _("the models have separate pictures", "for separate test sets",
      "return int(np.ceil(2.8**2 * 2 * 0.87 * 0.13 / gain**2))"),
    _("the error shrinks with n", "n grows with the square",
      "return int(np.ceil(2.8 * (decisive - gain**2)**0.5 / gain))"),
    _("the mean square is the variance", "minus the square of its mean",
      "return int(np.ceil(2.8**2 * decisive / gain**2))"),
    _("half a picture", "pictures come whole", "return 2.8**2 * (decisive - gain**2) / gain**2"),
]

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

_ = body("keep(curve, patience)")
WRONG_ANSWERS["10.4"] = [
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

_ = body("percentile(value, others)")
WRONG_ANSWERS["11.1"] = [
    _("a share is a percentage", "that is the share", "others = np.array(others)",
      "return (others < value).mean() + (others == value).mean() / 2"),
    _("the rank is asked for", "that is how many are below", "return (np.array(others) < value).sum()"),
    _("it counts what lies above", "how much lies above", "others = np.array(others)",
      "return 100 * ((others > value).mean() + (others == value).mean() / 2)"),
    _("ties aren't below", "counts for nothing here", "return 100 * (np.array(others) < value).mean()"),
    _("ties are below", "counts whole here", "return 100 * (np.array(others) <= value).mean()"),
    _("the run is one of the others", "isn't one of them",
      "return 100 * (np.array(others) < value).sum() / (len(others) + 1)"),
]

_ = body("seeds_needed(difference, first_sd, second_sd)")
WRONG_ANSWERS["11.2"] = [
    _("half a seed", "seeds come whole", "return (first_sd**2 + second_sd**2) * (2.8 / difference)**2"),
    _("rounding is rounding", "round up", "return round((first_sd**2 + second_sd**2) * (2.8 / difference)**2)"),
    _("standard deviations add", "standard deviations don't add",
      "return int(np.ceil((first_sd + second_sd)**2 * (2.8 / difference)**2))"),
    _("one scatter is enough", "doesn't enter", "return int(np.ceil(2 * (2.8 * first_sd / difference)**2))"),
    _("the common one is the mean of both", "the mean of their squares",
      "return int(np.ceil(2 * (2.8 * (first_sd + second_sd) / 2 / difference)**2))"),
    _("the formula's 2 stays", "one factor 2 too many",
      "return int(np.ceil(2 * (first_sd**2 + second_sd**2) * (2.8 / difference)**2))"),
    _("at the threshold is beyond it", "in half of the studies",
      "return int(np.ceil((first_sd**2 + second_sd**2) * (1.96 / difference)**2))"),
    _("the error shrinks with n", "n grows with the square",
      "return int(np.ceil((first_sd**2 + second_sd**2)**0.5 * 2.8 / difference))"),
]

_ = body("permutation_test(first, second)")
DEAL = ("from itertools import combinations", "runs, n, m = np.array([*first, *second]), len(first), len(second)",
        "sums = np.array([sum(runs[list(g)]) for g in combinations(range(n + m), n)])",
        "apart = sums / n - (runs.sum() - sums) / m")
WRONG_ANSWERS["11.3"] = [
    _("one side only", "looks to one side only", *DEAL, "return (apart >= apart[0] - 1e-9).mean()"),
    _("further apart than observed", "at least as large", *DEAL,
      "return (abs(apart) > abs(apart[0]) + 1e-9).mean()"),
    _("a number is a share", "how many ways there are", *DEAL, "return (abs(apart) >= abs(apart[0]) - 1e-9).sum()"),
    _("closeness is evidence", "closer together", *DEAL, "return (abs(apart) < abs(apart[0]) - 1e-9).mean()"),
    _("sums do as well as means", "compare means, not sums", *DEAL, "apart = 2 * sums - runs.sum()",
      "return (abs(apart) >= abs(apart[0])).mean()"),
    _("what was observed isn't chance", "leave it in", *DEAL, "return (abs(apart[1:]) >= abs(apart[0]) - 1e-9).mean()"),
]
