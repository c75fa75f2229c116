"""Figures computed from counts: which of them would reveal a hidden count, and the safe copy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.disclosure import field_rules
from pyjustice.measures.flags import Flag
from pyjustice.measures.sums import Rules
from pyjustice.questions.count_rows import Roles, Rows

__all__ = ["derived_to_hide", "safe_rows"]

# Numbers that can be hidden have become floats by then.
_BLANKS: dict[str, Any] = {"f": np.nan, "U": "", "O": "", "S": b"", "M": "NaT", "m": "NaT"}


def derived_to_hide(
    rows: Rows, roles: Roles, hidden: NDArray[np.bool_], rules: Rules
) -> NDArray[np.bool_]:
    """Find the computed figures that depend on a hidden count.

    Parameters
    ----------
    hidden : numpy.ndarray of bool, (rows, fields)
        Counts that are hidden.

    Returns
    -------
    numpy.ndarray of bool, (rows, fields)
    """
    own: NDArray[np.bool_] = np.asarray(hidden.any(axis=1))
    if rules.round_to > 1:
        own = np.ones(len(rows), bool)  # all were computed from what rounding hides
    pooled = np.full(len(rows), own.any())
    compared = own | _reference_hidden(rows, roles, own, rules)
    by_role = {"own": own, "compared": compared, "pooled": pooled, "reference_count": compared}
    hide = np.zeros(hidden.shape, bool)
    for column, name in enumerate(rows.dtype.names or ()):
        if roles[name] in by_role:
            hide[:, column] = by_role[roles[name]]
        elif rules.zeros and name in field_rules()["tells_zeros"]:
            hide[:, column] = pooled
    return hide


def _reference_hidden(
    rows: Rows, roles: Roles, own: NDArray[np.bool_], rules: Rules
) -> NDArray[np.bool_]:
    """Find the rows that are compared with a count that is hidden, or small.

    A reference that is no row of the table (the rest, the whole, another year) holds the other
    rows, so that it would reveal the sum of those that are hidden.
    """
    names = rows.dtype.names or ()
    found = np.zeros(len(rows), bool)
    for name in names:
        if roles[name] == "reference_count":
            values = np.asarray(rows[name], float)
            found |= (values >= 1) & (values < rules.below)
    labels = {name: np.asarray(rows[name]).astype(str) for name, r in roles.items() if r == "label"}
    data = field_rules()["reference"]
    for field in set(data["fields"]) & set(labels):
        for word in np.unique(labels[field]):
            if word in data["itself"]:
                continue
            others = [values == word for name, values in labels.items() if name != field]
            those = np.any(others, axis=0) if others else np.zeros(len(rows), bool)
            if own[those].any() if those.any() else own.any():
                found |= labels[field] == word
    return found


def safe_rows(
    rows: Rows, roles: Roles, reason: NDArray[Any], rules: Rules
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Copy what is shown, with counts and computed numbers as float64, NaN where hidden.

    Returns
    -------
    table, reason : structured arrays
        With a field `flag`, added if need be: 'suppressed' in rows where something is hidden.
    """
    names = list(rows.dtype.names or ())
    computed = ("count", "known", "reference_count", "own", "compared", "pooled")
    zeros = field_rules()["tells_zeros"]
    layout: list[tuple[str, Any]] = []
    for name in names:
        number = rows.dtype[name].kind in "biuf" and (roles[name] in computed or name in zeros)
        layout.append((name, "f8" if number else rows.dtype[name]))
    if "flag" not in names:
        layout.append(("flag", "U32"))
        reason = np.column_stack([reason, np.full(len(rows), "shown")])
    table = np.zeros(len(rows), layout)
    for column, name in enumerate(names):
        values: NDArray[Any] = np.asarray(rows[name]).astype(table.dtype[name])
        rounded = reason[:, column] == "rounded"
        gone = ~rounded & (reason[:, column] != "shown")
        values[rounded] = rules.rounded(values[rounded].astype(np.int64))
        if gone.any():
            values[gone] = _BLANKS[table.dtype[name].kind]
        table[name] = values
    touched = ~np.isin(reason, ("shown", "rounded")).all(axis=1)
    table["flag"][touched] = Flag.SUPPRESSED
    reasons = np.zeros(len(rows), [(name, "U9") for name, _ in layout])
    for column, (name, _) in enumerate(layout):
        reasons[name] = reason[:, column]
    return table, reasons
