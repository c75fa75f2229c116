"""Control charts of one series, funnels of many areas, and safe sentences on both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import CHART_DTYPE, FUNNEL_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.control import CHARTS, Limits, Signals, limits_of, signals_of
from pyjustice.measures.figures import as_unit
from pyjustice.measures.flags import Flag
from pyjustice.measures.from_tables import figures_of, refuse_given
from pyjustice.measures.funnels import Areas, Judged, judge, spread_is_plain
from pyjustice.questions.control_inputs import (
    chart_base,
    cut_names,
    funnel_bases,
    names_of,
    numbers_of,
    refuse_doubles,
    refuse_odd_counts,
    scale_of,
    starts_of,
    target_of,
)
from pyjustice.readers.table import Table

__all__ = ["chart_sentence", "control_chart", "funnel", "funnel_sentence"]

Rows: TypeAlias = NDArray[np.void]
Floats: TypeAlias = NDArray[np.float64]

# Points of a phase from which its limits are more than trial limits (NHS England).
ENOUGH_POINTS = 12
# Expected events from which limits of three standard deviations are of use.
ENOUGH_EVENTS = 5
# Areas from which their spread can be told; a choice of this package.
ENOUGH_AREAS = 10

# Far above anything counted; beyond it quantiles of scipy come out as NaN.
MOST_EVENTS = 1_000_000_000
# Areas of which 95 % limits leave one out by chance.
SO_MANY_AREAS = 20
# What an area without figures has none of.
FOUND = (
    "value", "target", "expected", "ratio", "z", "z_adjusted", "lower_95", "upper_95", "lower_998",
    "upper_998", "tail", "dispersion", "between",
)  # fmt: skip


def control_chart(
    values: Any,
    *,
    kind: str,
    population: Any = None,
    per: float = 1.0,
    labels: Sequence[Any] | None = None,
    breaks: Sequence[Any] = (),
    shift: int | None = 7,
    trend: int | None = 7,
    two_of_three: bool = True,
    screen: bool = False,
) -> Rows:
    """Limits of one series in time, and the points that chance alone would hardly give.

    Parameters
    ----------
    values : array of n
        In the order of time, none overlapping: what was measured for 'xmr', else counts. NaN or
        None where missing.
    kind : {'xmr', 'c', 'u', 'up', 'p', 'pp'}
        'xmr' any measure; 'c' counts over equal populations; 'u' counts by population; 'p' counts
        out of a number; 'up' and 'pp' (u prime, p prime) the same for large populations, which
        vary more than chance: their limits are widened (or narrowed) by what neighbours differ.
    population : array of n, optional
        Needed for all but 'xmr' and 'c'.
    per : float
        Unit of a rate or share, such as 1000 or 100.
    labels : sequence of n, optional
        Names of the periods; default 0, 1, ...
    breaks : sequence, optional
        The first period of each further phase: a label, or an index where there are no labels.
        Breaks are only ever given: none is looked for. Every phase has limits of its own, and no
        rule reaches across.
    shift : int or None
        Points in a row on one side of the centre; None leaves the rule out.
    trend : int or None
        Points in a row of which each is higher than the last, or each is lower.
    two_of_three : bool
        Two of three points in a row beyond two sigma but not three, all three on that side.
    screen : bool
        Whether moving ranges of 3.267 mean ranges or more are left out of the mean, once (Nelson
        1982). Off, as in the NHS spreadsheet: with it limits are narrower and more is signalled.
        Never where it would leave no width.

    Returns
    -------
    numpy.ndarray of CHART_DTYPE
        A row for each point, in order. ``lower`` and ``upper`` are the limits (three sigma),
        ``near_lower`` and ``near_upper`` the lines at two; ``spread`` is Laney's sigma z, 1 for c,
        u and p; ``points`` counts those of the phase. ``outside``, ``trend``, ``two_of_three`` and
        ``shift`` are 1 (upwards), -1 (downwards) or 0; ``signal`` names the first of these that is
        not 0.

    Raises
    ------
    DataError
        Arguments of other lengths, counts that are not whole or exceed their number, a break that
        is no label.

    Notes
    -----
    With m the mean moving range (of neighbours; none across a gap) and c the centre, limits are:

    - xmr: mean +/- 2.66 m
    - c: mean +/- 3 sqrt(c)
    - u: c +/- 3 sqrt(c / n), c = sum of counts / sum of populations; p: 3 sqrt(c (1 - c) / n)
    - up, pp: those half-widths times m_z / 1.128, m_z the mean moving range of the points' z
      scores (Laney 2002, Quality Engineering 14, 531)

    never below 0, or for p above 1. The rules are those of NHS England's "Making data count". A
    point on the centre line is on neither side and ends a run; equal neighbours end a trend; a
    missing value ends both. Points on a limit are inside. Limits of equal points have no width:
    then no rule is applied. Under twelve points limits are trial limits, and the flag says so.

    Montgomery, Introduction to Statistical Quality Control, chapters 6 and 7.

    Examples
    --------
    >>> rows = control_chart([12, 9, 14, 11, 8, 13, 10, 12, 9, 11, 13, 29], kind="c")
    >>> rows["signal"].tolist()[-2:], f"{rows['upper'][0]:.1f}", rows["flag"][0].item()
    (['', 'outside'], '23.2', '')
    """
    if kind not in CHARTS:
        raise DataError(f"kind: expected one of {', '.join(CHARTS)}, got {kind!r}")
    for name, least in (("shift", shift), ("trend", trend)):
        if least is not None and (least != int(least) or least < 2):
            raise DataError(f"{name}: expected a whole number of points from 2, or None")
    unit = as_unit(per)
    given = numbers_of("values", values)
    n = len(given)
    base = chart_base(kind, population, n)
    if kind != "xmr":
        refuse_odd_counts("values", given, base if kind[0] == "p" else None)
    names = names_of("labels", labels, n)
    count = given if kind != "xmr" else np.full(n, np.nan)
    value = given
    if kind not in ("xmr", "c"):
        value = np.divide(count, base, out=np.full(n, np.nan), where=base > 0)
    rows = np.zeros(n, CHART_DTYPE)
    rows["label"] = cut_names(names, CHART_DTYPE["label"])
    rows["kind"], rows["per"] = kind, unit
    rows["value"], rows["count"], rows["population"] = value * unit, count, base
    edges = [0, *starts_of(breaks, names, n, labelled=labels is not None), n]
    for phase, (start, end) in enumerate(pairwise(edges), 1):
        part = slice(start, end)
        limits = limits_of(kind, value[part], count[part], base[part], screen=screen)
        found = signals_of(value[part], limits, shift=shift, trend=trend, two_of_three=two_of_three)
        rows["phase"][part] = phase
        _fill_phase(rows[part], limits, found, unit)
    return rows


def _fill_phase(rows: Rows, limits: Limits, found: Signals, unit: float) -> None:
    missing = np.isnan(rows["value"])
    rows["points"] = int((~missing).sum())
    rows["centre"] = limits.centre * unit
    rows["sigma"], rows["spread"] = limits.sigma * unit, limits.spread
    rows["screened"] = limits.screened
    if limits.known:
        rows["lower"], rows["upper"] = limits.away(-3) * unit, limits.away(3) * unit
        rows["near_lower"], rows["near_upper"] = limits.away(-2) * unit, limits.away(2) * unit
    else:
        for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
            rows[name] = np.nan
    rows["flag"] = _phase_flag(rows, limits)
    rows["flag"][missing] = Flag.MISSING_VALUE
    rows["flag"][rows["population"] == 0] = Flag.ZERO_BASE
    # From the last of the order to the first, which is written over the others.
    for name in ("shift", "two_of_three", "trend", "outside"):
        rows[name] = getattr(found, name)
        rows["signal"][rows[name] != 0] = name.replace("two_of_three", "2 of 3")


def _phase_flag(rows: Rows, limits: Limits) -> str:
    """Say what is to be minded of a phase: what takes most away from it comes first."""
    if not limits.known:
        return Flag.TOO_FEW_POINTS
    if limits.no_width:
        return Flag.NO_WIDTH
    if rows["points"][0] < ENOUGH_POINTS:
        return Flag.TRIAL_LIMITS
    kind = str(rows["kind"][0])
    if kind == "xmr":
        return ""
    base = rows["population"] if kind != "c" else np.ones(len(rows))
    rarer = min(limits.centre, 1 - limits.centre) if kind[0] == "p" else limits.centre
    there = ~np.isnan(rows["value"])
    return Flag.SMALL_COUNTS if (base[there] * rarer).min() < ENOUGH_EVENTS else ""


def funnel(
    count: Any,
    population: Any = None,
    *,
    names: Sequence[Any] | None = None,
    kind: str = "rate",
    expected: Any = None,
    target: float | None = None,
    per: float = 1.0,
    adjust: str | None = None,
    winsorise: float = 0.1,
    scale: str | None = None,
) -> Rows:
    """Set areas of unlike size side by side, each with the limits that its size allows.

    Parameters
    ----------
    count : array of n, or Table
        Events, or children, of each area; whole. NaN or None where missing. Of a table the counts,
        populations and names of its leaf rows, which must be of one period, group and measure.
    population : array of n
        What a rate or a proportion is of; not needed for a ratio.
    names : sequence of n, optional
        Of the areas, each once; default 0, 1, ...
    kind : {'rate', 'proportion', 'ratio'}
        'rate': Poisson counts by population; 'proportion': binomial counts out of a number;
        'ratio': Poisson counts over `expected`.
    expected : array of n, optional
        Expected counts, for 'ratio' only, such as by indirect standardisation.
    target : float, optional
        Rate (per `per`), share or ratio that areas are set against. By default that of all areas
        together, and 1 for a ratio.
    per : float
        Unit of ``value`` and ``target``, such as 1000.
    adjust : {None, 'multiplicative', 'additive'}
        How limits are widened where areas vary by more than chance.
    winsorise : float
        Share of the z scores at either end that is drawn in to the quantile there before their
        spread is taken, so that the areas looked for do not hide themselves. 0 for none.
    scale : {'pearson', 'sqrt', 'arcsine'}, optional
        On which z scores are taken: 'pearson' (count less expected over its standard deviation)
        by default; with 'additive' 'sqrt' for rates and ratios, 'arcsine' for proportions.

    Returns
    -------
    numpy.ndarray of FUNNEL_DTYPE
        A row for each area, in order; an area without figures too, with a flag. ``lower_95`` to
        ``upper_998`` are counts, themselves inside: an area is outside if ``observed`` is less or
        more. ``tail`` is the probability of a count as far out on that side, ``z_adjusted`` the
        score after widening, ``dispersion`` the mean square of the winsorised scores, ``between``
        the variance that 'additive' adds, ``family`` how many areas were compared. ``outside`` is
        'within', 'above 95', 'below 95', 'above 99.8', 'below 99.8', or '' without figures.

    Raises
    ------
    DataError
        Arguments of other lengths or values that cannot be; a name given twice.

    Notes
    -----
    Exact limits: a count is inside the 95 % (99.8 %) limits if as few and as many each have a
    probability of at least 0.025 (0.001) at the target. Discrete, so fewer areas than 5 % (0.2 %)
    are outside by chance.

    Adjusted limits, on the scale of the scores (standard error s): target +/- z sqrt(phi) s
    ('multiplicative', phi the dispersion) or target +/- z sqrt(s^2 + tau^2) ('additive', tau^2 by
    DerSimonian and Laird); z = 1.960 and 3.090. Never inside of the exact limits, and equal to
    them where there is no more spread than chance gives.

    Without `adjust`, where dispersion exceeds 1 + 2 sqrt(2 / n), an area outside is not called
    unusual: so many others are too. With a `target` the spread is about that target.
    Spiegelhalter 2005, Statistics in Medicine 24, 1185;
    Spiegelhalter and others 2012, Journal of the Royal Statistical Society A 175, 1.

    An area outside is unusual among its peers. Why, and whether for good or bad, is not in it.

    Examples
    --------
    >>> rows = funnel([20, 31, 78], [10_000, 20_000, 30_000], names=["A", "B", "C"], per=1000)
    >>> rows[["name", "value", "lower_998", "upper_998", "outside"]].tolist()[2]
    ('C', 2.6, 41.0, 91.0, 'within')
    """
    if isinstance(count, Table):
        refuse_given(population=population, names=names, expected=expected)
        known = figures_of(count, peers=True)
        rows = funnel(
            known.count, known.population, names=known.names, kind=kind, target=target, per=per,
            adjust=adjust, winsorise=winsorise, scale=scale,
        )  # fmt: skip
        return known.mark(rows)
    chosen = scale_of(kind, adjust, scale, winsorise)
    unit = as_unit(per)
    observed = numbers_of("count", count)
    n = len(observed)
    base, people = funnel_bases(kind, population, expected, n)
    refuse_odd_counts("count", observed, base if kind == "proportion" else None)
    rows = np.zeros(n, FUNNEL_DTYPE)
    areas_named = names_of("names", names, n)
    refuse_doubles(areas_named)
    rows["name"] = cut_names(areas_named, FUNNEL_DTYPE["name"])
    rows["kind"], rows["per"], rows["scale"] = kind, unit, chosen
    rows["adjust"], rows["winsorise"] = adjust or "none", winsorise
    rows["observed"], rows["population"] = observed, people
    for name in FOUND:
        rows[name] = np.nan
    there = ~np.isnan(observed) & (base > 0)
    rows["flag"] = np.where(base == 0, Flag.ZERO_BASE, Flag.MISSING_VALUE)
    rows["family"] = int(there.sum())
    if not there.any():
        return rows
    aim = target_of(target, kind, observed[there], base[there], unit)
    areas = Areas(observed[there], base[there], aim, kind == "proportion")
    if max(areas.expected.max(), areas.base.max() if areas.proportion else 0) > MOST_EVENTS:
        raise DataError(f"count: more than {MOST_EVENTS:,} events are expected of an area")
    found = None if areas.nothing_varies else judge(areas, chosen, adjust, winsorise)
    rows[there] = _filled(rows[there], areas, found, given=target is not None)
    return rows


def _filled(rows: Rows, areas: Areas, found: Judged | None, *, given: bool) -> Rows:
    """Fill the rows of areas with figures; `given` says that the target is not the areas' own."""
    rows["value"] = areas.observed / areas.base * rows["per"]
    rows["target"] = areas.target * rows["per"]
    rows["expected"] = areas.expected
    rows["flag"] = ""
    if found is None:
        rows["flag"] = Flag.NOTHING_VARIES
        return rows
    rows["ratio"] = areas.observed / areas.expected
    rows["z"], rows["z_adjusted"], rows["tail"] = found.z, found.z_adjusted, found.tail
    rows["dispersion"], rows["between"] = found.dispersion, found.between
    rows["outside"] = "within"
    for level, (low, high) in (("95", found.limits_95), ("99.8", found.limits_998)):
        field = level.replace(".", "")
        rows[f"lower_{field}"], rows[f"upper_{field}"] = low, high
        rows["outside"][areas.observed < low] = f"below {level}"
        rows["outside"][areas.observed > high] = f"above {level}"
    adjusted = rows["adjust"][0] != "none"
    far = np.char.endswith(rows["outside"], "99.8")
    if given:
        rows["flag"][far] = Flag.FAR_FROM_TARGET
    elif not adjusted and spread_is_plain(found.dispersion, len(rows)):
        rows["flag"][far] = Flag.PEERS_VARY
    else:
        rows["flag"][far] = Flag.UNUSUAL
    if len(rows) < (ENOUGH_AREAS if adjusted else 1 if given else 2):
        rows["flag"] = Flag.FEW_PEERS
    return rows


