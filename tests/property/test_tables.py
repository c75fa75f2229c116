"""Tables laid out at random: every title, header, label, figure, reason and note comes back."""

import csv
import io
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

import pyjustice as pj
from pyjustice import _core
from pyjustice.ground.dialects import dialect
from tests.tools.tablemaker import (
    MadeSheet,
    MadeTable,
    MadeWide,
    make_cell,
    make_sheet,
    make_wide,
    packed,
)

SEEDS = 60
WIDE_SEEDS = 120


def agrees(found: pj.Table, made: MadeTable, *, stored: bool = False) -> None:
    """Compare a table with what was laid out; numbers of a workbook are stored, not printed."""
    assert found.title == made.title
    assert list(found.headers) == made.headers
    assert list(found.notes) == made.notes
    assert found.labels("Area").tolist() == made.labels
    cells = found.cells.reshape(len(made.labels), -1)
    for row, truth in zip(cells, made.cells, strict=True):
        for cell, want in zip(row, truth, strict=True):
            same = [
                np.array_equal(cell[name], getattr(want, name), equal_nan=True)
                for name in ("value", "lower", "upper")
            ]
            assert all(same), (cell, want)
            assert (str(cell["reason"]), str(cell["footnote"])) == (want.reason, want.note)
            assert stored or cell["printed"] == want.printed


@pytest.mark.parametrize("signs", pj.dialects())
def test_every_value_of_delimited_text_comes_back(signs: str) -> None:
    for seed in range(SEEDS):
        sheet = make_sheet(seed, signs)
        tables = pj.read_tables(packed(sheet, random.Random(seed)), dialect=signs)
        assert len(tables) == len(sheet.tables), seed
        for found, made in zip(tables, sheet.tables, strict=True):
            agrees(found, made)


@pytest.mark.parametrize("signs", pj.dialects())
def test_without_a_dialect_nothing_is_guessed(signs: str) -> None:
    """Each cell says what its publisher means, or that this is not known: never anything else."""
    unsure = 0
    for seed in range(0, SEEDS, 3):
        sheet = make_sheet(seed, signs)
        for found, made in zip(pj.read_tables(sheet.csv()), sheet.tables, strict=True):
            cells = found.cells.reshape(len(made.labels), -1)
            for row, truth in zip(cells, made.cells, strict=True):
                for cell, want in zip(row, truth, strict=True):
                    if cell["reason"] in ("ambiguous", "unreadable"):
                        unsure += 1
                        assert np.isnan([cell["value"], cell["lower"], cell["upper"]]).all()
                        continue
                    assert np.array_equal(cell["value"], want.value, equal_nan=True), (cell, want)
                    assert cell["reason"] == want.reason, (cell, want)
                    assert not cell["lower"] > want.lower, (cell, want)
                    assert not cell["upper"] < want.upper, (cell, want)
    assert unsure > 0 or signs in ("gss", "ho")  # brackets alone are sure


def nested(rng: random.Random) -> tuple[str, int, int]:
    """Kinds with parts, some with parts of their own; the text, the number in all, the leaves."""
    rows, in_all, leaves = [], 0, 0
    for kind in range(rng.randint(2, 5)):
        total, own = 0, []
        for part in range(rng.randint(2, 5)):
            counts = [rng.randint(1, 5000) for _ in range(rng.choice((1, 2, 3)))]
            total += sum(counts)
            leaves += len(counts)
            if len(counts) == 1:
                own.append((f"part {part}", counts[0]))
                continue
            own.append((f"part {part}, of which", sum(counts)))
            own += [(f"piece {part} {i}", count) for i, count in enumerate(counts)]
        in_all += total
        rows += [(f"kind {kind}", f"Total kind {kind}", total)]
        rows += [(f"kind {kind}", name, count) for name, count in own]
    rows.insert(rng.choice((0, len(rows))), ("All kinds", "Total", in_all))
    text = io.StringIO()
    csv.writer(text).writerows([("Kind", "Part", "Number"), *rows])
    return text.getvalue(), in_all, leaves


def test_leaves_of_nested_totals_add_up_to_the_whole() -> None:
    for seed in range(150):
        text, in_all, leaves = nested(random.Random(seed))
        table = pj.read_table(text)
        assert set(table.totals()["evidence"]) == {"adds up"}, seed
        assert len(table.leaves()) == leaves, seed
        assert table.leaves().sum("Number")["value"] == in_all
        with pytest.raises(pj.DataError, match="is a total that holds"):
            table.sum("Number")


def workbook(sheets: dict[str, MadeSheet], *, numbers: bool) -> bytes:
    """The sheets as xlsx; bare whole numbers as numbers, if wanted."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        for name, sheet in sheets.items():
            page = book.add_worksheet(name)
            for i, row in enumerate(sheet.rows):
                for j, text in enumerate(row):
                    if numbers and text.isdecimal() and i > 2:
                        page.write_number(i, j, int(text))
                    elif text:
                        page.write_string(i, j, text)
            if name.endswith("2"):
                page.hide()
    return data.getvalue()


@pytest.mark.parametrize("numbers", [False, True])
def test_every_value_of_a_workbook_comes_back(numbers: bool) -> None:
    for seed in range(0, SEEDS, 2):
        sheets = {f"Table_{i}": make_sheet(seed + i, "gss") for i in (1, 2)}
        tables = pj.read_tables(workbook(sheets, numbers=numbers), dialect="gss")
        made = [table for sheet in sheets.values() for table in sheet.tables]
        assert len(tables) == len(made), seed
        assert {table.sheet for table in tables if table.hidden} == {"Table_2"}
        for found, want in zip(tables, made, strict=True):
            agrees(found, want, stored=True)


APART = ("line", "column", "footnote")  # fields that say where a figure stands


def merged_book(made: MadeWide) -> bytes:
    """The wide sheet as xlsx, with its headings merged."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet("Table 1")
        for i, row in enumerate(made.rows):
            for j, text in enumerate(row):
                if text:
                    page.write_string(i, j, text)
        for row, first, last in made.merged:
            page.merge_range(row, first, row, last, made.rows[row][first])
    return data.getvalue()


