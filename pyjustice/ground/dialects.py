"""Dialects of published tables: what their signs mean. Data, not code: ``dialects.toml``."""

from __future__ import annotations

import functools
import math
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

from pyjustice import _core
from pyjustice.ground.errors import DataError
from pyjustice.ground.table_codes import NOTES, CellReason

__all__ = [
    "AnyDialect",
    "Dialect",
    "any_sign",
    "common",
    "dialect",
    "dialects",
    "explains_sign",
    "with_legend",
]

AnyDialect: TypeAlias = "str | os.PathLike[str] | Mapping[str, Any] | Dialect"

# Two signs at the least are needed to be sure without a dialect: brackets, or a word.
_SURE = re.compile(r"\[.+[\]}]|[a-z][a-z ]{2,}")
# "R = Revised since last publication": a table's own key.
_LEGEND = re.compile(
    r"""^\W{0,2}?["'‘“]?(?P<sign>\[\w{1,4}\]|\(\w{1,3}\)|\w{1,3}|[^\w\s"'’”]{1,3})["'’”]?\s*
        (?:=|:|\s[-–]\s|\b(?:denotes|means|indicates|represents|replaces|stands\s+for|is\s+used\s+for)\b)
        \s*(?P<meaning>.+)$""",
    re.VERBOSE,
)
# "[c] Counts of 1 to 4"; an asterisk may be a bullet, unless what follows it is of figures.
_SIGN_FIRST = re.compile(
    r"""^(?P<sign>\[\w{1,4}\]|[*~†‡§])\s+(?P<meaning>
        (?:numbers?|counts?|values?|figures?|cells?|fewer|less|under|below|between|suppressed
        |confidential|\d|<).*)$""",
    re.VERBOSE | re.IGNORECASE,
)
# "Counts of 1 to 4 are shown as [c]": the key the other way round.
_SHOWN_AS = re.compile(
    r"""^(?P<meaning>.+?)\b(?:shown|replaced|denoted|marked|represented|indicated|displayed|given)
        \s+(?:as|by|with)(?:\s+an?)?\s+["'‘“]?
        (?P<sign>\[\w{1,4}\]|\(\w{1,3}\)|\w{1,3}|[^\w\s.,"'’”]{1,3})["'’”]?\s*\.?$""",
    re.VERBOSE,
)
# What a key says of how large a hidden count may be.
_N = r"(?<![\d.,])(\d{1,3}(?:,\d{3})*)(?![\d.,]*\d)"
_RANGE = re.compile(rf"{_N}\s*(?:to|and|-|–)\s*{_N}")
_BELOW = re.compile(rf"(?:\b(?:fewer|less|lower|smaller)\s+than|\b(?:under|below)|<)\s*{_N}\b")
_UP_TO = re.compile(
    rf"{_N}\s+or\s+(?:fewer|less|below|under)\b"
    rf"|(?:\bup\s+to|\bat\s+most|\bno\s+more\s+than|\bless\s+than\s+or\s+equal\s+to|<=|≤)\s*{_N}\b"
)
_NO_ZERO = re.compile(
    r"non-?zero|\b(?:excluding|except|other than|not|above|more than) (?:zeros?|0)\b"
)
# The sign stands for more than small counts: for any that would give one away.
_AND_MORE = re.compile(
    r"\bor\b|\b(?:second|complement|other|larger|higher|also\b|as well\b|deduc|deriv|calculat)"
    r"|\bwork(?:ed)? out\b"
)
# Bounds of something else than the figure itself: of the people that a rate is of, or of ages.
_NOT_COUNTS = re.compile(
    r"%|per ?cent|proportion|\brates?\b|\bbased\b|\bbase\b|denominator|population|\bage|year"
)
# What a key may say; one that says two of these leaves its sign open.
_LEGEND_REASONS = (
    ("not applicable", CellReason.NOT_APPLICABLE),
    ("not available", CellReason.NOT_AVAILABLE),
    ("unavailable", CellReason.NOT_AVAILABLE),
    ("not collected", CellReason.NOT_COLLECTED),
    ("suppress", CellReason.SUPPRESSED),
    ("confidential", CellReason.SUPPRESSED),
    ("disclos", CellReason.SUPPRESSED),
)
_LEGEND_NOTES = {"revised": "revised", "provisional": "provisional", "estimate": "estimate"}


@dataclass(frozen=True)
class Meaning:
    """What a sign in the place of a figure stands for; NaN for no bound."""

    reason: CellReason
    value: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    last_digit: bool = False

    def key(self) -> str:
        """Compare two meanings by what they say: NaN is NaN."""
        return repr(self)


