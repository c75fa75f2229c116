"""Limits of ratios, differences and odds ratios: published numbers, other programs, enumeration."""

import functools
import itertools
import math

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize_scalar

from pyjustice.measures.comparison import rate_ratio
from pyjustice.measures.detectable import POWER, detectable_proportion, detectable_rate
from pyjustice.measures.exact_odds import exact_odds
from pyjustice.measures.limits import clopper_pearson, garwood
from pyjustice.measures.rate_ratios import ratio_limits
from pyjustice.measures.stratified import mantel_haenszel_ratio, pool
from pyjustice.measures.two_by_two import (
    difference_score,
    newcombe_difference,
    ratio_score,
    score_difference,
    score_ratio,
)

# University of California, Berkeley, 1973: men and women admitted by department (R, UCBAdmissions).
BERKELEY = [
    (512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375),
    (53, 191, 94, 393), (22, 373, 24, 341),
]  # fmt: skip
# University Group Diabetes Program: deaths by age (Rothman and Greenland, Modern Epidemiology).
DIABETES = [(8, 106, 5, 120), (22, 98, 16, 85)]


def test_published_ratios() -> None:
    # Koopman 1984, 36 of 40 against 16 of 80: 2.94 to 7.15.
    assert np.round(score_ratio(36, 40, 16, 80, level=0.95, factor=False), 2).tolist() == [
        2.94,
        7.15,
    ]
    # statsmodels 0.15.0, confint_proportions_2indep(15, 148, 12, 132, 'ratio', 'score').
    koopman = score_ratio(15, 148, 12, 132, level=0.95, factor=False)
    assert koopman == pytest.approx((0.5506586193360683, 2.2664865562513183), rel=1e-7)
    both = score_ratio([15, 9], [148, 10], [12, 3], [132, 10], level=0.95)
    assert both[0] == pytest.approx([0.5499922067012981, 1.3279565734835286], rel=1e-7)
    assert both[1] == pytest.approx([2.2692616786493605, 8.691914949017299], rel=1e-7)


def test_published_differences() -> None:
    # Newcombe 1998, table II: 56 of 70 against 48 of 80 and 9 of 10 against 3 of 10. Mee (5),
    # Miettinen and Nurminen (6), Newcombe (10).
    counts = ([56, 9], [70, 10], [48, 3], [80, 10])
    mee = score_difference(*counts, level=0.95, factor=False)
    assert np.round(mee, 4).tolist() == [[0.0533, 0.1821], [0.3377, 0.8370]]
    own = score_difference(*counts, level=0.95)
    assert np.round(own, 4).tolist() == [[0.0528, 0.1700], [0.3382, 0.8406]]
    newcombe = newcombe_difference(*counts, level=0.95)
    assert np.round(newcombe, 4).tolist() == [[0.0524, 0.1705], [0.3339, 0.8090]]


def test_published_exact_limits() -> None:
    # R 4.2.2: fisher.test(matrix(c(30, 170, 12, 228), 2)), which searches to 1e-4.
    found = exact_odds([(30, 200, 12, 240)], level=0.95)
    assert found is not None
    assert (found.ratio, found.lower, found.upper) == pytest.approx(
        (3.34387206, 1.606450267, 7.391479344), rel=1e-4
    )
    # Twice its one-sided p: the two-sided test whose inversion the limits are.
    assert found.p == pytest.approx(2 * 3.262543622e-04, rel=1e-8)
    # R 4.2.2: poisson.test(c(11, 23), c(800, 3011)).
    assert rate_ratio(11, 800, 23, 3011, level=0.95)[1:] == pytest.approx(
        (0.792205085833, 3.843862740395), rel=1e-10
    )
    # epitools 0.5-10.1, rateratio.midp(c(15, 41, 19017, 28010)), the example of its manual, which
    # searches to 1e-4; beside the equation that the limits solve.
    found_p, lower, upper = rate_ratio(41, 28010, 15, 19017, level=0.95, mid=True)
    assert found_p == pytest.approx(0.0354574217723, rel=1e-10)
    assert (lower, upper) == pytest.approx((1.04103622766, 3.44905154554), rel=2e-4)
    for ratio, below in ((lower, 0.975), (upper, 0.025)):
        law = stats.binom(56, ratio * 28010 / (ratio * 28010 + 19017))
        assert law.cdf(40) + law.pmf(41) / 2 == pytest.approx(below, rel=1e-9)
    # R 4.2.2: binom.test(30, 200), poisson.test(11, 800).
    limits = clopper_pearson(np.array(30.0), np.array(200.0), 0.95)
    assert [*limits] == pytest.approx([0.1035495235, 0.2071587037])
    assert [limit / 800 for limit in garwood(np.array(11.0), 0.95)] == pytest.approx(
        [0.006863950459, 0.024602548142]
    )