def chart_sentence(row: Any) -> str:
    """Say in one safe line what a control chart says of a point; `row` is of CHART_DTYPE.

    Examples
    --------
    >>> rows = control_chart([4, 6, 5, 7, 3, 5, 6, 4, 5, 6, 4, 5], kind="xmr")
    >>> chart_sentence(rows[0])
    '0: 4, not distinguishable from chance (limits 0.405 to 9.59).'
    """
    start = str(row["label"])
    flag = str(row["flag"])
    if flag == Flag.MISSING_VALUE:
        return f"{start}: no figure."
    if flag == Flag.ZERO_BASE:
        return f"{start}: no figure, for there is no population to set it against."
    start += f": {_shown(row['value'])}"
    if flag == Flag.TOO_FEW_POINTS:
        return f"{start}; too few points to say what chance alone gives."
    if flag == Flag.NO_WIDTH:
        return f"{start}, as are all points of this phase; that says little of what chance gives."
    limits = f"limits {_shown(row['lower'])} to {_shown(row['upper'])}"
    if flag == Flag.TRIAL_LIMITS:
        limits = f"trial {limits}, from {row['points']} points"
    if flag == Flag.SMALL_COUNTS:
        limits = f"{limits}, rough for counts as small as these"
    signal = str(row["signal"])
    if not signal:
        return f"{start}, not distinguishable from chance ({limits})."
    name = "two_of_three" if signal == "2 of 3" else signal
    return f"{start}, {_SIGNAL_WORDS[name][int(row[name]) > 0]} ({limits})."


