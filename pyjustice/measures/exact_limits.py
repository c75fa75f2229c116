"""Exact limits of one count: of a proportion, and of events over a population."""

from __future__ import annotations

import math

__all__ = ["clopper_pearson", "garwood"]


def clopper_pearson(x: float, n: float, *, level: float) -> tuple[float, float]:
    """Return the limits of a proportion of Clopper and Pearson (1934)."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    lower = 0.0 if x <= 0 else float(betaincinv(x, n - x + 1, tail))
    upper = 1.0 if x >= n else float(betaincinv(x + 1, n - x, 1 - tail))
    return lower, upper


def garwood(x: float, *, level: float) -> tuple[float, float]:
    """Return the limits of a Poisson mean of Garwood (1936)."""
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    if math.isinf(x):
        return math.inf, math.inf
    lower = 0.0 if x <= 0 else float(gammaincinv(x, tail))
    return lower, float(gammaincinv(x + 1, 1 - tail))
