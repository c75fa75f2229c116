"""Checked access to the tables of a framework file; an error names the dotted key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pyjustice.ground.errors import FrameworkError

__all__ = ["CONFIDENCE", "REQUIRED", "Table", "quote"]

CONFIDENCE = ("found", "high", "medium", "low", "inferred")

REQUIRED: Any = object()
_FRACTION = re.compile(r"[0-9]{1,9}/[1-9][0-9]{0,8}")


class Table:
    """A table of the file: hands out checked values and remembers which keys were asked for."""

    def __init__(self, data: object, path: str, key: str = "") -> None:
        self.path, self.key = path, key
        if not isinstance(data, Mapping):
            raise self.error("", f"expected a table, got {_kind(data)}")
        self.data: Mapping[Any, Any] = data
        self.asked: set[str] = set()

    def name(self, name: str) -> str:
        """Return the dotted key of an entry."""
        return f"{self.key}.{name}" if self.key and name else self.key or name

    def error(self, name: str, message: str) -> FrameworkError:
        """Make the error of an entry, for the caller to raise."""
        return FrameworkError(message, path=self.path, key=self.name(name))

    def get(self, name: str, kind: type, default: Any = REQUIRED) -> Any:
        """Return an entry of this type; booleans are no integers here."""
        self.asked.add(name)
        if name not in self.data:
            if default is REQUIRED:
                raise self.error(name, f"missing: expected {_NAMES[kind]}")
            return default
        return self.check(name, self.data[name], kind)

    def check(self, name: str, value: object, kind: type) -> Any:
        """Return the value if it is of this type."""
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(name, f"expected {_NAMES[kind]}, got {_kind(value)}")
        if kind is str and not str(value).strip():
            raise self.error(name, "expected a text, got an empty one")
        return value

    def text(self, name: str, default: Any = REQUIRED, most: int = 0) -> str:
        """Return a text of at most so many characters."""
        value = self.get(name, str, default)
        if most and len(value) > most:
            raise self.error(name, f"expected at most {most} characters, got {len(value)}")
        return str(value)

    def choice(self, name: str, among: tuple[str, ...], default: Any = REQUIRED) -> str:
        """Return one of the texts."""
        value = str(self.get(name, str, default))
        if value not in among:
            raise self.error(name, f"expected {_either(among)}, got {quote(value)}")
        return value

    def integer(self, name: str, low: int, high: int, default: Any = REQUIRED) -> int:
        """Return an integer from a range."""
        return self.within(name, self.get(name, int, default), low, high)

    def within(self, name: str, value: int, low: int, high: int) -> int:
        """Return the integer if it is in the range."""
        if not low <= value <= high:
            raise self.error(name, f"expected {low} to {high}, got {quote(value)}")
        return value

    def items(self, name: str, kind: type, default: Any = REQUIRED) -> list[Any]:
        """Return a list whose entries are of this type."""
        values = self.get(name, list, default)
        return [self.check(f"{name}[{i}]", value, kind) for i, value in enumerate(values)]

    def tables(self, name: str, default: Any = REQUIRED) -> list[Table]:
        """Return a list of tables."""
        values = self.get(name, list, default)
        return [
            Table(value, self.path, self.name(f"{name}[{i}]")) for i, value in enumerate(values)
        ]

    def table(self, name: str) -> Table:
        """Return a table."""
        return Table(self.get(name, dict), self.path, self.name(name))

    def fraction(self, name: str, value: object = None) -> Fraction:
        """Return a share strictly between 0 and 1, written as '1/2'."""
        text = self.get(name, str) if value is None else value
        if not isinstance(text, str) or not _FRACTION.fullmatch(text):
            raise self.error(name, f"expected a fraction such as '1/2', got {quote(text)}")
        share = Fraction(text)
        if not 0 < share < 1:
            raise self.error(name, f"expected a fraction between 0 and 1, got {quote(text)}")
        return share

    def day(self, name: str) -> date | None:
        """Return a date, or None if there is none; a dict from JSON may hold it as text."""
        self.asked.add(name)
        value = self.data.get(name)
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise self.error(name, f"expected a date, got {quote(value)}") from None
        if name in self.data and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.error(name, f"expected a date, got {_kind(value)}")
        return value

    def note(self) -> str:
        """Return the note, '' if there is none."""
        return self.text("note", "")

    def origin(self, source: Any = REQUIRED, confidence: Any = REQUIRED) -> tuple[str, str]:
        """Return source and confidence, the defaults being those of the table around."""
        return self.text("source", source), self.choice("confidence", CONFIDENCE, confidence)

    def done(self) -> None:
        """Refuse the keys that nobody asked for: a misspelt setting must not pass unseen."""
        for name in self.data:
            if name not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise self.error(str(name) or "''", f"unknown key: expected one of {known}")


_NAMES = {str: "a text", int: "an integer", bool: "true or false", list: "a list", dict: "a table"}


def _kind(value: object) -> str:
    for kind, name in ((bool, "true or false"), *_NAMES.items()):
        if isinstance(value, kind):
            return name
    return "nothing" if value is None else f"a {type(value).__name__}"


def quote(value: object) -> str:
    """Quote a value for an error, cut at 40 characters."""
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _either(among: Sequence[str]) -> str:
    return "one of " + ", ".join(map(repr, among))
