"""What a generated document says, field by field, for a reader to be compared with."""

from dataclasses import dataclass, field
from datetime import date

NOT_FOUND = -2
NOT_RATED = -1

# Codes and words of the two scales, written out here on purpose: the generator is a second opinion
# and shares no table with the package except the frameworks' titles, statements and questions.
WORDS_2018 = {0: "Inadequate", 1: "Requires improvement", 2: "Good", 3: "Outstanding"}
WORDS_2012 = {10: "Poor", 11: "Unsatisfactory", 12: "Satisfactory", 13: "Good"}
WORDS = {NOT_RATED: "Not rated", **WORDS_2018, **WORDS_2012}


@dataclass(frozen=True)
class RatingTruth:
    standard: str
    title: str
    domain: str
    rating: int
    counts: bool
    percent: float | None = None  # lowest key question; None if judged without figures

    @property
    def word(self) -> str:
        return "" if self.rating == NOT_FOUND else WORDS[self.rating]


@dataclass(frozen=True)
class QuestionTruth:
    standard: str
    number: int
    percent: int
    wordings: tuple[str, ...]  # any of these is right: the framework's, or as printed
    yes: int = -1
    cases: int = -1
    printed: bool = False  # counts stand beside the percentage


@dataclass(frozen=True)
class SampleTruth:
    domain: str
    cases: int


@dataclass(frozen=True)
class RecommendationTruth:
    number: int  # running over the document
    printed: int  # as printed, -1 for a bullet
    addressee: str


@dataclass(frozen=True)
class QuantityTruth:
    kind: str
    value: float
    numerator: float | None = None
    denominator: float | None = None
    hedge: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class MentionTruth:
    service: str
    standard: str  # '' overall, '*' a part that cannot be named
    year: int
    rating: int
    role: str
    required: bool = True  # False: may be reported or not, but if so with this role
    sentence: str = ""
    also: tuple[str, ...] = ()  # other answers for the standard that are as right


@dataclass
class Truth:
    kind: str
    framework: str = ""
    service: str = ""
    published: date | None = None
    published_precision: int = 0
    fieldwork: date | None = None
    fieldwork_precision: int = 0
    score: int = -1
    max_score: int = -1
    overall: int = NOT_FOUND
    stated_recommendations: int = -1
    ratings: list[RatingTruth] = field(default_factory=list)
    questions: list[QuestionTruth] = field(default_factory=list)
    samples: list[SampleTruth] = field(default_factory=list)
    recommendations: list[RecommendationTruth] = field(default_factory=list)
    quantities: list[QuantityTruth] = field(default_factory=list)
    mentions: list[MentionTruth] = field(default_factory=list)
    moved: str = ""  # the standard whose rating a panel moved by one band


@dataclass(frozen=True)
class Made:
    text: str
    truth: Truth
    recipe: str
    blocks: tuple[object, ...] = ()
    form: object = None
