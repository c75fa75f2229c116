"""Rows that could not be read: their places, and the error for the first of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pyjustice import _core
from pyjustice.ground.dtypes import REFUSED_DTYPE
from pyjustice.ground.errors import ParseError
from pyjustice.ground.shorten import cut

__all__ = ["MOST_REFUSED", "Refusals"]

# Places that are kept; all are counted. A file of another kind refuses every row it has.
MOST_REFUSED = 1000

_EngineRows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]


class Refusals:
    """Rows of one or more files that were refused.

    Attributes
    ----------
    rows, count : int
        Rows read in all, and those refused.
    columns : dict of int to (int, int)
        For each column (1-based) with faults of its own how many, and the first line; what the
        engine refused is not among them.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.count = 0
        self.columns: dict[int, tuple[int, int]] = {}
        self._places: list[tuple[str, int, int, str]] = []

    def add_engine(self, path: str, found: _EngineRows, count: int, first_line: int) -> None:
        """Add what the engine refused; its lines count from the first record."""
        self.count += count
        lines, columns, reasons = (part[:MOST_REFUSED].tolist() for part in found)
        for line, column, reason in zip(lines, columns, reasons, strict=True):
            place = (path, line + first_line - 1, column, _core.REASONS[reason])
            self._places.append(place)

    def add(self, path: str, lines: Sequence[int], column: int, reason: str) -> None:
        """Add rows, in their order, refused for what stands in one column (1-based; 0: no one)."""
        self.count += len(lines)
        if lines:
            had, first = self.columns.get(column, (0, lines[0]))
            self.columns[column] = had + len(lines), min(first, lines[0])
        self._places += [(path, int(line), column, reason) for line in lines[:MOST_REFUSED]]

    def add_all(self, other: Refusals) -> None:
        """Add those of another file."""
        self.rows += other.rows
        self.count += other.count
        self._places += other._places

    def sorted(self) -> list[tuple[str, int, int, str]]:
        """Places in the order of the lines of each file, the first `MOST_REFUSED`."""
        order = {path: i for i, path in enumerate(dict.fromkeys(p[0] for p in self._places))}
        return sorted(self._places, key=lambda p: (order[p[0]], *p[1:]))[:MOST_REFUSED]

    def as_array(self) -> NDArray[np.void]:
        """The places as REFUSED rows; ``start`` is not known."""
        made = np.zeros(min(len(self._places), MOST_REFUSED), REFUSED_DTYPE)
        for row, (path, line, column, reason) in zip(made, self.sorted(), strict=True):
            row["source"] = cut(path, 256)
            row["line"], row["column"], row["start"] = line, column or -1, -1
            row["reason"] = reason
        return made

    def error(self, names: Sequence[str]) -> ParseError:
        """The error for the first place, naming the header of its column."""
        path, line, column, reason = self.sorted()[0]
        header = names[column - 1] if 0 < column <= len(names) else ""
        more = f" (and {self.count - 1:,} more)" if self.count > 1 else ""
        return ParseError(f"{_SAYS.get(reason, reason)}{more}", path, line, column, header)


_SAYS = {
    "not an answer": "expected yes, no, not applicable, don't know or nothing",
    "not a date": "expected a date such as 18/02/2025",
    "not a whole number": "expected a whole number",
    "not a question": "expected a key question of the framework",
    "answered twice": "this case has an answer to this question on an earlier line",
    "no case": "expected which case the answer is about",
}
