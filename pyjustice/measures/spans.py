"""Periods of a series: years, or first and last days; in order, apart, and of one length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.periods import Period, period
from pyjustice.measures.figures import Floats

__all__ = ["Spans", "spans"]

Days: TypeAlias = NDArray[np.int64]

DAYS_A_YEAR = 365.25
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Months are of 28 to 31 days; a quarter is no year.
UNEVEN = 1.15


@dataclass(frozen=True, slots=True)
class Spans:
    """Periods in order: `start` and `end` in years or days, `time` their middle in years."""

    start: Days
    end: Days
    time: Floats
    labels: tuple[tuple[str, str], ...]
    years: bool

    def segments(self, breaks: Any) -> list[slice]:
        """Cut at the starts of periods that are given in `breaks`.

        Raises
        ------
        DataError
            A break of another form, or with no period on one side of it.
        """
        listed = list(np.atleast_1d(np.asarray(breaks if breaks is not None else [])).tolist())
        if not self.years:
            listed = [_first_day(one) for one in listed]
        given = np.array(listed)
        if not given.size:
            return [slice(0, len(self.start))]
        at = np.unique(_whole_years("breaks", given) if self.years else _days("breaks", given))
        if at[0] <= self.start[0] or at[-1] > self.start[-1]:
            raise DataError("breaks: expected starts of periods, with periods on either side")
        cuts = np.unique(np.searchsorted(self.start, at))
        edges = [0, *cuts.tolist(), len(self.start)]
        return [slice(low, high) for low, high in pairwise(edges)]


def spans(periods: Sequence[Any]) -> Spans:
    """Read periods.

    Parameters
    ----------
    periods : sequence of int, of texts, or of (first day, last day)
        Years; what `pj.period` reads and finds clear; or dates as numpy, datetime or ISO text.

    Raises
    ------
    DataError
        Neither of these; out of order, overlapping, or of different lengths.
    """
    if all(isinstance(one, str | Period) for one in periods):
        periods = [_window(one) for one in periods]
    try:
        given = np.asarray(periods)
    except ValueError:
        given = np.zeros((0, 0))
    if given.ndim == 1 and given.size and given.dtype.kind in "iuf":
        start = _whole_years("periods", given)
        end, time = start, start + 0.5
        labels = tuple((str(year), str(year)) for year in start.tolist())
    elif given.ndim == 2 and given.shape[1] == 2:
        days = _days("periods", given)
        start, end = days[:, 0], days[:, 1]
        time = (start + end + 1) / 2 / DAYS_A_YEAR
        labels = tuple((str(a), str(b)) for a, b in days.astype("M8[D]").tolist())
    else:
        raise DataError("periods: expected years, texts such as '2021/22', or pairs of days")
    _check(start, end, labels)
    return Spans(start, end, np.asarray(time, np.float64), labels, given.ndim == 1)


def _window(text: Any) -> tuple[Any, Any]:
    read = period(text)
    if read.unclear or read.start is None:
        raise DataError(f"periods: {read.text!r} leaves open: {read.unclear}; give its two days")
    return read.start, read.end


def _first_day(one: Any) -> Any:
    """The first day of a period such as '2020/21'; what may be a day stays as it is."""
    if not isinstance(one, str | Period) or (isinstance(one, str) and _ISO_DAY.fullmatch(one)):
        return one
    return _window(one)[0]


def _whole_years(name: str, given: Any) -> Days:
    years = np.asarray(given)
    if years.dtype.kind not in "iuf" or not (np.isfinite(years) & (years == np.rint(years))).all():
        raise DataError(f"{name}: expected whole years, as the periods")
    return years.astype(np.int64)


def _days(name: str, given: Any) -> Days:
    try:
        days = np.asarray(given).astype("M8[D]")
    except (TypeError, ValueError):
        days = np.array(["NaT"], "M8[D]")
    if np.isnat(days).any() or np.asarray(given).dtype.kind in "iuf":
        raise DataError(f"{name}: expected dates such as '2021-04-01', as the periods")
    return days.astype(np.int64)


def _check(start: Days, end: Days, labels: Sequence[tuple[str, str]]) -> None:
    lengths = end - start + 1
    if (lengths < 1).any():
        raise DataError(f"periods: number {int((lengths < 1).argmax())} ends before it starts")
    if lengths.max() > UNEVEN * lengths.min():
        raise DataError(
            f"periods: expected one length, got {lengths.min()} to {lengths.max()} days"
        )
    for i, (before, after) in enumerate(pairwise(start.tolist())):
        if after <= before:
            raise DataError(f"periods: numbers {i} and {i + 1} are out of order, or the same")
        if after <= end[i]:
            raise DataError(
                f"periods: numbers {i} and {i + 1}, from {labels[i][0]} and {labels[i + 1][0]},"
                " overlap; the same events would count twice"
            )
