"""Errors that a student can read: one sentence and the line that caused it, without a library's traceback."""

import linecache
import traceback


def lines_of_main(trace):
    """Return the lines of the user's own code in a traceback, the innermost last, each as "line 3: x = 1 / 0"."""
    return [f"line {number}: {linecache.getline(frame.f_code.co_filename, number).strip()}"
            for frame, number in traceback.walk_tb(trace) if frame.f_globals.get("__name__") == "__main__"]


class _Readable(Exception):
    """A mixin whose errors IPython shows as their sentence, below the line of the cell that caused it."""

    def _render_traceback_(self):
        where = [f"  {line}" for line in lines_of_main(self.__traceback__)]
        kind = next(base for base in type(self).__mro__ if base.__module__ == "builtins")
        return [*where, f"{kind.__name__}: {self}"]


class ArgumentValueError(_Readable, ValueError):
    """An argument of the right type whose value can't be used."""


class ArgumentTypeError(_Readable, TypeError):
    """An argument of a type that can't be used."""


class DataError(_Readable, OSError):
    """Fashion-MNIST can't be had, or isn't what it should be."""


def whole_number(value, name, least, most, advice):
    """Return `value` as an int, or say why it can't be one.

    Parameters
    ----------
    value : int or numpy.integer
        What the caller was given.
    name : str
        What the caller's user calls it.
    least, most : int
        The smallest and the largest value allowed.
    advice : str
        What to do instead, as the end of the sentence.

    Raises
    ------
    ArgumentTypeError
        If `value` isn't a whole number.
    ArgumentValueError
        If it is outside of `least` to `most`.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise ArgumentTypeError(f"{name} must be a whole number from {least} to {most:,}, "
                                f"but it is {value!r} ({type(value).__name__}); {advice}.")
    if not least <= value <= most:
        raise ArgumentValueError(f"{name} must be from {least} to {most:,}, but it is {value}; {advice}.")
    return int(value)
