"""Ratings, margins and probabilities of any counts, against an oracle that tries everything."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyjustice.ground.frameworks import framework
from pyjustice.measures.samples import sample_size
from pyjustice.questions.mock_inspection import confidence, margins, rate_cases
from pyjustice.readers.cases import read_cases
from tests.tools import rating_oracle as oracle

WCV, YJS = "iyjwcv-2025", "yjs-2021"
STANDARDS = {
    WCV: {code: [f"{code}/{n}" for n in (1, 2)] for code in ("2.1", "2.2", "2.3")},
    YJS: {code: [f"{code}/{n}" for n in (1, 2, 3)]
          for code in ("2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3")},
}  # fmt: skip
EVIDENCE = {WCV: ["V1"], YJS: ["1.1", "1.2", "1.3", "1.4", "3.4"]}
SPELLED = {1: "Yes", 0: "No", -1: "n/a", -2: "Don't know", -3: ""}


def counts_of(rules: str, draw: st.DrawFn, most: int) -> dict[str, tuple[int, int]]:
    found = {}
    for questions in STANDARDS[rules].values():
        for name in questions:
            cases = draw(st.integers(1, most))
            found[name] = (draw(st.integers(0, cases)), cases)
    return found


@st.composite
def counted(draw: st.DrawFn, rules: str = WCV, most: int = 130) -> dict[str, tuple[int, int]]:
    return counts_of(rules, draw, most)


def evidence(rules: str) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({code: st.integers(0, 3) for code in EVIDENCE[rules]})


@st.composite
def answered(draw: st.DrawFn, rules: str, cases: int) -> dict[str, list[int]]:
    """Answers of a few cases; each question is answered by one at least."""
    names = [name for questions in STANDARDS[rules].values() for name in questions]
    answer = st.sampled_from([1, 1, 1, 0, 0, -1, -2, -3])
    size = draw(st.integers(1, cases))
    found = {}
    for name in names:
        column = draw(st.lists(answer, min_size=size, max_size=size))
        found[name] = column if {0, 1} & set(column) else [draw(st.integers(0, 1)), *column[1:]]
    return found


def as_file(answers: Mapping[str, Sequence[int]]) -> str:
    lines = [",".join(["case", *answers])]
    for case, cells in enumerate(zip(*answers.values(), strict=True)):
        lines.append(",".join([f"c{case}", *(SPELLED[cell] for cell in cells)]))
    return "\n".join(lines) + "\n"


def of(rows: Any, standard: str, number: int = 0) -> Any:
    [row] = rows[(rows["standard"] == standard) & (rows["number"] == number)]
    return row


# --- ratings --------------------------------------------------------------------------------------


def test_every_share_of_up_to_130_cases() -> None:
    """Ties and rounding: 11 of 17 is Good, 35 of 44 Outstanding, 3 of 6 no longer Inadequate."""
    pairs = [(yes, cases) for cases in range(1, 131) for yes in range(cases + 1)]
    names = np.array([f"{yes} of {cases}" for yes, cases in pairs])
    counts = np.zeros(len(pairs), [("share", "U96"), ("standard", "U8"), ("number", "i2"),
                                   ("yes", "i8"), ("cases", "i8")])  # fmt: skip
    counts["share"], counts["standard"], counts["number"] = names, "2.1", 1
    counts["yes"], counts["cases"] = np.array(pairs).T
    rows = rate_cases(counts, WCV).questions
    assert rows["share"].tolist() == names.tolist()
    assert rows["rating"].tolist() == [oracle.band(*pair) for pair in pairs]
    decides = rows["flag"] == "rounding decides"
    differs = [oracle.band(*p) != oracle.band(*p, printed=False) for p in pairs]
    assert decides.tolist() == differs
    known = {"11 of 17": 2, "35 of 44": 3, "3 of 6": 1}
    for share, rating in known.items():
        assert rows["rating"][names == share] == rating
    # The other form cuts the exact percentage.
    exact = confidence(counts, WCV, eligible=None, rounding="none")
    exact = exact[exact["number"] == 1]
    assert exact["rating"].tolist() == [oracle.band(*pair, printed=False) for pair in pairs]


@settings(deadline=None, max_examples=100)
@given(st.data(), st.sampled_from([WCV, YJS]))
def test_ratings_follow_the_lowest_question_and_the_points(data: st.DataObject, rules: str) -> None:
    counts, fixed = data.draw(counted(rules)), data.draw(evidence(rules))
    rated = rate_cases(counts, rules, qualitative=fixed)
    expected = oracle.rate(counts, STANDARDS[rules])
    for code, rating in (expected | fixed).items():
        assert of_standard(rated, code)["rating"] == rating
    for code, questions in STANDARDS[rules].items():
        shares = [Fraction(*counts[name]) for name in questions]
        row = of_standard(rated, code)
        assert row["number"] == shares.index(min(shares)) + 1
        assert (row["yes"], row["cases"]) == counts[f"{code}/{row['number']}"]
    [total] = rated.overall
    points = [*expected.values(), *fixed.values()]
    assert (total["score"], total["max_score"]) == (sum(points), 3 * len(points))
    assert total["overall"] == oracle.overall(sum(points), 3 * len(points))


def of_standard(rated: Any, code: str) -> Any:
    [row] = rated.standards[rated.standards["standard"] == code]
    return row


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_one_more_yes_never_lowers_a_rating(data: st.DataObject) -> None:
    counts, fixed = data.draw(counted()), data.draw(evidence(WCV))
    name = data.draw(st.sampled_from(sorted(counts)))
    yes, cases = counts[name]
    # Another answer, or one more case that is answered Yes.
    more = data.draw(st.sampled_from([(min(yes + 1, cases), cases), (yes + 1, cases + 1)]))
    before = rate_cases(counts, WCV, qualitative=fixed)
    after = rate_cases(counts | {name: more}, WCV, qualitative=fixed)
    assert (after.questions["rating"] >= before.questions["rating"]).all()
    assert (after.standards["rating"] >= before.standards["rating"]).all()
    assert after.overall["overall"][0] >= before.overall["overall"][0]


@settings(deadline=None, max_examples=50)
@given(answered(YJS, 6))
def test_cases_are_counted_as_they_answer(answers: dict[str, list[int]]) -> None:
    text = as_file(answers)
    for source in (text, read_cases(text, framework=YJS)):
        rows = rate_cases(source, YJS).questions
        assert len(rows) == len(answers)
        for row in rows:
            column = answers[f"{row['standard']}/{row['number']}"]
            assert (row["yes"], row["cases"]) == (
                column.count(1),
                column.count(0) + column.count(1),
            )
            assert row["not_applicable"] == column.count(-1)
            assert row["dont_know"] == column.count(-2)
            assert row["blank"] == column.count(-3)


# --- margins --------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(counted(WCV, 3), evidence(WCV))
def test_margins_of_counts_are_the_fewest(
    counts: dict[str, tuple[int, int]], fixed: dict[str, int]
) -> None:
    rows = margins(counts, WCV, qualitative=fixed)
    values = list(fixed.values())

    def check(row: Any, rating: Any, own: dict[str, tuple[int, int]]) -> None:
        assert row["rating"] == rating(own)
        assert row["down_answers"] == oracle.fewest_answers(own, rating, up=False)
        assert row["up_answers"] == oracle.fewest_answers(own, rating, up=True)

    check(of(rows, ""), lambda c: oracle.rate_all(c, STANDARDS[WCV], values), counts)
    for code, questions in STANDARDS[WCV].items():
        one = {name: counts[name] for name in questions}
        check(of(rows, code), lambda c, q=code: oracle.rate(c, {q: STANDARDS[WCV][q]})[q], one)
        for number, name in enumerate(questions, 1):
            single = {name: counts[name]}
            check(of(rows, code, number), lambda c: oracle.band(*next(iter(c.values()))), single)


def check_exact_cases(rules: str, answers: dict[str, list[int]], fixed: dict[str, int]) -> None:
    standards = STANDARDS[rules]
    rows = margins(read_cases(as_file(answers), framework=rules), qualitative=fixed)
    bounds = margins(oracle.count(answers), rules, qualitative=fixed)
    assert set(rows["flag"]) == {""}
    assert rows[["standard", "number", "down_answers", "up_answers"]].tolist() == (
        bounds[["standard", "number", "down_answers", "up_answers"]].tolist()
    )
    for name in ("down_cases", "up_cases"):
        sure = bounds["flag"] == ""
        assert (bounds[name] == rows[name])[sure].all()
        # Counts of two domains are taken for those of different cases.
        assert rules == YJS or (bounds[name] <= rows[name]).all()

    def check(row: Any, rating: Any, own: dict[str, list[int]]) -> None:
        assert row["down_cases"] == oracle.fewest_cases(own, rating, up=False), row
        assert row["up_cases"] == oracle.fewest_cases(own, rating, up=True), row

    values = list(fixed.values())
    check(of(rows, ""), lambda c: oracle.rate_all(c, standards, values), answers)
    for code, questions in standards.items():
        own = {name: answers[name] for name in questions}
        check(of(rows, code), lambda c, q=code: oracle.rate(c, {q: standards[q]})[q], own)


@settings(deadline=None, max_examples=60)
@given(answered(WCV, 7), evidence(WCV))
def test_margins_of_cases_are_the_fewest(
    answers: dict[str, list[int]], fixed: dict[str, int]
) -> None:
    check_exact_cases(WCV, answers, fixed)


@settings(deadline=None, max_examples=40)
@given(answered(YJS, 6), evidence(YJS))
def test_margins_of_cases_that_answer_for_two_domains(
    answers: dict[str, list[int]], fixed: dict[str, int]
) -> None:
    check_exact_cases(YJS, answers, fixed)


def test_one_case_may_answer_for_two_domains() -> None:
    """Two points are wanted: case 0 makes one in each domain, one standard alone takes both."""
    answers = {name: [1, 1] for questions in STANDARDS[YJS].values() for name in questions}
    answers |= {"2.1/2": [0, 1], "2.1/3": [0, 0], "3.1/2": [0, 0]}
    fixed = {"1.1": 1, "1.2": 0, "1.3": 0, "1.4": 0, "3.4": 1}
    rows = margins(read_cases(as_file(answers), framework=YJS), qualitative=fixed)
    assert (of(rows, "")["rating"], of(rows, "")["up_answers"], of(rows, "")["up_cases"]) == (
        1,
        2,
        1,
    )
    check_exact_cases(YJS, answers, fixed)


# --- confidence -----------------------------------------------------------------------------------

PRIORS = {"jeffreys": Fraction(1, 2), "uniform": Fraction(1)}
BANDS = ["p_0", "p_1", "p_2", "p_3"]


def probabilities(row: Any) -> list[float]:
    return [float(row[name]) for name in BANDS]


@settings(deadline=None, max_examples=40)
@given(st.data(), st.sampled_from(sorted(PRIORS)), st.sampled_from(["half-up", "none"]))
def test_probabilities_against_fractions(data: st.DataObject, prior: str, rounding: str) -> None:
    counts, fixed = data.draw(counted(WCV, 12)), data.draw(evidence(WCV))
    most = max(cases for _, cases in counts.values())
    eligible = most + data.draw(st.integers(0, 25))
    printed = rounding == "half-up"
    rows = confidence(
        counts, WCV, eligible=eligible, prior=prior, rounding=rounding, qualitative=fixed
    )
    half = PRIORS[prior]
    chances = {n: oracle.all_yes(y, c, eligible, half, half) for n, (y, c) in counts.items()}
    bands = {n: oracle.bands_of(c, eligible, printed=printed) for n, c in chances.items()}

    def check(row: Any, expected: oracle.Chances, rating: int) -> None:
        assert probabilities(row) == pytest.approx(
            [float(expected[i]) for i in range(4)], abs=1e-12
        )
        assert row["rating"] == rating
        assert row["p_same"] == row[f"p_{rating}"]

    def scenario(name: str, standard: str) -> Any:
        [row] = rows[(rows["standard"] == standard) & (rows["scenario"] == name)]
        return row

    ratings = {}
    for code, questions in STANDARDS[WCV].items():
        for number, name in enumerate(questions, 1):
            row = of(rows, code, number)
            check(row, bands[name], oracle.band(*counts[name], printed=printed))
            for field, q in (("lower", Fraction(1, 40)), ("upper", Fraction(39, 40))):
                reached = oracle.quantiles(chances[name], q, Fraction(1, 10**9))
                assert any(row[field] == pytest.approx(100 * y / eligible) for y in reached)
        parts = [bands[name] for name in questions]
        ratings[code] = min(oracle.band(*counts[name], printed=printed) for name in questions)
        check(scenario("independent", code), oracle.independent(parts, min), ratings[code])
        check(scenario("fully dependent", code), oracle.dependent(parts, min), ratings[code])

    def total(found: Sequence[int]) -> int:
        points = [*found, *fixed.values()]
        return oracle.overall(sum(points), 3 * len(points))

    def total_of_questions(found: Sequence[int]) -> int:
        return total([min(found[i : i + 2]) for i in range(0, len(found), 2)])

    each = [
        oracle.independent([bands[name] for name in questions], min)
        for questions in STANDARDS[WCV].values()
    ]
    now = total(list(ratings.values()))
    check(scenario("independent", ""), oracle.independent(each, total), now)
    everything = [bands[name] for name in counts]
    check(scenario("fully dependent", ""), oracle.dependent(everything, total_of_questions), now)


@settings(deadline=None, max_examples=100)
@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.one_of(st.integers(0, 100_000), st.just(math.inf)),
    st.sampled_from(["jeffreys", "uniform", (0.01, 3.0)]),
)
def test_probabilities_sum_to_one(count: tuple[int, int], unseen: float, prior: Any) -> None:
    yes, cases = count
    counts = {"2.1/1": count, "2.1/2": (cases - yes, cases)}
    rows = confidence(counts, WCV, eligible=cases + unseen, prior=prior)
    for row in rows:
        chances = probabilities(row)
        assert all(0 <= chance <= 1 for chance in chances)
        assert math.fsum(chances) == pytest.approx(1, abs=1e-12)
        if row["number"]:
            exact = 100 * row["yes"] / row["cases"]
            assert 0 <= row["lower"] <= row["upper"] <= 100
            if isinstance(prior, str) and yes not in (0, cases):  # no strong belief beforehand
                assert row["lower"] - 1e-9 <= exact <= row["upper"] + 1e-9
    independent, dependent = rows[rows["number"] == 0]
    # If questions fail together, the lowest of them fails less often.
    assert independent["p_0"] >= dependent["p_0"] - 1e-12


def test_many_eligible_cases_come_close_to_a_service_without_end() -> None:
    few = confidence({"2.1/1": (16, 19)}, WCV, eligible=100_000)[0]
    unlimited = confidence({"2.1/1": (16, 19)}, WCV, eligible=math.inf)[0]
    assert probabilities(few) == pytest.approx(probabilities(unlimited), abs=1e-4)
    assert few["lower"] == pytest.approx(unlimited["lower"], abs=0.01)
    assert few["upper"] == pytest.approx(unlimited["upper"], abs=0.01)


# --- sample sizes ---------------------------------------------------------------------------------


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 10**7), st.sampled_from([0.8, 0.9, 0.95]), st.floats(0.01, 0.5))
def test_sample_size_is_the_least_that_is_enough(n: int, level: float, margin: float) -> None:
    size = sample_size(n, level=level, margin=margin)
    assert 1 <= size <= n
    z = {0.8: 1.2815515655446004, 0.9: 1.6448536269514722, 0.95: 1.959963984540054}[level]

    def half_width(k: int) -> float:
        return z * math.sqrt(0.25 / k * (n - k) / max(n - 1, 1))

    assert half_width(size) <= margin * (1 + 1e-7)
    assert size == 1 or half_width(size - 1) > margin * (1 - 1e-7)


def test_the_oracle_and_the_frameworks_agree_on_points() -> None:
    for rules in (WCV, YJS):
        assert [word.points for word in framework(rules).ratings] == [0, 1, 2, 3]
