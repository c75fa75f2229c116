"""Totals beside their parts: found by what they are called, confirmed by whether they add up."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.footnotes import without_marks
from pyjustice.ground.table_codes import Evidence
from pyjustice.ground.table_sources import fold_header, table_words

__all__ = [
    "Figures",
    "Overlap",
    "Place",
    "Total",
    "descendants",
    "find_totals",
    "is_total_label",
    "kept",
    "overlaps",
    "parts_of",
]

Floats = NDArray[np.float64]

# Searching for totals that nothing names takes time that grows with the square of the rows.
_MOST_UNNAMED = 500
_MOST_RUN = 2_000
_MOST_STEPS = 100_000  # of all runs together
_MOST_GRAND = 50
# A sum that nothing names is one only if two columns show it, with figures not tiny.
_LEAST_COLUMNS = 2
_LEAST_FIGURE = 10
_SLACK = 1e-9


@dataclass(frozen=True)
class Figures:
    """Figures that can be added, one row a line of the table; NaN where there is none."""

    value: Floats
    lower: Floats
    upper: Floats

    def __len__(self) -> int:
        return len(self.value)

    def transposed(self) -> Figures:
        """The same with columns for rows."""
        return Figures(self.value.T, self.lower.T, self.upper.T)


class Place(NamedTuple):
    """Where a row is: the authorities in it, none if not sure, and whether it holds services."""

    extent: frozenset[str]
    is_large: bool


@dataclass(frozen=True)
class Total:
    """A row that is the total of others.

    Attributes
    ----------
    index : int
    parts : tuple of int
    evidence : Evidence
    difference : float
        The total minus the sum of its parts where they differ most; NaN if nothing could be
        checked.
    """

    index: int
    parts: tuple[int, ...]
    evidence: Evidence
    difference: float


@functools.lru_cache(maxsize=65_536)
def is_total_label(text: str) -> bool:
    """Whether a label says that it is a total.

    Examples
    --------
    >>> [is_total_label(text) for text in ("Total", "All ages", "All other", "Baton, of which")]
    [True, True, False, True]
    """
    words, folded = table_words("totals"), fold_header(without_marks(text))
    if any(_begins(folded, word) for word in words["never"]):
        return False
    if folded in words["whole"] or folded.endswith(" of which"):
        return True
    return any(_begins(folded, word) for word in words["starts"])


def _begins(text: str, word: str) -> bool:
    return text == word or text.startswith(f"{word} ")


def find_totals(
    labels: Sequence[Sequence[str]],
    figures: Figures,
    *,
    categories: Sequence[int],
    within: Sequence[str] | None = None,
    area: int = -1,
    places: Sequence[Place] = (),
    runs: bool = True,
) -> list[Total]:
    """Find the rows that are totals of others.

    Parameters
    ----------
    labels : sequence of sequence of str
        Those of each row, from the left.
    figures : Figures
    categories : sequence of int
        Labels of which one value may be the total of the others, all other labels being equal.
    within : sequence of str, optional
        For each row the area above its own, whose name may be the `area` label of another row.
    area : int
        Which label is the area; -1 for none.
    places : sequence of Place, optional
        The place of each row: a larger one is the total of those within it.
    runs : bool
        Whether parts may stand right below or above their total.

    Returns
    -------
    list of Total
        In the order of the rows; a row may be a total in more than one way.
    """
    search = _Search(labels, figures)
    for category in categories:
        search.by_category(category, only_sure=True)
    if within is not None and area >= 0:
        search.by_name(within, area)
    if places and area >= 0:
        search.by_place(places, area)
    if runs:
        search.by_run()
    for category in categories:
        search.by_category(category, only_sure=False)
    if runs:
        search.grand_totals()
        search.unnamed()
    return sorted(search.found, key=lambda total: (total.index, total.parts))


def parts_of(totals: Sequence[Total]) -> dict[int, set[int]]:
    """The parts of each row that is a total, in whatever way."""
    below: dict[int, set[int]] = {}
    for total in totals:
        below.setdefault(total.index, set()).update(total.parts)
    return below


def descendants(below: Mapping[int, set[int]], index: int) -> set[int]:
    """All rows that a total holds, parts of parts too."""
    found: set[int] = set()
    todo = [index]
    while todo:
        for part in below.get(todo.pop(), ()):
            if part not in found:
                found.add(part)
                todo.append(part)
    return found


@dataclass(frozen=True)
class Overlap:
    """Groups of rows that do not exclude each other: together they are more than their total.

    Attributes
    ----------
    total : int
        Line of the total.
    groups : tuple of frozenset of int
        Rows of each part, by their ids, with all that it holds.
    """

    total: int
    groups: tuple[frozenset[int], ...]


def overlaps(totals: Sequence[Total], lines: Sequence[int], ids: Sequence[int]) -> list[Overlap]:
    """Return what overlaps, by ids, so that it is known even of a table without its totals."""
    below = parts_of(totals)
    return [
        Overlap(
            lines[total.index],
            tuple(
                frozenset(ids[i] for i in {part, *descendants(below, part)}) for part in total.parts
            ),
        )
        for total in totals
        if total.evidence == Evidence.OVERLAP
    ]


def kept(totals: Sequence[Total], rows: Sequence[int]) -> list[Total]:
    """Return the totals of some rows of a table, told by the whole of it."""
    place = {row: i for i, row in enumerate(rows)}
    below = parts_of(totals)
    found = []
    for total in totals:
        parts = [part for part in total.parts if part in place]
        # Parts that are left out leave their own parts behind.
        for gone in (part for part in total.parts if part not in place):
            parts += [part for part in descendants(below, gone) if part in place]
        if total.index in place and parts:
            own = tuple(sorted({place[part] for part in parts}))
            found.append(replace(total, index=place[total.index], parts=own))
    return found


class _Search:
    def __init__(self, labels: Sequence[Sequence[str]], figures: Figures) -> None:
        self.labels = [tuple(map(fold_header, row)) for row in labels]
        self.named = [any(map(is_total_label, row)) for row in labels]
        self.figures = figures
        self.found: list[Total] = []
        self.taken: set[int] = set()  # rows that are part of some total
        self.totals: set[int] = set()
        self.nested: set[int] = set()  # rows that stand below, or above, a total of their own
        self.steps = _MOST_STEPS

    def add(self, total: Total) -> None:
        self.found.append(replace(total, parts=tuple(sorted(total.parts))))
        self.totals.add(total.index)
        self.taken.update(total.parts)

    def compare(self, index: int, parts: Sequence[int]) -> Total:
        """Say how a total fits its parts, over all columns where all have a figure."""
        own, rows = self.figures, list(parts)
        value = own.value[rows].sum(axis=0)
        checked = np.isfinite(value) & np.isfinite(own.value[index])
        if not checked.any():
            return Total(index, tuple(parts), Evidence.LABEL, math.nan)
        gap = (own.value[index] - value)[checked]
        slack = _SLACK * np.maximum(1, np.abs(value[checked]))
        over = own.lower[rows].sum(axis=0)[checked] > own.upper[index][checked] + slack
        under = own.upper[rows].sum(axis=0)[checked] < own.lower[index][checked] - slack
        evidence = (
            Evidence.OVERLAP if over.any() else Evidence.INCOMPLETE if under.any()
            else Evidence.ADDS_UP
        )  # fmt: skip
        widest = 0.0 if evidence == Evidence.ADDS_UP else float(gap[np.argmax(np.abs(gap))])
        return Total(index, tuple(parts), evidence, widest)

    def by_category(self, at: int, *, only_sure: bool) -> None:
        """'All' beside the other values of one label, all other labels being equal."""
        if not any(is_total_label(name) for name in {row[at] for row in self.labels}):
            return
        groups: dict[tuple[str, ...], list[int]] = {}
        for i, row in enumerate(self.labels):
            groups.setdefault((*row[:at], *row[at + 1 :]), []).append(i)
        for rows in groups.values():
            names = {i: self.labels[i][at] for i in rows}
            totals = [i for i in rows if is_total_label(names[i]) and "of which" not in names[i]]
            for i in totals if len(rows) > len(totals) and len(totals) <= _MOST_GRAND else ():
                parts = [
                    j
                    for j in rows
                    if j not in totals and j not in self.nested and not _outside(names[i], names[j])
                ]
                if not parts or (not only_sure and i in self.totals):
                    continue
                total = self.compare(i, parts)
                if (total.evidence == Evidence.ADDS_UP) or not only_sure:
                    self.add(total)

    def by_name(self, within: Sequence[str], area: int) -> None:
        """A region, and the rows that say they lie within it."""
        inside: dict[tuple[object, ...], list[int]] = {}
        for i, name in enumerate(within):
            if name:
                inside.setdefault((self.key(i, area), _words(name)), []).append(i)
        for i, row in enumerate(self.labels):
            words = tuple(word for word in _words(row[area]) if word != "total")
            parts = [j for j in inside.get((self.key(i, area), words), ()) if j != i]
            if parts and row[area] not in {self.labels[j][area] for j in parts}:
                total = self.compare(i, parts)
                # A police force may be called as the region that it lies in.
                if total.evidence != Evidence.OVERLAP or _words(within[i]) != words:
                    self.add(total)

    def by_place(self, places: Sequence[Place], area: int) -> None:
        """A region, country or police area, and the rows of places within it."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for i in range(len(places)):
            groups.setdefault(self.key(i, area), []).append(i)
        for rows in groups.values():
            for i in rows:
                if not places[i].is_large or i in self.totals:
                    continue
                inside = [j for j in rows if places[j].extent < places[i].extent]
                inside = [j for j in inside if places[j].extent]
                # A part of a part is in the sum already.
                larger = [places[j].extent for j in inside if places[j].is_large]
                parts = [j for j in inside if not any(places[j].extent < one for one in larger)]
                if parts:
                    self.add(self.compare(i, parts))

    def key(self, i: int, without: int) -> tuple[str, ...]:
        return tuple(text for at, text in enumerate(self.labels[i]) if at != without)

    def run(self, i: int, step: int) -> Iterator[int]:
        """Rows below or above that stand under the same leading labels and are no parts yet."""
        at = i + step
        for _ in range(_MOST_RUN):
            self.steps -= 1
            if (
                self.steps < 0
                or not 0 <= at < len(self.labels)
                or self.labels[at][:-1] != self.labels[i][:-1]
            ):
                return
            if at not in self.taken:
                yield at
            at += step

    def run_of(self, i: int, step: int, least: int) -> Total | None:
        """The first run of rows that a row is the sum of."""
        parts: list[int] = []
        for at in self.run(i, step):
            parts.append(at)
            total = self.compare(i, parts)
            if total.evidence == Evidence.ADDS_UP and len(parts) >= least:
                return total if np.nanmax(self.figures.value[i], initial=0) > 0 else None
            if total.evidence in (Evidence.OVERLAP, Evidence.LABEL):
                return None
        return None

    def by_run(self) -> None:
        """Named totals whose parts stand right below them, or right above."""
        for step, order in (
            (1, range(len(self.labels) - 1, -1, -1)),
            (-1, range(len(self.labels))),
        ):
            for i in order:
                if not self.named[i] or i in self.totals:
                    continue
                which = any(text.endswith("of which") for text in self.labels[i])
                total = self.run_of(i, step, 1 if which and step == 1 else 2)
                if total is not None:
                    self.add(total)
                    self.nested.update(total.parts)

    def grand_totals(self) -> None:
        """Rows that are called total throughout: of all rows that are no one's part."""
        grand = [
            i
            for i, row in enumerate(self.labels)
            if i not in self.totals
            and any(row)
            and all(is_total_label(text) for text in row if text)
        ]
        apart = self.taken.union(grand)
        parts = [j for j in range(len(self.labels)) if j not in apart]
        # A table in which every other row is a grand total has none.
        if len(parts) > 1 and len(grand) <= _MOST_GRAND:
            for i in grand:
                self.add(self.compare(i, parts))

    def unnamed(self) -> None:
        """Rows that no word calls a total, and that are the sum of those right below."""
        if len(self.labels) > _MOST_UNNAMED:
            return
        for i in range(len(self.labels) - 1, -1, -1):
            large = np.nansum(self.figures.value[i] >= _LEAST_FIGURE)
            if i in self.totals or i in self.taken or large < _LEAST_COLUMNS:
                continue
            total = self.run_of(i, 1, 2)
            if total is not None and self.checked(total) >= _LEAST_COLUMNS:
                self.add(total)

    def checked(self, total: Total) -> int:
        """In how many columns a total that is not tiny, and all of its parts, have a figure."""
        value = self.figures.value
        known = np.isfinite(value[list(total.parts)]).all(axis=0)
        return int((known & (value[total.index] >= _LEAST_FIGURE)).sum())


def _outside(total: str, part: str) -> bool:
    """Whether a nation is no part of another: England holds no Wales, nor England and Wales."""
    words = table_words("totals")
    return total == "england" and part in words["not_england"]


def _words(text: str) -> tuple[str, ...]:
    """'London (Inner)' and 'Inner London' are one."""
    return tuple(sorted(fold_header(text).split()))
