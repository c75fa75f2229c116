"""Ratings of several services side by side: a row each, a column a standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from pyjustice.looks.page_parts import chip, dots
from pyjustice.looks.pieces import Group, Piece

__all__ = ["overviews_html"]

_LEAST = 2


def overviews_html(groups: Sequence[Group]) -> str:
    """Return a table for each framework by which two or more were rated, '' if there is none.

    A cell has the dots of its rating, and its word for those who hear the page or point at it. Each
    row leads to the part of the page with its figures: `part-1` for the first group.
    """
    rated = [(i, group, piece) for i, group in enumerate(groups, 1) for piece in _rated(group)]
    names = dict.fromkeys(piece.rules.id for _, _, piece in rated if piece.rules is not None)
    tables = []
    for name in names:
        own = [one for one in rated if one[2].rules is not None and one[2].rules.id == name]
        if len(own) >= _LEAST:
            tables.append(_table(own))
    return "\n".join(tables)


def _rated(group: Group) -> Iterator[Piece]:
    return (piece for piece in group.pieces if piece.kind == "rated" and piece.rules is not None)


def _table(rated: Sequence[tuple[int, Group, Piece]]) -> str:
    rules = rated[0][2].rules
    assert rules is not None
    used = {str(code) for _, _, piece in rated for code in piece.rows["standard"]}
    standards = [one for one in rules.standards if one.code in used]
    heads = "".join(
        f'<th scope="col"><abbr title="{escape(one.title)}">{one.code}</abbr></th>'
        for one in standards
    )
    overall = '<th scope="col">Overall</th>' if rules.gives_overall else ""
    names = _without_common_start([group.title for _, group, _ in rated])
    body = []
    for name, (number, _, piece) in zip(names, rated, strict=True):
        found = {str(row["standard"]): row for row in piece.rows}
        wanted = [*(one.code for one in standards), *([""] if overall else [])]
        cells = "".join(
            f"<td>{_brief(piece, found[code]) if code in found else ''}</td>" for code in wanted
        )
        body.append(
            f'<tr><th scope="row"><a href="#part-{number}">{escape(name)}</a></th>{cells}</tr>'
        )
    caption = f"Ratings side by side: {rules.name}"
    legend = ", ".join(
        f"{dots(i, len(rules.ratings))} {escape(rating.word)}"
        for i, rating in enumerate(rules.ratings)
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="Table: {escape(caption)}">'
        f'<table class="side"><caption>{escape(caption)}</caption>\n'
        f'<thead><tr><th scope="col">Service</th>{heads}{overall}</tr></thead>\n<tbody>\n'
        + "\n".join(body)
        + f'\n</tbody></table></div>\n<p class="aside" aria-hidden="true">{legend}</p>'
    )


def _without_common_start(titles: Sequence[str]) -> Sequence[str]:
    """'Ayton' and 'Beeton' of 'Mock inspection: Ayton' and 'Mock inspection: Beeton'."""
    starts = {title.partition(": ")[0] for title in titles}
    alike = len(starts) == 1 and all(": " in title for title in titles)
    return [title.partition(": ")[2] for title in titles] if alike else titles


def _brief(piece: Piece, row: Any) -> str:
    return chip(piece, str(row["word"]), int(row["rating"]), brief=True)
