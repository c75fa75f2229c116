"""Answers counted by group: while a file is scanned, or from cases that were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice import _core
from pyjustice.ground.codes import Answer
from pyjustice.ground.days import read_day
from pyjustice.ground.errors import DataError, ParseError
from pyjustice.ground.frameworks import Framework
from pyjustice.ground.keyed import KEY_LENGTH
from pyjustice.readers.case_columns import (
    DATES,
    ColumnMap,
    Layout,
    question_keys,
    refuse_no_questions,
)
from pyjustice.readers.case_files import CaseFile, CaseSource
from pyjustice.readers.case_scan import ANSWERED, Progress, make_plan, scan_file
from pyjustice.readers.case_table import column_kind
from pyjustice.readers.case_values import clean_texts, labels_of
from pyjustice.readers.cases import Cases, OnErrors, check_errors, open_layout, read_opened
from pyjustice.readers.refusals import Refusals

__all__ = ["Key", "Tally", "case_groups", "tally_cases", "tally_files"]

Key: TypeAlias = tuple[str, ...]

_COUNTED = ("yes", "cases", "not_applicable", "dont_know", "blank")
_BESIDE = {
    Answer.NOT_APPLICABLE: "not_applicable",
    Answer.DONT_KNOW: "dont_know",
    Answer.BLANK: "blank",
}
_PERIODS = ("year", "financial_year", "quarter", "month")
_ORDER = [Answer(code) for code in ANSWERED]
# The place of each code in that order; codes below zero count from the end, as numpy does.
_SLOTS = np.zeros(len(ANSWERED), np.intp)
_SLOTS[list(ANSWERED)] = range(len(ANSWERED))


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers.

    Attributes
    ----------
    keys : tuple of str
        What the groups are by.
    counts : numpy.ndarray
        One row for each group and key question, groups in alphabetical order: the fields of
        `keys`, ``standard``, ``number``, ``yes``, ``cases`` (yes and no), ``not_applicable``,
        ``dont_know``, ``blank``.
    rows : dict
        Rows kept of each group.
    refused : Refusals
    """

    keys: tuple[str, ...]
    counts: NDArray[np.void]
    rows: dict[Key, int]
    refused: Refusals


def tally_files(
    sources: Sequence[CaseSource],
    rules: Framework,
    *,
    by: Sequence[str] = ("service",),
    columns: ColumnMap | None = None,
    errors: OnErrors = "raise",
    progress: Progress | None = None,
) -> Tally:
    """Count the answers in files of cases, without keeping the cases.

    Memory grows with the groups and not with the files, but for files with a row an answer and for
    workbooks, which are read whole.

    Parameters
    ----------
    sources : sequence of paths, content or file objects
        Their columns may stand in different orders.
    rules : Framework
    by : sequence of str
        Roles or headers of columns, or a part of a date column: 'started.year',
        'started.financial_year', 'started.quarter', 'started.month'.
    columns, errors, progress
        As for `read_cases`; rows whose date, by which groups are asked for, is none are refused in
        the same way with 'raise', and are with those without a date else.
    """
    check_errors(errors)
    gathered = _Gathered(rules, by)
    refused = Refusals()
    for source in sources:
        file, layout = open_layout(source, rules, columns)
        try:
            refuse_no_questions(layout, rules, file.name)
        except DataError:
            file.close()
            raise
        if layout.long:
            cases = read_opened(file, layout, rules, progress=progress)
            refused.add_all(cases.refusals)
            gathered.add_cases(cases)
        else:
            gathered.add_file(file, layout, refused, progress)
        if errors == "raise" and refused.count:
            raise refused.error(layout.names)
        if errors == "raise" and gathered.undated:
            rows, header = gathered.undated
            what = f"{rows:,} rows have no date where one is wanted: expected such as 18/02/2025"
            raise ParseError(what, file.name, field=header)
    return gathered.tally(refused)


