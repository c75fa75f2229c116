"""Blocks, lists, tables and white space of a web page, put together as plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Layout"]

# What HTML calls white space; a no-break space is not among it.
_SPACE = " \t\n\r\f"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_ROUND_BREAK = re.compile(r" *\n *")
_RUN = re.compile(r"  +")
_MAX_INDENT = 8
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Block(NamedTuple):
    """One block of text and where it stood."""

    text: str
    group: int  # blocks of one list or table share it and are not parted by a blank line
    zone: str  # 'main', 'article', 'header' or ''
    title: bool  # from an h1


class Mark(NamedTuple):
    """How much there was when an element opened."""

    blocks: int
    pieces: int
    size: int
    in_links: int
    framed: int


class _List:
    """The counter of one list."""

    def __init__(self, number: int | None, step: int, style: str) -> None:
        self.number = number
        self.step = step
        self.style = style


class Layout:
    """Collects text as elements open and close.

    Attributes
    ----------
    is_title : bool
        The text that follows is in an ``h1``.
    verbatim : int
        Number of open elements in which white space counts.
    """

    def __init__(self) -> None:
        self.is_title = False
        self.verbatim = 0
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._zone = ""
        self._group = 0
        self._groups_open = 0
        self._groups_made = 0
        self._lists: list[_List] = []
        self._marker = ""
        # One entry a table: its rows' cells are collected (True) or are blocks (False).
        self._tables: list[bool] = []
        self._row: list[str] | None = None
        self._in_cell = 0
        self._links = 0
        # Characters in blocks, characters in links, and tables, titles and parts of content met.
        self._size = 0
        self._in_links = 0
        self._framed = 0

    # -- text ----------------------------------------------------------------------------------

    def add(self, text: str) -> None:
        """Take a run of text."""
        if self.verbatim and not self._in_cell:
            self._pieces.append(text)
            return
        text = _SPACES.sub(" ", text)
        if text == " " and not self._pieces:
            return
        if self._links:
            self._in_links += len(text)
        self._pieces.append(text)

    def line_break(self) -> None:
        """Start a new line in the same block."""
        self._pieces.append(" " if self._in_cell else "\n")

    def end_block(self) -> None:
        """End the block that is open, if there is one; in a cell, put a space."""
        if self._in_cell:
            self._pieces.append(" ")
            return
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        text = text.strip("\r\n") if self.verbatim else _collapsed(text)
        if not text.strip():
            return
        if self._marker:
            text, self._marker = self._marker + text, ""
        self._framed += self.is_title
        self._append(text, self.is_title)

    def _append(self, text: str, is_title: bool) -> None:
        self._blocks.append(Block(text, self._group, self._zone, is_title))
        self._size += len(text)

    # -- groups, lists and tables --------------------------------------------------------------

    def open_group(self) -> None:
        """Begin blocks that stand on consecutive lines."""
        if not self._groups_open:
            self._groups_made += 1
            self._group = self._groups_made
        self._groups_open += 1

    def close_group(self) -> None:
        """End what `open_group` began."""
        self._groups_open -= 1
        if not self._groups_open:
            self._group = 0

    def open_list(self, number: int | None, step: int, style: str) -> None:
        """Begin a list whose items count from `number` by `step`, or have bullets."""
        self.open_group()
        self._lists.append(_List(number, step, style))

    def close_list(self) -> None:
        """End the innermost list."""
        self._lists.pop()
        self._marker = ""
        self.close_group()

    def open_item(self, number: int | None) -> None:
        """Begin an item, of a given number if it has one of its own."""
        current = self._lists[-1] if self._lists else None
        if current is None or current.number is None:
            marker = "" if self._in_cell else "- "
        else:
            if number is not None:
                current.number = number
            marker = f"{_numeral(current.number, current.style)}. "
            current.number += current.step
        if self._in_cell:
            self._pieces.append(marker)
        else:
            self._marker = "  " * min(len(self._lists) - 1, _MAX_INDENT) + marker

    def close_item(self) -> None:
        """End an item; the marker of an empty one is not shown."""
        self._marker = ""

    def open_table(self, is_data: bool) -> None:
        """Begin a table: of rows and cells, or (`is_data` false) one that only lays things out."""
        self.end_block()
        # A table in a cell is part of the cell's text.
        is_data = is_data and not self._in_cell
        self._tables.append(is_data)
        if is_data:
            self.open_group()
            self._framed += 1

    def close_table(self) -> None:
        """End the innermost table."""
        if self._tables.pop():
            self.close_group()

    def open_row(self) -> None:
        """Begin a row of the innermost table."""
        self.end_block()
        if self._tables and self._tables[-1] and not self._in_cell:
            self._row = []

    def close_row(self) -> None:
        """End a row: its cells become one line, joined by tabs."""
        if self._row is None or self._in_cell or not self._tables[-1]:
            return
        cells, self._row = self._row, None
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            text = self._marker + "\t".join(cells)
            self._marker = ""
            self._append(text, False)

    def open_cell(self) -> bool:
        """Begin a cell; False if it is a block instead, of a table that only lays things out."""
        self.end_block()
        if self._in_cell or self._row is None:
            return False
        self._in_cell = 1
        return True

    def close_cell(self) -> None:
        """End a cell."""
        self._in_cell = 0
        text = _collapsed("".join(self._pieces).replace("\n", " "))
        self._pieces.clear()
        if self._row is not None:
            self._row.append(text if text.strip() else "")

    # -- zones, links and second thoughts ------------------------------------------------------

    def enter_zone(self, zone: str) -> str:
        """Enter main, article or the site's header; return the zone to go back to."""
        before = self._zone
        self._framed += zone != "header"
        if before != "main":
            self._zone = zone
        return before

    def leave_zone(self, before: str) -> None:
        """Go back to the zone that `enter_zone` returned."""
        self._zone = before

    def open_link(self) -> None:
        """Begin a link."""
        self._links += 1

    def close_link(self) -> None:
        """End a link."""
        self._links -= 1

    def mark(self) -> Mark:
        """Remember this place."""
        counts = (self._size, self._in_links, self._framed)
        return Mark(len(self._blocks), len(self._pieces), *counts)

    def drop(self, mark: Mark) -> None:
        """Forget the blocks since `mark`; a cell's text is never forgotten."""
        del self._blocks[mark.blocks :]
        self._size, self._in_links, self._framed = mark.size, mark.in_links, mark.framed

    def drop_short(self, mark: Mark, limit: int) -> None:
        """Forget the text since `mark` if it is within one block and at most `limit` long."""
        if len(self._blocks) == mark.blocks:
            since = "".join(self._pieces[mark.pieces :])
            if len(since.strip()) <= limit:
                del self._pieces[mark.pieces :]

    def size_since(self, mark: Mark) -> int:
        """Characters in the blocks since `mark`."""
        return self._size - mark.size

    def framed_since(self, mark: Mark) -> bool:
        """Whether a table, a title, main or an article has come since `mark`."""
        return self._framed > mark.framed

    def mostly_links_since(self, mark: Mark) -> bool:
        """Whether at least half of the text since `mark` is in links."""
        return 2 * (self._in_links - mark.in_links) >= self.size_since(mark)

    # -- result --------------------------------------------------------------------------------

    def text(self) -> str:
        """Join what was kept to one text, '' if there is none."""
        self.end_block()
        parts: list[str] = []
        group = 0
        for block in _chosen(self._blocks):
            if parts:
                parts.append("\n" if group and block.group == group else "\n\n")
            group = block.group
            parts.append(block.text)
        if parts:
            parts.append("\n")
        return "".join(parts)


