"""The words of a document that a row was read from, and what stands around them."""

from __future__ import annotations

from typing import Any, NamedTuple

from pyjustice.ground.shorten import cut
from pyjustice.readers.reports import Reports

__all__ = ["Passage", "excerpt_of", "passage_of"]

# Characters of an excerpt, and of what is shown before or after it.
LONGEST = 400
_AROUND = 80
# A line that has no more beside the words is shown with the one before: in a table of one cell a
# line, that is the name of the standard.
_LITTLE = 12
_ENDS = b"\n\r\f"


class Passage(NamedTuple):
    """Words of a document, and those before and after them, each on one line."""

    before: str
    words: str
    after: str


def excerpt_of(reports: Reports, row: Any) -> str:
    """Return the words of a row on one line, cut where they are long."""
    return cut(" ".join(reports.excerpt(row).split()), LONGEST)


def passage_of(reports: Reports, row: Any) -> Passage:
    """Return the words of a row with the rest of their lines, '' for each if it has no place."""
    if row["start"] < 0:
        return Passage("", "", "")
    text = reports.text(int(row["report"])).encode()
    start, end = int(row["start"]), int(row["end"])
    first = _line_start(text, start)
    last = min((at for sign in _ENDS if (at := text.find(sign, end)) >= 0), default=len(text))
    before, after = (_one_line(part) for part in (text[first:start], text[end:last]))
    if len(before) + len(after) <= _LITTLE:
        above = text[:first].rstrip()
        before = f"{_one_line(above[_line_start(above, len(above)) :])} {before}".strip()
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    words = excerpt_of(reports, row)
    # Cells that ran together are set apart; quotes stay with the words.
    return Passage(
        before + " " * (before[-1:].isalnum() or text[start - 1 : start].isspace()),
        words,
        " " * (after[:1].isalnum() or text[end : end + 1].isspace()) + cut(after, _AROUND),
    )


def _line_start(text: bytes, at: int) -> int:
    return max(text.rfind(sign, 0, at) for sign in _ENDS) + 1


def _one_line(text: bytes) -> str:
    return " ".join(text.decode(errors="replace").split())
