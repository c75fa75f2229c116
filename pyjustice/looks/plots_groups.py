"""Pictures of groups side by side: ratios, stages, shares; and a table with hidden cells."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.disclosure import publisher
from pyjustice.ground.errors import DataError
from pyjustice.looks.plots_style import (
    ABOVE,
    BLUE,
    GREY,
    HATCH,
    INK,
    ORANGE,
    PALE,
    SKY,
    SMALL_TEXT,
    TEXT,
    Rows,
    cut,
    finish,
    legend_above,
    new_axes,
    ratio_axis,
    rows_of,
    with_interval,
)
from pyjustice.measures.flags import Flag
from pyjustice.questions.words import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["forest", "overrepresentation", "pathway", "suppressed"]

_MEASURES = ("ratio", "odds_ratio", "adjusted_ratio", "adjusted_odds_ratio")
# An axis of ratios shows no more than this either way: limits beyond it are arrows.
_WIDEST = 100.0
_MARKS = "osD^vP*X"
# Of the rows of a measure: alike in all of them, so that a table does without.
_SETTINGS = ("per", "level", "family")
_NO_NAMES = ("flag", "kind", "method", "reference")
_TOGETHER = {"whole": "all groups together", "rest": "all other groups"}


def forest(
    rows: Any,
    *,
    measure: str = "ratio",
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw ratios with their intervals on a logarithmic axis, a row each.

    Parameters
    ----------
    rows : array of DISPARITY_DTYPE, ADJUSTED_DTYPE, PATHWAY_DTYPE or CHANGE_DTYPE
        What `pj.disparity`, `pj.disparity_of`, `pj.pathway` or `pj.change` returns.
    measure : {'ratio', 'odds_ratio', 'adjusted_ratio', 'adjusted_odds_ratio'}
        Which of its ratios.
    ax : matplotlib Axes, optional
        Where to draw; by default a new figure of a slide's width.
    title, source : str
        A title of your own; where the figures are from.

    Returns
    -------
    matplotlib Axes
        A filled mark is clear evidence once all comparisons are counted (q), a hollow one is not.
        An arrow is a limit beyond the axis, or a ratio of zero. Where a count is suppressed, what
        the ratio may be is hatched. A row without a ratio says why.

    Raises
    ------
    DataError
        No rows, or a measure that they do not have.

    Examples
    --------
    >>> from pyjustice.questions.disparity import disparity
    >>> ax = forest(disparity([30, 12], [200, 240], ["Black", "White"], reference="White",
    ...                       kind="proportion"))
    >>> ax.get_xscale()
    'log'
    """
    if measure not in _MEASURES:
        raise DataError(f"measure: expected one of {', '.join(_MEASURES)}, got {measure!r}")
    fields = (measure, f"{measure}_lower", f"{measure}_upper", "q", "family", "level", "flag")
    own = rows_of(rows, fields, "disparity or change")
    ax = new_axes(ax, height=2.3 + 0.42 * len(own))
    low, high = _ratio_limits(own, measure)
    ratio_axis(ax, "x", low, high)
    ax.axvline(1, color=INK, linewidth=1.2, gid="no difference")
    for place, row in enumerate(own):
        _ratio_row(ax, place, row, measure)
    ax.set_ylim(len(own) - 0.4, -0.6)
    ax.set_yticks(range(len(own)), [_row_name(row) for row in own])
    less, more, about = _directions(own)
    for side, offset, words in (("right", -6, f"← {less}"), ("left", 6, f"{more} →")):
        ax.annotate(words, (1, 1), (offset, 4), xycoords=("data", "axes fraction"), ha=side,
                    textcoords="offset points", fontsize=TEXT, color=INK, gid=ABOVE)  # fmt: skip
    name = measure.replace("_", " ")
    ax.set_xlabel(f"{name[0].upper()}{name[1:]} (logarithmic axis)", fontsize=TEXT)
    return finish(ax, title or about, _ratio_notes(own, measure), source)


def _ratio_limits(rows: Rows, measure: str) -> tuple[float, float]:
    """Ends of the axis: what is known of the ratios, with 1 inside and not too far apart."""
    fields = [measure, f"{measure}_lower", f"{measure}_upper"]
    if measure == "ratio" and "ratio_least" in (rows.dtype.names or ()):
        fields += ["ratio_least", "ratio_most"]
    found = np.concatenate([rows[field] for field in fields])
    found = found[np.isfinite(found) & (found > 0)]
    low, high = min([0.8, *found]) / 1.15, max([1.25, *found]) * 1.15
    return max(low, 1 / _WIDEST), min(high, _WIDEST)


