"""What would embarrass whoever publishes ratings from a file of cases."""

from __future__ import annotations

from collections.abc import Iterator
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
Days: TypeAlias = tuple[np.datetime64, np.datetime64]

# Texts that say that somebody's ethnicity is not known, without spaces and signs.
_UNKNOWN = ("", "unknown", "notknown", "notstated", "notrecorded", "notobtained", "refused",
            "prefernottosay", "informationnotyetobtained", "na", "ns", "nr", "missing", "dontknow",
            "notyetobtained")  # fmt: skip
# Dates in the order in which they must come.
_ORDER = ("born", "started", "ended")


def check_cases(
    cases: Cases, *, window: tuple[Any, Any] | None = None, by: str = "service"
) -> Rows:
    r"""Look for what makes ratings from these cases doubtful.

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
    not a question of the framework, answers missing, spelled in several ways. Of a file that was
    read without a framework nothing is said of key questions.

    Examples
    --------
    >>> import pyjustice as pj
    >>> cases = pj.read_cases("Case,2.1.1\n1,Yes\n1,\n", framework="iyjs-2025")
    >>> found = check_cases(cases)
    >>> found[["column", "reason", "count", "of"]].tolist()[:2]
    [('Case', 'duplicate case', 1, 2), ('2.1/1', 'answers missing', 1, 2)]
    """
    first_last = None if window is None else _days(cases, window)
    rows: list[Row] = []
    services = cases.labels(by) if by in cases else np.full(len(cases), "")
    names, place = np.unique(services, return_inverse=True)
    order = np.argsort(place, kind="stable")
    edges = np.searchsorted(place[order], range(len(names) + 1))
    for i, name in enumerate(names):
        own = cases.take(order[edges[i] : edges[i + 1]])
        rows += _of_service(own, str(name), first_last)
    rows += _of_file(cases)
    return np.array(rows, CASE_CHECK_DTYPE)


def _of_service(cases: Cases, service: str, window: Days | None) -> Iterator[Row]:
    def row(column: str, reason: CaseFault, found: Mask) -> Iterator[Row]:
        if found.any():
            first = int(cases.lines[found][0])
            yield service, column, reason, int(found.sum()), len(cases), first

    if "case" in cases:
        yield from row(_header(cases, "case"), CaseFault.DUPLICATE, _repeated(cases))
    for earlier, later in pairwise(_ORDER):
        if earlier in cases and later in cases:
            wrong = np.asarray(cases[later] < cases[earlier], bool)  # a blank is in no order
            yield from row(_header(cases, later), CaseFault.OUT_OF_ORDER, wrong)
    if window is not None:
        started = cases["started"]
        outside = np.asarray((started < window[0]) | (started > window[1]), bool)
        yield from row(_header(cases, "started"), CaseFault.OUTSIDE, outside)
    if "ethnicity" in cases:
        labels, places = np.unique(cases.labels("ethnicity"), return_inverse=True)
        unknown = np.array([_bare(str(label)) in _UNKNOWN for label in labels])
        yield from row(_header(cases, "ethnicity"), CaseFault.ETHNICITY, unknown[places])
    for question in cases.questions:
        answers = cases[question]
        if not ((answers == Answer.YES) | (answers == Answer.NO)).any():
            yield from row(question, CaseFault.NEVER_ANSWERED, np.ones(len(cases), bool))
        else:
            missing = (answers == Answer.BLANK) | (answers == Answer.DONT_KNOW)
            yield from row(question, CaseFault.MISSING, missing)


def _of_file(cases: Cases) -> Iterator[Row]:
    """Faults of the file as a whole, whose lines belong to no one service."""
    if cases.rows_refused:
        first = int(cases.refused["line"][0])
        yield "", "", CaseFault.REFUSED, cases.rows_refused, cases.rows, first
    for place, (count, first) in sorted(cases.unread_cells.columns.items()):
        header = cases.layout.names[place - 1]
        yield "", header[:96], CaseFault.UNREAD, count, cases.rows, first
    for column, count in cases.differing.items():
        yield "", column[:96], CaseFault.DIFFERS, count, len(cases), -1
    for question in question_keys(cases.framework):
        if question not in cases.questions:
            yield "", question, CaseFault.NO_COLUMN, len(cases), len(cases), -1
    for name, meaning in cases.columns.items():
        if cases.framework and not meaning and looks_like_question(name):
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


def _repeated(cases: Cases) -> Mask:
    """Cases whose reference an earlier one has; a blank is no reference."""
    labels = cases.labels("case")
    _, first = np.unique(labels, return_index=True)
    again: Mask = labels != ""
    again[first] = False
    return again


def _days(cases: Cases, window: tuple[Any, Any]) -> Days:
    """First and last day of a window."""
    if "started" not in cases:
        raise DataError("window: no column says when a case started")
    try:
        first, last = (np.datetime64(day, "D") for day in window)
    except (TypeError, ValueError):
        first = last = np.datetime64("NaT", "D")
    if not first <= last:
        raise DataError(
            "window: expected its first and last day, such as ('2025-04-07', '2025-06-06')"
        )
    return first, last
