"""Cells of made-up files as tables of bytes, so that numpy writes millions of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cells", "Draws", "Quoting", "join", "lookup", "numbered"]

Codes = NDArray[np.intp]
Bytes = NDArray[np.uint8]

_DRAW = 1 << 16


class Draws:
    """Whole numbers from 0 to 65,535, so many for each row.

    They are the raw output of PCG64, which numpy keeps the same in all its versions and on all
    machines; its distributions it does not. A row's numbers depend on the seed and the row alone.
    """

    def __init__(self, seed: int, stream: int, each: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(stream,)))
        self._words = -(-each // 4)

    def rows(self, count: int) -> Iterator[Codes]:
        """Yield one number for each of the next `count` rows, again and again."""
        raw = np.asarray(self._bits.random_raw(count * self._words)).astype("<u8", copy=False)
        yield from raw.view("<u2").reshape(count, -1).T.astype(np.intp)


def lookup(weights: Sequence[int]) -> Codes:
    """Return the code that each number drawn stands for, codes as often as their weights say."""
    ends = np.cumsum(weights) * _DRAW // sum(weights)
    return np.searchsorted(ends, np.arange(_DRAW), side="right").astype(np.intp)


class Quoting:
    """How cells are written: the delimiter, and whether one text has several spellings.

    Parameters
    ----------
    delimiter : str
    messy : bool
        Write each text in four ways: as it is, padded, in quotes, and in quotes and padded.
    """

    def __init__(self, delimiter: str = ",", *, messy: bool = False) -> None:
        self.delimiter = delimiter
        self.messy = messy

    def cell(self, text: str, *, always: bool = False) -> str:
        """Return a cell, in quotes where it needs them."""
        if always or any(sign in text for sign in (self.delimiter, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    def spellings(self, texts: Sequence[str]) -> list[str]:
        """Return the cells that stand for one text, given in one or more spellings."""
        if not self.messy:
            return [self.cell(texts[0])]
        ways = []
        for text in texts:
            padded = f" {text} " if text else "  "
            ways += [self.cell(text), self.cell(padded)]
            ways += [self.cell(text, always=True), self.cell(padded, always=True)]
        return ways


class Cells:
    """The cells of a column: for each code one or more spellings, each with the delimiter behind.

    Parameters
    ----------
    texts : sequence of sequences of str
        The spellings of each code; a code's first is the plain one.
    quoting : Quoting
    end : str, optional
        What stands behind a cell; the delimiter if None.
    """

    def __init__(
        self, texts: Sequence[Sequence[str]], quoting: Quoting, end: str | None = None
    ) -> None:
        behind = quoting.delimiter if end is None else end
        ways = [quoting.spellings(own) for own in texts]
        cells = [(way + behind).encode() for own in ways for way in own]
        self.counts = np.array([len(own) for own in ways], np.intp)
        self._first = np.cumsum(self.counts) - self.counts
        # NUL fills the cells up, and is taken out of the finished rows.
        self._table = np.array(cells, f"S{max(map(len, cells))}")

    def take(self, codes: Codes, draw: Codes | None = None) -> Bytes:
        """Return the cells of some rows as bytes, shape (rows, width); a draw picks a spelling."""
        place = self._first[codes]
        if draw is not None:
            place += (draw * self.counts[codes]) >> 16
        cells: Bytes = self._table[place].view(np.uint8).reshape(len(codes), -1)
        return cells


def numbered(prefix: str, numbers: Codes, digits: int, end: str) -> Bytes:
    """Return cells such as 'C0000012,' as bytes, shape (rows, width)."""
    before, behind = prefix.encode(), end.encode()
    made = np.empty((len(numbers), len(before) + digits + len(behind)), np.uint8)
    made[:, : len(before)] = np.frombuffer(before, np.uint8)
    rest = numbers
    for column in range(len(before) + digits - 1, len(before) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        made[:, column] = digit + ord("0")
    made[:, len(before) + digits :] = np.frombuffer(behind, np.uint8)
    return made


def join(columns: Sequence[Bytes]) -> bytes:
    """Return rows as text, from their cells."""
    return np.concatenate(columns, axis=1).tobytes().replace(b"\0", b"")
