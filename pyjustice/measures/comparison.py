"""One group against one reference: every measure of a disparity, each with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from pyjustice.measures.detectable import detectable_proportion, detectable_rate
from pyjustice.measures.flags import Flag
from pyjustice.measures.limits import clopper_pearson, garwood
from pyjustice.measures.rate_ratios import difference_limits, p_values, ratio_limits
from pyjustice.measures.stratified import pooled_odds
from pyjustice.measures.two_by_two import newcombe_difference, score_difference, score_ratio

__all__ = [
    "METHODS",
    "WHOLE",
    "Kind",
    "Settings",
    "Side",
    "alone",
    "compare",
    "conclusion",
    "rate_ratio",
]

Fields: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["proportion", "rate"]

WHOLE = "whole"
# The methods of each kind, the first the one that is taken unless another is asked for; and what
# stands in the field `method`.
METHODS = {
    "proportion": {
        "miettinen-nurminen": "miettinen-nurminen; fisher",
        "koopman-newcombe": "koopman, newcombe; fisher",
    },
    "rate": {"exact": "conditional exact", "mid-p": "conditional mid-p"},
}
NAN = math.nan


@dataclass(frozen=True, slots=True)
class Side:
    """A group as counted; `least` and `most` differ where its events are suppressed."""

    name: str
    least: float
    most: float
    base: float

    @property
    def events(self) -> float:
        """How many, NaN if that is not known."""
        return self.least if self.least == self.most else NAN


@dataclass(frozen=True, slots=True)
class Settings:
    """How to compare; `few` is the number of events at parity below which there are too few."""

    kind: Kind
    method: str
    per: float
    level: float
    few: float


class _Interval(NamedTuple):
    value: float
    lower: float
    upper: float

    def mapped(self, function: Any) -> _Interval:
        return _Interval(*map(function, self))

    def named(self, name: str) -> dict[str, float]:
        return dict(zip((name, f"{name}_lower", f"{name}_upper"), self, strict=True))


_NONE = _Interval(NAN, NAN, NAN)


class _Measures(NamedTuple):
    """Of known counts: ratio, difference per one, odds ratio, p."""

    ratio: _Interval
    difference: _Interval
    odds: _Interval
    p: float


def compare(group: Side, reference: Side, settings: Settings, *, whole: bool = False) -> Fields:
    """Return the fields of DISPARITY_DTYPE but `q` and `family`.

    Parameters
    ----------
    group, reference : Side
        With `whole`, the reference is what is left of the whole without the group: a group that is
        compared with a whole that contains it is not independent of it, but given the bases the
        one ratio follows from the other.
    settings : Settings
    """
    found = _blank(group, reference, settings, whole=whole)
    flag = _unusable(group, reference)
    if not flag:
        suppressed = math.isnan(group.events) or math.isnan(reference.events)
        measure = _bounded if suppressed else _known
        found |= measure(group, reference, settings, whole=whole)
        flag = Flag.SUPPRESSED if suppressed else _remark(group, reference, settings, found)
        if not flag and whole:
            flag = Flag.OVERLAPPING
    return found | {"flag": flag}


def alone(group: Side, reference: str, settings: Settings, flag: str) -> Fields:
    """Return the fields of a group that is compared with nothing, and why."""
    nothing = Side(reference, NAN, NAN, NAN)
    return _blank(group, nothing, settings, whole=False) | {"flag": flag}


def conclusion(row: Any) -> int:
    """Return 1 or -1 if the group's rate is clearly above or below the reference's, else 0."""
    if not row["p"] < 1 - row["level"]:
        return 0
    return int(row["ratio_lower"] > 1) - int(row["ratio_upper"] < 1)


def _blank(group: Side, reference: Side, settings: Settings, *, whole: bool) -> Fields:
    shown = _joined(group, reference) if whole else reference
    found: dict[str, Any] = {
        "group": group.name, "reference": WHOLE if whole else reference.name,
        "kind": settings.kind, "events": group.events, "base": group.base,
        "reference_events": shown.events, "reference_base": shown.base, "per": settings.per,
        "reference_rate": _divided(shown.events, shown.base) * settings.per,
        "events_least": group.least, "events_most": group.most, "ratio_least": NAN,
        "ratio_most": NAN, "holds": -1, "smallest_detectable": NAN, "p": NAN,
        "level": settings.level, "method": METHODS[settings.kind][settings.method],
    }  # fmt: skip
    found |= _own_rate(group, settings).named("rate")
    for name in ("ratio", "difference", "odds_ratio", "difference_from_parity"):
        found |= _NONE.named(name)
    return found


def _joined(group: Side, rest: Side) -> Side:
    return Side(WHOLE, group.least + rest.least, group.most + rest.most, group.base + rest.base)


def _unusable(group: Side, reference: Side) -> str:
    if math.isnan(group.base) or math.isnan(reference.base):
        return Flag.NO_DENOMINATOR
    return Flag.ZERO_BASE if group.base == 0 or reference.base == 0 else ""


def _remark(group: Side, reference: Side, settings: Settings, found: Fields) -> str:
    """What is to be minded of a comparison of known counts."""
    events = group.least + reference.least
    if events == 0:
        return Flag.NO_EVENTS
    total = group.base + reference.base
    if min(group.base, reference.base) * events / total < settings.few:
        return Flag.TOO_FEW
    if group.least == 0:
        return Flag.ZERO_EVENTS
    if reference.least == 0:
        return Flag.ZERO_REFERENCE
    apart = found["ratio_lower"] > 1 or found["ratio_upper"] < 1
    return Flag.TEST_DIFFERS if apart != (found["p"] < 1 - settings.level) else ""


def _own_rate(group: Side, settings: Settings) -> _Interval:
    if math.isnan(group.base) or group.base == 0:
        return _NONE
    level = settings.level
    ends = np.array([group.least, group.most])
    if settings.kind == "rate":
        lower, upper = (limit / group.base for limit in garwood(ends, level))
    else:
        lower, upper = clopper_pearson(ends, np.full(2, group.base), level)
    rate = _divided(group.events, group.base)
    return _Interval(rate, float(lower[0]), float(upper[1])).mapped(
        lambda value: value * settings.per
    )


def _known(group: Side, reference: Side, settings: Settings, *, whole: bool) -> Fields:
    measured = _measure(group, reference, settings, whole=whole)
    found: dict[str, Any] = measured.ratio.named("ratio")
    found |= measured.difference.mapped(lambda value: value * settings.per).named("difference")
    found |= measured.odds.named("odds_ratio")
    found |= _parity(group, reference, measured.difference, settings, whole=whole)
    found |= {"ratio_least": measured.ratio.value, "ratio_most": measured.ratio.value}
    found |= {
        "p": measured.p,
        "smallest_detectable": _detectable(group, reference, settings, whole),
    }
    return found


def _bounded(group: Side, reference: Side, settings: Settings, *, whole: bool) -> Fields:
    """Measures that hold whatever the suppressed counts are.

    All of them rise with the group's events and fall with the reference's, so that the two corners
    bound them; the test is the less sure the nearer the counts are to parity.
    """
    low, high = (
        _measure(Side(group.name, own, own, group.base),
                 Side(reference.name, other, other, reference.base), settings, whole=whole)
        for own, other in ((group.least, reference.most), (group.most, reference.least))
    )  # fmt: skip
    found: dict[str, Any] = {}
    for name, bottom, top, factor in (
        ("ratio", low.ratio, high.ratio, 1.0),
        ("difference", low.difference, high.difference, settings.per),
        ("odds_ratio", low.odds, high.odds, 1.0),
    ):
        found |= _Interval(NAN, bottom.lower * factor, top.upper * factor).named(name)
    gap = _Interval(NAN, low.difference.lower, high.difference.upper)
    found |= _parity(group, reference, gap, settings, whole=whole)
    # Zero of zero events is a ratio of nothing: it may be any.
    least = 0.0 if math.isnan(low.ratio.value) else low.ratio.value
    most = math.inf if math.isnan(high.ratio.value) else high.ratio.value
    found |= {"ratio_least": least, "ratio_most": most}
    found["p"] = 1.0 if least <= 1 <= most else max(low.p, high.p)
    found["holds"] = int(_says(low, settings.level) == _says(high, settings.level))
    return found


def _says(measured: _Measures, level: float) -> int:
    return conclusion({"p": measured.p, "level": level, **measured.ratio.named("ratio")})


def _measure(group: Side, reference: Side, settings: Settings, *, whole: bool) -> _Measures:
    one = _rates if settings.kind == "rate" else _proportions
    measured = one(group, reference, settings)
    if not whole:
        return measured
    share = group.base / (group.base + reference.base)
    return _Measures(
        measured.ratio.mapped(lambda value: _against_whole(value, share)),
        measured.difference.mapped(lambda value: value * (1 - share)),
        _NONE,
        measured.p,
    )


def _against_whole(ratio: float, share: float) -> float:
    """The ratio to a whole of which the group is this share, from that to the rest."""
    return 0.0 if ratio == 0 else 1 / (share + (1 - share) / ratio)


def _proportions(group: Side, reference: Side, settings: Settings) -> _Measures:
    counts = (group.least, group.base, reference.least, reference.base)
    level = settings.level
    if settings.method == "koopman-newcombe":
        limits = score_ratio(*counts, level=level, factor=False)
        gaps = newcombe_difference(*counts, level=level)
    else:
        limits = score_ratio(*counts, level=level)
        gaps = score_difference(*counts, level=level)
    odds = pooled_odds(*(np.array([count]) for count in counts), level=level)
    rate, other = group.least / group.base, reference.least / reference.base
    return _Measures(
        _Interval(_ratio(counts), *map(float, limits)),
        _Interval(rate - other, *map(float, gaps)),
        _Interval(odds.ratio, odds.lower, odds.upper),
        odds.p,
    )


def _rates(group: Side, reference: Side, settings: Settings) -> _Measures:
    counts = (group.least, group.base, reference.least, reference.base)
    level = settings.level
    p, lower, upper = rate_ratio(*counts, level=level, mid=settings.method == "mid-p")
    own, other = np.array([group.least]), np.array([reference.least])
    units = np.array([1 / reference.base]), np.array([1 / group.base])
    limits = difference_limits(other, own, *units, np.array([(1 - level) / 2]))
    gap = group.least / group.base - reference.least / reference.base
    gaps = _Interval(gap, *(float(limit[0]) for limit in limits))
    return _Measures(_Interval(_ratio(counts), lower, upper), gaps, _NONE, p)


def rate_ratio(
    x1: float, t1: float, x0: float, t0: float, *, level: float, mid: bool = False
) -> tuple[float, float, float]:
    """Test whether two rates of events are the same, and limit their ratio.

    Parameters
    ----------
    x1, t1, x0, t0 : float
        Events and population of the group and of the reference.
    level : float
    mid : bool
        Mid-p, which holds its level on average but not always.

    Returns
    -------
    p, lower, upper : float
        Twice the smaller tail, at most 1, and limits of (x1/t1) / (x0/t0).
    """
    if x1 == x0 == 0:
        return 1.0, 0.0, math.inf
    if x1 * t0 > x0 * t1:  # worked out one way round, so that swapped groups invert it exactly
        p, lower, upper = rate_ratio(x0, t0, x1, t1, level=level, mid=mid)
        return p, _inverse(upper), _inverse(lower)
    first, second, odds = np.array([x0]), np.array([x1]), np.array([t1 / t0])
    limits = ratio_limits(first, second, odds, np.array([(1 - level) / 2]), mid=mid)
    (p,) = p_values(first, second, odds, mid=mid).tolist()
    return p, float(limits[0][0]), float(limits[1][0])


def _inverse(value: float) -> float:
    return math.inf if value == 0 else 1 / value


def _ratio(counts: tuple[float, float, float, float]) -> float:
    x1, n1, x0, n0 = counts
    above, below = x1 * n0, x0 * n1
    if below == 0:
        return math.inf if above else NAN
    return above / below


def _parity(
    group: Side, reference: Side, gap: _Interval, settings: Settings, *, whole: bool
) -> dict[str, float]:
    """How many fewer events there would be at the reference's rate, in whole ones."""
    shown = _joined(group, reference) if whole else reference
    value = NAN
    if not math.isnan(group.events) and not math.isnan(shown.events):
        expected = Fraction(shown.events) * Fraction(group.base) / Fraction(shown.base)
        value = float(_rounded(Fraction(group.events) - expected))
    # Outwards, and never more than there are events, or children without one.
    least = -math.inf if settings.kind == "rate" else group.least - group.base
    lower = max(math.floor(gap.lower * group.base), least)
    upper = min(math.ceil(gap.upper * group.base), group.most)
    return _Interval(value, float(lower), float(upper)).named("difference_from_parity")


def _rounded(value: Fraction) -> int:
    """To the nearest whole number, half away from zero, so that both signs do the same."""
    size = math.floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def _detectable(group: Side, reference: Side, settings: Settings, whole: bool) -> float:
    level = settings.level
    if settings.kind == "rate":
        found = detectable_rate(group.base, reference.least, reference.base, level=level)
    else:
        rate = reference.least / reference.base
        found = detectable_proportion(group.base, rate, reference.base, level=level)
    if not whole or math.isnan(found):
        return found
    return _against_whole(found, group.base / (group.base + reference.base))


def _divided(above: float, below: float) -> float:
    return above / below if below else NAN