# Downwards, upwards.
_SIGNAL_WORDS = {
    "outside": (
        "below the lower limit: more than chance alone usually gives in this series",
        "above the upper limit: more than chance alone usually gives in this series",
    ),
    "trend": (
        "in a row of points each lower than the last, longer than chance usually gives",
        "in a row of points each higher than the last, longer than chance usually gives",
    ),
    "two_of_three": (
        "one of two points in three near the lower limit, which chance seldom gives",
        "one of two points in three near the upper limit, which chance seldom gives",
    ),
    "shift": (
        "in a row of points below the centre line, longer than chance usually gives",
        "in a row of points above the centre line, longer than chance usually gives",
    ),
}


def _shown(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"


def funnel_sentence(row: Any) -> str:
    """Say in one safe line how an area stands among its peers; `row` is of FUNNEL_DTYPE.

    Examples
    --------
    >>> rows = funnel([20, 31, 78], [10_000, 20_000, 30_000], names=["A", "B", "C"])
    >>> funnel_sentence(rows[0])
    'A: 20 where 21.5 are expected, within what chance gives among so many areas (3 compared).'
    """
    start, flag = str(row["name"]), str(row["flag"])
    if flag == Flag.MISSING_VALUE:
        return f"{start}: a figure is missing, so that it is not compared."
    if flag == Flag.ZERO_BASE:
        return f"{start}: no population or expected count, so that it is not compared."
    start += f": {_shown(row['observed'])} where {_shown(row['expected'])} are expected"
    if flag == Flag.NOTHING_VARIES:
        return f"{start}; no area differs, so that there is nothing to compare."
    if flag == Flag.FEW_PEERS:
        return f"{start}; there are too few areas to say what is usual among them."
    way, _, level = str(row["outside"]).partition(" ")
    number = int(row["family"])
    if level == "95" and number < SO_MANY_AREAS:
        return f"{start}, {way} the 95 % but inside of the 99.8 % limits ({number} compared)."
    if level != "99.8":
        usual = "chance gives" if row["adjust"] == "none" else "chance and usual spread give"
        return f"{start}, within what {usual} among so many areas ({number} compared)."
    low, high = math.ceil(row["lower_998"]), math.floor(row["upper_998"])
    limits = f"99.8 % limits {low:,} to {high:,}"
    if flag == Flag.PEERS_VARY:
        return (
            f"{start}, {way} the limits of chance alone ({limits}); but areas vary by more than"
            f" chance (dispersion {row['dispersion']:.1f}), so that this may be usual among peers."
        )
    if flag == Flag.FAR_FROM_TARGET:
        return f"{start}, {way} the limits around the target given ({limits})."
    return f"{start}, unusual among peers: {way} the limits ({limits}); why is not in the figures."
