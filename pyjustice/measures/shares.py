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
    printed percentage may stand for. The population's share is taken as known: it rests on far
    more children.
    """
    fields: dict[str, Any] = {"caseload_share": caseload, "population_share": population, "n": n}
    empty = {
        f"{name}{part}": NAN
        for name in ("ratio", "difference")
        for part in ("", "_lower", "_upper")
    }
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
    return fields | {"flag": "" if population else Flag.ZERO_BASE}
