"""Where on the way through the justice system a difference arises: relative rate indices."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pyjustice.ground.dtypes import PATHWAY_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.comparison import Settings, Side
from pyjustice.measures.flags import Flag
from pyjustice.questions.comparisons import (
    check_groups,
    check_reference,
    compare_all,
    counts_of,
    settings_of,
    to_rows,
)

__all__ = ["STAGES", "pathway"]

Rows: TypeAlias = NDArray[np.void]

POPULATION = "population"
STAGES = (
    *(POPULATION, "stopped", "arrested", "diverted", "cautioned", "charged", "remanded"),
    *("sentenced", "in custody"),
)
STEP, CUMULATIVE = "step", "cumulative"


def pathway(
    stages: Mapping[str, ArrayLike],
    groups: Sequence[str],
    *,
    reference: str,
    unit: Literal["children"],
    before: Mapping[str, str] | None = None,
    method: str | None = None,
    family: Literal["all"] | int = "all",
    level: float = 0.95,
    few: float = 5,
) -> Rows:
    """Compare groups at each stage: the relative rate index on the stage before, and in all.

    Parameters
    ----------
    stages : mapping of str to array_like of shape (groups,)
        How many children of each group came to each stage, in order: some of 'population',
        'stopped', 'arrested', 'diverted', 'cautioned', 'charged', 'remanded', 'sentenced' and 'in
        custody'. NaN where not known or suppressed.
    groups : sequence of str
    reference : str
        A group, 'rest' or 'whole'.
    unit : 'children'
        What is counted. Offences, searches or outcomes are refused: one child may have many, and
        no stage is then a part of the one before.
    before : mapping of str to str, optional
        The stage that another is a part of, where that is not the one given before it: being
        diverted, cautioned and charged are three ways on from an arrest, so that for charges on
        arrests it is ``{'cautioned': 'arrested', 'charged': 'arrested'}``.
    method, family, level, few
        As for `disparity` of a proportion. The family are all rows that compare.

    Returns
    -------
    numpy.ndarray of PATHWAY_DTYPE
        One row a stage and group: ``step`` 'step', on the stage named in ``before``; and from the
        third stage on 'cumulative', on the first. ``ratio`` is the relative rate index; the other
        fields are those of `disparity`.

    Raises
    ------
    DataError
        Another unit, an unknown stage or one out of order, or what `disparity` refuses.

    Notes
    -----
    A stage may have more children than the one before, as where some were summoned and never
    arrested, or where a year's counts are of different children. Such a comparison, in either
    group, is made as one of rates (conditional exact) and flagged 'above the stage before'.
    Source of the index: Office of Juvenile Justice and Delinquency Prevention, "Disproportionate
    minority contact technical assistance manual", chapter 1.

    Examples
    --------
    >>> found = pathway({"arrested": [90, 400], "charged": [60, 200], "in custody": [12, 20]},
    ...                 ["Black", "White"], reference="White", unit="children")
    >>> own = found[found["group"] == "Black"]
    >>> for row in own:
    ...     print(row["stage"], "of", row["before"], row["step"], round(float(row["ratio"]), 2))
    charged of arrested step 1.33
    in custody of charged step 2.0
    in custody of arrested cumulative 2.67
    """
    if unit != "children":
        raise DataError(
            f"unit: expected 'children', got {unit!r}; one child may have several offences,"
            " searches or outcomes: compare those as kind='rate' with pj.disparity"
        )
    names = check_groups(groups)
    reference = check_reference(reference, names)
    settings = settings_of("proportion", method, None, level, few)
    counts = {stage: counts_of(stage, own, names) for stage, own in _ordered(stages).items()}
    bases = _bases(list(counts), before)
    first = next(iter(counts))
    found: list[dict[str, Any]] = []
    for stage, base in bases.items():
        places = [(STEP, base)] if base == first else [(STEP, base), (CUMULATIVE, first)]
        for step, of in places:
            rows = _compare(counts[stage], counts[of], names, reference, settings)
            found += [{"stage": stage, "before": of, "step": step, **row} for row in rows]
    return to_rows(found, PATHWAY_DTYPE, family)


def _ordered(stages: Mapping[str, ArrayLike]) -> Mapping[str, ArrayLike]:
    """Check that the stages are known and in order."""
    for stage in stages:
        if stage not in STAGES:
            raise DataError(f"stages: {stage!r} is none of {', '.join(map(repr, STAGES))}")
    places = [STAGES.index(stage) for stage in stages]
    if len(places) < 2 or places != sorted(places):
        raise DataError(f"stages: expected two or more in this order: {', '.join(STAGES)}")
    return stages


def _bases(stages: Sequence[str], before: Mapping[str, str] | None) -> dict[str, str]:
    """Return the stage that each but the first is compared on."""
    given = dict(before or {})
    for stage, base in given.items():
        if stage not in stages or base not in stages or stages.index(base) >= stages.index(stage):
            raise DataError(f"before: expected a stage and an earlier one, got {stage!r}: {base!r}")
    return {stage: given.get(stage, stages[i]) for i, stage in enumerate(stages[1:])}


def _compare(
    events: Any, base: Any, names: Sequence[str], reference: str, settings: Settings
) -> list[dict[str, Any]]:
    """Compare one stage on another; where its count is not known, it may be any up to the base."""
    least, most = np.where(np.isnan(events), 0.0, events), np.where(np.isnan(events), base, events)
    sides = [
        Side(*row) for row in zip(names, *(a.tolist() for a in (least, most, base)), strict=True)
    ]
    above = [side.name for side in sides if side.most > side.base]
    if not above:
        return compare_all(sides, reference, settings)
    by_rate = compare_all(sides, reference, _as_rates(settings))
    if reference in above or reference not in names:
        return [row | {"flag": row["flag"] or Flag.ABOVE_STAGE_BEFORE} for row in by_rate]
    within = [side for side in sides if side.name not in above]
    fine = {row["group"]: row for row in compare_all(within, reference, settings)}
    return [
        fine.get(row["group"], row | {"flag": row["flag"] or Flag.ABOVE_STAGE_BEFORE})
        for row in by_rate
    ]


def _as_rates(settings: Settings) -> Settings:
    return dataclasses.replace(settings, kind="rate", method="exact")
