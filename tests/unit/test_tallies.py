"""Counts of files that are scanned, which are those of the same cases read."""

import gzip
from pathlib import Path
from typing import Any

import pytest

import pyjustice as pj
from pyjustice.ground.sample_cases import sample_cases
from pyjustice.readers.tallies import Tally, tally_cases, tally_files

FRAMEWORK = pj.framework("iyjs-2025")
BYS: list[tuple[str, ...]] = [
    (), ("service",), ("disposal",), ("started.year",), ("started.month",), ("age",),
    ("service", "started.financial_year", "sex"), ("started.quarter", "ethnicity"), ("started",),
]  # fmt: skip


def same(one: Tally, other: Tally) -> None:
    assert one.keys == other.keys
    assert one.counts.dtype == other.counts.dtype
    assert one.counts.tolist() == other.counts.tolist()
    assert one.rows == other.rows


@pytest.mark.parametrize("messy", [False, True])
@pytest.mark.parametrize("form", ["wide", "long"])
def test_a_path_is_counted_as_its_cases_are(form: Any, messy: bool, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    sample_cases(path, cases=300, framework=FRAMEWORK, seed=4, form=form, messy=messy)
    cases = pj.read_cases(path, framework=FRAMEWORK)
    for by in BYS:
        if form == "long" and {"age", "ethnicity", "sex"} & set(by):
            with pytest.raises(pj.DataError, match="has no column"):
                tally_files([path], FRAMEWORK, by=by)
            continue
        found = tally_files([path], FRAMEWORK, by=by)
        same(found, tally_cases(cases, by=by))
        assert sum(found.rows.values()) == 300
        total = sum(found.counts[name].sum() for name in
                    ("cases", "not_applicable", "dont_know", "blank"))  # fmt: skip
        assert total == 300 * len(set(zip(found.counts["standard"], found.counts["number"],
                                          strict=True)))  # fmt: skip


def test_files_are_put_together_whatever_the_order_of_their_columns(tmp_path: Path) -> None:
    one = "case,service,2.1.1,2.1.2\n1,Ash,yes,no\n2,Oak,no,n/a\n"
    two = b"2.1.2;YOT;Ref\nyes; Ash ;3\nmaybe;Ash;4\n;;5\n"
    three = "case,service,question,answer\n6,Oak,2.2.1,don't know\n6,Oak,2.1.1,yes\n"
    packed = tmp_path / "two.csv.gz"
    packed.write_bytes(gzip.compress(two))
    found = tally_files([one, packed, three], FRAMEWORK, errors="collect")
    rows = {
        (str(row["service"]), f"{row['standard']}/{row['number']}"): tuple(row.tolist()[3:])
        for row in found.counts
    }
    assert rows["Ash", "2.1/1"] == (1, 1, 0, 0, 0)
    assert rows["Ash", "2.1/2"] == (1, 2, 0, 0, 0)
    assert rows["Oak", "2.1/1"] == (1, 2, 0, 0, 0)
    assert rows["Oak", "2.1/2"] == (0, 0, 1, 0, 0)  # not asked in the third
    assert rows["Oak", "2.2/1"] == (0, 0, 0, 1, 0)
    assert rows["", "2.1/2"] == (0, 0, 0, 0, 1)
    assert found.rows == {("",): 1, ("Ash",): 2, ("Oak",): 2}
    assert (found.refused.rows, found.refused.count) == (7, 1)
    assert found.refused.as_array()[["source", "line", "column"]].tolist() == [(str(packed), 3, 1)]
    with pytest.raises(pj.ParseError) as caught:
        tally_files([one, packed, three], FRAMEWORK)
    assert (caught.value.path, caught.value.line) == (str(packed), 3)
    rated = pj.rate_cases([one, packed, three], FRAMEWORK, errors="collect")
    assert rated.counts.tolist() == found.counts.tolist()
    assert (rated.rows, rated.rows_refused) == (7, 1)


def test_a_file_and_its_halves_count_alike(tmp_path: Path) -> None:
    text = sample_cases(cases=200, framework=FRAMEWORK, seed=9)
    header, *lines = text.splitlines(keepends=True)
    halves = [header + b"".join(lines[:77]), header + b"".join(lines[77:])]
    same(tally_files([text], FRAMEWORK), tally_files(halves, FRAMEWORK))


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (("shoe",), "no column 'shoe'; there are case, service"),
        (("2.1.1",), "'2.1.1' is a key question, which is what is counted"),
        (("2.1/1",), "is a key question"),
        (("service", "service"), "names one thing twice"),
        (("started.week",), "no column 'started.week'"),
    ],
)
def test_groups_that_cannot_be_meant(by: tuple[str, ...], says: str, tmp_path: Path) -> None:
    text = "case,service,started,2.1.1\n1,Ash,01/02/2024,yes\n"
    path = tmp_path / "cases.csv"  # an open file would be told as a warning, which is an error
    path.write_text(text, "utf-8")
    cases = pj.read_cases(text, framework=FRAMEWORK)
    for count in (
        lambda: tally_files([path], FRAMEWORK, by=by),
        lambda: tally_cases(cases, by=by),
    ):
        with pytest.raises(pj.DataError, match=says):
            count()


def test_a_group_whose_name_is_too_long_is_not_cut() -> None:
    text = f"case,service,2.1.1\n1,{'x' * 97},yes\n"
    with pytest.raises(pj.DataError, match="longer than 96"):
        tally_files([text], FRAMEWORK)


@pytest.mark.parametrize("form", ["wide", "long"])
def test_groups_by_a_date_that_is_none(form: str) -> None:
    text = "case,started,2.1.1\n1,01/02/2024,yes\n2,spring,no\n3,,no\n4,spring,no\n"
    if form == "long":
        text = "case,started,question,answer\n1,01/02/2024,2.1.1,yes\n2,spring,2.1.1,no\n"
    for by in ("started.year", "started"):
        with pytest.raises(pj.ParseError, match="no date where one is wanted") as caught:
            pj.rate_cases(text, FRAMEWORK, by=by)
        assert caught.value.field == "started"
        assert "spring" not in str(caught.value)
        rated = pj.rate_cases(text, FRAMEWORK, by=by, errors="collect")
        cases = pj.read_cases(text, framework=FRAMEWORK, errors="collect")
        assert rated.counts.tolist() == pj.rate_cases(cases, by=by).counts.tolist()


def test_memory_does_not_grow_with_the_file() -> None:
    import tracemalloc

    row = b"1,Ash,yes\n" * 100_000
    peaks = []
    for times in (4, 40):

        class Long:
            left = times
            head = b"case,service,2.1.1\n"

            def read(self, size: int = -1) -> bytes:
                if not size:
                    return b""
                if self.head:
                    part, self.head = self.head, b""
                    return part
                self.left -= 1
                return row if self.left >= 0 else b""

        tracemalloc.start()
        found = tally_files([Long()], FRAMEWORK)  # type: ignore[list-item]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found.rows == {("Ash",): 100_000 * times}
    assert peaks[1] < 1.2 * peaks[0] + (1 << 20)
