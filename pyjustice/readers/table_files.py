"""Files of published tables as sheets of cells: delimited text is one, a workbook has many."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TypeAlias

from pyjustice.ground.decoding import decode
from pyjustice.ground.errors import ParseError
from pyjustice.readers.sheets import cell_text, open_workbook
from pyjustice.readers.streams import (
    GZIP,
    GZIP_ERRORS,
    GZIP_TORN,
    OLD_OFFICE,
    ZIP,
    AnySource,
    Unzipped,
    raw_stream,
)

__all__ = ["Cell", "Sheet", "open_sheets", "text_of"]

# A number of a workbook, whose print is not known, or text.
Cell: TypeAlias = str | float

_EXPECTED = "expected a table: CSV, TSV, xlsx, xls or ods"
_DELIMITERS = (",", "\t", ";", "|")
# Rows that decide which delimiter it is.
_LOOKED_AT = 200
_MOST_COLUMNS = 16_384  # as a spreadsheet has
_LONGEST = 1 << 30
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Sheet:
    """Cells of one sheet.

    Attributes
    ----------
    name : str
        '' for delimited text.
    rows : list of list
        '' is an empty cell; nothing empty at the end of a row.
    lines : list of int
        1-based line of each row: in a workbook its number.
    hidden : bool
    delimited : bool
        The cells are as typed: an empty one is empty, not 'as above'.
    merged : tuple
        ((row, column), (row, column)) of merged cells, where the workbook says.
    """

    name: str
    rows: list[list[Cell]]
    lines: list[int]
    hidden: bool = False
    delimited: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


def text_of(cell: Cell) -> str:
    """The text of a cell: numbers as they would be typed, blanks of any kind one space."""
    text = cell if isinstance(cell, str) else cell_text(cell)
    return _BLANKS.sub(" ", text).strip()


def open_sheets(source: AnySource) -> tuple[str, list[Sheet]]:
    """Open a file of tables.

    Parameters
    ----------
    source : path, str, bytes or file object
        CSV or TSV in any encoding, compressed or not, or a workbook.

    Returns
    -------
    name : str
        The path, '' for content without one.
    sheets : list of Sheet
        All, hidden ones too.

    Raises
    ------
    ParseError
        Not a table, a damaged file, or one that asks for a password.
    """
    raw, name, _, owned = raw_stream(source)
    try:
        data = raw.read()
        if data.startswith(GZIP):
            data = _unzipped(data, name)
    finally:
        if owned:
            raw.close()
    if data.startswith((ZIP, OLD_OFFICE)):
        return name, _workbook(data, name)
    text, _ = decode(data, name, _EXPECTED)
    if not text.strip(" \t\r\n,;|\xa0"):
        raise ParseError(f"nothing in it: {_EXPECTED}", name, offset=0)
    return name, [_delimited(text, name)]


def _unzipped(data: bytes, name: str) -> bytes:
    try:
        stream = Unzipped(data, io.BytesIO())
        text = stream.read(_LONGEST + 1)
        if len(text) <= _LONGEST:
            stream.read(1)  # raises what a damaged end would raise
    except GZIP_ERRORS:
        raise ParseError(GZIP_TORN, name) from None
    if len(text) > _LONGEST:
        raise ParseError("the gzip file holds more than 1 GiB", name)
    return text


def _workbook(data: bytes, name: str) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = []
    with open_workbook(data, name) as book:
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue  # charts and macros hold no cells
            sheet = book.get_sheet_by_name(about.name)
            found = sheet.to_python(skip_empty_area=False)
            rows = [_trimmed([_value(cell) for cell in row]) for row in found]
            sheets.append(
                Sheet(
                    about.name,
                    rows,
                    list(range(1, len(rows) + 1)),
                    hidden=about.visible != SheetVisibleEnum.Visible,
                    merged=tuple(sheet.merged_cell_ranges or ()),
                )
            )
    return sheets


def _value(cell: object) -> Cell:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return cell_text(cell)


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row and isinstance(row[-1], str) and not row[-1].strip():
        row.pop()
    return row


def _delimited(text: str, name: str) -> Sheet:
    rows: list[list[Cell]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise ParseError(_fault(str(error)), name, line) from None
        if len(row) > _MOST_COLUMNS:
            raise ParseError(f"a row of more than {_MOST_COLUMNS:,} cells", name, line)
        rows.append(_trimmed(list(row)))
        lines.append(line)
    return Sheet("", rows, lines, delimited=True)


def _fault(error: str) -> str:
    if "end of data" in error:
        return "a quote that opens in this row never closes"
    if "field limit" in error:
        return "a cell of more than 131,072 characters"
    return "text behind a closing quote"


def _delimiter(text: str) -> str:
    """Return the delimiter that makes most cells in rows that are as long as the row before."""
    best, found = 0, ","
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        cells, size = 0, 1
        try:
            for row, _ in zip(reader, range(_LOOKED_AT), strict=False):
                cells += len(row) - 1 if len(row) == size else 0
                size = len(row) if row else size
        except csv.Error:
            pass  # the rows before it still tell
        if cells > best:
            best, found = cells, delimiter
    return found
