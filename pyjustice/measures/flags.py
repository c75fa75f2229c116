"""Flags: why a computed row has no value, or what to mind of the value that it has."""

from enum import StrEnum

__all__ = ["Flag"]


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
