"""Frameworks as the generator needs them, straight from the rules files.

The package's own loader is not used: a document must not inherit the loader's mistakes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

RULES = Path(__file__).resolve().parents[3] / "pyjustice" / "ground" / "rules"


@dataclass(frozen=True)
class Question:
    number: int
    texts: tuple[str, ...]  # with '{name}' and '|'
    has_percent: bool


@dataclass(frozen=True)
class Standard:
    code: str
    title: str
    titles: tuple[str, ...]
    domain: str
    core: bool
    counts: bool
    rated_by: str
    statements: tuple[str, ...]
    questions: tuple[Question, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """One framework: only what a document shows."""

    id: str
    first: date
    last: date
    expand: Mapping[str, tuple[str, ...]]
    codes: tuple[int, ...]
    lower: tuple[int, ...]
    within_points: int
    cuts: tuple[Fraction, ...]
    tie: str
    maxima: tuple[int, ...]
    domains: Mapping[str, tuple[str, ...]]
    standards: tuple[Standard, ...]
    ruled: bool  # has decision rules

    def standard(self, code: str) -> Standard:
        return next(s for s in self.standards if s.code == code)


def squeeze(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def fill(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def spellings(template: str, expand: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every spelling of a wording, '|' kept, the shown one first."""
    names = [name for name in expand if "{" + name + "}" in template]
    options = product(*(expand[name] for name in names))
    return [fill(template, dict(zip(names, values, strict=True))) for values in options]


def read_standard(raw: Mapping[str, Any]) -> Standard:
    by_questions = raw["rated_by"] in ("questions", "score")
    return Standard(
        code=raw["code"],
        title=raw["title"],
        titles=(raw["title"], *raw.get("titles", ())),
        domain=raw["domain"],
        core=raw.get("core", True),
        counts=raw.get("counts", True),
        rated_by=raw["rated_by"],
        statements=tuple(raw.get("statements", ())),
        questions=tuple(
            Question(q["number"], (q["text"], *q.get("variants", ())), by_questions)
            for q in raw.get("questions", ())
        ),
        subjects=tuple(raw.get("subjects", ())),
    )


@cache
def shelf(name: str) -> Shelf:
    raw = tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))
    totals = raw.get("totals", {})
    return Shelf(
        id=raw["id"],
        first=raw["dates"]["first"],
        last=raw["dates"].get("last", date(2026, 9, 30)),
        expand={key: tuple(values) for key, values in raw.get("expand", {}).items()},
        codes=tuple(rating["code"] for rating in raw["rating"]),
        lower=tuple(raw["bands"]["lower"]),
        within_points=raw["discretion"]["within_points"],
        cuts=tuple(Fraction(cut) for cut in totals.get("cuts", ())),
        tie=totals.get("tie", "lower"),
        maxima=tuple(maximum["value"] for maximum in totals.get("maximum", ())),
        domains={d["code"]: tuple(d["titles"]) for d in raw["domain"]},
        standards=tuple(read_standard(s) for s in raw["standard"]),
        ruled=bool(raw.get("rule")),
    )


def shelf_names() -> list[str]:
    return sorted(path.stem for path in RULES.glob("*.toml"))
