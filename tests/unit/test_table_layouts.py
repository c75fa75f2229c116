"""Layouts of tables: headers, groups, sections, notes, workbooks, encodings."""

import gzip
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from tests.tools.small_tables import book, rows

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


def test_a_heading_between_header_and_figures_is_a_section() -> None:
    table = pj.read_table("Area,Number\nBoys\nNorth,2\nSouth,3\nGirls\n\nNorth,1\nSouth,1\n")
    assert (table.line, table.title) == (1, "")
    labels = ["Boys | North", "Boys | South", "Girls | North", "Girls | South"]
    assert table.row_labels() == labels
    below = "Area,Number\nKent,9\n\nTable 2\nArea,Number\nBoys\nNorth,2\n"
    assert pj.read_tables(below)[1].row_labels() == ["Boys | North"]


def test_rows_of_text_above_the_first_figure_are_rows() -> None:
    text = "Area,Kind,Number\nLeeds,old,none yet\nYork,old,none yet\n"
    text += "Bath,new,4\nHull,new,5\nEly,new,6\n"
    table = pj.read_table(text)
    assert table.headers == ("Area", "Kind", "Number")
    assert table.cells["reason"].tolist() == ["unreadable", "unreadable", "", "", ""]


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
