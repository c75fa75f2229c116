"""Two proportions: score intervals of their ratio and of their difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.measures.limits import wilson, z_of

__all__ = ["bisect", "newcombe_difference", "score_difference", "score_ratio"]

Floats: TypeAlias = NDArray[np.float64]
# Whatever numpy makes an array of numbers from.
Numbers: TypeAlias = Any
Limits: TypeAlias = tuple[Floats, Floats]

# Halvings of an interval of logarithms or differences: after these it is as narrow as a double.
_HALVINGS = 60
# Ratios of counts below 2**31 lie well within exp(-60) to exp(60).
_MOST_LOG = 60.0


def bisect(falling: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Return where functions that fall from `low` to `high` cross zero."""
    low, high = np.array(low, float), np.array(high, float)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = falling(middle) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2


def _both(
    score: Callable[[Floats], Floats], z: float, least: Floats, centre: Floats, most: Floats
) -> Floats:
    """Where a score that falls is z, between `least` and `centre`, and -z, between it and `most`.

    In one go, the first axis being of the two: what takes time is how often numpy is called.
    """
    ends = np.array([-z, z]).reshape(2, *[1] * centre.ndim)
    return bisect(lambda t: score(t) + ends, np.stack([least, centre]), np.stack([centre, most]))


def score_ratio(
    x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers, *, level: float, factor: bool = True
) -> Limits:
    """Return limits of the ratio (x1/n1) / (x0/n0) by inverting a score test.

    Parameters
    ----------
    x1, n1, x0, n0 : array_like
        Events and base of the group and of the reference; each base at least 1.
    level : float
    factor : bool
        With N/(N-1) in the variance as Miettinen and Nurminen (1985), else as Koopman (1984).

    Returns
    -------
    lower, upper : numpy.ndarray
        0 to infinity where neither has events. Groups swapped give the inverse.
    """
    swap, a, m, b, n = _lower_first(x1, n1, x0, n0)
    z = z_of(level)

    def score(log_ratio: Floats) -> Floats:
        return ratio_score(a, m, b, n, np.exp(log_ratio), factor=factor)

    none = np.zeros(a.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(a * n) - np.log(b * m)
        inner = np.where(np.isfinite(centre), centre, -_MOST_LOG)
        lower, upper = np.exp(_both(score, z, none - _MOST_LOG, inner, none + _MOST_LOG))
        lower = np.where(a == 0, 0.0, lower)
        upper = np.where(b == 0, np.inf, upper)
        return np.where(swap, 1 / upper, lower), np.where(swap, 1 / lower, upper)


def ratio_score(
    x1: Floats, n1: Floats, x0: Floats, n0: Floats, ratio: Floats, *, factor: bool
) -> Floats:
    """Score statistic of `ratio`: standard normal if that is the true one, and falling in it."""
    total = n1 + n0
    p0 = constrained_reference(x1, n1, x0, n0, ratio)
    p1 = np.clip(ratio * p0, 0, 1)
    variance = p1 * (1 - p1) / n1 + ratio**2 * p0 * (1 - p0) / n0
    if factor:
        variance = variance * total / (total - 1)
    distance = x1 / n1 - ratio * x0 / n0
    with np.errstate(divide="ignore", invalid="ignore"):
        found = distance / np.sqrt(variance)
    return np.where(distance == 0, 0.0, found)


def constrained_reference(x1: Floats, n1: Floats, x0: Floats, n0: Floats, ratio: Floats) -> Floats:
    """Most likely proportion in the reference, were the ratio of proportions `ratio`."""
    a = (n1 + n0) * ratio
    b = n1 * ratio + x1 + n0 + x0 * ratio
    c = x1 + x0
    root = np.sqrt(np.maximum(b * b - 4 * a * c, 0))
    # The smaller root of a p^2 - b p + c, in the form that loses no digits.
    p: Floats = np.clip(2 * c / (b + root), 0, np.minimum(1, 1 / ratio))
    return p


def score_difference(
    x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers, *, level: float, factor: bool = True
) -> Limits:
    """Return limits of the difference x1/n1 - x0/n0 by inverting a score test.

    With `factor`, Miettinen and Nurminen (1985); without, Mee (1984). Parameters as for
    `score_ratio`. Groups swapped give the same limits with the other sign.
    """
    swap, a, m, b, n = _lower_first(x1, n1, x0, n0)
    z = z_of(level)

    def score(difference: Floats) -> Floats:
        return difference_score(a, m, b, n, difference, factor=factor)

    centre, one = a / m - b / n, np.ones(a.shape)
    lower, upper = _both(score, z, -one, centre, one)
    return np.where(swap, -upper, lower), np.where(swap, -lower, upper)


def difference_score(
    x1: Floats, n1: Floats, x0: Floats, n0: Floats, difference: Floats, *, factor: bool
) -> Floats:
    """Score statistic of `difference`: standard normal if that is the true one; falls in it."""
    total = n1 + n0
    p0 = _constrained_by_difference(x1, n1, x0, n0, difference)
    p1 = np.clip(p0 + difference, 0, 1)
    variance = p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0
    if factor:
        variance = variance * total / (total - 1)
    distance = x1 / n1 - x0 / n0 - difference
    with np.errstate(divide="ignore", invalid="ignore"):
        found = distance / np.sqrt(np.maximum(variance, 0))
    return np.where(distance == 0, 0.0, found)


def _constrained_by_difference(
    x1: Floats, n1: Floats, x0: Floats, n0: Floats, difference: Floats
) -> Floats:
    """Most likely proportion in the reference, were the difference `difference`.

    The cubic of Miettinen and Nurminen (1985), appendix, by its trigonometric solution; the bases
    enter by their sizes, where a published implementation has a count.
    """
    total, events = n1 + n0, x1 + x0
    l2 = (n1 + 2 * n0) * difference - total - events
    l1 = (n0 * difference - total - 2 * x0) * difference + events
    l0 = x0 * difference * (1 - difference)
    q = (l2 / (3 * total)) ** 3 - l1 * l2 / (6 * total**2) + l0 / (2 * total)
    p = np.sqrt(np.maximum((l2 / (3 * total)) ** 2 - l1 / (3 * total), 0))
    p = np.where(q < 0, -p, p)
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = (np.pi + np.arccos(np.clip(np.where(p == 0, 0, q / p**3), -1, 1))) / 3
    p0 = 2 * p * np.cos(angle) - l2 / (3 * total)
    found: Floats = np.clip(p0, np.maximum(0, -difference), np.minimum(1, 1 - difference))
    return found


def newcombe_difference(
    x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers, *, level: float
) -> Limits:
    """Return limits of the difference from the Wilson limits of each (Newcombe 1998, method 10)."""
    x1, n1, x0, n0 = _as_floats(x1, n1, x0, n0)
    p1, p0 = x1 / n1, x0 / n0
    (low1, high1), (low0, high0) = wilson(x1, n1, level), wilson(x0, n0, level)
    lower = p1 - p0 - np.hypot(p1 - low1, high0 - p0)
    upper = p1 - p0 + np.hypot(high1 - p1, p0 - low0)
    return np.maximum(lower, -1), np.minimum(upper, 1)


def _lower_first(x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers) -> Any:
    """Return whether the groups are swapped, and events and bases with the lower rate first.

    Limits are worked out one way round only, so that swapped groups invert them exactly.
    """
    x1, n1, x0, n0 = _as_floats(x1, n1, x0, n0)
    swap = x1 * n0 > x0 * n1
    pairs = ((x0, x1), (n0, n1), (x1, x0), (n1, n0))
    return swap, *(np.where(swap, *pair) for pair in pairs)


def _as_floats(*values: Numbers) -> Any:
    return np.broadcast_arrays(*(np.asarray(value, float) for value in values))
