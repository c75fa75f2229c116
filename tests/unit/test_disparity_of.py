"""Groups of cases: what was planted is found, strata and bootstrap say what they should."""

import itertools
import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from scipy import stats

import pyjustice as pj
from pyjustice import _core
from pyjustice.measures.bootstrap import kinds_of_children, resampled
from tests.tools.planted import STAGES, planted_file

PLANTED = {("Black", "Remanded"): 1.5}


def read(**keywords: Any) -> pj.Cases:
    planted = {"ratios": PLANTED, "children": 6000, "seed": 1, **keywords}
    return pj.read_cases(planted_file(**planted), framework="iyjs-2025")


def compare(cases: pj.Cases, **keywords: Any) -> Any:
    given = {
        "by": "ethnicity", "outcome": {"Remanded": "Yes"}, "base": {"Charged": "Yes"},
        "reference": "White", "seed": 1, "resamples": 400, **keywords,
    }  # fmt: skip
    return pj.disparity_of(cases, **given)


def row_of(found: Any, group: str = "Black") -> Any:
    (row,) = found[found["group"] == group]
    return row


def test_the_planted_stage_is_found_and_no_other() -> None:
    cases = read()
    before: Any = np.ones(len(cases), bool)
    clear: list[tuple[str, str]] = []
    for stage in STAGES:
        found = compare(cases, outcome={stage: "Yes"}, base=before, adjust="Seriousness", family=6)
        own = found[(found["adjusted_q"] < 0.05) & (found["adjusted_ratio_lower"] > 1)]
        clear += [(str(group), stage) for group in own["group"]]
        before = cases.labels(stage) == "Yes"
    assert clear == [("Black", "Remanded")]


def test_like_for_like_is_nearer_to_what_was_planted_than_crude() -> None:
    row = row_of(compare(read(), adjust="Seriousness"))
    assert row["ratio"] > 1.7  # seriousness and what was planted together
    assert row["adjusted_ratio_lower"] < 1.5 < row["adjusted_ratio_upper"]
    assert row["bootstrap_lower"] < 1.5 < row["bootstrap_upper"]
    assert (row["strata"], row["strata_used"]) == (3, 3)
    # Children have one case each, so that both limits answer one question.
    logs = np.log([row["adjusted_ratio_upper"] / row["adjusted_ratio_lower"],
                   row["bootstrap_upper"] / row["bootstrap_lower"]])  # fmt: skip
    assert logs[1] == pytest.approx(logs[0], rel=0.15)


def test_a_difference_that_is_one_of_areas_alone() -> None:
    # Simpson's paradox: alike in each area, but most Black children live where rates are high.
    lines = ["case,service,ethnicity,area,remanded,2.1.1"]
    for area, group, children, events in [
        ("S", "Black", 80, 32), ("S", "White", 20, 8), ("N", "Black", 20, 2), ("N", "White", 80, 8),
    ]:  # fmt: skip
        for i in range(children):
            said = "Yes" if i < events else "No"
            lines.append(f"{len(lines)},Ash,{group},{area},{said},yes")
    cases = pj.read_cases("\n".join(lines) + "\n", framework="iyjs-2025")

    def compared(_: int = 0) -> np.ndarray:
        return pj.disparity_of(
            cases, by="ethnicity", outcome={"remanded": "Yes"}, adjust="area", reference="White",
            resamples=2000, seed=3,
        )  # fmt: skip

    row = row_of(compared())
    assert row["ratio"] == 2.125
    assert row["ratio_lower"] > 1
    assert row["adjusted_ratio"] == pytest.approx(1)
    assert row["adjusted_ratio_lower"] < 1 < row["adjusted_ratio_upper"]
    assert row["bootstrap_lower"] < 1 < row["bootstrap_upper"]
    said = pj.sentence(row)
    assert said.count("no clear evidence of a difference") == 1
    assert "like for like in 2 of 2 strata: rate 1.00 times" in said
    with ThreadPoolExecutor(3) as pool:
        assert {found.tobytes() for found in pool.map(compared, range(6))} == {compared().tobytes()}


def test_adjusted_limits_hold_what_was_planted_as_often_as_they_say() -> None:
    holds = []
    for seed in range(60):
        row = row_of(compare(read(children=1500, seed=seed), adjust="Seriousness", resamples=0))
        holds.append(row["adjusted_ratio_lower"] <= 1.5 <= row["adjusted_ratio_upper"])
    # 1,000 of them are in tests/deep.
    assert np.mean(holds) >= 0.88


