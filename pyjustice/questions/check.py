"""Whether what a report publishes follows from the figures that it publishes with it.

One row for every published value that can be set beside another: the rating of a standard beside
its lowest key question or its decision rules, each percentage beside the cases inspected, the score
beside the standards, the overall rating beside the score, the number of recommendations beside
those found, and each rating that prose attributes beside the documents read together.
"""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any, Protocol

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.frameworks import DecisionRule, Framework, Standard
from pyjustice.measures.findings import Finding, Reason, Result, Rows, as_checks, rows_of
from pyjustice.measures.ratings import (
    Verdict,
    answers_to_change,
    close_to_boundary,
    judge,
    overall,
    place,
    rating_either_way,
    total,
    within_discretion,
)
from pyjustice.questions.answers import Answers, Counts, Given, answers_of, given_counts
from pyjustice.questions.mentions import Documents, mention_findings


class ReadReports(Protocol):
    """What a check needs of the reports that were read."""

    @property
    def inspections(self) -> Rows: ...  # noqa: D102
    @property
    def ratings(self) -> Rows: ...  # noqa: D102
    @property
    def questions(self) -> Rows: ...  # noqa: D102
    @property
    def samples(self) -> Rows: ...  # noqa: D102
    @property
    def recommendations(self) -> Rows: ...  # noqa: D102
    @property
    def mentions(self) -> Rows: ...  # noqa: D102
    @property
    def frameworks(self) -> Mapping[str, Framework]: ...  # noqa: D102


def check_reports(reports: ReadReports, counts: Counts | None = None) -> Rows:
    """Check every published value of reports against the figures published with it.

    Parameters
    ----------
    reports : Report or Reports
    counts : array of COUNT_DTYPE or mapping, optional
        Counts that the reports leave out, such as those of V1.1. For a single report a mapping
        ``{'V1.1': (7, 12)}``; else an array, whose rows name the service.

    Returns
    -------
    numpy.ndarray of CHECK_DTYPE
        ``published`` and ``computed`` are rating codes, percentages, points or numbers, as fits the
        item; NaN where there is none. ``line``, ``start`` and ``end`` are those of the row checked.
        ``answers_to_change`` is the fewest answers that would move the standard's rating, -1 if the
        counts are not known exactly. ``result`` and ``reason``: see ``pj.explain``.

    Raises
    ------
    DataError
        If `counts` does not fit the reports. A report that lacks something is no error: the rows
        concerned say 'cannot recompute' (-1) and why.
    """
    inspections = reports.inspections
    frameworks = frameworks_of(reports)
    given = given_counts(counts, inspections, frameworks)
    documents = Documents(inspections, reports.ratings, reports.mentions, frameworks)
    findings: list[Finding] = []
    for report in range(len(inspections)):
        if report in frameworks:
            findings += _Report(reports, report, frameworks[report], given).findings()
        findings += mention_findings(documents, report)
    return as_checks(findings)


def frameworks_of(reports: ReadReports) -> dict[int, Framework]:
    """Framework of each report that has one, as it was read with."""
    return {
        report: reports.frameworks[str(row["framework"])]
        for report, row in enumerate(reports.inspections)
        if row["kind"] == "report" and row["framework"]
    }


