"""Suppression of rows: counts, wholes, and every figure that is computed from them."""

import itertools

import numpy as np
import pandas as pd
import pytest

import pyjustice as pj
from tests.tools.suppression import with_totals

LAYOUT = [
    ("group", "U16"), ("reference", "U16"), ("kind", "U12"), ("events", "f8"), ("base", "f8"),
    ("reference_events", "f8"), ("rate", "f8"), ("rate_lower", "f8"), ("rate_upper", "f8"),
    ("ratio", "f8"), ("ratio_lower", "f8"), ("difference", "f8"), ("odds_ratio", "f8"), ("p", "f8"),
    ("q", "f8"), ("family", "i4"), ("share", "f8"), ("leverage", "f8"), ("sentence", "U64"),
    ("flag", "U32"),
]  # fmt: skip


def disparity_like(
    events: list[int], base: list[int], reference: str = "A", kind: str = "proportion"
) -> np.ndarray:
    """Rows as a measure of disparity gives them, every figure computed plainly."""
    rows = np.zeros(len(events), LAYOUT)
    rows["group"] = list("ABCDEFGH"[: len(events)])
    rows["reference"], rows["kind"], rows["family"] = reference, kind, len(events)
    rows["events"], rows["base"] = events, base
    rate = rows["events"] / rows["base"]
    whole = reference == "the whole"
    ref = rows["events"].sum() / rows["base"].sum() if whole else rate["ABCDEFGH".index(reference)]
    rows["rate"], rows["rate_lower"], rows["rate_upper"] = rate, rate / 2, rate * 2
    own = rows["events"].sum() if whole else rows["events"]["ABCDEFGH".index(reference)]
    rows["reference_events"] = own
    with np.errstate(divide="ignore", invalid="ignore"):
        rows["ratio"] = rate / ref
        rows["odds_ratio"] = rate * (1 - ref) / (ref * (1 - rate))
    rows["ratio_lower"], rows["difference"] = rows["ratio"] / 3, rate - ref
    rows["p"] = 1 / (1 + rate + ref)
    rows["q"] = rows["p"].max()
    rows["share"] = rows["events"] / rows["events"].sum()
    rows["leverage"] = rate - rate.mean()
    rows["sentence"] = [f"{e:.0f} of {b:.0f} children" for e, b in zip(events, base, strict=True)]
    return rows


def shown(safe: pj.Suppressed) -> np.ndarray:
    return np.isin(safe.reasons(), ("shown", "rounded"))


def test_a_small_count_takes_its_row_and_what_is_pooled() -> None:
    safe = pj.suppress(disparity_like([20, 3, 9], [50, 40, 30]), below=5)
    first, second, third = safe.table
    assert np.isnan([second[name] for name in ("events", "rate", "ratio", "p", "q", "share")]).all()
    assert second["base"] == 40
    assert second["sentence"] == ""
    assert safe.table["flag"].tolist() == ["suppressed"] * 3
    # Rows beside it keep what is theirs and the reference's, and lose what all rows have a part in.
    assert third[["events", "rate", "ratio"]].tolist() == pytest.approx((9, 0.3, 0.75))
    assert np.isnan([third[name] for name in ("q", "share", "leverage")]).all()
    assert first["group"] == "A"
    assert safe.reason["rate"].tolist() == ["shown", "derived", "shown"]
    assert safe.reason["events"].tolist() == ["shown", "primary", "shown"]


def test_a_hidden_reference_takes_every_comparison_with_it() -> None:
    safe = pj.suppress(disparity_like([3, 20, 9], [40, 50, 30]), below=5)
    assert np.isnan(safe.table["ratio"]).all()
    assert np.isnan(safe.table["reference_events"]).all()
    assert safe.table["rate"][1:].tolist() == [0.4, 0.3]
    # The whole is no row here, and holds the rows that are hidden.
    safe = pj.suppress(disparity_like([20, 3, 9], [50, 40, 30], "the whole"), below=5)
    assert np.isnan(safe.table["ratio"]).all()
    assert np.isnan(safe.table["reference_events"]).all()


def test_nothing_small_changes_nothing() -> None:
    rows = disparity_like([20, 30, 9], [50, 60, 30])
    safe = pj.suppress(rows, below=5)
    assert shown(safe).all()
    for name in rows.dtype.names:
        assert safe.table[name].tolist() == rows[name].tolist()


