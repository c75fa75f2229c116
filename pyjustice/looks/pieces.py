"""What a page or a workbook is made of: titled tables that are safe to show."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import (
    ADJUSTED_DTYPE,
    BAND_DTYPE,
    CHANGE_DTYPE,
    CHART_DTYPE,
    CHECK_DTYPE,
    DISPARITY_DTYPE,
    FUNNEL_DTYPE,
    HISTORY_DTYPE,
    INSPECTION_DTYPE,
    MARGIN_DTYPE,
    MENTION_DTYPE,
    PATHWAY_DTYPE,
    PUBLISHED_COUNT_DTYPE,
    PUBLISHED_OUTCOME_DTYPE,
    QUANTITY_DTYPE,
    QUESTION_DTYPE,
    RATE_DTYPE,
    RATING_DTYPE,
    RECOMMENDATION_DTYPE,
    SAMPLE_DTYPE,
    SHARE_DTYPE,
    TREND_DTYPE,
)
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework
from pyjustice.looks.rated import check_table, rated_cases, rated_report, recommendation_table
from pyjustice.questions.disclosure import Suppressed, suppress
from pyjustice.questions.history import history
from pyjustice.questions.mock_inspection import Ratings, margins
from pyjustice.readers.reports import Reports
from pyjustice.readers.table import Table

__all__ = ["Group", "Piece", "groups_of"]

Rows: TypeAlias = NDArray[np.void]

# A kind of table is known by its fields: those that have more come before those that have less.
_KINDS: tuple[tuple[str, np.dtype[np.void]], ...] = (
    ("adjusted", ADJUSTED_DTYPE),
    ("pathway", PATHWAY_DTYPE),
    ("disparity", DISPARITY_DTYPE),
    ("share", SHARE_DTYPE),
    ("funnel", FUNNEL_DTYPE),
    ("chart", CHART_DTYPE),
    ("change", CHANGE_DTYPE),
    ("trend", TREND_DTYPE),
    ("rate", RATE_DTYPE),
    ("history", HISTORY_DTYPE),
    ("margin", MARGIN_DTYPE),
    ("band", BAND_DTYPE),
    ("check", CHECK_DTYPE),
    ("published", PUBLISHED_COUNT_DTYPE),
    ("outcomes", PUBLISHED_OUTCOME_DTYPE),
    ("question", QUESTION_DTYPE),
    ("rating", RATING_DTYPE),
    ("inspection", INSPECTION_DTYPE),
    ("mention", MENTION_DTYPE),
    ("recommendation", RECOMMENDATION_DTYPE),
    ("sample", SAMPLE_DTYPE),
    ("quantity", QUANTITY_DTYPE),
)
# Read from publications: whoever made them has decided what may be seen.
_PUBLISHED = {
    *("history", "check", "published", "outcomes", "question", "rating", "inspection", "mention"),
    *("recommendation", "sample", "quantity"),
}
# Rows of answers to key questions, of which a table of counts can not be made again.
_ANSWERS = {"margin", "band"}


@dataclass(frozen=True, eq=False)
class Piece:
    """One table.

    Attributes
    ----------
    title : str
        '' if it is that of its group.
    kind : str
        Such as 'change'; 'table' for one that is not known.
    rows : numpy.ndarray
        Safe to show.
    hidden : numpy.ndarray of str, (rows, fields)
        Why a cell is hidden: 'primary', 'secondary', 'derived'; '' if it is shown.
    notes : tuple of str
        What was done to it, for whoever reads it.
    reports : Reports or None
        The documents from which the rows were read.
    rules : Framework or None
        That of the ratings.
    """

    title: str
    kind: str
    rows: Rows
    hidden: NDArray[np.str_]
    notes: tuple[str, ...] = ()
    reports: Reports | None = None
    rules: Framework | None = None

    def why_hidden(self, row: int, field: str) -> str:
        """Why a cell is not shown, '' if it is."""
        names = self.rows.dtype.names or ()
        return str(self.hidden[row, names.index(field)]) if field in names else ""

    def whole(self, row: int) -> bool:
        """Whether everything of a row is shown."""
        return not self.hidden[row].astype(bool).any()


@dataclass(frozen=True, eq=False)
class Group:
    """Tables under one heading, with a line about what they are of."""

    title: str
    about: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Safety:
    """Below how many a count is hidden (None: none is), and the titles that are public already."""

    below: int | None
    published: Collection[str] = ()

    def hides(self, title: str) -> bool:
        return self.below is not None and title not in self.published


def groups_of(
    obj: Any, *, title: str, below: int | None, published: Collection[str] = ()
) -> list[Group]:
    """Put whatever may be shown under headings.

    Parameters
    ----------
    obj : Report, Reports, Ratings, Table, Suppressed, structured array, or a mapping
        A mapping has titles as its keys.
    title : str
        Of an array that has none.
    below : int or None
        Counts from 1 to below - 1, and what would reveal them, are hidden.
    published : collection of str
        Titles of what is public already and stays as it is.

    Raises
    ------
    DataError
        Nothing that can be shown, or a table that cannot be made safe.
    """
    safety = Safety(below, frozenset([published] if isinstance(published, str) else published))
    if isinstance(obj, Mapping):
        strangers = [name for name in safety.published if name not in obj]
        if strangers:
            raise DataError(f"published: no table has the title {strangers[0]!r}")
        groups = [
            group for name, one in obj.items() for group in _groups(one, str(name), safety, True)
        ]
    else:
        groups = _groups(obj, title, safety, False)
    if not groups:
        raise DataError("obj: nothing to show; expected a report, ratings or results")
    return groups


def _groups(obj: Any, title: str, safety: Safety, named: bool) -> list[Group]:
    if isinstance(obj, Reports):
        return _of_reports(obj, title if named else "")
    if isinstance(obj, Ratings):
        return _of_ratings(obj, title if named else "", safety)
    return [Group(title, "", (_piece(obj, title, safety),))]


def _piece(obj: Any, title: str, safety: Safety) -> Piece:
    if isinstance(obj, Suppressed):
        return _of_suppressed(obj, _kind(obj.table))
    if isinstance(obj, Table):
        # A published one says itself what is missing; of another it is not known whose it is.
        if not obj.known_as and safety.hides(title):
            raise DataError(
                f"{title}: a table of no publication that is known; give published=[{title!r}] if"
                " everybody may see it, or below=None"
            )
        return _open("", "table", obj.data)
    rows: Rows = np.atleast_1d(np.asarray(obj)).reshape(-1)
    if rows.dtype.names is None:
        raise DataError(
            f"{title}: expected a report, ratings or a structured array such as change() returns,"
            f" got {type(obj).__name__}"
        )
    kind = _kind(rows)
    printed = kind == "share" and (rows["start"] >= 0).all()
    if kind in _PUBLISHED or printed or not safety.hides(title) or not len(rows):
        return _open("", kind, rows)
    if kind in _ANSWERS:
        raise DataError(
            f"{title}: small counts of answers are hidden only where the Ratings are given, of"
            " which these are made; give them, or below=None"
        )
    assert safety.below is not None
    try:
        return _of_suppressed(suppress(rows, below=safety.below), kind)
    except DataError as error:
        raise DataError(
            f"{title}: cannot be made safe: {error}; or give below=None for a page that shows"
            " every count"
        ) from None


def _kind(rows: Rows) -> str:
    names = set(rows.dtype.names or ())
    return next((kind for kind, dtype in _KINDS if names.issuperset(dtype.names or ())), "table")


def _open(title: str, kind: str, rows: Rows, **more: Any) -> Piece:
    return Piece(
        title, kind, rows, np.zeros((len(rows), len(rows.dtype.names or ())), "U9"), **more
    )


def _of_suppressed(safe: Suppressed, kind: str) -> Piece:
    reasons = safe.reasons()
    hidden = np.where(np.isin(reasons, ("shown", "rounded")), "", reasons).astype("U9")
    notes = tuple(text for _, text in safe.notes())
    if safe.table.dtype.names is not None:
        return Piece("", kind, safe.table, hidden, notes)
    columns = list(safe.columns) if safe.table.ndim == 2 else ["count"]
    name = "name" if "name" not in columns else "name of the row"
    columns = [column or f"column {i}" for i, column in enumerate(columns, 1)]
    rows = np.zeros(len(safe.rows), [(name, "U96"), *((c, "f8") for c in columns)])
    rows[name] = safe.rows
    values = safe.table.reshape(len(rows), -1)
    for i, column in enumerate(columns):
        rows[column] = values[:, i]
    return Piece("", "table", rows, np.column_stack([np.full(len(rows), ""), hidden]), notes)


# --- reports --------------------------------------------------------------------------------------


def _of_reports(reports: Reports, title: str) -> list[Group]:
    """A group for each document, and one for the history of their services."""
    groups: list[Group] = []
    checks = reports.check()
    for i, row in enumerate(reports.inspections):
        rules = reports.frameworks.get(str(row["framework"]))
        made = {"reports": reports, "rules": rules}
        checked, notes = check_table(i, checks)
        pieces = [
            _open(name, kind, rows, notes=notes if kind == "checked" else (), **made)
            for name, kind, rows in (
                ("Ratings, and how close they were", "rated", rated_report(reports, i, rules)),
                ("Check of what is published", "checked", checked),
                ("Recommendations", "recommended", recommendation_table(reports, i)),
            )
            if len(rows)
        ]
        heading = ": ".join(filter(None, (title, _heading(row))))
        twice = sum(group.title.partition(" (")[0] == heading for group in groups)
        heading += f" ({twice + 1})" if twice else ""
        groups.append(Group(heading, _about(row, rules), tuple(pieces)))
    rows = history(reports)
    own = np.unique(rows["service"][rows["report"] >= 0])
    rows = rows[np.isin(rows["service"], own)]
    if len(rows):
        for name in ("source", "other_sources"):
            rows[name] = [
                " ".join(map(_file_name, told.split(" "))) for told in rows[name].tolist()
            ]
        whose = f" of {own[0]}" if len(own) == 1 else ""
        groups.append(Group(f"Inspections{whose} so far", "", (_open("", "history", rows),)))
    return groups


def _file_name(source: str) -> str:
    """Last part of a path, which is nobody else's business; an address as it is."""
    if source.startswith(("https://", "http://")):
        return source
    return source.replace("\\", "/").rpartition("/")[2]


