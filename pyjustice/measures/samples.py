"""How many cases to look at, and how to share them between strata."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError

__all__ = ["sample_size", "shares"]


@overload
def sample_size(eligible: int, *, level: float = ..., margin: float = ...) -> int: ...
@overload
def sample_size(
    eligible: Sequence[int] | NDArray[Any], *, level: float = ..., margin: float = ...
) -> NDArray[np.int64]: ...
def sample_size(
    eligible: Any, *, level: float = 0.80, margin: float = 0.05
) -> int | NDArray[np.int64]:
    """Cases to sample so that a percentage is within a margin of that of all eligible cases.

    Parameters
    ----------
    eligible : int or sequence of int
        Cases that started in the window.
    level : float
        Of confidence; 0.80 is what the inspectorate is believed to use (not confirmed at source).
    margin : float
        Half-width as a share; 0.05 is five percentage points.

    Returns
    -------
    int, or numpy.ndarray of int64 for a sequence
        Rounded up, and never more than are eligible.

    Raises
    ------
    DataError
        A number that is negative or not whole; `level` or `margin` out of range.

    Notes
    -----
    n = n0 N / (n0 + N - 1) with n0 = z^2 / (4 e^2): the finite-population formula at its worst
    case, a share of one half.

    Examples
    --------
    >>> sample_size(24), sample_size(200)
    (22, 91)
    """
    if not 0 < level < 1 or not 0 < margin < 1:
        raise DataError("level, margin: expected numbers between 0 and 1")
    z = NormalDist().inv_cdf((1 + level) / 2)
    most = z * z / (4 * margin * margin)

    def size(value: Any) -> int:
        try:
            n = int(value)
        except (TypeError, ValueError, OverflowError):
            n = -1
        if n != value or n < 0:
            raise DataError(f"eligible: expected a whole number of cases, got {value!r}")
        # What is whole but for the last digits of a float is whole.
        return min(n, math.ceil(most * n / (most + n - 1) - 1e-9)) if n else 0

    if np.ndim(eligible) == 0:
        return size(eligible)
    return np.array([size(value) for value in np.asarray(eligible).tolist()], np.int64)


def shares(sizes: Sequence[int], n: int) -> list[int]:
    """Share `n` between strata in proportion to their sizes, by largest remainder.

    Parameters
    ----------
    sizes : sequence of int
        Of the strata; their sum is not less than `n`.
    n : int

    Returns
    -------
    list of int
        Of equal remainders the larger stratum is first, then the earlier one.
    """
    total = sum(sizes)
    if not 0 <= n <= total:
        raise DataError(f"expected a sample of 0 to {total} cases, got {n}")
    if not total:
        return [0] * len(sizes)
    given = [n * size // total for size in sizes]
    order = sorted(range(len(sizes)), key=lambda i: (-(n * sizes[i] % total), -sizes[i], i))
    for i in order[: n - sum(given)]:
        given[i] += 1
    return given
