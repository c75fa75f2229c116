"""Pictures of a series in time and of many areas at once: control charts and funnels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SMALL_TEXT,
    TEXT,
    Rows,
    cut,
    finish,
    halo,
    legend_above,
    new_axes,
    rows_of,
    unit_words,
)
from pyjustice.measures.flags import Flag
from pyjustice.questions.explain import explain
from pyjustice.questions.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["control_chart", "funnel"]

# Marks of signals differ by shape, so that they are told apart in grey.
_SIGNALS = {"outside": "D", "trend": "^", "2 of 3": "s", "shift": "o"}
_SIGNAL_WORDS = {
    "outside": "beyond a limit",
    "trend": "in a run up or down",
    "2 of 3": "two of three near a limit",
    "shift": "in a run on one side",
}
# What flags of areas say of all of them, and is written below a funnel.
_ABOUT_AREAS = (Flag.PEERS_VARY, Flag.UNUSUAL, Flag.FAR_FROM_TARGET, Flag.FEW_PEERS,
                Flag.NOTHING_VARIES)  # fmt: skip
# By kind of funnel the field that areas are placed by, and its words.
_SIZES = {
    "rate": ("population", "Population"),
    "proportion": ("population", "Number that the share is of"),
    "ratio": ("expected", "Expected count"),
}
_MOST_NAMES = 15
_MOST_LABELS = 26


def control_chart(
    rows: Any,
    *,
    measure: str = "",
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw a control chart: values, centre and limits of each phase, and signals by shape.

    Parameters
    ----------
    rows : array of CHART_DTYPE
        What `pj.control_chart` returns.
    measure : str
        What was measured, for the axis.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from.

    Returns
    -------
    matplotlib Axes
        Neither values nor limits are joined across phases or gaps.

    Examples
    --------
    >>> from pyjustice.questions.control import control_chart as limits
    >>> ax = control_chart(limits([12, 9, 14, 11, 8, 13, 10, 12, 9, 11, 13, 29], kind="c"))
    >>> ax.get_ylabel()
    'Count'
    """
    own = rows_of(rows, ("label", "value", "phase", "centre", "signal"), "control_chart")
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
    ax.set_ylabel(measure or _value_words(kind, float(own["per"][0])), fontsize=TEXT)
    ax.set_xlabel("Period", fontsize=TEXT)
    legend_above(ax)
    return finish(ax, title or f"Control chart ({kind}): {_found(own)}", _chart_notes(own), source)


def _value_words(kind: str, per: float) -> str:
    if kind in ("xmr", "c"):
        return "Value" if kind == "xmr" else "Count"
    return unit_words(per, "proportion" if kind[0] == "p" else "rate")


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
    ax.plot(at, rows["value"], "o-", color=INK, markersize=4.5, linewidth=1.2, gid="values")


