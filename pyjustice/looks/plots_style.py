"""What all pictures share: axes for a slide, titles, notes, hatches, words.

Nothing here imports matplotlib before a picture is asked for.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pyjustice.questions.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "ABOVE",
    "BLUE",
    "GREY",
    "HATCH",
    "INK",
    "ORANGE",
    "PALE",
    "SKY",
    "SMALL_TEXT",
    "TEXT",
    "beside",
    "cut",
    "finish",
    "halo",
    "new_axes",
    "ratio_axis",
    "rows_high",
    "unit_words",
    "upright",
    "with_interval",
]

# Of Okabe and Ito's palette, which people with any colour vision tell apart.
BLUE, SKY, ORANGE = "#0072b2", "#56b4e9", "#d55e00"
INK, GREY, PALE = "#222222", "#666666", "#cccccc"
# What is suppressed, not known or not rated is never left blank: blank looks like zero.
HATCH = "////"
# Points. A picture of 10 inches is a slide's width, so that these are as large on the slide.
TEXT, SMALL_TEXT, TITLE = 10, 8, 13
# Width of a letter of the font that matplotlib brings, as a part of its size; a little generous.
_LETTER = 0.56
# What a legend has side by side.
_COLUMNS = 6
# Texts between the title and the picture.
ABOVE = "above"


def new_axes(ax: Axes | None, height: float = 5.6, width: float = 10.0) -> Axes:
    """Return the axes given, or those of a new figure of so many inches."""
    if ax is None:
        from matplotlib import pyplot as plt

        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    ax.tick_params(labelsize=TEXT, colors=INK, labelcolor=INK)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def rows_high(count: int, usual: float = 0.42, least: float = 0.2) -> float:
    """Return the inches for so many rows: closer where there are many, but never unreadable."""
    return count * min(usual, max(least, 3.7 / count))


def beside(ax: Axes, place: float, text: str) -> None:
    """Write what a row says in words at its right, outside of the axes."""
    ax.annotate(text, (1.015, place), xycoords=("axes fraction", "data"), va="center",
                fontsize=SMALL_TEXT + 1, color=INK, annotation_clip=False)  # fmt: skip


def finish(
    ax: Axes, title: str, notes: Sequence[str], source: str, *, legend: str = "",
    handles: Sequence[Any] | None = None,
) -> Axes:  # fmt: skip
    """Write what the picture shows above it, and what to mind and the source below it.

    Parameters
    ----------
    ax : Axes
    title, source : str
    notes : sequence of str
        Each begins a line; those that are empty are left out.
    legend : {'', 'above', 'below'}
        Where to say what colours and marks mean: below, where names of columns stand above.
    handles : sequence, optional
        What is explained; by default all that has a label.

    Notes
    -----
    Among other axes only what is narrow takes part in the layout: long lines would squeeze these.
    """
    ax.figure.draw_without_rendering()  # only then is it known how wide the axes are
    alone = len(ax.figure.axes) == 1
    pixels = ax.figure.bbox.x1 - ax.bbox.x0 if alone else ax.bbox.width
    inches = pixels / ax.figure.dpi
    lines = _legend(ax, legend, handles, pixels) if legend else 0
    if legend:
        ax.get_legend().set_in_layout(alone)
    above = max([lines * (legend == "above"), *(text.get_gid() == ABOVE for text in ax.texts)])
    if legend == "below":
        ax.set_xlabel("\n".join(" " * lines), fontsize=TEXT)  # room for it above the notes
    ax.set_title(_filled(_plain(title), inches, TITLE * 1.15), loc="left", fontsize=TITLE,
                 color=INK, fontweight="bold", pad=10 + 18 * above)  # fmt: skip
    said = [*filter(None, notes), *([f"Source: {cut(source, 200)}"] if source else [])]
    text = "\n".join(_filled(line, inches, SMALL_TEXT) for line in said)
    for words, gid in ((text, "notes"), ("\n".join(" " for _ in text.splitlines()), "room")):
        # Below the label of the axis, wherever that comes to stand.
        ax.annotate(words, (0, 0), (0, -4), xycoords=("axes fraction", ax.xaxis.label),
                    textcoords="offset points", va="top", ha="left", fontsize=SMALL_TEXT,
                    color=GREY, gid=gid, annotation_clip=False,
                    in_layout=alone or gid == "room")  # fmt: skip
    return ax


def _legend(ax: Axes, side: str, handles: Sequence[Any] | None, pixels: float) -> int:
    """Say what colours and marks mean, in as few lines as there is width for; return how many."""
    at = {"above": ("lower left", (0, 1)), "below": ("upper left", (0, 0))}[side]
    given = {} if handles is None else {"handles": handles}
    for columns in range(_COLUMNS, 0, -1):
        legend = ax.legend(ncols=columns, loc=at[0], bbox_to_anchor=at[1], borderaxespad=0.2,
                           frameon=False, fontsize=SMALL_TEXT, columnspacing=1.4,
                           **given)  # fmt: skip
        if legend.get_window_extent().width <= pixels:
            break
    return -(-len(legend.get_texts()) // columns)


def _filled(text: str, inches: float, size: float) -> str:
    return textwrap.fill(text, max(20, int(inches * 72 / (size * _LETTER))))


def halo() -> list[Any]:
    """Return the effect that keeps a text readable on lines."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2.5, foreground="white")]


def cut(text: Any, length: int = 40) -> str:
    """Return a text in one line, cut to a length, with no sign that starts mathematics."""
    line = " ".join(str(text).split())
    return _plain(line if len(line) <= length else line[: length - 1] + "…")


def _plain(text: str) -> str:
    """Mark every dollar as a letter, for two of them start mathematics."""
    return re.sub(r"(?<!\\)\$", r"\\$", text)


def upright(text: str) -> str:
    """Return the words of an upright axis on as many lines as they need."""
    return textwrap.fill(text, 44)


def unit_words(per: float, kind: str = "rate") -> str:
    """'Rate per 1,000', 'Percent', 'Share'."""
    if kind == "proportion":
        return {1.0: "Share", 100.0: "Percent"}.get(per, f"Number in {number(per)}")
    return "Rate" if per == 1 else f"Rate per {number(per)}"


def with_interval(value: float, lower: float, upper: float) -> str:
    """'1.42 (1.10 to 1.83)'."""
    return f"{_ratio_words(value)} ({_ratio_words(lower)} to {_ratio_words(upper)})"


def _ratio_words(value: float) -> str:
    return f"{value:.2f}" if 0.1 <= value < 10 else number(value)


def ratio_axis(ax: Axes, side: str, low: float, high: float) -> None:
    """Make the axis 'x' or 'y' logarithmic, from low to high, with plain numbers on it."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

    ax.set(**{f"{side}scale": "log", f"{side}lim": (low, high)})
    span = high / low
    steps = (1, 1.5, 2, 3, 5, 7) if span < 30 else (1, 2, 5) if span < 1000 else (1,)
    marks = [step * 10.0**decade for decade in range(-6, 7) for step in steps]
    if span < 8:
        marks += [0.6, 0.8, 0.9, 1.1, 1.25, 4.0]
    axis = ax.xaxis if side == "x" else ax.yaxis
    axis.set_major_locator(FixedLocator([mark for mark in sorted(marks) if low <= mark <= high]))
    axis.set_major_formatter(FuncFormatter(lambda mark, _: f"{mark:g}"))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())
