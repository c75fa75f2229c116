"""Tables of counts that are safe to publish: hidden, checked, and written with marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.disclosure import field_rules
from pyjustice.ground.dtypes import HIDDEN_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_sources import fold_header, table_words
from pyjustice.measures.intruder import bounds
from pyjustice.measures.protection import Protection, protect
from pyjustice.measures.sums import Kind, Mark, Rules, Sums, knowledge
from pyjustice.questions.count_rows import read_rows, roles_of, row_labels, select_rows
from pyjustice.questions.count_tables import (
    Published,
    Reading,
    read_array,
    select_cells,
    with_outside,
)
from pyjustice.questions.derived import derived_to_hide, safe_rows
from pyjustice.questions.frames import read_frame
from pyjustice.readers.table_totals import is_total_label

__all__ = ["Suppressed", "suppress"]

Array: TypeAlias = NDArray[Any]

SHOWN, ROUNDED = "shown", "rounded"
_LABEL = 96  # letters that a label of HIDDEN_DTYPE has
PRIMARY, SECONDARY, DERIVED = "primary", "secondary", "derived"


@dataclass(frozen=True, eq=False, repr=False)
class Suppressed:
    """A table with small counts hidden, and with whatever would reveal them.

    Attributes
    ----------
    table : numpy.ndarray
        The safe copy, of the shape in which the table came (arrays with their totals). Counts are
        float64; what is hidden is NaN, and in rows the `flag` is 'suppressed'.
    reason : numpy.ndarray
        Of every cell of `table`: 'shown', 'rounded', 'primary' (small), 'secondary' (would reveal
        another one, or is a hidden total), 'derived' (computed from hidden counts).
    bounds : structured array, HIDDEN_DTYPE
        Between what anyone who has the safe copy can bound each hidden count. They are no secret,
        being computed from the safe copy and the rules alone; but do not print them beside it.
    rows, columns : tuple of str
        Labels of an array or a frame; for rows their labels and the names of the fields. Numbers
        from 1 where there are none.
    corner : str
        What the row labels are called, such as the name of a frame's index.
    below, zeros, all_in_one, round_to, minimise
        The rules, as given.
    method : str
        'exact': no smaller choice of secondary cells protects (by tables near the true one, which
        leaves none out unless a group is in one cell or sums were published before). 'heuristic':
        a smaller choice may protect.

    Examples
    --------
    >>> safe = suppress([[12, 3, 20], [9, 14, 8]], below=5)
    >>> safe.count("primary"), safe.reasons()[0].tolist()
    (1, ['secondary', 'primary', 'shown', 'shown'])
    """

    table: Array
    reason: Array
    bounds: NDArray[np.void]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    corner: str
    below: int
    zeros: str
    all_in_one: str
    round_to: int | None
    minimise: str
    method: str

    def reasons(self) -> Array:
        """Return `reason` as plain text in two dimensions: rows by columns (fields)."""
        names = self.reason.dtype.names
        if names is None:
            return self.reason.reshape(len(self.reason), -1)
        if not len(self.reason):
            return np.zeros((0, len(names)), "U9")
        return np.stack([self.reason[name] for name in names], axis=1)

    def to_pandas(self) -> Any:
        """Return the safe copy as a pandas.DataFrame under its labels, NaN where hidden."""
        import pandas as pd

        if self.table.dtype.names is not None:
            return pd.DataFrame(self.table)
        index = pd.Index(self.rows, name=self.corner or None)
        return pd.DataFrame(self.table.reshape(len(index), -1), index, list(self.columns))

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pyjustice.looks.html_display import suppressed_html

        return suppressed_html(self)

    def count(self, reason: str) -> int:
        """Count the cells that have a reason, such as 'primary'."""
        return int((self.reasons() == reason).sum())

    def notes(self) -> list[tuple[str, str]]:
        """Say of each reason that occurs what it means, for whoever reads the published table."""
        least = 0 if self.zeros == "hide" else 1
        said = {
            PRIMARY: f"A count of {least} to {self.below - 1} is hidden so that no child is"
            " identified.",
            SECONDARY: "Further counts and totals are hidden so that no hidden one is revealed.",
            DERIVED: "Figures that were computed from hidden or unrounded counts are left out.",
            ROUNDED: f"Counts and totals are each rounded to a multiple of {self.round_to}, so that"
            " counts may not add up to their total.",
        }
        return [(reason, text) for reason, text in said.items() if self.count(reason)]

    def report(self) -> str:
        """Say what was hidden, why, how surely, and between what an outsider can bound it."""
        lines = [
            f"{self.count(PRIMARY)} hidden as small, {self.count(SECONDARY)} to protect them or as"
            f" hidden totals, {self.count(DERIVED)} computed figures hidden;"
            f" zeros: {self.zeros}, all in one cell: {self.all_in_one}.",
            "No smaller choice protects."
            if self.method == "exact"
            else "The table is too large to prove that no smaller choice protects.",
            "An outsider who knows the rules and the safe copy can bound what is hidden to:",
        ]
        for row in self.bounds:
            upper = "any" if np.isinf(row["upper"]) else f"{row['upper']:.0f}"
            lines.append(
                f"  {row['row_name']}, {row['column_name']}: {row['lower']:.0f} to {upper}"
                f" ({row['reason']})"
            )
        return "\n".join(lines if len(self.bounds) else ["Nothing had to be hidden."])

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.table.shape))
        return (
            f"<Suppressed: {shape}, {self.count(PRIMARY)} primary, {self.count(SECONDARY)}"
            f" secondary, {self.count(DERIVED)} derived hidden, {self.method}>"
        )


def suppress(
    table: Any,
    *,
    below: int,
    round_to: int | None = None,
    zeros: str = "show",
    all_in_one: str = "hide",
    rows: Sequence[object] | None = None,
    columns: Sequence[object] | None = None,
    totals: str | Mapping[str, Any] = "add",
    also_published: Published = (),
    fields: Mapping[str, str] | None = None,
    minimise: str = "cells",
    exact: bool = True,
) -> Suppressed:
    """Hide small counts, and as little as possible of what would reveal them.

    Parameters
    ----------
    table : array of counts, 1-D or 2-D, or structured array; frame or series
        A structured array has label fields, counts and figures computed from them, such as what
        `disparity` or `rates` return. A frame of pandas or polars is one too if it has a column of
        texts, or one known to be a count ('events', 'base', 'population' …); else it is an array
        with labels.
    below : int
        Counts of 1 to below - 1 are hidden. At least 3, or 2 with ``zeros='hide'``: a mark that
        stands for one number hides nothing.
    round_to : int, optional
        Round every count that is shown, totals by themselves, to a multiple (halves up). Fewer
        counts have to be hidden then. Populations are not rounded; computed figures, which would
        reveal what was rounded, are all hidden.
    zeros : {'show', 'hide'}
        A zero identifies nobody and is shown. 'hide' treats it as a small count, so that the mark
        stands for 0 to below - 1.
    all_in_one : {'hide', 'show'}
        Where all of a row, a column or a whole are in one cell, whoever knows that a child belongs
        there knows the rest about it. 'hide' hides enough that others of them might be elsewhere.
    rows, columns : sequence, optional
        Labels of an array, with or without one for the totals. A frame has its own.
    totals : {'add', 'last', 'none'}, or mapping
        Of an array: totals are added to it, or are its last row and column, or are not published.
        Of rows: by field the label that stands for all, such as ``{'sex': 'All'}``, or None where
        none does, though one looks so ('All Saints'). Totals that are not in the table but can be
        had elsewhere belong in `also_published`.
    also_published : sequence of (selection, total) or (selection, total, field)
        Sums of cells that are published elsewhere. The selection is a mask over the cells (the
        rows), or labels: ``{'rows': [...], 'columns': [...]}`` for an array, ``{field: [...]}``
        for rows, which also need the name of the count where there are several. The total is a
        number, or (least, most) if it was rounded or hidden.
    fields : mapping, optional
        What fields are that the package does not know: 'count', 'known' (public, such as a
        population), 'setting', 'label', or computed: 'own' (from the counts of the row),
        'compared' (also from those of the reference), 'pooled' (also from those of any row).
        Fractions that it does not know it takes for pooled, texts for labels: name a text that
        tells figures.
    minimise : {'cells', 'total'}
        What is kept low: how many further counts are hidden, or their sum.
    exact : bool
        Seek the best choice where the table is small enough (40 counts that may be hidden).

    Returns
    -------
    Suppressed

    Raises
    ------
    DataError
        Counts that are negative, missing or not whole; totals that are not the sum of their parts;
        labels given twice; a whole number of which nobody said what it is; a small count that is
        exposed by what is published already, whatever is hidden here; something to hide beside a
        label such as 'All', if nobody said that it is the total that would reveal it.

    Notes
    -----
    For every small count and each of the values 1 to below - 1 there is a table that has this value
    and could be behind the safe copy, checked in whole numbers; an outsider who knows the rules
    (though not the choices of the optimiser) can exclude none of them. The outsider knows that
    a primary mark is a small count and that a secondary mark on a cell is none. A hidden total
    carries the secondary mark whatever it is, since a sum that is said to be small bounds its
    parts. Of small totals, and of what remains of a whole, every small value stays possible that
    the marks do not exclude by themselves.

    Not covered: what a child or a colleague knows about one of the cells; two tables that have
    different cells in common. Give such sums as `also_published`.

    References
    ----------
    Fischetti and Salazar (2001), "Solving the cell suppression problem on tabular data with linear
    constraints", Management Science 47(7). Hundepool et al. (2012), Statistical Disclosure
    Control, Wiley, chapter 4.

    Examples
    --------
    >>> safe = suppress([[12, 3, 20], [9, 14, 8]], below=5)
    >>> safe
    <Suppressed: 3 x 4, 1 primary, 3 secondary, 0 derived hidden, exact>
    >>> safe.table
    array([[nan, nan, 20., 35.],
           [nan, nan,  8., 31.],
           [21., 17., 28., 66.]])
    >>> safe.bounds[["row_name", "column_name", "reason", "lower", "upper"]][1].tolist()
    ('1', '2', 'primary', 1.0, 4.0)
    """
    if minimise not in ("cells", "total"):
        raise DataError(f"minimise: expected 'cells' or 'total', got {minimise!r}")
    how = _How(_rules(below, round_to, zeros, all_in_one), minimise, exact)
    rules = how.rules
    framed = read_frame(table)
    given = framed.table
    if given.dtype.names is not None:
        if rows is not None or columns is not None:
            raise DataError("rows, columns: a structured array has its labels in fields")
        return _suppress_rows(given.reshape(-1), how, totals, also_published, fields or {})
    if fields or not isinstance(totals, str):
        raise DataError("fields, totals: {field: ...} is for structured arrays")
    rows = framed.rows if rows is None else rows
    columns = framed.columns if columns is None else columns
    reading = read_array(given, rows, columns, totals)
    outside = [(select_cells(reading, s, i), t) for i, (s, t) in _items(also_published, 2)]
    sums = with_outside(reading.sums, outside)
    found = how.protected(reading, sums)
    if (found.marks != Mark.SHOWN).any():
        both = zip((reading.row_names, reading.column_names), reading.shape, strict=False)
        cells = [name for names, n in both for name in names[:n]]
        # A label of two levels is 'Boys, All'.
        for name in (one for one in cells if any(map(_looks_total, one.split(", ")))):
            raise DataError(
                f"table: {name!r} looks like a total, which would reveal what is hidden: give"
                " totals='last' if the last row and column are totals, or leave it out"
            )
    n_columns = len(reading.column_names)
    values = np.full((len(reading.row_names), n_columns), np.nan)
    reason = np.full(values.shape, SHOWN if rules.round_to == 1 else ROUNDED, "U9")
    at = reading.rows, reading.columns
    values[at] = np.where(found.marks == Mark.SHOWN, rules.rounded(sums.values), np.nan)
    _mark(reason, at, found.marks)
    shape = values.shape if given.ndim == 2 else (-1,)
    names = reading.row_names, reading.column_names
    hidden = _bounds(reading, sums, rules, found.marks)
    values, reason = values.reshape(shape), reason.reshape(shape)
    return how.result(values, reason, hidden, (*names, framed.corner), found.method)


def _suppress_rows(
    given: Array,
    how: _How,
    totals: str | Mapping[str, Any],
    also_published: Published,
    fields: Mapping[str, str],
) -> Suppressed:
    if totals != "add" and isinstance(totals, str):
        raise DataError("totals: expected {field: label of the total} for a structured array")
    rules = how.rules
    roles = roles_of(given, fields)
    said = {} if isinstance(totals, str) else dict(totals)
    declared = {name: label for name, label in said.items() if label is not None}
    reading = read_rows(given, roles, declared, rules.below)
    outside = [
        (select_rows(given, roles, reading, item, i), item[1])
        for i, item in _items(also_published, 3)
    ]
    sums = with_outside(reading.sums, outside)
    found = how.protected(reading, sums)
    if (found.marks != Mark.SHOWN).any():
        _refuse_other_totals(given, roles, said)
    names = list(given.dtype.names or ())
    reason = np.full((len(given), len(names)), SHOWN, "U9")
    if rules.round_to > 1:
        reason[:, [i for i, name in enumerate(names) if roles[name] == "count"]] = ROUNDED
        public = sums.kinds == Kind.KNOWN
        reason[reading.rows[public], reading.columns[public]] = SHOWN
    printed = reading.columns >= 0
    _mark(reason, (reading.rows[printed], reading.columns[printed]), found.marks[printed])
    hide = derived_to_hide(given, roles, np.isin(reason, (PRIMARY, SECONDARY)), rules)
    reason[hide] = DERIVED
    table, reasons = safe_rows(given, roles, reason, rules)
    labels, corner = row_labels(given, roles)
    hidden = _bounds(reading, sums, rules, found.marks)
    made = labels, list(table.dtype.names or ()), corner
    return how.result(table, reasons, hidden, made, found.method)


def _refuse_other_totals(rows: Array, roles: Mapping[str, str], said: Mapping[str, Any]) -> None:
    """Raise DataError for a label that looks like a total, and is not given as one."""
    for name in set(roles) - set(field_rules()["reference"]["fields"]):
        if roles[name] != "label" or (name in said and said[name] is None):
            continue
        labels = np.asarray(rows[name]).astype(str)
        texts = np.unique(labels).tolist()
        for text in texts if len(texts) > 1 else ():
            looks = _looks_total(text) or (
                is_total_label(text) and _is_sum(rows, roles, labels == text)
            )
            if looks and text != str(said.get(name)):
                raise DataError(
                    f"field {name!r}: {text!r} looks like a total, which would reveal what is"
                    f" hidden: give totals={{{name!r}: {text!r}}}, None in its place if it is none,"
                    " or leave it out"
                )


def _is_sum(rows: Array, roles: Mapping[str, str], some: NDArray[np.bool_]) -> bool:
    """Whether some rows have as many as all others, of any count."""
    counts = (np.asarray(rows[name], float) for name, role in roles.items() if role == "count")
    return any(values[some].sum() == values[~some].sum() for values in counts)


def _looks_total(label: str) -> bool:
    """Whether a label says so by itself; 'England' is a total of its regions, not beside Wales."""
    return is_total_label(label) and fold_header(label) not in table_words("totals")["nations"]


@dataclass(frozen=True, slots=True)
class _How:
    """What was asked for."""

    rules: Rules
    minimise: str
    exact: bool

    def protected(self, reading: Reading, sums: Sums) -> Protection:
        found = protect(sums, self.rules, minimise=self.minimise, exact=self.exact)
        if found.exposed:
            places = "; ".join(reading.place(entry) for entry in found.exposed)
            raise DataError(
                "cannot be protected whatever is hidden, because of what is known already:"
                f" {places}"
            )
        return found

    def result(
        self,
        table: Array,
        reason: Array,
        hidden: NDArray[np.void],
        names: tuple[list[str], list[str], str],
        method: str,
    ) -> Suppressed:
        rules = self.rules
        table.flags.writeable = reason.flags.writeable = False  # what was checked is published
        return Suppressed(
            table=table,
            reason=reason,
            bounds=hidden,
            rows=tuple(names[0]),
            columns=tuple(names[1]),
            corner=names[2],
            below=rules.below,
            zeros="hide" if rules.zeros else "show",
            all_in_one="hide" if rules.all_in_one else "show",
            round_to=rules.round_to if rules.round_to > 1 else None,
            minimise=self.minimise,
            method=method,
        )


def _rules(below: Any, round_to: Any, zeros: str, all_in_one: str) -> Rules:
    for name, value in (("zeros", zeros), ("all_in_one", all_in_one)):
        if value not in ("show", "hide"):
            raise DataError(f"{name}: expected 'show' or 'hide', got {value!r}")
    if not isinstance(below, int | np.integer) or below < 2:
        raise DataError(f"below: expected a whole number from 2, got {below!r}")
    if below == 2 and zeros == "show":
        raise DataError("below: 2 hides ones alone, so that the mark would say it; give 3 or more")
    if round_to is not None and (not isinstance(round_to, int | np.integer) or round_to < 2):
        raise DataError(f"round_to: expected a whole number from 2, or None, got {round_to!r}")
    return Rules(int(below), zeros == "hide", all_in_one == "hide", int(round_to or 1))


def _items(also_published: Published, most: int) -> list[tuple[int, tuple[Any, ...]]]:
    items = [tuple(item) for item in also_published]
    for i, item in enumerate(items, 1):
        if not 2 <= len(item) <= most:
            raise DataError(f"also_published, item {i}: expected (selection, total)")
    return list(enumerate(items, 1))


def _mark(reason: Array, at: tuple[Array, Array], marks: NDArray[np.int8]) -> None:
    placed = np.full(reason.shape, Mark.SHOWN, np.int8)
    placed[at] = marks
    reason[placed == Mark.PRIMARY] = PRIMARY
    reason[placed == Mark.SECONDARY] = SECONDARY


def _bounds(
    reading: Reading, sums: Sums, rules: Rules, marks: NDArray[np.int8]
) -> NDArray[np.void]:
    entries, lower, upper = bounds(sums, knowledge(sums, rules, marks), marks)
    out = np.zeros(len(entries), HIDDEN_DTYPE)
    out["row"], out["column"] = reading.rows[entries], reading.columns[entries]
    out["row_name"] = [cut(reading.row_names[i], _LABEL) for i in out["row"]]
    out["column_name"] = [cut(reading.column_names[i], _LABEL) for i in out["column"]]
    primary = marks[entries] == Mark.PRIMARY
    out["reason"] = np.where(primary, PRIMARY, SECONDARY)
    out["lower"], out["upper"] = lower, upper
    return out
