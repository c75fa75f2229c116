"""What a framework is: frozen records, and the arithmetic its settings define."""

from __future__ import annotations

import math
import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, SupportsFloat, SupportsIndex

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import DataError

__all__ = [
    "Bands",
    "DecisionRule",
    "Discretion",
    "Domain",
    "Framework",
    "Phrase",
    "Question",
    "RatingWord",
    "Recognise",
    "Standard",
    "Totals",
    "fold",
]

Phrase = tuple[str, str, int, int, int]
"""Role, text, index of the standard (-1 none), number of the question (-1 none), value."""

# What the reader of documents does not see: two phrases that differ in nothing else are one.
_UNSEEN = dict.fromkeys(
    map(
        ord,
        " \t\r\n\f\v\u00a0-\u00ad\u2010\u2011\u2012\u2013\u2014,'\"`"
        "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f",
    )
)


def fold(text: str) -> str:
    """Fold what documents spell at random: case, spaces, hyphens, commas, quotes, apostrophes."""
    return text.translate(_UNSEEN).casefold()


@dataclass(frozen=True, slots=True)
class RatingWord:
    """One rating of the scale; `points` is -1 where the framework gives none."""

    code: int
    word: str
    points: int
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """How a percentage becomes a rating.

    `lower` is the lowest percentage of each rating, lowest rating first. A percentage that equals
    one belongs to that rating if `boundary` is 'upper', to the one below if it is 'lower'.
    """

    lower: tuple[int, ...]
    boundary: str
    rounding: str
    source: str
    confidence: str
    rounding_source: str
    rounding_confidence: str
    note: str = ""

    def reached(self, share: int | Fraction, whole: int = 100) -> int:
        """Place of the rating of an exact share, 0 for the lowest, whatever is said of rounding."""
        # Bounds are whole numbers, so that a share reaches one if its whole part does.
        if self.boundary == "upper":
            return bisect_right(self.lower, 100 * share // whole, 1) - 1
        return bisect_left(self.lower, -(-100 * share // whole), 1) - 1


@dataclass(frozen=True, slots=True)
class Totals:
    """How a total of points becomes an overall rating.

    `cuts` are shares of the maximum; a total that equals one stays below it if `tie` is 'lower'.
    `confidence` and `sources` are given for each maximum.
    """

    cuts: tuple[Fraction, ...]
    tie: str
    maxima: tuple[int, ...]
    confidence: dict[int, str]
    sources: dict[int, str]
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A key question. `lead` and `fragments` are the pieces a report may break it into.

    `has_percent` says that cases are judged on it, even if a report leaves the figure out.
    """

    number: int
    text: str
    variants: tuple[str, ...]
    lead: tuple[str, ...]
    fragments: tuple[str, ...]
    has_percent: bool
    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard, or a theme of the programme of 2012. `titles` holds every spelling."""

    code: str
    title: str
    titles: tuple[str, ...]
    domain: str
    core: bool
    counts: bool
    statements: tuple[str, ...]
    rated_by: str
    questions: tuple[Question, ...]
    subjects: tuple[str, ...]
    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of a report that groups standards."""

    code: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """A rule by which ratings of some standards bear on another's. `condition` is data."""

    standard: str
    rating: int
    force: str
    condition: Mapping[str, Any]
    source: str
    confidence: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Discretion:
    """How far the panel may move a rating, and how close to a boundary it must be for that."""

    bands: int
    within_points: int
    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recognise:
    """What tells a document's framework: titles of inspections, and marks with weights."""

    titles: tuple[str, ...]
    marks: tuple[tuple[str, int], ...]
    maxima: tuple[int, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Framework:
    """The rules of one inspection programme, read from a TOML file.

    Attributes
    ----------
    id, name : str
    source : dict
        Where the file comes from: 'text', 'confidence' and 'links'.
    first, last : datetime.date or None
        Dates of the fieldwork it was used for; `last` is None while it is in use.
    gives_overall : bool
    ratings : tuple of RatingWord
        Lowest first.
    bands, totals, discretion, recognise
        Settings; `totals` is None where there are no points.
    standards, domains, rules : tuple
    note : str
        What is not known of this framework.

    Notes
    -----
    Treat it as read-only: `framework(id)` hands out one shared object.

    Examples
    --------
    >>> import pyjustice as pj
    >>> rules = pj.framework("yjs-2021")
    >>> rules.standard("2.1").title, rules.band(79.5)
    ('Assessment', 3)
    """

    id: str
    name: str
    source: dict[str, Any]
    first: date | None
    last: date | None
    dates: dict[str, str]
    gives_overall: bool
    ratings: tuple[RatingWord, ...]
    bands: Bands
    totals: Totals | None
    standards: tuple[Standard, ...]
    domains: tuple[Domain, ...]
    rules: tuple[DecisionRule, ...]
    discretion: Discretion
    recognise: Recognise
    note: str = ""

    def __repr__(self) -> str:
        """Say which it is and how large; the fields would fill a page."""
        scale = f", out of {self.totals.maxima[0]}" if self.totals else ", no total"
        return f"Framework({self.id!r}: {len(self.standards)} standards{scale})"

    def standard(self, code: str) -> Standard:
        """Return the standard of this code.

        Raises
        ------
        DataError
            If the framework has no such standard.
        """
        for standard in self.standards:
            if standard.code == code:
                return standard
        known = ", ".join(standard.code for standard in self.standards)
        raise DataError(f"framework {self.id!r} has no standard {code!r}: expected one of {known}")

    def band(self, percent: SupportsFloat | Fraction) -> int:
        """Rate a percentage, 0 to 100.

        A float is taken for the exact value it holds: from counts, use `band_counts`.

        Raises
        ------
        DataError
            If it is no number from 0 to 100.
        """
        if isinstance(percent, (int, Fraction)):
            exact = Fraction(percent)
        else:
            value = float(percent)
            if not math.isfinite(value):
                raise DataError(f"expected a percentage from 0 to 100, got {value}")
            exact = Fraction(value)
        if not 0 <= exact <= 100:
            raise DataError(f"expected a percentage from 0 to 100, got {float(percent)}")
        if self.bands.rounding == "half-up":
            exact = Fraction(math.floor(exact + Fraction(1, 2)))
        return self.ratings[self.bands.reached(exact)].code

    def band_counts(self, yes: SupportsIndex, cases: SupportsIndex) -> int:
        """Rate a key question answered 'Yes' in `yes` of `cases`, in exact arithmetic.

        Raises
        ------
        DataError
            If there are no cases, or `yes` is not between 0 and `cases`.
        """
        k, n = operator.index(yes), operator.index(cases)
        if n < 1 or not 0 <= k <= n:
            raise DataError(f"expected 0 <= yes <= cases and at least one case, got {k} of {n}")
        if self.bands.rounding == "half-up":
            return self.ratings[self.bands.reached((200 * k + n) // (2 * n))].code
        return self.ratings[self.bands.reached(k, n)].code

    def points(self, code: SupportsIndex) -> int:
        """Return the points that a rating gives.

        Raises
        ------
        DataError
            If the rating is not on this framework's scale, or the framework gives no points.
        """
        points = self._rating(operator.index(code)).points
        if points < 0:
            raise DataError(f"framework {self.id!r} gives no points")
        return points

    def overall(self, total: SupportsIndex, maximum: SupportsIndex) -> int:
        """Rate a total of points; Rating.NOT_RATED if the framework gives no overall rating.

        Raises
        ------
        DataError
            If the maximum is not one of `totals.maxima`, or the total not between 0 and it.
        """
        if self.totals is None:
            return int(Rating.NOT_RATED)
        score, most = operator.index(total), operator.index(maximum)
        if most not in self.totals.maxima:
            known = " or ".join(map(str, self.totals.maxima))
            raise DataError(f"framework {self.id!r}: expected a total out of {known}, got {most}")
        if not 0 <= score <= most:
            raise DataError(f"expected a total from 0 to {most}, got {score}")
        upper = self.totals.tie == "upper"
        reached = sum(
            score > cut * most or (upper and score == cut * most) for cut in self.totals.cuts
        )
        return self.ratings[reached].code

    def word(self, code: SupportsIndex) -> str:
        """Return the word of a rating: 'Not rated' for -1, '' for -2.

        Raises
        ------
        DataError
            If the rating is not on this framework's scale.
        """
        index = operator.index(code)
        if index in (Rating.NOT_RATED, Rating.NOT_FOUND):
            return Rating(index).word
        return self._rating(index).word

    def _rating(self, code: int) -> RatingWord:
        for rating in self.ratings:
            if rating.code == code:
                return rating
        known = ", ".join(f"{rating.code} {rating.word!r}" for rating in self.ratings)
        raise DataError(f"rating {code} is not on the scale of {self.id!r}: expected {known}")

    def phrases(self) -> list[Phrase]:
        """List every spelling a reader of documents should look for, each once in its role.

        Returns
        -------
        list of (role, text, standard, number, value)
            Roles: 'rating' (value: code), 'title', 'statement', 'question', 'lead' (of all
            questions of a standard: no number), 'fragment', 'domain' (value: code point of the
            domain's code), 'subject', 'inspection_title', 'mark' (value: weight; number: 34 if
            '3.4' has to stand in front). `standard` is an index into `standards`. The closing
            '?', '.' or ':' is left off, for a cell may end without it.
        """
        found: dict[tuple[str, str, int, int, int], Phrase] = {}

        def add(
            role: str, texts: tuple[str, ...], standard: int = -1, number: int = -1, value: int = 0
        ) -> None:
            for text in texts:
                bare = text.rstrip("?.: ")
                found.setdefault(
                    (role, fold(bare), standard, number, value),
                    (role, bare, standard, number, value),
                )

        for rating in self.ratings:
            add("rating", (rating.word, *rating.variants), value=rating.code)
        for index, standard in enumerate(self.standards):
            add("title", standard.titles, index)
            add("statement", standard.statements, index)
            add("subject", standard.subjects, index)
            for question in standard.questions:
                add("question", (question.text, *question.variants), index, question.number)
                add("lead", question.lead, index)
                add("fragment", question.fragments, index, question.number)
        for domain in self.domains:
            add("domain", domain.titles, value=ord(domain.code))
        add("inspection_title", self.recognise.titles)
        for text, weight in self.recognise.marks:
            code = re.match(r"(\d)\.(\d)\b", text)
            add("mark", (text,), number=int("".join(code.groups())) if code else -1, value=weight)
        return list(found.values())
