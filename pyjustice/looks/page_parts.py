"""Parts of a page: tables, notes, sentences and the words that figures came from, as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import DataError
from pyjustice.looks.columns import (
    Cell,
    Column,
    cell_of,
    columns_of,
    hides_who_stands_out,
    sentences_of,
)
from pyjustice.looks.drawings import drawing_of
from pyjustice.looks.passages import passage_of
from pyjustice.looks.pieces import Piece
from pyjustice.looks.rating_colours import SCALE, place_of
from pyjustice.measures.ratings import place
from pyjustice.questions.explain import explain
from pyjustice.readers.reports import Reports

__all__ = ["Words", "chip", "dots", "flag_meanings", "piece_html", "words_html"]

_NOT_SAID = (
    "Which rows stand out is not said, since some figures are left out; all rows are in the table."
)
_NUMBERS = ("count", "number", "p", "interval", "limits", "score")


class Words:
    """The places in documents that a page refers to, each with a number in order of mention."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int, int, int], tuple[int, Reports, Any]] = {}

    def link(self, reports: Reports, row: Any, told_of: str) -> str:
        """Return a link to the words of a row, '' if it has no place."""
        if row["start"] < 0:
            return ""
        key = (id(reports), int(row["report"]), int(row["start"]), int(row["end"]))
        number, _, _ = self._found.setdefault(key, (len(self._found) + 1, reports, row))
        place = f"line {row['line']}"
        return (
            f'<a href="#words-{number}" aria-label="{escape(told_of)}: words in the document,'
            f' {place}">{place}</a>'
        )

    def __iter__(self) -> Iterator[tuple[int, Reports, Any]]:
        return iter(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)


def piece_html(piece: Piece, name: str, caption: str, words: Words) -> str:
    """Return a table with its picture before it, and sentences and notes behind.

    Parameters
    ----------
    piece : Piece
    name : str
        Begins the ids of its parts.
    caption : str
        Of the table, for those who hear the page: a heading shows the same words.
    words : Words
        Takes the places referred to.
    """
    if not len(piece.rows):
        return "<p>No row in it.</p>"
    columns = columns_of(piece)
    parts = []
    svg, drawn = drawing_of(piece, f"{name}-picture")
    if svg:
        parts.append(f"<figure>{svg}<figcaption>{escape(drawn)}</figcaption></figure>")
    said, left = sentences_of(piece)
    if said:
        parts.append("<ul>" + "".join(f"<li>{escape(one)}</li>" for one in said) + "</ul>")
    if left and hides_who_stands_out(piece):
        parts.append(f'<p class="aside">{_NOT_SAID}</p>')
    elif left:
        others = "other rows do not stand out" if said else "rows: none stands out"
        parts.append(f'<p class="aside">{left:,} {others}; all are in the table.</p>')
    parts.append(_table(piece, columns, caption, words))
    parts += [f'<p class="aside">{escape(note)}</p>' for note in piece.notes]
    parts.append(_notes(piece))
    return "\n".join(part for part in parts if part)


def _table(piece: Piece, columns: list[Column], caption: str, words: Words) -> str:
    sourced = piece.reports is not None and "start" in (piece.rows.dtype.names or ())
    heads = [
        f'<th scope="col"{_side(column.form)}>{escape(column.heading)}</th>' for column in columns
    ]
    if sourced:
        heads.append('<th scope="col">Where</th>')
    body = []
    for i in range(len(piece.rows)):
        cells = [cell_of(piece, i, column) for column in columns]
        row = "".join(
            _cell(piece, cell, column) for cell, column in zip(cells, columns, strict=True)
        )
        if piece.reports is not None and sourced:
            told = cells[0].text or caption
            row += f'<td class="where">{_where(piece, piece.reports, i, told, words)}</td>'
        whole = piece.kind == "rated" and not piece.rows[i]["standard"]
        body.append(f'<tr class="whole">{row}</tr>' if whole else f"<tr>{row}</tr>")
    return (
        '<div class="wide" role="region" tabindex="0" aria-label="'
        f'Table: {escape(caption)}"><table><caption class="quiet">{escape(caption)}</caption>\n'
        f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n" + "\n".join(body)
        + "\n</tbody></table></div>"
    )  # fmt: skip


def _where(piece: Piece, reports: Reports, i: int, told_of: str, words: Words) -> str:
    row = piece.rows[i]
    if piece.kind == "recommended":  # whose words stand in the table
        return f"line {row['line']}" if row["start"] >= 0 else ""
    return words.link(reports, row, told_of)