def test_published_strata() -> None:
    # epiR 2.0.57, epi.2by2: RR.mh.wald, which is Greenland and Robins'.
    found = pool(*np.array(DIABETES).T, level=0.95)
    assert (found.ratio, found.lower, found.upper) == pytest.approx(
        (1.325555324, 0.7979070401, 2.202132365), rel=1e-8
    )
    # R 4.2.2, mantelhaen.test(exact = TRUE): twice its smaller one-sided p.
    assert (found.odds.ratio, found.odds.lower, found.odds.upper) == pytest.approx(
        (1.402215031, 0.7317132787, 2.7257486357), rel=1e-4
    )
    assert found.odds.p == pytest.approx(2 * 0.1738356065, rel=1e-8)
    found = pool(*np.array(BERKELEY).T, level=0.95)
    assert found.odds.p == pytest.approx(2 * 0.1159936690, rel=1e-8)
    assert (found.odds.ratio, found.odds.lower, found.odds.upper) == pytest.approx(
        (0.905076193638, 0.769714040581, 1.063416992780), rel=1e-4
    )


def test_normal_theory_takes_over_where_there_are_too_many_terms() -> None:
    # A thousand times Berkeley's: 10 % of the standard error, so both agree to four digits.
    many = np.array(BERKELEY).T * 1000
    found = pool(*many, level=0.95)
    # R 4.2.2, mantelhaen.test(correct = FALSE): the same odds ratio, limits nearer by sqrt(1000).
    assert found.odds.ratio == pytest.approx(0.904696828259, rel=1e-9)
    width = math.log(1.060329764437 / 0.771907361759) / math.sqrt(1000)
    assert math.log(found.odds.upper / found.odds.lower) == pytest.approx(width, rel=1e-6)
    chi_square = 1000 * 1.52460666
    assert found.odds.p == pytest.approx(stats.chi2.sf(chi_square, 1), rel=1e-3, abs=1e-300)


