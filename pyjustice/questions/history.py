"""A service's inspections in order, and what may be said about change from one to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import nan
from typing import Any, Protocol

import numpy as np

from pyjustice.ground.area_names import fold
from pyjustice.ground.areas import Area, area, find_areas, service_of
from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import HISTORY_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.measures.findings import Rows
from pyjustice.measures.flags import Flag
from pyjustice.readers.published import published

__all__ = ["history"]

_INSPECTORATE = "justiceinspectorates.gov.uk"
# Two dates of one publication: a release or an article may come so many months after the report.
_MONTHS_APART = 3
# Kinds of area that an inspection is of: an authority's is that of its service.
_INSPECTED = ("service", "authority")
# Names that an error lists.
_MOST_NAMED = 8


class ReadInspections(Protocol):
    """What a history needs of the reports that were read."""

    @property
    def inspections(self) -> Rows: ...


@dataclass
class _Told:
    """An inspection as one source tells it, or several that agree."""

    service: str
    year: int  # -1 if there is no date at all
    published: date | None = None
    precision: int = 0
    framework: str = ""
    overall: int = int(Rating.NOT_FOUND)
    word: str = ""
    score: int = -1
    maximum: int = -1
    sources: list[str] = field(default_factory=list)
    told_by: int = 1
    report: int = -1
    rank: int = 1  # 0 the inspection's own report, 2 what was written about it
    year_printed: bool = True
    score_printed: bool = True
    disputed: bool = False

    def agrees(self, other: _Told) -> bool:
        """Whether both may be of one inspection; what either does not tell is no difference."""
        pairs = (
            (self.overall, other.overall, Rating.NOT_FOUND),
            (self.score, other.score, -1),
            (self.maximum, other.maximum, -1),
            (self.framework, other.framework, ""),
        )
        same = all(one == two or unknown in (one, two) for one, two, unknown in pairs)
        apart = _months_between(self, other)
        return same and (apart is None or abs(apart) <= _MONTHS_APART)

    def take(self, other: _Told) -> None:
        """Add what another source tells of the same inspection; what is known already stays."""
        if self.overall == Rating.NOT_FOUND:
            self.overall, self.word = other.overall, other.word
        if other.score >= 0:
            self.score_printed = other.score_printed or (self.score >= 0 and self.score_printed)
        self.score, self.maximum = max(self.score, other.score), max(self.maximum, other.maximum)
        if other.precision > self.precision or (not self.year_printed and other.year_printed):
            self.year, self.published, self.precision = other.year, other.published, other.precision
        self.year_printed |= other.year_printed
        self.framework = self.framework or other.framework
        self.sources += [one for one in other.sources if one not in self.sources]
        self.told_by += other.told_by
        self.report = other.report if self.report < 0 else self.report
        self.disputed |= other.disputed

    @property
    def standing(self) -> tuple[Any, ...]:
        """What is taken first: reports before others, whoever tells more before who tells less.

        No part of it is the place in the input, so that the order of documents makes no difference.
        A report without a date of publication waits for the others of its year and the next.
        """
        known = (self.score >= 0, self.maximum >= 0, self.overall != Rating.NOT_FOUND)
        waits = self.report >= 0 and self.precision == 0
        tells = sum(known) + bool(self.framework) + self.precision
        content = (self.year, self.published or date.min, self.framework, self.overall, self.word)
        return waits, self.rank, -tells, content, self.score, self.maximum, self.sources

    @property
    def order(self) -> tuple[int, date]:
        return self.year if self.year >= 0 else 9999, self.published or date.min


def history(
    reports: ReadInspections | None = None,
    service: str | int | Area | None = None,
    *,
    embedded: bool = True,
) -> Rows:
    """List the inspections of a service, or of all, in order.

    Parameters
    ----------
    reports : Report or Reports, optional
        From `read_report` or `read_reports`; documents that tell no outcome are passed over.
    service : str, int or Area, optional
        Any name or code that `pj.area` knows, or a name as it stands in a report. Inspections of
        a joint service that it was part of, or of one that it was made from, are not its own:
        see ``pj.area(service).predecessors``.
    embedded : bool
        Whether to take in the published outcomes that come with the package.

    Returns
    -------
    numpy.ndarray of HISTORY_DTYPE
        By service, then in order of publication. Sources that tell of one service and year and do
        not contradict each other are one row: `sources` says how many they are, `source` is the
        first address, an inspectorate's page if there is one, and `other_sources` has the others.
        `report` is the document's row in ``reports.inspections``, -1 if none.
        `change` is the overall rating less that of the row before, and `score_change` the same of
        scores out of one maximum; NaN unless both are of one framework. `flag` says why there is
        none: 'first known', 'not comparable', 'framework not known', 'no overall given', 'sources
        conflict' or 'date not known'. `months_since_previous` is NaN unless both months of
        publication are known; `years_since_previous` is -1 if there is none.
        `doubt` says what to mind of the row itself; `year` is -1 where there is no date.

    Raises
    ------
    DataError
        If `service` is no area that is known, or may be several, with the names that it may stand
        for and the years of their inspections; or `reports` were not read.

    Notes
    -----
    Ratings under different frameworks are never subtracted: they have other standards and rules.
    Months are counted from publication to publication, since fieldwork is often not published.

    Examples
    --------
    >>> rows = history(service="Wakefield")
    >>> rows[["year", "framework", "overall_word", "flag"]].tolist()[-1]
    (2025, 'iyjwcv-2025', 'Good', 'not comparable')
    """
    told = list(_from_reports(reports)) if reports is not None else []
    if embedded:
        told += _from_published()
    by_service: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        by_service[one.service].append(one)
    if service is not None:
        name = _service_name(str(service))
        if name not in by_service:
            _refuse_unclear(str(service), by_service)
        by_service = {name: by_service.get(name, [])}
    rows: list[tuple[Any, ...]] = []
    for name in sorted(by_service, key=str.casefold):
        rows += _rows(_merged(by_service[name]))
    return np.array(rows, HISTORY_DTYPE)


# --- what is told ---------------------------------------------------------------------------------


def _refuse_unclear(name: str, by_service: Mapping[str, Sequence[_Told]]) -> None:
    """Raise DataError, with whom it may mean, unless a name is that of one area.

    Not even one service with inspections is taken for it: that of another may not be known.
    """
    found = find_areas(name)
    if len(found) == 1 and found[0].kind in _INSPECTED:
        return
    meant: list[str] = []
    for place in found:
        own = place.kind in _INSPECTED
        meant += [(service_of(place) or place).name] if own else place.members
    words = set(fold(name).split())
    meant += [one for one in by_service if words and words <= set(fold(one).split())]
    if not meant:
        area(name)  # an error with names that are spelled like it
    listed = []
    for one in dict.fromkeys(meant):
        years = sorted({told.year for told in by_service.get(one, ()) if told.year >= 0})
        listed.append(f"{one!r} ({', '.join(map(str, years)) or 'no inspection known'})")
    listed, more = listed[:_MOST_NAMED], len(listed) - _MOST_NAMED
    others = f" and {more} more" if more > 0 else ""
    raise DataError(
        f"service: {cut(name, 64)!r} may be {', '.join(listed)}{others}: give the whole name"
    )


def _service_name(name: str) -> str:
    """Name of the one service or authority that is meant, else the name as it stands."""
    found = find_areas(name)
    if len(found) != 1 or found[0].kind not in _INSPECTED:
        return name
    return (service_of(found[0]) or found[0]).name


def _from_reports(reports: ReadInspections) -> Iterator[_Told]:
    if not hasattr(reports, "inspections"):
        raise DataError(f"reports: expected a Report or Reports, got {type(reports).__name__}")
    for index, row in enumerate(reports.inspections):
        silent = row["overall"] == Rating.NOT_FOUND and row["score"] < 0 and not row["framework"]
        if row["kind"] == "other" or silent:
            continue
        day, fieldwork = row["published"].item(), row["fieldwork"].item()
        dated = day or fieldwork
        yield _Told(
            _service_name(str(row["service"])),
            dated.year if dated else -1,
            published=day,
            precision=int(row["published_precision"]) if day else 0,
            framework=str(row["framework"]),
            overall=int(row["overall"]),
            word=str(row["overall_word"]),
            score=int(row["score"]),
            maximum=int(row["max_score"]),
            sources=[str(row["source"])],
            report=index,
            rank=0 if row["kind"] == "report" else 2,
            year_printed=day is not None,
        )


def _from_published() -> Iterator[_Told]:
    for name in ("outcomes", "outcomes before 2018"):
        for row in published(name):
            yield _Told(
                _service_name(str(row["service"])),
                int(row["year"]),
                published=row["published"].item(),
                precision=int(row["published_precision"]),
                framework=str(row["framework"]),
                overall=int(row["overall"]),
                word=str(row["overall_word"]),
                score=int(row["score"]),
                maximum=int(row["max_score"]),
                sources=[str(row[column]) for column in ("page", "source") if row[column]],
                year_printed=bool(row["year_printed"]),
                score_printed=bool(row["score_printed"]),
                disputed=bool(row["disputed"]),
            )


# --- one row for each inspection ------------------------------------------------------------------


def _merged(told: Sequence[_Told]) -> list[_Told]:
    """Put together what sources tell of one inspection; mark those that contradict each other."""
    inspections: list[_Told] = []
    for one in sorted(told, key=lambda one: one.standing):
        same = [other for other in inspections if _of_one_time(one, other)]
        agreeing = [other for other in same if one.agrees(other)]
        if len(agreeing) == 1:
            agreeing[0].take(one)
            continue
        for other in same:
            one.disputed = other.disputed = True
        inspections.append(one)
    _mark_two_years(inspections)
    return sorted(inspections, key=lambda one: one.order)


def _of_one_time(one: _Told, other: _Told) -> bool:
    if one.year < 0 or other.year < 0:
        return False
    if one.report >= 0 and one.precision == 0:  # its year is that of fieldwork
        return other.year in (one.year, one.year + 1) and one.agrees(other)
    return one.year == other.year


def _mark_two_years(inspections: Sequence[_Told]) -> None:
    """What one source tells of a year, and another disputes, may be the next or last year's row."""
    for one in [one for one in inspections if one.disputed]:
        for other in inspections:
            if abs(one.year - other.year) == 1 and one.agrees(other):
                other.disputed = True


