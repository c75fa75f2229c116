"""How far ratings are from moving, in answers and in cases; whole numbers throughout.

An answer is one key question about one case. One case has an answer to every key question of its
domain, so that one case judged otherwise can change several answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import MARGIN_DTYPE
from pyjustice.ground.frameworks import Framework, Standard
from pyjustice.ground.keyed import key_fields, keyed
from pyjustice.measures.bands import Cuts
from pyjustice.measures.case_ratings import (
    Group,
    Key,
    QuestionCount,
    groups_of,
    overall_of,
    rate_group,
    read_qualitative,
)
from pyjustice.measures.exact_margins import CaseAnswers, fewest_cases
from pyjustice.measures.flags import Flag
from pyjustice.measures.moves import Move, overall_moves, points_to_move, standard_moves
from pyjustice.measures.ratings import overall, total

__all__ = ["margin_rows", "overall_answers", "question_answers", "standard_answers"]

Rows: TypeAlias = NDArray[np.void]
Pair: TypeAlias = tuple[int, int]
Option: TypeAlias = tuple[int, int]  # points, and what they cost

NONE = -1  # nothing moves it
NOWHERE = int(Rating.NOT_FOUND)  # the rating that it then gets to


def question_answers(cuts: Cuts, count: QuestionCount) -> Pair:
    """Answers to lose, and to gain, before a key question's band moves; -1 if it cannot."""
    least = cuts.least(count.cases)
    band = cuts.band(count.yes, count.cases)
    down = count.yes - least[band] + 1 if band else NONE
    higher = [need for need in least[band + 1 :] if need <= count.cases]
    return down, higher[0] - count.yes if higher else NONE


def overall_answers(cuts: Cuts, group: Group, ratings: Mapping[str, int]) -> Pair:
    """Answers to lose, and to gain, before the overall rating moves; -1 if cases cannot move it."""
    down, up = (_overall(cuts, group, ratings, up=up)[0] for up in (False, True))
    return down, up


def margin_rows(
    counts: Rows,
    rules: Framework,
    qualitative: Mapping[Any, Any] | None = None,
    cases: Mapping[Key, CaseAnswers] | None = None,
) -> Rows:
    """Compute the rows of `pyjustice.margins`.

    Parameters
    ----------
    counts : structured array
        As for `groups_of`.
    rules : Framework
    qualitative : mapping, optional
        As for `read_qualitative`.
    cases : mapping, optional
        The answers of each group, case by case: with them the numbers of cases are exact.
    """
    groups = groups_of(counts, rules)
    given = read_qualitative(qualitative, rules, groups)
    cuts = Cuts(rules)
    rows = [
        row
        for group in groups
        for row in _group_rows(cuts, group, given[group.key], (cases or {}).get(group.key))
    ]
    return np.array(rows, keyed(MARGIN_DTYPE, key_fields(counts.dtype)))


def _group_rows(
    cuts: Cuts, group: Group, qualitative: Mapping[str, int], answers: CaseAnswers | None
) -> Iterator[tuple[Any, ...]]:
    rules = cuts.rules

    def row(
        code: str, number: int, rating: int, moved: Pair, by_cases: Pair, there: Pair, exact: bool,
        count: QuestionCount | None = None,
    ) -> tuple[Any, ...]:  # fmt: skip
        figures = (count.yes, count.cases) if count else (-1, -1)
        flag = "" if exact or by_cases == (NONE, NONE) else Flag.LOWER_BOUND
        word = rules.word(rating)
        return (*group.key, code, number, rating, word, *figures, *moved, *by_cases, *there, flag)

    rated = rate_group(rules, group, qualitative)
    for one in rated:
        counts = [c for c in group.counts.get(one.standard.code, ()) if c.cases]
        for count in counts:
            moved = question_answers(cuts, count)
            rating = rules.band_counts(count.yes, count.cases)
            there = _question_ratings(rules, count, moved)
            yield row(one.standard.code, count.number, rating, moved, moved, there, True, count)
        if one.lowest is None:
            continue
        moved, by_cases, exact = _standard(cuts, one.standard, counts, answers)
        there = _standard_ratings(cuts, one.standard, counts, moved)
        yield row(one.standard.code, 0, one.rating, moved, by_cases, there, exact, one.lowest)
    ratings = {one.standard.code: one.rating for one in rated}
    found = overall_of(rules, ratings)
    if found.rating < 0:
        return
    ways = [_overall(cuts, group, ratings, up=up, answers=answers) for up in (False, True)]
    exact = all(way[2] for way in ways)
    moved, by_cases = (ways[0][0], ways[1][0]), (ways[0][1], ways[1][1])
    there = _overall_ratings(rules, ratings, moved)
    yield row("", 0, found.rating, moved, by_cases, there, exact)


