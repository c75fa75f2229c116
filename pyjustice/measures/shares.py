"""A share of a caseload beside a share of a population."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pyjustice import _core
from pyjustice.measures.flags import Flag
from pyjustice.measures.limits import clopper_pearson

__all__ = ["compare_shares"]

NAN = math.nan


def compare_shares(
    caseload: float, population: float, n: float, *, decimals: int, level: float
) -> dict[str, Any]:
    """Return the fields of SHARE_DTYPE that a caseload of `n` children gives; percentages.

    The limits are those of Clopper and Pearson for the least and the most children that the
    printed percentage may stand for; ``p`` is the largest of the numbers between them, twice the
    smaller tail of the binomial distribution, which agrees with the limits. The population's share
    is taken as known: it rests on far more children.
    """
    fields: dict[str, Any] = {"caseload_share": caseload, "population_share": population, "n": n}
    empty = {
        f"{name}{part}": NAN
        for name in ("ratio", "difference")
        for part in ("", "_lower", "_upper")
    } | {"p": NAN}
    limits = NAN, NAN
    if n > 0:
        least, most = _core.counts_from_percent(caseload, int(n), decimals)
        if least < 0:
            return fields | empty | {"caseload_share_lower": NAN, "caseload_share_upper": NAN,
                                     "flag": Flag.NO_COUNT_FITS}  # fmt: skip
        ends = np.array([least, most], float)
        lower, upper = clopper_pearson(ends, np.full(2, n), level)
        limits = 100 * float(lower[0]), 100 * float(upper[1])
    fields |= {"caseload_share_lower": limits[0], "caseload_share_upper": limits[1]}
    if not n > 0 or math.isnan(population):
        return fields | empty | {"flag": Flag.NO_DENOMINATOR}
    for end, value in zip(("", "_lower", "_upper"), (caseload, *limits), strict=True):
        fields[f"difference{end}"] = value - population
        fields[f"ratio{end}"] = value / population if population else (math.inf if value else NAN)
    fields["p"] = _p_value(least, most, n, population / 100) if 0 < population < 100 else NAN
    return fields | {"flag": "" if population else Flag.ZERO_BASE}


def _p_value(least: int, most: int, n: float, share: float) -> float:
    """Chance of as few or as many children of the group as there are, were its share this one."""
    from scipy.special import bdtr, bdtrc

    k = np.arange(least, most + 1.0)
    at_least = np.where(k > 0, bdtrc(np.maximum(k - 1, 0), int(n), share), 1.0)
    return float(np.minimum(1, 2 * np.minimum(bdtr(k, int(n), share), at_least)).max())
