"""Sentences that attribute a rating in prose, rightly or as a decoy, and what they attribute.

Roles are those of an honest reader: 'current' for this inspection of this service, 'previous' for
an earlier one of it, 'other' for another service, 'not given' for scales recited, rules quoted and
ratings escaped. One that is 'not given' need not be reported, but must never be anything else.
"""

from dataclasses import dataclass
from random import Random

from .truth import WORDS_2018, MentionTruth


@dataclass(frozen=True)
class Speaker:
    """Who a document is about and how it names them."""

    name: str
    short: str  # 'YJS'
    long: str  # 'Youth Justice Service'
    year: int  # of this inspection
    other: str  # a service that is not this one
    history: tuple[tuple[int, int], ...]  # (year, overall) of earlier inspections, newest first
    organised: bool = False  # this inspection rates organisational delivery

    @property
    def full(self) -> str:
        return f"{self.name} {self.short}"


def draw_history(rng: Random, year: int, first: int) -> tuple[tuple[int, int], ...]:
    """Draw up to two earlier inspections, none before the scale's first year."""
    years = range(first, year)
    drawn = sorted(rng.sample(years, min(2, len(years))), reverse=True)
    return tuple((earlier, rng.randint(0, 3)) for earlier in drawn)


def printed(rng: Random, rating: int) -> str:
    """A rating as prose prints it: quoted, now and then in lower case or as a participle."""
    word = WORDS_2018[rating]
    if rng.random() < 0.25:
        word = word.lower()
    return f"'{word}'"


def current_overall(rng: Random, who: Speaker, rating: int) -> MentionTruth:
    sentence = rng.choice(
        (
            "Overall, {full} was rated as {w}.",
            "Overall, {full} was rated {w}.",
            "Overall, the {short} was rated as {w}.",
            "We rated {full} as {w} overall.",
            "{full} has received an overall rating of {w}.",
            "Our overall rating of {full} is {w}.",
            "{full} was given an overall rating of {w}.",
            "Overall, we judged {full} to be {w}.",
        )
    ).format(full=who.full, short=who.short, w=f"'{WORDS_2018[rating]}'")
    return MentionTruth(who.name, "", -1, rating, "current", sentence=sentence)


# Phrases by which prose names a standard that only one domain has.
SUBJECTS = {
    "1.1": "governance and leadership",
    "1.3": "partnerships and services",
    "1.4": "information and facilities",
    "3.4": "out-of-court disposal policy and provision",
    "4.1": "resettlement policy and provision",
    "V1": "work with victims",
}


def current_standard(
    rng: Random, who: Speaker, framework: str, standard: str, rating: int
) -> MentionTruth:
    subject = SUBJECTS[standard]
    if (framework, standard) == ("yos-2018", "3.4"):
        subject = "joint working"
    sentence = rng.choice(
        (
            "We also inspected {s}, which was separately rated as {w}.",
            "We rated {s} as {w}.",
            "In this inspection {s} was rated {w}.",
        )
    ).format(s=subject, w=printed(rng, rating))
    return MentionTruth(who.name, standard, -1, rating, "current", sentence=sentence)


def previous(rng: Random, who: Speaker) -> tuple[MentionTruth, ...]:
    year, rating = rng.choice(who.history)
    word = printed(rng, rating)
    if rating == 1 and rng.random() < 0.3:
        word = "'requiring improvement'"
    sentence = rng.choice(
        (
            "At our last inspection in {y} the service was rated {w}.",
            "The service was previously graded as {w} in {y}.",
            "In {y} inspectors rated {full} as {w}.",
            "When we last inspected the {short}, in {y}, it was rated {w} overall.",
            "Its last inspection, in {y}, had ended with an overall rating of {w}.",
            "Since the inspection of {y}, when it was rated {w}, much has changed.",
            "The {short} was judged to be {w} at its previous inspection in {y}.",
        )
    ).format(y=year, w=word, full=who.full, short=who.short)
    return (MentionTruth(who.name, "", year, rating, "previous", sentence=sentence),)


