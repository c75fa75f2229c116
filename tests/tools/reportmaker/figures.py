"""Figures and ratings that fit each other: counts, percentages, standards, total, overall.

The arithmetic is written here again, in whole numbers, so that a slip in the package's own measures
cannot hide behind the same slip in its tests. Cut-offs come from the framework.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from .shelf import Shelf
from .truth import NOT_RATED


@dataclass
class Figures:
    samples: dict[str, int] = field(default_factory=dict)  # domain -> cases
    questions: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)  # yes, n, %
    percents: dict[str, int] = field(default_factory=dict)  # standard -> lowest, or its score
    ratings: dict[str, int] = field(default_factory=dict)
    moved: str = ""
    soft: dict[str, str] = field(default_factory=dict)  # standard -> usual rule not followed
    score: int = -1
    max_score: int = -1
    overall: int = NOT_RATED


def half_up(yes: int, cases: int) -> int:
    return (200 * yes + cases) // (2 * cases)


def band(percent: int, lower: tuple[int, ...]) -> int:
    return sum(percent >= bound for bound in lower) - 1


def total_band(score: int, maximum: int, cuts: tuple[Fraction, ...], tie: str) -> int:
    reached = [score > cut * maximum if tie == "lower" else score >= cut * maximum for cut in cuts]
    return sum(reached)


def draw_standard(
    rng: Random, cases: int, questions: int, target: int, lower: tuple[int, ...]
) -> list[tuple[int, int, int]]:
    """Draw counts whose lowest percentage lies in the target band, or the nearest there is."""
    by_band: dict[int, list[int]] = {}
    for yes in range(cases + 1):
        by_band.setdefault(band(half_up(yes, cases), lower), []).append(yes)
    near = min(by_band, key=lambda b: (abs(b - target), b))
    floor = rng.choice(by_band[near])
    counts = [floor] + [rng.randint(floor, cases) for _ in range(questions - 1)]
    rng.shuffle(counts)
    return [(yes, cases, half_up(yes, cases)) for yes in counts]


def move_one(rng: Random, figures: Figures, lower: tuple[int, ...], within: int) -> None:
    """Move one rating over a boundary that its lowest percentage is close to, as a panel may."""
    close = []
    for standard, percent in figures.percents.items():
        for step, bound in enumerate(lower[1:], start=1):
            if abs(percent - bound) <= within and percent != bound:
                close.append((standard, step - 1 if percent >= bound else step))
    if close:
        standard, rating = rng.choice(close)
        figures.ratings[standard] = rating
        figures.moved = standard


def obey_rules(rng: Random, ratings: dict[str, int], figures: Figures) -> None:
    """Keep 1.1 and 1.3 within the decision rules; a 'usual' one is broken now and then."""
    cases = [r for s, r in ratings.items() if s in figures.percents and r >= 0 and s != "3.4"]
    if not cases:
        return
    high = sum(r >= 2 for r in cases)
    rest = [r for r in cases if r < 2]
    if "1.1" in ratings:
        if 2 * high < len(cases) and 2 * sum(r == 0 for r in rest) > len(rest):
            if rng.random() < 0.35:
                ratings["1.1"] = 1
                figures.soft["1.1"] = "share"
            else:
                ratings["1.1"] = 0
        elif rest:
            ratings["1.1"] = min(ratings["1.1"], 2)
    if "1.3" in ratings and sorted((ratings.get("2.3", 9), ratings.get("3.3", 9))) == [0, 1]:
        if rng.random() < 0.35:
            ratings["1.3"] = max(ratings["1.3"], 1)
            figures.soft["1.3"] = "pair"
        else:
            ratings["1.3"] = 0


def draw_2018(rng: Random, fw: Shelf, resettlement: str) -> Figures:
    """Draw an inspection of the four-point scale; `resettlement`: rated, not rated or absent."""
    figures = Figures()
    lower = fw.lower
    level = rng.choice((0.2, 0.8, 1.4, 2.0, 2.0, 2.6))
    unrated = ""
    if len(fw.maxima) > 1 and rng.random() < 0.08:
        unrated = rng.choice("332")
    for standard in fw.standards:
        if not standard.core:
            continue
        code, domain = standard.code, standard.domain
        if domain == unrated:
            figures.ratings[code] = NOT_RATED
            continue
        target = min(3, max(0, round(rng.gauss(level, 0.8))))
        asked = [q for q in standard.questions if q.has_percent]
        if standard.rated_by == "questions" and asked:
            if domain not in figures.samples:
                small = rng.random() < 0.3
                figures.samples[domain] = rng.randint(3, 9) if small else rng.randint(10, 75)
            drawn = draw_standard(rng, figures.samples[domain], len(asked), target, lower)
            figures.questions[code] = drawn
            figures.percents[code] = min(percent for _, _, percent in drawn)
            target = band(figures.percents[code], lower)
        figures.ratings[code] = target
    if "V1" in figures.ratings:
        figures.samples["V"] = rng.randint(5, 30)
    if rng.random() < 0.12:
        move_one(rng, figures, lower, fw.within_points)
    if fw.ruled:
        obey_rules(rng, figures.ratings, figures)
    counted = [s.code for s in fw.standards if s.counts and figures.ratings.get(s.code, -1) >= 0]
    figures.max_score = 3 * len(counted)
    figures.score = sum(figures.ratings[code] for code in counted)
    figures.overall = total_band(figures.score, figures.max_score, fw.cuts, fw.tie)
    if resettlement != "absent" and any(s.code == "4.1" for s in fw.standards):
        rated = resettlement == "rated"
        figures.ratings["4.1"] = rng.randint(0, 3) if rated else NOT_RATED
        if rated and rng.random() < 0.7:
            figures.samples["4"] = rng.randint(1, 6)
    return figures


def draw_2012(rng: Random, fw: Shelf, module: bool) -> Figures:
    """Draw a full joint inspection: a pooled percentage for each theme but governance."""
    figures = Figures()
    figures.samples["F"] = rng.randint(20, 75)
    level = rng.choice((45, 58, 66, 78))
    for standard in fw.standards:
        if not standard.core and not module:
            continue
        if standard.rated_by == "score":
            percent = min(99, max(11, round(rng.gauss(level, 12))))
            figures.percents[standard.code] = percent
            figures.ratings[standard.code] = fw.codes[band(percent, fw.lower)]
        else:
            figures.ratings[standard.code] = rng.choice(fw.codes)
    return figures
