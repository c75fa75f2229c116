"""The integer programme of suppression: the cheapest marks that make given tables possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyjustice.measures.sums import Ints, Kind, Mark, Rules, Sums, knowledge

__all__ = ["Found", "Programme"]

# Counted and not timed, so that every machine hides the same cells.
NODES = 5_000
INFEASIBLE = 2  # of scipy's statuses

Floats = NDArray[np.float64]


class Found(NamedTuple):
    """A solution: entries to hide, a table for each target, and whether none is cheaper."""

    hidden: list[int]
    tables: Ints
    best: bool


class _Range(NamedTuple):
    """By how much entries may differ from the truth."""

    lower: Floats
    upper: Floats


class Programme:
    """Tables near the true one, for one table of counts and its rules.

    Variables are differences from the true table, so that the numbers stay small whatever the
    counts. For each target there is a table of its own; they share the marks.

    Notes
    -----
    In a table of two ways, to change a cell by d takes changes of at most d elsewhere (a flow of d
    along cycles through this cell), so that a box of `below` leaves nothing out. Cells that jump
    between 0 and `below` need more; the box has room for a whole group to move.

    Attributes
    ----------
    jumping : numpy.ndarray of int
        Cells that in these tables may be 0 although they are not, or the other way round.
    """

    def __init__(self, sums: Sums, rules: Rules, groups: Sequence[NDArray[np.intp]]) -> None:
        from scipy.sparse import csr_array

        self._sums, self._rules = sums, rules
        self._values = sums.values
        self._parts = csr_array(sums.parts)
        members = [sums.true[line].sum() for line in groups]
        self._box = float(2 * rules.below + max(members, default=0))
        if len(sums.outside) or (sums.kinds >= Kind.KNOWN).any():
            self._box *= 2
        self.jumping = self._jumps(groups)

    def _jumps(self, groups: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
        """Find the cells that may be 0 or not small behind a secondary mark, if it matters."""
        if not groups or not self._rules.hidden_zero:
            return np.zeros(0, np.intp)
        variables = np.zeros(len(self._sums.true), bool)
        variables[np.concatenate(groups)] = True
        own = self._sums.parts.sum(axis=1) == 1
        within = (self._sums.parts @ variables.astype(np.int64)) == 1
        cells = (self._sums.kinds == Kind.CELL) & ~self._rules.small(self._values)
        return np.flatnonzero(own & within & cells)

    def _ranges(self, marks: NDArray[np.int8]) -> tuple[_Range, _Range]:
        """Ranges of entries around the truth, and those that jumping cells may be in instead."""
        values = self._values
        known = knowledge(self._sums, self._rules, marks)
        at_zero = known.zero & (values == 0)
        lower = np.where(at_zero, 0, np.maximum(known.lower - values, -self._box))
        upper = np.where(at_zero, 0, np.minimum(known.upper - values, self._box))
        other_lower = np.where(values == 0, self._rules.below, -values).astype(float)
        other_upper = np.where(values == 0, self._box, -values).astype(float)
        return _Range(lower, upper), _Range(other_lower, other_upper)

    def solve(
        self,
        marks: NDArray[np.int8],
        targets: Sequence[tuple[Ints, float, float]],
        free: NDArray[np.intp] | None = None,
        costs: Floats | None = None,
    ) -> Found | None:
        """Find the cheapest entries to hide, and tables that reach the targets.

        Parameters
        ----------
        marks : numpy.ndarray of int8
            As far as they are settled.
        targets : sequence of (wanted, lower, upper)
            Of the variables themselves, not of differences.
        free : numpy.ndarray of int, optional
            Entries that are shown in `marks` and may be hidden; none if not given.
        costs : numpy.ndarray of float64, optional
            Of hiding each of them.

        Returns
        -------
        Found or None
            None if there is no solution; without tables if none was found in `NODES`.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import block_array, csr_array

        free = np.zeros(0, np.intp) if free is None else free
        costs = np.zeros(len(free)) if costs is None else costs
        own, bounds = self._own(marks, free, targets)
        n, jumps = len(self._sums.true), own.jumps
        blocks: list[list[Any]] = [[None] * (len(targets) + 1) for _ in targets]
        for s, (wanted, _, _) in enumerate(targets):
            row = csr_array(np.concatenate([wanted, np.zeros(jumps)])[np.newaxis])
            blocks[s][s] = _stack([own.table, row])
            blocks[s][-1] = _stack([own.marks, csr_array((1, len(free)))])
        width = len(targets) * (n + jumps)
        low = np.tile(np.concatenate([-self._sums.true, np.zeros(jumps)]), len(targets))
        high = np.tile(np.concatenate([np.full(n, self._box), np.ones(jumps)]), len(targets))
        found = milp(
            np.concatenate([np.zeros(width), costs]),
            integrality=np.ones(width + len(free)),
            bounds=Bounds(
                np.concatenate([np.maximum(low, -self._box), np.zeros(len(free))]),
                np.concatenate([high, np.ones(len(free))]),
            ),
            constraints=LinearConstraint(block_array(blocks, format="csc"), *bounds),
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        if found.x is None:
            gave_up = Found([], np.zeros((0, n), np.int64), best=False)
            return None if found.status == INFEASIBLE else gave_up
        steps = np.rint(found.x[:width].reshape(len(targets), -1)[:, :n]).astype(np.int64)
        hidden = free[found.x[width:] > 0.5].tolist()
        return Found(hidden, self._sums.true + steps, bool(found.success))

    def _own(
        self,
        marks: NDArray[np.int8],
        free: NDArray[np.intp],
        targets: Sequence[tuple[Ints, float, float]],
    ) -> tuple[_Rows, tuple[Floats, Floats]]:
        """Rows that the table of each target has, and the bounds of all rows of all targets."""
        rows = self._rows(marks, free)
        true = self._sums.true
        low = [np.append(rows.lower, lower - wanted @ true) for wanted, lower, _ in targets]
        high = [np.append(rows.upper, upper - wanted @ true) for wanted, _, upper in targets]
        return rows, (np.concatenate(low), np.concatenate(high))

    def _rows(self, marks: NDArray[np.int8], free: NDArray[np.intp]) -> _Rows:
        """Tie each entry to its range, which depends on its mark and on whether it jumps.

        Between shown range s, hidden range b and other range o, with h = 1 where it is hidden and
        j = 1 where it jumps: s + (b - s) h + (o - b) j, for either end, and j <= h.
        """
        from scipy.sparse import csr_array

        hiding = marks.copy()
        hiding[free] = Mark.SECONDARY
        (shown, _), (hidden, other) = self._ranges(marks), self._ranges(hiding)
        m, outside = len(marks), self._sums.outside
        jumping = self.jumping[hiding[self.jumping] == Mark.SECONDARY]
        at_free, at_jump = np.arange(len(free)), np.arange(len(jumping))

        def end(s: Floats, b: Floats, o: Floats) -> tuple[Any, Any]:
            to_hidden, to_other = np.zeros((m, len(free))), np.zeros((m, len(jumping)))
            to_hidden[free, at_free] = -(b - s)[free]
            to_other[jumping, at_jump] = -(o - b)[jumping]
            return csr_array(to_hidden), csr_array(to_other)

        low_hidden, low_other = end(shown.lower, hidden.lower, other.lower)
        high_hidden, high_other = end(shown.upper, hidden.upper, other.upper)
        jump_hidden = np.zeros((len(jumping), len(free)))
        for row, entry in enumerate(jumping):
            jump_hidden[row, free == entry] = -1
        needs = np.isin(jumping, free).astype(float)  # one that is hidden anyway jumps freely
        beyond = csr_array((len(outside), len(jumping)))
        table = _stack(
            [
                _beside([self._parts, low_other]),
                _beside([self._parts, high_other]),
                _beside([csr_array(outside.reshape(-1, len(self._sums.true))), beyond]),
                _beside(
                    [csr_array((len(jumping), len(self._sums.true))), csr_array(np.diag(needs))]
                ),
            ]
        )
        by_marks = _stack(
            [low_hidden, high_hidden, csr_array((len(outside), len(free))), csr_array(jump_hidden)]
        )
        already = outside.reshape(-1, len(self._sums.true)) @ self._sums.true
        none, nothing = np.full(m, np.inf), np.zeros(len(jumping))
        lower = [shown.lower, -none, self._sums.outside_lower - already, nothing - 1]
        upper = [none, shown.upper, self._sums.outside_upper - already, nothing]
        return _Rows(table, by_marks, np.concatenate(lower), np.concatenate(upper), len(jumping))


class _Rows(NamedTuple):
    """Rows of one table: over its own variables, and over the marks that all tables share."""

    table: Any
    marks: Any
    lower: Floats
    upper: Floats
    jumps: int


def _stack(blocks: Sequence[Any]) -> Any:
    from scipy.sparse import vstack

    return vstack(blocks, format="csr")


def _beside(blocks: Sequence[Any]) -> Any:
    from scipy.sparse import hstack

    return hstack(blocks, format="csr")
