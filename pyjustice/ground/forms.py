"""The set phrases of reports, releases and minutes, by what they are to the reader."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

__all__ = ["forms"]


@functools.cache
def forms() -> tuple[tuple[str, str, int], ...]:
    """Return every phrase of form as (role, text, value).

    Returns
    -------
    tuple of tuple
        The role's name as in the engine, the phrase, and its value (0 where the file gives none).
    """
    file = resources.files("pyjustice.ground") / "forms.toml"
    roles = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        (role, *(entry if isinstance(entry, list) else (entry, 0)))
        for role, entries in roles.items()
        for entry in entries
    )
