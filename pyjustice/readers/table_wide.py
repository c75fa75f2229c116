"""Wide tables: years, groups or ages as columns. What each column is of, told by its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_codes import CellReason
from pyjustice.ground.table_sources import ONE_OF, fold_header, per_of
from pyjustice.readers.header_parts import DIMENSIONS, Part, caption_measure, read_part
from pyjustice.readers.table_figures import CODES, Column

__all__ = ["Dimension", "Wide", "find_wide"]

_FIGURES = ("count", "population", "rate", "value")
_OF = tuple(ONE_OF.values())
_PERCENT = 1  # the engine's unit of a cell with a percent sign
_ENDING = re.compile(r"\byears? end(?:ing|ed) (?:\d{1,2} )?([a-z]{3,9})\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"\d{4}")
_MOST_NAMED = 8


@dataclass(frozen=True)
class Dimension:
    """What columns of a wide table are told apart by, as a column of the long one would be.

    Attributes
    ----------
    key : str
        'Year', 'Sex', 'Age', 'Ethnicity', 'by', or the heading that the user named.
    name : str
        The header of its column in the long table.
    role : str
        'period', 'group', 'area', 'measure' or 'cut'.
    """

    key: str
    name: str
    role: str


@dataclass(frozen=True)
class Wide:
    """What the columns of a wide table are.

    Attributes
    ----------
    dimensions : tuple of Dimension
    keys : tuple of tuple of str
        The places of one row of the long table beside each other, in the order of the columns: the
        text of each dimension.
    columns : tuple of dict of str to int
        For each of them: role to index of the column.
    marks : dict of int to str
        Footnotes of the headers of columns.
    roles : dict of str to str
        Folded name of each column of figures to its role; 'other' for those that are no rows.
    rate : str
        The unit of its rates, '' if not known.
    names : dict of str to str
        What labels of rows whose header has no name are called.
    fault : str
        Why it cannot be laid out long; '' if it can.
    """

    dimensions: tuple[Dimension, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Mapping[str, int], ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    rate: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass
class _Place:
    """One value of a column's place: of which dimensions it may be, and what it says."""

    of: frozenset[str]
    text: str
    total: bool = False
    named: str = ""  # the heading above it


@dataclass
class _Reading:
    """What the header of one column of figures says."""

    index: int
    name: str
    places: list[_Place] = field(default_factory=list)
    measure: str = ""
    unit: str = ""
    other: bool = False
    open: list[str] = field(default_factory=list)  # what is not understood
    mark: str = ""
    at: dict[str, str] = field(default_factory=dict)  # dimension to text

    @property
    def is_placed(self) -> bool:
        """Whether it says a year or a group."""
        return any(not place.total and len(place.of) == 1 for place in self.places)


def find_wide(
    columns: Sequence[Column],
    given: Mapping[str, str],
    caption: Sequence[str],
    *,
    merged: bool,
) -> Wide | None:
    """Tell what the columns of figures of a table are of.

    Parameters
    ----------
    columns : sequence of Column
    given : mapping of str to str
        Roles by the user: 'a group' of a column, 'group' of the heading above several, 'count' and
        so on of a column, of a text in its header, or of '*', all of them.
    caption : sequence of str
        Title, and lines above the header.
    merged : bool
        Whether the sheet says how far the headings of groups reach.

    Returns
    -------
    Wide or None
        None if no column says a year or a group.
    """
    roles = {fold_header(text): role for text, role in given.items() if text != "*"}
    readings = [_read(i, c, roles) for i, c in enumerate(columns) if c.figures is not None]
    if not any(reading.is_placed for reading in readings):
        return None
    try:
        return _laid_out(readings, columns, given, roles, caption, merged=merged)
    except DataError as error:
        return Wide(fault=str(error))


# --- the header of one column ---------------------------------------------------------------------


def _read(index: int, column: Column, roles: Mapping[str, str]) -> _Reading:
    made = _Reading(index, column.name)
    role = roles.get(fold_header(column.name), "")
    if role in ("other", "label"):
        made.other = True
        return made
    named, forced = "", False
    for at, text in enumerate(column.header):
        said = roles.get(fold_header(text), "")
        last = at == len(column.header) - 1
        one = ONE_OF.get(said) or (last and ONE_OF.get(role)) or ""
        if forced or one:
            made.places.append(_Place(frozenset([named or one]), text, named=named))
            made.places[-1].total = read_part(text)[0].total
            named, forced = "", False
        elif said in _OF:
            named, forced = text, True
        elif said in ("other", "label"):
            made.other = True
        elif said:
            made.measure, made.unit = _given_measure(said)
        else:
            named = _take(made, read_part(text), named, last=last)
    if role and role not in ONE_OF:
        made.measure, made.unit = _given_measure(role)
    return made


def _given_measure(role: str) -> tuple[str, str]:
    unit = per_of(role)[0]
    return ("rate", unit) if unit else (role, "")


