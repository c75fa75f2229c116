"""Tables of counts as sums of cells, the rules by which counts are hidden, and who knows what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Ints",
    "Kind",
    "Knowledge",
    "Mark",
    "Rules",
    "Sums",
    "agrees",
    "first_marks",
    "knowledge",
]

Ints: TypeAlias = NDArray[np.int64]


class Kind(IntEnum):
    """What an entry of a table is."""

    CELL = 0  # a count that is no sum of others
    TOTAL = 1  # a sum of cells
    KNOWN = 2  # public anyway, such as a population; never hidden
    UNPRINTED = 3  # can be worked out but is not printed, such as children without an event


class Mark(IntEnum):
    """How an entry is published."""

    SHOWN = 0
    PRIMARY = 1  # hidden for what it is
    SECONDARY = 2  # hidden for what it would reveal


@dataclass(frozen=True, slots=True)
class Rules:
    """By what rules counts are hidden; all of them are published with the table.

    Attributes
    ----------
    below : int
        Counts of 1 to below - 1 are hidden.
    zeros : bool
        Zeros are hidden too, as if they were small.
    all_in_one : bool
        Nobody shall learn that all of a group are in one cell.
    round_to : int
        Counts that are shown are multiples of it, halves rounded up; 1 leaves them as they are.
    """

    below: int
    zeros: bool = False
    all_in_one: bool = True
    round_to: int = 1

    @property
    def least(self) -> int:
        """Least count that a primary mark may stand for."""
        return 0 if self.zeros else 1

    @property
    def hidden_zero(self) -> bool:
        """Whether a secondary mark may stand for a zero: to keep the rest of a group possible."""
        return self.all_in_one and not self.zeros

    def small(self, values: Ints) -> NDArray[np.bool_]:
        """Whether counts are hidden for what they are."""
        return (values >= self.least) & (values < self.below)

    def rounded(self, values: Ints) -> Ints:
        """Counts as they are shown."""
        return (2 * values + self.round_to) // (2 * self.round_to) * self.round_to


@dataclass(frozen=True)
class Sums:
    """A table: entries that are sums of variables, and what must not be learned of these.

    Attributes
    ----------
    parts : numpy.ndarray of int64, (entries, variables)
        1 where the variable is a part of the entry.
    true : numpy.ndarray of int64, (variables,)
    kinds : numpy.ndarray of int8, (entries,)
    lines : list of numpy.ndarray of int
        Variables that together are a group, for `Rules.all_in_one`.
    outside : numpy.ndarray of int64, (totals, variables)
        Totals of variables that are published already.
    outside_lower, outside_upper : numpy.ndarray of float64
        Between what each of them is known to be.
    """

    parts: Ints
    true: Ints
    kinds: NDArray[np.int8]
    lines: list[NDArray[np.intp]] = field(default_factory=list)
    outside: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    outside_lower: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    outside_upper: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @property
    def values(self) -> Ints:
        """True values of the entries."""
        return self.parts @ self.true

    def components(self) -> Iterator[tuple[NDArray[np.intp], Sums]]:
        """Yield the parts of a table that have nothing to do with each other, and their entries.

        Rows without totals are many small tables.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        n = len(self.true)
        if not n:
            return
        groups = np.zeros((len(self.lines), n), np.int64)
        for i, line in enumerate(self.lines):
            groups[i, line] = 1
        ties = csr_array(np.concatenate([self.parts, groups, self.outside.reshape(-1, n)]))
        count, of_variable = connected_components(ties.T @ ties, directed=False)
        of_entry, of_line, of_outside = (
            of_variable[np.argmax(rows, axis=1)] if rows.size else np.zeros(len(rows), np.int32)
            for rows in (self.parts, groups, self.outside)
        )
        for label in range(count):
            mine, entries = np.flatnonzero(of_variable == label), np.flatnonzero(of_entry == label)
            place = np.cumsum(of_variable == label) - 1
            beyond = of_outside == label
            yield (
                entries,
                Sums(
                    self.parts[np.ix_(entries, mine)],
                    self.true[mine],
                    self.kinds[entries],
                    [place[self.lines[i]] for i in np.flatnonzero(of_line == label)],
                    self.outside[beyond][:, mine] if len(self.outside) else self.outside,
                    self.outside_lower[beyond],
                    self.outside_upper[beyond],
                ),
            )

    def alone(self) -> Sums:
        """Return the table as if nothing had been published before."""
        return Sums(self.parts, self.true, self.kinds, self.lines)


class Knowledge(NamedTuple):
    """What anyone who has the published table knows of each entry: it is within, or it is 0."""

    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    zero: NDArray[np.bool_]

    def of(self, entries: NDArray[np.intp]) -> Knowledge:
        """Return what is known of some entries."""
        return Knowledge(self.lower[entries], self.upper[entries], self.zero[entries])


def first_marks(sums: Sums, rules: Rules) -> NDArray[np.int8]:
    """Hide what the rules hide by itself.

    A small total carries the secondary mark: to say that a sum is small says more about its parts
    than their own marks do.
    """
    marks = np.full(len(sums.kinds), Mark.SHOWN, np.int8)
    small = rules.small(sums.values)
    marks[small & (sums.kinds == Kind.CELL)] = Mark.PRIMARY
    marks[small & (sums.kinds == Kind.TOTAL)] = Mark.SECONDARY
    marks[sums.kinds == Kind.UNPRINTED] = Mark.SECONDARY
    return marks


def knowledge(sums: Sums, rules: Rules, marks: NDArray[np.int8]) -> Knowledge:
    """Read the published table as an outsider does who knows the rules.

    Returns
    -------
    Knowledge
        A shown count is known, or if rounded what it was rounded from: nothing that would have
        been hidden. A primary mark stands for a small count, a secondary mark of a cell for one
        that is not small; that of a total says nothing.
    """
    values, kinds = sums.values, sums.kinds
    lower = np.zeros(len(values))
    upper = np.full(len(values), np.inf)
    zero = np.zeros(len(values), bool)
    shown = marks == Mark.SHOWN
    lower[shown] = upper[shown] = values[shown]
    rounded = shown & (kinds != Kind.KNOWN) & (rules.round_to > 1)
    printed = rules.rounded(values)
    # Halves go up, so that an even step has one count more below than above.
    first = printed - rules.round_to // 2
    lower[rounded] = np.maximum(first, rules.below)[rounded]
    upper[rounded] = (first + rules.round_to - 1)[rounded]
    zero[rounded] = (printed == 0)[rounded] & (not rules.zeros)
    primary = marks == Mark.PRIMARY
    lower[primary], upper[primary] = rules.least, rules.below - 1
    secondary = (marks == Mark.SECONDARY) & (kinds == Kind.CELL)
    lower[secondary] = rules.below
    zero[secondary] = rules.hidden_zero
    return Knowledge(lower, upper, zero)


def agrees(sums: Sums, known: Knowledge, tables: Ints) -> NDArray[np.bool_]:
    """Whether tables could be behind what is published; in whole numbers.

    Parameters
    ----------
    tables : numpy.ndarray of int64, (tables, variables)
    """
    entries = tables @ sums.parts.T
    within = (entries >= known.lower) & (entries <= known.upper) | (known.zero & (entries == 0))
    fits = within.all(axis=1) & (tables >= 0).all(axis=1)
    if len(sums.outside):
        totals = tables @ sums.outside.T
        fits &= ((totals >= sums.outside_lower) & (totals <= sums.outside_upper)).all(axis=1)
    return np.asarray(fits)
