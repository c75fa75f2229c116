"""Suppression attacked by trying every table: wholes with parts, and totals published before."""

import itertools

import numpy as np

import pyjustice as pj


def domain(reason: str, value: int, below: int, most: int) -> range:
    """What a cell may be, groups in one cell being shown."""
    if reason == "primary":
        return range(1, below)
    return range(below, most) if reason == "secondary" else range(value, value + 1)


def test_totals_published_before() -> None:
    refused = tried = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        table = random.integers(0, 9, 4)
        masks = [mask for mask in random.random((2, 4)) < 0.5 if mask.any()]
        before = [(mask, int(table[mask].sum())) for mask in masks]
        try:
            safe = pj.suppress(table, below=4, all_in_one="show", also_published=before)
        except pj.DataError:
            refused += 1
            continue
        reasons = safe.reason[:4].tolist()
        cells = [domain(why, v, 4, 37) for why, v in zip(reasons, table.tolist(), strict=True)]
        tables = np.array(list(itertools.product(*cells)))
        fits = np.ones(len(tables), bool)
        if safe.reason[4] == "shown":
            fits &= tables.sum(axis=1) == table.sum()
        for mask, total in before:
            fits &= tables[:, mask].sum(axis=1) == total
        for cell, why in enumerate(reasons):
            if why == "primary":
                assert {1, 2, 3} <= set(tables[fits, cell].tolist()), seed
                tried += 1
    # Two random totals often give a count away by themselves.
    assert tried > 10
    assert refused > 5


def test_parts_wholes_and_what_remains() -> None:
    for seed in range(20):
        random = np.random.default_rng(seed)
        base = random.integers(1, 16, 3)
        events = np.minimum(random.integers(0, 14, 3), base)
        listed = [*zip("ABC", events, base, strict=True), ("All", events.sum(), base.sum())]
        rows = np.array(listed, [("group", "U4"), ("events", "i8"), ("base", "i8")])
        safe = pj.suppress(rows, below=4, totals={"group": "All"}, all_in_one="show")
        reason = safe.reason
        pairs = [
            [
                (part, whole)
                for part in domain(reason["events"][i], int(events[i]), 4, 17)
                for whole in ([base[i]] if reason["base"][i] == "shown" else range(22))
                if part <= whole
            ]
            for i in range(3)
        ]
        tables = np.array(list(itertools.product(*pairs)))
        fits = np.ones(len(tables), bool)
        for column, name in enumerate(("events", "base")):
            if reason[name][3] == "shown":
                fits &= tables[:, :, column].sum(axis=1) == rows[name].sum() // 2
        for i in range(3):
            parts, wholes = tables[fits, i].T
            if reason["events"][i] == "primary":
                assert {1, 2, 3} <= set(parts.tolist()), seed
            if 1 <= base[i] - events[i] < 4:
                assert {1, 2, 3} <= set((wholes - parts).tolist()), seed
            if base[i] < 4:
                # A whole is no less than its part, whose mark says one or more.
                assert {2, 3} <= set(wholes.tolist()), seed
