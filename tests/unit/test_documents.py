"""Paths, bytes and file objects to text: kinds, encodings, listing, limits."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyjustice.ground.documents import Document, list_documents, open_document
from pyjustice.ground.errors import ParseError

LINE = "Overall rating\tGood \N{RIGHT SINGLE QUOTATION MARK}25/36\N{RIGHT SINGLE QUOTATION MARK}\n"
# Every character but the controls (tab and the like are text) and half pairs, which no encoding
# has; a first U+FEFF is a byte order mark.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\v\f\r"), min_size=1
).filter(lambda text: text.strip() and text[0] != "\ufeff")
WINDOWS = "".join(
    chr(code)
    for code in range(0x20, 0x10000)
    if 0x20 <= code < 0x7F or (code > 0x9F and chr(code).encode("cp1252", "ignore"))
)


def refused(source: object, **expected: object) -> str:
    with pytest.raises(ParseError) as caught:
        open_document(source)  # type: ignore[arg-type]
    for name, value in expected.items():
        assert getattr(caught.value, name) == value
    return str(caught.value)


def document_or_error(data: bytes) -> Document | ParseError:
    try:
        return open_document(data)
    except ParseError as error:
        return error


# --- encodings ----------------------------------------------------------------------------------


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]))
def test_unicode_round_trips(text: str, encoding: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    assert open_document((mark + text).encode(encoding)) == Document(text, "", encoding)


@settings(deadline=None)
@given(st.text(WINDOWS))
def test_windows_1252_round_trips(text: str) -> None:
    # The quotes and letter make it what UTF-8 cannot be; without any such the two are one.
    text = "\N{LEFT SINGLE QUOTATION MARK}é\N{RIGHT SINGLE QUOTATION MARK} " + text
    assert open_document(text.encode("cp1252")) == Document(text, "", "windows-1252")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_is_told_by_its_nuls(encoding: str) -> None:
    assert open_document(LINE.encode(encoding)) == Document(LINE, "", encoding)


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_undefined_bytes_of_windows_1252_show(byte: int) -> None:
    data = "caf\xe9 ".encode("cp1252") * 30 + bytes([byte])
    assert open_document(data).text.endswith("café \N{REPLACEMENT CHARACTER}")


def test_cut_and_broken_utf_8_stays_utf_8() -> None:
    whole = LINE.encode() * 10
    for end in range(len(whole) - 80, len(whole)):
        document = open_document(whole[:end])
        assert document.encoding == "utf-8"
        assert LINE in document.text
        assert len(document.text.split("\N{REPLACEMENT CHARACTER}")) <= 2
    assert open_document(whole + b"\xff" + whole).text == (
        LINE * 10 + "\N{REPLACEMENT CHARACTER}" + LINE * 10
    )


def test_cut_utf_16_keeps_what_is_whole() -> None:
    text = open_document(LINE.encode("utf-16")[:-1]).text
    assert text == LINE[:-1] + "\N{REPLACEMENT CHARACTER}"


def test_str_keeps_its_text_but_for_mark_and_half_pairs() -> None:
    assert open_document("\ufeffa\r\nb") == Document("a\r\nb", "", "str")
    assert open_document("a\n\ud800 \U0001f600").text == "a\n\N{REPLACEMENT CHARACTER} \U0001f600"


# --- what is no document ------------------------------------------------------------------------


@settings(deadline=None, max_examples=500)
@given(st.binary(max_size=400) | st.binary(max_size=60).map(lambda data: b"<html><p>" + data))
def test_any_bytes_give_text_or_parse_error(data: bytes) -> None:
    found = document_or_error(data)
    if isinstance(found, ParseError):
        assert found.message
        assert -1 <= found.offset <= 3 * len(data)
    else:
        assert found.text.strip()
        assert len(found.encoding) <= 16
        assert found.text.encode()


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"PK\x03\x04....word/document.xml", "Word"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"RIFF\x10\0\0\0WEBP", "WebP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        (b"{\\rtf1\\ansi Good}", "RTF"),
        (b"\x1f\x8b\x08", "gzip"),
        ("\ufeffGood".encode("utf-32-le"), "UTF-32"),
    ],
)
def test_other_kinds_are_named(start: bytes, name: str) -> None:
    message = refused(start, offset=0)
    assert name in message
    assert "expected" in message


def test_nuls_are_refused_with_their_place() -> None:
    assert "offset 5" in refused(b"Good\n\0 25/36 and more of it", line=2, offset=5)
    refused("Good\n\0", line=2, offset=5)


def test_control_bytes_are_refused() -> None:
    assert "control" in refused(bytes(range(1, 32)) * 4 + b"Good", line=1, offset=0)
    refused(os.urandom(64).replace(b"\0", b"\x01") + b"\xff\x01\x02\x03")
    # A few, such as the marks of hyphens in text taken from a PDF, do no harm.
    text = "assess\x02ment of what is needed to keep the community safe\n"
    assert open_document(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"<html></html>"])
def test_no_text_is_refused(data: bytes) -> None:
    assert "no text" in refused(data, offset=0)


# --- sources ------------------------------------------------------------------------------------


def test_paths_content_and_file_objects(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(LINE.encode())
    expected = Document(LINE, str(path), "utf-8")
    assert open_document(path) == expected
    assert open_document(str(path)) == expected
    with path.open("rb") as binary:
        assert open_document(binary) == expected
    with path.open(encoding="utf-8") as text:
        assert open_document(text) == Document(LINE, str(path), "str")
    assert open_document(LINE) == Document(LINE, "", "str")
    assert open_document(io.BytesIO(LINE.encode())) == Document(LINE, "", "utf-8")
    assert open_document(memoryview(LINE.encode())) == Document(LINE, "", "utf-8")
    assert open_document(bytearray(LINE.encode())) == Document(LINE, "", "utf-8")


def test_kind_is_told_by_content_before_name(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><table><tr><td>Overall rating<td>Good</table>"
    for name in ("page.txt", "page.md", "page"):
        (tmp_path / name).write_bytes(page)
        assert open_document(tmp_path / name).encoding == "html:utf-8"
        assert open_document(tmp_path / name).text == "Overall rating\tGood\n"
    (tmp_path / "notes.html").write_bytes(b"no markup\nat all, as 2 < 3\n")
    assert open_document(tmp_path / "notes.html").text == "no markup\nat all, as 2 < 3\n"
    (tmp_path / "notes.md").write_bytes(b"# Ratings\n<br><br><br><br><br><br><br>\n")
    assert open_document(tmp_path / "notes.md").encoding == "utf-8"
    (tmp_path / "part.html").write_bytes(b"<p>Overall rating</p>")
    assert open_document(tmp_path / "part.html").text == "Overall rating\n"
    assert open_document(b"<p>a</p><p>b</p><p>c</p>").text == "a\n\nb\n\nc\n"


def test_missing_file_and_folder_keep_their_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"absent\.pdf"):
        open_document(tmp_path / "absent.pdf")
    with pytest.raises(IsADirectoryError, match="a folder: expected a document"):
        open_document(tmp_path)
    # Content without a line break is taken for a path; it must still be a clear error.
    with pytest.raises(FileNotFoundError, match="line break"):
        open_document("Good " * 2000)
    with pytest.raises(FileNotFoundError):
        open_document("a\0b")
    with pytest.raises(TypeError, match="got int"):
        open_document(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="got list"):
        open_document([b"Good"])  # type: ignore[arg-type]


def test_errors_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert str(path) in refused(path, path=str(path))


# --- limits -------------------------------------------------------------------------------------


def test_size_is_looked_at_before_content(tmp_path: Path) -> None:
    path = tmp_path / "large"
    for start, size, limit in ((b"Good", 1 << 36, "16 MiB"), (b"%PDF-1.7", 1 << 36, "256 MiB")):
        path.write_bytes(start)
        os.truncate(path, size)
        assert limit in refused(path, path=str(path))


class Endless(io.RawIOBase):
    """A device that never stops."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        view[:] = b"a" * len(view)
        return len(view)