def _label_periods(ax: Axes, labels: Any) -> None:
    step = max(1, -(-len(labels) // _MOST_LABELS))
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
    verb = "point that chance alone seldom gives" if signals == 1 else (
        "points that chance alone seldom gives")  # fmt: skip
    return f"{signals} {verb}"


def _chart_notes(rows: Rows) -> list[str]:
    phases = int(rows["phase"].max())
    missing = int(np.isnan(rows["value"]).sum())
    flags = [str(flag) for flag in np.unique(rows["flag"]) if flag and flag != Flag.MISSING_VALUE]
    return [
        f"{len(rows) - missing} points in {phases} phase{'s' * (phases > 1)}, each with limits of"
        " its own." + f" {missing} missing." * (missing > 0),
        f"To be minded: {', '.join(flags)}." if flags else "",
    ]


# --- areas ----------------------------------------------------------------------------------------


def funnel(
    rows: Any,
    *,
    measure: str = "",
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw a funnel: areas by size and rate, with 95 % and 99.8 % limits, names of those outside.

    Parameters
    ----------
    rows : array of FUNNEL_DTYPE
        What `pj.funnel` returns.
    measure : str
        What was measured, for the axis, such as 'First-time entrants'.
    ax, title, source
        As for `control_chart`.

    Returns
    -------
    matplotlib Axes
        Limits are those of each area's own size, brought from counts to the scale of the rates;
        lines join them. With more than fifteen areas outside of 95 % those outside of 99.8 % are
        named.

    Raises
    ------
    DataError
        No rows, or none with figures.
    """
    fields = ("name", "observed", "value", "target", "lower_95", "upper_998", "outside")
    own = rows_of(rows, fields, "funnel")
    by, words = _SIZES[str(own["kind"][0])]
    there = np.sort(own[~np.isnan(own["value"])], order=by)
    if not len(there):
        raise DataError("rows: expected an area with figures")
    ax = new_axes(ax)
    size = there[by]
    judged = there["outside"] != ""
    if judged.any():
        _limits(ax, size[judged], there[judged])
    outside = np.char.find(there["outside"], "9") >= 0
    far = np.char.endswith(there["outside"], "99.8")
    for mask, marker, colour, label in (
        (~judged, "o", PALE, "no limits"),
        (judged & ~outside, "o", "white", "within the limits"),
        (outside & ~far, "s", ORANGE, "outside of 95 %"),
        (far, "D", ORANGE, "outside of 99.8 %"),
    ):
        if mask.any():
            ax.plot(size[mask], there["value"][mask], marker, markerfacecolor=colour, zorder=3,
                    markeredgecolor=INK, markersize=7 if marker == "D" else 6,
                    label=label)  # fmt: skip
    kind, per = str(own["kind"][0]), float(own["per"][0])
    unit = "Observed over expected" if kind == "ratio" else unit_words(per, kind)
    ax.set_ylabel(f"{measure}: {unit[0].lower()}{unit[1:]}" if measure else unit, fontsize=TEXT)
    ax.set_xlabel(words, fontsize=TEXT)
    ax.xaxis.set_major_formatter(lambda mark, _: f"{mark:,.0f}")
    ax.set_xlim(left=0)
    ax.set_ylim(bottom=0)
    legend_above(ax)
    about = f"{int(outside.sum())} of {len(there)} areas outside of the 95 % limits"
    if not judged.any():
        about = f"{len(there)} areas, none with limits"
    finish(ax, title or (f"{measure}: {about}" if measure else about), _notes(own), source)
    named = outside if outside.sum() <= _MOST_NAMES else far
    _name_points(ax, size, there, named)
    return ax


def _limits(ax: Axes, size: Any, rows: Rows) -> None:
    # Limits are counts; a rate of an area is its count over the same base as its target.
    to_rate = rows["target"] / rows["expected"]
    ax.axhline(
        rows["target"][0], color=GREY, linewidth=1.2, label=f"target {number(rows['target'][0])}"
    )
    for level, style, label in (("95", "--", "95 % limits"), ("998", "-", "99.8 % limits")):
        for side in ("lower", "upper"):
            ax.plot(size, rows[f"{side}_{level}"] * to_rate, style, color=BLUE, linewidth=1.2,
                    label=label if side == "upper" else None, gid=f"{side}_{level}")  # fmt: skip


def _notes(rows: Rows) -> list[str]:
    first = rows[0]
    known = rows["dispersion"][~np.isnan(rows["dispersion"])]
    left_out = int(np.isnan(rows["value"]).sum())
    flags = set(rows["flag"].tolist())
    judged = (rows["outside"] != "").any()
    by_chance = f"{0.05 * first['family']:.2g} at most outside of 95 % by chance alone"
    parts = [f"{first['family']} areas compared: about {by_chance}."] if judged else []
    if len(known) and first["adjust"] == "none":
        parts.append(f"Dispersion {number(known[0])}; limits are of chance alone.")
    elif len(known):
        parts.append(f"Dispersion {number(known[0])}; limits widened ({first['adjust']}).")
    if left_out:
        parts.append(f"{left_out} without figures are not drawn.")
    shown = [flag for flag in _ABOUT_AREAS if flag in flags]
    minded = [f"{flag[0].upper()}{flag[1:]}: {explain(flag).splitlines()[0]}" for flag in shown]
    return [" ".join(parts), *minded]


def _name_points(ax: Axes, size: Any, rows: Rows, named: Any) -> None:
    """Write each name beside its point, where it covers no other name and no point."""
    ax.figure.draw_without_rendering()  # only then is it known where points and texts are
    taken = _around(ax, size, rows["value"])
    for i in [i for i in np.argsort(-np.abs(rows["z"])) if named[i]]:
        text = ax.annotate(cut(rows["name"][i], 28), (size[i], rows["value"][i]), (7, 0),
                           textcoords="offset points", fontsize=SMALL_TEXT, color=INK, va="center",
                           gid="name", zorder=4, path_effects=halo())  # fmt: skip
        for x, y, side in _PLACES:
            text.set(ha=side, position=(x, y))
            box = text.get_window_extent()
            inside = ax.bbox.x0 <= box.x0 and box.x1 <= ax.bbox.x1
            if inside and not any(box.overlaps(other) for other in taken):
                break
        taken.append(box)
        ax.annotate("", (size[i], rows["value"][i]), (x, y), textcoords="offset points",
                    arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.6})  # fmt: skip


def _around(ax: Axes, x: Any, y: Any) -> list[Any]:
    """Boxes that the marks of points take up, in pixels."""
    from matplotlib.transforms import Bbox

    half = 4 * ax.figure.dpi / 72
    return [
        Bbox([centre - half, centre + half])
        for centre in ax.transData.transform(np.column_stack([x, y]))
    ]


# Offsets in points and the side of the text that is held there, best first.
_PLACES = [
    (x, y, side)
    for y in (0, 8, -8, 16, -16, 24, -24, 34, -34)
    for x, side in ((7, "left"), (-7, "right"))
]