def _row_name(row: Any) -> str:
    names = row.dtype.names
    if "group" not in names:
        return cut(row["name"]) or "All"
    name = cut(row["group"])
    if "stage" in names:
        return f"{cut(row['stage'])} of {cut(row['before'])}: {name}"
    return f"{cut(row['outcome'])}: {name}" if "outcome" in names and row["outcome"] else name


def _ratio_row(ax: Axes, place: int, row: Any, measure: str) -> None:
    value, lower, upper = (float(row[measure + end]) for end in ("", "_lower", "_upper"))
    low, high = ax.get_xlim()
    least, most = _suppressed_span(row, measure, low, high)
    if most > least:
        ax.barh(place, most - least, 0.5, least, facecolor="white", edgecolor=GREY, hatch=HATCH,
                gid="suppressed")  # fmt: skip
    if not math.isnan(lower):
        ends = np.clip([lower, upper], low, high)
        ax.plot(ends, [place, place], color=INK, linewidth=1.6, gid="interval", zorder=2)
    for end, limit, mark in ((lower, low, "<"), (upper, high, ">")):
        if end < low or end > high:
            ax.plot(limit, place, mark, color=INK, markersize=8, clip_on=False, gid="beyond")
    if low <= value <= high:
        clear = row[_q(measure)] < 1 - row["level"]
        ax.plot(value, place, "s", markersize=8, color=BLUE, zorder=3, gid="ratio",
                markerfacecolor=BLUE if clear else "white")  # fmt: skip
    if not math.isnan(value):
        _beside(ax, place, with_interval(value, lower, upper))
    elif math.isnan(lower):
        reason = str(row["flag"]) or Flag.TOO_FEW
        _beside(ax, place, "the reference" if reason == Flag.REFERENCE else f"no ratio: {reason}")
    else:
        _beside(ax, place, f"{row['flag']} ({number(lower)} to {number(upper)})")


def _q(measure: str) -> str:
    return "adjusted_q" if measure.startswith("adjusted") else "q"


def _suppressed_span(row: Any, measure: str, low: float, high: float) -> tuple[float, float]:
    """Between what a ratio lies whose counts are suppressed, as far as the axis shows it."""
    if measure != "ratio" or "ratio_least" not in row.dtype.names or not math.isnan(row["ratio"]):
        return math.nan, math.nan
    return tuple(np.clip([row["ratio_least"], row["ratio_most"]], low, high).tolist())


def _beside(ax: Axes, place: float, text: str) -> None:
    ax.annotate(text, (1.015, place), xycoords=("axes fraction", "data"), va="center",
                fontsize=SMALL_TEXT + 1, color=INK, annotation_clip=False)  # fmt: skip


def _directions(rows: Rows) -> tuple[str, str, str]:
    """Words for both ends of the axis, and what the picture is of."""
    if "group" not in (rows.dtype.names or ()):
        against = {"self": ""}.get(str(rows["against"][0]), ", set against others")
        return "fell", "rose", f"Change of rates{against}"
    names = {_TOGETHER.get(str(name), cut(name)) for name in rows["reference"]}
    who = names.pop() if len(names) == 1 else "the reference"
    return f"less often than {who}", f"more often than {who}", f"Groups compared with {who}"


def _ratio_notes(rows: Rows, measure: str) -> list[str]:
    first = rows[0]
    compared = int(np.max(rows["family"]))
    among = "one comparison" if compared == 1 else f"{compared:,} comparisons"
    spanned = "ratio_least" in (rows.dtype.names or ()) and measure == "ratio"
    hidden = np.isnan(rows["ratio"]) & ~np.isnan(rows["ratio_least"]) if spanned else [False]
    return [
        f"Lines: {percent(first['level'])} intervals. Filled: clear evidence of a difference"
        f" (q below {1 - float(first['level']):.2g} among {among}). Hollow: not distinguishable"
        " from chance.",
        "Hatched: between what the ratio lies, for a count is suppressed." * bool(np.any(hidden)),
        "A difference is no proof of unequal treatment, and no difference none of equal."
        * ("group" in (rows.dtype.names or ())),
    ]


# --- stages ---------------------------------------------------------------------------------------


