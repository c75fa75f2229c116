"""How names of areas are spelled: what differs in form alone, and what a name may be without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pyjustice.ground.footnotes import without_marks

__all__ = ["fold", "forms"]

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]")
# What stands before or behind a place's name, folded: bodies, kinds of area, titles of documents.
_AROUND = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:an )?(?:joint )?inspection of (?:youth .*? in )?",
        r"^(?:royal |london |metropolitan )?borough(?: council)? of ",
        r"^(?:city|county)(?: council)? of ",
        r"^(?:city|county) and (?:county|city) of ",
        r"^(?:county|cyngor) ",
        r" (?:combined )?youth (?:justice|offending|support)(?: .*)?$",
        r" (?:yjs|yot|yos|jys|ji)$",
        r" combined$",
        r" (?:council|corporation|mbc|unitary authority|ua)$",
        r" (?:metropolitan |london |county |royal )?borough$",
        r" (?:city|county|district)$",
        r" (?:city|county)(?: and (?:city|county))? of$",
    )
)


def fold(name: str) -> str:
    """Return the letters and digits of a name in lower case, with single blanks between words.

    Accents, apostrophes, hyphens, full stops, marks of footnotes and 'the' make no difference,
    nor does '&' for 'and'.

    Examples
    --------
    >>> fold("St. Helens"), fold("Gwynedd & Ynys Môn"), fold("Stockton-on-Tees")
    ('st helens', 'gwynedd and ynys mon', 'stockton on tees')
    """
    apart = unicodedata.normalize("NFKD", without_marks(name).replace("&", " and ")).casefold()
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", bare)).split()
    return " ".join(word for word in words if word != "the") or " ".join(words)


def forms(folded: str) -> Iterator[set[str]]:
    """Yield the name itself, then what is left with one addition away, then with two, and so on.

    Examples
    --------
    >>> list(forms("derby city council"))
    [{'derby city council'}, {'derby city'}, {'derby'}]
    """
    now = {folded}
    while now:
        yield now
        shorter = {pattern.sub("", name) for name in now for pattern in _AROUND}
        now = {name.strip() for name in shorter} - now - {""}
