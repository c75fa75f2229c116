"""The figures that come with the package are those of the tables they were made from."""

import csv

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.ground.areas import find_areas
from pyjustice.readers.published import published
from tests.tools import make_published
from tests.tools.make_areas import DATA, table

NAMES = ("children", "children by region", "outcomes", "outcomes before 2018")


def test_the_files_are_what_the_tables_make() -> None:
    committed = {path.name: path.read_text("utf-8") for path in make_published.MADE.glob("*.csv")}
    assert len(committed) == 4
    made = make_published.made() if DATA.is_dir() else committed
    assert made == committed


def test_counts_rates_and_regions_of_children() -> None:
    rows = pj.published("children")
    assert len(rows) == 308
    assert np.unique(rows["area"]).size == 154
    # Totals for England and Wales, from the regions of the published tables.
    assert [rows["count"][rows["period"] == year].sum() for year in ("2020/21", "2021/22")] == [
        15751,
        13770,
    ]
    # A rate is printed to one decimal, half up; in whole numbers, so that no float decides.
    tenths = (20000 * rows["count"] + rows["population"]) // (2 * rows["population"])
    assert (tenths == np.rint(10 * rows["rate"])).all()
    assert set(rows["per"]) == {1000}
    regions = pj.published("children by region")
    assert len(regions) == 20
    for region in regions:
        own = rows[(rows["region"] == region["area"]) & (rows["period"] == region["period"])]
        assert own["count"].sum() == region["count"]
        assert own["population"].sum() == region["population"]


def test_population_was_rebased_between_the_years() -> None:
    rows = pj.published("children")
    before, after = rows[rows["area"] == "Westminster"]
    assert round(100 * (1 - after["count"] / before["count"])) == 33
    assert round(100 * (1 - after["population"] / before["population"])) == 34
    assert len(set(rows["base"])) == 2


def test_outcomes_have_their_sources() -> None:
    rows = pj.published("outcomes")
    assert len(rows) == 227
    assert len({(row["service"], row["year"]) for row in rows}) == 157
    assert (rows["source"] != "").all()
    assert (np.char.str_len(rows["source"]) < 256).all()
    assert (np.char.str_len(rows["page"]) < 256).all()
    assert set(rows["overall"]) == {0, 1, 2, 3}
    assert (rows["score"] <= rows["max_score"]).all()
    assert ((rows["published_precision"] == 1) | (rows["published"].astype("M8[Y]").astype(int)
            + 1970 == rows["year"])).all()  # fmt: skip


def test_the_framework_is_named_only_where_it_is_sure() -> None:
    rows = published("outcomes")
    # Published from July to December 2021, or early in 2025: the fieldwork may be either side.
    late = rows[(rows["published"] >= np.datetime64("2021-07-01")) & (rows["year"] == 2021)]
    by_score = late[(late["form"] == "") & (late["published_precision"] > 1)]
    assert len(by_score)
    assert set(by_score["framework"]) == {""}
    assert set(late["framework"][late["form"] == "resettlement"]) == {"yjs-2021"}
    assert set(rows["framework"][rows["year"] < 2021]) == {"yos-2018"}
    assert set(rows["framework"][(rows["year"] >= 2022) & (rows["year"] <= 2024)]) == {"yjs-2021"}
    assert set(rows["framework"][rows["form"] == "IYJWCV"]) == {"iyjwcv-2025"}
    assert set(rows["framework"][rows["max_score"] == 12]) == {"iyjwcv-2025"}
    assert set(rows["framework"][(rows["year"] == 2025) & (rows["max_score"] == 36)]) == {
        "yjs-2021"
    }
    somerset = rows[rows["service"] == "Somerset"][0]
    assert (somerset["framework"], somerset["year_printed"]) == ("", False)


def test_findings_before_2018_have_no_overall_rating() -> None:
    rows = pj.published("outcomes before 2018")
    assert len(rows) == 36
    assert set(rows["overall"][rows["form"] != ""]) == {-1}
    assert set(rows["framework"][rows["form"] == "FJI"]) == {"fji-2012"}
    assert set(rows["framework"][rows["form"] == "CCI"]) == {""}
    assert (rows["finding"] != "").all()


def test_every_name_is_an_area_but_the_one_that_is_doubtful() -> None:
    for name in NAMES[2:]:
        unknown = {str(one) for one in pj.published(name)["service"] if len(find_areas(one)) != 1}
        assert unknown <= {"Kingston"}


@pytest.mark.parametrize("name", NAMES)
def test_callers_may_change_what_they_got(name: str) -> None:
    rows = pj.published(name)
    rows[:] = np.zeros(1, rows.dtype)
    assert (pj.published(name) != rows).any()


def test_a_name_that_there_is_not() -> None:
    with pytest.raises(pj.DataError, match="expected one of 'children', 'children by region'"):
        pj.published("adults")


def test_the_rows_are_those_collected() -> None:
    lines = (make_published.MADE / "outcomes.csv").read_text("utf-8").splitlines()
    ours = list(csv.DictReader(lines))
    collected = table("inspection_outcomes.csv") if DATA.is_dir() else ours
    for one, row in zip(collected, pj.published("outcomes"), strict=True):
        score = f"{row['score']}/{row['max_score']}" if row["score"] >= 0 else ""
        word = one.get("overall_rating", one.get("rating"))
        address = one.get("source_address", one.get("source"))
        assert (one["service"], one["year"], one["score"]) == (
            *(row["service"], str(row["year"])),
            score,
        )
        assert (word, address) == (row["overall_word"], row["source"])