def test_the_crude_comparison_is_that_of_the_counts() -> None:
    cases = read(children=800)
    found = compare(cases, adjust="Seriousness")
    charged = cases.labels("Charged") == "Yes"
    groups, remanded = cases.labels("Ethnicity")[charged], cases.labels("Remanded")[charged]
    names = ["Asian", "Black", "White"]
    counts = [
        (int(((groups == name) & (remanded == "Yes")).sum()), int((groups == name).sum()))
        for name in names
    ]
    events, base = zip(*counts, strict=True)
    plain = pj.disparity(events, base, names, reference="White", kind="proportion")
    for name in set(plain.dtype.names) - {"flag"}:
        assert np.array_equal(found[name], plain[name], equal_nan=plain[name].dtype.kind == "f")
    assert found["cases"].tolist() == list(base)


def test_children_with_several_cases_are_marked_and_widen_the_limits() -> None:
    cases = read(children=2500, cases_each=5)
    found = compare(cases, outcome={"Charged": "Yes"}, base=None, resamples=2000)
    row = row_of(found)
    assert row["flag"] == "several cases a child"
    assert row["children"] < row["cases"]
    width = math.log(row["bootstrap_upper"] / row["bootstrap_lower"])
    assert width > 1.03 * math.log(row["ratio_upper"] / row["ratio_lower"])
    assert "some children have several cases" in pj.sentence(row)
    assert "drawing children anew" in pj.sentence(row)


def test_key_questions_by_group() -> None:
    text = planted_file({}, children=60, seed=3).replace("Yes\n", "Not applicable\n", 4)
    cases = pj.read_cases(text, framework="iyjs-2025")
    found = compare(cases, outcome=["2.1/1"], base=None)
    assert found["outcome"].tolist() == ["2.1/1"] * 3
    assert (found["cases"] + found["left_out"]).sum() == 60
    assert found["left_out"].sum() == 4
    answers = cases["2.1/1"]
    black = cases.labels("Ethnicity") == "Black"
    assert row_of(found)["events"] == np.count_nonzero(answers[black] == pj.Answer.YES)
    assert row_of(found)["base"] == np.count_nonzero(answers[black] >= 0)


def test_unknown_and_unplaced_groups_are_listed() -> None:
    text = planted_file({}, children=300, seed=5)
    text = text.replace(",Asian,", ",Martian,").replace(",Black,", ",,", 3)
    cases = pj.read_cases(text, framework="iyjs-2025")
    found = compare(cases, base=None, reference="rest", classification="ethnicity 5+1")
    flags = dict(zip(found["group"].tolist(), found["flag"].tolist(), strict=True))
    assert flags["not in the classification"] == "names no group"
    assert flags["Unknown"] == "unknown group"
    assert found["base"].sum() == 300
    assert row_of(found)["reference_base"] == row_of(found, "White")["base"]


def test_small_groups_have_no_bootstrap_and_strata_their_score() -> None:
    text = "".join(
        f"{i},{'Black' if i < 12 else 'White'},{'Yes' if 20 <= i < 40 else 'No'},{i % 2},Yes\n"
        for i in range(90)
    )
    cases = pj.read_cases("Case,Ethnicity,Out,Stratum,2.1/1\n" + text, framework="iyjs-2025")
    row = row_of(compare(cases, outcome={"Out": "Yes"}, base=None, adjust=["Stratum"]))
    assert (row["events"], row["adjusted_ratio"]) == (0, 0)
    assert 0 < row["adjusted_ratio_upper"] < math.inf
    assert row["adjusted_method"] == "mantel-haenszel, score"
    assert math.isnan(row["bootstrap_lower"])
    assert 0 < row["adjusted_odds_ratio_upper"] < math.inf
    assert "like for like in 2 of 2 strata" in pj.sentence(row)
    plain = row_of(compare(cases, outcome={"Out": "Yes"}, base=None))
    assert math.isnan(plain["adjusted_ratio"])
    assert plain["adjusted_method"] == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": "colour"}, "no column 'colour'"),
        ({"outcome": "9.9/9"}, "no key question"),
        ({"outcome": {"Remanded": "Perhaps"}}, "'Remanded' has no case with one of the values"),
        ({"outcome": {"Nowhere": "Yes"}}, "no column 'Nowhere'"),
        ({"outcome": np.ones(3, bool)}, "array of 30 booleans"),
        ({"outcome": {"Remanded": "Yes", "Charged": "Yes"}}, "outcome: expected one column"),
        ({"base": {"Service": "Elsewhere"}}, "base: column 'Service'"),
        ({"reference": "Green"}, "reference: expected one of"),
        ({"reference": "whole"}, "a group or 'rest'"),
        ({"adjust": "Nothing"}, "no column 'Nothing'"),
        ({"child": "Nothing"}, "child: no column"),
        ({"seed": -1}, "seed: expected"),
        ({"resamples": -1}, "resamples: expected"),
        ({"classification": "ethnicity"}, "classification: expected"),
        ({"by": "service", "reference": "Anytown"}, "two groups with cases, there are 1"),
    ],
)
def test_bad_input_is_refused(change: dict[str, Any], said: str) -> None:
    cases = read(children=30)
    with pytest.raises(pj.DataError, match=said) as error:
        compare(cases, **{"outcome": {"Charged": "Yes"}, "base": None, **change})
    assert "C1" not in str(error.value)


