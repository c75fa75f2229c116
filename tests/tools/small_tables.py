"""What tests of tables share: rows as plain values, and small workbooks."""

import io
from typing import Any

import xlsxwriter


def rows(made: Any, *names: str) -> list[Any]:
    """Some fields of an array as tuples, NaN as None."""
    plain = [
        [None if value != value else value for value in row] for row in made[list(names)].tolist()
    ]
    return [tuple(row) for row in plain]


def book(pages: dict[str, list[list[Any]]], merge: str = "") -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as made:
        for name, page in pages.items():
            sheet = made.add_worksheet(name)
            for i, row in enumerate(page):
                sheet.write_row(i, 0, row)
            if merge:
                sheet.merge_range(merge, page[int(merge[1]) - 1][1])
    return data.getvalue()
