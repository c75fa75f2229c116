"""Which further counts to hide so that no hidden one can be worked out.

A count is protected from a value by a table that has this value, could be behind what is published,
and is checked in whole numbers. Such tables are sought near the true one by integer programming,
and every one that is found is kept: it protects as long as what it changes is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyjustice.measures.programme import Programme
from pyjustice.measures.sums import Ints, Kind, Mark, Rules, Sums, agrees, first_marks, knowledge

__all__ = ["Protection", "protect"]

# Beyond these sizes the fewest cells are not sought: the programme grows with their product.
EXACT_ENTRIES = 40
EXACT_ROUNDS = 40
TRADED = 60  # variables; the tables tried are their square


class Target(NamedTuple):
    """Something that must remain possible: the sum of variables lies between two numbers."""

    wanted: Ints
    lower: float
    upper: float
    entry: int


@dataclass(frozen=True, slots=True)
class Protection:
    """Marks that protect.

    Attributes
    ----------
    marks : numpy.ndarray of int8
        Of each entry, as `Mark`.
    method : str
        'exact' if no set of marks costs less, else 'heuristic'.
    exposed : tuple of int
        Entries that nothing protects, because of what is published already.
    """

    marks: NDArray[np.int8]
    method: str
    exposed: tuple[int, ...]


def protect(sums: Sums, rules: Rules, *, minimise: str = "cells", exact: bool = True) -> Protection:
    """Hide what the rules hide, and as little as possible besides.

    Parameters
    ----------
    sums : Sums
    rules : Rules
    minimise : {'cells', 'total'}
        Number of further entries hidden (of equal numbers the smaller counts), or their sum.
    exact : bool
        Seek the best where the table is small enough.
    """
    marks = first_marks(sums, rules)
    exposed: list[int] = []
    best = True
    for entries, part in sums.components():
        if not _targets(part, rules, _single_cell_groups(part, rules)):
            continue
        found = _Search(part, rules, minimise).run(exact=exact)
        marks[entries] = found.marks
        best &= found.method == "exact"
        exposed += entries[list(found.exposed)].tolist()
    return Protection(marks, "exact" if best else "heuristic", tuple(exposed))


class _Search:
    def __init__(self, sums: Sums, rules: Rules, minimise: str) -> None:
        self.sums, self.rules = sums, rules
        self.marks = first_marks(sums, rules)
        groups = _single_cell_groups(sums, rules)
        self.lines = [line for line, _ in groups]
        self.programme = Programme(sums, rules, self.lines)
        self.free, costs = self._choices(minimise)
        self.costs = np.zeros(len(self.marks))
        self.costs[self.free] = costs
        self.tables = np.zeros((0, len(sums.true)), np.int64)
        self.targets, self.exposed = self._possible(_targets(sums, rules, groups))

    def _choices(self, minimise: str) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Entries that may be hidden, and what that costs.

        To hide a zero helps only where its group is in one cell, and then its total has to go too.
        """
        values, kinds = self.sums.values, self.sums.kinds
        useful = values > 0
        useful[self.programme.jumping] = True
        useful |= (kinds == Kind.TOTAL) & (len(self.programme.jumping) > 0)
        free = np.flatnonzero((self.marks == Mark.SHOWN) & (kinds != Kind.KNOWN) & useful)
        counts = values[free].astype(float)
        if minimise == "total":
            return free, counts + 1 / (len(values) + 1)
        return free, 1 + counts / (2 * counts.sum() + 1)

    def _possible(self, targets: Iterable[Target]) -> tuple[list[Target], tuple[int, ...]]:
        """Keep the targets that can be reached at all, if everything that can be hidden is.

        What the marks by themselves exclude of a total or of a remainder is no fault of the table:
        of two counts that are each marked as small the sum is not 1. What is published already may
        expose a count whatever is done.
        """
        most = self._hiding(self.free)
        kept, exposed = [], []
        for target in targets:
            if self._reached(most, target):
                kept.append(target)
            elif self.sums.kinds[target.entry] == Kind.CELL or not self._marks_tell(most, target):
                exposed.append(target.entry)
        return kept, tuple(dict.fromkeys(exposed))

    def _marks_tell(self, marks: NDArray[np.int8], target: Target) -> bool:
        """Whether a target is proved impossible even if nothing had been published before."""
        alone = Programme(self.sums.alone(), self.rules, self.lines)
        return alone.solve(marks, [target[:3]]) is None

    def _hiding(self, entries: Iterable[int] | NDArray[np.intp]) -> NDArray[np.int8]:
        marks = self.marks.copy()
        marks[np.fromiter(entries, np.intp)] = Mark.SECONDARY
        return marks

    def _reached(self, marks: NDArray[np.int8], target: Target) -> bool:
        """Whether a table that could be behind these marks reaches the target; keep a new one."""
        sums = self.tables @ target.wanted
        close = self.tables[(sums >= target.lower) & (sums <= target.upper)]
        known = knowledge(self.sums, self.rules, marks)
        if len(close) and agrees(self.sums, known, close).any():
            return True
        near = _traded(self.sums.true, target)
        traded = near[agrees(self.sums, known, near)][:1]
        if len(traded):
            self.tables = np.concatenate([self.tables, traded])
            return True
        found = self.programme.solve(marks, [target[:3]])
        if found is None or not agrees(self.sums, known, found.tables).any():
            return False
        self.tables = np.concatenate([self.tables, found.tables])
        return True

    def _missed(self, marks: NDArray[np.int8]) -> Target | None:
        return next((t for t in self.targets if not self._reached(marks, t)), None)

    def run(self, *, exact: bool) -> Protection:
        chosen: list[int] | None = [] if self._missed(self.marks) is None else None
        if chosen is None and exact and len(self.free) <= EXACT_ENTRIES:
            chosen = self._exact()
        method = "heuristic" if chosen is None else "exact"
        if chosen is None:
            chosen = self._pruned(self._heuristic())
        return Protection(self._hiding(chosen), method, self.exposed)

    def _exact(self) -> list[int] | None:
        """Hide the least that reaches a few targets, and add one that is missed, to the end.

        The least for some targets costs no more than the least for all: when it reaches all it is
        the best.
        """
        chosen: list[int] = []
        tried: list[Target] = []
        for _ in range(EXACT_ROUNDS):
            missed = self._missed(self._hiding(chosen))
            if missed is None:
                return chosen
            tried.append(missed)
            found = self.programme.solve(
                self.marks, [t[:3] for t in tried], self.free, self.costs[self.free]
            )
            if found is None or not found.best:
                return None
            chosen = list(found.hidden)
            self._keep(chosen, found.tables)
        return None

    def _keep(self, chosen: Sequence[int], tables: Ints) -> None:
        """Keep the tables that the programme says are possible, if they are."""
        known = knowledge(self.sums, self.rules, self._hiding(chosen))
        self.tables = np.concatenate([self.tables, tables[agrees(self.sums, known, tables)]])

    def _heuristic(self) -> list[int]:
        """Hide the least for one target after the other, what is hidden by then being free."""
        chosen: list[int] = []
        for target in self.targets:
            marks = self._hiding(chosen)
            if self._reached(marks, target):
                continue
            free = self.free[marks[self.free] == Mark.SHOWN]
            found = self.programme.solve(marks, [target[:3]], free, self.costs[free])
            if found is not None:
                self._keep([*chosen, *found.hidden], found.tables)
                chosen += found.hidden
            if not self._reached(self._hiding(chosen), target):
                chosen = list(self.free)  # which reaches every target that was kept
        return chosen

    def _pruned(self, chosen: Sequence[int]) -> list[int]:
        """Show again, the dearest first, whatever is not needed."""
        kept = list(chosen)
        for entry in sorted(chosen, key=lambda i: (-self.costs[i], i)):
            fewer = [i for i in kept if i != entry]
            if self._missed(self._hiding(fewer)) is None:
                kept = fewer
        return kept


