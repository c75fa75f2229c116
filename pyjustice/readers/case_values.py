"""Texts of a column, each distinct one once, as categories, dates or whole numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.days import read_day

__all__ = ["Kind", "as_days", "as_integers", "clean_texts", "kind_of", "labels_of"]

Kind: TypeAlias = Literal["date", "integer", "category"]

_DIGITS = re.compile(r"[+-]?(?:0|[1-9]\d{0,17})", re.ASCII)
# What folding blanks would change; the engine has trimmed spaces.
_UNEVEN = re.compile(r"\s\s|[^\S ]")
_UNEVEN_ASCII = ("  ", *"\t\n\v\f\r\x1c\x1d\x1e\x1f")
# Whole numbers that a float, which stands for a column with blanks, holds exactly.
_EXACT = 2**53


def clean_texts(values: bytes) -> tuple[str, bool]:
    """Decode distinct texts, and fold blanks: runs of them, and NBSP, become one space.

    Before and after they have NULs between them: rows with a NUL are refused, so that no value
    holds one. A million objects would take longer than all else that is done to a column.

    A text that is not UTF-8 is Windows-1252: files put together from several hold both.

    Returns
    -------
    texts : str
    distinct : bool
        Whether they are still all different and none is empty, as their bytes were; False if that
        is not known.
    """
    try:
        text = values.decode()
    except UnicodeDecodeError:
        text = "\0".join(map(_decoded, values.split(b"\0")))
    else:
        if _is_even(text):
            return text, True
    return "\0".join(" ".join(value.split()) for value in text.split("\0")), False


def _is_even(text: str) -> bool:
    """Whether there is no blank but single spaces; the engine has trimmed those at the ends."""
    if text.isascii():
        return not any(blank in text for blank in _UNEVEN_ASCII)
    return _UNEVEN.search(text) is None


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def as_days(texts: Sequence[str]) -> NDArray[np.datetime64]:
    """Read distinct texts as days; NaT for one that is none."""
    days = _slashed_days(texts)
    return np.array([read_day(text) for text in texts], "M8[D]") if days is None else days


def _slashed_days(texts: Sequence[str]) -> NDArray[np.datetime64] | None:
    """Read texts that are all written '18/02/2025', as in most files, at once; None if one is not.

    What `read_day` makes of each, in a tenth of the time.
    """
    if not texts or any(len(text) != len("18/02/2025") for text in texts):
        return None
    signs = np.array(texts).view(np.uint32).reshape(len(texts), -1)
    digits = signs[:, [0, 1, 3, 4, 6, 7, 8, 9]].astype(np.int64) - ord("0")
    if (signs[:, [2, 5]] != ord("/")).any() or (digits < 0).any() or (digits > 9).any():
        return None
    day, month = digits[:, :2] @ [10, 1], digits[:, 2:4] @ [10, 1]
    year = digits[:, 4:] @ [1000, 100, 10, 1]
    first = (12 * (year - 1970) + month - 1).astype("M8[M]")
    days = first.astype("M8[D]") + (day - 1)
    fine = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("M8[M]") == first)
    return np.where(fine, days, np.datetime64("NaT"))


def kind_of(texts: Sequence[str], blanks: bool) -> Kind:
    """Tell a column's type from its distinct texts: all dates, all whole numbers, or neither.

    '007' is a reference, not seven; and so are numbers too long for the float that stands for a
    column with `blanks`.
    """
    if not texts:
        return "category"
    if all(map(_DIGITS.fullmatch, texts)):
        fits = not blanks or all(abs(int(text)) <= _EXACT for text in texts)
        return "integer" if fits else "category"
    dates = read_day(texts[0]) is not None and not np.isnat(as_days(texts)).any()
    return "date" if dates else "category"


def labels_of(texts: Sequence[str], kind: Kind) -> list[str]:
    """Return each text as a column of its kind shows it: dates as ISO; '' where it is none."""
    if kind == "date":
        days = map(read_day, texts)
        return ["" if day is None else day.isoformat() for day in days]
    if kind == "integer":
        return [str(int(text)) if _DIGITS.fullmatch(text) else "" for text in texts]
    return list(texts)


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
    if not wrong.any():
        return whole, wrong
    wrong |= np.abs(whole) > _EXACT  # a float would hold a number near to it
    return np.where(wrong, np.nan, whole), wrong
