r"""Youth justice in England and Wales: inspections and case files read into numpy, and questioned.

>>> import pyjustice as pj
>>> report = pj.read_report("Overall, Anytown YJS was rated as 'Good'.\n")
>>> report.mentions["word"].tolist()
['Good']
"""

from pyjustice.ground.area_join import AreaJoin, join_areas
from pyjustice.ground.areas import Area, area
from pyjustice.ground.codes import Answer, Rating
from pyjustice.ground.comparable import Comparison, comparable
from pyjustice.ground.dialects import dialects
from pyjustice.ground.dtypes import (
    ADJUSTED_DTYPE,
    BAND_DTYPE,
    CASE_CHECK_DTYPE,
    CELL_DTYPE,
    CHANGE_DTYPE,
    CHART_DTYPE,
    CHECK_DTYPE,
    COUNT_DTYPE,
    DISPARITY_DTYPE,
    FUNNEL_DTYPE,
    GROUPED_DTYPE,
    HIDDEN_DTYPE,
    HISTORY_DTYPE,
    INSPECTION_DTYPE,
    MARGIN_DTYPE,
    MENTION_DTYPE,
    PATHWAY_DTYPE,
    PUBLISHED_COUNT_DTYPE,
    PUBLISHED_OUTCOME_DTYPE,
    QUANTITY_DTYPE,
    QUESTION_DTYPE,
    RATE_DTYPE,
    RATED_OVERALL_DTYPE,
    RATED_QUESTION_DTYPE,
    RATED_STANDARD_DTYPE,
    RATING_DTYPE,
    RECOMMENDATION_DTYPE,
    REFUSED_DTYPE,
    SAMPLE_DTYPE,
    SHARE_DTYPE,
    STATISTIC_DTYPE,
    TOTAL_DTYPE,
    TREND_DTYPE,
)
from pyjustice.ground.errors import DataError, FrameworkError, ParseError, PyjusticeError
from pyjustice.ground.frameworks import Framework, framework, frameworks
from pyjustice.ground.groups import regroup
from pyjustice.ground.periods import Period, period
from pyjustice.ground.sample_cases import sample_cases
from pyjustice.looks import plots
from pyjustice.looks.excel import to_excel
from pyjustice.looks.page import to_page
from pyjustice.measures.rates import proportions, rates
from pyjustice.measures.samples import sample_size
from pyjustice.measures.standardised import standardised_rates
from pyjustice.questions.case_checks import check_cases
from pyjustice.questions.change import change
from pyjustice.questions.control import control_chart, funnel
from pyjustice.questions.disclosure import Suppressed, suppress
from pyjustice.questions.disparity import disparity
from pyjustice.questions.disparity_of import disparity_of
from pyjustice.questions.draw import draw_sample
from pyjustice.questions.explain import explain
from pyjustice.questions.history import history
from pyjustice.questions.mock_inspection import Ratings, confidence, margins, rate_cases
from pyjustice.questions.overrepresentation import overrepresentation
from pyjustice.questions.pathway import pathway
from pyjustice.questions.publish import publish
from pyjustice.questions.sentence import sentence
from pyjustice.questions.table import check_table
from pyjustice.questions.trend import trend
from pyjustice.readers.cases import Cases, read_cases
from pyjustice.readers.published import published
from pyjustice.readers.reports import Report, Reports, read_report, read_reports
from pyjustice.readers.tables import Table, Tables, read_table, read_tables

__all__ = [
    "ADJUSTED_DTYPE",
    "BAND_DTYPE",
    "CASE_CHECK_DTYPE",
    "CELL_DTYPE",
    "CHANGE_DTYPE",
    "CHART_DTYPE",
    "CHECK_DTYPE",
    "COUNT_DTYPE",
    "DISPARITY_DTYPE",
    "FUNNEL_DTYPE",
    "GROUPED_DTYPE",
    "HIDDEN_DTYPE",
    "HISTORY_DTYPE",
    "INSPECTION_DTYPE",
    "MARGIN_DTYPE",
    "MENTION_DTYPE",
    "PATHWAY_DTYPE",
    "PUBLISHED_COUNT_DTYPE",
    "PUBLISHED_OUTCOME_DTYPE",
    "QUANTITY_DTYPE",
    "QUESTION_DTYPE",
    "RATED_OVERALL_DTYPE",
    "RATED_QUESTION_DTYPE",
    "RATED_STANDARD_DTYPE",
    "RATE_DTYPE",
    "RATING_DTYPE",
    "RECOMMENDATION_DTYPE",
    "REFUSED_DTYPE",
    "SAMPLE_DTYPE",
    "SHARE_DTYPE",
    "STATISTIC_DTYPE",
    "TOTAL_DTYPE",
    "TREND_DTYPE",
    "Answer",
    "Area",
    "AreaJoin",
    "Cases",
    "Comparison",
    "DataError",
    "Framework",
    "FrameworkError",
    "ParseError",
    "Period",
    "PyjusticeError",
    "Rating",
    "Ratings",
    "Report",
    "Reports",
    "Suppressed",
    "Table",
    "Tables",
    "area",
    "change",
    "check_cases",
    "check_table",
    "comparable",
    "confidence",
    "control_chart",
    "dialects",
    "disparity",
    "disparity_of",
    "draw_sample",
    "explain",
    "framework",
    "frameworks",
    "funnel",
    "history",
    "join_areas",
    "margins",
    "overrepresentation",
    "pathway",
    "period",
    "plots",
    "proportions",
    "publish",
    "published",
    "rate_cases",
    "rates",
    "read_cases",
    "read_report",
    "read_reports",
    "read_table",
    "read_tables",
    "regroup",
    "sample_cases",
    "sample_size",
    "sentence",
    "standardised_rates",
    "suppress",
    "to_excel",
    "to_page",
    "trend",
]
