"""A document as blocks, before any layout: what a page, a text and a web page have in common."""

from dataclasses import dataclass, field

# Marks inside text, replaced when the text is laid out. Private-use characters, so that no
# service name, title or sentence can contain them.
BREAK = "\ue000"  # here a line ends if prose is hard-wrapped, else a space
NOTE = "\ue001"  # followed by the number of a footnote and NOTE_END
NOTE_END = "\ue002"


def note(number: int) -> str:
    return f"{NOTE}{number}{NOTE_END}"


@dataclass(frozen=True)
class Cover:
    """Lines of a title page; each stands alone."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    linked: bool = False  # a web page's '(Back to top)' belongs to it


@dataclass(frozen=True)
class Para:
    text: str
    whole: bool = False  # names somebody as printed: its words are never split


@dataclass(frozen=True)
class Lines:
    """Short lines that belong together and are never joined (signature, address)."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    items: tuple[str, ...]
    start: int = 1
    tight: bool = False  # '1.<tab>text', as older reports print it
    whole: bool = False  # as for a paragraph


@dataclass(frozen=True)
class Contents:
    entries: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Row:
    """One row of a ratings table; an empty rating makes it a group's heading."""

    number: str
    title: str
    rating: str = ""


@dataclass(frozen=True)
class RatingsTable:
    service_line: str
    fieldwork: str  # 'October 2025' or ''
    score: int
    max_score: int
    overall: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """Heading of a standard with its statement and rating."""

    number: str
    title: str
    statement: str
    rating: str


@dataclass(frozen=True)
class QuestionRow:
    text: str  # the whole question
    fragment: str  # what is left of it under the lead-in, or ''
    percent: int
    yes: int
    cases: int


@dataclass(frozen=True)
class QuestionTable:
    lead: str  # 'Does assessment sufficiently analyse:' or ''
    rows: tuple[QuestionRow, ...]
    counts: bool


@dataclass(frozen=True)
class Footnotes:
    notes: tuple[tuple[int, str], ...]
    listed: bool = False  # all at the end, as a web report has them


@dataclass(frozen=True)
class PageBreak:
    pass


Block = (
    Cover
    | Heading
    | Para
    | Lines
    | Bullets
    | Numbered
    | Contents
    | RatingsTable
    | Section
    | QuestionTable
    | Footnotes
    | PageBreak
)


@dataclass
class Draft:
    """Blocks in order, with what layout needs to know of the whole."""

    blocks: list[Block] = field(default_factory=list)
    running_head: str = ""
    running_foot: str = ""

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)
