"""Sentences of inspections in their order."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["history_words"]

_COUNTED = {1: "one rating", 2: "two ratings", 3: "three ratings"}


def history_words(row: Any) -> str:
    """Say a row of HISTORY_DTYPE; a rating is set against the one before under its framework."""
    year = int(row["year"])
    start = f"{row['service']}, {year if year >= 0 else 'year not known'}"
    if row["framework"]:
        start += f" ({row['framework']})"
    text = f"{start}: {row['overall_word'] or 'no overall rating'}"
    if row["score"] >= 0 and row["max_score"] > 0:
        text += f", score {int(row['score'])} of {int(row['max_score'])}"
    change = float(row["change"])
    if math.isnan(change):
        return text
    if not change:
        return f"{text}; the same rating as at the inspection before"
    way = "higher" if change > 0 else "lower"
    return f"{text}; {_COUNTED[abs(int(change))]} {way} than at the inspection before"
