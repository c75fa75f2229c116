"""Pictures of results, with matplotlib: each takes what a measure returned and returns its Axes.

``pip install 'pyjustice[plot]'`` brings matplotlib, which is imported when a picture is drawn.

>>> import pyjustice as pj
>>> rows = pj.funnel([20, 31, 78], [10_000, 20_000, 30_000], names=["A", "B", "C"], per=1000)
>>> ax = pj.plots.funnel(rows, measure="First-time entrants")
>>> ax.get_ylabel()
'First-time entrants: rate per 1,000'
"""

from pyjustice.looks.plots_groups import forest, overrepresentation, pathway, suppressed
from pyjustice.looks.plots_ratings import bands, history, ratings
from pyjustice.looks.plots_series import control_chart, funnel

__all__ = [
    "bands",
    "control_chart",
    "forest",
    "funnel",
    "history",
    "overrepresentation",
    "pathway",
    "ratings",
    "suppressed",
]
