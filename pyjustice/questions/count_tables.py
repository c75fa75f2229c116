"""Tables of counts as a user has them, read into the sums of cells that they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.measures.sums import Ints, Kind, Sums

__all__ = ["Published", "Reading", "read_array", "select_cells", "whole_numbers", "with_outside"]

Published: TypeAlias = Sequence[tuple[Any, ...]]
TOTAL = "Total"


@dataclass(frozen=True)
class Reading:
    """A table read: its sums, and where each entry stands.

    Attributes
    ----------
    sums : Sums
    rows, columns : numpy.ndarray of int
        Place of each entry; -1 for one that is not printed.
    row_names, column_names : list of str
    shape : tuple of int
        Of the cells without totals.
    """

    sums: Sums
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    row_names: list[str]
    column_names: list[str]
    shape: tuple[int, ...]

    def place(self, entry: int) -> str:
        """Name an entry by its labels, never by its value."""
        row = self.row_names[self.rows[entry]]
        column = self.columns[entry]
        return f"{row!r}, {self.column_names[column] if column >= 0 else 'what remains'!r}"


def whole_numbers(values: Any, what: str) -> Ints:
    """Take counts as whole numbers; DataError names the first place that holds none."""
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise DataError(f"{what}: expected whole numbers, got an array of {array.dtype}")
    good = np.isfinite(array) & (array >= 0) & (array == np.floor(array)) & (array < 2**53)
    if not good.all():
        at = ", ".join(str(int(i) + 1) for i in np.argwhere(~good)[0])
        raise DataError(
            f"{what}: expected counts (whole numbers from 0, none missing); not so at {at}"
        )
    return array.astype(np.int64)


def _names(given: Sequence[object] | None, n: int, totals: bool, what: str) -> list[str]:
    names = [str(i + 1) for i in range(n)] if given is None else [str(name) for name in given]
    if totals and len(names) == n:
        names.append(TOTAL)
    if len(names) != n + totals:
        raise DataError(f"{what}: expected {n} labels, got {len(names)}")
    if len(set(names)) < len(names):
        raise DataError(f"{what}: expected labels that differ; one is given twice")
    return names


def read_array(
    table: NDArray[Any],
    rows: Sequence[object] | None,
    columns: Sequence[object] | None,
    totals: str,
) -> Reading:
    """Read a table of one or two ways.

    Parameters
    ----------
    table : numpy.ndarray, 1-D or 2-D
    rows, columns : sequence, optional
        Labels, with or without one for the totals.
    totals : {'add', 'last', 'none'}
        Totals are added, stand in the last row and column, or are not published.
    """
    if totals not in ("add", "last", "none"):
        raise DataError(f"totals: expected 'add', 'last' or 'none', got {totals!r}")
    if table.ndim not in (1, 2):
        raise DataError(f"table: expected one or two ways, got {table.ndim}")
    counts = whole_numbers(table, "table")
    one_way = counts.ndim == 1
    grid = counts[:, np.newaxis] if one_way else counts
    ends = (1, 0) if one_way else (1, 1)
    if totals == "last":
        grid = _without_totals(grid, ends)
    if not grid.size:
        raise DataError("table: expected at least one cell")
    if one_way and columns is not None:
        raise DataError("columns: a table of one way has labels in rows=")
    shown = totals != "none"
    n_rows, n_columns = grid.shape
    row_names = _names(rows, n_rows, shown, "rows")
    column_names = ["count"] if one_way else _names(columns, n_columns, shown, "columns")
    with_totals = (ends[0] * shown, ends[1] * shown)
    sums, at_rows, at_columns = _sums(grid, with_totals)
    shape = (n_rows,) if one_way else grid.shape
    return Reading(sums, at_rows, at_columns, row_names, column_names, shape)


def _without_totals(grid: Ints, ends: tuple[int, int]) -> Ints:
    """Take off the last row and column, which have to be the totals of the others."""
    inner = grid[: -ends[0], : -ends[1] or None]
    down, across = inner.sum(axis=0), inner.sum(axis=1)
    if (down != grid[-1, : -ends[1] or None]).any():
        raise DataError("table: the last row is not the total of the rows above it")
    if ends[1] and ((across != grid[:-1, -1]).any() or inner.sum() != grid[-1, -1]):
        raise DataError("table: the last column is not the total of the columns before it")
    return inner


def _sums(grid: Ints, totals: tuple[int, int]) -> tuple[Sums, NDArray[np.intp], NDArray[np.intp]]:
    """Build every printed entry, and the lines that are groups; totals stand behind the cells."""
    n_rows, n_columns = grid.shape
    cells = np.arange(grid.size).reshape(grid.shape)
    places = np.indices((n_rows + totals[0], n_columns + totals[1])).reshape(2, -1)
    parts = np.zeros((places.shape[1], grid.size), np.int64)
    kinds = np.full(len(parts), Kind.TOTAL, np.int8)
    for entry, (row, column) in enumerate(places.T):
        of_rows = slice(None) if row == n_rows else slice(row, row + 1)
        of_columns = slice(None) if column == n_columns else slice(column, column + 1)
        parts[entry, cells[of_rows, of_columns].ravel()] = 1
        if row < n_rows and column < n_columns:
            kinds[entry] = Kind.CELL
    lines = [line for line in (*cells, *cells.T) if len(line) > 1]
    return Sums(parts, grid.ravel(), kinds, lines), places[0], places[1]


def with_outside(sums: Sums, totals: Iterable[tuple[Ints, Any]]) -> Sums:
    """Add what is published already: (variables, total) or (variables, (least, most)).

    DataError if a total is not that of the cells.
    """
    parts, lower, upper = [], [], []
    for i, (variables, total) in enumerate(totals, 1):
        least, most = total if isinstance(total, tuple | list) else (total, total)
        try:
            least, most = float(least), float(most)
        except (TypeError, ValueError):
            raise DataError(
                f"also_published, item {i}: expected a total or (least, most)"
            ) from None
        if not least <= variables @ sums.true <= most:
            raise DataError(f"also_published, item {i}: the cells do not add up to this total")
        parts.append(variables)
        lower.append(least)
        upper.append(most)
    if not parts:
        return sums
    ends = np.array(lower), np.array(upper)
    return Sums(sums.parts, sums.true, sums.kinds, sums.lines, np.array(parts, np.int64), *ends)


def select_cells(reading: Reading, selection: Any, i: int) -> Ints:
    """Return the cells of an array that a mask, or labels, select.

    Parameters
    ----------
    selection : array of bool in the shape of the cells, or mapping
        ``{'rows': labels, 'columns': labels}``; what is left out is all.
    """
    if isinstance(selection, Mapping):
        if not set(selection) <= {"rows", "columns"}:
            raise DataError(f"also_published, item {i}: expected the keys 'rows' and 'columns'")
        chosen = []
        for key, names in (("rows", reading.row_names), ("columns", reading.column_names)):
            n = reading.shape[key == "columns"] if len(reading.shape) == 2 or key == "rows" else 1
            wanted = selection.get(key, names[:n])
            wanted = [wanted] if isinstance(wanted, str) else [str(name) for name in wanted]
            if not set(wanted) <= set(names[:n]):
                raise DataError(f"also_published, item {i}: unknown label in {key!r}")
            chosen.append(np.isin(names[:n], wanted))
        mask = np.outer(*chosen).reshape(reading.shape)
    else:
        mask = np.asarray(selection)
    if mask.dtype != bool or mask.shape != reading.shape:
        raise DataError(f"also_published, item {i}: expected a mask of bool, {reading.shape}")
    return mask.ravel().astype(np.int64)
