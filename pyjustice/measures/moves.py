"""What would move ratings: changed answers, and what they are worth in points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyjustice.ground.frameworks import Framework, Standard
from pyjustice.measures.bands import Cuts
from pyjustice.measures.case_ratings import Group, QuestionCount
from pyjustice.measures.ratings import Total, overall, place, total

__all__ = ["Move", "overall_moves", "points_to_move", "standard_moves"]


@dataclass(frozen=True, slots=True)
class Move:
    """One way to move a standard: so many answers of each of these key questions change.

    Attributes
    ----------
    standard : Standard
    needs : dict of int to int
        Answers that have to change, by the number of the question.
    points : int
        Points that the standard loses, or gains; 0 where the framework gives none.
    """

    standard: Standard
    needs: Mapping[int, int]
    points: int

    @property
    def answers(self) -> int:
        """Answers that change."""
        return sum(self.needs.values())

    @property
    def cases(self) -> int:
        """Cases that change, at least: one case has an answer to every question."""
        return max(self.needs.values())


def standard_moves(
    cuts: Cuts, standard: Standard, counts: Sequence[QuestionCount], *, up: bool
) -> Iterator[Move]:
    """Yield the ways to move a standard's rating, for each band that it can get to.

    Down, one question that falls is enough: a way for each. Up, every question that is too low has
    to rise: one way.
    """
    rules = cuts.rules
    places = [cuts.band(count.yes, count.cases) for count in counts]
    here = min(places)
    if up:
        for band in range(here + 1, len(rules.ratings)):
            least = {c.number: cuts.least(c.cases)[band] for c in counts}
            if all(least[c.number] <= c.cases for c in counts):
                needs = {
                    c.number: least[c.number] - c.yes for c in counts if least[c.number] > c.yes
                }
                yield Move(standard, needs, _worth(rules, here, band))
        return
    for band in range(here):
        for count in counts:
            lost = count.yes - cuts.least(count.cases)[band + 1] + 1
            yield Move(standard, {count.number: lost}, _worth(rules, here, band))


def _worth(rules: Framework, here: int, there: int) -> int:
    """Points between two ratings, by their places."""
    if rules.totals is None:
        return 0
    codes = rules.ratings[here].code, rules.ratings[there].code
    return abs(rules.points(codes[0]) - rules.points(codes[1]))


def overall_moves(
    cuts: Cuts, group: Group, ratings: Mapping[str, int], *, up: bool
) -> list[list[Move]]:
    """List the ways to move each standard that counts and is rated from its cases."""
    found = []
    for standard in cuts.rules.standards:
        counts = [count for count in group.counts.get(standard.code, ()) if count.cases]
        by_cases = standard.rated_by in ("questions", "score")
        if standard.counts and by_cases and counts and ratings.get(standard.code, -1) >= 0:
            found.append(list(standard_moves(cuts, standard, counts, up=up)))
    return found


def points_to_move(rules: Framework, ratings: Mapping[str, int], *, up: bool) -> int:
    """Points to lose, or to gain, before the overall rating moves; -1 if nothing moves it."""
    points: Total = total(rules, ratings)
    here = overall(rules, points.score, points.maximum)
    if here is None or points.missing:
        return -1
    way = range(points.score + 1, points.maximum + 1) if up else range(points.score - 1, -1, -1)
    for score in way:
        there = overall(rules, score, points.maximum)
        if there is not None and (place(rules, there) - place(rules, here)) * (1 if up else -1) > 0:
            return abs(score - points.score)
    return -1
