"""What must hold of any control chart and any funnel."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import pyjustice as pj

SIGNALS = ("outside", "trend", "two_of_three", "shift")
KINDS = st.sampled_from(["xmr", "c", "u", "up", "p", "pp"])
# Small ranges, so that ties, points on lines and flat series are common.
POINTS = st.lists(
    st.tuples(st.one_of(st.integers(0, 12), st.just(math.nan)), st.integers(12, 40)), max_size=30
)


def chart(kind: str, points: list[tuple[float, int]], **keywords: Any) -> Any:
    population = [n for _, n in points] if kind in ("u", "up", "p", "pp") else None
    return pj.control_chart([x for x, _ in points], kind=kind, population=population, **keywords)


def slow_signals(rows: Any) -> list[tuple[int, int, int, int]]:
    """The rules in words, window by window, on a chart whose limits are known."""
    n = len(rows)
    noise = 1e-12 * max((abs(x) for x in rows["value"].tolist() if x == x), default=0)
    found = [[0, 0, 0, 0] for _ in range(n)]
    if not n or rows["flag"][0] in ("too few points", "limits without width"):
        return [(0, 0, 0, 0)] * n
    for way in (1, -1):
        value, centre = way * rows["value"], way * rows["centre"]
        limit = way * (rows["upper"] if way > 0 else rows["lower"])
        near = way * (rows["near_upper"] if way > 0 else rows["near_lower"])
        for i in range(n):
            if value[i] > limit[i] + noise:
                found[i][0] = way
            for start in range(i - 6, i + 1):
                window = range(start, start + 7)
                if start < 0 or start + 7 > n:
                    continue
                if all(value[j + 1] - value[j] > noise for j in window[:-1]):
                    # Where two trends meet the earlier one gives the point its sign.
                    found[i][1] = way if found[i][1] == 0 or i == start + 6 else found[i][1]
                if all(value[j] - centre[j] > noise for j in window):
                    found[i][3] = way
            for start in range(i - 2, i + 1):
                window = range(start, start + 3)
                if start < 0 or start + 3 > n:
                    continue
                close = [near[j] + noise < value[j] <= limit[j] + noise for j in window]
                above = [value[j] - centre[j] > noise for j in window]
                if all(above) and sum(close) >= 2 and close[i - start]:
                    found[i][2] = way
    return [tuple(one) for one in found]  # type: ignore[misc]


@given(kind=KINDS, points=POINTS)
def test_rules_are_those_in_words(kind: str, points: list[tuple[float, int]]) -> None:
    rows = chart(kind, points)
    missing = {"missing value"} & set(rows["flag"])
    if missing and len(set(rows["flag"])) > 1:
        # The phase's flag stands on the rows that have values.
        rows = rows.copy()
        rows["flag"] = next(f for f in rows["flag"] if f != "missing value")
    if set(rows["flag"]) != {"missing value"}:
        assert rows[list(SIGNALS)].tolist() == slow_signals(rows)


@given(points=POINTS, factor=st.sampled_from([0.1, 0.3, 3.0, 1e-7, 1e9]))
def test_a_measure_in_another_unit_has_the_same_signals(
    points: list[tuple[float, int]], factor: float
) -> None:
    rows = chart("xmr", points)
    other = chart("xmr", [(x * factor, n) for x, n in points])
    assert other["signal"].tolist() == rows["signal"].tolist()
    assert other["flag"].tolist() == rows["flag"].tolist()
    np.testing.assert_allclose(other["upper"], rows["upper"] * factor)


@given(kind=KINDS, points=POINTS, per=st.sampled_from([0.1, 7.0, 1000.0]))
def test_the_unit_of_a_rate_changes_no_signal(
    kind: str, points: list[tuple[float, int]], per: float
) -> None:
    rows, other = chart(kind, points), chart(kind, points, per=per)
    assert other["signal"].tolist() == rows["signal"].tolist()
    np.testing.assert_allclose(other["lower"], rows["lower"] * per)


@given(kind=KINDS, points=POINTS)
def test_a_chart_read_backwards_has_its_trends_turned(
    kind: str, points: list[tuple[float, int]]
) -> None:
    rows, back = chart(kind, points), chart(kind, points[::-1])[::-1]
    for name in ("outside", "two_of_three", "shift"):
        assert back[name].tolist() == rows[name].tolist()
    np.testing.assert_array_equal(back["trend"] != 0, rows["trend"] != 0)


@given(kind=KINDS, points=POINTS, screen=st.booleans())
def test_limits_hold_the_centre_and_rows_stay(
    kind: str, points: list[tuple[float, int]], screen: bool
) -> None:
    rows = chart(kind, points, screen=screen)
    assert len(rows) == len(points)
    known = ~np.isnan(rows["upper"])
    ordered = ("lower", "near_lower", "centre", "near_upper", "upper")
    for low, high in pairwise(ordered):
        assert (rows[low][known] <= rows[high][known]).all()
    if kind != "xmr":
        assert (rows["lower"][known] >= 0).all()
    if kind[0] == "p":
        assert (rows["upper"][known] <= 1).all()
    np.testing.assert_array_equal(np.isnan(rows["value"]), [x != x for x, _ in points])


AREAS = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 5000)), min_size=1, max_size=25)
CHOICES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["rate", "proportion"]),
        "adjust": st.sampled_from([None, "multiplicative", "additive"]),
        "winsorise": st.sampled_from([0.0, 0.1, 0.25]),
    }
)
FIGURES = ["z", "z_adjusted", "lower_95", "upper_95", "lower_998", "upper_998", "tail"]


def funnel(areas: list[tuple[int, int]], **keywords: Any) -> Any:
    return pj.funnel([x for x, _ in areas], [n for _, n in areas], **keywords)


def assert_same(rows: Any, other: Any) -> None:
    for name in FIGURES:
        np.testing.assert_allclose(other[name], rows[name], rtol=1e-9, atol=1e-9)
    for name in ("outside", "flag", "family"):
        assert other[name].tolist() == rows[name].tolist()


@settings(deadline=None)
@given(areas=AREAS, choices=CHOICES, data=st.data())
def test_the_order_of_areas_does_not_matter(areas: Any, choices: Any, data: Any) -> None:
    order = data.draw(st.permutations(range(len(areas))))
    assert_same(funnel(areas, **choices)[order], funnel([areas[i] for i in order], **choices))


@settings(deadline=None)
@given(areas=AREAS, adjust=CHOICES, factor=st.sampled_from([0.25, 2.0, 1000.0]))
def test_population_in_another_unit_changes_nothing(areas: Any, adjust: Any, factor: float) -> None:
    choices = {**adjust, "kind": "rate"}
    population = [n * factor for _, n in areas]
    other = pj.funnel([x for x, _ in areas], population, **choices)
    assert_same(funnel(areas, **choices), other)


@settings(deadline=None)
@given(areas=AREAS, choices=CHOICES)
def test_adjusting_widens_and_limits_hold_what_is_expected(areas: Any, choices: Any) -> None:
    rows, plain = funnel(areas, **choices), funnel(areas, **{**choices, "adjust": None})
    if set(rows["flag"]) == {"nothing varies"}:
        return
    for level in ("95", "998"):
        assert (rows[f"lower_{level}"] <= plain[f"lower_{level}"]).all()
        assert (rows[f"upper_{level}"] >= plain[f"upper_{level}"]).all()
        assert (np.floor(rows[f"lower_{level}"]) <= rows["expected"]).all()
        assert (rows["expected"] <= np.ceil(rows[f"upper_{level}"])).all()
    assert (rows["lower_998"] <= rows["lower_95"]).all()
    assert (rows["upper_998"] >= rows["upper_95"]).all()
    # An area is outside exactly if its tail is less than what the limits leave on that side.
    clear = np.abs(rows["tail"] - 0.001) > 1e-9
    np.testing.assert_array_equal(
        np.char.endswith(rows["outside"], "99.8")[clear], (rows["tail"] < 0.001)[clear]
    )
