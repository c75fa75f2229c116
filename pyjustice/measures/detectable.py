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
# Standard deviations on either side of a Poisson mean that hold all but 1e-11 of it.
_SPREAD = 7.0
# Of a sum over counts; where it would have more, it is taken at so many points.
_MOST_TERMS, _POINTS = 400, 128
# What an inverse may be off by at a whole number, which then counts as met.
_TIE = 1e-9


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

    Notes
    -----
    Both counts are Poisson. For each count of the reference there is a least count of the group
    that the test calls many; which counts these are has nothing to do with the ratio, so that the
    power at any ratio is a sum of Poisson tails over them. Where that would be a sum over more
    than 400 counts it is taken at points, which leaves a relative error of the ratio below 1e-4.
    """
    from scipy.optimize import brentq
    from scipy.special import gammainc

    if x0 <= 0:
        return math.nan
    counts, chances = _least_called_many(x0, t1 / (t1 + t0), (1 - level) / 2)
    expected = x0 * t1 / t0

    def over(log_ratio: float) -> float:
        return float(chances @ gammainc(counts, expected * math.exp(log_ratio))) - POWER

    most = math.log(_MOST_RATIO)
    return math.exp(brentq(over, 0.0, most, xtol=1e-12)) if over(most) >= 0 else math.nan


def _least_called_many(x0: float, share: float, tail: float) -> tuple[Floats, Floats]:
    """Counts of the group that the test just calls many, each with its chance.

    Parameters
    ----------
    x0 : float
        Expected events of the reference, from whose distribution the chances come.
    share : float
        The group's part of the two populations.
    tail : float
        Probability beyond which a count is many.

    Notes
    -----
    Given both counts' sum, `k` of the group is many beside `x` of the reference if the beta
    distribution function I_share(k, x + 1) is at most `tail` (Clopper and Pearson 1934).
    """
    from scipy.special import btdtria, btdtrib, pdtr

    expected = x0 * share / (1 - share)
    width = _SPREAD * math.sqrt(x0)
    low, high = max(0.0, math.floor(x0 - width - 5)), math.ceil(x0 + width + 15)
    # Counts that the sum would have: of the reference, or of the group if it has fewer events.
    terms = 2 * width * min(expected / x0, 1)
    # So many that the power goes little by little from each to the next.
    points = max(_POINTS, math.ceil(30 * math.sqrt(expected / x0)))
    if terms > _MOST_TERMS and points < terms:
        # Many of either: the next whole count is half a count further on, on average.
        x = np.linspace(low, high, points)
        return btdtria(tail, x + 1, share) + 0.5, _poisson(x, x0)
    if expected > x0:  # the sum goes over whichever has fewer values
        x = np.arange(low, high + 1)
        return np.ceil(btdtria(tail, x + 1, share) - _TIE), _poisson(x, x0)
    first, last = btdtria(tail, np.array([low, high]) + 1, share).tolist()
    k = np.arange(max(1, math.ceil(first)), math.ceil(last) + 1.0)
    beside = np.floor(btdtrib(k, tail, share) - 1 + _TIE)  # the most of the reference
    many = np.where(beside >= 0, pdtr(np.maximum(beside, 0), x0), 0.0)
    many[-1] = 1
    return k, np.diff(many, prepend=0.0)


def _poisson(x: Floats, mean: float) -> Floats:
    """Poisson probabilities of the counts, or points of equal distance, that hold nearly all."""
    from scipy.special import gammaln

    chances = np.exp(x * math.log(mean) - mean - gammaln(x + 1))
    sum_one: Floats = chances / chances.sum()
    return sum_one


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
