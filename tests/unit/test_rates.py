"""Rates and shares: golden values, coverage by enumeration, and what cannot be computed."""

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import binom, binomtest, poisson

import pyjustice as pj

# Counts with their exact 95 % and 99.8 % limits: the expected events of a funnel in the tests of
# PHEindicatormethods (testdata_funnel_ratio_outputs.csv), found there by bisection.
PHE_LIMITS = {
    1: (0.025317898, 5.571644585, 0.001000547, 9.233410143),
    5: (1.623486324, 11.6683331, 0.739371928, 16.45474478),
    9: (4.11537405, 17.08479966, 2.452425215, 22.65737951),
    25: (16.17868501, 36.90492768, 12.33695202, 44.63607076),
    100: (81.36400699, 121.6268111, 71.92139974, 134.9243187),
    716: (664.5083011, 770.4222128, 636.1521174, 802.60414),
}
# R 4.2.2: poisson.test, binom.test, and prop.test(correct = FALSE).
POISSON_TEST = {0: (0, 3.68887945411), 7: (2.81436305152, 14.4226753617),
                137: (115.020534434, 161.956404688)}  # fmt: skip
BINOM_TEST = {(0, 6): (0, 0.45925812644), (1, 1): (0.025, 1),
              (16, 19): (0.604215448733, 0.966173750998)}  # fmt: skip
PROP_TEST = {(0, 6): (0, 0.390334287902), (1, 1): (0.206549314377, 1),
             (16, 19): (0.624345247297, 0.944795283615),
             (19, 19): (0.831820775947, 1)}  # fmt: skip


def ends(row: np.void) -> tuple[float, float]:
    return float(row["lower"]), float(row["upper"])


@pytest.mark.parametrize("count", PHE_LIMITS)
def test_exact_limits_are_those_of_the_published_funnels(count: int) -> None:
    low, high, far_low, far_high = PHE_LIMITS[count]
    assert ends(pj.rates(count, 1000, per=1000)) == pytest.approx((low, high), rel=1e-5)
    row = pj.rates(count, 1000, per=1000, level=0.998)
    assert ends(row) == pytest.approx((far_low, far_high), rel=1e-3 if count == 1 else 1e-5)


def test_limits_of_r() -> None:
    for count, expected in POISSON_TEST.items():
        assert ends(pj.rates(count, 1, per=1)) == pytest.approx(expected, abs=1e-8)
    for (x, n), expected in BINOM_TEST.items():
        row = pj.proportions(x, n, method="clopper-pearson")
        assert ends(row) == pytest.approx(expected, abs=1e-10)
    for (x, n), expected in PROP_TEST.items():
        assert ends(pj.proportions(x, n)) == pytest.approx(expected, abs=1e-10)


def test_byar_and_the_rule_of_phe() -> None:
    small, ten, many = pj.rates([9, 10, 65], 1, per=1, method="phe")
    assert ends(small) == ends(pj.rates(9, 1, per=1))
    byar = pj.rates([1, 10, 65], 1, per=1, method="byar")
    assert ends(ten) == ends(byar[1])
    # Within 0.2 % of exact from ten events on; 48 % off below one.
    assert ends(ten) == pytest.approx(ends(pj.rates(10, 1, per=1)), rel=2e-3)
    assert ends(many) == pytest.approx(ends(pj.rates(65, 1, per=1)), rel=2e-4)
    assert byar["lower"][0] == pytest.approx(0.0130721, abs=1e-7)
    assert np.isnan(pj.rates([0, 1], 1, per=1, method="byar", level=0.998)["lower"]).all()


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_limits_against_scipy_for_every_outcome(level: float) -> None:
    for n in (1, 2, 7, 19, 40):
        x = np.arange(n + 1)
        exact = pj.proportions(x, n, method="clopper-pearson", level=level)
        wilson = pj.proportions(x, n, level=level)
        for k in x.tolist():
            test = binomtest(k, n)
            for rows, method in ((exact, "exact"), (wilson, "wilson")):
                interval = test.proportion_ci(level, method=method)
                assert ends(rows[k]) == pytest.approx((interval.low, interval.high), abs=1e-10)


