"""Columns of cases as an Arrow stream, through nanoarrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError

__all__ = ["arrow_stream"]


def arrow_stream(
    data: Mapping[str, NDArray[Any]], categories: Mapping[str, NDArray[np.str_]], length: int
) -> object:
    """Return a capsule of one batch.

    Parameters
    ----------
    data : mapping of str to numpy.ndarray
        Columns: int8, int64, float64, datetime64[D], or int32 codes of categories.
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
    Numbers are handed over without a copy. Days become Arrow's date32, which halves them; texts
    become plain strings, for a dictionary cannot be built through nanoarrow's public interface.
    """
    try:
        import nanoarrow as na
    except ImportError:
        raise DataError("Arrow export needs nanoarrow: pip install 'pyjustice[arrow]'") from None

    schemas: dict[str, Any] = {}
    arrays: list[Any] = []
    for name, column in data.items():
        if name in categories:
            schemas[name] = na.string()
            texts = [*categories[name].tolist(), None]
            arrays.append(na.c_array([texts[code] for code in column.tolist()], na.string()))
        elif column.dtype.kind == "M":
            schemas[name] = na.date32()
            missing = np.isnat(column)
            days = np.where(missing, 0, column.astype(np.int64)).astype(np.int32)
            nulls = int(missing.sum())
            valid = np.packbits(~missing, bitorder="little") if nulls else None
            arrays.append(na.c_array_from_buffers(na.date32(), length, [valid, days], nulls))
        else:
            kind = {"i1": na.int8(), "i8": na.int64(), "f8": na.float64()}[column.dtype.str[1:]]
            schemas[name] = kind
            arrays.append(na.c_array_from_buffers(kind, length, [None, column], 0))
    batch = na.c_array_from_buffers(na.struct(schemas), length, [None], 0, children=arrays)
    return na.c_array_stream(batch).__arrow_c_stream__()
