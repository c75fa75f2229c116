"""Picture of groups at the stages of the system, one after another."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.dtypes import PATHWAY_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_ratios import directions, ratio_limits, ratio_notes, suppressed_span
from pyjustice.looks.plots_rows import Rows, rows_of
from pyjustice.looks.plots_style import (
    BLUE,
    GREY,
    HATCH,
    INK,
    ORANGE,
    SMALL_TEXT,
    TEXT,
    cut,
    finish,
    new_axes,
    ratio_axis,
)
from pyjustice.measures.flags import Flag

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["pathway"]

_FIELDS = ("stage", "before", "step", "group", "reference", "ratio", "ratio_lower", "ratio_upper",
           "q", "family", "level", "flag")  # fmt: skip
_MARKS = "osD^vP*X"


def pathway(
    rows: Any, *, step: str = "step", ax: Axes | None = None, title: str = "", source: str = ""
) -> Axes:
    """Draw each group's ratio to the reference at each stage, in their order.

    Parameters
    ----------
    rows : array of PATHWAY_DTYPE
        What `pj.pathway` returns, a list of its rows, or a DataFrame made from it.
    step : {'step', 'cumulative'}
        Each stage on the stage before, or on the first.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        A mark with its interval for each group and stage, by shape and colour; a hatched field
        where a group has no ratio.

    Raises
    ------
    DataError
        No rows, or none of that step.

    Notes
    -----
    Stages are not joined: each is of other children. An arrow is a limit beyond the axis, or a
    ratio of zero.

    Examples
    --------
    >>> import pyjustice as pj
    >>> stages = {"arrested": [90, 400], "charged": [60, 200], "in custody": [12, 20]}
    >>> found = pj.pathway(stages, ["Black", "White"], reference="White", unit="children")
    >>> ax = pj.plots.pathway(found)
    >>> [label.get_text().split() for label in ax.get_xticklabels()]
    [['charged', 'of', 'arrested'], ['in', 'custody', 'of', 'charged']]
    """
    own = rows_of(rows, _FIELDS, "pathway", PATHWAY_DTYPE)
    own = own[(own["step"] == step) & (own["flag"] != Flag.REFERENCE)]
    if not len(own):
        raise DataError(f"step: expected 'step' or 'cumulative', got {step!r}: no such rows")
    ax = new_axes(ax)
    stages = list(dict.fromkeys(zip(own["stage"].tolist(), own["before"].tolist(), strict=True)))
    groups = list(dict.fromkeys(own["group"].tolist()))
    low, high = ratio_limits(own, "ratio")
    ratio_axis(ax, "y", low, high)
    ax.axhline(1, color=INK, linewidth=1.2, gid="no difference")
    apart = min(0.16, 0.7 / len(groups))
    for i, group in enumerate(groups):
        mine = own[own["group"] == group]
        at = [stages.index((row["stage"], row["before"])) for row in mine]
        _stages(ax, np.array(at) + (i - (len(groups) - 1) / 2) * apart, mine, i, apart)
    ax.set_xticks(range(len(stages)), [f"{cut(stage)}\nof {cut(of)}" for stage, of in stages])
    ax.set_xlim(-0.6, len(stages) - 0.4)
    less, more, about = directions(own)
    for words, side in ((f"↑ {more}", "bottom"), (f"↓ {less}", "top")):
        ax.annotate(textwrap.fill(words, 16), (1.01, 1), (0, 3 if side == "bottom" else -3),
                    xycoords=("axes fraction", "data"), textcoords="offset points", va=side,
                    fontsize=SMALL_TEXT + 1, color=INK, annotation_clip=False)  # fmt: skip
    ax.set_ylabel("Ratio (logarithmic axis)", fontsize=TEXT)
    on = "the stage before" if step == "step" else "the first stage"
    notes = ratio_notes(own, "ratio")
    why = sorted({str(row["flag"]) for row in own if np.isnan(row["ratio"]) and row["flag"]})
    notes.append(f"No ratio where: {', '.join(why)}." if why else "")
    about = f"{about}, each stage on {on}"
    return finish(ax, title or about, notes, source, legend="above")


def _stages(ax: Axes, at: Any, rows: Rows, i: int, apart: float) -> None:
    """Draw one group: its marks at `at`; what may be between, where a count is suppressed."""
    low, high = ax.get_ylim()
    colour, mark = (ORANGE, BLUE, INK, GREY)[i % 4], _MARKS[i % len(_MARKS)]
    for place, row in zip(at, rows, strict=True):
        least, most = suppressed_span(row, "ratio", low, high)
        if np.isnan(row["ratio"]):
            least, most = (low, high) if math.isnan(least) else (least, most)
            ax.bar(place, most - least, apart * 0.6, least, facecolor="white", edgecolor=colour,
                   hatch=HATCH, linewidth=0.6, gid="suppressed")  # fmt: skip
        ends = np.array([row["ratio_lower"], row["ratio_upper"]])
        if not np.isnan(ends).any():
            ax.plot([place, place], np.clip(ends, low, high), color=colour, linewidth=1.6,
                    gid="interval")  # fmt: skip
        for limit, arrow, beyond in ((low, "v", ends[0] < low), (high, "^", ends[1] > high)):
            if beyond:
                ax.plot(place, limit, arrow, color=colour, clip_on=False, gid="beyond")
        if low <= row["ratio"] <= high:
            clear = row["q"] < 1 - row["level"]
            ax.plot(place, row["ratio"], mark, color=colour, markersize=8, zorder=3, gid="ratio",
                    markerfacecolor=colour if clear else "white")  # fmt: skip
    ax.plot([], [], mark, color=colour, label=cut(rows["group"][0]))
