"""Paths, bytes and file objects to the text of a document."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from pyjustice.ground.decoding import decode, decode_html, looks_like_html, refuse_no_text
from pyjustice.ground.errors import ParseError
from pyjustice.ground.html_text import html_to_text
from pyjustice.ground.pdf_text import pdf_to_text

__all__ = ["Document", "Source", "list_documents", "open_document"]

# The engine's limit, in bytes of UTF-8.
MAX_TEXT = 16 << 20
# A PDF holds pictures beside its text.
MAX_PDF = 256 << 20

SUFFIXES = (".pdf", ".html", ".htm", ".md", ".txt", ".text")
# Readers of PDF accept what comes before the header within this many bytes.
_PDF_HEADER_WITHIN = 1024

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any]


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one document.

    Attributes
    ----------
    text : str
        The document decoded, or the text extracted from it, without its byte order mark. The
        pages of a PDF are separated by form feeds. Bytes that have no meaning in the encoding are
        U+FFFD.
    source : str
        The path it came from, '' for content without one.
    encoding : str
        'utf-8', 'utf-8-sig', 'utf-16-le', 'utf-16-be', 'windows-1252', 'str' for content that was
        text already, 'pdf', or 'html:' and the encoding of the page, with 'cp1252' for
        windows-1252. At most 16 characters.
    """

    text: str
    source: str
    encoding: str


