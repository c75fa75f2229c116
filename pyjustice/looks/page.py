"""One self-contained page for a management board."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from pyjustice.looks.overview import overviews_html
from pyjustice.looks.page_parts import Words, piece_html, words_html
from pyjustice.looks.pieces import Group, day_in_words, groups_of
from pyjustice.looks.rating_colours import SCALE
from pyjustice.looks.safety import safety_in_words
from pyjustice.looks.summary import in_short

__all__ = ["to_page"]


def to_page(
    obj: Any,
    path: str | Path | None = None,
    *,
    title: str = "Youth justice: inspections and figures",
    sources: Sequence[str] = (),
    made: date | str | None = None,
    below: int | None = 5,
    published: Collection[str] = (),
    lang: str = "en-GB",
) -> str:
    """Write results as one HTML page that needs nothing else: no network, fonts or scripts.

    Parameters
    ----------
    obj : Report, Reports, Ratings, Table, Suppressed, structured array, or a mapping
        A mapping has titles as its keys and any of the others as its values, in the order of the
        page. Reports bring their check, their recommendations and the history of their services.
    path : str or Path, optional
        Where to write it, in UTF-8.
    title : str
    sources : sequence of str
        Where the figures are from, for the head of the page.
    made : date or str, optional
        Date of the page. There is none unless it is given: the same input gives the same bytes.
    below : int or None
        Counts of cases from 1 to below - 1 are hidden by `suppress`, with whatever would reveal
        them. None shows every count, and the page says so.
    published : collection of str
        Titles of the mapping whose figures are public already; they are shown as they are. What
        was read from reports and published tables always is.
    lang : str
        Language of the page.

    Returns
    -------
    str
        The page.

    Raises
    ------
    DataError
        Nothing that can be shown; a table that `suppress` cannot make safe, with its title.
    OSError
        The file cannot be written.

    Notes
    -----
    Of a mock inspection, the figures of a whole part (domain) are left out if one of its counts is
    small, since all its standards rest on the same cases. Ratings in words stay.

    Examples
    --------
    >>> from pyjustice.questions.change import change
    >>> rows = change([48, 20], [32, 26], names=["Ayton", "Beeton"])
    >>> page = to_page({"Children cautioned or sentenced": rows}, made="2026-01-31")
    >>> page.count("<table>"), "48" in page
    (1, True)
    """
    groups = groups_of(obj, title=title, below=below, published=published)
    words = Words()
    body = "\n".join(
        [overviews_html(groups), *(_section(i, group, words) for i, group in enumerate(groups, 1))]
    )
    if words:
        body += (
            '\n<section id="words" aria-labelledby="words-h"><h2 id="words-h">Words in the'
            f" documents</h2>\n{words_html(words)}\n</section>"
        )
    text = "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(lang)}">',
            '<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{_style()}</style></head>",
            '<body><a class="skip" href="#main">Skip to the content</a>',
            _head(title, sources, made, groups, below, published, bool(words)),
            f'<main id="main" tabindex="-1">\n{body}\n</main>',
            "<footer><p>Made with pyjustice. A difference that is not clear may still be there;"
            " one that is clear does not say why.</p></footer>",
            "</body></html>\n",
        ]
    )
    if path is not None:
        Path(path).write_text(text, encoding="utf-8", newline="")
    return text


def _style() -> str:
    """Return the style sheet, before it the colours of ratings that pictures have too."""
    colours = " ".join(
        f"--r{i}: {colour.face}; --r{i}-ink: {colour.ink};" for i, colour in enumerate(SCALE)
    )
    sheet = (resources.files("pyjustice.looks") / "page.css").read_text(encoding="utf-8")
    return f":root {{ {colours} }}\n{sheet}"


def _head(
    title: str,
    sources: Sequence[str],
    made: date | str | None,
    groups: Sequence[Group],
    below: int | None,
    published: Collection[str],
    with_words: bool,
) -> str:
    lines = [f"<header><h1>{escape(title)}</h1>"]
    day = made if isinstance(made, str | None) else _in_words(made)
    told = ([f"Made on {day}"] if day else []) + [str(source) for source in sources]
    if told:
        lines.append('<p class="about">' + escape(". ".join(told)) + ".</p>")
    lines.append(_safety(groups, below, published) + "</header>")
    lines.append('<nav aria-labelledby="short"><h2 id="short">In short</h2>')
    lines += ["<ul>", *(_line(i, group) for i, group in enumerate(groups, 1))]
    if with_words:
        lines.append('<li><a href="#words">Words in the documents</a></li>')
    return "\n".join([*lines, "</ul></nav>"])


def _line(number: int, group: Group) -> str:
    """Where a part of the page is, and what stands in it in short."""
    said = " ".join(in_short(group))
    link = f'<a href="#part-{number}">{escape(group.title)}</a>'
    return f"<li>{link}{': ' if said else ''}{escape(said)}</li>"


def _in_words(day: date) -> str:
    import numpy as np

    return day_in_words(np.datetime64(day, "D"), 3)


def _safety(groups: Sequence[Group], below: int | None, published: Collection[str]) -> str:
    kind = "safe open" if below is None else "safe"
    return f'<p class="{kind}">{escape(safety_in_words(groups, below, published))}</p>'


def _section(number: int, group: Group, words: Words) -> str:
    name = f"part-{number}"
    parts = [
        f'<section id="{name}" aria-labelledby="{name}-h">',
        f'<h2 id="{name}-h">{escape(group.title)}</h2>',
    ]
    if group.about:
        parts.append(f'<p class="about">{escape(group.about)}</p>')
    for i, piece in enumerate(group.pieces, 1):
        caption = f"{group.title}: {piece.title}" if piece.title else group.title
        if piece.title:
            parts.append(f"<h3>{escape(piece.title)}</h3>")
        parts.append(piece_html(piece, f"{name}-{i}", caption, words))
    if not group.pieces:
        parts.append("<p>Nothing was found in it.</p>")
    return "\n".join([*parts, "</section>"])