@dataclass(frozen=True)
class Dialect:
    """The signs of one publisher.

    Attributes
    ----------
    name, title, source : str
    alone : dict of str to Meaning
        Signs that stand in the place of a figure.
    beside : dict of str to str
        Signs that stand beside one, which stays valid: of ``NOTES``.
    explained : dict of str to int
        Signs that the notes of a table explain: which of the notes, counted from 0.
    """

    name: str
    title: str
    source: str
    alone: dict[str, Meaning]
    beside: dict[str, str]
    explained: dict[str, int] = field(default_factory=dict)

    def markers(self) -> _core.Markers:
        """The engine's table of these signs."""
        nan = math.nan
        codes = {reason: code for code, reason in enumerate(_core.CELL_REASONS)}
        rows = [
            (text.encode(), 0, codes[m.reason], m.value, m.lower, m.upper, m.last_digit)
            for text, m in self.alone.items()
        ]
        rows += [
            (text.encode(), 1, NOTES.index(note), nan, nan, nan, False)
            for text, note in self.beside.items()
        ]
        return _core.Markers(rows)


def dialects() -> list[str]:
    """List the dialects that come with the package.

    Returns
    -------
    list of str
        Names for ``pj.read_tables(..., dialect=...)``.

    Examples
    --------
    >>> dialects()
    ['gss', 'dfe', 'dfe-older', 'moj', 'ho', 'eff', 'lait', 'statswales', 'ni']
    """
    return [name for name in _builtin() if name != "words"]


