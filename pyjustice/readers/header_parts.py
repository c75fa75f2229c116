"""What the text of a header can be: a period, a group of people, what is measured, or none."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyjustice.ground.errors import DataError
from pyjustice.ground.ethnic_labels import ethnic_label
from pyjustice.ground.footnotes import without_marks
from pyjustice.ground.groups import regroup
from pyjustice.ground.periods import period
from pyjustice.ground.table_sources import (
    fold_header,
    is_other,
    per_of,
    role_of,
    table_words,
)
from pyjustice.readers.table_totals import is_total_label

__all__ = [
    "DIMENSIONS",
    "Part",
    "caption_measure",
    "captions",
    "common_dimension",
    "measure_of",
    "names_figures",
    "read_part",
    "says_place",
]

DIMENSIONS = ("Year", "Sex", "Age", "Ethnicity")
_PEOPLE = frozenset(DIMENSIONS[1:])
_FIGURES = ("count", "population", "rate", "value")
_AGE = re.compile(
    r"(?:age[ds]? )?(?:under |over )?\d{1,2}(?: ?(?:-|to|and) ?\d{1,2})?"
    r"(?: ?\+| and (?:over|under|above))?(?: ?years?)?(?: ?olds?)?(?: and (?:over|under|above))?"
)
_LONGEST = 120  # characters of a text that are looked at
_NUMBER = re.compile(r"(?:numbers?|no|counts?)(?: of\b.*)?")
_COUNTS = re.compile(r"(?<!by )(?<!by the )\b(?:numbers?|counts?) of\b|^numbers?$")
# A line below the title that is one too, or a unit; and what makes it a note.
_CAPTION = re.compile(
    r"(?:table|figure|chart)\s*[A-Z]?\d|(?:numbers?|counts?|rates?|percentages?|proportions?"
    r"|population|per ?cent|%)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\.$|\b(?:is|are|not|does|do|may|has|have|includes?|excludes?)\b")
_FIRST_AGE = 10  # of criminal responsibility
_NUMBERS = re.compile(r"\b(?:numbers?|counts?)\b")
_SHARE = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bproportions?\b|\bshares?\b")
_RATE = re.compile(r"\brates?\b|\bper \d")
_TABLE_NUMBER = re.compile(
    r"^(?:table|figure|chart)?\s*[A-Z]?\d+(?:\.\d+)*[a-z]?\s*[:.)\-–]*\s*", re.IGNORECASE
)
# Where a text may be cut into what are two parts: '2019/20 (number)', 'Boys, 10-14'.
_CUTS = re.compile(r"\s*(?:,(?!\d{3})|[:;(\n])\s*|\s+[-–]\s+|\s+")
# What follows may belong to what stands before it: '10 to 17', '15 year olds'.
_GOES_ON = re.compile(r"(?:to|and|over|under|(?:years? )?olds?)\b|[-–+]", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One text of a header.

    Attributes
    ----------
    text : str
        Without marks of footnotes.
    mark : str
        These marks.
    of : frozenset of str
        The dimensions that it may be a value of; several for 'Unknown', all for 'Total'.
    total : bool
        Whether it is the total of others.
    measure : str
        'count', 'population', 'rate', 'value', or '' if it does not say what is measured.
    unit : str
        Of a rate: 'per 1,000', 'percent', '' if it does not say.
    other : bool
        Whether it is worked out from others: a change, a limit, a ratio.
    names : str
        The dimension that it names, '' for none: 'Perceived ethnicity'.
    """

    text: str
    mark: str = ""
    of: frozenset[str] = frozenset()
    total: bool = False
    measure: str = ""
    unit: str = ""
    other: bool = False
    names: str = ""


@functools.lru_cache(maxsize=65_536)
def read_part(text: str) -> tuple[Part, ...]:
    """Read a text of a header: one part, or two or three where it is put together of known ones.

    Examples
    --------
    >>> [sorted(part.of) or part.measure for part in read_part("Boys 10-14 (number)")]
    [['Sex'], ['Age'], 'count']
    """
    whole = _whole(text[:_LONGEST])
    if whole.other or (whole.of and not whole.total):
        return (whole,)
    first, *rest = _cut(without_marks(text[:_LONGEST].strip())) or (whole,)
    return replace(first, mark=whole.mark), *rest


def _cut(text: str) -> tuple[Part, ...]:
    """A text as two texts that are each known; empty if it is not."""
    for found in _CUTS.finditer(text):
        left, right = text[: found.start()], text[found.end() :].rstrip(") ")
        if not left or not right or _GOES_ON.match(right):
            continue
        first = _whole(left)
        if not (first.of or first.measure):
            continue
        rest = read_part(right)
        more = rest if any(part.of or part.measure for part in rest) else ()
        parts = _without_ages((first, *more))
        sure = [part.of for part in parts if part.of and not part.total]
        distinct = len(frozenset().union(*sure)) == sum(map(len, sure))
        told = sum(bool(part.measure) for part in parts) <= 1
        if any(part.of for part in parts) and told and distinct:
            return parts
    return ()