def test_coverage_by_enumeration() -> None:
    shares = np.linspace(0.005, 0.995, 199)
    for n in range(1, 41):
        x = np.arange(n + 1)
        chance = binom.pmf(x[:, None], n, shares)
        covered = {}
        for method in ("wilson", "clopper-pearson", "jeffreys"):
            rows = pj.proportions(x, n, method=method)
            assert (rows["lower"] >= 0).all()
            assert (rows["upper"] <= 1).all()
            holds = (rows["lower"][:, None] <= shares) & (shares <= rows["upper"][:, None])
            covered[method] = (chance * holds).sum(0)
        assert covered["clopper-pearson"].min() >= 0.95
        assert covered["wilson"].mean() == pytest.approx(0.95, abs=0.025)
        # Its worst is .79, at n = 1.
        assert covered["wilson"].min() > (0.79 if n < 10 else 0.83)
        assert covered["jeffreys"].mean() == pytest.approx(0.95, abs=0.03)


def test_exact_rates_cover_what_they_say() -> None:
    means = np.linspace(0.05, 40, 800)
    x = np.arange(140)
    rows = pj.rates(x, 1, per=1)
    holds = (rows["lower"][:, None] <= means) & (means <= rows["upper"][:, None])
    assert (poisson.pmf(x[:, None], means) * holds).sum(0).min() >= 0.95


def finite_chances(n: int, eligible: int, has: int) -> list[Fraction]:
    whole = math.comb(eligible, n)
    return [Fraction(math.comb(has, k) * math.comb(eligible - has, n - k), whole)
            for k in range(n + 1)]  # fmt: skip


@pytest.mark.parametrize(("n", "eligible"), [(1, 1), (1, 7), (6, 9), (19, 24), (12, 40)])
def test_finite_population_against_fractions(n: int, eligible: int) -> None:
    tables = [finite_chances(n, eligible, has) for has in range(eligible + 1)]
    rows = pj.proportions(np.arange(n + 1), n, eligible=eligible)
    assert (rows["method"] == "hypergeometric").all()
    aside = Fraction(1, 40)
    for x, row in enumerate(rows):
        kept = [has for has, chances in enumerate(tables)
                if sum(chances[x:]) > aside and sum(chances[: x + 1]) > aside]  # fmt: skip
        assert ends(row) == pytest.approx((min(kept) / eligible, max(kept) / eligible))
    for has, chances in enumerate(tables):
        share = has / eligible
        inside = (rows["lower"] <= share + 1e-12) & (share <= rows["upper"] + 1e-12)
        assert sum(c for c, held in zip(chances, inside, strict=True) if held) >= Fraction(95, 100)


def test_eligible_unknown_or_without_end() -> None:
    census, unknown, endless, few = pj.proportions(16, 19, eligible=[19, np.nan, np.inf, 18])
    assert ends(census) == (16 / 19, 16 / 19)
    assert (unknown["flag"], endless["flag"]) == ("eligible unknown", "")
    assert ends(unknown) == ends(endless) == ends(pj.proportions(16, 19, method="clopper-pearson"))
    assert few["flag"] == "count above population"
    assert math.isnan(few["value"])
    with pytest.raises(pj.DataError, match="eligible"):
        pj.proportions(16, 19, eligible=24, method="wilson")


def test_rows_that_have_no_value_say_why_and_none_is_dropped() -> None:
    counts = [0, np.nan, 3, -1, 2.5, np.inf, 4, 5, 9]
    people = [10, 10, np.nan, 10, 10, 10, 0, -5, 8]
    rows = pj.rates(counts, people, per=1000)
    assert rows["flag"].tolist() == [
        "", "missing value", "missing value", "not a count", "not a count", "not a count",
        "zero base", "not a population", "count above population",
    ]  # fmt: skip
    assert np.isnan(rows["value"]).tolist() == [False] + [True] * 7 + [False]
    assert (rows["value"][0], rows["lower"][0]) == (0, 0)
    shares = pj.proportions(counts, people)
    assert shares["flag"].tolist()[-2:] == ["not a count", "count above population"]
    assert np.isnan(shares["value"]).tolist() == [False] + [True] * 8
    for flag in set(rows["flag"]) - {""}:
        assert len(pj.explain(flag).split("\n")) == 2


def test_shapes_names_and_what_a_file_does_to_whole_numbers() -> None:
    rows = pj.rates(
        np.ones((3, 1, 2)), np.full((4, 1), 10.0), per=1, names=[["a"], [""], [""], ["b"]]
    )
    assert rows.shape == (3, 4, 2)
    assert rows["name"][0, :, 0].tolist() == ["a", "", "", "b"]
    assert pj.rates(np.ma.masked_equal([1, 7], 7), 10, per=1)["flag"].tolist() == [
        "",
        "missing value",
    ]
    assert pj.rates([None, 2], 10, per=1)["flag"].tolist() == ["missing value", ""]
    assert pj.rates(0.1 * 30, 10, per=1)["flag"] == ""
    assert pj.rates([], [], per=1).shape == (0,)
    assert pj.rates(1, 10, per=1, names="x" * 100)["name"] == "x" * 95 + "…"


