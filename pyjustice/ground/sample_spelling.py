"""How the cells of a made-up file are spelled: tidy, or as people send them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from importlib import resources

import numpy as np

from pyjustice.ground.answers import spellings
from pyjustice.ground.codes import Answer
from pyjustice.ground.frameworks import Framework
from pyjustice.ground.sample_tables import Bytes, Cells, Codes, Draws, Quoting

__all__ = ["Spelling"]

_TIDY = {
    Answer.YES: "Yes",
    Answer.NO: "No",
    Answer.NOT_APPLICABLE: "Not applicable",
    Answer.DONT_KNOW: "Don't know",
    Answer.BLANK: "",
}
_DELIMITERS = ",;\t|"
_MONTHS = "January February March April May June July August September October November December"
# What a file may have above its header.
_TITLE = "Audit of cases: answers to key questions"
_NOTES = (
    "", "Seen twice", "Said to be fine, then not", 'Marked "for review"', "First visit;\nsecond",
    "Late\r\nreport, see file", "a | b", "-",
)  # fmt: skip


class Spelling:
    """The spellings of one file.

    Parameters
    ----------
    rules : Framework
    seed : int
    messy : bool
        Vary whatever people vary; the cases stay the same.
    """

    def __init__(self, rules: Framework, seed: int, *, messy: bool) -> None:
        self.rules = rules
        self.messy = messy
        self._draws = Draws(seed, 2, 4)
        whole = self._one()
        self.delimiter = _DELIMITERS[whole % 4] if messy else ","
        self.quoting = Quoting(self.delimiter, messy=messy)
        self._mark = b"\xef\xbb\xbf" if messy and self._one() % 2 else b""
        self._titled = messy and self._one() % 2 == 1
        # Where all is not tidy, a column of notes stands behind the others.
        self.behind_last = self.delimiter if messy else ""
        self._ends = np.array([b"\n", b"\r\n", b"\r"] if messy else [b"\n"])

    def _one(self) -> int:
        return int(next(self._draws.rows(1))[0])

    def take(self, cells: Cells, codes: Codes) -> Bytes:
        """Return the cells of some rows, each in a spelling drawn by itself if there are more."""
        if not self.messy:
            return cells.take(codes)
        return cells.take(codes, next(self._draws.rows(len(codes))))

    def end(self, count: int) -> list[Bytes]:
        """Return what ends rows."""
        draw = next(self._draws.rows(count))
        ends = self._ends[draw % len(self._ends)].view(np.uint8).reshape(count, -1)
        if not self.messy:
            return [ends]
        notes = Cells([[note] for note in _NOTES], self.quoting, end="")
        return [self.take(notes, draw % len(_NOTES)), ends]

    def answer(self, answer: Answer, style: Callable[[str], str]) -> list[str]:
        """Return the spellings of an answer; where all is tidy the one of a service's style."""
        if not self.messy:
            tidy = _TIDY[answer]
            return [style(tidy) if answer in (Answer.YES, Answer.NO) else tidy]
        known = [text for text, meaning in spellings().items() if meaning is answer]
        return list(dict.fromkeys(way for text in known for way in _cased(text)))

    def date(self, day: date) -> list[str]:
        """Return the spellings of a date."""
        tidy = f"{day:%d/%m/%Y}"
        if not self.messy:
            return [tidy]
        month = _MONTHS.split()[day.month - 1]  # strftime would ask the locale
        return [
            tidy,
            day.isoformat(),
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day} {month} {day.year}",
            f"{day.day}-{month[:3]}-{day.year % 100:02}",
            f"{day.isoformat()} 09:30:00",
        ]

    def question(self, key: str) -> list[str]:
        """Return the names of a key question, the plain code first."""
        standard, _, number = key.partition("/")
        code = f"{standard}.{number}"
        if not self.messy:
            return [code]
        text = next(
            question.text
            for question in self.rules.standard(standard).questions
            if question.number == int(number)
        )
        underlined = code.replace(".", "_").lower()
        ways = [code, key, f"Q{code}", f"q{underlined}", f"KQ {code}", f"Question {code}"]
        return [*ways, f"{code} {text}"]

    def header(self, names: Sequence[str], questions: Sequence[str]) -> bytes:
        """Return the header, and what stands above it."""
        if not self.messy:
            cells = [*names, *(self.question(key)[0] for key in questions)]
            return (self.delimiter.join(map(self.quoting.cell, cells)) + "\n").encode()
        aliases = _aliases()
        cells = []
        for name in names:
            known = next((own for own in aliases if name.lower() in own), [name])
            cells.append(self._written(known))
        cells += [self._written(self.question(key)) for key in questions]
        text = self.delimiter.join([*cells, "Notes"]) + "\r\n"
        if self._titled:
            text = f"{self.quoting.cell(_TITLE)}\r\n\r\n{text}"
        return self._mark + text.encode()

    def _written(self, texts: Sequence[str]) -> str:
        """Return one of the spellings in one of its ways."""
        text = texts[self._one() % len(texts)]
        cased = _cased(text)[self._one() % 3]
        ways = self.quoting.spellings([cased])
        return ways[self._one() % len(ways)]


def _cased(text: str) -> tuple[str, str, str]:
    return text, text.upper(), text[:1].upper() + text[1:]


def _aliases() -> list[list[str]]:
    file = resources.files("pyjustice.ground") / "case_columns.toml"
    return list(tomllib.loads(file.read_text(encoding="utf-8")).values())