def _without_ages(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Leave out ages behind a measure, and of a population: they say of whom it is, and of all."""
    people = any(part.measure == "population" for part in parts)
    return tuple(
        part
        for before, part in zip((None, *parts), parts, strict=False)
        if part.of != {"Age"} or not (people or (before and before.measure))
    )


@functools.lru_cache(maxsize=65_536)
def _whole(text: str) -> Part:
    plain = without_marks(text.strip()) or text.strip()
    mark = unicodedata.normalize("NFKC", text.strip()[len(plain) :]).strip(" ()[]*")
    if is_other(plain):
        return Part(plain, mark, other=True)
    folded = fold_header(plain)
    if is_total_label(plain) and not measure_of(plain)[0]:
        return Part(plain, mark, frozenset(DIMENSIONS), total=True)
    if folded in table_words("words")["unknown"]:
        return Part(plain, mark, _PEOPLE)
    if of := _dimensions(plain):
        return Part(plain, mark, of)
    measure, unit = measure_of(plain)
    # 'Per 1,000 10-17 year olds' is of no years; 'Children by age' is of ages.
    named = _named(folded) if not measure or " by " in folded else ""
    return Part(plain, mark, measure=measure, unit=unit, names=named)


def _dimensions(text: str) -> frozenset[str]:
    """What a text is a value of, whatever stands beside it."""
    found = set()
    if _is_period(text):
        found.add("Year")
    lower = " ".join(text.lower().replace("–", "-").split())
    if _AGE.fullmatch(lower):
        # '3-6' may count earlier offences, '2 years' be a sentence.
        ages = map(int, re.findall(r"\d+", lower))
        found |= {"Age"} if lower.startswith("age") or min(ages) >= _FIRST_AGE else set()
    if (len(text) > 1 or lower in "mf") and regroup([lower], "sex")["group"][0]:
        found.add("Sex")
    # Codes such as 'A1' are of too many things.
    if len(text) > 2 and any(_is_ethnic(one) for one in (text, re.sub(r"[()]", "", text))):
        found.add("Ethnicity")
    return frozenset(found)


def _is_period(text: str) -> bool:
    for kind in (None, "financial year"):
        try:
            period(text, kind)
        except DataError:
            continue
        return True
    return False


def _is_ethnic(text: str) -> bool:
    found = ethnic_label(text)
    return found is not None and (bool(found.codes) or found.standard.startswith("Other"))


def _named(folded: str) -> str:
    """The dimension that a heading names, '' for none or several."""
    words = set(folded.split())
    named = [name for name, own in table_words("dimensions").items() if words & own]
    return named[0] if len(named) == 1 else ""


def measure_of(text: str) -> tuple[str, str]:
    """What a text says is measured, and the unit of a rate.

    Returns
    -------
    measure : str
        'count', 'population', 'rate', 'value', or '' if it says none, or more than one.
    unit : str

    Examples
    --------
    >>> measure_of("Rate per 1,000"), measure_of("No. of children"), measure_of("Theft")
    (('rate', 'per 1,000'), ('count', ''), ('', ''))
    """
    if is_other(text):
        return "", ""
    role = role_of(text)
    if role in _FIGURES:
        return role, per_of(text)[0] if role == "rate" else ""
    folded = fold_header(text)
    if _RATE.search(folded) or _SHARE.search(folded):
        return "rate", per_of(text)[0]
    return ("count", "") if _NUMBER.fullmatch(folded) else ("", "")


def captions(title: str, lines: Iterable[str]) -> list[str]:
    """The title of a table, and of the lines below it those that are no notes.

    Examples
    --------
    >>> captions("Chapter 2", ["Table 2.1: children", "Numbers", "Numbers are rounded."])
    ['Chapter 2', 'Table 2.1: children', 'Numbers']
    """
    return [title, *(line for line in lines if _CAPTION.match(line) and not _SENTENCE.search(line))]


def caption_measure(lines: Iterable[str]) -> tuple[str, str]:
    """What the captions of a table say that its figures are.

    Parameters
    ----------
    lines : iterable of str
        Such as a title, 'Numbers' or 'Rate per 1,000'.

    Returns
    -------
    measure, unit : str
        As of `measure_of`; '' if nothing is said, or more than one thing.

    Examples
    --------
    >>> caption_measure(["Table 2.1: Number of children sentenced, by ethnicity"])
    ('count', '')
    >>> caption_measure(["Table 2.2: Number and rate of children sentenced"])
    ('', '')
    """
    said = set()
    for line in lines:
        text = _TABLE_NUMBER.sub("", line)
        folded = fold_header(text)
        counts = bool(_COUNTS.search(folded))
        rates = bool(_RATE.search(folded) or _SHARE.search(folded))
        if is_other(text) or (rates and _NUMBERS.search(folded)):
            return "", ""
        if role_of(text) == "population":
            said.add(("population", ""))
        elif counts:
            said.add(("count", ""))
        elif rates:
            said.add(("rate", per_of(text)[0]))
    return said.pop() if len(said) == 1 else ("", "")


def names_figures(texts: Iterable[str]) -> bool:
    """Whether a header is one of figures, though its column be empty: of a year or a measure."""
    return any(part.of or part.measure for text in texts for part in read_part(text))


def says_place(texts: Iterable[str], *, total: bool) -> bool:
    """Whether a header says a year or a group, or, if that is enough, which it may be: 'Total'."""
    parts = (part for text in texts for part in read_part(text))
    return any(part.of if total else len(part.of) == 1 for part in parts)


def common_dimension(texts: Iterable[str]) -> str:
    """The one dimension that all of some labels are values of, '' for none or several."""
    parts = [_whole(text) for text in dict.fromkeys(texts) if text]
    sure = [part.of for part in parts if not part.total]
    if not sure or not all(part.of for part in parts):
        return ""
    # What may be anything ('Unknown') does not tell; of the rest all must agree.
    of = frozenset.intersection(*sure)
    telling = [own for own in sure if own != _PEOPLE]
    return next(iter(of)) if telling and len(of) == 1 else ""
