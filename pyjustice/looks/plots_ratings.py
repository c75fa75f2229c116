"""Pictures of ratings: a grid, how sure each band is, and a service's inspections in time."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import framework as find_framework
from pyjustice.ground.frameworks import frameworks
from pyjustice.looks.plots_style import (
    GREY,
    HATCH,
    INK,
    PALE,
    SMALL_TEXT,
    TEXT,
    Rows,
    cut,
    finish,
    halo,
    legend_above,
    new_axes,
    rows_of,
)
from pyjustice.looks.rating_colours import SCALE, place_of, rating_colour
from pyjustice.measures.flags import Flag
from pyjustice.questions.words import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bands", "history", "ratings"]


class _Cell(NamedTuple):
    row: str
    framework: str
    standard: str
    title: str
    code: int
    word: str


def ratings(
    rated: Any,
    *,
    framework: str | None = None,
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw a grid of ratings: a row for each service, a column for each standard.

    Parameters
    ----------
    rated : Report, Reports or Ratings, or an array of RATING_DTYPE or RATED_STANDARD_DTYPE
        Of an array alone a row of the grid is named by what stands before its framework.
    framework : str, optional
        Draw only ratings of this one. Needed where there are several: one code of a standard
        means another thing in each.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    DataError
        No ratings, or ratings of several frameworks.

    Notes
    -----
    Colours go from dark to light with the rating, so that a grey print can be read; each cell has
    its word. What was not rated or not found is hatched.

    Examples
    --------
    >>> from pyjustice.questions.mock_inspection import rate_cases
    >>> ax = ratings(rate_cases({"2.1/1": (19, 19), "2.1/2": (13, 19)}, "iyjwcv-2025"))
    >>> ax.texts[0].get_text(), len(ax.patches)
    ('Good', 5)
    """
    cells = [cell for cell in _cells(rated) if framework in (None, cell.framework)]
    known = sorted({cell.framework for cell in cells})
    if len(known) != 1:
        listed = ", ".join(known) or "none"
        raise DataError(f"framework: expected ratings of one framework, got {listed}; name one")
    names = list(dict.fromkeys(cell.row for cell in cells))
    columns = _columns(cells)
    width = max(10.0, 2.4 + 0.86 * len(columns))
    ax = new_axes(ax, height=1.9 + 0.42 * len(names), width=width)
    for cell in cells:
        at = list(columns).index(cell.standard), names.index(cell.row)
        _rating_cell(ax, at, cell.code, cell.word)
    ax.set_xlim(0, len(columns))
    ax.set_ylim(len(names), 0)
    ax.xaxis.tick_top()
    ax.set_xticks(np.arange(len(columns)) + 0.5, columns.values(), fontsize=SMALL_TEXT - 1)
    ax.set_yticks(np.arange(len(names)) + 0.5, [cut(name, 34) for name in names])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    name = find_framework(known[0]).name if known[0] in frameworks() else known[0]
    note = "Hatched: not rated, not given or not found."
    hatched = any(rating_colour(cell.code) not in SCALE for cell in cells)
    return finish(ax, title or f"Ratings by standard: {name}", [note * hatched], source)


def _columns(cells: Sequence[_Cell]) -> dict[str, str]:
    """Return what to write above each standard, the overall rating last."""
    found = {cell.standard: cell.title for cell in cells}
    ordered = sorted(found, key=lambda standard: standard == "")
    return {
        code: textwrap.fill(cut(found[code], 60), 15) + f"\n{code}" if code else "Overall"
        for code in ordered
    }


def _cells(rated: Any) -> list[_Cell]:
    if hasattr(rated, "inspections"):
        return _cells_of_reports(rated)
    overall: list[_Cell] = []
    rows = rated
    if hasattr(rated, "standards"):
        rows = rated.standards
        known = len(rated.by)
        overall = [
            _Cell(_label(list(row)[:known]), str(row["framework"]), "", "", int(row["overall"]),
                  _scored(str(row["overall_word"]) or str(row["flag"]).capitalize(), row))
            for row in rated.overall
        ]  # fmt: skip
    rows = rows_of(rows, ("framework", "standard", "title", "rating", "word"), "rate_cases")
    names = list(rows.dtype.names or ())
    before = names[: names.index("framework")]
    # An array of what was read has no more than the report's index.
    what = "Report " if before == ["report"] else ""
    return [_cell_of(what + _label([row[name] for name in before]), row) for row in rows] + overall


def _cells_of_reports(reports: Any) -> list[_Cell]:
    """Cells of what was read; a service that occurs twice is told by its year."""
    services = [str(row["service"]) or f"Report {row['report']}" for row in reports.inspections]
    cells = []
    for i, row in enumerate(reports.inspections):
        if not row["framework"]:
            continue
        label = services[i]
        if services.count(label) > 1:
            label += f" {_year(row)}"
        own = reports.ratings[reports.ratings["report"] == i]
        cells += [_cell_of(label, rating) for rating in own]
        if row["overall"] != Rating.NOT_RATED:
            word = _scored(str(row["overall_word"]) or "Not found", row)
            cells.append(_Cell(label, str(row["framework"]), "", "", int(row["overall"]), word))
    return cells


