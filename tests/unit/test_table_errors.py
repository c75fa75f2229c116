"""What is no table, or cannot be read: an error, or a row, that says where."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

import pyjustice as pj
from tests.tools.small_tables import book, rows


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", pj.ParseError, "nothing in it"),
        (b"\0\1\2\3" * 100, pj.ParseError, "expected a table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, pj.ParseError, "a PNG picture"),
        (b"%PDF-1.4\n%\n1 0 obj\n", pj.ParseError, "a PDF document"),
        (b"PK\x03\x04" + b"\0" * 50, pj.ParseError, "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, pj.ParseError, "cannot be read"),
        (gzip.compress(b"Area,Number\nNorth,1\n", mtime=0)[:-9], pj.ParseError, "damaged"),
        (b'Area,Number\nNorth,"1\nSouth,2\n', pj.ParseError, "never closes"),
        (b'Area,Number\n"North"x,1\n', pj.ParseError, "behind a closing quote"),
        (b"Area,Number\n" + b"x" * 200_000 + b",1\n", pj.ParseError, "131,072"),
        (b"," * 1_000_000 + b"\n", pj.ParseError, "nothing in it"),
        (b"a" + b",1" * 1_000_000 + b"\n", pj.ParseError, "16,384"),
        (b"Dear all, thank you.\n\nWe met on Monday.\nYours, me\n", pj.DataError, "no table found"),
        (b"1,2\n3,4\n", pj.DataError, "without a header"),
        (b"Area,Number\nLA,Count\nNorth,1\n", pj.DataError,
         "lines 1 and 2 could each be the header: say header=1, header=2, or"),
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
        '<?xml version="1.0"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
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
        pj.read_table(
            "Table 1: children\nArea,Number\nNorth,1\n\nTable 2: more\nArea,Number\nNorth,1\n"
        )
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


def test_hostile_tables_take_no_long_time() -> None:
    totals = "".join(f"Total {i},{10**9},{10**9}\nx{i},1,2\n" for i in range(500))
    assert len(pj.read_table("Name,A,B\n" + totals).totals()) == 0
    zeros = "".join(f"n{i},0,0\n" for i in range(490))
    assert len(pj.read_table("Name,A,B\n" + zeros).totals()) == 0
    wide = ",".join(f"c{i}" for i in range(5000)) + "\n" + ",".join("1" * 5000) + "\n"
    assert pj.read_table(wide).cells.shape == (5000,)
    assert len(pj.read_tables("Area,N\nx,1\n\n" * 300)) == 300
