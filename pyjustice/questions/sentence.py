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
    PATHWAY_DTYPE,
    RATE_DTYPE,
    SHARE_DTYPE,
    TREND_DTYPE,
)
from pyjustice.ground.errors import DataError
from pyjustice.questions.control import chart_sentence, funnel_sentence
from pyjustice.questions.disparity_sentences import (
    disparity_of_sentence,
    disparity_sentence,
    overrepresentation_sentence,
    pathway_sentence,
)
from pyjustice.questions.explain import explain
from pyjustice.questions.words_rates import change_words, rate_words, trend_words

__all__ = ["sentence"]

Words: TypeAlias = Callable[[Any], str]


def _with_flag(words: Words) -> Words:
    """Words to which the meaning of the row's flag is added; other kinds say theirs themselves."""

    def said(row: Any) -> str:
        flag = str(row["flag"])
        meaning = " " + explain(flag).split("\n")[0] if flag else ""
        return f"{words(row)}.{meaning}"

    return said


# A kind of row is known by its fields; another kind is one more line here. Rows of `disparity_of`
# and `pathway` have all fields of `disparity`, so they come before it.
_KINDS: tuple[tuple[np.dtype[np.void], Words], ...] = (
    (RATE_DTYPE, _with_flag(rate_words)),
    (CHANGE_DTYPE, _with_flag(change_words)),
    (TREND_DTYPE, _with_flag(trend_words)),
    (CHART_DTYPE, chart_sentence),
    (FUNNEL_DTYPE, funnel_sentence),
    (ADJUSTED_DTYPE, disparity_of_sentence),
    (PATHWAY_DTYPE, pathway_sentence),
    (DISPARITY_DTYPE, disparity_sentence),
    (SHARE_DTYPE, overrepresentation_sentence),
)


def sentence(row: Any) -> str:
    """Say one row in words that claim no more than it bears.

    Parameters
    ----------
    row : numpy.void, array of one row, or a mapping of its fields
        What `rates`, `proportions`, `standardised_rates`, `change`, `trend`, `control_chart`,
        `funnel`, `disparity`, `disparity_of`, `pathway` or `overrepresentation` give, or of a
        table made from it.

    Returns
    -------
    str
        One line: the figures, their interval or limits, how many comparisons it was one of, a
        warning of small numbers, and what its flag means.

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
            return words(row)
    raise DataError(
        "row: expected one of what rates, change, trend, control_chart, funnel,"
        " disparity, disparity_of, pathway or overrepresentation give"
    )
