"""Ratings from counts of answers: key questions to standards to an overall rating.

The rules are the framework's; nothing here knows a threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import (
    RATED_OVERALL_DTYPE,
    RATED_QUESTION_DTYPE,
    RATED_STANDARD_DTYPE,
)
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, Standard, fold
from pyjustice.ground.keyed import key_fields, keyed
from pyjustice.ground.shorten import cut
from pyjustice.measures.flags import Flag
from pyjustice.measures.ratings import (
    Verdict,
    judge,
    overall,
    percent_of,
    rating_either_way,
    total,
)

__all__ = [
    "Group",
    "QuestionCount",
    "StandardRating",
    "groups_of",
    "judged_questions",
    "overall_of",
    "rate_counts",
    "rate_group",
    "read_qualitative",
]

Rows: TypeAlias = NDArray[np.void]
Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """Answers to one key question: `yes` of `cases`, and those that are no part of the share."""

    number: int
    yes: int
    cases: int
    not_applicable: int = 0
    dont_know: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of one group, by standard, each in the order of the questions' numbers."""

    key: Key
    counts: Mapping[str, tuple[QuestionCount, ...]]


@dataclass(frozen=True, slots=True)
class StandardRating:
    """The rating of one standard of a group, and the key question that set it.

    `rated_by` is 'cases', 'qualitative' or '' for none; `lowest` is None where no question did.
    """

    standard: Standard
    rating: int
    rated_by: str
    flag: str
    lowest: QuestionCount | None = None


def judged_questions(standard: Standard) -> list[int]:
    """Numbers of the key questions of a standard that cases are judged on."""
    if standard.rated_by == "evidence":
        return []
    return [question.number for question in standard.questions if question.has_percent]


def groups_of(counts: Rows, rules: Framework) -> list[Group]:
    """Sort counts by group and standard, in the order in which the groups first appear.

    Parameters
    ----------
    counts : structured array
        Key fields, then ``standard``, ``number``, ``yes``, ``cases`` and, if known,
        ``not_applicable``, ``dont_know``, ``blank``.
    rules : Framework

    Raises
    ------
    DataError
        A count that is none, of a question that the framework does not have, or given twice.
    """
    names = set(counts.dtype.names or ())
    if not {"standard", "number", "yes", "cases"} <= names:
        raise DataError("counts: expected the fields standard, number, yes and cases")
    keys = key_fields(counts.dtype)
    extra = [name for name in ("not_applicable", "dont_know", "blank") if name in names]
    _refuse_fractions(counts, ["number", "yes", "cases", *extra])
    asked = {standard.code: judged_questions(standard) for standard in rules.standards}
    sorted_: dict[Key, dict[str, dict[int, QuestionCount]]] = {}
    figures = ["number", "yes", "cases", *extra]
    for texts, numbers in zip(
        counts[[*keys, "standard"]].tolist(), counts[figures].tolist(), strict=True
    ):
        *names_of_group, code = map(str, texts)
        key = tuple(names_of_group)
        number, *rest = map(int, numbers)
        count = QuestionCount(number, **dict(zip(figures[1:], rest, strict=True)))
        where = f"counts of {' '.join(filter(None, (*key, f'{code}/{number}')))}"
        if number not in asked.get(code, ()):
            raise DataError(f"{where}: {rules.id} judges no cases on such a key question")
        if not 0 <= count.yes <= count.cases:
            raise DataError(f"{where}: {count.yes} of {count.cases} is no count of cases")
        own = sorted_.setdefault(key, {}).setdefault(code, {})
        if number in own:
            raise DataError(f"{where}: given twice")
        own[number] = count
    return [
        Group(key, {code: tuple(own[n] for n in sorted(own)) for code, own in standards.items()})
        for key, standards in sorted_.items()
    ]


def _refuse_fractions(counts: Rows, names: Sequence[str]) -> None:
    """Other tools hand whole numbers over as floats; a part of a case, or NaN, is no count."""
    for name in names:
        column = counts[name]
        whole = column.dtype.kind in "iu" or (
            column.dtype.kind == "f" and np.all(np.isfinite(column) & (column == np.floor(column)))
        )
        if not whole:
            raise DataError(f"counts: expected whole numbers in the field {name}")


