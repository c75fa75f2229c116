"""Histories of services: what is put together, what is set apart, and what is never compared."""

import csv
import itertools
from importlib import resources
from math import isnan
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.flags import Flag
from pyjustice.questions.history import history
from tests.tools.made import MadeReports
from tests.tools.make_published import MADE

NOTHING_KNOWN = -2


def lambeth(*inspections: dict[str, Any]) -> MadeReports:
    made = MadeReports()
    for one in inspections:
        made.add(**{"rules": "yjs-2021", "score": (20, 36), "overall": 2, **one})
    return made


def alone(*inspections: dict[str, Any]) -> Any:
    """History of made reports of one service, without the outcomes of the package."""
    return history(lambeth(*inspections), embedded=False)


def test_every_embedded_outcome_is_in_one_row() -> None:
    rows = pj.history()
    sources = 0
    for name in ("outcomes.csv", "outcomes_before_2018.csv"):
        sources += len((MADE / name).read_text("utf-8").splitlines()) - 1
    assert sources == 263
    assert rows["sources"].sum() == sources
    # 157 names and years and 36 earlier ones; Greenwich stands under two names in one year.
    assert len(rows) == 157 + 36 - 1
    assert rows.dtype == pj.HISTORY_DTYPE
    kept = " ".join(rows["source"].tolist() + rows["other_sources"].tolist())
    assert "…" not in kept
    for row in csv.DictReader((MADE / "outcomes.csv").read_text("utf-8").splitlines()):
        assert row["source"] in kept
        assert row["page"] in kept


def test_services_stand_together_in_order() -> None:
    rows = pj.history()
    names = rows["service"].tolist()
    assert names == sorted(names, key=str.casefold)
    for before, after in itertools.pairwise(rows):
        if before["service"] == after["service"]:
            assert before["year"] <= after["year"]
            assert after["years_since_previous"] == after["year"] - before["year"]
            assert after["flag"] != Flag.FIRST_KNOWN
        else:
            assert after["flag"] == Flag.FIRST_KNOWN


def test_no_two_frameworks_are_ever_subtracted() -> None:
    rows = pj.history()
    compared = ~np.isnan(rows["change"])
    assert (compared == (rows["flag"] == "")).all()
    assert np.isnan(rows["score_change"][~compared]).all()
    for before, after in itertools.pairwise(rows):
        if after["flag"] == "":
            assert before["framework"] == after["framework"] != ""


def test_names_of_one_service_are_one_history() -> None:
    rows = pj.history(service="Royal Borough of Greenwich")
    assert rows["year"].tolist() == [2015, 2023]
    assert rows["sources"].tolist() == [1, 2]
    assert rows["score"].tolist() == [-1, 23]
    assert rows["flag"].tolist() == [Flag.FIRST_KNOWN, Flag.NOT_COMPARABLE]
    for name in ("Hull", "Kingston-upon-Hull", "E06000010", "F00KH00"):
        assert pj.history(service=name)["service"].tolist() == ["Kingston-upon-Hull"]


def test_one_inspection_told_with_two_years_is_shown_as_doubtful() -> None:
    rows = pj.history(service="Western Bay")
    assert rows["year"].tolist() == [2018, 2019]
    assert rows["doubt"].tolist() == [Flag.SOURCES_CONFLICT] * 2
    assert rows["flag"].tolist() == [Flag.FIRST_KNOWN, Flag.SOURCES_CONFLICT]
    assert np.isnan(rows["change"]).all()


def test_inferred_years_and_scores_are_marked() -> None:
    assert pj.history(service="Liverpool")["doubt"].tolist() == [Flag.YEAR_NOT_PRINTED]
    assert pj.history(service="Ceredigion")["doubt"].tolist() == [Flag.SCORE_INFERRED]
    assert pj.history(service="Barnsley")["doubt"].tolist() == [""]


