"""The frameworks that the package knows, and any that a user writes.

A framework is a TOML file: standards, key questions with their spellings, bands, points, totals,
decision rules and what tells a document of it, each setting with its source and how sure it is
('found', 'high', 'medium', 'low', 'inferred'). A new framework needs a file and no code.
"""

from __future__ import annotations

import functools
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import FrameworkError
from pyjustice.ground.framework_schema import build
from pyjustice.ground.framework_types import (
    Bands,
    DecisionRule,
    Discretion,
    Domain,
    Framework,
    Phrase,
    Question,
    RatingWord,
    Recognise,
    Standard,
    Totals,
    fold,
)

__all__ = [
    "Bands",
    "DecisionRule",
    "Discretion",
    "Domain",
    "Framework",
    "Phrase",
    "Question",
    "Rating",
    "RatingWord",
    "Recognise",
    "Standard",
    "Totals",
    "fold",
    "framework",
    "frameworks",
]

# A framework is some tens of kilobytes; a path to something else should fail before it is read.
_MOST_BYTES = 4 * 1024 * 1024


def frameworks() -> list[str]:
    """List the ids of the frameworks that come with the package.

    Returns
    -------
    list of str
        In the order of the dates they were first used, the shorter first on the same date.

    Examples
    --------
    >>> frameworks()
    ['fji-2012', 'yos-2018', 'yjs-2021', 'iyjwcv-2025', 'iyjs-2025']
    """
    return list(_packaged())


def framework(source: str | os.PathLike[str] | Mapping[str, Any] | Framework) -> Framework:
    """Return a framework.

    Parameters
    ----------
    source : str, path, dict or Framework
        An id from `frameworks`, the path of a TOML file, or a dict with the keys of such a file.
        A str with a newline is the file's content. A Framework is returned as it is.

    Returns
    -------
    Framework

    Raises
    ------
    FrameworkError
        If there is none of that name, or its data is malformed; the error names the key.

    Examples
    --------
    >>> framework("yjs-2021").overall(18, 36)
    1
    """
    if isinstance(source, Framework):
        return source
    if isinstance(source, Mapping):
        return build(source)
    if isinstance(source, str):
        if "\n" in source:
            return build(_parse(source, ""))
        if source in _files():
            return _built(source)
    elif not isinstance(source, os.PathLike):
        raise FrameworkError(
            f"expected an id, a path, a dict or a Framework, got {type(source).__name__}"
        )
    path = os.fsdecode(source)
    return build(_parse(_read(path), path), path)


def _packaged() -> dict[str, Framework]:
    found = sorted(
        map(_built, _files()), key=lambda one: (one.first or date.min, len(one.standards), one.id)
    )
    return {one.id: one for one in found}


@functools.cache
def _files() -> dict[str, Traversable]:
    """Files of the package by the id of the framework in them, which is their name."""
    folder = resources.files("pyjustice.ground").joinpath("rules")
    return {
        entry.name.removesuffix(".toml"): entry
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


@functools.cache
def _built(name: str) -> Framework:
    """Read one of the package's: of all of them there is a use only where none is named."""
    entry = _files()[name]
    return build(_parse(entry.read_text(encoding="utf-8"), entry.name), entry.name)


def _read(path: str) -> str:
    try:
        if os.path.getsize(path) > _MOST_BYTES:
            raise FrameworkError(f"expected a file of at most {_MOST_BYTES} bytes", path=path)
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise FrameworkError(
            f"expected UTF-8, got another byte at {error.start}", path=path
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, FrameworkError):
            raise
        known = ", ".join(frameworks())
        reason = getattr(error, "strerror", None) or error
        raise FrameworkError(
            f"expected one of {known}, or the path of a TOML file: {reason}", path=path
        ) from error


def _parse(text: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FrameworkError(f"expected TOML: {error}", path=path) from None
    except RecursionError:
        raise FrameworkError("expected TOML nested less deeply", path=path) from None
