"""The fields of a report by Python's `re` alone: the yardstick of speed, written as a user would.

One compiled pattern a field, with the phrases that the engine has. It reads the printed forms of
2018 on, tables with one row a line or one cell a line. It is no oracle: broken words, columns
apart, and prose that looks like a table are beyond it, and every rating word is a mention to it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyjustice.ground.frameworks import framework, frameworks

FLAGS = re.IGNORECASE
WHITE = re.compile(r"\s+")
SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).replace(" ", "|")
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|(?:{TENS})(?:[- ](?:{SMALL}))?|{SMALL})"
MONTH = (
    "January February March April May June July August September October November December"
).replace(" ", "|")
HEDGES = "almost|nearly|just over|just under|over|about|around|at least|more than|fewer than|up to"
HEDGE = rf"(?:\b({HEDGES})\s+)?"
TAIL = 16
PART = "half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?"


def any_of(phrases: Iterable[str]) -> str:
    """Match any of the phrases, the longest first, with any white space between words."""
    longest = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest) + ")"


@dataclass
class ReReport:
    """What was found: rows of texts, the last two the line and the offset."""

    inspection: dict[str, list[str]] = field(default_factory=dict)
    ratings: list[list[str]] = field(default_factory=list)
    questions: list[list[str]] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)
    recommendations: list[list[str]] = field(default_factory=list)
    quantities: list[list[str]] = field(default_factory=list)
    mentions: list[list[str]] = field(default_factory=list)


class ReReader:
    """Patterns for all frameworks, compiled once."""

    def __init__(self) -> None:
        known = [framework(name) for name in frameworks()]
        standards = [standard for each in known for standard in each.standards]
        asked = [question for standard in standards for question in standard.questions]
        words = any_of(
            text for each in known for word in each.ratings for text in (word.word, *word.variants)
        )
        titles = any_of(title for standard in standards for title in standard.titles)
        # An alternation of all wordings tried at every place costs four times all else together.
        self.wordings: dict[str, list[str]] = {}
        for each in asked:
            for text in (each.text, *each.variants, *each.fragments):
                self.wordings.setdefault(text.lower()[-TAIL:], []).append(text.lower())
        self.percent = re.compile(r"(\d+)\s*%\s*$", re.MULTILINE)
        self.once = {
            "service": re.compile(
                r"^an inspection of youth .*?\bin\s+([A-Z].+)$", FLAGS | re.MULTILINE
            ),
            "fieldwork": re.compile(
                rf"(?:fieldwork started|beginning)\s+((?:\d+\s+)?(?:{MONTH})\s+\d{{4}})", FLAGS
            ),
            "published": re.compile(
                rf"^.*?probation,?\s+((?:{MONTH})\s+\d{{4}})\s*$", FLAGS | re.MULTILINE
            ),
            "score": re.compile(
                r"score:?\s*(\d+)\s*/\s*(\d+)|(\d+) out of a possible (\d+)", FLAGS
            ),
            "overall": re.compile(rf"overall rating\s*({words})", FLAGS),
            "stated": re.compile(rf"\bmade\s+({NUMBER})\s+recommendations", FLAGS),
        }
        self.many = {
            "ratings": [re.compile(rf"\b([1-4V]\.?\d?)\.?\s+({titles})[\s\d¹²³]*({words})", FLAGS)],
            "samples": [
                re.compile(rf"(?:look at|inspected)\s+({NUMBER})\s+(?:\w+\s+)?cases", FLAGS)
            ],
            "quantities": [
                re.compile(rf"{HEDGE}\b({NUMBER})\s*(?:%|per\s+cent\b)", FLAGS),
                re.compile(
                    rf"{HEDGE}\b({NUMBER})\s+(?:out\s+)?of\s+(?:the\s+)?({NUMBER})\b", FLAGS
                ),
                re.compile(rf"{HEDGE}\b(a|{SMALL})[- ]({PART})\b", FLAGS),
                re.compile(rf"\b({NUMBER})\s+per\s+([\d,]+)\b", FLAGS),
            ],
            "mentions": [
                re.compile(
                    rf"\b({words}|requiring\s+improvement)\b['’]?(?:\s+in\s+(\d{{4}}))?", FLAGS
                )
            ],
        }
        self.addressee = re.compile(r"^(?:The\s+)?([A-Z].{3,120}?) should:\s*$", re.MULTILINE)
        self.item = re.compile(r"^\s*(\d{1,2})\.\s+\S", re.MULTILINE)

    def read(self, text: str) -> ReReport:
        """Find every field in one text."""
        report = ReReport()
        for name, pattern in self.once.items():
            if match := pattern.search(text):
                report.inspection[name] = [
                    WHITE.sub(" ", group) for group in match.groups() if group
                ]
        for name, patterns in self.many.items():
            for pattern in patterns:
                getattr(report, name).extend(self.rows(pattern, text, 0, len(text)))
        report.questions.extend(self.questions(text))
        heads = list(self.addressee.finditer(text))
        for i, head in enumerate(heads):
            end = heads[i + 1].start() if i + 1 < len(heads) else head.end() + 3000
            rows = self.rows(self.item, text, head.end(), end)
            report.recommendations.extend([head[1], *row] for row in rows)
        return report

    def questions(self, text: str) -> Iterator[list[str]]:
        """Yield the key questions: what stands before a percentage that ends a line."""
        for percent, line, at in self.rows(self.percent, text, 0, len(text)):
            before = WHITE.sub(" ", text[max(0, int(at) - 300) : int(at)]).rstrip().lower()
            known = (w for w in self.wordings.get(before[-TAIL:], []) if before.endswith(w))
            if wording := max(known, key=len, default=""):
                yield [wording, percent, line, at]

    @staticmethod
    def rows(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[list[str]]:
        """Rows of all matches, with line and offset."""
        found = []
        line, at = text.count("\n", 0, start) + 1, start
        for match in pattern.finditer(text, start, end):
            line += text.count("\n", at, match.start())
            at = match.start()
            groups = [WHITE.sub(" ", group or "") for group in match.groups()]
            found.append([*groups, str(line), str(at)])
        return found
