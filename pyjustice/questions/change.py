"""Two counts of each area, and what may be said of the change between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import CHANGE_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.detectable import smallest_detectable_fall
from pyjustice.measures.figures import (
    Flags,
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
from pyjustice.measures.from_tables import join_tables, refuse_given
from pyjustice.measures.multiple import families, q_values
from pyjustice.measures.rate_ratios import (
    difference_limits,
    dispersion,
    p_values,
    ratio_limits,
    widened,
)
from pyjustice.readers.table import Table

__all__ = ["change"]

Rows: TypeAlias = NDArray[np.void]
Masks: TypeAlias = NDArray[np.bool_]

METHODS = ("central", "mid-p")
AGAINST = ("self", "national", "others", "overdispersed")
# Areas that are wanted before how much they vary is read from them.
PEERS = 10
# A whole that is taken as known should have so many times the events.
WHOLE = 10


def change(
    before: Any,
    after: Any = None,
    *,
    population_before: Any = None,
    population_after: Any = None,
    names: Any = None,
    method: str = "central",
    family: Any = "all",
    against: str = "self",
    whole: tuple[Any, Any, Any, Any] | None = None,
    per: float | None = None,
    level: float = 0.95,
    rebased: float = 0.05,
    periods: tuple[Any, Any] | None = None,
) -> Rows:
    """Changes of rates between two periods, with exact tests and intervals.

    Parameters
    ----------
    before, after : array_like or Table
        Events in each period: whole numbers, NaN where missing. Of any shape; rows are taken for
        different areas or groups, so leave totals out. Of two tables the counts and populations of
        their leaf rows, matched by area, group and measure; a row that one of them has not is kept
        with the reason in ``flag``. One table of several years is enough: name two `periods`.
    population_before, population_after : array_like, optional
        People, or person-years, of each. Without them the counts are compared as if populations
        had stayed the same ('no populations').
    names : array_like of str, optional
        Of the rows; fits their shape.
    method : {'central', 'mid-p'}
        Exact, or less cautious by half of the chance of what was seen.
    family : 'all', int or array_like
        What q counts as made together: all rows; so many comparisons; or the rows of each label.
    against : {'self', 'national', 'others', 'overdispersed'}
        What a change is set against: none; that of `whole`; that of the other rows of the family
        together; or that of all rows of the family together, allowing for how much their changes
        vary. With many areas the last is the one to quote.
    whole : (before, after, population_before, population_after), optional
        For 'national'. It is taken as known, and should have ten times the events of a row.
    per : float, optional
        What the difference of rates is per: 1,000 unless given, and 1 without populations.
    level : float
        Of the intervals; `p` and `q` below 1 - level are its other side.
    rebased : float
        A population that changed by more than this share has the flag 'rebased population'.
    periods : pair, optional
        Which periods of tables that have several, or those of tables that do not say theirs.

    Returns
    -------
    numpy.ndarray of CHANGE_DTYPE
        In the shape of the counts. ``ratio`` is the rate after over the rate before over
        ``reference``, the ratio it is set against; ``difference`` that between the rate after and
        ``reference`` times the rate before. ``p`` and ``q`` (Benjamini-Hochberg among ``family``
        comparisons) are two-sided. ``smallest_detectable`` is the ratio of the smallest fall that
        would have been found with power 0.8 at this level, for one comparison; NaN, and 'too
        few', if even a fall to none would not. What cannot be computed is NaN and has a flag.

    Raises
    ------
    DataError
        Arguments out of range or that do not go together; shapes that do not fit; tables of periods
        that are not comparable (see `comparable`; a pandemic year is flagged).

    Notes
    -----
    Given both counts' sum, the count after is binomial with share k r / (1 + k r), k being the
    ratio of populations: p is twice the smaller tail, the interval of the ratio comes from
    inverting the same test (Clopper-Pearson limits of the share). The difference has limits by
    the method of Zou and Donner (2008) from exact limits of both rates. 'overdispersed': with
    phi = sum(z^2) / (areas - 1) of Pearson's z against the pooled change, normal quantiles of p
    and of the interval's level are divided and multiplied by sqrt(phi), if it is above 1. Offences
    are not independent where one child has several: count children.

    Examples
    --------
    >>> row = change(48, 32, population_before=21470, population_after=14192)
    >>> print(f"{row['ratio']:.2f} ({row['ratio_lower']:.2f} to {row['ratio_upper']:.2f})")
    1.01 (0.62 to 1.61)
    >>> print(f"p = {row['p']:.2f}, {row['flag']}")
    p = 1.00, rebased population
    """
    if isinstance(before, Table) or isinstance(after, Table):
        refuse_given(
            population_before=population_before, population_after=population_after, names=names
        )
        if after is None and periods is None:
            raise DataError("periods: name two of the table's, such as '2020/21' and '2021/22'")
        joined = join_tables(before, before if after is None else after, periods)
        rows = change(
            joined.before.count, joined.after.count,
            population_before=joined.before.population, population_after=joined.after.population,
            names=joined.before.names, method=method, family=family, against=against, whole=whole,
            per=per, level=level, rebased=rebased,
        )  # fmt: skip
        return joined.mark(rows)
    if periods is not None:
        raise DataError("periods: only of tables")
    if after is None:
        raise DataError("after: expected the figures of the later period")
    one_of("method", method, METHODS)
    one_of("against", against, AGAINST)
    if (whole is not None) != (against == "national"):
        raise DataError("whole: goes with against='national', and only with it")
    level = as_level(level)
    if not rebased >= 0:
        raise DataError(f"rebased: expected a share such as 0.05, got {rebased!r}")
    pairs, counted = _pairs(before, after, population_before, population_after)
    unit = as_unit((1000 if counted else 1) if per is None else per)
    family_of, size = families(family, pairs.shape)
    rows = _blank(pairs, counted, names, against, method, unit, level)
    faults = pairs.faults()
    good = faults == ""
    reference, spread, others = _set_against(against, whole, pairs, good & pairs.some, family_of)
    rows["reference"] = reference
    if against == "overdispersed":
        rows["dispersion"] = spread**2
    able = good & pairs.some & np.isfinite(reference) & np.isfinite(spread)
    _differences(rows, pairs, good & np.isfinite(reference) & np.isfinite(spread), spread)
    _ratios(rows, pairs, able, spread, mid=method == "mid-p")
    rows["q"], rows["family"] = q_values(rows["p"], family_of, size)
    # To the last digit but a few: 5 % is not more than 5 %.
    moved = np.abs(pairs.n2 - pairs.n1) > rebased * pairs.n1 * (1 + 1e-9)
    rows["flag"] = first_flag(
        pairs.shape,
        *((Flag(code), faults == code) for code in np.unique(faults[~good])),
        (Flag.NO_EVENTS, ~pairs.some),
        (Flag.FEW_PEERS, ~able),
        (Flag.REBASED, moved),
        (Flag.NONE_BEFORE, pairs.x1 == 0),
        (Flag.TOO_FEW, np.isnan(rows["smallest_detectable"])),
        (Flag.SMALL_WHOLE, WHOLE * (pairs.x1 + pairs.x2) > others),
        (Flag.FEW_PEERS, _few(against, good & pairs.some, family_of)),
        (Flag.NO_POPULATIONS, not counted),
    )
    return rows


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Counts and populations, before and after, of one shape."""

    x1: Floats
    x2: Floats
    n1: Floats
    n2: Floats

    @property
    def shape(self) -> tuple[int, ...]:
        return self.x1.shape

    @property
    def some(self) -> Masks:
        return self.x1 + self.x2 > 0

    def faults(self) -> Flags:
        values = (self.x1, self.x2, self.n1, self.n2)
        return first_flag(
            self.shape,
            (Flag.MISSING_VALUE, np.isnan(np.stack(values)).any(0)),
            (Flag.NOT_A_COUNT, bad_count(self.x1) | bad_count(self.x2)),
            (Flag.NOT_A_POPULATION, bad_base(self.n1) | bad_base(self.n2)),
            (Flag.ZERO_BASE, (self.n1 == 0) | (self.n2 == 0)),
        )

    def pooled(self, where: Masks) -> tuple[float, float, float, float]:
        x1, x2, n1, n2 = (float(v[where].sum()) for v in (self.x1, self.x2, self.n1, self.n2))
        return x1, x2, n1, n2