def tally_cases(cases: Cases, *, by: Sequence[str] = ("service",)) -> Tally:
    """Count the answers of cases that were read; DataError if they have no key questions."""
    if cases.framework is None:
        raise DataError(
            f"{cases.source or 'these cases'}: read without a framework, so that no column is a key"
            " question: read them with framework=, such as 'iyjs-2025', to rate them"
        )
    refuse_no_questions(cases.layout, cases.framework, cases.source)
    gathered = _Gathered(cases.framework, by)
    gathered.add_cases(cases)
    return gathered.tally(cases.refusals)


def case_groups(cases: Cases, *, by: Sequence[str]) -> dict[Key, dict[str, NDArray[np.int8]]]:
    """Answers of the cases of each group, by key question."""
    groups, place = _groups(cases, tuple(by))
    order = np.argsort(place, kind="stable")
    edges = np.searchsorted(place[order], range(len(groups) + 1))
    return {
        key or ("",): {
            name: cases[name][order[edges[i] : edges[i + 1]]] for name in cases.questions
        }
        for i, key in enumerate(groups)
    }


def _groups(cases: Cases, by: Sequence[str]) -> tuple[list[Key], NDArray[np.intp]]:
    """Groups of cases by name, and the number of each case's."""
    if not len(cases):
        return [], np.zeros(0, np.intp)
    columns = [np.full(len(cases), "")]
    for key in by:
        index, period = _find_key(cases.layout, key, cases.source)
        if index < 0:
            columns.append(columns[0])
            continue
        labels = cases.labels(cases.layout.names[index])
        found, place = np.unique(labels, return_inverse=True)
        columns.append(np.array([_key_text(str(text), period) for text in found])[place])
    found, place = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    return [tuple(map(str, row[1:])) for row in found], place.reshape(-1)


class _Gathered:
    """Counts of several files, by the cleaned names of their groups."""

    def __init__(self, rules: Framework, by: Sequence[str]) -> None:
        self.questions = question_keys(rules)
        self.places = {question: place for place, question in enumerate(self.questions)}
        self.by = tuple(by)
        if len(set(self.by)) < len(self.by):
            raise DataError(f"by: {', '.join(self.by)} names one thing twice")
        self.counts: dict[Key, NDArray[np.int64]] = {}
        self.rows: dict[Key, int] = {}
        self.asked: set[str] = set()  # what no file has a column for was not looked at, not failed
        self.undated: tuple[int, str] | None = None  # rows with no date, and the column

    def add_file(
        self, file: CaseFile, layout: Layout, refused: Refusals, progress: Progress | None
    ) -> None:
        with file:
            parts = [_find_key(layout, key, file.name) for key in self.by]
            wanted = sorted({index for index, _ in parts if index >= 0})
            plan = make_plan(layout, file.delimiter, set(wanted))
            total = scan_file(file, plan, _core.scan_tally, _core.CaseTally(plan), progress)
        made = total.finish()
        kept = int(made["rows"].sum())
        refused.rows += kept + made["rows_refused"]
        refused.add_engine(file.name, made["refused"], made["rows_refused"], file.first_line)
        counts = made["counts"].reshape(len(made["keys"]), len(layout.questions), len(_ORDER))
        texts = [
            _labels([names[i] for names in made["keys"]], layout.meanings[column])
            for i, column in enumerate(wanted)
        ]
        for i, column in enumerate(wanted):
            if layout.meanings[column] in (*DATES, "date"):
                said = np.array([names[i].strip() != b"" for names in made["keys"]], bool)
                wrong = said & (np.array(texts[i]) == "")
                if wrong.any():
                    self.undated = int(made["rows"][wrong].sum()), layout.names[column]
        for group, rows in enumerate(made["rows"].tolist()):
            key = tuple(
                _key_text(texts[wanted.index(index)][group], period) if index >= 0 else ""
                for index, period in parts
            )
            self._add(key, rows, counts[group], layout.questions)

    def add_cases(self, cases: Cases) -> None:
        by = {_find_key(cases.layout, key, cases.source)[0] + 1 for key in self.by}
        for column, (rows, _) in cases.unread_cells.columns.items():
            if column in by:
                self.undated = rows, cases.layout.names[column - 1]
        groups, place = _groups(cases, self.by)
        size, width = len(groups), len(_ORDER)
        counts = np.zeros((size, len(cases.questions), width), np.int64)
        for i, question in enumerate(cases.questions):
            cell = place * width + _SLOTS[cases[question]]
            counts[:, i] = np.bincount(cell, minlength=size * width).reshape(size, width)
        for group, rows in enumerate(np.bincount(place, minlength=size).tolist()):
            self._add(groups[group], rows, counts[group], cases.questions)

    def _add(
        self, key: Key, rows: int, counts: NDArray[np.int64], questions: Sequence[str]
    ) -> None:
        self.asked.update(questions)
        own = self.counts.setdefault(key, np.zeros((len(self.questions), len(_ORDER)), np.int64))
        own[[self.places[question] for question in questions]] += counts
        self.rows[key] = self.rows.get(key, 0) + rows

    def tally(self, refused: Refusals) -> Tally:
        keys = self.by or ("service",)
        fields: list[Any] = [(key, f"U{KEY_LENGTH}") for key in keys]
        fields += [("standard", "U8"), ("number", "i2")]
        fields += [(name, "i8") for name in _COUNTED]
        groups = sorted(self.counts)
        shape = (len(groups), len(self.questions), len(_ORDER))
        counts = np.array([self.counts[group] for group in groups], np.int64).reshape(shape)
        asked = [place for question, place in self.places.items() if question in self.asked]
        counts = counts[:, asked]
        made = np.zeros(counts.shape[:2], fields)
        names = np.array([group or ("",) for group in groups], f"U{KEY_LENGTH}")
        for i, key in enumerate(keys if groups else ()):
            made[key] = names[:, i, None]
        parts = [self.questions[place].partition("/") for place in asked]
        made["standard"] = [standard for standard, _, _ in parts]
        made["number"] = [int(number) for _, _, number in parts]
        for place, answer in enumerate(_ORDER):
            if answer in _BESIDE:
                made[_BESIDE[answer]] = counts[:, :, place]
        made["yes"] = counts[:, :, _ORDER.index(Answer.YES)]
        made["cases"] = made["yes"] + counts[:, :, _ORDER.index(Answer.NO)]
        rows = {group or ("",): self.rows[group] for group in groups}
        return Tally(keys, made.reshape(-1), rows, refused)