def _take(made: _Reading, parts: Sequence[Part], named: str, *, last: bool) -> str:
    """Add what one text says; return the dimension that it names for the text below it."""
    for part in parts:
        made.other |= part.other
        made.mark = made.mark or part.mark
        if part.of:
            made.places.append(_Place(part.of, part.text, part.total, named))
        elif part.measure:
            made.measure, made.unit = part.measure, part.unit or made.unit
        elif named and not part.other and _dimension_named(named) != "Year":
            # Below 'Ethnicity' stands a group, though its name be not known.
            made.places.append(_Place(frozenset([_dimension_named(named)]), part.text, named=named))
        elif not part.names or last:
            made.open.append(part.text)
    return "" if last else next((part.text for part in parts if part.names), "")


def _dimension_named(text: str) -> str:
    if not text:
        return ""
    return next((part.names for part in read_part(text) if part.names), text)


# --- all columns together -------------------------------------------------------------------------


def _laid_out(
    readings: Sequence[_Reading],
    columns: Sequence[Column],
    given: Mapping[str, str],
    roles: Mapping[str, str],
    caption: Sequence[str],
    *,
    merged: bool,
) -> Wide:
    _resolve(readings)
    used = [reading for reading in readings if not reading.other]
    _refuse_open(used)
    _refuse_uncertain_total(used, merged=merged)
    dimensions = _dimensions(used, roles, caption)
    rate = _set_measures(used, columns, given, caption)
    keys: dict[tuple[str, ...], dict[str, int]] = {}
    for reading in used:
        key = tuple(reading.at.get(one.key, "") for one in dimensions)
        own = keys.setdefault(key, {})
        role = reading.measure or "value"
        if role in own:
            both = f"{columns[own[role]].name!r} and {reading.name!r}"
            raise DataError(f"{both} could each be the {role} of {_listed(filter(None, key))}")
        own[role] = reading.index
    told = {fold_header(r.name): "other" if r.other else r.measure for r in readings}
    return Wide(
        tuple(dimensions),
        tuple(keys),
        tuple(keys.values()),
        {reading.index: reading.mark for reading in used if reading.mark},
        {name: role for name, role in told.items() if role},
        rate,
    )


def _resolve(readings: Sequence[_Reading]) -> None:
    """Settle which dimension each value is of: 'Unknown' of the one that its neighbours are of."""
    used = [reading for reading in readings if not reading.other]
    sure = [place for reading in used for place in reading.places if len(place.of) == 1]
    present = dict.fromkeys(dimension for place in sure for dimension in place.of)
    levels = _levels(used)
    for reading in used:
        for at, place in enumerate(reading.places):
            if place.total:
                continue
            of = [d for d in present if d in place.of and d not in reading.at]
            told = (_dimension_named(place.named), levels.get((len(reading.places), at), ""))
            of = [dimension for dimension in told if dimension in of][:1] or of
            if len(of) == 1:
                reading.at[of[0]] = place.text
            else:
                reading.open.append(place.text)
    people = [dimension for dimension in present if dimension != "Year"]
    crossed = any(len(set(people) & set(reading.at)) > 1 for reading in used)
    cuts = len(people) > 1 and not crossed
    for reading in used:
        if "Year" in present and "Year" not in reading.at and not reading.open:
            reading.other |= any(place.total for place in reading.places)  # of all years together
        free = [d for d in people if d not in reading.at]
        if cuts:
            own = [d for d in people if d in reading.at]
            free = [] if own else ["by"]
            reading.at |= {"by": own[0]} if own else {}
        _resolve_totals(reading, free, levels)


def _levels(used: Sequence[_Reading]) -> dict[tuple[int, int], str]:
    """The dimension of each level of the header, by how many there are, where it is but one."""
    found: dict[tuple[int, int], set[str]] = {}
    for reading in used:
        for at, place in enumerate(reading.places):
            if len(place.of) == 1:
                found.setdefault((len(reading.places), at), set()).update(place.of)
    return {level: next(iter(of)) for level, of in found.items() if len(of) == 1}


def _resolve_totals(
    reading: _Reading, free: Sequence[str], levels: Mapping[tuple[int, int], str]
) -> None:
    """Give each dimension that a column says nothing of the total that stands for it."""
    totals = {at: place for at, place in enumerate(reading.places) if place.total}
    rest = list(free)
    for at, place in totals.items():
        told = (_dimension_named(place.named), levels.get((len(reading.places), at), ""))
        for dimension in [dimension for dimension in told if dimension in rest][:1]:
            reading.at[dimension] = place.text
            rest.remove(dimension)
    for dimension in rest if totals else ():
        reading.at[dimension] = next(iter(totals.values())).text


