"""The long form of what the unit tests show of disparities: enumeration and 1,000 repetitions."""

import itertools
from typing import Any

import numpy as np
from scipy import stats

import pyjustice as pj
from pyjustice.measures.comparison import rate_ratio
from pyjustice.measures.exact_odds import exact_odds
from tests.tools.planted import planted_file

LEVEL = 0.95
CHANCES = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.99)


def coverage(lower: Any, upper: Any, n1: int, n0: int, p1: float, p0: float) -> float:
    odds = p1 / (1 - p1) / (p0 / (1 - p0))
    chance = np.outer(
        stats.binom.pmf(range(n1 + 1), n1, p1), stats.binom.pmf(range(n0 + 1), n0, p0)
    )
    return float(chance[(lower <= odds) & (odds <= upper)].sum())


def test_exact_odds_never_below_their_level_up_to_30_a_group() -> None:
    for n1, n0 in [(5, 30), (12, 12), (17, 23), (30, 8), (30, 30)]:
        limits = np.array(
            [
                [
                    (found.lower, found.upper)
                    for x0 in range(n0 + 1)
                    if (found := exact_odds([(x1, n1, x0, n0)], level=LEVEL))
                ]
                for x1 in range(n1 + 1)
            ]
        )
        for p1, p0 in itertools.product(CHANCES, repeat=2):
            assert coverage(limits[..., 0], limits[..., 1], n1, n0, p1, p0) >= LEVEL


def rates(mid: bool, most: int) -> Any:
    return np.array(
        [
            [rate_ratio(x1, 1, x0, 1, level=LEVEL, mid=mid)[1:] for x0 in range(most)]
            for x1 in range(most)
        ]
    )


def test_rates_exact_never_below_and_mid_p_near_on_average() -> None:
    most = 64
    means = [0.5, 1, 2, 3, 5, 8, 12, 17, 23, 30]
    found: dict[str, list[float]] = {"exact": [], "mid-p": []}
    for method, covered in found.items():
        limits = rates(method == "mid-p", most)
        for first, second in itertools.product(means, repeat=2):
            chance = np.outer(
                stats.poisson.pmf(range(most), first), stats.poisson.pmf(range(most), second)
            )
            holds = (limits[..., 0] <= first / second) & (first / second <= limits[..., 1])
            # What is beyond the table is counted as held: below 1e-7.
            covered.append(float(1 - chance[~holds].sum()))
    assert min(found["exact"]) >= LEVEL
    assert 0.945 <= np.mean(found["mid-p"]) <= 0.975


def test_adjusted_limits_hold_the_planted_ratio_in_93_to_97_of_100() -> None:
    holds = {"adjusted_ratio": 0, "bootstrap": 0}
    for seed in range(1000):
        text = planted_file({("Black", "Remanded"): 1.5}, children=1500, seed=seed)
        found = pj.disparity_of(
            pj.read_cases(text, framework="iyjs-2025"), by="ethnicity", outcome={"Remanded": "Yes"},
            base={"Charged": "Yes"}, adjust="Seriousness", reference="White", seed=seed,
            resamples=1000,
        )  # fmt: skip
        row = found[found["group"] == "Black"][0]
        for name in holds:
            holds[name] += bool(row[f"{name}_lower"] <= 1.5 <= row[f"{name}_upper"])
    assert 930 <= holds["adjusted_ratio"] <= 970
    assert 925 <= holds["bootstrap"] <= 970
