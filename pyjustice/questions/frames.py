"""Frames of pandas and polars as arrays: what their labels are, and which of them are rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.disclosure import field_rules
from pyjustice.ground.errors import DataError

__all__ = ["Framed", "read_frame"]

Array: TypeAlias = NDArray[Any]


class Framed(NamedTuple):
    """A table and its labels.

    Attributes
    ----------
    table : numpy.ndarray
        Structured where the columns of a frame are fields.
    rows, columns : list or None
        Labels; None where there are none but numbers that count from 0.
    corner : str
        What the row labels are called, '' if nothing.
    """

    table: Array
    rows: Sequence[object] | None = None
    columns: Sequence[object] | None = None
    corner: str = ""


def read_frame(table: Any) -> Framed:
    """Take a table for an array; of a frame or a series keep what its rows and columns are called.

    A frame with a column of texts, or one whose name is known to be a count or a population, is
    rows: its columns are fields, and its index is one more. Any other is a table of counts.
    """
    if not hasattr(table, "to_numpy"):
        return Framed(np.asarray(table))
    index = _index(table)
    if not hasattr(table, "columns"):  # a series
        labels = None if index is None else _joined(index)
        return Framed(_column(table), labels, None, _name(index))
    columns = [_text(name) for name in table.columns]
    parts = [_column(_nth(table, i)) for i in range(len(columns))]
    roles = field_rules()["roles"]
    if any(part.dtype.kind not in "biuf" for part in parts) or {
        *roles["count"], *roles["known"],
    }.intersection(columns):  # fmt: skip
        return Framed(_structured(columns, parts, index))
    plain = hasattr(table.columns, "step") and hasattr(table.columns, "start")
    values = np.column_stack(parts) if parts else np.zeros((len(table), 0))
    rows = None if index is None else _joined(index)
    return Framed(values, rows, None if plain else columns, _name(index))


def _nth(table: Any, i: int) -> Any:
    """Column by its place, for two may have one name."""
    return table.iloc[:, i] if hasattr(table, "iloc") else table[table.columns[i]]


def _index(table: Any) -> list[tuple[str, Array]] | None:
    """Levels of the index with their names; None if it only counts, or there is none."""
    index = getattr(table, "index", None)
    if index is None or not hasattr(index, "names") or hasattr(index, "step"):
        return None
    return [
        ("" if name is None else str(name), _column(index.get_level_values(i)))
        for i, name in enumerate(index.names)
    ]


def _joined(index: list[tuple[str, Array]]) -> list[str]:
    return [", ".join(map(_text, row)) for row in zip(*(level for _, level in index), strict=True)]


def _name(index: list[tuple[str, Array]] | None) -> str:
    return ", ".join(name for name, _ in index or () if name)


def _text(label: object) -> str:
    return ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _column(values: Any) -> Array:
    """Numbers as they are, a number that may be missing as a float; all else as text."""
    array = np.asarray(values.to_numpy())
    if array.dtype.kind in "biufMm":
        return array
    try:
        if not any(isinstance(value, str) for value in array):
            return array.astype(np.float64)  # whole numbers beside pandas.NA or None
    except (TypeError, ValueError):
        pass
    return np.array(["" if _is_missing(value) else str(value) for value in array.tolist()], str)


def _is_missing(value: Any) -> bool:
    try:
        return value is None or bool(value != value)
    except TypeError:  # pandas.NA is neither equal to itself nor different
        return True


def _structured(
    columns: Sequence[str], parts: Sequence[Array], index: list[tuple[str, Array]] | None
) -> Array:
    levels = [(name or f"index {i}".removesuffix(" 1"), part) for i, (name, part)
              in enumerate(index or (), 1)]  # fmt: skip
    # A label as a whole number, such as a year, is no count.
    named = [(name, part.astype(str) if part.dtype.kind in "iu" else part) for name, part in levels]
    named += zip(columns, parts, strict=True)
    names = [name for name, _ in named]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(f"table: two columns are called {twice!r}")
    length = len(named[0][1])
    made = np.zeros(length, [(name, part.dtype) for name, part in named])
    for name, part in named:
        made[name] = part
    return made
