"""Plausible wrong answers to the exercises of 01_load_fashion_mnist."""

from .form import body

WRONG_ANSWERS = {}

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

_ = body("largest_shares(data_iter)")
WRONG_ANSWERS["01.4"] = [
    _("a count is a share", "those are counts", "return [np.bincount(y.asnumpy()).max() for X, y in data_iter]"),
    _("the most frequent label is asked for", "the labels themselves",
      "return [np.bincount(y.asnumpy()).argmax() for X, y in data_iter]"),
    _("mixed means: many classes", "how many classes", "return [len(set(y.asnumpy())) for X, y in data_iter]"),
    _("all minibatches are equally large", "may be smaller", "batches = list(data_iter)", "size = len(batches[0][1])",
      "return [np.bincount(y.asnumpy()).max() / size for X, y in batches]"),
    _("an epoch is one heap", "one share for the whole epoch",
      "y = np.concatenate([y.asnumpy() for X, y in data_iter])", "return np.bincount(y).max() / len(y)"),
    _("the first picture speaks for the minibatch", "the label of the first picture",
      "return [(y == y[0]).asnumpy().mean() for X, y in data_iter]"),
    _("the mean of whole numbers is a fraction", "behind the point is cut off",
      "return [max((y == k).mean().asscalar() for k in range(10)) for X, y in data_iter]"),
    _("with ten classes a tenth is the share", "count how often each label", "return [0.1 for X, y in data_iter]"),
]

_ = body("full_batches(data_iter, batch_size)")
WRONG_ANSWERS["01.5"] = [
    _("the last minibatch is always ragged", "dropped whatever its size",
      "return list(data_iter)[:-1]"),
    _("a pair's length is its pictures' number", "Whose length do you compare",
      "for batch in data_iter:", "    if len(batch) == batch_size:", "        yield batch"),
    _("nothing needs to be dropped", "the ragged minibatch still comes out",
      "for X, y in data_iter:", "    if len(y) <= batch_size:", "        yield X, y"),
    _("the labels aren't needed", "yield the pairs (X, y)",
      "for X, y in data_iter:", "    if len(y) == batch_size:", "        yield X"),
]
