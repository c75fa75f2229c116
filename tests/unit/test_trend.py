"""Trends over years, and the sentences of rates, changes and trends."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import kendalltau, theilslopes

import pyjustice as pj

YEARS = range(2014, 2022)
COUNTS = [135, 128, 119, 140, 101, 96, 88, 97]
PEOPLE = [26428, 26644, 26700, 26810, 27000, 27100, 27050, 27200]
# R 4.2.2, glm(count ~ year + offset(log(population)), family = quasipoisson): slope, standard
# error, p and dispersion.
GLM = (-0.0647031499616, 0.0164403983429, 0.00766309145029, 1.26598603824)
UNEVEN = ([12, 4, 19, 2, 25, 8], [1000] * 6, [1, 2, 3, 4, 6, 7])
GLM_UNEVEN = (0.0715968949812, 0.156708072555, 0.67146764402235, 7.81923736092)
# pymannkendall 1.4.3, original_test: tau, p, slope; with ties.
MANN_KENDALL = {
    (1, 2, 2, 3, 3, 3, 5, 4, 6, 2): (0.5555555555555556, 0.02693170125326949, 0.42857142857),
    (9, 7, 7, 5, 4, 4, 1): (-0.9047619047619048, 0.0056660923526288265, -1.2),
}


@pytest.mark.parametrize(
    ("counts", "people", "years", "golden", "t"),
    [(COUNTS, PEOPLE, YEARS, GLM, 2.4469118511), (*UNEVEN, GLM_UNEVEN, 2.7764451052)],
)
def test_log_linear_trends_of_r(
    counts: list, people: list, years: Sequence[int], golden: tuple, t: float
) -> None:
    (row,) = pj.trend(counts, people, years)
    slope, error, p, dispersion = golden
    assert math.log(row["ratio"]) == pytest.approx(slope, rel=1e-9)
    assert math.log(row["ratio_lower"]) == pytest.approx(slope - t * error, rel=1e-6)
    assert math.log(row["ratio_upper"]) == pytest.approx(slope + t * error, rel=1e-6)
    assert row["p"] == pytest.approx(p, rel=1e-6)
    assert row["dispersion"] == pytest.approx(dispersion, rel=1e-6)


def test_counts_on_a_line_have_no_less_than_the_spread_of_chance() -> None:
    (row,) = pj.trend([80, 40, 20, 10, 5], [1000] * 5, range(5))
    assert row["ratio"] == pytest.approx(0.5)
    assert row["dispersion"] == pytest.approx(0, abs=1e-12)
    # Events 155 at times 0 to 4 with shares 16 8 4 2 1 of 31: the variance of the time is 1.1946.
    error = 1 / math.sqrt(155 * (1 * 8 + 4 * 4 + 9 * 2 + 16 * 1 - 26**2 / 31) / 31)
    assert math.log(row["ratio_upper"] / 0.5) == pytest.approx(3.1824463053 * error)


@pytest.mark.parametrize("values", MANN_KENDALL)
def test_mann_kendall_with_ties(values: tuple[int, ...]) -> None:
    (row,) = pj.trend(values, None, range(len(values)), method="mann-kendall")
    assert (row["tau"], row["p"], row["slope"]) == pytest.approx(MANN_KENDALL[values])


def test_mann_kendall_is_exact_without_ties() -> None:
    random = np.random.default_rng(5)
    for n in range(5, 25):
        values = random.permutation(n) + 1
        (row,) = pj.trend(values, None, range(n), method="mann-kendall")
        assert row["p"] == pytest.approx(kendalltau(range(n), values, method="exact").pvalue)
        slopes = theilslopes(values, np.arange(n), 0.95)
        assert (row["slope_lower"], row["slope_upper"]) == pytest.approx(slopes[2:4])


def test_equal_points_have_no_interval_of_no_width() -> None:
    (row,) = pj.trend([5] * 6, [100] * 6, range(6), method="mann-kendall")
    assert (row["slope"], row["p"], row["flag"]) == (0, 1, "all equal")
    assert math.isnan(row["slope_lower"])
    (row,) = pj.trend([5] * 6, [100] * 6, range(6))
    assert row["ratio_lower"] < 1 < row["ratio_upper"]


def test_few_points_are_no_trend() -> None:
    for method in ("log-linear", "mann-kendall"):
        (row,) = pj.trend([40, 30, 20, 10], [1000] * 4, range(4), method=method)
        assert (row["flag"], row["points"], row["family"]) == ("short series", 4, 0)
        assert math.isnan(row["p"])
        (row,) = pj.trend([40, 30, np.nan, 20, 10, 5], [1000] * 6, range(6), method=method)
        assert (row["flag"], row["points"]) == ("points missing", 5)


def test_rows_that_cannot_be_a_trend_say_why() -> None:
    counts = [[0] * 5, [0, 0, 0, 0, 40], [3, 0, 1, 0, 2], [5, 6, -1, 5, 6], [5, 6, 7, 5, 6],
              [15, 16, 17, 15, 16], [np.nan] * 5]  # fmt: skip
    people = [[100] * 5] * 4 + [[100, 100, 0, 100, 100], [100, 101, 140, 140, 140], [100] * 5]
    rows = pj.trend(counts, people, range(5))
    assert rows.shape == (7, 1)
    assert rows["flag"][:, 0].tolist() == ["no events", "too few", "too few", "not a count",
                                           "zero base", "rebased population",
                                           "short series"]  # fmt: skip
    assert np.isnan(rows["ratio"][:, 0]).tolist() == [True, True, False, True, True, False, True]


def test_no_line_goes_across_a_declared_break() -> None:
    counts = [100, 90, 80, 70, 60, 200, 190, 180, 170, 160]
    rows = pj.trend(counts, [1000] * 10, range(2010, 2020), breaks=2015, names="x")
    assert rows[["name", "segment", "first", "last", "points"]].tolist() == [
        ("x", 0, "2010", "2014", 5), ("x", 1, "2015", "2019", 5)
    ]  # fmt: skip
    assert (rows["ratio"] < 1).all()
    (whole,) = pj.trend(counts, [1000] * 10, range(2010, 2020))
    assert whole["ratio"] > 1
    for bad in (2010, 2020, 2012.5, "2015-01-01"):
        with pytest.raises(pj.DataError, match="breaks"):
            pj.trend(counts, [1000] * 10, range(2010, 2020), breaks=bad)


def test_periods_of_days() -> None:
    years = [(f"{year}-04-01", f"{year + 1}-03-31") for year in range(2014, 2022)]
    rows = pj.trend(COUNTS, PEOPLE, years)
    assert rows["ratio"] == pytest.approx(pj.trend(COUNTS, PEOPLE, YEARS)["ratio"], rel=1e-4)
    assert (rows["first"][0], rows["last"][0]) == ("2014-04-01", "2022-03-31")
    texts = [f"{year}/{year - 1999}" for year in range(2014, 2022)]
    assert pj.trend(COUNTS, PEOPLE, texts).tobytes() == rows.tobytes()
    parts = pj.trend(COUNTS, PEOPLE, years, breaks="2018-04-01")
    assert parts["points"].tolist() == [4, 4]
    assert pj.trend(COUNTS, PEOPLE, texts, breaks="2018/19").tobytes() == parts.tobytes()
    assert "; count times 0.9" in pj.sentence(pj.trend(COUNTS, None, texts))


@pytest.mark.parametrize(
    ("periods", "message"),
    [([("2014-04-01", "2015-03-31"), ("2015-01-01", "2015-12-31")], "2014-04-01 and 2015-01-01"),
     ([2014, 2014], "out of order"), ([2015, 2014], "out of order"),
     ([("2014-01-01", "2014-03-31"), ("2015-01-01", "2015-12-31")], "one length"),
     ([("2014-01-01", "2013-01-01"), ("2015-01-01", "2015-12-31")], "ends before"),
     (["2014", "2015"], "leaves open"), (["2014/15", "2015/16", "2016/17"], "expected 3"),
     (["soon", "2015/16"], "expected a form such as"), ([2014.5, 2015.5], "whole years"),
     ([("2014", "soon"), ("2015", "2016")], "expected dates"), ([], "expected years"),
     ([(1, 2), (3, 4)], "expected dates"), ([2014, 2015, 2016], "expected 3")],
)  # fmt: skip
def test_periods_that_mislead_are_refused(periods: list, message: str) -> None:
    with pytest.raises(pj.DataError, match=message):
        pj.trend([5, 6], [100, 100], periods)


def every_row() -> list[np.ndarray]:
    series = [COUNTS, [1] * 8, [0] * 8]
    return [
        pj.rates([0, 3, 135, np.nan, 9], [100, 100, 26428, 5, 0], per=1000, names="Derby"),
        pj.proportions([0, 5, 300, 7], [6, 6, 400, 5]),
        pj.standardised_rates([40, 30], [4000, 3000], reference=([60, 40], [9e3, 9e3]),
                              kind="ratio", per=100).reshape(1),
        *(pj.change([0, 5, 148, 40, np.nan, 500, 0], [0, 0, 100, 70, 1, 499, 9], against=against)
          for against in ("self", "others", "overdispersed")),
        *(pj.trend(series, np.full(8, 1000), YEARS, method=method)
          for method in ("log-linear", "mann-kendall")),
    ]  # fmt: skip


def test_sentences_are_one_safe_line() -> None:
    for rows in every_row():
        for row in rows.ravel():
            text = pj.sentence(row)
            assert "\n" not in text
            assert text.endswith(".")
            for word in ("significan", "no change", "nan", "worse", "better", "inf"):
                assert word not in text.lower(), text
            if row["flag"]:
                assert pj.explain(row["flag"]).split("\n")[0] in text


def test_what_sentences_say() -> None:
    assert pj.sentence(pj.change(5, 0)) == (
        "5 before, 0 after; ratio of counts 0 (95 % interval 0 to 1.09): not distinguishable from"
        " chance (one comparison); small numbers, read with care. The numbers are so small that"
        " hardly anything could be found with them."
    )
    rows = pj.change([148, 60, 100, 100], [100, 40, 100, 90], family=["a", "b", "b", "b"])
    assert "lower, by more than chance readily gives (one comparison, p = 0.0028)" in pj.sentence(
        rows[0]
    )
    assert "not distinguishable from chance (one of 3 comparisons)" in pj.sentence(rows[1])
    alone = pj.change([150, *[100] * 20], [110, *[100] * 20])[0]
    assert (
        "lower if it were the only one, but not distinguishable from chance as one of 21"
        in pj.sentence(alone)
    )
    assert "falling" in pj.sentence(pj.trend(COUNTS, PEOPLE, YEARS))
    assert "; 1 event, population 100)" in pj.sentence(pj.rates(1, 100, per=1000))


def test_a_row_of_another_table_and_rows_of_no_kind() -> None:
    row = pj.rates(135, 26428, per=1000)[()]
    names = pj.RATE_DTYPE.names or ()
    assert pj.sentence({name: row[name] for name in names}) == pj.sentence(row)
    for bad in (pj.rates([1, 2], 9, per=1), np.zeros(1, pj.COUNT_DTYPE), 5, {"p": 1}):
        with pytest.raises(pj.DataError):
            pj.sentence(bad)
