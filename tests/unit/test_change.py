"""Changes between two periods: golden values, enumeration, families, and published figures."""

import csv
import math
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, poisson

import pyjustice as pj
from pyjustice.measures.detectable import smallest_detectable_fall

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

# R 4.2.2, poisson.test(c(after, before), c(population after, before)): ratio and its limits.
POISSON_TEST = {
    (48, 32, 21470, 14192): (1.00854941751, 0.62396135195, 1.61041317054),
    (135, 128, 26428, 26644): (0.940461614595, 0.732638992154, 1.206713575876),
    (5, 0, 1000, 1000): (0, 0, 1.09127910518),
    (3, 11, 1100, 900): (4.4814814814815, 1.1838422360680, 25.0173850708747),
}


def changed(before: object, after: object, n1: object, n2: object, **more: object) -> np.ndarray:
    return pj.change(before, after, population_before=n1, population_after=n2, **more)


@pytest.mark.parametrize("figures", POISSON_TEST)
def test_ratio_and_limits_of_r(figures: tuple[int, int, int, int]) -> None:
    row = changed(*figures)
    found = (row["ratio"], row["ratio_lower"], row["ratio_upper"])
    assert found == pytest.approx(POISSON_TEST[figures], rel=1e-9)


def test_p_values_in_fractions() -> None:
    share = Fraction(2, 5)  # 300 people before, 200 after
    for total in range(1, 13):
        chances = [math.comb(total, k) * share**k * (1 - share) ** (total - k)
                   for k in range(total + 1)]  # fmt: skip
        for k in range(total + 1):
            below, above = sum(chances[: k + 1]), sum(chances[k:])
            central = min(1, 2 * min(below, above))
            mid = min(1, 2 * min(below, above) - chances[k])
            for method, expected in (("central", central), ("mid-p", mid)):
                row = changed(total - k, k, 300, 200, method=method)
                assert row["p"] == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("method", ["central", "mid-p"])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_the_interval_holds_what_the_same_test_does_not_reject(method: str, level: float) -> None:
    before, after = (grid.ravel() for grid in np.mgrid[0:15, 0:15])
    rows = changed(before, after, 700, 1000, method=method, level=level)
    some = before + after > 0
    holds = (rows["ratio_lower"] <= 1) & (rows["ratio_upper"] >= 1)
    assert (holds == (rows["p"] >= 1 - level))[some].all()
    # At either limit the test is on the edge.
    for end in ("ratio_lower", "ratio_upper"):
        finite = some & (rows[end] > 0) & np.isfinite(rows[end])
        moved = changed(before[finite], after[finite], 700, 1000 * rows[end][finite], method=method)
        assert moved["p"] == pytest.approx(1 - level, rel=1e-9)


def test_coverage_of_the_ratio_by_enumeration() -> None:
    for total in range(1, 41):
        after = np.arange(total + 1)
        rows = changed(total - after, after, 3, 2)
        for ratio in (0.2, 0.5, 1, 1.7, 4):
            odds = ratio * 2 / 3
            chance = binom.pmf(after, total, odds / (1 + odds))
            holds = (rows["ratio_lower"] <= ratio) & (ratio <= rows["ratio_upper"])
            assert chance[holds].sum() >= 0.95


def test_coverage_of_the_difference() -> None:
    before, after = np.mgrid[0:60, 0:60]
    rows = changed(before, after, 1000, 500, per=1000)
    for first, second in ((1, 0.5), (5, 2), (20, 12), (3, 8)):
        true = second / 0.5 - first
        holds = (rows["difference_lower"] <= true) & (true <= rows["difference_upper"])
        chance = poisson.pmf(before, first) * poisson.pmf(after, second)
        assert chance[holds].sum() > 0.945


def exact_power(first: float, ratio: float, odds: float) -> float:
    """Of finding a fall with the central test at 5 %."""
    most = int(first + 8 * math.sqrt(first) + 12)
    x1, x2 = np.mgrid[0:most, 0 : int(most * max(odds, 1)) + 1]
    found = binom.cdf(x2, x1 + x2, odds / (1 + odds)) <= 0.025
    chance = poisson.pmf(x1, first) * poisson.pmf(x2, first * odds * ratio)
    return float(chance[found].sum())


