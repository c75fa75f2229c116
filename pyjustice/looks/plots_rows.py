"""Rows for pictures: of a measure's array, of a DataFrame made from it; one service, one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.measures.flags import Flag

__all__ = ["Rows", "minded", "of_service", "page_of", "rows_of"]

# What is missing in a column of texts or dates, by library and version.
_NONE = {"nan", "None", "<NA>", "NaT", ""}
Rows: TypeAlias = NDArray[np.void]


def rows_of(rows: Any, fields: Sequence[str], measure: str, *layouts: np.dtype[np.void]) -> Rows:
    """Return the rows in one dimension, if they are those of a measure and there are any.

    Parameters
    ----------
    rows : structured array, list of its rows, or DataFrame of pandas or polars
    fields : sequence of str
        What the picture cannot do without.
    measure : str
        Whose rows they are, for the error.
    *layouts : dtype
        Records that a DataFrame may have been made from.
    """
    if hasattr(rows, "columns") and hasattr(rows, "to_numpy"):
        rows = _from_frame(rows, layouts)
    try:
        array: Rows = np.asarray(rows).reshape(-1)
    except ValueError:  # a list whose items are of several shapes
        array = np.zeros(0, [])
    missing = set(fields) - set(array.dtype.names or ())
    if missing:
        raise DataError(f"rows: expected what {measure} returns, with {', '.join(sorted(missing))}")
    if not len(array):
        raise DataError(f"rows: expected one or more of {measure}, got none")
    return array


def _from_frame(frame: Any, layouts: Sequence[np.dtype[np.void]]) -> Rows:
    """Return the columns in their order as fields: of the record that most are of, else texts."""
    names = [str(name) for name in frame.columns]
    layout = max(layouts, key=lambda layout: len(set(layout.names or ()) & set(names)))
    columns = {}
    for name, column in zip(names, frame.columns, strict=True):
        dtype = layout[name] if name in (layout.names or ()) else np.dtype(str)
        columns[name] = _values(name, frame[column].to_numpy(), dtype)
    rows = np.zeros(len(frame), [(name, values.dtype) for name, values in columns.items()])
    for name, values in columns.items():
        rows[name] = values
    return rows


def _values(name: str, values: Any, dtype: np.dtype[Any]) -> Any:
    if dtype.kind == "U":
        return np.array(["" if text in _NONE else text for text in map(str, values)], str)
    try:
        if dtype.kind == "M" and values.dtype.kind != "M":
            days = [str(value)[:10] for value in values]
            return np.array(["NaT" if day in _NONE else day for day in days], dtype)
        numbers = values.astype(float) if dtype.kind in "iu" else values
        if dtype.kind in "iu" and not np.isfinite(numbers).all():
            raise ValueError
        return numbers.astype(dtype)
    except (TypeError, ValueError):
        raise DataError(
            f"rows: the column {name!r} does not have the values of its field"
        ) from None


def of_service(rows: Rows, service: str | None) -> Rows:
    """Return the rows of a service; without its name they must be of one."""
    names = np.unique(rows["service"])
    if service is not None:
        if service not in names:
            raise DataError(f"service: no rows of {service!r}")
        own: Rows = rows[rows["service"] == service]
        return own
    if len(names) > 1:
        raise DataError(f"service: expected which of {len(names)}, such as {str(names[0])!r}")
    return rows


def minded(rows: Rows, value: str) -> str:
    """Say what is to be minded of rows that have a value, and of how many of them."""
    flags, counts = np.unique(rows["flag"][~np.isnan(rows[value])], return_counts=True)
    said = [
        f"{flag} ({count:,} of {len(rows):,} rows)"
        for flag, count in zip(flags.tolist(), counts.tolist(), strict=True)
        if flag and flag != Flag.REFERENCE
    ]
    return f"To be minded: {', '.join(said)}." if said else ""


def page_of(count: int, most: int | None, page: int) -> tuple[slice, str]:
    """Return which of so many rows are on a page, and words for that; '' if there is only one."""
    if most is not None and most < 1:
        raise DataError(f"most: expected 1 or more, or None for all, got {most!r}")
    pages = 1 if most is None else -(-count // most)
    if not 1 <= page <= pages:
        raise DataError(f"page: expected 1 to {pages}, got {page!r}")
    if most is None or pages == 1:
        return slice(None), ""
    first, last = (page - 1) * most, min(page * most, count)
    return slice(first, last), f"Rows {first + 1} to {last} of {count:,}: page {page} of {pages}."
