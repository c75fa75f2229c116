"""Safe tables as text, in the marks of several publishers."""

import csv
from pathlib import Path

import numpy as np
import pytest

import pyjustice as pj

TABLE = [[12, 3, 20], [9, 14, 8]]


def test_marks_of_each_dialect(tmp_path: Path) -> None:
    safe = pj.suppress(TABLE, below=5, rows=["A", "B"], columns=["x", "y", "z"])
    gss = tmp_path / "gss.csv"
    said = pj.publish(safe, gss, corner="group", title="Children", source="a file of cases")
    assert gss.read_text("utf-8") == said
    assert said.splitlines() == [
        "Children",
        "[c]: a count of 1 to 4 is hidden so that no child is identified.",
        "[x]: further counts and totals are hidden so that no hidden one is revealed.",
        "Source: a file of cases",
        "",
        "group,x,y,z,Total",
        "A,[x],[c],20,35",
        "B,[x],[x],8,31",
        "Total,21,17,28,66",
    ]
    dfe = tmp_path / "dfe.csv"
    said = pj.publish(safe, dfe, dialect="dfe", corner="group")
    assert said.splitlines()[:2] == ["group,x,y,z,Total", "A,x,c,20,35"]
    assert (tmp_path / "dfe.notes.txt").read_text("utf-8").startswith("c: a count of 1 to 4")
    plain = pj.publish(safe, dialect="plain")
    assert "suppressed (secondary),suppressed,20,35" in plain


def test_no_bounds_are_written() -> None:
    said = pj.publish(pj.suppress(TABLE, below=5), dialect="dfe")
    cells = [cell for line in csv.reader(said.splitlines()[1:]) for cell in line[1:]]
    assert set(cells) == {"x", "c", "20", "35", "8", "31", "21", "17", "28", "66"}


def test_rows_with_what_is_missing_and_what_is_derived() -> None:
    rows = np.array(
        [("A, b", 3, 0.15, "x"), ("C", 9, np.nan, ""), ("D", 8, 0.125, "")],
        [("group", "U8"), ("count", "i8"), ("rate", "f8"), ("sentence", "U8")],
    )
    said = pj.publish(pj.suppress(rows, below=5, fields={"rate": "own"})).splitlines()
    assert (
        said[1] == "[x]: figures that were computed from hidden or unrounded counts are left out."
    )
    assert said[2] == "[z]: there is no figure or it does not apply."
    assert said[-4:] == [
        "group,count,rate,sentence,flag",
        '"A, b",[c],[x],[x],suppressed',
        "C,9,[z],[x],suppressed",
        "D,8,0.125,[x],suppressed",
    ]


def test_a_mark_that_does_not_occur_is_not_noted() -> None:
    rows = np.array([("z", 3, 0.5), ("C", 9, 0.1)], "U8, i8, f8")
    rows.dtype.names = ("group", "count", "rate")
    assert "no figure" not in pj.publish(pj.suppress(rows, below=5), dialect="gss")


def test_rounding_is_noted() -> None:
    said = pj.publish(pj.suppress([[25, 35], [15, 45]], below=5, round_to=10))
    assert "each rounded to a multiple of 10" in said


def test_what_was_not_suppressed_is_refused() -> None:
    with pytest.raises(pj.DataError, match="expected the result of suppress"):
        pj.publish(TABLE)
    with pytest.raises(pj.DataError, match="1 count has to be hidden first"):
        pj.publish(TABLE, below=5)
    assert "12,6,20" in pj.publish([[12, 6, 20], [9, 14, 8]], below=5)
    with pytest.raises(pj.DataError, match="dialect: expected one of 'gss', 'dfe', 'plain'"):
        pj.publish([30, 40], below=5, dialect="xls")


def test_a_safe_table_cannot_be_written_over() -> None:
    safe = pj.suppress(TABLE, below=5)
    with pytest.raises(ValueError, match="read-only"):
        safe.table[0, 1] = 3


def test_computed_figures_have_few_digits_and_counts_all_of_theirs() -> None:
    rows = pj.disparity([3_000, 12_345], [20_000.0, 91_000], ["Black", "White"],
                        reference="White", kind="rate", per=1000)  # fmt: skip
    safe = pj.suppress(rows, below=5)

    def cells(**options: object) -> dict[str, str]:
        said = pj.publish(safe, **options).splitlines()  # type: ignore[arg-type]
        head = next(i for i, line in enumerate(said) if line.startswith("group,"))
        return dict(zip(said[head].split(","), said[head + 1].split(","), strict=True))

    short, more, full = cells(), cells(digits=5), cells(digits=None)
    assert (short["ratio"], more["ratio"], full["ratio"]) == ("1.11", "1.1057", "1.10571081409478")
    assert (short["rate"], short["rate_lower"], short["odds_ratio"]) == ("150", "145", "[z]")
    for name in ("events", "base", "reference_events", "per", "level", "family"):
        assert short[name] == full[name]
    assert (short["events"], short["level"], short["reference_events"]) == ("3000", "0.95", "12345")
    assert "Computed figures are rounded to 3 digits." in pj.publish(safe)
    assert "Computed" not in pj.publish(safe, digits=None)
    assert "Computed" not in pj.publish(pj.suppress(TABLE, below=5))
    for digits in (0, 16, 2.5, "3"):
        with pytest.raises(pj.DataError, match="digits: expected 1 to 15"):
            pj.publish(safe, digits=digits)  # type: ignore[arg-type]


def test_whole_digits_are_never_cut() -> None:
    kind = [("name", "U4"), ("count", "i8"), ("value", "f8")]
    values = [1234.5678, 0.00012345, -14.2857, 1e-9 / 3, 0.0, np.inf, 100000.4]
    rows = np.array([(f"r{i}", 9, value) for i, value in enumerate(values)], kind)
    said = [line.split(",")[2] for line in pj.publish(pj.suppress(rows, below=5)).splitlines()[3:]]
    assert said == ["1235", "0.000123", "-14.3", "3.33e-10", "0", "inf", "100000"]
