"""Picture of how sure each rating is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import BAND_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_rows import Rows, of_service, page_of, rows_of
from pyjustice.looks.plots_style import (
    HATCH,
    INK,
    PALE,
    SMALL_TEXT,
    TEXT,
    cut,
    finish,
    new_axes,
)
from pyjustice.looks.rating_colours import SCALE, place_of
from pyjustice.measures.flags import Flag
from pyjustice.questions.words import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bands"]

_FIELDS = ("service", "standard", "number", "scenario", "rating", "percent", "lower", "upper",
           "level", "p_0", "p_1", "p_2", "p_3", "down_answers", "up_answers", "flag")  # fmt: skip


def bands(
    rows: Any, *, service: str | None = None, standard: str | None = None, most: int | None = 16,
    page: int = 1, ax: Axes | None = None, title: str = "", source: str = "",
) -> Axes:  # fmt: skip
    """Draw how probable each rating would be had all eligible cases been looked at.

    Parameters
    ----------
    rows : array of BAND_DTYPE
        What `pj.confidence` returns, a list of its rows, or a DataFrame made from it.
    service : str, optional
        Which one, where there are several. Left out, the overall ratings of all are drawn.
    standard : str, optional
        Only this one, '' for the overall rating. Left out, all of a service are drawn, with their
        key questions if there is room.
    most : int or None
        Rows in a picture; None for all.
    page : int
        Which part of the rows, from 1, where there are more.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        A bar for each row from 0 to 1, in parts by rating, with the rating as inspected, its
        percentage, and the fewest answers that would move it. A row without probabilities is
        hatched and says why.

    Raises
    ------
    DataError
        No rows, none of that service or standard, or no overall ratings of several services; a
        page that there is not.

    Notes
    -----
    How the probabilities are computed, and what they leave out, is in `pj.confidence`.

    Examples
    --------
    >>> import pyjustice as pj
    >>> counts = {"2.1/1": (19, 19), "2.1/2": (13, 19)}
    >>> ax = pj.plots.bands(pj.confidence(counts, "iyjwcv-2025", eligible=45), standard="2.1")
    >>> [label.get_text() for label in ax.get_yticklabels()][:2]
    ['2.1 question 1', '2.1 question 2']
    """
    own, left_out = _chosen(rows_of(rows, _FIELDS, "confidence", BAND_DTYPE), service, standard,
                            most)  # fmt: skip
    several = len(np.unique(own["service"])) > 1
    part, paged = page_of(len(own), most, page)
    own = own[part]
    ax = new_axes(ax, height=1.9 + 0.35 * len(own))
    for place, row in enumerate(own):
        _band(ax, place, row)
    ax.set_xlim(0, 1)
    ax.set_ylim(len(own) - 0.4, -0.6)
    ax.set_yticks(range(len(own)), [_band_name(row, several) for row in own])
    ax.set_xticks(np.linspace(0, 1, 5), ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel("Probability of each rating among all eligible cases", fontsize=TEXT)
    dependent = (own["scenario"] != "single").any()
    notes = [
        "Had the same inspectors looked at all eligible cases and judged alike; how inspectors"
        " differ is not in it.",
        f"Thick outline: the rating as inspected. In brackets: the percentage and its"
        f" {percent(own['level'][0])} interval. Beside: answers that move it.",
        "Independent and fully dependent: how the key questions, or standards, go together; the"
        " truth may also lie outside of the two." * bool(dependent),
        " ".join(filter(None, [paged, left_out])),
    ]
    name = "" if several else cut(own["service"][0])
    about = title or f"How sure are the ratings?{' ' + name if name else ''}"
    return finish(ax, about, notes, source, legend="above", handles=_scale(own))


def _chosen(
    rows: Rows, service: str | None, standard: str | None, most: int | None
) -> tuple[Rows, str]:
    """Return the rows to draw, and what is said of others."""
    several = service is None and len(np.unique(rows["service"])) > 1
    own = rows if several else of_service(rows, service)
    crowded = standard is None and most is not None and len(own) > most
    if several and standard is None:
        standard = ""
    if standard is not None:
        own = own[own["standard"] == standard]
        if not len(own):
            there = ", ".join(map(repr, np.unique(rows["standard"]).tolist()))
            raise DataError(f"standard: no rows of {standard!r}; name one of {there}")
    whole = own["number"] == 0
    if (several or crowded) and whole.any() and not whole.all():
        return own[whole], "Key questions are not drawn."
    return own, ""


def _band_name(row: Any, several: bool) -> str:
    part = f"{row['standard']} question {row['number']}" if row["number"] else str(row["standard"])
    scenario = "" if row["scenario"] == "single" else f", {row['scenario']}"
    whose = f"{cut(row['service'], 24)}: " if several else ""
    name = (part or "Overall") + scenario
    return whose + (name[0].lower() + name[1:] if several else name)


def _band(ax: Axes, place: int, row: Any) -> None:
    shares = [float(row[f"p_{i}"]) for i in range(len(SCALE))]
    ax.text(1.01, place, _margin_words(row), va="center", fontsize=SMALL_TEXT, color=INK)
    if any(map(math.isnan, shares)):
        ax.barh(place, 1, 0.7, facecolor="white", edgecolor=PALE, hatch=HATCH)
        ax.text(0.5, place, f"No probability: {row['flag'] or Flag.ELIGIBLE_UNKNOWN}", ha="center",
                va="center", fontsize=SMALL_TEXT, color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
        return
    left = 0.0
    for i, (share, colour) in enumerate(zip(shares, SCALE, strict=True)):
        given = i == place_of(int(row["rating"]))
        ax.barh(place, share, 0.7, left, facecolor=colour.face, edgecolor=INK,
                linewidth=2 if given else 0.5, zorder=2 if given else 1)  # fmt: skip
        if share >= 0.08:
            ax.text(left + share / 2, place, percent(round(share, 2)), ha="center", va="center",
                    fontsize=SMALL_TEXT, color=colour.ink)  # fmt: skip
        left += share


def _margin_words(row: Any) -> str:
    """'Good (84 %, 64 to 95 %)', and below it '1 answer to fall, 2 to rise'."""
    known = int(row["rating"]) in set(Rating)
    said = Rating(int(row["rating"])).word if known else ""
    if not math.isnan(row["percent"]) and not math.isnan(row["lower"]):
        said += f" ({row['percent']:.0f} %, {row['lower']:.0f} to {row['upper']:.0f} %)"
    down, up = int(row["down_answers"]), int(row["up_answers"])
    ways = [f"{n} {word}" for n, word in ((down, "to fall"), (up, "to rise")) if n >= 0]
    if not ways:
        return said
    first = "answer" if (down if down >= 0 else up) == 1 else "answers"
    return f"{said}\n{', '.join(ways).replace(' ', f' {first} ', 1)}"


def _scale(rows: Rows) -> list[Any]:
    """Return a field of each rating's colour with its word."""
    from matplotlib.patches import Patch

    old = int(rows["rating"].max()) >= Rating.POOR
    words = [Rating(i + (Rating.POOR if old else 0)).word for i in range(len(SCALE))]
    return [
        Patch(facecolor=colour.face, edgecolor=INK, linewidth=0.6, label=word)
        for word, colour in zip(words, SCALE, strict=True)
    ]
