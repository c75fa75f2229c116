"""How answers about a case are spelled."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources

from pyjustice.ground.codes import Answer

__all__ = ["fold_answer", "spellings", "vocabulary"]

# What the engine takes for blanks and apostrophes, so that both sides fold alike.
_BLANKS = re.compile("[\t-\r \N{NO-BREAK SPACE}]+")
_APOSTROPHES = str.maketrans("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "''")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def fold_answer(text: str) -> str:
    """Fold a cell as the engine does before it looks an answer up: case, blanks, apostrophes."""
    return _BLANKS.sub(" ", text).strip(" ").translate(_APOSTROPHES).translate(_LOWER)


@functools.cache
def spellings() -> dict[str, Answer]:
    """Return the answer that each folded spelling stands for; '' is `Answer.BLANK`."""
    file = resources.files("pyjustice.ground") / "answers.toml"
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {"": Answer.BLANK}
    for name, texts in lists.items():
        for text in texts:
            found[fold_answer(text)] = Answer[name.upper()]
    return found


@functools.cache
def vocabulary() -> tuple[tuple[bytes, int], ...]:
    """Return the spellings as the engine takes them: (folded bytes, code)."""
    return tuple((text.encode(), int(answer)) for text, answer in spellings().items() if text)
