"""Files of cases as blocks of delimited text: paths, gzip, encodings, workbooks, the header."""

from __future__ import annotations

import codecs
import errno
import gzip
import io
import os
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, NoReturn, Protocol, Self, TypeAlias, cast

from pyjustice import _core
from pyjustice.ground.decoding import kind_of, utf16_without_mark
from pyjustice.ground.errors import ParseError
from pyjustice.readers.sheets import sheet_to_text

__all__ = ["LONGEST_RECORD", "CaseFile", "CaseSource", "TornRecordError", "line_ends", "open_cases"]

CaseSource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any]

# Read, cut and scanned by one worker while it is in that core's cache. Ctrl-C and progress wait for
# no more than a few of them.
BLOCK = 1 << 20
# Within which the header has to end.
_HEAD = 4 << 20
LONGEST_RECORD = 16 << 20
_DELIMITERS = (b",", b"\t", b";", b"|")
# Titles and empty lines that may stand above the header.
_HEADER_WITHIN = 20
_MOST_COLUMNS = 100_000
_LINE_END = re.compile(rb"\r\n|\n|\r")
_GZIP_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile)
_GZIP_TORN = "the gzip file is damaged or ends here before its end"
_ZIP, _OLD_OFFICE, _GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b"


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class TornRecordError(Exception):
    """The text ends, or a limit is reached, within a record: what was read, and what is wrong."""

    def __init__(self, message: str, rest: bytes) -> None:
        super().__init__(message)
        self.message = message
        self.rest = rest