def read_qualitative(
    given: Mapping[Any, Any] | None, rules: Framework, groups: Sequence[Group]
) -> dict[Key, dict[str, int]]:
    """Sort ratings that rest on evidence by group.

    Parameters
    ----------
    given : mapping or None
        ``{'1.1': 'Good', '4.1': 'Not rated'}`` for all groups, or such a mapping for each: the
        service, or a tuple of what the groups are by, to its ratings. Words or codes.

    Raises
    ------
    DataError
        No such standard, rating or group.
    """
    if given is not None and not isinstance(given, Mapping):
        raise DataError("qualitative: expected a mapping such as {'1.1': 'Good'}")
    found: dict[Key, dict[str, int]] = {group.key: {} for group in groups}
    if not given:
        return found
    nested = [isinstance(value, Mapping) for value in given.values()]
    if any(nested) and not all(nested):
        raise DataError("qualitative: expected ratings, or a mapping of ratings for each group")
    if not any(nested):
        ratings = {str(code): _rating(rules, code, rating) for code, rating in given.items()}
        return {key: dict(ratings) for key in found}
    for name, ratings in given.items():
        key = tuple(map(str, name)) if isinstance(name, tuple) else (str(name),)
        if key not in found:
            known = ", ".join(repr(k[0] if len(k) == 1 else k) for k in list(found)[:8])
            raise DataError(f"qualitative: no group {name!r}; there are {known}")
        found[key] = {str(code): _rating(rules, code, rating) for code, rating in ratings.items()}
    return found


def _rating(rules: Framework, code: object, rating: object) -> int:
    rules.standard(str(code))
    words = {fold(word): r.code for r in rules.ratings for word in (r.word, *r.variants)}
    words[fold(Rating.NOT_RATED.word)] = int(Rating.NOT_RATED)
    if isinstance(rating, str):
        if fold(rating) in words:
            return words[fold(rating)]
    elif isinstance(rating, int | np.integer) and int(rating) in words.values():
        return int(rating)
    known = ", ".join([*(r.word for r in rules.ratings), Rating.NOT_RATED.word])
    raise DataError(f"qualitative: {code} is {rating!r}; expected one of {known}")


def rate_group(
    rules: Framework, group: Group, qualitative: Mapping[str, int]
) -> list[StandardRating]:
    """Rate the standards of one group.

    The lowest key question sets a standard's rating; of several that are lowest, the first. A
    standard whose rating rests on evidence has the one given.

    Raises
    ------
    DataError
        A rating is given for a standard that has counts and is rated from them.
    """
    rated = []
    for standard in rules.standards:
        counts = group.counts.get(standard.code, ())
        given = qualitative.get(standard.code)
        if standard.rated_by in ("questions", "score") and any(c.cases for c in counts):
            if given is not None:
                raise DataError(
                    f"qualitative: {standard.code} is rated from its cases; leave it out"
                )
            rated.append(_from_cases(rules, standard, counts))
        elif given is not None:
            rated.append(StandardRating(standard, given, "qualitative", ""))
        elif standard.rated_by in ("questions", "score") and counts:
            rated.append(StandardRating(standard, Rating.NOT_RATED, "cases", Flag.NO_CASES))
        elif standard.core or counts:
            rated.append(StandardRating(standard, Rating.NOT_FOUND, "", Flag.NOT_GIVEN))
    return _with_decision_rules(rules, rated)


def _from_cases(
    rules: Framework, standard: Standard, counts: Sequence[QuestionCount]
) -> StandardRating:
    answered = [count for count in counts if count.cases]
    if len(answered) < len(judged_questions(standard)):
        return StandardRating(standard, Rating.NOT_FOUND, "", Flag.QUESTION_WITHOUT_ANSWERS)
    lowest = min(answered, key=lambda c: (Fraction(c.yes, c.cases), c.number))
    rating = rules.band_counts(lowest.yes, lowest.cases)
    flag = ""
    if len(rating_either_way(rules, lowest.yes, lowest.cases)) > 1:
        flag = Flag.ROUNDING_DECIDES
    elif any(c.dont_know or c.blank for c in counts):
        flag = Flag.ANSWERS_MISSING
    return StandardRating(standard, rating, "cases", flag, lowest)


def _with_decision_rules(rules: Framework, rated: Sequence[StandardRating]) -> list[StandardRating]:
    """Flag ratings that were given though a decision rule of the framework speaks against them."""
    ratings = {one.standard.code: one.rating for one in rated}
    flags: dict[str, str] = {}
    for rule in sorted(rules.rules, key=lambda rule: rule.force == "hard"):  # the last one stays
        given = ratings.get(rule.standard, int(Rating.NOT_FOUND))
        if given >= 0 and judge(rules, rule, given, ratings) is Verdict.BROKEN:
            hard = rule.force == "hard"
            flags[rule.standard] = Flag.HARD_RULE_BROKEN if hard else Flag.USUAL_RULE_NOT_FOLLOWED
    return [
        replace(one, flag=flags[one.standard.code]) if one.standard.code in flags else one
        for one in rated
    ]


