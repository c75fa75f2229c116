r"""Youth justice in England and Wales: inspections and case files read into numpy, and questioned.

>>> import pyjustice as pj
>>> report = pj.read_report("Overall, Anytown YJS was rated as 'Good'.\n")
>>> report.mentions["word"].tolist()
['Good']
"""

from typing import TYPE_CHECKING

# For type checkers and editors. After a change: python -m tests.tools.names
if TYPE_CHECKING:
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
    from pyjustice.readers.arrow import ArrowRows, to_arrow
    from pyjustice.readers.cases import Cases, read_cases
    from pyjustice.readers.published import published
    from pyjustice.readers.reports import Report, Reports, read_report, read_reports
    from pyjustice.readers.table import Table
    from pyjustice.readers.tables import Tables, read_table, read_tables

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
    "ArrowRows",
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
    "to_arrow",
    "to_excel",
    "to_page",
    "trend",
]

# The module of each name, made from the imports above.
_HOMES = {
    "ground.area_join": "AreaJoin join_areas",
    "ground.areas": "Area area",
    "ground.codes": "Answer Rating",
    "ground.comparable": "Comparison comparable",
    "ground.dialects": "dialects",
    "ground.dtypes": (
        "ADJUSTED_DTYPE BAND_DTYPE CASE_CHECK_DTYPE CELL_DTYPE CHANGE_DTYPE CHART_DTYPE "
        "CHECK_DTYPE COUNT_DTYPE DISPARITY_DTYPE FUNNEL_DTYPE GROUPED_DTYPE HIDDEN_DTYPE "
        "HISTORY_DTYPE INSPECTION_DTYPE MARGIN_DTYPE MENTION_DTYPE PATHWAY_DTYPE "
        "PUBLISHED_COUNT_DTYPE PUBLISHED_OUTCOME_DTYPE QUANTITY_DTYPE QUESTION_DTYPE "
        "RATED_OVERALL_DTYPE RATED_QUESTION_DTYPE RATED_STANDARD_DTYPE RATE_DTYPE "
        "RATING_DTYPE RECOMMENDATION_DTYPE REFUSED_DTYPE SAMPLE_DTYPE SHARE_DTYPE "
        "STATISTIC_DTYPE TOTAL_DTYPE TREND_DTYPE"
    ),
    "ground.errors": "DataError FrameworkError ParseError PyjusticeError",
    "ground.frameworks": "Framework framework frameworks",
    "ground.groups": "regroup",
    "ground.periods": "Period period",
    "ground.sample_cases": "sample_cases",
    "looks": "plots",
    "looks.excel": "to_excel",
    "looks.page": "to_page",
    "measures.rates": "proportions rates",
    "measures.samples": "sample_size",
    "measures.standardised": "standardised_rates",
    "questions.case_checks": "check_cases",
    "questions.change": "change",
    "questions.control": "control_chart funnel",
    "questions.disclosure": "Suppressed suppress",
    "questions.disparity": "disparity",
    "questions.disparity_of": "disparity_of",
    "questions.draw": "draw_sample",
    "questions.explain": "explain",
    "questions.history": "history",
    "questions.mock_inspection": "Ratings confidence margins rate_cases",
    "questions.overrepresentation": "overrepresentation",
    "questions.pathway": "pathway",
    "questions.publish": "publish",
    "questions.sentence": "sentence",
    "questions.table": "check_table",
    "questions.trend": "trend",
    "readers.arrow": "ArrowRows to_arrow",
    "readers.cases": "Cases read_cases",
    "readers.published": "published",
    "readers.reports": "Report Reports read_report read_reports",
    "readers.table": "Table",
    "readers.tables": "Tables read_table read_tables",
}


def __dir__() -> list[str]:
    return [*globals(), *__all__]


if not TYPE_CHECKING:  # a checker that saw this would let any name pass

    def __getattr__(name):
        """Import a name when it is first asked for: whoever reads reports loads no charts."""
        home = next((home for home, names in _HOMES.items() if name in names.split()), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        # `fromlist` imports the name itself where it is a module of its own.
        found = getattr(__import__(f"{__name__}.{home}", fromlist=[name]), name)
        globals()[name] = found
        return found