def _heading(row: np.void) -> str:
    """Service and year of a document, which tell most of them apart."""
    words = [str(row["service"]) or "Service not found"]
    day = row["published"] if not np.isnat(row["published"]) else row["fieldwork"]
    if not np.isnat(day):
        words.append(str(day.astype(object).year))
    if row["kind"] == "news":
        words.append("news")
    return ", ".join(words)


def _about(row: np.void, rules: Framework | None) -> str:
    """What a document is: its framework and dates."""
    words = {"news": "News of an inspection", "report": "Report of an unknown framework"}
    kind = rules.name if rules else words.get(str(row["kind"]), "Not a report of an inspection")
    dates = [
        f"{word} {day_in_words(row[word], int(row[word + '_precision']))}"
        for word in ("fieldwork", "published")
        if not np.isnat(row[word])
    ]
    return ", ".join([kind, *dates])


def day_in_words(day: np.datetime64, precision: int) -> str:
    """'22 April 2024', as much of it as is known."""
    when = day.astype(object)
    months = (
        "January February March April May June July August September October November December"
    ).split()
    words = [str(when.day), months[when.month - 1], str(when.year)]
    return " ".join(words[3 - min(3, max(1, precision)) :])


# --- a mock inspection ----------------------------------------------------------------------------


def _of_ratings(ratings: Ratings, title: str, safety: Safety) -> list[Group]:
    """A group for each that was rated; by default no figures where one of the domain is small."""
    small = _small(ratings, safety.below) if safety.hides(title) and safety.below else set()
    groups = []
    moved = margins(ratings)
    moved = moved[moved["number"] == 0]
    for total in ratings.overall:
        key = tuple(total[name] for name in ratings.by)
        rows, domains = rated_cases(ratings, key, moved)
        hidden = np.zeros((len(rows), len(rows.dtype.names or ())), "U9")
        mine = {domain for *group, domain in small if tuple(group) == key}
        notes: tuple[str, ...] = ()
        if mine:
            rows, hidden = _without_figures(rows, hidden, domains, mine)
            notes = (
                f"Where a count of answers is from 1 to {(safety.below or 0) - 1}, or all are the"
                " same, the figures of that part are left out, so that no child is identified; the"
                " rating stays.",
            )
        name = ", ".join(filter(None, map(str, key))) or "Mock inspection"
        about = ratings.framework.name
        if total["rows"] >= 0 and not mine:
            about += f", {int(total['rows']):,} cases"
        if ratings.rows_refused > 0 and not mine:
            about += f"; {ratings.rows_refused:,} of {ratings.rows:,} rows could not be read"
        piece = Piece("", "rated", rows, hidden, notes, None, ratings.framework)
        groups.append(
            Group(f"{title}: {name}" if title and key != ("",) else title or name, about, (piece,))
        )
    return groups


