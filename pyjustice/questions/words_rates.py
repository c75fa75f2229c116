"""Sentences of rates, changes and trends."""

from __future__ import annotations

import math
from typing import Any

from pyjustice.measures.flags import Flag
from pyjustice.questions.words import among, named, number, percent, small_numbers

__all__ = ["change_words", "rate_words", "trend_words"]

CHANCE = "not distinguishable from chance"
SET_AGAINST = {
    "self": "",
    "national": " set against the change of the whole",
    "others": " set against the change of the others together",
    "overdispersed": " set against the change of all together, as areas vary",
}


def _interval(row: Any, field: str = "", words: Any = number) -> str:
    low, high = (f"{field}_{end}" if field else end for end in ("lower", "upper"))
    ends = f"{words(row[low])} to {words(row[high])}"
    return f"{percent(row['level'])} interval {ends}"


def rate_words(row: Any) -> str:
    """Say a row of RATE_DTYPE."""
    if math.isnan(row["value"]):
        return f"{named(row)}no rate for {number(row['count'])} of {number(row['population'])}"
    kind = str(row["kind"])
    if kind == "proportion":
        value, ends = percent(row["value"]), _interval(row, words=percent)
        figures = f"{number(row['count'])} of {number(row['population'])}"
    elif kind == "ratio":
        ends = _interval(row)
        if row["per"] == 1:
            value = f"{number(row['value'])} times as many as expected"
        else:
            value = f"{number(row['value'])}, where {number(row['per'])} is as expected"
        figures = f"{_events(row['count'])}, {number(row['population'])} expected"
    else:
        value, ends = f"{number(row['value'])} per {number(row['per'])}", _interval(row)
        value += {"direct": ", standardised", "indirect": ", standardised"}.get(kind, "")
        figures = f"{_events(row['count'])}, population {number(row['population'])}"
    return f"{named(row)}{value} ({ends}; {figures}){small_numbers(row['count'])}"


def _events(count: Any) -> str:
    return f"{number(count)} event{'' if count == 1 else 's'}"


def change_words(row: Any) -> str:
    """Say a row of CHANGE_DTYPE."""
    counts = f"{number(row['before'])} before, {number(row['after'])} after"
    if math.isnan(row["p"]):
        return f"{named(row)}{counts}; nothing can be said of a change"
    what = "ratio of rates" if math.isfinite(row["population_before"]) else "ratio of counts"
    against = SET_AGAINST.get(str(row["against"]), f" set against {row['against']}")
    shown = f"{what}{against} {number(row['ratio'])} ({_interval(row, 'ratio')})"
    text = f"{named(row)}{counts}; {shown}: {_finding(row, row['ratio'] > 1, 'higher', 'lower')}"
    fall = float(row["smallest_detectable"])
    if row["p"] >= 1 - row["level"] and math.isfinite(fall):
        text += f"; a fall of less than {percent(1 - fall)} would easily be missed"
    return text + small_numbers(row["before"], row["after"])


def _fine(ratio: Any) -> str:
    """A ratio from year to year, in which a hundredth matters."""
    return f"{float(ratio):.3f}"


def trend_words(row: Any) -> str:
    """Say a row of TREND_DTYPE."""
    series = f"{named(row)}{row['first']} to {row['last']}, {int(row['points'])} points"
    if math.isnan(row["p"]):
        return f"{series}; nothing can be said of a trend"
    if math.isfinite(row["ratio"]):
        what = "count" if row["flag"] == Flag.NO_POPULATIONS else "rate"
        shown = f"{what} times {_fine(row['ratio'])} a year ({_interval(row, 'ratio', _fine)})"
        up = row["ratio"] > 1
    else:
        shown = f"{row['slope']:+.3g} a year per {number(row['per'])} ({_interval(row, 'slope')})"
        up = row["tau"] > 0
    return f"{series}; {shown}: {_finding(row, up, 'rising', 'falling')}" + small_numbers(
        row["count"]
    )


def _finding(row: Any, up: Any, upward: str, downward: str) -> str:
    """What p and q allow one to say at the row's level."""
    alpha = 1 - float(row["level"])
    if not row["p"] < alpha:
        return f"{CHANCE} ({among(row['family'])})"
    way = upward if up else downward
    if math.isnan(row["q"]):  # a safe copy, in which it is left out
        return f"{way} if it were the only one ({among(row['family'])}, p = {row['p']:.2g})"
    if row["q"] < alpha:
        shown = f"q = {row['q']:.2g}" if row["family"] > 1 else f"p = {row['p']:.2g}"
        return f"{way}, by more than chance readily gives ({among(row['family'])}, {shown})"
    return f"{way} if it were the only one, but {CHANCE} as {among(row['family'])}"