def dialect(source: AnyDialect) -> Dialect:
    """Return a dialect by its name, from a TOML file of the same form, or from such a mapping.

    Raises
    ------
    DataError
        No such name, or not a dialect.
    """
    if isinstance(source, Dialect):
        return source
    if isinstance(source, Mapping):
        return _build("given", source)
    if isinstance(source, str) and source in dialects():
        return _builtin()[source]
    path = Path(source)
    if path.suffix != ".toml":
        known = ", ".join(map(repr, dialects()))
        raise DataError(f"no such dialect: {os.fspath(source)!r}; expected one of {known}")
    try:
        return _build(path.stem, tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{os.fspath(source)}: not a dialect: {error}") from None


@functools.cache
def common() -> Dialect:
    """The dialect of a table whose publisher is not known.

    A sign is read only if it is a word or stands in brackets and means the same to all who use it;
    a note beside a figure, if two or more do. Every other sign of any dialect is ambiguous.
    """
    known = [_builtin()[name] for name in dialects()]
    words = _builtin()["words"]
    alone: dict[str, Meaning] = {}
    for text in dict.fromkeys(sign for d in known for sign in d.alone):
        meanings = {d.alone[text].key(): d.alone[text] for d in known if text in d.alone}
        sure = _SURE.fullmatch(text) and len(meanings) == 1
        alone[text] = next(iter(meanings.values())) if sure else Meaning(CellReason.AMBIGUOUS)
    for text in ("na", "n/a", "nil", "…"):
        alone.setdefault(text, Meaning(CellReason.AMBIGUOUS))
    beside: dict[str, str] = {}
    for text in dict.fromkeys(sign for d in known for sign in d.beside):
        notes = [d.beside[text] for d in known if text in d.beside]
        if len(set(notes)) == 1 and (len(notes) > 1 or text.startswith("[")):
            beside[text] = notes[0]
    return Dialect("", "No publisher known", "", {**words.alone, **alone}, beside | words.beside)


@functools.cache
def any_sign() -> _core.Markers:
    """Every sign of every dialect, whatever it means: for telling figures from labels."""
    known = [_builtin()[name] for name in dialects()]
    alone = {text: Meaning(CellReason.AMBIGUOUS) for d in (common(), *known) for text in d.alone}
    beside = {text: NOTES[0] for d in known for text in d.beside}
    return Dialect("", "", "", alone, beside).markers()


def with_legend(base: Dialect, notes: Iterable[str]) -> Dialect:
    """Add what a table's own notes say of its signs, where the dialect is not sure of them.

    Parameters
    ----------
    base : Dialect
    notes : iterable of str
        Lines such as 'R = Revised since last publication' or '[c]: fewer than 5'.

    Notes
    -----
    Bounds are those of counts: 'fewer than 5' is 0 to 4. Notes that give one sign several bounds
    leave it without, and so does one by which larger counts are hidden too ('or secondary
    suppression').
    """
    alone, beside, explained = dict(base.alone), dict(base.beside), dict(base.explained)
    bounds: dict[str, set[tuple[float, float]]] = {}
    for at, line in enumerate(notes):
        forms = (_LEGEND, _SIGN_FIRST, _SHOWN_AS) if len(line) < 400 else ()
        found = next(filter(None, (form.match(line.strip()) for form in forms)), None)
        if found is None:
            continue
        sign, says = found["sign"].lower(), found["meaning"].lower()
        if sign.isdigit() or sign == "(":
            continue
        known = alone.get(sign)
        open_ = known is None or known.reason == CellReason.AMBIGUOUS
        reasons = {reason for word, reason in _LEGEND_REASONS if word in says}
        if len(reasons) > 1:
            continue
        reason = next(iter(reasons), None)
        limits = _bounds_of(says) if _is_sign(sign) and reasons <= {CellReason.SUPPRESSED} else None
        note = next((n for word, n in _LEGEND_NOTES.items() if word in says), None)
        if limits and (open_ or (known and known.reason == CellReason.SUPPRESSED)):
            bounds.setdefault(sign, set()).add(limits)
            reason = CellReason.SUPPRESSED
            explained[sign] = at
        if reason is not None and open_:
            suppressed = reason == CellReason.SUPPRESSED
            alone[sign] = Meaning(reason, lower=0 if suppressed else math.nan)
            explained[sign] = at
        elif note is not None and reason is None:
            beside.setdefault(sign, note)
    for sign, ranges in bounds.items():
        known = alone[sign]
        if len(ranges) == 1 and math.isnan(known.upper):
            ((lower, upper),) = ranges
            alone[sign] = replace(known, lower=lower, upper=upper)
    if alone == base.alone and beside == base.beside:
        return base
    return Dialect(base.name, base.title, base.source, alone, beside, explained)


@functools.lru_cache(maxsize=4096)
def explains_sign(line: str) -> bool:
    """Whether a line says what a sign means: it is a note, and no row or heading of a table.

    Examples
    --------
    >>> explains_sign("[c]: 1 to 4"), explains_sign("Leeds"), explains_sign("All: 10 to 17")
    (True, False, False)
    """
    return with_legend(common(), [line]) is not common()


def _is_sign(text: str) -> bool:
    """Whether a text is a sign, and no word: in 'All: 10 to 17' it is one."""
    return not text.isalnum() or text in _all_signs()


@functools.cache
def _all_signs() -> frozenset[str]:
    return frozenset(sign for d in (common(), *_builtin().values()) for sign in d.alone)


def _bounds_of(says: str) -> tuple[float, float] | None:
    """The least and most that a key says a hidden count is; None if that is not sure."""
    if _NOT_COUNTS.search(says):
        return None
    least = 1.0 if _NO_ZERO.search(says) else 0.0
    rest = _NO_ZERO.sub(" ", says)
    ranges = {(_number(low), _number(high)) for low, high in _RANGE.findall(rest)}
    upper = {_number(one or other) for one, other in _UP_TO.findall(rest)}
    rest = _UP_TO.sub(" ", rest)
    upper |= {_number(limit) - 1 for limit in _BELOW.findall(rest)}
    ranges |= {(least, limit) for limit in upper}
    found = ranges.pop() if len(ranges) == 1 and not _AND_MORE.search(rest) else None
    return found if found and found[0] <= found[1] else None


def _number(text: str) -> float:
    return float(text.replace(",", ""))


@functools.cache
def _builtin() -> dict[str, Dialect]:
    file = resources.files("pyjustice.ground") / "dialects.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    words = _build("words", tables.pop("words"))
    made = {"words": words}
    for name, table in tables.items():
        own = _build(name, table)
        made[name] = Dialect(
            name, own.title, own.source, words.alone | own.alone, words.beside | own.beside
        )
    return made


def _build(name: str, table: Mapping[str, Any]) -> Dialect:
    alone: dict[str, Meaning] = {}
    beside: dict[str, str] = {}
    try:
        for row in table.get("alone", []):
            numbers = {key: float(row[key]) for key in ("value", "lower", "upper") if key in row}
            reason = CellReason(row["reason"])
            meaning = Meaning(reason, last_digit=bool(row.get("last_digit", False)), **numbers)
            if (reason == CellReason.VALUE) != ("value" in row):
                raise DataError(f"dialect {name}: {row['text']}: a value, or a reason for none")
            alone |= {text.lower(): meaning for text in row["text"]}
        for note, texts in table.get("beside", {}).items():
            if note not in NOTES:
                raise DataError(f"dialect {name}: {note!r}: expected one of {', '.join(NOTES)}")
            beside |= {text.lower(): note for text in texts}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"dialect {name}: expected rows of text and reason: {error}") from None
    title, source = str(table.get("title", name)), str(table.get("source", ""))
    return Dialect(name, title, source, alone, beside)
