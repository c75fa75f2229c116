"""Figures as they are given: numbers, names and arguments, and the faults that are flagged."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.measures.flags import Flag

__all__ = [
    "Flags",
    "Floats",
    "as_level",
    "as_names",
    "as_unit",
    "bad_base",
    "bad_count",
    "broadcast",
    "first_flag",
    "numbers",
    "one_of",
]

Floats: TypeAlias = NDArray[np.float64]
Masks: TypeAlias = NDArray[np.bool_]
Flags: TypeAlias = NDArray[np.str_]

FLAG_TYPE = "U32"
# A whole number that went through a file as a float may have lost its last digits.
NEARLY = 1e-9


def numbers(name: str, given: Any) -> Floats:
    """Read numbers of any shape; what is None or masked is NaN.

    Raises
    ------
    DataError
        Not numbers.
    """
    try:
        if isinstance(given, np.ma.MaskedArray):
            return np.ma.filled(given.astype(np.float64), np.nan)
        return np.array(given, np.float64)
    except (TypeError, ValueError):
        raise DataError(f"{name}: expected numbers, NaN where missing") from None


def broadcast(**given: Any) -> tuple[Floats, ...]:
    """Read several arguments as numbers of one shape; a whole number gets its lost digits back.

    Raises
    ------
    DataError
        Not numbers; shapes that do not fit together.
    """
    arrays = {name: numbers(name, value) for name, value in given.items()}
    try:
        shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise DataError(f"expected shapes that fit together, got {shapes}") from None
    return tuple(np.broadcast_to(_settled(array), shape) for array in arrays.values())


def _settled(values: Floats) -> Floats:
    whole = np.rint(values)
    near = np.isclose(values, whole, rtol=NEARLY, atol=NEARLY)
    return np.where(near, whole, values)


def as_level(level: Any) -> float:
    """Return a level of confidence between 0 and 1, or raise DataError."""
    return _within("level", level, 1)


def as_unit(per: Any) -> float:
    """Return the number that a rate is per, or raise DataError."""
    return _within("per", per, math.inf)


def _within(name: str, value: Any, most: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 < number < most:
        end = "between 0 and 1" if most == 1 else "above 0"
        raise DataError(f"{name}: expected a number {end}, got {value!r}")
    return number


def one_of(name: str, given: Any, known: Any) -> str:
    """Return an argument that must be one of some words, or raise DataError."""
    if isinstance(given, str) and given in known:
        return given
    raise DataError(f"{name}: expected {', '.join(map(repr, known))}, got {given!r}")


def as_names(given: Any, shape: tuple[int, ...], length: int = 96) -> NDArray[np.str_]:
    """Return names of rows in their shape, '' where none are given; a long one ends in '…'.

    Raises
    ------
    DataError
        The names do not fit the shape.
    """
    names = np.asarray("" if given is None else given, np.str_)
    if names.dtype.itemsize > 4 * length:
        texts = [cut(text, length) for text in names.flat]
        names = np.array(texts, f"U{length}").reshape(names.shape)
    try:
        return np.broadcast_to(names, shape)
    except ValueError:
        raise DataError(f"names: expected {shape}, one for each row, got {names.shape}") from None


def bad_count(values: Floats) -> Masks:
    """Mark what is there and no count: negative, infinite, or not whole."""
    bad: Masks = (values < 0) | np.isinf(values) | (~np.isnan(values) & (values != np.rint(values)))
    return bad


def bad_base(values: Floats) -> Masks:
    """Mark what is there and no population: negative or infinite."""
    bad: Masks = (values < 0) | np.isinf(values)
    return bad


def first_flag(shape: tuple[int, ...], *faults: tuple[Flag, Any]) -> Flags:
    """Return for each row the first flag of the list whose mask holds there, '' if none does."""
    flags = np.full(shape, "", FLAG_TYPE)
    for flag, where in reversed(faults):
        flags[np.broadcast_to(where, shape)] = flag
    return flags
