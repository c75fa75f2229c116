"""Words and numbers of one line for a person, for the sentences of every kind of row."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["SMALL", "among", "named", "number", "percent", "small_numbers"]

# Below this many events a person is warned; Public Health England's limit for other methods.
SMALL = 10


def number(value: Any) -> str:
    """Two digits or three of a figure, or all of a larger whole one; words for what has none."""
    value = float(value)
    if math.isnan(value):
        return "not known"
    if math.isinf(value):
        return "no limit"
    if value == round(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) < 0.1:
        return f"{value:.2g}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def percent(share: Any) -> str:
    """A share as a percentage."""
    return f"{100 * float(share):.3g} %" if math.isfinite(float(share)) else number(share)


def named(row: Any) -> str:
    """The name of a row with a colon, '' if it has none."""
    name = " ".join(str(row["name"]).split())
    return f"{name}: " if name else ""


def among(family: Any) -> str:
    """How many comparisons a row was one of."""
    if math.isnan(family):
        return "one of a number of comparisons that is withheld"
    return f"one of {int(family):,} comparisons" if int(family) > 1 else "one comparison"


def small_numbers(*counts: Any) -> str:
    """Give a warning if any of the counts is small."""
    return "; small numbers, read with care" if min(map(float, counts)) < SMALL else ""