@dataclass(frozen=True, slots=True)
class Overall:
    """A total and what it comes to; with `missing` standards it is a part."""

    score: int
    maximum: int
    rating: int
    missing: tuple[str, ...]
    flag: str


def overall_of(rules: Framework, ratings: Mapping[str, int]) -> Overall:
    """Overall rating of a group: points added, standards that were not rated left out."""
    if rules.totals is None or not rules.gives_overall:
        return Overall(-1, -1, Rating.NOT_RATED, (), Flag.NO_OVERALL_GIVEN)
    points = total(rules, ratings)
    if points.missing:
        rating, flag = int(Rating.NOT_FOUND), Flag.MISSING_RATINGS
        return Overall(points.score, points.maximum, rating, points.missing, flag)
    found = overall(rules, points.score, points.maximum)
    if found is None:
        unknown = int(Rating.NOT_FOUND)
        return Overall(points.score, points.maximum, unknown, (), Flag.MAXIMUM_NOT_KNOWN)
    return Overall(points.score, points.maximum, found, (), "")


def rate_counts(
    counts: Rows,
    rules: Framework,
    qualitative: Mapping[Any, Any] | None = None,
    rows: Mapping[Key, int] | None = None,
) -> tuple[Rows, Rows, Rows]:
    """Rate every group of an array of counts.

    Parameters
    ----------
    counts : structured array
        As for `groups_of`.
    rules : Framework
    qualitative : mapping, optional
        As for `read_qualitative`.
    rows : mapping, optional
        Cases of each group, where they are known.

    Returns
    -------
    questions, standards, overall : structured arrays
        RATED_QUESTION, RATED_STANDARD and RATED_OVERALL, with the key fields of the counts.
    """
    groups = groups_of(counts, rules)
    given = read_qualitative(qualitative, rules, groups)
    keys = key_fields(counts.dtype)
    questions: list[tuple[Any, ...]] = []
    standards: list[tuple[Any, ...]] = []
    overalls: list[tuple[Any, ...]] = []
    for group in groups:
        rated = rate_group(rules, group, given[group.key])
        for one in rated:
            questions += _question_rows(rules, group, one)
            standards.append(_standard_row(rules, group, one))
        found = overall_of(rules, {one.standard.code: one.rating for one in rated})
        overalls.append(
            (*group.key, rules.id, (rows or {}).get(group.key, -1), found.score, found.maximum,
             found.rating, rules.word(found.rating), cut(", ".join(found.missing), 96), found.flag)
        )  # fmt: skip
    return (
        np.array(questions, keyed(RATED_QUESTION_DTYPE, keys)),
        np.array(standards, keyed(RATED_STANDARD_DTYPE, keys)),
        np.array(overalls, keyed(RATED_OVERALL_DTYPE, keys)),
    )


def _question_rows(
    rules: Framework, group: Group, one: StandardRating
) -> Iterator[tuple[Any, ...]]:
    texts = {question.number: question.text for question in one.standard.questions}
    for count in group.counts.get(one.standard.code, ()):
        rating, percent, flag = int(Rating.NOT_RATED), float("nan"), str(Flag.NO_CASES)
        if count.cases:
            rating = rules.band_counts(count.yes, count.cases)
            percent = percent_of(count.yes, count.cases)
            decides = len(rating_either_way(rules, count.yes, count.cases)) > 1
            missing = count.dont_know or count.blank
            flag = Flag.ROUNDING_DECIDES if decides else Flag.ANSWERS_MISSING if missing else ""
        yield (
            *group.key, rules.id, one.standard.code, count.number, cut(texts[count.number], 160),
            count.yes, count.cases, count.not_applicable, count.dont_know, count.blank, percent,
            rating, rules.word(rating), count is one.lowest, flag,
        )  # fmt: skip


def _standard_row(rules: Framework, group: Group, one: StandardRating) -> tuple[Any, ...]:
    lowest = one.lowest
    figures = (
        (lowest.number, percent_of(lowest.yes, lowest.cases), lowest.yes, lowest.cases)
        if lowest
        else (-1, float("nan"), -1, -1)
    )
    return (
        *group.key, rules.id, one.standard.code, cut(one.standard.title, 96), one.standard.domain,
        one.rating, rules.word(one.rating), one.standard.counts, *figures, one.rated_by, one.flag,
    )  # fmt: skip
