"""Plausible wrong answers to the exercises of 00_start_here."""

from .form import body

WRONG_ANSWERS = {}

_ = body("answer(outputs)")
WRONG_ANSWERS["00.1"] = [
    _("the answer is the largest number", "the largest number itself", "return max(outputs)"),
    _("positions are counted from 1", "counts positions from 0", "return outputs.index(max(outputs)) + 1"),
    _("far below zero is a strong answer too", "a minus sign counts", "return outputs.index(max(outputs, key=abs))"),
    _("the smallest wins, as a loss would", "where the smallest number stands", "return outputs.index(min(outputs))"),
    _("sorting changes nothing", "position of the largest of the ten", "return sorted(outputs).index(max(outputs))"),
]

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
