"""Rates that allow for how a population is made up: directly and indirectly standardised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import RATE_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.figures import (
    Floats,
    as_level,
    as_names,
    as_unit,
    bad_base,
    bad_count,
    broadcast,
    first_flag,
    one_of,
)
from pyjustice.measures.flags import Flag
from pyjustice.measures.rates import COUNT_LIMITS

__all__ = ["standardised_rates"]

Rows: TypeAlias = NDArray[np.void]

KINDS = ("direct", "indirect", "ratio")
# Fewer events do not bear a directly standardised rate: Public Health England's rule.
FEWEST = 10


def standardised_rates(
    count: Any,
    population: Any,
    *,
    kind: str = "direct",
    standard: Any = None,
    reference: tuple[Any, Any] | None = None,
    per: float,
    method: str | None = None,
    level: float = 0.95,
    names: Any = None,
) -> Rows:
    """Rates standardised for strata such as age groups, with intervals.

    Parameters
    ----------
    count : array_like, or mapping of int to array_like
        Events; the last axis is the strata. For events that are not independent, children by the
        number of their offences: ``{1: children with one, 2: children with two, ...}`` (direct).
    population : array_like
        People in each stratum; fits the shape of the counts.
    kind : {'direct', 'indirect', 'ratio'}
        'ratio' is observed over expected events, 'indirect' that times the reference's rate.
    standard : array_like
        Direct: the standard population of each stratum; only its proportions matter.
    reference : (count, population)
        Indirect and ratio: those of the reference population, for each stratum.
    per : float
        What the rate is per; of a ratio 1, or 100 where the reference is set to that.
    method : {'exact', 'byar', 'phe'}, optional
        Limits of the number of events: 'byar' for direct and 'exact' for the other kinds.
    level : float
    names : array_like of str, optional
        Of the rows: all axes but the last.

    Returns
    -------
    numpy.ndarray of RATE_DTYPE
        A row for each set of strata. ``count`` is all events; ``population`` all people, and of a
        ratio the expected events. Without a value ``flag`` says why; 'too few': a direct rate of
        fewer than ten events.

    Raises
    ------
    DataError
        Arguments out of range or that do not go together; shapes that do not fit.

    Notes
    -----
    Direct: sum(w x / n) / sum(w), variance sum(w^2 x / n^2) / sum(w)^2, where x is the sum of f^2
    times the children with f events if these are given; limits after Dobson AJ and others (1991),
    Statistics in Medicine 10:457-462: value + sqrt(variance / O) (limit of O - O), O all events.
    Ratio: O / E with E = sum(n x_ref / n_ref), and the limits of O over E: the reference is taken
    as known. A missing count is not taken for zero, as it is by Public Health England's functions.

    Examples
    --------
    >>> row = standardised_rates([12, 30], [4000, 3000], standard=[600, 400], per=1000)
    >>> print(f"{row['value']:.1f} ({row['lower']:.1f} to {row['upper']:.1f})")
    5.8 (4.2 to 7.8)
    """
    one_of("kind", kind, KINDS)
    method = method or ("byar" if kind == "direct" else "exact")
    limits = COUNT_LIMITS[one_of("method", method, COUNT_LIMITS)]
    unit, level = as_unit(per), as_level(level)
    if (standard is not None) != (kind == "direct") or (reference is None) != (kind == "direct"):
        raise DataError("expected standard= for a direct rate, and reference= for other kinds")
    if kind == "direct":
        people = dict(count) if isinstance(count, Mapping) else {1: count}
        events, squares, n, w = _direct_inputs(people, population, standard)
        flags = _flags(events, n, w)
        flags[(flags == "") & (n == 0).any(-1)] = Flag.ZERO_BASE
        few = (flags == "") & (events.sum(-1) < FEWEST)
        flags[few] = Flag.TOO_FEW
        value, lower, upper = _direct(events, squares, n, w, flags == "", limits, level)
        base = n.sum(-1)
    else:
        if isinstance(count, Mapping):
            raise DataError("count: children by number of offences go with a direct rate")
        events, n, ref_x, ref_n = _indirect_inputs(count, population, reference)
        flags = _flags(events, n, ref_n)
        flags[(flags == "") & np.isnan(ref_x).any(-1)] = Flag.MISSING_VALUE
        flags[(flags == "") & bad_count(ref_x).any(-1)] = Flag.NOT_A_COUNT
        expected = _expected(n, ref_x, ref_n, flags)
        value, lower, upper = _ratio(events.sum(-1), expected, flags == "", limits, level)
        base = expected if kind == "ratio" else n.sum(-1)
        if kind == "indirect":
            unit_rate = _crude(ref_x, ref_n, flags)
            value, lower, upper = value * unit_rate, lower * unit_rate, upper * unit_rate
    rows = np.zeros(flags.shape, RATE_DTYPE)
    rows["name"] = as_names(names, flags.shape)
    rows["kind"], rows["per"], rows["level"], rows["method"] = kind, unit, level, method
    rows["count"], rows["population"], rows["flag"] = events.sum(-1), base, flags
    rows["value"], rows["lower"], rows["upper"] = value * unit, lower * unit, upper * unit
    return rows


def _direct_inputs(
    people: Mapping[Any, Any], population: Any, standard: Any
) -> tuple[Floats, Floats, Floats, Floats]:
    """Events, sums of squared events a child, populations and weights, with strata last."""
    times = list(people)
    if not times or not all(isinstance(f, int | np.integer) and f > 0 for f in times):
        raise DataError("count: expected children by whole numbers of offences, 1 or more")
    given = {f"count[{f}]": people[f] for f in times}
    *counts, n, w = broadcast(**given, population=population, standard=standard)
    _has_strata(n)
    bad = np.any([bad_count(c) for c in counts], axis=0)
    events = np.sum([f * c for f, c in zip(times, counts, strict=True)], axis=0)
    squares = np.sum([f * f * c for f, c in zip(times, counts, strict=True)], axis=0)
    # What is no count must stay none in the sum, where one could make up for another.
    return np.where(bad, -1.0, events), squares, n, w


def _indirect_inputs(
    count: Any, population: Any, reference: Any
) -> tuple[Floats, Floats, Floats, Floats]:
    try:
        ref_count, ref_population = reference
    except (TypeError, ValueError):
        raise DataError("reference: expected (count, population)") from None
    events, n, ref_x, ref_n = broadcast(
        count=count,
        population=population,
        reference_count=ref_count,
        reference_population=ref_population,
    )
    _has_strata(n)
    return events, n, ref_x, ref_n


def _has_strata(n: Floats) -> None:
    if not n.ndim or not n.shape[-1]:
        raise DataError("count: expected strata on the last axis")


def _flags(events: Floats, n: Floats, other: Floats) -> NDArray[np.str_]:
    """Flags of sets of strata; `other` are weights, or the populations of a reference."""
    missing = np.isnan(events) | np.isnan(n) | np.isnan(other)
    return first_flag(
        n.shape[:-1],
        (Flag.MISSING_VALUE, missing.any(-1)),
        (Flag.NOT_A_COUNT, bad_count(events).any(-1)),
        (Flag.NOT_A_POPULATION, (bad_base(n) | bad_base(other)).any(-1)),
        # A weight of none leaves its stratum out, but something must be left.
        (Flag.ZERO_BASE, (n.sum(-1) == 0) | (other.sum(-1) == 0)),
    )


def _direct(
    events: Floats,
    squares: Floats,
    n: Floats,
    w: Floats,
    good: NDArray[np.bool_],
    limits: Any,
    level: float,
) -> tuple[Floats, Floats, Floats]:
    found = tuple(np.full(good.shape, np.nan) for _ in range(3))
    share = w[good] / w[good].sum(-1, keepdims=True)
    seen = events[good].sum(-1)
    value = (share * events[good] / n[good]).sum(-1)
    variance = ((share / n[good]) ** 2 * squares[good]).sum(-1)
    step = np.sqrt(variance / seen)
    low, high = limits(seen, level)
    for into, values in zip(
        found, (value, value + step * (low - seen), value + step * (high - seen)), strict=True
    ):
        into[good] = values
    value, lower, upper = found
    return value, np.maximum(lower, 0), upper


def _expected(n: Floats, ref_x: Floats, ref_n: Floats, flags: NDArray[np.str_]) -> Floats:
    """Events expected at the reference's rates; flags where there are none."""
    expected = np.full(flags.shape, np.nan)
    flags[(flags == "") & (ref_n == 0).any(-1)] = Flag.ZERO_BASE
    good = flags == ""
    expected[good] = (n[good] * ref_x[good] / ref_n[good]).sum(-1)
    flags[expected == 0] = Flag.ZERO_BASE
    return expected


def _ratio(
    seen: Floats, expected: Floats, good: NDArray[np.bool_], limits: Any, level: float
) -> tuple[Floats, Floats, Floats]:
    value, lower, upper = (np.full(good.shape, np.nan) for _ in range(3))
    low, high = limits(seen[good], level)
    value[good] = seen[good] / expected[good]
    lower[good], upper[good] = low / expected[good], high / expected[good]
    return value, lower, upper


def _crude(ref_x: Floats, ref_n: Floats, flags: NDArray[np.str_]) -> Floats:
    """The reference's own rate."""
    crude = np.full(flags.shape, np.nan)
    good = flags == ""
    crude[good] = ref_x[good].sum(-1) / ref_n[good].sum(-1)
    return crude