def test_the_demo_reports_meet_the_outcomes() -> None:
    folder = resources.files("pyjustice") / "data" / "demo"
    reports = pj.read_reports(str(folder))
    rows = pj.history(reports, "Lambeth")
    dated = rows[rows["year"] > 0]
    assert dated["year"].tolist() == [2015, 2019, 2026]
    assert dated["framework"].tolist() == ["fji-2012", "yos-2018", "iyjwcv-2025"]
    assert dated["overall_word"].tolist() == ["", "Requires improvement", "Good"]
    assert dated["flag"].tolist() == [Flag.FIRST_KNOWN, *[Flag.NOT_COMPARABLE] * 2]
    # The report of 2025 has no date of publication: it goes with the outcome of January 2026.
    assert dated["sources"].tolist() == [1, 1, 2]
    names = [
        str(reports.inspections["source"][i]).split("/")[-1] for i in dated["report"] if i >= 0
    ]
    assert names == ["lambeth-2015-fji.txt", "lambeth-2025.txt"]
    # The article has no date at all: it is neither dropped nor guessed into a year.
    assert rows[rows["year"] < 0]["flag"].tolist() == [Flag.DATE_NOT_KNOWN]
    assert pj.history(reports, "Waltham Forest")["sources"].tolist() == [2]
    assert len(pj.history(reports)) == len(pj.history()) + 2


def test_changes_within_one_framework() -> None:
    rows = alone(
        {"published": "2022-03-10", "score": (11, 36), "overall": 1},
        {"published": "2024-09-17", "score": (29, 36), "overall": 2},
    )
    assert rows["change"][1] == 1
    assert rows["score_change"][1] == 18
    assert rows["months_since_previous"][1] == 30
    assert rows["years_since_previous"].tolist() == [-1, 2]
    assert rows["flag"].tolist() == [Flag.FIRST_KNOWN, ""]
    assert isnan(rows["change"][0])


def test_scores_out_of_two_maxima_are_not_subtracted() -> None:
    rows = alone(
        {"published": "2022-03-10", "score": (11, 24), "overall": 1},
        {"published": "2024-09-17", "score": (29, 36), "overall": 2},
    )
    assert rows["change"][1] == 1
    assert isnan(rows["score_change"][1])


def test_what_stands_against_a_comparison() -> None:
    early = {"published": "2022-03-10"}
    for late, flag in (
        ({"rules": "iyjwcv-2025", "score": (9, 12), "published": "2026-01-10"}, "not comparable"),
        ({"rules": "", "kind": "news", "published": "2024-01-10"}, "framework not known"),
        ({"overall": NOTHING_KNOWN, "published": "2024-01-10"}, "no overall given"),
        ({"rules": "", "kind": "news"}, "date not known"),
    ):
        rows = alone(early, late)
        assert rows["flag"].tolist() == [Flag.FIRST_KNOWN, flag]
        assert np.isnan(rows["change"]).all()
        assert np.isnan(rows["score_change"]).all()


def test_sources_that_contradict_each_other_are_both_shown() -> None:
    for other in ({"overall": 1}, {"score": (21, 36)}, {"published": "2024-11-20"}):
        rows = alone({"published": "2024-03-10"}, {"published": "2024-04-10", **other})
        assert rows["doubt"].tolist() == [Flag.SOURCES_CONFLICT] * 2
        assert rows["flag"].tolist()[1] == Flag.SOURCES_CONFLICT
        assert isnan(rows["change"][1])


def test_sources_that_agree_are_one_row() -> None:
    rows = alone(
        {"published": "2024-03-10", "kind": "news", "rules": "", "score": (-1, -1)},
        {"published": "2024-03-09"},
        {"published": "2024-05-01", "kind": "news", "rules": "", "overall": NOTHING_KNOWN},
    )
    (row,) = rows
    assert row["sources"] == 3
    assert row["report"] == 1  # the report, though a release was read before it
    assert (row["score"], row["framework"], str(row["published"])) == (20, "yjs-2021", "2024-03-09")


