"""The lecture's network: its parameters, ReLU, and the multilayer perceptron with one hidden layer."""

from mxnet import nd

from .guards import with_whole_widths


@with_whole_widths
def init_params(num_inputs=784, num_hiddens=256, num_outputs=10, scale=0.01):
    """Make the parameters of a network with one hidden layer, ready for training.

    Parameters
    ----------
    num_inputs, num_hiddens, num_outputs : int
        Pixels of an image, hidden units, classes.
    scale : float
        Standard deviation of the normal distribution (mean 0) that the weights are drawn from. Biases start at 0.

    Returns
    -------
    list of mxnet.nd.NDArray
        W1 (num_inputs, num_hiddens), b1 (num_hiddens,), W2 (num_hiddens, num_outputs), b2 (num_outputs,), all float32
        and each with a gradient attached.

    Raises
    ------
    ArgumentTypeError, ArgumentValueError
        If one of the three isn't a whole number of at least 1.
    """
    W1 = nd.random.normal(scale=scale, shape=(num_inputs, num_hiddens))
    b1 = nd.zeros(num_hiddens)
    W2 = nd.random.normal(scale=scale, shape=(num_hiddens, num_outputs))
    b2 = nd.zeros(num_outputs)
    params = [W1, b1, W2, b2]
    for param in params:
        param.attach_grad()
    return params


def relu(X):
    """Return max(X, 0), element by element; an array of the shape and dtype of `X`."""
    return nd.maximum(X, 0)


def mlp(X, params):
    """Compute the logits of a multilayer perceptron with one hidden layer.

    Parameters
    ----------
    X : mxnet.nd.NDArray
        A minibatch of images, float32, (batch, 1, 28, 28) or any shape that flattens to (batch, num_inputs).
    params : list of mxnet.nd.NDArray
        W1, b1, W2, b2 as `init_params` makes them.

    Returns
    -------
    mxnet.nd.NDArray
        Logits, float32, (batch, num_outputs).
    """
    W1, b1, W2, b2 = params
    X = X.reshape((-1, W1.shape[0]))
    H = relu(nd.dot(X, W1) + b1)
    return nd.dot(H, W2) + b2
