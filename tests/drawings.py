"""What the tests of the drawings draw: a run, the lecture's beside it, other seeds, and a chain."""

import numpy as np
import pandas as pd

from d2l_utils.train import Epoch, History

RUN = History([Epoch(1, 0.80, 0.71, 0.80, 2.0), Epoch(2, 0.49, 0.83, 0.82, 2.0)])
RECORDED = np.array([(1, 0.81, 0.70, 0.81), (2, 0.48, 0.82, 0.83)], dtype=[
    ("epoch", int), ("train_loss", float), ("train_accuracy", float), ("test_accuracy", float)])
SEEDS = pd.DataFrame({"epoch": [1, 1, 2, 2, 3], "train_loss": [0.9, 0.7, 0.5, 0.45, 0],
                      "train_acc": [0.6, 0.7, 0.75, 0.85, 1], "test_acc": [0.7, 0.8, 0.8, 0.9, 1]})
CHAIN = ("x", "xW+b", "relu", "loss")
FORWARD, BACKWARD = ("", "a\n0.10\n−0.20", "h\n0.10\n0.00"), ("", "da\n0.30\n0.00", "dh\n0.30\n0.40")
