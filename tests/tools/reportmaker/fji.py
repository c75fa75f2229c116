"""Full joint inspections of 2012 to 2017: themes, pooled scores, judgements in sentences."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .figures import draw_2012
from .forms import Form
from .front import dates, filler, show_date, with_quantities
from .model import Cover, Draft, Heading, Lines, Numbered, PageBreak, Para
from .names import TYPES_2012, draw_name, other_name
from .reports import finish
from .shelf import Shelf, Standard
from .truth import (
    NOT_RATED,
    WORDS,
    Made,
    MentionTruth,
    QuestionTruth,
    RatingTruth,
    RecommendationTruth,
    SampleTruth,
    Truth,
)
from .words import ACTIONS, CHIEFS, PLAIN, STRENGTHS, WEAKNESSES, long_date

TITLE = "Full Joint Inspection of Youth Offending Work in"


def theme_title(standard: Standard) -> str:
    return f"Theme {standard.code[1:]}: {standard.title}"


def front_pages(
    draft: Draft, rng: Random, form: Form, truth: Truth, short: str, long: str, day: date
) -> None:
    text, known, precision = show_date(form, day, rng)
    if rng.random() < 0.5 or form.published in ("cover", "line", "blank"):
        lines = [TITLE, truth.service] if rng.random() < 0.5 else [f"{TITLE} {truth.service}"]
        if form.published == "cover":
            lines.append(f"HM Inspectorate of Probation, {text}")
        elif form.published == "line":
            lines.append(f"Published: {text}")
        elif form.published == "blank":
            lines.append("Published:")
        draft.add(Cover(tuple(lines)))
    draft.add(Heading("Foreword"))
    draft.add(
        Para(
            f"This inspection of youth offending work in {truth.service} is one of a few "
            "full joint inspections that we carry out each year with other inspectorates."
        ),
        Para(
            f"{truth.service} {long} ({short}) was chosen because of concern about its results. "
            + with_quantities(rng, truth, rng.randint(1, 2))
        ),
    )
    if rng.random() < 0.5:
        # 'Not yet satisfactory' judges nothing that has a standard: at most a rating not given.
        draft.add(
            Para(
                f"While the {short} had not yet reached an overall satisfactory level of "
                f"performance, staff had worked hard. {filler(rng, 2)}"
            )
        )
        truth.mentions.append(MentionTruth("", "*", -1, 12, "not given", required=False))
    else:
        draft.add(Para(filler(rng, 3)))
    signature = [rng.choice(CHIEFS), "HM Chief Inspector of Probation"]
    if form.published == "signature":
        signature += ["", text]
    if form.published in ("cover", "line", "signature"):
        truth.published, truth.published_precision = known, precision
    draft.add(Lines(tuple(signature)), PageBreak())


def summary(
    draft: Draft, rng: Random, truth: Truth, themes: list[Standard], ratings: dict[str, int]
) -> None:
    draft.add(Heading("Summary"))
    for standard in themes:
        word = WORDS[ratings[standard.code]].lower()
        comma = "," if rng.random() < 0.3 else ""
        sentence = f"Overall{comma} {rng.choice(standard.subjects)} was {word}."
        draft.add(Heading(standard.titles[-1] if rng.random() < 0.3 else standard.title, 3))
        draft.add(Para(f"{sentence} {filler(rng, 2)}"))
        # The judgement itself; whether it is also listed as a mention of its theme is open.
        for part in (standard.code, "*"):
            truth.mentions.append(
                MentionTruth(
                    truth.service, part, -1, ratings[standard.code], "current", required=False
                )
            )


def recommendations(draft: Draft, rng: Random, truth: Truth, short: str) -> None:
    draft.add(
        Heading("Recommendations"),
        Para(
            "Work after this inspection should aim at the following within 12 months of the "
            "publication of this report:"
        ),
    )
    addressees = (
        f"Chair of the {short} Management Board",
        f"{short} Manager",
        f"{short} Manager and Chair of the Local Safeguarding Children Board",
        f"Chief Executive of {truth.service} Council",
        "Director of Children's Services",
    )
    items = []
    for number, action in enumerate(rng.sample(ACTIONS, rng.randint(3, 9)), start=1):
        who = rng.choice(addressees)
        items.append(f"The {short} should {action}. ({who})")
        truth.recommendations.append(RecommendationTruth(number, number, who))
    draft.add(Numbered(tuple(items), tight=True, whole=True))
    draft.add(
        Para("Please note – names of children in this report have been changed."), PageBreak()
    )


def theme(
    draft: Draft, rng: Random, truth: Truth, standard: Standard, percent: int | None, cases: int
) -> None:
    draft.add(
        Heading(theme_title(standard)),
        Heading("What we expect to see", 3),
        Para("Children should be helped early, by people who know them. " + filler(rng, 2)),
    )
    if percent is not None:
        subject = rng.choice(standard.subjects)
        draft.add(
            Heading("Case assessment score", 3),
            Para(
                f"Within the case assessment, overall {percent}% of {subject} was done well enough."
            ),
        )
        truth.questions.append(QuestionTruth(standard.code, 1, percent, ()))
    findings = rng.sample(STRENGTHS, 2) + rng.sample(WEAKNESSES, 3)
    draft.add(Heading("Key Findings", 3), Numbered(tuple(findings), tight=True))
    explained = [filler(rng, 3), with_quantities(rng, truth, 1), filler(rng, 2)]
    draft.add(Heading("Explanation of findings", 3), Numbered(tuple(explained), tight=True))
    if percent is not None:
        draft.add(
            PageBreak(),
            Heading("Data Summary", 3),
            Para(
                "The following chart shows some of the key questions asked of each case. [NB: "
                f"{cases} cases were inspected. However, the total answers may not equal this]"
            ),
        )
    draft.add(PageBreak())


def appendix(
    draft: Draft, rng: Random, form: Form, truth: Truth, other: str, short: str, start: date
) -> None:
    draft.add(Heading("Appendix 1 - Background to the inspection"))
    if form.fieldwork_place != "none":
        second = start + timedelta(days=14)
        padded = rng.random() < 0.5
        draft.add(
            Para("Fieldwork for this inspection was undertaken on the weeks commencing:"),
            Para(f"{long_date(start, padded)} and {long_date(second, padded)}"),
        )
        truth.fieldwork, truth.fieldwork_precision = start, 3
    cases = truth.samples[0].cases
    draft.add(
        Para(
            f"In the first fieldwork week we looked at a representative sample of {cases} "
            f"individual cases up to 12 months old. {rng.choice(PLAIN)}"
        )
    )
    if rng.random() < 0.4:
        draft.add(
            Para(
                "Judgements are given on a four-point scale: good, satisfactory, unsatisfactory "
                "and poor."
            )
        )
        for rating in (10, 11, 12, 13):
            truth.mentions.append(MentionTruth("", "*", -1, rating, "not given", required=False))
    if rng.random() < 0.4:
        year = max(2012, start.year - 1)
        draft.add(
            Para(
                f"Neighbouring {other} {short} was inspected in {year}, when its work to protect "
                "the public was judged to be poor."
            )
        )
        for part in ("F2", "*"):
            truth.mentions.append(MentionTruth(other, part, year, 10, "other", required=False))


def make_fji(rng: Random, fw: Shelf, form: Form, damage: Collection[str], recipe: str) -> Made:
    figures = draw_2012(rng, fw, form.module)
    truth = Truth("report", fw.id, draw_name(rng), overall=NOT_RATED)
    short, long = rng.choice(TYPES_2012)
    start, published = dates(rng, fw.first, fw.last)
    cases = figures.samples["F"]
    truth.samples = [SampleTruth("F", cases)]
    themes = [s for s in fw.standards if s.code in figures.ratings]
    if form.module and rng.random() < 0.3:
        # The sixth theme varies; of this one the prose can only repeat the title.
        module = themes[-1]
        phrases = ("court work and reports", "the quality of court work and reports")
        title = "Court work and reports"
        themes[-1] = replace(module, title=title, titles=(title,), subjects=phrases)
    for s in themes:
        truth.ratings.append(
            RatingTruth(
                s.code, s.title, s.domain, figures.ratings[s.code], s.counts,
                figures.percents.get(s.code),
            )
        )  # fmt: skip
    draft = Draft()
    front_pages(draft, rng, form, truth, short, long, published)
    summary(draft, rng, truth, themes, figures.ratings)
    recommendations(draft, rng, truth, short)
    for s in themes:
        theme(draft, rng, truth, s, figures.percents.get(s.code), cases)
    appendix(draft, rng, form, truth, other_name(rng, truth.service), short, start)
    draft.running_head = rng.choice((f"{TITLE} {truth.service}", ""))
    draft.running_foot = rng.choice((f"#{TITLE} {truth.service}", "#"))
    return finish(draft, rng, form, damage, truth, recipe)
