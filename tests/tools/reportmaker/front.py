"""The first pages: cover, contents, foreword, and the recommendations."""

from datetime import date, timedelta
from random import Random

from .forms import Form
from .mentions import SUBJECTS, Speaker, current_overall, current_standard, decoy
from .model import Contents, Cover, Draft, Heading, Lines, Numbered, Para, note
from .quantities import draw_quantity
from .truth import NOT_RATED, MentionTruth, RecommendationTruth, Truth
from .words import ACTIONS, ADJECTIVES, CHIEFS, PLAIN, WRAPPED, long_date, month_year, words

TITLES = {
    "yos-2018": ("An inspection of youth offending services in",),
    "yjs-2021": (
        "An inspection of youth justice services in",
        "An inspection of youth offending services in",
    ),
    "iyjwcv-2025": ("An inspection of youth justice work with children and victims in",),
    "iyjs-2025": ("An inspection of youth justice services in",),
}


def filler(rng: Random, count: int) -> str:
    """Join sentences that say nothing of a rating, with a word of the scale here and there."""
    sentences = rng.sample(PLAIN, count)
    if rng.random() < 0.3:
        sentences.insert(rng.randint(0, count), rng.choice(ADJECTIVES))
    if rng.random() < 0.15:
        sentences.append(rng.choice(WRAPPED).replace("{b}", "\ue000"))
    return " ".join(sentences)


def with_quantities(rng: Random, truth: Truth, count: int) -> str:
    parts = []
    for _ in range(count):
        drawn = draw_quantity(rng)
        truth.quantities.append(drawn)
        parts += [drawn.sentence, rng.choice(PLAIN)]
    return " ".join(parts)


def with_decoys(rng: Random, truth: Truth, who: Speaker, count: int, previous: bool = True) -> str:
    parts = []
    for _ in range(count):
        mentions = decoy(rng, who, previous)
        truth.mentions.extend(mentions)
        parts += [rng.choice(PLAIN), mentions[0].sentence]
    return " ".join([*parts, rng.choice(PLAIN)])


def show_date(form: Form, day: date, rng: Random) -> tuple[str, date, int]:
    """Print a day or a month; return also what can be known from it and how precisely."""
    if form.published_precision == "day":
        return long_date(day, padded=rng.random() < 0.5), day, 3
    return month_year(day), day.replace(day=1), 2


def cover(draft: Draft, rng: Random, form: Form, truth: Truth, day: date) -> None:
    """Add the title page; the date is there only if the form says so."""
    title = rng.choice(TITLES[truth.framework])
    lines = []
    if rng.random() < 0.4:
        lines.append(rng.choice(("Skip to content", "HM Inspectorate of Probation")))
    split = rng.random() < 0.5
    lines += [title, truth.service] if split else [f"{title} {truth.service}"]
    text, known, precision = show_date(form, day, rng)
    if form.published == "cover":
        lines.append(f"HM Inspectorate of Probation, {text}")
    elif form.published == "line":
        lines.append(f"Published: {text}")
    elif form.published == "blank":
        lines.append("Published:")
    if form.published in ("cover", "line", "signature"):
        truth.published, truth.published_precision = known, precision
    draft.add(Cover(tuple(lines)))
    if rng.random() < 0.4:
        draft.add(
            Lines(
                (
                    "Published by:",
                    "HM Inspectorate of Probation",
                    "1 Bridge Street West",
                    f"© Crown copyright {day.year}",
                )
            )
        )
    draft.running_head = rng.choice((f"{title} {truth.service}", "{h}", ""))
    draft.running_foot = rng.choice(("#", "Page #", f"#{title} {truth.service}"))


def contents(draft: Draft, headings: list[str]) -> None:
    page, entries = 3, []
    for heading in headings:
        entries.append((heading, page))
        page += 1
    draft.add(Contents(tuple(entries)))


