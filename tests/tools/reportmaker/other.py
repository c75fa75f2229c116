"""Documents of other inspections that look like these and hold ratings, scores and percentages."""

from collections.abc import Callable, Collection
from datetime import date
from random import Random

from .forms import Form
from .front import filler
from .model import Bullets, Cover, Draft, Heading, Lines, Para, RatingsTable, Row
from .names import draw_name
from .reports import finish
from .truth import WORDS_2018, Made, Truth
from .words import ACTIONS, month_year, words


def adult_probation(draft: Draft, rng: Random, form: Form, name: str, month: str) -> None:
    """Adult probation: the same inspectorate, the same four words, a table of its own out of 21."""
    title = rng.choice(("An inspection of probation services in:", "An inspection of"))
    unit = rng.choice(("PDU", "Probation Delivery Unit", "Community Rehabilitation Company"))
    draft.add(Cover((title, f"{name} {unit}", f"HM Inspectorate of Probation, {month}")))
    rated = [
        ("P 1.1", "Leadership"),
        ("P 1.2", "Staffing"),
        ("P 1.3", "Services"),
        ("P 2.1", "Assessment"),
        ("P 2.2", "Planning"),
        ("P 2.3", "Implementation and delivery"),
        ("P 2.4", "Reviewing"),
    ]
    if rng.random() < 0.5:
        rated = [(number.removeprefix("P "), label) for number, label in rated]
    points = [rng.randint(0, 3) for _ in rated]
    rows = [
        Row(number, label, WORDS_2018[p]) for (number, label), p in zip(rated, points, strict=True)
    ]
    rows.insert(3, Row("", "2. Service delivery"))
    rows.insert(0, Row("", "1. Organisational arrangements and activity"))
    overall = min(3, round(sum(points) / 7))
    draft.add(
        Heading("Foreword"),
        Para(f"Overall, {name} {unit} was rated as '{WORDS_2018[overall]}'. {filler_adult(rng)}"),
        Heading(form.table_heading),
        RatingsTable(f"{name} {unit}", month, sum(points), 21, WORDS_2018[overall], tuple(rows)),
        Heading("Recommendations"),
        Para(f"{name} {unit} should:"),
        Bullets(tuple(rng.sample(ACTIONS, 3))),
        Para(
            "We looked at cases of people on probation, both those sentenced to community orders "
            "and those released on licence."
        ),
    )


def filler_adult(rng: Random) -> str:
    return rng.choice(
        (
            "Caseloads were high and many probation officers were new to their work.",
            "People on probation told us that they had to wait for unpaid work.",
            "Sentence management had suffered from vacancies among probation officers.",
        )
    )


def childrens_services(draft: Draft, rng: Random, form: Form, name: str, month: str) -> None:
    """Children's social care: judgements in the same words plus one of its own."""
    parts = (
        "The impact of leaders on social work practice with children and families",
        "The experiences and progress of children who need help and protection",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
    )
    grades = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
    overall = rng.choice(grades)
    draft.add(
        Cover((f"{name} Council", "Inspection of children's services", f"Inspected in {month}"))
    )
    lines = [f"{part}\t{rng.choice(grades)}" for part in parts]
    draft.add(
        Lines(("Judgement\tGrade", *lines, f"Overall effectiveness\t{overall}")),
        Para(
            f"Children's services in {name} are rated {overall.lower()}. Social workers visit "
            "children often. The youth justice service is part of the early help offer."
        ),
        Heading("What needs to improve?"),
        Bullets(tuple(rng.sample(ACTIONS, 2))),
    )


def joint_targeted(draft: Draft, rng: Random, form: Form, name: str, month: str) -> None:
    """Joint targeted area inspection: narrative, several agencies, no ratings."""
    draft.add(
        Cover(
            (
                f"Joint targeted area inspection of {name}",
                f"Inspection dates: {month}",
                "Ofsted, Care Quality Commission, HMICFRS and HM Inspectorate of Probation",
            )
        ),
        Heading("Headline findings"),
        Para(f"Partners in {name} share a vision for reducing serious youth violence."),
        Para(filler(rng, 3)),
        Heading("What needs to improve?"),
        Bullets(tuple(rng.sample(ACTIONS, 3))),
    )


