"""Reports put together by hand, for tests of what is computed from reports that were read."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pyjustice.ground.dtypes import (
    INSPECTION_DTYPE,
    MENTION_DTYPE,
    QUANTITY_DTYPE,
    QUESTION_DTYPE,
    RATING_DTYPE,
    RECOMMENDATION_DTYPE,
    REFUSED_DTYPE,
    SAMPLE_DTYPE,
)
from pyjustice.ground.frameworks import Framework, framework
from pyjustice.questions.check import check_reports

NOT_FOUND = -2


class MadeReports:
    """Has the arrays of a reading. Every row gets a place of its own, so that a copy is seen."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in (
                "inspections", "ratings", "questions", "samples", "recommendations", "mentions",
                "refused", "quantities",
            )
        }  # fmt: skip
        self.frameworks: dict[str, Framework] = {}
        self._place = 0

    def add(
        self,
        rules: str | Framework = "",
        service: str = "Lambeth",
        ratings: Mapping[str, int] | None = None,
        percents: Mapping[str, Sequence[float]] | None = None,
        samples: Mapping[str, int] | None = None,
        *,
        score: tuple[int, int] = (-1, -1),
        overall: int = NOT_FOUND,
        stated: int = -1,
        recommendations: int = 0,
        published: str = "NaT",
        fieldwork: str = "NaT",
        kind: str = "report",
    ) -> int:
        """Add a document; a standard of the framework that is not named is NOT_FOUND."""
        report = len(self._rows["inspections"])
        made = framework(rules) if rules else None
        name = made.id if made is not None else ""
        if made is not None:
            self.frameworks[name] = made
        self._add(
            "inspections", report=report, source=f"made-{report}.txt", kind=kind, framework=name,
            service=service, published=np.datetime64(published, "D"), overall=overall,
            fieldwork=np.datetime64(fieldwork, "D"), score=score[0], max_score=score[1],
            stated_recommendations=stated, published_precision=0 if published == "NaT" else 3,
        )  # fmt: skip
        given = dict(ratings or {})
        for standard in made.standards if made else ():
            if standard.core or standard.code in given:
                code = given.get(standard.code, NOT_FOUND)
                shown = (percents or {}).get(standard.code, ())
                self._add(
                    "ratings", report=report, framework=name, standard=standard.code,
                    title=standard.title, domain=standard.domain, rating=code,
                    word=made.word(code) if made else "", counts=standard.counts,
                    percent=min(shown, default=np.nan),
                )  # fmt: skip
                for number, percent in enumerate(shown, 1):
                    self.question(report, standard.code, number, percent)
        for domain, cases in (samples or {}).items():
            self._add("samples", report=report, domain=domain, cases=cases)
        for number in range(1, recommendations + 1):
            self._add("recommendations", report=report, number=number, printed=number)
        return report

    def question(
        self,
        report: int,
        standard: str,
        number: int,
        percent: float,
        yes: int = -1,
        cases: int = -1,
    ) -> None:
        """Add a key question; with counts, they stand in the document."""
        self._add(
            "questions", report=report, standard=standard, number=number, percent=percent, yes=yes,
            cases=cases, counts_from="printed" if yes >= 0 else "", unique=yes >= 0,
        )  # fmt: skip

    def mention(self, report: int, rating: int, role: str, **fields: Any) -> None:
        """Add a rating that prose attributes."""
        row: dict[str, Any] = {"year": -1, **fields}
        self._add("mentions", report=report, rating=rating, role=role, **row)

    def _add(self, table: str, **fields: Any) -> None:
        self._place += 1
        where = {"line": self._place, "start": 10 * self._place, "end": 10 * self._place + 5}
        self._rows[table].append({**where, **fields})

    def _array(self, table: str, dtype: np.dtype[np.void]) -> np.ndarray[Any, np.dtype[np.void]]:
        rows = np.zeros(len(self._rows[table]), dtype)
        for row, fields in zip(rows, self._rows[table], strict=True):
            for name, value in fields.items():
                row[name] = value
        return rows

    def __len__(self) -> int:
        return len(self._rows["inspections"])

    def __getattr__(self, table: str) -> np.ndarray[Any, np.dtype[np.void]]:
        dtypes = {
            "inspections": INSPECTION_DTYPE,
            "ratings": RATING_DTYPE,
            "questions": QUESTION_DTYPE,
            "samples": SAMPLE_DTYPE,
            "recommendations": RECOMMENDATION_DTYPE,
            "mentions": MENTION_DTYPE,
            "refused": REFUSED_DTYPE,
            "quantities": QUANTITY_DTYPE,
        }
        if table not in dtypes:
            raise AttributeError(table)
        return self._array(table, dtypes[table])


LAMBETH = {"2.1": 2, "2.2": 3, "2.3": 3, "V1": 1}
PERCENTS = {"2.1": [100, 68], "2.2": [100, 84], "2.3": [100, 84]}


def lambeth(**changes: Any) -> MadeReports:
    """Lambeth's report of 2025 with something changed."""
    made = MadeReports()
    fields: dict[str, Any] = {
        "ratings": LAMBETH, "percents": PERCENTS, "samples": {"2": 19, "V": 12}, "score": (9, 12),
        "overall": 2, "stated": 4, "recommendations": 4, "fieldwork": "2025-10-06",
    }  # fmt: skip
    made.add("iyjwcv-2025", **{**fields, **changes})
    return made


def row_of(reports: Any, item: str, **keywords: Any) -> tuple[Any, ...]:
    """Published, computed, result and reason of one item."""
    checks = check_reports(reports, **keywords)
    (row,) = checks[checks["item"] == item]
    return tuple(row[name].item() for name in ("published", "computed", "result", "reason"))