def pathway(
    rows: Any,
    *,
    step: str = "step",
    ax: Axes | None = None,
    title: str = "",
    source: str = "",
) -> Axes:
    """Draw each group's ratio to the reference at each stage, in their order.

    Parameters
    ----------
    rows : array of PATHWAY_DTYPE
        What `pj.pathway` returns.
    step : {'step', 'cumulative'}
        Each stage on the stage before, or on the first.
    ax, title, source
        As for `forest`.

    Returns
    -------
    matplotlib Axes
        A mark with its interval for each group and stage, by shape and colour; a hatched field
        where a group has no ratio. Stages are not joined: each is of other children.

    Raises
    ------
    DataError
        No rows, or none of that step.
    """
    own = rows_of(rows, ("stage", "before", "step", "group", "ratio", "ratio_lower"), "pathway")
    own = own[(own["step"] == step) & (own["flag"] != Flag.REFERENCE)]
    if not len(own):
        raise DataError(f"step: expected 'step' or 'cumulative', got {step!r}: no such rows")
    ax = new_axes(ax)
    stages = list(dict.fromkeys(zip(own["stage"].tolist(), own["before"].tolist(), strict=True)))
    groups = list(dict.fromkeys(own["group"].tolist()))
    low, high = _ratio_limits(own, "ratio")
    ratio_axis(ax, "y", low, high)
    ax.axhline(1, color=INK, linewidth=1.2, gid="no difference")
    apart = min(0.16, 0.7 / len(groups))
    for i, group in enumerate(groups):
        mine = own[own["group"] == group]
        at = [stages.index((row["stage"], row["before"])) for row in mine]
        _stages(ax, np.array(at) + (i - (len(groups) - 1) / 2) * apart, mine, i, apart)
    ax.set_xticks(range(len(stages)), [f"{cut(stage)}\nof {cut(of)}" for stage, of in stages])
    ax.set_xlim(-0.6, len(stages) - 0.4)
    less, more, about = _directions(own)
    for words, side in ((f"↑ {more}", "bottom"), (f"↓ {less}", "top")):
        ax.annotate(textwrap.fill(words, 16), (1.01, 1), (0, 3 if side == "bottom" else -3),
                    xycoords=("axes fraction", "data"), textcoords="offset points", va=side,
                    fontsize=SMALL_TEXT + 1, color=INK, annotation_clip=False)  # fmt: skip
    ax.set_ylabel("Ratio (logarithmic axis)", fontsize=TEXT)
    legend_above(ax)
    on = "the stage before" if step == "step" else "the first stage"
    notes = _ratio_notes(own, "ratio")
    why = sorted({str(row["flag"]) for row in own if np.isnan(row["ratio"]) and row["flag"]})
    notes.append(f"No ratio where: {', '.join(why)}." if why else "")
    return finish(ax, title or f"{about}, each stage on {on}", notes, source)


def _stages(ax: Axes, at: Any, rows: Rows, i: int, apart: float) -> None:
    """Draw one group: its marks at `at`; what may be between, where a count is suppressed."""
    low, high = ax.get_ylim()
    colour, mark = (ORANGE, BLUE, INK, GREY)[i % 4], _MARKS[i % len(_MARKS)]
    for place, row in zip(at, rows, strict=True):
        least, most = _suppressed_span(row, "ratio", low, high)
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


# --- shares ---------------------------------------------------------------------------------------


def overrepresentation(
    rows: Any, *, ax: Axes | None = None, title: str = "", source: str = ""
) -> Axes:
    """Draw each group's share of the caseload beside its share of the children who live there.

    Parameters
    ----------
    rows : array of SHARE_DTYPE
        What `pj.overrepresentation` returns.
    ax, title, source
        As for `forest`.

    Returns
    -------
    matplotlib Axes
        Two bars a group, the caseload's with its interval where the number of children is known;
        a share that is not known is hatched. Beside them the ratio, or why there is none.

    Raises
    ------
    DataError
        No rows.
    """
    own = rows_of(rows, ("group", "caseload_share", "population", "ratio", "n"),
                  "overrepresentation")  # fmt: skip
    ax = new_axes(ax, height=2.2 + 0.6 * len(own))
    shares = np.concatenate([own[f] for f in ("caseload_share", "population_share",
                                              "caseload_share_upper")])  # fmt: skip
    most = float(np.nanmax(shares, initial=1.0))
    at = np.arange(len(own))
    # Of a report the population may be of any age: only its words say.
    whose = "children aged 10 to 17" if (own["population"] == "10-17").all() else "the area"
    for field, offset, colour, label in (
        ("caseload_share", -0.19, SKY, "share of the caseload"),
        ("population_share", 0.19, PALE, f"share of {whose}"),
    ):
        known = ~np.isnan(own[field])
        ax.barh(at[known] + offset, own[field][known], 0.36, facecolor=colour, edgecolor=INK,
                linewidth=0.6, label=label, gid=field)  # fmt: skip
        missing = at[~known] + offset
        ax.barh(missing, np.full(len(missing), most), 0.36, facecolor="white", edgecolor=PALE,
                hatch=HATCH)  # fmt: skip
    for place, row in enumerate(own):
        if not math.isnan(row["caseload_share_lower"]):
            ends = [row["caseload_share_lower"], row["caseload_share_upper"]]
            ax.plot(ends, [place - 0.19] * 2, color=INK, linewidth=1.6, marker="|", gid="interval")
        _beside(ax, place, _share_words(row))
    ax.set_yticks(at, [cut(group) for group in own["group"]])
    ax.set_ylim(len(own) - 0.5, -0.5)
    ax.set_xlim(0, most * 1.03)
    ax.set_xlabel("Percent", fontsize=TEXT)
    legend_above(ax)
    return finish(ax, title or f"Caseload and {whose}, by group", _share_notes(own),
                  source)  # fmt: skip


