"""The pages after the recommendations: background, domains and standards."""

from datetime import date, timedelta
from random import Random

from .figures import Figures, total_band
from .forms import Form
from .front import filler, with_decoys, with_quantities
from .mentions import Speaker, soft_rule
from .model import (
    Bullets,
    Draft,
    Footnotes,
    Heading,
    Para,
    QuestionRow,
    QuestionTable,
    RatingsTable,
    Row,
    Section,
    note,
)
from .shelf import Question, Shelf, Standard, fill, spellings, squeeze
from .truth import WORDS, MentionTruth, QuestionTruth, Truth
from .words import MONTHS, PLAIN, STRENGTHS, WEAKNESSES, long_date, words

RATING_NOTE = (
    "The rating for the standard follows the lowest score among the key questions, placed in a "
    "rating band. More is said on our website."
)


def background(
    draft: Draft, rng: Random, form: Form, truth: Truth, who: Speaker, fieldwork: date
) -> None:
    draft.add(Heading("Background", linked=True))
    window = fieldwork - timedelta(days=rng.randint(250, 340))
    end = window + timedelta(days=rng.randint(60, 150))
    opening = ""
    if form.fieldwork_place in ("body", "both"):
        opening = (
            f"We conducted fieldwork in {who.full} over {rng.choice(PERIODS)}, beginning "
            f"{long_date(fieldwork, padded=rng.random() < 0.7)}. "
        )
    draft.add(
        Para(
            f"{opening}We inspected cases where work had begun between {long_date(window)} and "
            f"{long_date(end)}. We also spoke to case managers and to volunteers."
        ),
        Para(with_quantities(rng, truth, rng.randint(1, 3))),
    )
    if rng.random() < 0.5:
        draft.add(Para(with_decoys(rng, truth, who, rng.randint(1, 2))))


def sample_sentence(rng: Random, truth: Truth, domain: str, cases: int, short: str) -> str:
    shown = words(cases) if cases <= 10 and rng.random() < 0.7 else str(cases)
    modern = truth.framework.endswith("2025")
    if domain == "2" and modern:
        return (
            f"We took a detailed look at {shown} cases where the {short} had worked with children "
            "subject to bail, remand, community sentences, resettlement or out-of-court "
            "resolutions."
        )
    look = rng.choice(("We took a detailed look at", "We had a detailed look at", "We inspected"))
    kind = rng.choice(
        (
            "community sentences",
            "community and custodial sentences",
            "community sentences (no custodial sentences)",
        )
    )
    # Parts of the sample and interviews are not the sample.
    cautions = rng.randint(1, max(1, cases - 1))
    parts = ""
    if cases > 2 and rng.random() < 0.5:
        parts = (
            f" These consisted of {cautions} youth conditional cautions and {cases - cautions} "
            f"youth cautions. We interviewed the case managers in {max(1, cases - 2)} cases."
        )
    return {
        "2": f"{look} {shown} {kind} managed by the {short}.",
        "3": f"We inspected {shown} cases managed by the {short} that had received an "
        f"out-of-court disposal.{parts}",
        "4": f"To illustrate that work, we inspected {shown} case{'s' if cases > 1 else ''} "
        f"managed by the {short} that had received a custodial sentence.",
        "V": f"We took a detailed look at {shown} victim cases where the {short} had offered a "
        "service to victims who had agreed to it.",
    }[domain]


PERIODS = ("a period of a week", "the period of a week", "a period of two weeks")


class Wording:
    """How this document spells what a framework leaves open, the same all through."""

    def __init__(self, rng: Random, fw: Shelf, short: str) -> None:
        self.expand = fw.expand
        self.chosen = {name: options[0] for name, options in fw.expand.items()}
        if "service" in self.chosen:
            self.chosen["service"] = short
        for name in ("child", "children", "carers", "the"):
            if name in self.chosen and rng.random() < 0.3:
                self.chosen[name] = rng.choice(fw.expand[name])

    def say(self, template: str) -> str:
        return squeeze(fill(template, self.chosen))

    def every(self, question: Question) -> set[str]:
        texts = (t for template in question.texts for t in spellings(template, self.expand))
        return {squeeze(text) for text in texts}

    def leads(self, question: Question) -> dict[str, str]:
        """Lead-ins at which this question may break, with what is left of it."""
        out: dict[str, str] = {}
        for template in question.texts:
            partly = dict(self.chosen)
            open_ends = {"sufficiently": self.expand.get("sufficiently", ("",))}
            for name in open_ends:
                partly.pop(name, None)
            for text in spellings(fill(template, partly), open_ends):
                pieces = text.split("|")
                for cut in range(1, len(pieces)):
                    lead = squeeze(" ".join(pieces[:cut]))
                    out.setdefault(lead, squeeze(" ".join(pieces[cut:])))
        return out


def question_table(
    rng: Random, form: Form, truth: Truth, wording: Wording, standard: Standard, figures: Figures
) -> QuestionTable:
    asked = [q for q in standard.questions if q.has_percent]
    drawn = figures.questions[standard.code]
    lead, fragments = "", [""] * len(asked)
    if form.question_lead:
        tables = [wording.leads(question) for question in asked]
        common = [text for text in tables[0] if all(text in table for table in tables)]
        if common:
            lead = rng.choice(common)
            fragments = [table[lead] for table in tables]
    rows = []
    for question, fragment, (yes, cases, percent) in zip(asked, fragments, drawn, strict=True):
        text = wording.say(question.texts[0])
        rows.append(QuestionRow(text, fragment, percent, yes, cases))
        printed = f"{lead} {fragment}" if lead else text
        truth.questions.append(
            QuestionTruth(
                standard.code,
                question.number,
                percent,
                tuple(sorted(wording.every(question) | {text, printed})),
                yes,
                cases,
                form.question_counts,
            )
        )
    return QuestionTable(f"{lead}:" if lead else "", tuple(rows), form.question_counts)


