"""The smallest ratio that a comparison of this size would have found."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

__all__ = ["POWER", "detectable_proportion", "detectable_rate"]

POWER = 0.80
# No one asks whether a group is treated so much worse.
_MOST_RATIO = 1e4
_HALVINGS = 40


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
