"""Files of cases in every form they come in, and files that are none: places told, no shift."""

import csv
import gzip
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.readers import case_files
from tests.tools.native import ROOT

FRAMEWORK = "iyjs-2025"
HEADER = "case,service,started,2.1.1,2.1.2,note\n"
TEXT = HEADER + (
    'a,Ash,18/02/2025,Yes,No,"one, two"\n'
    'b,Öst,,n/a,Don\'t know,"said ""no"""\n'
    'c,Ash,01/03/2025,no,,"two\nlines"\n'
)
ROWS = list(csv.reader(io.StringIO(TEXT)))


def read(source: Any, **options: Any) -> pj.Cases:
    return pj.read_cases(source, framework=FRAMEWORK, **options)


def rows_of(cases: pj.Cases) -> list[Any]:
    return cases.to_structured().tolist()


EXPECTED = rows_of(read(TEXT))
assert len(EXPECTED) == 3


def written(**dialect: Any) -> str:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(ROWS)
    return out.getvalue()


# --- forms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_any_delimiter_quoting_and_line_end(delimiter: str, ends: str, quoting: Any) -> None:
    # Python's writer quotes a line end only if it is one of its own.
    text = written(delimiter=delimiter, quoting=quoting).replace("\r\n", ends)
    assert rows_of(read(text)) == EXPECTED
    assert rows_of(read(text.rstrip(ends))) == EXPECTED


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("packed", [False, True])
def test_any_encoding(encoding: str, packed: bool) -> None:
    data = TEXT.encode(encoding)
    if encoding == "utf-16":
        assert rows_of(read(b"\xfe\xff" + TEXT.encode("utf-16-be"))) == EXPECTED
    assert rows_of(read(gzip.compress(data) if packed else data)) == EXPECTED


def test_a_file_of_two_encodings() -> None:
    first, *rest = TEXT.splitlines(keepends=True)
    data = (first + rest[0]).encode() + "".join(rest[1:]).encode("cp1252")
    assert rows_of(read(data)) == EXPECTED