def _question_ratings(rules: Framework, count: QuestionCount, moved: Pair) -> Pair:
    """Ratings that a question gets to when so many answers are lost, or gained."""
    down, up = moved
    return (
        rules.band_counts(count.yes - down, count.cases) if down != NONE else NOWHERE,
        rules.band_counts(count.yes + up, count.cases) if up != NONE else NOWHERE,
    )


def _standard_ratings(
    cuts: Cuts, standard: Standard, counts: Sequence[QuestionCount], moved: Pair
) -> Pair:
    """Ratings that a standard gets to by its fewest answers: of several the nearest."""

    def there(needs: Mapping[int, int], sign: int) -> int:
        return min(cuts.band(c.yes + sign * needs.get(c.number, 0), c.cases) for c in counts)

    found = []
    for up, fewest, nearest in ((False, moved[0], max), (True, moved[1], min)):
        moves = standard_moves(cuts, standard, counts, up=up)
        places = [there(m.needs, 1 if up else -1) for m in moves if m.answers == fewest]
        found.append(cuts.rules.ratings[nearest(places)].code if places else NOWHERE)
    return found[0], found[1]


def _overall_ratings(rules: Framework, ratings: Mapping[str, int], moved: Pair) -> Pair:
    """Nearest overall ratings below and above, where cases can get there."""
    points = total(rules, ratings)
    found = []
    for up, fewest in ((False, moved[0]), (True, moved[1])):
        score = points.score + points_to_move(rules, ratings, up=up) * (1 if up else -1)
        there = overall(rules, score, points.maximum) if fewest != NONE else None
        found.append(NOWHERE if there is None else there)
    return found[0], found[1]


def standard_answers(cuts: Cuts, standard: Standard, counts: Sequence[QuestionCount]) -> Pair:
    """Answers to lose, and to gain, before a standard's rating moves; -1 if it cannot."""
    return _standard(cuts, standard, counts, None)[0]


def _standard(
    cuts: Cuts, standard: Standard, counts: Sequence[QuestionCount], answers: CaseAnswers | None
) -> tuple[Pair, Pair, bool]:
    """Answers and cases, down and up, and whether the cases are exact."""
    down = min((m.answers for m in standard_moves(cuts, standard, counts, up=False)), default=NONE)
    # One question falls, each answer of it another case's: cases are answers.
    ways = list(standard_moves(cuts, standard, counts, up=True))
    up = min((move.answers for move in ways), default=NONE)
    bound = min((move.cases for move in ways), default=NONE)
    # As many cases as answers are always enough: if no fewer can be, they are the fewest.
    exact = bound == up
    if answers is not None and not exact:
        bound, exact = fewest_cases([ways], 0, answers, up=True, least=bound)
    return (down, up), (down, bound), exact


def _overall(
    cuts: Cuts,
    group: Group,
    ratings: Mapping[str, int],
    *,
    up: bool,
    answers: CaseAnswers | None = None,
) -> tuple[int, int, bool]:
    """Answers and cases that move the overall rating one way, and whether the cases are exact."""
    wanted = points_to_move(cuts.rules, ratings, up=up)
    ways = overall_moves(cuts, group, ratings, up=up) if wanted > 0 else []
    fewest = _cheapest([[(m.points, m.answers) for m in moves] for moves in ways], wanted)
    if fewest == NONE:
        return NONE, NONE, True
    # Whoever the cases are, even if one answers for two domains, it takes as many as this.
    least = _cheapest([list(_shared_options(ways))], wanted)
    if answers is not None:
        return fewest, *fewest_cases(ways, wanted, answers, up=up, least=least)
    bound = _cheapest([list(_shared_options(own)) for own in _by_domain(ways)], wanted)
    return fewest, bound, least == fewest


def _by_domain(ways: Iterable[list[Move]]) -> list[list[list[Move]]]:
    """Group standards by their domain: those of one domain are judged on the same cases."""
    domains: dict[str, list[list[Move]]] = {}
    for moves in ways:
        if moves:
            domains.setdefault(moves[0].standard.domain, []).append(moves)
    return list(domains.values())


def _shared_options(ways: Sequence[list[Move]]) -> Iterator[Option]:
    """Most points that so many cases can make, if the same cases answer for all these standards.

    Each standard makes its best move that needs no more cases than that.
    """
    for cases in sorted({move.cases for moves in ways for move in moves}):
        best = (max((m.points for m in moves if m.cases <= cases), default=0) for moves in ways)
        yield sum(best), cases


def _cheapest(choices: Sequence[Sequence[Option]], wanted: int) -> int:
    """Least cost of at least so many points, at most one option of each choice; -1 if none."""
    if wanted <= 0:
        return NONE
    best: dict[int, int] = {0: 0}
    for options in choices:
        more = dict(best)
        for points, cost in options:
            for have, spent in best.items():
                total = min(have + points, wanted)
                more[total] = min(more.get(total, spent + cost), spent + cost)
        best = more
    return best.get(wanted, NONE)