def _pairs(before: Any, after: Any, n1: Any, n2: Any) -> tuple[_Pairs, bool]:
    """Read the figures, and say whether populations were given."""
    if (n1 is None) != (n2 is None):
        raise DataError("population_before, population_after: expected both or neither")
    arrays = broadcast(
        before=before,
        after=after,
        population_before=1.0 if n1 is None else n1,
        population_after=1.0 if n2 is None else n2,
    )
    return _Pairs(*arrays), n1 is not None


def _blank(
    pairs: _Pairs, counted: bool, names: Any, against: str, method: str, per: float, level: float
) -> Rows:
    """Rows that have their inputs and no result."""
    rows = np.zeros(pairs.shape, CHANGE_DTYPE)
    for field in CHANGE_DTYPE.names or ():
        if CHANGE_DTYPE[field] == np.float64:
            rows[field] = np.nan
    rows["name"] = as_names(names, pairs.shape)
    rows["before"], rows["after"] = pairs.x1, pairs.x2
    if counted:
        rows["population_before"], rows["population_after"] = pairs.n1, pairs.n2
    rows["against"], rows["method"], rows["per"], rows["level"] = against, method, per, level
    return rows


def _set_against(
    against: str, whole: Any, pairs: _Pairs, usable: Masks, family: NDArray[np.intp]
) -> tuple[Floats, Floats, Floats]:
    """The ratio each row is set against, the spread of changes, and the events of a whole."""
    reference, spread = np.ones(pairs.shape), np.ones(pairs.shape)
    events = np.full(pairs.shape, np.inf)
    if against == "national":
        first, second, m1, m2 = _whole(whole, pairs.shape)
        reference, events = (second / m2) / (first / m1), first + second
    elif against in ("others", "overdispersed"):
        for label in range(int(family.max(initial=-1)) + 1):
            here = family == label
            x1, x2, n1, n2 = pairs.pooled(here & usable)
            if against == "others":
                own = (np.where(usable, v, 0) for v in (pairs.x1, pairs.x2, pairs.n1, pairs.n2))
                a, b, m, k = (
                    total - v[here] for total, v in zip((x1, x2, n1, n2), own, strict=True)
                )
                reference[here], events[here] = _ratio(a, b, m, k), a + b
            else:
                pooled = float(_ratio(x1, x2, n1, n2))
                reference[here] = pooled
                mine = here & usable
                odds = pairs.n2[mine] / pairs.n1[mine] * pooled
                spread[here] = np.sqrt(dispersion(pairs.x1[mine], pairs.x2[mine], odds))
    return reference, spread, events