def standard_pages(
    draft: Draft,
    rng: Random,
    form: Form,
    truth: Truth,
    who: Speaker,
    wording: Wording,
    standard: Standard,
    figures: Figures,
    notes: list[tuple[int, str]],
) -> None:
    rating = figures.ratings[standard.code]
    title = standard.title
    if standard.code in ("2.3", "3.3") and len(standard.titles) > 1 and rng.random() < 0.25:
        title = standard.titles[1]
    number = standard.code
    if number == "V1" and not form.section_dotted:
        number = ""
    statement = wording.say(rng.choice(standard.statements)) if standard.statements else ""
    draft.add(Section(number, title, statement, WORDS[rating]))
    if standard.code in figures.questions:
        mark = len(notes) + 2
        notes.append((mark, RATING_NOTE))
        draft.add(
            Para(
                f"Our rating{note(mark)} for {title.lower()} is based on the following key "
                "questions:"
            ),
            question_table(rng, form, truth, wording, standard, figures),
            Para(filler(rng, 3)),
        )
        if rng.random() < 0.5:
            draft.add(Para(with_quantities(rng, truth, rng.randint(1, 2))))
        if form.notes_place == "page":
            draft.add(Footnotes((notes[-1],)))
    else:
        if standard.code == "4.1" and "4" in figures.samples:
            draft.add(Para(sample_sentence(rng, truth, "4", figures.samples["4"], who.short)))
        draft.add(Heading("Strengths:", 4), Bullets(tuple(rng.sample(STRENGTHS, 3))))
        weaknesses = rng.sample(WEAKNESSES, 2)
        if standard.code in figures.soft:
            rule = soft_rule(standard.code, figures.soft[standard.code])
            given = (
                f"Having weighed all the evidence we are satisfied that a '{WORDS[rating]}' rating "
                "is right here."
            )
            weaknesses.append(f"{rule} {given}")
            # The rule recites; the sentence after it may be taken for a current mention.
            for code in (0, 1, 2):
                truth.mentions.append(
                    MentionTruth("", "*", -1, code, "not given", required=False, sentence=rule)
                )
            for part in (standard.code, "*"):
                truth.mentions.append(
                    MentionTruth(
                        who.name, part, -1, rating, "current", required=False, sentence=given
                    )
                )
        draft.add(Heading("Areas for improvement:", 4), Bullets(tuple(weaknesses)))
    if rng.random() < 0.2:
        draft.add(Para(with_decoys(rng, truth, who, 1)))


def domain_heading(fw: Shelf, domain: str) -> str:
    titles = fw.domains[domain]
    full = next((t for t in titles if ": " in t), titles[0])
    return f"4. {titles[0]}" if domain == "4" else full


def previous_table(rng: Random, fw: Shelf, who: Speaker, truth: Truth) -> tuple[str, RatingsTable]:
    """Draw an earlier inspection's table and the heading that says so."""
    year, overall = who.history[0]
    rows = []
    for standard in fw.standards:
        if not standard.counts:
            continue
        # 1.1 is what a sentence may have said of it; the rest is free.
        rating = overall if standard.code == "1.1" else rng.randint(0, 3)
        rows.append(Row(standard.code, standard.title, WORDS[rating]))
        # A table is not prose; if its ratings are taken for mentions, they are earlier ones.
        for part in (standard.code, "*"):
            truth.mentions.append(
                MentionTruth(who.name, part, year, rating, "previous", required=False)
            )
    truth.mentions.append(MentionTruth(who.name, "", year, overall, "previous", required=False))
    heading = rng.choice(
        (
            f"Ratings at our previous inspection ({year})",
            f"Previous inspection: ratings, {year}",
            f"Ratings from the last inspection in {year}",
        )
    )
    maximum = 3 * len(rows)
    month = f"{rng.choice(MONTHS)} {year}" if rng.random() < 0.4 else ""
    fitting = [s for s in range(maximum + 1) if total_band(s, maximum, fw.cuts, fw.tie) == overall]
    score = rng.choice(fitting)
    table = RatingsTable("", month, score, maximum, WORDS[overall], tuple(rows))
    return heading, table


def domains(
    draft: Draft, rng: Random, form: Form, truth: Truth, who: Speaker, fw: Shelf, figures: Figures
) -> list[tuple[int, str]]:
    """Add every domain with its standards; return the footnotes they made."""
    wording = Wording(rng, fw, who.short)
    notes: list[tuple[int, str]] = []
    for domain in fw.domains:
        inside = [s for s in fw.standards if s.domain == domain and s.code in figures.ratings]
        if not inside:
            continue
        if form.domain_heading:
            draft.add(Heading(domain_heading(fw, domain), linked=True))
        if domain != "4" and all(figures.ratings[s.code] < 0 for s in inside):
            draft.add(
                Para(
                    "There were too few cases in the period for us to rate this part of the work. "
                    + rng.choice(PLAIN)
                )
            )
            continue
        if domain in figures.samples and domain != "4":
            draft.add(Para(sample_sentence(rng, truth, domain, figures.samples[domain], who.short)))
        elif domain == "1":
            draft.add(
                Para("We read what the partnership sent us and held meetings with its staff.")
            )
        for standard in inside:
            standard_pages(draft, rng, form, truth, who, wording, standard, figures, notes)
    return notes
