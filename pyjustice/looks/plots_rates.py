"""Picture of rates or shares with their intervals: by area or group, or over time with a trend."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.dtypes import RATE_DTYPE, TREND_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_rows import Rows, minded, page_of, rows_of
from pyjustice.looks.plots_style import (
    BLUE,
    GREY,
    HATCH,
    INK,
    ORANGE,
    PALE,
    SMALL_TEXT,
    TEXT,
    beside,
    cut,
    finish,
    new_axes,
    rows_high,
    unit_words,
    upright,
)
from pyjustice.measures.flags import Flag
from pyjustice.measures.spans import Spans, spans
from pyjustice.questions.words import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["rates"]

_FIELDS = ("name", "kind", "count", "population", "value", "lower", "upper", "per", "level", "flag")
_TREND_FIELDS = ("name", "first", "last", "ratio", "ratio_lower", "ratio_upper", "slope",
                 "slope_lower", "slope_upper", "per", "level", "method", "flag")  # fmt: skip
# An interval that goes on for more than so many times the highest value ends in an arrow.
_WIDEST = 4
_FEW = 12
_YEAR = re.compile(r"[0-9]{4}")


def rates(
    rows: Any, *, trend: Any = None, over_time: bool | None = None, measure: str = "",
    most: int | None = 20, page: int = 1, ax: Axes | None = None, title: str = "",
    source: str = "",
) -> Axes:  # fmt: skip
    """Draw rates or shares with their intervals, a row each, or from period to period.

    Parameters
    ----------
    rows : array of RATE_DTYPE
        What `pj.rates`, `pj.proportions` or `pj.standardised_rates` returns, a list of its rows, or
        a DataFrame made from it.
    trend : array of TREND_DTYPE, optional
        What `pj.trend` returns for the same counts: its line is drawn through them, for each
        segment.
    over_time : bool, optional
        Whether the rows are one series, in order, that stands from left to right in time. Their
        names must then be years or what `pj.period` reads, such as '2021/22'. Left out, they are
        taken for one if their names are.
    measure : str
        What was measured, for the axis, such as 'First-time entrants'.
    most : int or None
        Rows in a picture by area or group; None for all, however tall it gets.
    page : int
        Which part of the rows, from 1, where there are more.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        A mark with its interval for each row, from zero on; an arrow where the interval goes on
        beyond the axis. A row without a value is hatched and says why.

    Raises
    ------
    DataError
        No rows, rows of several kinds, or over time names that are no periods in order; a trend of
        several series, of other periods or of other counts; a page that there is not.

    Notes
    -----
    Intervals that overlap are no test of a difference: that is `pj.change` or `pj.disparity`; and
    many areas are compared by `pj.funnel`. The line of a log-linear trend has as many events in
    all as there were; that of Theil and Sen goes through the median. What is shaded lies between
    the lines of the limits of the yearly change, drawn in the same way; it says nothing of single
    periods.

    Examples
    --------
    >>> import pyjustice as pj
    >>> ax = pj.plots.rates(pj.rates([48, 135], [21470, 26428], per=1000,
    ...                              names=["Westminster", "Derby"]))
    >>> ax.get_xlabel(), ax.texts[1].get_text()
    ('Rate per 1,000', '5.11 (4.28 to 6.05)')
    >>> count, people = [135, 128, 119, 140, 101, 96], [26428, 26644, 26700, 26810, 27000, 27100]
    >>> years = ["2016/17", "2017/18", "2018/19", "2019/20", "2020/21", "2021/22"]
    >>> ax = pj.plots.rates(pj.rates(count, people, per=1000, names=years),
    ...                     trend=pj.trend(count, people, years))
    >>> ax.get_legend().get_texts()[0].get_text()
    'trend: 0.936 times a year (0.867 to 1.012)'
    """
    own = rows_of(rows, _FIELDS, "rates", RATE_DTYPE)
    if len(np.unique(own["kind"])) > 1 or len(np.unique(own["per"])) > 1:
        raise DataError("rows: expected rates of one kind, per the same number")
    along = _spans(own, over_time, trend is not None)
    if along is None:
        return _by_row(own, measure, most, page, ax, title, source)
    return _by_period(own, along, trend, measure, ax, title, source)


def _spans(rows: Rows, over_time: bool | None, needed: bool) -> Spans | None:
    """Return what the names say if the rows are one series over time, None if they are not."""
    if over_time is False and needed:
        raise DataError("trend: expected rows over time")
    names = [str(name) for name in rows["name"]]
    asked = over_time or needed
    if over_time is False or (len(names) < 2 and not asked):
        return None
    years = all(_YEAR.fullmatch(name) for name in names)
    try:
        return spans([int(name) for name in names] if years else names)
    except DataError:
        if asked:
            raise
        return None


def _unit(rows: Rows, measure: str) -> str:
    kind = str(rows["kind"][0])
    unit = "Observed over expected" if kind == "ratio" else unit_words(float(rows["per"][0]), kind)
    return f"{cut(measure, 60)}: {unit[0].lower()}{unit[1:]}" if measure else unit


def _about(rows: Rows, measure: str) -> str:
    kinds = {"proportion": "Shares", "ratio": "Ratios of observed to expected"}
    return cut(measure, 60) or kinds.get(str(rows["kind"][0]), "Rates")


def _highest(rows: Rows) -> float:
    """Return the end of the axis: of the longest interval, if it is not far longer than others."""
    values, upper = (rows[name][np.isfinite(rows[name])] for name in ("value", "upper"))
    top = max([*upper, *values, 0.0])
    if len(values) and values.max() > 0:
        top = min(top, _WIDEST * values.max())
    # Nothing but NaN: any axis will do.
    return float(top) * 1.05 or 1.0


def _notes(rows: Rows, paged: str = "") -> list[str]:
    hatched = np.isnan(rows["value"]).any()
    return [
        f"Lines: {percent(rows['level'][0])} intervals, of chance alone."
        + " Hatched: no value." * bool(hatched),
        minded(rows, "value"),
        paged and f"{paged} Many areas are compared by a funnel.",
    ]


# --- a row each -----------------------------------------------------------------------------------


def _by_row(
    rows: Rows, measure: str, most: int | None, page: int, ax: Axes | None, title: str, source: str
) -> Axes:
    part, paged = page_of(len(rows), most, page)
    top = _highest(rows)
    rows = rows[part]
    ax = new_axes(ax, height=1.9 + rows_high(len(rows)))
    for place, row in enumerate(rows):
        value, lower, upper = (float(row[name]) for name in ("value", "lower", "upper"))
        if math.isnan(value):
            ax.barh(place, top, 0.5, facecolor="white", edgecolor=PALE, hatch=HATCH, gid="none")
            beside(ax, place, f"no value: {row['flag'] or Flag.MISSING_VALUE}")
            continue
        if not (math.isnan(lower) or math.isnan(upper)):
            ax.plot([lower, min(upper, top)], [place, place], color=INK, linewidth=1.6,
                    gid="interval")  # fmt: skip
        if upper > top:
            ax.plot(top, place, ">", color=INK, markersize=7, clip_on=False, gid="beyond")
        ax.plot(value, place, "s", color=BLUE, markersize=7, zorder=3, clip_on=False, gid="rate")
        beside(ax, place, _said(value, lower, upper))
    if rows["kind"][0] == "ratio":
        ax.axvline(rows["per"][0], color=GREY, linewidth=1.2, gid="as expected")
    ax.set_xlim(0, top)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [cut(row["name"]) or f"Row {i}" for i, row in enumerate(rows)],
                  fontsize=TEXT if len(rows) <= _FEW else SMALL_TEXT + 1)  # fmt: skip
    ax.set_xlabel(_unit(rows, measure), fontsize=TEXT)
    about = f"{_about(rows, measure)}, with their intervals"
    return finish(ax, title or about, _notes(rows, paged), source)


def _said(value: float, lower: float, upper: float) -> str:
    if math.isnan(lower) and math.isnan(upper):
        return number(value)
    return f"{number(value)} ({number(lower)} to {number(upper)})"


# --- over time ------------------------------------------------------------------------------------


def _by_period(
    rows: Rows, along: Spans, trend: Any, measure: str, ax: Axes | None, title: str, source: str
) -> Axes:
    at = along.time
    top = _highest(rows)
    ax = new_axes(ax)
    none = np.isnan(rows["value"])
    wide = 0.5 * np.min(np.diff(at), initial=1.0)
    ax.bar(at[none], top, wide, facecolor="white", edgecolor=PALE, hatch=HATCH, gid="none")
    ax.vlines(at, rows["lower"], np.minimum(rows["upper"], top), color=INK, linewidth=1.6,
              gid="interval")  # fmt: skip
    beyond = rows["upper"] > top
    ax.plot(at[beyond], np.full(beyond.sum(), top), "^", color=INK, markersize=7, clip_on=False,
            gid="beyond")  # fmt: skip
    ax.plot(at, rows["value"], "o", color=BLUE, markersize=7, zorder=3, clip_on=False, gid="rate")
    said = [] if trend is None else _trends(ax, rows, along, trend)
    ax.set_ylim(0, top)
    ax.set_xlim(at[0] - 1.2 * wide, at[-1] + 1.2 * wide)
    step = -(-len(at) // 16)
    names = [cut(name, 16) for name in rows["name"]][::step]
    ax.set_xticks(at[::step], names)
    if sum(map(len, names)) > 90:
        ax.tick_params(axis="x", labelrotation=45)
    ax.set_ylabel(upright(_unit(rows, measure)), fontsize=TEXT)
    ax.set_xlabel("Period", fontsize=TEXT)
    about = f"{_about(rows, measure)}, {cut(rows['name'][0])} to {cut(rows['name'][-1])}"
    why = [f"No value: {flag}." for flag in np.unique(rows["flag"][none]) if flag]
    legend = "above" if ax.get_legend_handles_labels()[0] else ""
    return finish(ax, title or about, [*_notes(rows), *said, *why], source, legend=legend)


def _trends(ax: Axes, rows: Rows, along: Spans, trend: Any) -> list[str]:
    """Draw the line of each segment and what lies between its limits; say what there is to say."""
    lines = rows_of(trend, _TREND_FIELDS, "trend", TREND_DTYPE)
    if len(np.unique(lines["name"])) > 1:
        raise DataError("trend: expected the segments of one series, got several")
    starts, ends = ([label[side] for label in along.labels] for side in (0, 1))
    notes = []
    for line in lines:
        first, last = str(line["first"]), str(line["last"])
        if first not in starts or last not in ends:
            raise DataError(f"trend: from {first} to {last} are not the periods of these rows")
        part = slice(starts.index(first), ends.index(last) + 1)
        way = "ratio" if line["method"] == "log-linear" else "slope"
        if math.isnan(line[way]):
            which = f" from {first} to {last}" * (len(lines) > 1)
            notes.append(f"No trend{which}: {line['flag'] or Flag.TOO_FEW}.")
            continue
        middle, lower, upper = (
            _line(rows[part], along.time[part], float(line[way + end]), way, float(line["per"]))
            for end in ("", "_lower", "_upper")
        )
        if not _fits(rows[part], along.time[part], middle, float(line[way]), way,
                     float(line["per"])):  # fmt: skip
            raise DataError("trend: expected the trend of the counts and populations of these rows")
        ax.plot(along.time[part], middle, color=ORANGE, linewidth=2, zorder=2,
                label=_trend_words(line, way), gid="trend")  # fmt: skip
        ax.fill_between(along.time[part], np.minimum(lower, upper), np.maximum(lower, upper),
                        color=ORANGE, alpha=0.18, linewidth=0, zorder=1,
                        gid="trend limits")  # fmt: skip
        notes.append(f"To be minded of the trend: {line['flag']}." if line["flag"] else "")
    if ax.get_legend_handles_labels()[0]:
        notes.insert(0, f"Shaded: between the lines of the {percent(lines['level'][0])} limits of"
                     " the change a year.")  # fmt: skip
    return notes


def _fits(rows: Rows, time: Any, middle: Any, change: float, way: str, trend_per: float) -> bool:
    """Whether a trend is that of these rows: no other line would be the best through them."""
    known = ~np.isnan(rows["value"])
    own, time, middle = rows[known], time[known], middle[known]
    per = float(own["per"][0])
    if way == "slope":
        first, second = np.triu_indices(len(own), 1)
        slopes = np.diff([own["value"][first], own["value"][second]], axis=0)[0]
        return bool(np.isclose(np.median(slopes / (time[second] - time[first])),
                               change * per / trend_per))  # fmt: skip
    crude = own["count"] / own["population"] * per
    # What the slope of a Poisson line makes zero, beside the size of its parts.
    apart = (own["count"] - middle * own["population"] / per) * (time - time.mean())
    return bool(abs(apart.sum()) <= 1e-6 * (1 + np.abs(apart).sum())) and np.allclose(
        crude, own["value"]
    )


def _line(rows: Rows, time: Any, change: float, way: str, trend_per: float) -> Any:
    """Return what a change a year gives for each period, through the middle of what there was.

    The constant of a Poisson line makes its events as many as there were, whatever its slope.
    """
    per, known = float(rows["per"][0]), ~np.isnan(rows["value"])
    if way == "slope":
        slope = change * per / trend_per
        return slope * time + np.median((rows["value"] - slope * time)[known])
    people = rows["population"] / per
    grown = change ** (time - time.mean())
    total = rows["count"][known].sum()
    return grown * total / (people * grown)[known].sum()


def _trend_words(line: Any, way: str) -> str:
    ends = [float(line[way + end]) for end in ("", "_lower", "_upper")]
    if way == "slope":
        return f"trend: {_said(*ends)} a year"
    # A change a year is small: two digits would hide it.
    return "trend: {:.3f} times a year ({:.3f} to {:.3f})".format(*ends)
