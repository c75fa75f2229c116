"""Where and when the rows of a table are: areas and periods, as far as they are sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.areas import AreaFault, find_areas, outdated
from pyjustice.ground.comparable import Apart
from pyjustice.ground.errors import DataError
from pyjustice.ground.periods import KINDS, Period, period
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_codes import CellReason
from pyjustice.ground.table_sources import Source, area_kind, fold_header, whole_period
from pyjustice.readers.table_figures import Column

__all__ = ["fill_areas", "fill_periods"]

Rows = NDArray[np.void]
ByRole = Mapping[str, Sequence[Column]]


def fill_areas(made: Rows, by_role: ByRole) -> None:
    """Fill the fields of the area.

    A code that is not printed is that of the one area of the name, where there is one and a source
    gives it a code.
    """
    names, codes = (_texts(by_role, role) for role in ("area", "area_code"))
    if names is None and codes is None:
        made["area_reason"] = CellReason.NO_COLUMN
        return
    kind = area_kind(by_role["area"][0].name) if names else None
    pairs = list(zip(names or [""] * len(made), codes or [""] * len(made), strict=True))
    known = {pair: _area_of(*pair, kind) for pair in set(pairs)}
    for name in outdated(name for name, code in known if not code):
        known[name, ""] = "", AreaFault.SEVERAL
    made["area"] = [cut(name, 96) for name, _ in pairs]
    made["area_code"] = [cut(known[pair][0], 12) for pair in pairs]
    made["area_reason"] = [known[pair][1] for pair in pairs]


def _area_of(name: str, code: str, kind: str | None) -> tuple[str, str]:
    """The code of a row, and what is to be minded of its area."""
    by_name = (find_areas(name, kind) or find_areas(name)) if name else []
    by_code = find_areas(code) if code else []
    if by_code:
        # Beside a code a name means an area of the code's kind, if there is one.
        meant = find_areas(name, by_code[0].kind) + by_name if name else by_code
        same = not meant or any(one.extent == by_code[0].extent for one in meant)
        return code, "" if same else AreaFault.DIFFERS
    if len(by_name) == 1:
        return code or next(iter(by_name[0].codes), ""), ""
    if not name and not code:
        return "", CellReason.BLANK
    return code, AreaFault.SEVERAL if by_name else AreaFault.UNKNOWN


def fill_periods(made: Rows, by_role: ByRole, source: Source | None) -> None:
    """Fill the fields of the period; days stay NaT, with the reason, where the print is unclear."""
    made["period_start"] = made["period_end"] = np.datetime64("NaT", "D")
    texts = _texts(by_role, "period")
    if texts is None:
        made["period_reason"] = CellReason.NO_COLUMN
        return
    kinds = _texts(by_role, "period_kind") or [""] * len(made)
    lengths = _lengths(by_role, source, len(made))
    if not any(kinds) and _are_financial(texts):
        kinds = ["financial year"] * len(made)
    rows = list(zip(texts, kinds, lengths, strict=True))
    header = by_role["period"][0].name
    known = {row: _days_of(whole_period(header, row[0]), *row[1:]) for row in set(rows)}
    made["period"] = [cut(text, 32) for text in texts]
    for i, field in enumerate(("period_start", "period_end", "period_reason")):
        made[field] = [known[row][i] for row in rows]


def _are_financial(texts: Sequence[str]) -> bool:
    """Whether '2011-12' stands among years that can be nothing but financial ones: '2012-13'."""
    sure = 0
    for text in set(filter(None, texts)):
        try:
            as_year = period(text, "financial year")
        except DataError:
            return False
        try:
            sure += period(text) == as_year
        except DataError:
            continue  # it may be a month too
    return sure > 0


def _lengths(by_role: ByRole, source: Source | None, n: int) -> list[int]:
    """Months of each row's period, of a file that prints its first day; else 0."""
    if source is None or not source.months_of:
        return [0] * n
    for columns in by_role.values():
        for column in columns:
            if fold_header(column.name) == source.months_of:
                return [source.months.get(fold_header(text), 0) for text in column.texts]
    return [0] * n


def _days_of(text: str, kind: str, months: int) -> tuple[date | None, date | None, str]:
    """First and last day, or None for both and why."""
    if not text:
        return None, None, CellReason.BLANK
    named = " ".join(kind.lower().split())
    try:
        read = period(text, named if named in KINDS else None)
    except DataError:
        return None, None, CellReason.UNREADABLE
    if read.kind == "day":
        # A day in a column of periods is the first or the last of something longer.
        end = _end_of(read, months)
        return (read.start, end, "") if end else (None, None, Apart.WINDOW)
    if read.unclear or (named and named not in KINDS):
        return None, None, Apart.WINDOW
    return read.start, read.end, ""


def _end_of(first: Period, months: int) -> date | None:
    """Last day of so many months from the first of one; None if it is not."""
    start = first.start
    if not months or start is None or start.day != 1:
        return None
    last = start.year * 12 + start.month - 1 + months
    return date(last // 12, last % 12 + 1, 1) - timedelta(days=1)


def _texts(by_role: ByRole, role: str) -> list[str] | None:
    """The texts of the first column of a role, None if there is none."""
    columns = by_role.get(role, ())
    return list(columns[0].texts) if columns else None
