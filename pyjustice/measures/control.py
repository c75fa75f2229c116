"""Limits and rules of control charts; one phase at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHARTS", "Limits", "Signals", "limits_of", "signals_of"]

Floats: TypeAlias = NDArray[np.float64]
Signs: TypeAlias = NDArray[np.int8]

CHARTS = ("xmr", "c", "u", "up", "p", "pp")
# Half-width of XmR limits in mean moving ranges: 3 / 1.128, as printed (Wheeler; NHS England).
XMR = 2.66
# Mean range of two normal values in standard deviations (d2), as Laney and all tables print it.
D2 = 1.128
# A moving range of so many mean moving ranges is left out if asked for (D4; Nelson 1982).
SCREEN = 3.267
# Below this what differs is the last digits of floats.
NOISE = 1e-12


@dataclass(frozen=True)
class Limits:
    """Of one phase. `sigma` is by point; `spread` what a primed chart multiplies chance by."""

    centre: float
    sigma: Floats
    spread: float
    screened: int
    floor: float
    ceiling: float
    noise: float

    def away(self, sigmas: float) -> Floats:
        """Give the line so many standard deviations above the centre, or below if negative."""
        return np.clip(self.centre + sigmas * self.sigma, self.floor, self.ceiling)

    @property
    def known(self) -> bool:
        """Whether there were enough points."""
        return not math.isnan(self.centre) and not bool(np.isnan(self.sigma).all())

    @property
    def no_width(self) -> bool:
        """Whether all points are equal, so that any other would be outside."""
        return self.known and float(np.nanmax(self.sigma)) <= self.noise


@dataclass(frozen=True)
class Signals:
    """Which rules find something at a point: 1 upwards, -1 downwards, 0 nothing."""

    outside: Signs
    trend: Signs
    two_of_three: Signs
    shift: Signs


def limits_of(
    kind: str, value: Floats, count: Floats, population: Floats, *, screen: bool = False
) -> Limits:
    """Centre and standard deviations of a phase.

    Parameters
    ----------
    kind : str
        Of `CHARTS`.
    value : array
        What is plotted; NaN where missing. A rate or share is per one.
    count, population : array
        Behind the value; not used for 'xmr', `population` not for 'c'.
    screen : bool
        Whether moving ranges of 3.267 mean ranges or more are left out, once. Where that would
        leave no width at all they stay in.

    Returns
    -------
    Limits
        NaN with fewer than two points, or where a moving range is needed and no two points are
        neighbours.
    """
    there = ~np.isnan(value)
    n = int(there.sum())
    noise = NOISE * float(np.max(np.abs(value[there]), initial=0.0))
    floor, ceiling = (-np.inf if kind == "xmr" else 0.0), (1.0 if kind[0] == "p" else np.inf)
    if n < 2:
        none = np.full(len(value), np.nan)
        return Limits(math.nan, none, math.nan, 0, floor, ceiling, noise)
    if kind in ("xmr", "c"):
        centre = math.fsum(value[there].tolist()) / n
    else:
        centre = math.fsum(count[there].tolist()) / math.fsum(population[there].tolist())
    if kind == "xmr":
        mean, left_out = _mean_range(value, noise, screen)
        sigma = np.full(len(value), XMR / 3 * mean)
        return Limits(centre, sigma, math.nan, left_out, floor, ceiling, noise)
    variance = centre * (1 - centre) if kind[0] == "p" else centre
    sigma = np.full(len(value), np.sqrt(variance))
    if kind != "c":
        sigma = np.divide(
            sigma, np.sqrt(population), out=np.full_like(sigma, np.nan), where=population > 0
        )
    if kind in ("c", "u", "p") or variance == 0:
        return Limits(centre, sigma, 1.0, 0, floor, ceiling, noise)
    mean, left_out = _mean_range((value - centre) / sigma, NOISE, screen)
    return Limits(centre, sigma * mean / D2, mean / D2, left_out, floor, ceiling, noise)


def signals_of(
    value: Floats, limits: Limits, *, shift: int | None, trend: int | None, two_of_three: bool
) -> Signals:
    """Apply the rules to a phase; parameters as of `pyjustice.control_chart`."""
    none = np.zeros(len(value), np.int8)
    if not limits.known or limits.no_width:
        return Signals(none, none, none, none)
    noise = limits.noise
    side = _sign(value - limits.centre, noise)
    outside = _beyond(value, limits, 3, noise)
    runs = _long_runs(side, shift) if shift else none
    trends = none
    if trend and len(value) > 1:
        steps = _long_runs(_sign(np.diff(value), noise), trend - 1)
        # A step belongs to the points at both of its ends.
        before, after = np.append(steps, np.int8(0)), np.append(np.int8(0), steps)
        trends = np.where(after != 0, after, before)
    pairs = none
    if two_of_three:
        near = np.where(outside == 0, _beyond(value, limits, 2, noise), np.int8(0))
        pairs = _pairs(side, near)
    return Signals(outside, trends, pairs, runs)


def _mean_range(value: Floats, noise: float, screen: bool) -> tuple[float, int]:
    """Mean moving range, and how many were left out of it; NaN if no two points are neighbours."""
    ranges = np.abs(np.diff(value))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return math.nan, 0
    mean = math.fsum(ranges.tolist()) / len(ranges)
    if screen:
        kept = ranges[ranges < SCREEN * mean]
        # Were only equal neighbours left, every other point would be outside.
        if len(kept) and kept.max() > noise:
            return math.fsum(kept.tolist()) / len(kept), len(ranges) - len(kept)
    return mean, 0


def _sign(difference: Floats, noise: float) -> Signs:
    """Say which way, and 0 for neither or where a value is missing."""
    known = np.where(np.isnan(difference) | (np.abs(difference) <= noise), 0.0, difference)
    return np.sign(known).astype(np.int8)


def _beyond(value: Floats, limits: Limits, sigmas: float, noise: float) -> Signs:
    above = _sign(value - limits.away(sigmas), noise) > 0
    below = _sign(value - limits.away(-sigmas), noise) < 0
    return above.astype(np.int8) - below.astype(np.int8)


def _long_runs(signs: Signs, least: int) -> Signs:
    """Keep the signs that stand in a row of at least so many equal ones; 0 ends a row."""
    found = np.zeros_like(signs)
    start = 0
    for i in range(1, len(signs) + 1):
        if i == len(signs) or signs[i] != signs[start]:
            if i - start >= least:
                found[start:i] = signs[start]
            start = i
    return found


def _pairs(side: Signs, near: Signs) -> Signs:
    """Mark points near a limit, two of three in a row and all three on that side of the centre."""
    found = np.zeros_like(near)
    for i in range(len(near) - 2):
        window = slice(i, i + 3)
        way = side[i]
        if way and (side[window] == way).all() and (near[window] == way).sum() >= 2:
            found[window] = np.where(near[window] == way, way, found[window])
    return found
