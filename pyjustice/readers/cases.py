"""Case files as columns."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice import _core
from pyjustice.ground.errors import DataError, ParseError
from pyjustice.ground.frameworks import Framework
from pyjustice.ground.frameworks import framework as find_framework
from pyjustice.readers.case_columns import (
    ColumnMap,
    Layout,
    QuestionNames,
    given_columns,
    is_given,
    is_role,
    looks_long,
    read_layout,
    refuse_no_header,
)
from pyjustice.readers.case_files import CaseFile, CaseSource, open_cases
from pyjustice.readers.case_scan import Progress, make_plan, scan_file
from pyjustice.readers.case_table import CaseTable, make_table, one_row_a_case
from pyjustice.readers.refusals import Refusals

__all__ = [
    "AnyFramework",
    "Cases",
    "OnErrors",
    "check_errors",
    "open_layout",
    "read_cases",
    "read_opened",
]

AnyFramework: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Framework
OnErrors: TypeAlias = Literal["raise", "collect"]
Rows: TypeAlias = NDArray[np.void]
Column: TypeAlias = NDArray[Any]


class Cases:
    r"""Cases of a file, a column at a time. What a case holds is shown only where it is asked for.

    ``cases[name]`` is a column, contiguous: for a key question ('2.1/1') codes of `Answer` (int8);
    for dates datetime64[D], NaT where blank; for whole numbers int64, or float64 with NaN where
    some are blank; for other text int32 codes into ``categories[name]``, -1 where blank. A column
    is found by its role ('service', 'started') as by its header.

    Attributes
    ----------
    framework : Framework or None
        None of a file that was read without one: no column of it is a key question.
    source : str
        The path, '' for content without one.
    questions : tuple of str
        Key questions that the file has answers to; it may have none.
    categories : dict of str to numpy.ndarray
        The texts behind the codes of each such column.
    columns : dict of str to str
        What each header was taken for; may be saved as JSON and given back as ``columns=``.
    lines : numpy.ndarray of int64
        1-based line of each case; of its first answer where the file has a row an answer.
    refused : numpy.ndarray of REFUSED_DTYPE
        Rows that could not be read, and why: the first 1,000.
    rows, rows_refused : int
        Rows of the file, and those refused: ``rows == rows kept + rows_refused``. Where the file
        has a row a case, the rows kept are the cases.
    unread : numpy.ndarray of REFUSED_DTYPE
        Cells that are not of their column's type, and are left blank: the first 1,000.
        Their rows are kept.
    differing : dict of str to int
        Where the file has a row an answer: how many cases have more than one value in a column.

    Examples
    --------
    >>> text = "Case,Service,2.1.1,2.1.2\n1,North,Yes,No\n2,North,Yes,Not applicable\n"
    >>> cases = read_cases(text, framework="iyjs-2025")
    >>> cases
    <Cases: iyjs-2025; 2 cases, 2 key questions, 2 other columns>
    >>> cases["2.1/2"].tolist(), cases.labels("service").tolist()
    ([0, -1], ['North', 'North'])
    """

    def __init__(
        self,
        rules: Framework | None,
        source: str,
        layout: Layout,
        table: CaseTable,
        data: Mapping[str, Column],
        refused: Refusals,
    ) -> None:
        self.framework = rules
        self.source = source
        self.layout = layout
        self.categories = table.categories
        self.lines = table.lines
        self.refusals = refused
        self.rows = refused.rows
        self.rows_refused = refused.count
        self.differing = table.differing
        self.unread_cells = table.unread
        self._asked = frozenset(table.answers)
        self._data = dict(data)

    @property
    def unread(self) -> Rows:
        """Cells that are not of their column's type: the first 1,000."""
        return self.unread_cells.as_array()

    @property
    def refused(self) -> Rows:
        """Rows that could not be read, and why: the first 1,000."""
        return self.refusals.as_array()

    @property
    def questions(self) -> tuple[str, ...]:
        """Key questions that the file has answers to, in the framework's order of codes."""
        return tuple(name for name in self._data if name in self._asked)

    @property
    def columns(self) -> dict[str, str]:
        """What each header was taken for."""
        return dict(zip(self.layout.names, self.layout.meanings, strict=True))

    def names(self) -> tuple[str, ...]:
        """Names of all columns: key questions by their code, others by their header."""
        return tuple(self._data)

    def __len__(self) -> int:
        """Count the cases."""
        return len(self.lines)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a column, by code, role or header."""
        return isinstance(name, str) and self._name(name) is not None

    def __getitem__(self, name: str) -> Column:
        """Return a column."""
        own = self._name(name)
        if own is None:
            raise DataError(f"no column {name!r}; there are {', '.join(self._data)}")
        return self._data[own]

    def labels(self, name: str) -> NDArray[np.str_]:
        """Return a column as text: of a category its labels, '' where blank; dates as ISO."""
        own, column = self._name(name), self[name]
        if own in self.categories:
            texts = np.append(self.categories[own], "")
            return texts[column]
        if column.dtype.kind == "M":
            return np.where(np.isnat(column), "", column.astype("U10"))
        if column.dtype.kind == "f":
            return np.array(["" if np.isnan(value) else f"{value:.0f}" for value in column], "U20")
        return column.astype(f"U{20}")

    def take(self, rows: Sequence[int] | NDArray[Any]) -> Cases:
        """Return some of the cases, by their index or by a mask, as a new object."""
        picked = np.asarray(rows)
        if not picked.size:
            picked = picked.astype(np.intp)  # numpy takes [] for floats
        chosen = Cases.__new__(Cases)
        chosen.__dict__.update(self.__dict__)
        chosen._data = {name: column[picked] for name, column in self._data.items()}
        chosen.lines = self.lines[picked]
        chosen.rows = len(chosen.lines) + self.rows_refused
        return chosen

    def to_structured(self) -> Rows:
        """Return all columns as one structured array: categories as text, answers as codes."""
        parts = {
            name: self.labels(name) if name in self.categories else column
            for name, column in self._data.items()
        }
        made = np.zeros(len(self), [(name, part.dtype) for name, part in parts.items()])
        for name, part in parts.items():
            made[name] = part
        return made

    def to_pandas(self) -> Any:
        """Return a pandas.DataFrame: text columns as categories, dates as datetime64."""
        import pandas as pd

        columns = {}
        for name, column in self._data.items():
            if name in self.categories:
                columns[name] = pd.Series(pd.Categorical.from_codes(column, self.categories[name]))
            else:
                columns[name] = pd.Series(column)
        return pd.DataFrame(columns)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Export to Arrow: polars, pyarrow and duckdb take the object as it is."""
        from pyjustice.readers.arrow import arrow_stream

        return arrow_stream(self._data, self.categories, len(self))

    def _name(self, name: str) -> str | None:
        if name in self._data:
            return name
        index = self.layout.column(name)
        if index < 0:
            return None
        own = self.layout.names[index]
        if "/" in self.layout.meanings[index]:
            own = self.layout.meanings[index]
        return own if own in self._data else None

    def __repr__(self) -> str:
        """Counts only: what a case holds is not for a screen by accident."""
        others = len(self._data) - len(self.questions)
        if self.framework is None:
            parts = [f"no framework; {len(self):,} cases", f"{others} columns"]
        else:
            parts = [f"{self.framework.id}; {len(self):,} cases",
                     f"{len(self.questions)} key questions", f"{others} other columns"]  # fmt: skip
        if self.rows_refused:
            parts.append(f"{self.rows_refused:,} of {self.rows:,} rows refused")
        return f"<Cases: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pyjustice.looks.html_display import cases_html

        return cases_html(self)