def _share_words(row: Any) -> str:
    if math.isnan(row["ratio"]):
        return f"no ratio: {row['flag'] or Flag.MISSING_VALUE}"
    if math.isnan(row["ratio_lower"]):
        return f"{number(row['ratio'])} times"
    return f"{with_interval(row['ratio'], row['ratio_lower'], row['ratio_upper'])} times"


def _share_notes(rows: Rows) -> list[str]:
    first = rows[0]
    size = (
        "The number of children in the caseload is not known: no intervals, no ratios."
        if math.isnan(first["n"])
        else f"{number(first['n'])} children in the caseload; lines are"
        f" {percent(first['level'])} intervals. The population is taken as known."
    )
    unknown = float(first["unknown_share"])
    return [
        size,
        "Hatched: not known."
        * bool(np.isnan([rows["caseload_share"], rows["population_share"]]).any()),
        f"Of the caseload {unknown:.3g} % have no known group." if unknown > 0 else "",
    ]


# --- what may be published ------------------------------------------------------------------------


def suppressed(safe: Any, *, ax: Axes | None = None, title: str = "", source: str = "") -> Axes:
    """Draw a safe table, what is hidden in it hatched.

    Parameters
    ----------
    safe : Suppressed
        What `pj.suppress` returns.
    ax, title, source
        As for `forest`.

    Returns
    -------
    matplotlib Axes
        The table's cells with their figures. Small counts, and what is hidden to protect them, have
        hatches of their own; no bounds are shown.

    Raises
    ------
    DataError
        Not the result of `suppress`, or an empty one.
    """
    if not hasattr(safe, "reasons"):
        raise DataError("safe: expected the result of suppress()")
    if not safe.reasons().size:
        raise DataError("safe: expected a table with cells, got an empty one")
    names, columns, cells, reasons = _texts(safe)
    ax = new_axes(ax, height=2.0 + 0.42 * len(names))
    for row, column in np.ndindex(reasons.shape):
        _table_cell(ax, (column, row), cells[row][column], str(reasons[row, column]))
    ax.set_xlim(0, len(columns))
    ax.set_ylim(len(names), 0)
    ax.xaxis.tick_top()
    ax.set_xticks(np.arange(len(columns)) + 0.5, [cut(name, 16) for name in columns])
    ax.set_yticks(np.arange(len(names)) + 0.5, [cut(name, 34) for name in names])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    marks = publisher("gss")
    notes = [f"{mark} {said}" if (mark := getattr(marks, reason, "")) else said
             for reason, said in safe.notes()]  # fmt: skip
    return finish(ax, title or "Counts that are safe to publish", notes, source)


def _texts(safe: Any) -> tuple[list[str], list[str], list[list[Any]], Any]:
    """Names of rows and columns, cells and their reasons: of rows only fields of figures."""
    reasons = safe.reasons()
    fields = safe.table.dtype.names
    if fields is None:
        cells = safe.table.reshape(len(safe.rows), -1).tolist()
        return (
            list(safe.rows),
            list(safe.columns) if safe.table.ndim == 2 else ["Count"],
            cells,
            reasons,
        )
    figures = [name for name in fields if safe.table.dtype[name].kind in "iuf"
               and name not in _SETTINGS]  # fmt: skip
    labels = [name for name in fields if safe.table.dtype[name].kind == "U"
              and name not in _NO_NAMES]  # fmt: skip
    joined = [" ".join(filter(None, map(str, row))) for row in safe.table[labels].tolist()]
    names = [name or number for name, number in zip(joined, safe.rows, strict=True)]
    shown = reasons[:, [fields.index(name) for name in figures]]
    return names, figures, [list(row) for row in safe.table[figures].tolist()], shown


def _table_cell(ax: Axes, at: tuple[int, int], value: Any, reason: str) -> None:
    from matplotlib.patches import Rectangle

    hatch = {"primary": HATCH, "secondary": "\\\\\\\\", "derived": "xx"}.get(reason)
    ax.add_patch(Rectangle(at, 1, 1, facecolor="white", edgecolor=GREY if hatch else PALE,
                           hatch=hatch, linewidth=0.8, gid=reason))  # fmt: skip
    text = getattr(publisher("gss"), reason) if hatch else "" if value != value else number(value)
    ax.text(at[0] + 0.5, at[1] + 0.5, text, ha="center", va="center", fontsize=TEXT, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
