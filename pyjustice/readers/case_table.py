"""Columns as the engine read them, on their way to `Cases`: types, and rows that have to go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice import _core
from pyjustice.ground.codes import Answer
from pyjustice.ground.errors import DataError
from pyjustice.readers.case_columns import DATES, SKIP, Layout, QuestionNames
from pyjustice.readers.case_long import UNKNOWN, code_answers, code_questions, pivot
from pyjustice.readers.case_values import (
    Kind,
    as_days,
    as_integers,
    clean_texts,
    kind_of,
)
from pyjustice.readers.refusals import Refusals

__all__ = ["CaseTable", "column_kind", "make_table", "one_row_a_case"]

Column: TypeAlias = NDArray[Any]

# Meanings that leave a column's type to its values; other roles are names, whatever they look like.
_OPEN = ("", "age")


@dataclass
class CaseTable:
    """Columns on their way to `Cases`.

    `unread` are cells that are not of their column's type, which are left blank; `faulty` holds, by
    column (1-based), rows to be refused.
    """

    lines: NDArray[np.int64]
    answers: dict[str, Column] = field(default_factory=dict)
    data: dict[str, Column] = field(default_factory=dict)
    categories: dict[str, NDArray[np.str_]] = field(default_factory=dict)
    differing: dict[str, int] = field(default_factory=dict)
    unread: Refusals = field(default_factory=Refusals)
    faulty: list[tuple[int, str, NDArray[np.bool_]]] = field(default_factory=list)

    def drop_faulty(self, path: str, refused: Refusals) -> None:
        """Refuse the rows that have a fault, each for the leftmost, and keep the others."""
        gone = np.zeros(len(self.lines), bool)
        for column, reason, rows in sorted(self.faulty, key=lambda fault: fault[0]):
            refused.add(path, self.lines[rows & ~gone].tolist(), column, reason)
            gone |= rows
        self.faulty = []
        if gone.any():
            self.keep(np.flatnonzero(~gone))

    def keep(self, rows: NDArray[np.intp]) -> None:
        """Keep some rows, in the order given."""
        self.lines = self.lines[rows]
        self.answers = {name: column[rows] for name, column in self.answers.items()}
        self.data = {name: column[rows] for name, column in self.data.items()}


def make_table(layout: Layout, read: Any, path: str, first_line: int) -> CaseTable:
    """Give each text column its type, by what the user or its role says, else by its values."""
    table = CaseTable(read["lines"] + (first_line - 1))
    table.answers = dict(zip(layout.questions, read["answers"], strict=True))
    kept = [i for i, m in enumerate(layout.meanings) if "/" not in m and m != SKIP]
    for i, codes, values in zip(kept, read["codes"], read["values"], strict=True):
        name, meaning = layout.names[i], layout.meanings[i]
        text, distinct = clean_texts(values)
        if not distinct:
            text, codes = _distinct(text, codes)
        blank = codes < 0
        blanks = bool(blank.any())
        # The first alone nearly always tells a category, whose texts need not become objects.
        kind = column_kind(meaning, [text.partition("\0")[0]], blanks)
        texts: list[str] = []
        if kind != "category":
            texts = text.split("\0") if text else []
            kind = column_kind(meaning, texts, blanks)
        if kind == "date":
            days = np.append(as_days(texts), np.datetime64("NaT", "D"))[codes]
            table.unread.add(
                path, table.lines[np.isnat(days) & ~blank].tolist(), i + 1, "not a date"
            )
            table.data[name] = days
        elif kind == "integer":
            numbers, wrong = as_integers(texts, codes)
            where = table.lines[wrong & ~blank].tolist()
            table.unread.add(path, where, i + 1, "not a whole number")
            table.data[name] = numbers
        else:
            table.data[name] = codes
            table.categories[name] = _core.split_texts(text)
    return table


def column_kind(meaning: str, texts: list[str], blanks: bool) -> Kind:
    """Type of a column: what the user or its role says, else what its distinct texts are."""
    if meaning in (*DATES, "date"):
        return "date"
    if meaning == "integer":
        return "integer"
    return kind_of(texts, blanks) if meaning in _OPEN else "category"


def _distinct(text: str, codes: NDArray[np.int32]) -> tuple[str, NDArray[np.int32]]:
    """Give texts that cleaning made equal one code, and what it made empty none."""
    texts = text.split("\0")
    numbers = {text: i for i, text in enumerate(dict.fromkeys(filter(None, texts)))}
    places = np.array([*(numbers.get(text, -1) for text in texts), -1], np.int32)
    return "\0".join(numbers), places[codes]


def one_row_a_case(
    table: CaseTable, names: QuestionNames, layout: Layout, path: str, refused: Refusals
) -> None:
    """Turn rows of answers into rows of cases."""
    column = {role: layout.names[layout.column(role)] for role in ("question", "answer")}
    place = {role: layout.column(role) + 1 for role in ("case", "question", "answer")}
    if not place["case"]:
        raise DataError(f"{path or 'the file'}: a row an answer, and no column says of which case:"
                        " name it with columns={header: 'case'}")  # fmt: skip

    def texts(role: str) -> tuple[list[str], NDArray[np.int32]]:
        return table.categories[column[role]].tolist(), table.data[column[role]]

    question = code_questions(names, *texts("question"))
    answer = code_answers(*texts("answer"))
    table.data["\0question"], table.data["\0answer"] = question, answer
    case = layout.names[place["case"] - 1]
    table.faulty = [
        (place["case"], "no case", table.data[case] < 0),
        (place["question"], "not a question", question < 0),
        (place["answer"], "not an answer", answer == UNKNOWN),
    ]
    table.drop_faulty(path, refused)
    keys = [table.data[case]]
    if layout.column("service") >= 0:
        keys.append(table.data[layout.names[layout.column("service")]])
    found = pivot(keys, table.data.pop("\0question"), table.data.pop("\0answer"), len(names.keys))
    refused.add(path, table.lines[found.again].tolist(), place["question"], "answered twice")
    for role in ("question", "answer"):
        table.categories.pop(column[role])
        table.data.pop(column[role])
    for name, values in table.data.items():
        first = values[found.first][found.case]
        same = (values == first) | ((values != values) & (first != first))  # NaN and NaT are alike
        count = len(np.unique(found.case[~same]))
        if count:
            table.differing[name] = count
    table.keep(found.first)
    for key, answers in zip(names.keys, found.answers, strict=True):
        if (answers != Answer.BLANK).any():
            table.answers[key] = answers
