"""Many comparisons at once: how many they are, and q-values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.measures.figures import Floats

__all__ = ["families", "q_values"]


def families(given: Any, shape: tuple[int, ...]) -> tuple[NDArray[np.intp], int]:
    """Return the place of each row's family, and how many comparisons were made elsewhere at least.

    Parameters
    ----------
    given : 'all', int or array_like
        One family of all rows; the number of all comparisons, of which the rows are a part; or a
        label for each row, and those of one label are a family.
    shape : tuple of int
        Of the rows.

    Returns
    -------
    numpy.ndarray of intp, int
        0 where the family is as large as its rows.

    Raises
    ------
    DataError
        Another word, a number less than one, or labels that do not fit.
    """
    one = np.zeros(shape, np.intp)
    if isinstance(given, str):
        if given != "all":
            raise DataError(f"family: expected 'all', a number or labels, got {given!r}")
        return one, 0
    if np.ndim(given) == 0:
        if isinstance(given, int | np.integer) and not isinstance(given, bool) and given > 0:
            return one, int(given)
        raise DataError(f"family: expected 'all', a number or labels, got {given!r}")
    try:
        labels = np.broadcast_to(np.asarray(given), shape)
    except ValueError:
        raise DataError(f"family: expected a label for each of {shape} rows") from None
    return np.unique(labels, return_inverse=True)[1].reshape(shape), 0


def q_values(p: Floats, family: NDArray[np.intp], size: int) -> tuple[Floats, NDArray[np.int32]]:
    """Return q-values within families, and the number of comparisons of each row's family.

    Parameters
    ----------
    p : numpy.ndarray
        NaN is no comparison: it stays NaN and does not count.
    family, size
        As `families` gives them. Comparisons made elsewhere count as having shown nothing.

    Raises
    ------
    DataError
        The number given is less than the comparisons made here.

    Notes
    -----
    Benjamini Y, Hochberg Y (1995), J R Statist Soc B 57:289-300: the least over all p at or above
    this one of m p / rank.
    """
    q = np.full(p.shape, np.nan)
    counts = np.zeros(p.shape, np.int32)
    for label in range(int(family.max(initial=-1)) + 1):
        here = family == label
        known = here & ~np.isnan(p)
        made = int(known.sum())
        if size and size < made:
            raise DataError(f"family: {made} comparisons are made here, more than {size}")
        counts[here] = size or made
        q[known] = _step_up(p[known], size or made)
    return q, counts


def _step_up(p: Floats, m: int) -> Floats:
    order = np.argsort(-p, kind="stable")
    ranks = np.arange(len(p), 0, -1)
    q = np.empty_like(p)
    q[order] = np.minimum.accumulate(np.minimum(p[order] * m / ranks, 1))
    return q
