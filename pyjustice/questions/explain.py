"""What a flag or a reason means, and what to do about it: two lines each."""

from pyjustice.ground.comparable import Apart
from pyjustice.ground.errors import DataError
from pyjustice.ground.table_codes import CellReason, Evidence, TableFlag
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
        "Compare with more areas, or with a target given from elsewhere: target=.",
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
    CellReason.BLANK: (
        "The cell is empty.",
        "Not zero: whether there were none or they are not known, only the publisher can say.",
    ),
    CellReason.UNREADABLE: (
        "The cell is neither a figure nor a sign that is known; 'printed' has its text.",
        "Look at the sheet (line, column); if it is a sign, name the publisher: dialect='gss'.",
    ),
    CellReason.AMBIGUOUS: (
        "The sign means different things to different publishers; this one's is not known.",
        "Name the publisher when you read the table, as in dialect='dfe'; see pj.dialects().",
    ),
    CellReason.NOTE_ALONE: (
        "A note such as 'r' (revised) stands where a figure should be.",
        "Look at the sheet: the figure may stand in another column.",
    ),
    CellReason.LIMIT: (
        "Only a limit is printed, such as '<5' or '>95%'.",
        "Use 'lower' and 'upper'; do not put the limit, or half of it, in the figure's place.",
    ),
    CellReason.RANGE: (
        "A range is printed, such as '1 to 4'.",
        "Use 'lower' and 'upper'; do not put the middle in the figure's place.",
    ),
    CellReason.SUPPRESSED: (
        "The publisher withholds the figure so that nobody can be told from it.",
        "Not zero, and not to be worked out from totals; 'lower' and 'upper' say what is open.",
    ),
    CellReason.NOT_AVAILABLE: (
        "The publisher says that the figure is not available.",
        "Not zero. The notes of the table may say why.",
    ),
    CellReason.NOT_APPLICABLE: (
        "There cannot be such a figure.",
        "Leave the cell out; it counts neither as zero nor as missing.",
    ),
    CellReason.NOT_COLLECTED: (
        "Nobody collected this figure.",
        "Not zero. Areas that did not collect cannot be compared with those that did.",
    ),
    CellReason.LOW: (
        "The figure is not zero, but rounds to zero.",
        "Use 'lower' and 'upper'; do not write zero.",
    ),
    CellReason.UNRELIABLE: (
        "The publisher withholds the figure because it rests on too few.",
        "Not zero. More years together may give one.",
    ),
    CellReason.MISSING: (
        "One sign stands for several reasons: withheld, not applicable, not available.",
        "Not zero, and without bounds.",
    ),
    CellReason.NO_COLUMN: (
        "The table has no column of this.",
        "If it has one under another name, say so: roles={header: 'population'}.",
    ),
    TableFlag.ABOVE_POPULATION: (
        "More are counted than the population that they are out of.",
        "Events may be counted, not children; or the columns are of different years or areas.",
    ),
    TableFlag.RATE_DIFFERS: (
        "The printed rate is not the count over the population, whatever the rounding.",
        "The rate may be standardised, or on another population or denominator: see the notes.",
    ),
    TableFlag.UNIT_UNKNOWN: (
        "The table does not say what the figure is: a count, or a rate per how many.",
        "Say so when you read the table, as in roles={header: 'rate per 1,000'}.",
    ),
    Evidence.ADDS_UP: (
        "The total is the sum of its parts in every column that has the figures.",
        "Add the parts or take the total, never both.",
    ),
    Evidence.OVERLAP: (
        "The parts are more than their total: they do not exclude each other.",
        "Do not add them, and do not show them as shares of a whole.",
    ),
    Evidence.INCOMPLETE: (
        "The parts are less than their total: some are not in the table, or not published.",
        "Do not take the sum of the parts for the whole.",
    ),
    Evidence.LABEL: (
        "The row is called a total, and no figure beside it could confirm that.",
        "Rates and shares do not add up; look whether the label means what it says.",
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