def test_what_has_no_size_is_counted() -> None:
    assert "16 MiB" in refused(Endless())
    assert "16 MiB" in refused(b"a" * ((16 << 20) + 1))


@pytest.mark.parametrize(("before", "line"), [(b"", 1), (b"a\r\nb\rc\n", 4)])
def test_what_is_too_long_is_placed(before: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    data = before + b"Good " * ((17 << 20) // 5)
    path.write_bytes(data)
    for source in (path, data, io.BytesIO(data), io.StringIO(data.decode(), newline="")):
        with pytest.raises(ParseError) as caught:
            open_document(source)
        assert caught.value.line == line
        assert f"line {line}: beyond 16 MiB" in str(caught.value).replace(f"{path}:", "line ")
        assert caught.value.offset == 16 << 20


def test_text_that_grows_by_decoding_is_refused() -> None:
    assert "16 MiB" in refused(b"\xe9" * (9 << 20))


def test_a_whole_limit_on_one_line_is_read() -> None:
    assert len(open_document(b"a" * (16 << 20)).text) == 16 << 20


# --- listing ------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.PDF", "a/z.html", "a/c.md", "a b/y.htm", ".git/x.txt", ".x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Good")
    (tmp_path / "d.csv").write_text("Good")
    (tmp_path / "none").mkdir()
    return tmp_path


def names(found: list[object], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in found if isinstance(path, Path)]


def test_folder_is_listed_in_order(folder: Path) -> None:
    expected = ["a/c.md", "a/z.html", "a b/y.htm", "a.PDF", "b.txt"]
    assert names(list(list_documents(folder)), folder) == expected
    assert names(list(list_documents(str(folder))), folder) == expected


def test_patterns(folder: Path) -> None:
    assert names(list(list_documents(f"{folder}/*.*")), folder) == ["a.PDF", "b.txt", "d.csv"]
    found = names(list(list_documents(f"{folder}/**/*.h*")), folder)
    assert found == ["a b/y.htm", "a/z.html"]
    (folder / "[1].txt").write_text("Good")
    assert names(list(list_documents(f"{folder}/[1].txt")), folder) == ["[1].txt"]


def test_several_sources_each_once(folder: Path) -> None:
    stream = io.BytesIO(b"Good")
    found = list_documents([b"Good", folder / "b.txt", "Good\n", stream, str(folder), "absent.txt"])
    assert found[0] == b"Good"
    assert found[2:4] == ["Good\n", stream]
    assert found[-1] == Path("absent.txt")
    assert found.count(folder / "b.txt") == 1
    assert len(found) == 9
    assert list_documents(b"Good") == [b"Good"]
    assert list_documents([]) == []


def test_nothing_found_is_an_error(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no documents"):
        list_documents(folder / "none")
    with pytest.raises(FileNotFoundError, match="pattern"):
        list_documents(f"{folder}/*.docx")
    with pytest.raises(TypeError, match="got int"):
        list_documents(7)  # type: ignore[arg-type]
