"""How likely each band is, had all eligible cases been seen: reference values and edges."""

import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.bands import Cuts, Prior, as_prior, interval, reached
from tests.unit.test_case_ratings import LAMBETH_2025, NAMES, PUBLISHED, WALTHAM_FOREST_2024, flat
from tests.unit.test_reports import FOLDERS

IYJ = "iyjwcv-2025"
HALF = Prior("jeffreys", 0.5, 0.5)

# P(same band) for 19, 21, 24, 40 and unlimited eligible cases: the project's reference.
REFERENCE = {16: (1.000, 0.962, 0.776, 0.788, 0.678), 13: (1.000, 0.884, 0.781, 0.656, 0.512)}
ELIGIBLE = (19, 21, 24, 40, math.inf)


@pytest.mark.parametrize("yes", REFERENCE)
def test_probability_of_the_band_given(yes: int) -> None:
    for eligible, expected in zip(ELIGIBLE, REFERENCE[yes], strict=True):
        (row,) = pj.confidence({"2.1/2": (yes, 19)}, IYJ, eligible=eligible)
        assert row["p_same"] == pytest.approx(expected, abs=0.001)
        assert row["prior"] == "jeffreys"
        assert row["scenario"] == "single"


@pytest.mark.parametrize(("yes", "exact", "uniform"), [(16, 0.658, 0.589), (13, 0.506, 0.497)])
def test_exact_cuts_and_another_prior(yes: int, exact: float, uniform: float) -> None:
    counts = {"2.1/2": (yes, 19)}
    (row,) = pj.confidence(counts, IYJ, eligible=math.inf, rounding="none")
    assert row["p_same"] == pytest.approx(exact, abs=0.001)
    (row,) = pj.confidence(counts, IYJ, eligible=math.inf, rounding="none", prior="uniform")
    assert row["p_same"] == pytest.approx(uniform, abs=0.001)
    assert row["prior"] == "uniform"


def beta_binomial(n: int, a: Fraction, b: Fraction) -> list[Fraction]:
    """The distribution in exact fractions: each step is a ratio of whole and half numbers."""
    mass = [Fraction(1)]
    for y in range(n):
        mass.append(mass[-1] * (n - y) * (a + y) / ((y + 1) * (b + n - y - 1)))
    total = sum(mass)
    return [m / total for m in mass]


@pytest.mark.parametrize(("cases", "eligible"), [(1, 2), (6, 9), (7, 30), (19, 40), (12, 120)])
def test_finite_probabilities_against_exact_fractions(cases: int, eligible: int) -> None:
    rules = pj.framework(IYJ)
    cuts = Cuts(rules)
    for yes in range(cases + 1):
        a, b = Fraction(1, 2) + yes, Fraction(1, 2) + cases - yes
        mass = beta_binomial(eligible - cases, a, b)
        bands = [Fraction(0)] * 4
        for more, chance in enumerate(mass):
            bands[rules.band_counts(yes + more, eligible)] += chance
        expected = [float(sum(bands[band:])) for band in range(4)]
        found = reached(cuts, yes, cases, eligible, HALF)
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_many_eligible_cases_come_near_to_no_end_of_them() -> None:
    cuts = Cuts(pj.framework(IYJ))
    near = reached(cuts, 70, 100, 100_000, HALF)
    np.testing.assert_allclose(near, reached(cuts, 70, 100, math.inf, HALF), atol=2e-4)


def test_intervals_hold_what_they_say() -> None:
    # Posterior mass within the bounds, by enumeration: at least the level, and no bound to spare.
    for yes in (0, 3, 10):
        low, high = interval(yes, 10, 40, HALF, 0.9)
        mass = beta_binomial(30, Fraction(1, 2) + yes, Fraction(1, 2) + 10 - yes)
        shares = [100 * (yes + more) / 40 for more in range(31)]
        within = sum(m for m, s in zip(mass, shares, strict=True) if low <= s <= high)
        below = sum(m for m, s in zip(mass, shares, strict=True) if s < low)
        above = sum(m for m, s in zip(mass, shares, strict=True) if s > high)
        assert within >= Fraction(9, 10)
        assert below <= Fraction(5, 100)
        assert above <= Fraction(5, 100)
    assert interval(7, 10, 10, HALF, 0.95) == (70, 70)


