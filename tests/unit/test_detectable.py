"""The smallest detectable ratio of rates: a power of 80 %, exact by enumeration."""

import math

import numpy as np
import pytest
from scipy import stats

from pyjustice.measures.detectable import POWER, detectable_rate


def power_by_enumeration(t1: float, x0: float, t0: float, level: float, ratio: float) -> float:
    """Power of the conditional exact test, over all sums of the two counts and all counts of it."""
    share = t1 / (t1 + t0)
    mean = x0 + ratio * x0 * t1 / t0
    reach = 8 * math.sqrt(mean) + 20
    totals = np.arange(max(0, math.floor(mean - reach)), math.ceil(mean + reach))
    least = stats.binom.isf((1 - level) / 2, totals, share) + 1
    mine = ratio * share / (1 - share + ratio * share)
    found = stats.poisson.pmf(totals, mean) * stats.binom.sf(least - 1, totals, mine)
    return float(found.sum())


def planned(seed: int, n: int, most: int) -> list[tuple[float, float, float, float]]:
    random = np.random.default_rng(seed)
    made = []
    for i in range(n):
        t0 = float(random.integers(100, 100_000))
        t1 = float(max(1, round(t0 * 10 ** random.uniform(-3, 1.5))))
        made.append((t1, float(random.integers(1, most)), t0, (0.95, 0.9, 0.99)[i % 3]))
    return made


@pytest.mark.parametrize(
    ("counts", "tolerance"),
    [*((one, 1e-8) for one in planned(1, 60, 60)), *((one, 1e-8) for one in planned(2, 20, 700)),
     # One of them large, so that the power goes in steps of the other.
     ((1e6, 900.0, 1e3, 0.95), 1e-8), ((1e3, 2e5, 1e6, 0.95), 1e-8),
     # Both counts large, at worst of equal populations, whose whole counts fall in step.
     *(((t1, 20_000.0, 50_000.0, 0.95), 2e-3) for t1 in (50_000.0, 25_000.0, 5_000.0, 1e6))],
)  # fmt: skip
def test_power_is_eighty_percent(
    counts: tuple[float, float, float, float], tolerance: float
) -> None:
    t1, x0, t0, level = counts
    ratio = detectable_rate(t1, x0, t0, level=level)
    if math.isnan(ratio):
        assert power_by_enumeration(t1, x0, t0, level, 1e4) < POWER
        return
    assert ratio > 1
    assert power_by_enumeration(t1, x0, t0, level, ratio) == pytest.approx(POWER, abs=tolerance)


def test_more_events_show_smaller_ratios() -> None:
    found = [detectable_rate(2_000, x, 10_000, level=0.95) for x in (1, 5, 30, 200, 5e3, 1e5, 1e7)]
    assert found == sorted(found, reverse=True)
    assert found[-1] < 1.01
    # A group many times the reference: a former sum over billions of events gave none.
    assert 1 < detectable_rate(2_721_121, 10_201, 62_947, level=0.99) < 1.04
