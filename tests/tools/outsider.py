"""An outsider who reads a safe copy of a table: written apart from the package, to attack it.

The outsider has the numbers, the marks and the rules: a primary mark is a small count, a secondary
mark on a cell is a count that is not small (or, where groups in one cell are protected, a zero), a
hidden total may be anything, a rounded number is what rounds to it and was not hidden.
"""

import itertools
import math
from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from pyjustice import Suppressed

Grid = tuple[tuple[int, ...], ...]


class Outsider:
    def __init__(self, safe: Suppressed) -> None:
        table, reason = safe.table, safe.reason
        if table.ndim == 1:
            table, reason = table[:, None], reason[:, None]
        self.safe, self.table, self.reason = safe, table, reason
        self.n_rows = table.shape[0] - 1
        self.n_columns = max(table.shape[1] - 1, 1)
        shown = table[~np.isnan(table)]
        self.most = int(shown.max(initial=0)) + 3 * safe.below
        self.cells = list(itertools.product(range(self.n_rows), range(self.n_columns)))

    def sums(self) -> list[tuple[tuple[int, int], list[int]]]:
        """Each printed entry that is a total, and its cells."""
        rows, columns = range(self.n_rows), range(self.n_columns)
        index = {cell: i for i, cell in enumerate(self.cells)}
        found = [((self.n_rows, c), [index[r, c] for r in rows]) for c in columns]
        if self.safe.table.ndim == 2:
            found += [((r, self.n_columns), [index[r, c] for c in columns]) for r in rows]
            found.append(((self.n_rows, self.n_columns), list(range(len(self.cells)))))
        return found

    def allowed(self, place: tuple[int, int]) -> list[range]:
        """What an entry may be, as runs of whole numbers."""
        safe, value, why = self.safe, self.table[place], self.reason[place]
        cell = place in self.cells
        if why == "primary":
            return [range(0 if safe.zeros == "hide" else 1, safe.below)]
        if why == "secondary" and not cell:
            return [range(len(self.cells) * self.most + 1)]
        zero = [range(1)] if safe.zeros == "show" and safe.all_in_one == "hide" else []
        if why == "secondary":
            return [*zero, range(safe.below, self.most + 1)]
        if why == "shown":
            return [range(int(value), int(value) + 1)]
        step = safe.round_to or 1
        # Half up, on paper: x rounds to value if value - step / 2 <= x < value + step / 2.
        least, beyond = math.ceil(value - step / 2), math.ceil(value + step / 2)
        zero = [range(1)] if value == 0 and safe.zeros == "show" else []
        return [*zero, range(max(least, safe.below), beyond)]

    def tables(self) -> Iterator[Grid]:
        """Every table that could be behind the safe copy, by trying them all."""
        domains = [[v for run in self.allowed(cell) for v in run] for cell in self.cells]
        limits = [
            (parts, {v for run in self.allowed(place) for v in run}) for place, parts in self.sums()
        ]

        def extend(found: list[int]) -> Iterator[Grid]:
            k = len(found)
            for parts, allowed in limits:
                done = sum(found[i] for i in parts if i < k)
                if done > max(allowed) or (max(parts) < k and done not in allowed):
                    return
            if k == len(domains):
                width = self.n_columns
                yield tuple(tuple(found[i : i + width]) for i in range(0, k, width))
                return
            for value in domains[k]:
                yield from extend([*found, value])

        yield from extend([])

    def size(self) -> float:
        """How many tables there would be without totals."""
        return math.prod(sum(map(len, self.allowed(cell))) for cell in self.cells)

    def can_be(self, place: tuple[int, int], value: int) -> bool:
        """Whether an entry may have a value: an integer programme over cells and choices of run."""
        entries = [(cell, [i]) for i, cell in enumerate(self.cells)] + self.sums()
        runs = [
            (parts, [run for run in self.allowed(where) if len(run)]) for where, parts in entries
        ]
        width = len(self.cells) + sum(len(own) for _, own in runs)
        rows, low, high = [], [], []
        at = len(self.cells)
        for (where, parts), (_, own) in zip(entries, runs, strict=True):
            choice, least, most = (np.zeros(width) for _ in range(3))
            least[parts] = most[parts] = 1
            for j, run in enumerate(own):
                choice[at + j], least[at + j], most[at + j] = 1, -run.start, -(run.stop - 1)
            at += len(own)
            rows += [choice, least, most]
            low += [1, 0, -np.inf]
            high += [1, np.inf, 0]
            if where == place:
                rows.append(np.isin(np.arange(width), parts).astype(float))
                low.append(value)
                high.append(value)
        top = np.concatenate([np.full(len(self.cells), self.most), np.ones(at - len(self.cells))])
        limits = LinearConstraint(np.array(rows), low, high)
        found = milp(
            np.zeros(width), integrality=np.ones(width), bounds=Bounds(0, top), constraints=limits
        )
        assert found.status in (0, 2), found.message
        return found.status == 0


def excluded(safe: Suppressed) -> list[tuple[int, int, int]]:
    """Values of primary cells that an outsider can exclude, as (row, column, value)."""
    outsider = Outsider(safe)
    least = 0 if safe.zeros == "hide" else 1
    places = np.argwhere(outsider.reason == "primary").tolist()
    return [
        (row, column, value)
        for row, column in places
        for value in range(least, safe.below)
        if not outsider.can_be((row, column), value)
    ]


def drawn_table(random: np.random.Generator, most: int = 6) -> np.ndarray:
    """Draw a table as they are published: few large counts, many small ones and zeros."""
    shape = (
        (int(random.integers(2, most + 1)),)
        if random.random() < 0.2
        else tuple(random.integers(1, most + 1, 2).tolist())
    )
    mean = random.choice([2, 6, 15, 60])
    return random.negative_binomial(1, 1 / (1 + mean), shape)
