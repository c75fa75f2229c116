"""Periods of a series: years, or first and last days; in order, apart, and of one length."""

from __future__ import annotations

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
        given = np.atleast_1d(np.asarray(breaks if breaks is not None else []))
        if not given.size:
            return [slice(0, len(self.start))]
        if not self.years and all(isinstance(text, (str, Period)) for text in given.tolist()):
            given = np.array([_first_and_last(text)[0] for text in given.tolist()], "M8[D]")
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
    periods : sequence of int, of (first day, last day), or of what `period` reads
        Years, or dates as numpy, datetime or ISO text, or texts such as '2022/23'.

    Raises
    ------
    DataError
        None of these; out of order, overlapping, or of different lengths.
    """
    try:
        given = np.asarray(periods)
    except ValueError:
        given = np.zeros((0, 0))
    if given.ndim == 1 and given.size and given.dtype.kind in "UO":
        given = np.array([_first_and_last(text) for text in given.tolist()], "M8[D]")
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
        raise DataError("periods: expected years, texts such as '2022/23', or pairs of days")
    _check(start, end)
    return Spans(start, end, np.asarray(time, np.float64), labels, given.ndim == 1)


def _whole_years(name: str, given: Any) -> Days:
    years = np.asarray(given)
    if years.dtype.kind not in "iuf" or not (np.isfinite(years) & (years == np.rint(years))).all():
        raise DataError(f"{name}: expected whole years, as the periods")
    return years.astype(np.int64)


def _first_and_last(text: Any) -> tuple[Any, Any]:
    read = period(text)
    if read.start is None:
        raise DataError(f"periods: {read.text!r} does not say which days: {read.unclear}")
    return read.start, read.end


def _days(name: str, given: Any) -> Days:
    try:
        days = np.asarray(given).astype("M8[D]")
    except (TypeError, ValueError):
        days = np.array(["NaT"], "M8[D]")
    if np.isnat(days).any() or np.asarray(given).dtype.kind in "iuf":
        raise DataError(f"{name}: expected dates such as '2021-04-01', as the periods")
    return days.astype(np.int64)


def _check(start: Days, end: Days) -> None:
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
                f"periods: numbers {i} and {i + 1} overlap; the same events would count twice"
            )
