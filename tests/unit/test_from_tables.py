"""From published files to an answer in a few lines, with what speaks against it."""

from pathlib import Path

import numpy as np
import pytest

import pyjustice as pj
from tests.tools.small_tables import rows

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
CHILDREN = sorted(SHARED.glob("yjb_*_children_yjs.csv"))
REOFFENDING = sorted(SHARED.glob("moj_proven_reoffending_*.csv"))

FIRST = """Year,YJS,Sex,Number,Population
2021-22,Derby,Boys,100,13000
2021-22,Derby,Girls,20,12500
2021-22,Derby,All,120,25500
2021-22,Hull,Boys,[c],12000
2021-22,Cumbria,Boys,50,22000
2021-22,Atlantis,Boys,7,900
"""
SECOND = """Year,YJS,Sex,Number,Population
2022-23,Derby City YOS,Boys,60,13100
2022-23,Derby City YOS,Girls,21,12600
2022-23,Kingston-upon-Hull,Boys,40,12100
2022-23,Cumberland,Boys,30,12000
2022-23,Atlantis,Boys,9,900
"""


def tables(*texts: str) -> list[pj.Table]:
    return [pj.read_table(text, dialect="gss") for text in texts]


def test_changes_of_two_tables_keep_what_does_not_match() -> None:
    found = pj.change(*tables(FIRST, SECOND))
    assert rows(found, "name", "before", "after", "family", "flag") == [
        ("Derby, Sex: Boys", 100, 60, 3, ""),
        ("Derby, Sex: Girls", 20, 21, 3, ""),
        ("Hull, Sex: Boys", None, 40, 3, "missing value"),
        ("Cumbria, Sex: Boys", 50, None, 3, "overlaps"),
        ("Atlantis, Sex: Boys", 7, 9, 3, "too few"),
        ("Cumberland, Sex: Boys", None, 30, 3, "overlaps"),
    ]
    by_hand = pj.change([100, 20], [60, 21], population_before=[13000, 12500],
                        population_after=[13100, 12600])  # fmt: skip
    for field in ("ratio", "ratio_lower", "ratio_upper", "difference_lower", "p"):
        assert found[field][:2] == pytest.approx(by_hand[field])
    for row in found:
        assert pj.sentence(row).endswith(".")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("2021-22", "2021-22", "the later one last"),
        ("2022-23", "2021-22", "the later one last"),
        ("year ending March 2022", "year ending December 2022", "different year end, overlapping"),
        ("2021-22", "Q1 2022/23", "different length"),
        ("2021", "2022", "window not known"),
        ("2021-22", "soon", "expected a form such as"),
        ("", "", "give both, such as"),
    ],
)
def test_periods_that_are_not_comparable_are_refused(first: str, second: str, said: str) -> None:
    text = "Period,Area,Number\n{},Derby,30\n"
    before, after = tables(text.format(first), text.format(second))
    with pytest.raises(pj.DataError, match=said):
        pj.change(before, after)
    assert len(pj.change(before, after, periods=("2021/22", "2022/23"))) == 1


def test_periods_may_hang_on_a_header_or_another_column() -> None:
    text = "Year ending March,Area,Number\n{},Derby,30\n"
    assert len(pj.change(*tables(text.format(2022), text.format(2023)))) == 1
    text = "time_period,time_identifier,geographic_level,la_name,children\n{},{} year,x,Derby,9\n"
    before, after = (
        pj.read_table(text.format(*one), roles={"children": "count"})
        for one in (("202122", "Financial"), ("202223", "Academic"))
    )
    with pytest.raises(pj.DataError, match="different year end"):
        pj.change(before, after)


def test_services_that_merged_are_not_set_against_a_part_of_them() -> None:
    before = (
        "Year,YOT,Number,Population\n2018-19,Bournemouth and Poole,30,30000\n"
        "2018-19,Dorset,20,34000\n2018-19,Derby,9,20000\n"
    )
    after = (
        "Year,YOT,Number,Population\n2019-20,Dorset Combined YOS,60,64000\n2019-20,Derby,10,20000\n"
    )
    found = pj.change(*tables(before, after))
    assert rows(found, "name", "before", "after", "flag") == [
        ("Bournemouth and Poole", 30, None, "overlaps"),
        ("Dorset", 20, None, "may be several areas"),
        ("Derby", 9, 10, ""),
        ("Dorset Combined YOS", None, 60, "overlaps"),
    ]
    joined = pj.join_areas(["Dorset", "Bournemouth and Poole"], ["Dorset Combined YOS"])
    assert len(joined.matched) == 0
    assert joined.only_a[1].nearest == ("Dorset Combined YOS",)
    assert len(pj.join_areas(["Dorset"], ["Dorset Combined YOS"]).matched) == 1


def test_a_pandemic_year_and_rounded_counts_are_flagged() -> None:
    text = "Period,Area,Number\n{},Derby,30\n"
    after = pj.read_table(text.format("2021-22"))
    found = pj.change(pj.read_table(text.format("2020-21")), after)
    assert found["flag"].tolist() == ["no populations"]
    full = "Period,Area,Number,Population\n{},Derby,30,26000\n"
    found = pj.change(*tables(full.format("2020-21"), full.format("2021-22")))
    assert found["flag"].tolist() == ["pandemic year"]
    rounded = pj.read_table(full.format("2021-22"), rounded_to=5)
    assert pj.rates(rounded, per=1000)["flag"].tolist() == ["rounded counts"]


