"""Counts and populations out of tables: leaf rows only, matched by area, with what is unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.area_join import extents, join_areas
from pyjustice.ground.areas import AreaFault
from pyjustice.ground.comparable import Apart, comparable
from pyjustice.ground.errors import DataError
from pyjustice.ground.periods import period
from pyjustice.ground.table_codes import CellReason, TableFlag
from pyjustice.measures.figures import Flags, Floats
from pyjustice.measures.flags import Flag
from pyjustice.readers.table import Table

__all__ = ["Figures", "Joined", "Series", "figures_of", "join_tables", "refuse_given", "series_of"]

Rows: TypeAlias = NDArray[np.void]
Key: TypeAlias = tuple[frozenset[str], str, str]

_MOST_PERIODS = 12  # that an error lists
# What is said of a row rather than to refuse the comparison: the change is real, its cause is not.
_SAID = (Apart.PANDEMIC, Apart.BASE)


@dataclass(frozen=True)
class Figures:
    """Leaf rows of a table: counts, populations (None without a column), names and doubts."""

    count: Floats
    population: Floats | None
    names: list[str]
    doubts: Flags

    def mark(self, rows: Rows) -> Rows:
        """Put the doubts of the table where a result has no flag of its own."""
        plain = rows["flag"] == ""
        rows["flag"][plain] = self.doubts.reshape(rows.shape)[plain]
        return rows


@dataclass(frozen=True)
class Joined:
    """Rows of two tables, one for each area and group that either has."""

    before: Figures
    after: Figures
    apart: Flags
    periods: str

    def mark(self, rows: Rows) -> Rows:
        """Say which rows have no match, and what else is to be minded of them."""
        rows["flag"][self.apart != ""] = self.apart[self.apart != ""]
        self.after.mark(self.before.mark(rows))
        rows["flag"][rows["flag"] == ""] = self.periods
        return rows


@dataclass(frozen=True)
class Series:
    """Figures over periods: an axis of series, and one of periods; NaN where there is no row."""

    count: Floats
    population: Floats | None
    names: list[str]
    periods: list[tuple[Any, Any]]


def refuse_given(**given: Any) -> None:
    """Refuse arguments that a table brings itself."""
    for name, value in given.items():
        if value is not None:
            raise DataError(f"{name}: the table has its own; leave it out")


def figures_of(table: Table, *, peers: bool = False) -> Figures:
    """Take the leaf rows of a table that count something.

    Parameters
    ----------
    table : Table
    peers : bool
        Whether rows are to be set beside each other: then all must be of one period, measure and
        group, and of different areas.

    Raises
    ------
    DataError
        It counts nothing, or rows that are no peers.
    """
    rows = _counting(table)
    if peers:
        for field in ("period", "measure", "groups"):
            _only(table, rows, field)
        _refuse_doubles(table, rows, _keys(rows))
    return _figures(rows, _names(rows))


def join_tables(before: Any, after: Any, periods: Any = None) -> Joined:
    """Match the leaf rows of two tables by area, group and measure.

    Parameters
    ----------
    before, after : Table
        Each of one period, or of those that `periods` names.
    periods : pair, optional
        As `pj.period` reads them: which of several in the tables, or those of tables that do not
        say them.

    Raises
    ------
    DataError
        Periods that are not comparable or not said; tables that share no row.
    """
    if not isinstance(before, Table) or not isinstance(after, Table):
        raise DataError("before, after: expected two tables, or the figures of two")
    one, other = _counting(before), _counting(after)
    if isinstance(periods, tuple | list) and len(periods) == 2:
        (one, first), (other, second) = (
            _of_period(table, rows, wanted)
            for table, rows, wanted in zip((before, after), (one, other), periods, strict=True)
        )
        periods = first, second
    said = _compared(before, after, one, other, periods)
    keys = _keys(one), _keys(other)
    _refuse_doubles(before, one, keys[0])
    _refuse_doubles(after, other, keys[1])
    first, second = ({key: i for i, key in enumerate(side)} for side in keys)
    if not first.keys() & second.keys():
        raise DataError("the tables have no row of the same area, groups and measure")
    order = list(dict.fromkeys([*keys[0], *keys[1]]))
    left, right = ([side.get(key, -1) for key in order] for side in (first, second))
    sides = _names(one), _names(other)
    names = [sides[0][i] if i >= 0 else sides[1][j] for i, j in zip(left, right, strict=True)]
    return Joined(
        _figures(_rows(one, left), names),
        _figures(_rows(other, right), names),
        _apart(one, other, left, right),
        said,
    )


def series_of(table: Table) -> Series:
    """Lay the leaf rows of a table out by period.

    Raises
    ------
    DataError
        Rows without clear periods; two rows of one area, group and period.
    """
    rows = _counting(table)
    unclear = np.isnat(rows["period_start"])
    if unclear.any():
        row = rows[unclear][0]
        raise DataError(
            f"{_place(table, row)}: period {str(row['period'])!r}: {row['period_reason']};"
            " give figures and periods instead of the table"
        )
    windows = sorted(set(rows[["period_start", "period_end"]].tolist()))
    keys, spans = _keys(rows), rows[["period_start", "period_end"]].tolist()
    _refuse_doubles(table, rows, list(zip(keys, spans, strict=True)))
    which = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    at = ([which[key] for key in keys], [windows.index(span) for span in spans])
    given = _figures(rows, _names(rows))
    count = np.full((len(which), len(windows)), np.nan)
    count[at] = given.count
    people = None
    if given.population is not None:
        people = np.full(count.shape, np.nan)
        people[at] = given.population
    names = [given.names[keys.index(key)] for key in which]
    return Series(count, people, names, windows)


# --- rows -----------------------------------------------------------------------------------------


def _counting(table: Table) -> Rows:
    data = table.leaves().data
    rows = data[data["count_reason"] != CellReason.NO_COLUMN]
    if not len(rows):
        raise DataError(
            f"{table.source or 'the table'}: no column of counts; if there is one, say which with"
            " its role ('count'; '*' for all figures). From rates alone nothing can be said: how"
            " sure a rate is depends on its count"
        )
    return np.asarray(rows)


def _figures(rows: Rows, names: list[str]) -> Figures:
    counted = (rows["population_reason"] != CellReason.NO_COLUMN).any()
    doubts = np.full(len(rows), "", "U32")
    doubts[rows["count_lower"] < rows["count_upper"]] = Flag.ROUNDED
    doubts[rows["flag"] == TableFlag.RATE_DIFFERS] = TableFlag.RATE_DIFFERS
    people = rows["population"].copy() if counted else None
    return Figures(rows["count"].copy(), people, names, doubts)


def _rows(rows: Rows, picked: Sequence[int]) -> Rows:
    """Rows by index; one without figures for -1."""
    made: Rows = rows[np.array(picked)]
    gone = np.array(picked) < 0
    for field in ("count", "count_lower", "count_upper", "population"):
        made[field][gone] = np.nan
    made["flag"][gone] = ""
    return made


def _names(rows: Rows) -> list[str]:
    """Area, and what else tells rows apart."""
    fields = [f for f in ("groups", "measure") if len(set(rows[f].tolist())) > 1]
    parts = zip(*(rows[field].tolist() for field in ("area", *fields)), strict=True)
    return [", ".join(filter(None, part)) for part in parts]


def _keys(rows: Rows) -> list[Key]:
    """What a row is of: its place, or the text of one that is not known; its group; its measure."""
    pairs = rows[["area_code", "area"]]
    entries, which = np.unique(pairs, return_inverse=True)
    places = [
        extent or frozenset([f"{code} {name}"])
        for extent, (code, name) in zip(extents(entries), entries.tolist(), strict=True)
    ]
    fields = (rows[field].tolist() for field in ("groups", "measure"))
    return list(zip((places[i] for i in which.reshape(-1)), *fields, strict=True))


def _apart(one: Rows, other: Rows, left: Sequence[int], right: Sequence[int]) -> Flags:
    """Why rows have no match: as `join_areas` says of their area, else that the group is absent."""
    found = join_areas(one, other)
    reasons = (
        {row.row: row.reason for row in found.only_a},
        {row.row: row.reason for row in found.only_b},
    )
    made = np.full(len(left), "", "U32")
    for at, (i, j) in enumerate(zip(left, right, strict=True)):
        if i < 0:
            made[at] = reasons[1].get(j, AreaFault.ABSENT)
        elif j < 0:
            made[at] = reasons[0].get(i, AreaFault.ABSENT)
    return made


# --- refusals -------------------------------------------------------------------------------------


def _place(table: Table, row: Any) -> str:
    where = f"{table.source}[{table.sheet}]" if table.sheet else table.source or "the table"
    return f"{where}, line {row['line']}"


def _only(table: Table, rows: Rows, field: str) -> str:
    """The one text of a field, or a refusal."""
    found = list(dict.fromkeys(rows[field].tolist()))
    if len(found) > 1:
        header = next((h for h, role in table.roles.items() if role == field), field)
        raise DataError(
            f"{_place(table, rows[0])}: rows of several {field}{'' if field == 'groups' else 's'},"
            f" such as {found[0]!r} and {found[1]!r}; choose"
            f" one of {header!r} (table.take, or --where)"
        )
    return str(found[0])


def _refuse_doubles(table: Table, rows: Rows, keys: Sequence[Any]) -> None:
    seen: dict[Any, int] = {}
    for i, key in enumerate(keys):
        if key in seen:
            lines = f"{rows['line'][seen[key]]} and {rows['line'][i]}"
            name = str(rows["area"][i]) or str(rows["area_code"][i])
            raise DataError(f"{_place(table, rows[i])}: lines {lines} are both of {name!r}")
        seen[key] = i


def _compared(before: Table, after: Table, one: Rows, other: Rows, periods: Any) -> str:
    """What is to be said of the two periods; a refusal if they are not comparable."""
    if periods is None:
        periods = _period_of(before, one), _period_of(after, other)
        if not all(periods):
            raise DataError(
                "periods: the tables do not say of which they are: give both, such as"
                " '2020/21' and '2021/22'"
            )
    if not isinstance(periods, tuple | list) or len(periods) != 2:
        raise DataError("periods: expected a pair, such as '2020/21' and '2021/22'")
    first, second = map(period, periods)
    ends = first.end, second.end
    backwards = ends[0] and ends[1] and ends[0] >= ends[1]
    if backwards or first.text == second.text:
        raise DataError(f"periods: expected the later one last, got {first} and {second}")
    found = comparable(first, second)
    if any(reason not in _SAID for reason in found.reasons):
        raise DataError(f"{first} and {second}: {found}; see pj.explain, or name periods=(...)")
    return next(iter(found.reasons), "")


def _of_period(table: Table, rows: Rows, wanted: Any) -> tuple[Rows, Any]:
    """The rows of one of the periods of a table, and its days; all, if it has no more than one."""
    texts = list(dict.fromkeys(rows["period"].tolist()))
    if len(texts) < 2:
        return rows, wanted
    days = period(wanted)
    keep = rows["period"] == str(wanted)
    if days.start is not None and not keep.any():
        keep = (rows["period_start"] == np.datetime64(days.start)) & (
            rows["period_end"] == np.datetime64(days.end)
        )
    if not keep.any():
        raise DataError(
            f"{_place(table, rows[0])}: periods: no row of {str(wanted)!r}; there are"
            f" {', '.join(map(repr, texts[:_MOST_PERIODS]))}"
        )
    chosen = np.asarray(rows[keep])
    # '2022' alone leaves open which year it is; the table may say it.
    return chosen, _period_of(table, chosen) or wanted


def _period_of(table: Table, rows: Rows) -> str:
    """The one period of a table: its days where they are known, which may hang on a header."""
    text = _only(table, rows, "period")
    start, end = rows["period_start"][0], rows["period_end"][0]
    return text if np.isnat(start) else f"{start} to {end}"
