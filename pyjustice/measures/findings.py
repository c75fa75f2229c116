"""What a comparison of a published value with a computed one comes to: results, reasons, rows."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from math import nan
from typing import Any, NamedTuple

import numpy as np

from pyjustice.ground.dtypes import CHECK_DTYPE

Rows = np.ndarray[Any, np.dtype[np.void]]


class Result(IntEnum):
    """Codes of the field ``result`` of a check."""

    CANNOT = -1
    DIFFERS = 0
    CONSISTENT = 1
    ALLOWED = 2


class Reason(StrEnum):
    """The closed list of the field ``reason`` of a check; ``pj.explain`` has two lines on each."""

    FOLLOWS = "follows"
    DIFFERS = "differs"
    WITHIN_DISCRETION = "within discretion"
    USUAL_RULE_NOT_FOLLOWED = "usual rule not followed"
    HARD_RULE_BROKEN = "hard rule broken"
    HELD_BY_RULE = "held by its decision rule"
    NO_PERCENTAGES = "no percentages"
    MISSING_PERCENTAGES = "missing percentages"
    MISSING_RATINGS = "missing ratings"
    NOT_RATED = "not rated"
    NOT_COUNTED = "not counted"
    ROUNDING_DECIDES = "rounding decides"
    NO_COUNT_FITS = "no count fits"
    COUNTS_INFERRED = "counts inferred"
    COUNT_NOT_UNIQUE = "count not unique"
    POOLED_SCORE = "pooled score"
    SAMPLE_NOT_KNOWN = "sample not known"
    MAXIMUM_DIFFERS = "maximum differs"
    MAXIMUM_NOT_KNOWN = "maximum not known"
    SMALLER_MAXIMUM = "only fits a smaller maximum"
    SCORE_NOT_POSSIBLE = "score not possible"
    NOT_A_RATING = "not a rating"
    STATED_NUMBER_DIFFERS = "stated number differs"
    NO_STATED_NUMBER = "no stated number"
    PART_NOT_NAMED = "part not named"
    NOT_ON_THAT_SCALE = "not on that scale"
    NO_OVERALL_GIVEN_THEN = "no overall given then"
    OTHER_DOCUMENT_DIFFERS = "other document differs"
    CONFIRMED = "confirmed by other document"
    NO_OTHER_DOCUMENT = "no other document"


class Finding(NamedTuple):
    """One row of a check: the fields of ``CHECK_DTYPE``, in its order."""

    report: int
    service: str
    item: str
    published: float = nan
    computed: float = nan
    result: int = Result.CANNOT
    reason: str = ""
    rule_confidence: str = ""
    close_to_boundary: bool = False
    answers_to_change: int = -1
    line: int = -1
    start: int = -1
    end: int = -1


def rows_of(report: int, rows: Rows) -> Rows:
    """Rows of one document, by its row in ``inspections``."""
    own: Rows = rows[rows["report"] == report]
    return own


def as_checks(findings: Iterable[Finding]) -> Rows:
    """Findings as an array of ``CHECK_DTYPE``, in the order given."""
    return np.array([tuple(finding) for finding in findings], dtype=CHECK_DTYPE)


def same_name(service: str) -> str:
    """Key under which spellings of one service's name are the same: 'St. Helens', 'St Helens'."""
    words = service.casefold().replace("&", " and ")
    return "".join(letter for letter in words if letter.isalnum())
