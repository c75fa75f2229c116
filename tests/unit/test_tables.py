"""Published tables: the real files, layouts, roles, signs, and what is refused."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

import pyjustice as pj
from pyjustice import _core
from pyjustice.ground.dialects import common, dialect, with_legend
from pyjustice.ground.table_codes import CellReason, Evidence, TableFlag
from pyjustice.readers import table_roles

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
YJB = sorted(SHARED.glob("yjb_*_yjs.csv"))
FORCE = sorted(SHARED.glob("ho_use_of_force_*.ods"))
LAIT = sorted(SHARED.glob("lait_youth.csv"))
MOJ = sorted(SHARED.glob("moj_proven_reoffending_*.csv"))
TRAFFORD = sorted(SHARED.glob("trafford_*.csv"))


def rows(made: Any, *names: str) -> list[Any]:
    """Some fields of an array as tuples, NaN as None."""
    plain = [
        [None if value != value else value for value in row] for row in made[list(names)].tolist()
    ]
    return [tuple(row) for row in plain]


# --- the real files ---


@pytest.mark.parametrize("path", YJB, ids=lambda path: path.stem)
def test_rates_of_the_youth_justice_board_follow_from_their_counts(path: Path) -> None:
    table = pj.read_table(path)
    data = table.data
    assert len(data) == len(set(data["area"])) == 154
    assert set(data["unit"]) == {"per 1,000"}
    assert set(data["flag"]) == {""}
    rates = [
        round(1000 * n / p + 1e-9, 1)
        for n, p in zip(data["count"], data["population"], strict=True)
    ]
    assert np.array_equal(rates, data["rate"])
    assert (data["rate_upper"] - data["rate_lower"]).round(9).tolist() == [0.1] * 154


@pytest.mark.parametrize("path", YJB, ids=lambda path: path.stem)
def test_services_add_up_to_the_regions(path: Path) -> None:
    _, year, measure, _ = path.stem.split("_")
    services = pj.read_table(path)
    regions = pj.read_table(SHARED / "yjb_2020-22_region_totals.csv")
    picked = regions.data[(regions.data["period"] == year) & (regions.data["measure"] == measure)]
    assert len(picked) == 10
    for row in picked:
        where = {"Region": str(row["area"])}
        assert services.sum("YOT_Number", where)["value"] == row["count"]
        assert services.sum("YOT_Pop", where)["value"] == row["population"]


@pytest.mark.parametrize("path", LAIT)
def test_a_dash_is_kept_as_a_reason(path: Path) -> None:
    table = pj.read_table(path)
    assert (table.dialect, len(table)) == ("lait", 6460)
    assert (table.cells["reason"] == "missing").sum() == 1243
    assert (table.data["rate_reason"] == "missing").sum() == 1243
    assert np.isfinite(table.cells["value"]).sum() == 6460 - 1243
    first = table.data[0]
    assert (first["area"], first["rate"], first["per"]) == ("Barking and Dagenham", 674, 100_000)
    # printed as whole numbers, so rounded; a spreadsheet wrote 40.63 as 40.630000000000003
    assert (first["rate_lower"], first["rate_upper"]) == (673.5, 674.5)
    noisy = table.cells[table.cells["printed"] == "40.630000000000003"][0]
    assert (noisy["lower"], noisy["upper"]) == (40.625, 40.635)


@pytest.mark.parametrize("path", MOJ)
def test_old_and_new_measures_are_never_added(path: Path) -> None:
    table = pj.read_table(path)
    juvenile = table.data[
        [
            row.startswith("measure: old; temporal_unit: annual; group: Juvenile")
            for row in table.data["groups"]
        ]
    ]
    assert set(juvenile["unit"]) == {"percent", "count", "per reoffender"}
    with pytest.raises(pj.DataError, match="measure different things"):
        table.sum("value")
    with pytest.raises(pj.DataError, match="cuts the same people in more than one way"):
        table.sum("value", {"rate": "cohort"})
    chosen = {"rate": "cohort", "measure": "old", "temporal_unit": "annual"}
    with pytest.raises(pj.DataError, match="several periods"):
        table.sum("value", chosen)
    with pytest.raises(pj.DataError, match="is a total that holds"):
        table.sum("value", {**chosen, "date": "2004-01-01"})
    with pytest.raises(pj.DataError, match="no row is chosen"):
        table.sum("value", {**chosen, "date": "2001-04-01"})
    # two cohorts of 2005 are printed in each other's place
    odd = table.totals()
    odd = odd[np.isin(odd["evidence"], ("parts overlap", "parts incomplete"))]
    assert sorted(odd["difference"]) == [-18579, -3631, -2825, 2825, 3631, 18579]


@pytest.mark.parametrize("path", TRAFFORD)
def test_counts_and_rates_of_one_column_are_told_by_its_unit(path: Path) -> None:
    table = pj.read_table(path)
    counts = table.data[table.data["unit"] == "count"]
    rates = table.data[table.data["unit"] == "per 10,000"]
    assert (len(counts), len(rates)) == (121, 121)
    assert np.isnan(rates["count"]).all()
    assert (rates["rate_upper"] - rates["rate_lower"] == 1).all()
    year = {"measure": "Count", "period": "2024/25"}
    with pytest.raises(
        pj.DataError, match=r"'E92000001 \| England .* is a total that holds line 202"
    ):
        table.sum("value", year)
    assert (
        table.leaves().sum("value", year)["value"]
        == counts[counts["period"] == "2024/25"][:-1]["count"].sum()
    )


@pytest.mark.parametrize("path", FORCE)
class TestUseOfForce:
    def test_every_table_with_its_title_and_header(self, path: Path) -> None:
        tables = pj.read_tables(path)
        assert [table.title.split(".")[0] for table in tables] == [
            f"Table {i}" for i in range(1, 16)
        ]
        assert [table.line for table in tables] == [6] + [4] * 14
        assert tables[1].headers[2:4] == (
            "Perceived age | Under 11 years",
            "Perceived age | 11 - 17 years",
        )
        assert tables[7].headers[-1] == "Total incidents per tactic"
        assert tables[9].row_labels()[1:3] == ["Yes | No", "Yes | Not reported"]
        assert [row.split("[")[1] for row in tables.passed_over["source"]] == [
            "Cover_sheet]",
            "Contents]",
        ]
        assert not any("unreadable" in table.cells["reason"] for table in tables)

    def test_a_mark_in_its_own_column_is_a_note(self, path: Path) -> None:
        table = pj.read_tables(path)[14]
        assert len(table.headers) == 13
        assert (table.cells["footnote"] == "revised").sum() == 58
        assert rows(table.cells[:1], "value", "footnote", "line", "column") == [
            (11303, "revised", 5, 3)
        ]

    def test_one_total_in_nine_tables(self, path: Path) -> None:
        for number, table in enumerate(pj.read_tables(path)[:9], 1):
            totals = table.totals()
            (row,) = totals[totals["label"] == "Restraint | Total Restraint"]
            assert (row["evidence"], row["parts"]) == ("adds up", 3)
            cells = table.cells[table.cells["line"] == row["place"]]
            assert cells["value"][-1] == 285_562
            if number == 1:
                continue
            (column,) = totals[totals["label"] == "Total incidents per tactic"]
            assert column["place"] == cells["column"][-1]
            # an incident has one age, sex, ethnicity and disability, but many reasons and places
            assert column["evidence"] == ("adds up" if number < 6 else "parts overlap")

    def test_incidents_with_several_tactics_are_not_added(self, path: Path) -> None:
        table = pj.read_tables(path)[0]
        (first, *_) = table.totals()
        assert rows(table.totals()[:1], "place", "difference", "evidence") == [
            (4, 313137 - 640839, "parts overlap")
        ]
        assert first["label"] == "Total number of incidents"
        for some in (table.leaves(), table.leaves().leaves()):
            with pytest.raises(pj.DataError, match="more than their total, line 4"):
                some.sum("Total")
        restraint = {"Type of force": "Restraint"}
        assert table.leaves().sum("Total", restraint)["value"] == 285_562
        with pytest.raises(pj.DataError, match="line 7 .'Restraint . Total Restraint'. is a total"):
            table.sum("Total", restraint)

    def test_forces_add_up(self, path: Path) -> None:
        tables = pj.read_tables(path)
        assert tables[11].leaves().sum("Total")["value"] == 313_137
        assert len(tables[11].leaves()) == 43
        for table in tables[12:15]:
            leaves = table.leaves()
            assert (
                leaves.sum("Fired")["value"]
                == table.cells[table.cells["column_label"] == "Fired"]["value"][0]
            )


# --- layouts ---

STACKED = """Table 1: children
Source: nobody

