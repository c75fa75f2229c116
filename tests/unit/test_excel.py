"""The workbook: types, names of sheets, nothing live, nothing small, the same bytes again."""

import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

import pyjustice as pj

DEMO = Path(__file__).resolve().parents[2] / "pyjustice" / "data" / "demo"
FORMULA = "=cmd|'/C calc'!A0"
SMALL = {"2.1/1": (18, 21), "2.1/2": (13, 21)}


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "board.xlsx"


def test_numbers_are_numbers_and_dates_are_dates(path: Path) -> None:
    rows = pj.change([48, 20], [32, 36], names=["Ayton", "Beeton"])
    history = pj.history(service="Wakefield")
    pj.to_excel({"Change": rows, "So far": history}, path)
    found = sheets(path)
    assert list(found) == ["Contents", "Change", "So far", "Notes"]
    head, first, _ = found["Change"]
    assert head[:3] == ["Name", "Before", "After"]
    at = dict(zip(head, first, strict=True))
    assert (at["Name"], at["Before"]) == ("Ayton", 48)
    assert at["Ratio"] == rows["ratio"][0]
    assert at["Population before"] == ""
    at = dict(zip(found["So far"][0], found["So far"][2], strict=True))
    assert at["Published"] == history["published"][1].item()
    assert isinstance(at["Published"], date)
    scores = [row[found["So far"][0].index("Score")] for row in found["So far"][1:]]
    assert scores == [value if value >= 0 else "" for value in history["score"].tolist()]


def test_dates_are_shown_as_far_as_they_are_known(path: Path) -> None:
    rows = pj.history(service="Wakefield")
    pj.to_excel({"So far": rows}, path)
    inside = parts(path)
    forms = dict(re.findall(r'numFmtId="(\d+)" formatCode="([^"]*)"', inside["xl/styles.xml"]))
    cells = re.findall(r'<xf numFmtId="(\d+)"', inside["xl/styles.xml"].partition("<cellXfs")[2])
    column = "ABCDEFGH"[list(rows.dtype.names or ()).index("published")]
    styles = re.findall(rf'<c r="{column}\d+" s="(\d+)"><v>', inside["xl/worksheets/sheet2.xml"])
    shown = [forms[cells[int(style)]] for style in styles]
    known = rows["published_precision"][~np.isnat(rows["published"])]
    assert shown == [["yyyy", "yyyy", "mmmm yyyy", "yyyy-mm-dd"][i] for i in known]
    assert len(set(shown)) > 1


def test_sheets_can_be_used(path: Path) -> None:
    pj.to_excel({"Change": pj.change([48, 20], [32, 36], names=["Ayton", "Beeton"])}, path)
    sheet = parts(path)["xl/worksheets/sheet2.xml"]
    assert 'state="frozen"' in sheet
    assert re.search(r'<autoFilter ref="A1:V3"/>', sheet)
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert 'max="22"' in sheet
    assert 9 <= min(widths) < max(widths) <= 61


def test_contents_lead_to_every_sheet_and_say_what_was_done(path: Path) -> None:
    reports = pj.read_reports(DEMO)
    pj.to_excel(reports, path, title="Our region", sources=["A source"], made=date(2026, 1, 31))
    found = sheets(path)
    contents = found.pop("Contents")
    assert [row[0] for row in contents[:3]] == ["Our region", "Made on 2026-01-31", "A source"]
    listed = [row[0] for row in contents[contents.index(["Sheet", "What it holds"]) + 1 :]]
    assert [*listed, "Notes"] == list(found)
    assert listed == ["Ratings", "Check", "Recommendations", "Inspections so far"]
    assert all(len(name) <= 31 for name in listed)
    links = re.findall('location="([^"]*)"', parts(path)["xl/worksheets/sheet1.xml"])
    assert links == [f"'{name}'!A1" for name in listed]
    head, *rows = found["Ratings"]
    (row,) = [row for row in rows if row[:2] == ["Lambeth, 2025", "2.1"]]
    at = dict(zip(head, row, strict=True))
    shown = [at[name] for name in ("Word", "Yes", "Cases", "Answers to rise", "Line")]
    assert shown == ["Good", 13, 19, 3, 16]


def test_text_is_never_a_formula_or_a_link(path: Path) -> None:
    names = [FORMULA, "https://example.org/x", "+1+1", "12", "a\x07b"]
    rows = pj.change([48] * 5, [32] * 5, names=names)
    pj.to_excel({FORMULA: rows}, path, title=FORMULA, sources=[FORMULA])
    inside = parts(path)
    worksheets = {name: text for name, text in inside.items() if "worksheets/sheet" in name}
    assert not any("<f>" in text for text in worksheets.values())
    assert not any('TargetMode="External"' in text for text in inside.values())
    (name,) = [name for name in sheets(path) if name.startswith("=")]
    assert [row[0] for row in sheets(path)[name][1:]] == [*names[:4], "a b".replace(" ", "\ufffd")]


def test_names_of_sheets_are_such_as_excel_takes(path: Path) -> None:
    rows = pj.change([48], [32], names=["Ayton"])
    titles = ["a/b[c]:*?", "A B C", "'quoted'", "History", "Contents", "", "x" * 40, "x" * 41]
    pj.to_excel(dict.fromkeys(titles, rows), path)
    found = list(sheets(path))[1:-1]
    assert found == [
        "a b c", "A B C 2", "quoted", "History 2", "Contents 2", "Table", "x" * 31,
        "x" * 29 + " 2",
    ]  # fmt: skip


def test_small_counts_and_what_reveals_them_are_marks(path: Path) -> None:
    rows = pj.rates([3, 40], [1000, 2000], per=1000, names=["Ayton", "Beeton"])
    rated = pj.rate_cases(SMALL, "iyjwcv-2025")
    pj.to_excel({"Rates": rows, "Mock inspection": rated}, path)
    found = sheets(path)
    at = dict(zip(*found["Rates"][:2], strict=True))
    assert [at[name] for name in ("Count", "Value", "Lower", "Upper")] == [
        "[c]",
        "[x]",
        "[x]",
        "[x]",
    ]
    at = dict(zip(*found["Ratings"][:2], strict=True))
    assert [at[name] for name in ("Word", "Yes", "Cases", "Percent")] == [
        "Requires improvement", "[c]", "[c]", "[c]",
    ]  # fmt: skip
    assert any("figures of that part are left out" in row[1] for row in found["Notes"])
    pj.to_excel({"Rates": rows}, path, below=None)
    assert sheets(path)["Rates"][1][2] == 3
    assert any("NOT hidden" in str(row[0]) for row in sheets(path)["Contents"])


def test_same_input_gives_same_bytes(tmp_path: Path) -> None:
    rows = pj.change([48, 20], [32, 36], names=["Ayton", "Beeton"])
    for name in ("one.xlsx", "two.xlsx"):
        pj.to_excel({"Change": rows}, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_limits_without_end_and_no_rows_are_written(path: Path) -> None:
    rows = np.array([("Ayton", np.inf, True)], [("name", "U8"), ("upper", "f8"), ("in_use", "?")])
    pj.to_excel({"Own": rows, "None": rows[:0]}, path, below=None)
    assert sheets(path)["Own"][1] == ["Ayton", "no limit", True]
    assert sheets(path)["None"] == [["Name", "Upper", "In use"]]


def test_without_the_extra_it_says_which(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(pj.DataError, match=r"pip install 'pyjustice\[excel\]'"):
        pj.to_excel({"Rates": pj.rates([30], [100], per=100)}, path)
    assert not path.exists()
