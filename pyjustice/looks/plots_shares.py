"""Picture of groups' shares of a caseload and of the children who live there."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.dtypes import SHARE_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_rows import Rows, rows_of
from pyjustice.looks.plots_style import (
    HATCH,
    INK,
    PALE,
    SKY,
    TEXT,
    beside,
    cut,
    finish,
    new_axes,
    with_interval,
)
from pyjustice.measures.flags import Flag
from pyjustice.questions.words import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["overrepresentation"]

_FIELDS = ("group", "caseload_share", "caseload_share_lower", "caseload_share_upper",
           "population_share", "population", "ratio", "ratio_lower", "ratio_upper", "n",
           "unknown_share", "level", "flag")  # fmt: skip
_COLOURS = {"caseload_share": SKY, "population_share": PALE}


def overrepresentation(
    rows: Any, *, ax: Axes | None = None, title: str = "", source: str = ""
) -> Axes:
    """Draw each group's share of the caseload beside its share of the children who live there.

    Parameters
    ----------
    rows : array of SHARE_DTYPE
        What `pj.overrepresentation` returns, a list of its rows, or a DataFrame made from it.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        Two bars a group, the caseload's with its interval where the number of children is known;
        a share that is not known is hatched. Beside them the ratio, or why there is none. Of what
        reports print one bar for each figure, in their words.

    Raises
    ------
    DataError
        No rows, or none with a share.

    Notes
    -----
    The figures of a report are not compared: they are of other dates, ages and groupings.

    Examples
    --------
    >>> import pyjustice as pj
    >>> found = pj.overrepresentation([40, 60], [18, 82], groups=["Black", "White"],
    ...                               population="10-17", n=100)
    >>> ax = pj.plots.overrepresentation(found)
    >>> ax.texts[0].get_text()
    '2.22 (1.68 to 2.79) times'
    """
    own = rows_of(rows, _FIELDS, "overrepresentation", SHARE_DTYPE)
    most = _longest(own)
    # What a report prints is one share a row: nothing is set beside it. Its population may be of
    # any age: only its words say.
    of_children = own["population"] == "10-17"
    printed = bool((own["flag"] == Flag.NO_DENOMINATOR).all() and not of_children.any())
    whose = "children aged 10 to 17" if of_children.all() else "the area"
    ax = new_axes(ax, height=2.2 + (0.5 if printed else 0.6) * len(own))
    _bars(ax, own, "caseload_share", "share of the caseload", 0 if printed else -0.19, most)
    _bars(ax, own, "population_share", f"share of {whose}", 0 if printed else 0.19, most)
    for place, row in enumerate(own):
        if not math.isnan(row["caseload_share_lower"]):
            ends = [row["caseload_share_lower"], row["caseload_share_upper"]]
            ax.plot(ends, [place - 0.19] * 2, color=INK, linewidth=1.6, marker="|", gid="interval")
        beside(ax, place, _printed_words(row) if printed else _share_words(row))
    ax.set_yticks(range(len(own)), _names(own, printed))
    ax.set_ylim(len(own) - 0.5, -0.5)
    ax.set_xlim(0, most * 1.03)
    ax.set_xlabel("Percent", fontsize=TEXT)
    about = "Shares that reports print" if printed else f"Caseload and {whose}, by group"
    notes = _printed_notes(own) if printed else _share_notes(own)
    return finish(ax, title or about, notes, source, legend="above")


def _bars(ax: Axes, rows: Rows, field: str, label: str, aside: float, most: float) -> None:
    """Draw a share of each group; beside another one, what is not known is hatched."""
    known = ~np.isnan(rows[field])
    at = np.arange(len(rows)) + aside
    high = 0.36 if aside else 0.5
    if known.any():
        ax.barh(at[known], rows[field][known], high, facecolor=_COLOURS[field], edgecolor=INK,
                linewidth=0.6, label=label, gid=field)  # fmt: skip
    if aside:
        ax.barh(at[~known], np.full((~known).sum(), most), high, facecolor="white",
                edgecolor=PALE, hatch=HATCH)  # fmt: skip


def _longest(rows: Rows) -> float:
    """Return the longest bar that there is to draw."""
    fields = ("caseload_share", "population_share", "caseload_share_upper")
    shares = np.concatenate([rows[field] for field in fields])
    shares = shares[np.isfinite(shares)]
    if not len(shares):
        raise DataError("rows: expected a group whose share is known")
    return float(max(shares.max(), 1.0))


def _names(rows: Rows, printed: bool) -> list[str]:
    """Return names of groups; the words of a report on two lines, with its service if several."""
    if not printed:
        return [cut(group) for group in rows["group"]]
    several = "service" in (rows.dtype.names or ()) and len(np.unique(rows["service"])) > 1
    whose = [f"{cut(row['service'], 24)}: " if several else "" for row in rows]
    words = [cut(row["group"], 100) for row in rows]
    return [textwrap.fill(who + said, 46) for who, said in zip(whose, words, strict=True)]


def _share_words(row: Any) -> str:
    if math.isnan(row["ratio"]):
        return f"no ratio: {row['flag'] or Flag.MISSING_VALUE}"
    if math.isnan(row["ratio_lower"]):
        return f"{number(row['ratio'])} times"
    return f"{with_interval(row['ratio'], row['ratio_lower'], row['ratio_upper'])} times"


def _printed_words(row: Any) -> str:
    """'91 %', and below it of what time, if the report says so."""
    shares = (row["caseload_share"], row["population_share"])
    said = " and ".join(f"{number(share)} %" for share in shares if not math.isnan(share))
    when = row["as_of"] if "as_of" in row.dtype.names else ""
    return "\n".join(filter(None, [said, textwrap.fill(cut(when, 60), 30)]))


def _printed_notes(rows: Rows) -> list[str]:
    reports = len(np.unique(rows["report"])) if "report" in (rows.dtype.names or ()) else 1
    return [
        f"In the words of the {'reports' if reports > 1 else 'report'}. Nothing is compared: the"
        " figures are of other dates, ages and groupings, and of how many children is not said."
    ]


def _share_notes(rows: Rows) -> list[str]:
    first = rows[0]
    size = (
        "The number of children in the caseload is not known: no intervals, no ratios."
        if math.isnan(first["n"])
        else f"{number(first['n'])} children in the caseload; lines are"
        f" {percent(first['level'])} intervals. The population is taken as known."
    )
    unknown = float(first["unknown_share"])
    hatched = np.isnan([rows["caseload_share"], rows["population_share"]]).any()
    return [
        size,
        "Hatched: not known." * bool(hatched),
        f"Of the caseload {unknown:.3g} % have no known group." if unknown > 0 else "",
    ]