@pytest.mark.parametrize("odds", [2 / 3, 1, 3])
def test_smallest_detectable_fall_against_exact_power(odds: float) -> None:
    firsts = np.array([4.0, 5, 6, 7, 8, 9, 12, 20, 35, 75])
    falls = smallest_detectable_fall(firsts, np.full(len(firsts), odds), 0.025)
    for first, fall in zip(firsts.tolist(), falls.tolist(), strict=True):
        if math.isnan(fall):
            assert exact_power(first, 0, odds) < 0.85
        elif first >= 12:
            low, high = exact_power(first, fall - 0.03, odds), exact_power(first, fall + 0.03, odds)
            assert high < 0.8 < low
        else:
            assert exact_power(first, 0, odds) >= 0.8


def test_with_75_children_a_fall_of_two_fifths_is_needed() -> None:
    row = changed(75, 70, 20_000, 20_000)
    assert 1 - row["smallest_detectable"] == pytest.approx(0.41, abs=0.02)


def test_q_values_and_families() -> None:
    # R 4.2.2, p.adjust(c(.01, .04, .03, NA, .2), method = "BH").
    from pyjustice.measures.multiple import families, q_values

    # R 4.2.2: p.adjust(c(.001, .02, .03, .5), 'BH').
    first = np.array([0.001, 0.02, 0.03, 0.5])
    q, _ = q_values(first, *families("all", first.shape))
    assert q.tolist() == pytest.approx([0.004, 0.04, 0.04, 0.5])
    p = np.array([0.01, 0.04, 0.03, np.nan, 0.2])
    q, counts = q_values(p, *families("all", p.shape))
    assert q.tolist() == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, math.nan, 0.2], nan_ok=True)
    assert counts.tolist() == [4] * 5
    q, counts = q_values(p, *families(10, p.shape))
    assert q[0] == pytest.approx(0.1)
    q, counts = q_values(p, *families(["a", "b", "a", "a", "b"], p.shape))
    assert counts.tolist() == [2] * 5
    assert q.tolist() == pytest.approx([0.02, 0.08, 0.03, math.nan, 0.2], nan_ok=True)
    for bad in (3, 0, True, 2.5, "each", ["a", "b"]):
        with pytest.raises(pj.DataError, match="family"):
            q_values(p, *families(bad, p.shape))


def test_rows_without_events_are_no_comparison() -> None:
    rows = pj.change([0, 0, 6, np.nan, 3, 4], [0, 9, 0, 1, 2.5, 4])
    assert rows["flag"].tolist() == ["no events", "none before", "too few", "missing value",
                                     "not a count", "too few"]  # fmt: skip
    assert (rows["family"] == 3).all()
    assert np.isnan(rows["q"]).tolist() == [True, False, False, True, True, False]
    assert math.isinf(rows["ratio"][1])
    assert rows["ratio_lower"][1] > 1
    assert (rows["ratio"][2], rows["ratio_lower"][2]) == (0, 0)
    zero = changed([5, 5, 5], [5, 5, 5], [0, 100, np.nan], [100, -1, 100])
    assert zero["flag"].tolist() == ["zero base", "not a population", "missing value"]
    for flag in {*rows["flag"], *zero["flag"]}:
        assert len(pj.explain(flag).split("\n")) == 2


def test_populations_that_moved_or_are_not_given() -> None:
    rows = changed([200] * 3, [200] * 3, 1000, [1050, 1051, 900])
    assert rows["flag"].tolist() == ["", "rebased population", "rebased population"]
    assert changed(200, 200, 1000, 1051, rebased=0.1)["flag"] == ""
    row = pj.change(200, 150)
    assert (row["flag"], row["per"], row["difference"]) == ("no populations", 1, -50)
    assert math.isnan(row["population_before"])


def test_against_a_whole_and_against_the_others() -> None:
    whole = (16000, 14000, 5e6, 5.1e6)
    fall = (14000 / 5.1e6) / (16000 / 5e6)
    row = changed(100, 80, 20000, 20100, against="national", whole=whole)
    assert row["reference"] == pytest.approx(fall)
    plain = changed(100, 80, 20000, 20100)
    for field in ("ratio", "ratio_lower", "ratio_upper"):
        assert row[field] == pytest.approx(plain[field] / fall)
    assert row["p"] == changed(100, 80, 20000, 20100 * fall)["p"]
    assert changed(1000, 800, 2e5, 2e5, against="national", whole=(9000, 8000, 1e6, 1e6))[
        "flag"
    ] == "small whole"  # fmt: skip
    before, after = np.array([100, 400, 700]), np.array([90, 300, 800])
    rows = changed(before, after, 1e5, 1e5, against="others")
    assert rows["reference"] == pytest.approx([1100 / 1100, 890 / 800, 390 / 500])
    for bad in ({"against": "national"}, {"whole": whole}, {"against": "others", "whole": whole},
                {"against": "national", "whole": (1, 2)}, {"against": "all"},
                {"against": "national", "whole": (0, 1, 5, 5)}):  # fmt: skip
        with pytest.raises(pj.DataError):
            changed(before, after, 1e5, 1e5, **bad)
    with pytest.raises(pj.DataError, match="both or neither"):
        pj.change(1, 2, population_before=5)


