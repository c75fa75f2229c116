"""Arguments of control charts and funnels, read and refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.measures.figures import numbers
from pyjustice.measures.funnels import ADJUSTMENTS, SCALES

__all__ = [
    "chart_base",
    "cut_names",
    "funnel_bases",
    "names_of",
    "numbers_of",
    "refuse_doubles",
    "refuse_odd_counts",
    "scale_of",
    "starts_of",
    "target_of",
]

Floats: TypeAlias = NDArray[np.float64]


def numbers_of(name: str, given: Any) -> Floats:
    """Take one row of numbers; what is masked or None is NaN."""
    read = numbers(name, given)
    if read.ndim != 1:
        raise DataError(f"{name}: expected one row of numbers, got {read.ndim} dimensions")
    if np.isinf(read).any():
        raise DataError(f"{name}: row {int(np.isinf(read).argmax())} is infinite")
    return read


def _same_length(name: str, read: Floats, n: int) -> Floats:
    if len(read) != n:
        raise DataError(f"{name}: expected {n}, one for each count, got {len(read)}")
    if (read < 0).any():
        raise DataError(f"{name}: row {int((read < 0).argmax())} is negative")
    return read


def chart_base(kind: str, population: Any, n: int) -> Floats:
    """Give the populations of a chart; NaN for the kinds that have none."""
    if kind in ("xmr", "c"):
        if population is not None:
            raise DataError(
                f"population: kind {kind!r} has none; try {'u' if kind == 'c' else 'up'!r}"
            )
        return np.full(n, np.nan)
    if population is None:
        raise DataError(f"population: kind {kind!r} needs one for each count")
    return _same_length("population", numbers_of("population", population), n)


def funnel_bases(kind: str, population: Any, expected: Any, n: int) -> tuple[Floats, Floats]:
    """Give what counts are set against, and the population."""
    people = np.full(n, np.nan)
    if population is not None:
        people = _same_length("population", numbers_of("population", population), n)
    if kind == "ratio":
        if expected is None:
            raise DataError("expected: kind 'ratio' needs one for each count")
        return _same_length("expected", numbers_of("expected", expected), n), people
    if expected is not None:
        raise DataError("expected: only for kind='ratio'")
    if population is None:
        raise DataError(f"population: kind {kind!r} needs one for each count")
    return people, people


def refuse_odd_counts(name: str, counts: Floats, most: Floats | None) -> None:
    """Refuse counts that are not whole, or more than the number that they are out of."""
    odd = ~np.isnan(counts) & ((counts < 0) | (counts != np.floor(counts)))
    if odd.any():
        raise DataError(f"{name}: row {int(odd.argmax())} is no whole count from 0")
    if most is None:
        return
    part = ~np.isnan(most) & (most != np.floor(most))
    if part.any():
        raise DataError(f"population: row {int(part.argmax())} is no whole number")
    over = counts > most
    if over.any():
        raise DataError(f"{name}: row {int(over.argmax())} is more than the number it is out of")


def scale_of(kind: str, adjust: str | None, scale: str | None, winsorise: float) -> str:
    """Check what was chosen of a funnel, and give the scale."""
    if kind not in SCALES:
        raise DataError(f"kind: expected one of {', '.join(SCALES)}, got {kind!r}")
    if adjust is not None and adjust not in ADJUSTMENTS:
        raise DataError(f"adjust: expected None, {' or '.join(ADJUSTMENTS)}, got {adjust!r}")
    if not 0 <= winsorise < 0.5:
        raise DataError(f"winsorise: expected a share from 0 to less than 0.5, got {winsorise}")
    known = SCALES[kind]
    if scale is None:
        return known[-1] if adjust == "additive" else known[0]
    if scale not in known:
        raise DataError(f"scale: expected {' or '.join(known)} for a {kind}, got {scale!r}")
    return scale


def target_of(
    target: float | None, kind: str, observed: Floats, base: Floats, unit: float
) -> float:
    """Give the rate, share or ratio that areas are set against, per one."""
    if target is None:
        return 1.0 if kind == "ratio" else float(observed.sum() / base.sum())
    most = unit if kind == "proportion" else np.inf
    if not 0 < target < most:
        raise DataError(f"target: expected a number above 0 and below {most:g}, got {target}")
    return float(target) / unit


def names_of(name: str, given: Sequence[Any] | None, n: int) -> list[str]:
    """Give the names of areas or the labels of periods; index numbers if there are none."""
    if given is None:
        return [str(i) for i in range(n)]
    names = [str(one) for one in given]
    if len(names) != n:
        raise DataError(f"{name}: expected {n}, one for each value, got {len(names)}")
    return names


def cut_names(names: list[str], field: np.dtype[Any]) -> list[str]:
    """Cut names to a field of text; one that is cut ends in an ellipsis."""
    most = field.itemsize // 4
    return [cut(name, most) for name in names]


def refuse_doubles(names: list[str]) -> None:
    """Refuse a name that stands twice."""
    seen: set[str] = set()
    for one in names:
        if one in seen:
            raise DataError(f"names: {one!r} is given twice; an area is one row")
        seen.add(one)


def starts_of(breaks: Sequence[Any], names: list[str], n: int, *, labelled: bool) -> list[int]:
    """First points of the phases after the first."""
    if isinstance(breaks, str):
        raise DataError("breaks: expected a list of periods")
    starts = []
    for one in breaks:
        if names.count(str(one)) != 1:
            what = "label of one period" if labelled else f"index below {n}"
            raise DataError(f"breaks: {one!r} is no {what}")
        starts.append(names.index(str(one)))
    if sorted(set(starts)) != starts or 0 in starts:
        raise DataError("breaks: expected periods after the first, in order, each once")
    return starts
