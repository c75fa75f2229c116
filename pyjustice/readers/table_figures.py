"""Columns of a table: which are labels, which are figures, and the figures read by the engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pyjustice import _core
from pyjustice.ground.dtypes import FIGURE_DTYPE
from pyjustice.ground.table_codes import NOTES, CellReason
from pyjustice.readers.header_parts import names_figures
from pyjustice.readers.table_files import Cell, text_of
from pyjustice.readers.table_shapes import Block, is_year, looks_like_figure

__all__ = ["CODES", "Column", "empty_figures", "read_columns", "settle"]

Rows = NDArray[np.void]

CODES = {CellReason(text): code for code, text in enumerate(_core.CELL_REASONS)}
_VALUE, _BLANK = CODES[CellReason.VALUE], CODES[CellReason.BLANK]
_UNREADABLE, _ALONE = CODES[CellReason.UNREADABLE], CODES[CellReason.NOTE_ALONE]
# A column is one of figures if so many of its cells are.
_FIGURES = 0.5
# A column of notes has no more different ones than this.
_MOST_NOTES = 8


@dataclass
class Column:
    """One column of a table.

    Attributes
    ----------
    place : int
        1-based column of the sheet; 0 for the headings between its rows.
    header : tuple of str
        Its names from the top: group, then own.
    name : str
        The names joined, and told apart where two columns have the same.
    texts : list of str
        Its cells as printed.
    figures : numpy.ndarray of FIGURE_DTYPE or None
        None for a column of labels.
    notes : list of str
        Footnotes of its cells, '' for none.
    places : numpy.ndarray of int or None
        The column of the sheet of each cell, where they are from several.
    """

    place: int
    header: tuple[str, ...]
    name: str
    texts: list[str]
    figures: Rows | None = None
    notes: list[str] = field(default_factory=list)
    places: NDArray[np.int_] | None = None

    @property
    def is_figures(self) -> bool:
        """Whether it holds figures, not labels."""
        return self.figures is not None


def read_columns(
    block: Block, markers: _core.Markers, is_label: Callable[[str], bool]
) -> list[Column]:
    """Read the columns of a table.

    Parameters
    ----------
    block : Block
    markers : Markers
        What signs stand for.
    is_label : callable
        Whether a header names labels, though its cells be numbers.

    Returns
    -------
    list of Column
        Empty columns without a name are left out; those that hold nothing but notes of the column
        before them are merged into it.
    """
    rows = [block.sheet.rows[row] for row in block.rows]
    headers = _headers(block)
    width = max([len(row) for row in rows] + [max(headers, default=-1) + 1], default=0)
    columns: list[Column] = []
    for i in range(width):
        cells = [row[i] if i < len(row) else "" for row in rows]
        header = headers.get(i, ())
        texts = list(map(text_of, cells))
        if not header and not any(texts):
            continue
        column = Column(i + 1, header, " | ".join(header), texts)
        columns.append(column)
        if not is_label(column.name):
            leftmost = len(columns) == 1
            column.figures = _figures(cells, texts, markers, header, leftmost=leftmost)
    columns = _with_notes_of(columns)
    if block.sections:
        texts = [block.sections.get(row, "") for row in block.rows]
        columns.insert(0, Column(0, ("section",), "section", texts))
    if not block.sheet.delimited:
        _fill_down(block, columns)
    _name_apart(columns)
    for column in columns:
        if column.figures is not None and not column.notes:
            column.notes = [_note_text(row) for row in column.figures]
    return columns


def _headers(block: Block) -> dict[int, tuple[str, ...]]:
    """The names of each column from the top; a group's name spans to the next one of its row."""
    sheet = block.sheet
    names: dict[int, list[str]] = {}
    reach: set[str] = set()
    rows = sorted(block.header)
    named = sorted({i for row in rows for i, c in enumerate(sheet.rows[row]) if text_of(c)})
    for row in rows:
        cells = list(map(text_of, sheet.rows[row]))
        spans = _spans(block, row, cells, named, row + 1 in rows)
        for i, text in spans.items():
            if text and (text not in names.get(i, []) or text in reach):
                names.setdefault(i, []).append(text)
        # 'Unknown' below an 'Unknown' that reaches over several columns is another one.
        texts = list(spans.values())
        reach.update(text for text in texts if texts.count(text) > 1)
    return {i: tuple(texts) for i, texts in names.items()}


def _spans(
    block: Block, row: int, cells: Sequence[str], named: Sequence[int], group: bool
) -> dict[int, str]:
    """The name that a row of a header gives each column."""
    made = {i: text for i, text in enumerate(cells) if text}
    if not group:
        return made
    merged = [
        (left, right)
        for (top, left), (_, right) in block.sheet.merged
        if top == row and left in made
    ]
    for left, right in merged:
        made |= dict.fromkeys(range(left, right + 1), made[left])
    if merged or not made:
        return made
    # Without merged cells a group reaches to the next one; the columns of labels have none.
    below: set[int] = set()
    while (row := row + 1) in block.header:
        below.update(i for i, cell in enumerate(block.sheet.rows[row]) if text_of(cell))
    current = ""
    for i in named:
        current = made.get(i, current)
        if current and i in below:
            made[i] = current
    return made


