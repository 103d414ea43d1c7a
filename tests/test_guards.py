"""A slip ends in a sentence that says what is wrong, what was expected and what to do; none ends in a number."""

import numpy as np
import pytest
from mxnet import gluon, nd, random
from mxnet.gluon import nn

import d2l_utils as d2l

LOSS = gluon.loss.SoftmaxCrossEntropyLoss()


@pytest.fixture
def examples():
    X, y, _, _ = d2l.load_fashion_mnist()
    return X[:256], y[:256]


@pytest.fixture
def params():
    random.seed(0)
    return d2l.init_params()


@pytest.fixture
def train(examples, params):
    """Train for an epoch on 256 images, with what a test gives in place of the arguments that are right."""
    def train(**given):
        arguments = {"net": lambda X: d2l.mlp(X, params), "train_iter": [examples], "test_iter": [examples],
                     "loss": LOSS, "num_epochs": 1, "batch_size": 256, "params": params, "lr": 0.5}
        return d2l.train_ch3(**arguments | given)
    return train


def refused(says):
    """Expect an error of one sentence, with these words."""
    return pytest.raises((TypeError, ValueError), match=rf"\A(?=[^\n]+\.\Z)[^\n]*{says}")


def gluon_net():
    net = nn.Dense(10, in_units=784)
    net.initialize()
    return net


def trainer(net):
    return gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.5})


@pytest.mark.parametrize(("X", "y", "says"), [
    (nd.zeros((3, 784)), nd.zeros(2), "3 examples and 2 labels"),
    (nd.zeros((2, 784)), nd.zeros(3), "2 examples and 3 labels"),
    (nd.zeros((3, 784)), nd.zeros((3, 1)), r"y must have one axis.*\(3, 1\)"),
    (np.zeros((3, 784)), nd.zeros(3), r"X must be an NDArray, but it is a ndarray; nd.array\(X\) makes one"),
    (nd.zeros((3, 784)), [0, 1, 2], r"y must be an NDArray, but it is a list; nd.array\(y\) makes one"),
], ids=["fewer labels", "more labels", "a column of labels", "NumPy", "a list"])
def test_minibatches_are_made_of_ndarrays_with_a_label_an_example(X, y, says):
    with refused(says):
        d2l.Minibatches(X, y, 2, shuffle=False)


@pytest.mark.parametrize(("given", "says"), [
    ({"params": None, "lr": None}, "trainer"),
    ({"lr": None}, "lr"),
    ({"params": None}, "params"),
    ({"num_epochs": 0}, "num_epochs .* 0"),
    ({"num_epochs": "10"}, "num_epochs .* '10'"),
    ({"batch_size": 0}, "batch_size .* 0"),
    ({"batch_size": 10**6 + 1}, "batch_size .* 1000001"),
    ({"num_epochs": 10**6 + 1}, "num_epochs .* 1000001"),
    ({"num_epochs": 10**6, "batch_size": 10**6, "params": []}, "params is empty"),
    ({"params": []}, "params is empty"),
    ({"params": {"W": nd.zeros(1)}}, "params must be a list of NDArrays.* dict"),
    ({"params": nd.zeros((2, 2))}, "params must be a list of NDArrays.* NDArray"),
    ({"params": gluon_net().collect_params()}, "params must be .*gluon.Trainer"),
    ({"params": ["W1"]}, r"params\[0\] must be an NDArray, but it is a str"),
    ({"trainer": trainer(gluon_net())}, "a trainer and also params"),
    ({"trainer": trainer(gluon_net()), "params": None}, "a trainer and also params or lr"),
    ({"trainer": "sgd", "params": None, "lr": None}, "trainer must be .*'sgd'"),
    *[({"lr": lr}, "lr must be a number of at least 0") for lr in (np.nan, np.inf, -0.1, "0.5", nd.zeros(2), [])],
    ({"train_iter": []}, "train_iter is empty"),
    ({"train_iter": (pair for pair in [])}, "train_iter must be .* generator"),
    ({"test_iter": (pair for pair in [])}, "test_iter must be .* generator"),
    ({"test_iter": None}, "test_iter must be .* NoneType"),
    ({"loss": lambda y_hat, y: LOSS(y_hat, y).mean()}, r"loss must return the loss of each example, \(256,\)"),
    ({"loss": lambda y_hat, y: 0.5}, "loss must return .* 0.5"),
    ({"net": lambda X: nd.zeros(256)}, r"net must return .*\(256, classes\).*\(256,\)"),
    ({"net": lambda X: nd.zeros((255, 10))}, r"net must return .*\(255, 10\)"),
    ({"net": lambda X: nd.zeros((256, 2))}, "Labels must be from 0 to 1, .*train_iter go from 0 to 9"),
])
def test_training_refuses_what_it_cannot_use_before_anything_moves(train, params, given, says, capsys):
    """Nothing is printed and no parameter has changed."""
    before = [param.asnumpy() for param in params]
    with refused(says):
        train(**given)
    assert capsys.readouterr() == ("", "")
    for param, untouched in zip(params, before, strict=True):
        assert (param.asnumpy() == untouched).all()