def _rows(inspections: Sequence[_Told]) -> Iterator[tuple[Any, ...]]:
    before: _Told | None = None
    for one in inspections:
        flag = _apart(before, one)
        change = score_change = months = nan
        years = -1
        if before is not None and min(before.year, one.year) >= 0:
            years = one.year - before.year
            between = _months_between(before, one)
            months = nan if between is None else float(between)
            if not flag:
                change = float(one.overall - before.overall)
                if min(one.score, before.score) >= 0 and one.maximum == before.maximum:
                    score_change = float(one.score - before.score)
        first, *others = _addresses(one.sources)
        yield (
            one.service, one.framework, one.year, one.published, one.precision, one.overall,
            one.word, one.score, one.maximum, change, score_change, months, years, one.told_by,
            cut(first, 256), cut(" ".join(others), 640), one.report, flag, _doubt(one),
        )  # fmt: skip
        before = one


def _apart(before: _Told | None, one: _Told) -> str:
    """Why this inspection is not to be compared with the one before; '' if it may be."""
    if before is None:
        return Flag.FIRST_KNOWN
    if min(before.year, one.year) < 0:
        return Flag.DATE_NOT_KNOWN
    unsure = not (before.year_printed and one.year_printed)
    one_inspection = unsure and one.year - before.year <= 1 and one.agrees(before)
    if before.disputed or one.disputed or one_inspection:
        return Flag.SOURCES_CONFLICT
    if not (before.framework and one.framework):
        return Flag.FRAMEWORK_NOT_KNOWN
    if before.framework != one.framework:
        return Flag.NOT_COMPARABLE
    if min(before.overall, one.overall) < 0:
        return Flag.NO_OVERALL_GIVEN
    return ""


def _doubt(one: _Told) -> str:
    if one.year < 0:
        return Flag.DATE_NOT_KNOWN
    if one.disputed:
        return Flag.SOURCES_CONFLICT
    if not one.year_printed:
        return Flag.YEAR_NOT_PRINTED
    return Flag.SCORE_INFERRED if one.score >= 0 and not one.score_printed else ""


def _months_between(before: _Told, after: _Told) -> int | None:
    if before.published is None or after.published is None:
        return None
    if min(before.precision, after.precision) < 2:
        return None
    years = after.published.year - before.published.year
    return years * 12 + after.published.month - before.published.month


def _addresses(sources: Iterable[str]) -> list[str]:
    """The inspectorate's own pages first, else in the order in which they were told."""
    return sorted(sources, key=lambda one: _INSPECTORATE not in one) or [""]
