"""Services, authorities, regions and police areas of England and Wales, by name or code."""

from __future__ import annotations

import csv
import difflib
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from typing import TypeAlias

from pyjustice.ground.area_names import fold, forms
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut

__all__ = [
    "AREA_KINDS",
    "Area",
    "AreaFault",
    "area",
    "find_areas",
    "nearest",
    "outdated",
    "reach",
    "service_of",
]

# In the order in which a name that several have is taken, if the larger one is not asked for.
AREA_KINDS = ("service", "authority", "region", "country", "police area")
# What each kind is made of; a country may also be made of countries.
_INSIDE = {
    "service": "authority",
    "region": "service",
    "police area": "service",
    "country": "region",
}
Row: TypeAlias = dict[str, str]
Before: TypeAlias = Mapping[tuple[str, str], list[str]]
Extents: TypeAlias = dict[tuple[str, str], frozenset[str]]

# No name is longer: the longest has 50 characters, and a report's title adds as many.
_LONGEST = 200
_NEAREST = 3
_NEAR_ENOUGH = 0.6


class AreaFault(StrEnum):
    """Why an entry is not matched to an area: the closed list, on which `pj.explain` has lines."""

    UNKNOWN = "no such area"
    SEVERAL = "may be several areas"
    OVERLAPS = "overlaps"
    ABSENT = "not on the other side"
    DIFFERS = "code of another area"


@dataclass(frozen=True)
class Area:
    """A place that figures are published for.

    Attributes
    ----------
    name : str
        As in the Youth Justice Board's tables for a service, region or police area; as in the
        lookup of the Office for National Statistics for an authority.
    kind : str
        'service', 'authority', 'region', 'country' or 'police area'.
    codes : tuple of str
        Of a service the Board's; of an authority those of the Office for National Statistics and
        of education statistics, in use and old. Empty if no source gives one.
    aliases : tuple of str
        Other names that differ in more than form.
    country, region, police_area : str
        Where it lies; '' if it is larger.
    members : tuple of str
        Authorities of a service, services of a region or police area, regions of a country.
    service : str
        Of an authority: the service that covers it; '' for one that is abolished and in none.
    predecessors, successors : tuple of str
        Areas of the same kind that it was made from, or became.
    start, end : datetime.date or None
        First and last day, of areas that were made or abolished, where a source gives it.
    extent : frozenset of str
        The authorities of today that it covers: two areas with one extent are the same place.

    Examples
    --------
    >>> found = area("Conwy & Denbighshire - JI")
    >>> found.name, found.kind, found.country
    ('Conwy and Denbighshire', 'service', 'Wales')
    """

    name: str
    kind: str
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str = ""
    region: str = ""
    police_area: str = ""
    members: tuple[str, ...] = ()
    service: str = ""
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    extent: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


def area(name: str | int | Area, kind: str | None = None) -> Area:
    """Find an area by its name or code.

    Parameters
    ----------
    name : str, int or Area
        A name in any usual form ('St Helens', 'London Borough of Lambeth', 'Hull', 'Derby City
        YOS', 'Caerdydd'), or a code of the Board, of the Office for National Statistics or of
        education statistics ('F00LM00', 'E09000022', 208).
    kind : str, optional
        'service', 'authority', 'region', 'country' or 'police area'. Without it a name means the
        youth justice service if there is one, else the authority, else a larger area; a code means
        what it is the code of.

    Returns
    -------
    Area

    Raises
    ------
    DataError
        If nothing has this name or code, with the nearest names; or if several have it that are
        not the same place, as the region and the police area 'West Midlands'.

    Examples
    --------
    >>> area("Conwy & Denbighshire - JI").members
    ('Conwy', 'Denbighshire')
    >>> area("E06000028").successors
    ('Bournemouth, Christchurch and Poole',)
    >>> area("West Midlands", kind="police area").members[:2]
    ('Birmingham', 'Coventry')
    """
    if kind is not None and kind not in AREA_KINDS:
        raise DataError(f"kind: expected one of {', '.join(AREA_KINDS)}, got {kind!r}")
    if isinstance(name, Area):
        return name
    if isinstance(name, bool) or not isinstance(name, (str, int)):
        raise DataError(f"area: expected a name or a code, got {type(name).__name__}")
    return _area(str(name), kind)


@functools.lru_cache(maxsize=4096)
def _area(name: str, kind: str | None) -> Area:
    found = find_areas(name, kind)
    if not found:
        wanted = kind or "area"
        near = ", ".join(map(repr, nearest(name, kind)))
        raise DataError(
            f"no {wanted} of the name or code {cut(name, 64)!r}; "
            + (f"the nearest names are {near}" if near else "no name is near to it")
        )
    if len(found) > 1:
        several = ", ".join(f"{one.kind} {one.name!r}" for one in found)
        raise DataError(
            f"{cut(name, 64)!r} may be {several}: give its whole name or code, or its kind"
        )
    return found[0]


def find_areas(name: str, kind: str | None = None) -> list[Area]:
    """Return every area that a name or code may stand for: one, none, or several.

    Parameters
    ----------
    name : str
    kind : str, optional
        As for `area`.
    """
    if len(name) > _LONGEST:
        return []
    book = _book()
    coded = book.by_code.get(name.strip().upper())
    if coded is not None:
        return [one for one in (coded, service_of(coded)) if one and kind in (None, one.kind)][:1]
    for step in forms(fold(name)):
        doubtful = [one for form in sorted(step) for one in book.ambiguous.get(form, ())]
        found = [one for form in sorted(step) for one in book.by_name.get(form, ())]
        found = [one for one in dict.fromkeys(found) if kind in (None, one.kind)]
        if doubtful and not found:
            return doubtful
        if found:
            return _first_meant(found, kind)
    return []