,Boys,,Girls,
Area,10-14,15-17,10-14,15-17
North,1,"2,000(4)",[c],4
South,5,6,7 [r],8

Notes
R is not used here
Table 2: more
Area,Number
North,3

Boys
North,2
Girls
North,1
"""


def test_stacked_tables_with_groups_and_sections() -> None:
    first, second = pj.read_tables(STACKED)
    assert (first.title, first.line, second.title, second.line) == (
        "Table 1: children",
        4,
        "Table 2: more",
        12,
    )
    assert first.headers == (
        "Area",
        "Boys | 10-14",
        "Boys | 15-17",
        "Girls | 10-14",
        "Girls | 15-17",
    )
    assert first.notes == ("Source: nobody", "Notes", "R is not used here")
    assert rows(
        first.cells[1:4], "row_label", "value", "reason", "footnote", "printed", "line", "column"
    ) == [
        ("North", 2000, "", "4", "2,000(4)", 6, 3),
        ("North", None, "suppressed", "", "[c]", 6, 4),
        ("North", 4, "", "", "4", 6, 5),
    ]
    assert second.row_labels() == ["North", "Boys | North", "Girls | North"]


def test_a_row_without_figures_is_a_row_and_no_heading() -> None:
    table = pj.read_table("Area,Number\nLeeds,4\nIsles of Scilly,\nYork,5\n")
    assert rows(table.cells, "row_label", "value", "reason") == [
        ("Leeds", 4, ""), ("Isles of Scilly", None, "blank"), ("York", 5, ""),
    ]  # fmt: skip
    assert len(pj.read_table("Area,Number\nLeeds,4\nIsles of Scilly,\n")) == 2
    assert np.isnan(table.sum("Number")["value"])
    assert table.sum("Number")["reason"] == "blank"


def test_years_are_a_header_and_years_down_the_side_are_labels() -> None:
    table = pj.read_table("Area,2019,2020,2021\nLeeds,4,5,6\n")
    assert table.headers == ("Area", "2019", "2020", "2021")
    table = pj.read_table("Year,Number\n2019,4\n2020,5\n")
    assert table.row_labels() == ["2019", "2020"]


def book(pages: dict[str, list[list[Any]]], merge: str = "") -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as made:
        for name, page in pages.items():
            sheet = made.add_worksheet(name)
            for i, row in enumerate(page):
                sheet.write_row(i, 0, row)
            if merge:
                sheet.merge_range(merge, page[int(merge[1]) - 1][1])
    return data.getvalue()


def test_a_merged_group_reaches_as_far_as_it_is_merged() -> None:
    page = [
        ["Table 1"],
        ["", "Boys", "", ""],
        ["Area", "10-14", "15-17", "Total"],
        ["Leeds", 1, 2, 9],
    ]
    (table,) = pj.read_tables(book({"Table 1": page}, merge="B2:C2"))
    assert table.headers == ("Area", "Boys | 10-14", "Boys | 15-17", "Total")


def test_contents_and_notes_are_passed_over_and_listed() -> None:
    pages = {
        "Contents": [["Table", "Title"], [1, "Children"]],
        "Notes": [["All figures are made up."]],
        "Method": [["What was done", "and why"]],
        "Table 1": [["Table 1"], ["Area", "Number", "", ""], ["Leeds", 4, "", ""]],
    }
    tables = pj.read_tables(book(pages))
    assert [table.sheet for table in tables] == ["Table 1"]
    assert tables[0].headers == ("Area", "Number")
    assert tables.passed_over["reason"].tolist() == ["a sheet of contents or notes"] * 2 + [
        "no figures"
    ]
    assert tables.passed_over["source"].tolist() == ["[Contents]", "[Notes]", "[Method]"]


def test_labels_are_filled_down_in_a_workbook_but_not_in_csv() -> None:
    page: list[list[Any]] = [
        ["Sex", "Age", "Number"],
        ["Boys", "10", 1],
        ["", "11", 2],
        [],
        ["", "12", 3],
    ]
    (table,) = pj.read_tables(book({"A": page}))
    assert table.row_labels() == ["Boys | 10", "Boys | 11", "12"]
    table = pj.read_table("Sex,Kind,Number\nBoys,a,1\n,b,2\n")
    assert table.row_labels() == ["Boys | a", "b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", ",;\t|")
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = "Area,Number\nYnys Môn,4\nLeeds,5\n".replace(",", delimiter)
    for data in (text.encode(encoding), gzip.compress(text.encode(encoding))):
        assert pj.read_table(data).row_labels() == ["Ynys Môn", "Leeds"]


# --- signs ---


def one(text: str, **options: Any) -> Any:
    return pj.read_table(f"Area,Number\nNorth,1\nSouth,{text}\n", **options).cells[1]


def test_a_sign_is_not_guessed() -> None:
    for text in ("-", "x", "c", "z", "*", "..", ":", "~", "n/a"):
        cell = one(text)
        assert rows(np.array([cell]), "value", "lower", "upper", "reason") == [
            (None, None, None, "ambiguous")
        ]
    assert one("qq")["reason"] == "unreadable"
    assert one("x", dialect="gss")["reason"] == "unreadable"  # it writes [x]


def test_one_sign_in_several_dialects() -> None:
    dash = {name: str(one("-", dialect=name)["reason"]) for name in ("eff", "lait", "moj")}
    assert dash == {"eff": "not collected", "lait": "missing", "moj": ""}
    assert one("-", dialect="moj")["value"] == 0
    x = one("x", dialect="dfe-older")
    assert (x["reason"], x["lower"], x["upper"]) == ("suppressed", 1, 5)
    assert one("x", dialect="dfe")["reason"] == "not available"
    assert one("[d}", dialect="ni")["reason"] == "suppressed"


def test_the_notes_of_a_table_explain_its_signs() -> None:
    text = (
        "Area,Number\nNorth,1\nSouth,x\nEast,5 q\n\nNotes\nx = suppressed\nq = Revised since June\n"
    )
    cells = pj.read_table(text).cells
    assert rows(cells, "value", "reason", "footnote") == [
        (1, "", ""),
        (None, "suppressed", ""),
        (5, "", "revised"),
    ]
    kept = with_legend(dialect("moj"), ["* = suppressed"])
    assert kept.alone["*"].reason == "unreliable"  # what the user named stands


def test_low_is_half_of_the_last_printed_digit() -> None:
    table = pj.read_table("Area,Number,Rate\nA,1,2.5\nB,[low],[low]\nC,3,4.25\n", dialect="gss")
    low = table.cells[table.cells["reason"] == "low"]
    assert rows(low, "lower", "upper") == [(0, 0.5), (0, 0.005)]


def test_rounding_is_only_what_the_user_says() -> None:
    text = "Area,Number\nNorth,15\nSouth,0\n"
    assert rows(pj.read_table(text).cells, "lower", "upper") == [(15, 15), (0, 0)]
    assert rows(pj.read_table(text, rounded_to=5).cells, "lower", "upper") == [
        (12.5, 17.5),
        (0, 2.5),
    ]


def test_the_common_dialect_agrees_with_all_that_it_reads() -> None:
    for sign, meaning in common().alone.items():
        used = [dialect(name).alone[sign] for name in pj.dialects() if sign in dialect(name).alone]
        if meaning.reason != CellReason.AMBIGUOUS:
            assert {known.key() for known in used} <= {meaning.key()}


def test_codes_are_those_of_the_engine_and_are_explained() -> None:
    assert list(CellReason) == list(_core.CELL_REASONS)
    for code in [*CellReason, *TableFlag, *Evidence]:
        assert not code or pj.explain(code)


def test_a_dialect_may_be_the_users_own(tmp_path: Path) -> None:
    own = {"alone": [{"text": ["ns"], "reason": "suppressed", "lower": 1, "upper": 4}]}
    path = tmp_path / "own.toml"
    path.write_text('alone = [{ text = ["ns"], reason = "suppressed", lower = 1, upper = 4 }]\n')
    for given in (own, path):
        assert one("ns", dialect=given)["upper"] == 4
    for bad in (
        {"alone": [{"text": ["q"]}]},
        {"alone": [{"text": ["q"], "reason": "odd"}]},
        "none",
        {"beside": {"odd": []}},
    ):
        with pytest.raises(pj.DataError):
            one("1", dialect=bad)


# --- roles ---


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


def test_a_number_that_is_not_there_says_why() -> None:
    data = pj.read_table("Area,Number,Rate per 1000\nNorth,[c],5.1\n").data
    assert rows(
        data, "count", "count_lower", "count_reason", "population_reason", "rate", "unit"
    ) == [(None, 0, "suppressed", "no column", 5.1, "per 1,000")]


def test_the_hook_of_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Area,Year,Number\nNorth,2019,1\n"
    assert np.isnat(pj.read_table(text).data["period_start"][0])
    year = (np.datetime64("2019-01-01"), np.datetime64("2019-12-31"))
    monkeypatch.setattr(table_roles, "PERIOD_BOUNDS", lambda said: year)
    assert pj.read_table(text).data[["period", "period_start", "period_end"]].tolist() == [
        ("2019", year[0].item(), year[1].item())
    ]


def test_pandas_in_one_call() -> None:
    known = pj.read_table("Area,Number\nNorth,1\n").to_pandas()
    assert known["count"].tolist() == [1]
    other = pj.read_table("Thing,Size\nNorth,1\n").to_pandas()
    assert other["value"].tolist() == [1]


# --- totals ---


def test_a_total_is_found_by_label_in_each_group() -> None:
    text = "Year,Sex,Age,Number\n" + "".join(
        f"{year},{sex},{age},{n}\n"
        for year in (2019, 2020)
        for sex, age, n in (
            ("All", "All", 10), ("Boys", "All", 7), ("Girls", "All", 3), ("All", "10-14", 4), ("All", "15-17", 6),
            ("Boys", "10-14", 3), ("Boys", "15-17", 4), ("Girls", "10-14", 1), ("Girls", "15-17", 2),
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
    assert rows(np.array([both]), "value", "lower", "upper", "reason") == [(None, 3, 8, "limit")]
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


# --- bad input ---


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", pj.ParseError, "nothing in it"),
        (b"\0\1\2\3" * 100, pj.ParseError, "expected a table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, pj.ParseError, "a PNG picture"),
        (b"PK\x03\x04" + b"\0" * 50, pj.ParseError, "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, pj.ParseError, "cannot be read"),
        (gzip.compress(b"Area,Number\nNorth,1\n")[:-9], pj.ParseError, "damaged"),
        (b'Area,Number\nNorth,"1\nSouth,2\n', pj.ParseError, "never closes"),
        (b'Area,Number\n"North"x,1\n', pj.ParseError, "behind a closing quote"),
        (b"Area,Number\n" + b"x" * 200_000 + b",1\n", pj.ParseError, "131,072"),
        (b"," * 1_000_000 + b"\n", pj.ParseError, "nothing in it"),
        (b"a" + b",1" * 1_000_000 + b"\n", pj.ParseError, "16,384"),
        (b"Dear all, thank you.\n\nWe met on Monday.\nYours, me\n", pj.DataError, "no table found"),
        (b"1,2\n3,4\n", pj.DataError, "without a header"),
        (b"Area,Number\nLA,Count\nNorth,1\n", pj.DataError, "lines 1 and 2 could each be the header"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        pj.read_tables(data)


def test_the_user_says_which_row_is_the_header() -> None:
    text = "Area,Number\nLA,Count\nNorth,1\n"
    assert pj.read_table(text, header=2).headers == ("LA", "Count")
    assert pj.read_table(text, header=(1, 2)).headers == ("Area | LA", "Number | Count")


def test_a_workbook_with_a_password() -> None:
    data = io.BytesIO()
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        '<manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )  # fmt: skip
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", b"\x01\x02")
    with pytest.raises(pj.ParseError, match="asks for a password"):
        pj.read_tables(data.getvalue())


def test_an_error_names_file_sheet_and_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book({"One": [["Area", "Number"], ["LA", "Count"], ["North", 1]]}))
    with pytest.raises(pj.DataError, match=r"a\.xlsx\[One\]: lines 1 and 2"):
        pj.read_tables(path)
    with pytest.raises(
        pj.DataError, match=r"expected one table, found 2:\n  <Table: 'Table 1: children'"
    ):
        pj.read_table(STACKED)
    path = tmp_path / "b.csv"
    path.write_text('Area,Number\nNorth,"1\n')
    with pytest.raises(pj.ParseError) as caught:
        pj.read_tables(path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_figures_below_a_table_that_have_no_header_are_listed() -> None:
    tables = pj.read_tables("Area,Number\nNorth,1\n\nTable 2: more\nSouth,2\nEast,3\n")
    assert rows(tables[0].cells, "row_label", "value") == [("North", 1)]
    assert rows(tables.passed_over, "line", "reason") == [
        (5, "figures without a header"),
        (6, "figures without a header"),
    ]
