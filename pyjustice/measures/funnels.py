"""Limits of a funnel plot: what chance alone gives an area, and what chance and spread give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ADJUSTMENTS",
    "SCALES",
    "Areas",
    "Judged",
    "between_variance",
    "dispersion",
    "exact_limits",
    "exact_tail",
    "judge",
    "spread_is_plain",
]

Floats: TypeAlias = NDArray[np.float64]

ADJUSTMENTS = ("multiplicative", "additive")
# Scales on which z scores may be taken, the one for an additive adjustment last.
SCALES = {"rate": ("pearson", "sqrt"), "ratio": ("pearson", "sqrt"),
          "proportion": ("pearson", "arcsine")}  # fmt: skip
# What 95 % and 99.8 % limits leave on either side.
ASIDE_95, ASIDE_998 = 0.025, 0.001


@dataclass(frozen=True)
class Areas:
    """Areas with figures. `base` is the population, or of a ratio the expected count."""

    observed: Floats
    base: Floats
    target: float
    proportion: bool

    @property
    def expected(self) -> Floats:
        """What each area would have at the target."""
        return self.base * self.target

    @property
    def nothing_varies(self) -> bool:
        """Whether chance has no part at this target: no events at all, or all of them."""
        return self.target == 0 or (self.proportion and self.target == 1)

    def chance(self) -> Any:
        """Give the distribution of the counts at the target, as scipy has it."""
        from scipy import stats

        if self.proportion:
            return stats.binom(self.base.astype(np.int64), self.target)
        return stats.poisson(self.expected)


@dataclass(frozen=True)
class Judged:
    """How areas stand among each other; arrays are by area."""

    z: Floats
    z_adjusted: Floats
    limits_95: tuple[Floats, Floats]
    limits_998: tuple[Floats, Floats]
    tail: Floats
    dispersion: float
    between: float


def judge(areas: Areas, scale: str, adjust: str | None, winsorise: float) -> Judged:
    """Set each area against the target.

    Parameters
    ----------
    areas : Areas
    scale : str
        Of `SCALES`.
    adjust : {None, 'multiplicative', 'additive'}
    winsorise : float
        Share of the z scores at either end that is drawn in before their spread is taken.

    Returns
    -------
    Judged

    Notes
    -----
    An adjustment widens: its limits are never inside of the exact ones, and without more spread
    than chance gives they are the exact ones.
    """
    distance, error = _distances(areas, scale)
    z = _divided(distance, error)
    phi = dispersion(z, winsorise)
    between = between_variance(z, error, winsorise) if adjust == "additive" else float("nan")
    widened = None
    if adjust == "multiplicative" and phi > 1:
        widened = error * np.sqrt(phi)
    elif adjust == "additive" and between > 0:
        widened = np.sqrt(error**2 + between)
    tail = exact_tail(areas)
    limits = [exact_limits(areas, aside) for aside in (ASIDE_95, ASIDE_998)]
    z_adjusted = z
    if widened is not None:
        from scipy.special import ndtr

        z_adjusted = _divided(distance, widened)
        tail = np.maximum(tail, ndtr(-np.abs(z_adjusted)))
        wide = [_widened_limits(areas, scale, widened, aside) for aside in (ASIDE_95, ASIDE_998)]
        limits = [
            (np.minimum(own[0], other[0]), np.maximum(own[1], other[1]))
            for own, other in zip(limits, wide, strict=True)
        ]
    return Judged(z, z_adjusted, limits[0], limits[1], tail, phi, between)


def exact_limits(areas: Areas, aside: float) -> tuple[Floats, Floats]:
    """Smallest and largest count that is inside of the limits.

    A count is inside if as few, and as many, each have a probability of `aside` or more.
    """
    law = areas.chance()
    low = np.maximum(law.ppf(aside), 0.0)
    high = np.maximum(law.ppf(1 - aside), 0.0)
    # Quantiles of a float can be one off; the tails themselves decide.
    while (short := law.cdf(low) < aside).any():
        low = low + short
    while (spare := (low > 0) & (law.cdf(low - 1) >= aside)).any():
        low = low - spare
    while (short := law.sf(high) >= aside).any():
        high = high + short
    while (spare := (high > 0) & (law.sf(high - 1) < aside)).any():
        high = high - spare
    return low, high


def exact_tail(areas: Areas) -> Floats:
    """P(as few) or P(as many) at the target, whichever is smaller."""
    law = areas.chance()
    tail: Floats = np.minimum(law.cdf(areas.observed), law.sf(areas.observed - 1))
    return tail


def dispersion(z: Floats, winsorise: float) -> float:
    """Mean square of the winsorised z scores: about 1 if chance alone is at work, NaN for one area.

    Notes
    -----
    Spiegelhalter 2005, Statistics in Medicine 24, 1185: phi = sum(z^2) / I.
    """
    if len(z) < 2:
        return float("nan")
    return float(np.mean(_winsorised(z, winsorise) ** 2))


def between_variance(z: Floats, error: Floats, winsorise: float) -> float:
    """Variance between areas beyond chance, by the method of moments, on the scale of `error`.

    Notes
    -----
    DerSimonian and Laird 1986 with w = 1 / error^2 and Q = sum of squares of the winsorised z:
    (Q - (I - 1)) / (sum(w) - sum(w^2) / sum(w)), and 0 where that is less.
    """
    n = len(z)
    if n < 2:
        return 0.0
    weight = 1 / error**2
    room = weight.sum() - (weight**2).sum() / weight.sum()
    return max(0.0, float((n * dispersion(z, winsorise) - (n - 1)) / room))


def spread_is_plain(phi: float, n: int) -> bool:
    """Whether areas vary by plainly more than chance: phi > 1 + 2 sqrt(2 / I), Spiegelhalter 2005.

    Two standard deviations of a mean of I squares of normal scores. Winsorised scores vary less,
    so that it errs towards saying no.
    """
    return n > 1 and phi > 1 + 2 * np.sqrt(2 / n)


def _winsorised(z: Floats, share: float) -> Floats:
    low, high = np.quantile(z, [share, 1 - share])
    return np.clip(z, low, high)


def _divided(distance: Floats, error: Floats) -> Floats:
    """Divide, with NaN where nothing can vary."""
    scores = np.full(len(error), np.nan)
    np.divide(distance, error, out=scores, where=error > 0)
    return scores


def _distances(areas: Areas, scale: str) -> tuple[Floats, Floats]:
    """Distance from the target on a scale, and its standard error by chance alone."""
    expected = areas.expected
    if scale == "arcsine":
        share = np.sqrt(areas.observed / areas.base)
        distance = np.arcsin(share) - np.arcsin(np.sqrt(areas.target))
        return distance, 1 / (2 * np.sqrt(areas.base))
    ratio = areas.observed / expected
    if scale == "sqrt":
        return np.sqrt(ratio) - 1, 1 / (2 * np.sqrt(expected))
    left = 1 - areas.target if areas.proportion else 1.0
    return ratio - 1, np.sqrt(left / expected)


def _widened_limits(areas: Areas, scale: str, error: Floats, aside: float) -> tuple[Floats, Floats]:
    """Counts that lie as many standard errors from the target as `aside` asks for."""
    from scipy.special import ndtri

    half = -float(ndtri(aside)) * error
    return _counts(areas, scale, -half), _counts(areas, scale, half)


def _counts(areas: Areas, scale: str, distance: Floats) -> Floats:
    """Turn distances from the target back into counts, of which there are none below zero."""
    found: Floats
    if scale == "arcsine":
        angle = np.clip(np.arcsin(np.sqrt(areas.target)) + distance, 0, np.pi / 2)
        found = areas.base * np.sin(angle) ** 2
    else:
        found = areas.expected * np.maximum(1 + distance, 0) ** (2 if scale == "sqrt" else 1)
    return np.minimum(found, areas.base) if areas.proportion else found