def test_what_remains_of_a_whole_is_a_count() -> None:
    # 17 of 19: the two without the event are as few as any two.
    safe = pj.suppress(disparity_like([17, 20], [19, 60]), below=5)
    assert safe.reason[["events", "base"]][0].tolist() == ("secondary", "shown")
    assert np.isnan(safe.table["rate"][0])
    # All of 30: whoever is in the group had the event.
    rows = disparity_like([30, 20], [30, 60], "B")
    assert np.isnan([pj.suppress(rows, below=5).table[0][n] for n in ("events", "rate")]).any()
    assert shown(pj.suppress(rows, below=5, all_in_one="show")).all()
    # None of 30 is a zero.
    assert shown(pj.suppress(disparity_like([0, 20], [30, 60], "B"), below=5)).all()
    assert not shown(pj.suppress(disparity_like([0, 20], [30, 60], "B"), below=5, zeros="hide"))[
        0, 3
    ]


def test_a_population_is_public() -> None:
    # By population: never hidden, so that the count of children has to be.
    for events in (17, 3):
        rows = disparity_like([events, 20], [19, 60], "B", kind="rate")
        safe = pj.suppress(rows, below=5)
        assert safe.table["base"].tolist() == [19, 60]
        assert np.isnan(safe.table["events"][0])
    # A population below the threshold is a few children.
    rows = disparity_like([2, 20], [3, 60], "B", kind="rate")
    assert np.isnan(pj.suppress(rows, below=5).table[["events", "base"]][0].tolist()).all()


@pytest.mark.parametrize("seed", range(60))
def test_no_figure_left_tells_one_small_count_from_another(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 6))
    base = random.integers(6, 60, n)
    events = np.minimum(random.choice([0, 1, 2, 3, 4, 7, 12, 25], n), base)
    reference = random.choice(["A", "B", "the whole"])
    kind = random.choice(["proportion", "rate"])
    options = {"below": 5, "round_to": random.choice([None, None, 5])}
    original = disparity_like(events.tolist(), base.tolist(), reference, kind)
    safe = pj.suppress(original, **options)
    kept = shown(safe)
    changed = 0
    for row, value in itertools.product(range(n), range(1, 5)):
        if safe.reason["events"][row] != "primary" or value > base[row]:
            continue
        other = events.copy()
        other[row] = value
        again = disparity_like(other.tolist(), base.tolist(), reference, kind)
        changed += 1
        for column, name in enumerate(original.dtype.names):
            if name == "flag" or safe.reason.dtype.names[column] != name:
                continue
            for at in np.flatnonzero(kept[:, column]):
                was, now = original[name][at], again[name][at]
                assert was == now or (was != was and now != now), (name, at, row, value)
    assert changed == sum(min(4, b) for b, why in zip(base, safe.reason["events"], strict=True)
                          if why == "primary")  # fmt: skip


def test_rows_with_totals_are_the_array_that_they_are() -> None:
    random = np.random.default_rng(3)
    for _ in range(5):
        table = random.negative_binomial(1, 0.1, (3, 4))
        safe = pj.suppress(table, below=5, rows="abc", columns="wxyz")
        whole = with_totals(table)
        rows = np.array(
            [(r, c, whole[i, j]) for i, r in enumerate("abcT") for j, c in enumerate("wxyzT")],
            [("sex", "U1"), ("age", "U1"), ("count", "i8")],
        )
        mixed = rows[random.permutation(len(rows))]
        long = pj.suppress(mixed, below=5, totals={"sex": "T", "age": "T"})
        assert long.count("secondary") == safe.count("secondary")
        assert long.count("primary") == safe.count("primary")
        wrong = mixed.copy()
        wrong["count"][np.flatnonzero(wrong["sex"] == "T")[0]] += 1
        with pytest.raises(pj.DataError, match="is not the total of its rows"):
            pj.suppress(wrong, below=5, totals={"sex": "T", "age": "T"})


def test_three_ways() -> None:
    random = np.random.default_rng(8)
    cube = random.integers(3, 30, (2, 2, 3))
    for axis in range(3):
        cube = np.concatenate([cube, cube.sum(axis=axis, keepdims=True)], axis=axis)
    rows = np.array(
        [("abT"[i], "cdT"[j], "efgT"[k], cube[i, j, k]) for i, j, k in np.ndindex(cube.shape)],
        [("sex", "U1"), ("age", "U1"), ("area", "U1"), ("count", "i8")],
    )
    safe = pj.suppress(rows, below=6, totals=dict.fromkeys(("sex", "age", "area"), "T"))
    primary = safe.bounds["reason"] == "primary"
    assert primary.any()
    assert (safe.bounds["lower"][primary] == 1).all()
    assert (safe.bounds["upper"][primary] == 5).all()