def _ratio(x1: Any, x2: Any, n1: Any, n2: Any) -> Any:
    """Ratio of pooled rates; NaN if there was no event in either period."""
    some = (np.asarray(x1) > 0) & (np.asarray(x2) > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(some, np.divide(x2, n2) / np.divide(x1, n1), np.nan)


def _whole(whole: Any, shape: tuple[int, ...]) -> tuple[Floats, ...]:
    try:
        before, after, n1, n2 = whole
    except (TypeError, ValueError):
        raise DataError(
            "whole: expected (before, after, population_before, population_after)"
        ) from None
    values = broadcast(before=before, after=after, population_before=n1, population_after=n2)
    if not all((np.isfinite(v) & (v > 0)).all() for v in values):
        raise DataError("whole: expected events and populations above 0")
    try:
        return tuple(np.broadcast_to(v, shape) for v in values)
    except ValueError:
        raise DataError(f"whole: expected one for all rows, or for each of {shape}") from None


def _few(against: str, usable: Masks, family: NDArray[np.intp]) -> Masks:
    """Rows whose family is too small to say how much areas vary."""
    if against != "overdispersed" or not family.size:
        return np.zeros(family.shape, np.bool_)
    few: Masks = np.bincount(family[usable], minlength=int(family.max()) + 1)[family] < PEERS
    return few


def _aside(rows: Rows, able: Masks, spread: Floats) -> tuple[float, Floats]:
    """What is left out at either end of an interval: as asked for, and by row, widened."""
    aside = (1 - float(rows["level"].flat[0])) / 2 if rows.size else 0.025
    values, place = np.unique(spread[able], return_inverse=True)
    wide = np.array([widened(np.ones(1), aside, value)[1] for value in values])
    return aside, wide[place] if len(values) else np.zeros(0)


def _ratios(rows: Rows, pairs: _Pairs, able: Masks, spread: Floats, *, mid: bool) -> None:
    x1, x2 = pairs.x1[able], pairs.x2[able]
    odds = pairs.n2[able] / pairs.n1[able] * rows["reference"][able]
    aside, wide = _aside(rows, able, spread)
    p = p_values(x1, x2, odds, mid=mid)
    fall = np.empty_like(p)
    for value in np.unique(spread[able]):
        here = spread[able] == value
        p[here] = widened(p[here], aside, value)[0]
        fall[here] = smallest_detectable_fall(x1[here], odds[here], aside, max(value, 1))
    with np.errstate(divide="ignore"):
        rows["ratio"][able] = x2 / x1 / odds
    rows["p"][able], rows["smallest_detectable"][able] = p, fall
    rows["ratio_lower"][able], rows["ratio_upper"][able] = ratio_limits(x1, x2, odds, wide, mid=mid)


def _differences(rows: Rows, pairs: _Pairs, able: Masks, spread: Floats) -> None:
    x1, x2, per = pairs.x1[able], pairs.x2[able], rows["per"][able]
    one, two = per * rows["reference"][able] / pairs.n1[able], per / pairs.n2[able]
    _, wide = _aside(rows, able, spread)
    rows["difference"][able] = two * x2 - one * x1
    rows["difference_lower"][able], rows["difference_upper"][able] = difference_limits(
        x1, x2, one, two, wide
    )