def test_overdispersion_by_hand() -> None:
    before, after = np.array([100] * 12), np.array([60, 140] * 6)
    rows = pj.change(before, after, against="overdispersed")
    # Pooled change 1; z = (x - t/2) / sqrt(t/4): -20 of 160, 20 of 240.
    phi = 6 * (20**2 / 40 + 20**2 / 60) / 11
    assert rows["dispersion"] == pytest.approx(phi)
    assert (rows["reference"] == 1).all()
    alone = pj.change(before, after)
    assert (alone["q"] < 0.05).all()
    assert (rows["p"] > 0.3).all()
    holds = (rows["ratio_lower"] <= 1) & (rows["ratio_upper"] >= 1)
    assert holds.all()
    calm = pj.change(before, before, against="overdispersed")
    assert calm["p"].tolist() == pj.change(before, before)["p"].tolist()
    assert pj.change([100, 90], [90, 100], against="overdispersed")["flag"].tolist() == [
        "few peers", "few peers"
    ]  # fmt: skip
    assert np.isnan(pj.change([100], [90], against="overdispersed")["p"]).all()


def published() -> tuple[np.ndarray, ...]:
    """Children and populations of all services in both years, in one order."""
    years = []
    for year in ("2020-21", "2021-22"):
        with (DATA / f"yjb_{year}_children_yjs.csv").open(encoding="utf-8-sig") as file:
            years.append({
                (row["Region"], row["YOT"]): [float(row[k].replace(",", ""))
                                              for k in ("YOT_Number", "YOT_Pop")]
                for row in csv.DictReader(file)
            })  # fmt: skip
    first, second = years
    assert first.keys() == second.keys()
    x1, n1, x2, n2 = np.array([first[name] + second[name] for name in first]).T
    return x1, x2, n1, n2, np.array([name[1] for name in first])


@pytest.mark.parametrize(
    ("method", "alone", "together", "within"), [("central", 29, 17, 71), ("mid-p", 32, 20, 68)]
)
def test_what_published_changes_bear(method: str, alone: int, together: int, within: int) -> None:
    if not DATA.exists():
        return  # a checkout without the published tables beside it
    x1, x2, n1, n2, names = published()
    rows = changed(x1, x2, n1, n2, names=names, method=method)
    moved = np.abs(rows["ratio"] - 1) >= 0.1
    assert (len(rows), moved.sum()) == (154, 100)
    assert (np.abs(x2 / x1 - 1) >= 0.1).sum() == 98
    assert ((rows["p"] < 0.05).sum(), (rows["q"] < 0.05).sum()) == (alone, together)
    assert (moved & (rows["p"] >= 0.05)).sum() == within
    assert (rows["family"] == 154).all()
    (westminster,) = rows[["Westminster" in name for name in names]]
    assert westminster["flag"] == "rebased population"
    assert westminster["ratio"] > 1
    varied = changed(x1, x2, n1, n2, method=method, against="overdispersed")
    assert varied["dispersion"][0] == pytest.approx(2.209, abs=1e-3)
    assert ((varied["p"] < 0.05).sum(), (varied["q"] < 0.05).sum()) == (7, 1)


def test_a_country_in_one_call() -> None:
    random = np.random.default_rng(1)
    people = random.integers(500, 60_000, (150, 11, 30))
    before, after = random.poisson(people * 0.001), random.poisson(people * 0.0009)
    start = time.process_time()
    assert pj.rates(before, people, per=1000).shape == people.shape
    rows = changed(before, after, people, people)
    assert rows.shape == people.shape
    # Measured at 0.3 s; the bound is ours to users on slower machines.
    assert time.process_time() - start < 2


def test_many_events_and_levels_that_cannot_be() -> None:
    row = changed(10**9, 10**9 + 10**6, 1e12, 1e12)
    assert 1 < row["ratio_lower"] < row["ratio"] < row["ratio_upper"]
    assert 0 <= row["p"] < 1e-50
    for bad in (
        {"level": 0},
        {"per": -1},
        {"rebased": -1},
        {"method": "exact"},
        {"names": ["a", "b"]},
    ):
        with pytest.raises(pj.DataError):
            pj.change(1, 2, **bad)
