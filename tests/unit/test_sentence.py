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
