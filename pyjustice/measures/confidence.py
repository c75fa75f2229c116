"""Bands of key questions, standards and the overall rating, had all eligible cases been seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import BAND_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, Standard
from pyjustice.ground.keyed import key_fields, keyed
from pyjustice.measures.bands import (
    Cuts,
    Prior,
    Probabilities,
    as_prior,
    each_band,
    interval,
    reached,
    with_rounding,
)
from pyjustice.measures.case_ratings import (
    Group,
    QuestionCount,
    StandardRating,
    groups_of,
    overall_of,
    rate_group,
    read_qualitative,
)
from pyjustice.measures.flags import Flag
from pyjustice.measures.margins import overall_answers, question_answers, standard_answers
from pyjustice.measures.ratings import overall, percent_of, place, total

__all__ = ["band_rows"]

Rows: TypeAlias = NDArray[np.void]
Row: TypeAlias = tuple[Any, ...]

# Each case is a term of a sum: beyond this it takes long and comes to what infinity gives.
MOST_ELIGIBLE = 10_000_000

# Bands that a record has room for: p_0 to p_3.
BANDS = 4

SINGLE, INDEPENDENT, DEPENDENT = "single", "independent", "fully dependent"


def band_rows(
    counts: Rows,
    rules: Framework,
    *,
    eligible: Any,
    prior: str | Sequence[float] = "jeffreys",
    rounding: str = "half-up",
    level: float = 0.95,
    qualitative: Mapping[Any, Any] | None = None,
) -> Rows:
    """Compute the rows of `pyjustice.confidence` from counts; parameters as there."""
    if not 0 < level < 1:
        raise DataError(f"level: expected a number between 0 and 1, got {level}")
    if len(rules.ratings) > BANDS:
        raise DataError(f"framework {rules.id}: {len(rules.ratings)} ratings, room for {BANDS}")
    known = as_prior(prior)
    cuts = Cuts(with_rounding(rules, rounding))
    groups = groups_of(counts, rules)
    given = read_qualitative(qualitative, rules, groups)
    rows: list[Row] = []
    for group in groups:
        one = _Group(cuts, group, _eligible(eligible, rules, group), known, level)
        rows += one.rows(rate_group(cuts.rules, group, given[group.key]))
    return np.array(rows, keyed(BAND_DTYPE, key_fields(counts.dtype)))


class _Group:
    """One group's bands; `eligible` is by standard, NaN where it is not known."""

    def __init__(
        self,
        cuts: Cuts,
        group: Group,
        eligible: Mapping[str, float],
        prior: Prior,
        level: float,
    ) -> None:
        self.rules = cuts.rules
        self.cuts = cuts
        self.group = group
        self.eligible = eligible
        self.prior = prior
        self.level = level

    def rows(self, rated: Sequence[StandardRating]) -> Iterator[Row]:
        # For each scenario, P(band or higher) of each standard whose cases are known.
        by_scenario: dict[str, dict[str, Probabilities]] = {INDEPENDENT: {}, DEPENDENT: {}}
        for one in rated:
            standard = one.standard
            counts = [c for c in self.group.counts.get(standard.code, ()) if c.cases]
            chances = []
            for count in counts:
                chances.append(self._reached(standard, count))
                yield self._question(standard, count, chances[-1])
            if one.lowest is None:
                continue
            # Were all cases of one mind, the question least likely to reach a band would decide;
            # were they of none, each could fail by itself.
            product, least = np.prod(chances, axis=0), np.min(chances, axis=0)
            by_scenario[INDEPENDENT][standard.code] = product
            by_scenario[DEPENDENT][standard.code] = least
            if len(counts) == 1:
                yield self._standard(one, counts, SINGLE, least)
            else:
                yield self._standard(one, counts, INDEPENDENT, product)
                yield self._standard(one, counts, DEPENDENT, least)
        ratings = {one.standard.code: one.rating for one in rated}
        if overall_of(self.rules, ratings).rating >= 0 and by_scenario[INDEPENDENT]:
            for scenario, found in by_scenario.items():
                yield self._overall(ratings, scenario, found)

    def _reached(self, standard: Standard, count: QuestionCount) -> Probabilities:
        eligible = self.eligible[standard.code]
        if math.isnan(eligible):
            return np.full(len(self.rules.ratings), np.nan)
        return reached(self.cuts, count.yes, count.cases, eligible, self.prior)

    def _row(
        self,
        standard: str,
        number: int,
        scenario: str,
        rating: int,
        chances: Probabilities,
        *,
        count: QuestionCount | None = None,
        bounds: tuple[float, float] = (math.nan, math.nan),
        eligible: float = math.nan,
        margins: tuple[int, int] = (-1, -1),
        unknown: bool = False,
    ) -> Row:
        bands = each_band(chances)
        return (
            *self.group.key, standard, number, scenario, rating,
            percent_of(count.yes, count.cases) if count else math.nan, *bounds, self.level,
            *bands, *[math.nan] * (BANDS - len(bands)), bands[place(self.rules, rating)],
            count.yes if count else -1, count.cases if count else -1, eligible, *margins,
            self.prior.name, self.rules.bands.rounding, Flag.ELIGIBLE_UNKNOWN if unknown else "",
        )  # fmt: skip

    def _question(self, standard: Standard, count: QuestionCount, chances: Probabilities) -> Row:
        eligible = self.eligible[standard.code]
        unknown = math.isnan(eligible)
        within = math.inf if unknown else eligible
        return self._row(
            standard.code,
            count.number,
            SINGLE,
            self.rules.band_counts(count.yes, count.cases),
            chances,
            count=count,
            bounds=interval(count.yes, count.cases, within, self.prior, self.level),
            eligible=eligible,
            margins=question_answers(self.cuts, count),
            unknown=unknown,
        )

    def _standard(
        self,
        one: StandardRating,
        counts: Sequence[QuestionCount],
        scenario: str,
        chances: Probabilities,
    ) -> Row:
        eligible = self.eligible[one.standard.code]
        return self._row(
            one.standard.code,
            0,
            scenario,
            one.rating,
            chances,
            count=one.lowest,
            eligible=eligible,
            margins=standard_answers(self.cuts, one.standard, counts),
            unknown=math.isnan(eligible),
        )

    def _overall(
        self, ratings: Mapping[str, int], scenario: str, chances: Mapping[str, Probabilities]
    ) -> Row:
        """Add up the points of the standards; ratings that rest on evidence stay what they are."""
        points = total(self.rules, ratings)
        counting = {code: c for code, c in chances.items() if self.rules.standard(code).counts}
        rating = overall(self.rules, points.score, points.maximum)
        at_least = np.full(len(self.rules.ratings), np.nan)
        unknown = any(np.isnan(chance).any() for chance in counting.values())
        if not unknown:
            worth = np.array([self.rules.points(r.code) for r in self.rules.ratings])
            fixed = points.score - sum(self.rules.points(ratings[code]) for code in counting)
            drawn = _sums(list(counting.values()), worth, independent=scenario == INDEPENDENT)
            bands = np.zeros(len(self.rules.ratings))
            for score, chance in drawn.items():
                found = overall(self.rules, fixed + score, points.maximum)
                bands[place(self.rules, _known(found))] += chance
            at_least = np.cumsum(bands[::-1])[::-1]
        margins = overall_answers(self.cuts, self.group, ratings)
        return self._row(
            "", 0, scenario, _known(rating), at_least, margins=margins, unknown=unknown
        )


