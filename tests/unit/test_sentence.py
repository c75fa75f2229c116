"""Rows of every result that has words, through `pj.sentence`."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import pyjustice as pj

GROUPS = ["Black", "White", "Not known"]
CASES = pj.sample_cases(cases=200, seed=3)


def results() -> dict[str, Any]:
    cases = pj.read_cases(CASES, framework="iyjs-2025")
    stages = {"arrested": [90, 400, np.nan], "charged": [60, 200, 3], "sentenced": [0, 150, 2]}
    return {
        "control_chart": pj.control_chart([4, 6, np.nan, 5, 29, 5], kind="c"),
        "funnel": pj.funnel([2, 9, 0, 60], [90, 90, 0, 90], names="ABCD", per=1000),
        "disparity": pj.disparity(
            [30, 12, 5], [200, 240, 9], GROUPS, reference="White", kind="rate", per=1000
        ),
        "pathway": pj.pathway(stages, GROUPS, reference="White", unit="children"),
        "disparity_of": pj.disparity_of(
            cases, by="sex", outcome="2.1/1", reference="Male", adjust="domain", resamples=100
        ),
        "overrepresentation": pj.overrepresentation(
            [40, 57, 3], [18, 80, np.nan], population="10-17", n=100, groups=GROUPS
        ),
    }


def test_every_row_has_one_line() -> None:
    for rows in results().values():
        for row in rows:
            text = pj.sentence(row)
            assert "\n" not in text
            assert text.endswith(".")
            for word in ("significan", "nan", "worse", "better", "inf"):
                assert word not in text.lower(), text


@pytest.mark.parametrize(
    ("kind", "index", "start"),
    [
        ("control_chart", 4, "4: 29, "),
        ("funnel", 3, "D: 60 where "),
        ("disparity", 0, "Black: 30 of 200 (150.0 per 1,000), White (the reference): "),
        ("pathway", 0, "Charged, of those arrested: Black: 60 of 90 "),
        ("disparity_of", 0, "2.1/1: Female: "),
        ("overrepresentation", 0, "Black: 40 % of the caseload of 100 children "),
    ],
)
def test_a_row_is_told_by_its_fields_and_from_a_table(kind: str, index: int, start: str) -> None:
    rows = results()[kind]
    text = pj.sentence(rows[index])
    assert text.startswith(start)
    plain = {name: rows[index][name] for name in rows.dtype.names}
    assert pj.sentence(plain) == text
    assert pj.sentence(pd.DataFrame(rows).iloc[index]) == text


# --- too few and clear ----------------------------------------------------------------------------


def disparity_row(events: list[float], base: list[float], **options: Any) -> Any:
    given = {"reference": "B", "kind": "proportion"} | options
    return pj.disparity(events, base, ["A", "B", "C"][: len(events)], **given)[0]


def test_too_few_children_are_never_clear_evidence() -> None:
    row = disparity_row([8, 9], [3100, 41000])
    assert row["flag"] == "too few"
    assert row["q"] < 0.001
    assert pj.sentence(row) == (
        "A: 8 of 3,100 (0.3 %), B (the reference): 9 of 41,000 (0.022 %); rate 11.76 times that of"
        " the reference (95 % interval 4.69 to 29.46); chance alone would seldom give this"
        " (p < 0.001, 1 comparison), but there are too few children to call it clear evidence."
    )
    random = np.random.default_rng(4)
    told = {"clear": 0, "few": 0, "both": 0}
    for _ in range(400):
        base = random.integers(4, 400, 3)
        rows = pj.disparity(random.binomial(base, random.uniform(0, 1, 3)), base, list("ABC"),
                            reference="B", kind="proportion")  # fmt: skip
        for row in rows[[0, 2]]:
            text = pj.sentence(row)
            few, clear = "too few" in text, "; clear evidence" in text
            assert not (few and clear), text
            assert few == (row["flag"] == "too few")
            told["few"] += few
            told["clear"] += clear
            told["both"] += "seldom" in text
    assert min(told.values()) > 5


def test_nor_in_a_safe_copy_where_the_flag_gave_way() -> None:
    rows = pj.disparity([8, 9, 3], [3100, 41000, 5000], list("ABC"), reference="B",
                        kind="proportion")  # fmt: skip
    safe = pj.suppress(rows, below=5, fields={"q": "pooled"})
    assert safe.table["flag"][0] == "suppressed"
    text = pj.sentence(safe.table[0])
    assert "too few children to call it clear evidence" in text
    assert "2 comparisons" in text


def test_a_child_adjusted_for_says_the_same() -> None:
    lines = ["Child,Sex,Area,Outcome"]
    for i in range(400):
        charged = (i < 3) if i < 6 else i % 80 == 0
        lines.append(f"{i},{'F' if i < 6 else 'M'},{'N' if i % 2 else 'S'},"
                     f"{'Charged' if charged else 'Diverted'}")  # fmt: skip
    cases = pj.read_cases("\n".join(lines) + "\n")
    row = pj.disparity_of(cases, by="sex", reference="M", outcome={"Outcome": "Charged"},
                          adjust="Area", resamples=0)[0]  # fmt: skip
    assert (row["flag"], row["adjusted_q"] < 0.05) == ("too few", True)
    assert "; clear evidence" not in pj.sentence(row)
    assert ", clear evidence" not in pj.sentence(row)


def test_shares_count_their_comparisons() -> None:
    rows = pj.overrepresentation([30, 25, 42, 3], [18, 22, 42, np.nan], population="10-17", n=1200,
                                 groups=["Black", "Asian", "White", "Not known"])  # fmt: skip
    assert rows["family"].tolist() == [3] * 4
    assert np.isnan(rows["p"][3])
    said = [pj.sentence(row) for row in rows]
    assert "of 1,200 children" in said[0]
    assert "; clear evidence of a difference (p < 0.001, 3 comparisons); ethnicity" in said[0]
    # 25 % printed may be 294 of 1,200, of which chance gives as many, once three are looked at.
    assert "once all are counted (p = 0.042, 3 comparisons)" in said[1]
    (one,) = pj.overrepresentation([40], [18], population="10-17", n=20, groups=["Black"])
    assert "(p = 0.035, 1 comparison); small numbers" in pj.sentence(one)
    of_ten = pj.overrepresentation(
        [40], [18], population="10-17", n=20, groups=["Black"], family=10
    )
    assert "once all are counted (p = 0.035, 10 comparisons)" in pj.sentence(of_ten)
