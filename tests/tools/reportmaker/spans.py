"""Whether what a row says stands where the row says that it stands."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from .words import words

# Tables whose rows carry line, start and end, and whose value can be looked for in the excerpt.
TABLES = ("ratings", "questions", "samples", "recommendations", "quantities", "mentions")
NEWLINE = re.compile(r"\r\n|\r|\n")


def bare(text: str) -> str:
    """Drop spaces, hyphens and case: what is left survives every damage."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return re.sub(r"[\s-]+", "", plain).lower()


def expected_words(table: str, row: Any) -> tuple[str, ...]:
    """Any of these must stand in the excerpt."""
    if table in ("ratings", "mentions"):
        word = bare(str(row["word"]))
        # A participle or an adjective of the word is still its place.
        return (word, word.replace("requires", "requiring"))
    if table == "questions":
        return (f"{float(row['percent']):g}",)
    if table == "samples":
        cases = int(row["cases"])
        return (str(cases), *([bare(words(cases))] if cases < 100 else []))
    if table == "quantities" and str(row["kind"]) in ("percent", "rate"):
        value = float(row["value"])
        shown = f"{value:g}"
        whole = value == int(value) and value < 100
        return (shown, f"{value:.1f}", *([bare(words(int(value)))] if whole else []))
    return ("",)


def compare_spans(report: Any) -> Iterable[str]:
    """Check line and span of every row against the text that the reader read."""
    text = report.text(0)
    data = text.encode("utf-8")
    for table in TABLES:
        for row in getattr(report, table):
            start, end, line = int(row["start"]), int(row["end"]), int(row["line"])
            if start < 0 and line < 0:
                if table == "ratings" and int(row["rating"]) == -2:
                    continue
                yield f"span: {table} row without a place: {row}"
                continue
            if not 0 <= start < end <= len(data):
                yield f"span: {table} [{start}:{end}] of {len(data)} bytes"
                continue
            try:
                excerpt = data[start:end].decode("utf-8")
                before = data[:start].decode("utf-8")
            except UnicodeDecodeError:
                yield f"span: {table} [{start}:{end}] cuts a character"
                continue
            counted = len(NEWLINE.findall(before)) + 1
            if line != counted:
                yield f"span: {table} line {line}, but its start lies in line {counted}"
            wanted = expected_words(table, row)
            if not any(word in bare(excerpt) for word in wanted):
                yield f"span: {table} {wanted[0]!r} not in {excerpt[:80]!r}"
