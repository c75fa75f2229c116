"""Odds ratios given the margins of one table or of many: exact test, estimate and limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_TERMS", "ExactOdds", "exact_odds"]

Floats: TypeAlias = NDArray[np.float64]
# Events and base of the group, events and base of the reference.
Table: TypeAlias = tuple[int, int, int, int]

# Terms of the sum over all tables with these margins: more take long, and normal theory serves.
MOST_TERMS = 200_000
# Odds ratios of counts below 2**31 lie well within exp(-60) to exp(60).
_MOST_LOG = 60.0


@dataclass(frozen=True, slots=True)
class ExactOdds:
    """Result of `exact_odds`.

    Attributes
    ----------
    p : float
        Twice the smaller tail at an odds ratio of 1, at most 1: the test whose inversion the
        limits are, so that the two never disagree.
    ratio, lower, upper : float
        Conditional maximum likelihood, and exact conditional limits (Cornfield 1956).
    """

    p: float
    ratio: float
    lower: float
    upper: float


def exact_odds(tables: Sequence[Table], *, level: float) -> ExactOdds | None:
    """Test and estimate the odds ratio common to some tables, given the margins of each.

    Parameters
    ----------
    tables : sequence of (events, base, reference's events, reference's base)
        One table is Fisher's; many are Mantel's exact test (Mehta, Patel and Gray 1985).
    level : float

    Returns
    -------
    ExactOdds or None
        None if the sum would have more than `MOST_TERMS` terms.
    """
    supports = [(max(0, x1 + x0 - n0), min(n1, x1 + x0)) for x1, n1, x0, n0 in tables]
    if sum(high - low for low, high in supports) > MOST_TERMS:
        return None
    least = sum(low for low, _ in supports)
    seen = sum(x1 for x1, *_ in tables) - least
    weights = _convolved(
        [_log_weights(table, *bounds) for table, bounds in zip(tables, supports, strict=True)]
    )
    if weights is None:
        return None
    known = _Sum(weights)
    tail = (1 - level) / 2
    p = min(1.0, 2 * min(known.at_least(0.0, seen), known.at_most(0.0, seen)))
    last = len(weights) - 1
    # A limit at the end of what the margins allow: no odds ratio is too small, or too large.
    lower = 0.0 if seen == 0 else math.exp(known.root(lambda t: known.at_least(t, seen) - tail))
    upper = (
        math.inf if seen == last else math.exp(known.root(lambda t: tail - known.at_most(t, seen)))
    )
    if last == 0:
        ratio = math.nan
    elif seen in (0, last):
        ratio = 0.0 if seen == 0 else math.inf
    else:
        ratio = math.exp(known.root(lambda t: known.mean(t) - seen))
    return ExactOdds(p, ratio, lower, upper)


def _log_weights(table: Table, low: int, high: int) -> Floats:
    """Logarithm of the number of ways to each count of events in the group."""
    from scipy.special import gammaln

    x1, n1, x0, n0 = table
    k = np.arange(low, high + 1, dtype=float)
    rest = x1 + x0 - k
    ways = gammaln(k + 1) + gammaln(n1 - k + 1) + gammaln(rest + 1) + gammaln(n0 - rest + 1)
    log: Floats = ways.min() - ways
    return log


def _convolved(parts: Sequence[Floats]) -> Floats | None:
    """Logarithms of the weights of sums; None if that would take too long.

    Directly and not by Fourier transform, whose rounding would be all there is in the tails.
    """
    steps, length = 0, 1
    for part in parts:
        steps += length * len(part)
        length += len(part) - 1
    if len(parts) > 1 and steps > 100 * MOST_TERMS:
        return None
    total = np.zeros(1)
    for part in parts:
        small, large = (part, total) if len(part) <= len(total) else (total, part)
        made = np.full(len(small) + len(large) - 1, -np.inf)
        for i, log in enumerate(small.tolist()):
            window = slice(i, i + len(large))
            made[window] = np.logaddexp(made[window], large + log)
        total = made - made.max()
    return total


class _Sum:
    """The distribution of the events in the group for any odds ratio, given as a logarithm."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights
        self.counts = np.arange(len(weights), dtype=float)

    def _chances(self, log_odds: float) -> Floats:
        log = self.weights + self.counts * log_odds
        chances: Floats = np.exp(log - log.max())
        return chances

    def at_least(self, log_odds: float, count: int) -> float:
        chances = self._chances(log_odds)
        return float(chances[count:].sum() / chances.sum())

    def at_most(self, log_odds: float, count: int) -> float:
        chances = self._chances(log_odds)
        return float(chances[: count + 1].sum() / chances.sum())

    def mean(self, log_odds: float) -> float:
        chances = self._chances(log_odds)
        return float((self.counts * chances).sum() / chances.sum())

    def root(self, rising: Callable[[float], float]) -> float:
        """Return the logarithm of the odds ratio at which a function that rises is zero."""
        from scipy.optimize import brentq

        return float(brentq(rising, -_MOST_LOG, _MOST_LOG, xtol=1e-13, rtol=1e-13))
