"""Labels of ethnic groups, as systems and tables write them, and the codes that each covers."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any, NamedTuple

__all__ = ["EthnicLabel", "codes_of_groups", "ethnic_label", "folded"]

# 'W1 - White British', 'W1: White British' and 'White British (W1)'.
_CODE_FIRST = re.compile(r"([a-z][0-9s])\W+(\S.*)")
_CODE_LAST = re.compile(r"(.*\S)\W+([a-z][0-9s])\W*")
# Between a group and a part of it: 'White: Irish', 'Mixed - White and Asian'.
_PARTED = re.compile(r"\s*(?:: | - |-|:)\s*")
_ANY_OTHER = re.compile(r"(?:any )?other\b")


class EthnicLabel(NamedTuple):
    """What a label covers.

    Attributes
    ----------
    standard : str
        The name of the group in Ethnicity facts and figures.
    codes : frozenset of str
        The self-defined codes that it covers; empty if it is no group's.
    unclear : bool
        Whether White minorities are meant too is not said.
    """

    standard: str
    codes: frozenset[str]
    unclear: bool


@functools.lru_cache(maxsize=4096)
def ethnic_label(label: str) -> EthnicLabel | None:
    """Return what a label covers; None if it is no ethnic group's.

    A label that is not known as it stands is known by its code, if its words do not say another
    group, or as a part of the group that it begins with.

    Examples
    --------
    >>> ethnic_label("W1 - White British").codes == ethnic_label("White: British").codes
    True
    >>> sorted(ethnic_label("Black, Black British, Caribbean or African: African").codes)
    ['B2']
    >>> ethnic_label("W1 - Pakistani") is None
    True
    """
    text = folded(label)
    return _known(text) or _by_code(text) or _by_part(text)


def folded(label: str) -> str:
    """Return a label without what does not matter: case, spaces, kinds of dashes, '&'."""
    return " ".join(re.sub("[–—‑]", "-", label.replace("&", " and ")).casefold().split())


def _known(text: str) -> EthnicLabel | None:
    # What stands in brackets may take something out: that is no matter of signs.
    return _labels().get(text) or (None if "(" in text else _squashed().get(_squash(text)))


def _by_code(text: str) -> EthnicLabel | None:
    for form, at in ((_CODE_FIRST, 1), (_CODE_LAST, 2)):
        found = form.fullmatch(text)
        code = found[at].upper() if found else ""
        if found is None or code not in codes_of_groups():
            continue
        words = ethnic_label(found[3 - at])
        if words is not None and code in words.codes:
            return _labels()[code.lower()]
    return None


def _by_part(text: str) -> EthnicLabel | None:
    """A part of a group: 'White: Irish', of which the words alone would say less."""
    for cut in _PARTED.finditer(text):
        head, tail = text[: cut.start()], _squash(text[cut.end() :])
        whole = _known(head)
        if whole is None or not tail:
            continue
        for code, (_, group) in codes_of_groups().items():
            named = tail in map(_squash, _read()["parts"].get(code, ()))
            other = code.endswith("9") and _ANY_OTHER.match(tail)
            if code in whole.codes and (named or other) and _is_of_one(whole, group):
                return _labels()[code.lower()]
    return None


def _is_of_one(whole: EthnicLabel, group: str) -> bool:
    return {codes_of_groups()[code][1] for code in whole.codes} == {group}


def _squash(text: str) -> str:
    """Leave the words of a label alone: 'white: irish' is 'white - irish'."""
    return " ".join(re.findall(r"\w+", text))


@functools.cache
def _read() -> dict[str, Any]:
    file = resources.files("pyjustice.ground") / "ethnic_groups.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def codes_of_groups() -> dict[str, tuple[str, str]]:
    """Return the name of each code's group, and of the one of five that it is in."""
    codes: dict[str, tuple[str, str]] = _read()["codes"]
    return codes


@functools.cache
def _labels() -> dict[str, EthnicLabel]:
    return {
        folded(label): EthnicLabel(
            own["standard"], frozenset(own["codes"]), bool(own.get("unclear", False))
        )
        for own in _read()["labels"]
        for label in own["labels"]
    }


@functools.cache
def _squashed() -> dict[str, EthnicLabel]:
    """Labels by their words alone, where these say one group."""
    found: dict[str, set[EthnicLabel]] = {}
    for text, label in _labels().items():
        found.setdefault(_squash(text), set()).add(label)
    return {words: one.pop() for words, one in found.items() if words and len(one) == 1}
