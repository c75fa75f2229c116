"""Flags: why a computed row has no value, or what to mind of the value that it has."""

from enum import StrEnum

__all__ = ["CaseFault", "Flag"]


class Flag(StrEnum):
    """The closed list of ``flag`` and ``doubt``; ``pj.explain`` has two lines on each."""

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
    MISSING_VALUE = "missing value"
    ZERO_BASE = "zero base"
    NOTHING_VARIES = "nothing varies"
    FEW_PEERS = "few peers"
    PEERS_VARY = "peers vary beyond chance"
    UNUSUAL = "unusual among peers"
    FAR_FROM_TARGET = "far from the target"
    TOO_FEW_POINTS = "too few points"
    NO_WIDTH = "limits without width"
    TRIAL_LIMITS = "trial limits"
    SMALL_COUNTS = "small counts"
    FIRST_KNOWN = "first known"
    NOT_COMPARABLE = "not comparable"
    FRAMEWORK_NOT_KNOWN = "framework not known"
    SOURCES_CONFLICT = "sources conflict"
    DATE_NOT_KNOWN = "date not known"
    YEAR_NOT_PRINTED = "year not printed"
    SCORE_INFERRED = "score inferred"


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
