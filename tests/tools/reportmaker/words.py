"""Sentences of our own about youth justice work; numbers and dates as such documents write them.

None of them names a rating of anybody. Some hold the words of the scale as plain adjectives, as
real prose does; such a sentence attributes nothing.
"""

from datetime import date

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def words(number: int) -> str:
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def month_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_date(day: date, padded: bool = True) -> str:
    return f"{day.day:02d} {month_year(day)}" if padded else f"{day.day} {month_year(day)}"


PLAIN = (
    "Staff spoke warmly about the children they worked with and knew their stories in detail.",
    "The board met every quarter and heard from practitioners before each decision.",
    "Links with schools had been rebuilt after a change of leadership at the council.",
    "Volunteers gave up their evenings to sit on panels, and were trained for it.",
    "Health workers sat in the same office, which made a referral a matter of a short walk.",
    "Parents told us that letters arrived late and were hard to follow.",
    "Plans were written with the child in the room and in words that the child would use.",
    "A new database was being set up and had not yet replaced the spreadsheets.",
    "Management oversight was recorded, though it seldom led to a changed plan.",
    "Police officers seconded to the team shared intelligence early each morning.",
    "Reparation was matched to what children liked doing, from bicycle repair to cooking.",
    "Transitions to adult services began too late for the children who needed them most.",
    "Interventions were sequenced with care so that a child was not asked for everything at once.",
    "The partnership had a clear picture of exploitation in its area and acted upon it.",
    "Supervision took place as planned and gave room for reflection.",
    "Too little was known about why children came back to the service within a year.",
    "Contingency plans often repeated a set form of words instead of naming what would be done.",
    "Victims were contacted, but their wishes did not always reach the plan.",
    "Speech and language screening was offered to every child who walked through the door.",
    "Relations with the courts were close and reports arrived on time.",
    "Children looked after by the authority were known to the corporate parenting board.",
    "The accommodation offer for those leaving custody was thin outside the main town.",
    "Data on ethnicity was gathered each month and discussed by managers.",
    "Case records showed persistence where a child did not attend at first.",
    "Turnover among practitioners had slowed since a new pay scale was agreed.",
    "A group of young people helped to interview applicants for posts.",
    "Risk to others was described rather than analysed in several records.",
    "Work with fathers had begun and families welcomed it.",
)

# Plain adjectives that are also words of a scale. They say nothing of a rating.
ADJECTIVES = (
    "There was good engagement from the police, and relationships were warm.",
    "We saw an outstanding example of a mentor staying in touch after the order had ended.",
    "Attendance by health partners was poor in the spring.",
    "The space for confidential talks was inadequate at the satellite office.",
    "Progress since the summer had been satisfactory in the eyes of the board.",
    "Good practice was shared at team meetings.",
    "What good looks like was written down for staff and used in supervision.",
    "Recording requires improvement of a technical kind before it can be trusted.",
    "Outstanding actions from the audit were followed up by a project officer.",
)

# A line that begins with, ends with or holds only a word of the scale once the prose is wrapped.
WRAPPED = (
    "Managers had a shared view of what counts as{b}Good{b}practice in a busy team.",
    "Three plans carried the single word{b}Good{b}in a box that asked for analysis.",
    "The training pack is called{b}Good or Outstanding{b}and every new starter reads it.",
    "A poster in the hall said{b}Outstanding{b}in red letters above photographs of artwork.",
    "On the form a manager can tick{b}Inadequate{b}and must then give a reason.",
    "The self-assessment tool offers{b}Requires improvement{b}as a default, which few had changed.",
    "Practitioners said that they wanted work to be more than{b}Satisfactory{b}for every child.",
)

STRENGTHS = (
    "The board is well attended and its members know their role.",
    "Staff are trained in trauma-informed practice and use it.",
    "There is a clear offer of education for children above school age.",
    "Induction is thorough and includes shadowing.",
    "Policies are up to date and easy to find.",
    "The office is welcoming and close to public transport.",
    "Mentoring is available at weekends.",
    "Managers listen to children and show what has changed as a result.",
    "Partners share what they know in time for it to matter.",
    "There is a good range of services for girls.",
)

WEAKNESSES = (
    "The analysis of reoffending needs to look further back.",
    "Some policies do not mention protected characteristics.",
    "Waiting times for a health assessment are too long.",
    "Learning from serious incidents does not reach every practitioner.",
    "The workforce plan has yet to be agreed.",
    "Board papers are long and arrive late.",
    "There is no consistent way to hear from victims.",
    "Quality assurance counts documents rather than judging them.",
)

ACTIONS = (
    "review the way that assessments are checked before they are signed off",
    "make sure that every child has a plan for what happens if things go wrong",
    "strengthen contact with victims and record what they ask for",
    "improve the timeliness of reports to court",
    "agree a protocol with housing providers for children who leave custody",
    "provide training on exploitation to all staff and volunteers",
    "examine why some children are drawn into the system more often than others",
    "ensure that information from partner agencies is used when risk is analysed",
    "use what children say about the service when policies are revised",
    "monitor access to education and training each month",
    "secure a full-time probation officer for the team",
    "set out how out-of-court work is to be scrutinised by people from outside",
)

CHIEFS = ("A. N. Inspector", "R. Example OBE", "Chris Sample", "J. Placeholder CBE")
