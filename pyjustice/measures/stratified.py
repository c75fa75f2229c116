"""Ratios within strata, pooled: Mantel and Haenszel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pyjustice.measures.exact_odds import ExactOdds, exact_odds
from pyjustice.measures.limits import z_of
from pyjustice.measures.two_by_two import bisect, constrained_reference

__all__ = ["Pooled", "mantel_haenszel_ratio", "pool", "pooled_odds"]

Floats: TypeAlias = NDArray[np.float64]

# With fewer events than this in a group the logarithm of its ratio is no normal variable.
FEW_EVENTS = 10
_MOST_LOG = 60.0
GREENLAND_ROBINS = "mantel-haenszel"
STRATIFIED_SCORE = "mantel-haenszel, score"


@dataclass(frozen=True, slots=True)
class Pooled:
    """What `pool` gives.

    Attributes
    ----------
    ratio, lower, upper : float
        Ratio of proportions of Mantel and Haenszel, with limits.
    odds : ExactOdds
        Common odds ratio, and p of no difference in any stratum.
    used : int
        Strata in which both groups have a base.
    method : str
    exact : bool
    """

    ratio: float
    lower: float
    upper: float
    odds: ExactOdds
    used: int
    method: str


def mantel_haenszel_ratio(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> Floats:
    """Return the pooled ratio of proportions; strata on the last axis, any others kept."""
    a, m, b, n = (np.asarray(value, float) for value in (x1, n1, x0, n0))
    with np.errstate(divide="ignore", invalid="ignore"):
        total = m + n
        used = (m > 0) & (n > 0)
        above = np.where(used, a * n / total, 0).sum(-1)
        below = np.where(used, b * m / total, 0).sum(-1)
        found: Floats = np.asarray(above / below)
    return found


def pool(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, *, level: float) -> Pooled:
    """Pool the comparison of a group with the reference over strata.

    Parameters
    ----------
    x1, n1, x0, n0 : array_like
        Events and base of the group and of the reference, by stratum. A stratum in which either
        has no base tells nothing and is left out.
    level : float

    Notes
    -----
    The variance of the logarithm of the ratio is that of Greenland and Robins (1985), good for few
    large strata and for many small ones. With fewer than 10 events in a group its limits are those
    of a score test with Mantel-Haenszel weights (Miettinen and Nurminen 1985, section on strata),
    which stay finite on the open side at zero.
    """
    a, m, b, n = (np.asarray(value, float) for value in (x1, n1, x0, n0))
    used = (m > 0) & (n > 0)
    a, m, b, n = a[used], m[used], b[used], n[used]
    ratio = float(mantel_haenszel_ratio(a, m, b, n)) if used.any() else math.nan
    few = min(a.sum(), b.sum()) < FEW_EVENTS
    lower, upper = _limits(a, m, b, n, ratio, level, few=bool(few))
    odds = pooled_odds(a, m, b, n, level=level)
    method = STRATIFIED_SCORE if few else GREENLAND_ROBINS
    return Pooled(ratio, lower, upper, odds, int(used.sum()), method)


def _limits(
    a: Floats, m: Floats, b: Floats, n: Floats, ratio: float, level: float, *, few: bool
) -> tuple[float, float]:
    if math.isnan(ratio):
        return (0.0, math.inf) if len(a) else (math.nan, math.nan)
    if few:
        return _score_limits(a, m, b, n, ratio, level)
    total = m + n
    spread = ((a + b) * m * n - a * b * total) / total**2
    deviation = math.sqrt(spread.sum() / ((a * n / total).sum() * (b * m / total).sum()))
    z = z_of(level)
    return ratio * math.exp(-z * deviation), ratio * math.exp(z * deviation)


def _score_limits(
    a: Floats, m: Floats, b: Floats, n: Floats, ratio: float, level: float
) -> tuple[float, float]:
    if a.sum() * n.sum() > b.sum() * m.sum():  # one way round: swapped groups invert it exactly
        lower, upper = _score_limits(b, n, a, m, 1 / ratio if ratio else math.inf, level)
        return 1 / upper if upper else math.inf, 1 / lower if lower else math.inf
    z = z_of(level)
    weight = m * n / (m + n)

    def score(log_ratio: Floats) -> Floats:
        theta = np.exp(log_ratio)
        p0 = constrained_reference(a, m, b, n, theta)
        p1 = np.clip(theta * p0, 0, 1)
        variance = (p1 * (1 - p1) / m + theta**2 * p0 * (1 - p0) / n) * (m + n) / (m + n - 1)
        distance = (weight * (a / m - theta * b / n)).sum()
        spread = math.sqrt((weight**2 * variance).sum())
        return np.array([distance / spread if spread else np.sign(distance) * np.inf])

    centre = np.array([math.log(ratio) if 0 < ratio < math.inf else -_MOST_LOG])
    least, most = np.array([-_MOST_LOG]), np.array([_MOST_LOG])
    lower = math.exp(float(bisect(lambda t: score(t) - z, least, centre)[0])) if a.sum() else 0.0
    upper = math.exp(float(bisect(lambda t: score(t) + z, centre, most)[0]))
    return lower, upper if b.sum() else math.inf


def pooled_odds(a: Floats, m: Floats, b: Floats, n: Floats, *, level: float) -> ExactOdds:
    """Return the odds ratio common to some tables and p of none: exact where that can be summed.

    Else the odds ratio of Mantel and Haenszel with the limits of Robins, Breslow and Greenland
    (1986) and p of Cochran, Mantel and Haenszel without correction: only where there are hundreds
    of thousands of events, and both are the same.
    """
    if not len(a):
        return ExactOdds(math.nan, math.nan, math.nan, math.nan)
    tables = [
        (int(x1), int(n1), int(x0), int(n0)) for x1, n1, x0, n0 in zip(a, m, b, n, strict=True)
    ]
    exact = exact_odds(tables, level=level)
    return exact if exact is not None else _normal_odds(a, m, b, n, level)


def _normal_odds(a: Floats, m: Floats, b: Floats, n: Floats, level: float) -> ExactOdds:
    from scipy.special import ndtr

    total, events = m + n, a + b
    variance = (m * n * events * (total - events) / (total**2 * (total - 1))).sum()
    z = abs((a - m * events / total).sum()) / math.sqrt(variance) if variance else 0.0
    p_value = 2 * float(ndtr(-z))
    r, s = a * (n - b) / total, b * (m - a) / total
    p, q = (a + n - b) / total, (b + m - a) / total
    if not r.sum() or not s.sum():
        return ExactOdds(p_value, math.nan, 0.0, math.inf)
    ratio = float(r.sum() / s.sum())
    deviation = math.sqrt(
        (p * r).sum() / (2 * r.sum() ** 2)
        + (p * s + q * r).sum() / (2 * r.sum() * s.sum())
        + (q * s).sum() / (2 * s.sum() ** 2)
    )
    width = math.exp(z_of(level) * deviation)
    return ExactOdds(p_value, ratio, ratio / width, ratio * width)
