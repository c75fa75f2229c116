"""How likely each band is, had all eligible cases been looked at.

The sampled cases are `yes` of `cases`; the others, `eligible` less `cases`, are drawn from the same
service. With a Beta(a, b) prior on the service's rate, the number of Yes among them is
beta-binomial, and the percentage of all eligible cases is cut into bands by the framework's own
exact rule. Nothing here knows how inspectors differ: see `pyjustice.confidence`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework
from pyjustice.ground.shorten import cut
from pyjustice.measures.ratings import place

__all__ = [
    "PRIORS",
    "Cuts",
    "Prior",
    "as_prior",
    "each_band",
    "interval",
    "reached",
    "with_rounding",
]

Probabilities: TypeAlias = NDArray[np.float64]

PRIORS = {"jeffreys": (0.5, 0.5), "uniform": (1.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Prior:
    """A Beta(a, b) distribution of a service's rate before its cases are seen."""

    name: str
    a: float
    b: float


def as_prior(prior: str | Sequence[float]) -> Prior:
    """Return a prior by its name, or from (a, b).

    Raises
    ------
    DataError
        No such name; not two numbers above zero.
    """
    if isinstance(prior, str):
        if prior not in PRIORS:
            raise DataError(f"prior: expected {', '.join(PRIORS)} or (a, b), got {prior!r}")
        return Prior(prior, *PRIORS[prior])
    try:
        values = [float(value) for value in prior]
    except (TypeError, ValueError):
        values = []
    if len(values) != 2 or not all(math.isfinite(v) and v > 0 for v in values):
        raise DataError(f"prior: expected two numbers above 0, got {prior!r}")
    name = f"beta({values[0]:g}, {values[1]:g})"
    return Prior(cut(name, 16), *values)


def with_rounding(rules: Framework, rounding: str) -> Framework:
    """Return the framework with bands cut on the printed ('half-up') or the exact percentage.

    Raises
    ------
    DataError
        If `rounding` is neither 'half-up' nor 'none'.
    """
    if rounding not in ("half-up", "none"):
        raise DataError(f"rounding: expected 'half-up' or 'none', got {rounding!r}")
    return replace(rules, bands=replace(rules.bands, rounding=rounding))


class Cuts:
    """Fewest Yes that reach each band of a framework, for any number of cases; kept once found."""

    def __init__(self, rules: Framework) -> None:
        self.rules = rules
        self._least: dict[int, tuple[int, ...]] = {}

    def least(self, cases: int) -> tuple[int, ...]:
        """Fewest Yes of `cases` for each rating, lowest first; ``cases + 1`` if none is enough."""
        if cases not in self._least:
            self._least[cases] = tuple(
                bisect_left(range(cases + 1), band, key=lambda yes: self.band(yes, cases))
                for band in range(len(self.rules.ratings))
            )
        return self._least[cases]

    def band(self, yes: int, cases: int) -> int:
        """Place on the framework's scale of the rating of `yes` of `cases`, 0 for the lowest."""
        return place(self.rules, self.rules.band_counts(yes, cases))


def reached(cuts: Cuts, yes: int, cases: int, eligible: float, prior: Prior) -> Probabilities:
    """Probability that the percentage of all eligible cases reaches each band, or a higher one.

    Parameters
    ----------
    cuts : Cuts
    yes, cases : int
    eligible : float
        Whole, not less than `cases`; infinity for a service without end.
    prior : Prior

    Returns
    -------
    numpy.ndarray of float64
        One for each rating of the framework, lowest first; the first is 1.
    """
    if math.isinf(eligible):
        return _reached_unlimited(cuts.rules, yes, cases, prior)
    total = int(eligible)
    least = np.array(cuts.least(total))
    if total == cases:
        return (yes >= least).astype(np.float64)
    more = _tail(total - cases, prior.a + yes, prior.b + cases - yes)
    chances: Probabilities = more[np.clip(least - yes, 0, len(more) - 1)]
    return chances


def _reached_unlimited(rules: Framework, yes: int, cases: int, prior: Prior) -> Probabilities:
    from scipy.special import betaincc

    cuts = [float(_cut(rules, lower)) / 100 for lower in rules.bands.lower[1:]]
    above = betaincc(prior.a + yes, prior.b + cases - yes, np.array(cuts))
    return np.concatenate(([1.0], above))


def _cut(rules: Framework, lower: int) -> Fraction:
    """The exact percentage from which a band whose printed percentages begin at `lower` begins."""
    if rules.bands.rounding != "half-up":
        return Fraction(lower)
    return lower - Fraction(1, 2) if rules.bands.boundary == "upper" else lower + Fraction(1, 2)


def _tail(n: int, a: float, b: float) -> Probabilities:
    """P(Y >= y) for y = 0 ... n + 1, Y beta-binomial(n, a, b)."""
    y = np.arange(1, n + 1, dtype=np.float64)
    # From each mass to the next; their scale does not matter, for they add up to one.
    log = np.zeros(n + 1)
    np.cumsum(np.log((n - y + 1) / y * ((y - 1 + a) / (n - y + b))), out=log[1:])
    mass = np.exp(log - log.max())
    tail = np.zeros(n + 2)
    tail[:-1] = np.cumsum(mass[::-1])[::-1]
    share: Probabilities = tail / tail[0]
    return share


def interval(
    yes: int, cases: int, eligible: float, prior: Prior, level: float
) -> tuple[float, float]:
    """Equal-tailed interval of the percentage of all eligible cases, at `level`.

    A point where all were looked at.
    """
    from scipy.special import betaincinv

    aside = (1 - level) / 2
    a, b = prior.a + yes, prior.b + cases - yes
    if math.isinf(eligible):
        low, high = (100 * float(betaincinv(a, b, q)) for q in (aside, 1 - aside))
        return low, high
    total = int(eligible)
    if total == cases:
        return 100 * yes / cases, 100 * yes / cases
    tail = _tail(total - cases, a, b)
    below = 1 - tail[1:]  # P(Y <= y)
    fewest, most = (int(np.searchsorted(below, q)) for q in (aside, 1 - aside))
    last = total - cases
    return 100 * (yes + min(fewest, last)) / total, 100 * (yes + min(most, last)) / total


def each_band(at_least: Any) -> Probabilities:
    """Probability of each band from those of reaching it or a higher one."""
    above = np.append(np.asarray(at_least, np.float64)[1:], 0.0)
    bands: Probabilities = np.clip(np.asarray(at_least, np.float64) - above, 0.0, 1.0)
    return bands
