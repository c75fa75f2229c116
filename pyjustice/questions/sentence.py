"""One line in safe words for a row of a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from pyjustice.ground.dtypes import (
    ADJUSTED_DTYPE,
    CHANGE_DTYPE,
    CHART_DTYPE,
    DISPARITY_DTYPE,
    FUNNEL_DTYPE,
    HISTORY_DTYPE,
    PATHWAY_DTYPE,
    RATE_DTYPE,
    SHARE_DTYPE,
    TREND_DTYPE,
)
from pyjustice.ground.errors import DataError
from pyjustice.questions.control import chart_sentence, funnel_sentence
from pyjustice.questions.disparity_words import (
    adjusted_words,
    disparity_words,
    pathway_words,
    share_words,
)
from pyjustice.questions.explain import explain
from pyjustice.questions.words_history import history_words
from pyjustice.questions.words_rates import change_words, rate_words, trend_words

__all__ = ["sentence"]

Words: TypeAlias = Callable[[Any], str]


def _and_flags(words: Words, *fields: str) -> Words:
    """Add to words the meaning of the flags in some fields."""

    def said(row: Any) -> str:
        flags = dict.fromkeys(str(row[field]) for field in fields)
        meanings = [explain(flag).split("\n")[0] for flag in flags if flag]
        return " ".join([f"{words(row)}.", *meanings])

    return said


# A kind of row is known by its fields, so that one which has all of another's and more stands
# before it; another kind is one more line here. Words without fields tell of flags themselves.
_KINDS: dict[str, tuple[np.dtype[np.void], Words]] = {
    "rate": (RATE_DTYPE, _and_flags(rate_words, "flag")),
    "change": (CHANGE_DTYPE, _and_flags(change_words, "flag")),
    "trend": (TREND_DTYPE, _and_flags(trend_words, "flag")),
    "point of a control chart": (CHART_DTYPE, chart_sentence),
    "area of a funnel": (FUNNEL_DTYPE, funnel_sentence),
    "inspection of a history": (HISTORY_DTYPE, _and_flags(history_words, "flag", "doubt")),
    "adjusted disparity": (ADJUSTED_DTYPE, _and_flags(adjusted_words)),
    "step of a pathway": (PATHWAY_DTYPE, _and_flags(pathway_words)),
    "disparity": (DISPARITY_DTYPE, _and_flags(disparity_words)),
    "share of a caseload": (SHARE_DTYPE, _and_flags(share_words)),
}


def sentence(row: Any, *, source: str = "") -> str:
    """Say one row in words that claim no more than it bears.

    Parameters
    ----------
    row : numpy.void, array of one row, or a mapping of its fields
        A row of RATE_DTYPE, CHANGE_DTYPE, TREND_DTYPE, CHART_DTYPE, FUNNEL_DTYPE, HISTORY_DTYPE,
        DISPARITY_DTYPE, PATHWAY_DTYPE, ADJUSTED_DTYPE or SHARE_DTYPE, or of a table made from one,
        such as a safe copy.
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
    for dtype, words in _KINDS.values():
        if fields.issuperset(dtype.names or ()):
            said = words(row)
            return f"{said} Source: {source}." if source else said
    raise DataError(f"row: expected the fields of one of these: {', '.join(_KINDS)}")