# A key question in a header outweighs any number of roles, which tell it where there are none.
_QUESTION = 1000


def open_layout(
    source: CaseSource, rules: Framework | None, columns: ColumnMap | None
) -> tuple[CaseFile, Layout]:
    """Open a file of cases and tell its columns; the caller closes it."""
    names = QuestionNames(rules)
    given = given_columns(columns)

    @functools.cache
    def known(header: str) -> bool:
        return names.find(header) != "" or bool(names.asked(header)) or is_given(header, given)

    role = functools.cache(is_role)

    def recognised(headers: Sequence[str]) -> int:
        # A row of answers may name its question twice, by code and by wording.
        found = _QUESTION * (sum(map(known, headers)) + 3 * looks_long(headers))
        alone = sum(map(bool, map(str.strip, headers))) < 2  # a title, such as 'Cases'
        return found + (0 if alone else sum(map(role, headers)))

    file = open_cases(source, recognised)
    try:
        told = recognised(file.headers) + sum(map(role, file.headers))
        refuse_no_header(file.headers, told, file.name)
        layout = read_layout(file.headers, rules, given)
    except BaseException:
        file.close()
        raise
    return file, layout


def read_cases(
    source: CaseSource,
    *,
    framework: AnyFramework | None = None,
    columns: ColumnMap | None = None,
    errors: OnErrors = "raise",
    show_values: bool = False,
    progress: Progress | None = None,
) -> Cases:
    r"""Read a file of cases, one row a case or one row an answer.

    Parameters
    ----------
    source : path, str, bytes or file object
        CSV or TSV (delimiter, quoting and encoding are found; gzip is opened), xlsx or ods. A path,
        or a str without a line break, is read from disk; anything else is content.
    framework : str, path, dict or Framework, optional
        Whose key questions the columns are. An extract without answers to them, such as one of
        ethnicity, age and outcome, needs none: it can be checked, compared and drawn from, and only
        ratings refuse it.
    columns : mapping or path, optional
        What a header is, where it is not found by itself: ``{'Assess1': '2.1/1'}``; a path is to
        such a mapping as JSON. Meanings are key questions, roles ('case', 'service', 'started',
        'ended', 'born', 'age', 'sex', 'ethnicity', 'disposal', 'domain', 'question', 'answer'),
        types ('date', 'integer', 'category') and 'skip'.
    errors : {'raise', 'collect'}
        'collect' keeps what can be read and lists the rows that can not in ``refused``.
    show_values : bool
        Whether an error may quote the cell that it is about.
    progress : callable, optional
        Called as ``progress(bytes read, bytes in all)``.

    Returns
    -------
    Cases

    Raises
    ------
    ParseError
        With path, line and column: a row or cell that cannot be read, if `errors` is 'raise'; in
        any case a quote that never closes, a row of more than 16 MiB, a damaged file.
    DataError
        Two columns are the same key question; there is no header; a row an answer, without a
        framework.

    Notes
    -----
    An answer is yes, no, not applicable, don't know or blank, in the spellings of
    ``pyjustice/ground/answers.toml``; any other refuses its row. In a column whose role is a date a
    cell that is none is blank and listed in ``unread``; other columns take their type from all
    their values.

    Examples
    --------
    >>> text = "Case,2.1.1,Sex\n1,Yes,Female\n2,maybe,Male\n"
    >>> cases = read_cases(text, framework="iyjs-2025", errors="collect")
    >>> cases.rows, cases.rows_refused, len(cases)
    (2, 1, 1)
    >>> cases.refused[["line", "column", "reason"]].tolist()
    [(3, 2, 'not an answer')]
    >>> read_cases("Child,Ethnicity,Outcome\n1,A1,Charged\n2,W1,Diverted\n")
    <Cases: no framework; 2 cases, 3 columns>
    """
    check_errors(errors)
    rules = None if framework is None else find_framework(framework)
    file, layout = open_layout(source, rules, columns)
    cases = read_opened(file, layout, rules, progress=progress)
    if errors == "raise":
        for found in (cases.refusals, cases.unread_cells):
            if found.count:
                error = found.error(layout.names)
                raise _with_value(error, source, rules, columns) if show_values else error
    return cases


