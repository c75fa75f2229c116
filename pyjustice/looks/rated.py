"""Ratings of a report or a mock inspection as one table: the rating, its figures, how close."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework
from pyjustice.looks.passages import excerpt_of
from pyjustice.measures.findings import Reason, Result
from pyjustice.measures.flags import Flag
from pyjustice.questions.mock_inspection import Ratings, margins
from pyjustice.readers.reports import Reports

__all__ = ["check_table", "rated_cases", "rated_report", "recommendation_table"]

Rows: TypeAlias = NDArray[np.void]

_PLACE: list[tuple[str, Any]] = [("report", "i4"), ("line", "i8"), ("start", "i8"), ("end", "i8")]
# NaN: not known, or it cannot move.
_RATED: list[tuple[str, Any]] = [
    ("standard", "U8"), ("title", "U96"), ("rating", "i1"), ("word", "U24"), ("yes", "f8"),
    ("cases", "f8"), ("percent", "f8"), ("score", "f8"), ("max_score", "f8"),
    ("down_answers", "f8"), ("down_word", "U24"), ("up_answers", "f8"), ("up_word", "U24"),
    ("note", "U32"), *_PLACE,
]  # fmt: skip
_CHECKED: list[tuple[str, Any]] = [
    ("item", "U16"), ("published", "U32"), ("result", "U24"), ("computed", "U32"),
    ("reason", "U32"), *_PLACE,
]  # fmt: skip
_RECOMMENDED: list[tuple[str, Any]] = [
    ("number", "i2"),
    ("addressee", "U128"),
    ("words", "U400"),
    *_PLACE,
]

RESULTS = {
    Result.CONSISTENT: "consistent",
    Result.DIFFERS: "differs",
    Result.ALLOWED: "allowed",
    Result.CANNOT: "cannot be checked",
}


def rated_report(reports: Reports, report: int, rules: Framework | None) -> Rows:
    """Return the ratings of one document, its overall rating last."""
    own = reports.ratings[reports.ratings["report"] == report]
    inspection = reports.inspections[report]
    moves = _moves_of_report(reports, report)
    rows = np.zeros(len(own), _RATED)
    for name in ("standard", "title", "rating", "percent", *(name for name, _ in _PLACE)):
        rows[name] = own[name]
    for row in rows:
        row["word"] = _word(int(row["rating"]))
        lowest = reports.questions[
            (reports.questions["report"] == report)
            & (reports.questions["standard"] == row["standard"])
            & (reports.questions["percent"] == row["percent"])
        ]
        known = len(lowest) and lowest[0]["yes"] >= 0 and lowest[0]["unique"]
        row["yes"], row["cases"] = lowest[0][["yes", "cases"]].item() if known else (np.nan, np.nan)
        if known and lowest[0]["counts_from"] == "inferred":
            row["note"] = "counts inferred"
        _add_move(row, moves.get(str(row["standard"])), rules)
    rows["score"] = rows["max_score"] = np.nan
    if not len(rows) and inspection["overall"] == Rating.NOT_FOUND:
        return rows
    total = _overall(int(inspection["overall"]), inspection["score"], inspection["max_score"])
    for name, _ in _PLACE:
        total[name] = inspection[name]
    if rules is not None and not rules.gives_overall:
        total["word"] = "none given"
    _add_move(total[0], moves.get(""), rules)
    return np.concatenate([rows, total])


def _moves_of_report(reports: Reports, report: int) -> dict[str, np.void]:
    """Margins by standard; of two documents on one service, those of the framework at hand."""
    try:
        rows = margins(reports.take([report]))
    except DataError:  # no percentage has its count
        return {}
    return {str(row["standard"]): row for row in rows[rows["number"] == 0]}


def rated_cases(ratings: Ratings, key: tuple[Any, ...], moved: Rows) -> tuple[Rows, list[str]]:
    """Return the ratings of one group of cases, its overall rating last, and their domains.

    `moved` are the margins of all groups, of standards alone. The domain of the overall rating
    is ''.
    """

    def mine(rows: Rows) -> Rows:
        same = np.ones(len(rows), bool)
        for name, value in zip(ratings.by, key, strict=True):
            same &= rows[name] == value
        found: Rows = rows[same]
        return found

    rules = ratings.framework
    moves = {str(row["standard"]): row for row in mine(moved)}
    own = mine(ratings.standards)
    rows = np.zeros(len(own), _RATED)
    for name in ("standard", "title", "rating", "percent"):
        rows[name] = own[name]
    rows["yes"] = np.where(own["yes"] >= 0, own["yes"], np.nan)
    rows["cases"] = np.where(own["cases"] >= 0, own["cases"], np.nan)
    rows["note"] = own["flag"]
    rows["score"] = rows["max_score"] = np.nan
    rows["report"] = rows["line"] = rows["start"] = rows["end"] = -1
    for row in rows:
        row["word"] = _word(int(row["rating"]))
        if row["note"] == Flag.NOT_GIVEN:
            row["word"] = "not given"
        _add_move(row, moves.get(str(row["standard"])), rules)
    (whole,) = mine(ratings.overall)
    total = _overall(int(whole["overall"]), whole["score"], whole["max_score"])
    total["note"] = whole["flag"]
    if whole["flag"] == Flag.MISSING_RATINGS:
        total["word"] = "not known yet"
    if not rules.gives_overall:
        total["word"] = "none given"
    _add_move(total[0], moves.get(""), rules)
    return np.concatenate([rows, total]), [*map(str, own["domain"]), ""]


def _overall(rating: int, score: Any, maximum: Any) -> Rows:
    total = np.zeros(1, _RATED)
    total["title"], total["rating"], total["word"] = "Overall", rating, _word(rating)
    for name, value in (("score", score), ("max_score", maximum)):
        total[name] = value if value >= 0 else np.nan
    for name in ("yes", "cases", "percent", "down_answers", "up_answers"):
        total[name] = np.nan
    total["report"] = total["line"] = total["start"] = total["end"] = -1
    return total


def _add_move(row: np.void, move: np.void | None, rules: Framework | None) -> None:
    for way in ("down", "up"):
        many = int(move[f"{way}_answers"]) if move is not None else -1
        row[f"{way}_answers"] = many if many >= 0 else np.nan
        if many >= 0 and move is not None and rules is not None:
            row[f"{way}_word"] = rules.word(int(move[f"{way}_rating"]))


def _word(code: int) -> str:
    return "not found" if code == Rating.NOT_FOUND else Rating(code).word


def check_table(report: int, checks: Rows) -> tuple[Rows, tuple[str, ...]]:
    """Return what was checked of one document, in words, and a note on what is not listed.

    Key questions are listed where they differ; what prose says as the table of ratings does is not.
    """
    own = checks[checks["report"] == report]
    question = np.char.find(own["item"], "/") >= 0
    question &= ~np.isin(own["result"], (Result.DIFFERS, Result.ALLOWED))
    mention = (own["item"] == "mention") & (own["reason"] == Reason.FOLLOWS)
    fits = int((question & (own["result"] == Result.CONSISTENT)).sum())
    told = (
        ("percentages possible with the cases inspected", fits),
        ("percentages that cannot be checked", int(question.sum()) - fits),
        ("mentions in prose as rated in the table", int(mention.sum())),
    )
    notes = [f"{what} ({many})" for what, many in told if many]
    own = own[~question & ~mention]
    rows = np.zeros(len(own), _CHECKED)
    for row, check in zip(rows, own, strict=True):
        for name in ("item", "reason", *(name for name, _ in _PLACE)):
            row[name] = check[name]
        row["result"] = RESULTS[Result(int(check["result"]))]
        for name in ("published", "computed"):
            row[name] = _in_words(str(check["item"]), float(check[name]))
    return rows, (f"Not listed: {', '.join(notes)}.",) if notes else ()


def _in_words(item: str, value: float) -> str:
    if np.isnan(value):
        return ""
    if "/" in item:
        return f"{value:g} %"
    if item in ("total", "recommendations"):
        return f"{value:g}"
    return _word(int(value))


def recommendation_table(reports: Reports, report: int) -> Rows:
    """Return the recommendations of one document."""
    own = reports.recommendations[reports.recommendations["report"] == report]
    rows = np.zeros(len(own), _RECOMMENDED)
    for name in ("number", "addressee", *(name for name, _ in _PLACE)):
        rows[name] = own[name]
    rows["words"] = [excerpt_of(reports, row) for row in own]
    return rows