def test_rows_that_are_no_peers_or_stand_twice_are_refused() -> None:
    first, second = tables(FIRST, SECOND)
    with pytest.raises(pj.DataError, match="rows of several groups"):
        pj.funnel(first)
    boys = first.take(first.labels("Sex") == "Boys")
    assert rows(pj.funnel(boys), "name", "flag")[1] == ("Hull", "missing value")
    years = pj.read_table(FIRST + SECOND.split("\n", 1)[1], dialect="gss")
    with pytest.raises(pj.DataError, match=r"line 2: rows of several periods, such as '2021-22'"):
        pj.change(years, second)
    twice = pj.read_table(SECOND + "2022-23,Derby,Girls,5,12600\n")
    with pytest.raises(pj.DataError, match="lines 3 and 7 are both of 'Derby'"):
        pj.change(first, twice)
    with pytest.raises(pj.DataError, match="no row of the same area"):
        pj.change(boys, second.take(second.labels("Sex") == "Girls"))
    with pytest.raises(pj.DataError, match="no column of counts"):
        pj.rates(pj.read_table("Area,Rate per 1000\nDerby,5.1\n"), per=1000)
    for call in (
        lambda: pj.change(first, [1, 2]),
        lambda: pj.change(first, second, names=["a"]),
        lambda: pj.rates(first, 5, per=1),
        lambda: pj.change(1, 2, periods=("2021/22", "2022/23")),
        lambda: pj.change(first, second, periods="2021/22"),
        lambda: pj.trend([1, 2, 3]),
    ):
        with pytest.raises(pj.DataError):
            call()


def test_rates_of_a_table_leave_totals_out() -> None:
    found = pj.rates(tables(FIRST)[0], per=1000)
    assert rows(found, "name", "count", "flag")[:3] == [
        ("Derby, Sex: Boys", 100, ""),
        ("Derby, Sex: Girls", 20, ""),
        ("Hull, Sex: Boys", None, "missing value"),
    ]
    assert len(found) == 5
    odd = pj.read_table("Area,Number,Population,Rate per 1000\nDerby,12,1000,30\nHull,5,9,9\n")
    assert pj.rates(odd, per=1000)["flag"].tolist() == ["rate differs from count"] * 2
    bare = pj.rates(pj.read_table("Area,Number\nDerby,12\n"), per=1000)
    assert bare["flag"].tolist() == ["missing value"]


def test_trends_of_a_table_are_one_for_each_area_and_group() -> None:
    text = "Year,Area,Number,Population\n" + "".join(
        f"{year}/{year % 100 + 1},{area},{number},10000\n"
        for year in range(2014, 2020)
        for area, number in (("Derby", 100 - 5 * (year - 2014)), ("Hull", 40))
        if (area, year) != ("Hull", 2016)
    )
    table = pj.read_table(text)
    found = pj.trend(table)
    assert rows(found[:, 0], "name", "first", "last", "points", "flag") == [
        ("Derby", "2014-04-01", "2020-03-31", 6, ""),
        ("Hull", "2014-04-01", "2020-03-31", 5, "points missing"),
    ]
    assert found["ratio"][1, 0] == pytest.approx(1)
    with pytest.raises(pj.DataError, match="line 11: period '2020': window not known"):
        pj.trend(pj.read_table(text.replace("2019/20,Derby", "2020,Derby")))


# Published tables, where they are at hand.
@pytest.mark.parametrize("paths", [CHILDREN] if CHILDREN else [])
def test_two_files_to_the_answer(paths: list[Path]) -> None:
    before, after = map(pj.read_table, paths)
    with pytest.raises(pj.DataError, match="do not say of which they are"):
        pj.change(before, after)
    found = pj.change(before, after, periods=("2020/21", "2021/22"))
    assert (len(found), (found["p"] < 0.05).sum(), (found["q"] < 0.05).sum()) == (154, 29, 17)
    (row,) = found[found["name"] == "Westminster"]
    assert (row["before"], row["after"], row["flag"]) == (48, 32, "rebased population")
    # A third fewer children, of a third fewer people.
    assert round(100 * (1 - row["after"] / row["before"])) == 33
    assert round(100 * (1 - row["population_after"] / row["population_before"])) == 34
    assert set(found["flag"]) == {"pandemic year", "rebased population"}
    peers = pj.funnel(after, per=1000, adjust="multiplicative")
    assert (peers["flag"] == "unusual among peers").sum() == 3


@pytest.mark.parametrize("path", REOFFENDING)
def test_no_trend_goes_across_the_change_of_method(path: Path) -> None:
    table = pj.read_table(path)
    with pytest.raises(pj.DataError, match="expected one length"):
        pj.trend(table)
    annual = table.labels("temporal_unit") == "annual"
    young = (table.labels("group") == "Juvenile") & (table.labels("rate") == "reoffenders")
    with pytest.raises(pj.DataError, match="from 2002-01-01 and 2002-04-01, overlap"):
        pj.trend(table.take(annual & young))
    late = table.labels("date") >= "2005-04-01"
    found = pj.trend(table.take(annual & young & late))
    assert found.shape == (2, 1)
    assert all(sum(f"measure: {one}" in name for one in ("old", "new")) == 1
               for name in found["name"][:, 0])  # fmt: skip
    shares = table.data[np.asarray(annual & (table.labels("rate") == "binary"))]
    last = [row for row in shares if row["period"] == "2013-04-01" and "Juvenile" in row["groups"]]
    assert [(row["groups"][9:12], round(float(row["rate"]), 1)) for row in last] == [
        ("new", 42.9), ("old", 38.0)
    ]  # fmt: skip
    # By hand: two methods of one year overlap, and a line needs its break declared.
    years = [("2012-04-01", "2013-03-31"), ("2013-04-01", "2014-03-31")] * 2
    with pytest.raises(pj.DataError, match="out of order"):
        pj.trend([1, 2, 3, 4], None, years)