def previous_pair(rng: Random, who: Speaker) -> tuple[MentionTruth, ...]:
    (second, newer), (first, old) = who.history
    sentence = (
        f"The service was previously graded as '{WORDS_2018[newer].lower()}' in {second} "
        f"and '{WORDS_2018[old].lower()}' in {first}."
    )
    return (
        MentionTruth(who.name, "", second, newer, "previous", sentence=sentence),
        MentionTruth(who.name, "", first, old, "previous", sentence=sentence),
    )


def previous_standard(rng: Random, who: Speaker) -> tuple[MentionTruth, ...]:
    year, rating = who.history[0]
    sentence = (
        f"At our previous inspection in {year} governance and leadership was rated "
        f"{printed(rng, rating)}."
    )
    # A reader that goes by this report's framework may find no 1.1 in it: a part without a name.
    also = () if who.organised else ("*",)
    return (MentionTruth(who.name, "1.1", year, rating, "previous", sentence=sentence, also=also),)


def another(rng: Random, who: Speaker) -> tuple[MentionTruth, ...]:
    year = rng.randint(2019, max(2019, who.year))
    rating = rng.randint(0, 3)
    sentence = rng.choice(
        (
            "Neighbouring {o} {short} was rated {w} in {y}.",
            "The team had visited {o} {short}, which was rated {w} in {y}.",
            "Inspectors rated {o} {short} as {w} in {y}, and the two share a manager.",
            "It learns from {o} {short}, rated {w} by us in {y}.",
        )
    ).format(o=who.other, short=who.short, w=printed(rng, rating), y=year)
    return (MentionTruth(who.other, "", year, rating, "other", sentence=sentence),)


NOT_GIVEN = (
    "Each standard is rated on a four-point scale: 'Outstanding', 'Good', 'Requires improvement' "
    "and 'Inadequate'.",
    "Services are rated on a four-point scale from 'Inadequate' to 'Outstanding'.",
    "Our decision rules say that a rating of 'Outstanding' requires that all domain two and three "
    "ratings are 'Good' or 'Outstanding'.",
    "Under our guidance an 'Inadequate' rating is usually consistent with less than half of these "
    "ratings being 'Good' or 'Outstanding'.",
    "To be rated 'Outstanding' a service would have to do more for victims.",
    "Had one more plan been sufficient, the rating would have been 'Good'.",
    "A rating of 'Good' means that a reasonable majority of cases were sufficient.",
    "Services rated 'Inadequate' are inspected again sooner than others.",
    "Staff did not always know what 'Good' looks like.",
)


def not_given(rng: Random) -> tuple[MentionTruth, ...]:
    sentence = rng.choice(NOT_GIVEN)
    return tuple(
        MentionTruth("", "*", -1, rating, "not given", required=False, sentence=sentence)
        for rating, word in WORDS_2018.items()
        if f"'{word}'" in sentence
    )


def soft_rule(standard: str, kind: str) -> str:
    """Explain a rating given against a rule marked 'usually', as reports do."""
    subject = SUBJECTS[standard]
    if kind == "share":
        rule = (
            "an 'Inadequate' rating is usually consistent with less than half of domain two and "
            "three ratings being 'Good' or better and more than half of the rest 'Inadequate'"
        )
    else:
        rule = (
            "ratings of 'Requires improvement' and 'Inadequate' for delivery in domains two and "
            f"three are usually consistent with an 'Inadequate' rating for {subject}"
        )
    return f"Our decision rules and guidance set out that {rule}."


def decoy(rng: Random, who: Speaker, seeking_previous: bool) -> tuple[MentionTruth, ...]:
    """Draw a sentence about a rating that is not this inspection's."""
    kinds = [another, another]
    if seeking_previous and who.history:
        kinds += [previous, previous, previous_standard]
    if seeking_previous and len(who.history) > 1:
        kinds.append(previous_pair)
    if rng.random() < 0.4:
        return not_given(rng)
    return rng.choice(kinds)(rng, who)
