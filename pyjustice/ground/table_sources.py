"""Published files whose columns are known, and words of tables: ``table_sources.toml``."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

__all__ = [
    "ONE_OF",
    "ROLES",
    "Source",
    "area_kind",
    "fold_header",
    "header_roles",
    "is_change",
    "is_other",
    "is_passed_over",
    "known_source",
    "per_of",
    "role_of",
    "table_words",
    "whole_period",
]

ROLES = (
    *("area", "area_code", "within", "period", "period_kind", "measure", "group", "cut", "unit"),
    *("count", "population", "rate", "value", "label", "other"),
)
# What a column of figures may be one of, as a user says it.
ONE_OF = {
    "an area": "area",
    "a period": "period",
    "a group": "group",
    "a measure": "measure",
    "a cut": "cut",
}
_SIGNS = re.compile(r"[^a-z0-9%]+")
# 'per 10,000 10-17 year olds' is per 10,000: groups of three digits, or digits alone.
_PER = re.compile(r"\bper\s+(\d{1,3}(?:[,\s]\d{3})+\b|\d+\b)", re.IGNORECASE)
_ENDING = re.compile(r"((?:year|quarter|(?:3|6|12) months) end(?:ing|ed))( [a-z]+)?")
_PERCENT = re.compile(r"%|\bper ?cent(?:age)?\b|\bproportion\b", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A published file whose columns are known.

    Attributes
    ----------
    name : str
    dialect : str
        '' if its signs are not known.
    needs : frozenset of str
        Folded headers that tell it.
    roles : dict of str to str
        What each folded header is.
    rate : str
        The unit of its rates, '' if it says so itself.
    units : dict of str to str
        What a text of its unit, or of its measure, says of the value.
    months_of : str
        The folded header that tells how long periods are, of which the first day is printed; else
        ''.
    months : dict of str to int
        What a folded text below it stands for.
    """

    name: str
    dialect: str
    needs: frozenset[str]
    roles: Mapping[str, str]
    rate: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    months_of: str = ""
    months: Mapping[str, int] = field(default_factory=dict)


@functools.lru_cache(maxsize=65_536)
def fold_header(text: str) -> str:
    """Fold a header: case, spaces and signs do not matter.

    Examples
    --------
    >>> fold_header("Number_Children ")
    'number children'
    """
    return _SIGNS.sub(" ", text.lower()).strip()


def known_source(headers: Sequence[str]) -> Source | None:
    """Return the published file that has these headers, None if it is none that is known."""
    folded = set(map(fold_header, headers))
    found = [source for source in _sources() if source.needs <= folded]
    return max(found, key=lambda source: len(source.needs), default=None)


def header_roles(headers: Sequence[str]) -> dict[str, str]:
    """Return what headers are by their names alone; the first of a role has it.

    Nothing is returned for a table that has no area and no period, or no figure. Of populations of
    several kinds none has the role; a region is the area of a table that has no smaller ones.
    """
    found: dict[str, str] = {}
    for header in headers:
        role = role_of(header)
        if role and (role == "group" or role not in found.values()):
            found[fold_header(header)] = role
    people = {fold_header(header) for header in headers if role_of(header) == "population"}
    if len(people) > 1:
        found = {header: role for header, role in found.items() if role != "population"}
    if "area" not in found.values():
        found = {header: "area" if r == "within" else r for header, r in found.items()}
    roles = set(found.values())
    enough = roles & {"area", "period"} and roles & {"count", "rate", "value"}
    return found if enough else {}


def role_of(header: str) -> str:
    """Return what a header is by its name alone, '' if that says nothing."""
    folded = fold_header(header)
    if is_other(header):
        return ""
    if folded.startswith("rate ") or folded == "%":
        return "rate"
    if _is_population(folded):
        return "population"
    return "period" if _ENDING.fullmatch(folded) else _aliases().get(folded, "")


def _is_population(folded: str) -> bool:
    """Whether a header says 'population', of some years and ages, and nothing else."""
    words = folded.split()
    known = table_words("population")
    named = known["needs"].intersection(words)
    return bool(named) and all(
        word.isdecimal() or word in named or word in known["beside"] for word in words
    )


def is_other(text: str) -> bool:
    """Whether a header or label says that its figures are worked out from those beside them.

    Examples
    --------
    >>> [is_other(text) for text in ("% change", "Difference 2019 to 2020", "Exchange")]
    [True, True, False]
    """
    words = table_words("words")
    return not (words["change"] | words["other"]).isdisjoint(fold_header(text).split())


def is_change(text: str) -> bool:
    """Whether a label says that its figures are a change from one period or group to another."""
    return not table_words("words")["change"].isdisjoint(fold_header(text).split())


def per_of(text: str) -> tuple[str, float]:
    """Return the unit that a text names, and its denominator: ('', nan) if none.

    Examples
    --------
    >>> per_of("Per 10,000 aged 10-17")
    ('per 10,000', 10000.0)
    >>> per_of("% of cohort")
    ('percent', 100.0)
    """
    found = _PER.search(text)
    if found is not None:
        per = int(re.sub(r"\D", "", found[1]))
        if 0 < per <= 10_000_000:
            return f"per {per:,}", float(per)
    if _PERCENT.search(text):
        return "percent", 100.0
    return "", float("nan")


def area_kind(header: str) -> str | None:
    """Return the kind of area that a header says its column names, None if it says none."""
    folded = fold_header(header)
    kinds = (kind for kind, names in table_words("area_kinds").items() if folded in names)
    return next(kinds, None)


def whole_period(header: str, text: str) -> str:
    """Return the text of a period with what its header says of it.

    Examples
    --------
    >>> whole_period("Year ending March", "2022"), whole_period("Quarter ending", "Jun-19")
    ('year ending march 2022', 'quarter ending Jun-19')
    """
    said = _ENDING.fullmatch(fold_header(header))
    if said is None or _ENDING.match(fold_header(text)):
        return text
    return f"{said[0]} {text}" if said[2] is None or text.isdigit() else text


def is_passed_over(sheet: str) -> bool:
    """Whether a sheet of this name is one of contents or notes."""
    return fold_header(sheet) in table_words("sheets")["passed_over"]


@functools.cache
def table_words(section: str) -> Mapping[str, frozenset[str]]:
    """Return a section of words, folded."""
    return {key: frozenset(map(fold_header, texts)) for key, texts in _file()[section].items()}


@functools.cache
def _aliases() -> dict[str, str]:
    return {name: role for role, names in table_words("headers").items() for name in names}


@functools.cache
def _file() -> dict[str, Any]:
    file = resources.files("pyjustice.ground") / "table_sources.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def _sources() -> tuple[Source, ...]:
    return tuple(
        Source(
            name=row["name"],
            dialect=row.get("dialect", ""),
            needs=frozenset(map(fold_header, row["needs"])),
            roles={fold_header(header): role for header, role in row["roles"].items()},
            rate=row.get("rate", ""),
            units={fold_header(text): unit for text, unit in row.get("units", {}).items()},
            months_of=fold_header(row.get("months_of", "")),
            months={fold_header(text): months for text, months in row.get("months", {}).items()},
        )
        for row in _file()["source"]
    )
