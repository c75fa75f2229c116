"""Who is treated differently, from cases: crude, within strata, and by bootstrap of children."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import ADJUSTED_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.bootstrap import kinds_of_children, resampled
from pyjustice.measures.comparison import Settings, Side
from pyjustice.measures.flags import Flag
from pyjustice.measures.multiple import families, q_values
from pyjustice.measures.stratified import FEW_EVENTS, mantel_haenszel_ratio, pool
from pyjustice.questions.case_outcomes import (
    NO_GROUP,
    Choice,
    children_of,
    groups_of_cases,
    outcome_of,
    strata_of,
)
from pyjustice.questions.comparisons import (
    REST,
    check_lengths,
    check_reference,
    compare_all,
    is_unknown,
    settings_of,
    to_rows,
)
from pyjustice.readers.cases import Cases

__all__ = ["disparity_of"]

Rows: TypeAlias = NDArray[np.void]
Counts: TypeAlias = NDArray[Any]

_MOST_RESAMPLES = 1_000_000


def disparity_of(
    cases: Cases,
    *,
    by: str,
    outcome: Choice | Sequence[str],
    reference: str,
    base: Choice | None = None,
    adjust: str | Sequence[str] | None = None,
    seed: int = 0,
    resamples: int = 10_000,
    classification: str | None = None,
    child: str | None = None,
    method: str | None = None,
    family: Literal["all"] | int = "all",
    level: float = 0.95,
    few: float = 5,
) -> Rows:
    """Compare groups of cases: how often an outcome came about, crude and like for like.

    Parameters
    ----------
    cases : Cases
    by : str
        Column of the groups, by role or header: 'ethnicity', 'sex'.
    outcome : str, sequence of str, mapping, or array of bool of shape (cases,)
        A key question ('2.1/1': answered yes), or several of them; ``{'Disposal': ['Charge']}``,
        the values of a column that are the outcome; or a mask.
    reference : str
        A group, or 'rest': all other groups.
    base : mapping, key question or array of bool, optional
        Which cases it could have come about for, given as the outcome is. All, if left out.
    adjust : str or sequence of str, optional
        Columns whose combinations are strata, such as the offence and its seriousness: groups are
        compared within each. Blank is a value of its own.
    seed : int
        Of the bootstrap. The same seed gives the same limits on any number of threads.
    resamples : int
        0 for no bootstrap.
    classification : str, optional
        Of `regroup`, to bring the labels of `by` into: 'ethnicity 5+1'.
    child : str, optional
        Column that names the child, who may have several cases; by default that whose role is
        'case'. A reference names a child within a service.
    method, family, level, few
        As for `disparity`. The family are all groups and outcomes.

    Returns
    -------
    numpy.ndarray of ADJUSTED_DTYPE
        One row an outcome and group, groups in alphabetical order. The fields of `disparity` are
        the crude comparison. ``adjusted_ratio`` is that of Mantel and Haenszel, ``adjusted_odds_
        ratio`` and ``adjusted_p`` are exact, given all margins; NaN without `adjust`.
        ``bootstrap_lower`` and ``bootstrap_upper`` are of the adjusted ratio, or of the crude one
        without `adjust`; NaN if either group has fewer than 10 cases with the outcome or both
        together fewer than 10 without, since a bootstrap of too little looks too sure.
        ``children`` and ``cases`` are the group's that count, ``left_out`` those of whom the
        outcome is not known, or to whom the question does not apply (see `base`). ``undefined``:
        resamples without a ratio.

    Raises
    ------
    DataError
        An unknown column, value or group, fewer than two groups with cases.

    Notes
    -----
    Limits of the adjusted ratio: Greenland and Robins (1985); with fewer than 10 events in a group,
    a score test with Mantel-Haenszel weights. Bootstrap: children drawn with replacement, quantiles
    of the ratio. Tests and other limits take cases for independent: where children have several,
    rows are flagged 'several cases a child', and the bootstrap's limits are those to go by.

    Examples
    --------
    >>> from pyjustice.ground.sample_cases import sample_cases
    >>> from pyjustice.readers.cases import read_cases
    >>> cases = read_cases(sample_cases(cases=400, seed=1).decode(), framework="iyjs-2025")
    >>> found = disparity_of(cases, by="sex", outcome="2.1/1", reference="Male", seed=1,
    ...                      adjust="Region", resamples=200)
    >>> row = found[found["group"] == "Female"][0]
    >>> print(row["group"], "to", row["reference"], f"{row['ratio']:.2f}", row["flag"] or "no flag")
    Female to Male 1.02 no flag
    """
    settings = settings_of("proportion", method, None, level, few)
    if not 0 <= resamples <= _MOST_RESAMPLES:
        raise DataError(f"resamples: expected 0 to {_MOST_RESAMPLES:,}, got {resamples!r}")
    if seed < 0 or seed != int(seed):
        raise DataError(f"seed: expected a whole number from 0, got {seed!r}")
    outcomes = _outcomes(outcome)
    strata = (adjust,) if isinstance(adjust, str) else tuple(adjust or ())
    labels = groups_of_cases(cases, by, classification)
    inside = np.ones(len(cases), bool) if base is None else outcome_of(cases, base, "base") == 1
    names, group = np.unique(labels[inside], return_inverse=True)
    groups = [str(name) for name in names]
    check_lengths(groups, "by")
    known = [name for name in groups if not _apart(name)]
    if len(known) < 2:
        strange = int((labels[inside] == NO_GROUP).sum())
        more = f"; {strange:,} cases have a label that is of no group of {classification!r}"
        raise DataError(
            f"by: a comparison needs two groups with cases, there are {len(known)}"
            + more * (strange > 0)
        )
    reference = check_reference(reference, known)
    if reference not in (*known, REST):
        raise DataError(
            "reference: expected a group or 'rest'; strata have no whole to compare with"
        )
    stratum, child_of = strata_of(cases, strata)[inside], children_of(cases, child)[inside]
    found: list[dict[str, Any]] = []
    for name, what in outcomes:
        value = outcome_of(cases, what, "outcome")[inside]
        one = _Compared(groups, group, stratum, child_of, value)
        rows = compare_all(one.sides(), reference, settings)
        limits = one.bootstrap(reference, level, resamples, seed, adjusted=bool(strata))
        for i, row in enumerate(rows):
            found.append(
                {"outcome": name, **row, **one.sizes(i), **limits[i],
                 **(one.adjusted(i, reference, settings) if strata else _UNADJUSTED)}
            )  # fmt: skip
            if groups[i] == NO_GROUP:
                found[-1] |= {"base": float(one.base[i].sum()), "flag": Flag.NO_GROUP}
            found[-1]["flag"] = found[-1]["flag"] or one.flag(i, reference)
    made = to_rows(found, ADJUSTED_DTYPE, family)
    most = int(made["family"].max(initial=0))
    made["adjusted_q"], _ = q_values(made["adjusted_p"], *families(most or "all", made.shape))
    return made


def _outcomes(outcome: Any) -> list[tuple[str, Any]]:
    """Name and choice of each outcome."""
    if isinstance(outcome, str):
        return [(outcome, outcome)]
    if isinstance(outcome, Mapping):
        said = ", ".join(f"{column} = {_listed(values)}" for column, values in outcome.items())
        return [(said[:96], outcome)]
    if isinstance(outcome, (list, tuple)) and all(isinstance(one, str) for one in outcome):
        if not outcome or len(set(outcome)) < len(outcome):
            raise DataError("outcome: expected at least one key question, each of them once")
        return [(one, one) for one in outcome]
    return [("", outcome)]


def _listed(values: Any) -> str:
    return values if isinstance(values, str) else " or ".join(map(str, values))


def _apart(name: str) -> bool:
    return is_unknown(name) or name == NO_GROUP


_ADJUSTED = [
    f"{name}{end}"
    for name in ("adjusted_ratio", "adjusted_odds_ratio")
    for end in ("", "_lower", "_upper")
]
_NOTHING: dict[str, Any] = dict.fromkeys([*_ADJUSTED, "adjusted_p"], math.nan)
_UNADJUSTED = _NOTHING | {"strata": 1, "strata_used": 1, "adjusted_method": ""}


class _Compared:
    """Counts of one outcome by group and stratum, and the children behind them."""

    def __init__(
        self, names: list[str], group: Counts, stratum: Counts, child: Counts, value: Counts
    ) -> None:
        self.names = names
        self.strata = int(stratum.max(initial=0)) + 1
        self.shape = (len(names), self.strata, 2)
        counted = value >= 0
        self.group, self.child = group[counted], child[counted]
        self.cell = (group * self.strata + stratum)[counted] * 2 + value[counted]
        cells = np.bincount(self.cell, minlength=math.prod(self.shape)).reshape(self.shape)
        self.events, self.base = cells[:, :, 1], cells.sum(2)
        self.left_out = np.bincount(group[~counted], minlength=len(names))
        # A child may be of two groups; numbered as one, pairs are sorted ten times as fast.
        many = int(self.child.max(initial=0)) + 1
        pairs = np.unique(self.group * many + self.child)
        self.children = np.bincount(pairs // many, minlength=len(names))

    def sides(self) -> list[Side]:
        totals = zip(
            self.names, self.events.sum(1).tolist(), self.base.sum(1).tolist(), strict=True
        )
        # A group that is not in the classification is not compared: it has no base to be rated on.
        return [
            Side(name, float(x), float(x), math.nan if name == NO_GROUP else float(n))
            for name, x, n in totals
        ]

    def sizes(self, i: int) -> dict[str, int]:
        return {"children": int(self.children[i]), "cases": int(self.base[i].sum()),
                "left_out": int(self.left_out[i])}  # fmt: skip

    def flag(self, i: int, reference: str) -> str:
        whom = np.array(self._others(i, reference))
        whom[i] = True
        several = self.base[whom].sum() > self.children[whom].sum()
        return Flag.SEVERAL_CASES if several else ""

    def _others(self, i: int, reference: str) -> list[bool]:
        """Which groups group `i` is compared with."""
        if reference != REST:
            return [name == reference for name in self.names]
        return [j != i and not _apart(name) for j, name in enumerate(self.names)]

    def _compares(self, i: int, reference: str) -> bool:
        return not _apart(self.names[i]) and self.names[i] != reference

    def adjusted(self, i: int, reference: str, settings: Settings) -> dict[str, Any]:
        found = _NOTHING | {"strata": self.strata, "strata_used": 0, "adjusted_method": ""}
        if not self._compares(i, reference):
            return found
        others = self._others(i, reference)
        pooled = pool(
            self.events[i], self.base[i], self.events[others].sum(0), self.base[others].sum(0),
            level=settings.level,
        )  # fmt: skip
        values = (pooled.ratio, pooled.lower, pooled.upper, pooled.odds.ratio, pooled.odds.lower,
                  pooled.odds.upper)  # fmt: skip
        return found | dict(zip(_ADJUSTED, values, strict=True)) | {
            "adjusted_p": pooled.odds.p, "strata_used": pooled.used,
            "adjusted_method": pooled.method,
        }  # fmt: skip

    def bootstrap(
        self, reference: str, level: float, resamples: int, seed: int, *, adjusted: bool
    ) -> list[dict[str, Any]]:
        """Limits for each group."""
        none = {
            "bootstrap_lower": math.nan,
            "bootstrap_upper": math.nan,
            "resamples": 0,
            "undefined": 0,
        }
        limits = [dict(none) for _ in self.names]
        compared = [
            i
            for i in range(len(self.names))
            if self._compares(i, reference) and self._enough(i, self._others(i, reference))
        ]
        if not resamples or not compared:
            return limits

        def ratios(totals: Counts) -> Counts:
            cells = totals.reshape(-1, *self.shape)
            if not adjusted:
                cells = cells.sum(2, keepdims=True)
            events, base = cells[..., 1], cells.sum(-1)
            made = []
            for i in compared:
                others = self._others(i, reference)
                made.append(
                    mantel_haenszel_ratio(
                        events[:, i], base[:, i], events[:, others].sum(1), base[:, others].sum(1)
                    )
                )
            return np.stack(made, axis=1)

        kinds = kinds_of_children(self.child, self.cell)
        drawn = resampled(
            kinds, math.prod(self.shape), resamples=resamples, seed=seed, statistic=ratios
        )
        for i, own in zip(compared, drawn.T, strict=True):
            known = own[~np.isnan(own)]
            limits[i] |= {"resamples": resamples, "undefined": len(own) - len(known)}
            if len(known):
                tail = (1 - level) / 2
                # One that was drawn, on the wide side: between a number and infinity lies nothing.
                limits[i]["bootstrap_lower"] = np.quantile(known, tail, method="lower")
                limits[i]["bootstrap_upper"] = np.quantile(known, 1 - tail, method="higher")
        return limits

    def _enough(self, i: int, others: list[bool]) -> bool:
        events, other = self.events[i].sum(), self.events[others].sum()
        without = self.base[i].sum() + self.base[others].sum() - events - other
        return bool(min(events, other, without) >= FEW_EVENTS)
