"""Results of a measure for people: a line a row, and in words what can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pyjustice.looks.columns import cell_of, columns_of, sentences_of
from pyjustice.looks.output import number_of, plain
from pyjustice.looks.page_parts import flag_meanings
from pyjustice.looks.pieces import Piece, Rows

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show_figures"]

# What 80 characters have room for, by first field; CSV and JSON have every field.
_HEADINGS = {
    "change": {
        "name": "Area", "before": "Before", "after": "After", "ratio": "Ratio (interval)",
        "q": "q", "flag": "Note",
    },
    "funnel": {
        "name": "Area", "observed": "Observed", "expected": "Expected", "ratio": "Ratio",
        "lower_998": "99.8 % limits", "outside": "Stands",
    },
    "disparity": {
        "group": "Group", "events": "Events", "base": "Of", "ratio": "Ratio (interval)", "q": "q",
        "flag": "Note",
    },
    "adjusted": {
        "group": "Group", "events": "Events", "base": "Of", "ratio": "Ratio (interval)",
        "adjusted_ratio": "Like for like", "q": "q", "flag": "Note",
    },
}  # fmt: skip
_RIGHT = ("count", "number", "p", "interval", "limits")


def show_figures(console: Console, kind: str, rows: Rows) -> None:
    """Show a result of `change`, `funnel` or `disparity`."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if not len(rows):
        console.print("No row in it.")
        return
    piece = Piece("", kind, rows, np.zeros((len(rows), len(rows.dtype.names or ())), "U9"))
    headings = _HEADINGS[kind]
    columns = [column for column in columns_of(piece) if column.fields[0] in headings]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in columns:
        right = column.form in _RIGHT
        table.add_column(
            Text(headings[column.fields[0]]), justify="right" if right else "left", no_wrap=right,
            overflow="fold",
        )  # fmt: skip
    for i in range(len(rows)):
        table.add_row(*(Text(plain(cell_of(piece, i, column).text)) for column in columns))
    console.print(table)
    said, left = sentences_of(piece)
    for one in said:
        console.print()
        console.print(Text(plain(one)))
    if left:
        console.print()
        others = "does not stand out" if left == 1 else "do not stand out"
        console.print(f"{number_of(left, 'row')} {others}.", style="dim")
    for flag, text in flag_meanings(piece).items():
        console.print()
        console.print(flag, style="bold")
        console.print(Padding(text, (0, 0, 0, 2)))
