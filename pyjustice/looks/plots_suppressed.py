"""Picture of a table that is safe to publish, with what is hidden in it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.disclosure import publisher
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_rows import page_of
from pyjustice.looks.plots_style import (
    GREY,
    HATCH,
    INK,
    PALE,
    SMALL_TEXT,
    TEXT,
    cut,
    finish,
    new_axes,
)
from pyjustice.questions.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["suppressed"]

# Of the rows of a measure: alike in all of them, so that a table does without.
_SETTINGS = ("per", "level", "family")
_NO_NAMES = ("flag", "kind", "method", "reference")
# More columns than this have upright names; of a measure's fields no more are drawn unasked.
_WIDE = 8
_ENDS = ("_lower", "_upper", "_least", "_most")


def suppressed(
    safe: Any, *, fields: Sequence[str] | None = None, most: int | None = 24, page: int = 1,
    ax: Axes | None = None, title: str = "", source: str = "",
) -> Axes:  # fmt: skip
    """Draw a safe table, what is hidden in it hatched.

    Parameters
    ----------
    safe : Suppressed
        What `pj.suppress` returns, of a table or of the rows of a measure.
    fields : sequence of str, optional
        Of rows, which of their figures. Left out, all of them; without limits and no more than the
        first eight where there are more.
    most : int or None
        Rows in a picture; None for all, however tall it gets.
    page : int
        Which part of the rows, from 1, where there are more.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        The table's cells with their figures. Small counts, what is hidden to protect them, and
        what was computed from either have hatches of their own; no bounds are shown.

    Raises
    ------
    DataError
        Not the result of `pj.suppress`, or an empty one; fields that it does not have; a page that
        there is not.

    Notes
    -----
    Signs are those of the Government Statistical Service. A table of more than two ways is drawn
    from rows with a field for each way; its names are then joined.

    Examples
    --------
    >>> import pyjustice as pj
    >>> ax = pj.plots.suppressed(pj.suppress([[12, 3, 20], [9, 14, 8]], below=5))
    >>> [text.get_text() for text in ax.texts[:4]]
    ['[x]', '[c]', '20', '35']
    """
    if not hasattr(safe, "reasons"):
        raise DataError("safe: expected the result of suppress()")
    if not safe.reasons().size:
        raise DataError("safe: expected a table with cells, got an empty one")
    names, columns, cells, reasons, left_out = _texts(safe, fields)
    part, paged = page_of(len(names), most, page)
    names, cells, reasons = names[part], cells[part], reasons[part]
    wide = len(columns) > _WIDE
    ax = new_axes(ax, height=(3.0 if wide else 2.0) + 0.42 * min(len(names), 8)
                  + 0.22 * max(len(names) - 8, 0))  # fmt: skip
    for row, column in np.ndindex(reasons.shape):
        _table_cell(ax, (column, row), cells[row][column], str(reasons[row, column]),
                    SMALL_TEXT if wide else TEXT)  # fmt: skip
    ax.set_xlim(0, len(columns))
    ax.set_ylim(len(names), 0)
    ax.xaxis.tick_top()
    heads = [cut(name.replace("_", " ") if safe.table.dtype.names else name, 32)
             for name in columns]  # fmt: skip
    ax.set_xticks(np.arange(len(columns)) + 0.5,
                  [textwrap.fill(head, 24 if wide else 14) for head in heads],
                  rotation=90 if wide else 0, fontsize=SMALL_TEXT + 1)  # fmt: skip
    ax.set_yticks(np.arange(len(names)) + 0.5, [cut(name, 34) for name in names])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    marks = publisher("gss")
    notes = [f"{mark} {said}" if (mark := getattr(marks, reason, "")) else said
             for reason, said in safe.notes()]  # fmt: skip
    notes += [" ".join(filter(None, [paged, left_out]))]
    return finish(ax, title or "Counts that are safe to publish", notes, source)


def _texts(
    safe: Any, fields: Sequence[str] | None
) -> tuple[list[str], list[str], list[list[Any]], Any, str]:
    """Names of rows and columns, cells, their reasons, and what is said of fields left out."""
    reasons = safe.reasons()
    names = safe.table.dtype.names
    if names is None:
        if fields is not None:
            raise DataError("fields: expected none, for the table is no array of rows")
        cells = safe.table.reshape(len(safe.rows), -1).tolist()
        columns = list(safe.columns) if safe.table.ndim == 2 else ["Count"]
        return list(safe.rows), columns, cells, reasons, ""
    table = safe.table.reshape(-1)
    figures = [name for name in names if table.dtype[name].kind in "iuf"
               and name not in _SETTINGS]  # fmt: skip
    shown = _chosen(figures, fields)
    labels = [name for name in names if table.dtype[name].kind == "U"
              and name not in _NO_NAMES]  # fmt: skip
    joined = [" ".join(filter(None, map(str, row))) for row in table[labels].tolist()]
    said = [name or row for name, row in zip(joined, safe.rows, strict=True)]
    left_out = len(figures) - len(shown)
    note = f"{left_out} more fields are not drawn." * (left_out > 0)
    own = reasons[:, [names.index(name) for name in shown]]
    return said, shown, [list(row) for row in table[shown].tolist()], own, note


def _chosen(figures: list[str], fields: Sequence[str] | None) -> list[str]:
    if fields is not None:
        unknown = [name for name in fields if name not in figures]
        if unknown or not len(fields):
            raise DataError(f"fields: expected some of {', '.join(figures)}, got {list(fields)!r}")
        return list(fields)
    if len(figures) <= _WIDE:
        return figures
    return [name for name in figures if not name.endswith(_ENDS)][:_WIDE]


def _table_cell(ax: Axes, at: tuple[int, int], value: Any, reason: str, size: float) -> None:
    from matplotlib.patches import Rectangle

    hatch = {"primary": HATCH, "secondary": "\\\\\\\\", "derived": "xx"}.get(reason)
    ax.add_patch(Rectangle(at, 1, 1, facecolor="white", edgecolor=GREY if hatch else PALE,
                           hatch=hatch, linewidth=0.8, gid=reason))  # fmt: skip
    text = getattr(publisher("gss"), reason) if hatch else "" if value != value else number(value)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    ax.text(at[0] + 0.5, at[1] + 0.5, text, ha="center", va="center", fontsize=size, color=INK,
            in_layout=False, bbox=box)  # fmt: skip