def _known(rating: int | None) -> int:
    assert rating is not None, "the caller has seen that this maximum has a rule"
    return rating


def _sums(
    chances: Sequence[Probabilities], worth: NDArray[np.int64], *, independent: bool
) -> dict[int, float]:
    """Distribution of the sum of points of several standards.

    Parameters
    ----------
    chances : sequence of arrays
        P(band or higher) of each standard.
    worth : array
        Points of each band.
    independent : bool
        Else one common draw decides all: whatever lifts one standard lifts every other.
    """
    sums = {0: 1.0}
    if independent:
        for at_least in chances:
            more: dict[int, float] = {}
            for points, chance in zip(worth.tolist(), each_band(at_least).tolist(), strict=True):
                for score, own in sums.items():
                    more[score + points] = more.get(score + points, 0.0) + own * chance
            sums = more
        return sums
    edges = np.unique(np.concatenate([[0.0, 1.0], *chances]))
    sums = {}
    for low, high in pairwise(edges.tolist()):
        middle = (low + high) / 2
        score = sum(int(worth[np.count_nonzero(at_least >= middle) - 1]) for at_least in chances)
        sums[score] = sums.get(score, 0.0) + high - low
    return sums


def _eligible(given: Any, rules: Framework, group: Group) -> dict[str, float]:
    """Eligible cases of each standard that has counts; NaN where they are not known."""
    if isinstance(given, Mapping):
        own = given.get(group.key[0] if len(group.key) == 1 else group.key)
        if isinstance(own, Mapping) or (own is not None and not _names_part(given, rules)):
            return _eligible(own, rules, group)
        if any(isinstance(value, Mapping) for value in given.values()):
            raise DataError(f"eligible: nothing is given for {', '.join(group.key)!r}")
        _refuse_unknown(given, rules)
    else:
        _refuse_one_for_several(given, rules, group)
    found = {}
    for code, counts in group.counts.items():
        value = given
        if isinstance(given, Mapping):
            value = given.get(code, given.get(rules.standard(code).domain))
        found[code] = _number(value, code)
        most = max(count.cases for count in counts)
        if found[code] < most:
            raise DataError(f"eligible: {value} for {code}, of which {most} cases were looked at")
    return found


def _refuse_one_for_several(given: Any, rules: Framework, group: Group) -> None:
    """Raise DataError for one number of cases where the sample of each domain has its own.

    The same for all of them are 'not known' and 'without end'.
    """
    seen = [code for code, counts in group.counts.items() if any(one.cases for one in counts)]
    domains = list(dict.fromkeys(rules.standard(code).domain for code in seen))
    if given is None or given == math.inf or len(domains) < 2:
        return
    each = ", ".join(f"{domain!r}: {given}" for domain in domains)
    raise DataError(
        f"eligible: one number, and cases of {len(domains)} domains ({', '.join(domains)}), whose"
        f" samples are drawn apart: say how many for each, such as {{{each}}}"
    )


def _names_part(given: Mapping[Any, Any], rules: Framework) -> bool:
    """Whether the keys are standards or domains, not groups."""
    parts = {standard.code for standard in rules.standards}
    return set(given) <= parts | {standard.domain for standard in rules.standards}


def _refuse_unknown(given: Mapping[Any, Any], rules: Framework) -> None:
    if not _names_part(given, rules):
        domains = dict.fromkeys(standard.domain for standard in rules.standards)
        raise DataError(
            f"eligible: {list(given)!r} are neither domains ({', '.join(domains)}) nor standards"
            f" of {rules.id}, nor groups of these counts"
        )


def _number(value: Any, code: str) -> float:
    if value is None:
        return math.nan
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if math.isnan(number) or number < 0 or not (math.isinf(number) or number.is_integer()):
        raise DataError(f"eligible: expected a whole number for {code}, infinity or None")
    if MOST_ELIGIBLE < number < math.inf:
        raise DataError(f"eligible: more than {MOST_ELIGIBLE:,} for {code}; ask for infinity")
    return number
