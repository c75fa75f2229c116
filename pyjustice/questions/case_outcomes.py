"""What a comparison of cases is about: groups, outcomes, strata and children of a case file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Answer
from pyjustice.ground.errors import DataError
from pyjustice.ground.groups import UNKNOWN, regroup
from pyjustice.readers.cases import Cases

__all__ = ["NO_GROUP", "Choice", "children_of", "groups_of_cases", "outcome_of", "strata_of"]

# Values of a column, or a mask of the cases.
Choice: TypeAlias = "str | Mapping[str, str | Sequence[str]] | NDArray[np.bool_]"

NO_GROUP = "not in the classification"


def groups_of_cases(cases: Cases, by: str, classification: str | None) -> NDArray[np.str_]:
    """Return the group of each case; blank is 'Unknown'."""
    texts, place = _distinct(cases, by)
    if classification is not None:
        found = regroup(texts, classification)
        names = [str(row["group"]) or NO_GROUP for row in found]
    else:
        names = [str(text) or UNKNOWN for text in texts]
    return np.array(names, str)[place] if names else np.zeros(len(cases), "U1")


def outcome_of(cases: Cases, what: Choice, name: str) -> NDArray[np.int8]:
    """Return 1, 0, or -1 for a case of which it is not known.

    Parameters
    ----------
    what : str, mapping or array of bool
        A key question: yes is 1, no 0, all else -1. ``{column: value or values}``: blank is -1.
    name : str
        Of the argument, for an error.
    """
    if isinstance(what, str):
        if what not in cases.questions:
            there = ", ".join(cases.questions) or "none"
            raise DataError(
                f"{name}: {what!r} is no key question of the file; there are {there};"
                " for another column give {column: value}"
            )
        answers = cases[what]
        known = (answers == Answer.YES) | (answers == Answer.NO)
        return np.where(known, answers == Answer.YES, -1).astype(np.int8)
    if isinstance(what, Mapping):
        if len(what) != 1:
            raise DataError(f"{name}: expected one column with its values, got {len(what)}")
        ((column, values),) = what.items()
        wanted = [values] if isinstance(values, str) else [str(value) for value in values]
        labels = cases.labels(column)
        # Not which: a value is what stands in a case.
        if not np.isin(wanted, labels).all():
            raise DataError(f"{name}: column {column!r} has no case with one of the values given")
        return np.where(labels == "", -1, np.isin(labels, wanted)).astype(np.int8)
    mask = np.asarray(what)
    if mask.dtype != bool or mask.shape != (len(cases),):
        raise DataError(
            f"{name}: expected a key question, {{column: value}}, or an array of {len(cases)}"
            " booleans, one for each case"
        )
    return mask.astype(np.int8)


def strata_of(cases: Cases, adjust: Sequence[str]) -> NDArray[np.intp]:
    """Return the number of the stratum of each case; blank is a value like any other."""
    place = np.zeros(len(cases), np.intp)
    for column in adjust:
        _, own = _distinct(cases, column)
        # Numbered anew after each column, or the product of many would overflow.
        _, place = np.unique(place * (own.max(initial=0) + 1) + own, return_inverse=True)
    return place


def children_of(cases: Cases, child: str | None) -> NDArray[np.intp]:
    """Return the number of the child of each case.

    A child is a reference within a service; a case without one is a child's own. Without a column
    of references, each case is.
    """
    column = child or "case"
    if column not in cases:
        if child is not None:
            raise DataError(f"child: no column {child!r}; there are {', '.join(cases.names())}")
        return np.arange(len(cases))
    texts, place = _distinct(cases, column)
    blank = (texts == "")[place] if len(texts) else np.zeros(0, bool)
    if "service" in cases:
        _, service = _distinct(cases, "service")
        place = place * (service.max(initial=0) + 1) + service
    # Numbered anew, or products with it might overflow.
    _, place = np.unique(place, return_inverse=True)
    place[blank] = place.max(initial=0) + 1 + np.arange(np.count_nonzero(blank))
    return place


def _distinct(cases: Cases, column: str) -> tuple[NDArray[np.str_], NDArray[np.intp]]:
    """Return the labels of a column that differ, in order, and which of them each case has.

    Of columns that are kept as codes or numbers these are sorted, and not the label of each case.
    """
    _, first, place = np.unique(cases[column], return_index=True, return_inverse=True)
    labels = cases.take(first).labels(column)
    texts, order = np.unique(labels, return_inverse=True)
    return texts, order[place]
