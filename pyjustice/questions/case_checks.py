"""What would embarrass whoever publishes ratings from a file of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Answer
from pyjustice.ground.dtypes import CASE_CHECK_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.flags import CaseFault
from pyjustice.readers.case_columns import looks_like_question, question_keys
from pyjustice.readers.cases import Cases

__all__ = ["check_cases"]

Rows: TypeAlias = NDArray[np.void]
Mask: TypeAlias = NDArray[np.bool_]
Row: TypeAlias = tuple[str, str, str, int, int, int]

# Texts that say that somebody's ethnicity is not known, without spaces and signs.
_UNKNOWN = ("", "unknown", "notknown", "notstated", "notrecorded", "notobtained", "refused",
            "prefernottosay", "informationnotyetobtained", "na", "ns", "nr", "missing", "dontknow",
            "notyetobtained")  # fmt: skip
# Dates in the order in which they must come.
_ORDER = ("born", "started", "ended")


def check_cases(
    cases: Cases, *, window: tuple[Any, Any] | None = None, by: str = "service"
) -> Rows:
    """Look for what makes ratings from these cases doubtful.

    Parameters
    ----------
    cases : Cases
    window : pair of dates, optional
        First and last day on which the cases of the inspection's sample started.
    by : str
        Column by which rows are counted apart; a file without it is one group.

    Returns
    -------
    numpy.ndarray of CASE_CHECK_DTYPE
        A row for each fault of each group and column: ``count`` of ``of`` cases (or values), and
        the 1-based line of the first. Nothing found is no row; ``pj.explain`` has two lines on each
        reason. No value of a case is shown.

    Raises
    ------
    DataError
        `window` is no pair of dates, or the file does not say when cases started.

    Notes
    -----
    Reasons: duplicate case, row refused, cell not read, differs within a case, dates out of order,
    outside the window, unknown ethnicity, question never answered, question without a column,
    not a question of the framework, answers missing, spelled in several ways.
    """
    rows: list[Row] = []
    services = cases.labels(by) if by in cases else np.full(len(cases), "")
    for service in np.unique(services):
        rows += _of_service(cases, str(service), services == service, window)
    rows += _of_file(cases)
    return np.array(rows, CASE_CHECK_DTYPE)


def _of_service(
    cases: Cases, service: str, own: Mask, window: tuple[Any, Any] | None
) -> Iterator[Row]:
    def row(column: str, reason: CaseFault, found: Mask) -> Iterator[Row]:
        found = found & own
        if found.any():
            count, first = int(found.sum()), int(cases.lines[found][0])
            yield service, column, reason, count, int(own.sum()), first

    if "case" in cases:
        yield from row(_header(cases, "case"), CaseFault.DUPLICATE, _repeated(cases, own))
    for earlier, later in pairwise(_ORDER):
        if earlier in cases and later in cases:
            wrong = _before(cases[later], cases[earlier])
            yield from row(_header(cases, later), CaseFault.OUT_OF_ORDER, wrong)
    if window is not None:
        yield from row(_header(cases, "started"), CaseFault.OUTSIDE, _outside(cases, window))
    if "ethnicity" in cases:
        labels, places = np.unique(cases.labels("ethnicity"), return_inverse=True)
        unknown = np.array([_bare(str(label)) in _UNKNOWN for label in labels])
        yield from row(_header(cases, "ethnicity"), CaseFault.ETHNICITY, unknown[places])
    for question in cases.questions:
        answers = cases[question]
        judged = (answers == Answer.YES) | (answers == Answer.NO)
        if not (judged & own).any():
            yield from row(question, CaseFault.NEVER_ANSWERED, own)
        else:
            missing = (answers == Answer.BLANK) | (answers == Answer.DONT_KNOW)
            yield from row(question, CaseFault.MISSING, missing)


def _of_file(cases: Cases) -> Iterator[Row]:
    """Faults of the file as a whole, whose lines belong to no one service."""
    if cases.rows_refused:
        first = int(cases.refused["line"][0])
        yield "", "", CaseFault.REFUSED, cases.rows_refused, cases.rows, first
    unread = cases.unread
    for column in np.unique(unread["column"]).tolist():
        own = unread[unread["column"] == column]
        header = cases.layout.names[column - 1]
        yield "", header[:96], CaseFault.UNREAD, len(own), cases.rows, int(own["line"][0])
    for column, count in cases.differing.items():
        yield "", column[:96], CaseFault.DIFFERS, count, len(cases), -1
    for question in question_keys(cases.framework):
        if question not in cases.questions:
            yield "", question, CaseFault.NO_COLUMN, len(cases), len(cases), -1
    for name, meaning in cases.columns.items():
        if not meaning and looks_like_question(name):
            yield "", name[:96], CaseFault.NOT_ASKED, len(cases), len(cases), -1
    for role in ("service", "ethnicity", "disposal", "sex"):
        if role in cases and _header(cases, role) in cases.categories:
            labels = cases.categories[_header(cases, role)].tolist()
            again = len(labels) - len({_bare(label) for label in labels})
            if again:
                yield "", _header(cases, role)[:96], CaseFault.SPELLINGS, again, len(labels), -1


def _header(cases: Cases, role: str) -> str:
    return cases.layout.names[cases.layout.column(role)]


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _repeated(cases: Cases, own: Mask) -> Mask:
    """Cases of a group whose reference an earlier one has."""
    codes = cases["case"]
    found = np.zeros(len(cases), bool)
    places = np.flatnonzero(own & (codes >= 0))
    _, first = np.unique(codes[places], return_index=True)
    again = np.ones(len(places), bool)
    again[first] = False
    found[places[again]] = True
    return found


def _before(later: NDArray[Any], earlier: NDArray[Any]) -> Mask:
    """Where what should come later comes earlier; a blank date is in no order."""
    return np.asarray(later < earlier, bool)


def _outside(cases: Cases, window: Sequence[Any]) -> Mask:
    if "started" not in cases:
        raise DataError("window: no column says when a case started")
    try:
        first, last = (np.datetime64(day, "D") for day in window)
    except (TypeError, ValueError):
        raise DataError(
            "window: expected two dates, such as ('2025-04-07', '2025-06-06')"
        ) from None
    started = cases["started"]
    return np.asarray((started < first) | (started > last), bool)