@dataclass
class CaseFile:
    """One file of cases, opened: its header, and its records in blocks.

    Attributes
    ----------
    name : str
        The path, '' for content without one.
    headers : list of str
    delimiter : bytes
    first_line : int
        1-based line of the first record below the header.
    size : int
        Bytes in the file as it is stored; 0 if not known.
    """

    name: str
    headers: list[str]
    delimiter: bytes
    first_line: int
    size: int
    _head: memoryview = field(repr=False)
    _stream: Readable = field(repr=False)
    _raw: Any = field(repr=False)
    _owned: bool = field(repr=False)
    _left: bytes = field(repr=False, default=b"")

    def fill(self, block: bytearray) -> int:
        """Fill a block, which grows as it must, with records that are whole.

        Returns
        -------
        int
            How many bytes of it are theirs; 0 at the end of the file.

        Raises
        ------
        TornRecordError
            A record is longer than `LONGEST_RECORD`, or a compressed file ends early. After that
            the file has no more records.
        """
        have = len(self._left)
        while True:
            if len(block) < have + BLOCK:
                block.extend(bytes(have + BLOCK - len(block)))
            block[:have] = self._left
            got = self._read_into(block, have)
            have += got
            if not got:
                self._left = b""
                return have
            with memoryview(block) as view:
                end, opened = _core.cut_records(view[:have], self.delimiter)
                self._left = bytes(view[end:have])
                if len(self._left) > LONGEST_RECORD:
                    self._fail(*_too_long(bytes(view[:have]), end, opened))
            if end:
                return end

    def _read_into(self, block: bytearray, start: int) -> int:
        """Read as much as there is, a block at most, into the place behind `start`."""
        got = 0
        with memoryview(block) as view:
            while got < BLOCK:
                space = view[start + got : start + BLOCK]
                try:
                    more = self._read_part(space)
                except _GZIP_ERRORS:
                    self._fail(_GZIP_TORN, bytes(view[: start + got]))
                if not more:
                    break
                got += more
        return got

    def _read_part(self, space: memoryview) -> int:
        if not self._head and hasattr(self._stream, "readinto"):
            return self._stream.readinto(space) or 0
        if not self._head:  # decoding may give more than was asked for
            self._head = memoryview(self._stream.read(len(space)) or b"")
        part, self._head = self._head[: len(space)], self._head[len(space) :]
        space[: len(part)] = part
        return len(part)

    def _fail(self, what: str, rest: bytes) -> NoReturn:
        self._left, self._head, self._stream = b"", memoryview(b""), io.BytesIO()
        raise TornRecordError(what, rest) from None

    def cell(self, line: int, column: int) -> str:
        """Return one cell, cut to 32 characters; '' if there is none. Reads up to it."""
        at, block = self.first_line, bytearray()
        while end := self.fill(block):
            text = bytes(block[:end])
            used = 0
            while used < end:
                cells, size = _core.split_record(memoryview(text)[used:], self.delimiter)
                if at == line:
                    return _text(cells[column - 1])[:32] if column <= len(cells) else ""
                at += line_ends(text[used : used + size])
                used += size
        return ""

    def done(self) -> int:
        """Bytes of the file, as it is stored, that have been read; 0 if it does not tell."""
        try:
            return int(self._raw.tell())
        except (AttributeError, OSError, ValueError):
            return 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened here; a file object of the caller stays open."""
        if self._owned:
            self._raw.close()


def _too_long(text: bytes, end: int, opened: int) -> tuple[str, bytes]:
    """What is wrong with a record that does not end, and the text before the fault."""
    if opened >= 0:
        return "a quote that opens here does not close within 16 MiB", text[:opened]
    return "a row of more than 16 MiB", text[:end]


def line_ends(text: bytes | memoryview) -> int:
    """Count LF, CR and CRLF, each once."""
    return sum(1 for _ in _LINE_END.finditer(text))


def open_cases(source: CaseSource, recognised: Callable[[Sequence[str]], int]) -> CaseFile:
    """Open a file of cases and find its header.

    Parameters
    ----------
    source : path, str, bytes or file object
        A path, or a str without a line break, names a file; anything else is content. CSV and TSV
        with any delimiter, compressed or not, or the first sheet of a workbook (xlsx, ods) that
        has a header.
    recognised : callable
        How many of a row's cells are known as headers: it decides which row and which delimiter.

    Raises
    ------
    ParseError
        Not text, nothing in it, no header, or too many columns.
    FileNotFoundError
        No such file.
    """
    raw, name, size, owned = _raw_stream(source)
    try:
        return _opened(raw, name, size, owned, recognised)
    except BaseException:
        if owned:
            raw.close()
        raise


def _raw_stream(source: CaseSource) -> tuple[Any, str, int, bool]:
    """Return a binary stream of the source, its name, its size, and whether to close it."""
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        data = source.encode("utf-8", "surrogatepass")
        return io.BytesIO(data), "", len(data), True
    if isinstance(source, bytes | bytearray | memoryview):
        return io.BytesIO(source), "", len(source), True
    if isinstance(source, str | os.PathLike):
        file = _open(os.fspath(source))
        return file, os.fspath(source), os.fstat(file.fileno()).st_size, True
    if not hasattr(source, "read"):
        raise TypeError(f"expected a path, content or a file object, got {type(source).__name__}")
    named = getattr(source, "name", "")
    name = named if isinstance(named, str) else ""
    if isinstance(source.read(0), str):
        return _Encoded(source), name, 0, False
    return source, name, 0, False


def _open(path: str) -> IO[bytes]:
    try:
        return open(path, "rb")
    except (OSError, ValueError) as error:  # a ValueError is for a NUL, which no name has
        if isinstance(error, OSError) and error.errno != errno.ENAMETOOLONG:
            raise
        what = "no such file (a str without a line break is a path)"
        raise FileNotFoundError(errno.ENOENT, what, path[:80]) from None


def _opened(
    raw: Any,
    name: str,
    size: int,
    owned: bool,
    recognised: Callable[[Sequence[str]], int],
) -> CaseFile:
    head = _read_some(raw, _HEAD, name)
    stream: Readable = raw
    if head.startswith(_GZIP):
        stream = _Unzipped(head, raw)
        head = _read_some(stream, _HEAD, name)
    if head.startswith((_ZIP, _OLD_OFFICE)):
        stream = io.BytesIO(sheet_to_text(head + stream.read(), name, recognised))
        head = _read_some(stream, _HEAD, name)
    head, stream = _as_utf8(head, stream, name)
    whole = len(head) < _HEAD - len(codecs.BOM_UTF8)
    if not head.strip(b"\0\t\r\n ,;|\xa0"):
        raise ParseError("nothing in it: expected a header and a row a case", name, offset=0)
    delimiter, headers, start = _find_header(head, whole, name, recognised)
    if start == len(head) and whole:
        _refuse_torn(stream, name)
    first_line = line_ends(head[:start]) + 1
    rest = memoryview(head)[start:]
    return CaseFile(name, headers, delimiter, first_line, size, rest, stream, raw, owned)


def _refuse_torn(stream: Readable, name: str) -> None:
    """Raise ParseError if a compressed file is torn within its header, which may end anywhere."""
    try:
        stream.read(1)
    except _GZIP_ERRORS:
        raise ParseError(_GZIP_TORN, name, line=1) from None


def _read_some(stream: Readable, size: int, name: str) -> bytes:
    """Read until `size` bytes are there or the stream ends: a pipe gives less at a time."""
    parts: list[bytes] = []
    have = 0
    while have < size:
        try:
            part = stream.read(size - have)
        except _GZIP_ERRORS:
            if parts:
                break  # what was read may be a whole header; the next read fails again
            raise ParseError(_GZIP_TORN, name, line=1) from None
        if not part:
            break
        parts.append(part)
        have += len(part)
    return b"".join(parts)


def _as_utf8(head: bytes, stream: Readable, name: str) -> tuple[bytes, Readable]:
    """Drop a byte order mark, and turn UTF-16 into UTF-8; one byte a character stays as it is."""
    if head.startswith(codecs.BOM_UTF8):
        return head[len(codecs.BOM_UTF8) :], stream
    kind = kind_of(head)
    if kind:
        raise ParseError(f"looks like {kind}: expected CSV, TSV, xlsx or ods", name, offset=0)
    encoding = ""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in head[:4096]:
        encoding = utf16_without_mark(head[:4096])
        # A stray NUL refuses its row; many of them are no text.
        if not encoding and head.count(0, 0, 4096) > 4:
            at = head.index(0)
            line = line_ends(head[:at]) + 1
            raise ParseError(f"byte 0x00 at offset {at}: expected text", name, line, offset=at)
    if not encoding:
        return head, stream
    decoded = _Decoded(head, stream, encoding)
    return _read_some(decoded, _HEAD, name), decoded


def _find_header(
    head: bytes, whole: bool, name: str, recognised: Callable[[Sequence[str]], int]
) -> tuple[bytes, list[str], int]:
    """Find delimiter, header and the offset of the first record below it.

    `head` is the beginning of the text, or, if it is `whole`, all of it.
    """
    best: tuple[int, int] = (0, 0)
    found: tuple[bytes, list[str], int] | None = None
    first: tuple[bytes, list[str], int] | None = None
    fault, fault_at = "", 0  # what cannot be a header, and where: of concern if nothing else is one
    for delimiter in _DELIMITERS:
        at = 0
        for _ in range(_HEADER_WITHIN):
            try:
                cells, used = _core.split_record(memoryview(head)[at:], delimiter)
            except ValueError:
                fault, fault_at = fault or "a quote that opens here never closes", at
                break
            if not used:
                break
            if not whole and at + used == len(head):
                fault, fault_at = fault or "a header of more than 4 MiB", at
                break
            at += used
            if len(cells) == 1 and delimiter != _DELIMITERS[0]:
                continue  # the first one has been through what has no delimiter at all
            if len(cells) > _MOST_COLUMNS:
                fault, fault_at = fault or f"more than {_MOST_COLUMNS:,} columns", at - used
                continue
            headers = [_text(cell) for cell in cells]
            if not any(header.strip() for header in headers):
                continue
            if first is None or (len(headers) > len(first[1]) and first[2] == at):
                first = (delimiter, headers, at)
            score = (recognised(headers), len(headers))
            if score[0] and score > best:
                best, found = score, (delimiter, headers, at)
    if found is not None:
        return found
    if first is None or (fault and len(first[1]) == 1):
        raise ParseError(fault, name, line_ends(head[:fault_at]) + 1)
    return first


def _text(cell: bytes) -> str:
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return cell.decode("cp1252", "replace")


class _Rejoined(Readable):
    """Bytes that were read ahead, and then the stream they came from."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        if self._head:
            size = len(self._head) if size < 0 else size
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._stream.read(size)


class _Unzipped(Readable):
    """What a gzip file holds. Of a damaged one all is given that can be, and then the error."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._file = gzip.GzipFile(fileobj=cast(Any, _Rejoined(head, stream)), mode="rb")
        self._error: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        parts: list[bytes] = []
        have = 0
        while self._error is None and (size < 0 or have < size):
            try:
                part = self._file.read1(size - have if size >= 0 else BLOCK)
            except _GZIP_ERRORS as error:
                self._error = error
                break
            if not part:
                break
            parts.append(part)
            have += len(part)
        if self._error is not None and not parts:
            raise self._error
        return b"".join(parts)


class _Decoded(Readable):
    """UTF-16 as UTF-8."""

    def __init__(self, head: bytes, stream: Readable, encoding: str) -> None:
        self._stream = _Rejoined(head, stream)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = -1, /) -> bytes:
        while True:
            part = self._stream.read(size)
            text = self._decoder.decode(part, final=not part)
            if text or not part:
                return text.encode()


class _Encoded(Readable):
    """A text stream as UTF-8."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        text: str = self._stream.read(size)
        return text.encode("utf-8", "surrogatepass")
