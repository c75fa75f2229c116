"""What the columns of a table are, and its rows as statistics: area, period, count, rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import STATISTIC_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_codes import CellReason, TableFlag
from pyjustice.ground.table_sources import (
    ONE_OF,
    ROLES,
    Source,
    fold_header,
    header_roles,
    is_change,
    known_source,
    per_of,
    role_of,
)
from pyjustice.readers.table_figures import CODES, Column, empty_figures
from pyjustice.readers.table_places import fill_areas, fill_periods

__all__ = ["Roles", "find_roles", "statistics", "value_units"]

Rows = NDArray[np.void]

_REASONS = {code: str(reason) for reason, code in CODES.items()}
_FIGURE_ROLES = ("count", "population", "rate", "value")
_DENOMINATORS = (100.0, 1_000.0, 10_000.0, 100_000.0)
# As much as a rate's last printed digit may be off by floating point.
_SLACK = 1e-9
# Rates with more decimals were not rounded.
_MOST_PLACES = 5


@dataclass(frozen=True)
class Roles:
    """What the headers of a table are.

    Attributes
    ----------
    source : Source or None
        The published file that it is, if it is known.
    roles : dict of str to str
        Folded header to role; empty if nothing is known.
    rate : str
        The unit of its rates, '' if not known.
    """

    source: Source | None
    roles: Mapping[str, str]
    rate: str = ""

    def role(self, header: str) -> str:
        """The role of a header, '' for none."""
        return self.roles.get(fold_header(header), "")

    def is_label(self, header: str) -> bool:
        """Whether a column holds no figures, though its cells be numbers."""
        return (self.role(header) or role_of(header)) not in ("", "other", *_FIGURE_ROLES)


def find_roles(headers: Sequence[str], given: Mapping[str, str] | None) -> Roles:
    """Tell the columns of a table by its headers.

    Parameters
    ----------
    headers : sequence of str
    given : mapping of str to str, optional
        Header to role, from the user. They stand above what is known, and come alone where nothing
        is.

    Raises
    ------
    DataError
        Not a role.
    """
    source = known_source(headers)
    roles = dict(source.roles) if source is not None else header_roles(headers)
    rate = source.rate if source is not None else ""
    present = set(map(fold_header, headers))
    for header, text in (given or {}).items():
        role = text
        if header == "*" and not (role in _FIGURE_ROLES or per_of(text)[0]):
            raise DataError(
                f"roles: '*' is all columns of figures: expected a role of figures, such"
                f" as 'count' or 'rate per 1,000', got {text!r}"
            )
        if text.startswith("rate ") or text == "percent":
            role, (rate, _) = "rate", per_of(text)
        if role not in ROLES and role not in ONE_OF:
            known = ", ".join(map(repr, (*ROLES, *ONE_OF)))
            raise DataError(
                f"roles: {text!r} for {header!r}: expected one of {known}, or a rate with its "
                "unit, such as 'rate per 1,000'"
            )
        if header != "*" and role not in ONE_OF and fold_header(header) in present:
            roles = {h: r for h, r in roles.items() if r != role or r in ("group", "cut", "label")}
            roles[fold_header(header)] = role
    if source is not None and not given:
        roles = {header: role for header, role in roles.items() if header in present}
    return Roles(source, roles, rate)


def value_units(columns: Sequence[Column], roles: Roles) -> tuple[list[str], list[str]]:
    """What the value of each row is, and what it measures.

    Returns
    -------
    units : list of str
        'count', 'per 1,000' and so on, 'percent', another word of the source, '' if not known.
    measures : list of str
    """
    by_role = {roles.role(column.name): column for column in columns}
    rows = len(columns[0].texts) if columns else 0
    measures = by_role["measure"].texts if "measure" in by_role else [""] * rows
    said = by_role["unit"].texts if "unit" in by_role else measures
    known = roles.source.units if roles.source is not None else {}
    return [_unit_of(text, known) for text in said], list(measures)


def _unit_of(text: str, known: Mapping[str, str]) -> str:
    folded = fold_header(text)
    if is_change(text):
        return ""
    if folded in known:
        return known[folded]
    if folded in ("count", "number"):
        return "count"
    return per_of(text)[0]


def statistics(columns: Sequence[Column], roles: Roles, lines: Sequence[int]) -> Rows:
    """Return the rows of a table as STATISTIC rows.

    Raises
    ------
    DataError
        Nothing is known of its columns.
    """
    by_role: dict[str, list[Column]] = {}
    for column in columns:
        by_role.setdefault(roles.role(column.name), []).append(column)
    if not roles.roles or not any(by_role.get(role) for role in _FIGURE_ROLES):
        names = ", ".join(repr(column.name) for column in columns[:12])
        raise DataError(
            f"the columns of this table are not known: say what they are, as in "
            "roles={header: 'area', ...}, or 'group' of a heading above columns that are groups; "
            f"its headers are {names}"
        )
    made = np.zeros(len(lines), STATISTIC_DTYPE)
    made["line"] = lines
    made["column"] = _places(by_role, len(lines))
    fill_areas(made, by_role)
    fill_periods(made, by_role, roles.source)
    _fill_groups(made, by_role)
    figures = {role: _figures_of(by_role.get(role), len(lines)) for role in _FIGURE_ROLES}
    units, measures = value_units(columns, roles)
    made["measure"] = [cut(text, 96) for text in measures]
    _place_values(figures, units)
    _set_apart(figures, columns, roles)
    for role, rows in figures.items():
        made[role] = rows["value"]
        made[f"{role}_reason"] = [_REASONS[code] for code in rows["reason"].tolist()]
        if role in ("count", "rate"):
            made[f"{role}_lower"], made[f"{role}_upper"] = rows["lower"], rows["upper"]
    _set_units(made, by_role, roles, units)
    _set_notes(made, by_role)
    _set_flags(made, units)
    return made


def _fill_groups(made: Rows, by_role: Mapping[str, Sequence[Column]]) -> None:
    groups = [*by_role.get("cut", ()), *by_role.get("group", ())]
    if groups:
        named = [
            [f"{column.name}: {text}" if text else "" for text in column.texts] for column in groups
        ]
        rows = zip(*named, strict=True)
        made["groups"] = [cut("; ".join(filter(None, parts)), 128) for parts in rows]


def _figures_of(columns: Sequence[Column] | None, n: int) -> Rows:
    for column in columns or ():
        if column.figures is not None:
            return column.figures.copy()
    return empty_figures(n)


def _places(by_role: Mapping[str, Sequence[Column]], n: int) -> NDArray[np.int_]:
    """The column of the sheet of each row's count, rate, value or population: the first it has."""
    made = np.zeros(n, int)
    for role in ("count", "rate", "value", "population"):
        for column in by_role.get(role, ())[:1]:
            own = column.places if column.places is not None else np.full(n, column.place)
            made = np.where(made == 0, own, made)
    return made


