"""Whether figures of two periods may be set side by side, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pyjustice.ground.errors import DataError
from pyjustice.ground.periods import Period, period

__all__ = ["Apart", "Comparison", "comparable"]

# Courts closed and services went remote from late March 2020; the financial year stands for it.
_PANDEMIC = period("2020/21")


class Apart(StrEnum):
    """Why two figures are not comparable: the closed list, on which `pj.explain` has two lines."""

    WINDOW = "window not known"
    YEAR_END = "different year end"
    OVERLAP = "overlapping windows"
    LENGTH = "different length"
    COHORT = "different cohort length"
    METHOD = "different method"
    GROUPS = "different groups"
    BASE = "different population base"
    PANDEMIC = "pandemic year"


@dataclass(frozen=True)
class Comparison:
    """What `comparable` found; true if nothing speaks against the comparison.

    Attributes
    ----------
    reasons : tuple of Apart
        Each a text of a closed list, for `pj.explain`; empty if the two are comparable.

    Examples
    --------
    >>> found = comparable("2018/19", "2020/21")
    >>> bool(found), [str(reason) for reason in found.reasons]
    (False, ['pandemic year'])
    """

    reasons: tuple[Apart, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    def __str__(self) -> str:
        return f"not comparable: {', '.join(self.reasons)}" if self.reasons else "comparable"


def comparable(
    a: Any,
    b: Any,
    *,
    method: tuple[Any, Any] | None = None,
    groups: tuple[Any, Any] | None = None,
    base: tuple[Any, Any] | None = None,
) -> Comparison:
    """Say whether figures of two periods may be compared, and if not, why.

    Parameters
    ----------
    a, b : Period, whatever `pj.period` reads, or an object or row
        An object or a row of a structured array is asked for `period`, and for `method`, `groups`
        and `base` where it has them.
    method, groups, base : pair, optional
        How the figure was made, the groups it is of, and what its population is: an estimate of a
        year, or a census that it was rebased on. Two that are given and differ speak against the
        comparison; one that is None or '' says nothing.

    Returns
    -------
    Comparison
        True or false, with `reasons`. Figures of the very same window may be compared.

    Raises
    ------
    DataError
        If a period cannot be read.

    Notes
    -----
    Periods of unequal length, or of twelve months that end in different months, are different
    measures; of windows that overlap, each holds part of the other, so that a difference is
    understated. 2020/21, when courts closed, is set apart whatever it is compared with.

    Examples
    --------
    >>> print(comparable("year ending March 2019", "year ending December 2019"))
    not comparable: different year end, overlapping windows
    >>> bool(comparable("2021/22", "2022/23"))
    True
    """
    first, second = _period_of(a), _period_of(b)
    reasons = _windows_apart(first, second)
    for reason, name, pair in (
        (Apart.METHOD, "method", method),
        (Apart.GROUPS, "groups", groups),
        (Apart.BASE, "base", base),
    ):
        one, other = (_asked(a, name), _asked(b, name)) if pair is None else pair
        if _known(one) and _known(other) and one != other:
            reasons.append(reason)
    if _in_pandemic(first, second):
        reasons.append(Apart.PANDEMIC)
    return Comparison(tuple(reasons))


def _windows_apart(a: Period, b: Period) -> list[Apart]:
    if a.unclear or b.unclear:
        # Labels of one form may well be of one series, but nothing in them says so.
        return [] if a.text == b.text and a == b else [Apart.WINDOW]
    if a == b:
        return []
    reasons = []
    cohorts = "cohort" in (a.kind, b.kind)
    if _length(a) != _length(b):
        reasons.append(Apart.COHORT if cohorts else Apart.LENGTH)
    elif a.months == b.months == 12 and _days(a)[1].month != _days(b)[1].month:
        reasons.append(Apart.YEAR_END)
    if _overlap(_days(a), _days(b)) and _days(a) != _days(b):
        reasons.append(Apart.OVERLAP)
    return reasons


def _days(one: Period) -> tuple[date, date]:
    assert one.start is not None
    assert one.end is not None
    return one.start, one.end


def _length(one: Period) -> tuple[str, int]:
    first, last = _days(one)
    return ("months", one.months) if one.months else ("days", (last - first).days)


def _overlap(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _in_pandemic(a: Period, b: Period) -> bool:
    if a == b:
        return False
    windows = [_days(one) for one in (a, b) if one.start is not None]
    return any(_overlap(window, _days(_PANDEMIC)) for window in windows)


def _known(value: Any) -> bool:
    return value is not None and value != ""


def _asked(one: Any, name: str) -> Any:
    """Attribute of an object, or field of a row; None if it has none of that name."""
    names = getattr(getattr(one, "dtype", None), "names", None)
    if names is not None:
        return one[name].item() if name in names else None
    if isinstance(one, dict):
        return one.get(name)
    return getattr(one, name, None)


def _period_of(one: Any) -> Period:
    own = _asked(one, "period")
    if own is not None:
        return period(own)
    names = getattr(getattr(one, "dtype", None), "names", None)
    if names is not None or isinstance(one, dict):
        raise DataError("comparable: expected a row with a field 'period'")
    return period(one)
