"""Ratings, margins and probabilities the slow way: whole numbers, fractions and trying everything.

Nothing is taken from the package. The bands, points and cuts are written out again, as the
inspectorate's reports state or imply them for the frameworks of 2018 on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product

Count = tuple[int, int]  # yes, cases
Counts = Mapping[str, Count]  # by key question: '2.1/1'
Standards = Mapping[str, Sequence[str]]  # the key questions of each standard that has cases
Chances = dict[int, Fraction]

YES, NO = 1, 0


def band(yes: int, cases: int, *, printed: bool = True) -> int:
    """0 Inadequate, 1 from 50 %, 2 from 65 %, 3 Outstanding from 80 %; printed is half up."""
    percent = Fraction(100 * yes, cases)
    if printed:
        percent = Fraction((percent + Fraction(1, 2)).__floor__())
    return sum(percent >= lower for lower in (50, 65, 80))


def overall(score: int, maximum: int) -> int:
    """Cut at a sixth, a half and five sixths of the maximum; a tie stays below."""
    return sum(score > Fraction(share * maximum, 6) for share in (1, 3, 5))


def rate(counts: Counts, standards: Standards) -> dict[str, int]:
    """Rate each standard: its lowest key question decides."""
    return {
        code: min(band(*counts[question]) for question in questions)
        for code, questions in standards.items()
    }


def rate_all(counts: Counts, standards: Standards, fixed: Sequence[int]) -> int:
    """Overall rating, `fixed` being the points of the standards that rest on evidence."""
    points = [*rate(counts, standards).values(), *fixed]
    return overall(sum(points), 3 * len(points))


# --- margins --------------------------------------------------------------------------------------


def fewest_answers(counts: Counts, rating: Callable[[Counts], int], *, up: bool) -> int:
    """Fewest answers that, given otherwise, move a rating one way; -1 if none do. Tries all."""
    now = rating(counts)
    best = -1
    for values in product(*(range(cases + 1) for _, cases in counts.values())):
        pairs = zip(values, counts.values(), strict=True)
        changed = sum(abs(value - yes) for value, (yes, _) in pairs)
        if 0 <= best <= changed:
            continue
        named = zip(values, counts.items(), strict=True)
        there = rating({name: (value, cases) for value, (name, (_, cases)) in named})
        if (there > now) if up else (there < now):
            best = changed
    return best


def count(answers: Mapping[str, Sequence[int]]) -> dict[str, Count]:
    """Yes, and Yes or No, of each key question."""
    return {
        name: (sum(a == YES for a in column), sum(a in (YES, NO) for a in column))
        for name, column in answers.items()
    }


def fewest_cases(
    answers: Mapping[str, Sequence[int]], rating: Callable[[Counts], int], *, up: bool
) -> int:
    """Fewest cases whose answers, all given otherwise, move a rating one way; tries every set.

    Of a set of cases, changing every answer that can change that way moves a rating furthest.
    """
    now = rating(count(answers))
    size = len(next(iter(answers.values())))
    before, after = (NO, YES) if up else (YES, NO)
    for number in range(1, size + 1):
        for chosen in combinations(range(size), number):
            changed = {
                name: [after if i in chosen and a == before else a for i, a in enumerate(column)]
                for name, column in answers.items()
            }
            there = rating(count(changed))
            if (there > now) if up else (there < now):
                return number
    return -1


# --- probabilities --------------------------------------------------------------------------------


def all_yes(yes: int, cases: int, eligible: int, a: Fraction, b: Fraction) -> Chances:
    """P(so many Yes among all eligible cases): the others are beta-binomial (a + yes, b + no)."""
    unseen = eligible - cases
    a, b = a + yes, b + cases - yes
    weights = []
    for more in range(unseen + 1):
        weight = Fraction(1)
        for i in range(more):
            weight *= (a + i) * (unseen - i) / (i + 1)
        for i in range(unseen - more):
            weight *= b + i
        weights.append(weight)
    whole = sum(weights)
    return {yes + more: weight / whole for more, weight in enumerate(weights)}


def bands_of(chances: Chances, eligible: int, *, printed: bool = True) -> Chances:
    """Probability of each band."""
    found = dict.fromkeys(range(4), Fraction(0))
    for yes, chance in chances.items():
        found[band(yes, eligible, printed=printed)] += chance
    return found


def independent(parts: Sequence[Chances], value: Callable[[Sequence[int]], int]) -> Chances:
    """Distribution of a value of several ratings, each drawn by itself."""
    found = dict.fromkeys(range(4), Fraction(0))
    for ratings in product(range(4), repeat=len(parts)):
        chance = Fraction(1)
        for part, rating in zip(parts, ratings, strict=True):
            chance *= part[rating]
        found[value(ratings)] += chance
    return found


def dependent(parts: Sequence[Chances], value: Callable[[Sequence[int]], int]) -> Chances:
    """Distribution of a value of several ratings, all drawn at one common quantile."""
    found = dict.fromkeys(range(4), Fraction(0))
    edges = sorted({Fraction(0), Fraction(1), *(p for part in parts for p in _steps(part))})
    for low, high in pairwise(edges):
        ratings = [sum(step <= low for step in _steps(part)) for part in parts]
        found[value(ratings)] += high - low
    return found


def _steps(part: Chances) -> Iterator[Fraction]:
    """P(rating <= 0), P(rating <= 1), P(rating <= 2)."""
    for rating in range(3):
        yield sum((part[lower] for lower in range(rating + 1)), Fraction(0))


def quantiles(chances: Chances, probability: Fraction, slack: Fraction) -> set[int]:
    """Least Yes reached with that probability; two where it hangs on the last digits of a float."""
    found = set()
    for wanted in (probability - slack, probability + slack):
        below = Fraction(0)
        for yes, chance in chances.items():
            below += chance
            if below >= wanted:
                found.add(yes)
                break
    return found