def _place_values(figures: dict[str, Rows], units: Sequence[str]) -> None:
    """Put the value of a row where its unit says that it belongs."""
    value = figures["value"]
    given = value["reason"] != CODES[CellReason.NO_COLUMN]
    nothing = empty_figures(len(value))
    for role in ("count", "rate"):
        fits = np.array([u == "count" if role == "count" else _is_rate(u) for u in units], bool)
        moved = given & fits & (figures[role]["reason"] == CODES[CellReason.NO_COLUMN])
        figures[role][moved] = value[moved]
        value[moved] = nothing[moved]


def _set_apart(figures: dict[str, Rows], columns: Sequence[Column], roles: Roles) -> None:
    """Take figures in a row such as '% change' for what they are: values of no count or rate."""
    named = [
        c.texts for c in columns
        if not c.is_figures and roles.role(c.name) in ("", "area", "group", "measure", "period")
    ]  # fmt: skip
    apart = np.array([any(map(is_change, row)) for row in zip(*named, strict=True)], bool)
    if not apart.any():
        return
    nothing = empty_figures(len(apart))
    for role in ("count", "population", "rate"):
        moved = apart & (figures[role]["reason"] != CODES[CellReason.NO_COLUMN])
        free = moved & (figures["value"]["reason"] == CODES[CellReason.NO_COLUMN])
        figures["value"][free] = figures[role][free]
        figures[role][moved] = nothing[moved]


