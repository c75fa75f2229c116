"""Shares of children by ethnicity as a report prints them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pyjustice.ground.shorten import cut
from pyjustice.readers.reports import Reports

__all__ = ["PrintedShare", "printed_shares"]

# Words by which a figure is told to be of an ethnic group.
_ETHNIC = re.compile(
    r"\b(?:black|white|asian|mixed heritage|dual heritage|mixed ethnic\w*|minority ethnic|ethnic"
    r" minorit\w+|global majority|minoritised|african|caribbean|arab|chinese|roma"
    r"|gypsy|travellers?)\b",
    re.IGNORECASE,
)
_CHILDREN = re.compile(r"\b(?:child(?:ren)?|caseload|cohort)\b", re.IGNORECASE)
_AREA = re.compile(r"\b(?:area|borough|city|county|district|living)\b", re.IGNORECASE)
# A sentence that is about these too leaves open of whom the figure is.
_OTHERS = re.compile(
    r"\b(?:population|residents|staff|workforce|volunteers?|victims?|board|panel|officers)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\bat the (?:time|point) (?:of|when|that)?\s?(?:the|our|this)? ?inspection(?: was announced)?"
    r"|\b(?:as (?:at|of)|on|in|during|by|between) (?:\d{1,2} )?(?:(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December) )?20\d\d(?:[-/–]\d\d(?:\d\d)?)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\s,;:.]*(?:\b(?:and|with|while|whilst|but)\b)?[\s,;:.]*$")
_LONGEST = 96


class PrintedShare(NamedTuple):
    """A percentage, the words that say of whom, and those that say when ('' if none do).

    `of_area`: the words are of the children of an area, not of a caseload.
    """

    row: Any
    words: str
    when: str
    of_area: bool


def printed_shares(reports: Reports) -> Iterator[PrintedShare]:
    """Yield the percentages that a report gives of children of an ethnic group.

    Only where one sentence says all: that it is of children and of no one else, and of which
    group. A figure whose sentence leaves that open is left out. The time is the last one named in
    the paragraph up to the figure.
    """
    found = reports.quantities
    texts: dict[int, bytes] = {}
    for i, row in enumerate(found):
        if row["kind"] != "percent" or math.isnan(row["value"]):
            continue
        number = int(row["report"])
        text = texts.setdefault(number, reports.text(number).encode())
        end = int(row["sentence_end"])
        following = found[i + 1] if i + 1 < len(found) else None
        if following is not None and following["report"] == number:
            end = min(end, max(int(following["start"]), int(row["end"])))
        sentence = text[row["sentence_start"] : row["sentence_end"]].decode()
        words = text[row["end"] : end].decode().split(";")[0]
        words = " ".join(_JOINED.sub("", words).split())
        if _ETHNIC.search(words) and _CHILDREN.search(sentence) and not _OTHERS.search(sentence):
            of_area = bool(_AREA.search(words)) and "caseload" not in words.lower()
            yield PrintedShare(row, cut(words, _LONGEST), _when(text, int(row["start"])), of_area)


def _when(text: bytes, start: int) -> str:
    # Offsets are of whole characters, so that what is between two of them decodes.
    paragraph = text[text.rfind(b"\n\n", 0, start) + 1 : start].decode()
    named = [" ".join(found[0].split()) for found in _WHEN.finditer(paragraph)]
    return cut(named[-1], _LONGEST) if named else ""
