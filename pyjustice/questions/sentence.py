"""One line in safe words for a row of a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pyjustice.ground.dtypes import CHANGE_DTYPE, RATE_DTYPE, TREND_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.questions.explain import explain
from pyjustice.questions.words_rates import change_words, rate_words, trend_words

__all__ = ["sentence"]

# A kind of row is known by its fields; another kind is one more line here.
_KINDS: tuple[tuple[np.dtype[np.void], Callable[[Any], str]], ...] = (
    (RATE_DTYPE, rate_words),
    (CHANGE_DTYPE, change_words),
    (TREND_DTYPE, trend_words),
)


def sentence(row: Any) -> str:
    """Say one row in words that claim no more than it bears.

    Parameters
    ----------
    row : numpy.void, array of one row, or a mapping of its fields
        A row of RATE_DTYPE, CHANGE_DTYPE or TREND_DTYPE, or of a table made from one.

    Returns
    -------
    str
        One line: the figures, their interval, how many comparisons it was one of, a warning of
        small numbers, and what its flag means.

    Raises
    ------
    DataError
        More rows than one, or a row of another kind.

    Examples
    --------
    >>> from pyjustice.measures.rates import rates
    >>> sentence(rates(135, 26428, per=1000, names="Derby"))
    'Derby: 5.11 per 1,000 (95 % interval 4.28 to 6.05; 135 events, population 26,428).'
    """
    if isinstance(row, np.ndarray):
        if row.size != 1:
            raise DataError(f"row: expected one row, got {row.size}")
        row = row.reshape(-1)[0]
    fields = set(getattr(getattr(row, "dtype", None), "names", None) or ())
    if not fields and hasattr(row, "keys"):
        fields = set(row.keys())
    for dtype, words in _KINDS:
        if fields.issuperset(dtype.names or ()):
            flag = str(row["flag"])
            meaning = " " + explain(flag).split("\n")[0] if flag else ""
            return f"{words(row)}.{meaning}"
    raise DataError("row: expected one of a rate, a change or a trend")
