"""Tables as statistics, and their totals and sums."""

import numpy as np
import pytest

import pyjustice as pj
from tests.tools.small_tables import book, rows


def test_roles_given_by_hand() -> None:
    text = "Place,Kids,People,Per head\nNorth,12,1000,12\nSouth,30,1000,30.1\nEast,1500,1000,1500\n"
    table = pj.read_table(text)
    with pytest.raises(pj.DataError, match="its headers are 'Place', 'Kids'"):
        _ = table.data
    roles = {"Place": "area", "Kids": "count", "People": "population", "Per head": "rate per 1,000"}
    data = pj.read_table(text, roles=roles).data
    assert rows(data, "area", "count", "per", "flag", "line") == [
        ("North", 12, 1000, "", 2),
        ("South", 30, 1000, "rate differs from count", 3),
        ("East", 1500, 1000, "count above population", 4),
    ]
    for bad in ({"Nowhere": "area"}, {"Place": "place"}):
        with pytest.raises(pj.DataError, match="roles"):
            pj.read_table(text, roles=bad)


def test_the_denominator_is_inferred_only_if_one_fits_every_row() -> None:
    text = "Area,Number,Population,Rate\nNorth,12,1000,{}\nSouth,30,1000,{}\n"
    assert pj.read_table(text.format("12.0", "30.0")).data["unit"].tolist() == ["per 1,000"] * 2
    doubtful = pj.read_table(text.format("12.0", "3.0")).data
    assert doubtful["unit"].tolist() == ["", ""]
    assert set(doubtful["flag"]) == {"unit unknown"}


def test_a_rate_stored_in_a_workbook_may_be_rounded() -> None:
    page = [["Area", "Number", "Population", "Rate per 1,000"], ["Derby", 135, 26428, 5.1]]
    for rate, flag in ((5.1, ""), (5.2, "rate differs from count"), (135 / 26.428, "")):
        page[1][3] = rate
        (table,) = pj.read_tables(book({"A": page}))
        assert rows(table.data, "rate", "rate_lower", "flag") == [(rate, rate, flag)]


def test_a_value_that_may_be_a_rate_is_not_taken_for_exact() -> None:
    data = pj.read_table("Area,Value\nNorth,12\n").data
    assert rows(data, "value", "flag") == [(12, "unit unknown")]
    both = pj.read_table("Area,Count,Denominator,Value\nDerby,53,26428,200.5\n").data
    assert rows(both, "value", "unit", "flag") == [(200.5, "count", "unit unknown")]
    cell = pj.read_table("Area,Value\nNorth,12\n").cells[0]
    assert (cell["lower"], cell["upper"]) == (11.5, 12.5)
    counted = pj.read_table("Area,Measure,Unit,Value\nNorth,Offences,Count,12\n")
    assert counted.cells["upper"][0] == counted.data["count_upper"][0] == 12


def test_a_number_that_is_not_there_says_why() -> None:
    data = pj.read_table("Area,Number,Rate per 1000\nNorth,[c],5.1\n").data
    assert rows(
        data, "count", "count_lower", "count_reason", "population_reason", "rate", "unit"
    ) == [(None, 0, "suppressed", "no column", 5.1, "per 1,000")]


def test_periods_are_read_where_they_are_clear() -> None:
    text = "Area,Year,Number\nDerby,{},1\n"
    day = np.datetime64
    for said, start, end, reason in (
        ("2022-23", day("2022-04-01"), day("2023-03-31"), ""),
        ("year ending Dec 2010", day("2010-01-01"), day("2010-12-31"), ""),
        ("2019", None, None, "window not known"),
        ("Mar-23", None, None, "window not known"),
        ("2019-04-01", None, None, "window not known"),  # the first day of what?
        ("2011-12", None, None, "unreadable"),
        ("last year", None, None, "unreadable"),
        ("", None, None, "blank"),
    ):
        row = pj.read_table(text.format(said)).data[0]
        assert (row["period"], row["period_reason"]) == (said, reason)
        assert (row["period_start"].item(), row["period_end"].item()) == (
            start and start.item(), end and end.item()
        )  # fmt: skip
    assert pj.read_table("Area,Number\nDerby,1\n").data["period_reason"][0] == "no column"


