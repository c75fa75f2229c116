"""Ratings of many groups at once: what `case_ratings` says of one, on columns of counts.

The two must agree; a test sets them side by side. Columns, since a user rates hundreds of services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from pyjustice.ground.frameworks import Framework, Standard
from pyjustice.ground.keyed import KEY_LENGTH, key_fields, keyed
from pyjustice.ground.shorten import cut
from pyjustice.measures.case_ratings import (
    Group,
    Key,
    broken_rules,
    count_fields,
    groups_of,
    judged_questions,
    overall_of,
    read_qualitative,
)
from pyjustice.measures.flags import Flag

__all__ = ["rate_counts"]

Rows: TypeAlias = NDArray[np.void]
Column: TypeAlias = NDArray[Any]
Places: TypeAlias = NDArray[np.intp]

# Counts up to this are multiplied in int64; of larger ones Python's integers are exact.
_MOST = 2**31
_ABSENT = -9  # in place of a rating: there is no row for it
_SOURCES = np.array(["", "cases", "qualitative"])
_NOWHERE, _CASES, _EVIDENCE = range(len(_SOURCES))


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
    table = _Questions(counts, rules)
    given = read_qualitative(qualitative, rules, [Group(key, {}) for key in table.groups])
    rated = _Standards(table, rules, [given[key] for key in table.groups])
    return (
        table.rows(rated.lowest),
        rated.rows(table),
        _overall_rows(table, rated, [(rows or {}).get(key, -1) for key in table.groups]),
    )


class _Questions:
    """Counts as arrays of groups by key questions, these in the order of the framework."""

    def __init__(self, counts: Rows, rules: Framework) -> None:
        self.rules = rules
        self.fields = count_fields(counts)
        self.keys = key_fields(counts.dtype)
        self.asked = [
            (place, number)
            for place, standard in enumerate(rules.standards)
            for number in sorted(judged_questions(standard))
        ]
        places = {
            (rules.standards[place].code, number): q for q, (place, number) in enumerate(self.asked)
        }
        numbers: dict[Key, int] = {}
        group, question = [], []
        for *key, standard, number in counts[[*self.keys, "standard", "number"]].tolist():
            group.append(numbers.setdefault(tuple(map(str, key)), len(numbers)))
            question.append(places.get((str(standard), int(number)), -1))
        self.groups = list(numbers)
        cells = np.array(group, np.intp), np.array(question, np.intp)
        shape = (len(self.groups), len(self.asked))
        self.present: NDArray[np.bool_] = np.zeros(shape, bool)
        self.present[cells] = True
        yes, cases = counts["yes"], counts["cases"]
        fine = min(question, default=0) >= 0 and np.all((yes >= 0) & (yes <= cases))
        if not fine or self.present.sum() < len(question):
            groups_of(counts, rules)  # raises, and says which
        exact = np.int64 if counts.size == 0 or cases.max() < _MOST else object
        self.figures = {}
        for name in self.fields:
            self.figures[name] = np.zeros(shape, exact)
            self.figures[name][cells] = counts[name].astype(np.int64)
        self._judge()

    def _judge(self) -> None:
        """Rate each question: `rating`, `percent`, and whether rounding decides between two."""
        yes, cases = self.figures["yes"], self.figures["cases"]
        self.answered = (cases > 0).astype(bool)
        whole = np.where(self.answered, cases, 1)
        printed = (200 * yes + whole) // (2 * whole)
        as_printed, exactly = self._band(printed, 1), self._band(100 * yes, whole)
        half_up = self.rules.bands.rounding == "half-up"
        self.rating = np.where(self.answered, as_printed if half_up else exactly, Rating.NOT_RATED)
        self.percent = np.where(self.answered, printed.astype(np.float64), np.nan)
        self.decides = self.answered & (as_printed != exactly)
        lost = [self.figures[name] for name in ("dont_know", "blank") if name in self.figures]
        self.incomplete = np.zeros(self.present.shape, bool)
        for column in lost:
            self.incomplete |= column != 0

    def _band(self, part: Column, whole: Column | int) -> Column:
        """Ratings of percentages ``part / whole``, as `Bands.reached` has them."""
        codes = np.array([rating.code for rating in self.rules.ratings])
        bands = self.rules.bands
        upper = bands.boundary == "upper"
        share = part // whole if upper else -(-part // whole)
        place = np.zeros(self.present.shape, np.intp)
        for bound in bands.lower[1:]:
            place += (share >= bound if upper else share > bound).astype(bool)
        return codes[place]

    def lowest(self, columns: Places) -> Places:
        """Of some questions that all have answers, the first of the lowest in each group."""
        yes, cases = self.figures["yes"], self.figures["cases"]
        lowest = np.full(len(self.groups), columns[0])
        every = np.arange(len(self.groups))
        for q in columns[1:]:
            lower = yes[:, q] * cases[every, lowest] < yes[every, lowest] * cases[:, q]
            lowest = np.where(lower.astype(bool), q, lowest)
        return lowest

    def fill(self, dtype: np.dtype[np.void], group: Places, columns: Mapping[str, Any]) -> Rows:
        """Return records of these groups."""
        made = np.zeros(len(group), keyed(dtype, self.keys))
        names = np.array(self.groups, f"U{KEY_LENGTH}").reshape(len(self.groups), len(self.keys))
        for i, key in enumerate(self.keys):
            made[key] = names[group, i]
        for name, column in {"framework": self.rules.id, **columns}.items():
            made[name] = column
        return made

    def rows(self, lowest: Places) -> Rows:
        """Return the records of questions; `lowest` of each group and standard set its rating."""
        group, q = np.nonzero(self.present)
        standards = self.rules.standards
        texts = [
            next(asked.text for asked in standards[place].questions if asked.number == number)
            for place, number in self.asked
        ]
        place = np.array([place for place, _ in self.asked], np.intp)
        flag = np.select(
            [~self.answered, self.decides, self.incomplete],
            [Flag.NO_CASES.value, Flag.ROUNDING_DECIDES.value, Flag.ANSWERS_MISSING.value],
            "",
        )
        columns = {
            "standard": np.array([one.code for one in standards])[place[q]],
            "number": np.array([number for _, number in self.asked], np.int64)[q],
            "question": _texts(texts, 160)[q],
            "percent": self.percent[group, q],
            "rating": self.rating[group, q],
            "word": _words(self.rules, self.rating[group, q]),
            "lowest": lowest[group, place[q]] == q,
            "flag": flag[group, q],
        }
        figures = {name: self.figures[name][group, q] for name in self.fields}
        return self.fill(RATED_QUESTION_DTYPE, group, figures | columns)


class _Standards:
    """Ratings as arrays of groups by standards, `_ABSENT` where a group has no row of one."""

    def __init__(
        self, table: _Questions, rules: Framework, given: Sequence[Mapping[str, int]]
    ) -> None:
        self.rules = rules
        shape = (len(table.groups), len(rules.standards))
        self.rating = np.full(shape, _ABSENT)
        self.source = np.full(shape, _NOWHERE)
        self.flag = np.full(shape, "", "U32")
        self.lowest = np.full(shape, -1, np.intp)
        for place, standard in enumerate(rules.standards):
            evidence = np.array([one.get(standard.code, _ABSENT) for one in given], np.intp)
            columns = np.array([q for q, (own, _) in enumerate(table.asked) if own == place], int)
            self._rate(table, place, standard, evidence, columns)
        # A few ratings make few combinations: each is judged once.
        kinds: dict[tuple[int, ...], int] = {}
        rows = map(tuple, self.rating.tolist())
        self.kind = np.array([kinds.setdefault(row, len(kinds)) for row in rows], np.intp)
        codes = [standard.code for standard in rules.standards]
        self.kinds = [
            {code: rating for code, rating in zip(codes, row, strict=True) if rating != _ABSENT}
            for row in kinds
        ]
        for kind, ratings in enumerate(self.kinds):
            for code, flag in broken_rules(rules, ratings).items():
                self.flag[self.kind == kind, codes.index(code)] = flag

    def _rate(
        self, table: _Questions, place: int, standard: Standard, evidence: Column, columns: Places
    ) -> None:
        """Rate one standard in every group; the conditions are those of `rate_group`."""
        by_cases = standard.rated_by in ("questions", "score")
        counted = table.present[:, columns].any(axis=1)
        answered = table.answered[:, columns]
        given = evidence != _ABSENT
        from_cases = answered.any(axis=1) & by_cases
        if (from_cases & given).any():
            raise DataError(f"qualitative: {standard.code} is rated from its cases; leave it out")
        whole = from_cases & answered.all(axis=1)
        partly = from_cases & ~whole
        without = counted & by_cases & ~from_cases & ~given
        if whole.any():
            lowest = np.where(whole, table.lowest(columns), -1)
            rows = np.flatnonzero(whole)
            self.lowest[:, place] = lowest
            self.rating[rows, place] = table.rating[rows, lowest[rows]]
            incomplete = table.incomplete[rows][:, columns].any(axis=1)
            self.flag[rows, place] = np.where(
                table.decides[rows, lowest[rows]],
                Flag.ROUNDING_DECIDES.value,
                np.where(incomplete, Flag.ANSWERS_MISSING.value, ""),
            )
        self.source[whole | without, place] = _CASES
        self.rating[given, place] = evidence[given]
        self.source[given, place] = _EVIDENCE
        rest = (counted | standard.core) & ~from_cases & ~given & ~without
        for some, rating, flag in (
            (partly, Rating.NOT_FOUND, Flag.QUESTION_WITHOUT_ANSWERS),
            (without, Rating.NOT_RATED, Flag.NO_CASES),
            (rest, Rating.NOT_FOUND, Flag.NOT_GIVEN),
        ):
            self.rating[some, place] = rating
            self.flag[some, place] = flag.value

    def rows(self, table: _Questions) -> Rows:
        """Return the records of standards."""
        group, place = np.nonzero(self.rating != _ABSENT)
        lowest, rating = self.lowest[group, place], self.rating[group, place]
        known = np.flatnonzero(lowest >= 0)
        standards = self.rules.standards
        columns: dict[str, Column] = {
            "standard": np.array([one.code for one in standards])[place],
            "title": _texts([one.title for one in standards], 96)[place],
            "domain": np.array([one.domain for one in standards])[place],
            "rating": rating,
            "word": _words(self.rules, rating),
            "counts": np.array([one.counts for one in standards])[place],
            "rated_by": _SOURCES[self.source[group, place]],
            "flag": self.flag[group, place],
        }
        numbers = np.array([number for _, number in table.asked], np.int64)
        columns["number"] = np.full(len(group), -1)
        columns["number"][known] = numbers[lowest[known]]
        columns["percent"] = np.full(len(group), np.nan)
        columns["percent"][known] = table.percent[group[known], lowest[known]]
        for name in ("yes", "cases"):
            columns[name] = np.full(len(group), -1)
            columns[name][known] = table.figures[name][group[known], lowest[known]]
        return table.fill(RATED_STANDARD_DTYPE, group, columns)


def _overall_rows(table: _Questions, rated: _Standards, rows: Sequence[int]) -> Rows:
    """Return the records of overall ratings."""
    found = [overall_of(rated.rules, ratings) for ratings in rated.kinds]
    kind = rated.kind
    overall = np.array([one.rating for one in found], np.int64)[kind]
    columns = {
        "rows": np.array(rows, np.int64),
        "score": np.array([one.score for one in found], np.int64)[kind],
        "max_score": np.array([one.maximum for one in found], np.int64)[kind],
        "overall": overall,
        "overall_word": _words(rated.rules, overall),
        "missing": _texts([", ".join(one.missing) for one in found], 96)[kind],
        "flag": np.array([str(one.flag) for one in found], "U32")[kind],
    }
    return table.fill(RATED_OVERALL_DTYPE, np.arange(len(table.groups)), columns)


def _words(rules: Framework, ratings: Column) -> NDArray[np.str_]:
    """Return the words of an array of ratings."""
    first = int(Rating.NOT_FOUND)  # the lowest code there is
    codes = {first, int(Rating.NOT_RATED), *(rating.code for rating in rules.ratings)}
    words = [rules.word(code) if code in codes else "" for code in range(first, max(codes) + 1)]
    return np.take(np.array(words), ratings - first)


def _texts(texts: Sequence[str], length: int) -> NDArray[np.str_]:
    """Return texts no longer than a field; a cut shows."""
    short = [cut(text, length) for text in texts]
    return np.array(short, f"U{length}")
