"""Text of a PDF document, as PDFium lays it out."""

from __future__ import annotations

import threading
from typing import Any

from pyjustice.ground.errors import ParseError

__all__ = ["pdf_to_text"]

MAX_PAGES = 10_000

# PDFium keeps global state: two documents must not be touched at the same time, even by
# different threads. Closing counts as touching, so nothing is left to the garbage collector.
_PDFIUM = threading.Lock()

# A page box can be damaged or empty while the text is there; this one holds any page.
_EVERYWHERE = 1e7

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_BLANK = " \t\r\n\xa0" + _UNREADABLE


def pdf_to_text(data: bytes, source: str = "", *, max_text: int = 16 << 20) -> str:
    """Extract the text of a PDF document, its pages separated by form feeds.

    Parameters
    ----------
    data : bytes
        The whole file.
    source : str, optional
        Name of the document for errors.
    max_text : int, optional
        Largest text in bytes of UTF-8.

    Returns
    -------
    str
        The text as PDFium extracts it: lines end in CRLF, and a hyphen at the end of a line is
        U+0002 with no line end after it. A page without text is empty between its form feeds; a
        page that cannot be opened, and a glyph without a meaning, is U+FFFD.

    Raises
    ------
    ParseError
        The file is damaged or encrypted, has no pages or too many, holds more text than
        `max_text`, or has no text layer.
    """
    import pypdfium2  # type: ignore[import-untyped]

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _not_opened(str(error), source) from error
        try:
            pages = _pages(document, source, max_text)
        except pypdfium2.PdfiumError as error:
            raise ParseError(f"damaged PDF: {error}", source, offset=0) from error
        finally:
            document.close()
    if all(page == _UNREADABLE for page in pages):
        raise ParseError(
            f"damaged PDF: none of its {len(pages)} pages can be opened", source, offset=0
        )
    if not any(page.strip(_BLANK) for page in pages):
        count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
        raise ParseError(
            f"no text on {count}, scanned? expected a text layer (from OCR)",
            source,
            offset=0,
        )
    return "\f".join(pages)


def _pages(document: Any, source: str, max_text: int) -> list[str]:
    """Text of each page; the caller holds the lock."""
    import pypdfium2

    count = len(document)
    if count == 0:
        raise ParseError("damaged PDF: no pages; expected at least one", source, offset=0)
    if count > MAX_PAGES:
        raise ParseError(f"PDF of {count} pages: expected at most {MAX_PAGES}", source, offset=0)
    pages: list[str] = []
    size = 0
    for index in range(count):
        # One unreadable page does not make the document unreadable: a mark stands for it, so that
        # it is not lost in silence and the numbers of the pages after it are right.
        try:
            text = _page(document, index)
        except pypdfium2.PdfiumError:
            text = _UNREADABLE
        # Form feeds separate pages, so one inside a page would shift the page numbers of all that
        # follow; a NUL stands for a glyph that the font does not name.
        text = text.replace("\f", "\n").replace("\0", _UNREADABLE)
        size += len(text.encode("utf-8", "replace")) + 1
        if size > max_text:
            raise ParseError(
                f"more than {max_text >> 20} MiB of text by page {index + 1} of {count}: "
                "expected one report",
                source,
                offset=0,
            )
        pages.append(text)
    return pages


def _page(document: Any, index: int) -> str:
    """Text of one page; everything opened is closed again."""
    page = document[index]
    try:
        words = page.get_textpage()
        try:
            # The bounded call knows characters beyond U+FFFF, which the ranged one loses.
            text = words.get_text_bounded()
            if not text and words.count_chars() > 0:
                text = words.get_text_bounded(-_EVERYWHERE, -_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)
            return str(text)
        finally:
            words.close()
    finally:
        page.close()


def _not_opened(reason: str, source: str) -> ParseError:
    """Turn PDFium's reason for not opening a file into one that says what to do."""
    if "password" in reason.lower() or "security" in reason.lower():
        message = "encrypted PDF: expected one that opens without a password"
    else:
        message = f"damaged PDF: expected a whole file, {reason[:1].lower()}{reason[1:]}"
    return ParseError(message, source, offset=0)
