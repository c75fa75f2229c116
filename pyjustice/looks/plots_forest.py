"""Picture of ratios with their intervals, a row each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.dtypes import ADJUSTED_DTYPE, CHANGE_DTYPE, DISPARITY_DTYPE, PATHWAY_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_ratios import directions, ratio_limits, ratio_notes, suppressed_span
from pyjustice.looks.plots_rows import Rows, rows_of
from pyjustice.looks.plots_style import (
    ABOVE,
    BLUE,
    GREY,
    HATCH,
    INK,
    SMALL_TEXT,
    TEXT,
    beside,
    cut,
    finish,
    new_axes,
    ratio_axis,
    rows_high,
    with_interval,
)
from pyjustice.measures.flags import Flag
from pyjustice.questions.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["forest"]

_MEASURES = ("ratio", "odds_ratio", "adjusted_ratio", "adjusted_odds_ratio")
# With more rows than this their names are set smaller.
_FEW = 12


def forest(
    rows: Any, *, measure: str = "ratio", most: int | None = 20, ax: Axes | None = None,
    title: str = "", source: str = "",
) -> Axes:  # fmt: skip
    """Draw ratios with their intervals on a logarithmic axis, a row each.

    Parameters
    ----------
    rows : array of DISPARITY_DTYPE, ADJUSTED_DTYPE, PATHWAY_DTYPE or CHANGE_DTYPE
        What `pj.disparity`, `pj.disparity_of`, `pj.pathway` or `pj.change` returns, a list of its
        rows, or a DataFrame made from it.
    measure : {'ratio', 'odds_ratio', 'adjusted_ratio', 'adjusted_odds_ratio'}
        Which of its ratios.
    most : int or None
        Of more rows only so many are drawn: those with the clearest evidence (the lowest p), from
        the highest ratio to the lowest; a note says how many others there are. None for all.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        A filled mark is clear evidence once all comparisons are counted (q), a hollow one is not.
        An arrow is a limit beyond the axis, or a ratio of zero. Where a count is suppressed, what
        the ratio may be is hatched. A row without a ratio says why.

    Raises
    ------
    DataError
        No rows, or a measure that they do not have.

    Notes
    -----
    The clearest of many are clear in part by chance: q allows for that, their ratios do not.

    Examples
    --------
    >>> import pyjustice as pj
    >>> found = pj.disparity([30, 12], [200, 240], ["Black", "White"], reference="White",
    ...                      kind="proportion")
    >>> ax = pj.plots.forest(found)
    >>> ax.get_xscale(), [text.get_text() for text in ax.get_yticklabels()]
    ('log', ['Black', 'White'])
    """
    if measure not in _MEASURES:
        raise DataError(f"measure: expected one of {', '.join(_MEASURES)}, got {measure!r}")
    fields = (measure, f"{measure}_lower", f"{measure}_upper", _p(measure), _q(measure), "family",
              "level", "flag")  # fmt: skip
    own = rows_of(rows, fields, "disparity or change", DISPARITY_DTYPE, CHANGE_DTYPE,
                  ADJUSTED_DTYPE, PATHWAY_DTYPE)  # fmt: skip
    rows_of(own, ("reference", "group") if "group" in (own.dtype.names or ()) else
            ("against", "name"), "disparity or change")  # fmt: skip
    own, others = _clearest(own, measure, most)
    ax = new_axes(ax, height=2.3 + rows_high(len(own)))
    low, high = ratio_limits(own, measure)
    ratio_axis(ax, "x", low, high)
    ax.axvline(1, color=INK, linewidth=1.2, gid="no difference")
    for place, row in enumerate(own):
        _ratio_row(ax, place, row, measure)
    ax.set_ylim(len(own) - 0.4, -0.6)
    one = _one_outcome(own)
    names = [_row_name(row, of_one=bool(one)) or f"Row {i}" for i, row in enumerate(own)]
    ax.set_yticks(range(len(own)), names,
                  fontsize=TEXT if len(own) <= _FEW else SMALL_TEXT + 1)  # fmt: skip
    less, more, about = directions(own)
    for side, offset, words in (("right", -6, f"← {less}"), ("left", 6, f"{more} →")):
        ax.annotate(words, (1, 1), (offset, 4), xycoords=("data", "axes fraction"), ha=side,
                    textcoords="offset points", fontsize=TEXT, color=INK, gid=ABOVE)  # fmt: skip
    kind = measure.replace("_", " ")
    ax.set_xlabel(f"{kind[0].upper()}{kind[1:]} (logarithmic axis)", fontsize=TEXT)
    about = f"{about}: {one}" if one else about
    return finish(ax, title or about, [others, *ratio_notes(own, measure)], source)


def _p(measure: str) -> str:
    return "adjusted_p" if measure.startswith("adjusted") else "p"


def _q(measure: str) -> str:
    return "adjusted_q" if measure.startswith("adjusted") else "q"


def _clearest(rows: Rows, measure: str, most: int | None) -> tuple[Rows, str]:
    """Return the rows to draw, and what is said of the others."""
    if most is not None and most < 1:
        raise DataError(f"most: expected 1 or more, or None for all, got {most!r}")
    if most is None or len(rows) <= most:
        return rows, ""
    order = np.argsort(rows[_p(measure)], kind="stable")  # NaN comes last
    shown, others = rows[order[:most]], rows[order[most:]]
    shown = shown[np.argsort(-shown[measure], kind="stable")]
    clear = int((others[_q(measure)] < 1 - others["level"]).sum())
    without = int(np.isnan(others[measure]).sum())
    said = (
        f"The {most} of {len(rows):,} rows with the clearest evidence of a difference: chosen so,"
        " they look more extreme than they are."
    )
    also = [f"{clear:,} clear" * (clear > 0), f"{without:,} without a ratio" * (without > 0)]
    listed = ", ".join(filter(None, also))
    return shown, f"{said} Of the {len(others):,} others {listed}." if listed else said


def _one_outcome(rows: Rows) -> str:
    """Return the outcome that all rows are of, '' if they have none or several."""
    if "outcome" not in (rows.dtype.names or ()):
        return ""
    outcomes = np.unique(rows["outcome"])
    return cut(outcomes[0], 60) if len(outcomes) == 1 else ""


def _row_name(row: Any, *, of_one: bool) -> str:
    names = row.dtype.names
    if "group" not in names:
        return cut(row["name"])
    name = cut(row["group"])
    if "stage" in names:
        return f"{cut(row['stage'])} of {cut(row['before'])}: {name}"
    several = "outcome" in names and row["outcome"] and not of_one
    return f"{cut(row['outcome'])}: {name}" if several else name


def _ratio_row(ax: Axes, place: int, row: Any, measure: str) -> None:
    value, lower, upper = (float(row[measure + end]) for end in ("", "_lower", "_upper"))
    low, high = ax.get_xlim()
    least, most = suppressed_span(row, measure, low, high)
    if most > least:
        ax.barh(place, most - least, 0.5, least, facecolor="white", edgecolor=GREY, hatch=HATCH,
                gid="suppressed")  # fmt: skip
    if not math.isnan(lower) and not math.isnan(upper):
        ends = np.clip([lower, upper], low, high)
        ax.plot(ends, [place, place], color=INK, linewidth=1.6, gid="interval", zorder=2)
    for limit, mark, beyond in ((low, "<", lower < low), (high, ">", upper > high)):
        if beyond:
            ax.plot(limit, place, mark, color=INK, markersize=8, clip_on=False, gid="beyond")
    if low <= value <= high:
        clear = row[_q(measure)] < 1 - row["level"]
        ax.plot(value, place, "s", markersize=8, color=BLUE, zorder=3, gid="ratio",
                markerfacecolor=BLUE if clear else "white")  # fmt: skip
    beside(ax, place, _said(row, value, lower, upper))


def _said(row: Any, value: float, lower: float, upper: float) -> str:
    if not math.isnan(value):
        return with_interval(value, lower, upper)
    if not math.isnan(lower):
        return f"{row['flag']} ({number(lower)} to {number(upper)})"
    reason = str(row["flag"]) or Flag.TOO_FEW
    return "the reference" if reason == Flag.REFERENCE else f"no ratio: {reason}"
