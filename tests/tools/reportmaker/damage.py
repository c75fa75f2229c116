"""What extraction does to text, at a bounded rate and never past a careful reader's repair.

Digits and numbers in words are never touched, names are never split, and no piece of a broken word
is itself a word that would change the meaning ('not able', 'un good').
"""

import re
from collections.abc import Callable, Collection, Iterable
from random import Random

from .page import Line
from .quantities import FRACTIONS
from .words import words

# A piece of a split word must not read as one of these.
TELLING = frozenset(
    "good poor not no in un outstanding inadequate adequate satisfactory requires improvement all "
    "one two three four five six seven eight nine ten half third a an of out per cent was is "
    "first last".split()
)
WORD = re.compile(r"[A-Za-z]{5,}")
LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
SPLIT_SHARE = {
    "cell": 0.2,
    "head": 0.1,
    "quest": 0.08,
    "more": 0.08,
    "prose": 0.015,
    "named": 0.0,
    "fixed": 0.0,
}


def split_words(line: Line, rng: Random, protected: frozenset[str]) -> str:
    def cut(found: re.Match[str]) -> str:
        word = found.group()
        if word.lower() in protected or rng.random() >= SPLIT_SHARE[line.kind]:
            return word
        at = rng.randint(1, len(word) - 1)
        if {word[:at].lower(), word[at:].lower()} & TELLING:
            return word
        return f"{word[:at]} {word[at:]}"

    return WORD.sub(cut, line.text)


def soft_hyphens(line: Line, rng: Random, protected: frozenset[str]) -> str:
    def cut(found: re.Match[str]) -> str:
        word = found.group()
        if rng.random() >= 0.12:
            return word
        at = rng.randint(2, len(word) - 2)
        return f"{word[:at]}\u00ad{word[at:]}"

    return WORD.sub(cut, line.text)


def ligatures(line: Line, rng: Random, protected: frozenset[str]) -> str:
    text = line.text
    for letters, glyph in LIGATURES:
        text = text.replace(letters, glyph)
    return text


def no_break(line: Line, rng: Random, protected: frozenset[str]) -> str:
    return re.sub(r"(?<=\S) (?=\S)", lambda _: "\u00a0" if rng.random() < 0.2 else " ", line.text)


def mixed_quotes(line: Line, rng: Random, protected: frozenset[str]) -> str:
    swap = {"'": "’", "’": "'", "‘": "'", '"': "”", "“": '"', "”": '"'}
    return "".join(swap[c] if c in swap and rng.random() < 0.3 else c for c in line.text)


def double_spaces(line: Line, rng: Random, protected: frozenset[str]) -> str:
    return re.sub(r"(?<=\S) (?=\S)", lambda _: "  " if rng.random() < 0.08 else " ", line.text)


def trailing(line: Line, rng: Random, protected: frozenset[str]) -> str:
    return line.text + " " * rng.randint(1, 4) if rng.random() < 0.3 else line.text


# In this order: words are split before glyphs replace their letters.
ON_LINES: dict[str, Callable[[Line, Random, frozenset[str]], str]] = {
    "split": split_words,
    "soft": soft_hyphens,
    "quotes": mixed_quotes,
    "ligatures": ligatures,
    "nbsp": no_break,
    "double": double_spaces,
    "trailing": trailing,
}


NUMERALS = frozenset(re.findall("[a-z]+", " ".join([*map(words, range(100)), *FRACTIONS])))


def protect(names: Iterable[str]) -> frozenset[str]:
    return NUMERALS | {word.lower() for name in names for word in re.findall("[A-Za-z]+", name)}


def spoil(
    lines: list[Line], rng: Random, damage: Collection[str], names: Iterable[str]
) -> list[Line]:
    """Apply the damages that work within a line; `names` are those of services."""
    protected = protect(names)
    for name, change in ON_LINES.items():
        if name in damage:
            lines = [Line(change(line, rng, protected), line.kind) for line in lines]
    return lines
