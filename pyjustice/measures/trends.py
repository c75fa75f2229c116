"""Trends of rates over time: log-linear with overdispersion, and Mann-Kendall with Theil-Sen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pyjustice.measures.figures import Floats

__all__ = ["LogLinear", "Monotone", "log_linear", "monotone"]

# Bisections of the bracket, where Newton's step leaves it; it takes far fewer.
STEPS = 200
# Twice this many e-folds between two periods are beyond any count.
STEEPEST = 60.0
# Up to here the distribution of S is summed without rounding that would matter.
EXACT_UP_TO = 30


@dataclass(frozen=True, slots=True)
class LogLinear:
    """Of one series: slope of the logarithm of the rate, with limits, p-value and dispersion."""

    slope: float
    lower: float
    upper: float
    p: float
    dispersion: float


def log_linear(count: Floats, population: Floats, time: Floats, level: float) -> LogLinear | None:
    """Fit log rate = a + b time to Poisson counts, with limits that allow for overdispersion.

    Parameters
    ----------
    count, population, time : numpy.ndarray
        Three points or more of one series, nothing missing, populations above 0, some events.
    level : float

    Returns
    -------
    LogLinear
        None if all events are in the first, or all in the last period: no slope fits best.

    Notes
    -----
    Given all events, the counts are multinomial with shares n exp(b t): b matches the mean time of
    the events, and its variance is dispersion / (events times variance of t under the shares).
    The dispersion is Pearson's chi-squared by its degrees of freedom, taken as 1 if it is less
    (McCullagh P, Nelder JA (1989), Generalized Linear Models, 6.2.3); limits and p-value are of
    Student's t.
    """
    from scipy.special import stdtr, stdtrit

    events = count.sum()
    middle = time.mean()
    t = time - middle
    aim = float((count * t).sum() / events)
    where = np.flatnonzero(count)
    if len(where) == 1 and where[0] in (0, len(count) - 1):
        return None
    slope, shares, variance = _matching(population, t, aim)
    expected = events * shares
    away = (count - expected) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.where(away > 0, away / expected, 0.0)
    freedom = len(count) - 2
    dispersion = float(squares.sum() / freedom)
    error = math.sqrt(max(dispersion, 1.0) / (events * variance))
    reach = float(stdtrit(freedom, (1 + level) / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(slope) / error))
    return LogLinear(slope, slope - reach, slope + reach, p, dispersion)


def _matching(population: Floats, t: Floats, aim: float) -> tuple[float, Floats, float]:
    """The slope at which the mean time of events is `aim`; the shares, and the variance of time."""
    steepest = STEEPEST / float(np.diff(t).min())
    low, high, slope = -steepest, steepest, 0.0
    size = np.log(population)
    for _ in range(STEPS):
        log = size + slope * t
        shares = np.exp(log - log.max())
        shares /= shares.sum()
        mean = float((shares * t).sum())
        variance = float((shares * (t - mean) ** 2).sum())
        if mean < aim:
            low = slope
        else:
            high = slope
        step = (aim - mean) / variance if variance else math.inf
        following = slope + step
        if not low <= following <= high:
            following = (low + high) / 2
        if abs(following - slope) <= 1e-14 * max(1.0, abs(slope)):
            break
        slope = following
    return slope, shares, variance


@dataclass(frozen=True, slots=True)
class Monotone:
    """Of one series: Theil and Sen's slope with limits, Kendall's tau and Mann's p-value."""

    slope: float
    lower: float
    upper: float
    p: float
    tau: float


def monotone(values: Floats, time: Floats, level: float) -> Monotone:
    """Test whether a series goes one way, and estimate its slope from all pairs of points.

    Parameters
    ----------
    values, time : numpy.ndarray
        Nothing missing, times in order.
    level : float
        Of the slope's interval.

    Notes
    -----
    Mann HB (1945), Econometrica 13:245-259: S counts the pairs that rise less those that fall,
    tau = S / (n (n - 1) / 2). Without ties and up to 30 points the p-value is exact, else that of
    a normal z with continuity correction and Kendall's variance for ties. Sen PK (1968), JASA
    63:1379-1389 for slope and interval (`scipy.stats.theilslopes`). Points are taken as
    independent of each other in time.
    """
    from scipy.stats import theilslopes

    n = len(values)
    pairs = np.sign(values[None, :] - values[:, None])[np.triu_indices(n, 1)]
    s = int(pairs.sum())
    slope = theilslopes(values, time, level)
    tied = bool((pairs == 0).any())
    p = _normal_p(values, s) if tied or n > EXACT_UP_TO else _exact_p(n, s)
    limits = float(slope[2]), float(slope[3])
    return Monotone(float(slope[0]), *limits, p, s / (n * (n - 1) / 2))


def _exact_p(n: int, s: int) -> float:
    """Chance of an S as far from 0, all orders of n different values being equally likely."""
    # Distribution of the number of falling pairs, a value at a time.
    chances = np.ones(1)
    for size in range(2, n + 1):
        chances = np.convolve(chances, np.full(size, 1 / size))
    scores = n * (n - 1) / 2 - 2 * np.arange(len(chances))
    return min(1.0, float(chances[np.abs(scores) >= abs(s)].sum()))


def _normal_p(values: Floats, s: int) -> float:
    from scipy.special import ndtr

    n = len(values)
    _, ties = np.unique(values, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    if s == 0 or variance <= 0:
        return 1.0
    return 2 * float(ndtr(-(abs(s) - 1) / math.sqrt(variance)))
