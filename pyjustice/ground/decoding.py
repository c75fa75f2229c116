"""Bytes to text: what encoding they are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import re

from pyjustice.ground.errors import ParseError

__all__ = [
    "decode",
    "decode_html",
    "kind_of",
    "looks_like_html",
    "refuse_no_text",
    "utf16_without_mark",
]

_EXPECTED = "expected text, Markdown, HTML or PDF"

# First bytes of what people save beside reports, or by mistake instead of them.
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word, Excel or Outlook file of the old format"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"ARROW1", "an Arrow table"),
    (b"\x7fELF", "a program"),
    (b"\xff\xfe\0\0", "UTF-32 text"),
    (b"\0\0\xfe\xff", "UTF-32 text"),
)
_ZIPS = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"epub", "an EPUB book"),
)

# Tab, line feed, vertical tab, form feed and carriage return are text; NUL is looked for apart.
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# The five bytes that windows-1252 leaves undefined become U+FFFD, not the invisible controls that
# browsers make of them.
_BAD = "\N{REPLACEMENT CHARACTER}"

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset\s*=\s*["']?|\?xml\b[^>]*?\bencoding\s*=\s*["'])([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
# What the encodings of the web are called here; Python knows others that are no encodings of text.
_WEB_ENCODINGS = re.compile(
    r"utf-8|iso8859-(?:[2-9]|1[0-6])|cp125[0-8]|koi8-[ru]|mac-roman|gb2312|gbk|gb18030|big5"
    r"|euc_jp|euc_kr|shift_jis|cp932"
)
_STARTS_HTML = re.compile(
    r"(?>(?:\s++|<!--(?>[\s\S]*?-->)|<\?[^>]*+>)*+)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:p|div|table|t[rdh]|span|h[1-6]|[uo]l|li|br|body|section|article|main|strong|em|a)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HTML_WITHIN = 65_536
# Fewer tags than this can stand in a text about web pages.
_MANY_TAGS = 6


def decode(data: bytes, path: str = "", expected: str = _EXPECTED) -> tuple[str, str]:
    """Decode the bytes of a text.

    A byte order mark decides; without one, NULs at every other byte mean UTF-16, what is valid
    UTF-8 is UTF-8, and the rest is windows-1252, unless it is UTF-8 but for a few broken
    characters.

    Parameters
    ----------
    data : bytes
        The content of a file.
    path : str, optional
        Its name, for errors.
    expected : str, optional
        What errors say was expected.

    Returns
    -------
    text : str
        Without its byte order mark; what could not be decoded is U+FFFD.
    encoding : str
        'utf-8', 'utf-8-sig', 'utf-16-le', 'utf-16-be' or 'windows-1252'.

    Raises
    ------
    ParseError
        The bytes are no text.
    """
    kind = kind_of(data)
    if kind:
        raise ParseError(f"looks like {kind}: {expected}", path, offset=0)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding.removesuffix("-sig"), "replace")
            _refuse_controls(text, path, expected, doubtful=False)
            return text, encoding
    nul = data.find(0)
    if nul >= 0:
        encoding = utf16_without_mark(data)
        if not encoding:
            raise ParseError(
                f"byte 0x00 at offset {nul}: {expected}",
                path,
                line=data.count(b"\n", 0, nul) + 1,
                offset=nul,
            )
        text = data.decode(encoding, "replace")
        _refuse_controls(text, path, expected, doubtful=True)
        return text, encoding
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        if _is_broken_utf8(data, text):
            _refuse_controls(text, path, expected, doubtful=True)
            return text, "utf-8"
        text = data.decode("cp1252", "replace")
        _refuse_controls(text, path, expected, doubtful=True)
        return text, "windows-1252"
    _refuse_controls(text, path, expected, doubtful=False)
    return text, "utf-8"


def decode_html(data: bytes, text: str, encoding: str) -> tuple[str, str]:
    """Decode a web page again by the encoding that it declares, if it declares a known one.

    Parameters
    ----------
    data : bytes
        The page.
    text, encoding : str
        What `decode` made of it. A byte order mark, and UTF-16, stand above any declaration.

    Returns
    -------
    text, encoding : str
    """
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if found is None or encoding not in ("utf-8", "windows-1252"):
        return text, encoding
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return text, encoding
    if name in ("iso8859-1", "ascii", "cp1252"):
        # Browsers read the first two as the third, and so do those who write pages.
        return data.decode("cp1252", "replace"), "windows-1252"
    # A page that is not the UTF-8 it claims to be stays as `decode` read it.
    if name == "utf-8" or not _WEB_ENCODINGS.fullmatch(name):
        return text, encoding
    return data.decode(name, "replace"), name


def looks_like_html(text: str, path: str = "") -> bool:
    """Whether a text is a web page.

    Parameters
    ----------
    text : str
        A decoded document.
    path : str, optional
        Its name. Markdown may hold some markup, and a page may be saved without its first lines.

    Returns
    -------
    bool
    """
    head = text[:_HTML_WITHIN]
    if _STARTS_HTML.match(head):
        return True
    name = path.lower()
    if name.endswith(".md"):
        return False
    needed = 1 if name.endswith((".html", ".htm")) else _MANY_TAGS
    tags = _TAG.finditer(head)
    return all(next(tags, None) is not None for _ in range(needed))


def refuse_no_text(text: str, path: str = "") -> None:
    """Raise ParseError if there is nothing to read in a text.

    Parameters
    ----------
    text : str
        A decoded document.
    path : str, optional
        Its name, for the error.
    """
    nul = text.find("\0")
    if nul >= 0:
        offset = len(text[:nul].encode("utf-8", "replace"))
        raise ParseError(
            f"character U+0000 at offset {offset}: {_EXPECTED}",
            path,
            line=text.count("\n", 0, nul) + 1,
            offset=offset,
        )
    if not text.strip():
        what = "empty" if not text else "white space"
        raise ParseError(f"no text, {what}: {_EXPECTED}", path, offset=0)


def kind_of(data: bytes) -> str:
    """Name what begins with these bytes, '' if nothing known."""
    if data.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _ZIPS if part in data), "a ZIP archive")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    return next((kind for start, kind in _KINDS if data.startswith(start)), "")


def utf16_without_mark(data: bytes) -> str:
    """Tell the byte order of UTF-16 by where its NULs are, '' if they are anywhere."""
    # Letters, digits and spaces of English have their NUL in the high byte; almost no character of
    # a document has one in the low byte.
    even = data[0::2].count(0)
    odd = data[1::2].count(0)
    half = len(data) // 2
    if odd * 10 >= half * 4 and even * 100 <= half:
        return "utf-16-le"
    if even * 10 >= half * 4 and odd * 100 <= half:
        return "utf-16-be"
    return ""


def _is_broken_utf8(data: bytes, text: str) -> bool:
    """Whether bytes that are not valid UTF-8 are UTF-8 all the same.

    They are if there are ten whole characters beyond ASCII to a broken one, or if only the last
    character is cut off and there is a whole one before it.
    """
    broken = text.count(_BAD)
    whole = sum(1 for char in text if char > "\x7f") - broken
    if whole >= 10 * broken:
        return True
    return broken == 1 and whole > 0 and text.endswith(_BAD) and data[-1] > 0x7F


def _refuse_controls(text: str, path: str, expected: str, *, doubtful: bool) -> None:
    """Raise ParseError if control characters say that the bytes were no text.

    Given no proof of the encoding (`doubtful`), few are enough.
    """
    found = _CONTROL.search(text)
    if found is None:
        return
    count = sum(1 for _ in _CONTROL.finditer(text))
    if doubtful:
        count += text.count(_BAD)
    if count * (50 if doubtful else 5) > len(text):
        start = found.start()
        raise ParseError(
            f"no text but {count} control or undefined characters among {len(text)}, the first "
            f"0x{ord(found[0]):02x}: {expected}",
            path,
            line=text.count("\n", 0, start) + 1,
            offset=len(text[:start].encode("utf-8", "replace")),
        )