def test_standards_get_two_scenarios_and_the_weakest_question_bounds_both() -> None:
    rows = pj.confidence(flat(LAMBETH_2025[1]), IYJ, eligible={"2": 40}, qualitative={"V1": 1})
    questions = rows[(rows["standard"] == "2.2") & (rows["number"] > 0)]
    both = rows[(rows["standard"] == "2.2") & (rows["number"] == 0)]
    assert both["scenario"].tolist() == ["independent", "fully dependent"]
    top = questions["p_3"]
    assert both["p_3"].tolist() == pytest.approx([top.prod(), top.min()])
    np.testing.assert_allclose(rows["p_0"] + rows["p_1"] + rows["p_2"] + rows["p_3"], 1)
    overall = rows[rows["standard"] == ""]
    assert overall["scenario"].tolist() == ["independent", "fully dependent"]
    assert overall["rating"].tolist() == [2, 2]
    assert np.isnan(both["lower"]).all()


def test_overall_by_enumeration_of_the_standards() -> None:
    _, counts, given, _, _ = LAMBETH_2025
    rows = pj.confidence(flat(counts), IYJ, eligible=30, qualitative=given)
    by_standard = rows[(rows["number"] == 0) & (rows["scenario"] == "independent")]
    chances = [[row[f"p_{b}"] for b in range(4)] for row in by_standard if row["standard"]]
    rules, expected = pj.framework(IYJ), [0.0] * 4
    for a in range(4):
        for b in range(4):
            for c in range(4):
                overall = rules.overall(1 + a + b + c, 12)
                expected[overall] += chances[0][a] * chances[1][b] * chances[2][c]
    found = by_standard[by_standard["standard"] == ""][0]
    assert [found[f"p_{b}"] for b in range(4)] == pytest.approx(expected)


def test_a_census_is_certain() -> None:
    _, counts, given, expected, _ = WALTHAM_FOREST_2024
    rows = pj.confidence(flat(counts), "yjs-2021", eligible={"2": 21, "3": 20}, qualitative=given)
    assert set(rows["p_same"].tolist()) == {1.0}
    standards = rows[(rows["number"] == 0) & (rows["standard"] != "")]
    words = {row["standard"]: pj.Rating(row["rating"]).word for row in standards}
    assert words == expected


def test_one_number_of_eligible_cases_is_of_one_domain() -> None:
    counts = {"2.1/1": (9, 10), "3.1/1": (8, 10)}
    for eligible in (40, {"": 40}):
        with pytest.raises(
            pj.DataError, match=r"eligible: one number, .* \(2, 3\).*\{'2': 40, '3'"
        ):
            pj.confidence(counts, "yjs-2021", eligible=eligible)
    rows = pj.confidence(counts, "yjs-2021", eligible={"2": 40, "3": 20})
    assert dict(zip(rows["standard"], rows["eligible"], strict=True))["2.1"] == 40
    for same in (None, math.inf):
        assert len(pj.confidence(counts, "yjs-2021", eligible=same)) == len(rows)
    one = {name: count for name, count in counts.items() if name < "3"}
    assert pj.confidence(one, "yjs-2021", eligible=40)["eligible"].tolist()[0] == 40


