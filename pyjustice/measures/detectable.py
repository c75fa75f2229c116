"""The ratio nearest to 1 that a comparison of this size would have found."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from pyjustice.measures.figures import Floats

__all__ = ["POWER", "detectable_proportion", "detectable_rate", "smallest_detectable_fall"]

POWER = 0.80
# No one asks whether a group is treated so much worse.
_MOST_RATIO = 1e4
# Of the logarithm: the ratio is right to five digits, more than anyone reads.
_HALVINGS = 20


def detectable_proportion(n1: float, p0: float, n0: float, *, level: float) -> float:
    """Return the smallest ratio above 1 that Fisher's test finds with 80 % power.

    By the sample size of Casagrande, Pike and Smith (1978), which allows for the coarseness of the
    exact test. NaN if not even a proportion of 1 would be found, or the reference has no events.
    """
    from scipy.special import ndtri

    if not 0 < p0 < 1:
        return math.nan
    z, z_power, k = float(ndtri(0.5 + level / 2)), float(ndtri(POWER)), n0 / n1

    def enough(ratio: float) -> bool:
        p1 = min(ratio * p0, 1.0)
        gap, mean = p1 - p0, (p1 + k * p0) / (1 + k)
        spread = z * math.sqrt((1 + k) * mean * (1 - mean))
        spread += z_power * math.sqrt(k * p1 * (1 - p1) + p0 * (1 - p0))
        need = spread**2 / (k * gap**2)
        corrected = need / 4 * (1 + math.sqrt(1 + 2 * (1 + k) / (k * need * gap))) ** 2
        return corrected <= n1

    return _smallest(enough, 1 / p0)


def detectable_rate(t1: float, x0: float, t0: float, *, level: float) -> float:
    """Return the smallest ratio above 1 of rates that the exact test finds with 80 % power.

    The reference's rate is taken to be the one seen. NaN if it has no events.
    """
    from scipy.special import bdtrc, gammaln
    from scipy.stats import binom

    if x0 <= 0:
        return math.nan
    share, tail = t1 / (t1 + t0), (1 - level) / 2

    def enough(ratio: float) -> bool:
        mean = x0 * (1 + ratio * t1 / t0)
        width = 9 * math.sqrt(mean) + 9
        total = np.arange(max(0, math.floor(mean - width)), math.ceil(mean + width))
        if len(total) > 400:  # every few of a smooth function is as exact as needed
            total = total[:: len(total) // 200]
        chance = np.exp(total * math.log(mean) - mean - gammaln(total + 1.0))
        least = binom.isf(tail, total, share) + 1  # fewest events that the test calls many
        power = bdtrc(
            np.minimum(least - 1, total), total, ratio * share / (1 - share + ratio * share)
        )
        return float((chance * power).sum() / chance.sum()) >= POWER

    return _smallest(enough, _MOST_RATIO)


def _smallest(enough: Callable[[float], bool], most: float) -> float:
    if not enough(most):
        return math.nan
    low, high = 0.0, math.log(most)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(math.exp(middle)) else (middle, high)
    return math.exp(high)


def smallest_detectable_fall(
    first: Floats, odds: Floats, aside: float, spread: float = 1.0
) -> Floats:
    """The ratio below 1 that is nearest to it and that the central test finds with power 0.8.

    Parameters
    ----------
    first : numpy.ndarray
        Count before, taken for the one expected.
    odds : numpy.ndarray
        Ratio of the exposures, after to before.
    aside : float
        Half of the two-sided level of the test.
    spread : float
        Square root of the dispersion.

    Returns
    -------
    numpy.ndarray
        NaN where even a fall to no event at all would not be found.

    Notes
    -----
    On the scale of square roots both counts have a variance of 1/4, so that
    sqrt(R) = (sqrt(x) - (z_aside + z_power) spread sqrt(1 + 1/k) / 2) / sqrt(x). Taking
    1/2 + 1/k from the first x allows for whole counts: the constant was fitted to exact powers,
    by enumeration for k of 2/3, 1 and 3, and keeps R within 0.03 of them. A fall to none is looked
    at exactly: it needs enough events before, the count of which is Poisson.
    """
    from scipy.special import pdtr

    z = -NormalDist().inv_cdf(aside) * spread + NormalDist().inv_cdf(POWER) * spread
    less = np.maximum(first - 0.5 - 1 / odds, 0)
    root = np.sqrt(less) - z * np.sqrt(1 + 1 / odds) / 2
    tail = NormalDist().cdf(NormalDist().inv_cdf(aside) * spread)
    needed = np.ceil(math.log(tail) / -np.log1p(odds)) if tail > 0 else np.full_like(odds, np.inf)
    bearable = pdtr(np.minimum(needed, 2**52) - 1, first) <= 1 - POWER
    found: Floats = np.where((root > 0) & bearable, root**2 / np.maximum(first, 1), np.nan)
    return found
