"""Suppression of what the measures really return: no field tells one small count from another."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import pyjustice as pj

NAN = np.nan
Counts = dict[str, list[int]]
Make = Callable[[Counts, list[str], str], np.ndarray]


def people(rows: Any) -> list[int]:
    return [1000 + 100 * i for i in range(len(rows))]


def by_standard(c: Counts, names: list[str], _: str) -> np.ndarray:
    counts = np.array(c["count"])[:, np.newaxis]
    return pj.standardised_rates(
        counts, np.full(counts.shape, 900), kind="ratio", reference=([60], [9e3]), per=1,
        names=names,
    )  # fmt: skip


# How to make rows; which counts vary; and which of them is the whole of the first.
MEASURES: dict[str, tuple[Make, list[str], str]] = {
    "proportion": (
        lambda c, names, to: pj.disparity(
            c["events"], c["base"], names, reference=to, kind="proportion"
        ),
        ["events", "base"], "base",
    ),
    "rate": (
        lambda c, names, to: pj.disparity(
            c["events"], people(names), names, reference=to, kind="rate", per=1000
        ),
        ["events"], "",
    ),
    "rates": (
        lambda c, names, _: pj.rates(c["count"], people(names), per=1000, names=names),
        ["count"], "",
    ),
    "shares": (
        lambda c, names, _: pj.proportions(c["count"], c["population"], names=names),
        ["count", "population"], "population",
    ),
    "change": (
        lambda c, names, _: pj.change(
            c["before"], c["after"], population_before=2000, population_after=1800, names=names
        ),
        ["before", "after"], "",
    ),
    "change against others": (
        lambda c, names, _: pj.change(c["before"], c["after"], names=names, against="others"),
        ["before", "after"], "",
    ),
    "funnel": (
        lambda c, names, _: pj.funnel(c["observed"], people(names), names=names),
        ["observed"], "",
    ),
    "chart": (lambda c, _, __: pj.control_chart(c["count"], kind="c"), ["count"], ""),
    "chart of rates": (
        lambda c, names, _: pj.control_chart(c["count"], kind="u", population=people(names)),
        ["count"], "",
    ),
    "standardised": (by_standard, ["count"], ""),
}  # fmt: skip


def drawn(random: np.random.Generator, fields: list[str], whole: str, size: int) -> Counts:
    counts = {name: random.choice([0, 1, 2, 3, 4, 6, 9, 15], size).tolist() for name in fields}
    if whole:
        more = random.choice([0, 0, 1, 3, 5, 30], size).tolist()
        counts[whole] = [x + y for x, y in zip(counts[fields[0]], more, strict=True)]
    return counts


def assert_same(rows: np.ndarray, other: np.ndarray, safe: pj.Suppressed) -> None:
    """Compare whatever is shown."""
    for name in rows.dtype.names or ():
        kept = safe.reason[name] == "shown"
        if name == "flag":
            kept &= safe.table["flag"] != "suppressed"
        np.testing.assert_array_equal(rows[name][kept], other[name][kept], err_msg=name)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_value_of_a_hidden_count_gives_what_is_shown(measure: str) -> None:
    make, fields, whole = MEASURES[measure]
    random = np.random.default_rng(sum(map(ord, measure)))
    tried = 0
    for _ in range(6):
        size = int(random.integers(2, 6))
        names = list("ABCDE"[:size])
        counts = drawn(random, fields, whole, size)
        reference = str(random.choice([*names, "rest", "whole"]))
        zeros = str(random.choice(["show", "hide"]))
        rows = make(counts, names, reference)
        safe = pj.suppress(rows, below=5, zeros=zeros, round_to=random.choice([None, None, 5]))
        for field in fields:
            for row in np.flatnonzero(safe.reason[field] == "primary").tolist():
                for value in range(zeros == "show", 5):
                    other = {name: list(own) for name, own in counts.items()}
                    other[field][row] = value
                    if whole and other[fields[0]][row] > other[whole][row]:
                        continue
                    assert_same(rows, make(other, names, reference), safe)
                    tried += 1
    assert tried > 20


def test_none_of_none_is_told_by_the_number_of_comparisons() -> None:
    rows = pj.change([40, 1, 9], [30, 0, 12], names=["A", "B", "C"])
    for zeros in ("show", "hide"):
        assert np.isnan(pj.suppress(rows, below=5, zeros=zeros).table["family"]).all()
    rows = pj.disparity([3, 12], [30, 40], ["A", "B"], reference="B", kind="proportion")
    assert pj.suppress(rows, below=5).table["family"].tolist() == [1, 1]
    assert np.isnan(pj.suppress(rows, below=5, zeros="hide").table["family"]).all()


def test_a_change_beside_a_hidden_one_keeps_what_is_its_own() -> None:
    safe = pj.suppress(pj.change([40, 3, 9], [20, 5, 6], names=["A", "B", "C"]), below=5)
    assert safe.table["ratio"][[0, 2]].tolist() == pytest.approx([0.5, 2 / 3])
    assert np.isnan(safe.table["q"]).all()


def test_what_rests_on_other_counts_is_refused() -> None:
    years = list(range(2010, 2018))
    series = [[1, 3, 5, 2, 1, 0, 6, 2], [9, 8, 10, 11, 12, 7, 8, 9]]
    direct = pj.standardised_rates(
        [[2, 3, 9], [12, 14, 20]], [[500, 600, 900]] * 2, standard=[1000] * 3, per=1000,
        names=["a", "b"],
    )  # fmt: skip
    for rows, said in (
        (pj.trend(series, np.full(8, 1000), years, names=["a", "b"]), "every period"),
        (direct, "counts by age"),
        (
            pj.pathway({"arrested": [90, 400], "charged": [3, 200]}, ["A", "B"], reference="B",
                       unit="children"),
            "several rows",
        ),
        (
            pj.overrepresentation([40, 57], [18, 80], population="10-17", n=100,
                                  groups=["A", "B"]),
            "a share and the number",
        ),
    ):  # fmt: skip
        with pytest.raises(pj.DataError, match=said):
            pj.suppress(rows, below=5)


def test_crude_fields_of_an_adjusted_disparity_can_be_published() -> None:
    text = pj.sample_cases(cases=300, seed=1).decode()
    found = pj.disparity_of(
        pj.read_cases(text, framework="iyjs-2025"), by="sex", outcome="2.1/1", reference="Male",
        adjust="Region", resamples=0,
    )  # fmt: skip
    with pytest.raises(pj.DataError, match="crude fields"):
        pj.suppress(found, below=5)
    safe = pj.suppress(found[list(pj.DISPARITY_DTYPE.names or ())], below=5)
    assert pj.publish(safe).count("\n") > len(found)


def test_safe_copies_are_published_and_said() -> None:
    for make, fields, whole in MEASURES.values():
        counts = {name: [40, 3, 12, 60] for name in fields}
        if whole:
            counts[whole] = [100, 50, 60, 90]
        safe = pj.suppress(make(counts, list("ABCD"), "D"), below=5)
        lines = pj.publish(safe, title="Children").splitlines()
        cells = lines[-3].split(",")  # of row B
        assert "[c]" in cells
        assert "[z]" in cells or "[x]" in cells
        if "label" in (safe.table.dtype.names or ()) or "observed" in fields:
            continue  # charts and funnels are looked at, and have sentences of their own
        for row in safe.table:
            said = pj.sentence(row, source="a service")
            assert "nan" not in said
            assert said.endswith("Source: a service.")
            assert "no difference" not in said
    rows = pj.disparity([40, 3, 12], [100, 50, 60], list("ABC"), reference="A", kind="proportion")
    safe = pj.suppress(rows, below=5)
    assert pj.sentence(safe.table[1]) == (
        "B: number withheld of 50; not compared, figures are withheld so that no child is"
        " identified."
    )
    assert "clear evidence of a difference (p = 0.013, 2 comparisons)" in pj.sentence(safe.table[2])