def _chosen(blocks: list[Block]) -> list[Block]:
    """Leave out the site's header unless it has the only title, and what is beside the content.

    The content is main if that holds at least half of the text, or else the articles if they do.
    """
    titled = any(block.title for block in blocks if block.zone != "header")
    if titled or not any(block.title for block in blocks):
        rest = [block for block in blocks if block.zone != "header"]
        blocks = rest or blocks
    for zone in ("main", "article"):
        inside = [block for block in blocks if block.zone == zone]
        beside = [block for block in blocks if block.zone != zone and not block.title]
        if inside and _size(inside) >= _size(beside):
            if any(block.title for block in inside):
                return inside
            return [block for block in blocks if block.zone == zone or block.title]
    return blocks


def _size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _collapsed(text: str) -> str:
    """Collapse spaces and trim lines; line breaks stay."""
    # Runs first: on a long run of spaces the other pattern would take the square of its length.
    if "  " in text:
        text = _RUN.sub(" ", text)
    if "\n" in text:
        text = _ROUND_BREAK.sub("\n", text)
    return text.strip(_SPACE)


def _numeral(number: int, style: str) -> str:
    """Write a list item's number in the style of its list ('1', 'a', 'A', 'i' or 'I')."""
    if style in ("i", "I") and 0 < number < 4000:
        numeral = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            numeral += letters * count
        return numeral if style == "i" else numeral.upper()
    if style in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(ord(style) + digit) + letters
        return letters
    return str(number)
