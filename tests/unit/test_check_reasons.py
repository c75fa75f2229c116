"""Each reason of a check by itself: one report, and one thing changed in it."""

import random
import tomllib
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pyjustice.ground.frameworks import framework
from pyjustice.measures.findings import Result
from pyjustice.questions.check import check_reports
from tests.tools.made import LAMBETH, PERCENTS, MadeReports, lambeth, row_of

ROOT = Path(__file__).resolve().parents[2]


def test_a_rating_that_does_not_follow() -> None:
    # 84 % is 4 points from a cut, but that cut leads to Good and not to Requires improvement.
    assert row_of(lambeth(ratings={**LAMBETH, "2.2": 1}), "2.2") == (1, 3, 0, "differs")
    # 71 % is 6 points from 65.
    percents = {**PERCENTS, "2.1": [100, 71]}
    made = lambeth(ratings={**LAMBETH, "2.1": 1}, percents=percents, samples={"2": 7})
    assert row_of(made, "2.1") == (1, 2, 0, "differs")


def test_a_rating_within_discretion_is_no_error() -> None:
    made = lambeth(ratings={**LAMBETH, "2.1": 1})
    assert row_of(made, "2.1") == (1, 2, 2, "within discretion")
    checks = check_reports(made)
    (row,) = checks[checks["item"] == "2.1"]
    assert row["rule_confidence"] == framework("iyjwcv-2025").discretion.confidence


@pytest.mark.parametrize(("rating", "expected"), [(2, (2, 2, 1)), (1, (1, 2, 2)), (3, (3, 2, 0))])
def test_rounding_decides(rating: int, expected: tuple[int, int, int]) -> None:
    # 11 of 17 is 64.7 %, printed 65.
    percents = {**PERCENTS, "2.1": [100, 65]}
    made = lambeth(ratings={**LAMBETH, "2.1": rating}, percents=percents, samples={"2": 17})
    reason = "differs" if rating == 3 else "rounding decides"
    assert row_of(made, "2.1") == (*expected, reason)


def test_a_percentage_that_no_count_gives() -> None:
    published, computed, result, reason = row_of(lambeth(samples={"2": 18}), "2.1/2")
    assert (published, result, reason) == (68, 0, "no count fits")
    assert isnan(computed)
    checks = check_reports(lambeth(samples={"2": 18}))
    assert checks["answers_to_change"][checks["item"] == "2.1"] == [-1]


def test_a_percentage_that_many_counts_give() -> None:
    made = lambeth(samples={"2": 125}, percents={**PERCENTS, "2.1": [100, 66]})
    assert row_of(made, "2.1/2") == (66, 66, 1, "count not unique")
    assert row_of(made, "2.1/1") == (100, 100, 1, "counts inferred")


def test_without_a_sample_a_percentage_stands_alone() -> None:
    found = row_of(lambeth(samples={}), "2.1/2")
    assert found[::2] == (68, -1)
    assert found[3] == "sample not known"
    assert row_of(lambeth(samples={}), "2.1") == (2, 2, 1, "follows")


@pytest.mark.parametrize(
    ("yes", "result", "reason"), [(13, 1, "follows"), (14, 0, "differs"), (12, 0, "differs")]
)
def test_counts_printed_beside_the_percentage(yes: int, result: int, reason: str) -> None:
    made = lambeth(percents={})
    made.question(0, "2.1", 1, 100, 19, 19)
    made.question(0, "2.1", 2, 68, yes, 19)
    published, computed, *rest = row_of(made, "2.1/2")
    assert published == 68
    assert computed == {12: 63, 13: 68, 14: 74}[yes]
    assert rest == [result, reason]


def test_decimals_of_a_percentage_count() -> None:
    made = lambeth(percents={**PERCENTS, "2.1": [100, 68.4]})
    assert row_of(made, "2.1/2") == (68.4, 68.4, 1, "counts inferred")
    assert row_of(lambeth(percents={**PERCENTS, "2.1": [100, 68.5]}), "2.1/2")[2:] == (
        0,
        "no count fits",
    )


def test_a_missing_key_question_may_be_the_lowest() -> None:
    made = lambeth(percents={**PERCENTS, "2.1": [100]})
    assert row_of(made, "2.1") == (2, 3, -1, "missing percentages")
    # No question that is missing could lift 60 % to Good.
    made = lambeth(percents={**PERCENTS, "2.1": [58]})
    assert row_of(made, "2.1") == (2, 1, 0, "differs")


def test_ratings_that_were_not_found_are_no_error() -> None:
    made = lambeth(ratings={"2.1": 2, "2.2": 3}, overall=-2)
    checks = check_reports(made)
    by_item = {str(row["item"]): row for row in checks}
    for item in ("2.3", "V1", "total"):
        assert by_item[item]["reason"] == "missing ratings"
        assert isnan(by_item[item]["computed"])
    assert by_item["overall"]["reason"] == "missing ratings"
    assert by_item["overall"]["computed"] == 2, "the score is printed"
    assert not (checks["result"] == Result.DIFFERS).any()


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ((9, 12), (9, 9, 1, "follows")),
        ((8, 12), (8, 9, 0, "differs")),
        ((9, 21), (9, 9, 0, "maximum differs")),
        ((9, -1), (9, 9, 1, "follows")),
    ],
)
def test_total(score: tuple[int, int], expected: tuple[Any, ...]) -> None:
    assert row_of(lambeth(score=score), "total") == expected