def test_a_parameter_without_a_place_for_its_gradient_is_named(train, params):
    params[3] = nd.zeros(10)
    with refused(r"params\[3\] \(shape \(10,\)\).*attach_grad"):
        train()


@pytest.mark.parametrize("name", ["train_iter", "test_iter"])
def test_minibatches_that_are_no_pairs_or_do_not_fit_are_refused_on_both_sides(train, examples, name):
    X, y = examples
    for minibatches, says in (([X], "must deal pairs"), ([(X, y, y)], "must deal pairs"),
                              ([(X, y.reshape((-1, 1)))], "y must have one axis"),
                              ([(X, y[:9])], "256 examples and 9 labels"), ([(X, y - 1)], "go from -1 to 8"),
                              (examples, "must deal pairs .*NDArray")):
        with refused(says):
            train(**{name: minibatches})
    with refused("test_iter is empty"):
        train(test_iter=[])


def test_labels_are_looked_at_in_the_whole_set_not_in_its_first_minibatch(train, examples):
    X, y = examples
    y = nd.concat(nd.zeros(255, dtype="int32"), nd.array([10], dtype="int32"), dim=0)
    with refused("from 0 to 9, .* go from 0 to 10"):
        train(train_iter=d2l.Minibatches(X, y, 16, shuffle=False))


def test_the_smallest_batch_is_one_example(train, examples, params):
    X, y = examples
    assert len(train(train_iter=[(X[:1], y[:1])], batch_size=1)) == 1
    d2l.sgd(params, 0.5, 1)


def test_minibatches_of_a_single_class_train(train, examples):
    X, y = examples
    assert train(train_iter=[(X, nd.zeros_like(y))])[0].train_acc < 1


@pytest.mark.parametrize("lr", [0.5, np.float32(0.5), nd.array([0.5])], ids=["float", "NumPy", "NDArray"])
def test_parameters_from_a_generator_and_a_rate_in_an_array_train_like_a_list_and_a_float(train, params, lr):
    loss = train(num_epochs=2, params=(param for param in list(params)), lr=lr)[1].loss
    random.seed(0)
    for param, new in zip(params, d2l.init_params(), strict=True):
        param[:] = new
    assert loss == train(num_epochs=2)[1].loss < 2.28


def test_a_diverging_loss_is_explained_once_in_the_epoch_in_which_it_happens(train, examples, capsys):
    """Training goes on; a run that doesn't diverge has no such line."""
    history = train(num_epochs=4, train_iter=[examples] * 3, lr=1e30)
    lines = capsys.readouterr().out.splitlines()
    first = next(index for index, epoch in enumerate(history) if not np.isfinite(epoch.loss))
    assert len(history) == 4 and len(lines) == 6 and first < 3
    assert [index for index, line in enumerate(lines) if "no number any more" in line] == [first + 1]
    assert "learning rate is too high" in lines[first + 1] and all(len(line) < 80 for line in lines)
    train(lr=0)
    assert "diverge" not in capsys.readouterr().out


@pytest.mark.parametrize("size", [0, -1])
def test_a_step_over_no_examples_is_refused(params, size):
    with refused(f"batch_size must be at least 1, but it is {size}"):
        d2l.sgd(params, 0.5, size)


@pytest.mark.parametrize("name", ["num_inputs", "num_hiddens", "num_outputs"])
@pytest.mark.parametrize("wrong", [0, 2.5, 10**6 + 1])
def test_a_network_has_from_one_to_a_million_units_in_each_layer(name, wrong):
    with refused(f"{name} must be .* it is {wrong}"):
        d2l.init_params(**{name: wrong})
    widths = {"num_inputs": 1, "num_hiddens": 1, "num_outputs": 1, name: 10**6}
    assert 10**6 in d2l.init_params(**widths)[0].shape + d2l.init_params(**widths)[2].shape


def test_a_guarded_function_still_tells_its_name_and_its_arguments():
    """What a student sees of `d2l.init_params?` is the function of notebook 02."""
    assert d2l.init_params.__name__ == "init_params" and "num_hiddens" in d2l.init_params.__doc__


def test_a_guard_changes_no_random_number_and_no_result(examples, params):
    """Training is bit for bit the loop of the lecture, without a guard, on the same minibatches."""
    def batches():
        random.seed(1)
        return d2l.Minibatches(*examples, 64, shuffle=True)

    own = [param.copy() for param in params]
    for param in own:
        param.attach_grad()
    iterator = batches()
    for _ in range(2):
        d2l.train_epoch(lambda X: d2l.mlp(X, own), iterator, LOSS, lambda: d2l.sgd(own, 0.5, 64))
    iterator = batches()
    d2l.train_ch3(lambda X: d2l.mlp(X, params), iterator, [examples], LOSS, 2, 64, params, 0.5)
    for ours, guarded in zip(own, params, strict=True):
        assert (ours.asnumpy() == guarded.asnumpy()).all()