def check_errors(errors: str) -> None:
    """Raise ValueError for a word that says nothing: it would be taken for 'collect'."""
    if errors not in ("raise", "collect"):
        raise ValueError(f"errors: expected 'raise' or 'collect', got {errors!r}")


def read_opened(
    file: CaseFile, layout: Layout, rules: Framework | None, *, progress: Progress | None = None
) -> Cases:
    """Read a file that `open_layout` has opened, and close it; refused rows are collected."""
    with file:
        plan = make_plan(layout, file.delimiter)
        total = scan_file(file, plan, _core.scan_columns, _core.CaseColumns(plan), progress)
    read = total.finish()
    names = QuestionNames(rules)
    refused = Refusals()
    refused.rows = read["rows"]
    refused.add_engine(file.name, read["refused"], read["rows_refused"], file.first_line)
    table = make_table(layout, read, file.name, file.first_line)
    if layout.long:
        one_row_a_case(table, names, layout, file.name, refused)
    answers = {key: table.answers[key] for key in names.keys if key in table.answers}
    return Cases(rules, file.name, layout, table, answers | table.data, refused)


def _with_value(
    error: ParseError, source: CaseSource, rules: Framework | None, columns: ColumnMap | None
) -> ParseError:
    """The error with the cell that it is about, which the caller asked to see."""
    if hasattr(source, "read") or error.column < 1:
        return error
    file, _ = open_layout(source, rules, columns)
    with file:
        cell = file.cell(error.line, error.column)
    return ParseError(
        f"{error.message}, got {cell!r}", error.path, error.line, error.column, error.field
    )
