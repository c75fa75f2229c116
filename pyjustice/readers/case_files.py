"""Files of cases as blocks of delimited text: paths, gzip, encodings, workbooks, the header."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, Self, TypeAlias

import numpy as np

from pyjustice import _core
from pyjustice.ground.decoding import kind_of, utf16_without_mark
from pyjustice.ground.errors import ParseError
from pyjustice.readers.sheets import sheet_to_text
from pyjustice.readers.streams import (
    GZIP,
    GZIP_ERRORS,
    GZIP_TORN,
    OLD_OFFICE,
    ZIP,
    AnySource,
    Readable,
    Rejoined,
    Unzipped,
    raw_stream,
)

__all__ = [
    "LONGEST_RECORD",
    "Block",
    "CaseFile",
    "CaseSource",
    "TornRecordError",
    "line_ends",
    "open_cases",
]

CaseSource: TypeAlias = AnySource

# Read, cut and scanned by one worker while it is in that core's cache. Ctrl-C and progress wait for
# no more than a few of them.
BLOCK = 1 << 20
# Within which the header has to end, and within which it nearly always does.
_HEAD, _SHORT_HEAD = 4 << 20, 1 << 16
LONGEST_RECORD = 16 << 20
_DELIMITERS = (b",", b"\t", b";", b"|")
# Titles and empty lines that may stand above the header.
_HEADER_WITHIN = 20
_MOST_COLUMNS = 100_000
_LINE_END = re.compile(rb"\r\n|\n|\r")


class TornRecordError(Exception):
    """The text ends, or a limit is reached, within a record: what was read, and what is wrong."""

    def __init__(self, message: str, rest: bytes) -> None:
        super().__init__(message)
        self.message = message
        self.rest = rest


class Block:
    """Memory that is filled again and again. What a small file leaves of it is never touched."""

    def __init__(self) -> None:
        self.view = memoryview(b"")

    def room(self, size: int) -> memoryview:
        """Return a view of `size` bytes or more, of any content."""
        if len(self.view) < size:
            self.view = np.empty(size + size // 16, np.uint8).data
        return self.view


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

    def fill(self, block: Block) -> int:
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
            view = block.room(have + BLOCK)
            view[:have] = self._left
            got = self._read_into(view, have)
            have += got
            if not got:
                self._left = b""
                return have
            end, opened = _core.cut_records(view[:have], self.delimiter)
            self._left = bytes(view[end:have])
            if len(self._left) > LONGEST_RECORD:
                self._fail(*_too_long(bytes(view[:have]), end, opened))
            if end:
                return end

    def _read_into(self, view: memoryview, start: int) -> int:
        """Read as much as there is, a block at most, into the place behind `start`."""
        got = 0
        while got < BLOCK:
            space = view[start + got : start + BLOCK]
            try:
                more = self._read_part(space)
            except GZIP_ERRORS:
                self._fail(GZIP_TORN, bytes(view[: start + got]))
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
        at, block = self.first_line, Block()
        while end := self.fill(block):
            text = bytes(block.view[:end])
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
    raw, name, size, owned = raw_stream(source)
    try:
        return _opened(raw, name, size, owned, recognised)
    except BaseException:
        if owned:
            raw.close()
        raise


def _opened(
    raw: Any,
    name: str,
    size: int,
    owned: bool,
    recognised: Callable[[Sequence[str]], int],
) -> CaseFile:
    head = _read_some(raw, _SHORT_HEAD, name)
    stream: Readable = raw
    if head.startswith(GZIP):
        stream = Unzipped(head, raw)
        head = _read_some(stream, _SHORT_HEAD, name)
    if head.startswith((ZIP, OLD_OFFICE)):
        stream = io.BytesIO(sheet_to_text(head + stream.read(), name, recognised))
        head = _read_some(stream, _SHORT_HEAD, name)
    head, stream = _as_utf8(head, stream, name)
    whole = len(head) < _SHORT_HEAD - len(codecs.BOM_UTF8)
    if not whole and not _ends_within(head):
        head += _read_some(stream, _HEAD - len(head), name)
        whole = len(head) < _HEAD
    if not head.strip(b"\0\t\r\n ,;|\xa0"):
        raise ParseError("nothing in it: expected a header and a row a case", name, offset=0)
    delimiter, headers, start = _find_header(head, whole, name, recognised)
    if start == len(head) and whole:
        _refuse_torn(stream, name)
    first_line = line_ends(head[:start]) + 1
    rest = memoryview(head)[start:]
    return CaseFile(name, headers, delimiter, first_line, size, rest, stream, raw, owned)


def _ends_within(head: bytes) -> bool:
    """Whether the records among which the header is looked for are whole, by any delimiter."""
    for delimiter in _DELIMITERS:
        at = 0
        for _ in range(_HEADER_WITHIN):
            try:
                _, used = _core.split_record(memoryview(head)[at:], delimiter)
            except ValueError:  # a quote that is open, perhaps until further on
                return False
            at += used
            if at == len(head):
                return False
    return True


def _refuse_torn(stream: Readable, name: str) -> None:
    """Raise ParseError if a compressed file is torn within its header, which may end anywhere."""
    try:
        stream.read(1)
    except GZIP_ERRORS:
        raise ParseError(GZIP_TORN, name, line=1) from None


def _read_some(stream: Readable, size: int, name: str) -> bytes:
    """Read until `size` bytes are there or the stream ends: a pipe gives less at a time."""
    parts: list[bytes] = []
    have = 0
    while have < size:
        try:
            part = stream.read(size - have)
        except GZIP_ERRORS:
            if parts:
                break  # what was read may be a whole header; the next read fails again
            raise ParseError(GZIP_TORN, name, line=1) from None
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
    return _read_some(decoded, _SHORT_HEAD, name), decoded


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


class _Decoded(Readable):
    """UTF-16 as UTF-8."""

    def __init__(self, head: bytes, stream: Readable, encoding: str) -> None:
        self._stream = Rejoined(head, stream)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = -1, /) -> bytes:
        while True:
            part = self._stream.read(size)
            text = self._decoder.decode(part, final=not part)
            if text or not part:
                return text.encode()
