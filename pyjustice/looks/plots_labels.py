"""Texts beside points: each where it covers no other text, no point, and stays in the frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from pyjustice.looks.plots_style import GREY, INK, SMALL_TEXT, halo

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["BESIDE", "OVER", "label_points"]

# Offset in points, and where of the text it is held: at a side, or, '', above or below.
Place: TypeAlias = tuple[float, float, str]


def _places(near: Sequence[Place], far: Iterable[float]) -> tuple[Place, ...]:
    """Return places around a point, best first: those given, then ever further ones."""
    around = [
        (x * away, y * away, side)
        for away in far
        for x, side in ((0.6, "left"), (-0.6, "right"), (0, ""))
        for y in (1, -1)
    ]
    return (*near, *around)


BESIDE = _places(
    [(x, y, side) for y in (0, 8, -8) for x, side in ((7, "left"), (-7, "right"))],
    (14, 20, 28, 36, 46, 56),
)
# For large marks with texts of two lines.
OVER = _places([(0, 10, ""), (0, -10, ""), (12, 0, "left"), (-12, 0, "right")], (22, 34, 46))
# A line leads from a text that is further from its point than this, in points.
_NEAR = 12


def label_points(
    ax: Axes,
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    *,
    among: Any = (),
    among_mark: float | None = None,
    places: Sequence[Place] = BESIDE,
    mark: float = 8,
    always: bool = False,
    size: float = SMALL_TEXT,
) -> int:
    """Write texts beside points, the first ones first, and return how many were written.

    Parameters
    ----------
    points, texts : sequences of one length
        In the order of importance.
    among : array_like of shape (n, 2)
        Further points that are not to be covered, such as some of a line.
    places : sequence of (x, y, side)
        Offsets to try, in points; the side of the text that is held there.
    mark, among_mark : float
        How wide the marks of points are, and of the further ones, in points.
    always : bool
        Write a text even where it has to cover something; else leave it out.
    size : float
        Of the texts, in points.
    """
    ax.figure.draw_without_rendering()  # only then is it known where points and texts are
    dot = ax.figure.dpi / 72
    taken = _boxes(ax, points, mark * dot / 2)
    taken += _boxes(ax, among, (mark if among_mark is None else among_mark) * dot / 2)
    written = 0
    for point, words in zip(points, texts, strict=True):
        text = ax.annotate(words, point, (0, 0), textcoords="offset points", fontsize=size,
                           color=INK, va="center", ha="left", gid="name", zorder=4,
                           path_effects=halo(), in_layout=False)  # fmt: skip
        box = np.array(text.get_window_extent().extents)
        place, box, free = _best(box, places, dot, np.array(taken), ax.bbox.extents)
        if not free and not always:
            text.remove()
            continue
        middle = (box[[0, 1]] + box[[2, 3]]) / 2 - ax.transData.transform(point)
        text.set(ha="center", position=middle / dot)
        taken.append(box)
        written += 1
        if np.hypot(*place[:2]) > max(_NEAR, 1.5 * mark):
            ax.annotate("", point, place[:2], textcoords="offset points", zorder=1, in_layout=False,
                        arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.6})  # fmt: skip
    return written


def _best(
    box: Any, places: Sequence[Place], dot: float, taken: Any, frame: Any
) -> tuple[Place, Any, bool]:
    """Return the first place where a text of that size is free; else where it covers least."""
    wide, high = box[2] - box[0], box[3] - box[1]
    held = {"left": 0.0, "": 0.5, "right": 1.0}
    least: tuple[float, Place, Any] | None = None
    for place in places:
        x, y, side = place
        up = y * dot + (math.copysign(high / 2, y) if not side else 0.0)
        at = box + np.array([x * dot - held[side] * wide, up] * 2)
        across = np.minimum(at[2], taken[:, 2]) - np.maximum(at[0], taken[:, 0])
        along = np.minimum(at[3], taken[:, 3]) - np.maximum(at[1], taken[:, 1])
        outside = np.maximum([frame[0] - at[0], frame[1] - at[1]], 0).sum()
        outside += np.maximum([at[2] - frame[2], at[3] - frame[3]], 0).sum()
        covered = float((np.maximum(across, 0) * np.maximum(along, 0)).sum() + 100 * outside)
        if least is None or covered < least[0]:
            least = covered, place, at
        if not covered:
            break
    assert least is not None
    return least[1], least[2], not least[0]


def _boxes(ax: Axes, points: Any, half: float) -> list[Any]:
    """Left, lower, right and upper ends of the marks of points, in pixels."""
    centres = ax.transData.transform(np.reshape(points, (-1, 2)))
    return list(np.hstack([centres - half, centres + half]))
