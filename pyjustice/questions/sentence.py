"""One line in safe words for a row of a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pyjustice.ground.dtypes import (
    ADJUSTED_DTYPE,
    CHANGE_DTYPE,
    DISPARITY_DTYPE,
    PATHWAY_DTYPE,
    RATE_DTYPE,
    SHARE_DTYPE,
    TREND_DTYPE,
)
from pyjustice.ground.errors import DataError
from pyjustice.questions.disparity_words import (
    adjusted_words,
    disparity_words,
    pathway_words,
    share_words,
)
from pyjustice.questions.explain import explain
from pyjustice.questions.words_rates import change_words, rate_words, trend_words

__all__ = ["sentence"]

# A kind of row is known by its fields, so that one which has all of another's and more stands
# before it; another kind is one more line here.
_KINDS: tuple[tuple[np.dtype[np.void], Callable[[Any], str]], ...] = (
    (RATE_DTYPE, rate_words),
    (CHANGE_DTYPE, change_words),
    (TREND_DTYPE, trend_words),
    (ADJUSTED_DTYPE, adjusted_words),
    (PATHWAY_DTYPE, pathway_words),
    (DISPARITY_DTYPE, disparity_words),
    (SHARE_DTYPE, share_words),
)
# Words that tell what a flag means for their own row.
_TELL_FLAGS = (adjusted_words, pathway_words, disparity_words, share_words)


def sentence(row: Any, *, source: str = "") -> str:
    """Say one row in words that claim no more than it bears.

    Parameters
    ----------
    row : numpy.void, array of one row, or a mapping of its fields
        A row of RATE_DTYPE, CHANGE_DTYPE, TREND_DTYPE, DISPARITY_DTYPE, PATHWAY_DTYPE,
        ADJUSTED_DTYPE or SHARE_DTYPE, or of a table made from one, such as a safe copy.
    source : str
        Where the figures are from, for the end of the line.

    Returns
    -------
    str
        One line: the figures, their interval, how many comparisons it was one of, a warning of
        small numbers, what its flag means, and the source.

    Raises
    ------
    DataError
        More rows than one, or a row of another kind.

    Examples
    --------
    >>> from pyjustice.measures.rates import rates
    >>> sentence(rates(135, 26428, per=1000, names="Derby"))
    'Derby: 5.11 per 1,000 (95 % interval 4.28 to 6.05; 135 events, population 26,428).'

    >>> import textwrap
    >>> from pyjustice.questions.disparity import disparity
    >>> rows = disparity([30, 12], [200, 240], ["Black", "White"], reference="White",
    ...                  kind="proportion")
    >>> print(textwrap.fill(sentence(rows[0], source="local data, 2024/25"), 94))
    Black: 30 of 200 (15.0 %), White (the reference): 12 of 240 (5.0 %); rate 3.00 times that of
    the reference (95 % interval 1.60 to 5.66); clear evidence of a difference (p < 0.001, 1
    comparison). Source: local data, 2024/25.
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
            told = not flag or words in _TELL_FLAGS
            said = f"{words(row)}." if told else f"{words(row)}. {explain(flag).splitlines()[0]}"
            return f"{said} Source: {source}." if source else said
    raise DataError("row: expected one of a rate, a change, a trend, a disparity or a share")