def drawn(children: list[int], n: int, seed: int = 1) -> Any:
    """How many children of each kind are drawn."""
    size = len(children)
    child = np.arange(sum(children))
    kinds = kinds_of_children(child, np.repeat(np.arange(size), children))
    return resampled(
        kinds, size, resamples=n, seed=seed, statistic=lambda totals: totals.astype(float)
    )


def test_resamples_do_not_depend_on_how_they_are_shared_out() -> None:
    all_of = drawn([5, 60, 700], 1201)
    assert np.array_equal(all_of[:300], drawn([5, 60, 700], 300))
    assert (all_of.sum(axis=1) == 765).all()
    assert not np.array_equal(all_of[:300], drawn([5, 60, 700], 300, seed=2))


@pytest.mark.parametrize("children", [[1, 1], [3, 17], [9, 991], [40, 60, 300], [5000, 300_000]])
def test_children_drawn_are_multinomial(children: list[int]) -> None:
    n, total = 20_000, sum(children)
    found = drawn(children, n)
    for kind, own in enumerate(children):
        law = stats.binom(total, own / total)
        edges = np.unique(law.ppf(np.linspace(0.02, 0.98, 15)))
        counts = np.histogram(found[:, kind], [-1, *(edges + 0.5), total + 1])[0]
        expected = n * np.diff([0, *law.cdf(edges), 1])
        used = expected > 1e-9
        assert (counts[~used] == 0).all()
        if used.sum() > 1:
            scaled = expected[used] * counts.sum() / expected[used].sum()
            assert stats.chisquare(counts[used], scaled).pvalue > 1e-4
    variance = np.cov(found[:, 0], found[:, 1])
    covariance = -children[0] * children[1] / total
    assert variance[0, 1] == pytest.approx(covariance, rel=0.1, abs=0.02)


def test_kinds_are_those_of_a_slow_count() -> None:
    random = np.random.default_rng(4)
    child, cell = random.integers(0, 400, 900), random.integers(0, 4, 900)
    kinds = kinds_of_children(child, cell)
    slow: dict[tuple[int, ...], int] = {}
    for one in np.unique(child).tolist():
        key = tuple(sorted(cell[child == one].tolist()))
        slow[key] = slow.get(key, 0) + 1
    found = {
        tuple(sorted(kinds.columns[first:last].tolist())): many
        for many, (first, last) in zip(
            kinds.children.tolist(), itertools.pairwise(kinds.starts.tolist()), strict=True
        )
    }
    assert found == slow


def test_engine_refuses_what_is_out_of_bounds() -> None:
    good: dict[str, Any] = {
        "children": np.array([2, 3]), "starts": np.array([0, 1, 2]),
        "columns": np.array([0, 1], np.int32), "values": np.array([1, 1]), "width": 2,
    }  # fmt: skip

    def call(**change: Any) -> Any:
        given = {**good, **change}
        return _core.resample(*given.values(), (1, 2), 0, 3)

    assert call().reshape(3, 2).sum(1).tolist() == [5, 5, 5]
    for change in (
        {"columns": np.array([0, 2], np.int32)}, {"columns": np.array([0, -1], np.int32)},
        {"columns": np.array([0, 1])}, {"starts": np.array([0, 1, 3])}, {"width": -1},
        {"starts": np.array([1, 1, 2])}, {"starts": np.array([0, 5, 2])},
        {"starts": np.array([0, 2])}, {"children": np.array([-1, 3])},
        {"values": np.array([1, 1 << 31])}, {"values": np.array([1])},
        {"children": np.array([1 << 31, 1 << 31])}, {"children": np.array([1, 2], np.int32)},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"out of bounds|expected arrays"):
            call(**change)