TABLES = [
    (x1, n1, x0, n0)
    for n1, n0 in [(1, 1), (1, 5), (4, 9), (7, 7), (30, 12)]
    for x1, x0 in itertools.product({0, 1, n1 // 2, n1 - 1, n1}, {0, 1, n0 // 2, n0 - 1, n0})
]


@pytest.mark.parametrize("table", TABLES)
def test_scores_are_those_of_the_likeliest_proportions(table: tuple[int, ...]) -> None:
    x1, n1, x0, n0 = map(np.array, table)
    total = (n1 + n0) / (n1 + n0 - 1)

    def likeliest(p1_of: object, low: float, high: float) -> tuple[float, float]:
        assert callable(p1_of)

        def loss(p0: float) -> float:
            p1 = p1_of(p0)
            return -float(
                stats.binom.logpmf(x1, n1, min(max(p1, 0), 1)) + stats.binom.logpmf(x0, n0, p0)
            )

        p0 = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x
        return p1_of(p0), p0

    for ratio in (0.4, 1.7):
        p1, p0 = likeliest(lambda p, r=ratio: r * p, 1e-12, min(1, 1 / ratio) - 1e-12)
        variance = (p1 * (1 - p1) / n1 + ratio**2 * p0 * (1 - p0) / n0) * total
        found = ratio_score(x1, n1, x0, n0, np.array(ratio), factor=True)
        if 1e-9 < p0 < 1 - 1e-9:
            expected = (x1 / n1 - ratio * x0 / n0) / math.sqrt(variance)
            assert float(found) == pytest.approx(float(expected), rel=1e-4, abs=1e-6)
    for gap in (-0.3, 0.2):
        p1, p0 = likeliest(lambda p, d=gap: p + d, max(0, -gap) + 1e-12, min(1, 1 - gap) - 1e-12)
        variance = (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * total
        found = difference_score(x1, n1, x0, n0, np.array(gap), factor=True)
        expected = (x1 / n1 - x0 / n0 - gap) / math.sqrt(variance)
        assert float(found) == pytest.approx(float(expected), rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("table", TABLES)
def test_swapped_groups_invert_every_limit(table: tuple[int, ...]) -> None:
    x1, n1, x0, n0 = table

    def inverse(limits: object) -> list[float]:
        low, high = np.asarray(limits, float).tolist()
        return [1 / high if high else math.inf, 1 / low if low else math.inf]

    for factor in (True, False):
        one = score_ratio(x1, n1, x0, n0, level=0.95, factor=factor)
        other = score_ratio(x0, n0, x1, n1, level=0.95, factor=factor)
        assert list(map(float, one)) == pytest.approx(inverse(other), rel=1e-15)
        gap = score_difference(x1, n1, x0, n0, level=0.95, factor=factor)
        back = score_difference(x0, n0, x1, n1, level=0.95, factor=factor)
        # At equal rates neither way round is first, and rounding may differ.
        assert list(map(float, gap)) == pytest.approx([-float(back[1]), -float(back[0])], abs=1e-12)
        assert float(gap[0]) - 1e-12 <= x1 / n1 - x0 / n0 <= float(gap[1]) + 1e-12
    for method in ("exact", "mid-p"):
        p, *limits = rate_ratio(x1, n1, x0, n0, level=0.95, mid=method == "mid-p")
        q, *others = rate_ratio(x0, n0, x1, n1, level=0.95, mid=method == "mid-p")
        assert p == q or x1 * n0 == x0 * n1
        assert limits == pytest.approx(inverse(others), rel=1e-12)
    odds = exact_odds([table], level=0.95)
    turned = exact_odds([(x0, n0, x1, n1)], level=0.95)
    assert odds is not None
    assert turned is not None
    assert [odds.lower, odds.upper] == pytest.approx(
        inverse([turned.lower, turned.upper]), rel=1e-9
    )
    pooled = pool([x1], [n1], [x0], [n0], level=0.95)
    assert pooled.method == "mantel-haenszel, score" or min(x1, x0) >= 10
    if pooled.method == "mantel-haenszel, score":
        # With one stratum it is the score interval.
        own = score_ratio(x1, n1, x0, n0, level=0.95)
        assert [pooled.lower, pooled.upper] == pytest.approx(list(map(float, own)), rel=1e-9)


@pytest.mark.parametrize("count", [0, 1, 5, 29, 30])
def test_alike_groups_have_one_in_every_interval(count: int) -> None:
    for low, high in (
        score_ratio(count, 30, count, 30, level=0.95),
        rate_ratio(count, 30, count, 30, level=0.95)[1:],
        rate_ratio(count, 30, count, 30, level=0.95, mid=True)[1:],
        np.add(score_difference(count, 30, count, 30, level=0.95), 1),
        np.add(newcombe_difference(count, 30, count, 30, level=0.95), 1),
    ):
        assert low <= 1 <= high


def test_exact_odds_against_all_tables() -> None:
    # Probabilities of all tables with these margins, by counting; scipy's limits for one table.
    for table in [(3, 10, 9, 10), (0, 6, 10, 100), (2, 5, 2, 5), (7, 9, 0, 4)]:
        x1, n1, x0, n0 = table
        found = exact_odds([table], level=0.9)
        assert found is not None
        law = stats.hypergeom(n1 + n0, x1 + x0, n1)
        assert found.p == pytest.approx(min(1, 2 * min(law.cdf(x1), law.sf(x1 - 1))), rel=1e-12)
        own = stats.contingency.odds_ratio([[x1, n1 - x1], [x0, n0 - x0]])
        limits = own.confidence_interval(0.9)
        assert (found.lower, found.upper) == pytest.approx((limits.low, limits.high), rel=1e-6)
        assert found.ratio == pytest.approx(own.statistic, rel=1e-6)
    nothing = exact_odds([(0, 5, 0, 5)], level=0.95)
    assert nothing is not None
    assert (nothing.p, nothing.lower, nothing.upper) == (1, 0, math.inf)
    assert math.isnan(nothing.ratio)


def test_exact_limits_and_exact_tests_never_disagree() -> None:
    for n1, n0 in [(5, 8), (12, 7)]:
        for x1, x0 in itertools.product(range(n1 + 1), range(n0 + 1)):
            found = exact_odds([(x1, n1, x0, n0)], level=0.95)
            assert found is not None
            assert (found.lower > 1 or found.upper < 1) == (found.p < 0.05)
            for method in ("exact", "mid-p"):
                p, lower, upper = rate_ratio(x1, n1, x0, n0, level=0.95, mid=method == "mid-p")
                assert (lower > 1 or upper < 1) == (p < 0.05)


@functools.cache
def odds_limits(*table: int) -> tuple[float, float]:
    found = exact_odds([table], level=0.95)  # type: ignore[list-item]
    assert found is not None
    return found.lower, found.upper


def coverage_of_odds(n1: int, n0: int, odds: float, p0: float) -> float:
    p1 = odds * p0 / (1 - p0 + odds * p0)
    first, second = stats.binom.pmf(range(n1 + 1), n1, p1), stats.binom.pmf(range(n0 + 1), n0, p0)
    total = 0.0
    for x1, x0 in itertools.product(range(n1 + 1), range(n0 + 1)):
        lower, upper = odds_limits(x1, n1, x0, n0)
        total += first[x1] * second[x0] * (lower <= odds <= upper)
    return float(total)


def test_exact_odds_are_never_below_their_level() -> None:
    for n1, n0 in [(1, 1), (2, 7), (6, 6), (10, 3)]:
        for odds, p0 in itertools.product([0.2, 1, 3], [0.02, 0.1, 0.3, 0.5, 0.9]):
            assert coverage_of_odds(n1, n0, odds, p0) >= 0.95


@functools.cache
def rate_limits(x1: int, x0: int, method: str) -> tuple[float, float]:
    _, lower, upper = rate_ratio(x1, 1, x0, 1, level=0.95, mid=method == "mid-p")
    return lower, upper


def coverage_of_rates(mean1: float, mean0: float, method: str) -> float:
    """How often the limits hold the ratio of two Poisson means."""
    most = [int(stats.poisson.isf(1e-9, mean)) for mean in (mean1, mean0)]
    first, second = (
        stats.poisson.pmf(range(n + 1), mean) for n, mean in zip(most, (mean1, mean0), strict=True)
    )
    total = 0.0
    for x1, x0 in itertools.product(range(most[0] + 1), range(most[1] + 1)):
        lower, upper = rate_limits(x1, x0, method)
        total += first[x1] * second[x0] * (lower <= mean1 / mean0 <= upper)
    return float(total)


def test_exact_rates_are_never_below_and_mid_p_is_near_its_level() -> None:
    for means in [(0.5, 0.5), (2.0, 6.0), (8.0, 5.0)]:
        # Less than 1e-8 is left out of the sum.
        assert coverage_of_rates(*means, "exact") >= 0.95 - 1e-8
    near = [coverage_of_rates(*means, "mid-p") for means in [(4.0, 4.0), (8.0, 5.0), (6.0, 9.0)]]
    assert 0.945 <= np.mean(near) <= 0.975
    assert min(near) >= 0.93


def test_score_limits_hold_on_average() -> None:
    n1, n0 = 30, 20
    x1, x0 = (axis.reshape(-1) for axis in np.mgrid[0 : n1 + 1, 0 : n0 + 1])
    low, high = score_ratio(x1, n1, x0, n0, level=0.95)
    bottom, top = score_difference(x1, n1, x0, n0, level=0.95)
    ratios, gaps = [], []
    for p1, p0 in itertools.product(np.arange(0.05, 1, 0.05), repeat=2):
        chance = stats.binom.pmf(x1, n1, p1) * stats.binom.pmf(x0, n0, p0)
        ratios.append(chance[(low <= p1 / p0) & (p1 / p0 <= high)].sum())
        gaps.append(chance[(bottom <= p1 - p0) & (p1 - p0 <= top)].sum())
    for found in (ratios, gaps):
        assert 0.945 <= np.mean(found) <= 0.965
        assert min(found) >= 0.91


def test_smallest_detectable_ratio_is_found_four_times_in_five() -> None:
    n1, p0, n0 = 60, 0.2, 80
    ratio = detectable_proportion(n1, p0, n0, level=0.95)
    first = stats.binom.pmf(range(n1 + 1), n1, ratio * p0)
    second = stats.binom.pmf(range(n0 + 1), n0, p0)
    power = 0.0
    for x1, x0 in itertools.product(range(n1 + 1), range(n0 + 1)):
        if (chance := first[x1] * second[x0]) > 1e-6:
            law = stats.hypergeom(n1 + n0, x1 + x0, n1)
            power += chance * (2 * min(law.cdf(x1), law.sf(x1 - 1)) < 0.05)
    assert abs(power - POWER) < 0.03
    ratio = detectable_rate(500, 12, 1000, level=0.95)
    first, second = stats.poisson.pmf(range(60), 6 * ratio), stats.poisson.pmf(range(40), 12)
    power = 0.0
    for x1, x0 in itertools.product(range(60), range(40)):
        if (chance := first[x1] * second[x0]) > 1e-6:
            lower, upper = rate_limits(x1, x0, "exact")
            power += chance * (lower > 0.5 or upper < 0.5)
    assert abs(power - POWER) < 0.005
    assert math.isnan(detectable_proportion(3, 0.6, 100, level=0.95))
    assert math.isnan(detectable_rate(100, 0, 100, level=0.95))


def test_mantel_haenszel_keeps_other_axes_and_leaves_out_empty_strata() -> None:
    table = np.array([*DIABETES, (0, 0, 4, 9), (2, 3, 0, 0)]).T
    assert float(mantel_haenszel_ratio(*table)) == pytest.approx(1.3255553241551052)
    twice = [np.stack([row, row * 2]) for row in table]
    assert mantel_haenszel_ratio(*twice).tolist() == pytest.approx([1.3255553241551052] * 2)
    assert pool(*table, level=0.95).used == 2
    none = pool([0], [0], [1], [2], level=0.95)
    assert none.used == 0
    assert all(map(math.isnan, (none.ratio, none.lower, none.upper, none.odds.p)))


def test_mid_p_limits_leave_out_what_they_should() -> None:
    random = np.random.default_rng(7)
    first = np.concatenate([random.integers(0, 9, 300), random.integers(0, 10**5, 100)]).astype(
        float
    )
    second = np.concatenate([random.integers(1, 9, 300), random.integers(1, 300, 100)]).astype(
        float
    )
    for aside in (0.025, 0.2, 1e-5):
        each = np.full(400, aside)
        lower, upper = ratio_limits(first, second, np.ones(400), each, mid=True)
        for limit, x, rest in ((lower, second, first), (1 / upper, first, second)):
            theta = limit / (1 + limit)
            tail = stats.binom.sf(x, x + rest, theta) + stats.binom.pmf(x, x + rest, theta) / 2
            assert tail[x > 0] == pytest.approx(aside, rel=1e-6)
            assert (limit[x == 0] == 0).all()
