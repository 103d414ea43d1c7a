"""What the data module promises, on the real data set."""

from collections import Counter

import numpy as np
import pytest
from mxnet import nd, random

from d2l_utils import data


@pytest.mark.parametrize("wrong, error", [
    (0, ValueError), (-1, ValueError), (60_001, ValueError), (70_001, ValueError),
    (2.5, TypeError), ("256", TypeError), (None, TypeError)])
def test_a_wrong_batch_size_is_named_with_the_range_that_it_must_be_in(wrong, error, loaded):
    """What can't be a batch size is refused at once, in a sentence; the largest that can be is served."""
    with pytest.raises(error, match="batch_size must be .*from 1 to 60,000") as caught:
        data.load_data_fashion_mnist(wrong)
    assert f"it is {wrong!r}" in str(caught.value)
    assert [len(batches) for batches in data.load_data_fashion_mnist(60_000)] == [1, 1]


def test_batches_of_256_have_their_number_shapes_types_and_range(loaded):
    """235 and 40 batches, the last of each with what is left; float32 pixels in [0, 1], int32 labels."""
    for batches, number, rest in zip(data.load_data_fashion_mnist(256), (235, 40), (96, 16), strict=True):
        assert len(batches) == number
        kinds = [(X.shape, X.dtype, y.shape, y.dtype) for X, y in batches]
        assert kinds == [((size, 1, 28, 28), np.float32, (size,), np.int32) for size in [256] * (number - 1) + [rest]]
        X, _ = next(iter(batches))
        assert (X.min().asscalar(), X.max().asscalar()) == (0, 1)


def test_the_test_images_come_in_their_own_order_and_the_training_images_in_none(loaded):
    """The test set begins with an ankle boot, a pullover and two pairs of trousers, every time."""
    random.seed(0)
    train_iter, test_iter = data.load_data_fashion_mnist(10)
    for _ in range(2):
        assert next(iter(test_iter))[1].asnumpy().tolist() == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]
    beginnings = [next(iter(train_iter))[1].asnumpy().tolist() for _ in range(2)]
    assert beginnings[0] != beginnings[1] and loaded[1][:10].asnumpy().tolist() not in beginnings


def test_an_epoch_deals_each_training_image_once_with_its_label(loaded):
    """Shuffling neither drops nor repeats an image, nor parts it from its label."""
    def examples(batches):
        return Counter(hash((image.tobytes(), label)) for X, y in batches
                       for image, label in zip(X.asnumpy(), y.asnumpy().tolist(), strict=True))

    train_iter, _ = data.load_data_fashion_mnist(256)
    assert not examples([loaded[:2]]) - examples(train_iter)


def dealt(batches):
    return [number for _, y in batches for number in y.asnumpy().tolist()]


@pytest.fixture
def numbered():
    """A thousand examples, each of which is its own number."""
    return data.Minibatches(nd.arange(1000), nd.arange(1000), 64, shuffle=True)


def test_each_epoch_has_an_order_of_its_own_that_the_seed_repeats(numbered):
    """Epochs differ from each other, and mx.random.seed brings the same ones again."""
    def epochs():
        random.seed(7)
        return [dealt(numbered) for _ in range(3)]

    first = epochs()
    assert first == epochs()
    assert len({tuple(epoch) for epoch in [*first, range(1000)]}) == 4
    assert all(sorted(epoch) == list(range(1000)) for epoch in first)


def test_a_loop_inside_a_loop_disturbs_neither(numbered):
    """Accuracy may be measured on the training set in the middle of an epoch."""
    outer = iter(numbered)
    begun = dealt(next(outer) for _ in range(3))
    inner = dealt(numbered)
    assert sorted(inner) == sorted(begun + dealt(outer)) == list(range(1000))


def test_the_arrays_are_made_once():
    """Who loads the data set twice has it once: 55 million pixels as float32 are a fifth of a gigabyte."""
    assert all(first is second for first, second in zip(data.load_fashion_mnist(), data.load_fashion_mnist()))
