"""Sheets of a workbook as delimited text, so that one reader reads both."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pyjustice.ground.errors import ParseError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

__all__ = ["cell_text", "open_workbook", "sheet_to_text"]

_HEADER_WITHIN = 20
# The stream of a file of the old format in which Excel keeps an encrypted workbook.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sheet_to_text(data: bytes, name: str, recognised: Callable[[Sequence[str]], int]) -> bytes:
    """Return the sheet with the best header as CSV in UTF-8, a line a row of the sheet.

    Parameters
    ----------
    data : bytes
        A workbook: xlsx, xls or ods.
    name : str
        Its path, for errors.
    recognised : callable
        How many of a row's cells are known as headers.

    Raises
    ------
    ParseError
        Not a workbook, a damaged one, or one that asks for a password.
    """
    best: list[list[Any]] = []
    most = -1
    with open_workbook(data, name) as book:
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            heads = [[cell_text(cell) for cell in row] for row in rows[:_HEADER_WITHIN]]
            found = max(map(recognised, heads), default=-1)
            if found > most:
                best, most = rows, found
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in best:
        writer.writerow([cell_text(cell) for cell in row])
    return text.getvalue().encode("utf-8", "replace")


@contextmanager
def open_workbook(data: bytes, name: str) -> Iterator[CalamineWorkbook]:
    """Open a workbook (xlsx, xls or ods); what it cannot read becomes a ParseError.

    Raises
    ------
    ParseError
        Not a workbook, a damaged one, or one that asks for a password.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        what = f"the workbook cannot be read: {str(error).splitlines()[0][:100]}"
        if isinstance(error, PasswordError) or _is_locked(data):
            what = "the workbook asks for a password: save it without one"
        raise ParseError(what, name) from None


def _is_locked(data: bytes) -> bool:
    """Whether a workbook that cannot be read is an encrypted one."""
    if _ENCRYPTED in data:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return b"encryption-data" in packed.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, zlib.error):
        return False


def cell_text(value: Any) -> str:
    """A cell as it would be typed: whole numbers bare, dates as ISO, no line end within."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    # A line of the text is a row of the sheet, so that an error's line is the row.
    return " ".join(str(value).split("\n")).replace("\r", " ")
