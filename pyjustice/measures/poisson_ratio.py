"""The ratio of two rates of events, given their total: exact and mid-p."""

from __future__ import annotations

import math
from typing import Literal, TypeAlias

import numpy as np

from pyjustice.measures.two_by_two import bisect

__all__ = ["RateMethod", "rate_ratio"]

RateMethod: TypeAlias = Literal["exact", "mid-p"]

_MOST_LOG = 60.0


def rate_ratio(
    x1: float, t1: float, x0: float, t0: float, *, level: float, method: RateMethod = "exact"
) -> tuple[float, float, float]:
    """Test whether two rates of events are the same, and limit their ratio.

    Parameters
    ----------
    x1, t1, x0, t0 : float
        Events and population of the group and of the reference.
    level : float
    method : {'exact', 'mid-p'}

    Returns
    -------
    p, lower, upper : float
        Twice the smaller tail, at most 1, and limits of (x1/t1) / (x0/t0).

    Notes
    -----
    Given that there are ``x1 + x0`` events, those of the group are binomial; its limits (Clopper
    and Pearson) become those of the ratio (Przyborowski and Wilenski 1940). 'mid-p' counts half of
    the chance of what was seen, and holds its level on average but not always.
    """
    if x1 * t0 > x0 * t1:  # worked out one way round, so that swapped groups invert it exactly
        p, lower, upper = rate_ratio(x0, t0, x1, t1, level=level, method=method)
        return p, _inverse(upper), _inverse(lower)
    half = method == "mid-p"
    tail, total, offset = (1 - level) / 2, x1 + x0, math.log(t1) - math.log(t0)
    p = min(1.0, 2 * min(_below(x1, total, offset, half), _above(x1, total, offset, half)))
    if total == 0:
        return 1.0, 0.0, math.inf

    def limit(upper: bool) -> float:
        def falling(log_odds: np.ndarray) -> np.ndarray:
            odds = float(log_odds[0])
            beyond = (
                _below(x1, total, odds, half) - tail
                if upper
                else tail - _above(x1, total, odds, half)
            )
            return np.array([beyond])

        found = bisect(falling, np.array([-_MOST_LOG]), np.array([_MOST_LOG]))
        return math.exp(float(found[0]) - offset)

    return p, 0.0 if x1 == 0 else limit(upper=False), math.inf if x0 == 0 else limit(upper=True)


def _inverse(value: float) -> float:
    return math.inf if value == 0 else 1 / value


def _below(x: float, total: float, log_odds: float, half: bool) -> float:
    """Chance of at most x of the total, the odds of each to be the group's given."""
    found = _cumulative(x, total, log_odds)
    return (found + _cumulative(x - 1, total, log_odds)) / 2 if half else found


def _above(x: float, total: float, log_odds: float, half: bool) -> float:
    """Chance of at least x."""
    # As many or more of the group's are as few or fewer of the others'.
    return _below(total - x, total, -log_odds, half)


def _cumulative(x: float, total: float, log_odds: float) -> float:
    from scipy.special import betainc, expit

    if x < 0:
        return 0.0
    return 1.0 if x >= total else float(betainc(total - x, x + 1, expit(-log_odds)))
