"""Whether a rate goes up or down over the years, and how fast."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import TREND_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.figures import (
    Floats,
    as_level,
    as_names,
    as_unit,
    bad_base,
    bad_count,
    broadcast,
    one_of,
)
from pyjustice.measures.flags import Flag
from pyjustice.measures.from_tables import refuse_given, series_of
from pyjustice.measures.multiple import families, q_values
from pyjustice.measures.spans import spans
from pyjustice.measures.trends import log_linear, monotone
from pyjustice.readers.table import Table

__all__ = ["trend"]

Rows: TypeAlias = NDArray[np.void]

METHODS = ("log-linear", "mann-kendall")
# Four points or fewer cannot reach 5 % by Mann and Kendall's test, whatever they are.
FEWEST_POINTS = 5
# Fewer events do not bear a fitted line.
FEWEST_EVENTS = 10


def trend(
    count: Any,
    population: Any = None,
    periods: Sequence[Any] | None = None,
    *,
    method: str = "log-linear",
    per: float = 1000,
    names: Any = None,
    breaks: Any = (),
    family: Any = "all",
    level: float = 0.95,
    rebased: float = 0.05,
) -> Rows:
    """Trends of rates over five periods or more, one for each segment between declared breaks.

    Parameters
    ----------
    count : array_like or Table
        Events: whole numbers, NaN where missing. The last axis is the periods. Of a table the leaf
        rows, a series for each area, group and measure, so that two methods are never on one line.
    population : array_like or None
        People of each period; fits the shape of `count`. None: the counts themselves.
    periods : sequence of int, of texts, or of (first day, last day)
        Years; what `pj.period` reads, such as '2021/22'; or dates as numpy, datetime or ISO text.
        In order. A month may be missing, but periods must not overlap and be of one length.
    method : {'log-linear', 'mann-kendall'}
        A constant ratio from year to year, or only that it goes one way.
    per : float
        What the rate is per, for ``slope``.
    names : array_like of str, optional
        Of the series: all axes but the last.
    breaks : int, date, text of a period, or sequence of these
        Starts of the periods from which on figures are not comparable with those before, such as a
        change of method: no trend goes across one. None is looked for.
    family : 'all', int or array_like
        What q counts as made together: all rows; so many comparisons; or the rows of each label.
    level : float
        Of the intervals.
    rebased : float
        A population that changed by more than this share a year has the flag 'rebased population'.

    Returns
    -------
    numpy.ndarray of TREND_DTYPE
        All axes of the counts but the last, and one for the segments. ``ratio`` is that of the rate
        from one year to the next (log-linear); ``slope`` the change of the rate a year and ``tau``
        Kendall's (mann-kendall). Of fewer than five points nothing is computed: 'short series'.

    Raises
    ------
    DataError
        Periods that overlap, are out of order or of different lengths; a break without periods on
        both sides; other arguments out of range; shapes that do not fit.

    Notes
    -----
    'log-linear': quasi-Poisson, log(expected) = log(population) + a + b year; standard error times
    the square root of Pearson's dispersion if it is above 1, limits of Student's t. 'mann-kendall':
    exact without ties up to 30 points, else normal with continuity and ties; Theil and Sen's slope.
    Neither knows of a dependence from year to year.

    Examples
    --------
    >>> counts = [135, 128, 119, 140, 101, 96, 88, 97]
    >>> people = [26428, 26644, 26700, 26810, 27000, 27100, 27050, 27200]
    >>> row = trend(counts, people, range(2014, 2022))[0]
    >>> print(f"{row['ratio']:.3f} ({row['ratio_lower']:.3f} to {row['ratio_upper']:.3f})")
    0.937 (0.900 to 0.976)
    """
    if isinstance(count, Table):
        refuse_given(population=population, periods=periods, names=names)
        table = series_of(count)
        return trend(
            table.count, table.population, table.periods, method=method, per=per,
            names=table.names, breaks=breaks, family=family, level=level, rebased=rebased,
        )  # fmt: skip
    if periods is None:
        raise DataError("periods: expected years, texts such as '2021/22', or pairs of days")
    one_of("method", method, METHODS)
    level, unit = as_level(level), as_unit(per)
    if not rebased >= 0:
        raise DataError(f"rebased: expected a share such as 0.05, got {rebased!r}")
    known = spans(periods)
    counts, people = broadcast(count=count, population=1.0 if population is None else population)
    if not counts.ndim or counts.shape[-1] != len(known.time):
        raise DataError(f"count: expected {len(known.time)} on the last axis, one for each period")
    segments = known.segments(breaks)
    shape = (*counts.shape[:-1], len(segments))
    rows = np.zeros(shape, TREND_DTYPE)
    for field in TREND_DTYPE.names or ():
        if TREND_DTYPE[field] == np.float64:
            rows[field] = np.nan
    rows["name"] = as_names(names, shape[:-1])[..., None]
    rows["method"], rows["per"], rows["level"] = method, unit, level
    if population is None:
        rows["per"] = unit = 1.0
    for place in np.ndindex(*shape[:-1]):
        for number, part in enumerate(segments):
            row = rows[(*place, number)]
            row["segment"] = number
            row["first"], row["last"] = known.labels[part.start][0], known.labels[part.stop - 1][1]
            _fill(row, counts[place][part], people[place][part], known.time[part], rebased)
            if population is None and not row["flag"]:
                row["flag"] = Flag.NO_POPULATIONS
    family_of, size = families(family, shape)
    rows["q"], rows["family"] = q_values(rows["p"], family_of, size)
    return rows


def _fill(row: Any, count: Floats, population: Floats, time: Floats, rebased: float) -> None:
    there = ~(np.isnan(count) | np.isnan(population))
    count, population, time = count[there], population[there], time[there]
    row["points"], row["count"] = len(count), count.sum()
    row["flag"] = fault = _fault(count, population)
    if fault:
        return
    level = float(row["level"])
    if row["method"] == "log-linear":
        line = log_linear(count, population, time, level)
        if line is not None:
            row["ratio"], row["p"] = math.exp(line.slope), line.p
            row["ratio_lower"], row["ratio_upper"] = np.exp([line.lower, line.upper])
            row["dispersion"] = line.dispersion
    else:
        way = monotone(row["per"] * count / population, time, level)
        row["slope"], row["slope_lower"], row["slope_upper"] = way.slope, way.lower, way.upper
        row["tau"], row["p"] = way.tau, way.p
        if way.lower == way.upper:
            row["slope_lower"] = row["slope_upper"] = np.nan
    row["flag"] = _doubt(row, count, population, time, rebased, bool(there.all()))


def _fault(count: Floats, population: Floats) -> str:
    """Why there can be no trend, '' if there can."""
    faults = (
        (Flag.NOT_A_COUNT, bad_count(count).any()),
        (Flag.NOT_A_POPULATION, bad_base(population).any()),
        (Flag.ZERO_BASE, (population == 0).any()),
        (Flag.SHORT_SERIES, len(count) < FEWEST_POINTS),
        (Flag.NO_EVENTS, not count.any()),
    )
    return next((flag for flag, found in faults if found), "")


def _doubt(
    row: Any, count: Floats, population: Floats, time: Floats, rebased: float, whole: bool
) -> str:
    """What is to be minded of a trend."""
    allowed = rebased * population[:-1] * np.maximum(np.diff(time), 1) * (1 + 1e-9)
    moved = np.abs(np.diff(population)) > allowed
    doubts = (
        (Flag.REBASED, moved.any()),
        (Flag.TOO_FEW, count.sum() < FEWEST_EVENTS or np.isnan(row["p"])),
        (Flag.ALL_EQUAL, row["method"] == METHODS[1] and np.isnan(row["slope_lower"])),
        (Flag.POINTS_MISSING, not whole),
    )
    return next((flag for flag, found in doubts if found), "")
