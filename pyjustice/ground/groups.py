"""Groups that children are recorded by, as data: which group of a classification a label names."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import GROUPED_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.ethnic_labels import EthnicLabel, codes_of_groups, ethnic_label, folded
from pyjustice.ground.table_sources import fold_header, table_words

__all__ = [
    "CLASSIFICATIONS",
    "UNKNOWN",
    "headed_values",
    "overlapping",
    "regroup",
]

Rows: TypeAlias = NDArray[np.void]

_AGES = re.compile(
    r"(?:age[ds]? )?(\d{1,2})(?:\s*(?:-|to)\s*(\d{1,2}))?(?:[- ]years?)?(?:[- ]olds?)?"
)
UNKNOWN = "Unknown"
MINORITIES = "Ethnic minorities (excluding White minorities)"
CLASSIFICATIONS = (
    *("ethnicity 18+1", "ethnicity 5+1", "ethnicity white or minority"),
    *("sex", "age band", "care", "SEND"),
)

# Flags of `regroup`; pj.explain has two lines on each.
NOT_KNOWN, SPANS, ALL_GROUPS = "names no group", "spans groups", "all groups"
CHINESE, TRAVELLER = "chinese moved in 2011", "gypsy roma traveller"
UNCLEAR, UNKNOWN_GROUP = "white minorities unclear", "unknown group"


def regroup(labels: Sequence[str] | NDArray[Any], classification: str) -> Rows:
    """Find the group of a classification that each label names.

    Parameters
    ----------
    labels : sequence of str
        As recorded or published, such as 'Black/African/Caribbean/Black British' or 'W1', or as in
        ``table.data["groups"]``: 'Ethnicity: White'. Case and spaces do not matter.
    classification : str
        'ethnicity 18+1' (groups of the 2011 census and unknown), 'ethnicity 5+1', 'ethnicity white
        or minority' (White, and ethnic minorities excluding White minorities), 'sex', 'age band'
        (10-14, 15-17), 'care' (experience of it) or 'SEND'.

    Returns
    -------
    numpy.ndarray of GROUPED_DTYPE
        One row a label, in their order: label, group, flag. The group is '' where the label names
        none: it is not known, covers several groups, or all.

    Raises
    ------
    DataError
        No such classification.

    Notes
    -----
    'Chinese' and 'Chinese or other' are flagged: the group moved from Other to Asian in 2011, and
    series of either break there. So are Gypsy, Roma and Traveller groups: few are recorded as such,
    and figures for them are mostly too low. Unknown is a group of its own, never shared out.

    Examples
    --------
    >>> regroup(["W1", "Black or Black British", "Chinese"], "ethnicity 5+1")["group"].tolist()
    ['White', 'Black', 'Asian']
    """
    find = _finder(classification)
    rows = [(str(label)[:96], *find(_value_for(str(label), classification))) for label in labels]
    return np.array(rows, GROUPED_DTYPE)


def headed_values(label: str) -> dict[str, str]:
    """What a label says below each of its headings; below '' where it has none.

    Examples
    --------
    >>> headed_values("Sex: Boys; Age: 10-14"), headed_values("White: Irish"), headed_values("M")
    ({'Sex': 'Boys', 'Age': '10-14'}, {'': 'White: Irish'}, {'': 'M'})
    """
    parts = [part.partition(": ") for part in label.split("; ")]
    plain = any(not mark or _is_ethnic(heading) for heading, mark, _ in parts)
    if plain or _is_ethnic(label):
        return {"": label}
    return {heading: value for heading, _, value in parts}


def _is_ethnic(text: str) -> bool:
    return not text or ethnic_label(text) is not None


def _value_for(label: str, classification: str) -> str:
    """The value of a label with one heading, unless that names another classification."""
    values = headed_values(label)
    if len(values) > 1:
        return label
    ((heading, value),) = values.items()
    words = set(fold_header(heading).split())
    named = [kind for kind, own in table_words("dimensions").items() if words & own]
    own = classification.split()[0].lower()
    return value if all(kind.lower() == own for kind in named) else label


def _finder(classification: str) -> Any:
    if classification not in CLASSIFICATIONS:
        raise DataError(
            f"classification: expected one of {', '.join(map(repr, CLASSIFICATIONS))},"
            f" got {classification!r}"
        )
    if classification.startswith("ethnicity"):
        return functools.partial(_ethnic_group, kind=classification.removeprefix("ethnicity "))
    if classification == "age band":
        return _age_band
    table = {
        label: own["group"] for own in _others()[classification.lower()] for label in own["labels"]
    }

    def found(label: str) -> tuple[str, str]:
        group = table.get(folded(label), "")
        if group == UNKNOWN:
            return group, UNKNOWN_GROUP
        return group, "" if group else NOT_KNOWN

    return found


def _ethnic_group(label: str, kind: str) -> tuple[str, str]:
    known = ethnic_label(label)
    if known is None:
        return "", NOT_KNOWN
    names = codes_of_groups()
    if known.codes == {"NS"}:
        return UNKNOWN, UNKNOWN_GROUP
    if known.standard == "All":
        return "", ALL_GROUPS
    if not known.codes:
        return "", NOT_KNOWN
    groups = {names[code][0 if kind == "18+1" else 1] for code in known.codes}
    if kind == "white or minority":
        groups = {group if group == "White" else MINORITIES for group in groups}
    if kind == "5+1" and "A4" in known.codes and groups == {"Asian", "Other"}:
        # 'Chinese or other' of 2001; with the rest of Asian it would be no group at all.
        groups = {"Other"} if known.codes <= {"A4", "O2", "O9"} else groups
    if len(groups) > 1:
        return "", SPANS
    return groups.pop(), _remark(known, kind)


def _remark(known: EthnicLabel, kind: str) -> str:
    """What is to be minded of a label that names a group."""
    if known.unclear:
        return UNCLEAR
    if "Chinese" in known.standard or (known.codes == {"A4", "O2", "O9"}):
        return CHINESE if kind != "white or minority" else ""
    return TRAVELLER if known.codes == {"W3"} else ""


def _age_band(label: str) -> tuple[str, str]:
    ages = _ages(label)
    if ages is None:
        unknown = folded(label) in ("", "unknown", "not known", "not recorded")
        return (UNKNOWN, UNKNOWN_GROUP) if unknown else ("", NOT_KNOWN)
    low, high = ages
    bands = _others()["age_band"]
    for band, (least, most) in bands.items():
        if least <= low <= high <= most:
            return band, ""
    meets = [least <= high and low <= most for least, most in bands.values()]
    return "", SPANS if sum(meets) > 1 else NOT_KNOWN


def _ages(label: str) -> tuple[int, int] | None:
    """Return the first and last year of age that a label names."""
    found = _AGES.fullmatch(folded(label))
    return (int(found[1]), int(found[2] or found[1])) if found else None


def overlapping(labels: Iterable[str]) -> tuple[str, str] | None:
    """Return two labels of which one child can have both.

    A total beside any other; a group beside a part of it, or by another name; groups of two
    classifications, such as boys and an ethnic group. Labels that no classification has, and those
    of whom a group is not known, are passed over. Of labels with several headings, such as 'Sex:
    Boys; Age: 10-14', all values have to meet.
    """
    names = list(labels)
    values = {name: headed_values(name) for name in names}
    crossed = [name for name in names if len(values[name]) > 1]
    for one, other in combinations(crossed, 2):
        first, second = values[one], values[other]
        if first.keys() == second.keys() and all(_meet(first[at], second[at]) for at in first):
            return one, other
    return _overlapping({name: next(iter(v.values())) for name, v in values.items() if len(v) == 1})


@functools.lru_cache(maxsize=4096)
def _meet(one: str, other: str) -> bool:
    return folded(one) == folded(other) or _overlapping({one: one, other: other}) is not None


def _overlapping(values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return two labels, by name, whose values one child can have."""
    for label in (name for name, value in values.items() if _is_total(value)):
        others = [other for other in values if other != label]
        if others:
            return label, others[0]
    known = [(name, parts) for name, value in values.items() if (parts := _parts(value))]
    for (one, first), (other, second) in combinations(known, 2):
        if any(first[kind] & second[kind] for kind in first.keys() & second.keys()):
            return one, other
        # 'Other' and 'none' are of several classifications: which is meant is not known.
        if len(first) == len(second) == 1 and first.keys() != second.keys():
            return one, other
    return None


def _is_total(label: str) -> bool:
    known = ethnic_label(label)
    listed: bool = folded(label) in _others()["totals"]["labels"]
    return listed or (known is not None and known.standard == "All")


def _parts(label: str) -> dict[str, frozenset[object]]:
    """Return what a label covers of each classification that has it."""
    found: dict[str, frozenset[object]] = {}
    known = ethnic_label(label)
    if known is not None:
        found["ethnicity"] = known.codes - {"NS"}
    ages = _ages(label)
    if ages is not None:
        found["age"] = frozenset(range(ages[0], ages[1] + 1))
    found |= _other_labels().get(folded(label), {})
    return {kind: parts for kind, parts in found.items() if parts}


@functools.cache
def _others() -> dict[str, Any]:
    file = resources.files("pyjustice.ground") / "other_groups.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def _other_labels() -> dict[str, dict[str, frozenset[object]]]:
    """What each label other than ethnic ones and ages covers, by classification."""
    found: dict[str, dict[str, frozenset[object]]] = {}
    for kind in ("sex", "care", "send"):
        for own in _others()[kind]:
            for label in own["labels"]:
                found.setdefault(label, {})[kind] = frozenset(own["parts"])
    return found