@pytest.mark.parametrize(
    ("header", "text", "start"),
    [
        ("Year ending March", "2022", "2021-04-01"),
        ("Year ending", "March 2022", "2021-04-01"),
        ("Year ending", "year ending Dec 2022", "2022-01-01"),
        ("Quarter ending", "Jun-19", "2019-04-01"),
    ],
)
def test_a_header_says_what_ends_then(header: str, text: str, start: str) -> None:
    row = pj.read_table(f"Area,{header},Number\nDerby(2),{text},1\n").data[0]
    assert (row["period"], str(row["period_start"]), row["period_reason"]) == (text, start, "")
    assert (row["area"], row["area_code"]) == ("Derby(2)", "F00DB00")


def test_a_column_says_what_kind_of_year_it_is() -> None:
    text = "time_period,time_identifier,geographic_level,la_name,children\n202223,{},x,Derby,1\n"
    for kind, start, reason in (
        ("Academic year", "2022-09-01", ""), ("Financial year", "2022-04-01", ""),
        ("Reporting year", "NaT", "window not known"), ("Calendar year", "NaT", "unreadable"),
    ):  # fmt: skip
        row = pj.read_table(text.format(kind), roles={"children": "count"}).data[0]
        assert (str(row["period_start"]), row["period_reason"]) == (start, reason)


def test_codes_of_areas_where_they_are_sure() -> None:
    text = "Area,Code,Number\n{},{},1\n"
    for name, code, found, reason in (
        ("Hull", "", "F00KH00", ""), ("Derby", "831", "831", ""), ("", "831", "831", ""),
        ("Cornwall", "908", "908", ""),  # by its name alone the service, with the Isles of Scilly
        ("Atlantis", "", "", "no such area"), ("West Midlands", "", "", "may be several areas"),
        ("Derby", "E06000016", "E06000016", "code of another area"), ("Derby", "Z9", "Z9", ""),
        ("Bournemouth and Poole", "", "", ""),  # known, but no source has a code
    ):  # fmt: skip
        row = pj.read_table(text.format(name, code)).data[0]
        assert (row["area"], row["area_code"], row["area_reason"]) == (name, found, reason)
    force = pj.read_table("Police force,Number\nWest Midlands,1\n").data[0]
    assert force["area_reason"] == ""
    assert pj.read_table("Year,Number\n2019,1\n").data["area_reason"][0] == "no column"


def test_pandas_in_one_call() -> None:
    known = pj.read_table("Area,Number\nNorth,1\n").to_pandas()
    assert known["count"].tolist() == [1]
    other = pj.read_table("Thing,Size\nNorth,1\n").to_pandas()
    assert other["value"].tolist() == [1]


def test_a_total_is_found_by_label_in_each_group() -> None:
    text = "Year,Sex,Age,Number\n" + "".join(
        f"{year},{sex},{age},{n}\n"
        for year in (2019, 2020)
        for sex, age, n in (
            ("All", "All", 10), ("Boys", "All", 7), ("Girls", "All", 3),
            ("All", "10-14", 4), ("All", "15-17", 6), ("Boys", "10-14", 3),
            ("Boys", "15-17", 4), ("Girls", "10-14", 1), ("Girls", "15-17", 2),
        )
    )  # fmt: skip
    table = pj.read_table(text)
    assert len(table.leaves()) == 8
    assert set(table.totals()["evidence"]) == {"adds up"}
    assert table.leaves().sum("Number", {"Year": "2019"})["value"] == 10
    # a total of one category beside a row that another of its parts holds
    with pytest.raises(pj.DataError, match="is a total that holds"):
        table.sum("Number", [0, 5])


def test_a_total_that_nothing_names_is_found_by_arithmetic() -> None:
    page = [
        ["Area", "Boys", "Girls"],
        ["North", 30, 12],
        ["York", 10, 4],
        ["Leeds", 20, 8],
        ["Bath", 50, 60],
    ]
    (table,) = pj.read_tables(book({"A": page}))
    assert rows(table.totals(), "label", "places", "evidence") == [("North", "3, 4", "adds up")]
    assert table.leaves().sum("Boys")["value"] == 80


