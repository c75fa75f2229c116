"""Control charts against textbooks, published test values and every window tried by hand."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.control import Limits, signals_of

NAN = math.nan
FLAT = Limits(0.0, np.ones(1), NAN, 0, -np.inf, np.inf, 1e-12)

# Montgomery, Introduction to Statistical Quality Control, 6th edition: example 6.5 (costs of
# processing, weeks 1 to 20), 7.1 (orange juice cans), 7.3 (circuit boards), 7.4 (computers),
# 7.5 (dyed cloth), with the limits printed there; the tests of qicharts2 use the same examples.
COSTS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306,
         294, 299, 297, 299, 314, 295, 293, 306, 301, 304]  # fmt: skip
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22,
        8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]  # fmt: skip
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16,
          19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]  # fmt: skip
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
METRES = [500, 400, 650, 500, 475, 500, 600, 525, 600, 625]

# NHSRplotthedots, tests/testthat/_snaps/ptd_spc_standard.md: set.seed(123); rnorm(20) in R.
NORMAL = [
    -0.560475646552213, -0.23017748948328, 1.55870831414912, 0.070508391424576, 0.129287735160946,
    1.71506498688328, 0.460916205989202, -1.26506123460653, -0.686852851893526, -0.445661970099958,
    1.22408179743946, 0.359813827057364, 0.400771450594052, 0.11068271594512, -0.555841134754075,
    1.78691313680308, 0.497850478229239, -1.96661715662964, 0.701355901563686, -0.472791407727934,
]  # fmt: skip


def chart(values: Any, kind: str = "xmr", **keywords: Any) -> Any:
    return pj.control_chart(values, kind=kind, **keywords)


def limits(row: Any) -> list[float]:
    return [float(row[name]) for name in ("centre", "lower", "upper")]


@pytest.mark.parametrize(
    ("made", "printed", "digits"),
    [
        (lambda: chart(COSTS)[0], [300.5, 279.78, 321.22], 2),
        (lambda: chart(CANS, "p", population=[50] * 30)[0], [0.2313, 0.0524, 0.4102], 4),
        (lambda: chart(BOARDS, "c")[0], [19.85, 6.48, 33.22], 2),
        (lambda: chart(COMPUTERS, "u", population=[5] * 20)[0], [1.93, 0.07, 3.79], 2),
        (lambda: chart(CLOTH, "u", population=METRES, per=50)[0], [1.42, 0.29, 2.55], 2),
        (lambda: chart(CLOTH, "u", population=METRES, per=50)[1], [1.42, 0.16, 2.68], 2),
        (lambda: chart(CLOTH, "u", population=METRES, per=50)[2], [1.42, 0.43, 2.41], 2),
    ],
)
def test_limits_are_those_printed_by_montgomery(made: Any, printed: Any, digits: int) -> None:
    # The book rounds on the way: half a unit of the last digit, and one of that.
    np.testing.assert_allclose(limits(made()), printed, rtol=0, atol=1.5 * 10**-digits)


def test_points_outside_are_those_of_montgomery() -> None:
    rows = chart(CANS, "p", population=[50] * 30)
    assert np.flatnonzero(rows["outside"]).tolist() == [14, 22]
    rows = chart(BOARDS, "c")
    assert [(i, int(rows["outside"][i])) for i in np.flatnonzero(rows["outside"])] == [
        (5, -1),
        (19, 1),
    ]


def test_limits_are_those_of_nhsrplotthedots() -> None:
    rows = chart(NORMAL, screen=True)
    assert [f"{x:.3g}" for x in limits(rows[0])] == ["0.142", "-3.01", "3.29"]
    assert not rows["signal"].any()


def test_screening_leaves_out_large_moving_ranges_once() -> None:
    # R 4.2.2, by hand: 2.66 mean(mr[mr < 3.267 * mean(mr)]) after y[15] <- 10.
    outlying = [*NORMAL[:14], 10.0, *NORMAL[15:]]
    screened, plain = chart(outlying, screen=True), chart(outlying)
    np.testing.assert_allclose(
        limits(screened[0]), [0.669415859212302, -2.383665597274131, 3.722497315698736]
    )
    np.testing.assert_allclose(
        limits(plain[0]), [0.669415859212302, -4.59662518246977, 5.935456900894364]
    )
    assert (screened["screened"][0], plain["screened"][0]) == (2, 0)


def test_screening_never_leaves_limits_without_width() -> None:
    rows = chart([1, 1, 1, 1, 2], screen=True)
    assert rows["screened"].tolist() == [0] * 5
    assert rows["outside"].tolist() == [0, 0, 0, 0, 1]
    np.testing.assert_allclose(limits(rows[0]), [1.2, 1.2 - 2.66 / 4, 1.2 + 2.66 / 4])


@pytest.mark.parametrize("value", [0, 5, 0.1, 1e9, -0.3])
def test_equal_points_have_no_width_and_no_signal(value: float) -> None:
    rows = chart([value] * 13)
    assert set(rows["flag"]) == {"limits without width"}
    assert not rows["signal"].any()


def test_equal_rates_have_no_width_on_a_primed_chart() -> None:
    sizes = [30, 10, 70, 20, 90, 110, 130, 170, 190, 210, 230, 290, 310]
    rows = chart([n // 10 for n in sizes], "up", population=sizes)
    assert set(rows["flag"]) == {"limits without width"}
    assert not rows["signal"].any()
    # Without Laney's factor chance still gives limits, and equal points are on the centre.
    rows = chart([n // 10 for n in sizes], "u", population=sizes)
    assert set(rows["flag"]) == {"small counts"}
    assert not rows["signal"].any()


@pytest.mark.parametrize("kind", ["p", "pp", "u", "up", "c"])
def test_no_events_at_all_have_no_width(kind: str) -> None:
    keywords = {} if kind == "c" else {"population": [20] * 12}
    assert set(chart([0] * 12, kind, **keywords)["flag"]) == {"limits without width"}


def test_a_run_on_the_centre_is_no_shift() -> None:
    rows = chart([3, 3, 3, 3, 3, 3, 3, 0, 6])
    assert rows["centre"][0] == 3
    assert not rows["shift"].any()


def shifts(values: Any, **keywords: Any) -> list[int]:
    given = {"shift": 7, "trend": None, "two_of_three": False, **keywords}
    return signals_of(np.array(values, np.float64), FLAT, **given).shift.tolist()


def test_shift_is_seven_on_one_side() -> None:
    # As ptd_seven_point_one_side_mean in NHSRplotthedots' tests, the whole run marked.
    assert shifts([1] * 6) == [0] * 6
    assert shifts([1] * 6 + [-1]) == [0] * 7
    assert shifts([1] * 8 + [-1]) == [1] * 8 + [0]
    assert shifts([-1] * 8 + [1]) == [-1] * 8 + [0]
    assert shifts([1] * 6, shift=6) == [1] * 6
    assert shifts([1] * 4 + [0] + [1] * 4) == [0] * 9, "a point on the line ends a run"
    assert shifts([1] * 4 + [NAN] + [1] * 4) == [0] * 9, "so does a gap"


def trends(values: Any, **keywords: Any) -> list[int]:
    given = {"shift": None, "trend": 7, "two_of_three": False, **keywords}
    return signals_of(np.array(values, np.float64), FLAT, **given).trend.tolist()


def test_trend_is_seven_points_each_beyond_the_last() -> None:
    # As ptd_seven_point_trend in NHSRplotthedots' tests.
    assert trends(range(1, 7)) == [0] * 6
    assert trends([1, 2, 3, 3, 4, 5, 6]) == [0] * 7
    assert trends(range(1, 8)) == [1] * 7
    assert trends([2, *range(1, 8), 3]) == [0, *[1] * 7, 0]
    assert trends(range(7, 0, -1)) == [-1] * 7
    assert trends([2, *range(7, 0, -1), 3]) == [0, *[-1] * 7, 0]
    assert trends(range(1, 7), trend=6) == [1] * 6
    assert trends([1, 2, 3, NAN, 4, 5, 6, 7]) == [0] * 8
    assert trends([1]) == [0]


def pairs(values: Any) -> list[int]:
    given = {"shift": None, "trend": None, "two_of_three": True}
    return signals_of(np.array(values, np.float64), FLAT, **given).two_of_three.tolist()


def test_two_of_three_are_near_one_limit() -> None:
    # As ptd_part_of_two_in_three in NHSRplotthedots' tests: 2.5 is near the limit, 0.5 is not.
    near, far = 2.5, 0.5
    assert pairs([near, far, near]) == [1, 0, 1]
    assert pairs([far, far, near, near, far]) == [0, 0, 1, 1, 0]
    assert pairs([near, far, far, near]) == [0] * 4
    assert pairs([near, far, far, near, near]) == [0, 0, 0, 1, 1]
    assert pairs([-near, -far, -near]) == [-1, 0, -1]
    assert pairs([near, -far, near]) == [0] * 3, "all three on one side"
    assert pairs([near, -near, far]) == [0] * 3
    assert pairs([near, 3.5, far]) == [0] * 3, "a point outside is not near"
    assert pairs([near, NAN, near]) == [0] * 3
    assert pairs([near, near]) == [0] * 2


def test_two_near_opposite_limits_are_no_signal() -> None:
    # NHSRplotthedots, test-ptd_spc_standard.R.
    rows = chart([1, -1] * 7 + [5.5, -5.5], screen=True)
    assert not rows["signal"].any()


def test_signal_names_the_first_rule_of_the_order() -> None:
    rows = chart([*range(10, 17), 60, 12, 12, 13, 12, 13])
    assert rows["signal"].tolist()[:8] == ["trend"] * 7 + ["outside"]
    assert int(rows["trend"][7]) == 1


def test_points_on_a_limit_are_inside() -> None:
    # c = 9: limits 0 and 18.
    rows = chart([9, 0, 18, 9, 8, 10, 9, 9, 9, 9, 9, 9], "c")
    assert limits(rows[0]) == [9, 0, 18]
    assert not rows["outside"].any()


def test_limits_stay_within_what_can_be() -> None:
    rows = chart([1, 0, 2, 1, 1], "c")
    assert (rows["lower"] == 0).all()
    assert (rows["near_lower"] == 0).all()
    rows = chart([9, 10, 8, 10, 9], "p", population=[10] * 5)
    assert (rows["upper"] == 1).all()
    assert chart([-5, 3, 4])["lower"][0] < -5


def test_missing_points_stay_missing_and_no_range_crosses_them() -> None:
    rows = chart([10, 12, NAN, 40, 42, None])
    np.testing.assert_array_equal(rows["value"], [10, 12, NAN, 40, 42, NAN])
    assert rows["flag"].tolist() == [
        "trial limits", "trial limits", "missing value", "trial limits", "trial limits",
        "missing value",
    ]  # fmt: skip
    np.testing.assert_allclose(limits(rows[2]), [26, 26 - 2.66 * 2, 26 + 2.66 * 2])
    assert rows["points"].tolist() == [4] * 6
    masked = np.ma.masked_array([10, 12, 99, 40], [False, False, True, False])
    assert math.isnan(chart(masked)["value"][2])


def test_a_rate_without_population_is_flagged() -> None:
    rows = chart([5, 6, 0, 7], "u", population=[100, 100, 0, NAN])
    assert rows["flag"].tolist()[2:] == ["zero base", "missing value"]
    assert rows["centre"][0] == pytest.approx(11 / 200)
    assert np.isnan(rows["value"][2:]).all()


@pytest.mark.parametrize("values", [[], [5], [NAN, NAN], [5, NAN], [5, NAN, 6], [NAN]])
def test_too_few_points_have_no_limits(values: Any) -> None:
    rows = chart(values)
    assert len(rows) == len(values)
    assert set(rows["flag"]) <= {"too few points", "missing value"}
    assert np.isnan(rows["lower"]).all()
    assert np.isnan(rows["centre"]).all()


def test_limits_are_trial_limits_under_twelve_points() -> None:
    assert set(chart(COSTS[:11])["flag"]) == {"trial limits"}
    assert set(chart(COSTS[:12])["flag"]) == {""}
    assert set(chart([*COSTS[:11], NAN])["flag"]) == {"trial limits", "missing value"}


def test_small_counts_are_flagged() -> None:
    assert set(chart([4, 5] * 6, "c")["flag"]) == {"small counts"}
    assert set(chart([5, 6] * 6, "c")["flag"]) == {""}
    # Of a share the rarer of the two outcomes is what counts.
    assert set(chart([46, 47] * 6, "p", population=[50] * 12)["flag"]) == {"small counts"}


def test_phases_have_limits_of_their_own_and_runs_end_with_them() -> None:
    first, second = [10, 12, 11, 13, 10, 12], [30, 33, 31, 34, 30, 32]
    rows = chart(first + second, breaks=[6])
    np.testing.assert_array_equal(rows["phase"], [1] * 6 + [2] * 6)
    np.testing.assert_allclose(limits(rows[0]), limits(chart(first)[0]))
    np.testing.assert_allclose(limits(rows[6]), limits(chart(second)[0]))
    rising = list(range(1, 9))
    assert chart(rising)["trend"].all()
    assert not chart(rising, breaks=[4])["trend"].any()


def test_breaks_are_labels_where_there_are_labels() -> None:
    years = list(range(2016, 2024))
    rows = chart(COSTS[:8], labels=years, breaks=[2020])
    assert rows["phase"].tolist() == [1] * 4 + [2] * 4
    assert rows["label"].tolist() == [str(year) for year in years]
    for wrong in ([4], [2016], [2021, 2019], [2020, 2020], "2020"):
        with pytest.raises(pj.DataError, match="breaks"):
            chart(COSTS[:8], labels=years, breaks=wrong)


def test_long_labels_are_cut_where_they_are_shown_alone() -> None:
    labels = ["x" * 70 + str(i) for i in range(8)]
    rows = chart(COSTS[:8], labels=labels, breaks=[labels[4]])
    assert rows["phase"].tolist() == [1] * 4 + [2] * 4
    assert set(rows["label"]) == {"x" * 63 + "…"}


@pytest.mark.parametrize("kind", ["up", "pp"])
def test_primed_chart_of_equal_sizes_is_an_xmr_chart_of_rates(kind: str) -> None:
    # Laney 2002: with equal sizes the factor cancels chance. 2.66 is 3 / 1.128 rounded.
    sizes = [400] * 20
    counts = [value - 270 for value in COSTS]
    primed, plain = chart(counts, kind, population=sizes), chart(np.array(counts) / 400)
    for name in ("lower", "upper"):
        np.testing.assert_allclose(
            primed[name] - primed["centre"],
            (plain[name] - plain["centre"]) * (3 / 1.128) / 2.66,
            rtol=1e-9,
        )


def test_primed_limits_are_chance_times_the_spread_of_neighbours() -> None:
    counts, sizes = np.array(CLOTH), np.array(METRES)
    centre = counts.sum() / sizes.sum()
    error = [math.sqrt(centre / n) for n in METRES]
    z = [(x / n - centre) / e for x, n, e in zip(CLOTH, METRES, error, strict=True)]
    spread = sum(abs(b - a) for a, b in pairwise(z)) / 9 / 1.128
    rows = chart(CLOTH, "up", population=METRES, per=50)
    np.testing.assert_allclose(rows["spread"], spread)
    np.testing.assert_allclose(rows["upper"], 50 * (centre + 3 * spread * np.array(error)))


@pytest.mark.parametrize(
    ("values", "keywords", "said"),
    [
        ([1, 2], {"kind": "x"}, "kind"),
        ([1, 2], {"kind": "u"}, "population"),
        ([1, 2], {"kind": "c", "population": [5, 5]}, "population"),
        ([1, 2], {"kind": "u", "population": [5]}, "population"),
        ([1, 2], {"kind": "u", "population": [5, -5]}, "row 1 is negative"),
        ([1, 6], {"kind": "p", "population": [5, 5]}, "row 1 is more"),
        ([1, 2], {"kind": "p", "population": [5, 5.5]}, "no whole number"),
        ([1, 2.5], {"kind": "c"}, "row 1 is no whole count"),
        ([1, -2], {"kind": "c"}, "row 1 is no whole count"),
        ([1, math.inf], {"kind": "xmr"}, "row 1 is infinite"),
        (["a", 2], {"kind": "xmr"}, "expected numbers"),
        ([[1], [2]], {"kind": "xmr"}, "one row"),
        ([1, 2], {"kind": "xmr", "labels": ["a"]}, "labels"),
        ([1, 2], {"kind": "xmr", "shift": 1}, "shift"),
        ([1, 2], {"kind": "xmr", "trend": 6.5}, "trend"),
        ([1, 2], {"kind": "xmr", "per": 0}, "per"),
    ],
)
def test_what_cannot_be_meant_is_refused(values: Any, keywords: Any, said: str) -> None:
    with pytest.raises(pj.DataError, match=said):
        pj.control_chart(values, **keywords)


def test_sentences_say_what_is_seen_and_no_more() -> None:
    quiet = chart(COSTS)[0]
    assert pj.sentence(quiet) == "0: 310, not distinguishable from chance (limits 280 to 321)."
    rows = chart(BOARDS, "c", labels=[f"batch {i}" for i in range(1, 27)])
    assert pj.sentence(rows[5]).startswith("batch 6: 5, below the lower limit")
    assert pj.sentence(rows[19]).startswith("batch 20: 39, above the upper limit")
    assert pj.sentence(chart(range(1, 9))[6]) == (
        "6: 7, in a row of points each higher than the last, longer than chance usually gives"
        " (trial limits 1.84 to 7.16, from 8 points)."
    )
    assert pj.sentence(chart([1, NAN, 3])[1]) == "1: no figure."
    assert "population" in pj.sentence(chart([0, 1], "u", population=[0, 1])[0])
    assert "too few points" in pj.sentence(chart([4])[0])
    assert "all points" in pj.sentence(chart([4] * 12)[0])
    assert "rough" in pj.sentence(chart([4, 5] * 6, "c")[0])
