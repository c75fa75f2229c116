"""The choices that make one layout differ from another, drawn independently of each other."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from random import Random

# Every choice with its options. The coverage test asks that each option be really drawn.
CHOICES: dict[str, tuple[object, ...]] = {
    # ratings table: cells run together, tabs, a cell a line, columns (all labels, then all
    # ratings), 'label: rating', aligned by spaces
    "table": ("run", "tabs", "cells", "columns", "colon", "aligned"),
    "table_numbered": (True,) * 7 + (False,),  # without numbers the group tells 2.1 from 3.1
    "table_split": (False, True),  # number and title of a standard are cells of their own
    "table_heading": ("Ratings", "Summary of ratings", "Ratings (Back to top)"),
    "table_service": (True, False),  # a line with the service's name above the table
    "table_previous": (False, False, False, True),  # an earlier inspection's table, further on
    "dotted": (False, True),  # '2.1.' in the ratings table
    "groups": ("number", "domain", "bare", "none"),  # '2. Court disposals', 'Domain two: ...'
    "total": ("score", "in overall", "possible"),  # 'Score 23/36', 'Good (25/36)', '33 out of...'
    "fieldwork_place": ("table", "body", "both", "none"),
    "resettlement": ("rated", "not rated", "absent"),
    "resettlement_title": ("full", "alone", "unnumbered"),  # 'Policy and provision' alone
    # body: rating on its own line, stuck to the statement, behind a tab, '2.1. AssessingRating'
    "section": ("own", "glued", "tab", "headed"),
    "section_dotted": (True, False),
    "question": ("tab", "glued", "wrapped", "columns", "cells"),
    "question_lead": (False, True),  # lead-in and fragments where the framework has them
    "question_counts": (False, False, False, True),  # '15 of 21' beside 71%
    "contents": ("none", "leaders", "tabs"),
    "notes": ("none", "superscript", "digits"),
    "notes_place": ("page", "end"),
    "pages": ("none", "feeds", "furniture"),  # form feeds alone, or with header and footer
    "page_in_table": (False, True),
    "published": ("cover", "line", "signature", "blank", "none"),
    "published_precision": ("month", "day"),
    "recommendations": ("running", "restart", "bullets"),
    "bullets": ("- ", "• ", "  • ", "* "),
    "quotes": ("straight", "curly"),
    "newline": ("\n", "\n", "\r\n"),
    "linked": (False, True),  # headings carry '(Back to top)', as a web page's do
    "module": (True, False),  # full joint inspection: with its sixth theme
    "domain_heading": (True, True, True, False),  # 'Domain two: Court disposals' above the sections
}

DAMAGES = (
    "split",  # spaces inside words
    "soft",  # soft hyphens
    "ligatures",
    "nbsp",
    "quotes",  # straight and curly at random
    "hyphens",  # hyphenated line ends
    "wrap",  # prose hard-wrapped
    "double",  # double spaces
    "trailing",  # trailing spaces
    "tight",  # blank lines missing
    "narrow",  # labels and ratings of the table broken over lines
)


@dataclass(frozen=True)
class Form:
    table: str
    table_numbered: bool
    table_split: bool
    table_heading: str
    table_service: bool
    table_previous: bool
    dotted: bool
    groups: str
    total: str
    fieldwork_place: str
    resettlement: str
    resettlement_title: str
    section: str
    section_dotted: bool
    question: str
    question_lead: bool
    question_counts: bool
    contents: str
    notes: str
    notes_place: str
    pages: str
    page_in_table: bool
    published: str
    published_precision: str
    recommendations: str
    bullets: str
    quotes: str
    newline: str
    linked: bool
    module: bool
    domain_heading: bool

    def recipe(self) -> str:
        return " ".join(f"{key}={value!r}" for key, value in asdict(self).items())


assert {f.name for f in fields(Form)} == set(CHOICES)


def draw_form(rng: Random, wish: Mapping[str, object] | None = None) -> Form:
    """Draw every choice, then take those wished for instead.

    Each has a stream of its own: a choice added later does not change what a seed drew before.
    """
    base = rng.random()
    drawn = {key: Random(f"{base} {key}").choice(options) for key, options in CHOICES.items()}
    for key, value in (wish or {}).items():
        if value not in CHOICES[key]:
            raise ValueError(f"{key}: {value!r} is not one of {CHOICES[key]}")
        drawn[key] = value
    return Form(**drawn)  # type: ignore[arg-type]


def draw_damage(rng: Random) -> tuple[str, ...]:
    """Draw nothing for a third of documents, one damage for a third, several for the rest."""
    kind = rng.random()
    if kind < 0.34:
        return ()
    if kind < 0.67:
        return (rng.choice(DAMAGES),)
    return tuple(sorted(rng.sample(DAMAGES, rng.randint(2, 5))))
