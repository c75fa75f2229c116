"""What the fields of a table are when counts have to be hidden, and how that is marked in print."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from pyjustice.ground.errors import DataError

__all__ = ["ROLES", "Dialect", "field_rules", "publisher"]

ROLES = ("count", "known", "reference_count", "setting", "label", "own", "compared", "pooled")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Marks of one publisher; `notes` is 'above' or 'beside'."""

    primary: str
    secondary: str
    derived: str
    missing: str
    notes: str


def _read(name: str) -> dict[str, Any]:
    file = resources.files("pyjustice.ground") / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def field_rules() -> dict[str, Any]:
    """Return ``disclosure_fields.toml`` as it stands."""
    return _read("disclosure_fields.toml")


def publisher(name: str) -> Dialect:
    """Return the marks of a dialect; DataError if there is no such one."""
    known = _read("publication_marks.toml")
    if name not in known:
        raise DataError(f"dialect: expected one of {', '.join(map(repr, known))}, got {name!r}")
    return Dialect(**known[name])
