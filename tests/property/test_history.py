"""Histories of random documents: nothing is dropped, and their order makes no difference."""

from typing import Any

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings

from pyjustice.questions.history import history
from tests.tools.made import MadeReports

DAYS = st.dates(np.datetime64("2023-06-01").item(), np.datetime64("2024-12-31").item())
DOCUMENTS = st.fixed_dictionaries(
    {
        "rules": st.sampled_from(["yjs-2021", "yjs-2021", "yos-2018", ""]),
        "service": st.sampled_from(
            ["Lambeth", "London Borough of Lambeth", "Lambeth YJS", "Anytown"]
        ),
        "kind": st.sampled_from(["report", "news"]),
        "score": st.sampled_from([(-1, -1), (20, 36), (21, 36), (20, -1)]),
        "overall": st.sampled_from([-2, 1, 2]),
        "published": DAYS.map(str) | st.just("NaT"),
        "fieldwork": DAYS.map(str) | st.just("NaT"),
    }
)
DIFFERING = ("report", "source", "other_sources")


def made(documents: list[dict[str, Any]]) -> MadeReports:
    reports = MadeReports()
    for one in documents:
        reports.add(**one)
    return reports


@settings(max_examples=150, deadline=None)
@given(st.lists(DOCUMENTS, max_size=6), st.randoms(use_true_random=False))
def test_nothing_is_dropped_and_order_makes_no_difference(
    documents: list[dict[str, Any]], random: Any
) -> None:
    rows = history(made(documents), embedded=False)
    telling = [
        one for one in documents if one["overall"] != -2 or one["score"][0] >= 0 or one["rules"]
    ]
    assert rows["sources"].sum() == len(telling)
    shuffled = documents.copy()
    random.shuffle(shuffled)
    again = history(made(shuffled), embedded=False)
    keep = [name for name in rows.dtype.names or () if name not in DIFFERING]
    assert sorted(map(repr, rows[keep].tolist())) == sorted(map(repr, again[keep].tolist()))


@settings(max_examples=50, deadline=None)
@given(st.lists(DOCUMENTS, max_size=6))
def test_only_one_framework_and_certain_years_are_compared(documents: list[dict[str, Any]]) -> None:
    rows = history(made(documents), embedded=False)
    for before, after in zip(rows, rows[1:], strict=False):  # noqa: RUF007
        if after["flag"] == "":
            assert before["service"] == after["service"]
            assert before["framework"] == after["framework"] != ""
            assert after["change"] == int(after["overall"]) - int(before["overall"])
            assert not {"sources conflict", "date not known"} & {before["doubt"], after["doubt"]}
        else:
            assert np.isnan(after["change"])
            assert np.isnan(after["score_change"])
