"""What ratings are computed from: counts, and ratings that rest on evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import COUNT_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework
from pyjustice.ground.keyed import key_fields
from pyjustice.measures.case_ratings import judged_questions
from pyjustice.readers.refusals import Refusals
from pyjustice.readers.reports import Reports

__all__ = ["Evidence", "evidence_of_reports"]

Rows: TypeAlias = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of answers, and what else ratings need.

    Attributes
    ----------
    counts : structured array
    qualitative : mapping or None
        As for `rate_cases`.
    rows : mapping or None
        Cases of each group, where they were counted.
    refused : Refusals or None
        Of files.
    """

    counts: Rows
    qualitative: Mapping[Any, Any] | None = None
    rows: Mapping[tuple[str, ...], int] | None = None
    refused: Refusals | None = None

    @property
    def by(self) -> tuple[str, ...]:
        """What the groups are by."""
        return key_fields(self.counts.dtype)


def evidence_of_reports(reports: Reports) -> list[tuple[Framework, Evidence]]:
    """Collect what reports publish: counts of key questions, and the ratings of other standards.

    A standard is taken from its counts if each of its key questions has exactly one count that
    gives the printed percentage; else its published rating is taken as it is.

    Raises
    ------
    DataError
        No report has counts.
    """
    found = []
    taken: set[str] = set()
    for i, inspection in enumerate(reports.inspections):
        if not inspection["framework"]:
            continue
        rules = reports.frameworks[str(inspection["framework"])]
        counts = _counts(reports, i, rules)
        if not len(counts):
            continue
        name = _unique(str(inspection["service"]), inspection["published"], taken)
        counts["service"] = name
        own = reports.ratings[reports.ratings["report"] == i]
        counted = set(counts["standard"].tolist())
        given = {
            str(row["standard"]): int(row["rating"])
            for row in own
            if str(row["standard"]) not in counted and row["rating"] != Rating.NOT_FOUND
        }
        found.append((rules, Evidence(counts, {name: given} if given else None)))
    if not found:
        raise DataError("no report here has the counts behind its percentages")
    return found


def _counts(reports: Reports, report: int, rules: Framework) -> Rows:
    rows = reports.questions
    sure = rows[(rows["report"] == report) & (rows["cases"] > 0) & (rows["yes"] >= 0)
                & (rows["unique"] | (rows["counts_from"] == "printed"))]  # fmt: skip
    whole = [
        standard.code
        for standard in rules.standards
        if standard.rated_by in ("questions", "score")
        and set(sure["number"][sure["standard"] == standard.code].tolist())
        >= set(judged_questions(standard))
        and judged_questions(standard)
    ]
    own = sure[np.isin(sure["standard"], whole)]
    counts = np.zeros(len(own), COUNT_DTYPE)
    for name in ("standard", "number", "yes", "cases"):
        counts[name] = own[name]
    return counts


def _unique(service: str, published: np.datetime64, taken: set[str]) -> str:
    """A name for a report's group: the service, with the year or a number if it is taken."""
    year = "" if np.isnat(published) else f" ({str(published)[:4]})"
    name, again = service, 1
    if name in taken:
        name += year
    while name in taken:
        again += 1
        name = f"{service}{year} {again}"
    taken.add(name)
    return name
