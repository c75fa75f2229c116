"""The answers behind a percentage: given by the caller, printed, or inferred from the sample."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isnan, nan
from typing import Any

import numpy as np

from pyjustice._core import counts_from_percent
from pyjustice.ground.dtypes import COUNT_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, Standard
from pyjustice.measures.findings import Reason, Result, Rows, same_name
from pyjustice.measures.ratings import percent_of

Counts = Rows | Mapping[Any, tuple[int, int]]
Given = dict[tuple[int, str, int], tuple[int, int]]


@dataclass(frozen=True)
class Answers:
    """One key question: the percentage as printed and what is known of the answers behind it.

    Attributes
    ----------
    number : int
        Number of the question within its standard.
    percent : float
        As printed; NaN if the document prints none.
    least, most : int
        Smallest and largest count of 'Yes' that agree with all that is known; -1 if none does.
    cases : int
        Answers in all; -1 if unknown.
    origin : str
        'given' by the caller, 'printed', 'inferred' from the percentage and the sample, or ''.
    row : numpy.void or None
        The document's row, if it has one.
    """

    number: int
    percent: float
    least: int
    most: int
    cases: int
    origin: str
    row: np.void | None = None

    @property
    def known(self) -> bool:
        """Whether exactly one count agrees with what is known."""
        return 0 <= self.least == self.most

    @property
    def reading(self) -> float:
        """Percentage to put into a band: that of counts given by the caller, else as printed."""
        if self.known and (self.origin == "given" or isnan(self.percent)):
            return percent_of(self.least, self.cases)
        return self.percent

    def compare(self, pooled: bool) -> tuple[float, Result, Reason]:
        """Set the printed percentage beside that of the counts: computed value, result, reason."""
        if pooled:
            return nan, Result.CANNOT, Reason.POOLED_SCORE
        if self.cases < 1:
            return nan, Result.CANNOT, Reason.SAMPLE_NOT_KNOWN
        if self.least < 0:
            return nan, Result.DIFFERS, Reason.NO_COUNT_FITS
        if isnan(self.percent):
            computed = percent_of(self.least, self.cases)
            return computed, Result.CANNOT, Reason.NO_PERCENTAGES
        computed = percent_of(self.least, self.cases, decimals_of(self.percent))
        if self.origin == "inferred":
            unique = Reason.COUNTS_INFERRED if self.known else Reason.COUNT_NOT_UNIQUE
            return computed, Result.CONSISTENT, unique
        if computed != self.percent:
            return computed, Result.DIFFERS, Reason.DIFFERS
        return computed, Result.CONSISTENT, Reason.FOLLOWS


def decimals_of(percent: float) -> int:
    """Decimals a printed percentage had: 0 for 68.0, 1 for 42.5."""
    exponent = Decimal(repr(float(percent))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def answers_of(
    standard: Standard, report: int, rows: Rows, cases: int, given: Given
) -> list[Answers]:
    """Collect what is known of a standard's key questions.

    Parameters
    ----------
    standard : Standard
    report : int
        Row of the document in ``inspections``.
    rows : array of QUESTION_DTYPE
        The document's questions of this standard.
    cases : int
        Size of the sample of the standard's domain; -1 if unknown. A question without counts of
        its own is read against it: the inspectorate's percentages fit the whole sample.
    given : dict
        From `given_counts`.
    """
    found = []
    for row in rows:
        number, percent = int(row["number"]), float(row["percent"])
        key = (report, standard.code, number)
        if key in given:
            yes, of = given[key]
            found.append(Answers(number, percent, yes, yes, of, "given", row))
        elif row["counts_from"] == "printed" and row["yes"] >= 0 and row["cases"] > 0:
            yes, of = int(row["yes"]), int(row["cases"])
            found.append(Answers(number, percent, yes, yes, of, "printed", row))
        elif not isnan(percent):
            of = int(row["cases"]) if row["cases"] > 0 else cases
            least = most = -1
            if of > 0:
                least, most = counts_from_percent(percent, of, decimals_of(percent))
            found.append(Answers(number, percent, least, most, of, "inferred", row))
    printed = {answers.number for answers in found}
    for (where, code, number), (yes, of) in given.items():
        if (where, code) == (report, standard.code) and number not in printed:
            found.append(Answers(number, nan, yes, yes, of, "given"))
    return sorted(found, key=lambda answers: answers.number)


def given_counts(
    counts: Counts | None, inspections: Rows, frameworks: Mapping[int, Framework]
) -> Given:
    """Sort counts that a caller gives by document, standard and number of the question.

    Parameters
    ----------
    counts : array of COUNT_DTYPE, mapping or None
        A mapping is for a single report: its keys are 'V1.1', '2.1/1' or ('2.1', 1), its values
        (yes, cases). Rows of an array find their document by the service's name.
    inspections : array of INSPECTION_DTYPE
    frameworks : mapping of int to Framework
        Framework of each document that has one.

    Raises
    ------
    DataError
        If a count belongs to no document or to several, or is no count.
    """
    if counts is None:
        return {}
    given: Given = {}
    for service, standard, number, yes, cases in _entries(counts, frameworks):
        if not 0 <= yes <= cases or cases < 1:
            raise DataError(f"counts of {standard}/{number}: {yes} of {cases} is no count of cases")
        wanted = same_name(service)
        places = [
            report
            for report, framework in frameworks.items()
            if wanted in ("", same_name(str(inspections[report]["service"])))
            and any(question.number == number for question in _questions(framework, standard))
        ]
        if len(places) != 1:
            what = "no document" if not places else "more than one document"
            raise DataError(
                f"counts of {service or 'the report'} {standard}/{number}: {what} has this service"
                " and this key question"
            )
        given[places[0], standard, number] = (yes, cases)
    return given


def _questions(framework: Framework, code: str) -> tuple[Any, ...]:
    return next((s.questions for s in framework.standards if s.code == code), ())


def _entries(
    counts: Counts, frameworks: Mapping[int, Framework]
) -> Iterable[tuple[str, str, int, int, int]]:
    if not isinstance(counts, Mapping):
        if getattr(counts, "dtype", None) != COUNT_DTYPE:
            raise DataError(
                "counts: expected an array of COUNT_DTYPE, or a mapping such as {'V1.1': (7, 12)}"
            )
        for row in np.atleast_1d(counts):
            yield (
                str(row["service"]),
                str(row["standard"]),
                int(row["number"]),
                int(row["yes"]),
                int(row["cases"]),
            )
        return
    if len(frameworks) != 1:
        raise DataError(
            f"counts: a mapping is for a single report, not for {len(frameworks)};"
            " use an array of COUNT_DTYPE, whose rows name the service"
        )
    for key, value in counts.items():
        if isinstance(key, str):
            standard, _, number = key.replace("/", ".").rpartition(".")
        else:
            standard, number = key
        try:
            yes, cases = value
            yield "", str(standard), int(number), int(yes), int(cases)
        except (TypeError, ValueError):
            raise DataError(
                f"counts: expected {{'V1.1': (7, 12)}}, got {key!r}: {value!r}"
            ) from None
