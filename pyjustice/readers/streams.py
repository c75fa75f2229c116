"""Sources of bytes: paths, content, file objects, and what gzip packed."""

from __future__ import annotations

import errno
import gzip
import io
import os
import zlib
from typing import IO, Any, Protocol, TypeAlias, cast

__all__ = [
    "CHUNK",
    "GZIP",
    "GZIP_ERRORS",
    "GZIP_TORN",
    "OLD_OFFICE",
    "ZIP",
    "AnySource",
    "Readable",
    "Rejoined",
    "Unzipped",
    "raw_stream",
]

AnySource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any]

CHUNK = 1 << 20  # of what is unpacked at once
GZIP_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile)
GZIP_TORN = "the gzip file is damaged or ends here before its end"
ZIP, OLD_OFFICE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b"


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes, all if it is negative."""
        ...


def raw_stream(source: AnySource) -> tuple[Any, str, int, bool]:
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
        raise TypeError(
            f"expected a path, content or a file object, got {type(source).__name__}; of a frame,"
            " give the text: frame.to_csv(index=False)"
        )
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


class Rejoined(Readable):
    """Bytes that were read ahead, and then the stream they came from."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes, all if it is negative."""
        if self._head:
            size = len(self._head) if size < 0 else size
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._stream.read(size)


class Unzipped(Readable):
    """What a gzip file holds. Of a damaged one all is given that can be, and then the error."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._file = gzip.GzipFile(fileobj=cast(Any, Rejoined(head, stream)), mode="rb")
        self._error: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes, all if it is negative."""
        parts: list[bytes] = []
        have = 0
        while self._error is None and (size < 0 or have < size):
            try:
                part = self._file.read1(size - have if size >= 0 else CHUNK)
            except GZIP_ERRORS as error:
                self._error = error
                break
            if not part:
                break
            parts.append(part)
            have += len(part)
        if self._error is not None and not parts:
            raise self._error
        return b"".join(parts)


class _Encoded(Readable):
    """A text stream as UTF-8."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes, all if it is negative."""
        text: str = self._stream.read(size)
        return text.encode("utf-8", "surrogatepass")
