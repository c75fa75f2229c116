"""Who is treated differently: groups against a reference, from counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pyjustice.ground.dtypes import DISPARITY_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.comparison import Kind, Side
from pyjustice.questions.comparisons import (
    check_groups,
    check_reference,
    compare_all,
    counts_of,
    settings_of,
    to_rows,
)

__all__ = ["disparity"]

Rows: TypeAlias = NDArray[np.void]


def disparity(
    events: ArrayLike,
    base: ArrayLike,
    groups: Sequence[str],
    *,
    reference: str,
    kind: Kind,
    per: float | None = None,
    method: str | None = None,
    family: Literal["all"] | int = "all",
    level: float = 0.95,
    few: float = 5,
    events_lower: ArrayLike | None = None,
    events_upper: ArrayLike | None = None,
) -> Rows:
    """Compare groups with a reference: by how much they differ, and how surely.

    Parameters
    ----------
    events : array_like of shape (groups,)
        How many in each group it happened to: whole numbers. NaN where suppressed.
    base : array_like of shape (groups,)
        Of how many: children at the stage before, or the population. NaN where there is none.
    groups : sequence of str
        Names, each once, of groups that do not overlap; a label such as 'Not known' is listed and
        compared with nothing.
    reference : str
        A group; 'rest', all other groups together; or 'whole', all groups together.
    kind : {'proportion', 'rate'}
        'proportion': events are some of the base, each child counted once. 'rate': events over a
        population, where one child may have several.
    per : float, optional
        What a rate is per, such as 1000. Needed for a rate; proportions are in percent.
    method : str, optional
        For proportions 'miettinen-nurminen' (score limits of ratio and difference, the default) or
        'koopman-newcombe'; for rates 'exact' (the default) or 'mid-p'.
    family : 'all' or int
        How many comparisons this is one of: those made here, or more if others are looked at too.
    level : float
        Of every interval; 1 - level is that of the test.
    few : float
        'too few' is flagged if fewer events than this would be expected in either group were their
        rates the same. A warning, not a rule of any publisher: all measures are given.
    events_lower, events_upper : array_like of shape (groups,), optional
        The least and most that suppressed events may be, such as 1 and 4. Known events may be NaN
        here. Without them, suppressed events of a proportion may be any up to the base.

    Returns
    -------
    numpy.ndarray of DISPARITY_DTYPE
        One row a group, in their order; the reference has its own, with its rate. ``ratio`` is the
        group's rate over the reference's: above 1, it happens more often to the group. ``rate``,
        ``difference`` (of rates; percentage points for proportions), ``odds_ratio`` and
        ``difference_from_parity`` (how many fewer events at the reference's rate, in whole ones)
        have ``_lower`` and ``_upper``. ``smallest_detectable``: the least ratio above 1 that
        groups of this size show with a power of 80 %. ``flag``: `explain` has what it means.

        Where events are suppressed, ``ratio_least`` and ``ratio_most`` are the ratios of the
        possible values, each interval holds those of all of them, ``p`` is the largest, and
        ``holds`` says whether the conclusion is the same for each.

    Raises
    ------
    DataError
        Unknown reference or kind, negative counts, events above the base, overlapping or repeated
        groups, fewer than two of them, lengths that differ.

    Notes
    -----
    Proportions: limits by inverting score tests (Koopman 1984; Miettinen and Nurminen 1985 with
    N/(N-1), for ratio and difference) or Newcombe's method 10 (1998); odds ratio by conditional
    maximum likelihood with exact limits; ``p`` is Fisher's exact test, twice the smaller tail,
    which agrees with the limits of the odds ratio. Rates: conditional on the total (Clopper and
    Pearson's limits of the group's part of it); differences by joining the exact limits of each
    (Zou and Donner 2008). The rate of each is exact (Clopper and Pearson; Garwood). A group and
    the whole that contains it are not independent: limits are those against the rest, carried over
    with the bases fixed. ``q``: Benjamini and Hochberg (1995).

    Examples
    --------
    >>> found = disparity([30, 12], [200, 240], ["Black", "White"], reference="White",
    ...                   kind="proportion")
    >>> row = found[0]
    >>> print(f"{row['ratio']:.2f} ({row['ratio_lower']:.2f} to {row['ratio_upper']:.2f})")
    3.00 (1.60 to 5.66)
    >>> row["difference_from_parity"], row["difference_from_parity_lower"]
    (np.float64(20.0), np.float64(9.0))
    """
    names = check_groups(groups)
    settings = settings_of(kind, method, per, level, few)
    reference = check_reference(reference, names)
    bases = counts_of("base", base, names, whole=kind == "proportion")
    given = counts_of("events", events, names)
    least = _bound("events_lower", events_lower, given, names, np.zeros(len(names)))
    most = _bound("events_upper", events_upper, given, names, bases)
    if kind == "rate" and events_upper is None and np.isnan(given).any():
        raise DataError("events_upper: suppressed events of a rate may be any without it")
    sides = [
        Side(*row) for row in zip(names, *(a.tolist() for a in (least, most, bases)), strict=True)
    ]
    for side in sides:
        _check(side, proportion=kind == "proportion")
    return to_rows(compare_all(sides, reference, settings), DISPARITY_DTYPE, family)


def _bound(
    name: str, bound: ArrayLike | None, given: Any, names: Sequence[str], otherwise: Any
) -> Any:
    """Known events, and where they are suppressed their bound."""
    own = otherwise if bound is None else counts_of(name, bound, names)
    return np.where(np.isnan(given), np.where(np.isnan(own), otherwise, own), given)


def _check(side: Side, *, proportion: bool) -> None:
    if side.least > side.most:
        raise DataError(
            f"events_lower: {side.least:g} for {side.name!r} is more than events_upper,"
            f" {side.most:g}"
        )
    if proportion and side.most > side.base:
        raise DataError(
            f"events: {side.most:g} for {side.name!r} is more than the base, {side.base:g}; if one"
            " child can have several, it is kind='rate'"
        )
