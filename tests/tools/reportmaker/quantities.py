"""Sentences that state a quantity, and what they state."""

from collections.abc import Callable
from random import Random

from .truth import QuantityTruth
from .words import words

HEDGES = (
    "about",
    "around",
    "approximately",
    "almost",
    "nearly",
    "just over",
    "just under",
    "more than",
    "less than",
    "over",
    "under",
    "at least",
)
FRACTIONS = {
    "half": 1 / 2,
    "a third": 1 / 3,
    "one-third": 1 / 3,
    "two-thirds": 2 / 3,
    "a quarter": 1 / 4,
    "three-quarters": 3 / 4,
    "two-fifths": 2 / 5,
    "three-fifths": 3 / 5,
    "four-fifths": 4 / 5,
    "a fifth": 1 / 5,
}


def hedged(rng: Random, share: float = 0.5) -> str:
    return rng.choice(HEDGES) if rng.random() < share else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def percent(rng: Random) -> QuantityTruth:
    value: float = rng.randint(2, 98)
    if rng.random() < 0.4:
        value = round(value + rng.randint(1, 9) / 10, 1)
    hedge = hedged(rng, 0.35)
    sign = rng.choice((" per cent", " per cent", "%", " percent"))
    lead = f"{hedge} " if hedge else ""
    number = f"{value}"
    if isinstance(value, int) and not hedge and rng.random() < 0.3:
        number, sign = capital(words(value)), " per cent"
        sentence = f"{number}{sign} of the caseload was in suitable housing."
    else:
        template = rng.choice(
            (
                "At the time of our visit {} of the children on the caseload were girls.",
                "Records showed that {} of interventions had started on time.",
                "The published rate of reoffending locally stood at {}.",
                "In the borough {} of pupils received free school meals.",
                "Of those on the caseload {} were care experienced.",
                "Most, {}, lived with a parent or carer.",
            )
        )
        sentence = template.format(f"{lead}{number}{sign}")
    return QuantityTruth("percent", float(value), hedge=hedge, sentence=sentence)


def count(rng: Random) -> QuantityTruth:
    whole = rng.randint(4, 40)
    part = rng.randint(1, whole - 1)
    small = whole <= 20 and rng.random() < 0.3
    yes = words(part) if rng.random() < 0.4 else str(part)
    cases = words(whole) if small else str(whole)
    template = rng.choice(
        (
            "In {k} out of {n} cases the practitioner had spoken to the family.",
            "Contingency planning was sufficient in {k} of {n} relevant cases.",
            "A plan was missing in {k} of the {n} relevant cases.",
            "{K} out of {n} staff said that their supervision helped them.",
            "The wishes of the victim were recorded in {k} of {n} cases.",
            "The needs of the child had been analysed in only {k} of {n} cases.",
            "Nothing was written of this in {k} of the {n} cases we looked at.",
            "Controls were not set out in {k} out of the {n} cases inspected.",
            "{K} of {n} parents who answered felt listened to.",
        )
    )
    sentence = template.format(k=yes, K=capital(yes), n=cases)
    return QuantityTruth("count", part / whole, part, whole, sentence=sentence)


def fraction(rng: Random) -> QuantityTruth:
    phrase = rng.choice(sorted(FRACTIONS))
    hedge = hedged(rng)
    sentence = rng.choice(
        (
            "Risk of harm was managed well in {} of the cases.",
            "We found that {} of the plans had been reviewed after a change.",
            "Initial screening was late for {} of the children.",
            "Actions had not been taken in {} of cases.",
            "The required exchange of papers had failed in {} of the transfers.",
        )
    ).format(f"{hedge} {phrase}".strip())
    return QuantityTruth("fraction", FRACTIONS[phrase], hedge=hedge, sentence=sentence)


def rate(rng: Random) -> QuantityTruth:
    per, shown = rng.choice(((1000, "1,000"), (10000, "10,000"), (100000, "100,000")))
    value = round(rng.randint(11, 890) / 10, 1)
    sentence = rng.choice(
        (
            "The rate of offences was {v} per {p} children in the area.",
            "First-time entrants stood at {v} per {p} of the 10–17 population.",
            "The rate of offences per {p} of the 10–17-year population sat at {v}.",
            "Reported knife crime was {v} per {p} residents, above the national figure.",
        )
    ).format(v=value, p=shown)
    return QuantityTruth("rate", value, denominator=per, sentence=sentence)


def population(rng: Random) -> QuantityTruth:
    value = rng.randint(310, 9800) * 100
    hedge = rng.choice(("", "", "about", "approximately", "around"))
    lead = f"{hedge} " if hedge else ""
    sentence = rng.choice(
        (
            "The area has a population of {} people.",
            "There were {} residents at the last count.",
            "The borough, with a population of {}, lies on the coast.",
        )
    ).format(f"{lead}{value:,}")
    return QuantityTruth("population", value, hedge=hedge, sentence=sentence)


MAKERS: tuple[Callable[[Random], QuantityTruth], ...] = (
    percent,
    percent,
    count,
    count,
    fraction,
    rate,
    population,
)


def draw_quantity(rng: Random) -> QuantityTruth:
    return rng.choice(MAKERS)(rng)
