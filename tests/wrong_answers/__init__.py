"""Plausible wrong answers to each exercise: the misconception, a piece of the hint that takes it up, and the answer."""

from importlib import import_module
from pkgutil import iter_modules

WRONG_ANSWERS = {}
for _module in iter_modules(__path__, f"{__name__}."):
    WRONG_ANSWERS |= getattr(import_module(_module.name), "WRONG_ANSWERS", {})