class Drip(io.RawIOBase):
    """Gives a few bytes at a time, as a pipe does."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size = data, size

    def readable(self) -> bool:
        return True

    def readinto(self, space: Any) -> int:
        part, self.data = self.data[: self.size], self.data[self.size :]
        part, back = part[: len(space)], part[len(space) :]
        self.data = back + self.data
        space[: len(part)] = part
        return len(part)


class OnlyRead:
    """The least that a file object may be."""

    def __init__(self, data: bytes | str) -> None:
        self.stream: Any = io.StringIO(data) if isinstance(data, str) else io.BytesIO(data)

    def read(self, size: int = -1) -> bytes | str:
        return self.stream.read(min(size, 7) if size > 0 else size)


def test_paths_content_and_file_objects(tmp_path: Path) -> None:
    data = TEXT.encode()
    path = tmp_path / "cases.csv"
    path.write_bytes(data)
    packed = tmp_path / "cases.csv.gz"
    packed.write_bytes(gzip.compress(data))
    calls: list[tuple[int, int]] = []
    sources = [path, str(path), packed, data, bytearray(data), memoryview(data), io.BytesIO(data),
               io.StringIO(TEXT), Drip(data, 5), OnlyRead(data), OnlyRead(TEXT)]  # fmt: skip
    for source in sources:
        cases = read(source, progress=lambda *call: calls.append(call))
        assert rows_of(cases) == EXPECTED
    assert (len(data), len(data)) in calls
    assert read(path).source == str(path)
    with path.open("rb") as file:
        assert read(file).source == str(path)
        assert not file.closed
    with pytest.raises(TypeError, match="expected a path"):
        read(3)


def test_what_is_no_path() -> None:
    for name in ("no such.csv", "x" * 5000, "a\0b"):
        with pytest.raises(FileNotFoundError):
            read(name)
    with pytest.raises(IsADirectoryError):
        read(Path(__file__).parent)


def test_titles_above_the_header_are_passed_over() -> None:
    cases = read("Audit 2025;;\n\n;;\n" + written(delimiter=";").replace("\r\n", "\n"))
    assert rows_of(cases) == EXPECTED
    assert cases.lines.tolist() == [5, 6, 7]


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell)
    return out.getvalue()


def test_a_workbook() -> None:
    from datetime import date

    day = date(2025, 2, 18)
    rows: list[list[Any]] = [
        ["Audit"],
        ["case", "service", "started", "age", "2.1.1", "2.1.2", "note"],
        ["a", "Ash", day, 15, "Yes", True, 'one, "two"'],
        ["b", "Oak", None, 16, 1, "n/a", "two\nlines"],
        [],
        ["c", "Oak", day, 16, "perhaps", "n/a", ""],
    ]
    data = workbook({"Notes": [["nothing"]], "Cases": rows})
    cases = read(data, errors="collect")
    assert cases["2.1/1"].tolist() == [1, 1]
    assert cases["2.1/2"].tolist() == [1, -1]
    assert cases.labels("started").tolist() == ["2025-02-18", ""]
    assert cases["age"].tolist() == [15, 16]
    assert cases.labels("note").tolist() == ['one, "two"', "two lines"]
    assert cases.lines.tolist() == [3, 4]
    assert cases.refused[["line", "column"]].tolist() == [(6, 5)]


def test_a_sheet_of_open_document() -> None:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )

    def cell(text: str) -> str:
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{text}</text:p></table:table-cell>"
        )

    lines = [["case", "2.1.1"], ["a", "yes"], ["b", "no"]]
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in lines)
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", kind)
        book.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest="
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        book.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="A">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    cases = read(out.getvalue())
    assert cases.labels("case").tolist() == ["a", "b"]
    assert cases["2.1/1"].tolist() == [1, 0]


# --- hostile --------------------------------------------------------------------------------------

GOOD = workbook({"Cases": [["case", "2.1.1"], ["a", "yes"]]})
# An encrypted workbook is a compound file with a stream of this name.
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 0, "nothing in it"),
        (b" \r\n,,,\n\t", 0, "nothing in it"),
        (b"\xef\xbb\xbf", 0, "nothing in it"),
        (TEXT.encode() + b'd,"Ash,,yes,no,\ne,Ash,,yes,no,\n', 6, "quote that opens here never"),
        (b'case,"2.1.1\n1,yes\n', 1, "quote that opens here never"),
        (bytes(range(256)) * 40, 1, "byte 0x00 at offset 0"),
        (b"case,2.1.1\n1,\0\0\0\0\0\0\n", 2, "byte 0x00 at offset 13"),
        (TEXT.encode("utf-32"), 0, "looks like UTF-32"),
        (GOOD[:200], 0, "the workbook cannot be read"),
        (GOOD[:-30], 0, "the workbook cannot be read"),
        (b"PK\x03\x04" + b"x" * 100, 0, "the workbook cannot be read"),
        (LOCKED, 0, "asks for a password"),
        (gzip.compress(TEXT.encode(), mtime=0)[:20], 1, "gzip file is damaged or ends here"),
        (gzip.compress(TEXT.encode(), mtime=0)[:12], 1, "gzip file is damaged or ends here"),
        (gzip.compress(TEXT.encode(), mtime=0) + b"more", 6, "gzip file is damaged or ends here"),
        (b"x" * (5 << 20), 1, "a header of more than 4 MiB"),
        (b",".join(b"%d" % i for i in range(110_000)) + b"\n", 1, "more than 100,000 columns"),
        (b",".join(b"%d" % i for i in range(1_000_000)) + b"\n", 1, "a header of more than 4 MiB"),
    ],
)
def test_what_cannot_be_read_says_where(data: bytes, line: int, says: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_bytes(data)
    for source, name in ((data, ""), (path, str(path))):
        for errors in ("raise", "collect"):
            with pytest.raises(pj.ParseError, match=says) as caught:
                read(source, errors=errors)
            assert (caught.value.path, caught.value.line) == (name, line)
    with pytest.raises(pj.ParseError, match=says) as caught:
        pj.rate_cases(path, FRAMEWORK)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_a_gzip_file_that_is_cut_off_says_at_which_line() -> None:
    many = HEADER + "a,Ash,18/02/2025,Yes,No,x\n" * 50_000
    packed = gzip.compress(many.encode())
    with pytest.raises(pj.ParseError, match="damaged") as caught:
        read(packed[: len(packed) // 2], errors="collect")
    assert 10_000 < caught.value.line < 40_000


@pytest.mark.parametrize("text", [HEADER, HEADER.rstrip("\n") + "\r\n", HEADER + "\n\n,,,,,\n"])
def test_a_header_and_no_rows(text: str) -> None:
    cases = read(text)
    assert (len(cases), cases.rows) == (0, 0)
    assert cases.questions == ("2.1/1", "2.1/2")
    assert cases.to_structured().shape == (0,)
    assert len(cases.to_pandas()) == 0
    assert len(pj.rate_cases(cases)) == 0
    assert len(pj.rate_cases(text, FRAMEWORK)) == 0
    assert pj.check_cases(cases).dtype == pj.CASE_CHECK_DTYPE


class Endless:
    """A start, and then one byte again and again, of which no copy is kept."""

    def __init__(self, start: bytes, fill: bytes, size: int) -> None:
        self.start, self.fill, self.left = start, fill * (1 << 20), size

    def read(self, size: int = -1) -> bytes:
        if self.start:
            part, self.start = self.start[:size], self.start[size:]
            return part
        size = min(size, self.left, len(self.fill))
        self.left -= size
        return self.fill[:size]


@pytest.mark.parametrize(
    ("start", "fill", "line", "says"),
    [
        (b"", b"x", 1, "a header of more than 4 MiB"),
        (TEXT.encode(), b"x", 6, "a row of more than 16 MiB"),
        (TEXT.encode() + b'd,"', b"x", 6, "a quote that opens here does not close within 16 MiB"),
        (TEXT.encode() + b'd,"', b'""', 6, "a quote that opens here does not close within 16 MiB"),
        (TEXT.encode() + b"d,", b",", 6, "a row of more than 16 MiB"),
    ],
)
def test_two_gigabytes_of_one_field(start: bytes, fill: bytes, line: int, says: str) -> None:
    endless = Endless(start, fill, 2 << 30)
    with pytest.raises(pj.ParseError, match=says) as caught:
        read(endless)
    assert caught.value.line == line
    assert endless.left > (2 << 30) - (64 << 20), "no more is read than is needed"


def test_columns_past_count_do_not_take_for_ever() -> None:
    names = "x," * 30_000
    began = time.monotonic()
    cases = read(f"{names}2.1.1\n{names}yes\n")
    assert cases.questions == ("2.1/1",)
    assert cases.names()[1:4] == ("x", "x_2", "x_3")
    rows = "," * 30_000 + "yes\n"
    assert len(read(f"{','.join(f'c{i}' for i in range(30_000))},2.1.1\n{rows * 20}")) == 20
    assert time.monotonic() - began < 30


def test_columns_do_not_shift() -> None:
    """Each cell of a kept row is the one that stands under its header."""
    cells = ['"a"', '"a""b"', '"a,b"', '"a\nb"', "a", "", '""', "a b"]
    for one in cells:
        for other in cells:
            text = f"case,left,2.1.1,right\nx,{one},yes,{other}\ny,left,no,right\n"
            cases = read(text)
            assert cases["2.1/1"].tolist() == [1, 0]
            (left, right), last = (
                [
                    next(csv.reader([cell])) if "\n" not in cell else ["a b"]
                    for cell in (one, other)
                ],
                cases.take([1]),
            )
            assert cases.labels("left")[0] == (left[0] if left else "")
            assert cases.labels("right")[0] == (right[0] if right else "")
            assert (last.labels("left")[0], last.labels("right")[0]) == ("left", "right")


# --- blocks and threads ---------------------------------------------------------------------------


@pytest.mark.parametrize("block", [1, 2, 3, 7, 64, 1000])
def test_blocks_change_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + 'd,"A\r\nsh",1 Mar 2025,maybe,no,\r\ne,Ash,x,yes,yes,\r"f",Ash,,yes,no,"",\n'
    for data in (text.encode(), gzip.compress(text.encode()), text.encode("utf-16")):
        monkeypatch.undo()
        expected = read(data, errors="collect")
        rated = pj.rate_cases(data, FRAMEWORK, errors="collect")
        monkeypatch.setattr(case_files, "BLOCK", block)
        for source in (data, io.BytesIO(data), OnlyRead(data)):
            cases = read(source, errors="collect")
            assert rows_of(cases) == rows_of(expected)
            assert cases.lines.tolist() == expected.lines.tolist()
            assert cases.refused.tolist() == expected.refused.tolist()
            assert cases.unread.tolist() == expected.unread.tolist()
        again = pj.rate_cases(data, FRAMEWORK, errors="collect")
        assert again.counts.tolist() == rated.counts.tolist()
        assert again.refused.tolist() == rated.refused.tolist()
        with pytest.raises(pj.ParseError) as caught:
            read(text + 'g,"open\n', errors="collect")
        assert caught.value.line == 10


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_nothing(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{i},S{i % 7},,{'yes' if i % 3 else 'no'},{'?' if i % 50 == 9 else 'no'},n{i % 40}\n"
             for i in range(3000)]  # fmt: skip
    text = HEADER + "".join(lines)
    expected = read(text, errors="collect")
    monkeypatch.setattr(case_files, "BLOCK", 512)
    monkeypatch.setattr(os, "cpu_count", lambda: threads)
    cases = read(text, errors="collect")
    assert rows_of(cases) == rows_of(expected)
    assert cases.refused.tolist() == expected.refused.tolist()
    assert cases.rows_refused == 60
    assert np.array_equal(cases.categories["note"], expected.categories["note"])


def test_an_error_of_the_source_comes_through() -> None:
    class Broken(OnlyRead):
        def read(self, size: int = -1) -> bytes | str:
            if self.stream.tell() > 100:
                raise OSError("the disk is gone")
            return super().read(size)

    with pytest.raises(OSError, match="the disk is gone"):
        read(Broken(TEXT.encode() * 9))


def test_interrupting_a_long_file_ends_it(tmp_path: Path) -> None:
    script = (
        "import pyjustice as pj, sys\n"
        "class Slow:\n"
        "    left = 1 << 40\n"
        "    def read(self, size=-1):\n"
        "        print('.', flush=True)\n"
        "        return HEAD.pop() if HEAD else b'a,Ash,,yes,no,\\n' * (max(size, 0) // 15)\n"
        "HEAD = [b'case,service,started,2.1.1,2.1.2,note\\n', b'']\n"
        "try:\n"
        "    pj.rate_cases(Slow(), 'iyjs-2025')\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    for _ in range(20):
        assert process.stdout.readline() == ".\n"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert out.endswith("interrupted\n")
    assert process.returncode == 0


# --- whose value is shown -------------------------------------------------------------------------


def test_the_value_is_quoted_only_where_it_is_asked_for(tmp_path: Path) -> None:
    text = TEXT + 'd,Ash,,"Zebra ""9""",no,\n'
    path = tmp_path / "cases.csv.gz"
    path.write_bytes(gzip.compress(text.encode("utf-16")))
    for source in (text, text.encode("cp1252"), path):
        with pytest.raises(pj.ParseError) as caught:
            read(source)
        assert "Zebra" not in f"{caught.value}{caught.value!r}"
        assert (caught.value.line, caught.value.column, caught.value.field) == (6, 4, "2.1.1")
        with pytest.raises(pj.ParseError, match="got 'Zebra \"9\"'"):
            read(source, show_values=True)
    with pytest.raises(pj.ParseError) as caught:
        pj.rate_cases(path, FRAMEWORK)
    assert "Zebra" not in str(caught.value)
