"""Small pictures as SVG text: no fonts, scripts or files from elsewhere; readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, isfinite, log
from typing import NamedTuple

import numpy as np

from pyjustice.ground.shorten import cut
from pyjustice.looks.pieces import Piece
from pyjustice.looks.rating_colours import place_of

__all__ = ["drawing_of"]

# Rows of a forest; of more, those that are least like chance are drawn.
MOST_DRAWN = 20
_WIDE = 720


class Interval(NamedTuple):
    """A line of a forest: a ratio and its limits."""

    label: str
    value: float
    lower: float
    upper: float


def drawing_of(piece: Piece, name: str) -> tuple[str, str]:
    """Draw a table, if it is of a kind that is better seen.

    Parameters
    ----------
    piece : Piece
    name : str
        For the ids of its title and description.

    Returns
    -------
    svg, caption : str
        Both '' if there is nothing to draw.
    """
    if piece.kind in ("change", "disparity"):
        return _forest_of(piece, name)
    if piece.kind == "funnel":
        return _funnel(piece, name)
    if piece.kind == "rated":
        return _bands(piece, name)
    if piece.kind == "history":
        return _history(piece, name)
    return "", ""


def _svg(name: str, height: float, title: str, text: str, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {_WIDE} {height:g}" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(text)}</desc>'
        + "".join(parts)
        + "</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _short(text: str, most: int = 30) -> str:
    return cut(text, most)


# --- ratios on a logarithmic axis -----------------------------------------------------------------


def _forest_of(piece: Piece, name: str) -> tuple[str, str]:
    rows = piece.rows
    field = "group" if piece.kind == "disparity" else "name"
    able = [i for i in range(len(rows)) if isfinite(rows["ratio"][i]) and rows["ratio"][i] > 0]
    if len(able) > MOST_DRAWN:
        first = np.argsort(np.nan_to_num(rows["p"][able], nan=2), kind="stable")[:MOST_DRAWN]
        able = [able[i] for i in sorted(first.tolist())]
    if not able:
        return "", ""
    lines = [
        Interval(
            str(rows[field][i]),
            *(float(rows[name][i]) for name in ("ratio", "ratio_lower", "ratio_upper")),
        )
        for i in able
    ]
    caption = "Ratio of rates, with its interval: right of the line at 1 is higher."
    if len(able) < len(rows):
        those = ", those of the lowest p," if len(able) == MOST_DRAWN else ""
        caption += f" {len(able)} of {len(rows)} rows{those} are drawn."
    return _forest(lines, name, caption), caption


def _forest(lines: Sequence[Interval], name: str, caption: str) -> str:
    ends = [v for line in lines for v in (line.value, line.lower, line.upper)]
    ends = [v for v in ends if isfinite(v) and v > 0]
    ticks = _log_ticks(min([*ends, 0.8]), max([*ends, 1.25]))
    left, right, top, step = 230.0, _WIDE - 110.0, 12.0, 24.0
    low, high = log(ticks[0]), log(ticks[-1])

    def x(value: float) -> float:
        inside = min(max(log(value) if value > 0 else low, low), high)
        return left + (inside - low) / (high - low) * (right - left)

    bottom = top + step * len(lines)
    parts = []
    for tick in ticks:
        parts.append(_line(x(tick), top, x(tick), bottom, "one" if tick == 1 else "grid"))
        parts.append(_text(x(tick), bottom + 18, f"{tick:g}", "middle"))
    for i, line in enumerate(lines):
        y = top + step * (i + 0.5)
        parts.append(_text(left - 10, y + 4, _short(line.label), "end"))
        upper = line.upper if isfinite(line.upper) else ticks[-1]
        if isfinite(line.lower):
            parts.append(_line(x(line.lower), y, x(upper), y, "range"))
        parts.append(
            f'<rect class="mark" x="{x(line.value) - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
        )
        parts.append(_text(right + 10, y + 4, f"{line.value:.2f}"))
    said = "; ".join(
        f"{line.label} {line.value:.2f} ({line.lower:.2f} to {line.upper:.2f})" for line in lines
    )
    return _svg(name, bottom + 28, caption, said, parts)


def _log_ticks(low: float, high: float) -> list[float]:
    """Round numbers 1, 2, 5 times powers of ten from below the lowest to above the highest."""
    low, high = max(low, 0.01), min(max(high, 1.0), 100.0)
    steps = [m * 10.0**e for e in range(-2, 3) for m in (1, 2, 5)]
    steps = [round(s, 6) for s in steps]
    first = max((s for s in steps if s <= low), default=steps[0])
    last = min((s for s in steps if s >= high), default=steps[-1])
    return [s for s in steps if first <= s <= last]


# --- a funnel -------------------------------------------------------------------------------------


def _funnel(piece: Piece, name: str) -> tuple[str, str]:
    rows = piece.rows
    good = [
        i for i in range(len(rows))
        if np.isfinite(rows["expected"][i]) and np.isfinite(rows["ratio"][i])
    ]  # fmt: skip
    if len(good) < 3:
        return "", ""
    good.sort(key=lambda i: float(rows["expected"][i]))
    size = np.array([float(rows["expected"][i]) for i in good])
    ratio = np.array([float(rows["ratio"][i]) for i in good])
    limits = {f: rows[f][good] / size for f in ("lower_95", "upper_95", "lower_998", "upper_998")}
    most = float(np.nanmax([ratio.max(), np.nanmax(limits["upper_998"], initial=1), 1.5]))
    most = min(most, max(1.5, float(ratio.max()) * 1.15))
    left, right, top, bottom = 60.0, _WIDE - 30.0, 12.0, 330.0
    top_size = float(size.max()) * 1.03

    def x(value: float) -> float:
        return left + value / top_size * (right - left)

    def y(value: float) -> float:
        return bottom - min(max(value, 0), most) / most * (bottom - top)

    parts = [_line(left, bottom, right, bottom, "axis"), _line(left, top, left, bottom, "axis")]
    for tick in _even_ticks(most):
        parts += [_line(left, y(tick), right, y(tick), "one" if tick == 1 else "grid")]
        parts += [_text(left - 8, y(tick) + 4, f"{tick:g}", "end")]
    for tick in _even_ticks(top_size):
        parts.append(_text(x(tick), bottom + 18, f"{tick:,.0f}", "middle"))
    for field, values in limits.items():
        points = " ".join(
            f"{x(a):.1f},{y(b):.1f}" for a, b in zip(size, values, strict=True) if isfinite(b)
        )
        kind = "outer" if "998" in field else "inner"
        parts.append(f'<polyline class="{kind}" points="{points}"/>')
    far = [str(rows["outside"][i]).endswith("99.8") for i in good]
    for a, b, out in zip(size, ratio, far, strict=True):
        kind = "far" if out else "dot"
        parts.append(f'<circle class="{kind}" cx="{x(a):.1f}" cy="{y(b):.1f}" r="4"/>')
    named: list[tuple[float, float]] = []
    for i, a, b, out in zip(good, size, ratio, far, strict=True):
        at = (x(a), y(b))
        if out and all(abs(at[0] - p) > 130 or abs(at[1] - q) > 13 for p, q in named):
            side = "end" if at[0] > _WIDE - 170 else "start"
            parts.append(
                _text(at[0] + (7 if side == "start" else -7), at[1] - 6,
                      _short(str(rows["name"][i]), 24), side)
            )  # fmt: skip
            named.append(at)
    parts.append(_text((left + right) / 2, bottom + 38, "Expected", "middle"))
    parts.append(_text(left + 6, top + 4, "Observed over expected"))
    caption = (
        f"{len(good)} areas: observed over expected by what is expected of each. Dashed: 95 %"
        f" limits; solid: 99.8 % limits. {sum(far)} outside of these, shown as full circles."
    )
    said = "Outside of the 99.8 % limits: " + (
        ", ".join(str(rows["name"][i]) for i, out in zip(good, far, strict=True) if out) or "none"
    )
    return _svg(name, bottom + 48, caption, said, parts), caption


def _even_ticks(most: float) -> list[float]:
    """Four to nine round numbers from 0."""
    power = 10.0 ** floor(np.log10(most / 4))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if most / (m * power) < 8)
    return [round(step * i, 10) for i in range(ceil(most / step)) if step * i <= most]


# --- percentages against the bands ----------------------------------------------------------------


def _bands(piece: Piece, name: str) -> tuple[str, str]:
    rules, rows = piece.rules, piece.rows
    rows = rows[np.isfinite(rows["percent"])]
    if rules is None or not len(rows):
        return "", ""
    left, right, top, step = 230.0, _WIDE - 70.0, 42.0, 24.0
    bottom = top + step * len(rows)

    def x(percent: float) -> float:
        return left + percent / 100 * (right - left)

    lower = rules.bands.lower
    parts = []
    for place, (start, end) in enumerate(zip(lower, [*lower[1:], 100], strict=True)):
        parts.append(
            f'<rect class="band r{min(place, 3)}" x="{x(start):.1f}" y="{top:.1f}"'
            f' width="{x(end) - x(start):.1f}" height="{bottom - top:.1f}"/>'
        )
        level = top - 8 - 16 * (place % 2)  # neighbours' words would meet on one line
        parts.append(_text((x(start) + x(end)) / 2, level, rules.ratings[place].word, "middle"))
        parts.append(_text(x(start), bottom + 18, f"{start}", "middle"))
    parts.append(_text(x(100), bottom + 18, "100 %", "middle"))
    for i, row in enumerate(rows):
        y = top + step * (i + 0.5)
        parts.append(_text(left - 10, y + 4, _short(f"{row['standard']} {row['title']}"), "end"))
        parts.append(_line(x(0), y, x(float(row["percent"])), y, "reach"))
        parts.append(
            f'<circle class="point" cx="{x(float(row["percent"])):.1f}" cy="{y:.1f}" r="5"/>'
        )
        parts.append(_text(right + 10, y + 4, f"{row['percent']:g} %"))
    caption = "The lowest key question of each standard, in percent, against the bands of ratings."
    said = "; ".join(f"{row['standard']} {row['percent']:g} %" for row in rows)
    return _svg(name, bottom + 28, caption, said, parts), caption


# --- inspections in time --------------------------------------------------------------------------


def _history(piece: Piece, name: str) -> tuple[str, str]:
    """Draw overall ratings of one service by year, each on its own framework's scale."""
    rows = piece.rows[piece.rows["year"] >= 0]
    if len(rows) < 2 or len(np.unique(rows["service"])) > 1:
        return "", ""
    when = np.array([_year_of(row) for row in rows])
    places = [place_of(int(code)) for code in rows["overall"]]
    first, last = floor(when.min()), ceil(when.max() + 0.01)
    left, right, top, step = 70.0, _WIDE - 70.0, 52.0, 40.0
    lowest = -1 if min(places) < 0 else 0
    bottom = top + step * (3 - lowest) + 34

    def x(year: float) -> float:
        return float(left + (year - first) / (last - first) * (right - left))

    def y(place: int) -> float:
        return top + step * (3 - place)

    parts = [_line(left - 30, bottom, right + 30, bottom, "axis")]
    years = range(first, last + 1, max(1, (last - first) // 10))
    parts += [_text(x(year), bottom + 18, str(year), "middle") for year in years]
    for i in range(1, len(rows)):
        before, after = (x(when[i - 1]), y(places[i - 1])), (x(when[i]), y(places[i]))
        if not rows["flag"][i]:  # compared with the one before
            parts.append(_line(*before, *after, "joined"))
        if rows["framework"][i] != rows["framework"][i - 1]:
            half = (before[0] + after[0]) / 2
            parts.append(_line(half, 4, half, bottom, "broken"))
            parts.append(_text(half - 6, 14, str(rows["framework"][i - 1]), "end"))
            parts.append(_text(half + 6, 14, str(rows["framework"][i])))
    taken: list[tuple[float, float]] = []
    for at, place, row in zip(when, places, rows, strict=True):
        parts.append(_inspection(x(float(at)), y(place), place, row, taken))
    told = [f"{row['year']} {row['overall_word'] or 'no overall rating'}" for row in rows]
    caption = (
        "Inspections by year of publication, the higher the better. A line joins two of one"
        " framework; a dashed line parts frameworks, whose scales are not comparable."
    )
    return _svg(name, bottom + 28, caption, "; ".join(told), parts), caption


def _year_of(row: np.void) -> float:
    """Year and the part of it that has gone by; its middle if the month is not known."""
    if np.isnat(row["published"]) or row["published_precision"] < 2:
        return float(row["year"]) + 0.5
    return float(row["year"]) + (int(row["published"].astype("M8[M]").astype(int)) % 12 + 0.5) / 12


def _inspection(
    x: float, y: float, place: int, row: np.void, taken: list[tuple[float, float]]
) -> str:
    """Draw one inspection; its words above it, or below where those of another stand."""
    kind = f"r{place}" if place >= 0 else "unrated"
    mark = f'<circle class="seen {kind}" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
    word = str(row["overall_word"]) or "no overall rating"
    if row["score"] >= 0 and row["max_score"] > 0:
        word += f", {row['score']} of {row['max_score']}"
    level = y - 13
    while any(abs(x - p) < 150 and abs(level - q) < 14 for p, q in taken):
        level += 15 if level > y else 37
    taken.append((x, level))
    side = "start" if x < 150 else "end" if x > _WIDE - 150 else "middle"
    at = x - 10 if side == "start" else x + 10 if side == "end" else x
    return mark + _text(at, level, word, side)
