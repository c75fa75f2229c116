"""Two lists of areas put side by side, with what did not match on either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.areas import AREA_KINDS, Area, AreaFault, find_areas, nearest, outdated, reach
from pyjustice.ground.errors import DataError

__all__ = ["AreaJoin", "Unmatched", "extents", "join_areas"]

# Fields of a structured array that hold areas, the surest first.
_FIELDS = ("area_code", "area", "service", "name", "YOT", "area_name")


class Unmatched(NamedTuple):
    """An entry of one list that the other has no match for.

    Attributes
    ----------
    row : int
        Its place in its list.
    value : str
        As given.
    reason : str
        'not on the other side', 'overlaps' (one is a part of the other, or they share a part),
        'no such area' or 'may be several areas'.
    nearest : tuple of str
        Of the other side: the areas that share a place with it, else those with the nearest names;
        for what may be several areas, those.
    """

    row: int
    value: str
    reason: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class AreaJoin:
    """What `join_areas` found; every entry of each list is in `matched` or in `only_a`, `only_b`.

    Attributes
    ----------
    matched : numpy.ndarray of intp, shape (n, 2)
        Pairs of indices: ``a[matched[:, 0]]`` and ``b[matched[:, 1]]`` are of the same places. An
        area that one list has several times is in as many pairs.
    areas : tuple of str
        Name of the area of each pair: the service's, if it is one.
    only_a, only_b : tuple of Unmatched

    Examples
    --------
    >>> import pyjustice as pj
    >>> found = pj.join_areas(["Hull", "Leeds"], ["Leeds", "Kingston upon Hull"])
    >>> found.matched.tolist(), found.areas
    ([[0, 1], [1, 0]], ('Kingston-upon-Hull', 'Leeds'))
    """

    matched: NDArray[np.intp]
    areas: tuple[str, ...]
    only_a: tuple[Unmatched, ...]
    only_b: tuple[Unmatched, ...]

    def __repr__(self) -> str:
        return (
            f"<AreaJoin: {len(self.matched)} matched, {len(self.only_a)} only in a,"
            f" {len(self.only_b)} only in b>"
        )


def join_areas(
    a: Iterable[Any], b: Iterable[Any], *, kind: str | tuple[str | None, str | None] | None = None
) -> AreaJoin:
    """Match two lists by area, and report what does not match.

    Parameters
    ----------
    a, b : sequence of names or codes, structured array or data frame
        Of a table the field 'area_code', 'area', 'service', 'name', 'area_name' or
        'YOT'; a blank code falls back on the next.
    kind : str or pair, optional
        The kind of area that names mean, of both lists or of each; as for `area`.

    Returns
    -------
    AreaJoin

    Raises
    ------
    DataError
        If a table has none of these fields, or `kind` is unknown.

    Notes
    -----
    Two entries match if they cover the same authorities of today: a service and the one authority
    that runs it, old and new codes, the county of Cumbria and its two successors together. An
    authority within a joint service is no match for the service.

    Examples
    --------
    >>> found = join_areas(["Hull", "Bury"], ["Kingston-upon-Hull", "Bury and Rochdale"])
    >>> found.matched.tolist(), found.areas
    ([[0, 0]], ('Kingston-upon-Hull',))
    >>> found.only_a[0].reason, found.only_a[0].nearest
    ('overlaps', ('Bury and Rochdale',))
    """
    kinds: tuple[str | None, ...] = kind if isinstance(kind, tuple) else (kind, kind)
    if len(kinds) != 2 or any(one is not None and one not in AREA_KINDS for one in kinds):
        raise DataError(f"kind: expected one of {', '.join(AREA_KINDS)}, or two, got {kind!r}")
    left, right = _Side(a, kinds[0]), _Side(b, kinds[1])
    pairs = [
        (i, j)
        for i, one in enumerate(left.areas)
        if one is not None
        for j in right.by_extent.get(one.extent, ())
    ]
    names = tuple(_name(left.areas[i], right.areas[j]) for i, j in pairs)
    return AreaJoin(
        np.array(pairs, np.intp).reshape(-1, 2), names, left.apart(right), right.apart(left)
    )


def extents(given: Iterable[Any]) -> list[frozenset[str] | None]:
    """Return the extent of each entry, by which `join_areas` matches; None if it is not sure."""
    return [one.extent if one is not None else None for one in _Side(given, None).areas]


def _name(one: Area | None, other: Area | None) -> str:
    assert one is not None
    assert other is not None
    return (other if other.kind == "service" else one).name


class _Side:
    """One of the lists, with the area of each entry, None where it has none for certain."""

    def __init__(self, given: Iterable[Any], kind: str | None) -> None:
        self.kind = kind
        self.values = _values(given)
        self.found = [_found(options, kind) for options in self.values]
        old = outdated(options[-1] for options in self.values if len(options) == 1)
        self.areas = [
            found[0] if len(found) == 1 and options[0] not in old else None
            for found, options in zip(self.found, self.values, strict=True)
        ]
        self.by_extent: dict[frozenset[str], list[int]] = defaultdict(list)
        for i, one in enumerate(self.areas):
            if one is not None:
                self.by_extent[one.extent].append(i)

    def apart(self, other: _Side) -> tuple[Unmatched, ...]:
        """Entries without a match on the other side."""
        return tuple(
            self._unmatched(i, one, other)
            for i, one in enumerate(self.areas)
            if one is None or one.extent not in other.by_extent
        )

    def _unmatched(self, i: int, one: Area | None, other: _Side) -> Unmatched:
        value = self.values[i][-1]
        if one is None:
            if self.found[i]:
                several = tuple(f"{found.kind} {found.name}" for found in self.found[i])
                return Unmatched(i, value, AreaFault.SEVERAL.value, several)
            return Unmatched(i, value, AreaFault.UNKNOWN.value, tuple(nearest(value, self.kind)))
        mine = reach(one)
        near = [
            place.name
            for places in other.by_extent.values()
            for place in [other.areas[places[0]]]
            if place is not None and reach(place) & mine
        ]
        if near:
            return Unmatched(i, value, AreaFault.OVERLAPS.value, tuple(near))
        return Unmatched(i, value, AreaFault.ABSENT.value, ())


def _found(options: Sequence[str], kind: str | None) -> list[Area]:
    """Areas of the first of an entry's code and name that is known."""
    for value in options:
        if found := find_areas(value, kind):
            return found
        coded = [one for one in find_areas(value) if value.strip().upper() in one.codes]
        if coded:  # a code is of one area, whatever names are taken to mean
            return coded
    return []


def _values(given: Iterable[Any]) -> list[tuple[str, ...]]:
    """Of each entry the texts that may name its area, the surest first, the last to be shown."""
    names = getattr(getattr(given, "dtype", None), "names", None)
    if hasattr(given, "columns"):  # a data frame
        names = list(given.columns)
    if names is None:
        if isinstance(given, (str, bytes)):
            raise DataError("areas: expected a list of names or codes, got a single text")
        return [(_text(one),) for one in given]
    fields = [field for field in _FIELDS if field in names]
    if not fields:
        raise DataError(f"areas: expected a field {', '.join(_FIELDS)}, found {', '.join(names)}")
    rows: Any = given
    columns = [[_text(value) for value in rows[field].tolist()] for field in fields]
    return [
        tuple(value for value in values if value) or ("",) for values in zip(*columns, strict=True)
    ]


def _text(value: Any) -> str:
    """Text of an entry; a column of codes with gaps holds whole numbers as floats."""
    if isinstance(value, Area):
        return value.name
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    return str(value)
