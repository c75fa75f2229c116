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
    LOWER_BOUND = "lower bound"
    SUPPRESSED = "suppressed"


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
