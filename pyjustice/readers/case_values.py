"""Texts of a column, each distinct one once, as categories, dates or whole numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

__all__ = ["all_integers", "as_days", "as_integers", "clean_texts", "read_day"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_UK = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})[-/., ]*(\d{4}|\d{2})(?: .*)?")
_DIGITS = re.compile(r"[+-]?(?:0|[1-9]\d{0,17})")
# Two digits of a year: children and their orders lie within the century before this.
_CENTURY_ENDS = 68


def clean_texts(values: Sequence[bytes]) -> list[str]:
    """Decode distinct texts, and fold blanks: runs of them, and NBSP, become one space.

    UTF-8 if all of them are; else Windows-1252. Texts that differ in blanks alone become equal.
    """
    joined = b"\x1f".join(values)
    try:
        text = joined.decode()
    except UnicodeDecodeError:
        text = joined.decode("cp1252", "replace")
    found = text.split("\x1f") if values else []
    if len(found) != len(values):  # a separator within a value
        found = [value.decode("utf-8", "replace") for value in values]
    if re.search(r"\s\s|[^\S ]", text):
        return [" ".join(value.split()) for value in found]
    return found


def read_day(text: str) -> date | None:
    """Read a date in a form that is used in the United Kingdom, day first, or ISO; time ignored.

    '18/02/2025', '18/02/25', '18-02-2025', '18.2.25', '18 Feb 2025', '18-Feb-25',
    '18th February 2025', '2025-02-18', '2025-02-18T09:30:00'. None for anything else.
    """
    if found := _ISO.fullmatch(text):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := _UK.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif found := _NAMED.fullmatch(text):
        day, month, year = int(found[1]), _MONTHS.get(found[2].casefold(), 0), found[3]
    else:
        return None
    whole = int(year)
    if len(year) == 2:
        whole += 2000 if whole <= _CENTURY_ENDS else 1900
    try:
        return date(whole, month, day)
    except ValueError:
        return None


def as_days(texts: Sequence[str]) -> NDArray[np.datetime64]:
    """Read distinct texts as days; NaT for one that is none."""
    return np.array([read_day(text) for text in texts], dtype="M8[D]")


def all_integers(texts: Sequence[str]) -> bool:
    """Whether all texts are whole numbers. '007' is a reference, not seven."""
    return all(map(_DIGITS.fullmatch, texts))


def as_integers(
    texts: Sequence[str], codes: NDArray[np.int32]
) -> tuple[NDArray[np.int64] | NDArray[np.float64], NDArray[np.bool_]]:
    """Read a column as whole numbers.

    Parameters
    ----------
    texts : sequence of str
        Distinct ones.
    codes : numpy.ndarray
        The text of each row, -1 where blank.

    Returns
    -------
    numbers : numpy.ndarray
        int64; float64 with NaN if some rows are blank or no number.
    wrong : numpy.ndarray of bool
        Rows, blank ones among them, without a number.
    """
    fine = [_DIGITS.fullmatch(text) is not None for text in texts]
    wrong = ~np.array([*fine, False])[codes]
    values = [int(text) if ok else 0 for text, ok in zip(texts, fine, strict=True)]
    whole = np.array([*values, 0], np.int64)[codes]
    return (np.where(wrong, np.nan, whole) if wrong.any() else whole), wrong
