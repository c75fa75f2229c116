"""Parts of a page: tables, notes, sentences and the words that figures came from, as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import DataError
from pyjustice.looks.columns import Cell, Column, cell_of, columns_of, sentences_of
from pyjustice.looks.drawings import drawing_of
from pyjustice.looks.pieces import Piece
from pyjustice.looks.rated import excerpt_of
from pyjustice.measures.ratings import place
from pyjustice.questions.explain import explain
from pyjustice.readers.reports import Reports

__all__ = ["Words", "flag_meanings", "piece_html", "words_html"]

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
            f' <a href="#words-{number}" aria-label="{escape(told_of)}: words in the document,'
            f' {place}">{place}</a>'
        )

    def __iter__(self) -> Iterator[tuple[int, Reports, Any]]:
        return iter(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)


def piece_html(piece: Piece, name: str, caption: str, words: Words, *, quiet: bool = False) -> str:
    """Return a table with its picture before it, and sentences and notes behind.

    Parameters
    ----------
    piece : Piece
    name : str
        Begins the ids of its parts.
    caption : str
        Of the table; tells it from the others of the page.
    words : Words
        Takes the places referred to.
    quiet : bool
        Whether the caption is for those who hear the page: a heading shows the same words.
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
    if left:
        others = "other rows do not stand out" if said else "rows: none stands out"
        parts.append(f'<p class="aside">{left:,} {others}; all are in the table.</p>')
    parts.append(_table(piece, columns, caption, words, quiet))
    parts += [f'<p class="aside">{escape(note)}</p>' for note in piece.notes]
    parts.append(_notes(piece))
    return "\n".join(part for part in parts if part)


def _table(piece: Piece, columns: list[Column], caption: str, words: Words, quiet: bool) -> str:
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
            told = " ".join(cell.text for cell in cells[:1]) or caption
            row += (
                f'<td class="where">{words.link(piece.reports, piece.rows[i], told).strip()}</td>'
            )
        whole = piece.kind == "rated" and not piece.rows[i]["standard"]
        body.append(f'<tr class="whole">{row}</tr>' if whole else f"<tr>{row}</tr>")
    hidden = ' class="quiet"' if quiet else ""
    return (
        '<div class="wide" role="region" tabindex="0" aria-label="'
        f'{escape(caption)}"><table><caption{hidden}>{escape(caption)}</caption>\n'
        f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n" + "\n".join(body)
        + "\n</tbody></table></div>"
    )  # fmt: skip


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
        return f"<td>{_chip(piece, cell.text, int(cell.row[column.fields[1]]), cell.row)}</td>"
    if cell.form == "result":
        kind = ' class="differs"' if cell.text == "differs" else ""
        return f"<td{kind}>{text}</td>"
    if cell.form == "link":
        return f"<td>{_link(cell.text)}</td>"
    return f"<td{_side(cell.form)}>{text}</td>"


def _chip(piece: Piece, word: str, code: int, row: Any) -> str:
    """Return a rating in words, with as many filled dots as it is high on its scale."""
    # Both scales there have been have four ratings, one from 0 on and one from 10 on.
    at = place(piece.rules, code) if piece.rules is not None and code >= 0 else code % 10
    if code < 0:
        said = word or Rating(code).word
        return f'<span class="chip none">{escape(said)}</span>'
    dots = "●" * (at + 1) + "○" * max(0, 3 - at)
    return f'<span class="chip r{min(at, 3)}"><i aria-hidden="true">{dots}</i>{escape(word)}</span>'


def _link(address: str) -> str:
    """Return a link to a page of the web; the last part of a path for anything else."""
    if not address.startswith(("https://", "http://")):
        return escape(address.replace("\\", "/").rpartition("/")[2])
    host = address.split("/")[2].removeprefix("www.")
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(host)}</a>'


def flag_meanings(piece: Piece) -> dict[str, str]:
    """Say what the flags of a table mean, and the marks of what is hidden."""
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
    items = "".join(
        f"<div><dt>{escape(flag)}</dt><dd>{escape(text)}</dd></div>"
        for flag, text in flag_meanings(piece).items() if text
    )  # fmt: skip
    return f"<dl>{items}</dl>" if items else ""


def _meaning(flag: str) -> str:
    try:
        return " ".join(explain(flag).split("\n"))
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
        items.append(
            f'<li id="words-{number}" tabindex="-1">{where}'
            f"<blockquote>{escape(excerpt_of(reports, row))}</blockquote></li>"
        )
    return '<ul class="words">\n' + "\n".join(items) + "\n</ul>"