def test_what_a_subtotal_holds_is_not_held_twice() -> None:
    table = pj.read_table(
        'Kind,Tactic,Number\nRestraint,Total Restraint,100\nRestraint,"Cuffs, of which",60\n'
        "Restraint,front,20\nRestraint,back,40\nRestraint,Limb,30\n"
    )
    assert rows(table.totals(), "label", "places", "difference", "evidence") == [
        ("Restraint | Total Restraint", "3, 6", 10, "parts incomplete"),
        ("Restraint | Cuffs, of which", "4, 5", 0, "adds up"),
    ]
    assert table.leaves().sum("Number")["value"] == 90
    assert len(table.take([]).cells) == len(table.take([0]).leaves().totals()) == 0


def test_england_holds_no_wales() -> None:
    table = pj.read_table(
        "Area,Number\nEngland,30\nLondon,10\nNorth,20\nWales,5\nEngland and Wales,35\n"
    )
    assert rows(table.totals(), "label", "places", "evidence") == [
        ("England", "3, 4", "adds up"), ("England and Wales", "3, 4, 5", "adds up"),
    ]  # fmt: skip


def test_other_groups_are_no_totals() -> None:
    table = pj.read_table("Group,Number\nAll other groups,3\nAny other,2\nWhite,5\n")
    assert len(table.totals()) == 0


def test_bounds_of_a_sum_are_those_of_its_parts() -> None:
    table = pj.read_table("Area,Number\nNorth,3\nSouth,<5\nEast,[c]\n")
    both = table.sum("Number", {"Area": ["North", "South"]})
    assert rows(np.array([both]), "value", "lower", "upper", "reason") == [(None, 3, 7, "limit")]
    assert rows(np.array([table.sum("Number")]), "lower", "upper", "reason") == [
        (3, None, "missing")
    ]
    assert table.sum("Number", np.array([True, False, False]))["value"] == 3


def test_rates_are_not_added() -> None:
    table = pj.read_table("Area,Rate per 1000,Share,Mean age\nNorth,5,10%,15\nSouth,6,20%,16\n")
    for header in table.headers[1:]:
        with pytest.raises(pj.DataError, match="do not add up"):
            table.sum(header)
    for header, words in (("Area", "labels"), ("Nothing", "no column")):
        with pytest.raises(pj.DataError, match=words):
            table.sum(header)
    with pytest.raises(pj.DataError, match="no row has 'East'"):
        table.sum("Share", {"Area": "East"})


def test_a_region_of_fingertips_holds_its_areas_whatever_is_noted_of_them() -> None:
    text = (
        "Indicator ID,Indicator Name,Parent Name,Area Code,Area Name,Sex,Time period,Value,Count,"
        "Denominator,Value note,Compared to England value or percentiles\n"
        "1,Entrants,East Midlands region,E06000015,Derby,Persons,2022,200.5,53,26428,,Higher\n"
        "1,Entrants,East Midlands region,E06000018,Nottingham,Persons,2022,200.5,53,26428,,Lower\n"
        "1,Entrants,England,E12000004,East Midlands region,Persons,2022,200.5,106,52856,Est,\n"
    )
    table = pj.read_table(text)
    (total,) = table.totals()
    assert (total["place"], total["evidence"], total["parts"]) == (4, "adds up", 2)
    assert table.leaves().labels("Area Name").tolist() == ["Derby", "Nottingham"]
    assert table.leaves().sum("Count")["value"] == 106


def test_a_region_beside_some_of_its_services_is_their_total() -> None:
    text = (
        "Area,Year,Number\nBarnet,2019/20,100\nBrent,2019/20,150\nLondon,2019/20,300\n"
        "West Midlands,2019/20,90\nDudley,2019/20,20\nEngland,2019/20,900\nLondon,2020/21,310\n"
    )
    table = pj.read_table(text)
    assert rows(table.totals(), "place", "evidence", "parts") == [
        (4, "parts incomplete", 2),
        (5, "parts incomplete", 1),
        (7, "parts incomplete", 2),
    ]
    assert table.leaves().labels("Area").tolist() == ["Barnet", "Brent", "Dudley", "London"]
    with pytest.raises(pj.DataError, match=r"line 4 .* is a total that holds line 2"):
        table.sum("Number", {"Year": "2019/20"})