def _cell_of(label: str, row: Any) -> _Cell:
    code = int(row["rating"])
    otherwise = "Not found" if code == Rating.NOT_FOUND else "Not rated"
    flag = str(row["flag"]).capitalize() if "flag" in row.dtype.names else ""
    word = str(row["word"]) or flag or otherwise
    return _Cell(label, str(row["framework"]), str(row["standard"]), str(row["title"]), code, word)


def _label(parts: Sequence[Any]) -> str:
    return " ".join(filter(None, map(str, parts))) or "All cases"


def _scored(word: str, row: Any) -> str:
    # Where ratings are missing the score is a part of one.
    scored = row["score"] >= 0 and row["max_score"] > 0 and row["overall"] >= 0
    return f"{word} {row['score']}/{row['max_score']}" if scored else word


def _year(row: Any) -> str:
    days = [row[name] for name in ("published", "fieldwork") if not np.isnat(row[name])]
    return str(days[0])[:4] if days else f"(report {row['report']})"


def _rating_cell(ax: Axes, at: tuple[int, int], code: int, word: str) -> None:
    from matplotlib.patches import Rectangle

    colour = rating_colour(code)
    hatch = None if colour in SCALE else HATCH
    ax.add_patch(Rectangle(at, 1, 1, facecolor=colour.face, edgecolor="white" if not hatch else
                           PALE, hatch=hatch, linewidth=1.5))  # fmt: skip
    ax.text(at[0] + 0.5, at[1] + 0.5, cut(word).replace(" ", "\n"), ha="center", va="center",
            fontsize=SMALL_TEXT - 1, color=colour.ink, linespacing=1.15,
            bbox={"fc": "white", "ec": "none", "pad": 1} if hatch else None)  # fmt: skip


# --- how sure -------------------------------------------------------------------------------------