def test_eligible_must_be_said() -> None:
    with pytest.raises(TypeError):
        pj.confidence({"2.1/1": (1, 2)}, IYJ)  # type: ignore[call-arg]
    rows = pj.confidence(flat(LAMBETH_2025[1]), IYJ, eligible=None, qualitative={"V1": 1})
    assert set(rows["flag"].tolist()) == {"eligible unknown"}
    assert np.isnan(rows["p_same"]).all()
    question = rows[rows["number"] == 2][0]
    assert question["lower"] == pytest.approx(46.09, abs=0.01)
    assert (question["down_answers"], question["up_answers"]) == (1, 3)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"eligible": 18}, "of which 19 cases were looked at"),
        ({"eligible": 20.5}, "expected a whole number"),
        ({"eligible": float("nan")}, "expected a whole number"),
        ({"eligible": "many"}, "expected a whole number"),
        ({"eligible": {"7": 20}}, "neither domains"),
        ({"eligible": {"Ash": {"2": 20}}}, "nothing is given"),
        ({"eligible": 20, "prior": "flat"}, "expected jeffreys, uniform"),
        ({"eligible": 10**9}, "more than 10,000,000 for 2.1; ask for infinity"),
        ({"eligible": 20, "prior": (0, 1)}, "two numbers above 0"),
        ({"eligible": 20, "prior": None}, "two numbers above 0"),
        ({"eligible": 20, "rounding": "up"}, "expected 'half-up' or 'none'"),
        ({"eligible": 20, "level": 1}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_meant_is_refused(options: dict, says: str) -> None:
    with pytest.raises(pj.DataError, match=says):
        pj.confidence({"2.1/1": (13, 19)}, IYJ, **options)


def test_own_priors_are_named() -> None:
    assert as_prior((2, 3)) == Prior("beta(2, 3)", 2.0, 3.0)
    (row,) = pj.confidence({"2.1/1": (13, 19)}, IYJ, eligible=40, prior=(2, 3))
    assert row["prior"] == "beta(2, 3)"
    assert as_prior((0.123456, 1234.5)).name == "beta(0.123456, …", "what is cut says so"


def test_groups_may_have_their_own_number() -> None:
    text = "case,service,2.1.1\n1,Ash,yes\n2,Ash,no\n3,Beech,yes\n"
    rows = pj.confidence(text, IYJ, eligible={"Ash": 5, "Beech": {"2": 1}})
    assert rows[["service", "eligible"]].tolist()[:2] == [("Ash", 5.0), ("Beech", 1.0)]


def test_a_framework_of_three_ratings_leaves_the_fourth_band_empty() -> None:
    rules = pj.framework(IYJ)
    short = replace(
        rules, ratings=rules.ratings[:3], bands=replace(rules.bands, lower=rules.bands.lower[:3])
    )
    (row,) = pj.confidence({"2.1/1": (13, 19)}, short, eligible=24)
    (full,) = pj.confidence({"2.1/1": (13, 19)}, IYJ, eligible=24)
    assert np.isnan(row["p_3"])
    assert row[["p_0", "p_1"]].item() == full[["p_0", "p_1"]].item()
    assert row["p_2"] == pytest.approx(full["p_2"] + full["p_3"])
    long = replace(rules, ratings=(*rules.ratings, rules.ratings[-1]))
    with pytest.raises(pj.DataError, match="5 ratings, room for 4"):
        pj.confidence({"2.1/1": (13, 19)}, long, eligible=24)


def test_a_parsed_report_is_enough() -> None:
    text = """An inspection of youth justice services in Anytown
HM Inspectorate of Probation, May 2024
Ratings
Score 19/36
Overall ratingGood
2.1 AssessmentGood
Domain two: Court disposals
We took a detailed look at 21 community sentences.
2.1. Assessment
Our rating for assessment is based on the following key questions:
Does assessment sufficiently analyse how to support the child's desistance?	81%
Does assessment sufficiently analyse how to keep the child safe?	71%
Does assessment sufficiently analyse how to keep other people safe?	67%
"""
    report = pj.read_report(text)
    rows = pj.confidence(report, eligible={"2": 30})
    assert rows["service"].tolist() == ["Anytown"] * 5
    assert rows["yes"].tolist()[:3] == [17, 15, 14]
    assert pj.margins(report)["down_answers"].tolist() == [1, 2, 1, 1]
    with pytest.raises(pj.DataError, match="no report here has the counts"):
        pj.confidence(pj.read_report("Overall, Ash YJS was rated as 'Good'.\n"), eligible=9)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize(("name", "published"), list(zip(NAMES, PUBLISHED, strict=True)))
def test_published_reports_are_enough(folder: Path, name: str, published: tuple) -> None:
    framework, counts, _, expected, (_, _, overall) = published
    report = pj.read_report(folder / f"{name}.txt")
    rows = pj.confidence(report, eligible=math.inf)
    questions = rows[rows["scenario"] == "single"]
    keys = [f"{row['standard']}/{row['number']}" for row in questions]
    pairs = questions[["yes", "cases"]].tolist()
    assert dict(zip(keys, pairs, strict=True)) == flat(counts)
    wholes = rows[rows["number"] == 0]
    words = {str(row["standard"]): pj.Rating(row["rating"]).word for row in wholes}
    assert words == {**expected, "": overall}
    assert (questions["eligible"] == math.inf).all()
    assert ((rows["p_same"] > 0.3) & (rows["p_same"] < 1)).any()
    # Domains have samples of their own; a full look at each is certain.
    sizes = {code[0]: pair[1] for code, (pair, *_) in counts.items()}
    census = pj.confidence(report, eligible=sizes)
    assert set(census["p_same"].tolist()) == {1.0}
    unknown = pj.confidence(report, eligible=None)
    assert set(unknown["flag"].tolist()) == {"eligible unknown"}
    assert all(np.isnan(unknown[name]).all() for name in ("p_0", "p_1", "p_2", "p_3", "p_same"))
    for field in ("lower", "upper", "down_answers", "up_answers"):
        own = unknown[unknown["scenario"] == "single"][field]
        assert own.tolist() == questions[field].tolist()
    (total,) = pj.margins(report)[-1:]
    assert (total["standard"], pj.Rating(total["rating"]).word) == ("", overall)
    assert framework == report.inspections["framework"][0]
    if name == "lambeth-2025":
        assert total[["down_answers", "down_cases", "flag"]].tolist() == (3, 1, "lower bound")
