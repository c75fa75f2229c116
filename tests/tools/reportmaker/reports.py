"""Inspection reports of 2018 and later, from figures to text."""

from collections.abc import Collection
from random import Random

from .body import background, domains, previous_table
from .damage import spoil
from .figures import Figures, draw_2018
from .forms import Form
from .front import contents, cover, dates, filler, foreword, recommendations
from .mentions import Speaker, draw_history
from .model import Block, Bullets, Draft, Footnotes, Heading, Para, RatingsTable, Row, Section, note
from .names import TYPES_2018, TYPES_2025, draw_name, other_name
from .page import paginate, tighten
from .shelf import Shelf
from .text import Writer, curl
from .truth import WORDS, Made, RatingTruth, SampleTruth, Truth
from .words import month_year

GROUP_NUMBERS = {"1": "1. ", "2": "2. ", "3": "3. ", "4": "4. ", "V": ""}


def group_title(form: Form, fw: Shelf, domain: str) -> str:
    titles = fw.domains[domain]
    if domain == "4":
        return f"4. {titles[0]}{note(1)}"
    if form.groups == "number":
        return GROUP_NUMBERS[domain] + titles[0]
    if form.groups == "domain":
        return next((t for t in titles if ": " in t), titles[0])
    return titles[0]


def ratings_rows(form: Form, fw: Shelf, figures: Figures) -> tuple[Row, ...]:
    rows: list[Row] = []
    domain = ""
    for standard in fw.standards:
        if standard.code not in figures.ratings:
            continue
        # Resettlement keeps its heading always: without it 'Policy and provision' says nothing.
        # So do all where the rows have no numbers, since titles are shared by two domains.
        grouped = form.groups != "none" or standard.domain == "4" or not form.table_numbered
        if standard.domain != domain and grouped:
            rows.append(Row("", group_title(form, fw, standard.domain)))
        domain = standard.domain
        number = standard.code if form.table_numbered else ""
        title = standard.title
        if standard.code == "4.1" and form.resettlement_title != "full":
            title = "Policy and provision"
            if form.resettlement_title == "unnumbered":
                number = ""
        rows.append(Row(number, title, WORDS[figures.ratings[standard.code]]))
    return tuple(rows)


def fill_truth(truth: Truth, fw: Shelf, figures: Figures) -> None:
    for standard in fw.standards:
        if standard.code in figures.ratings:
            truth.ratings.append(
                RatingTruth(
                    standard.code,
                    standard.title,
                    standard.domain,
                    figures.ratings[standard.code],
                    standard.counts,
                    figures.percents.get(standard.code),
                )
            )
    truth.samples = [SampleTruth(domain, cases) for domain, cases in figures.samples.items()]
    truth.overall = figures.overall
    truth.score, truth.max_score = figures.score, figures.max_score
    truth.moved = figures.moved


def previous_pages(rng: Random, fw: Shelf, who: Speaker, truth: Truth) -> tuple[Block, ...]:
    heading, table = previous_table(rng, fw, who, truth)
    told = Para("These were given then, and are not those of today.")
    return Heading(heading), told, table, Para(filler(rng, 2))


def entries(blocks: list[Block]) -> list[str]:
    """Name what a contents page lists."""
    out = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            out.append(block.text.removesuffix(" (Back to top)"))
        elif isinstance(block, Section):
            out.append(f"{block.number}. {block.title}" if block.number else block.title)
    return out


def make_report(rng: Random, fw: Shelf, form: Form, damage: Collection[str], recipe: str) -> Made:
    figures = draw_2018(rng, fw, form.resettlement)
    truth = Truth("report", fw.id, draw_name(rng))
    fill_truth(truth, fw, figures)
    short, long = rng.choice(TYPES_2025 if fw.id.endswith("2025") else TYPES_2018)
    fieldwork, published = dates(rng, fw.first, fw.last)
    history = draw_history(rng, fieldwork.year, 2018)
    other = other_name(rng, truth.service)
    who = Speaker(truth.service, short, long, fieldwork.year, other, history, "1" in fw.domains)
    if form.fieldwork_place in ("body", "both"):
        truth.fieldwork, truth.fieldwork_precision = fieldwork, 3
    elif form.fieldwork_place == "table":
        truth.fieldwork, truth.fieldwork_precision = fieldwork.replace(day=1), 2

    draft = Draft()
    cover(draft, rng, form, truth, published)
    opening = Draft()
    foreword(opening, rng, form, truth, who, published)
    table_month = month_year(fieldwork) if form.fieldwork_place in ("table", "both") else ""
    # An earlier table stands before this inspection's, behind it, or at the end; the heading that
    # follows it ends it, so that no page of this inspection falls under 'previous'.
    earlier = rng.choice(("before", "behind", "end")) if form.table_previous and history else ""
    if earlier == "before":
        opening.add(*previous_pages(rng, fw, who, truth))
    opening.add(
        Heading(form.table_heading),
        RatingsTable(
            f"{who.name} {who.long}",
            table_month,
            figures.score,
            figures.max_score,
            WORDS[figures.overall],
            ratings_rows(form, fw, figures),
        ),
    )
    if "4.1" in figures.ratings:
        sentence = f"The rating for resettlement does not influence the overall {who.short} rating."
        opening.add(Footnotes(((1, sentence),)))
    recommendations(opening, rng, form, truth, who)
    if earlier == "behind":
        opening.add(*previous_pages(rng, fw, who, truth))
    background(opening, rng, form, truth, who, fieldwork)
    notes = domains(opening, rng, form, truth, who, fw, figures)
    if earlier == "end":
        opening.add(*previous_pages(rng, fw, who, truth))
    opening.add(
        Heading("Further information", linked=True),
        Para("The following can be found on our website:"),
        Bullets(("inspection data and methodology", "a glossary of terms used in this report")),
    )
    if form.notes_place == "end" and notes:
        opening.add(Footnotes(((1, "Our programme is set out on our website."), *notes), True))
    contents(draft, entries(opening.blocks))
    draft.add(*opening.blocks)
    return finish(draft, rng, form, damage, truth, recipe)


def finish(
    draft: Draft, rng: Random, form: Form, damage: Collection[str], truth: Truth, recipe: str
) -> Made:
    """Lay the draft out, damage it, cut it into pages."""
    width = rng.randint(60, 110) if "wrap" in damage or "hyphens" in damage else 0
    narrow = rng.randint(18, 30) if "narrow" in damage else 0
    lines = Writer(form, rng, width, "hyphens" in damage, narrow).write(draft)
    if "tight" in damage:
        lines = tighten(lines, rng)
    if form.quotes == "curly":
        lines = [type(line)(curl(line.text), line.kind) for line in lines]
    lines = spoil(lines, rng, damage, (truth.service, *(m.service for m in truth.mentions)))
    lines = paginate(
        lines, rng, form.pages, draft.running_head, draft.running_foot, form.page_in_table
    )
    text = form.newline.join(line.text for line in lines) + form.newline
    return Made(text, truth, recipe, tuple(draft.blocks), form)