def foreword(draft: Draft, rng: Random, form: Form, truth: Truth, who: Speaker, day: date) -> None:
    """Add the foreword: the overall rating in prose, often with others that are not it."""
    draft.add(Heading("Foreword", linked=True))
    mention = current_overall(rng, who, truth.overall)
    truth.mentions.append(mention)
    second = ""
    named = [r for r in truth.ratings if r.standard in SUBJECTS and r.rating >= 0]
    if named and rng.random() < 0.4:
        chosen = rng.choice(named)
        extra = current_standard(rng, who, truth.framework, chosen.standard, chosen.rating)
        truth.mentions.append(extra)
        second = f" {extra.sentence}"
    opening = (
        f"This report is about {who.full}, one of the services that we inspect in England and "
        f"Wales.{note(1) if rng.random() < 0.5 else ''} {rng.choice(PLAIN)}"
    )
    draft.add(Para(opening), Para(f"{mention.sentence}{second} {filler(rng, 2)}"))
    if any(r.standard == "4.1" and r.rating == NOT_RATED for r in truth.ratings):
        # 'was not rated' may or may not be taken for a mention: it attributes no rating.
        truth.mentions.append(
            MentionTruth(who.name, "4.1", -1, NOT_RATED, "current", required=False)
        )
        draft.add(
            Para(
                "We also looked at resettlement policy and provision, which was not rated, since "
                "there had been no such cases in the period."
            )
        )
    if rng.random() < 0.6:
        draft.add(Para(with_decoys(rng, truth, who, rng.randint(1, 2))))
    draft.add(Para(filler(rng, 4)))
    signature = [rng.choice(CHIEFS), "HM Chief Inspector of Probation"]
    if form.published == "signature":
        signature.append(show_date(form, day, rng)[0])
    draft.add(Lines(tuple(signature)))


def recommendations(draft: Draft, rng: Random, form: Form, truth: Truth, who: Speaker) -> None:
    """Add the recommendations, grouped by who should act."""
    draft.add(Heading("Recommendations", linked=True))
    board = rng.choice(("Management Board", "Partnership Board", "management board"))
    addressees = [f"{who.name} {who.long}", f"{who.name} {who.long} {board}"]
    addressees += rng.sample(
        (
            "Metropolitan Police",
            f"{board} and the Probation Service",
            f"chief executive of {who.name} Council",
            "Probation Service",
            "local authority and its partners",
            f"{who.short} {board}",
        ),
        2,
    )
    groups = rng.sample(addressees, rng.randint(1, 3))
    actions = rng.sample(ACTIONS, rng.randint(len(groups), min(len(ACTIONS), 3 * len(groups) + 1)))
    sizes = [1] * len(groups)
    for _ in range(len(actions) - len(groups)):
        sizes[rng.randrange(len(groups))] += 1
    total = len(actions)
    if rng.random() < 0.85:
        shown = words(total) if total <= 10 and rng.random() < 0.7 else str(total)
        draft.add(
            Para(
                f"From what we found we have made {shown} "
                f"recommendation{'s' if total > 1 else ''} that we believe will help children and "
                "protect the public better."
            )
        )
        truth.stated_recommendations = total
    elif rng.random() < 0.6:
        draft.add(Para("From what we found we have made a number of recommendations."))
    running = 0
    for group, size in zip(groups, sizes, strict=True):
        the = "" if group.startswith(who.name) and rng.random() < 0.6 else "The "
        draft.add(Para(f"{the}{group} should:", whole=True))
        start = 1 if form.recommendations == "restart" else running + 1
        items = actions[running : running + size]
        stop = rng.choice(("", "."))
        draft.add(Numbered(tuple(f"{item}{stop}" for item in items), start))
        for offset in range(size):
            printed = -1 if form.recommendations == "bullets" else start + offset
            running += 1
            truth.recommendations.append(RecommendationTruth(running, printed, group))


def dates(rng: Random, first: date, last: date) -> tuple[date, date]:
    """Draw a Monday of fieldwork within the framework's time, and a day of publication."""
    fieldwork = first + timedelta(days=rng.randrange((last - first).days))
    fieldwork -= timedelta(days=fieldwork.weekday())
    fieldwork = max(fieldwork, first)
    return fieldwork, fieldwork + timedelta(days=rng.randint(70, 190))
