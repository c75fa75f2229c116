"""Ratings that prose attributes, set beside the documents that were read together with it."""

from collections.abc import Iterator, Mapping
from math import nan

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.frameworks import Framework
from pyjustice.measures.findings import Finding, Reason, Result, Rows, same_name
from pyjustice.measures.ratings import place


class Documents:
    """All documents of one reading, to look up what another of them says.

    Parameters
    ----------
    inspections, ratings, mentions : structured arrays
    frameworks : mapping of int to Framework
        Framework of each report that has one.
    """

    def __init__(
        self,
        inspections: Rows,
        ratings: Rows,
        mentions: Rows,
        frameworks: Mapping[int, Framework],
    ) -> None:
        self.inspections = inspections
        self.mentions = mentions
        self.frameworks = frameworks
        self.rated = {(int(r["report"]), str(r["standard"])): int(r["rating"]) for r in ratings}
        # Calendar years by which people name an inspection: of its fieldwork, of its report.
        self.years = [
            {day.year for day in days if day is not None}
            for days in inspections[["published", "fieldwork"]].tolist()
        ]
        self.reports: dict[str, list[int]] = {}
        for report in frameworks:
            self.reports.setdefault(same_name(str(inspections[report]["service"])), []).append(
                report
            )

    def rating(self, report: int, standard: str) -> int:
        """Published rating of a report, overall if `standard` is ''; NOT_FOUND if it has none."""
        if standard == "":
            return int(self.inspections[report]["overall"])
        return self.rated.get((report, standard), Rating.NOT_FOUND)

    def counterpart(self, mention: np.void) -> int:
        """Report that a mention speaks of, not the one it stands in; -1 if none is certain."""
        service = str(mention["service"]) or str(self.inspections[mention["report"]]["service"])
        others = [r for r in self.reports.get(same_name(service), ()) if r != mention["report"]]
        if mention["role"] == "current":
            found = self._told_of(int(mention["report"]), others)
        else:
            found = [r for r in others if int(mention["year"]) in self.years[r]]
        return found[0] if len(found) == 1 else -1

    def _told_of(self, news: int, reports: list[int]) -> list[int]:
        """Reports that a release or article can be about.

        One with a date tells of a report of its year or of an inspection of the year before. One
        without is certain only if it names earlier inspections, and one report is later than all.
        """
        own = self.years[news]
        if own:
            return [r for r in reports if self.years[r] & (own | {year - 1 for year in own})]
        rows = self.mentions[self.mentions["report"] == news]
        earlier = rows["year"][(rows["role"] == "previous") & (rows["year"] > 0)]
        if not len(earlier):
            return []
        return [r for r in reports if self.years[r] and min(self.years[r]) > earlier.max()]


def mention_findings(documents: Documents, report: int) -> Iterator[Finding]:
    """Compare the ratings that a document attributes with the documents read.

    A mention of the document's own inspection is set beside its own ratings if it is a report. All
    other mentions are set beside the report of the same service and year, if one was read.
    Ratings that are recited and not given are left alone.
    """
    inspection = documents.inspections[report]
    for mention in documents.mentions[documents.mentions["report"] == report]:
        if mention["role"] == "not given":
            continue
        base = Finding(
            report=report,
            service=str(mention["service"]) or str(inspection["service"]),
            item="mention",
            published=float(mention["rating"]),
            line=int(mention["line"]),
            start=int(mention["start"]),
            end=int(mention["end"]),
        )
        if mention["standard"] == "*":
            yield base._replace(reason=Reason.PART_NOT_NAMED)
        elif mention["role"] == "current" and report in documents.frameworks:
            yield _own(documents, base, mention)
        else:
            yield from _other(documents, base, mention)


def _own(documents: Documents, base: Finding, mention: np.void) -> Finding:
    if mention["standard"] == "" and not documents.frameworks[base.report].gives_overall:
        return base._replace(reason=Reason.NO_OVERALL_GIVEN_THEN)
    rating = documents.rating(base.report, str(mention["standard"]))
    if rating == Rating.NOT_FOUND:
        return base._replace(reason=Reason.MISSING_RATINGS)
    if rating == int(mention["rating"]):
        return base._replace(
            computed=float(rating), result=Result.CONSISTENT, reason=Reason.FOLLOWS
        )
    return base._replace(computed=float(rating), result=Result.DIFFERS, reason=Reason.DIFFERS)


def _other(documents: Documents, base: Finding, mention: np.void) -> Iterator[Finding]:
    report = documents.counterpart(mention)
    if report < 0:
        yield base._replace(reason=Reason.NO_OTHER_DOCUMENT)
        return
    framework, standard = documents.frameworks[report], str(mention["standard"])
    if standard and mention["framework"] not in ("", framework.id):
        # The same number may be another standard there: 3.4 of 2018 is not 3.4 of 2021.
        yield base._replace(reason=Reason.NO_OTHER_DOCUMENT)
        return
    code = _on_scale(framework, mention)
    faults = []
    if code >= 0 and place(framework, code) < 0:
        faults.append(Reason.NOT_ON_THAT_SCALE)
    if standard == "" and not framework.gives_overall:
        faults.append(Reason.NO_OVERALL_GIVEN_THEN)
    for fault in faults:
        yield base._replace(computed=nan, result=Result.DIFFERS, reason=fault)
    if faults:
        return
    rating = documents.rating(report, standard)
    if rating == Rating.NOT_FOUND:
        yield base._replace(reason=Reason.MISSING_RATINGS)
    elif rating == code:
        yield base._replace(
            computed=float(rating), result=Result.CONSISTENT, reason=Reason.CONFIRMED
        )
    else:
        yield base._replace(
            computed=float(rating), result=Result.DIFFERS, reason=Reason.OTHER_DOCUMENT_DIFFERS
        )


def _on_scale(framework: Framework, mention: np.void) -> int:
    """Code of a mentioned rating; by its word if another scale has the same one ('Good')."""
    code = int(mention["rating"])
    if place(framework, code) >= 0:
        return code
    word = str(mention["word"]).casefold()
    same = (r.code for r in framework.ratings if word in {r.word.casefold(), *r.variants})
    return next(same, code)
