"""Files with a row an answer, turned into a row a case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.answers import fold_answer, spellings
from pyjustice.ground.codes import Answer
from pyjustice.readers.case_columns import QuestionNames

__all__ = ["Pivot", "code_answers", "code_questions", "pivot"]

UNKNOWN = np.int8(-128)


def code_questions(
    names: QuestionNames, texts: list[str], codes: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Number each row's question among ``names.keys``; -1 where it is none of them."""
    found = [names.find(text) for text in texts]
    index = {key: i for i, key in enumerate(names.keys)}
    return np.array([*(index.get(key, -1) for key in found), -1], np.int32)[codes]


def code_answers(texts: list[str], codes: NDArray[np.int32]) -> NDArray[np.int8]:
    """Code each row's answer; `UNKNOWN` where it is none, BLANK where the cell is blank."""
    known = spellings()
    values = [int(known.get(fold_answer(text), UNKNOWN)) for text in texts]
    return np.array([*values, int(Answer.BLANK)], np.int8)[codes]


@dataclass(frozen=True, slots=True)
class Pivot:
    """Rows of answers as rows of cases.

    Attributes
    ----------
    first : numpy.ndarray
        The first row of each case, in the order of the file.
    answers : numpy.ndarray of int8, shape (questions, cases)
        BLANK where a case has no row for a question.
    case : numpy.ndarray
        The case of each row.
    again : numpy.ndarray of bool
        Rows that answer a question which an earlier row of the case has answered.
    """

    first: NDArray[np.intp]
    answers: NDArray[np.int8]
    case: NDArray[np.intp]
    again: NDArray[np.bool_]


def pivot(
    keys: list[NDArray[np.int32]],
    question: NDArray[np.int32],
    answer: NDArray[np.int8],
    questions: int,
) -> Pivot:
    """Put the rows of each case together.

    Parameters
    ----------
    keys : list of arrays
        What names a case: codes of the case, and of its service where there is one.
    question, answer : arrays
        Of each row; no unknown ones.
    questions : int
        How many there are.
    """
    rows = len(question)
    names = np.stack(keys, axis=1) if rows else np.zeros((0, len(keys)), np.int32)
    _, first, case = np.unique(names, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")  # by first appearance, not by value
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    case, first = place[case.reshape(-1)], first[order]
    cell = case * questions + question
    _, once = np.unique(cell, return_index=True)
    again = np.ones(rows, bool)
    again[once] = False
    answers = np.full((questions, len(first)), int(Answer.BLANK), np.int8)
    answers[question[~again], case[~again]] = answer[~again]
    return Pivot(first, answers, case, again)