def test_without_a_score_the_sum_stands_for_it() -> None:
    made = lambeth(score=(-1, -1))
    published, *rest = row_of(made, "total")
    assert isnan(published)
    assert rest == [9, -1, "no stated number"]
    assert row_of(made, "overall") == (2, 2, 1, "follows")


def test_overall() -> None:
    assert row_of(lambeth(overall=3), "overall") == (3, 2, 0, "differs")
    published, computed, result, reason = row_of(lambeth(score=(9, 15)), "overall")
    assert (published, result, reason) == (2, -1, "maximum not known")
    assert isnan(computed)


def test_recommendations() -> None:
    assert row_of(lambeth(stated=5), "recommendations") == (5, 4, 0, "stated number differs")


def test_a_domain_that_was_not_rated_lowers_the_maximum() -> None:
    made = MadeReports()
    codes = {
        "1.1": 0,
        "1.2": 1,
        "1.3": 0,
        "1.4": 0,
        **dict.fromkeys(["3.1", "3.2", "3.3", "3.4"], 0),
    }
    codes |= dict.fromkeys(["2.1", "2.2", "2.3", "2.4"], -1)
    made.add("yjs-2021", "Ceredigion", codes, score=(1, 24), overall=0)
    assert row_of(made, "total") == (1, 1, 1, "follows")
    assert row_of(made, "overall") == (0, 0, 1, "follows")
    assert row_of(made, "2.1")[2:] == (-1, "not rated")


def test_a_hard_rule_broken() -> None:
    made = MadeReports()
    made.add(
        "yjs-2021", ratings={"1.1": 3, **dict.fromkeys(["2.1", "2.2", "2.3", "2.4"], 3), "3.2": 1}
    )
    assert row_of(made, "1.1") == (3, 2, 0, "hard rule broken")


def test_a_rule_that_needs_a_rating_not_found_says_so() -> None:
    made = MadeReports()
    made.add("yjs-2021", ratings={"1.1": 3, "2.1": 3})
    assert row_of(made, "1.1")[2:] == (-1, "missing ratings")


def test_a_framework_of_the_caller_is_used() -> None:
    text = (ROOT / "pyjustice/ground/rules/iyjwcv-2025.toml").read_text("utf-8")
    data = tomllib.loads(text)
    data["id"] = "stricter"
    data["bands"]["lower"] = [0, 50, 70, 90]
    made = MadeReports()
    made.add(framework(data), ratings=LAMBETH, percents=PERCENTS, samples={"2": 19}, score=(9, 12))
    assert row_of(made, "2.1") == (2, 1, 2, "within discretion")
    assert row_of(made, "2.2") == (3, 2, 0, "differs")


def rated(percent: int) -> int:
    """Band of a whole percentage, written out here as a second opinion."""
    return 0 if percent < 50 else 1 if percent < 65 else 2 if percent < 80 else 3


def random_report(draw: random.Random, name: str) -> tuple[MadeReports, dict[str, list[int]]]:
    """A report in which everything follows, and the percentages it prints."""
    rules = framework(name)
    samples = {domain: draw.randint(1, 60) for domain in "23"}
    ratings: dict[str, int] = {}
    percents: dict[str, list[int]] = {}
    for standard in rules.standards:
        if standard.rated_by == "questions":
            cases = samples[standard.domain]
            counts = [draw.randint(0, cases) for _ in standard.questions]
            percents[standard.code] = [(200 * yes + cases) // (2 * cases) for yes in counts]
            ratings[standard.code] = rated(min(percents[standard.code]))
        elif standard.code != "4.1":
            ratings[standard.code] = draw.randint(0, 2)
    score, most = sum(ratings.values()), 3 * len(ratings)
    overall = sum(6 * score > part * most for part in (1, 3, 5))
    made = MadeReports()
    made.add(
        name, "Anywhere", ratings, percents, samples, score=(score, most), overall=overall,
        stated=2, recommendations=2,
    )  # fmt: skip
    return made, percents


@pytest.mark.parametrize("name", ["yos-2018", "yjs-2021", "iyjwcv-2025", "iyjs-2025"])
def test_nothing_differs_in_reports_made_by_the_rules(name: str) -> None:
    draw = random.Random(name)
    for _ in range(50):
        made, percents = random_report(draw, name)
        checks = check_reports(made)
        assert set(checks["result"].tolist()) <= {-1, 1, 2}
        ruled = checks[checks["result"] == Result.ALLOWED]
        assert set(ruled["reason"]) <= {"usual rule not followed"}
        exact = checks[np.isin(checks["item"], list(percents))]
        assert set(exact["result"]) == {1}
        assert (exact["answers_to_change"] > 0).all()
        assert (checks["result"][np.isin(checks["item"], ["total", "overall"])] == 1).all()
