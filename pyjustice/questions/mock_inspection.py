"""A mock inspection: ratings from cases, how close they were, what a full look might have said."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, framework
from pyjustice.measures.confidence import band_rows
from pyjustice.measures.exact_margins import CaseAnswers
from pyjustice.measures.margins import margin_rows
from pyjustice.measures.rated_counts import rate_counts
from pyjustice.questions.evidence import Evidence, evidence_of_reports
from pyjustice.readers.case_columns import ColumnMap
from pyjustice.readers.case_files import CaseSource
from pyjustice.readers.case_scan import Progress
from pyjustice.readers.cases import AnyFramework, Cases, OnErrors
from pyjustice.readers.refusals import Refusals
from pyjustice.readers.reports import Reports
from pyjustice.readers.tallies import Key, Tally, case_groups, tally_cases, tally_files

__all__ = ["Ratings", "confidence", "margins", "rate_cases"]

Rows: TypeAlias = NDArray[np.void]
Source: TypeAlias = CaseSource | Sequence[CaseSource] | Cases | Rows | Mapping[str, tuple[int, int]]


class Ratings:
    """Ratings of one group of cases or of many.

    Attributes
    ----------
    questions : numpy.ndarray of RATED_QUESTION_DTYPE
        One row for each group and key question that has counts.
    standards : numpy.ndarray of RATED_STANDARD_DTYPE
        One row for each group and standard: its rating and the key question that set it.
    overall : numpy.ndarray of RATED_OVERALL_DTYPE
        One row for each group: score, maximum and overall rating.
    counts : numpy.ndarray
        What was counted; may be given to `rate_cases`, `confidence` and `margins` again.
    framework : Framework
    by : tuple of str
        What the groups are by; the arrays begin with these fields.
    rows, rows_refused : int
        Rows of the files, and those that could not be read; -1 if rated from counts.
    refused : numpy.ndarray of REFUSED_DTYPE
        The first 1,000 of these, with line and column.

    Examples
    --------
    >>> rated = rate_cases({"2.1/1": (19, 19), "2.1/2": (13, 19)}, "iyjwcv-2025")
    >>> rated.questions[["standard", "number", "percent", "word"]].tolist()
    [('2.1', 1, 100.0, 'Outstanding'), ('2.1', 2, 68.0, 'Good')]
    """

    def __init__(self, rules: Framework, evidence: Evidence) -> None:
        self.framework = rules
        self.counts = evidence.counts
        self.by = evidence.by
        self.questions, self.standards, self.overall = rate_counts(
            evidence.counts, rules, evidence.qualitative, evidence.rows
        )
        refusals = evidence.refused
        self.rows = refusals.rows if refusals is not None else -1
        self.rows_refused = refusals.count if refusals is not None else -1
        self.refused = (refusals or Refusals()).as_array()
        self.evidence = evidence

    def __len__(self) -> int:
        """Count the groups."""
        return len(self.overall)

    def __repr__(self) -> str:
        """Say how many were rated, and of one its rating."""
        parts = [f"{len(self)} group{'s' * (len(self) != 1)} by {', '.join(self.by)}"]
        if len(self) == 1:
            row = self.overall[0]
            parts = [" ".join(filter(None, map(str, list(row)[: len(self.by)]))) or "one group"]
            if row["max_score"] > 0:
                parts.append(f"{row['score']}/{row['max_score']}")
            parts.append(str(row["overall_word"]) or str(row["flag"]))
        if self.rows_refused > 0:
            parts.append(f"{self.rows_refused:,} of {self.rows:,} rows refused")
        return f"<Ratings: {self.framework.id}; {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pyjustice.looks.html_display import ratings_html

        return ratings_html(self)


def rate_cases(
    source: Source,
    framework: AnyFramework | None = None,
    *,
    by: str | Sequence[str] = "service",
    qualitative: Mapping[Any, Any] | None = None,
    columns: ColumnMap | None = None,
    errors: OnErrors = "raise",
    progress: Progress | None = None,
) -> Ratings:
    """Rate cases as an inspection does.

    Parameters
    ----------
    source : path, list of paths, content, Cases, or counts
        Files are counted while they are scanned, so that memory does not grow with them. Counts
        are an array of COUNT_DTYPE or a mapping ``{'2.1/1': (13, 19)}``.
    framework : str, path, dict or Framework
        May be left out for `Cases`, which know theirs.
    by : str or sequence of str
        Roles or headers of columns, or a part of a date: 'started.year',
        'started.financial_year', 'started.quarter', 'started.month'. A file without a service is
        one group.
    qualitative : mapping, optional
        Ratings that rest on evidence: ``{'1.1': 'Good', '4.1': 'Not rated'}``, or such a mapping
        for each group. Words or codes.
    columns, errors, progress
        As for `read_cases`.

    Returns
    -------
    Ratings

    Raises
    ------
    ParseError
        As `read_cases`.
    DataError
        Counts, columns or ratings that cannot mean what is asked of them.

    Notes
    -----
    A key question's percentage is Yes / (Yes + No), printed half up: what does not apply, is not
    known or is blank has no part in it, and is counted beside it. The lowest key question sets a
    standard's rating; points are added over the standards that count and were rated, and a
    standard that was not rated lowers the maximum. How the case-based and the other key question
    of work with victims combine is not published: without a rating for V1 it stays not found.
    Source of the rules: the framework's file.

    Examples
    --------
    >>> counts = {"2.1/1": (19, 19), "2.1/2": (13, 19), "2.2/1": (19, 19), "2.2/2": (16, 19),
    ...           "2.3/1": (19, 19), "2.3/2": (16, 19)}
    >>> rated = rate_cases(counts, "iyjwcv-2025", qualitative={"V1": "Requires improvement"})
    >>> rated
    <Ratings: iyjwcv-2025; one group, 9/12, Good>
    >>> rated.standards[["standard", "word", "percent"]].tolist()[0]
    ('2.1', 'Good', 68.0)
    """
    rules, evidence = _evidence(source, framework, by, qualitative, columns, errors, progress)
    return Ratings(rules, evidence)


def confidence(
    source: Source | Ratings | Reports,
    framework: AnyFramework | None = None,
    *,
    eligible: Any,
    prior: str | Sequence[float] = "jeffreys",
    rounding: str = "half-up",
    level: float = 0.95,
    by: str | Sequence[str] = "service",
    qualitative: Mapping[Any, Any] | None = None,
    columns: ColumnMap | None = None,
) -> Rows:
    """Probability of each band, had the same inspectors looked at all eligible cases.

    Judging in the same way: that is the only question it answers. It is never the chance that a
    rating is true: the rating is of the sample that was inspected, and how inspectors differ in
    their judgement is not in it.

    Parameters
    ----------
    source : Ratings, Report, Reports, or what `rate_cases` takes
        Of a report, key questions whose counts are printed or follow from the sample's size.
    framework, by, qualitative, columns
        As for `rate_cases`; not for `Ratings` and reports, which have theirs.
    eligible : int, mapping, None or infinity
        Cases that started in the window from which the sample was drawn: one number where all
        cases are of one domain, else by domain ``{'2': 45, 'V': 20}`` or standard, since the sample
        of each is drawn apart; or such a mapping for each group. None if it is not
        known: then only intervals and margins are given, as for a service without end.
        ``math.inf`` asks for such a service.
    prior : {'jeffreys', 'uniform'} or (a, b)
        Beta distribution of the service's rate before its cases are seen.
    rounding : {'half-up', 'none'}
        Whether bands are cut on the percentage as it is printed, or on the exact one.
    level : float
        Of the interval.

    Returns
    -------
    numpy.ndarray of BAND_DTYPE
        For each key question a row ('single'); for each standard with several the two scenarios
        'independent' (each question fails by itself) and 'fully dependent' (the weakest question
        decides); for the overall rating (standard '') the same two between standards.
        ``p_0`` to ``p_3`` are the probabilities of the framework's ratings, lowest first,
        ``p_same`` that of the rating itself; ``lower`` and ``upper`` bound a key question's
        percentage among all eligible cases. Under other dependence the truth can lie outside of
        the two scenarios.

    Raises
    ------
    DataError
        `eligible` is less than the cases looked at, is not given for a group, or is one number for
        several domains; other arguments
        out of range; a report without counts.

    Notes
    -----
    With k of n met and N eligible, the N - n others are beta-binomial with parameters a + k and
    b + n - k; the percentage 100 (k + Y) / N is cut by the framework's rule. A census, n = N, is
    certain as far as sampling goes. Jeffreys: a = b = 1/2.

    Examples
    --------
    >>> rows = confidence({"2.1/2": (16, 19)}, "iyjwcv-2025", eligible=24)
    >>> f"{rows['p_same'][0]:.3f}"
    '0.776'
    """
    if isinstance(source, Reports):
        parts = [
            band_rows(one.counts, rules, eligible=eligible, prior=prior, rounding=rounding,
                      level=level, qualitative=one.qualitative)
            for rules, one in evidence_of_reports(source)
        ]  # fmt: skip
        return np.concatenate(parts)
    if isinstance(source, Ratings):
        rules, evidence = source.framework, source.evidence
    else:
        rules, evidence = _evidence(source, framework, by, qualitative, columns)
    return band_rows(evidence.counts, rules, eligible=eligible, prior=prior, rounding=rounding,
                     level=level, qualitative=evidence.qualitative)  # fmt: skip


def margins(
    source: Source | Ratings | Reports,
    framework: AnyFramework | None = None,
    *,
    by: str | Sequence[str] = "service",
    qualitative: Mapping[Any, Any] | None = None,
    columns: ColumnMap | None = None,
) -> Rows:
    """Count the answers, and the cases, that would have to change before a rating moves.

    Parameters
    ----------
    source : Ratings, Report, Reports, or what `rate_cases` takes
    framework, by, qualitative, columns
        As for `rate_cases`; not for `Ratings` and reports, which have theirs.

    Returns
    -------
    numpy.ndarray of MARGIN_DTYPE
        A row for each key question, each standard (number 0) and the overall rating (standard '').
        ``down_answers`` and ``up_answers`` are the fewest answers to lose or to gain before the
        rating moves, -1 if it cannot; ``down_cases`` and ``up_cases`` the fewest cases: one case
        judged otherwise can change an answer to each key question. From `Cases` these are exact;
        from counts alone they are what is needed at least, with the flag 'lower bound'.
        ``down_rating`` and ``up_rating`` are the ratings that it then has, the nearest where
        several ways are as short; -2 where it cannot move.

    Notes
    -----
    Ratings that rest on evidence stay as they are. The overall rating moves by any mix of
    standards whose points add up to enough; all of it is counted in whole numbers.

    Examples
    --------
    >>> rows = margins({"2.1/1": (19, 19), "2.1/2": (13, 19)}, "iyjwcv-2025")
    >>> rows[["number", "down_answers", "down_rating", "up_answers", "up_rating"]].tolist()
    [(1, 4, 2, -1, -2), (2, 1, 1, 3, 3), (0, 1, 1, 3, 3)]
    """
    if isinstance(source, Reports):
        found = evidence_of_reports(source)
        return np.concatenate([margin_rows(e.counts, r, e.qualitative) for r, e in found])
    cases: Mapping[Key, CaseAnswers] | None = None
    if isinstance(source, Ratings):
        rules, evidence = source.framework, source.evidence
    else:
        rules, evidence = _evidence(source, framework, by, qualitative, columns)
        if isinstance(source, Cases):
            cases = case_groups(source, by=evidence.by)
    return margin_rows(evidence.counts, rules, evidence.qualitative, cases)


def _evidence(
    source: Any,
    rules: AnyFramework | None,
    by: str | Sequence[str],
    qualitative: Mapping[Any, Any] | None,
    columns: ColumnMap | None = None,
    errors: OnErrors = "raise",
    progress: Progress | None = None,
) -> tuple[Framework, Evidence]:
    """Count whatever may be given, and name the framework."""
    keys = (by,) if isinstance(by, str) else tuple(by)
    if isinstance(source, Cases):
        tally = tally_cases(source, by=keys)
        own = source.framework
        assert own is not None, "cases without a framework are not tallied"
        if rules is not None and framework(rules).id != own.id:
            raise DataError(f"framework: these cases were read by {own.id}")
        return own, _of_tally(tally, qualitative)
    if rules is None:
        raise DataError("framework: expected which one, such as 'iyjs-2025'")
    known = framework(rules)
    if isinstance(source, Mapping):
        return known, Evidence(_counts_of(source), qualitative)
    if isinstance(source, np.ndarray):
        if source.dtype.names is None:
            raise DataError("counts: expected a structured array such as COUNT_DTYPE")
        return known, Evidence(np.atleast_1d(source), qualitative)
    if not _is_one(source) and (hasattr(source, "columns") or not isinstance(source, Iterable)):
        # A frame of pandas or polars would iterate as the names of its columns.
        raise TypeError(
            f"expected cases, counts or files, got {type(source).__name__}; of a frame, give the"
            " text: frame.to_csv(index=False)"
        )
    sources = [source] if _is_one(source) else list(source)
    tally = tally_files(sources, known, by=keys, columns=columns, errors=errors, progress=progress)
    return known, _of_tally(tally, qualitative)


def _is_one(source: Any) -> bool:
    kinds = (str, bytes, bytearray, memoryview, os.PathLike)
    return isinstance(source, kinds) or hasattr(source, "read")


def _of_tally(tally: Tally, qualitative: Mapping[Any, Any] | None) -> Evidence:
    return Evidence(tally.counts, qualitative, tally.rows, tally.refused)


def _counts_of(given: Mapping[str, tuple[int, int]]) -> Rows:
    """Counts from ``{'2.1/1': (13, 19)}``, for one group without a name."""
    from pyjustice.ground.dtypes import COUNT_DTYPE

    rows = np.zeros(len(given), COUNT_DTYPE)
    for row, (key, value) in zip(rows, given.items(), strict=True):
        standard, _, number = str(key).replace("/", ".").rpartition(".")
        try:
            yes, cases = (int(part) for part in value)
            row["number"] = int(number)
        except (TypeError, ValueError):
            raise DataError(f"counts: expected {{'2.1/1': (13, 19)}}, got {key!r}") from None
        row["standard"], row["yes"], row["cases"] = standard, yes, cases
    return rows