class _Report:
    """One report with all that its rows say, ready to be compared."""

    def __init__(self, reports: ReadReports, report: int, rules: Framework, given: Given) -> None:
        self.report = report
        self.rules = rules
        self.inspection = reports.inspections[report]
        self.service = str(self.inspection["service"])
        self.ratings = rows_of(report, reports.ratings)
        self.codes = {str(row["standard"]): int(row["rating"]) for row in self.ratings}
        self.questions = rows_of(report, reports.questions)
        self.cases = {
            str(row["domain"]): int(row["cases"]) for row in rows_of(report, reports.samples)
        }
        self.recommendations = len(rows_of(report, reports.recommendations))
        self.given = given

    def findings(self) -> Iterator[Finding]:
        for row in self.ratings:
            standard = self.rules.standard(str(row["standard"]))
            answers = self._answers(standard)
            yield self._standard(row, standard, answers)
            for answer in answers:
                yield self._question(row, standard, answer)
        if self.rules.gives_overall and self.rules.totals is not None:
            yield self._total()
            yield self._overall()
        yield self._recommendations()

    def _finding(self, item: str, row: np.void, **fields: Any) -> Finding:
        return Finding(
            report=self.report,
            service=self.service,
            item=item,
            line=int(row["line"]),
            start=int(row["start"]),
            end=int(row["end"]),
            **fields,
        )

    def _answers(self, standard: Standard) -> list[Answers]:
        rows = self.questions[self.questions["standard"] == standard.code]
        cases = self.cases.get(standard.domain, -1)
        return answers_of(standard, self.report, rows, cases, self.given)

    def _question(self, rating: np.void, standard: Standard, answers: Answers) -> Finding:
        computed, result, reason = answers.compare(standard.rated_by == "score")
        row = rating if answers.row is None else answers.row
        return self._finding(
            f"{standard.code}/{answers.number}",
            row,
            published=answers.percent,
            computed=computed,
            result=result,
            reason=reason,
        )

    # --- a standard ---------------------------------------------------------------------------

    def _standard(self, row: np.void, standard: Standard, answers: list[Answers]) -> Finding:
        code = int(row["rating"])
        if code == Rating.NOT_FOUND:
            return self._finding(standard.code, row, reason=Reason.MISSING_RATINGS)
        finding = self._finding(standard.code, row, published=float(code))
        if code == Rating.NOT_RATED:
            return finding._replace(reason=Reason.NOT_RATED)
        known = [a for a in answers if not isnan(a.reading)]
        if known:
            return self._from_questions(finding, standard, code, known)
        rules = [rule for rule in self.rules.rules if rule.standard == standard.code]
        ruled = self._from_rules(finding, code, rules)
        if ruled is not None:
            return ruled
        left_out = self.rules.totals is not None and not standard.counts
        return finding._replace(reason=Reason.NOT_COUNTED if left_out else Reason.NO_PERCENTAGES)

    def _from_questions(
        self, finding: Finding, standard: Standard, code: int, answers: list[Answers]
    ) -> Finding:
        rules = self.rules
        lowest = min(answers, key=lambda a: a.reading)
        computed = rules.band(lowest.reading)
        expected = sum(question.has_percent for question in standard.questions)
        complete = len(answers) >= expected
        counted = complete and all(a.known for a in answers) and standard.rated_by != "score"
        either = rating_either_way(rules, lowest.least, lowest.cases) if lowest.known else set()
        finding = finding._replace(
            computed=float(computed),
            rule_confidence=rules.bands.confidence,
            close_to_boundary=close_to_boundary(rules, lowest.reading),
            answers_to_change=answers_to_change(rules, [(a.least, a.cases) for a in answers])
            if counted
            else -1,
        )
        if not complete and place(rules, code) <= place(rules, computed):
            # The key question that was not found may be the lowest.
            return finding._replace(reason=Reason.MISSING_PERCENTAGES)
        if code == computed:
            reason = Reason.ROUNDING_DECIDES if len(either) > 1 else Reason.FOLLOWS
            return finding._replace(result=Result.CONSISTENT, reason=reason)
        if code in either:
            return finding._replace(result=Result.ALLOWED, reason=Reason.ROUNDING_DECIDES)
        # A standard rated on answers and on evidence may be moved by the evidence alone.
        apart = abs(place(rules, code) - place(rules, computed))
        moved = standard.rated_by == "mixed" and apart <= rules.discretion.bands
        if moved or within_discretion(rules, code, computed, lowest.reading):
            return finding._replace(
                result=Result.ALLOWED,
                reason=Reason.WITHIN_DISCRETION,
                rule_confidence=rules.discretion.confidence,
            )
        return finding._replace(result=Result.DIFFERS, reason=Reason.DIFFERS)

    def _from_rules(self, finding: Finding, code: int, rules: list[DecisionRule]) -> Finding | None:
        """Set a standard rated on evidence beside its decision rules; None if none has a say."""
        verdicts = [(rule, judge(self.rules, rule, code, self.codes)) for rule in rules]
        for hard in (True, False):
            for rule, verdict in verdicts:
                if verdict == Verdict.BROKEN and (rule.force == "hard") == hard:
                    return finding._replace(
                        computed=self._ruled(rule),
                        result=Result.DIFFERS if hard else Result.ALLOWED,
                        reason=Reason.HARD_RULE_BROKEN if hard else Reason.USUAL_RULE_NOT_FOLLOWED,
                        rule_confidence=rule.confidence,
                    )
        for rule, verdict in verdicts:
            if verdict in (Verdict.FOLLOWED, Verdict.HELD):
                followed = verdict == Verdict.FOLLOWED
                return finding._replace(
                    computed=float(code),
                    result=Result.CONSISTENT,
                    reason=Reason.FOLLOWS if followed else Reason.HELD_BY_RULE,
                    rule_confidence=rule.confidence,
                )
        if any(verdict == Verdict.UNKNOWN for _, verdict in verdicts):
            return finding._replace(reason=Reason.MISSING_RATINGS)
        return None

    def _ruled(self, rule: DecisionRule) -> float:
        """Rating that a broken rule stands for: its own, or the highest it leaves open."""
        if not rule.condition.get("requires", False):
            return float(rule.rating)
        return float(self.rules.ratings[place(self.rules, rule.rating) - 1].code)

    # --- the whole report ---------------------------------------------------------------------

    def _total(self) -> Finding:
        score, maximum = int(self.inspection["score"]), int(self.inspection["max_score"])
        summed = total(self.rules, self.codes)
        finding = self._finding("total", self.inspection)
        if score >= 0:
            finding = finding._replace(published=float(score))
        if summed.missing or not summed.maximum:
            return finding._replace(reason=Reason.MISSING_RATINGS)
        finding = finding._replace(computed=float(summed.score))
        if score < 0:
            return finding._replace(reason=Reason.NO_STATED_NUMBER)
        if score != summed.score:
            return finding._replace(result=Result.DIFFERS, reason=Reason.DIFFERS)
        if maximum not in (-1, summed.maximum):
            return finding._replace(result=Result.DIFFERS, reason=Reason.MAXIMUM_DIFFERS)
        return finding._replace(result=Result.CONSISTENT, reason=Reason.FOLLOWS)

    def _overall(self) -> Finding:
        code = int(self.inspection["overall"])
        finding = self._finding("overall", self.inspection)
        if code != Rating.NOT_FOUND:
            finding = finding._replace(published=float(code))
        score, maximum = int(self.inspection["score"]), int(self.inspection["max_score"])
        summed = total(self.rules, self.codes)
        if score < 0:
            score = -1 if summed.missing else summed.score
        if maximum < 0:
            maximum = -1 if summed.missing else summed.maximum
        if score < 0 or maximum < 0:
            return finding._replace(reason=Reason.MISSING_RATINGS)
        computed = overall(self.rules, score, maximum)
        if computed is None:
            return finding._replace(reason=Reason.MAXIMUM_NOT_KNOWN)
        assert self.rules.totals is not None
        finding = finding._replace(
            computed=float(computed), rule_confidence=self.rules.totals.confidence[maximum]
        )
        if code == Rating.NOT_FOUND:
            return finding._replace(reason=Reason.MISSING_RATINGS)
        if code == Rating.NOT_RATED:
            return finding._replace(reason=Reason.NOT_RATED)
        if code == computed:
            return finding._replace(result=Result.CONSISTENT, reason=Reason.FOLLOWS)
        return finding._replace(result=Result.DIFFERS, reason=Reason.DIFFERS)

    def _recommendations(self) -> Finding:
        stated = int(self.inspection["stated_recommendations"])
        finding = self._finding(
            "recommendations", self.inspection, computed=float(self.recommendations)
        )
        if stated < 0:
            return finding._replace(reason=Reason.NO_STATED_NUMBER)
        same = stated == self.recommendations
        return finding._replace(
            published=float(stated),
            result=Result.CONSISTENT if same else Result.DIFFERS,
            reason=Reason.FOLLOWS if same else Reason.STATED_NUMBER_DIFFERS,
        )
