"""Two counts over two exposures: the exact conditional test of their rates, and its inversion.

Given the sum of two Poisson counts, the second is binomial; its share is theta = k r / (1 + k r)
where r is the ratio of the rates and k that of the exposures (Przyborowski J, Wilenski H (1940),
Biometrika 31:313-323). The p-value is twice the smaller tail, at most 1 ('central'), and the
interval holds the ratios that this same test does not reject: Clopper and Pearson's limits of
theta. 'mid-p' counts half of the outcome seen, in both.
"""

from __future__ import annotations

import math

import numpy as np

from pyjustice.measures.figures import Floats
from pyjustice.measures.limits import garwood

__all__ = [
    "difference_limits",
    "dispersion",
    "p_values",
    "ratio_limits",
    "widened",
]

# Of bisections of a logarithm: enough for every digit of a double. Newton's method takes some six.
STEPS = 60
# Of two steps, after which the next would be below the last digit.
CLOSE = 1e-13
BELOW_ONE = 1 - 2**-53


def p_values(first: Floats, second: Floats, odds: Floats, *, mid: bool = False) -> Floats:
    """P-value of the ratio for which ``odds`` is that of the two expected counts, second to first.

    Parameters
    ----------
    first, second : numpy.ndarray
        Counts, not both 0.
    odds : numpy.ndarray
        Ratio of the exposures times the ratio of rates that is tested.
    mid : bool
        Mid-p in place of central.
    """
    theta = odds / (1 + odds)
    below, above = _tail(first, second, 1 - theta, mid), _tail(second, first, theta, mid)
    p: Floats = np.minimum(1, 2 * np.minimum(below, above))
    return p


def _tail(x: Floats, rest: Floats, theta: Floats, mid: bool) -> Floats:
    """Probability of `x` or more of x + rest; with `mid` only half of that of `x` itself."""
    at_least = _at_least(x, rest, theta)
    return (at_least + _at_least(x + 1, rest - 1, theta)) / 2 if mid else at_least


def _at_least(x: Floats, rest: Floats, theta: Floats) -> Floats:
    from scipy.special import betainc

    within = (x > 0) & (rest >= 0)
    chance = betainc(np.where(within, x, 1), np.where(within, rest + 1, 1), theta)
    return np.where(within, chance, np.where(x > 0, 0.0, 1.0))


def ratio_limits(
    first: Floats, second: Floats, odds: Floats, aside: Floats, *, mid: bool = False
) -> tuple[Floats, Floats]:
    """Limits of the ratio to the one that `odds` stands for; `aside` is left out at either end.

    Counts of 0 give a lower limit of 0 or an upper one of infinity.
    """
    # The same few small counts come again and again in tables.
    pairs = np.stack(np.broadcast_arrays(first, second, aside))
    unique, place = np.unique(pairs, axis=1, return_inverse=True)
    one, two, tail = unique
    low = _least_share(two, one, tail, mid)
    high = _least_share(one, two, tail, mid)
    with np.errstate(divide="ignore"):
        lower, upper = low / (1 - low), (1 - high) / high
    place = place.reshape(-1)
    return lower[place] / odds, upper[place] / odds


def _least_share(x: Floats, rest: Floats, aside: Floats, mid: bool) -> Floats:
    """The theta at which `x` or more of x + rest has probability `aside`; 0 at none."""
    from scipy.special import betaincinv

    some = x > 0
    exact = np.where(some, betaincinv(np.where(some, x, 1), rest + 1, aside), 0.0)
    if not mid:
        return exact
    # Half of the outcome seen is left out, so that the limit is further in than the exact one.
    # Newton's method on the logarithms, of which a bisection takes the place where it leaves them.
    low, high = np.log(np.where(some, exact, 1.0)), np.zeros_like(exact)
    at = low
    for _ in range(STEPS):
        theta = np.exp(at)
        tail = _tail(x, rest, theta, mid)
        more = tail > aside
        low, high = np.where(more, low, at), np.where(more, at, high)
        slope = (_density(x, rest + 1, theta) + _density(x + 1, rest, theta)) / 2
        with np.errstate(all="ignore"):
            after = at - np.log(tail / aside) * tail / slope
        within = (after >= low) & (after <= high)
        after = np.where(within, after, (low + high) / 2)
        done = ~some | (np.abs(after - at) <= CLOSE * (1 + np.abs(at)))
        at = after
        if done.all():
            break
    return np.where(some, np.exp(at), 0.0)


def _density(a: Floats, b: Floats, theta: Floats) -> Floats:
    """Derivative of the beta distribution function by the logarithm of theta; 0 for no such one."""
    from scipy.special import betaln

    within = (a > 0) & (b > 0)
    a, b = np.where(within, a, 1), np.where(within, b, 1)
    log = a * np.log(theta) + (b - 1) * np.log1p(-np.minimum(theta, BELOW_ONE)) - betaln(a, b)
    return np.where(within, np.exp(log), 0.0)


def difference_limits(
    first: Floats, second: Floats, scale_first: Floats, scale_second: Floats, aside: Floats
) -> tuple[Floats, Floats]:
    """Limits of scale_second second - scale_first first, from the exact limits of each count.

    The method of variance estimates recovery: Zou GY, Donner A (2008), Statistics in Medicine
    27:1693-1702. It is not the inversion of a test, so that in rare cases it holds 0 and the
    ratio's interval does not hold 1, or the other way round.
    """
    low_1, high_1 = garwood(first, 1 - 2 * aside)
    low_2, high_2 = garwood(second, 1 - 2 * aside)
    value = scale_second * second - scale_first * first
    down = np.hypot(scale_second * (second - low_2), scale_first * (high_1 - first))
    up = np.hypot(scale_second * (high_2 - second), scale_first * (first - low_1))
    return value - down, value + up


def dispersion(first: Floats, second: Floats, odds: Floats) -> float:
    """Pearson's chi-squared of the second counts, given the sums, by degrees of freedom.

    `odds` are those of the pooled change, which takes one degree. 1 is what chance gives; NaN for
    fewer than two pairs.
    """
    if len(first) < 2:
        return math.nan
    total, theta = first + second, odds / (1 + odds)
    squares = (second - total * theta) ** 2 / (total * theta * (1 - theta))
    return float(squares.sum() / (len(first) - 1))


def widened(p: Floats, aside: float, spread: float) -> tuple[Floats, float]:
    """P-values and what is left out at either end, where chance alone spreads `spread` times less.

    The normal quantile of each is divided by the spread; so the test and its interval still agree.
    """
    from scipy.special import ndtr, ndtri

    if spread <= 1:
        return p, aside
    return 2 * ndtr(ndtri(p / 2) / spread), float(ndtr(ndtri(aside) * spread))
