"""Ratings as a framework's data give them: percentages to standards to a total to an overall.

Nothing here knows a threshold. Whatever decides stands in the framework: its bands, points, cuts,
decision rules and the room it leaves to a panel.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import FrameworkError
from pyjustice.ground.frameworks import DecisionRule, Framework

Ratings = Mapping[str, int]


@dataclass(frozen=True)
class Total:
    """Points of the standards that count.

    Attributes
    ----------
    score, maximum : int
        Points reached, and those that the rated standards could have reached.
    missing : tuple of str
        Standards that count and whose rating was not found. With any of them `score` is a part.
    """

    score: int
    maximum: int
    missing: tuple[str, ...]


class Verdict(StrEnum):
    """What a decision rule says about a rating that was given."""

    SILENT = "silent"
    UNKNOWN = "unknown"
    FOLLOWED = "followed"
    HELD = "held"
    BROKEN = "broken"


def place(framework: Framework, code: int) -> int:
    """Place of a rating on the framework's scale, 0 for the lowest; -1 if it is not on it."""
    codes = [rating.code for rating in framework.ratings]
    return codes.index(code) if code in codes else -1


def percent_of(yes: int, cases: int, decimals: int = 0) -> float:
    """``100 yes / cases`` as it is printed: rounded half up, by whole numbers throughout."""
    scale: int = 10**decimals
    return (200 * yes * scale + cases) // (2 * cases) / scale


def rating_either_way(framework: Framework, yes: int, cases: int) -> set[int]:
    """Ratings of a share taken exactly and as printed: two where rounding decides (11 of 17)."""
    bands = framework.bands
    printed = (200 * yes + cases) // (2 * cases)
    return {
        framework.ratings[place].code
        for place in (bands.reached(yes, cases), bands.reached(printed))
    }


def close_to_boundary(framework: Framework, percent: float) -> bool:
    """Whether a cut between two bands is as near as the framework calls close."""
    near = framework.discretion.within_points
    return any(abs(percent - cut) <= near for cut in framework.bands.lower[1:])


def within_discretion(framework: Framework, published: int, computed: int, percent: float) -> bool:
    """Whether a panel may turn `computed` into `published`.

    It may if the two are no further apart than the framework lets a panel move, and every cut
    between them is close to `percent`.
    """
    here, there = place(framework, computed), place(framework, published)
    if min(here, there) < 0 or abs(here - there) > framework.discretion.bands:
        return False
    cuts = framework.bands.lower[min(here, there) + 1 : max(here, there) + 1]
    return all(abs(percent - cut) <= framework.discretion.within_points for cut in cuts)


def answers_to_change(framework: Framework, counts: Sequence[tuple[int, int]]) -> int:
    """Fewest answers that, given otherwise, would move a standard's rating.

    Parameters
    ----------
    framework : Framework
    counts : sequence of (yes, cases)
        All key questions of the standard, of which the lowest sets the rating; at least one, each
        with at least one case.

    Returns
    -------
    int
        Down, one question falling is enough; up, every question in the lowest band has to rise.
    """
    places = [place(framework, framework.band_counts(yes, cases)) for yes, cases in counts]
    lowest = min(places)
    ways = []
    if lowest > 0:
        ways.append(min(yes + 1 - _least(framework, cases, lowest) for yes, cases in counts))
    rises = [
        _least(framework, cases, lowest + 1) - yes
        for (yes, cases), here in zip(counts, places, strict=True)
        if here == lowest
    ]
    if lowest + 1 < len(framework.ratings):
        ways.append(sum(rises))
    return min(ways)


def _least(framework: Framework, cases: int, band: int) -> int:
    """Smallest count of `cases` that reaches a band; all of them reach the highest."""
    return bisect_left(
        range(cases + 1), band, key=lambda yes: place(framework, framework.band_counts(yes, cases))
    )


def total(framework: Framework, ratings: Ratings) -> Total:
    """Add the points of the standards that count.

    A standard that was not rated lowers the maximum; one whose rating was not found is missing.
    An optional standard that is absent is neither.
    """
    top = max(word.points for word in framework.ratings)
    score = maximum = 0
    missing = []
    for standard in framework.standards:
        code = ratings.get(standard.code, Rating.NOT_FOUND if standard.core else Rating.NOT_RATED)
        if not standard.counts or code == Rating.NOT_RATED:
            continue
        if code == Rating.NOT_FOUND:
            missing.append(standard.code)
            continue
        score += framework.points(code)
        maximum += top
    return Total(score, maximum, tuple(missing))


def full_maximum(framework: Framework) -> int:
    """Points that a service reaches if every core standard that counts has the highest rating."""
    top = max(word.points for word in framework.ratings)
    return top * sum(standard.core and standard.counts for standard in framework.standards)


def overall(framework: Framework, score: int, maximum: int) -> int | None:
    """Overall rating of a total; None if the framework has no rule for that maximum."""
    if not framework.gives_overall or framework.totals is None:
        return None
    if maximum not in framework.totals.maxima or not 0 <= score <= maximum:
        return None
    return framework.overall(score, maximum)


def holds(condition: Mapping[str, Any], ratings: Ratings) -> bool | None:
    """Whether a decision rule's condition is met; None if a rating it needs was not found.

    Standards that were not rated have no part in a condition: a share is one of those rated.
    """
    codes = [ratings.get(standard, Rating.NOT_FOUND) for standard in condition["of"]]
    rated = [code for code in codes if code >= 0]
    unknown = Rating.NOT_FOUND in codes
    kind = condition["kind"]
    if kind == "all":
        if any(code < condition["at_least_rating"] for code in rated):
            return False
        return None if unknown or not rated else True
    if unknown or not rated:
        return None
    if kind == "share":
        return _share_holds(condition, rated)
    if kind == "pair":
        if len(rated) < len(codes):
            return None
        pairs = zip(sorted(rated), sorted(condition["ratings"]), strict=True)
        return all(code <= limit for code, limit in pairs)
    raise FrameworkError(f"no such kind of condition: {kind!r}", key="rule.condition.kind")


def _share_holds(condition: Mapping[str, Any], rated: Sequence[int]) -> bool:
    reached = sum(code >= condition["at_least_rating"] for code in rated)
    if not Fraction(reached, len(rated)) < Fraction(condition["fewer_than"]):
        return False
    others = [code for code in rated if code < condition["at_least_rating"]]
    rest = condition.get("and_remaining")
    if rest is None:
        return True
    low = sum(code <= rest["rating_at_most"] for code in others)
    return bool(others) and Fraction(low, len(others)) > Fraction(rest["more_than"])


def judge(framework: Framework, rule: DecisionRule, given: int, ratings: Ratings) -> Verdict:
    """Set the rating that a standard was given beside one of its decision rules.

    A rule that ``requires`` its condition only says when its rating can not be given; it holds a
    standard that was put just below that rating. Any other rule calls for its rating when the
    condition is met, and says nothing when it is not.
    """
    met = holds(rule.condition, ratings)
    if met is None:
        return Verdict.UNKNOWN
    if rule.condition.get("requires", False):
        if met:
            return Verdict.SILENT
        if given == rule.rating:
            return Verdict.BROKEN
        below = place(framework, given) == place(framework, rule.rating) - 1
        return Verdict.HELD if below else Verdict.SILENT
    if not met:
        return Verdict.SILENT
    return Verdict.FOLLOWED if given == rule.rating else Verdict.BROKEN
