"""Many comparisons at once: q-values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError

__all__ = ["family_size", "q_values"]


def q_values(p: Sequence[float] | NDArray[np.float64], family: int) -> NDArray[np.float64]:
    """Return the q-value of each p-value among `family` comparisons (Benjamini, Hochberg 1995).

    NaN stays NaN and is no comparison. Comparisons that are not in `p` count as showing nothing.
    """
    given = np.asarray(p, float)
    found = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(-given[known], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    found[order] = np.minimum.accumulate(np.minimum(given[order] * family / ranks, 1.0))
    return found


def family_size(family: Any, made: int) -> int:
    """Return how many comparisons there are: those made here, or as many as the user says."""
    if isinstance(family, str) and family == "all":
        return made
    if isinstance(family, (int, np.integer)) and not isinstance(family, bool) and family >= made:
        return int(family)
    raise DataError(
        f"family: expected 'all', or the number of all comparisons made together, at least the"
        f" {made} made here; got {family!r}"
    )
