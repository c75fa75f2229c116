"""Rates and shares with their intervals."""

from __future__ import annotations

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
from pyjustice.measures.from_tables import figures_of, refuse_given
from pyjustice.measures.limits import (
    byar,
    clopper_pearson,
    garwood,
    hypergeometric,
    jeffreys,
    phe,
    wilson,
)
from pyjustice.readers.table import Table

__all__ = ["COUNT_LIMITS", "proportions", "rates"]

Rows: TypeAlias = NDArray[np.void]

COUNT_LIMITS = {"exact": garwood, "byar": byar, "phe": phe}
SHARE_LIMITS = {"wilson": wilson, "clopper-pearson": clopper_pearson, "jeffreys": jeffreys}
FINITE = "hypergeometric"


def rates(
    count: Any,
    population: Any = None,
    *,
    per: float,
    method: str = "exact",
    level: float = 0.95,
    names: Any = None,
) -> Rows:
    """Rates of events in populations, with intervals.

    Parameters
    ----------
    count : array_like or Table
        Events: whole numbers, NaN where missing. Of any shape. Of a table the counts of its leaf
        rows, with their populations and names.
    population : array_like
        People, or person-years, that the events are counted over; fits the shape of `count`. Left
        out with a table.
    per : float
        What the rate is per, such as 1,000.
    method : {'exact', 'byar', 'phe'}
        'phe' is exact for counts under ten and Byar's from there on.
    level : float
        Of the interval.
    names : array_like of str, optional
        Of the rows; fits their shape.

    Returns
    -------
    numpy.ndarray of RATE_DTYPE
        In the shape of the counts, a row for each. A row that has no value says why in ``flag``:
        'missing value', 'not a count', 'not a population', 'zero base'. A count above its
        population is possible for offences, not for children; it has a value and a flag.

    Raises
    ------
    DataError
        Arguments out of range; shapes that do not fit together.

    Notes
    -----
    Exact (Garwood 1936): half the chi-squared quantiles with 2x and 2x + 2 degrees of freedom.
    Byar: x (1 - 1/(9x) - z/(3 sqrt x))^3, and with x + 1 and + z for the upper limit; a lower
    limit that would be negative is NaN. The events are taken as independent: offences are not,
    where one child has several (see `standardised_rates`).

    Examples
    --------
    >>> row = rates(135, 26428, per=1000, names="Derby")
    >>> print(f"{row['value']:.1f} ({row['lower']:.1f} to {row['upper']:.1f})")
    5.1 (4.3 to 6.0)
    """
    if isinstance(count, Table):
        refuse_given(population=population, names=names)
        known = figures_of(count)
        people = np.nan if known.population is None else known.population
        rows = rates(known.count, people, per=per, method=method, level=level, names=known.names)
        return known.mark(rows)
    limits = COUNT_LIMITS[one_of("method", method, COUNT_LIMITS)]
    unit, level = as_unit(per), as_level(level)
    x, n = broadcast(count=count, population=population)
    flags = first_flag(
        x.shape,
        (Flag.MISSING_VALUE, np.isnan(x) | np.isnan(n)),
        (Flag.NOT_A_COUNT, bad_count(x)),
        (Flag.NOT_A_POPULATION, bad_base(n)),
        (Flag.ZERO_BASE, n == 0),
        (Flag.COUNT_ABOVE, x > n),
    )
    rows = _blank("rate", x, n, unit, level, method, names)
    rows["flag"] = flags
    good = (flags == "") | (flags == Flag.COUNT_ABOVE)
    seen, base = x[good], n[good]
    _fill(rows, good, seen / base, *(limit / base for limit in limits(seen, level)))
    return rows