def bands(
    rows: Any,
    *,
    service: str | None = None,
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw how probable each rating would be had all eligible cases been looked at.

    Parameters
    ----------
    rows : array of BAND_DTYPE
        What `pj.confidence` returns.
    service : str, optional
        Which one, where there are several.
    ax, title, source
        As for `ratings`.

    Returns
    -------
    matplotlib Axes
        A bar for each row from 0 to 1, in parts by rating, with the rating as inspected, its
        probability, and the fewest answers that would move it. A row without probabilities is
        hatched and says why.

    Raises
    ------
    DataError
        No rows, or rows of several services.
    """
    fields = ("service", "standard", "number", "scenario", "rating", "p_0", "p_same")
    own = _of_service(rows_of(rows, fields, "confidence"), service)
    ax = new_axes(ax, height=1.9 + 0.36 * len(own))
    for place, row in enumerate(own):
        _band(ax, place, row)
    ax.set_xlim(0, 1)
    ax.set_ylim(len(own) - 0.4, -0.6)
    ax.set_yticks(range(len(own)), [_band_name(row) for row in own])
    ax.set_xticks(np.linspace(0, 1, 5), ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel("Probability of each rating among all eligible cases", fontsize=TEXT)
    _band_legend(ax, own)
    name = cut(own["service"][0])
    notes = [
        "Had the same inspectors looked at all eligible cases and judged alike; how inspectors"
        " differ is not in it.",
        f"Thick outline: the rating as inspected. In brackets: the percentage and its"
        f" {percent(own['level'][0])} interval. Beside: answers that move it.",
        "Independent and fully dependent: how the key questions, or standards, go together; the"
        " truth may also lie outside of the two.",
    ]
    about = title or f"How sure are the ratings?{' ' + name if name else ''}"
    return finish(ax, about, notes, source)


def _of_service(rows: Rows, service: str | None) -> Rows:
    names = np.unique(rows["service"])
    if service is not None:
        if service not in names:
            raise DataError(f"service: no rows of {service!r}")
        rows = rows[rows["service"] == service]
    elif len(names) > 1:
        raise DataError(f"service: expected which of {len(names)}, such as {str(names[0])!r}")
    return rows


def _band_name(row: Any) -> str:
    part = f"{row['standard']} question {row['number']}" if row["number"] else str(row["standard"])
    scenario = "" if row["scenario"] == "single" else f", {row['scenario']}"
    return (part or "Overall") + scenario


def _band(ax: Axes, place: int, row: Any) -> None:
    shares = [float(row[f"p_{i}"]) for i in range(len(SCALE))]
    if any(map(math.isnan, shares)):
        ax.barh(place, 1, 0.7, facecolor="white", edgecolor=PALE, hatch=HATCH)
        ax.text(0.5, place, f"No probability: {row['flag'] or Flag.ELIGIBLE_UNKNOWN}", ha="center",
                va="center", fontsize=SMALL_TEXT, color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
        ax.text(1.01, place, _margin_words(row), va="center", fontsize=SMALL_TEXT, color=INK)
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
    ax.text(1.01, place, _margin_words(row), va="center", fontsize=SMALL_TEXT, color=INK)


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


def _band_legend(ax: Axes, rows: Rows) -> None:
    from matplotlib.patches import Patch

    old = int(rows["rating"].max()) >= Rating.POOR
    words = [Rating(i + (Rating.POOR if old else 0)).word for i in range(len(SCALE))]
    patches = [
        Patch(facecolor=colour.face, edgecolor=INK, linewidth=0.6, label=word)
        for word, colour in zip(words, SCALE, strict=True)
    ]
    legend_above(ax, handles=patches)


# --- in time --------------------------------------------------------------------------------------


def history(
    rows: Any,
    *,
    service: str | None = None,
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw a service's overall ratings in time; no line where two are not to be compared.

    Parameters
    ----------
    rows : array of HISTORY_DTYPE
        What `pj.history` returns.
    service : str, optional
        Which one, where there are several.
    ax, title, source
        As for `ratings`.

    Returns
    -------
    matplotlib Axes
        A point for each inspection, with word and score, at its place on its own framework's
        scale; inspections without an overall rating stand below. A line joins two only if
        `history` compares them; a dashed line parts frameworks.

    Raises
    ------
    DataError
        No rows, or rows of several services; no inspection has a year.
    """
    fields = ("service", "framework", "year", "overall", "overall_word", "flag", "doubt")
    own = _of_service(rows_of(rows, fields, "history"), service)
    dated = own[own["year"] >= 0]
    if not len(dated):
        raise DataError("rows: expected an inspection whose year is known")
    ax = new_axes(ax)
    at = np.array([_when(row) for row in dated])
    places = np.array([place_of(int(code)) for code in dated["overall"]])
    for i, row in enumerate(dated):
        _inspection(ax, at[i], places[i], row)
        if i and not row["flag"]:
            ax.plot(at[i - 1 : i + 1], places[i - 1 : i + 1], color=INK, zorder=1, gid="compared")
    _mark_frameworks(ax, dated, at)
    ax.set_ylim(-1.6, len(SCALE) - 0.2)
    ax.set_yticks(
        range(-1, len(SCALE)),
        ["no overall\nrating" if (places < 0).any() else "", "lowest", "", "", "highest"],
    )
    ax.set_ylabel("Place on the framework's own scale", fontsize=TEXT)
    ax.set_xlabel("Year", fontsize=TEXT)
    left_out = len(own) - len(dated)
    notes = [
        "A line joins inspections of one framework; scales of different frameworks are not"
        " comparable.",
        "Square: no overall rating is known." * bool((places < 0).any()),
        "Hollow circle: there is a doubt about the row (see its field 'doubt')."
        * any(dated["doubt"]),
        f"{left_out} without a year left out." * (left_out > 0),
    ]
    return finish(ax, title or f"Inspections of {cut(own['service'][0])}", notes, source)


def _when(row: Any) -> float:
    """Year with its part where the month is known, else the middle of the year."""
    day = row["published"]
    if np.isnat(day) or row["published_precision"] < 2:
        return int(row["year"]) + 0.5
    first = np.datetime64(f"{int(row['year'])}-01-01")
    return int(row["year"]) + float((day - first) / np.timedelta64(366, "D"))


def _inspection(ax: Axes, at: float, place: int, row: Any) -> None:
    colour = rating_colour(int(row["overall"]))
    face = "white" if row["doubt"] else colour.face
    mark = "o" if place >= 0 else "s"
    ax.plot(at, place, mark, markersize=15, markerfacecolor=face, markeredgecolor=INK, zorder=2)
    word = str(row["overall_word"]) or "no overall"
    if row["score"] >= 0 and row["max_score"] > 0:
        word += f"\n{row['score']} of {row['max_score']}"
    ax.annotate(word, (at, place), (0, 11), textcoords="offset points", ha="center", va="bottom",
                fontsize=SMALL_TEXT + 1, color=INK, path_effects=halo())  # fmt: skip


def _mark_frameworks(ax: Axes, rows: Rows, at: Any) -> None:
    """Part the frameworks by a dashed line half way, and name each above its inspections."""
    starts = [0, *(np.flatnonzero(rows["framework"][1:] != rows["framework"][:-1]) + 1).tolist()]
    edges = [at.min() - 1, *[(at[i - 1] + at[i]) / 2 for i in starts[1:]], at.max() + 1]
    for i, start in enumerate(starts):
        if i:
            ax.axvline(edges[i], color=GREY, linestyle="--", linewidth=1, gid="framework")
        name = str(rows["framework"][start]) or "framework not known"
        ax.text((edges[i] + edges[i + 1]) / 2, -1.5, name, ha="center", va="bottom", color=GREY,
                fontsize=TEXT)  # fmt: skip
    ax.set_xlim(edges[0], edges[-1])
    years = np.arange(math.ceil(edges[0]), math.floor(edges[-1]) + 1)
    step = max(1, len(years) // 12)
    ax.set_xticks(years[::step])