def _small(ratings: Ratings, below: int) -> set[tuple[Any, ...]]:
    """Groups and domains in which a count of answers has to be hidden."""
    questions = ratings.questions
    names = [*ratings.by, "standard", "number", "yes", "cases"]
    if not len(questions):
        return set()
    table = np.zeros(len(questions), [(name, questions.dtype[name]) for name in names])
    for name in names:
        table[name] = questions[name]
    fields = dict.fromkeys([*ratings.by, "standard", "number"], "label")
    reasons = suppress(table, below=below, fields=fields, exact=False).reasons()
    touched = (reasons != "shown").any(axis=1)
    return {
        (
            *(row[name] for name in ratings.by),
            ratings.framework.standard(str(row["standard"])).domain,
        )
        for row in questions[touched]
    }


def _without_figures(
    rows: Rows, hidden: NDArray[np.str_], domains: Sequence[str], mine: set[Any]
) -> tuple[Rows, NDArray[np.str_]]:
    before, rows, hidden = rows, rows.copy(), hidden.copy()
    names = list(rows.dtype.names or ())
    gone = np.array([domain in mine or domain == "" for domain in domains])
    for field in ("yes", "cases", "percent", "down_answers", "up_answers"):
        rows[field][gone] = np.nan
        hidden[gone & ~np.isnan(before[field]), names.index(field)] = "primary"
    for field in ("down_word", "up_word", "note"):
        rows[field][gone] = ""
    return rows, hidden
