"""What an outsider can work out of a published table: bounds of each hidden count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pyjustice.measures.sums import Ints, Kind, Knowledge, Mark, Sums, agrees

__all__ = ["bounds"]


def bounds(
    sums: Sums, known: Knowledge, marks: NDArray[np.int8]
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Bound every hidden entry by everything that is published, in whole numbers.

    Returns
    -------
    entries : numpy.ndarray of int
        Those that are printed and hidden.
    lower, upper : numpy.ndarray of float64
        Infinity where there is no upper bound; NaN where the solver gave up.
    """
    lower = np.full(len(marks), np.nan)
    upper = lower.copy()
    hidden = (marks != Mark.SHOWN) & (sums.kinds != Kind.UNPRINTED)
    for entries, part in sums.components():
        if hidden[entries].any():
            outsider = _Outsider(part, known.of(entries))
            for own in np.flatnonzero(hidden[entries]):
                lower[entries[own]] = outsider.extreme(part.parts[own], 1)
                upper[entries[own]] = outsider.extreme(part.parts[own], -1)
    found = np.flatnonzero(hidden)
    return found, lower[found], upper[found]


class _Outsider:
    """The integer programme over all tables that could be behind the published one."""

    def __init__(self, sums: Sums, known: Knowledge) -> None:
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array, hstack, vstack

        self._sums, self._known = sums, known
        n = len(sums.true)
        # More than any sum or difference of what is published can bound.
        finite = np.where(np.isfinite(known.upper), known.upper, 0)
        beyond = sums.outside_upper[np.isfinite(sums.outside_upper)]
        self._most = float(finite.sum() + beyond.sum() + known.lower.sum() + n + 1)
        choice = np.flatnonzero(known.zero & (known.lower > 0))
        most = np.where(np.isfinite(known.upper), known.upper, n * self._most)
        # An entry that is 0 or within: a switch for each, 1 where it is 0.
        lower_switch = np.zeros((len(known.lower), len(choice)))
        upper_switch = lower_switch.copy()
        lower_switch[choice, np.arange(len(choice))] = known.lower[choice]
        upper_switch[choice, np.arange(len(choice))] = most[choice]
        parts = csr_array(sums.parts)
        rows = [
            hstack([parts, csr_array(lower_switch)]),
            hstack([parts, csr_array(upper_switch)]),
            csr_array((len(sums.outside), n + len(choice))),
        ]
        if len(sums.outside):
            rows[2] = hstack([csr_array(sums.outside), csr_array((len(sums.outside), len(choice)))])
        free = np.full(len(known.lower), np.inf)
        self._constraints = LinearConstraint(
            vstack(rows).tocsc(),
            np.concatenate([known.lower, -free, sums.outside_lower]),
            np.concatenate([free, most, sums.outside_upper]),
        )
        self._bounds = Bounds(0, np.concatenate([np.full(n, self._most), np.ones(len(choice))]))
        self._switches = len(choice)

    def extreme(self, wanted: Ints, sign: int) -> float:
        """Return the least (sign 1) or the most (-1) that a sum of variables can be."""
        from scipy.optimize import milp

        objective = np.concatenate([sign * wanted, np.zeros(self._switches)])
        found = milp(
            objective,
            integrality=np.ones(len(objective)),
            bounds=self._bounds,
            constraints=self._constraints,
            options={"mip_rel_gap": 0},
        )
        if not found.success:
            return float("nan")
        table = np.rint(found.x[: len(wanted)]).astype(np.int64)
        if not agrees(self._sums, self._known, table[np.newaxis])[0]:
            return float("nan")
        value = float(table @ wanted)
        return float("inf") if sign < 0 and value >= self._most else value
