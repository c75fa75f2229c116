"""Where the tables of a sheet are: titles, headers, rows and notes, stacked one below the other."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from pyjustice import _core
from pyjustice.ground.dialects import any_sign, explains_sign
from pyjustice.ground.errors import DataError
from pyjustice.ground.table_codes import CellReason
from pyjustice.ground.table_sources import role_of
from pyjustice.readers.header_parts import read_part
from pyjustice.readers.table_files import Cell, Sheet, text_of

__all__ = ["Block", "Leftover", "find_blocks", "looks_like_figure"]

# Reasons of text that is no figure, or only a part of one: '10-14' is an age, 'r' a note.
_NO_FIGURES = frozenset(
    _core.CELL_REASONS.index(reason)
    for reason in (
        *(CellReason.BLANK, CellReason.UNREADABLE, CellReason.NOTE_ALONE, CellReason.RANGE),
    )
)
_YEARS = range(1900, 2101)
_NOTES = re.compile(
    r"(?:foot)?notes?\b|sources?\b|contact|published|crown copyright|\(?\d{1,2}[).]\s|\[note",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:table|figure|chart)\s*[A-Z]?\d", re.IGNORECASE)
_MOST_HEADER_ROWS = 3
# What a header's first cell names: rows of data do not begin so.
_LABELS = ("area", "area_code", "within", "period", "group", "measure")
# A heading of a section is short; what is longer is a note.
_LONGEST_HEADING = 60


@dataclass
class Block:
    """One table: which cells of the sheet are its header, its rows and its notes.

    Attributes
    ----------
    sheet : Sheet
    header : list of int
        Rows of the sheet that make the header, from the top.
    rows : list of int
        Rows of the sheet with its data.
    sections : dict of int to str
        The heading above each row, where a table has headings between its rows.
    gaps : set of int
        Rows with an empty one above them.
    title : str
    notes : list of str
        What stands above and below, in the order of the sheet.
    above : list of str
        Those above.
    note_rows : list of int
        The row of the sheet of each of the notes.
    """

    sheet: Sheet
    header: list[int]
    rows: list[int] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    gaps: set[int] = field(default_factory=set)
    title: str = ""
    notes: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    note_rows: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Leftover:
    """Rows of a sheet that belong to no table, and why."""

    sheet: Sheet
    row: int
    reason: str


@functools.lru_cache(maxsize=65_536)
def _text_is_figure(text: str) -> bool:
    figure = _core.read_figures(
        any_sign(), text.replace("\0", " ").encode("utf-8", "replace") + b"\0"
    )
    return int(figure["reason"][0]) not in _NO_FIGURES


def looks_like_figure(cell: Cell) -> bool:
    """Whether a cell is a number, or text that may be one or stand for one."""
    return not isinstance(cell, str) or _text_is_figure(cell[:80])


def _has_digits(cell: Cell) -> bool:
    return not isinstance(cell, str) or any(char.isdigit() for char in cell)


def is_year(cell: Cell) -> bool:
    """Whether a cell is a bare year."""
    if isinstance(cell, float):
        return cell.is_integer() and int(cell) in _YEARS
    text = cell.strip()
    return len(text) == 4 and text.isdecimal() and int(text) in _YEARS


def find_blocks(
    sheet: Sheet, header: tuple[int, int] | None = None
) -> tuple[list[Block], list[Leftover]]:
    """Find the tables of a sheet.

    Parameters
    ----------
    sheet : Sheet
    header : tuple of int, optional
        First and last line of the header, where the user says which they are.

    Returns
    -------
    blocks : list of Block
    leftover : list of Leftover
        Rows with figures that have no header.

    Raises
    ------
    DataError
        Two rows could each be the header.
    """
    scan = _Scan(sheet, header)
    for row in range(len(sheet.rows)):
        scan.take(row)
    return scan.finish()


class _Scan:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet, header: tuple[int, int] | None) -> None:
        self.sheet = sheet
        self.given = header
        self.blocks: list[Block] = []
        self.leftover: list[Leftover] = []
        self.pending: list[int] = []  # rows of text since the last table, empty ones too
        self.orphans: list[int] = []  # rows of figures whose header has not come yet
        self.block: Block | None = None
        self.section = ""
        self.seen: set[str] = set()  # first labels of the table so far
        self.gap = False

    def filled(self, row: int) -> list[int]:
        """Columns of a row that hold something."""
        cells = self.sheet.rows[row]
        return [i for i, cell in enumerate(cells) if not isinstance(cell, str) or cell.strip()]

    def kind(self, row: int) -> str:
        """'empty', 'text' or 'data'; years alone are the text of a header."""
        cells = self.sheet.rows[row]
        filled = self.filled(row)
        if not filled:
            return "empty"
        figures = [i for i in filled if looks_like_figure(cells[i])]
        if not figures:
            return "text"
        numbers = [cells[i] for i in figures if _has_digits(cells[i])]
        years = len(numbers) > 1 and all(map(is_year, numbers)) and figures[-1] == filled[-1]
        if (
            years
            and len(numbers) == len(figures)
            and len(set(map(text_of, numbers))) == len(numbers)
        ):
            return "text"
        # A lone number in the first column of a sheet is a footnote's or a page's.
        alone = filled == [0] and isinstance(cells[0], str) and not self.sheet.delimited
        return "text" if alone else "data"

    def take(self, row: int) -> None:
        """Read one row."""
        if self.given is not None and self.sheet.lines[row] <= self.given[1]:
            self.pending.append(row)
            if self.sheet.lines[row] == self.given[1]:
                self.start([r for r in self.pending if self.sheet.lines[r] >= self.given[0]])
            return
        kind = self.kind(row)
        if self.block is None:
            self.above(row, kind)
        elif kind == "empty":
            self.gap = True
            self.pending.append(row)
        elif kind == "data":
            self.data(row)
        else:
            self.text(row)

    def above(self, row: int, kind: str) -> None:
        """A row above any header."""
        if kind != "data" or self.is_heading(row):
            self.pending.append(row)
            return
        header = self.header_of(row)
        if not header:
            self.orphans.append(row)
            return
        self.begin(header, row)

    def is_heading(self, row: int) -> bool:
        """Whether a row with numbers in it ('Area', '10-14', '15') names the figures below it."""
        return self.is_over_figures(row) or self.is_over_headings(row)

    def is_over_headings(self, row: int) -> bool:
        """Whether a row names groups of the columns that the row below it names: 'All', '15'."""
        cells = self.sheet.rows[row]
        named = [text_of(cells[i]) for i in self.filled(row) if i > 0]
        below = row + 1 < len(self.sheet.rows) and self.filled(row + 1)
        label = self.first_label(row)
        if len(named) < 2 or not below or (label and looks_like_figure(label)):
            return False
        under = [text_of(self.sheet.rows[row + 1][i]) for i in below if i > 0]
        if len(under) <= len(named) and any(map(looks_like_figure, under)):
            return False  # a row of a table, in which groups are labels
        words = [text for text in (*named, *under) if not looks_like_figure(text)]
        parts = [read_part(text)[0] for text in (*named, *under)]
        return all(p.of or p.measure or p.other for p in parts) and 2 * len(words) > len(parts)

    def is_over_figures(self, row: int) -> bool:
        """Whether a row names the figures of the row right below it."""
        cells = self.sheet.rows[row]
        names_labels = role_of(self.first_label(row)) in _LABELS
        above = self.pending[-1] if self.pending else -1
        if not names_labels and above == row - 1 and self.filled(above) == self.filled(row):
            return False  # the first row below a header that names all of it
        below = self.sheet.rows[row + 1] if row + 1 < len(self.sheet.rows) else []
        named = [i for i in self.filled(row) if i > 0 and not looks_like_figure(cells[i])]
        figures = {
            i for i in range(len(below)) if text_of(below[i]) and looks_like_figure(below[i])
        }
        return (names_labels or any(i in figures for i in named)) and all(
            i in figures or not text_of(below[i]) for i in self.filled(row) if 0 < i < len(below)
        )

    def begin(self, header: list[int], row: int) -> None:
        """Begin a table at its first row of figures; rows of text may stand between."""
        between = [r for r in self.pending if r > header[-1] and self.filled(r)]
        self.start(header)
        for first in between:
            if self.filled(first) == [0]:
                self.section = self.line(first)
            else:
                self.add(self.blocks[-1], first)
        self.data(row)

    def start(self, header: list[int]) -> None:
        """Begin a table; what stands above it is its title and notes."""
        block = Block(self.sheet, header)
        above = [row for row in self.pending if row < header[0] and self.filled(row)]
        self.split_text(block, above)
        last = max(self.orphans, default=-1)
        if any(last < row for row in above):
            self.leave(self.orphans)  # a title came between: they are not of this table
        else:
            block.rows = self.orphans
        self.blocks.append(block)
        self.block, self.pending, self.orphans = block, [], []
        self.section, self.seen, self.gap = "", set(), False

    def split_text(self, block: Block, above: list[int]) -> None:
        """Give the rows of text above a header to it, or to the table before."""
        previous = self.blocks[-1] if self.blocks else None
        if previous is not None:
            own = self.title_rows(above, block.header[0])
            previous.note_rows += [row for row in above if row not in own]
            above = own
        if above:
            block.title = self.line(above[0])
            block.above = [self.line(row) for row in above[1:]]
            block.note_rows += above[1:]

    def title_rows(self, above: list[int], header: int) -> list[int]:
        """The rows below another table that are about the next one."""
        for i in range(len(above) - 1, -1, -1):
            if _TITLE.match(self.line(above[i])):
                return above[i:]
        if above and len(self.line(above[-1])) <= 2 * _LONGEST_HEADING and header - above[-1] <= 2:
            return [] if _NOTES.match(self.line(above[-1])) else above[-1:]
        return []

    def line(self, row: int) -> str:
        """The text of a row."""
        return " | ".join(text_of(self.sheet.rows[row][i]) for i in self.filled(row))

    def header_of(self, row: int) -> list[int]:
        """The rows of text that are the header of the row of figures below them."""
        at = self.last_filled(len(self.pending))
        if at > 1 and self.is_section(self.pending[at - 1]):
            above = self.last_filled(at - 1)
            if above > 0 and len(self.filled(self.pending[above - 1])) > 1:
                at = above  # the heading of a section stands between header and figures
        if at == 0 or not self.may_head(self.pending[at - 1], row):
            return []
        header = [self.pending[at - 1]]
        run = self.full_rows(at)
        if self.sheet.delimited and len(run) > 2:
            return run[:1]  # the others are rows that happen to have no figures
        for above in reversed(self.pending[max(0, at - _MOST_HEADER_ROWS) : at - 1]):
            if not self.is_group_row(above, header[0]):
                break
            header.insert(0, above)
        return header

    def last_filled(self, end: int) -> int:
        """One past the last waiting row before `end` that is not empty; 0 if there is none."""
        while end > 0 and not self.filled(self.pending[end - 1]):
            end -= 1
        return end

    def is_section(self, row: int) -> bool:
        """Whether a row of text can be a heading between the rows of a table."""
        text = self.line(row)
        short = self.filled(row) == [0] and len(text) <= _LONGEST_HEADING
        plain = not _NOTES.match(text) and not _TITLE.match(text)
        return short and plain and not explains_sign(text)

    def full_rows(self, end: int) -> list[int]:
        """The waiting rows, one right above the other, that fill the same columns as the last."""
        filled = self.filled(self.pending[end - 1])
        at = end
        while at > 0 and len(filled) > 1 and self.filled(self.pending[at - 1]) == filled:
            at -= 1
        return self.pending[at:end]

    def may_head(self, row: int, below: int) -> bool:
        """Whether a row of text can be the header of a row of figures."""
        filled = self.filled(row)
        width = len(self.sheet.rows[below])
        if self.sheet.delimited and width == 1:
            return len(filled) == 1
        return len(filled) > 1 or (len(filled) == 1 and filled[0] > 0)

    def is_group_row(self, row: int, below: int) -> bool:
        """Whether a row names groups of the columns that the row below it names."""
        filled = self.filled(row)
        if not filled or filled == [0]:
            return False
        texts = [text_of(self.sheet.rows[row][i]) for i in filled]
        full = self.filled(below)
        under = [text_of(self.sheet.rows[below][i]) for i in full]
        distinct = len(set(texts)) == len(texts) and len(set(under)) == len(under)
        if len(filled) > 1 and filled == full and distinct:
            first, second = self.sheet.lines[row], self.sheet.lines[below]
            raise DataError(
                f"lines {first} and {second} could each be the header: say header={first},"
                f" header={second}, or "
                f"header=({first}, {second}) for both together"
            )
        return len(filled) > 1 or filled[0] > 0

    def data(self, row: int) -> None:
        """A row of figures, inside a table or below one."""
        block = self.block
        assert block is not None
        waiting = [r for r in self.pending if self.filled(r)]
        if (waiting or self.gap) and self.is_heading(row):
            self.pending.append(row)
            return
        if waiting and self.is_over(waiting):
            header = self.header_of(row)
            if header:
                self.begin(header, row)
            else:
                block.note_rows += waiting
                self.block, self.pending, self.orphans = None, [], [row]
            return
        for heading in waiting:
            if self.gap or self.repeats(row) or not block.rows:
                self.section = self.line(heading)
            else:
                self.add(block, heading)  # a row whose figures are all empty
        if self.gap and block.rows:
            block.gaps.add(row)
        self.add(block, row)
        self.pending, self.gap = [], False

    def add(self, block: Block, row: int) -> None:
        block.rows.append(row)
        if self.section:
            block.sections[row] = self.section
        self.seen.add(self.first_label(row))

    def first_label(self, row: int) -> str:
        cells = self.sheet.rows[row]
        return text_of(cells[0]) if cells else ""

    def is_over(self, waiting: list[int]) -> bool:
        """Whether rows of text ended the table, so that figures below them are another's."""
        return len(waiting) > 1 or not self.is_section(waiting[0])

    def repeats(self, row: int) -> bool:
        """Whether a row's label was there before: a heading above it begins a section."""
        return self.first_label(row) in self.seen

    def text(self, row: int) -> None:
        """A row of text below a header."""
        block = self.block
        assert block is not None
        waiting = any(self.filled(r) for r in self.pending)
        filled = self.filled(row)
        if not waiting and len(filled) > 1 and self.completes(row):
            block.header.append(row)
            self.gap = False
            self.pending = []
        elif not waiting and not self.gap and self.is_row(row, filled):
            self.add(block, row)
        else:
            self.pending.append(row)

    def is_row(self, row: int, filled: list[int]) -> bool:
        """Whether text right below other rows is one more row, without figures."""
        block = self.block
        assert block is not None
        if len(filled) == 1 or not (block.rows or self.sheet.delimited):
            return False
        return (
            self.sheet.delimited or len(filled) > 2 or filled[0] == self.filled(block.rows[-1])[0]
        )

    def completes(self, row: int) -> bool:
        """Whether a row names just those columns that the header above has left without a name."""
        block = self.block
        assert block is not None
        named = {i for above in block.header for i in self.filled(above)}
        filled = set(self.filled(row))
        first = min(named)
        labels = {i for i in filled if i < first}
        repeated = {i for i in filled & named if i > first}
        return not repeated and bool(labels) and min(named) not in filled

    def ends_in_row(self, rest: list[int]) -> bool:
        """Whether the last row of a file is one whose figures are all empty, not a note."""
        if self.block is None or not self.block.rows or not rest or not self.sheet.delimited:
            return False
        return rest[0] == self.block.rows[-1] + 1 and not self.is_over(rest[:1])

    def leave(self, rows: list[int]) -> None:
        """List rows that no table has."""
        self.leftover += [Leftover(self.sheet, row, "figures without a header") for row in rows]

    def finish(self) -> tuple[list[Block], list[Leftover]]:
        """Hand over what was found."""
        rest = [row for row in self.pending if self.filled(row)]
        if self.ends_in_row(rest):
            assert self.block is not None
            self.add(self.block, rest.pop(0))
        if self.blocks:
            self.blocks[-1].note_rows += rest
        self.leave(self.orphans)
        if not self.blocks and self.sheet.delimited and not self.orphans:
            self.text_table()
        for block in self.blocks:
            block.note_rows = [row for row in block.note_rows if self.line(row)]
            block.notes = [self.line(row) for row in block.note_rows]
        return self.blocks, self.leftover

    def text_table(self) -> None:
        """Delimited text without any figure: the first full row is the header."""
        rows = [row for row in range(len(self.sheet.rows)) if self.filled(row)]
        width = max((len(self.filled(row)) for row in rows), default=0)
        wide = [row for row in rows if 1 < width == len(self.filled(row))]
        body = [row for row in rows if wide and row > wide[0]]
        # Prose has commas too, but not as many on every line.
        if not body or sum(len(self.filled(row)) > 1 for row in body) < 0.8 * len(body):
            return
        self.pending = [row for row in rows if row <= wide[0]]
        self.start([wide[0]])
        self.blocks[-1].rows = body
