"""Press releases, council pages and minutes about an inspection: ratings live in prose only."""

from collections.abc import Collection
from datetime import date, timedelta
from random import Random

from .forms import Form
from .mentions import Speaker, another, draw_history, not_given
from .model import Bullets, Draft, Heading, Lines, Para
from .names import TYPES_2018, draw_name, other_name
from .quantities import capital
from .reports import finish
from .truth import WORDS_2018, Made, MentionTruth, Truth
from .words import PLAIN, long_date, words


def quoted(rng: Random, rating: int, lower: float = 0.2) -> str:
    word = WORDS_2018[rating]
    return f"'{word.lower() if rng.random() < lower else word}'"


def participle(rating: int) -> str:
    return "requiring improvement" if rating == 1 else WORDS_2018[rating].lower()


def headline(rng: Random, who: Speaker, rating: int) -> str:
    word = WORDS_2018[rating]
    return rng.choice(
        (
            f"{who.name} {who.long} rated '{word}' by inspectors",
            f"Inspectors rate {who.name} {who.long} '{word}'",
            f"{who.name} {who.long}: inspection report published",
        )
    )


def verdict(rng: Random, who: Speaker, rating: int) -> str:
    ranks = {3: "the highest", 2: "the second highest", 1: "the second lowest", 0: "the lowest"}
    word = quoted(rng, rating, 0.0)
    return rng.choice(
        (
            f"Overall the service received a rating of {word} from HM Inspectorate of Probation.",
            f"{who.full} was given a rating of {word}, {ranks[rating]} that can be given.",
            f"HM Inspectorate of Probation has given {who.full} an overall rating of {word}.",
            f"{who.full} has been rated as {word} after an inspection of its youth justice work.",
        )
    )


def history(rng: Random, who: Speaker, rating: int) -> tuple[str, list[MentionTruth]]:
    """Tell what came before; in one form the present rating stands in the same sentence."""
    years = [year for year, _ in who.history]
    first, second = (given for _, given in who.history)
    now = WORDS_2018[rating]
    kind = rng.randrange(3)
    before = MentionTruth(who.name, "", years[0], first, "previous")
    if kind == 0:
        sentence = f"The service has gone from {participle(first)} in {years[0]} to rated '{now}'."
        return sentence, [before, MentionTruth(who.name, "", -1, rating, "current", False)]
    if kind == 1:
        sentence = f"When it was last inspected, in {years[0]}, it was rated '{WORDS_2018[first]}'."
        return sentence, [before]
    sentence = (
        f"The service was previously graded as '{participle(first)}' in {years[0]} and "
        f"'{participle(second)}' in {years[1]}."
    )
    return sentence, [before, MentionTruth(who.name, "", years[1], second, "previous")]


def escaped(rng: Random) -> tuple[str, MentionTruth]:
    rating = rng.choice((0, 1))
    word = WORDS_2018[rating]
    sentence = rng.choice(
        (
            f"Its work with the courts rescued it from an overall '{word}' rating.",
            f"The service was rescued from an overall '{word}' rating by the work of its staff.",
            f"Inspectors said that it had narrowly avoided a rating of '{word}'.",
        )
    )
    return sentence, MentionTruth("", "", -1, rating, "not given", sentence=sentence)


def opening(rng: Random, truth: Truth, who: Speaker, day: date, style: str) -> Draft:
    """Head the page; a date without a year says nothing of when."""
    draft = Draft()
    if style == "minutes":
        # The day of a meeting is not the day of publication, though a reader may take it.
        truth.published_precision = -1
        committee = rng.choice(("Children and Families Scrutiny Committee", "Cabinet", "Council"))
        draft.add(Lines((f"Minutes of the {committee}", long_date(day), "Council Chamber")))
        draft.add(Heading(f"12. Inspection of the {who.name} {who.long}"))
        return draft
    if style == "council":
        draft.add(Lines(("Skip to main content", "Home > News")))
    draft.add(Heading(headline(rng, who, truth.overall), 1))
    if rng.random() < 0.6:
        draft.add(Lines((f"Published: {long_date(day, padded=False)}",)))
        truth.published, truth.published_precision = day, 3
    return draft


def make_news_draft(
    rng: Random, form: Form, damage: Collection[str], recipe: str, name: str = ""
) -> Made:
    truth = Truth("news", "", name or draw_name(rng), overall=rng.randint(0, 3))
    short, long = rng.choice(TYPES_2018)
    day = date(rng.randint(2019, 2026), 1, 5) + timedelta(days=rng.randint(0, 240))
    # Earlier than 2018 there were no such words; news uses them for those years all the same.
    told = draw_history(rng, day.year, 2015)
    other = other_name(rng, truth.service)
    who = Speaker(truth.service, short, long, day.year, other, told)
    style = rng.choice(("release", "council", "minutes"))
    draft = opening(rng, truth, who, day, style)
    said = verdict(rng, who, truth.overall)
    truth.mentions.append(MentionTruth(who.name, "", -1, truth.overall, "current", sentence=said))
    lead = (
        f"{capital(rng.choice(('inspectors', 'the inspectorate')))} visited {who.full} and "
        "published a report on its youth justice work."
    )
    draft.add(Para(f"{lead} {rng.choice(PLAIN)}"), Para(f"{said} {rng.choice(PLAIN)}"))
    extra: list[str] = []
    if rng.random() < 0.7:
        sentence, mentions = history(rng, who, truth.overall)
        truth.mentions.extend(mentions)
        extra.append(sentence)
    if rng.random() < 0.4:
        sentence, mention = escaped(rng)
        truth.mentions.append(mention)
        extra.append(sentence)
    if rng.random() < 0.4:
        mentions_of_other = another(rng, who)
        truth.mentions.extend(mentions_of_other)
        extra.append(mentions_of_other[0].sentence)
    if rng.random() < 0.3:
        recited = not_given(rng)
        truth.mentions.extend(recited)
        extra.append(recited[0].sentence)
    rng.shuffle(extra)
    for sentence in extra:
        draft.add(Para(f"{rng.choice(PLAIN)} {sentence}"))
    draft.add(
        Para(
            'The lead member said: "We are proud of our staff and of the children they work with. '
            'Good services help them to make a fresh start."'
        )
    )
    if rng.random() < 0.5:
        count = rng.randint(2, 9)
        draft.add(Para(f"The report makes {words(count)} recommendations."))
    if style == "minutes":
        draft.add(Para("RESOLVED: that the report be noted."))
    if style == "release":
        draft.add(
            Heading("Notes to editors", 3),
            Bullets(("The report is on our website.", "HM Inspectorate of Probation inspects "
            "youth justice services in England and Wales.")),
        )  # fmt: skip
    return finish(draft, rng, form, damage, truth, f"{recipe} style={style}")
