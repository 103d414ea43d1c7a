"""The checks of 00_start_here."""

import numpy as np
from mxnet import nd

from .engine import Got, exercise, expect, quiz
from .reference import random_values
from .values import show


@exercise("00.1", "The answer is a position: which of the outputs is the largest, not how large it is.")
def _(answer):
    for outputs in ([2.5, 0.3, -1.2, 0.1, 1.9, 0.7, 4.5, 0.2, 3.1, -0.4],
                    [-2, -7.5, -0.3, -4, -9, -1, -3, -2.5, -6, -5],
                    [0.1, -8, 0.2, 0.5, 1.5, 0.9, -0.2, 0.3, 0.4, 6]):
        right = int(np.argmax(outputs))
        expect(answer(list(outputs)), right, "return the position of the largest of the ten numbers, counted from 0.",
               [(max(outputs), "that is the largest number itself; wanted is where it stands."),
                (right + 1, "Python counts positions from 0, and so do the labels."),
                (np.argmax(np.abs(outputs)), "a minus sign counts: far below zero is a clear no, not a clear answer."),
                (np.argmin(outputs), "that is where the smallest number stands.")])


@exercise("00.2", "A step goes against the gradient, as far as the learning rate says, however large the minibatch is.")
def _(step):
    for param, grad, lr, size in ((1, 128, 0.5, 256), (1, 128, 0.05, 256),
                                  (random_values(2, 3), random_values(2, 3, seed=1), 0.2, 4)):
        move = lr / size * np.asarray(grad, np.float64)
        arrays = [nd.array(value) if np.ndim(value) else value for value in (param, grad)]
        expect(step(*arrays, lr, size), param - move,
               "take from the parameter the learning rate, divided by the batch size, times the gradient.",
               [(param + move, "that goes up the slope: the gradient points to where the loss grows."),
                (param - lr * grad, "the gradient is a sum over the minibatch: divide by the batch size."),
                (param - move / lr, "without the learning rate nobody can say how long a step is."),
                (move, "that is how far the parameter moves; wanted is where it is then."),
                (-move, "that is how far the parameter moves; wanted is where it is then.")])


@exercise("00.3", "And you chose with the test pictures, so the winner's accuracy on them flatters it.")
def _(best_lr):
    for accuracies in ({0.1: 0.77, 0.02: 0.41, 0.01: 0.63, 0.5: 0.83, 1.0: 0.6}, {2.0: 0.1, 0.01: 0.63, 0.2: 0.61},
                       {0.3: 0.8, 3.0: 0.9}):
        def train(lr, accuracies=accuracies):
            return accuracies[lr]

        rates, reached = list(accuracies), list(accuracies.values())
        best = max(reached)
        got = best_lr(train, list(rates))
        expect(Got(f"rates {show(rates)} with accuracies {show(reached)}, best_lr(train, rates)", got.value),
               rates[reached.index(best)], "call train for each rate, and return the rate with the highest accuracy.",
               [(best, "that is the highest accuracy; wanted is the rate that reached it."),
                (reached.index(best), "that is the position of the best rate in the list; wanted is the rate itself."),
                (max(rates), "that is the largest rate, and a rate can be too large: ask train what each comes to."),
                (rates[reached.index(min(reached))], "that is the rate with the lowest accuracy.")])


quiz("00.q1", right="b",
     learned="A cell that doesn't fail isn't enough: look at whether the number did what it should.",
     a="no error is a good sign; now look at what the short run was made to show about the loss.",
     c="find out what `nan` stands for, and what a sum is worth that has one in it.")
quiz("00.q2", right="d",
     learned="What was learned is in the parameters, and what it means is in the activation and the model.",
     a="four arrays of numbers answer nothing by themselves: something makes ten outputs of a picture and of them.",
     b="think of what step 2 writes into the four arrays, and of which function the model calls for its hidden units.",
     c="one of these compares the outputs with the labels, and nobody has labelled tomorrow's pictures.")
quiz("00.q3", right="c",
     learned="Indentation says it all: each loop around a line multiplies how often it is carried out.",
     a="look at which loops the line is indented in: the loop over epochs is only the outermost.",
     b="that is how many steps there are; look at the loop that the line itself is in.",
     d="the loss of a whole minibatch is summed before anything is moved.")
