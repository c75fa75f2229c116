r"""Youth justice in England and Wales: inspections and case files read into numpy, and questioned.

>>> import pyjustice as pj
>>> report = pj.read_report("Overall, Anytown YJS was rated as 'Good'.\n")
>>> report.mentions["word"].tolist()
['Good']
"""

from pyjustice.ground.codes import Answer, Rating
from pyjustice.ground.dialects import dialects
from pyjustice.ground.dtypes import (
    BAND_DTYPE,
    CASE_CHECK_DTYPE,
    CELL_DTYPE,
    CHECK_DTYPE,
    COUNT_DTYPE,
    INSPECTION_DTYPE,
    MARGIN_DTYPE,
    MENTION_DTYPE,
    QUANTITY_DTYPE,
    QUESTION_DTYPE,
    RATED_OVERALL_DTYPE,
    RATED_QUESTION_DTYPE,
    RATED_STANDARD_DTYPE,
    RATING_DTYPE,
    RECOMMENDATION_DTYPE,
    REFUSED_DTYPE,
    SAMPLE_DTYPE,
    STATISTIC_DTYPE,
    TOTAL_DTYPE,
)
from pyjustice.ground.errors import DataError, FrameworkError, ParseError, PyjusticeError
from pyjustice.ground.frameworks import Framework, framework, frameworks
from pyjustice.measures.samples import sample_size
from pyjustice.questions.case_checks import check_cases
from pyjustice.questions.draw import draw_sample
from pyjustice.questions.explain import explain
from pyjustice.questions.mock_inspection import Ratings, confidence, margins, rate_cases
from pyjustice.questions.table import check_table
from pyjustice.readers.cases import Cases, read_cases
from pyjustice.readers.reports import Report, Reports, read_report, read_reports
from pyjustice.readers.tables import Table, Tables, read_table, read_tables

__all__ = [
    "BAND_DTYPE",
    "CASE_CHECK_DTYPE",
    "CELL_DTYPE",
    "CHECK_DTYPE",
    "COUNT_DTYPE",
    "INSPECTION_DTYPE",
    "MARGIN_DTYPE",
    "MENTION_DTYPE",
    "QUANTITY_DTYPE",
    "QUESTION_DTYPE",
    "RATED_OVERALL_DTYPE",
    "RATED_QUESTION_DTYPE",
    "RATED_STANDARD_DTYPE",
    "RATING_DTYPE",
    "RECOMMENDATION_DTYPE",
    "REFUSED_DTYPE",
    "SAMPLE_DTYPE",
    "STATISTIC_DTYPE",
    "TOTAL_DTYPE",
    "Answer",
    "Cases",
    "DataError",
    "Framework",
    "FrameworkError",
    "ParseError",
    "PyjusticeError",
    "Rating",
    "Ratings",
    "Report",
    "Reports",
    "Table",
    "Tables",
    "check_cases",
    "check_table",
    "confidence",
    "dialects",
    "draw_sample",
    "explain",
    "framework",
    "frameworks",
    "margins",
    "rate_cases",
    "read_cases",
    "read_report",
    "read_reports",
    "read_table",
    "read_tables",
    "sample_size",
]