def _first_meant(found: list[Area], kind: str | None) -> list[Area]:
    """Those of the smallest kind; a service in place of the one authority that it covers."""
    if kind is not None:
        return found
    for wanted in ("service", "authority"):
        meant = [one for one in found if one.kind == wanted]
        if meant:
            return [service_of(one) or one for one in meant]
    found.sort(key=lambda one: AREA_KINDS.index(one.kind))
    return found[:1] if len({one.extent for one in found}) == 1 else found


def service_of(one: Area) -> Area | None:
    """Return the service that covers an authority and nothing else, if one does."""
    service = _book().services.get(one.service) if one.service else None
    return service if service is not None and service.extent == one.extent else None


def outdated(names: Iterable[str]) -> set[str]:
    """Return the names of a list that are short for an area of which a forerunner is listed too.

    'Dorset' is short for the Dorset Combined YOS, but not beside Bournemouth and Poole, which is a
    part of that: then it is what was called so before they merged.
    """
    found = {name: areas[0] for name in set(names) if len(areas := find_areas(name)) == 1}
    kinds = {(one.kind, one.name) for one in found.values()}
    return {
        name
        for name, one in found.items()
        if fold(name) != fold(one.name) and any((one.kind, p) in kinds for p in one.predecessors)
    }


def reach(one: Area) -> frozenset[str]:
    """Return the authorities of an area, and those that came after them."""
    met, todo = set(one.extent), [one.successors]
    book = _book()
    while todo:
        for name in todo.pop():
            for after in book.by_name[fold(name)]:
                if after.kind == one.kind and not after.extent <= met:
                    met |= after.extent
                    todo.append(after.successors)
    return frozenset(met)


def nearest(name: str, kind: str | None = None, most: int = _NEAREST) -> list[str]:
    """Return the names of areas that are spelled most like a name, the nearest first.

    Parameters
    ----------
    name : str
    kind : str, optional
        Only areas of this kind.
    most : int
        At most so many names.
    """
    if len(name) > _LONGEST:
        return []
    names = {
        form: areas[0].name
        for form, areas in _book().by_name.items()
        if kind is None or any(one.kind == kind for one in areas)
    }
    near = [
        close
        for form in (form for step in forms(fold(name)) for form in sorted(step))
        for close in difflib.get_close_matches(form, names, most, _NEAR_ENOUGH)
    ]
    return list(dict.fromkeys(names[form] for form in near))[:most]


# --- the file -------------------------------------------------------------------------------------


class _Book:
    """All areas, by what they are looked up by."""

    def __init__(self, rows: list[Row]) -> None:
        before: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows:
            for after in _listed(row["successors"]):
                before[row["kind"], after].append(row["name"])
        extents = _extents(rows, before)
        cover: dict[str, str] = {}
        for row in rows:
            # A service that has a code is one of the Board's tables, and covers its place once.
            if row["kind"] == "service" and row["codes"]:
                cover |= dict.fromkeys(extents["service", row["name"]], row["name"])
        areas = [_area_of(row, before, extents, cover) for row in rows if row["kind"] in AREA_KINDS]
        self.services = {one.name: one for one in areas if one.kind == "service"}
        self.by_code = {code: one for one in areas for code in one.codes}
        self.by_name: dict[str, list[Area]] = defaultdict(list)
        for one in areas:
            for name in dict.fromkeys(map(fold, (one.name, *one.aliases))):
                self.by_name[name].append(one)
        self.ambiguous = {
            fold(row["name"]): [self.by_name[fold(name)][0] for name in _listed(row["members"])]
            for row in rows
            if row["kind"] == "ambiguous"
        }


@functools.cache
def _book() -> _Book:
    file = resources.files("pyjustice.ground") / "places" / "areas.csv"
    return _Book(list(csv.DictReader(file.read_text(encoding="utf-8").splitlines())))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _area_of(row: Row, before: Before, extents: Extents, cover: dict[str, str]) -> Area:
    kind, name = row["kind"], row["name"]
    extent = extents[kind, name]
    services = {cover.get(one, "") for one in extent} if kind == "authority" else set()
    return Area(
        name, kind,
        codes=_listed(row["codes"]), aliases=_listed(row["aliases"]), country=row["country"],
        region=row["region"], police_area=row["police_area"], members=_listed(row["members"]),
        service=services.pop() if len(services) == 1 else "",
        predecessors=tuple(before.get((kind, name), ())), successors=_listed(row["successors"]),
        start=_day(row["start"]), end=_day(row["end"]), extent=extent,
    )  # fmt: skip


def _extents(rows: list[Row], before: Before) -> Extents:
    """Authorities of today in each area; an abolished one that lives on only in parts is itself."""
    extents: Extents = {}
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row)
    for row in by_kind["authority"]:
        after = _listed(row["successors"])
        whole = all(before["authority", one] == [row["name"]] for one in after)
        extents["authority", row["name"]] = frozenset(after if after and whole else [row["name"]])
    for kind, inside in _INSIDE.items():
        for row in by_kind[kind]:
            parts = [
                extents.get((kind, one)) or extents[inside, one] for one in _listed(row["members"])
            ]
            extents[kind, row["name"]] = frozenset().union(*parts)
    return extents
