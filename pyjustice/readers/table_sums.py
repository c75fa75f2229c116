"""Adding up the rows of a table: which columns can be, and which rows must not be together."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.areas import find_areas
from pyjustice.ground.dtypes import CELL_DTYPE, TOTAL_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_codes import CellReason
from pyjustice.ground.table_sources import area_kind, per_of
from pyjustice.readers.table_figures import CODES, Column, settle
from pyjustice.readers.table_roles import Roles, value_units
from pyjustice.readers.table_totals import (
    Figures,
    Overlap,
    Place,
    Total,
    descendants,
    find_totals,
    parts_of,
)

__all__ = ["add_rows", "column_totals", "row_totals", "set_bounds", "total_records"]

Rows = NDArray[np.void]

_VALUE = CODES[CellReason.VALUE]
_SUPPRESSED, _LIMIT = CODES[CellReason.SUPPRESSED], CODES[CellReason.LIMIT]
_REASONS = {code: str(reason) for reason, code in CODES.items()}
_PERCENT = 1  # the engine's unit of a cell with a percent sign
# What is no count, though nothing else is known of a column.
_MEASURED = re.compile(
    r"%|\brates?\b|\bper ?cent|\bproportion|\baverage|\bmean\b|\bmedian\b|\bper \d"
)
# '<=5' leaves 5 too, '<5' does not.
_MAY_BE_IT = re.compile(r"[=≤≥⩽⩾]")
# Labels of long tables that set rows apart, and of which none is the total of others.
_LONG = ("unit", "period", "measure", "cut")
# Rows that an error names; the rest are counted.
_MOST_NAMED = 6


def set_bounds(columns: Sequence[Column], roles: Roles, step: float) -> None:
    """Set the bounds of all figures, as far as they depend on what their column is."""
    units, measures = value_units(columns, roles)
    groups = np.unique(np.array(measures, dtype="U"), return_inverse=True)[1].reshape(-1)
    for column in columns:
        if column.figures is None:
            continue
        role = roles.role(column.name)
        rate = role == "rate" or (role in ("", "other") and _is_measured(column.name))
        measured = np.full(len(column.texts), rate)
        own = np.zeros(len(column.texts), int)
        if role == "value":
            # What may be a rate is not taken for an exact count.
            measured = np.array([unit != "count" for unit in units], bool)
            own = groups
        sure = role != "" and (role != "value" or any(measures))
        settle(column.figures, measured, own, step, sure=sure)
        _unbind(column.figures, measured, role)
        if role in ("count", "value"):
            _close(column, ~measured)


def _unbind(figures: Rows, measured: NDArray[np.bool_], role: str) -> None:
    """Take bounds of hidden counts away where what is hidden is a rate, a share or a change."""
    known = figures["value"][figures["reason"] == _VALUE]
    parts = (known != np.round(known)).any() or (figures["unit"] == _PERCENT).any()
    uncounted = measured | (role in ("population", "other")) | (role in ("", "value") and parts)
    hidden = uncounted & (figures["reason"] == _SUPPRESSED)
    figures["upper"][hidden] = math.nan
    figures["lower"][hidden] = math.nan if role == "other" else 0


def _close(column: Column, counted: NDArray[np.bool_]) -> None:
    """Bound counts by whole numbers: '<5' is 4 at the most; of another figure it may be 4.9."""
    figures = column.figures
    assert figures is not None
    known = figures["value"][counted & (figures["reason"] == _VALUE)]
    if (known != np.round(known)).any():
        return
    limits = counted & (figures["reason"] == _LIMIT) & (figures["unit"] != _PERCENT)
    for at in np.flatnonzero(limits):
        text = unicodedata.normalize("NFKC", column.texts[at])
        limit = figures["lower" if ">" in text else "upper"][at]
        if not limit > 0 or _MAY_BE_IT.search(text):
            continue
        if ">" in text:
            figures["lower"][at] = math.floor(limit) + 1
        else:
            figures["upper"][at] = math.ceil(limit) - 1


def _is_measured(header: str) -> bool:
    return bool(_MEASURED.search(header.lower()))


def can_add(column: Column, roles: Roles) -> str:
    """'' if the figures of a column can be added, else why not."""
    figures = column.figures
    if figures is None:
        return "it holds labels, not figures"
    role = roles.role(column.name)
    if role == "rate" or _is_measured(column.name) or (figures["unit"] == _PERCENT).any():
        return "rates and shares do not add up"
    value = figures["value"][figures["reason"] == _VALUE]
    if role not in ("count", "population", "value") and (value != np.round(value)).any():
        return "its figures are not whole: rates and averages do not add up"
    return ""


def _counts(columns: Sequence[Column], roles: Roles, rows: int) -> Figures:
    """The figures that can be added, NaN elsewhere."""
    units, _ = value_units(columns, roles)
    # Beside a column of counts a value of no unit is something else: a rate, mostly.
    beside = any(roles.role(column.name) == "count" for column in columns)
    known = ("count",) if beside else ("", "count")
    counted = np.array([unit in known for unit in units], bool)
    parts: dict[str, list[NDArray[np.float64]]] = {"value": [], "lower": [], "upper": []}
    for column in columns:
        if column.figures is None or roles.role(column.name) == "other" or can_add(column, roles):
            continue
        keep = counted if roles.role(column.name) == "value" else np.full(rows, True)
        for name, made in parts.items():
            made.append(np.where(keep, column.figures[name], math.nan))
    stacked = [np.array(made).T if made else np.empty((rows, 0)) for made in parts.values()]
    return Figures(*stacked)


def row_totals(columns: Sequence[Column], roles: Roles) -> list[Total]:
    """Find the rows that are totals of other rows."""
    labels = [c for c in columns if not c.is_figures]
    used = [c for c in labels if roles.role(c.name) not in ("area_code", "within", "label")]
    if not used:
        return []
    rows = list(zip(*(c.texts for c in used), strict=True))
    within = next((c.texts for c in labels if roles.role(c.name) == "within"), None)
    area = next((i for i, c in enumerate(used) if roles.role(c.name) == "area"), -1)
    categories = [i for i, c in enumerate(used) if roles.role(c.name) not in _LONG]
    return find_totals(
        rows,
        _counts(columns, roles, len(rows)),
        categories=categories,
        within=within,
        area=area,
        places=_places(columns, roles),
        # Rows of a long table stand in any order: none is the total of those below it.
        runs=not any(roles.role(c.name) in _LONG for c in columns),
    )


def _places(columns: Sequence[Column], roles: Roles) -> list[Place]:
    """The place of each row by its code, else its name; empty without either."""
    by_role = {roles.role(column.name): column for column in reversed(columns)}
    given = [by_role[role] for role in ("area_code", "area") if role in by_role]
    kind = area_kind(by_role["area"].name) if "area" in by_role else None
    rows = list(zip(*(column.texts for column in given), strict=True))
    known = {row: _place(row, kind) for row in set(rows)}
    return [known[row] for row in rows]


def _place(texts: Sequence[str], kind: str | None) -> Place:
    for text in filter(None, texts):
        if found := find_areas(text, kind) or find_areas(text):
            # Of several what all of them hold: nothing else is a part for certain.
            extent = frozenset.intersection(*(one.extent for one in found))
            large = all(one.kind in ("region", "country", "police area") for one in found)
            return Place(extent if large or len(found) == 1 else frozenset(), large)
    return Place(frozenset(), False)


def column_totals(columns: Sequence[Column], roles: Roles) -> list[tuple[int, Total]]:
    """Find the columns that are totals of other columns: (index of the column, its total)."""
    open_ = [i for i, c in enumerate(columns) if not can_add(c, roles) and roles.role(c.name) == ""]
    if len(open_) < 3:
        return []
    chosen = [columns[i] for i in open_]
    figures = _counts(chosen, Roles(None, {}), len(chosen[0].texts)).transposed()
    names = [(c.header[-1] if c.header else "",) for c in chosen]
    found = find_totals(names, figures, categories=[])
    return [
        (
            open_[t.index],
            Total(open_[t.index], tuple(open_[p] for p in t.parts), t.evidence, t.difference),
        )
        for t in found
    ]


def total_records(
    axis: str, totals: Sequence[Total], places: Sequence[int], labels: Sequence[str]
) -> Rows:
    """Totals as TOTAL rows."""
    made = np.zeros(len(totals), TOTAL_DTYPE)
    for row, total in zip(made, totals, strict=True):
        row["axis"], row["index"] = axis, total.index
        row["place"], row["label"] = places[total.index], cut(labels[total.index], 128)
        row["parts"], row["evidence"] = len(total.parts), total.evidence
        row["places"] = cut(", ".join(str(places[part]) for part in total.parts), 96)
        row["difference"] = total.difference
    return made


def add_rows(
    column: Column,
    columns: Sequence[Column],
    roles: Roles,
    picked: NDArray[np.intp],
    totals: Sequence[Total],
    overlapping: Sequence[Overlap],
    lines: Sequence[int],
    ids: Sequence[int],
    *,
    periods: bool,
) -> np.void:
    """Add up some rows of a column.

    Parameters
    ----------
    column : Column
    columns : sequence of Column
    roles : Roles
    picked : numpy.ndarray of int
        Which rows.
    totals : sequence of Total
    overlapping : sequence of Overlap
    lines : sequence of int
        The line of each row.
    ids : sequence of int
        What tells each row in `overlapping`.
    periods : bool
        Whether rows of several periods are meant to be added.

    Raises
    ------
    DataError
        The figures are no counts, or some are counted in others.
    """
    if not len(picked):
        raise DataError("no row is chosen: there is nothing to add up")
    why = can_add(column, roles)
    if why:
        raise DataError(f"{column.name!r} cannot be added up: {why}")
    _refuse_mixed(column, columns, roles, picked, periods=periods)
    _refuse_double(picked, totals, overlapping, lines, ids, columns)
    assert column.figures is not None
    figures = column.figures[picked]
    made: np.void = np.zeros(1, CELL_DTYPE)[0]
    made["row"] = made["line"] = -1
    made["row_label"] = f"sum of {len(picked):,} rows"
    made["column_label"], made["column"] = cut(column.name, 96), column.place
    missing = list(dict.fromkeys(figures["reason"][figures["reason"] != _VALUE].tolist()))
    made["reason"] = (
        ""
        if not missing
        else _REASONS[missing[0]]
        if len(missing) == 1
        else str(CellReason.MISSING)
    )
    for name in ("value", "lower", "upper"):
        made[name] = math.fsum(figures[name]) if np.isfinite(figures[name]).all() else math.nan
    notes = dict.fromkeys(column.notes[i] for i in picked if column.notes[i])
    made["footnote"] = cut("; ".join(notes), 24)
    return made


def _refuse_mixed(
    column: Column,
    columns: Sequence[Column],
    roles: Roles,
    picked: NDArray[np.intp],
    *,
    periods: bool,
) -> None:
    """Refuse rows that measure different things, or that count the same people twice."""
    if roles.role(column.name) == "value":
        units, measures = value_units(columns, roles)
        kinds = {(units[i], measures[i]) for i in picked}
        if len(kinds) > 1:
            names = ", ".join(sorted({repr(measures[i] or units[i]) for i in picked})[:_MOST_NAMED])
            raise DataError(f"these rows measure different things: {names}")
        if any(not math.isnan(per_of(unit)[1]) for unit, _ in kinds):
            raise DataError(f"{column.name!r} cannot be added up: rates and shares do not add up")
    for other in columns:
        several = len({other.texts[i] for i in picked}) > 1
        if several and roles.role(other.name) == "period" and not periods:
            raise DataError(
                f"these rows are of several periods: the same children may be counted in each. If "
                f"that is meant, name them, as in where={{{other.name!r}: [...]}}"
            )
        if several and roles.role(other.name) == "cut":
            raise DataError(
                f"{other.name!r} cuts the same people in more than one way: choose one, as in "
                f"where={{{other.name!r}: {other.texts[picked[0]]!r}}}"
            )


def _refuse_double(
    picked: NDArray[np.intp],
    totals: Sequence[Total],
    overlapping: Sequence[Overlap],
    lines: Sequence[int],
    ids: Sequence[int],
    columns: Sequence[Column],
) -> None:
    """Refuse a total together with its parts, and parts that overlap."""
    chosen = set(picked.tolist())

    def named(rows: Sequence[int]) -> str:
        labels = [
            f"line {lines[i]} ({_label(columns, i)})" for i in sorted(rows)[:_MOST_NAMED]
        ]  # fmt: skip
        more = len(rows) - len(labels)
        return ", ".join(labels) + (f" and {more:,} more" if more > 0 else "")

    below = parts_of(totals)
    for total in totals:
        if total.index in chosen:
            inside = descendants(below, total.index) & chosen
            if inside:
                raise DataError(
                    f"{named([total.index])} is a total that holds {named(sorted(inside))}: leave "
                    "it out, or use table.leaves()"
                )
    index = {ids[i]: i for i in chosen}
    for overlap in overlapping:
        both = [[index[one] for one in group if one in index] for group in overlap.groups]
        both = [rows for rows in both if rows]
        if len(both) > 1:
            raise DataError(
                f"{named([row for rows in both for row in rows])} overlap: together with the other "
                f"parts they are more than their total, line {overlap.total}"
            )


def _label(columns: Sequence[Column], row: int) -> str:
    parts = [c.texts[row] for c in columns if not c.is_figures and c.texts[row]]
    return repr(cut(" | ".join(dict.fromkeys(parts)), 60))
