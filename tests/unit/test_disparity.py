"""Groups against a reference: what the rows say, and what is refused."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.comparison import conclusion

NAN = math.nan
NUMBERS = [
    f"{name}{end}"
    for name in ("ratio", "difference", "odds_ratio", "difference_from_parity")
    for end in ("", "_lower", "_upper")
]


def one(events: Any, base: Any, **keywords: Any) -> Any:
    """The row of A against B."""
    given = {"reference": "B", "kind": "proportion", **keywords}
    return pj.disparity(events, base, ["A", "B"], **given)[0]


def test_zeros_are_exact() -> None:
    row = one([0, 10], [6, 100])
    assert (row["p"], row["ratio"], row["flag"]) == (1, 0, "too few")
    assert 1 < row["ratio_upper"] < 5
    row = one([0, 30], [200, 200])
    assert row["p"] < 1e-8
    assert (row["flag"], row["ratio"]) == ("zero events", 0)
    assert 0 < row["ratio_upper"] < 0.2
    assert row["difference_from_parity"] == -30
    row = one([30, 0], [200, 200])
    assert (row["flag"], row["ratio"], row["ratio_upper"]) == (
        "no events in the reference", math.inf, math.inf,
    )  # fmt: skip
    assert row["ratio_lower"] > 5
    row = one([0, 0], [20, 30])
    assert (row["flag"], row["p"]) == ("no events", 1)
    assert math.isnan(row["ratio"])
    assert (row["ratio_lower"], row["ratio_upper"]) == (0, math.inf)
    for kind in ({"kind": "rate", "per": 1000}, {"kind": "rate", "per": 1000, "method": "mid-p"}):
        row = one([0, 12], [300, 900], **kind)
        assert row["ratio"] == 0
        assert 0 < row["ratio_upper"] < math.inf


@pytest.mark.parametrize("method", ["miettinen-nurminen", "koopman-newcombe", "exact", "mid-p"])
def test_swapping_turns_everything_round(method: str) -> None:
    kind = {"kind": "rate", "per": 100} if method in ("exact", "mid-p") else {}
    for (x1, n1), (x0, n0) in [((3, 20), (9, 41)), ((0, 8), (5, 9)), ((7, 7), (1, 30))]:
        row = one([x1, x0], [n1, n0], method=method, **kind)
        back = one([x0, x1], [n0, n1], method=method, **kind)
        with np.errstate(divide="ignore"):
            for name in ("ratio", "odds_ratio")[: 1 if kind else 2]:
                assert row[name] == pytest.approx(1 / back[name], rel=1e-9)
                assert row[f"{name}_lower"] == pytest.approx(1 / back[f"{name}_upper"], rel=1e-9)
                assert row[f"{name}_upper"] == pytest.approx(1 / back[f"{name}_lower"], rel=1e-9)
        assert row["difference"] == -back["difference"]
        assert row["difference_lower"] == pytest.approx(-back["difference_upper"], abs=1e-10)
        assert row["p"] == pytest.approx(back["p"], rel=1e-12)


def test_difference_from_parity_is_in_whole_children() -> None:
    row = one([30, 12], [200, 240])
    assert row["difference_from_parity"] == 20  # 30 less 200 x 12/240
    assert one([1, 1], [2, 4])["difference_from_parity"] == 1  # a half, away from zero
    assert one([1, 2], [4, 4])["difference_from_parity"] == -1
    # (0.8 - 0.6) x 20 is 4 and no float above it.
    assert one([16, 12], [20, 20])["difference_from_parity"] == 4
    for own in (row, one([3, 5], [9, 11]), one([9, 0], [9, 400])):
        lower, upper = own["difference_from_parity_lower"], own["difference_from_parity_upper"]
        assert lower == int(lower) <= own["difference_from_parity"] <= upper == int(upper)
        assert upper <= own["events"]
        assert lower >= own["events"] - own["base"]


def test_rest_and_whole() -> None:
    names, events, base = ["A", "B", "C"], [30, 12, 9], [200, 240, 110]
    rest = pj.disparity(events, base, names, reference="rest", kind="proportion")
    pair = one([30, 21], [200, 350])
    for name in [*NUMBERS, "p"]:
        assert rest[0][name] == pair[name]
    assert rest["reference"].tolist() == ["rest"] * 3
    whole = pj.disparity(events, base, names, reference="whole", kind="proportion")[0]
    assert whole["flag"] == "overlapping populations"
    assert whole["ratio"] == pytest.approx((30 / 200) / (51 / 550), rel=1e-12)
    assert whole["difference"] == pytest.approx(100 * (30 / 200 - 51 / 550), rel=1e-12)
    assert (whole["reference_events"], whole["reference_base"]) == (51, 550)
    assert whole["p"] == pair["p"]
    # The limit is that of the rest: were its ratio the limit, the whole's would be this.
    theta = pair["ratio_lower"]
    rate = 1 / (200 / 550 + 350 / 550 / theta)
    assert whole["ratio_lower"] == pytest.approx(rate, rel=1e-12)
    assert math.isnan(whole["odds_ratio"])


def test_labels_of_a_table_with_their_heading() -> None:
    table = pj.read_table(
        "Ethnicity,Year,Number,Population\nWhite,2020,30,200\nBlack,2020,12,90\nRefused,2020,3,1\n"
    )
    rows = table.data
    found = pj.disparity(
        rows["count"], rows["population"], rows["groups"], reference="rest", kind="rate", per=1000
    )
    assert found["group"].tolist() == [
        f"Ethnicity: {name}" for name in ("White", "Black", "Refused")
    ]
    assert found["flag"].tolist() == ["", "", "unknown group"]
    assert found["reference_events"][:2].tolist() == [12, 30]
    with pytest.raises(pj.DataError, match="'Ethnicity: Total'"):
        pj.disparity([1, 2], [5, 5], ["Ethnicity: Black", "Ethnicity: Total"], reference="rest",
                     kind="proportion")  # fmt: skip


def test_every_group_has_its_row() -> None:
    names = ["White", "Black", "Asian", "Mixed", "Not known", "Other"]
    found = pj.disparity(
        [40, 20, 2, 0, 7, NAN], [400, 100, 9, 0, NAN, NAN], names, reference="White",
        kind="proportion",
    )  # fmt: skip
    assert found["group"].tolist() == names
    assert found["flag"].tolist() == [
        "is the reference", "", "too few", "zero base", "unknown group", "no denominator",
    ]  # fmt: skip
    assert found["family"].tolist() == [2] * 6
    assert found["rate"][0] == 10
    assert found["events"][4] == 7
    assert np.isnan(found["ratio"][[0, 3, 4, 5]]).all()
    assert found["q"][1] == pytest.approx(min(1, 2 * found["p"][1]))
    more = pj.disparity([1, 2], [9, 9], ["A", "B"], reference="B", kind="proportion", family=40)
    assert more["family"].tolist() == [40, 40]


def test_interval_and_test_that_differ_are_marked() -> None:
    found = [one([x, 4], [20, 20]) for x in range(21)]
    apart = [bool(row["ratio_lower"] > 1 or row["ratio_upper"] < 1) for row in found]
    tested = [bool(row["p"] < 0.05) for row in found]
    marked = [row["flag"] == "interval and test differ" for row in found]
    plain = [row["flag"] in ("", "interval and test differ") for row in found]
    assert any(marked)
    for differs, mark, counts in zip(np.not_equal(apart, tested), marked, plain, strict=True):
        assert mark == (differs and counts)


@pytest.mark.parametrize(
    ("base", "bounds"), [([40, 60], (1, 4)), ([9, 12], (1, 4)), ([200, 30], (0, 9))]
)
def test_suppressed_counts_hold_for_every_value(base: list[int], bounds: tuple[int, int]) -> None:
    for known in (0, 3, 8):
        low, high = bounds
        row = one([NAN, known], base, events_lower=[low, 0], events_upper=[high, 0])
        every = [one([x, known], base) for x in range(low, high + 1)]
        assert row["flag"] == "suppressed"
        assert math.isnan(row["ratio"])
        assert math.isnan(row["events"])
        assert (row["events_least"], row["events_most"]) == bounds
        ratios = [own["ratio"] for own in every if not math.isnan(own["ratio"])]
        assert row["ratio_least"] <= min(ratios)
        assert row["ratio_most"] >= max(ratios)
        for name in ("ratio", "difference", "odds_ratio", "difference_from_parity"):
            assert row[f"{name}_lower"] <= min(own[f"{name}_lower"] for own in every)
            assert row[f"{name}_upper"] >= max(own[f"{name}_upper"] for own in every)
        assert row["p"] >= max(own["p"] for own in every) - 1e-12
        assert row["holds"] == (len({conclusion(own) for own in every}) == 1)


def test_a_conclusion_may_hold_without_the_counts() -> None:
    row = one([NAN, 90], [100, 100], events_lower=[1, 1], events_upper=[4, 4])
    assert row["holds"] == 1
    assert row["ratio_upper"] < 1
    row = one([NAN, NAN], [100, 20], events_lower=[1, 1], events_upper=[4, 4])
    assert row["ratio_least"] == pytest.approx(0.01 / 0.2)
    assert row["ratio_most"] == pytest.approx(0.04 / 0.05)
    # Without bounds it may be any: nothing can be said.
    row = one([NAN, 50], [100, 100])
    assert (row["events_least"], row["events_most"], row["holds"]) == (0, 100, 0)


def test_conclusions_are_monotone_in_the_counts() -> None:
    # What the bounds of suppressed counts rest on.
    for n1, n0 in [(7, 9), (12, 5)]:
        rows = {
            (x1, x0): one([x1, x0], [n1, n0]) for x1, x0 in itertools.product(range(n1), range(n0))
        }
        for (x1, x0), row in rows.items():
            if (x1 + 1, x0) in rows:
                more = rows[x1 + 1, x0]
                assert conclusion(more) >= conclusion(row)
                for end in ("_lower", "_upper"):
                    assert more[f"ratio{end}"] >= row[f"ratio{end}"] * (1 - 1e-12)
                    assert more[f"difference{end}"] >= row[f"difference{end}"] - 1e-9


def test_every_value_lies_within_its_limits() -> None:
    random = np.random.default_rng(5)
    for _ in range(40):
        base = random.choice([1, 2, 6, 30, 400, 100_000], 3)
        rate = bool(random.random() < 0.4)
        events = random.poisson(5, 3) if rate else random.integers(0, base + 1)
        events[random.random(3) < 0.3] = 0
        kind = {"kind": "rate", "per": 1000} if rate else {"kind": "proportion"}
        for reference in ("B", "rest", "whole"):
            found = pj.disparity(events, base, ["A", "B", "C"], reference=reference, **kind)
            for name in ("rate", "ratio", "difference", "odds_ratio", "difference_from_parity"):
                value, lower, upper = (found[f"{name}{end}"] for end in ("", "_lower", "_upper"))
                known = ~np.isnan(value)
                assert (lower <= upper + 1e-12)[~np.isnan(lower)].all()
                assert (lower <= value + 1e-9 * np.abs(value))[known].all()
                assert (value <= upper + 1e-9 * np.abs(value))[known].all()


BAD = [
    ({"reference": "C"}, "reference: expected one of 'A', 'B', 'rest', 'whole'; got 'C'"),
    ({"kind": "ratio"}, "kind: expected 'proportion' or 'rate'"),
    ({"events": [-1, 3]}, "events: expected a whole number from 0 to .* for 'A', got -1"),
    ({"events": [1.5, 3]}, "expected a whole number"),
    ({"events": [11, 3]}, "events: 11 for 'A' is more than the base, 10"),
    ({"groups": ["A"], "events": [1], "base": [9]}, "at least two, got 1"),
    ({"groups": ["A", "A"]}, "'A' given more than once"),
    ({"groups": ["Asian", "Indian"], "reference": "Asian"}, "in both 'Asian' and 'Indian'"),
    ({"groups": ["All", "White"], "reference": "All"}, "without their total"),
    ({"groups": ["White", "Unknown"], "reference": "Unknown"}, "no group"),
    ({"groups": ["A" * 97, "B"]}, "longer than 96"),
    ({"base": [10]}, "base: expected 2 numbers"),
    ({"events": ["x", 3]}, "events: expected a number for each group"),
    ({"method": "wald"}, "method: expected one of 'miettinen-nurminen', 'koopman-newcombe'"),
    ({"per": 1000}, "per: a proportion"),
    ({"kind": "rate"}, "per: a rate needs"),
    ({"level": 95}, "level: expected"),
    ({"family": 0}, "family: expected"),
    ({"family": "some"}, "family: expected"),
    ({"events": [NAN, 2], "events_lower": [4, 0], "events_upper": [1, 0]}, "events_lower: 4"),
    ({"events": [NAN, 2], "kind": "rate", "per": 10}, "events_upper: suppressed events of a rate"),
]


@pytest.mark.parametrize(("change", "said"), BAD)
def test_bad_input_is_refused(change: dict[str, Any], said: str) -> None:
    good: dict[str, Any] = {
        "events": [3, 4], "base": [10, 12], "groups": ["A", "B"], "reference": "B",
        "kind": "proportion",
    }  # fmt: skip
    given = {**good, **change}
    with pytest.raises(pj.DataError, match=said):
        pj.disparity(given.pop("events"), given.pop("base"), given.pop("groups"), **given)


def test_there_is_no_silent_default() -> None:
    for missing in ("kind", "reference"):
        given: dict[str, Any] = {"kind": "proportion", "reference": "B"}
        del given[missing]
        with pytest.raises(TypeError, match=missing):
            pj.disparity([1, 2], [3, 4], ["A", "B"], **given)


def test_pathway() -> None:
    stages = {"arrested": [90, 400], "charged": [60, 200], "in custody": [12, 20]}
    found = pj.pathway(stages, ["Black", "White"], reference="White", unit="children")
    own = found[found["group"] == "Black"]
    assert own[["stage", "before", "step"]].tolist() == [
        ("charged", "arrested", "step"), ("in custody", "charged", "step"),
        ("in custody", "arrested", "cumulative"),
    ]  # fmt: skip
    assert own["ratio"].tolist() == pytest.approx([4 / 3, 2, 8 / 3])
    assert own["family"].tolist() == [3] * 3
    # The index over all stages is the product of those between.
    assert own["ratio"][2] == pytest.approx(own["ratio"][0] * own["ratio"][1])
    pair = one([60, 200], [90, 400])
    for name in NUMBERS:
        assert own[0][name] == pair[name]


def test_pathway_sentences() -> None:
    stages = {"population": [5000, 9000], "stopped": [90, 100], "charged": [9, 7]}
    found = pj.pathway(stages, ["A", "B"], reference="B", unit="children")
    said = [pj.sentence(row) for row in found if row["group"] == "A"]
    assert said[0].startswith("Stopped, of the population: A: 90 of 5,000 (1.8 %), B (the ref")
    assert said[1].startswith("Charged, of those stopped: A: 9 of 90 (10.0 %)")
    assert said[2].startswith("Charged, of the population (over all stages between): A: 9 of 5,000")
    assert "5 comparisons" not in said[0]
    assert "3 comparisons" in said[0]


def test_pathway_with_branches_and_more_than_before() -> None:
    stages = {"arrested": [90, 400], "diverted": [10, 90], "charged": [20, 80]}
    found = pj.pathway(
        stages, ["Black", "White"], reference="White", unit="children",
        before={"charged": "arrested"},
    )  # fmt: skip
    assert found["before"].tolist() == ["arrested"] * 4
    above = pj.pathway(stages, ["Black", "White"], reference="White", unit="children")
    row = above[(above["before"] == "diverted") & (above["group"] == "Black")][0]
    assert (row["flag"], row["kind"], row["ratio"]) == ("above the stage before", "rate", 2.25)
    assert "more children than at the stage before" in pj.sentence(row)
    white = above[(above["before"] == "diverted") & (above["group"] == "White")][0]
    assert (white["flag"], white["kind"]) == ("is the reference", "proportion")
    hidden = pj.pathway(
        {"arrested": [90, 400], "charged": [NAN, 80]}, ["Black", "White"], reference="White",
        unit="children",
    )  # fmt: skip
    assert hidden[0]["flag"] == "suppressed"
    assert (hidden[0]["events_least"], hidden[0]["events_most"]) == (0, 90)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "offences"}, "one child may have several offences"),
        ({"unit": "searches"}, "unit: expected 'children'"),
        ({"stages": {"arrested": [1, 2]}}, "two or more"),
        ({"stages": {"charged": [1, 2], "arrested": [3, 4]}}, "in this order"),
        ({"stages": {"arrested": [1, 2], "offences": [3, 4]}}, "'offences' is none of"),
        ({"before": {"arrested": "charged"}}, "an earlier one"),
        ({"reference": "Green"}, "reference: expected"),
    ],
)
def test_pathway_refuses(change: dict[str, Any], said: str) -> None:
    good: dict[str, Any] = {
        "stages": {"arrested": [5, 9], "charged": [2, 3]}, "groups": ["A", "B"], "reference": "B",
        "unit": "children",
    }  # fmt: skip
    with pytest.raises(pj.DataError, match=said):
        pj.pathway(**{**good, **change})


def test_sentences() -> None:
    names = ["White", "Black", "Asian", "Not known", "Mixed"]
    found = pj.disparity(
        [40, 20, 2, 7, 5], [400, 100, 9, NAN, 60], names, reference="White", kind="proportion"
    )
    said = [pj.sentence(row, source="local data, 2024/25") for row in found]
    assert said[0] == "White: 40 of 400 (10.0 %); the reference. Source: local data, 2024/25."
    assert "clear evidence of a difference (p = 0.014, 3 comparisons)" in said[1]
    assert "rate 2.00 times that of the reference (95 % interval " in said[1]
    assert said[2].count("no clear evidence of a difference (p") == 1
    assert "too few" in said[2]
    assert "not compared, unknown group" in said[3]
    assert all("no difference" not in line for line in said)
    hidden = one([NAN, 90], [100, 100], events_lower=[1, 1], events_upper=[4, 4])
    assert "number withheld" in pj.sentence(hidden)
    assert "does hold for all" in pj.sentence(hidden)
    none = one([0, 0], [9, 9], kind="rate", per=1000)
    assert "no clear evidence" in pj.sentence(none)
    assert "(0.0 per 1,000)" in pj.sentence(none)
    rare = pj.disparity([8, 9], [3100, 41000], ["A", "B"], reference="B", kind="proportion")[0]
    assert "8 of 3,100 (0.3 %), B (the reference): 9 of 41,000 (0.022 %)" in pj.sentence(rare)
    assert "no ratio, for the reference has none" in pj.sentence(one([9, 0], [50, 50]))
    rest = pj.disparity([9, 4], [50, 50], ["A", "B"], reference="rest", kind="proportion")[0]
    assert "all other groups together (the reference): 4 of 50 (8.0 %)" in pj.sentence(rest)
    # A difference that is none any more once 40 are counted.
    many = one([20, 40], [100, 400], family=40)
    assert "of a difference once all are counted (p = 0.014, 40 comparisons)" in pj.sentence(many)
