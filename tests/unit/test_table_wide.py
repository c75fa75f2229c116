"""Tables with years or groups as columns: their rows as statistics, their totals, refusals."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.readers.header_parts import caption_measure, measure_of, read_part
from tests.tools.small_tables import book, rows

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
COUNTED = "Number of children\n\n"
FORCE = sorted(SHARED.glob("ho_use_of_force_*.ods"))
SERVICES = sorted(SHARED.glob("YJS_names_standardised.csv"))


def data(text: str, *names: str, **options: Any) -> list[Any]:
    return rows(pj.read_table(text, **options).data, *names)


def test_years_as_columns() -> None:
    table = pj.read_table(
        f"{COUNTED}Ethnicity,2018/19,2019/20(1),% change\nWhite,10,[c],5\nBlack,3,<5,6\n"
    )
    assert rows(
        table.data, "groups", "period", "count", "count_lower", "count_upper", "count_reason",
        "footnote", "line", "column",
    ) == [
        ("Ethnicity: White", "2018/19", 10, 10, 10, "", "", 4, 2),
        ("Ethnicity: White", "2019/20", None, 0, None, "suppressed", "1", 4, 3),
        ("Ethnicity: Black", "2018/19", 3, 3, 3, "", "", 5, 2),
        ("Ethnicity: Black", "2019/20", None, 0, 4, "limit", "1", 5, 3),
    ]  # fmt: skip
    assert str(table.data["period_end"][0]) == "2019-03-31"
    assert table.roles["% change"] == "other"
    assert len(table.to_pandas()) == 4


def test_two_header_rows_with_blank_or_merged_cells() -> None:
    page: list[list[Any]] = [
        ["", "2019/20", "", "", "2020/21", "", ""],
        ["Area", "Number", "Population aged 10-17", "Rate per 1,000"] * 1
        + ["Number", "Population aged 10-17", "Rate per 1,000"],
        ["Derby", 135, 26428, 5.1, 128, 26644, 4.8],
    ]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in page) + "\n"
    expected = [
        ("Derby", "2019/20", 135, 26428, 5.1, "per 1,000", ""),
        ("Derby", "2020/21", 128, 26644, 4.8, "per 1,000", ""),
    ]
    for source in (text, book({"Table 1": page})):
        (table,) = pj.read_tables(source)
        fields = ("area", "period", "count", "population", "rate", "unit", "flag")
        assert rows(table.data, *fields) == expected
    # Where one heading is merged, another reaches no further than its own cell.
    (partly,) = pj.read_tables(book({"Table 1": page}, merge="B1:D1"))
    with pytest.raises(pj.DataError, match="or what they measure: 'Population aged 10-17'"):
        _ = partly.data


def test_what_figures_are_is_not_guessed() -> None:
    text = "Sex,2018/19,2019/20\nBoys,10,12\nGirls,3,4\n"
    assert data(text, "count", "value", "flag")[0] == (None, 10, "unit unknown")
    with pytest.raises(pj.DataError, match="no column of counts"):
        pj.rates(pj.read_table(text), per=1)
    told = (
        ({"*": "count"}, "count", "count"),
        ({"*": "rate per 1,000"}, "rate", "per 1,000"),
        ({"*": "population"}, "population", ""),
    )
    for roles, field, unit in told:
        assert data(text, field, "unit", roles=roles)[0] == (10, unit)
    with pytest.raises(pj.DataError, match="expected a role of figures"):
        pj.read_table(text, roles={"*": "area"})
    both = f"Number and rate of children\n\n{text}"
    assert data(both, "flag")[0] == ("unit unknown",)
    assert data(f"{COUNTED}Sex,2018/19\nBoys,10%\n", "count", "value")[0] == (None, 10)
    note = f"Table 1: children\nNumber of areas that are late\nNumbers are rounded.\n\n{text}"
    assert data(note, "count", "value")[0] == (None, 10)
    unit_line = f"Table 1: children sentenced\nNumbers\n\n{text}"
    assert data(unit_line, "count")[0] == (10,)


def test_a_total_column_is_told_and_left_out_of_leaves() -> None:
    table = pj.read_table(
        f"{COUNTED}Area,Black,White,Unknown,Total\nDerby,1,2,3,6\nLuton,2,3,4,9\nTotal,3,5,7,15\n"
    )
    found = rows(table.totals(), "axis", "label", "places", "evidence")
    assert found == [
        ("row", "Total", "4, 5", "adds up"),
        ("column", "Total", "2, 3, 4", "adds up"),
    ]
    assert len(table.data) == 12
    leaves = table.leaves()
    assert rows(leaves.data, "area", "groups")[:3] == [
        ("Derby", "Ethnicity: Black"), ("Derby", "Ethnicity: White"),
        ("Derby", "Ethnicity: Unknown"),
    ]  # fmt: skip
    assert len(leaves.data) == 6
    long = table.long()
    assert long.headers == ("Area", "Ethnicity", "Number")
    with pytest.raises(pj.DataError, match=r"\('Derby \| Total'\) is a total that holds line 4"):
        long.sum("Number")
    assert long.leaves().sum("Number")["value"] == 15
    assert long.sum("Number", {"Area": "Derby", "Ethnicity": ["Black", "White"]})["value"] == 3
    assert long.long() is long
    assert rows(table.take([1]).data, "area", "count") == [
        ("Luton", 2), ("Luton", 3), ("Luton", 4), ("Luton", 9),
    ]  # fmt: skip


def test_a_group_that_holds_another_is_its_total() -> None:
    table = pj.read_table(
        f"{COUNTED}Area,White British,White Irish,White,Black,10\nDerby,10,[c],30,12,1\n",
        roles={"10": "other"},
    )
    assert rows(table.totals(), "label", "places", "evidence") == [("White", "2, 3", "label only")]
    ages = pj.read_table(f"{COUNTED}Area,10-14,15-17,10-17\nDerby,10,[c],30\n")
    assert rows(ages.totals(), "label", "places") == [("10-17", "2, 3")]
    assert len(ages.leaves().data) == 2


def test_subtotals_among_columns_are_found_by_how_they_stand() -> None:
    table = pj.read_table(
        "Area,Total,Total first,Caution,Warning,Total second,Order,Custody\n"
        "Derby,100,30,10,20,70,30,40\nLuton,101,31,10,21,70,29,41\n",
        roles={
            "*": "count",
            **dict.fromkeys(
                ("Total", "Total first", "Caution", "Warning", "Total second", "Order", "Custody"),
                "a group",
            ),
        },
    )
    assert rows(table.totals(), "label", "places", "evidence") == [
        ("Total", "3, 6", "adds up"), ("Total first", "4, 5", "adds up"),
        ("Total second", "7, 8", "adds up"),
    ]  # fmt: skip
    assert table.leaves().long().sum("Number")["value"] == 201


def test_the_same_people_cut_in_several_ways_are_not_added() -> None:
    table = pj.read_table(
        f"{COUNTED},Sex,,,Age,,,\nArea,Boys,Girls,Unknown,10-14,15-17,Unknown,Total\n"
        "Derby,1,2,3,4,1,1,6\n"
    )
    assert [row[0] for row in rows(table.data, "groups")] == [
        "by: Sex; Sex: Boys", "by: Sex; Sex: Girls", "by: Sex; Sex: Unknown",
        "by: Age; Age: 10-14", "by: Age; Age: 15-17", "by: Age; Age: Unknown", "by: Total",
    ]  # fmt: skip
    assert rows(table.totals(), "label", "places") == [
        ("Age | Total", "2, 3, 4"), ("Age | Total", "5, 6, 7"),
    ]  # fmt: skip
    leaves = table.leaves().long()
    with pytest.raises(pj.DataError, match="cuts the same people"):
        leaves.sum("Number")
    assert leaves.sum("Number", {"by": "Age"})["value"] == 6


def test_totals_within_each_of_the_cuts_that_the_user_names() -> None:
    table = pj.read_table(
        f"{COUNTED},Alcohol,,,Drugs,,\nArea,Boys,Girls,All,Boys,Girls,All\nDerby,1,2,3,4,5,9\n",
        roles={"Alcohol": "a cut", "Drugs": "a cut"},
    )
    assert rows(table.totals(), "label", "places", "evidence") == [
        ("Alcohol | All", "2, 3", "adds up"), ("Drugs | All", "5, 6", "adds up"),
    ]  # fmt: skip
    assert rows(table.data[:1], "groups") == [("cut: Alcohol; Sex: Boys",)]


def test_headings_of_sections_are_a_group() -> None:
    table = pj.read_table(
        f"{COUNTED}Area,2018/19,2019/20\nAll\nDerby,3,4\nLuton,5,6\nBoys\nDerby,2,2\nLuton,3,3\n"
        "Girls\nDerby,1,2\nLuton,2,3\n"
    )
    assert rows(table.data, "area", "groups", "count")[-1] == ("Luton", "Sex: Girls", 3)
    assert {row[0] for row in rows(table.leaves().data, "groups")} == {"Sex: Boys", "Sex: Girls"}


def test_labels_that_no_name_tells() -> None:
    offences = f"{COUNTED}Offence,2018/19,2019/20\nTheft,4,5\nRobbery,1,1\n"
    assert data(offences, "groups")[0] == ("Offence: Theft",)
    nameless = f"{COUNTED},2018/19,2019/20\nDerby,4,5\nLuton,1,1\n"
    assert data(nameless, "area", "area_code")[0] == ("Derby", "F00DB00")
    beside = (
        f"{COUNTED}Area,Region name,Lead,2018/19\nDerby,East Midlands,Ann,5\nLuton,Eastern,Ann,1\n"
    )
    assert data(beside, "area", "groups") == [("Derby", ""), ("Luton", "")]
    regions = f"{COUNTED}Region,2018/19\nLondon,5\n"
    assert data(regions, "area") == [("London",)]
    measures = (
        'Area,Measure,2018/19\nDerby,Number,4\nDerby,"Rate per 1,000",0.4\nDerby,% change,9\n'
    )
    assert data(measures, "count", "count_upper", "rate", "value") == [
        (4, 4, None, None), (None, None, 0.4, None), (None, None, None, 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (",2018/19,,2019/20,,\nArea,Boys,Girls,Boys,Girls,Total\nDerby,1,2,3,4,10\n", "or of all"),
        ("Area,Theft,Robbery,2019/20\nDerby,1,2,3\n", r"'Theft', 'Robbery'; say .*'a group'"),
        ("Area,Population 10-17,Boys,Girls\nDerby,9,4,7\n", "{'Population 10-17': 'other'}"),
        (",2019/20,\nArea,%,Rate per 1000\nDerby,2,3\n", "several units, 'per 1,000', 'percent'"),
        ("Area,2018/19,2018/19\nDerby,1,2\n", "could each be the count of '2018/19'"),
        ("Area,0,1-2,3-6,11+,2018/19\nDerby,1,2,3,4,5\n", "'0', '1-2', '3-6'"),
        ("Area,A1,Boys\nDerby,3,4\n", "'A1'"),
        ("Quarter,2018/19,2019/20\nQ1,3,4\n", "both say the period"),
        ("Area,Boys 10-14,Boys 15-17,Girls\nDerby,1,2,3\n", "lack one of 'Sex', 'Age'"),
    ],
)
def test_a_form_that_leaves_it_open_is_refused(text: str, words: str) -> None:
    table = pj.read_table(COUNTED + text)
    with pytest.raises(pj.DataError, match=words):
        _ = table.data
    assert not table.is_wide
    assert len(table.cells)
    assert len(table.to_pandas()) == len(table.cells)


def test_an_empty_column_of_a_year_is_kept() -> None:
    text = f"{COUNTED}Area,2018/19,2019/20,Lead\nDerby,3,,\nLuton,4,,\n"
    assert data(text, "area", "period", "count", "count_reason") == [
        ("Derby", "2018/19", 3, ""), ("Derby", "2019/20", None, "blank"),
        ("Luton", "2018/19", 4, ""), ("Luton", "2019/20", None, "blank"),
    ]  # fmt: skip


def test_a_total_of_several_years_is_no_row() -> None:
    table = pj.read_table(f"{COUNTED}Area,2018/19,2019/20,Total\nDerby,3,4,7\n")
    assert rows(table.data, "period", "count") == [("2018/19", 3), ("2019/20", 4)]
    assert table.roles["Total"] == "other"


def test_a_row_of_changes_counts_nothing() -> None:
    text = f"{COUNTED}Year,Boys,Girls\n2018/19,3,1\n2019/20,4,4\n% change,33,300\n"
    assert rows(pj.read_table(text).data[-1:], "count", "value", "flag") == [
        (None, 300, "unit unknown")
    ]
    long = pj.read_table("Year,Number\n2018/19,3\n2019/20,4\nChange,1\n").data
    assert rows(long, "count", "value") == [(3, None), (4, None), (None, 1)]


def test_bare_years_are_what_the_title_or_a_heading_says() -> None:
    for text in (
        '"Number of children, years ending March 2018 to 2019"\n\nSex,2018,2019\nBoys,1,2\n',
        f"{COUNTED}Sex,Year ending March,\n,2018,2019\nBoys,1,2\n",
    ):
        assert str(pj.read_table(text).data["period_start"][0]) == "2017-04-01"
    assert data(f"{COUNTED}Sex,2018\nBoys,1\n", "period_reason") == [("window not known",)]


def test_an_unclear_year_among_clear_ones_is_financial() -> None:
    text = f"{COUNTED}Sex,2010-11,2011-12,2012-13\nBoys,1,2,3\n"
    assert data(text, "period_reason") == [("",)] * 3
    assert data(f"{COUNTED}Sex,2010-11,2011-12\nBoys,1,2\n", "period_reason")[0] == ("unreadable",)


def test_measures_take_wide_tables() -> None:
    text = (
        '"Table 1: number of children"\n,2019/20,,2020/21,\n'
        "Area,Number,Population 10-17,Number,Population 10-17\n"
        "Derby,135,26428,128,26644\nLuton,48,23527,44,23265\nTotal,183,49955,172,49909\n"
    )
    table = pj.read_table(text)
    assert rows(pj.rates(table, per=1000), "count", "population") == [
        (135, 26428), (128, 26644), (48, 23527), (44, 23265),
    ]  # fmt: skip
    moved = pj.change(table, periods=("2019/20", "2020/21"))
    by_hand = pj.change(
        [135, 48], [128, 44], population_before=[26428, 23527], population_after=[26644, 23265]
    )
    assert rows(moved, "ratio", "p") == rows(by_hand, "ratio", "p")
    assert moved["name"].tolist() == ["Derby", "Luton"]
    other = pj.change(table, table, periods=("year ending March 2020", "2020/21"))
    assert rows(other, "ratio") == rows(moved, "ratio")
    for options, words in (
        ({"periods": ("2019/20", "2022/23")}, "no row of '2022/23'; there are '2019/20'"),
        ({}, "name two of the table"),
    ):
        with pytest.raises(pj.DataError, match=words):
            pj.change(table, **options)  # type: ignore[arg-type]
    with pytest.raises(pj.DataError, match="after: expected"):
        pj.change([1, 2])
    years = ",".join(f"20{y}/{y + 1}" for y in range(13, 19))
    series = pj.read_table(f"{COUNTED}Area,{years}\nDerby,9,8,7,6,5,4\nTotal,9,8,7,6,5,4\n")
    assert pj.trend(series)["points"].ravel().tolist() == [6]


def test_what_a_text_of_a_header_says() -> None:
    def told(text: str) -> list[Any]:
        return [sorted(part.of) or part.measure for part in read_part(text) if not part.total]

    assert told("2019/20 (number)") == [["Year"], "count"]
    assert told("Boys aged 10-14") == [["Sex"], ["Age"]]
    assert told("Rate per 10,000 10-17 year olds 2019/20") == ["rate", ["Year"]]
    assert told("10 to 17 population 2018-19") == ["population", ["Year"]]
    assert told("Black (or Black British)") == [["Ethnicity"]]
    assert told("All boys") == [["Sex"]]
    assert [part.measure for part in read_part("Total population")] == ["", "population"]
    assert told("Under 11") == told("aged 5 to 9") == [["Age"]]
    assert told("3-6") == told("2 years") == told("X") == told("A1") == [""]
    assert all(read_part(text)[0].other for text in ("% change", "Upper 95% limit", "Difference"))
    assert measure_of("Rate per 10,000 10-17 population") == ("rate", "per 10,000")
    assert measure_of("Average number") == measure_of("Theft") == ("", "")
    assert caption_measure(["Proven reoffending by number of offences"]) == ("", "")
    assert caption_measure(["Percentage of children"]) == ("rate", "percent")


@pytest.mark.parametrize(
    "header",
    [
        "Population", "Population aged 10-17", "10 to 17 population", "10-17 population",
        "Mid-2021 population (10-17)", "Mid-year population estimate", "Pop 10-17",
        "Population of children aged 10 to 17", "Census 2021 population",
    ],
)  # fmt: skip
def test_populations_by_their_form(header: str) -> None:
    text = f'Area,Number,"{header}"\nDerby,5,100\n'
    assert data(text, "count", "population") == [(5, 100)]


@pytest.mark.parametrize(
    "header", ["Prison population", "Rate per 1,000 population", "Population change", "Popular"]
)
def test_what_is_no_population(header: str) -> None:
    assert np.isnan(pj.read_table(f'Area,Number,"{header}"\nDerby,5,100\n').data["population"][0])


def test_of_two_populations_none_is_chosen() -> None:
    text = "Area,Number,Population 0-25,Population 10-17\nDerby,5,100,50\n"
    assert data(text, "population_reason") == [("no column",)]
    told = {"Population 10-17": "population"}
    assert data(text, "population", roles=told) == [(50,)]


@pytest.mark.parametrize("path", FORCE)
def test_use_of_force_by_age_gender_and_ethnicity(path: Any) -> None:
    for number, name, groups in ((2, "age", 7), (3, "gender", 4), (4, "ethnicity", 8)):
        table = pj.read_tables(path)[number - 1]
        assert len(table.data) == len(table) * (groups + 1)
        first = table.data[0]
        assert f"Perceived {name}: " in first["groups"]
        assert first["count_reason"] == ""
        totals = table.totals()
        assert rows(totals[totals["axis"] == "column"], "label", "parts", "evidence") == [
            ("Total incidents per tactic", groups, "adds up")
        ]
        assert not any("Total incidents" in text for text in table.leaves().data["groups"])


@pytest.mark.parametrize("path", FORCE)
def test_headings_that_the_user_explains(path: Any) -> None:
    roles = {"Perceived disability": "group", "Reason for force": "cut"}
    tables = pj.read_tables(path, roles=roles)
    assert len(tables[4].data) == 34 * 6
    with pytest.raises(pj.DataError, match="cuts the same people"):
        tables[5].long().sum("Number")
    forces = pj.read_tables(
        path, roles={"Police force": "area", "Region": "within", "Total": "count"}
    )
    assert len(forces[11].leaves().data) == 43  # West Midlands is a force and a region
    assert set(forces[11].totals()["evidence"]) == {"adds up"}


@pytest.mark.parametrize("path", SERVICES)
def test_populations_of_services_by_year(path: Any) -> None:
    table = pj.read_table(path, roles={"*": "population", "ou_code": "area_code"})
    assert len(table.data) == 154 * 4
    assert rows(table.data[:1], "area", "area_code", "population", "period", "groups") == [
        ("Barking and Dagenham", "F00BK00", 24694, "2018", "")
    ]
    assert set(table.data["area_reason"]) == {""}


def test_a_year_that_the_title_settles_can_be_named_as_printed() -> None:
    title = "Children sentenced, years ending March 2022 to 2023"
    text = f"{title}\nArea,2022,2023\nDerby,60,32\nHull,40,41\n"
    table = pj.read_table(text, roles={"*": "count"})
    found = pj.change(table, periods=("2022", "2023"))
    assert found[["name", "before", "after"]].tolist() == [("Derby", 60, 32), ("Hull", 40, 41)]
    assert set(found["flag"]) == {"no populations"}
    with pytest.raises(pj.DataError, match="no row of '2021'"):
        pj.change(table, periods=("2021", "2023"))
