"""Bootstrap of counts by child, in the engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice import _core

__all__ = ["Kinds", "kinds_of_children", "resampled"]

Ints: TypeAlias = NDArray[np.int64]

# Resamples of a job for a thread: Ctrl-C is heard between two.
_JOB = 500
# Of a number that holds a row.
_BITS = 62


@dataclass(frozen=True, slots=True)
class Kinds:
    """Children by what they add to the totals: those who add the same are of one kind.

    Attributes
    ----------
    children : array of shape (kinds,)
    starts : array of shape (kinds + 1,)
        Where in `columns` the additions of each kind begin; each adds 1, repeats and all.
    columns : array
        The totals added to.
    """

    children: Ints
    starts: Ints
    columns: NDArray[np.int32]


def kinds_of_children(child: NDArray[np.intp], cell: NDArray[np.intp]) -> Kinds:
    """Sort children into kinds.

    Parameters
    ----------
    child : array of shape (cases,)
        Number of the child of each case.
    cell : array of shape (cases,)
        The total that the case adds 1 to.
    """
    order = np.lexsort((cell, child))
    child, cell = child[order], cell[order]
    first = np.flatnonzero(np.diff(child, prepend=child[:1] - 1))
    sizes = np.diff(first, append=len(child))
    children: list[Ints] = []
    lengths: list[Ints] = []
    columns: list[NDArray[np.intp]] = []
    for size in np.unique(sizes).tolist():
        # The cells of all children with so many cases, a row each and in order.
        cells = cell[first[sizes == size][:, None] + np.arange(size)]
        kinds, counts = _distinct(cells)
        children.append(counts.astype(np.int64))
        lengths.append(np.full(len(kinds), size, np.int64))
        columns.append(kinds.reshape(-1))
    starts = np.concatenate([[0], *lengths]).cumsum().astype(np.int64)
    none = np.zeros(0, np.int64)
    return Kinds(
        np.concatenate([none, *children]), starts, np.concatenate([none, *columns]).astype(np.int32)
    )


def _distinct(cells: NDArray[np.intp]) -> tuple[NDArray[np.intp], Ints]:
    """Return rows that differ, in order, and how often each occurs."""
    base, size = int(cells.max(initial=0)) + 1, cells.shape[1]
    if size * np.log2(base) > _BITS:
        kinds, counts = np.unique(cells, axis=0, return_counts=True)
        return kinds, counts
    # A row as one number, of which sorting takes a tenth of the time.
    places = base ** np.arange(size)[::-1]
    numbers, counts = np.unique(cells @ places, return_counts=True)
    return numbers[:, None] // places % base, counts


def resampled(
    kinds: Kinds,
    width: int,
    *,
    resamples: int,
    seed: int,
    statistic: Callable[[Ints], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Return a statistic of the totals of each resample.

    Parameters
    ----------
    kinds : Kinds
    width : int
        How many totals there are.
    resamples, seed : int
        Resample i depends on the seed and on i alone: more of them begin with the same ones, and
        the number of threads does not matter. The seed is spread by numpy's SeedSequence; the
        numbers are the engine's own (xoshiro256**).
    statistic : callable
        From totals of shape (some, width) to values of shape (some, ...).
    """
    low, high = np.random.SeedSequence(seed).generate_state(2, np.uint64).tolist()
    ones = np.ones(len(kinds.columns), np.int64)

    def job(first: int) -> NDArray[np.float64]:
        many = min(_JOB, resamples - first)
        totals = _core.resample(
            kinds.children, kinds.starts, kinds.columns, ones, width, (low, high), first, many
        )
        return statistic(totals.reshape(many, width))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made: Iterator[NDArray[np.float64]] = pool.map(job, range(0, resamples, _JOB))
        return np.concatenate(list(made))