def _figures(
    cells: Sequence[Cell],
    texts: Sequence[str],
    markers: _core.Markers,
    header: Sequence[str],
    *,
    leftmost: bool,
) -> Rows | None:
    """Read a column; None if most of it is text, or it is the leftmost and all years."""
    filled = [cell for cell, text in zip(cells, texts, strict=True) if text]
    likely = sum(map(looks_like_figure, filled))
    # A column of nothing but notes ('R') is one of figures that have gone missing, for now.
    noted = len(set(filled)) <= _MOST_NOTES and not leftmost
    if not filled and not leftmost and names_figures(header):
        return _core.read_figures(markers, b"\0" * len(cells))
    if not filled or (leftmost and all(map(is_year, filled))):
        return None
    if likely < _FIGURES * len(filled) and not noted:
        return None
    packed = "".join(
        f"{'' if isinstance(cell, float) else text.replace(chr(0), chr(0xFFFD))}\0"
        for cell, text in zip(cells, texts, strict=True)
    )
    figures = _core.read_figures(markers, packed.encode("utf-8", "replace"))
    stored = np.array([isinstance(cell, float) for cell in cells])
    numbers = np.array([cell for cell in cells if isinstance(cell, float)])
    if len(numbers):
        for name in ("value", "lower", "upper"):
            figures[name][stored] = numbers
        figures["reason"][stored] = np.where(np.isfinite(numbers), _VALUE, _UNREADABLE)
    read = np.isin(figures["reason"], (_VALUE, *(CODES[r] for r in _PROOF)))
    alone = np.isin(figures["reason"], (_ALONE, _BLANK)).all()
    if alone:
        return figures
    if leftmost and not (figures["reason"] == _VALUE).any():
        return None  # names, though they look like signs
    if not read.any() or (figures["reason"] == _UNREADABLE).sum() > _FIGURES * len(filled):
        return None
    return figures


# Reasons of cells that show that their column holds figures.
_PROOF = tuple(
    reason
    for reason in CellReason
    if reason not in (CellReason.BLANK, CellReason.UNREADABLE, CellReason.NOTE_ALONE)
)


def _with_notes_of(columns: list[Column]) -> list[Column]:
    """Merge columns of nothing but notes into the figures before them."""
    kept: list[Column] = []
    for column in columns:
        before = kept[-1] if kept else None
        figures = column.figures
        if (
            before is not None
            and before.figures is not None
            and figures is not None
            and np.isin(figures["reason"], (_ALONE, _BLANK)).all()
            and (figures["reason"] == _ALONE).any()
        ):
            before.figures["notes"] |= figures["notes"]
            texts = zip(before.figures, figures, strict=True)
            before.notes = [_note_text(row, own["footnote"]) for row, own in texts]
            continue
        kept.append(column)
    return kept


def _note_text(figure: np.void, more: str = "") -> str:
    """The notes of a cell as text: 'revised; 4'."""
    bits = int(figure["notes"])
    notes = [note for i, note in enumerate(NOTES) if bits >> i & 1]
    return "; ".join([*notes, *filter(None, (str(figure["footnote"]), str(more)))])


def _fill_down(block: Block, columns: Sequence[Column]) -> None:
    """In a workbook an empty label means 'as above', as far as the next empty row."""
    labels = [column for column in columns if not column.is_figures]
    for column, *others in (labels[i:] for i in range(len(labels) - 1)):
        above = ""
        for at, row in enumerate(block.rows):
            if row in block.gaps:
                above = ""
            if not column.texts[at] and any(other.texts[at] for other in others):
                column.texts[at] = above
            above = column.texts[at]


def _name_apart(columns: Sequence[Column]) -> None:
    """Give a name to columns without one, and tell apart those with the same."""
    seen: set[str] = set()
    for column in columns:
        name = column.name or f"(column {column.place})"
        column.name = name if name not in seen else f"{name} (column {column.place})"
        seen.add(column.name)


def settle(
    figures: Rows, measured: NDArray[np.bool_], groups: NDArray[np.int_], step: float, *, sure: bool
) -> None:
    """Set bounds that depend on the rest of a column.

    Parameters
    ----------
    figures : numpy.ndarray of FIGURE_DTYPE
        Changed in place.
    measured : numpy.ndarray of bool
        Cells that are rates or shares: a whole number among them is rounded, not counted.
    groups : numpy.ndarray of int
        Cells of one group measure the same thing.
    step : float
        What whole counts are rounded to; 0 if they are not.
    sure : bool
        Whether cells of one group are printed to the same places, so that '2' among '5.1' is 2.0.
        If not, it may be rounded to a whole.
    """
    if not len(figures):
        return
    printed = figures["decimals"].astype(int)
    valued = figures["reason"] == _VALUE
    places = np.zeros(int(groups.max()) + 1, int)
    np.maximum.at(places, groups, printed)
    own = places[groups]
    whole = valued & (printed == 0) & (figures["lower"] == figures["upper"])
    unit = 10.0**-own if sure else np.ones(len(figures))
    half = np.where(measured | (own > 0), unit / 2, step / 2)
    half[~whole] = 0
    figures["lower"] -= half
    figures["upper"] += half
    if not (figures["value"] < 0).any():  # no differences, of which 0 may be -0.4
        figures["lower"][whole] = np.maximum(figures["lower"][whole], 0)
    _settle_low(figures, groups, np.where(measured | (own > 0), 10.0**-own, step or 1.0))


def _settle_low(figures: Rows, groups: NDArray[np.int_], unit: NDArray[np.float64]) -> None:
    """Turn bounds in last digits into numbers; none where a workbook hides how it prints."""
    low = figures["last_digit"].astype(bool)
    value = figures["value"]
    hidden = (figures["reason"] == _VALUE) & (figures["decimals"] < 0) & (value != np.round(value))
    unknown = np.isin(groups, groups[hidden])
    for name in ("lower", "upper"):
        figures[name][low] *= unit[low]
    figures["upper"][low & unknown] = math.nan


def empty_figures(n: int) -> Rows:
    """Figures of a column that is not there."""
    figures = np.zeros(n, FIGURE_DTYPE)
    figures["reason"] = CODES[CellReason.NO_COLUMN]
    for name in ("value", "lower", "upper"):
        figures[name] = math.nan
    return figures
