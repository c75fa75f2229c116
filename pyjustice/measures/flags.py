"""Flags: why a computed row has no value, or what to mind of the value that it has."""

from enum import StrEnum

__all__ = ["CaseFault", "Flag"]


class Flag(StrEnum):
    """The closed list of the field ``flag``; ``pj.explain`` has two lines on each."""

    NO_CASES = "no cases"
    NOT_GIVEN = "not given"
    QUESTION_WITHOUT_ANSWERS = "question without answers"
    ROUNDING_DECIDES = "rounding decides"
    ANSWERS_MISSING = "answers missing"
    HARD_RULE_BROKEN = "hard rule broken"
    USUAL_RULE_NOT_FOLLOWED = "usual rule not followed"
    MISSING_RATINGS = "missing ratings"
    MAXIMUM_NOT_KNOWN = "maximum not known"
    NO_OVERALL_GIVEN = "no overall given"
    ELIGIBLE_UNKNOWN = "eligible unknown"
    NO_DENOMINATOR = "no denominator"
    ZERO_BASE = "zero base"
    SUPPRESSED = "suppressed"
    NO_EVENTS = "no events in either"
    TOO_FEW = "too few"
    ZERO_EVENTS = "zero events"
    ZERO_REFERENCE = "no events in the reference"
    TEST_DIFFERS = "interval and test differ"
    OVERLAPPING = "overlapping populations"
    REFERENCE = "is the reference"
    UNKNOWN_GROUP = "unknown group"
    NO_GROUP = "names no group"
    SPANS_GROUPS = "spans groups"
    ALL_GROUPS = "all groups"
    CHINESE_MOVED = "chinese moved in 2011"
    TRAVELLER = "gypsy roma traveller"
    WHITE_MINORITIES = "white minorities unclear"
    SEVERAL_CASES = "several cases a child"
    NO_COUNT_FITS = "no count fits"
    ABOVE_STAGE_BEFORE = "above the stage before"
    LOWER_BOUND = "lower bound"


class CaseFault(StrEnum):
    """The closed list of the field ``reason`` of a check of cases."""

    DUPLICATE = "duplicate case"
    REFUSED = "row refused"
    UNREAD = "cell not read"
    DIFFERS = "differs within a case"
    OUT_OF_ORDER = "dates out of order"
    OUTSIDE = "outside the window"
    ETHNICITY = "unknown ethnicity"
    NEVER_ANSWERED = "question never answered"
    NO_COLUMN = "question without a column"
    NOT_ASKED = "not a question of the framework"
    MISSING = "answers missing"
    SPELLINGS = "spelled in several ways"