def proportions(
    count: Any,
    n: Any,
    *,
    method: str | None = None,
    level: float = 0.95,
    eligible: Any = None,
    names: Any = None,
) -> Rows:
    """Shares of a number of people or cases, with intervals.

    Parameters
    ----------
    count, n : array_like
        How many have it, of how many: whole numbers, NaN where missing. Of any shape.
    method : {'wilson', 'clopper-pearson', 'jeffreys', 'hypergeometric'}, optional
        'wilson' unless `eligible` is given, which calls for 'hypergeometric'.
    level : float
        Of the interval.
    eligible : array_like, optional
        How many there are in all, of whom `n` were drawn at random: the interval is then for the
        share of all of them, exact, and a point if all were looked at. NaN if it is not known:
        the row has the flag 'eligible unknown' and limits after Clopper and Pearson, which are
        those of a population without end; infinity asks for that.
    names : array_like of str, optional

    Returns
    -------
    numpy.ndarray of RATE_DTYPE
        In the shape of the counts; ``value`` and limits are shares between 0 and 1, ``per`` is 1.
        Without a value, ``flag`` says why: 'missing value', 'not a count', 'zero base', 'count
        above population' (more of them than there are).

    Raises
    ------
    DataError
        Arguments out of range or that do not go together; shapes that do not fit.

    Notes
    -----
    Wilson: (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2 (n + z^2)). Clopper and Pearson: beta
    quantiles. Hypergeometric: the least and the most of the eligible that leave more than
    (1 - level)/2 in either tail.

    Examples
    --------
    >>> row = proportions(16, 19)
    >>> print(f"{row['value']:.0%} ({row['lower']:.0%} to {row['upper']:.0%})")
    84% (62% to 94%)
    >>> row = proportions(16, 19, eligible=24)
    >>> print(f"{row['lower']:.0%} to {row['upper']:.0%}")
    75% to 88%
    """
    method = method or (FINITE if eligible is not None else "wilson")
    one_of("method", method, (*SHARE_LIMITS, FINITE))
    if (method == FINITE) != (eligible is not None):
        raise DataError(f"eligible: goes with method {FINITE!r}, and only with it")
    level = as_level(level)
    x, cases, among = broadcast(count=count, n=n, eligible=np.inf if eligible is None else eligible)
    flags = first_flag(
        x.shape,
        (Flag.MISSING_VALUE, np.isnan(x) | np.isnan(cases)),
        (Flag.NOT_A_COUNT, bad_count(x) | bad_count(cases)),
        (Flag.NOT_A_COUNT, bad_count(among) & (among != np.inf)),
        (Flag.ZERO_BASE, cases == 0),
        (Flag.COUNT_ABOVE, (x > cases) | (cases > among)),
        (Flag.ELIGIBLE_UNKNOWN, np.isnan(among)),
    )
    rows = _blank("proportion", x, cases, 1.0, level, method, names)
    rows["flag"] = flags
    good = (flags == "") | (flags == Flag.ELIGIBLE_UNKNOWN)
    if method == FINITE:
        endless = good & ~np.isfinite(among)
        rows["method"][endless] = "clopper-pearson"
        _fill_shares(rows, endless, x, cases, clopper_pearson(x[endless], cases[endless], level))
        good = good & np.isfinite(among)
        limits = hypergeometric(x[good], cases[good], among[good], level)
    else:
        limits = SHARE_LIMITS[method](x[good], cases[good], level)
    _fill_shares(rows, good, x, cases, limits)
    return rows


def _blank(
    kind: str, count: Floats, population: Floats, per: float, level: float, method: str, names: Any
) -> Rows:
    """Rows that have their inputs and no value."""
    rows = np.zeros(count.shape, RATE_DTYPE)
    rows["name"] = as_names(names, count.shape)
    rows["kind"], rows["per"], rows["level"], rows["method"] = kind, per, level, method
    rows["count"], rows["population"] = count, population
    for field in ("value", "lower", "upper"):
        rows[field] = np.nan
    return rows


def _fill(rows: Rows, where: NDArray[np.bool_], value: Any, lower: Any, upper: Any) -> None:
    unit = rows["per"][where]
    rows["value"][where], rows["lower"][where] = value * unit, lower * unit
    rows["upper"][where] = upper * unit


def _fill_shares(
    rows: Rows, where: NDArray[np.bool_], x: Floats, n: Floats, limits: tuple[Floats, Floats]
) -> None:
    _fill(rows, where, x[where] / n[where], *limits)
