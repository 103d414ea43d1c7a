"""Values as students return them: shown short, read as numbers, compared."""

import contextlib
import inspect

import numpy as np
from mxnet import nd

_WIDEST = 100  # characters of a value that is shown in full


def show(value):
    """Write a value as a reader would: short ones in full, with five digits; of long ones, what they are."""
    if isinstance(value, nd.NDArray):
        value = value.asnumpy()
    if isinstance(value, (np.ndarray, np.generic)):
        text = show(value.tolist()) if value.size <= _WIDEST else "<"
        return f"<array {value.shape}>" if "<" in text else text
    if isinstance(value, (list, tuple)):
        text = ", ".join(map(show, value[:_WIDEST]))
        text = f"[{text}]" if isinstance(value, list) else f"({text}{',' * (len(value) == 1)})"
        return text if len(text) <= _WIDEST else f"<{len(value)} values>"
    if isinstance(value, float):
        value += 0.0  # shows -0.0 as 0
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e9 else f"{value:.5g}"
    if inspect.isroutine(value) or inspect.isclass(value):
        return getattr(value, "__name__", "your function").replace("<lambda>", "your function")
    text = repr(value)
    return text if len(text) <= _WIDEST and " at 0x" not in text else f"<{type(value).__name__}>"


def numbers(value):
    """Return NDArrays, arrays, numbers and lists of them as float64: one array, a list if shapes differ, else None."""
    if isinstance(value, nd.NDArray):
        value = value.asnumpy()[0] if value.shape == (1,) else value.asnumpy()  # MXNet has no scalars
    if isinstance(value, (list, tuple)):
        parts = [numbers(part) for part in value]
        if any(part is None for part in parts):
            return None
        uniform = not any(isinstance(part, list) for part in parts) and len({part.shape for part in parts}) <= 1
        return np.array(parts, np.float64) if uniform else parts
    if isinstance(value, (np.ndarray, np.generic, int, float)):
        with contextlib.suppress(TypeError, ValueError):
            return np.asarray(value, np.float64)
    return None


def _close(value, expected):
    """Tell for each entry whether it is right: to float32's accuracy, and for a whole number not the one beside it."""
    apart = abs(value - expected)
    return (apart <= 1e-6 + 1e-4 * abs(expected)) & ((apart < 1e-3) | (expected % 1 != 0))


def same(value, expected, close=_close):
    """Tell whether two results of `numbers` agree; where both are one number, its shape doesn't count."""
    if not (isinstance(value, np.ndarray) and isinstance(expected, np.ndarray)):
        lists = isinstance(value, list) and isinstance(expected, list) and len(value) == len(expected)
        return lists and all(map(same, value, expected))
    if value.size == expected.size == 1:
        value, expected = value.ravel(), expected.ravel()
    return value.shape == expected.shape and bool(close(value, expected).all())


def close_mistake(value, mistake):
    """Like `_close`, for the value of a misconception: it may be infinite or NaN, and then what is so too equals it."""
    as_odd = (value == mistake) | (np.isnan(value) & np.isnan(mistake))
    return np.where(np.isfinite(mistake), _close(value, mistake), as_odd)


def difference(got, expected):
    """Say what was expected and what came back: in full if that is short, else the shapes or the first wrong value."""
    texts = show(expected), show(got)
    if any("<" in text for text in texts):
        got, expected = numbers(got), numbers(expected)
        if isinstance(got, list) and isinstance(expected, list) and len(got) == len(expected):
            index = list(map(same, got, expected)).index(False)
            return f"in array {index} {difference(got[index], expected[index])}"
        if isinstance(got, np.ndarray) and isinstance(expected, np.ndarray):
            texts = f"shape {expected.shape}", f"shape {got.shape}"
            if got.shape == expected.shape:
                where = tuple(np.argwhere(~_close(got, expected))[0])
                texts = f"{show(expected[where])} at {show(list(map(int, where)))}", show(got[where])
    return "expected {}, got {}".format(*texts)
