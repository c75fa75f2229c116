"""Picture of many areas at once, by size and rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.dtypes import FUNNEL_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_labels import label_points
from pyjustice.looks.plots_rows import Rows, rows_of
from pyjustice.looks.plots_style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    TEXT,
    cut,
    finish,
    new_axes,
    unit_words,
    upright,
)
from pyjustice.measures.flags import Flag
from pyjustice.questions.explain import explain
from pyjustice.questions.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["funnel"]

_FIELDS = ("name", "kind", "per", "value", "target", "expected", "z", "z_adjusted", "lower_95",
           "upper_95", "lower_998", "upper_998", "dispersion", "adjust", "family", "outside",
           "flag")  # fmt: skip
# What flags of areas say of all of them, and is written below a funnel.
_ABOUT_AREAS = (Flag.PEERS_VARY, Flag.UNUSUAL, Flag.FAR_FROM_TARGET, Flag.FEW_PEERS,
                Flag.NOTHING_VARIES)  # fmt: skip
# By kind of funnel the field that areas are placed by, and its words.
_SIZES = {
    "rate": ("population", "Population"),
    "proportion": ("population", "Number that the share is of"),
    "ratio": ("expected", "Expected count"),
}
# More names than this are a cloud.
_MOST_NAMES = 40


def funnel(
    rows: Any, *, measure: str = "", ax: Axes | None = None, title: str = "", source: str = ""
) -> Axes:
    """Draw a funnel: areas by size and rate, with 95 % and 99.8 % limits, names of those outside.

    Parameters
    ----------
    rows : array of FUNNEL_DTYPE
        What `pj.funnel` returns, a list of its rows, or a DataFrame made from it.
    measure : str
        What was measured, for the axis and the title, such as 'First-time entrants'.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        Areas within the limits are hollow, those outside filled and named, the furthest first, as
        far as a name covers no other and no mark: the note says how many are.

    Raises
    ------
    DataError
        No rows, or none with figures.

    Notes
    -----
    Limits are those of each area's own size, brought from counts to the scale of the rates; lines
    join them. How they are computed is in `pj.funnel`.

    Examples
    --------
    >>> import pyjustice as pj
    >>> year = pj.published("children")[154:]
    >>> found = pj.funnel(year["count"], year["population"], names=year["area"], per=1000,
    ...                   adjust="additive")
    >>> ax = pj.plots.funnel(found, measure="Children cautioned or sentenced")
    >>> ax.get_title(loc="left")
    'Children cautioned or sentenced: 16 of 154 areas outside of the 95 % limits'
    """
    own = rows_of(rows, _FIELDS, "funnel", FUNNEL_DTYPE)
    by, words = _SIZES[str(own["kind"][0])]
    own = rows_of(own, (by,), "funnel")
    there = np.sort(own[~np.isnan(own["value"])], order=by)
    if not len(there):
        raise DataError("rows: expected an area with figures")
    ax = new_axes(ax)
    size = there[by]
    judged = there["outside"] != ""
    if judged.any():
        _limits(ax, size[judged], there[judged])
    outside = np.char.find(there["outside"], "9") >= 0
    far = np.char.endswith(there["outside"], "99.8")
    _areas(ax, size, there["value"], judged, outside, far)
    kind, per = str(own["kind"][0]), float(own["per"][0])
    unit = "Observed over expected" if kind == "ratio" else unit_words(per, kind)
    measure = cut(measure, 60)
    words_up = f"{measure}: {unit[0].lower()}{unit[1:]}" if measure else unit
    ax.set_ylabel(upright(words_up), fontsize=TEXT)
    ax.set_xlabel(words, fontsize=TEXT)
    ax.xaxis.set_major_formatter(lambda mark, _: f"{mark:,.0f}")
    ax.set_xlim(left=0)
    ax.set_ylim(bottom=0)
    about = f"{int(outside.sum())} of {len(there)} areas outside of the 95 % limits"
    if not judged.any():
        about = f"{len(there)} areas, none with limits"
    notes = [*_notes(own), _names_said(int(outside.sum()), int(outside.sum()))]
    about = f"{measure}: {about}" if measure else about
    finish(ax, title or about, notes, source, legend="above")
    _name_points(ax, size, there, outside, far)
    return ax


def _areas(ax: Axes, size: Any, value: Any, judged: Any, outside: Any, far: Any) -> None:
    """Mark areas by whether they are within limits, outside of one, or have none."""
    for mask, marker, colour, label in (
        (~judged, "o", PALE, "no limits"),
        (judged & ~outside, "o", "white", "within the limits"),
        (outside & ~far, "s", ORANGE, "outside of 95 %"),
        (far, "D", ORANGE, "outside of 99.8 %"),
    ):
        if mask.any():
            ax.plot(size[mask], value[mask], marker, markerfacecolor=colour, zorder=3,
                    markeredgecolor=INK, markersize=7 if marker == "D" else 6,
                    label=label)  # fmt: skip


def _limits(ax: Axes, size: Any, rows: Rows) -> None:
    # Limits are counts; a rate of an area is its count over the same base as its target.
    to_rate = rows["target"] / rows["expected"]
    ax.axhline(
        rows["target"][0], color=GREY, linewidth=1.2, label=f"target {number(rows['target'][0])}"
    )
    for level, style, label in (("95", "--", "95 % limits"), ("998", "-", "99.8 % limits")):
        for side in ("lower", "upper"):
            ax.plot(size, rows[f"{side}_{level}"] * to_rate, style, color=BLUE, linewidth=1.2,
                    label=label if side == "upper" else None, gid=f"{side}_{level}")  # fmt: skip


def _notes(rows: Rows) -> list[str]:
    first = rows[0]
    known = rows["dispersion"][~np.isnan(rows["dispersion"])]
    left_out = int(np.isnan(rows["value"]).sum())
    flags = set(rows["flag"].tolist())
    judged = (rows["outside"] != "").any()
    by_chance = f"{0.05 * first['family']:.2g} at most outside of 95 % by chance alone"
    parts = [f"{first['family']} areas compared: about {by_chance}."] if judged else []
    if len(known) and first["adjust"] == "none":
        parts.append(f"Dispersion {number(known[0])}; limits are of chance alone.")
    elif len(known):
        parts.append(f"Dispersion {number(known[0])}; limits widened ({first['adjust']}).")
    if left_out:
        parts.append(f"{left_out} without figures are not drawn.")
    shown = [flag for flag in _ABOUT_AREAS if flag in flags]
    minded = [f"{flag[0].upper()}{flag[1:]}: {explain(flag).splitlines()[0]}" for flag in shown]
    return [" ".join(parts), *minded]


def _names_said(named: int, outside: int) -> str:
    return f"{named} of the {outside} areas outside are named." if outside else ""


def _name_points(ax: Axes, size: Any, rows: Rows, outside: Any, far: Any) -> None:
    """Name those outside, the furthest first, and correct what the note says of how many."""
    how_far = np.abs(np.where(np.isnan(rows["z_adjusted"]), rows["z"], rows["z_adjusted"]))
    order = [i for i in np.lexsort((-np.nan_to_num(how_far), ~far)) if outside[i]]
    points = np.column_stack([size, rows["value"]])
    # The marks of all areas, those that are named as well, are kept free.
    named = label_points(ax, points[order[:_MOST_NAMES]].tolist(),
                         [cut(rows["name"][i], 28) for i in order[:_MOST_NAMES]],
                         among=points)  # fmt: skip
    for text in ax.texts:
        if text.get_gid() == "notes":
            said = _names_said(len(order), len(order))
            text.set_text(text.get_text().replace(said, _names_said(named, len(order))))