def _traded(true: Ints, target: Target) -> Ints:
    """Tables in which one variable has the value and at most one other makes up for it.

    They are quickly tried, and enough where a table has no more than one way.
    """
    wanted = np.flatnonzero(target.wanted)
    if len(wanted) != 1 or target.lower != target.upper or len(true) > TRADED:
        return np.zeros((0, len(true)), np.int64)
    step = int(target.lower) - true[wanted[0]]
    tables: Ints = np.tile(true, (len(true), 1)) - step * np.eye(len(true), dtype=np.int64)
    tables[:, wanted[0]] += step
    tables[wanted[0], wanted[0]] = target.lower
    return tables


def _single_cell_groups(sums: Sums, rules: Rules) -> list[tuple[NDArray[np.intp], int]]:
    """Groups all of whose members are in one cell: the line, and the variable of that cell."""
    if not rules.all_in_one:
        return []
    found = []
    for line in sums.lines:
        filled = line[sums.true[line] > 0]
        if len(filled) == 1 and len(line) > 1:
            found.append((line, int(filled[0])))
    return found


def _targets(
    sums: Sums, rules: Rules, groups: Sequence[tuple[NDArray[np.intp], int]]
) -> list[Target]:
    """What must remain possible, the hardest first.

    Each small count might be any small count, and of each group with all in one cell some might be
    elsewhere.
    """
    values = sums.values
    found = []
    for entry in np.flatnonzero(rules.small(values) & (sums.kinds != Kind.KNOWN)):
        if sums.kinds[entry] == Kind.UNPRINTED and values[entry] == 0:
            continue  # nobody remains: all in one cell, which has its own rule
        found += [
            Target(sums.parts[entry], value, value, int(entry))
            for value in range(rules.least, rules.below)
            if value != values[entry]
        ]
    found.sort(key=lambda t: -abs(t.lower - values[t.entry]))
    cells = np.flatnonzero(sums.kinds == Kind.CELL)
    entry_of = {int(np.argmax(sums.parts[i])): int(i) for i in cells}
    for line, cell in groups:
        wanted = np.zeros(len(sums.true), np.int64)
        wanted[line] = 1
        wanted[cell] = 0
        found.append(Target(wanted, 1, np.inf, entry_of[cell]))
    return found
