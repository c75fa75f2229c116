"""Ratings from a framework's data, against published reports and against trying everything."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from pyjustice.ground.errors import DataError, FrameworkError
from pyjustice.ground.frameworks import Framework, framework, frameworks
from pyjustice.measures.ratings import (
    Verdict,
    answers_to_change,
    close_to_boundary,
    full_maximum,
    holds,
    judge,
    overall,
    percent_of,
    place,
    rating_either_way,
    total,
    within_discretion,
)

YJS = framework("yjs-2021")
FJI = framework("fji-2012")
WESTMINSTER = {
    "1.1": 2, "1.2": 3, "1.3": 2, "1.4": 3, "2.1": 3, "2.2": 2, "2.3": 3, "2.4": 3,
    "3.1": 2, "3.2": 1, "3.3": 3, "3.4": 2, "4.1": -1,
}  # fmt: skip
WALTHAM_FOREST = {
    "1.1": 1, "1.2": 1, "1.3": 1, "1.4": 1, "2.1": 2, "2.2": 2, "2.3": 1, "2.4": 1,
    "3.1": 0, "3.2": 0, "3.3": 0, "3.4": 1, "4.1": 1,
}  # fmt: skip
CASE_BASED = ["2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3"]


def rule(standard: str, rating: int) -> Any:
    return next(r for r in YJS.rules if (r.standard, r.rating) == (standard, rating))


# --- percentages ----------------------------------------------------------------------------------


def test_percent_is_rounded_half_up_as_printed() -> None:
    for cases in range(1, 130):
        for yes in range(cases + 1):
            for decimals in (0, 1, 2):
                exact = Fraction(100 * yes, cases) * 10**decimals
                whole = exact.numerator // exact.denominator
                up = whole + (exact - whole >= Fraction(1, 2))
                assert percent_of(yes, cases, decimals) == float(Fraction(up, 10**decimals))


def test_rounding_decides_for_the_fractions_known_to_lie_between() -> None:
    found = {
        (yes, cases)
        for cases in range(1, 65)
        for yes in range(cases + 1)
        if len(rating_either_way(YJS, yes, cases)) > 1
    }
    below_65 = {(11, 17), (20, 31), (22, 34), (24, 37), (31, 48), (33, 51), (35, 54), (37, 57)}
    below_65 |= {(40, 62)}
    below_80 = {(35, 44), (39, 49), (43, 54), (47, 59), (51, 64)}
    assert found == below_65 | below_80
    assert rating_either_way(YJS, 11, 17) == {1, 2}


@pytest.mark.parametrize(
    ("percent", "close"),
    [(44, False), (45, True), (50, True), (55, True), (56, False), (59, False), (60, True),
     (68, True), (71, False), (75, True), (84, True), (85, True), (86, False), (0, False)],
)  # fmt: skip
def test_close_is_within_the_points_of_the_framework(percent: float, close: bool) -> None:
    assert close_to_boundary(YJS, percent) is close


def test_a_panel_moves_one_band_over_a_close_boundary() -> None:
    assert within_discretion(YJS, 3, 2, 76)
    assert not within_discretion(YJS, 3, 2, 74)
    assert within_discretion(YJS, 1, 2, 66)
    assert not within_discretion(YJS, 1, 2, 76), "close to 80 is no reason to move down"
    assert not within_discretion(YJS, 0, 2, 65), "two bands"
    assert not within_discretion(YJS, 12, 2, 79), "a rating of another scale"


# --- answers --------------------------------------------------------------------------------------


def by_hand(rules: Framework, counts: list[tuple[int, int]]) -> int:
    """Try every number of answers given otherwise, in every question."""

    def rated(yes: tuple[int, ...]) -> int:
        pairs = zip(yes, counts, strict=True)
        return min(place(rules, rules.band_counts(k, n)) for k, (_, n) in pairs)

    now = rated(tuple(k for k, _ in counts))
    return min(
        sum(abs(k - old) for k, (old, _) in zip(yes, counts, strict=True))
        for yes in product(*(range(n + 1) for _, n in counts))
        if rated(yes) != now
    )


@pytest.mark.parametrize("cases", [1, 2, 5, 7, 13])
def test_fewest_answers_agree_with_trying_all(cases: int) -> None:
    for first in range(cases + 1):
        for second in range(cases + 1):
            counts = [(first, cases), (second, cases)]
            assert answers_to_change(YJS, counts) == by_hand(YJS, counts), counts


def test_fewest_answers_of_questions_with_their_own_cases() -> None:
    for counts in ([(3, 4), (5, 6), (2, 3)], [(0, 3), (1, 2)], [(6, 6), (4, 4)], [(1, 3), (2, 5)]):
        assert answers_to_change(YJS, counts) == by_hand(YJS, counts)


def test_fewest_answers_of_large_samples() -> None:
    # 65 % of 100,000 are 64,500 counts away from nothing: half up begins at 64.5 %.
    assert answers_to_change(YJS, [(64_500, 100_000)]) == 1
    assert answers_to_change(YJS, [(70_000, 100_000)]) == 5_501


# --- totals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "score", "maximum"), [(WESTMINSTER, 29, 36), (WALTHAM_FOREST, 11, 36)]
)
def test_total_of_published_reports(ratings: dict[str, int], score: int, maximum: int) -> None:
    found = total(YJS, ratings)
    assert (found.score, found.maximum, found.missing) == (score, maximum, ())


def test_total_leaves_out_what_is_not_rated_and_names_what_is_missing() -> None:
    unrated = {**WESTMINSTER, **dict.fromkeys(["2.1", "2.2", "2.3", "2.4"], -1)}
    assert total(YJS, unrated).maximum == 24
    found = total(YJS, {**WESTMINSTER, "2.1": -2, "3.4": -2})
    assert found.missing == ("2.1", "3.4")
    assert found.score == 29 - 3 - 2
    assert total(YJS, {k: v for k, v in WESTMINSTER.items() if k != "1.2"}).missing == ("1.2",)


def test_full_maxima_are_those_of_the_frameworks() -> None:
    assert {name: full_maximum(framework(name)) for name in frameworks()[1:]} == {
        "yos-2018": 36, "yjs-2021": 36, "iyjwcv-2025": 12, "iyjs-2025": 21,
    }  # fmt: skip


def test_overall_is_none_where_the_framework_has_no_rule() -> None:
    assert overall(YJS, 18, 36) == 1
    assert overall(YJS, 19, 36) == 2
    assert overall(YJS, 10, 33) is None
    assert overall(YJS, 37, 36) is None
    assert overall(FJI, 3, 12) is None


def test_place_knows_only_its_own_scale() -> None:
    assert [place(YJS, code) for code in (0, 3, 13, -1)] == [0, 3, -1, -1]
    assert [place(FJI, code) for code in (10, 13, 2)] == [0, 3, -1]


# --- decision rules -------------------------------------------------------------------------------


def test_outstanding_leadership_needs_every_case_based_rating_good() -> None:
    hard = rule("1.1", 3)
    assert judge(YJS, hard, 2, WESTMINSTER) == Verdict.HELD
    assert judge(YJS, hard, 3, WESTMINSTER) == Verdict.BROKEN
    assert judge(YJS, hard, 1, WESTMINSTER) == Verdict.SILENT, "two below is not held by it"
    allowed = {**WESTMINSTER, "3.2": 2}
    assert judge(YJS, hard, 3, allowed) == Verdict.SILENT
    assert judge(YJS, hard, 2, allowed) == Verdict.SILENT
    assert judge(YJS, hard, 2, {**allowed, "2.4": -2}) == Verdict.UNKNOWN
    assert judge(YJS, hard, 3, {**WESTMINSTER, "2.4": -2}) == Verdict.BROKEN, "3.2 is enough"


def test_usual_rules_of_waltham_forest() -> None:
    for standard in ("1.1", "1.3"):
        usual = rule(standard, 0)
        assert judge(YJS, usual, 1, WALTHAM_FOREST) == Verdict.BROKEN
        assert judge(YJS, usual, 0, WALTHAM_FOREST) == Verdict.FOLLOWED
        assert judge(YJS, usual, 1, WESTMINSTER) == Verdict.SILENT
        assert judge(YJS, usual, 1, {**WALTHAM_FOREST, "2.3": -2}) == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("codes", "met"),
    [
        ([2, 2, 1, 1, 0, 0, 0], True),  # 2 of 7 good, 3 of 5 others inadequate
        ([2, 2, 1, 1, 1, 0, 0], False),  # 2 of 5 others
        ([2, 2, 2, 2, 0, 0, 0], False),  # 4 of 7 good
        ([2, 2, 2, 1, 0, 0, 0], True),  # 3 of 7 is fewer than half
        ([2, 2, 2, -1, 0, 0, 0], False),  # 3 of 6 rated is not
        ([2, 1, 1, 0, 0, -1, -1], False),  # 2 of 4 others is not more than half
        ([-1] * 7, None),
        ([2, 2, 1, 1, 0, 0, -2], None),
    ],
)
def test_share_of_ratings(codes: list[int], met: bool | None) -> None:
    condition = rule("1.1", 0).condition
    assert holds(condition, dict(zip(CASE_BASED, codes, strict=True))) is met


@pytest.mark.parametrize(
    ("court", "out_of_court", "met"),
    [(1, 0, True), (0, 1, True), (0, 0, True), (1, 1, False), (2, 0, False), (3, 3, False),
     (0, -1, None), (-2, 0, None)],
)  # fmt: skip
def test_pair_of_ratings(court: int, out_of_court: int, met: bool | None) -> None:
    assert holds(rule("1.3", 0).condition, {"2.3": court, "3.3": out_of_court}) is met


def test_a_condition_of_an_unknown_kind_names_its_key() -> None:
    with pytest.raises(FrameworkError) as caught:
        holds({"kind": "moon", "of": ["2.1"]}, {"2.1": 2})
    assert caught.value.key == "rule.condition.kind"


def test_band_of_no_percentage_is_refused() -> None:
    with pytest.raises(DataError):
        answers_to_change(YJS, [(3, 0)])