def thematic(draft: Draft, rng: Random, form: Form, name: str, month: str) -> None:
    """Thematic report: many services, percentages and the words of the scale, nobody rated."""
    share = rng.randint(20, 80)
    draft.add(
        Cover(
            (
                "A thematic inspection of work with children subject to remand in youth detention",
                f"A joint inspection, {month}",
            )
        ),
        Heading("Executive summary"),
        Para(
            f"We visited youth justice services in {name} and {words(rng.randint(4, 9))} other "
            f"areas. In {share} per cent of cases planning to keep the child safe was sufficient. "
            "Of the services that we have inspected since the standards were revised, several "
            "were rated 'Good' or 'Outstanding'."
        ),
        Para(filler(rng, 3)),
        Heading("Recommendations"),
        Para("The Youth Justice Board should:"),
        Bullets(tuple(rng.sample(ACTIONS, 2))),
    )


def core_case(draft: Draft, rng: Random, form: Form, name: str, month: str) -> None:
    """Core case inspection (2009 to 2012): percentages and degrees of improvement required."""
    degrees = ("MINIMUM", "MODERATE", "SUBSTANTIAL", "DRASTIC")
    parts = (
        "'Safeguarding' aspects",
        "'Public Protection - Risk of Harm' aspects",
        "'Public Protection - Likelihood of Reoffending' aspects",
    )
    lines = [
        f"{part}\t{rng.randint(35, 95)}%\tImprovement required: {rng.choice(degrees)}"
        for part in parts
    ]
    draft.add(
        Cover(("Core Case Inspection of youth offending work in England and Wales",)),
        Cover((f"Report on youth offending work in: {name}", month)),
        Heading("Scoring"),
        Lines(("Judgements are as follows:", *lines)),
        Para(filler(rng, 3)),
        Heading("Recommendations"),
        Para("Changes are necessary to ensure that, in a higher proportion of cases:"),
        Bullets(("assessments are timely and of good quality", "plans are specific")),
    )


def short_screening(draft: Draft, rng: Random, form: Form, name: str, month: str) -> None:
    """Short quality screening (2012 to 2017): a letter, without scores or ratings."""
    draft.add(
        Lines((f"To: Director of Children's Services, {name}", f"From: HM Inspectorate, {month}")),
        Heading(f"Report of Short Quality Screening (SQS) of youth offending work in {name}"),
        Para(
            f"The screening was of {rng.randint(12, 40)} recent cases that were two to six months "
            "old. It looked at the start of sentence only. Overall, we found a good standard of "
            "work in this YOT, and assessment was mostly satisfactory."
        ),
        Heading("Commentary on the inspection"),
        Para(f"1. Reducing the likelihood of reoffending. {filler(rng, 2)}"),
        Para(f"2. Protecting the public. {filler(rng, 2)}"),
        Heading("Areas requiring improvement"),
        Bullets(tuple(rng.sample(ACTIONS, 2))),
    )


Style = Callable[[Draft, Random, Form, str, str], None]
STYLES: tuple[Style, ...] = (
    adult_probation,
    childrens_services,
    joint_targeted,
    thematic,
    core_case,
    short_screening,
)


def make_other_draft(rng: Random, form: Form, damage: Collection[str], recipe: str) -> Made:
    style = rng.choice(STYLES)
    name = draw_name(rng)
    truth = Truth("other", "", name)
    draft = Draft()
    known: dict[Style, tuple[int, int]] = {core_case: (2009, 2012), short_screening: (2012, 2016)}
    years = known.get(style, (2018, 2026))
    month = month_year(date(rng.randint(*years), rng.randint(1, 12), 1))
    style(draft, rng, form, name, month)
    return finish(draft, rng, form, damage, truth, f"{recipe} style={style.__name__}")
