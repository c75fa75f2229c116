"""The tables of a page as a workbook: one sheet a table, real numbers and dates, no formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from math import isfinite, isinf, isnan
from pathlib import Path
from typing import Any

import numpy as np

from pyjustice.ground.disclosure import publisher
from pyjustice.ground.errors import DataError
from pyjustice.looks.columns import sentences_of
from pyjustice.looks.page_parts import flag_meanings
from pyjustice.looks.pieces import Group, Piece, groups_of
from pyjustice.looks.safety import safety_in_words
from pyjustice.looks.summary import in_short

__all__ = ["to_excel"]

_LONGEST_NAME = 31  # of a sheet
_TEXT_WIDTHS = (34, 100)  # of the two columns of contents and notes, in characters
_LINE = 15.0  # points
# By precision: how much of a date is known. 0 is none, for which there is no date.
_DATES = ("yyyy", "yyyy", "mmmm yyyy", "yyyy-mm-dd")
_HEADINGS = {
    "down_answers": "Answers to fall",
    "down_word": "Falls to",
    "up_answers": "Answers to rise",
    "up_word": "Rises to",
}
_NARROWEST, _WIDEST = 9, 60  # columns, in characters
# One sheet for all documents or groups that were rated.
_TOGETHER = {"rated": "Ratings", "checked": "Check", "recommended": "Recommendations"}
_WHAT = {
    "rated": "Ratings, their figures, and how many answers they were from another",
    "checked": "What is published against the figures published with it",
    "recommended": "To whom recommendations are addressed, and their words",
}
# Fields in which -1 says that there is none.
_NONE_IS_MINUS_ONE = {
    *("line", "column", "start", "end", "report", "score", "max_score", "year", "yes", "cases"),
    *("years_since_previous", "stated_recommendations", "holds", "down_answers", "up_answers"),
    *("down_cases", "up_cases", "number", "rows"),
}
_MARKS = publisher("gss")
# Offsets into the text of a document, of tables that are put together for people.
_OFFSETS = ("report", "start", "end")
# A workbook says when it was made; without a date it would be another one every second.
_NO_DATE = datetime(1980, 1, 1)


def to_excel(
    obj: Any,
    path: str | Path,
    *,
    title: str = "Youth justice: inspections and figures",
    sources: Sequence[str] = (),
    made: date | str | None = None,
    below: int | None = 5,
    published: Collection[str] = (),
) -> None:
    """Write the tables of `to_page` as a workbook.

    Parameters
    ----------
    obj, title, sources, made, below, published
        As for `to_page`.
    path : str or Path
        Where to write it.

    Returns
    -------
    None

    Raises
    ------
    DataError
        As `to_page`; or XlsxWriter is not installed.
    OSError
        The file cannot be written.

    Notes
    -----
    A sheet of contents, one for each table with all of its fields, and one of notes. What is hidden
    has the marks [c] and [x]; a cell is empty where there is no figure. Text is never a formula or
    a link, whatever it begins with. The same input gives the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> from pyjustice.questions.change import change
    >>> rows = change([48, 20], [32, 26], names=["Ayton", "Beeton"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     to_excel({"Children": rows}, Path(folder) / "board.xlsx")
    """
    groups = groups_of(obj, title=title, below=below, published=published)
    data = io.BytesIO()
    book = _workbook(data)
    book.set_properties({"title": title, "created": _NO_DATE})
    day = made.isoformat() if isinstance(made, date) else made
    told = [title, *([f"Made on {day}"] if day else []), *map(str, sources)]
    _fill(book, groups, [*told, safety_in_words(groups, below, published)])
    book.close()
    # All of it is made before the file is touched: a failure leaves what was there.
    Path(path).write_bytes(data.getvalue())


def _workbook(data: io.BytesIO) -> Any:
    try:
        import xlsxwriter
    except ImportError:
        raise DataError(
            "to_excel needs XlsxWriter, which is not installed: pip install 'pyjustice[excel]'"
        ) from None
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return xlsxwriter.Workbook(data, {"in_memory": True, **plain})


def _fill(book: Any, groups: Sequence[Group], told: Sequence[str]) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
    bold = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    contents = book.add_worksheet("Contents")
    _columns_of_text(contents)
    for i, line in enumerate(told):
        contents.merge_range(i, 0, i, 1, _storable(line), wrap if i else bold)
        contents.set_row(i, _height(line, sum(_TEXT_WIDTHS)) if i else 21)
    start = len(told) + 1
    contents.write_row(start, 0, ["In short", ""], head)
    for group in groups:
        start += 1
        _pair(contents, start, group.title, " ".join(in_short(group)), wrap)
    start += 2
    contents.write_row(start, 0, ["Sheet", "What it holds"], head)
    names: set[str] = {"contents", "notes"}
    notes: list[tuple[str, str]] = []
    for what, piece in [*_together(groups), *_alone(groups)]:
        name = _sheet_name(what, names)
        _sheet(book, name, piece, head)
        start += 1
        place = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
        contents.write_url(start, 0, place, string=name)
        contents.write_string(start, 1, _WHAT.get(piece.kind, what), wrap)
        notes += [(name, note) for note in _notes(piece)]
    if notes:
        sheet = book.add_worksheet("Notes")
        _columns_of_text(sheet)
        sheet.write_row(0, 0, ["Sheet", "Note"], head)
        sheet.freeze_panes(1, 0)
        for i, (name, note) in enumerate(notes, 1):
            _pair(sheet, i, name, note, wrap)


def _columns_of_text(sheet: Any) -> None:
    for column, width in enumerate(_TEXT_WIDTHS):
        sheet.set_column(column, column, width)
    _for_print(sheet)


def _pair(sheet: Any, row: int, name: str, text: str, wrap: Any) -> None:
    """Write a name and what is said of it, high enough to be read in whole."""
    sheet.write_string(row, 0, _storable(name), wrap)
    sheet.write_string(row, 1, _storable(text), wrap)
    sheet.set_row(row, max(_height(name, _TEXT_WIDTHS[0]), _height(text, _TEXT_WIDTHS[1])))


def _height(text: str, width: float) -> float:
    """Height in points of a text that is wrapped; programs other than Excel do not set it."""
    return _LINE * max(1, -(-len(text) // int(0.9 * width)))


def _for_print(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _together(groups: Sequence[Group]) -> Iterator[tuple[str, Piece]]:
    """Ratings, checks and recommendations of all documents, each as one table."""
    for kind, name in _TOGETHER.items():
        found = [(g.title, p) for g in groups for p in g.pieces if p.kind == kind]
        if not found:
            continue
        own = found[0][1].rows.dtype
        fields = own.names or ()
        dtype = [("of", np.dtype("U160")), *((field, own[field]) for field in fields)]
        rows = np.zeros(sum(len(piece.rows) for _, piece in found), dtype)
        for field in fields:
            rows[field] = np.concatenate([piece.rows[field] for _, piece in found])
        rows["of"] = [title[:160] for title, piece in found for _ in piece.rows]
        hidden = np.concatenate([piece.hidden for _, piece in found])
        hidden = np.column_stack([np.full(len(rows), ""), hidden])
        notes = tuple(f"{title}: {note}" for title, piece in found for note in piece.notes)
        yield name, Piece("", kind, rows, hidden, notes)


def _alone(groups: Sequence[Group]) -> Iterator[tuple[str, Piece]]:
    for group in groups:
        for piece in group.pieces:
            if piece.kind not in _TOGETHER:
                yield group.title, piece


def _notes(piece: Piece) -> list[str]:
    said, _ = sentences_of(piece)
    meanings = [
        f"{flag}: {' '.join(text.splitlines())}"
        for flag, text in flag_meanings(piece).items() if text
    ]  # fmt: skip
    return [*said, *piece.notes, *meanings]


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that Excel takes, and that no other sheet has in any case of letters."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", title).strip(" '")[:_LONGEST_NAME].strip(" '")
    name = plain = name or "Table"
    number = 1
    while name.casefold() in taken or name.casefold() == "history":  # a name Excel keeps for itself
        number += 1
        end = f" {number}"
        name = plain[: _LONGEST_NAME - len(end)] + end
    taken.add(name.casefold())
    return name


def _sheet(book: Any, name: str, piece: Piece, head: Any) -> None:
    sheet = book.add_worksheet(name)
    rows = piece.rows
    own = piece.kind in _TOGETHER
    fields = [n for n in rows.dtype.names or () if not (own and n in _OFFSETS)]
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    days = [
        book.add_format({"num_format": form, "align": "left", "valign": "top"}) for form in _DATES
    ]
    if "words" in fields:  # the only text that is long by itself
        for i, words in enumerate(rows["words"].tolist(), 1):
            sheet.set_row(i, _height(words, _WIDEST))
    for column, field in enumerate(fields):
        heading = _HEADINGS.get(field, field.replace("_", " ").capitalize())
        precise = f"{field}_precision" in fields
        sheet.write_string(0, column, heading, head)
        form = book.add_format({"num_format": _number_format(field, rows[field]), "valign": "top"})
        width = len(heading)
        for i, value in enumerate(rows[field].tolist(), 1):
            if why := piece.why_hidden(i - 1, field):
                sheet.write_string(i, column, str(getattr(_MARKS, why)))
            elif not (value == -1 and field in _NONE_IS_MINUS_ONE):
                day = days[int(rows[f"{field}_precision"][i - 1]) if precise else -1]
                shown = wrap if field == "words" else form
                width = max(width, _write(sheet, i, column, value, shown, day))
        sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 1)
    if len(rows) and fields:
        sheet.autofilter(0, 0, len(rows), len(fields) - 1)
    sheet.repeat_rows(0)
    _for_print(sheet)


def _write(sheet: Any, row: int, column: int, value: Any, form: Any, day: Any) -> int:
    """Write a value as what it is; return how wide it is."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
        return 5
    if isinstance(value, float) and isinf(value):
        sheet.write_string(row, column, "no limit")
        return 8
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, form)
        return len(f"{value:.2f}") if isinstance(value, float) else len(str(value))
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
        return 10
    text = _storable(str(value))
    if text:
        sheet.write_string(row, column, text, form)
    return len(text)


def _storable(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(
        "\ufffd" if (ord(c) < 32 and c not in "\t\n") or c in "\ufffe\uffff" else c for c in text
    )


def _number_format(field: str, values: Any) -> str:
    if values.dtype.kind != "f":
        return "General"
    known = [value for value in np.asarray(values).tolist() if isfinite(value)]
    if all(value == int(value) for value in known):
        return "#,##0"
    return "0.0000" if field in ("p", "q", "tail") else "0.00"
