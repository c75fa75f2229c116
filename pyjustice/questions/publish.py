"""Safe tables written as text, with the marks of a publisher."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import numpy as np

from pyjustice.ground.disclosure import Dialect, field_rules, publisher
from pyjustice.ground.errors import DataError
from pyjustice.questions.disclosure import Suppressed, suppress
from pyjustice.questions.frames import read_frame

__all__ = ["publish"]

_HIDDEN = ("primary", "secondary", "derived")
# Digits that a double is sure to hold.
_MOST = 15


def publish(
    table: Any,
    path: str | Path | None = None,
    *,
    dialect: str = "gss",
    below: int | None = None,
    title: str = "",
    source: str = "",
    corner: str = "",
    digits: int | None = 3,
) -> str:
    """Write a safe table as comma-separated text, hidden counts as marks, with notes.

    Parameters
    ----------
    table : Suppressed, or a table as for `suppress`
        One that was not suppressed is written only if nothing in it has to be hidden.
    path : str or Path, optional
        Where to write it, in UTF-8. Notes that a dialect keeps out of the data go into a file
        beside it, named ``NAME.notes.txt``.
    dialect : {'gss', 'dfe', 'plain'}
        Whose marks: ``[c]`` and ``[x]``, ``c`` and ``x``, or words.
    below : int, optional
        By which a table that was not suppressed is checked.
    title, source : str
        For the notes.
    corner : str
        Name of the row labels of an array; by default that which a frame's index has.
    digits : int or None
        Significant digits of computed figures, of which whole ones are never cut: 14.2857 becomes
        14.3, 1234.5678 becomes 1235. None writes all 15. Counts are whole, and settings as given.

    Returns
    -------
    str
        The text of the table.

    Raises
    ------
    DataError
        A table that was not suppressed and holds what has to be; no such dialect; no such number
        of digits.

    Notes
    -----
    The bounds of hidden counts are not written.

    Examples
    --------
    >>> safe = suppress([12, 3, 20, 8], below=5, rows=["A", "B", "C", "D"])
    >>> print(publish(safe, corner="group", title="Children"))
    Children
    [c]: a count of 1 to 4 is hidden so that no child is identified.
    [x]: further counts and totals are hidden so that no hidden one is revealed.
    <BLANKLINE>
    group,count
    A,12
    B,[c]
    C,20
    D,[x]
    Total,43
    <BLANKLINE>
    """
    marks = publisher(dialect)
    if digits is not None and digits not in range(1, _MOST + 1):
        raise DataError(f"digits: expected 1 to {_MOST}, or None, got {digits!r}")
    safe = table if isinstance(table, Suppressed) else _checked(table, below)
    lines = _lines(safe, marks, corner, _MOST)
    short = lines if digits is None else _lines(safe, marks, corner, int(digits))
    said = [] if lines == short else [f"Computed figures are rounded to {digits} digits."]
    notes = [title, *_notes(safe, marks), *said, source and f"Source: {source}"]
    notes = [text for text in notes if text]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if marks.notes == "above" and notes:
        writer.writerows([note] for note in notes)
        writer.writerow([])
    writer.writerows(short)
    if path is not None:
        path = Path(path)
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        if marks.notes == "beside" and notes:
            beside = path.with_name(path.stem + ".notes.txt")
            beside.write_text("\n".join([*notes, ""]), encoding="utf-8", newline="")
    return text.getvalue()


def _checked(table: Any, below: int | None) -> Suppressed:
    if below is None:
        raise DataError("table: expected the result of suppress(), or below= to check it by")
    safe = suppress(table, below=below, totals="none" if _is_array(table) else "add")
    hidden = safe.count("primary") + safe.count("secondary")
    if hidden:
        counts = "1 count has" if hidden == 1 else f"{hidden} counts have"
        raise DataError(f"table: {counts} to be hidden first; see suppress()")
    return safe


def _is_array(table: Any) -> bool:
    return read_frame(table).table.dtype.names is None


def _notes(safe: Suppressed, marks: Dialect) -> list[str]:
    """Put each mark before what it means."""
    found = []
    for reason, said in safe.notes():
        mark = getattr(marks, reason, "")
        found.append(f"{mark}: {said[0].lower()}{said[1:]}" if mark else said)
    cells, reasons = _cells(safe), safe.reasons().ravel().tolist()
    if marks.missing and any(
        why not in _HIDDEN and _has_no_figure(value)
        for value, why in zip((value for row in cells for value in row), reasons, strict=True)
    ):
        found.append(f"{marks.missing}: there is no figure or it does not apply.")
    return found


def _cells(safe: Suppressed) -> list[list[Any]]:
    names = safe.table.dtype.names
    if names is None:
        return list(safe.table.reshape(safe.reasons().shape).tolist())
    return [[safe.table[name][row] for name in names] for row in range(len(safe.table))]


def _lines(safe: Suppressed, marks: Dialect, corner: str, digits: int) -> list[list[str]]:
    reasons = safe.reasons()
    names = safe.table.dtype.names
    before: list[tuple[str, ...]]
    cells = _cells(safe)
    if names is not None:
        head, before = list(names), [()] * len(cells)
    else:
        head, before = [corner or safe.corner, *safe.columns], [(name,) for name in safe.rows]
    roles = field_rules()["roles"]
    given = {*roles["setting"], *roles["known"], *roles["count"]}
    most = [_MOST if name in given else digits for name in names or safe.columns]
    body = [
        [*label, *(_cell(v, r, m, marks) for v, r, m in zip(row, why, most, strict=True))]
        for label, row, why in zip(before, cells, reasons.tolist(), strict=True)
    ]
    return [head, *body]


def _cell(value: Any, reason: str, digits: int, marks: Dialect) -> str:
    if reason in _HIDDEN:
        return str(getattr(marks, reason))
    if _has_no_figure(value):
        return marks.missing
    if not isinstance(value, float | np.floating):
        return str(value)
    value = float(value)
    if not math.isfinite(value) or value.is_integer():
        return f"{value:.{_MOST}g}"
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return f"{value:.{max(digits, whole)}g}"


def _has_no_figure(value: Any) -> bool:
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    return isinstance(value, float | np.floating) and bool(np.isnan(value))
