"""Suppression of arrays: no outsider learns a small count, and no more than need be is hidden."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

import pyjustice as pj
from tests.tools.outsider import Outsider, drawn_table, excluded
from tests.tools.suppression import drawn_options, fewest, with_totals

NAN = np.nan


def test_a_small_cell_takes_three_others_with_it() -> None:
    safe = pj.suppress([[12, 3, 20], [9, 14, 8]], below=5, rows=["A", "B"], columns=["x", "y", "z"])
    assert safe.rows == ("A", "B", "Total")
    assert safe.columns == ("x", "y", "z", "Total")
    expected = [[NAN, NAN, 20, 35], [NAN, NAN, 8, 31], [21, 17, 28, 66]]
    np.testing.assert_array_equal(safe.table, expected)
    assert safe.reason[0].tolist() == ["secondary", "primary", "shown", "shown"]
    assert safe.method == "exact"
    found = {(row["row_name"], row["column_name"]): row for row in safe.bounds}
    assert found["A", "y"][["reason", "lower", "upper"]].tolist() == ("primary", 1, 4)
    # 35 - 20 = 15 in two cells, of which one is 1 to 4.
    assert found["A", "x"][["reason", "lower", "upper"]].tolist() == ("secondary", 11, 14)
    assert repr(safe) == "<Suppressed: 3 x 4, 1 primary, 3 secondary, 0 derived hidden, exact>"
    assert "A, x: 11 to 14 (secondary)" in safe.report()


def test_nothing_small_nothing_hidden() -> None:
    safe = pj.suppress([[12, 30], [9, 14]], below=5)
    np.testing.assert_array_equal(safe.table, [[12, 30, 42], [9, 14, 23], [21, 44, 65]])
    assert safe.report() == "Nothing had to be hidden."
    assert len(safe.bounds) == 0


def test_one_way() -> None:
    safe = pj.suppress([12, 3, 20, 8], below=5)
    np.testing.assert_array_equal(safe.table, [12, NAN, 20, NAN, 43])
    assert safe.bounds["upper"].tolist() == [4, 10]
    # Without a total there is nothing to subtract from.
    safe = pj.suppress([12, 3, 20, 8], below=5, totals="none")
    np.testing.assert_array_equal(safe.table, [12, NAN, 20, 8])


def test_all_small_is_all_hidden() -> None:
    safe = pj.suppress([[1, 2], [3, 1]], below=5)
    assert np.isnan(safe.table[:2, :2]).all()
    # Small totals are hidden, with a mark that does not say that they are small.
    assert (safe.reason[:2, 2] == "secondary").all()
    assert (safe.reason[2, :2] == "secondary").all()
    assert np.isnan(pj.suppress([[3]], below=5).table).all()
    assert excluded(safe) == []


def test_zeros() -> None:
    table = [[0, 3, 20], [9, 14, 8], [10, 11, 0]]
    shown = pj.suppress(table, below=5).table
    assert shown[0, 0] == 0
    assert shown[2, 2] == 0
    hidden = pj.suppress(table, below=5, zeros="hide")
    assert (hidden.reason[[0, 2], [0, 2]] == "primary").all()
    primary = hidden.bounds[hidden.bounds["reason"] == "primary"]
    assert (primary["lower"] == 0).all()
    assert (primary["upper"] == 4).all()


def test_all_of_a_group_in_one_cell() -> None:
    table = [[7, 0, 0], [12, 30, 14], [9, 16, 8]]
    np.testing.assert_array_equal(
        pj.suppress(table, below=5, all_in_one="show").table[0], [7, 0, 0, 7]
    )
    safe = pj.suppress(table, below=5)
    outsider = Outsider(safe)
    # Nobody can tell that all seven (if it is seven) were in the first column.
    assert np.isnan(safe.table[0, :3]).sum() >= 2
    assert any(outsider.can_be((0, column), value) for column in (1, 2) for value in range(5, 8))


def test_totals_given() -> None:
    inner = np.array([[12, 3, 20], [9, 14, 8]])
    whole = np.block([[inner, inner.sum(1, keepdims=True)], [inner.sum(0), inner.sum()]])
    given = pj.suppress(whole, below=5, totals="last")
    np.testing.assert_array_equal(given.table, pj.suppress(inner, below=5).table)
    for at in ((2, 0), (0, 3), (2, 3)):
        wrong = whole.copy()
        wrong[at] += 1
        with pytest.raises(pj.DataError, match=r"is not the total of"):
            pj.suppress(wrong, below=5, totals="last")


def test_rounding() -> None:
    safe = pj.suppress([[12, 3, 20], [9, 14, 8]], below=5, round_to=5)
    # What is rounded no longer adds up, so that one hidden cell is enough.
    np.testing.assert_array_equal(
        safe.table, [[10, NAN, 20, 35], [10, 15, 10, 30], [20, 15, 30, 65]]
    )
    assert safe.reason[0].tolist() == ["rounded", "primary", "rounded", "rounded"]
    assert excluded(safe) == []
    halves = pj.suppress([[25, 35], [15, 45]], below=5, round_to=10)
    np.testing.assert_array_equal(halves.table, [[30, 40, 60], [20, 50, 60], [40, 80, 120]])


def test_already_published() -> None:
    table = [12, 3, 20, 8, 2]
    names = list("ABCDE")
    alone = pj.suppress(table, below=5, rows=names)
    np.testing.assert_array_equal(alone.table, [12, NAN, 20, 8, NAN, 45])
    # Somebody printed the total of A, B and C: with A and C beside it, B is 3.
    for selection in ({"rows": ["A", "B", "C"]}, np.array([1, 1, 1, 0, 0], bool)):
        safe = pj.suppress(table, below=5, rows=names, also_published=[(selection, 35)])
        assert np.isnan(safe.table[[1, 4]]).all()
        assert np.isnan(safe.table[[0, 2]]).sum() >= 1
        assert safe.bounds[safe.bounds["reason"] == "primary"]["upper"].tolist() == [4, 4]
    rounded = pj.suppress(
        table, below=5, rows=names, also_published=[({"rows": ["A", "B", "C"]}, (30, 39))]
    )
    np.testing.assert_array_equal(rounded.table, alone.table)
    with pytest.raises(pj.DataError, match=r"cannot be protected .*'B', 'count'$"):
        pj.suppress(table, below=5, rows=names, also_published=[({"rows": ["B"]}, 3)])


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ([[1, -2]], {}, "expected counts .* at 1, 2"),
        ([1.5, 2], {}, "expected counts .* at 1"),
        ([1, NAN], {}, "expected counts .* at 2"),
        (["a"], {}, "expected whole numbers"),
        ([[[1]]], {}, "one or two ways"),
        ([], {}, "at least one cell"),
        ([1, 2], {"below": 1}, "below: expected"),
        ([1, 2], {"below": 4.5}, "below: expected"),
        ([1, 2], {"below": 2}, "the mark would say it"),
        ([1, 2], {"round_to": 1}, "round_to: expected"),
        ([1, 2], {"zeros": "no"}, "zeros: expected"),
        ([1, 2], {"all_in_one": True}, "all_in_one: expected"),
        ([1, 2], {"minimise": "risk"}, "minimise: expected"),
        ([1, 2], {"totals": "first"}, "totals: expected"),
        ([1, 2], {"totals": {"sex": "All"}}, "structured"),
        ([1, 2], {"rows": ["A", "A"]}, "given twice"),
        ([1, 2], {"rows": ["A"]}, "expected 2 labels"),
        ([1, 2], {"columns": ["A"]}, "labels in rows="),
        ([1, 2], {"also_published": [({"rows": ["9"]}, 1)]}, "item 1: unknown label"),
        ([1, 2], {"also_published": [({"rows": ["1"]}, 2)]}, "item 1: the cells do not add up"),
        ([1, 2], {"also_published": [({"rows": ["1"]}, "x")]}, "item 1: expected a total"),
        ([1, 2], {"also_published": [(np.array([True]), 1)]}, "item 1: expected a mask"),
        ([1, 2], {"also_published": [({"rows": ["1"]},)]}, "item 1: expected"),
    ],
)
def test_bad_input(table: list, options: dict, said: str) -> None:
    with pytest.raises(pj.DataError, match=said):
        pj.suppress(table, **{"below": 5, **options})


@pytest.mark.parametrize("seed", range(100))
def test_an_outsider_excludes_no_value_of_a_small_count(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = drawn_table(random, most=4)
    safe = pj.suppress(table, **drawn_options(random))
    assert excluded(safe) == [], table
    shown = ~np.isnan(safe.table)
    if safe.round_to is None:
        np.testing.assert_array_equal(safe.table[shown], with_totals(table)[shown])


@pytest.mark.parametrize("place", [(0, 0), (1, 0), (1, 1)])
def test_the_outsider_of_these_tests_sees_what_is_not_protected(place: tuple[int, int]) -> None:
    table = [[12, 3, 20], [9, 14, 8]]
    safe = pj.suppress(table, below=5)
    told, reason = safe.table.copy(), safe.reason.copy()
    told[place], reason[place] = table[place[0]][place[1]], "shown"
    assert excluded(replace(safe, table=told, reason=reason))


def test_bounds_are_those_of_all_tables_tried_one_by_one() -> None:
    tried = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        table = random.integers(0, 8, random.integers(1, 4, 2))
        safe = pj.suppress(table, **{**drawn_options(random), "below": 3})
        outsider = Outsider(safe)
        if outsider.size() > 5_000 or np.isinf(safe.bounds["upper"]).any():
            continue
        tables = np.array(list(outsider.tables()))
        whole = np.concatenate([tables, tables.sum(axis=1, keepdims=True)], axis=1)
        whole = np.concatenate([whole, whole.sum(axis=2, keepdims=True)], axis=2)
        tried += len(safe.bounds)
        for row in safe.bounds:
            seen = whole[:, row["row"], row["column"]]
            assert (seen.min(), seen.max()) == (row["lower"], row["upper"]), (seed, row)
            if row["reason"] == "primary":
                assert set(seen.tolist()) == set(range(safe.zeros == "show", safe.below)), seed
    assert tried > 60


def test_no_more_is_hidden_than_by_trying_every_choice() -> None:
    more = []
    for seed in range(8):
        random = np.random.default_rng(seed)
        table = random.negative_binomial(1, 0.1, random.integers(2, 4, 2))
        best = fewest(table, 4)
        exact, heuristic = (
            pj.suppress(table, below=4, all_in_one="show", exact=exact).count("secondary")
            for exact in (True, False)
        )
        assert exact == best, seed
        more.append(heuristic - best)
    assert min(more) >= 0
    assert max(more) <= 2
    assert np.mean(more) <= 0.5


def test_least_total() -> None:
    table = [[12, 3, 20], [9, 14, 8]]
    by_cells, by_total = (pj.suppress(table, below=5, minimise=what) for what in ("cells", "total"))
    true = with_totals(np.array(table))
    lost = [true[safe.reason == "secondary"].sum() for safe in (by_cells, by_total)]
    assert lost[1] <= lost[0]
    free = [(r, c) for r, c in itertools.product(range(3), range(4)) if (r, c) != (0, 1)]
    choices = [
        sum(true[place] for place in chosen)
        for n in range(5)
        for chosen in itertools.combinations(free, n)
        if all_hidden_twice(chosen)
    ]
    assert lost[1] == min(choices)


def all_hidden_twice(chosen: tuple[tuple[int, int], ...]) -> bool:
    """Whether each row and column of the table above, totals included, hides none or two."""
    hidden = np.zeros((3, 4), bool)
    for place in [*chosen, (0, 1)]:
        hidden[place] = True
    return bool((hidden.sum(0) != 1).all() and (hidden.sum(1) != 1).all())


def test_large_counts() -> None:
    safe = pj.suppress([[4_000_000, 3, 9_000_000], [7_000_001, 12_345_678, 5]], below=5)
    assert excluded(safe) == []
    assert safe.bounds[safe.bounds["reason"] == "primary"]["upper"].tolist() == [4]