def _side(form: str) -> str:
    return ' class="n"' if form in _NUMBERS else ""


def _cell(piece: Piece, cell: Cell, column: Column) -> str:
    text = escape(cell.text)
    if cell.form == "name":
        return f'<th scope="row">{text}</th>'
    if cell.form == "hidden":
        side = "n hide" if column.form in _NUMBERS else "hide"
        return f'<td class="{side}">{text}</td>'
    if cell.form == "rating":
        return f"<td>{chip(piece, cell.text, int(cell.row[column.fields[1]]))}</td>"
    if cell.form == "result":
        kind = ' class="differs"' if cell.text == "differs" else ""
        return f"<td{kind}>{text}</td>"
    if cell.form == "link":
        return f"<td>{_link(cell.text)}</td>"
    if cell.form == "answers":
        return f'<td class="whole-words">{text}</td>'
    return f"<td{_side(cell.form)}>{text}</td>"


def chip(piece: Piece, word: str, code: int, *, brief: bool = False) -> str:
    """Return a rating in words, with as many filled dots as it is high on its scale.

    A brief one shows the dots, and the words to those who hear the page or point at it.
    """
    # Both scales there have been have four ratings, one from 0 on and one from 10 on.
    at = place(piece.rules, code) if piece.rules is not None else place_of(code)
    if code < 0 or at < 0:
        said = escape(word or Rating(code).word)
        shown = f'<span aria-hidden="true">–</span><span class="quiet">{said}</span>'
        return f'<span class="chip none" title="{said}">{shown if brief else said}</span>'
    most = len(piece.rules.ratings) if piece.rules is not None else len(SCALE)
    kind, said = f"chip r{min(at, len(SCALE) - 1)}", escape(word)
    marks = f'<i aria-hidden="true">{dots(at, most)}</i>'
    if brief:
        return (
            f'<span class="{kind}" title="{said}">{marks}<span class="quiet">{said}</span></span>'
        )
    return f'<span class="{kind}">{marks}{said}</span>'


def dots(at: int, most: int) -> str:
    """'●●○○' for the second lowest of four."""
    return "●" * (at + 1) + "○" * max(0, most - at - 1)


def _link(address: str) -> str:
    """Return a link to a page of the web; the last part of a path for anything else."""
    if not address.startswith(("https://", "http://")):
        return escape(address.replace("\\", "/").rpartition("/")[2])
    host = address.split("/")[2].removeprefix("www.")
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(host)}</a>'


def flag_meanings(piece: Piece) -> dict[str, str]:
    """Say what the flags of a table mean, in two lines, and the marks of what is hidden."""
    flags: dict[str, str] = {}
    for column in columns_of(piece):
        if column.form == "flag":
            for flag in piece.rows[column.fields[0]].tolist():
                if flag and flag not in ("suppressed", "follows"):
                    flags.setdefault(flag, _meaning(flag))
    told = {
        "primary": ("[c]", "hidden: a small number, or one that goes with it"),
        "secondary": ("[x]", "hidden, so that nothing small can be worked out"),
        "derived": ("[x]", "hidden, so that nothing small can be worked out"),
    }
    for why, (mark, meaning) in told.items():
        if (piece.hidden == why).any():
            flags.setdefault(mark, meaning)
    return flags


def _notes(piece: Piece) -> str:
    # What to do about it, the second line, is for whoever makes the page, not for who reads it.
    items = "".join(
        f"<div><dt>{escape(flag)}</dt><dd>{escape(text.splitlines()[0])}</dd></div>"
        for flag, text in flag_meanings(piece).items() if text
    )  # fmt: skip
    return f"<dl>{items}</dl>" if items else ""


def _meaning(flag: str) -> str:
    try:
        return explain(flag)
    except DataError:  # a flag of a table that is not ours
        return ""


def words_html(words: Words) -> str:
    """Return the list of places, each with the words that a figure came from."""
    items = []
    for number, reports, row in words:
        source = str(reports.inspections[int(row["report"])]["source"])
        page = reports.page(row)
        where = ", ".join(
            filter(None, [_link(source), f"page {page}" if page else "", f"line {row['line']}"])
        )
        before, said, after = map(escape, passage_of(reports, row))
        items.append(
            f'<li id="words-{number}" tabindex="-1">{where}'
            f"<blockquote>{before}<mark>{said}</mark>{after}</blockquote></li>"
        )
    return '<ul class="words">\n' + "\n".join(items) + "\n</ul>"
