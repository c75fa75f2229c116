"""The schema of a framework file: every key checked, and named if it is wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pyjustice.ground.codes import Rating
from pyjustice.ground.framework_table import CONFIDENCE, REQUIRED, Table, quote
from pyjustice.ground.framework_types import (
    Bands,
    DecisionRule,
    Discretion,
    Domain,
    Framework,
    Question,
    RatingWord,
    Recognise,
    Standard,
    Totals,
    fold,
)

__all__ = ["build"]

# One text with many placeholders multiplies; a file that asks for more is a mistake.
MOST_SPELLINGS = 500

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Keep the first of the texts that a reader cannot tell apart."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(fold(text), text)
    return tuple(kept.values())


class Builder:
    """Makes a Framework of a file's root table."""

    def __init__(self, root: Table) -> None:
        self.root = root
        self.spellings: dict[str, list[str]] = {}
        self.codes: list[int] = []
        self.standards: list[str] = []

    def framework(self) -> Framework:
        """Read the root table; the order matters, for later parts refer to earlier ones."""
        root = self.root
        identifier = root.text("id", most=16)
        self.expansions()
        ratings = self.ratings()
        domains = self.domains()
        standards = self.all_standards([domain.code for domain in domains])
        gives_overall = bool(root.get("gives_overall", bool))
        totals = self.totals(gives_overall, ratings, standards)
        dates = root.table("dates")
        first, last = dates.day("first"), dates.day("last")
        if first and last and last < first:
            raise dates.error("last", f"expected a date after {first}, got {last}")
        source, confidence = dates.origin()
        framework = Framework(
            id=identifier,
            name=root.text("name"),
            source=self.source(),
            first=first,
            last=last,
            dates={"source": source, "confidence": confidence, "note": dates.note()},
            gives_overall=gives_overall,
            ratings=ratings,
            bands=self.bands(),
            totals=totals,
            standards=standards,
            domains=domains,
            rules=self.rules(),
            discretion=self.discretion(),
            recognise=self.recognise(totals.maxima if totals else ()),
            note=root.note(),
        )
        dates.done()
        root.done()
        return framework

    def expansions(self) -> None:
        """Read [expand]; an empty spelling is allowed, for a word that may be left out."""
        self.root.asked.add("expand")
        if "expand" not in self.root.data:
            return
        table = self.root.table("expand")
        for name in table.data:
            if not isinstance(name, str) or not name.isidentifier():
                raise table.error(str(name) or "''", "expected a name of letters, digits and '_'")
            values = table.get(name, list)
            if not values or not all(isinstance(value, str) for value in values):
                raise table.error(name, "expected a list of texts")
            self.spellings[name] = values

    def expand(self, table: Table, name: str, text: str) -> list[str]:
        """Return every spelling of a text, the first of each placeholder first."""
        names = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
        for placeholder in names:
            if placeholder not in self.spellings:
                known = ", ".join(self.spellings) or "none"
                raise table.error(
                    name, f"unknown placeholder {quote(placeholder)}: expected one of {known}"
                )
        if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
            raise table.error(name, "expected each '{' to be closed by a '}'")
        count = 1
        for placeholder in names:
            count *= len(self.spellings[placeholder])
        if count > MOST_SPELLINGS:
            raise table.error(name, f"expected at most {MOST_SPELLINGS} spellings, got {count}")
        result: list[str] = []
        for chosen in itertools.product(*(self.spellings[placeholder] for placeholder in names)):
            values = dict(zip(names, chosen, strict=True))
            filled = _PLACEHOLDER.sub(lambda m, v=values: v[m[1]], text)  # type: ignore[misc]
            plain = " ".join(filled.split())
            if not plain.replace("|", "").strip():
                raise table.error(name, "expected a text, got an empty one")
            result.append(plain)
        return list(_distinct(result))

    def texts(self, table: Table, name: str, default: Any = REQUIRED) -> tuple[str, ...]:
        """Read a list of texts, expanded."""
        return _distinct(
            spelling
            for i, text in enumerate(table.items(name, str, default))
            for spelling in self.expand(table, f"{name}[{i}]", text)
        )

    def source(self) -> dict[str, Any]:
        """Read where the file comes from."""
        table = self.root.table("source")
        result = {
            "text": table.text("text"),
            "confidence": table.choice("confidence", CONFIDENCE),
            "links": tuple(table.items("links", str, [])),
        }
        table.done()
        return result

    def ratings(self) -> tuple[RatingWord, ...]:
        """Read the scale, lowest rating first."""
        result: list[RatingWord] = []
        for table in self.root.tables("rating"):
            code = table.integer("code", 0, 99)
            word = table.text("word", most=24)
            if code in self.codes:
                raise table.error("code", f"duplicate code {code}")
            # A code that already has a meaning keeps it, or two scales would share it.
            if code in Rating.__members__.values() and fold(Rating(code).word) != fold(word):
                raise table.error(
                    "word",
                    f"code {code} means {Rating(code).word!r}: expected "
                    f"this or another code, got {quote(word)}",
                )
            if fold(word) in {fold(rating.word) for rating in result}:
                raise table.error("word", f"duplicate word {quote(word)}")
            points = table.integer("points", 0, 99, None) if "points" in table.data else -1
            if result and points <= result[-1].points and max(points, result[-1].points) >= 0:
                raise table.error(
                    "points", "expected more points than the rating before, or none for any rating"
                )
            result.append(RatingWord(code, word, points, self.texts(table, "variants", [])))
            self.codes.append(code)
            table.done()
        if len(result) < 2:
            raise self.root.error("rating", "expected at least two ratings")
        return tuple(result)

    def scale(self, table: Table, name: str, value: int | None = None) -> int:
        """Return a rating's code if it is on the scale."""
        code = int(table.get(name, int)) if value is None else value
        if code not in self.codes:
            known = ", ".join(map(str, self.codes))
            raise table.error(name, f"expected a rating's code ({known}), got {quote(code)}")
        return code

    def domains(self) -> tuple[Domain, ...]:
        """Read the domains; a code is one character, for it travels as its code point."""
        result: list[Domain] = []
        for table in self.root.tables("domain"):
            code = table.text("code", most=1)
            if code in {domain.code for domain in result}:
                raise table.error("code", f"duplicate code {quote(code)}")
            result.append(Domain(code, self.texts(table, "titles")))
            table.done()
        return tuple(result)

    def all_standards(self, domains: list[str]) -> tuple[Standard, ...]:
        """Read the standards."""
        tables = self.root.tables("standard")
        if not tables:
            raise self.root.error("standard", "expected at least one standard")
        return tuple(self.standard(table, domains) for table in tables)

    def standard(self, table: Table, domains: list[str]) -> Standard:
        """Read one standard."""
        code = table.text("code", most=8)
        if code in self.standards:
            raise table.error("code", f"duplicate code {quote(code)}")
        self.standards.append(code)
        title = table.text("title", most=96)
        domain = table.choice("domain", tuple(domains))
        rated_by = table.choice("rated_by", ("questions", "evidence", "score", "mixed"))
        source, confidence = table.origin()
        titles = (title, *self.texts(table, "titles", []))
        questions: list[Question] = []
        for part in table.tables("questions"):
            question = self.question(part, rated_by, source, confidence)
            if question.number in {other.number for other in questions}:
                raise part.error("number", f"duplicate number {question.number}")
            questions.append(question)
        with_percent = sum(question.has_percent for question in questions)
        if rated_by == "score" and with_percent != 1:
            raise table.error(
                "questions",
                f"expected one question with a percentage for a "
                f"standard rated by a score, got {with_percent}",
            )
        if rated_by in ("questions", "mixed") and not with_percent:
            raise table.error("questions", "expected a question with a percentage, got none")
        result = Standard(
            code=code,
            title=title,
            titles=_distinct(titles),
            domain=domain,
            core=bool(table.get("core", bool, True)),
            counts=bool(table.get("counts", bool, True)),
            statements=self.texts(table, "statements"),
            rated_by=rated_by,
            questions=tuple(questions),
            subjects=self.texts(table, "subjects", []),
            source=source,
            confidence=confidence,
            note=table.note(),
        )
        table.done()
        return result

    def question(self, table: Table, rated_by: str, source: str, confidence: str) -> Question:
        """Read one key question and the pieces that '|' marks in its spellings."""
        number = table.integer("number", 1, 999)
        spelt = self.expand(table, "text", table.text("text"))
        spelt += self.texts(table, "variants", [])
        wording: list[str] = []
        lead: list[str] = []
        fragments: list[str] = []
        for spelling in spelt:
            pieces = [piece.strip() for piece in spelling.split("|")]
            if not all(pieces):
                raise table.error("text", "expected words on both sides of each '|'")
            wording.append(" ".join(pieces))
            lead += [" ".join(pieces[:i]) for i in range(1, len(pieces))]
            fragments += [" ".join(pieces[i:]) for i in range(1, len(pieces))]
        text, *variants = _distinct(wording)
        # A mixed standard has both kinds, so its file must say which is which.
        default = REQUIRED if rated_by == "mixed" else rated_by in ("questions", "score")
        origin = table.origin(source, confidence)
        result = Question(
            number=number,
            text=text,
            variants=tuple(variants),
            lead=_distinct(lead),
            fragments=_distinct(fragments),
            has_percent=bool(table.get("has_percent", bool, default)),
            source=origin[0],
            confidence=origin[1],
            note=table.note(),
        )
        table.done()
        return result

    def bands(self) -> Bands:
        """Read the bands of percentages."""
        table = self.root.table("bands")
        lower = table.items("lower", int)
        if len(lower) != len(self.codes):
            raise table.error(
                "lower",
                f"expected one number for each of the {len(self.codes)} ratings, got {len(lower)}",
            )
        for i, value in enumerate(lower):
            table.within(f"lower[{i}]", value, 0, 100)
            if i and value <= lower[i - 1]:
                raise table.error(
                    f"lower[{i}]",
                    f"bands not ascending: expected more than {lower[i - 1]}, got {value}",
                )
        if lower[0] != 0:
            raise table.error("lower[0]", f"expected 0, got {lower[0]}")
        source, confidence = table.origin()
        result = Bands(
            lower=tuple(lower),
            boundary=table.choice("boundary", ("upper", "lower")),
            rounding=table.choice("rounding", ("half-up", "none")),
            source=source,
            confidence=confidence,
            rounding_source=table.text("rounding_source"),
            rounding_confidence=table.choice("rounding_confidence", CONFIDENCE),
            note=table.note(),
        )
        table.done()
        return result

    def totals(
        self, gives_overall: bool, ratings: tuple[RatingWord, ...], standards: tuple[Standard, ...]
    ) -> Totals | None:
        """Read the cuts of totals and the maxima they are known for."""
        if not gives_overall:
            if "totals" in self.root.data:
                raise self.root.error("totals", "expected none, as gives_overall is false")
            return None
        table = self.root.table("totals")
        cuts = [
            table.fraction(f"cuts[{i}]", value) for i, value in enumerate(table.get("cuts", list))
        ]
        if len(cuts) != len(ratings) - 1:
            raise table.error(
                "cuts",
                f"expected {len(ratings) - 1}, one between each two ratings, got {len(cuts)}",
            )
        for i in range(1, len(cuts)):
            if cuts[i] <= cuts[i - 1]:
                raise table.error(
                    f"cuts[{i}]",
                    f"cuts out of order: expected more than {cuts[i - 1]}, got {cuts[i]}",
                )
        source = table.text("source")
        confidence: dict[int, str] = {}
        sources: dict[int, str] = {}
        for part in table.tables("maximum"):
            value = part.integer("value", 1, 9999)
            if value in confidence:
                raise part.error("value", f"duplicate maximum {value}")
            sources[value], confidence[value] = part.origin(source)
            part.done()
        if ratings[0].points < 0:
            raise self.root.error(
                "rating[0].points", "missing: expected an integer, for there are totals"
            )
        full = ratings[-1].points * sum(standard.counts for standard in standards)
        if full not in confidence:
            raise table.error(
                "maximum",
                f"expected {full} among them, the most that the standards that count can give",
            )
        result = Totals(
            cuts=tuple(cuts),
            tie=table.choice("tie", ("lower", "upper")),
            maxima=tuple(confidence),
            confidence=confidence,
            sources=sources,
            source=source,
            note=table.note(),
        )
        table.done()
        return result

    def rules(self) -> tuple[DecisionRule, ...]:
        """Read the decision rules."""
        result = []
        for table in self.root.tables("rule", []):
            standard = table.choice("standard", tuple(self.standards))
            source, confidence = table.origin()
            result.append(
                DecisionRule(
                    standard=standard,
                    rating=self.scale(table, "rating"),
                    force=table.choice("force", ("hard", "usual")),
                    condition=self.condition(table.table("condition"), standard),
                    source=source,
                    confidence=confidence,
                    text=table.text("text"),
                    note=table.note(),
                )
            )
            table.done()
        return tuple(result)

    def condition(self, table: Table, standard: str) -> dict[str, Any]:
        """Read a condition; each kind has its own keys."""
        kind = table.choice("kind", ("share", "all", "pair"))
        of = table.items("of", str)
        if not of:
            raise table.error("of", "expected at least one standard")
        for i, code in enumerate(of):
            if code not in self.standards or code == standard:
                raise table.error(
                    f"of[{i}]", f"expected another standard of this framework, got {quote(code)}"
                )
            if code in of[:i]:
                raise table.error(f"of[{i}]", f"duplicate standard {quote(code)}")
        result: dict[str, Any] = {"kind": kind, "of": tuple(of)}
        if kind == "pair":
            ratings = table.items("ratings", int)
            if len(of) != 2 or len(ratings) != 2:
                raise table.error("ratings" if len(of) == 2 else "of", "expected two for a pair")
            result["ratings"] = tuple(
                self.scale(table, f"ratings[{i}]", code) for i, code in enumerate(ratings)
            )
        else:
            result["at_least_rating"] = self.scale(table, "at_least_rating")
        if kind == "all":
            result["requires"] = bool(table.get("requires", bool, False))
        if kind == "share":
            result["fewer_than"] = table.fraction("fewer_than")
            table.asked.add("and_remaining")
            if "and_remaining" in table.data:
                rest = table.table("and_remaining")
                result["and_remaining"] = {
                    "rating_at_most": self.scale(rest, "rating_at_most"),
                    "more_than": rest.fraction("more_than"),
                }
                rest.done()
        table.done()
        return result

    def discretion(self) -> Discretion:
        """Read how far the panel may move a rating."""
        table = self.root.table("discretion")
        source, confidence = table.origin()
        result = Discretion(
            bands=table.integer("bands", 0, len(self.codes)),
            within_points=table.integer("within_points", 0, 100),
            source=source,
            confidence=confidence,
            note=table.note(),
        )
        table.done()
        return result

    def recognise(self, maxima: tuple[int, ...]) -> Recognise:
        """Read what tells a document's framework."""
        table = self.root.table("recognise")
        marks: dict[str, tuple[str, int]] = {}
        for i, pair in enumerate(table.items("marks", list, [])):
            name = f"marks[{i}]"
            if len(pair) != 2:
                raise table.error(name, "expected a phrase and a weight")
            phrase = str(table.check(f"{name}[0]", pair[0], str))
            weight = table.within(f"{name}[1]", table.check(f"{name}[1]", pair[1], int), 1, 1000)
            if fold(phrase) in marks:
                raise table.error(name, f"duplicate mark {quote(phrase)}")
            marks[fold(phrase)] = (phrase, weight)
        result = Recognise(
            titles=self.texts(table, "titles"), marks=tuple(marks.values()), maxima=maxima
        )
        table.done()
        return result


def build(data: Mapping[str, Any], path: str = "") -> Framework:
    """Check a framework's data and make the Framework.

    Parameters
    ----------
    data : mapping
        The file as parsed, or a dict with the same keys.
    path : str
        Named in errors.

    Raises
    ------
    FrameworkError
        Naming the first key that is missing, unknown, of a wrong type or inconsistent. Lists are
        counted from 0: 'standard[3].questions[1].text'.
    """
    return Builder(Table(data, path)).framework()
