"""What every question of disparity asks of its arguments, and the rows that it makes of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.ethnic_labels import ethnic_label
from pyjustice.ground.groups import headed_values, overlapping
from pyjustice.ground.table_sources import fold_header, table_words
from pyjustice.measures.comparison import METHODS, WHOLE, Settings, Side, alone, compare
from pyjustice.measures.flags import Flag
from pyjustice.measures.multiple import families, q_values

__all__ = [
    "REST",
    "check_groups",
    "check_lengths",
    "check_reference",
    "compare_all",
    "counts_of",
    "is_unknown",
    "settings_of",
    "to_rows",
]

Rows: TypeAlias = NDArray[np.void]

REST = "rest"
# More than anyone has counted, and few enough for products of two to be exact as floats.
_MOST_COUNT = 2**26
_LONGEST_NAME = 96


def settings_of(
    kind: str, method: str | None, per: float | None, level: float, few: float
) -> Settings:
    """Check the arguments that say how to compare."""
    if kind not in METHODS:
        raise DataError(f"kind: expected 'proportion' or 'rate', got {kind!r}")
    known = METHODS[kind]
    if method is not None and method not in known:
        raise DataError(
            f"method: expected one of {', '.join(map(repr, known))} for kind={kind!r},"
            f" got {method!r}"
        )
    if not 0 < level < 1:
        raise DataError(f"level: expected a number between 0 and 1, got {level!r}")
    if not few >= 0:
        raise DataError(f"few: expected a number from 0, got {few!r}")
    if kind == "proportion" and per is not None:
        raise DataError("per: a proportion is given in percent; 'per' is for kind='rate'")
    if kind == "rate" and not (per is not None and 0 < per < math.inf):
        raise DataError("per: a rate needs to know per how many, such as per=1000")
    return Settings(kind, method or next(iter(known)), per or 100.0, level, few)  # type: ignore[arg-type]


def check_groups(groups: Sequence[str] | NDArray[Any]) -> list[str]:
    """Return the names of groups of which no child is in two."""
    if isinstance(groups, str):
        raise DataError("groups: expected a list of names, got one text")
    names = [str(name) for name in groups]
    if len(names) < 2:
        raise DataError(f"groups: a comparison needs at least two, got {len(names)}")
    check_lengths(names, "groups")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(f"groups: {', '.join(map(repr, twice))} given more than once")
    if pair := overlapping(names):
        raise DataError(
            f"groups: one child can be in both {pair[0]!r} and {pair[1]!r}; give groups of one"
            " classification, each by one name, without their total and without their parts"
            " ('whole' as reference is made from the groups)"
        )
    return names


def check_lengths(names: Sequence[str], argument: str) -> None:
    """Refuse names that a record would cut: two of them might become one."""
    if any(len(name) > _LONGEST_NAME for name in names):
        raise DataError(f"{argument}: a group's name is longer than {_LONGEST_NAME} characters")


def is_unknown(name: str) -> bool:
    """Whether the label says that the group is not known."""
    return any(map(_is_unknown, headed_values(name).values()))


def _is_unknown(value: str) -> bool:
    known = ethnic_label(value)
    if known is not None:
        return known.codes == {"NS"}
    return fold_header(value) in table_words("words")["unknown"]


def check_reference(reference: Any, names: Sequence[str]) -> str:
    """Return the reference: a group, 'rest' or 'whole'."""
    known = [*names, REST, WHOLE]
    if reference not in known:
        raise DataError(
            f"reference: expected one of {', '.join(map(repr, known))}; got {reference!r}"
        )
    if reference in (REST, WHOLE) and reference in names:
        raise DataError(f"reference: {reference!r} is the name of a group and that of all others")
    if is_unknown(reference):
        raise DataError(f"reference: {reference!r} is no group, but those of whom it is not known")
    return str(reference)


def counts_of(name: str, values: ArrayLike, names: Sequence[str], *, whole: bool = True) -> Any:
    """Return counts as floats, NaN where missing; DataError names the group that has none."""
    try:
        found = np.asarray(values, float)
    except (TypeError, ValueError):
        raise DataError(f"{name}: expected a number for each group") from None
    if found.shape != (len(names),):
        raise DataError(
            f"{name}: expected {len(names)} numbers, one for each group, got shape {found.shape}"
        )
    for group, value in zip(names, found.tolist(), strict=True):
        if value < 0 or value > _MOST_COUNT or (whole and value % 1 and not math.isnan(value)):
            kind = "a whole number" if whole else "a number"
            raise DataError(
                f"{name}: expected {kind} from 0 to {_MOST_COUNT:,} for {group!r}, got {value:g}"
            )
    return found


def compare_all(sides: Sequence[Side], reference: str, settings: Settings) -> list[dict[str, Any]]:
    """Compare every group with the reference; a group that cannot be compared says why."""
    rows = []
    counted = [side for side in sides if not is_unknown(side.name) and not math.isnan(side.base)]
    for side in sides:
        if is_unknown(side.name):
            rows.append(alone(side, reference, settings, Flag.UNKNOWN_GROUP))
        elif side.name == reference:
            rows.append(alone(side, reference, settings, Flag.REFERENCE))
        elif reference in (REST, WHOLE):
            others = [other for other in counted if other is not side]
            rest = Side(
                REST,
                sum(other.least for other in others),
                sum(other.most for other in others),
                sum(other.base for other in others),
            )
            rows.append(compare(side, rest, settings, whole=reference == WHOLE))
        else:
            (other,) = (other for other in sides if other.name == reference)
            rows.append(compare(side, other, settings))
    return rows


def to_rows(
    found: Sequence[dict[str, Any]],
    dtype: np.dtype[np.void],
    family: Any,
    *,
    p: str = "p",
    q: str = "q",
) -> Rows:
    """Make records of the fields, with the q-values of the whole family."""
    rows = np.zeros(len(found), dtype)
    for row, fields in zip(rows, found, strict=True):
        for name, value in fields.items():
            row[name] = value
    rows[q], rows["family"] = q_values(rows[p], *families(family, rows.shape))
    return rows
