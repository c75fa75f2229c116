"""What pictures of ratios share: how far the axis goes, what is suppressed, words for both ends."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pyjustice.looks.plots_rows import Rows, minded
from pyjustice.looks.plots_style import cut
from pyjustice.questions.words import percent

__all__ = ["directions", "ratio_limits", "ratio_notes", "suppressed_span"]

# An axis of ratios shows no more than this either way: limits beyond it are arrows.
_WIDEST = 100.0
_TOGETHER = {"whole": "all groups together", "rest": "all other groups"}
_AGAINST = {"national": "the whole", "others": "the others", "overdispersed": "all together"}


def ratio_limits(rows: Rows, measure: str) -> tuple[float, float]:
    """Ends of the axis: what is known of the ratios, with 1 inside and not too far apart."""
    fields = [measure, f"{measure}_lower", f"{measure}_upper"]
    if _spanned(rows, measure):
        fields += ["ratio_least", "ratio_most"]
    found = np.concatenate([rows[field] for field in fields])
    found = found[np.isfinite(found) & (found > 0)]
    low, high = min([0.8, *found]) / 1.15, max([1.25, *found]) * 1.15
    return max(low, 1 / _WIDEST), min(high, _WIDEST)


def suppressed_span(row: Any, measure: str, low: float, high: float) -> tuple[float, float]:
    """Between what a ratio lies whose counts are suppressed, as far as the axis shows it."""
    if not _spanned(row, measure) or not math.isnan(row["ratio"]):
        return math.nan, math.nan
    return tuple(np.clip([row["ratio_least"], row["ratio_most"]], low, high).tolist())


def _spanned(rows: Any, measure: str) -> bool:
    return measure == "ratio" and {"ratio_least", "ratio_most"} <= set(rows.dtype.names or ())


def directions(rows: Rows) -> tuple[str, str, str]:
    """Words for both ends of the axis, and what the picture is of."""
    if "group" not in (rows.dtype.names or ()):
        against = _AGAINST.get(str(rows["against"][0]), "")
        if not against:
            return "fell", "rose", "Change of rates"
        return f"below {against}", f"above {against}", f"Change of rates, set against {against}"
    names = {_TOGETHER.get(str(name), cut(name, 28)) for name in rows["reference"]}
    who = names.pop() if len(names) == 1 else "the reference"
    return f"less often than {who}", f"more often than {who}", f"Groups compared with {who}"


def ratio_notes(rows: Rows, measure: str) -> list[str]:
    """What lines, filled marks and hatches mean, and what a difference does not."""
    first = rows[0]
    compared = int(np.max(rows["family"]))
    among = "one comparison" if compared == 1 else f"{compared:,} comparisons"
    hidden = [False]
    if _spanned(rows, measure):
        hidden = np.isnan(rows["ratio"]) & ~np.isnan(rows["ratio_least"])
    return [
        f"Lines: {percent(first['level'])} intervals. Filled: clear evidence of a difference"
        f" (q below {1 - float(first['level']):.2g} among {among}). Hollow: not distinguishable"
        " from chance.",
        minded(rows, measure),
        "Hatched: between what the ratio lies, for a count is suppressed." * bool(np.any(hidden)),
        "A difference is no proof of unequal treatment, and no difference none of equal."
        * ("group" in (rows.dtype.names or ())),
    ]
