"""The fewest cells that protect a table, by trying every choice; and options to draw from."""

import itertools
from types import SimpleNamespace

import numpy as np

from tests.tools.outsider import Outsider

OPTIONS = {
    "below": [3, 5, 6],
    "zeros": ["show", "show", "hide"],
    "all_in_one": ["hide", "hide", "show"],
    "round_to": [None, None, None, 5, 10],
    "minimise": ["cells", "total"],
}


def drawn_options(random: np.random.Generator) -> dict:
    return {name: own[random.integers(len(own))] for name, own in OPTIONS.items()}


def with_totals(table: np.ndarray) -> np.ndarray:
    """Put the totals of rows, columns and all behind the cells."""
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def fewest(table: np.ndarray, below: int) -> int:
    """Count the secondary cells, small totals included, that protect a table at least.

    Zeros and groups in one cell are shown. A choice in which a hidden entry is alone in its row or
    column, so that subtraction gives it, is worth no more than one without this entry, which was
    tried before: such choices are passed over.
    """
    whole = with_totals(table)
    small = (whole > 0) & (whole < below)
    inner = np.zeros(whole.shape, bool)
    inner[:-1, :-1] = True
    free = [tuple(at) for at in np.argwhere(whole >= below).tolist()]
    for n in range(len(free) + 1):
        for chosen in itertools.combinations(free, n):
            hidden = small.copy()
            hidden[tuple(zip(*chosen, strict=True)) if chosen else ([], [])] = True
            if (hidden.sum(0) == 1).any() or (hidden.sum(1) == 1).any():
                continue
            if _protects(whole, small, hidden, inner, below):
                return n + int((small & ~inner).sum())
    raise AssertionError("to hide everything protects")


def _protects(
    whole: np.ndarray, small: np.ndarray, hidden: np.ndarray, inner: np.ndarray, below: int
) -> bool:
    reason = np.where(hidden, np.where(small & inner, "primary", "secondary"), "shown")
    rules = {"below": below, "zeros": "show", "all_in_one": "show", "round_to": None}
    copy = SimpleNamespace(table=np.where(hidden, np.nan, whole), reason=reason, **rules)
    outsider = Outsider(copy)
    for row, column in np.argwhere(small).tolist():
        # A total is at least the number of its small parts, each of which is marked as one or more.
        rows = slice(None, -1) if row == len(whole) - 1 else row
        columns = slice(None, -1) if column == whole.shape[1] - 1 else column
        least = int((small & inner)[rows, columns].sum())
        for value in (least, below - 1, *range(least, below)):
            if not outsider.can_be((row, column), value):
                return False
    return True
