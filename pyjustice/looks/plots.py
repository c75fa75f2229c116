"""Pictures of results, with matplotlib: each takes what a measure returned and returns its Axes.

``pip install 'pyjustice[plot]'`` brings matplotlib, which is imported when a picture is drawn.

>>> import pyjustice as pj
>>> rows = pj.funnel([20, 31, 78], [10_000, 20_000, 30_000], names=["A", "B", "C"], per=1000)
>>> ax = pj.plots.funnel(rows, measure="First-time entrants")
>>> ax.get_ylabel()
'First-time entrants: rate per 1,000'
"""

from pyjustice.looks.plots_bands import bands
from pyjustice.looks.plots_control import control_chart
from pyjustice.looks.plots_forest import forest
from pyjustice.looks.plots_funnel import funnel
from pyjustice.looks.plots_history import history
from pyjustice.looks.plots_pathway import pathway
from pyjustice.looks.plots_rates import rates
from pyjustice.looks.plots_ratings import ratings
from pyjustice.looks.plots_shares import overrepresentation
from pyjustice.looks.plots_suppressed import suppressed

__all__ = [
    "bands",
    "control_chart",
    "forest",
    "funnel",
    "history",
    "overrepresentation",
    "pathway",
    "rates",
    "ratings",
    "suppressed",
]
