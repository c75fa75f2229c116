"""Columns and structured arrays as Arrow streams, through nanoarrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError

__all__ = ["ArrowRows", "arrow_stream", "to_arrow"]

Column: TypeAlias = NDArray[Any]


class ArrowRows:
    """Rows of a structured array, for whoever reads Arrow: ``pyarrow.table``, polars, duckdb.

    Attributes
    ----------
    rows : numpy.ndarray
        The structured array itself.

    Examples
    --------
    >>> import pyjustice as pj
    >>> found = pj.to_arrow(pj.rates([3, 5], [900, 1200], per=1000))
    >>> len(found), type(found.__arrow_c_stream__()).__name__
    (2, 'PyCapsule')
    """

    def __init__(self, rows: NDArray[np.void]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Export to Arrow."""
        names = self.rows.dtype.names or ()
        return arrow_stream({name: self.rows[name] for name in names}, {}, len(self))

    def __repr__(self) -> str:
        """Size."""
        return f"<ArrowRows: {len(self):,} rows, {len(self.rows.dtype.names or ())} columns>"


def to_arrow(rows: NDArray[np.void]) -> ArrowRows:
    """Hand a structured array on to what reads Arrow.

    Parameters
    ----------
    rows : numpy.ndarray
        A structured array of one dimension, such as ``report.ratings`` or what a measure returns.

    Returns
    -------
    ArrowRows
        ``pyarrow.table(...)``, ``polars.DataFrame(...)`` and ``duckdb.sql`` take it as it is.

    Raises
    ------
    DataError
        Not a structured array of one dimension; at the export, if nanoarrow is not installed.

    Notes
    -----
    Numbers keep their type and NaN stays NaN; days become date32, NaT null; texts become strings,
    '' stays ''. The export copies each column once. `Cases` and `Table` need no call: they are
    taken as they are.

    Examples
    --------
    >>> import pyjustice as pj
    >>> pj.to_arrow(pj.published("children"))
    <ArrowRows: 308 rows, 11 columns>
    """
    rows = np.asarray(rows)
    if rows.dtype.names is None or rows.ndim != 1:
        raise DataError(
            "expected a structured array of one dimension,"
            f" got {rows.ndim} of {rows.dtype.name if rows.dtype.names is None else 'fields'}"
        )
    return ArrowRows(rows)


def arrow_stream(
    data: Mapping[str, Column], categories: Mapping[str, NDArray[np.str_]], length: int
) -> object:
    """Return a capsule of one batch.

    Parameters
    ----------
    data : mapping of str to numpy.ndarray
        Columns: whole numbers, float64, bool, datetime64[D], text, or int32 codes of categories.
    categories : mapping of str to numpy.ndarray
        Texts behind codes.
    length : int
        Rows.

    Raises
    ------
    DataError
        nanoarrow is not installed.

    Notes
    -----
    Contiguous numbers are handed over without a copy. Days become Arrow's date32, which halves
    them; texts become plain strings, for a dictionary cannot be built through nanoarrow's public
    interface.
    """
    try:
        import nanoarrow as na
    except ImportError:
        raise DataError("Arrow export needs nanoarrow: pip install 'pyjustice[arrow]'") from None

    schemas: dict[str, Any] = {}
    arrays: list[Any] = []
    for name, column in data.items():
        if name in categories:
            texts = [*categories[name].tolist(), None]
            kind = na.string()
            arrays.append(na.c_array([texts[code] for code in column.tolist()], kind))
        else:
            kind, buffers, nulls = _buffers(na, column)
            arrays.append(na.c_array_from_buffers(kind, length, buffers, nulls))
        schemas[name] = kind
    batch = na.c_array_from_buffers(na.struct(schemas), length, [None], 0, children=arrays)
    return na.c_array_stream(batch).__arrow_c_stream__()


def _buffers(na: Any, column: Column) -> tuple[Any, list[Column | None], int]:
    """The Arrow type of a column, its buffers, and how many of its values are null."""
    kind = column.dtype.kind
    if kind == "M":
        missing = np.isnat(column)
        days = np.where(missing, 0, column.astype(np.int64)).astype(np.int32)
        nulls = int(missing.sum())
        return na.date32(), [_bits(~missing) if nulls else None, days], nulls
    if kind == "U":
        return na.large_string(), [None, *_text_buffers(column)], 0
    if kind == "b":
        return na.bool_(), [None, _bits(column)], 0
    types = {
        "i1": na.int8(),
        "i2": na.int16(),
        "i4": na.int32(),
        "i8": na.int64(),
        "f8": na.float64(),
    }
    return types[column.dtype.str[1:]], [None, np.ascontiguousarray(column)], 0


def _bits(flags: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.packbits(flags, bitorder="little")


def _text_buffers(column: NDArray[np.str_]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Where each text ends, and the texts one after the other, as UTF-8."""
    encoded = np.strings.encode(np.ascontiguousarray(column), "utf-8")
    sizes = np.strings.str_len(encoded)
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    padded = encoded.view(np.uint8).reshape(len(encoded), encoded.dtype.itemsize)
    return ends, padded[np.arange(padded.shape[1]) < sizes[:, None]]
