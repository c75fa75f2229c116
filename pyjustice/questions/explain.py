"""What a flag or a reason means, and what to do about it: two lines each."""

from pyjustice.ground.errors import DataError
from pyjustice.measures.findings import Reason
from pyjustice.measures.flags import CaseFault, Flag

_EXPLANATIONS: dict[str, tuple[str, str]] = {
    Reason.FOLLOWS: (
        "The published value is the one that the rule gives for the figures published with it.",
        "Nothing to do. 'rule_confidence' says how sure the rule itself is.",
    ),
    Reason.DIFFERS: (
        "The published value is not the one that the rule gives for the figures beside it.",
        "Look at the passage (line, start, end): misprinted, misread, or by a rule not known here.",
    ),
    Reason.WITHIN_DISCRETION: (
        "The published rating is not that of the figures, but as near as a panel may move it.",
        "No error by itself. The report should say that and why the panel moved it.",
    ),
    Reason.USUAL_RULE_NOT_FOLLOWED: (
        "A decision rule marked 'usually' calls for another rating.",
        "No error by itself. Look for the inspectors' reason in the section on this standard.",
    ),
    Reason.HARD_RULE_BROKEN: (
        "A decision rule without exceptions does not allow the published rating.",
        "Check that the ratings it rests on were read correctly; then ask the publisher.",
    ),
    Reason.HELD_BY_RULE: (
        "A decision rule rules out the next higher rating, so this is the highest possible one.",
        "Nothing to do. The ratings that hold it down are those of the rule in the framework.",
    ),
    Reason.NO_PERCENTAGES: (
        "The rating rests on evidence, or on figures that the report does not print.",
        "It cannot be recomputed. If the figures are published elsewhere, give them as 'counts'.",
    ),
    Reason.MISSING_PERCENTAGES: (
        "Some key questions of this standard were not found; the lowest may be among them.",
        "Look at the section in the document, and at 'questions' for what was read.",
    ),
    Reason.MISSING_RATINGS: (
        "A rating that this comparison needs was not found in the document.",
        "See the rows of 'ratings' with rating -2: the text may be cut, or laid out unusually.",
    ),
    Reason.NOT_RATED: (
        "The report says that this was not rated, as when no case fell into the period.",
        "Nothing to compare. A standard that counts and is not rated lowers the maximum.",
    ),
    Reason.NOT_COUNTED: (
        "The rating rests on evidence, and the framework leaves it out of the total.",
        "It cannot be recomputed and has no part in the overall rating.",
    ),
    Reason.ROUNDING_DECIDES: (
        "The exact share lies in another band than the printed percentage (11 of 17 is 64.7 %).",
        "No source settles which of the two is rated; treat the rating as on the boundary.",
    ),
    Reason.NO_COUNT_FITS: (
        "No whole number of the cases inspected gives the printed percentage.",
        "A misprint, another sample size, or a question answered for only some of the cases.",
    ),
    Reason.COUNTS_INFERRED: (
        "Exactly one count of the cases inspected gives the printed percentage.",
        "The count is worked out, not printed: say so if you publish it.",
    ),
    Reason.COUNT_NOT_UNIQUE: (
        "More than one count of the cases inspected gives the printed percentage.",
        "The percentage is possible; the number of cases behind it cannot be told.",
    ),
    Reason.POOLED_SCORE: (
        "The score pools the answers to many questions over all cases.",
        "No count of cases lies behind it, so there is none to compare.",
    ),
    Reason.SAMPLE_NOT_KNOWN: (
        "The number of cases inspected was not found for this part of the report.",
        "The percentage cannot be set beside a count; see 'samples' for what was read.",
    ),
    Reason.MAXIMUM_DIFFERS: (
        "The score agrees with the standards, but the printed maximum does not.",
        "Compare the standards marked 'Not rated' with the maximum printed.",
    ),
    Reason.MAXIMUM_NOT_KNOWN: (
        "The overall rating depends on a maximum that is not given, or that no rule is known for.",
        "Give the score as '11/36', or name the framework of the table.",
    ),
    Reason.SMALLER_MAXIMUM: (
        "The score is not possible out of a full maximum, only out of a reduced one.",
        "Some standards were not rated: do not set this score beside full ones.",
    ),
    Reason.SCORE_NOT_POSSIBLE: (
        "No whole number of points out of any maximum of the framework gives this score.",
        "A misprint or a damaged cell: look at the row's source.",
    ),
    Reason.NOT_A_RATING: (
        "The text in the place of a rating is no rating of the framework.",
        "Another text got into the column: look at the row's source.",
    ),
    Reason.STATED_NUMBER_DIFFERS: (
        "The report states another number of recommendations than it lists.",
        "Count them in the document: one may be split in two, or two run together.",
    ),
    Reason.NO_STATED_NUMBER: (
        "The document does not print the number to compare with.",
        "Nothing to do: 'computed' is what was found.",
    ),
    Reason.PART_NOT_NAMED: (
        "The sentence rates a part of the service that cannot be matched with a standard.",
        "Read the sentence (line, start, end) and compare by hand.",
    ),
    Reason.NOT_ON_THAT_SCALE: (
        "The inspection of that year had another scale, without this word.",
        "Do not repeat the rating; quote the report of that inspection instead.",
    ),
    Reason.NO_OVERALL_GIVEN_THEN: (
        "The framework of that inspection gave no overall rating.",
        "Do not set it beside overall ratings; quote what was rated then.",
    ),
    Reason.OTHER_DOCUMENT_DIFFERS: (
        "Another document read together gives a different rating for the same inspection.",
        "Trust the inspection report over a release, article or minute.",
    ),
    Reason.CONFIRMED: (
        "Another document read together gives the same rating for the same inspection.",
        "Nothing to do.",
    ),
    Reason.NO_OTHER_DOCUMENT: (
        "Not one report of this service and year, or more than one, was read together with this.",
        "Read the report of that inspection together with this document to compare.",
    ),
    Flag.NO_CASES: (
        "No case was judged on this: every answer is not applicable, not known or blank.",
        "It counts as not rated, which lowers the maximum. Check that the column is the right one.",
    ),
    Flag.NOT_GIVEN: (
        "This rating rests on evidence that is not in the cases, and none was given.",
        "Give it: qualitative={'1.1': 'Good'}. Until then the overall rating cannot be computed.",
    ),
    Flag.QUESTION_WITHOUT_ANSWERS: (
        "A key question of this standard has no answers; the lowest might be that one.",
        "Look for its column: it may have another name, for columns={header: '2.1/1'}.",
    ),
    Flag.ANSWERS_MISSING: (
        "Some cases have no answer here: don't know, or blank. They are no part of the percentage.",
        "See how many in 'dont_know' and 'blank'; if they are many, the rating may not hold.",
    ),
    Flag.NO_OVERALL_GIVEN: (
        "This framework gives no overall rating.",
        "Do not make one up; quote the ratings of its themes.",
    ),
    Flag.ELIGIBLE_UNKNOWN: (
        "How likely a band is depends on how many cases were eligible, which is not known.",
        "Give eligible=, the cases that started in the window; the interval assumes very many.",
    ),
    Flag.LOWER_BOUND: (
        "From counts alone it is not known which cases had which answers.",
        "At least so many cases would have to change. From the cases themselves it is exact.",
    ),
    Flag.NO_DENOMINATOR: (
        "There is nothing to set the count against: no population, or no number of children.",
        "Give it, or publish the count alone: without it no rate and no ratio can be had.",
    ),
    Flag.ZERO_BASE: (
        "Nobody could have been counted: the group or its reference has a base of zero.",
        "Say so, and add years or join areas if a comparison is needed.",
    ),
    Flag.SUPPRESSED: (
        "A count is withheld, so that only what holds for every value it may have is given.",
        "See 'ratio_least', 'ratio_most' and 'holds'; do not put a number in its place.",
    ),
    Flag.NO_EVENTS: (
        "It happened to no child, neither of the group nor of its reference.",
        "There is no ratio. The upper limits of the rates say what cannot be ruled out.",
    ),
    Flag.TOO_FEW: (
        "There are too few children to expect even a handful of events in each group.",
        "List the group as too few to say; add years or areas. Do not read it as no difference.",
    ),
    Flag.ZERO_EVENTS: (
        "It happened to no child of this group.",
        "The ratio is zero and its upper limit says how large it may be: quote that.",
    ),
    Flag.ZERO_REFERENCE: (
        "It happened to no child of the reference, so that the ratio has no upper limit.",
        "Quote the lower limit and the difference, or take another reference.",
    ),
    Flag.TEST_DIFFERS: (
        "The interval of the ratio and the exact test disagree on whether there is a difference.",
        "It is on the boundary: say that the evidence is not clear.",
    ),
    Flag.OVERLAPPING: (
        "The whole that the group is compared with contains the group itself.",
        "The ratio is nearer to 1 than that to the other groups: say so, or use 'rest'.",
    ),
    Flag.REFERENCE: (
        "This is the group that the others are compared with.",
        "Nothing to do. Its own rate stands here.",
    ),
    Flag.UNKNOWN_GROUP: (
        "The group of these children is not known: they are listed and compared with nothing.",
        "Publish how many they are; if they are many, every comparison may be wrong.",
    ),
    Flag.NO_GROUP: (
        "The label names no group of the classification.",
        "Look at the label; a misspelling, another classification, or a code of a system's own.",
    ),
    Flag.SPANS_GROUPS: (
        "The label covers more than one group of the classification.",
        "Use a coarser classification, or ask for the figures in parts; do not choose one.",
    ),
    Flag.ALL_GROUPS: (
        "The label is that of a total.",
        "Leave it out: a total beside its parts counts every child twice.",
    ),
    Flag.CHINESE_MOVED: (
        "Chinese was counted with Other until the census of 2011, and is with Asian since.",
        "Do not run a series of Asian or Other across the change without saying so.",
    ),
    Flag.TRAVELLER: (
        "Few Gypsy, Roma and Traveller children are recorded as such; many stand as White.",
        "Figures for them are mostly too low: say so, and do not take a small number for none.",
    ),
    Flag.WHITE_MINORITIES: (
        "It is not said whether 'ethnic minorities' has White minorities in it.",
        "Find out: the two differ, and comparisons with White then count some children twice.",
    ),
    Flag.SEVERAL_CASES: (
        "Some children have several cases, and cases of one child are not independent.",
        "Go by the bootstrap's limits, which draw children; p and the other limits are too sure.",
    ),
    Flag.ABOVE_STAGE_BEFORE: (
        "More children came to this stage than to the one before it, in one of the two groups.",
        "Compared as rates. Check that both count the same children, of the same year.",
    ),
    CaseFault.DUPLICATE: (
        "A case's reference stands in more than one row of a service.",
        "Remove the copies, or say which column names a case: columns={header: 'case'}.",
    ),
    CaseFault.REFUSED: (
        "Rows could not be read and are no part of any figure.",
        "See 'refused' for line, column and why; mend the file and read it again.",
    ),
    CaseFault.UNREAD: (
        "Cells that should be a date or a whole number are not; they are left blank.",
        "See 'unread' for line and column. Dates are read day first, as 18/02/2025.",
    ),
    CaseFault.DIFFERS: (
        "Rows of one case disagree in this column; the first one counts.",
        "Look at whether two cases share a reference.",
    ),
    CaseFault.OUT_OF_ORDER: (
        "A date comes before one that it cannot precede, such as a start before a birth.",
        "Check day and month: they are read day first.",
    ),
    CaseFault.OUTSIDE: (
        "Cases started before or after the window of the inspection.",
        "Leave them out, or correct the window: they were not eligible.",
    ),
    CaseFault.ETHNICITY: (
        "The ethnicity of these cases is not known.",
        "Say how many whenever you compare groups; a large share makes comparisons meaningless.",
    ),
    CaseFault.NEVER_ANSWERED: (
        "No case of this service has yes or no for this key question.",
        "Its standard cannot be rated, unless none of its questions applies.",
    ),
    CaseFault.NO_COLUMN: (
        "No column of the file answers this key question.",
        "If there is one under another name, say so: columns={header: '2.1/1'}.",
    ),
    CaseFault.NOT_ASKED: (
        "This column looks like a key question, and the framework does not ask it.",
        "Another framework may have been used; the column has no part in the ratings.",
    ),
    CaseFault.SPELLINGS: (
        "One name is spelled in several ways, so that its cases are counted apart.",
        "Make the spellings one before you count by this column.",
    ),
}


def explain(flag: str) -> str:
    """Say what a flag or a reason means, and what to do about it.

    Parameters
    ----------
    flag : str
        As it stands in an array, such as ``'no count fits'``.

    Returns
    -------
    str
        Two lines.

    Raises
    ------
    DataError
        If there is no such flag.

    Examples
    --------
    >>> print(explain("counts inferred"))
    Exactly one count of the cases inspected gives the printed percentage.
    The count is worked out, not printed: say so if you publish it.
    """
    if flag in _EXPLANATIONS:
        return "\n".join(_EXPLANATIONS[flag])
    known = ", ".join(map(repr, map(str, _EXPLANATIONS)))
    raise DataError(f"no such flag: {str(flag)!r}; expected one of {known}")
