"""Funnels against published tables, other programs' figures and exact sums."""

import csv
import math
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.funnels import between_variance, dispersion

NAN = math.nan
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
CHILDREN = DATA / "yjb_2021-22_children_yjs.csv"

# PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: the expected counts at
# which an observed count lies on the upper and the lower limit, at 95 % and at 99.8 %.
ON_THE_LIMIT = [
    (1, 5.571644585, 0.025317898, 9.233410143, 0.001000547),
    (5, 11.6683331, 1.623486324, 16.45474478, 0.739371928),
    (10, 18.39035799, 4.795387629, 24.13397235, 2.960519925),
    (30, 42.82687112, 20.24087434, 51.08312418, 15.86916711),
    (100, 121.6268111, 81.36400699, 134.9243187, 71.92139974),
    (716, 770.4222128, 664.5083011, 802.60414, 636.1521174),
]

# FunnelPlotR's test data (tests/testthat/test-funnel_plot.R); the figures below were computed from
# them in R 4.2.2 with quantile(type = 7) and the formulas of Spiegelhalter 2005.
COUNTS = [100, 150, 180, 80, 120, 225]
EXPECTED = [108, 112, 165, 95, 100, 220]

# The trials of BCG vaccine (Colditz and others 1994): cases and others, treated and not.
TRIALS = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
    (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
    (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]  # fmt: skip


def one(observed: int, expected: float) -> str:
    rows = pj.funnel([observed], kind="ratio", expected=[expected], target=1)
    return str(rows["outside"][0])


@pytest.mark.parametrize("row", ON_THE_LIMIT)
def test_counts_cross_the_limits_where_phe_has_them(row: tuple[float, ...]) -> None:
    observed, many_95, few_95, many_998, few_998 = row
    # The published bisection stops up to five in 100,000 away, at a count of one.
    less, more = 1 - 1e-4, 1 + 1e-4
    count = int(observed)
    assert one(count, many_95 * less) == "within"
    assert one(count, many_95 * more) == "below 95"
    assert one(count, few_95 * more) == "within"
    assert one(count, few_95 * less) == "above 95"
    assert one(count, many_998 * less) == "below 95"
    assert one(count, many_998 * more) == "below 99.8"
    assert one(count, few_998 * more) == "above 95"
    assert one(count, few_998 * less) == "above 99.8"


def test_limits_are_the_quantiles_of_r() -> None:
    # R: qpois(c(.025, .001), 13.3) and with lower = FALSE; ppois(25, 13.3, lower = FALSE).
    row = pj.funnel([26], kind="ratio", expected=[13.3], target=1)[0]
    assert [row[n] for n in ("lower_95", "lower_998", "upper_95", "upper_998")] == [7, 4, 21, 26]
    assert row["tail"] == pytest.approx(0.00132062991673612)
    # R: qbinom(c(.025, .001), 20, .3), pbinom(1, 20, .3).
    row = pj.funnel([1], [20], kind="proportion", target=0.3)[0]
    assert (row["lower_95"], row["lower_998"]) == (2, 1)
    assert row["tail"] == pytest.approx(0.0076372597742)
    assert row["outside"] == "below 95"


@pytest.mark.parametrize("aside", [("95", Fraction(1, 40)), ("998", Fraction(1, 1000))])
@pytest.mark.parametrize("share", [Fraction(1, 50), Fraction(3, 10), Fraction(1, 2)])
def test_binomial_limits_by_exact_enumeration(share: Fraction, aside: Any) -> None:
    level, probability = aside
    for n in range(1, 41):
        row = pj.funnel([0], [n], kind="proportion", target=float(share))[0]
        mass = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
        inside = [
            k
            for k in range(n + 1)
            if sum(mass[: k + 1]) >= probability and sum(mass[k:]) >= probability
        ]
        assert (row[f"lower_{level}"], row[f"upper_{level}"]) == (inside[0], inside[-1])
        # So that chance puts no more outside than the limits say.
        assert sum(mass[: inside[0]]) < probability
        assert sum(mass[inside[-1] + 1 :]) < probability


def test_scores_spread_and_variance_are_those_of_r() -> None:
    rows = pj.funnel(COUNTS, kind="ratio", expected=EXPECTED, adjust="additive")
    assert rows["scale"][0] == "sqrt"
    np.testing.assert_allclose(
        rows["z"],
        [-0.784609690826528, 3.328886939315058, 1.142350572667218,
         -1.605044869619610, 1.908902300206643, 0.335206051617348],
    )  # fmt: skip
    np.testing.assert_allclose(rows["dispersion"], 2.32717825759412)
    np.testing.assert_allclose(rows["between"], 0.00343978015418627)
    rows = pj.funnel(
        COUNTS, kind="ratio", expected=EXPECTED, adjust="additive", winsorise=0, scale="sqrt"
    )
    np.testing.assert_allclose(rows["dispersion"], 3.22241759580362)
    rows = pj.funnel(COUNTS, np.multiply(EXPECTED, 2), kind="proportion", adjust="additive")
    assert rows["scale"][0] == "arcsine"
    np.testing.assert_allclose(
        rows["z"],
        [-2.100872331165530, 4.151042493377033, 0.403837159680427,
         -3.133976538165827, 1.874591649672364, -0.966478283153959],
    )  # fmt: skip
    np.testing.assert_allclose(rows["dispersion"], 4.15881675098014)
    np.testing.assert_allclose(rows["between"], 0.00382868786355366)


def test_variance_between_is_that_of_dersimonian_and_laird() -> None:
    # metafor, rma(method = "DL") on dat.bcg: Q = 152.2330, tau^2 = 0.3088.
    effect = np.array([math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in TRIALS])
    variance = np.array([1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in TRIALS])
    mean = (effect / variance).sum() / (1 / variance).sum()
    z = (effect - mean) / np.sqrt(variance)
    assert 13 * dispersion(z, 0) == pytest.approx(152.2330, abs=5e-5)
    assert between_variance(z, np.sqrt(variance), 0) == pytest.approx(0.3088, abs=5e-5)
    assert between_variance(z / 4, np.sqrt(variance), 0) == 0


def test_adjusted_limits_are_the_formulas() -> None:
    expected = np.array([2000.0, 3000, 4000, 5000, 2500, 3500, 4500, 2200, 3300, 4400, 5500, 6000])
    counts = np.round(expected * np.array([1.1, 0.9, 1.2, 0.8, 1, 1.05, 0.95, 1, 1, 1.3, 0.9, 1]))
    keywords: dict[str, Any] = {"kind": "ratio", "expected": expected}
    row = pj.funnel(counts, adjust="multiplicative", **keywords)[3]
    half = 3.090232306 * math.sqrt(row["dispersion"] * 5000)
    np.testing.assert_allclose([row["lower_998"], row["upper_998"]], [5000 - half, 5000 + half])
    row = pj.funnel(counts, adjust="additive", **keywords)[3]
    half = 1.959963985 * math.sqrt(1 / (4 * 5000) + row["between"])
    np.testing.assert_allclose(
        [row["lower_95"], row["upper_95"]], [5000 * (1 - half) ** 2, 5000 * (1 + half) ** 2]
    )
    row = pj.funnel(counts, expected * 4, kind="proportion", adjust="additive")[3]
    error = math.sqrt(1 / (4 * 20000) + row["between"])
    angle = math.asin(math.sqrt(row["target"]))
    assert row["lower_95"] == pytest.approx(20000 * math.sin(angle - 1.959963985 * error) ** 2)
    assert row["z_adjusted"] == pytest.approx((math.asin(math.sqrt(0.2)) - angle) / error)


def children() -> dict[str, Any]:
    with CHILDREN.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    return {
        "names": [row["YOT"] for row in table],
        "count": [float(row["YOT_Number"].replace(",", "")) for row in table],
        "population": [float(row["YOT_Pop"].replace(",", "")) for row in table],
    }


# Published figures of 2021/22 where they are at hand.
@pytest.mark.parametrize("made", [children] if CHILDREN.exists() else [])
def test_services_of_2021_22(made: Any) -> None:
    given = made()
    rows = pj.funnel(**given, per=1000)
    assert len(rows) == 154
    assert set(rows["family"]) == {154}
    assert f"{rows['dispersion'][0]:.1f}" == "8.0"
    assert f"{pj.funnel(**given, winsorise=0)['dispersion'][0]:.1f}" == "12.4"
    far = np.char.endswith(rows["outside"], "99.8")
    assert far.sum() == 46
    # So many are outside that none of them is called unusual.
    assert set(rows["flag"][far]) == {"peers vary beyond chance"}
    assert set(rows["flag"][~far]) == {""}
    rows = pj.funnel(**given, per=1000, adjust="multiplicative")
    far = np.char.endswith(rows["outside"], "99.8")
    assert rows["name"][far].tolist() == ["Nottingham", "Hackney", "Calderdale"]
    assert set(rows["flag"][far]) == {"unusual among peers"}
    rows = pj.funnel(**given, per=1000, adjust="additive")
    assert 0 < np.char.endswith(rows["outside"], "99.8").sum() < 46


def test_rows_without_figures_stay_and_change_nothing() -> None:
    whole = pj.funnel([20, 31, 78], [10_000, 20_000, 30_000], names=["a", "b", "c"])
    rows = pj.funnel(
        [20, 5, NAN, 31, 8, 78],
        [10_000, 0, 500, 20_000, NAN, 30_000],
        names=["a", "x", "y", "b", "z", "c"],
    )
    assert rows["flag"].tolist() == ["", "zero base", "missing value", "", "missing value", ""]
    assert rows["outside"].tolist() == ["within", "", "", "within", "", "within"]
    for name in whole.dtype.names:
        np.testing.assert_array_equal(rows[name][[0, 3, 5]], whole[name])
    assert rows["observed"][[1, 4]].tolist() == [5, 8]
    assert np.isnan(rows["z"][[1, 2, 4]]).all()
    assert np.isnan(rows["upper_998"][[1, 2, 4]]).all()


def test_zero_counts_are_areas_like_others() -> None:
    rows = pj.funnel([0, 4, 30, 26], [1000, 1000, 10_000, 9000], adjust="additive")
    assert np.isfinite(rows["z"]).all()
    assert rows["z"][0] < rows["z"][1]
    assert rows["lower_998"][0] == 0


@pytest.mark.parametrize(
    ("count", "kind"), [([0, 0, 0], "rate"), ([0, 0, 0], "proportion"), ([9, 8, 7], "proportion")]
)
def test_nothing_is_said_where_nothing_varies(count: list[int], kind: str) -> None:
    rows = pj.funnel(count, [9, 8, 7], kind=kind)
    assert set(rows["flag"]) == {"nothing varies"}
    assert np.isnan(rows["z"]).all()
    assert set(rows["outside"]) == {""}


def test_no_areas_and_no_figures() -> None:
    assert len(pj.funnel([], [])) == 0
    rows = pj.funnel([NAN, 3], [10, 0])
    assert rows["flag"].tolist() == ["missing value", "zero base"]
    assert rows["family"].tolist() == [0, 0]


def test_few_areas_are_no_peers() -> None:
    assert pj.funnel([50], [1000])["flag"].tolist() == ["few peers"]
    assert set(pj.funnel([50, 90], [1000, 1000], adjust="additive")["flag"]) == {"few peers"}
    assert pj.funnel([50], [1000], target=0.01)["flag"].tolist() == ["far from the target"]


def test_one_area_far_from_others_is_unusual() -> None:
    rows = pj.funnel([100] * 11 + [180], [1000] * 12)
    assert rows["flag"].tolist() == [""] * 11 + ["unusual among peers"]
    assert rows["outside"][11] == "above 99.8"
    assert rows["dispersion"][0] < 1


def test_value_and_target_are_in_the_unit_asked_for() -> None:
    rows = pj.funnel([20, 40], [10_000, 10_000], per=1000)
    np.testing.assert_allclose(rows["value"], [2, 4])
    np.testing.assert_allclose(rows["target"], [3, 3])
    np.testing.assert_allclose(rows["expected"], [30, 30])
    given = pj.funnel([20, 40], [10_000, 10_000], per=1000, target=3)
    np.testing.assert_allclose(given["z"], rows["z"])


def test_names_are_kept_whole_or_say_that_they_are_cut() -> None:
    rows = pj.funnel([1, 2], [10, 20], names=["x" * 96, "y" * 97])
    assert rows["name"].tolist() == ["x" * 96, "y" * 95 + "…"]
    assert pj.funnel([1, 2], [10, 20])["name"].tolist() == ["0", "1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"kind": "share"}, "kind"),
        ({"adjust": "both"}, "adjust"),
        ({"winsorise": 0.5}, "winsorise"),
        ({"winsorise": -0.1}, "winsorise"),
        ({"scale": "log"}, "scale"),
        ({"scale": "arcsine"}, "scale"),
        ({"population": None}, "population"),
        ({"population": [9]}, "population"),
        ({"population": [9, -1]}, "row 1 is negative"),
        ({"expected": [3, 4]}, "expected"),
        ({"kind": "ratio"}, "expected"),
        ({"kind": "proportion", "population": [9, 5]}, "row 1 is more"),
        ({"kind": "proportion", "population": [9, 8.5]}, "no whole number"),
        ({"kind": "proportion", "target": 1}, "target"),
        ({"target": 0}, "target"),
        ({"target": NAN}, "target"),
        ({"count": [4, 0.5]}, "row 1 is no whole count"),
        ({"count": [4, -1]}, "row 1 is no whole count"),
        ({"count": [4, "<5"]}, "expected numbers"),
        ({"names": ["a"]}, "names"),
        ({"names": ["a", "a"]}, "twice"),
        ({"per": -1}, "per"),
        ({"target": 1e12}, "more than"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: Any, said: str) -> None:
    with pytest.raises(pj.DataError, match=said):
        pj.funnel(**{"count": [4, 6], "population": [9, 9], **arguments})


def sentences() -> list[str]:
    """Every kind of sentence that there is."""
    counts, sizes = [100] * 11 + [180], [1000] * 12
    mixed = [100, 30, 180, 40, 110, 170, 20, 90, 100, 60, 150, 100]
    funnels = [
        pj.funnel(counts, sizes),
        pj.funnel(mixed, sizes),
        pj.funnel(mixed, sizes, adjust="multiplicative"),
        pj.funnel(mixed, sizes, target=0.05),
        pj.funnel([5, NAN, 4], [50, 60, 0]),
        pj.funnel([0, 0], [50, 60]),
        pj.funnel([5], [50]),
    ]
    charts = [
        pj.control_chart(values, kind="c")
        for values in (mixed, range(1, 9), [9] * 12, [3], [1, NAN, 2], [0] * 9, [5, 60] * 6)
    ]
    found = [pj.sentence(row) for rows in funnels for row in rows]
    return found + [pj.sentence(row) for rows in charts for row in rows]


def test_sentences_are_one_safe_line_each() -> None:
    made = sentences()
    assert any("unusual among peers: above" in one for one in made)
    assert any("within what chance gives among so many areas" in one for one in made)
    assert any("dispersion" in one for one in made)
    assert any("target" in one for one in made)
    for one in made:
        assert not re.search(r"\n|nan|significan|worse|better|no change|poor", one), one
        assert one.endswith(".")


def test_of_few_areas_one_outside_of_95_is_not_put_down_to_their_number() -> None:
    # P(X >= 14) is 0.020 at an expected 7.
    row = pj.funnel([14], kind="ratio", expected=[7], target=1)[0]
    assert pj.sentence(row) == (
        "0: 14 where 7 are expected, above the 95 % but inside of the 99.8 % limits (1 compared)."
    )
    rows = pj.funnel([14] + [7] * 19, kind="ratio", expected=[7] * 20)
    assert pj.sentence(rows[0]) == (
        "0: 14 where 7 are expected, within what chance gives among so many areas (20 compared)."
    )


@pytest.mark.parametrize(
    "flag",
    ["missing value", "zero base", "nothing varies", "few peers", "peers vary beyond chance",
     "unusual among peers", "far from the target", "too few points", "limits without width",
     "trial limits", "small counts"],
)  # fmt: skip
def test_flags_are_explained(flag: str) -> None:
    assert len(pj.explain(flag).splitlines()) == 2
