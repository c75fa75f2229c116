"""Limits of counts and shares at a level of confidence: arrays of one shape in, no missing values.

Counts: Garwood F (1936), Biometrika 28:437-442; Byar's approximation after Breslow NE, Day NE
(1987), Statistical Methods in Cancer Research II, p. 69. Shares: Wilson EB (1927), JASA 22:209-212;
Clopper CJ, Pearson ES (1934), Biometrika 26:404-413; Brown LD, Cai TT, DasGupta A (2001),
Statistical Science 16:101-133 for Jeffreys.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np

from pyjustice.measures.figures import Floats

__all__ = [
    "byar",
    "clopper_pearson",
    "garwood",
    "hypergeometric",
    "jeffreys",
    "phe",
    "wilson",
    "z_of",
]

Limits: TypeAlias = tuple[Floats, Floats]

# From this count on Byar's limits are used by PHE's rule.
BYAR_FROM = 10


def _aside(level: Any) -> Any:
    return (1 - level) / 2


def z_of(level: float) -> float:
    """Two-sided normal quantile: 1.96 for 0.95."""
    return -NormalDist().inv_cdf(_aside(level))


def garwood(count: Floats, level: float | Floats) -> Limits:
    """Exact limits of a Poisson count: each tail holds at most half of what is left out."""
    from scipy.special import gammainccinv, gammaincinv

    some = count > 0
    lower = np.where(some, gammaincinv(np.where(some, count, 1.0), _aside(level)), 0.0)
    return lower, gammainccinv(count + 1, _aside(level))


def byar(count: Floats, level: float) -> Limits:
    """Byar's limits of a Poisson count; NaN for a lower one that would be negative."""
    z = z_of(level)
    some = np.where(count > 0, count, np.nan)
    root = 1 - 1 / (9 * some) - z / (3 * np.sqrt(some))
    more = count + 1
    lower = np.where(root >= 0, some * root**3, np.nan)
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def phe(count: Floats, level: float) -> Limits:
    """Exact limits of counts under ten, and Byar's from there on, as Public Health England has."""
    small = count < BYAR_FROM
    exact, near = garwood(count, level), byar(count, level)
    return np.where(small, exact[0], near[0]), np.where(small, exact[1], near[1])


def wilson(count: Floats, n: Floats, level: float) -> Limits:
    """Wilson's score limits of a share."""
    z = z_of(level)
    centre = 2 * count + z * z
    spread = z * np.sqrt(z * z + 4 * count * (1 - count / n))
    below = 2 * (n + z * z)
    lower = np.where(count == 0, 0.0, (centre - spread) / below)
    upper = np.where(count == n, 1.0, (centre + spread) / below)
    return np.clip(lower, 0, 1), np.clip(upper, 0, 1)


def clopper_pearson(count: Floats, n: Floats, level: float) -> Limits:
    """Exact limits of a share: each tail holds at most half of what is left out."""
    return _beta(count, n - count + 1, count + 1, n - count, level)


def jeffreys(count: Floats, n: Floats, level: float) -> Limits:
    """Equal-tailed limits of a share under Jeffreys' prior; open to 0 at none and to 1 at all."""
    a, b = count + 0.5, n - count + 0.5
    lower, upper = _beta(a, b, a, b, level)
    return np.where(count == 0, 0.0, lower), np.where(count == n, 1.0, upper)


def _beta(a_low: Floats, b_low: Floats, a_up: Floats, b_up: Floats, level: float) -> Limits:
    """Beta quantiles of both tails; a parameter of 0 stands for a bound of 0 or 1."""
    from scipy.special import betaincinv

    aside = _aside(level)
    some, rest = a_low > 0, b_up > 0
    lower = betaincinv(np.where(some, a_low, 1.0), b_low, aside)
    # One less the quantile of the mirrored distribution keeps the digits of a bound close to 1.
    upper = 1 - betaincinv(np.where(rest, b_up, 1.0), a_up, aside)
    return np.where(some, lower, 0.0), np.where(rest, upper, 1.0)


def hypergeometric(count: Floats, n: Floats, eligible: Floats, level: float) -> Limits:
    """Exact limits of the share of all eligible, of whom `n` were drawn and `count` have it.

    The bounds are the least and the most of the eligible under whom either tail of what was drawn
    holds more than half of what is left out: a whole number each, and a point for a census.
    """
    from scipy.stats import hypergeom

    aside = _aside(level)
    unseen = eligible - n
    # As few as were seen to have it, and as many as were not seen not to.
    least = _first(
        count, count + unseen, lambda has: hypergeom.sf(count - 1, eligible, has, n) > aside
    )
    most = _first(
        count, count + unseen, lambda has: ~(hypergeom.cdf(count, eligible, has + 1, n) > aside)
    )
    return least / eligible, most / eligible


def _first(low: Floats, high: Floats, holds: object) -> Floats:
    """First whole number of each range where a condition that stays true becomes true.

    It is not asked at the end of a range, which is the answer where it is true nowhere before.
    """
    assert callable(holds)
    low, high = low.copy(), high.copy()
    while (open_ := low < high).any():
        middle = np.floor((low + high) / 2)
        there = holds(middle)
        high = np.where(open_ & there, middle, high)
        low = np.where(open_ & ~there, middle + 1, low)
    return low