def _find_key(layout: Layout, key: str, path: str) -> tuple[int, str]:
    """Column and part of a date that a group is by; column -1 for a service that is not named."""
    index = layout.column(key)
    if index >= 0 and "/" in layout.meanings[index]:
        raise DataError(f"by: {key!r} is a key question, which is what is counted")
    if index >= 0:
        return index, ""
    name, _, period = key.rpartition(".")
    if name and period in _PERIODS and layout.column(name) >= 0:
        return layout.column(name), period
    if key == "service":
        return -1, ""  # a service's own file need not name it
    raise DataError(
        f"by: {path or 'the file'} has no column {key!r}; there are "
        f"{', '.join(name for name in layout.names if name)}"
    )


def _labels(values: Sequence[bytes], meaning: str) -> list[str]:
    """Names of groups, of which many are the same, as `Cases.labels` has them."""
    distinct = list(filter(None, dict.fromkeys(values)))
    text, _ = clean_texts(b"\0".join(distinct))
    cleaned = {b"": ""} | dict(zip(distinct, text.split("\0") if distinct else [], strict=True))
    texts = list(dict.fromkeys(filter(None, cleaned.values())))
    kind = column_kind(meaning, texts, any(cleaned[value] == "" for value in values))
    labels = {"": ""} | dict(zip(texts, labels_of(texts, kind), strict=True))
    return [labels[cleaned[value]] for value in values]


def _key_text(text: str, period: str) -> str:
    """A group's name: the text itself, or the part of the day that it is; '' if it is none."""
    if not period:
        if len(text) > KEY_LENGTH:  # cut, two groups might become one
            raise DataError(f"by: a group's name is longer than {KEY_LENGTH} characters")
        return text
    day = read_day(text)
    if day is None:
        return ""
    if period == "year":
        return f"{day.year}"
    if period == "month":
        return f"{day.year}-{day.month:02}"
    if period == "quarter":
        return f"{day.year} Q{(day.month + 2) // 3}"
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"
