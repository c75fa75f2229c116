"""What a flag or a reason means, and what to do about it: two lines each."""

from pyjustice.ground.comparable import Apart
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
    Flag.MISSING_VALUE: (
        "A figure that this needs is missing: not published, suppressed or not read.",
        "The row is kept and has no part in any total or limit. Do not put a zero in its place.",
    ),
    Flag.ZERO_BASE: (
        "There is no population, or nothing expected, to set the count against.",
        "The row is kept and has no part in any total or limit. Check the figure.",
    ),
    Flag.NOTHING_VARIES: (
        "At this target chance has no part: no event is expected anywhere, or all of them are.",
        "Nothing can be said of who stands out. Pool more years, or choose another measure.",
    ),
    Flag.FEW_PEERS: (
        "There are too few areas to say how much areas like these vary.",
        "Compare with more areas, or with something known: target=, or against='national'.",
    ),
    Flag.PEERS_VARY: (
        "Outside of the 99.8 % limits of chance; but areas vary by far more than chance gives.",
        "So do many others: use adjust='multiplicative' or 'additive' before singling any out.",
    ),
    Flag.UNUSUAL: (
        "Outside of the 99.8 % limits of what is usual among these areas.",
        "It says nothing of why, nor of good or bad: look at recording, population and practice.",
    ),
    Flag.FAR_FROM_TARGET: (
        "Outside of the 99.8 % limits around the target that was given.",
        "It says nothing of why; how areas compare with each other is another question.",
    ),
    Flag.TOO_FEW_POINTS: (
        "A phase of this chart has too few points for limits.",
        "Show the points alone. Twelve or more are wanted.",
    ),
    Flag.NO_WIDTH: (
        "All points of this phase are equal, so that its limits have no width.",
        "No rule is applied, for any other value would be outside.",
    ),
    Flag.TRIAL_LIMITS: (
        "The limits rest on fewer than twelve points and will move with each new one.",
        "Call them trial limits, and do not act on one signal alone.",
    ),
    Flag.SMALL_COUNTS: (
        "Fewer than five events are expected at a point; limits of three sigma are rough there.",
        "A point above is less rare than it looks. Use longer periods or exact methods.",
    ),
    Flag.FIRST_KNOWN: (
        "No earlier inspection of this service is known here: there is none to compare with.",
        "There may have been one: the published outcomes that come with the package have gaps.",
    ),
    Flag.NOT_COMPARABLE: (
        "This inspection and the one before are of different frameworks, with other standards.",
        "Quote both; draw no arrow or line between them, and do not subtract.",
    ),
    Flag.FRAMEWORK_NOT_KNOWN: (
        "Date, score and source leave open by which framework this or the one before was made.",
        "Read the report itself; until then treat the two as not comparable.",
    ),
    Flag.SOURCES_CONFLICT: (
        "Sources tell one inspection in two ways: different outcomes, or different years.",
        "Read the inspection report; each row gives its source. Publish neither until then.",
    ),
    Flag.DATE_NOT_KNOWN: (
        "The document has no date, so that its place among the inspections is not known.",
        "Look for its date. It may tell of an inspection that is in another row.",
    ),
    Flag.YEAR_NOT_PRINTED: (
        "No source prints the year of publication: it was worked out, or is that of fieldwork.",
        "It may be a year off. Look it up before you say when this was.",
    ),
    Flag.SCORE_INFERRED: (
        "No source prints the score: it was worked out from the ratings or from a percentage.",
        "Say so if you publish it, or leave the score out.",
    ),
    Apart.WINDOW: (
        "A label such as '2024' or 'Mar-23' does not say which months it covers.",
        "Look at the table's notes and say: pj.period('2024', kind='calendar year').",
    ),
    Apart.YEAR_END: (
        "The two are years that end in different months, such as March and December.",
        "Compare years that end in the same month.",
    ),
    Apart.OVERLAP: (
        "The two periods have months in common, so that part of each is the same figure.",
        "Compare periods that do not overlap: for rolling years, every fourth quarter.",
    ),
    Apart.LENGTH: (
        "The two periods are of different lengths.",
        "Compare periods of one length; a quarter is no fourth of a year where there are seasons.",
    ),
    Apart.COHORT: (
        "The two cohorts were gathered over different lengths of time.",
        "Compare cohorts of one length: three months and twelve take in different children.",
    ),
    Apart.METHOD: (
        "The two figures were made by different methods.",
        "Compare within one method; where both were published for a year, show both.",
    ),
    Apart.GROUPS: (
        "The two figures are of different groups of people.",
        "Compare one group with itself, or ask for a comparison of groups by name.",
    ),
    Apart.BASE: (
        "The populations behind the two figures are not on one base: another estimate or census.",
        "Compare counts, or rates whose populations were revised to one base.",
    ),
    Apart.PANDEMIC: (
        "One of the two is, or takes in, 2020/21, when courts closed and little went to court.",
        "Compare with 2019/20 or earlier, or say beside the figure what year it is.",
    ),
    Flag.NOT_A_COUNT: (
        "The figure is negative, infinite or not a whole number, and so cannot be a count.",
        "Look at the source; a rate or a rounded estimate may have got into the column.",
    ),
    Flag.NOT_A_POPULATION: (
        "The figure is negative or infinite, and so cannot be a population.",
        "Look at the source.",
    ),
    Flag.COUNT_ABOVE: (
        "The count is larger than the whole that it is set against.",
        "Children cannot be: look at both figures. Offences can: one child may have several.",
    ),
    Flag.NO_DENOMINATOR: (
        "There is nothing to set the count against: no population, or no number of children.",
        "Give it, or publish the count alone: without it no rate and no ratio can be had.",
    ),
    Flag.NO_POPULATIONS: (
        "No populations were given: the counts are compared as if these had stayed the same.",
        "Give population_before= and population_after= if they are known.",
    ),
    Flag.REBASED: (
        "The population changed by more than people come and go: it may have been rebased.",
        "Compare rates on one base only: look for a revised series. rebased= sets the limit.",
    ),
    Flag.NO_EVENTS: (
        "There were no events, so that there is nothing to compare.",
        "Say that there were none. It is no comparison and does not count as one.",
    ),
    Flag.NONE_BEFORE: (
        "There were no events before, so that a ratio has no upper limit.",
        "Quote the two counts and the difference of the rates.",
    ),
    Flag.TOO_FEW: (
        "The numbers are so small that hardly anything could be found with them.",
        "Do not read it as nothing having happened. Pool years or areas, and quote the counts.",
    ),
    Flag.SMALL_WHOLE: (
        "What this is set against is not ten times as large, yet is taken as known.",
        "The interval is a little too narrow, by at most 1 in 20 for each tenth of its size.",
    ),
    Flag.SHORT_SERIES: (
        "There are too few points for a trend: five are wanted.",
        "Show the points with their intervals, and compare two of them with pj.change.",
    ),
    Flag.ALL_EQUAL: (
        "Points or their slopes are all equal: the method has nothing to read an interval from.",
        "Use method='log-linear', whose interval comes from the counts.",
    ),
    Flag.POINTS_MISSING: (
        "Some points of the series are missing; the trend is that of the others.",
        "See how many in 'points'. If the missing ones are small counts, the trend misleads.",
    ),
    Flag.SUPPRESSED: (
        "A count is withheld or hidden, or a figure of this row would reveal one that is.",
        "Publish the row as it is; put no number in its place. Bounds that are given still hold.",
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
