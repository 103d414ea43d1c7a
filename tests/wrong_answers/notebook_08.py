"""Plausible wrong answers to the exercises of 08_gluon."""

from .form import body

WRONG_ANSWERS = {}

_ = body("gluon_shapes(widths)")
PAIRS = "pairs = list(zip(widths, widths[1:]))"
WRONG_ANSWERS["08.1"] = [
    _("as from scratch", "those are the shapes from scratch", PAIRS,
      "return [shape for n, m in pairs for shape in ((n, m), (m,))]"),
    _("a Dense layer is its weights", "the biases are missing", PAIRS, "return [(m, n) for n, m in pairs]"),
    _("a bias is a column", "a bias has one axis", PAIRS,
      "return [shape for n, m in pairs for shape in ((m, n), (m, 1))]"),
    _("a tuple without its comma", "with its comma", PAIRS,
      "return [shape for n, m in pairs for shape in ((m, n), m)]"),
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

_ = body("unnoticed(net, wrong, X)")
EACH = "found = [(net(X), version(X)) for version in wrong]"
WRONG_ANSWERS["08.3"] = [
    _("the caught ones are asked for", "that the test catches", EACH,
      "return [i for i, (a, b) in enumerate(found) if (abs(a - b).max() >= 1e-5 * abs(a).max()).asscalar()]"),
    _("the limit is a limit", "a share of the largest logit", EACH,
      "return [i for i, (a, b) in enumerate(found) if abs(a - b).max().asscalar() < 1e-5]"),
    _("the limit is a share of the input", "not of the largest input", EACH,
      "return [i for i, (a, b) in enumerate(found) if (abs(a - b).max() < 1e-5 * abs(X).max()).asscalar()]"),
    _("each logit has a limit of its own", "held against its own size", EACH,
      "return [i for i, (a, b) in enumerate(found) if np.allclose(a.asnumpy(), b.asnumpy())]"),
    _("a difference is small if it is low", "isn't a small one", EACH,
      "return [i for i, (a, b) in enumerate(found) if ((b - a).max() < 1e-5 * abs(a).max()).asscalar()]"),
    _("the same, the other way round", "without its sign", EACH,
      "return [i for i, (a, b) in enumerate(found) if ((a - b).max() < 1e-5 * abs(a).max()).asscalar()]"),
    _("the mean says it all", "gets lost", EACH,
      "return [i for i, (a, b) in enumerate(found) if (abs(a - b).mean() < 1e-5 * abs(a).max()).asscalar()]"),
    _("the same is equal", "too much to ask", EACH,
      "return [i for i, (a, b) in enumerate(found) if (a == b).min().asscalar() == 1]"),
    _("the answers count", "the classes are compared", EACH,
      "return [i for i, (a, b) in enumerate(found) if (a.argmax(1) == b.argmax(1)).min().asscalar() == 1]"),
    _("one picture is enough", "only the first picture", EACH,
      "return [i for i, (a, b) in enumerate(found) if (abs(a - b)[0].max() < 1e-5 * abs(a).max()).asscalar()]"),
    _("the largest is the highest", "meant in size", EACH,
      "return [i for i, (a, b) in enumerate(found) if (abs(a - b).max() < 1e-5 * a.max()).asscalar()]"),
    _("places are counted from 1", "counted from 0", EACH,
      "return [i for i, (a, b) in enumerate(found, 1) if (abs(a - b).max() < 1e-5 * abs(a).max()).asscalar()]"),
]

_ = body("from_gluon(net)")
DATA = "data = [p.data().copy() for p in net.collect_params().values()]"
ATTACH = "for param in data: param.attach_grad()"
WRONG_ANSWERS["08.4"] = [
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
