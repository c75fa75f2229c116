"""Picture of ratings: a grid of services and standards."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import RATED_STANDARD_DTYPE, RATING_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import framework as find_framework
from pyjustice.ground.frameworks import frameworks
from pyjustice.looks.plots_rows import page_of, rows_of
from pyjustice.looks.plots_style import (
    HATCH,
    INK,
    PALE,
    SMALL_TEXT,
    TEXT,
    cut,
    finish,
    new_axes,
    rows_high,
)
from pyjustice.looks.rating_colours import SCALE, place_of, rating_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ratings"]

_FIELDS = ("framework", "standard", "title", "rating", "word")
_SORTS = ("given", "name", "rating")
# Up to here a slide has room for the words of ratings: on two lines, or on one.
_ROWS_OF_TWO_LINES = 12
_COLUMNS_OF_TWO_LINES, _COLUMNS_OF_ONE_LINE = 8, 5


class _Cell(NamedTuple):
    row: str
    framework: str
    standard: str
    title: str
    code: int
    word: str
    score: str = ""


def ratings(
    rated: Any, *, framework: str | None = None, sort: str = "given", most: int | None = 20,
    page: int = 1, ax: Axes | None = None, title: str = "", source: str = "",
) -> Axes:  # fmt: skip
    """Draw a grid of ratings: a row for each service, a column for each standard.

    Parameters
    ----------
    rated : Report, Reports or Ratings, or an array of RATING_DTYPE or RATED_STANDARD_DTYPE
        Also a list of an array's rows, or a DataFrame made from it. Of an array alone a row of the
        grid is named by what stands before its framework.
    framework : str, optional
        Draw only ratings of this one. Needed where there are several: one code of a standard
        means another thing in each.
    sort : {'given', 'name', 'rating'}
        In what order rows stand. 'rating': by the overall rating, then the mean place of the
        others, lowest first.
    most : int or None
        Rows in a picture; None for all, however tall it gets.
    page : int
        Which part of the rows, from 1, where there are more.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        Each cell has its rating as a word; with many rows or columns as its initials, such as 'RI',
        which are explained below the grid.

    Raises
    ------
    DataError
        No ratings, or ratings of several frameworks; an unknown order; a page that there is not.

    Notes
    -----
    Colours go from dark to light with the rating, so that a grey print can be read. What was not
    rated or not found is hatched.

    Examples
    --------
    >>> import pyjustice as pj
    >>> rated = pj.rate_cases({"2.1/1": (19, 19), "2.1/2": (13, 19)}, "iyjwcv-2025")
    >>> ax = pj.plots.ratings(rated)
    >>> ax.texts[0].get_text(), len(ax.patches)
    ('Good', 5)
    """
    cells, name = _of_framework(_cells(rated), framework)
    names = _sorted(cells, sort)
    part, paged = page_of(len(names), most, page)
    names = names[part]
    cells = [cell for cell in cells if cell.row in set(names)]
    columns = {cell.standard: cell.title for cell in cells}
    columns = dict(sorted(columns.items(), key=lambda item: item[0] == ""))
    two_lines = len(names) <= _ROWS_OF_TWO_LINES and len(columns) <= _COLUMNS_OF_TWO_LINES
    short = not two_lines and len(columns) > _COLUMNS_OF_ONE_LINE
    upright = len(columns) <= _COLUMNS_OF_TWO_LINES
    high = 0.42 * len(names) if two_lines else rows_high(len(names), 0.28, 0.17)
    ax = new_axes(ax, height=high + (1.9 if upright else 2.7))
    for cell in cells:
        at = list(columns).index(cell.standard), names.index(cell.row)
        _rating_cell(ax, at, cell.code, _said(cell, two_lines=two_lines, short=short))
    _name_cells(ax, columns, names, upright=upright, large=two_lines)
    notes = [_note(cells, short), "Lowest ratings first." * (sort == "rating"), paged]
    handles = _initials_explained(cells) if short else []
    return finish(ax, title or f"Ratings by standard: {name}", notes, source,
                  legend="below" if handles else "", handles=handles)  # fmt: skip


def _of_framework(cells: Sequence[_Cell], framework: str | None) -> tuple[list[_Cell], str]:
    """Return the cells of one framework, and its name."""
    own = [cell for cell in cells if framework in (None, cell.framework)]
    known = sorted({cell.framework for cell in own})
    if len(known) != 1:
        listed = ", ".join(known) or "none"
        raise DataError(f"framework: expected ratings of one framework, got {listed}; name one")
    return own, find_framework(known[0]).name if known[0] in frameworks() else known[0]


def _name_cells(
    ax: Axes, columns: Mapping[str, str], names: Sequence[str], *, upright: bool, large: bool
) -> None:
    """Name standards above the grid, and services at its left."""
    ax.set_xlim(0, len(columns))
    ax.set_ylim(len(names), 0)
    ax.xaxis.tick_top()
    heads = [_head(code, title, upright=upright) for code, title in columns.items()]
    ax.set_xticks(np.arange(len(heads)) + 0.5, heads, fontsize=SMALL_TEXT,
                  rotation=0 if upright else 90)  # fmt: skip
    ax.set_yticks(np.arange(len(names)) + 0.5, [cut(name, 34) for name in names],
                  fontsize=TEXT if large else SMALL_TEXT + 1)  # fmt: skip
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def _sorted(cells: Sequence[_Cell], sort: str) -> list[str]:
    """Return the names of rows in the order asked for."""
    names = list(dict.fromkeys(cell.row for cell in cells))
    if sort not in _SORTS:
        raise DataError(f"sort: expected one of {', '.join(_SORTS)}, got {sort!r}")
    if sort == "given":
        return names
    if sort == "name":
        return sorted(names)
    places: dict[str, list[int]] = {name: [] for name in names}
    overall = dict.fromkeys(names, len(SCALE))
    for cell in cells:
        if cell.code >= 0 and cell.standard:
            places[cell.row].append(place_of(cell.code))
        elif cell.code >= 0:
            overall[cell.row] = place_of(cell.code)
    mean = {name: sum(own) / len(own) if own else len(SCALE) for name, own in places.items()}
    return sorted(names, key=lambda name: (overall[name], mean[name]))


def _head(code: str, title: str, *, upright: bool) -> str:
    """Return what to write above a standard."""
    if not code:
        return "Overall"
    if upright:
        return textwrap.fill(cut(title, 60), 15) + f"\n{code}"
    return textwrap.fill(f"{code} {cut(title, 60)}", 22)


def _said(cell: _Cell, *, two_lines: bool, short: bool) -> str:
    if two_lines:
        return "\n".join([*cut(cell.word).split(), *([cell.score] if cell.score else [])])
    word = cut(cell.word)
    if short:
        # The inspectorate's words are told apart by their initials.
        word = _initials(word) if rating_colour(cell.code) in SCALE else _sign(cell.code)
    return f"{word} {cell.score}".strip()


def _initials(word: str) -> str:
    return "".join(part[0] for part in word.split()).upper()


def _sign(code: int) -> str:
    return "–" if code == Rating.NOT_RATED else "?"


def _initials_explained(cells: Sequence[_Cell]) -> list[Any]:
    from matplotlib.patches import Patch

    words = {cell.code: cell.word for cell in cells if rating_colour(cell.code) in SCALE}
    return [
        Patch(facecolor=rating_colour(code).face, edgecolor=INK, linewidth=0.6,
              label=f"{_initials(words[code])} {words[code]}")
        for code in sorted(words)
    ]  # fmt: skip


def _note(cells: Sequence[_Cell], short: bool) -> str:
    codes = {cell.code for cell in cells if rating_colour(cell.code) not in SCALE}
    if not short or not codes:
        return "Hatched: not rated, not given or not found." * bool(codes)
    said = {_sign(Rating.NOT_RATED): "not rated", _sign(Rating.NOT_FOUND): "not given or not found"}
    shown = [sign for sign in said if sign in map(_sign, codes)]
    return f"Hatched: {', '.join(f'{sign} {said[sign]}' for sign in shown)}."


def _rating_cell(ax: Axes, at: tuple[int, int], code: int, words: str) -> None:
    from matplotlib.patches import Rectangle

    colour = rating_colour(code)
    hatch = None if colour in SCALE else HATCH
    ax.add_patch(Rectangle(at, 1, 1, facecolor=colour.face, edgecolor="white" if not hatch else
                           PALE, hatch=hatch, linewidth=1.5))  # fmt: skip
    ax.text(at[0] + 0.5, at[1] + 0.5, words, ha="center", va="center", fontsize=SMALL_TEXT,
            color=colour.ink, linespacing=1.05, in_layout=False,
            bbox={"fc": "white", "ec": "none", "pad": 0.5} if hatch else None)  # fmt: skip


# --- cells of what there is -----------------------------------------------------------------------


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
                  str(row["overall_word"]) or str(row["flag"]).capitalize(), _score(row))
            for row in rated.overall
        ]  # fmt: skip
    rows = rows_of(rows, _FIELDS, "rate_cases", RATED_STANDARD_DTYPE, RATING_DTYPE)
    names = list(rows.dtype.names or ())
    before = names[: names.index("framework")]
    # An array of what was read has no more than the report's index.
    what = "Report " if before == ["report"] else ""
    return [_cell_of(what + _label([row[name] for name in before]), row) for row in rows] + overall


def _cells_of_reports(reports: Any) -> list[_Cell]:
    """Cells of what was read; reports of one service are told apart by year, or by number."""
    told = [row for row in reports.inspections if row["framework"]]
    labels = [str(row["service"]) or f"Report {row['report']}" for row in told]
    labels = _apart(labels, [_year(row) for row in told])
    labels = _apart(labels, [f"(report {row['report']})" for row in told])
    cells = []
    for label, row in zip(labels, told, strict=True):
        own = reports.ratings[reports.ratings["report"] == row["report"]]
        cells += [_cell_of(label, rating) for rating in own]
        if row["overall"] != Rating.NOT_RATED:
            cells.append(_Cell(label, str(row["framework"]), "", "", int(row["overall"]),
                               str(row["overall_word"]) or "Not found", _score(row)))  # fmt: skip
    return cells


def _apart(labels: list[str], more: Sequence[str]) -> list[str]:
    """Add to each label that occurs twice what tells it from the other.

    >>> _apart(["Derby", "Luton", "Derby"], ["2019", "2020", "2024"])
    ['Derby 2019', 'Luton', 'Derby 2024']
    """
    return [
        f"{label} {told}".strip() if labels.count(label) > 1 else label
        for label, told in zip(labels, more, strict=True)
    ]


def _cell_of(label: str, row: Any) -> _Cell:
    code = int(row["rating"])
    otherwise = "Not found" if code == Rating.NOT_FOUND else "Not rated"
    flag = str(row["flag"]).capitalize() if "flag" in row.dtype.names else ""
    word = str(row["word"]) or flag or otherwise
    return _Cell(label, str(row["framework"]), str(row["standard"]), str(row["title"]), code, word)


def _label(parts: Sequence[Any]) -> str:
    return " ".join(filter(None, map(str, parts))) or "All cases"


def _score(row: Any) -> str:
    # Where ratings are missing the score is a part of one.
    scored = row["score"] >= 0 and row["max_score"] > 0 and row["overall"] >= 0
    return f"{row['score']}/{row['max_score']}" if scored else ""


def _year(row: Any) -> str:
    days = [row[name] for name in ("published", "fieldwork") if not np.isnat(row[name])]
    return str(days[0])[:4] if days else ""