def test_already_published_of_rows() -> None:
    rows = np.array([("A", 12), ("B", 3), ("C", 20)], [("area", "U1"), ("count", "i8")])
    assert pj.suppress(rows, below=5).count("secondary") == 0
    safe = pj.suppress(rows, below=5, also_published=[({"area": ["A", "B"]}, 15)])
    assert np.isnan(safe.table["count"]).tolist() == [True, True, False]
    mask = np.array([True, True, False])
    again = pj.suppress(rows, below=5, also_published=[(mask, 15, "count")])
    assert safe.table["count"].tolist()[2] == again.table["count"].tolist()[2] == 20


def test_rounded_rows_lose_what_was_computed_from_the_counts() -> None:
    safe = pj.suppress(disparity_like([22, 30, 9], [50, 61, 30]), below=5, round_to=5)
    assert safe.table["events"].tolist() == [20, 30, 10]
    assert safe.table["base"].tolist() == [50, 60, 30]
    assert np.isnan(safe.table["rate"]).all()
    assert safe.reason["events"].tolist() == ["rounded"] * 3


def row(*fields: tuple) -> np.ndarray:
    """One row of fields given as (name, type, value)."""
    layout = [(name, kind) for name, kind, _ in fields]
    return np.array([tuple(value for *_, value in fields)], layout)


GROUP, COUNT = ("group", "U4", "A"), ("count", "i8", 7)


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (row(GROUP, ("odd", "i8", 7)), {}, "field 'odd': say with fields="),
        (row(GROUP, ("value", "f8", 7)), {}, "no field is known to be a count"),
        (row(GROUP, ("count", "f8", np.nan)), {}, "field 'count': expected counts"),
        (row(GROUP, ("count", "i8", -1)), {}, "field 'count': expected counts"),
        (row(GROUP, ("count", "U4", "7")), {}, "field 'count': expected numbers"),
        (row(GROUP, ("events", "i8", 9), ("base", "i8", 7)), {}, "row 1: 'events' is above 'base'"),
        (np.concatenate([row(GROUP, COUNT)] * 2), {}, "two rows have the same labels"),
        (row(GROUP, COUNT), {"fields": {"n": "count"}}, "no field 'n'"),
        (row(GROUP, COUNT), {"fields": {"count": "number"}}, "fields: expected one of"),
        (row(GROUP, COUNT), {"totals": {"sex": "All"}}, "no labels 'sex'"),
        (row(GROUP, COUNT), {"totals": "last"}, "totals: expected"),
        (row(GROUP, COUNT), {"rows": ["A"]}, "has its labels in fields"),
        (row(GROUP, COUNT), {"also_published": [({"sex": "A"}, 7)]}, "no labels 'sex'"),
        (row(GROUP, COUNT), {"also_published": [({"group": "Z"}, 7)]}, "expected rows"),
        (row(GROUP, COUNT), {"also_published": [({"group": "A"}, 7, "n")]}, "name the field"),
        (
            row(("stage", "U8", ""), ("before", "U8", ""), ("step", "U8", ""), COUNT),
            {},
            "a pathway",
        ),
        (row(GROUP, ("caseload_share", "f8", 2), ("n", "f8", 150)), {}, "a share and the number"),
        (row(GROUP, ("percent", "f8", 2), ("n", "f8", 150)), {}, "figures and 'n', but not"),
    ],
)
def test_bad_rows(rows: np.ndarray, options: dict, said: str) -> None:
    with pytest.raises(pj.DataError, match=said):
        pj.suppress(rows, below=5, **options)


def test_fields_can_be_declared() -> None:
    rows = row(GROUP, ("stops", "i8", 3), ("beat", "i8", 12), ("per_head", "f8", 0.1))
    safe = pj.suppress(rows, below=5, fields={"stops": "count", "beat": "label"})
    assert safe.table["beat"][0] == 12
    assert np.isnan(safe.table["stops"][0])
    assert np.isnan(safe.table["per_head"][0])
    assert "hidden" in pj.explain(safe.table["flag"][0])


def test_rows_from_pandas() -> None:
    frame = pd.DataFrame({"sex": ["boys", "girls"], "count": [30, 3], "rate": [0.3, 0.1]})
    safe = pj.suppress(frame.to_records(index=False), below=5)
    back = pd.DataFrame(safe.table)
    assert back["sex"].tolist() == ["boys", "girls"]
    assert back["count"].isna().tolist() == [False, True]


def test_no_rows() -> None:
    safe = pj.suppress(np.zeros(0, [("group", "U4"), ("count", "i8")]), below=5)
    assert len(safe.table) == 0
    assert safe.report() == "Nothing had to be hidden."
