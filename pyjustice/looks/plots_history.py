"""Picture of a service's inspections in time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import HISTORY_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_labels import OVER, label_points
from pyjustice.looks.plots_rows import Rows, of_service, rows_of
from pyjustice.looks.plots_style import GREY, INK, SMALL_TEXT, TEXT, cut, finish, new_axes
from pyjustice.looks.rating_colours import SCALE, place_of, rating_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["history"]

_FIELDS = ("service", "framework", "year", "published", "published_precision", "overall",
           "overall_word", "score", "max_score", "flag", "doubt")  # fmt: skip
# Of a mark, in points.
_MARK = 15
# How much of the axis lies between the centres of two marks that do not touch.
_APART = 0.03


def history(
    rows: Any, *, service: str | None = None, ax: Axes | None = None, title: str = "",
    source: str = "",
) -> Axes:  # fmt: skip
    """Draw a service's overall ratings in time; no line where two are not to be compared.

    Parameters
    ----------
    rows : array of HISTORY_DTYPE
        What `pj.history` returns, a list of its rows, or a DataFrame made from it.
    service : str, optional
        Which one, where there are several.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        A mark for each inspection, with word and score, at its place on its own framework's scale;
        inspections without an overall rating stand below as squares. A mark of which something is
        doubtful is hollow and says what. Rows that tell of one place and time stand side by side.

    Raises
    ------
    DataError
        No rows, or rows of several services; no inspection has a year.

    Notes
    -----
    A line joins two only if `pj.history` compares them; a dashed line parts frameworks. An
    inspection of which the year alone is known stands in its middle, with a bar over all of it.

    Examples
    --------
    >>> import pyjustice as pj
    >>> ax = pj.plots.history(pj.history(service="Wakefield"))
    >>> ax.get_title(loc="left")
    'Inspections of Wakefield'
    """
    own = of_service(rows_of(rows, _FIELDS, "history", HISTORY_DTYPE), service)
    dated = own[own["year"] >= 0]
    if not len(dated):
        raise DataError("rows: expected an inspection whose year is known")
    ax = new_axes(ax)
    at = np.array([_when(row) for row in dated])
    places = np.array([place_of(int(code)) for code in dated["overall"]])
    order = np.argsort(at, kind="stable")
    _mark_frameworks(ax, dated[order], at[order])
    beside = _side_by_side(at, places, np.diff(ax.get_xlim())[0] * _APART)
    for i, row in enumerate(dated):
        _inspection(ax, at[i], beside[i], places[i], row)
        if i and not row["flag"]:
            ax.plot(beside[i - 1 : i + 1], places[i - 1 : i + 1], color=INK, zorder=1,
                    gid="compared")  # fmt: skip
    ax.set_ylim(-1.7, len(SCALE) - 0.2)
    none = "no overall\nrating" if (places < 0).any() else ""
    ax.set_yticks(range(-1, len(SCALE)), [none, *_scale_words(dated["overall"])])
    ax.set_ylabel("Overall rating, on the framework's own scale", fontsize=TEXT)
    ax.set_xlabel("Year", fontsize=TEXT)
    finish(ax, title or f"Inspections of {cut(own['service'][0])}", _notes(dated, own, places),
           source)  # fmt: skip
    label_points(ax, list(zip(beside.tolist(), places.tolist(), strict=True)),
                 [_words(row) for row in dated], among=_along_lines(ax), among_mark=2,
                 places=OVER, mark=_MARK, always=True, size=SMALL_TEXT + 1)  # fmt: skip
    return ax


def _when(row: Any) -> float:
    """Year with its part where the month is known, else the middle of the year."""
    day = row["published"]
    if _only_year(row):
        return int(row["year"]) + 0.5
    first = np.datetime64(f"{int(row['year'])}-01-01")
    return int(row["year"]) + float((day - first) / np.timedelta64(366, "D"))


def _only_year(row: Any) -> bool:
    return bool(np.isnat(row["published"]) or row["published_precision"] < 2)


def _side_by_side(at: Any, places: Any, apart: float) -> Any:
    """Move marks that would cover one of the same rating aside: sources may contradict each other.

    >>> _side_by_side(np.array([2020.0, 2020.0, 2025.0]), np.array([1, 1, 1]), 0.25)
    array([2020.  , 2020.25, 2025.  ])
    """
    moved = at.copy()
    order = np.argsort(at, kind="stable")
    for done, i in enumerate(order):
        alike = [j for j in order[:done] if places[j] == places[i]]
        while (np.abs(moved[alike] - moved[i]) < apart - 1e-9).any():
            moved[i] += apart
    return moved


def _inspection(ax: Axes, at: float, beside: float, place: int, row: Any) -> None:
    colour = rating_colour(int(row["overall"]))
    if _only_year(row):
        year = math.floor(at)
        ax.plot([year, year + 1], [place, place], "-", color=GREY, linewidth=1, marker="|",
                zorder=0, gid="year")  # fmt: skip
    ax.plot(
        beside,
        place,
        "o" if place >= 0 else "s",
        markersize=_MARK,
        markeredgecolor=INK,
        markerfacecolor="white" if row["doubt"] else colour.face,
        zorder=2,
        gid="inspection",
    )


def _along_lines(ax: Axes) -> Any:
    """Return points along the lines of what is compared, and the bars of years, to keep free."""
    ends = [line.get_xydata() for line in ax.lines if line.get_gid() in ("compared", "year")]
    parts = [a + (b - a) * np.linspace(0, 1, 25)[:, None] for a, b in ends]
    return np.concatenate(parts) if parts else ()


def _words(row: Any) -> str:
    """'Good', below it '22 of 36', and what is doubtful."""
    said = [str(row["overall_word"]) or "no overall"]
    if row["score"] >= 0 and row["max_score"] > 0:
        said.append(f"{row['score']} of {row['max_score']}")
    return "\n".join([*said, *([f"({row['doubt']})"] if row["doubt"] else [])])


def _scale_words(codes: Any) -> list[str]:
    """Words of the scale if all ratings are of one, else only which end is the better."""
    rated = codes[codes >= 0]
    scales = {int(code) - place_of(int(code)) for code in rated}
    if len(scales) != 1:
        return ["lowest", "", "", "highest"]
    (first,) = scales
    return [Rating(first + place).word.replace(" ", "\n") for place in range(len(SCALE))]


def _notes(dated: Rows, own: Rows, places: Any) -> list[str]:
    left_out = len(own) - len(dated)
    return [
        "A line joins inspections of one framework; ratings under different ones are not"
        " comparable." * (len(dated) > 1),
        "Square: no overall rating is known." * bool((places < 0).any()),
        "Hollow circle: something is doubtful, in brackets." * any(dated["doubt"]),
        "Bar: only the year is known." * any(_only_year(row) for row in dated),
        f"{left_out} without a year left out." * (left_out > 0),
    ]


def _mark_frameworks(ax: Axes, rows: Rows, at: Any) -> None:
    """Part the frameworks by a dashed line half way, and name each below its inspections."""
    starts = [0, *(np.flatnonzero(rows["framework"][1:] != rows["framework"][:-1]) + 1).tolist()]
    wide = max(0.75, (at.max() - at.min()) * 0.1)
    edges = [at.min() - wide, *[(at[i - 1] + at[i]) / 2 for i in starts[1:]], at.max() + wide]
    for i, start in enumerate(starts):
        if i:
            ax.axvline(edges[i], color=GREY, linestyle="--", linewidth=1, gid="framework")
        name = str(rows["framework"][start]) or "framework\nnot known"
        ax.text((edges[i] + edges[i + 1]) / 2, -1.65, name, ha="center", va="bottom", color=GREY,
                fontsize=SMALL_TEXT + 1, gid="framework name")  # fmt: skip
    ax.set_xlim(edges[0], edges[-1])
    years = np.arange(math.ceil(edges[0]), math.floor(edges[-1]) + 1)
    ax.set_xticks(years[:: max(1, -(-len(years) // 12))])