def test_an_undated_report_is_placed_by_its_fieldwork() -> None:
    rows = alone({"fieldwork": "2024-10-06"})
    assert rows["year"].tolist() == [2024]
    assert rows["doubt"].tolist() == [Flag.YEAR_NOT_PRINTED]
    # The next year's report may be the same inspection: no 'change' of nought between the two.
    rows = alone({"fieldwork": "2023-10-06"}, {"published": "2024-02-01"})
    assert rows["year"].tolist() == [2024]
    assert rows["sources"].tolist() == [2]
    rows = alone({"fieldwork": "2023-10-06", "overall": 1}, {"published": "2024-02-01"})
    assert rows["year"].tolist() == [2023, 2024]


def test_documents_without_an_outcome_are_passed_over() -> None:
    silent = {"rules": "", "overall": NOTHING_KNOWN, "score": (-1, -1)}
    assert len(alone({"kind": "other"}, {"kind": "news", **silent})) == 0


def test_services_that_no_table_knows() -> None:
    rows = history(lambeth({"service": "Anytown", "published": "2024-02-01"}), "Anytown")
    assert rows["service"].tolist() == ["Anytown"]
    with pytest.raises(pj.DataError, match="the nearest names are 'Lambeth'"):
        pj.history(service="Lambth")
    with pytest.raises(pj.DataError, match="expected a Report or Reports, got list"):
        pj.history([])  # type: ignore[arg-type]
    assert len(pj.history(service="Torbay")) == 0


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_is_explained(flag: Flag) -> None:
    try:
        lines = pj.explain(flag).split("\n")
    except pj.DataError:
        pytest.fail(f"no explanation of {flag}")
    assert len(lines) == 2


def test_sentences_claim_no_change_between_frameworks() -> None:
    for row in pj.history():
        text = pj.sentence(row)
        assert text.endswith(".")
        assert ("than at" in text or "same rating" in text) == np.isfinite(row["change"])
    last = pj.history(service="Wakefield")[-1]
    assert pj.sentence(last).startswith("Wakefield, 2025 (iyjwcv-2025): Good")
    assert pj.sentence(last).endswith("are of different frameworks, with other standards.")


@pytest.mark.parametrize(
    ("change", "said"),
    [(-1, "one rating lower than"), (2, "two ratings higher than"), (0, "the same rating as at")],
)
def test_sentences_of_one_framework(change: int, said: str) -> None:
    row = pj.history()[:1].copy()
    row["change"], row["flag"], row["doubt"] = change, "", ""
    assert said in pj.sentence(row)


def test_a_name_that_may_be_several_is_answered_with_names() -> None:
    with pytest.raises(pj.DataError) as caught:
        pj.history(service="Kingston", embedded=False)
    said = str(caught.value)
    assert said.startswith("service: 'Kingston' may be ")
    for name in ("'Kingston and Richmond'", "'Kingston-upon-Hull' (no inspection known)"):
        assert name in said
    with pytest.raises(pj.DataError, match=r"'Barking and Dagenham' \(2011, 2018, "):
        pj.history(service="Barking")
    # Only one of them has been inspected since 2018: it may still be the other that is meant.
    with pytest.raises(pj.DataError, match=r"'Sussex' may be .*'West Sussex' \(.*2022\)"):
        pj.history(service="Sussex")
    with pytest.raises(pj.DataError, match=r"no area of the name or code 'Lambet'.*'Lambeth'"):
        pj.history(service="Lambet")
    with pytest.raises(pj.DataError, match="no area of the name or code ''"):
        pj.history(service="")
    with pytest.raises(pj.DataError, match=r"and .* more: give the whole name"):
        pj.history(service="and")
    with pytest.raises(pj.DataError, match=r"'London' may be .* more: give the whole name"):
        pj.history(service="London")
    assert pj.history(service="Hull")["service"].tolist() == ["Kingston-upon-Hull"]
