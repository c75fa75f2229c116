"""Sizes of samples, and their drawing."""

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.samples import shares


@pytest.mark.parametrize(
    ("eligible", "size"),
    [(0, 0), (1, 1), (6, 6), (7, 7), (10, 10), (15, 14), (20, 18), (21, 19), (23, 21), (24, 22),
     (100, 63), (200, 91), (300, 107)],
)  # fmt: skip
def test_sample_sizes_of_the_inspectorate(eligible: int, size: int) -> None:
    assert pj.sample_size(eligible) == size


def test_sizes_of_many_and_other_margins() -> None:
    assert pj.sample_size([24, 300]).tolist() == [22, 107]
    assert pj.sample_size(1000, level=0.95, margin=0.05) == 278
    sizes = pj.sample_size(np.arange(2000))
    assert (sizes <= np.arange(2000)).all()
    assert (np.diff(sizes) >= 0).all()


@pytest.mark.parametrize(
    "bad",
    [{"eligible": -1}, {"eligible": 2.5}, {"eligible": None}, {"eligible": [5, float("inf")]},
     {"eligible": "5"}, {"eligible": 5, "level": 1}],
)  # fmt: skip
def test_sizes_that_cannot_be(bad: dict) -> None:
    with pytest.raises(pj.DataError):
        pj.sample_size(**bad)


def test_shares_follow_the_sizes() -> None:
    assert shares([50, 30, 20], 10) == [5, 3, 2]
    assert shares([1, 1, 1], 2) == [1, 1, 0]
    assert shares([5, 3], 8) == [5, 3]
    assert shares([], 0) == []
    for n in range(31):
        found = shares([17, 9, 4, 1], n)
        assert sum(found) == n
        assert all(share <= size for share, size in zip(found, [17, 9, 4, 1], strict=True))


def made() -> pj.Cases:
    rows = "".join(f"{i},{'MF'[i % 3 == 0]},{'ab'[i % 2]},yes\n" for i in range(90))
    return pj.read_cases("case,sex,disposal,2.1.1\n" + rows, framework="iyjwcv-2025")


def test_a_drawn_sample_keeps_the_strata_and_the_order_and_is_repeatable() -> None:
    cases = made()
    drawn = pj.draw_sample(cases, 30, strata=["sex", "disposal"], seed=7)
    assert len(drawn) == 30
    assert (np.diff(drawn.lines) > 0).all()
    pairs = list(zip(drawn.labels("sex"), drawn.labels("disposal"), strict=True))
    assert {pair: pairs.count(pair) for pair in set(pairs)} == {
        ("M", "a"): 10, ("M", "b"): 10, ("F", "a"): 5, ("F", "b"): 5
    }  # fmt: skip
    again = pj.draw_sample(cases, 30, strata=["sex", "disposal"], seed=7)
    assert drawn.lines.tolist() == again.lines.tolist()
    other = pj.draw_sample(cases, 30, strata=["sex", "disposal"], seed=8)
    assert drawn.lines.tolist() != other.lines.tolist()


def test_edges_of_a_draw() -> None:
    cases = made()
    assert len(pj.draw_sample(cases, 0, strata="sex", seed=1)) == 0
    assert len(pj.draw_sample(cases, 90, strata=(), seed=1)) == 90
    with pytest.raises(pj.DataError, match="expected 0 to 90"):
        pj.draw_sample(cases, 91, strata="sex", seed=1)
    with pytest.raises(pj.DataError, match="no column 'shoe'"):
        pj.draw_sample(cases, 9, strata="shoe", seed=1)
    empty = cases.take(np.zeros(len(cases), bool))
    assert len(pj.draw_sample(empty, 0, strata="sex", seed=1)) == 0
