"""Picture of a series in time with its control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.dtypes import CHART_DTYPE
from pyjustice.looks.plots_rows import Rows, rows_of
from pyjustice.looks.plots_style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    TEXT,
    cut,
    finish,
    new_axes,
    unit_words,
    upright,
)
from pyjustice.measures.flags import Flag

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["control_chart"]

_FIELDS = ("label", "kind", "value", "per", "phase", "centre", "lower", "upper", "near_lower",
           "near_upper", "signal", "flag")  # fmt: skip
# Marks of signals differ by shape, so that they are told apart in grey.
_SIGNALS = {"outside": "D", "trend": "^", "2 of 3": "s", "shift": "o"}
_SIGNAL_WORDS = {
    "outside": "beyond a limit",
    "trend": "in a run up or down",
    "2 of 3": "two of three near a limit",
    "shift": "in a run on one side",
}
# By the first letter of the kind.
_KINDS = {"x": "single values", "c": "counts", "u": "rates", "p": "shares"}
# Names of periods that fit below the axis; and steps that fall on the same month every year.
_MOST_LABELS = 26
_STEPS = (1, 2, 3, 4, 6, 12, 24, 48)


def control_chart(
    rows: Any, *, measure: str = "", ax: Axes | None = None, title: str = "", source: str = ""
) -> Axes:
    """Draw a control chart: values, centre and limits of each phase, and signals by shape.

    Parameters
    ----------
    rows : array of CHART_DTYPE
        What `pj.control_chart` returns, a list of its rows, or a DataFrame made from it.
    measure : str
        What was measured, for the axis.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from, written below.

    Returns
    -------
    matplotlib Axes
        Points that chance alone seldom gives have marks of their own by why; limits have steps
        where populations differ.

    Raises
    ------
    DataError
        No rows, or rows of another measure.

    Notes
    -----
    Neither values nor limits are joined across phases or gaps. The rules are in `pj.control_chart`.

    Examples
    --------
    >>> import pyjustice as pj
    >>> counts = [12, 9, 14, 11, 8, 13, 10, 12, 9, 11, 13, 29]
    >>> ax = pj.plots.control_chart(pj.control_chart(counts, kind="c"))
    >>> ax.get_title(loc="left")
    'Control chart of counts: 1 point that chance alone seldom gives'
    """
    own = rows_of(rows, _FIELDS, "control_chart", CHART_DTYPE)
    ax = new_axes(ax)
    at = np.arange(len(own))
    for i, phase in enumerate(np.unique(own["phase"])):
        here = own["phase"] == phase
        _phase(ax, at[here], own[here], labelled=i == 0)
    for start in np.flatnonzero(own["phase"][1:] != own["phase"][:-1]) + 1:
        ax.axvline(start - 0.5, color=GREY, linestyle="--", linewidth=1, gid="phase")
    for signal, marker in _SIGNALS.items():
        hit = own["signal"] == signal
        if hit.any():
            ax.plot(at[hit], own["value"][hit], marker, color=ORANGE, markersize=9,
                    markeredgecolor=INK, label=_SIGNAL_WORDS[signal], zorder=3)  # fmt: skip
    _label_periods(ax, own["label"])
    kind = str(own["kind"][0])
    words = cut(measure, 60) or _value_words(kind, float(own["per"][0]))
    ax.set_ylabel(upright(words), fontsize=TEXT)
    ax.set_xlabel("Period", fontsize=TEXT)
    about = f"Control chart of {_KINDS.get(kind[:1], 'values')}: {_found(own)}"
    return finish(ax, title or about, _notes(own), source, legend="above")


def _value_words(kind: str, per: float) -> str:
    if kind in ("xmr", "c"):
        return "Value" if kind == "xmr" else "Count"
    return unit_words(per, "proportion" if kind[:1] == "p" else "rate")


def _phase(ax: Axes, at: Any, rows: Rows, *, labelled: bool) -> None:
    """Values, centre and limits of one phase; limits step where populations differ."""
    wide = np.concatenate([[at[0] - 0.5], at, [at[-1] + 0.5]])
    styles = (
        (("centre",), GREY, "-", "centre"),
        (("lower", "upper"), BLUE, "-", "limits (3 sigma)"),
        (("near_lower", "near_upper"), BLUE, ":", "2 sigma"),
    )
    for fields, colour, style, label in styles:
        for i, field in enumerate(fields):
            values = rows[field]
            values = np.concatenate([values[:1], values, values[-1:]])
            ax.plot(wide, values, style, color=colour, linewidth=1.2, drawstyle="steps-mid",
                    label=label if labelled and i == 0 else None, gid=field)  # fmt: skip
    size = 4.5 if len(at) <= 60 else 3
    ax.plot(at, rows["value"], "o-", color=INK, markersize=size, linewidth=1.2, gid="values")


def _label_periods(ax: Axes, labels: Any) -> None:
    enough = -(-len(labels) // _MOST_LABELS)
    step = next((step for step in _STEPS if step >= enough), enough)
    shown = [cut(label, 16) for label in labels[::step]]
    upright = max(map(len, shown)) * len(shown) <= 100
    ax.set_xticks(range(0, len(labels), step), shown)
    if not upright:
        ax.tick_params(axis="x", labelrotation=90 if len(shown) > 16 else 45)
    ax.set_xlim(-0.6, len(labels) - 0.4)


def _found(rows: Rows) -> str:
    signals = int((rows["signal"] != "").sum())
    if not signals:
        return "no point that chance alone would seldom give"
    return f"{signals} point{'s' * (signals > 1)} that chance alone seldom gives"


def _notes(rows: Rows) -> list[str]:
    phases = len(np.unique(rows["phase"]))
    missing = int(np.isnan(rows["value"]).sum())
    flags = [str(flag) for flag in np.unique(rows["flag"]) if flag and flag != Flag.MISSING_VALUE]
    return [
        f"{len(rows) - missing} points"
        + f" in {phases} phases, each with limits of its own" * (phases > 1)
        + "."
        + f" {missing} missing." * (missing > 0),
        f"To be minded: {', '.join(flags)}." if flags else "",
    ]
