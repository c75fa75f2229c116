"""Which columns a table has for people, and how its figures are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, isinf, isnan
from typing import Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.disclosure import publisher
from pyjustice.looks.pieces import Piece, day_in_words
from pyjustice.questions.sentence import sentence

__all__ = [
    "NONE",
    "Cell",
    "Column",
    "cell_of",
    "columns_of",
    "hides_who_stands_out",
    "sentences_of",
    "standing_out",
]

NONE = "–"  # there is no such figure
_MARKS = publisher("gss")
# Sentences of more rows than this are of no use; those that stand out are said.
MOST_SAID = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the fields it shows and the form in which they are written."""

    heading: str
    form: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `form` as that of its column."""

    text: str
    form: str
    row: Any


def _column(heading: str, form: str, *fields: str) -> Column:
    return Column(heading, form, fields)


def _interval(heading: str, field: str) -> Column:
    return _column(heading, "interval", field, f"{field}_lower", f"{field}_upper")


_Q = _column("q, of all comparisons", "p", "q")
_NOTE = _column("Note", "flag", "flag")
_COMPARED = (
    _column("Group", "name", "group"),
    _column("Set against", "text", "reference"),
    _column("Events", "count", "events"),
    _column("Of", "count", "base"),
    _interval("Rate (interval)", "rate"),
    _interval("Ratio of rates (interval)", "ratio"),
    _Q,
    _NOTE,
)
_COLUMNS: dict[str, tuple[Column, ...]] = {
    "rated": (
        _column("Standard", "name", "standard", "title"),
        _column("Rating", "rating", "word", "rating"),
        _column("Lowest key question", "answers", "yes", "cases", "percent", "score", "max_score"),
        _column(
            "Answers from another rating",
            "moves",
            "down_answers",
            "down_word",
            "up_answers",
            "up_word",
        ),
        _column("Note", "flag", "note"),
    ),
    "checked": (
        _column("Item", "name", "item"),
        _column("Published", "text", "published"),
        _column("Result", "result", "result"),
        _column("By the rules", "text", "computed"),
        _column("Reason", "flag", "reason"),
    ),
    "recommended": (
        _column("Number", "name", "number"),
        _column("To", "text", "addressee"),
        _column("Words", "text", "words"),
    ),
    "history": (
        _column("Service", "common", "service"),
        _column("Published", "name", "published"),
        _column("Framework", "text", "framework"),
        _column("Overall", "rating", "overall_word", "overall"),
        _column("Score", "score", "score", "max_score"),
        _column("Against the one before", "flag", "flag"),
        _column("To be minded", "flag", "doubt"),
        _column("Source", "link", "source"),
    ),
    "change": (
        _column("Area", "name", "name"),
        _column("Before", "count", "before"),
        _column("After", "count", "after"),
        _interval("Ratio of rates (interval)", "ratio"),
        _column("p", "p", "p"),
        _Q,
        _column("Smallest ratio of a fall that would show", "number", "smallest_detectable"),
        _NOTE,
    ),
    "funnel": (
        _column("Area", "name", "name"),
        _column("Observed", "count", "observed"),
        _column("Expected", "number", "expected"),
        _column("Ratio", "number", "ratio"),
        _column("95 % limits", "limits", "lower_95", "upper_95"),
        _column("99.8 % limits", "limits", "lower_998", "upper_998"),
        _column("Stands", "text", "outside"),
        _NOTE,
    ),
    "disparity": _COMPARED,
    "pathway": (_column("Stage", "text", "stage"), _column("Step", "text", "step"), *_COMPARED),
    "adjusted": (
        _column("Outcome", "text", "outcome"),
        *_COMPARED[:-1],
        _interval("Like for like (interval)", "adjusted_ratio"),
        _NOTE,
    ),
    "share": (
        _column("Group", "name", "group"),
        _interval("Percent of caseload (interval)", "caseload_share"),
        _column("Percent of population", "number", "population_share"),
        _interval("Ratio (interval)", "ratio"),
        _column("Percent not known", "number", "unknown_share"),
        _NOTE,
    ),
    "rate": (
        _column("Area", "name", "name"),
        _column("Count", "count", "count"),
        _column("Population", "count", "population"),
        _column("Rate (interval)", "interval", "value", "lower", "upper"),
        _column("Per", "count", "per"),
        _NOTE,
    ),
    "trend": (
        _column("Area", "name", "name"),
        _column("From", "text", "first"),
        _column("To", "text", "last"),
        _column("Points", "count", "points"),
        _interval("Ratio from one to the next (interval)", "ratio"),
        _Q,
        _NOTE,
    ),
    "chart": (
        _column("Period", "name", "label"),
        _column("Value", "number", "value"),
        _column("Centre", "number", "centre"),
        _column("Limits", "limits", "lower", "upper"),
        _column("Signal", "text", "signal"),
        _NOTE,
    ),
    "published": (
        _column("Period", "text", "period"),
        _column("Area", "name", "area"),
        _column("Children", "count", "count"),
        _column("Population aged 10 to 17", "count", "population"),
        _column("Rate as printed", "number", "rate"),
        _column("Per", "count", "per"),
        _column("Population of", "text", "base"),
    ),
}

# Kinds whose rows are said beneath their table.
_SAID = (
    *("change", "rate", "trend", "disparity", "pathway", "adjusted", "share", "funnel", "chart"),
)


def columns_of(piece: Piece) -> list[Column]:
    """Return the columns; of a table that is not known all fields, by their names."""
    if piece.kind in _COLUMNS:
        used = [column for column in _COLUMNS[piece.kind] if _is_used(column, piece)]
        return [replace(one, heading=_with_level(one.heading, piece)) for one in used]
    dtype = piece.rows.dtype
    found = []
    for i, name in enumerate(dtype.names or ()):
        kind = dtype[name].kind
        form = {"f": "number", "i": "count", "u": "count", "M": "date"}.get(kind, "text")
        form = "name" if i == 0 else "flag" if name == "flag" else form
        found.append(Column(name.replace("_", " ").capitalize(), form, (name,)))
    return found


def _with_level(heading: str, piece: Piece) -> str:
    """Say of which level intervals are."""
    named = "level" in (piece.rows.dtype.names or ())
    levels = sorted(set(piece.rows["level"].tolist())) if named else []
    level = f"{100 * levels[0]:g} % " if len(levels) == 1 else ""
    return heading.replace("(interval)", f"({level}interval)")


def _is_used(column: Column, piece: Piece) -> bool:
    """Whether a column says anything; one of flags or of other optional things may be empty."""
    rows = piece.rows
    if column.form == "common":  # of one service it says nothing: the heading does
        return len(np.unique(rows[column.fields[0]])) > 1
    if column.form not in ("flag", "moves", "answers"):
        return True
    texts = [rows[name] for name in column.fields if rows.dtype[name].kind == "U"]
    figures = [rows[name] for name in column.fields if rows.dtype[name].kind != "U"]
    hidden = any(piece.why_hidden(i, column.fields[0]) for i in range(len(rows)))
    some = any((text != "").any() for text in texts)
    return hidden or some or any(np.isfinite(values).any() for values in figures)


def number(value: Any) -> str:
    """'1,234', '12.3', '0.95'; NONE for what there is not."""
    value = float(value)
    if isnan(value):
        return NONE
    if isinf(value):
        return "no limit"
    size = abs(value)
    if 0 < size < 0.1:
        return f"{value:.2g}"
    return f"{value:,.{2 if size < 10 else 1 if size < 100 else 0}f}"


def _count(value: Any) -> str:
    """'1,234'; a count that is none keeps its decimals."""
    value = float(value)
    return f"{int(value):,}" if isfinite(value) and value == int(value) else number(value)


def _probability(value: float) -> str:
    if isnan(value):
        return NONE
    return "under 0.001" if value < 0.001 else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def cell_of(piece: Piece, index: int, column: Column) -> Cell:
    """Write a cell: its figures, the mark of one that is hidden, or NONE."""
    row = piece.rows[index]
    why = next(filter(None, (piece.why_hidden(index, name) for name in column.fields)), "")
    if why:
        return Cell(str(getattr(_MARKS, why)), "hidden", row)
    return Cell(_text(row, column, [row[name] for name in column.fields]), column.form, row)


def _text(row: Any, column: Column, values: Sequence[Any]) -> str:
    form, first = column.form, values[0]
    if form == "count":
        return _count(first)
    if form == "number":
        return number(first)
    if form == "p":
        return _probability(float(first))
    if form == "interval":
        if isnan(first):
            return NONE
        return f"{number(first)} ({number(values[1])} to {number(values[2])})"
    if form == "limits":
        return NONE if isnan(first) else f"{number(first)} to {number(values[1])}"
    if form == "score":
        return f"{first} of {values[1]}" if min(values) >= 0 else NONE
    if form == "answers":
        told = _answers(*(float(value) for value in values))
        so_far = "points" in told and row["rating"] == Rating.NOT_FOUND
        return f"{told} so far" if so_far else told
    if form == "moves":
        return _moves(*values)
    if column.fields == ("published",) and "published_precision" in row.dtype.names:
        if np.isnat(first):
            return str(row["year"]) if row["year"] >= 0 else "date not known"
        return day_in_words(first, int(row["published_precision"]))
    if form == "date":
        return NONE if np.isnat(first) else day_in_words(first, 3)
    return " ".join(filter(None, map(str, values[: 1 if form == "rating" else None])))


def _answers(yes: float, cases: float, percent: float, score: float, maximum: float) -> str:
    """'13 of 19 (68 %)', or the points of the overall rating."""
    if not isnan(score) and not isnan(maximum):
        return f"{score:g} of {maximum:g} points"
    if not isnan(yes):
        return f"{yes:g} of {cases:g} ({percent:g} %)"
    return NONE if isnan(percent) else f"{percent:g} %"


def _moves(down: float, down_word: str, up: float, up_word: str) -> str:
    """Write '1 fewer: Requires improvement; 3 more: Outstanding'."""
    moves = ((down, "fewer", down_word), (up, "more", up_word))
    said = [f"{many:g} {way}: {word}" for many, way, word in moves if not isnan(many)]
    return "; ".join(said)


# --- sentences ------------------------------------------------------------------------------------


def sentences_of(piece: Piece) -> tuple[list[str], int]:
    """Say the rows in safe words: all of a few, of many those that stand out.

    Returns
    -------
    sentences : list of str
    left : int
        Rows that are not said.
    """
    if piece.kind not in _SAID:
        return [], 0
    order = list(range(len(piece.rows)))
    if len(order) > MOST_SAID:
        order = sorted(standing_out(piece)[:MOST_SAID])
    field = next(n for n in ("name", "group", "label") if n in (piece.rows.dtype.names or ()))
    said = []
    for i in order:
        if piece.whole(i):
            said.append(sentence(piece.rows[i]))
        else:
            name = str(piece.rows[i][field])
            said.append(f"{name}: some figures are left out, so that nothing is said of it.")
    return said, len(piece.rows) - len(order)


def hides_who_stands_out(piece: Piece) -> bool:
    """Whether what says which rows stand out is hidden in some of them."""
    return any(
        piece.why_hidden(i, field)
        for i in range(len(piece.rows))
        for field in ("q", "adjusted_q", "outside", "signal")
    )


def standing_out(piece: Piece) -> list[int]:
    """Rows that chance alone would hardly give, the clearest first; none where none does."""
    rows = piece.rows
    names = rows.dtype.names or ()
    if piece.kind == "funnel":
        far = np.where(np.char.endswith(rows["outside"], "99.8"), np.abs(rows["z_adjusted"]), 0)
        plain = np.where(np.isnan(far), np.abs(rows["z"]), far)
        found = np.char.endswith(rows["outside"], "99.8")
        order = np.argsort(-np.where(np.isnan(plain), 0, plain), kind="stable")
    elif piece.kind == "chart":
        found, order = rows["signal"] != "", np.arange(len(rows))
    elif "q" in names:
        level = rows["level"] if "level" in names else 0.95
        found = rows["q"] < 1 - level
        order = np.argsort(np.where(np.isnan(rows["q"]), 2, rows["q"]), kind="stable")
    else:
        return []
    return [int(i) for i in order if found[i]]