@pytest.mark.parametrize("merged", [False, True])
def test_wide_and_long_tables_of_the_same_figures_are_the_same_data(merged: bool) -> None:
    for seed in range(WIDE_SEEDS):
        made = make_wide(seed)
        source = merged_book(made) if merged else made.csv(made.rows)
        wide = pj.read_table(source, dialect="gss")
        assert wide.is_wide, seed
        long = pj.read_table(made.csv(made.long), dialect="gss", roles=made.roles)
        assert len(wide.data) == len(long.data), seed
        for name in wide.data.dtype.names:
            if name not in APART:
                same = [wide.data[name].tolist(), long.data[name].tolist()]
                assert repr(same[0]) == repr(same[1]), (seed, name)
        for row, mark in zip(wide.data, made.marks, strict=True):
            assert (mark in row["footnote"]) or not mark, seed
            printed = made.rows[row["line"] - 1][row["column"] - 1]
            cells = wide.cells[(wide.cells["line"] == row["line"])]
            assert printed in cells["printed"][cells["column"] == row["column"]], seed


def test_leaves_of_wide_and_long_tables_are_the_same() -> None:
    some = 0
    for seed in range(WIDE_SEEDS):
        made = make_wide(seed)
        wide = pj.read_table(made.csv(made.rows), dialect="gss")
        long = pj.read_table(made.csv(made.long), dialect="gss", roles=made.roles)
        leaves = wide.leaves().data
        assert repr(leaves.tolist()) == repr(wide.long().leaves().data.tolist()), seed
        kept = long.leaves().data
        for name in ("area", "period", "groups", "count", "rate"):
            assert repr(leaves[name].tolist()) == repr(kept[name].tolist()), (seed, name)
        some += len(leaves) < len(wide.data)
    assert some > WIDE_SEEDS / 4


def test_no_cell_of_a_sheet_is_lost() -> None:
    for seed in range(SEEDS):
        sheet = make_sheet(seed, "moj")
        tables = pj.read_tables(sheet.csv(), dialect="moj")
        laid = sum(bool(text) for row in sheet.rows for text in row)
        kept = 0
        for table in tables:
            kept += 1 + len(table.notes) + (table.cells["reason"] != "blank").sum()
            kept += sum(bool(label) for label in table.row_labels())
            # a group's name stands once and names several columns
            groups = {name.split(" | ")[0] for name in table.headers if " | " in name}
            kept += len(table.headers) + len(groups)
        assert kept == laid, seed


def read(text: str, signs: str = "gss") -> Any:
    figures = _core.read_figures(dialect(signs).markers(), text.encode() + b"\0")
    return figures[0]


@given(st.integers(0, 2**53))
def test_whole_numbers_come_back_exactly(value: int) -> None:
    for text in (str(value), f"{value:,}", f"{value:,}".replace(",", " ")):
        row = read(text)
        assert row["value"] == row["lower"] == row["upper"] == value


@given(st.integers(0, 10**15 - 1), st.integers(1, 12))
def test_decimals_come_back_as_python_reads_them(digits: int, places: int) -> None:
    text = str(digits).rjust(places + 1, "0")
    text = f"{text[:-places]}.{text[-places:]}"
    row = read(text)
    half = Fraction(1, 2 * 10**places)
    assert row["value"] == float(text)
    assert row["lower"] == float(Fraction(text) - half)
    assert row["upper"] == float(Fraction(text) + half)


@given(st.floats(min_value=1e-9, max_value=1e15))
def test_a_double_written_out_comes_back(value: float) -> None:
    assert read(repr(value))["value"] == value


@given(st.text(max_size=80))
def test_any_text_is_a_figure_or_has_a_reason(text: str) -> None:
    row = read(text.replace("\0", ""))
    assert (_core.CELL_REASONS[row["reason"]] == "") == bool(np.isfinite(row["value"]))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        tables = pj.read_tables(data)
    except (pj.ParseError, pj.DataError):
        return
    for table in tables:
        assert len(table.cells) % max(len(table), 1) == 0
        assert ((table.cells["reason"] == "") == np.isfinite(table.cells["value"])).all()
        table.totals()


def test_a_cell_of_any_dialect_reads_the_same_alone_and_in_a_column() -> None:
    rng = random.Random(5)
    for name in pj.dialects():
        signs = dialect(name)
        cells = [make_cell(rng, signs) for _ in range(300)]
        packed_cells = "".join(f"{cell.printed}\0" for cell in cells).encode()
        column = _core.read_figures(signs.markers(), packed_cells)
        for row, cell in zip(column, cells, strict=True):
            assert np.array_equal(row["value"], cell.value, equal_nan=True), cell
            assert _core.CELL_REASONS[row["reason"]] == cell.reason


def test_quoting_does_not_matter() -> None:
    sheet = make_sheet(3, "gss")
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(sheet.rows)
    for found, made in zip(
        pj.read_tables(text.getvalue(), dialect="gss"), sheet.tables, strict=True
    ):
        agrees(found, made)