def _refuse_open(used: Sequence[_Reading]) -> None:
    """Refuse columns of which it is not told what they are."""
    # What stands above all of them alike tells none apart: it is a caption.
    texts = Counter(text for reading in used for text in reading.open)
    placed = sum(reading.is_placed for reading in used)
    shared = {text for text, times in texts.items() if times >= placed}
    for reading in used:
        reading.open = [text for text in reading.open if text not in shared]
    faulty = [r for r in used if r.open or not r.at]
    if faulty:
        good = [r.name for r in used if r.at and not r.open]
        # A heading says it of all below it at once.
        key, role = faulty[0].name, "a group"
        if faulty[0].measure:
            role = "other"
        elif " | " in key:
            key, role = key.split(" | ")[0], "group"
        raise DataError(
            f"columns are years or groups, as {_listed(good)}, but of these it is not told which,"
            f" or what they measure: {_listed(r.name for r in faulty)}; say what each, or a heading"
            f" above them, is, as in roles={{{key!r}: {role!r}}}, or 'other' to leave it out"
        )


def _refuse_uncertain_total(used: Sequence[_Reading], *, merged: bool) -> None:
    """Refuse a last total that may be of the last year alone, where no merged cell says so."""
    last = used[-1]
    spans = [place for place in last.places if not place.total]
    if merged or not spans or not any(place.total for place in last.places):
        return
    totals = [r for r in used if any(place.total for place in r.places)]
    heads = {r.places[0].text for r in used if len(r.places) > 1}
    if len(totals) == 1 and len(heads) > 1:
        raise DataError(
            f"{last.name!r} may be the total of {spans[0].text!r} or of all: say what it is, as in"
            f" roles={{{last.name!r}: 'other'}} to leave it out"
        )


def _dimensions(
    used: Sequence[_Reading], roles: Mapping[str, str], caption: Sequence[str]
) -> list[Dimension]:
    """The dimensions in their order; each column has a value of each, or of one cut."""
    found = dict.fromkeys(key for reading in used for key in reading.at)
    # One order whatever the layout, so that tables of two layouts match.
    keys = [key for key in DIMENSIONS if key in found]
    keys += [key for key in found if key not in DIMENSIONS]
    if "by" in keys:
        keys.remove("by")
        keys.insert(0, "by")
    else:
        short = [r for r in used if set(r.at) != set(keys)]
        if short:
            raise DataError(
                f"the columns are not all of the same: {_listed(r.name for r in short)} lack one of"
                f" {_listed(keys)}; leave some out, as in roles={{{short[0].name!r}: 'other'}}"
            )
    return [_dimension(key, used, roles, caption) for key in keys]


def _dimension(
    key: str, used: Sequence[_Reading], roles: Mapping[str, str], caption: Sequence[str]
) -> Dimension:
    if key == "by":
        return Dimension(key, key, "cut")
    if key == "Year":
        return Dimension(key, _year_name(used, caption), "period")
    if key in _OF:
        return Dimension(key, key, key)
    said = roles.get(fold_header(key), "")
    own = [p for r in used for p in r.places if r.at.get(key) == p.text and not p.total]
    named = {place.named for place in own}
    name = named.pop() if len(named) == 1 and "" not in named else key
    return Dimension(key, name, said if said in _OF else "group")


def _year_name(used: Sequence[_Reading], caption: Sequence[str]) -> str:
    """'Year', or what a heading or the title says of bare years: 'Year ending March'."""
    named = {p.named for r in used for p in r.places if p.of == {"Year"}} - {""}
    for text in (*named, *caption):
        months = {month.lower() for month in _ENDING.findall(text)}
        if len(months) == 1 and all(_BARE_YEAR.fullmatch(r.at["Year"]) for r in used):
            return f"Year ending {months.pop()}"
    return "Year"


def _set_measures(
    used: Sequence[_Reading],
    columns: Sequence[Column],
    given: Mapping[str, str],
    caption: Sequence[str],
) -> str:
    """Settle what each column measures, by its header, the user or the title; the unit of rates."""
    unsaid = [reading for reading in used if not reading.measure]
    if "*" in given:
        measure, unit = _given_measure(given["*"])
    else:
        measure, unit = caption_measure(caption)
        if measure == "count" and not all(_whole(columns[r.index]) for r in unsaid):
            measure = ""
    for reading in unsaid:
        reading.measure, reading.unit = measure, unit
    units = {reading.unit for reading in used if reading.measure == "rate"}
    if len(units - {""}) > 1:
        raise DataError(
            f"rates of several units, {_listed(sorted(units - {''}))}: leave all but one out, as in"
            " roles={header: 'other'}"
        )
    return next(iter(units - {""}), "")


def _whole(column: Column) -> bool:
    """Whether a column can be one of counts."""
    figures = column.figures
    assert figures is not None
    value = figures["value"][figures["reason"] == CODES[CellReason.VALUE]]
    return bool((value == np.round(value)).all() and (figures["unit"] != _PERCENT).all())


def _listed(names: object) -> str:
    every = [repr(cut(str(name), 40)) for name in names]  # type: ignore[attr-defined]
    more = f" and {len(every) - _MOST_NAMED} more" if len(every) > _MOST_NAMED else ""
    return (", ".join(every[:_MOST_NAMED]) or "none") + more