@pytest.mark.parametrize(
    "bad",
    [{"per": 0}, {"per": math.inf}, {"per": None}, {"level": 1}, {"level": math.nan},
     {"method": "wald"}, {"count": "many"}, {"count": [1, 2], "population": [1, 2, 3]},
     {"names": ["a", "b"]}],
)  # fmt: skip
def test_arguments_that_cannot_be(bad: dict) -> None:
    with pytest.raises(pj.DataError):
        pj.rates(**{"count": 5, "population": 100, "per": 1, **bad})


# European Standard Population 2013, in 19 age groups.
ESP_2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500,
            5000, 4000, 2500, 1500, 1000]  # fmt: skip
# Example of PHEindicatormethods' DSR-vignette.html: deaths, people, and 8283.016 (6570.819,
# 10289.65) per 100,000.
DEATHS = [1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8]
PEOPLE = [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15]
# PHEindicatormethods, R/isr_sheet.csv: people, reference events and people, expected events.
ISR = [(636, 10303, 50520, 129.7052257), (558, 2824, 57173, 27.56182114),
       (609, 3225, 60213, 32.61795626), (543, 3615, 54659, 35.91256701),
       (384, 3641, 44345, 31.52878566), (594, 3490, 50128, 41.35533035)]  # fmt: skip
OBSERVED = [127, 25, 18, 21, 12, 27]


def test_direct_standardisation_as_published() -> None:
    row = pj.standardised_rates(DEATHS, PEOPLE, standard=ESP_2013, per=100_000)
    assert row["value"] == pytest.approx(8283.016, abs=1e-3)
    assert ends(row) == pytest.approx((6570.819, 10289.65), abs=0.005)
    assert (row["count"], row["population"], row["kind"]) == (88, 860, "direct")


def test_children_with_several_offences_widen_the_interval() -> None:
    args = {"population": [4000, 3000], "standard": [600, 400], "per": 1000}
    alone = pj.standardised_rates([12, 30], **args)
    same = pj.standardised_rates({1: [12, 30]}, **args)
    several = pj.standardised_rates({1: [12, 20], 2: [0, 5]}, **args)
    assert same == alone
    assert several["value"] == alone["value"]
    # Variance by hand: 12 and 20 + 4 * 5 children's squares in place of 12 and 30 events.
    wide = ends(several)[1] - several["value"]
    ratio = (0.36 * 12 / 16 + 0.16 * 40 / 9) / (0.36 * 12 / 16 + 0.16 * 30 / 9)
    assert wide / (ends(alone)[1] - alone["value"]) == pytest.approx(math.sqrt(ratio))


def test_indirect_standardisation_as_published() -> None:
    people, events, reference, expected = zip(*ISR, strict=True)
    row = pj.standardised_rates(
        OBSERVED, people, reference=(events, reference), kind="ratio", per=100
    )
    assert row["population"] == pytest.approx(sum(expected), abs=1e-6)
    assert row["value"] == pytest.approx(100 * sum(OBSERVED) / sum(expected))
    assert ends(row) == pytest.approx(ends(pj.rates(sum(OBSERVED), sum(expected), per=100)))
    rate = pj.standardised_rates(
        OBSERVED, people, reference=(events, reference), kind="indirect", per=1000
    )
    crude = sum(events) / sum(reference)
    assert rate["value"] == pytest.approx(row["value"] / 100 * crude * 1000)
    assert ends(rate) == pytest.approx(tuple(10 * crude * end for end in ends(row)))


def test_sets_of_strata_without_a_rate() -> None:
    counts = [[5, 4], [np.nan, 20], [20, 20], [20, -1], [20, 20]]
    people = [[10, 10], [10, 10], [10, 0], [10, 10], [100, 100]]
    rows = pj.standardised_rates(counts, people, standard=[1, 2], per=1, names=list("abcde"))
    assert rows["flag"].tolist() == ["too few", "missing value", "zero base", "not a count", ""]
    assert np.isnan(rows["value"]).tolist() == [True] * 4 + [False]
    none = pj.standardised_rates([0, 0], [9, 9], reference=([1, 1], [10, 10]), kind="ratio", per=1)
    assert (none["value"], none["lower"], none["flag"]) == (0, 0, "")
    for bad in ({"standard": None}, {"kind": "ratio"}, {"standard": [1, 2, 3]}, {"kind": "x"}):
        with pytest.raises(pj.DataError):
            pj.standardised_rates(**{"count": [1, 2], "population": [5, 5], "standard": [1, 1],
                                     "per": 1, **bad})  # fmt: skip