def _is_rate(unit: str) -> bool:
    return not math.isnan(per_of(unit)[1])


def _set_units(
    made: Rows, by_role: Mapping[str, Sequence[Column]], roles: Roles, units: Sequence[str]
) -> None:
    made["per"] = math.nan
    made["unit"] = [cut(unit, 24) for unit in units]
    rated = made["rate_reason"] != CellReason.NO_COLUMN
    if "rate" in by_role:
        unit, per = per_of(roles.rate or by_role["rate"][0].name)
        if not unit:
            per = _denominator(made)
            unit = f"per {per:,.0f}" if per > 100 else "percent" if per == 100 else ""
        made["unit"][rated], made["per"][rated] = unit, per
    else:
        made["per"] = [per_of(unit)[1] for unit in units]
    counted = made["count_reason"] != CellReason.NO_COLUMN
    made["unit"][counted & ~rated] = "count"


def _denominator(made: Rows) -> float:
    """The one denominator by which every rate follows from its count; NaN if none or several do."""
    fit = [per for per in _DENOMINATORS if _checked(made, per).any()]
    fit = [per for per in fit if not _differs(made, per).any()]
    return fit[0] if len(fit) == 1 else math.nan


def _checked(made: Rows, per: float | NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray((made["population"] > 0) & np.isfinite(made["count"] * made["rate"] * per))


def _differs(made: Rows, per: float | NDArray[np.float64]) -> NDArray[np.bool_]:
    """Rows whose rate is none that their count and population could give."""
    checked = _checked(made, per)
    low = np.full(len(made), np.nan)
    high = np.full(len(made), np.nan)
    np.divide(per * made["count_lower"], made["population"], out=low, where=checked)
    np.divide(per * made["count_upper"], made["population"], out=high, where=checked)
    slack = _SLACK * np.maximum(1, np.abs(made["rate"])) + _stored_half(made)
    outside = (high < made["rate_lower"] - slack) | (low > made["rate_upper"] + slack)
    return np.asarray(checked & outside)


def _stored_half(made: Rows) -> NDArray[np.float64]:
    """Half of the last digit of rates whose bounds are not known: numbers stored in a workbook.

    5.1 there may be 5.1082, rounded before it was stored, if no rate of the table has more digits.
    """
    stored = np.isfinite(made["rate"]) & (made["rate_lower"] == made["rate_upper"])
    rates = made["rate"][stored]
    places = next((n for n in range(_MOST_PLACES) if (rates == np.round(rates, n)).all()), None)
    return np.where(stored, 0.0 if places is None else 0.5 * 10.0**-places, 0.0)


def _set_notes(made: Rows, by_role: Mapping[str, Sequence[Column]]) -> None:
    columns = [c for role in _FIGURE_ROLES for c in by_role.get(role, ()) if c.figures is not None]
    if any(any(column.notes) for column in columns):
        rows = zip(*(column.notes for column in columns), strict=True)
        made["footnote"] = [cut("; ".join(dict.fromkeys(filter(None, r))), 24) for r in rows]


def _set_flags(made: Rows, units: Sequence[str]) -> None:
    # Beside a count 'unit' is the count's; what a value is in, the table has to say.
    unsaid = np.array([unit == "" for unit in units], bool) & np.isfinite(made["value"])
    unrated = (made["unit"] == "") & np.isfinite(made["rate"])
    made["flag"][np.isnan(made["per"]) & (unsaid | unrated)] = TableFlag.UNIT_UNKNOWN
    made["flag"][_differs(made, made["per"])] = TableFlag.RATE_DIFFERS
    made["flag"][made["count_lower"] > made["population"]] = TableFlag.ABOVE_POPULATION