def open_document(source: Source) -> Document:
    r"""Read one document: PDF, HTML, Markdown or text.

    What a document is is decided by its content, and by the end of its name only where the content
    leaves it open.

    Parameters
    ----------
    source : str, path, bytes or file object
        A path, or a str without a line break, names a file. A str with a line break, bytes, or
        what a file object (binary or text) yields is content.

    Returns
    -------
    Document

    Raises
    ------
    ParseError
        No text at all; bytes that are no document; a PDF that is damaged, encrypted or scanned; a
        text of more than 16 MiB, a PDF file of more than 256 MiB.
    FileNotFoundError
        No such file.
    IsADirectoryError
        The path is a folder; `list_documents` lists what is in it.
    TypeError
        The source is none of the above.

    Examples
    --------
    >>> open_document("Overall rating\tGood\n").text
    'Overall rating\tGood\n'
    >>> open_document(b"<html><body><p>Overall rating<p>Good").text
    'Overall rating\n\nGood\n'
    """
    if isinstance(source, str):
        if "\n" in source or "\r" in source:
            return _from_text(source, "", "str")
        return _from_file(source)
    if isinstance(source, os.PathLike):
        return _from_file(os.fspath(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return _from_bytes(bytes(source), "")
    if hasattr(source, "read"):
        return _from_stream(source)
    raise TypeError(
        "expected a path, a str with a line break, bytes or a file object, "
        f"got {type(source).__name__}"
    )


def list_documents(sources: Source | Iterable[Source]) -> list[Source]:
    """List the documents that a folder, a pattern or several sources stand for.

    Parameters
    ----------
    sources : str, path, bytes, file object, or iterable of them
        A folder stands for the files in it and in the folders below it whose names end in .pdf,
        .html, .htm, .md, .txt or .text, in the order of their paths; hidden files and folders are
        left out. A str with ``*``, ``?`` or ``[`` that is no file itself is a pattern (``**`` for
        any folders). Anything else stands for itself, existing or not.

    Returns
    -------
    list of pathlib.Path and other sources
        Paths as Path, each once; other sources as they are.

    Raises
    ------
    FileNotFoundError
        A folder without documents, or a pattern that nothing matches.
    TypeError
        One of the sources is not a source.
    """
    single = isinstance(sources, str | os.PathLike | bytes | bytearray | memoryview)
    if single or hasattr(sources, "read"):
        sources = [sources]  # type: ignore[list-item]
    elif not isinstance(sources, Iterable):
        raise TypeError(
            f"expected a folder, a pattern or several sources, got {type(sources).__name__}"
        )
    found: list[Source] = []
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, os.PathLike):
            paths = _expanded(os.fspath(source), pattern=False)
        elif isinstance(source, str) and "\n" not in source and "\r" not in source:
            paths = _expanded(source, pattern=True)
        else:
            found.append(source)  # type: ignore[arg-type]
            continue
        for path in paths:
            key = os.path.abspath(path)
            if key not in seen:
                seen.add(key)
                found.append(Path(path))
    return found


def _expanded(path: str, *, pattern: bool) -> list[str]:
    """List the files that a path or pattern stands for."""
    if os.path.isdir(path):
        files = _in_folder(path)
        if not files:
            raise FileNotFoundError(
                errno.ENOENT, f"no documents ({', '.join(SUFFIXES)}) in folder", path
            )
        return files
    if pattern and glob.has_magic(path) and not os.path.exists(path):
        matches = sorted(glob.glob(path, recursive=True))
        files = []
        for match in matches:
            # A pattern such as 2024/** names folders and, again, the files in them.
            if not os.path.isdir(match):
                files.append(match)
        if not files:
            raise FileNotFoundError(errno.ENOENT, "no file matches the pattern", path)
        return files
    return [path]


def _in_folder(folder: str) -> list[str]:
    """Documents in a folder and below, in the order of their paths."""
    files: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [
            os.path.join(parent, name)
            for name in names
            if not name.startswith(".") and name.lower().endswith(SUFFIXES)
        ]
    return sorted(files, key=lambda path: path.split(os.sep))


def _from_file(path: str) -> Document:
    """Read a file, looking at its size before its content."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(_PDF_HEADER_WITHIN)
            limit = _limit(head)
            if size > limit:
                text = b"" if limit == MAX_PDF else head + file.read(limit - len(head))
                raise _too_long(limit, path, text)
            # A device or a pipe has no size: what it yields is counted.
            rest = file.read(limit + 1 - len(head)) if len(head) == _PDF_HEADER_WITHIN else b""
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise FileNotFoundError(
                errno.ENOENT, "no such file (a str without a line break is a path)", path[:80]
            ) from None
        if os.path.isdir(path):
            raise IsADirectoryError(
                errno.EISDIR, "a folder: expected a document, or read_reports for a folder", path
            ) from None
        raise
    except ValueError as error:
        if isinstance(error, ParseError):
            raise
        # A NUL in the name, which no system allows.
        raise FileNotFoundError(errno.ENOENT, "no such file", path[:80]) from None
    return _from_bytes(head + rest, path)


def _from_stream(stream: IO[Any]) -> Document:
    """Read a file object, no further than the limit."""
    name = getattr(stream, "name", "")
    path = name if isinstance(name, str) else ""
    parts: list[Any] = []
    size = 0
    limit = MAX_TEXT
    while True:
        part = stream.read(limit + 1 - size)
        if not part:
            break
        if not isinstance(part, str | bytes | bytearray):
            raise TypeError(f"expected str or bytes from read(), got {type(part).__name__}")
        parts.append(part)
        size += len(part)
        if size > MAX_TEXT and limit == MAX_TEXT and not isinstance(part, str):
            limit = _limit(bytes(parts[0][:_PDF_HEADER_WITHIN]))
        if size > limit:
            raise _too_long(limit, path, parts[0][:0].join(parts))
    if parts and isinstance(parts[0], str):
        return _from_text("".join(parts), path, "str")
    return _from_bytes(b"".join(parts), path)


def _from_bytes(data: bytes, path: str) -> Document:
    """Tell what the bytes are and take the text out of them."""
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        if len(data) > MAX_PDF:
            raise _too_long(MAX_PDF, path)
        return Document(pdf_to_text(data, path, max_text=MAX_TEXT), path, "pdf")
    if len(data) > MAX_TEXT:
        raise _too_long(MAX_TEXT, path, data)
    text, encoding = decode(data, path)
    if looks_like_html(text, path):
        text, encoding = decode_html(data, text, encoding)
    return _from_text(text, path, encoding)


def _from_text(text: str, path: str, encoding: str) -> Document:
    """Make a document of decoded text."""
    # Content given as str has not been through the decoder, which sees to both.
    if encoding == "str":
        text = text.removeprefix("\ufeff")
        if not text.isascii():
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    refuse_no_text(text, path)
    if looks_like_html(text, path):
        text = html_to_text(text, path)
        encoding = f"html:{'cp1252' if encoding == 'windows-1252' else encoding}"
    if len(text) > MAX_TEXT or (len(text) > MAX_TEXT // 4 and len(text.encode()) > MAX_TEXT):
        raise _too_long(MAX_TEXT, path, text)
    return Document(text, path, encoding)


def _limit(head: bytes) -> int:
    """Tell the largest size in bytes of a file that begins so."""
    return MAX_PDF if b"%PDF-" in head else MAX_TEXT


def _too_long(limit: int, path: str, text: bytes | bytearray | str = b"") -> ParseError:
    """Say where a text goes beyond the limit; a PDF has no lines."""
    if limit == MAX_PDF:
        return ParseError(
            f"more than {limit >> 20} MiB: expected a PDF of one report, at most that", path
        )
    data = text[:limit].encode("utf-8", "replace") if isinstance(text, str) else text
    kept = bytes(data[:limit])
    line = 1 + kept.count(b"\n") + kept.count(b"\r") - kept.count(b"\r\n")
    return ParseError(
        f"beyond {limit >> 20} MiB here: expected a text of one report, at most that",
        path,
        line,
        offset=len(kept),
    )
