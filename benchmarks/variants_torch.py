"""The peers in PyTorch that the benchmark compares; see serve.py."""

import gzip

import numpy as np
from variants import BATCH_SIZE, DATA, LR, Products, Variant, first_weights


def read_images_and_labels(part):
    """Read one part of the data set ("train" or "t10k") as float32 images in [0, 1] and int64 labels."""
    with gzip.open(DATA / f"{part}-images-idx3-ubyte.gz") as images, gzip.open(
            DATA / f"{part}-labels-idx1-ubyte.gz") as labels:
        X = np.frombuffer(images.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28).astype("float32") / 255
        return X, np.frombuffer(labels.read(), np.uint8, offset=8).astype("int64")


class Torch(Variant):
    """PyTorch's quick-start loop, with its DataLoader over tensors that are in memory already."""

    def __init__(self):
        import torch

        self.torch = torch
        self.train_set, self.test_set = (
            torch.utils.data.TensorDataset(*map(torch.from_numpy, read_images_and_labels(part)))
            for part in ("train", "t10k"))
        self.train_iter = torch.utils.data.DataLoader(self.train_set, BATCH_SIZE, shuffle=True)
        self.test_iter = torch.utils.data.DataLoader(self.test_set, BATCH_SIZE)
        self.loss = torch.nn.CrossEntropyLoss(reduction="sum")  # divided by 256 below, in the ragged last batch too

    def start(self, hiddens=256):
        nn = self.torch.nn
        self.torch.manual_seed(0)
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, hiddens), nn.ReLU(), nn.Linear(hiddens, 10))
        W1, b1, W2, b2 = map(self.torch.from_numpy, first_weights(hiddens))
        with self.torch.no_grad():
            for param, values in zip(self.net.parameters(), (W1.T, b1, W2.T, b2)):
                param.copy_(values)
        self.optimizer = self.torch.optim.SGD(self.net.parameters(), lr=LR)

    def epoch(self, batches):
        self.net.train()
        total, correct, count = 0.0, 0.0, 0
        for X, y in batches:
            y_hat = self.net(X)
            loss = self.loss(y_hat, y)
            (loss / BATCH_SIZE).backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            total += loss.item()
            correct += (y_hat.argmax(1) == y).sum().item()
            count += len(y)
        return total / count

    def evaluate(self):
        self.net.eval()
        correct = 0
        with self.torch.no_grad():
            for X, y in self.test_iter:
                correct += (self.net(X).argmax(1) == y).sum().item()
        return correct / len(self.test_set)


class TorchInMemory(Torch):
    """The same loop, each minibatch indexed out of the tensors."""

    class Minibatches:
        def __init__(self, torch, X, y, shuffle):
            self.X, self.y = X, y
            self.order = torch.randperm if shuffle else torch.arange

        def __iter__(self):
            for chosen in self.order(len(self.y)).split(BATCH_SIZE):
                yield self.X[chosen], self.y[chosen]

    def __init__(self):
        super().__init__()
        self.train_iter = self.Minibatches(self.torch, *self.train_set.tensors, shuffle=True)
        self.test_iter = self.Minibatches(self.torch, *self.test_set.tensors, shuffle=False)


class TorchScratch(TorchInMemory):
    """The course's three statements and its update by hand, with PyTorch's tensors and autograd."""

    def start(self, hiddens=256):
        self.torch.manual_seed(0)
        self.params = [self.torch.from_numpy(values).requires_grad_() for values in first_weights(hiddens)]

    def net(self, X):
        W1, b1, W2, b2 = self.params
        X = X.reshape(-1, 784)
        H = self.torch.relu(X @ W1 + b1)
        return H @ W2 + b2

    def epoch(self, batches):
        total, correct, count = 0.0, 0.0, 0
        for X, y in batches:
            y_hat = self.net(X)
            loss = self.loss(y_hat, y)
            loss.backward()
            with self.torch.no_grad():
                for param in self.params:
                    param -= LR / BATCH_SIZE * param.grad
                    param.grad.zero_()
            total += loss.item()
            correct += (y_hat.argmax(1) == y).sum().item()
            count += len(y)
        return total / count

    def evaluate(self):
        with self.torch.no_grad():
            return sum((self.net(X).argmax(1) == y).sum().item() for X, y in self.test_iter) / len(self.test_set)


class TorchProducts(Products):
    """The same floor in PyTorch."""

    def __init__(self):
        import torch

        self.ones, self.first, self.second = torch.ones, torch.mm, lambda X, dH: torch.mm(X.T, dH)
        self.wait = lambda: None  # it works at once
