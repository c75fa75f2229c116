"""Signs in the place of figures and beside them, by dialect."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice import _core
from pyjustice.ground.dialects import common, dialect, with_legend
from pyjustice.ground.table_codes import CellReason, Evidence, TableFlag
from tests.tools.small_tables import rows


def one(text: str, **options: Any) -> Any:
    return pj.read_table(f"Area,Number\nNorth,1\nSouth,{text}\n", **options).cells[1]


def test_a_sign_is_not_guessed() -> None:
    for text in ("-", "x", "c", "z", "*", "..", ":", "~", "n/a"):
        cell = one(text)
        assert rows(np.array([cell]), "value", "lower", "upper", "reason") == [
            (None, None, None, "ambiguous")
        ]
    assert one("qq")["reason"] == "unreadable"
    assert one("x", dialect="gss")["reason"] == "unreadable"  # it writes [x]


def test_one_sign_in_several_dialects() -> None:
    dash = {name: str(one("-", dialect=name)["reason"]) for name in ("eff", "lait", "moj")}
    assert dash == {"eff": "not collected", "lait": "missing", "moj": ""}
    assert one("-", dialect="moj")["value"] == 0
    x = one("x", dialect="dfe-older")
    assert (x["reason"], x["lower"], x["upper"]) == ("suppressed", 1, 5)
    assert one("x", dialect="dfe")["reason"] == "not available"
    assert one("[d}", dialect="ni")["reason"] == "suppressed"


def test_the_notes_of_a_table_explain_its_signs() -> None:
    text = (
        "Area,Number\nNorth,1\nSouth,x\nEast,5 q\n\nNotes\nx = suppressed\nq = Revised since June\n"
    )
    cells = pj.read_table(text).cells
    assert rows(cells, "value", "reason", "footnote") == [
        (1, "", ""),
        (None, "suppressed", ""),
        (5, "", "revised"),
    ]
    either = "Area,Number\nNorth,1\nSouth,x\n\nNotes\nx = not available or not applicable\n"
    assert pj.read_table(either).cells["reason"][1] == "ambiguous"
    kept = with_legend(dialect("moj"), ["* = suppressed"])
    assert kept.alone["*"].reason == "unreliable"  # what the user named stands


@pytest.mark.parametrize(
    ("note", "sign", "bounds"),
    [
        ("[c]: 1 to 4", "[c]", (1, 4)),
        ("c = fewer than 5", "c", (0, 4)),
        ("* denotes counts between 1 and 5", "*", (1, 5)),
        ("'*' indicates fewer than 10, excluding zero", "*", (1, 9)),
        ("* Numbers of 5 or fewer are suppressed", "*", (0, 5)),
        ("x: ≤5", "x", (0, 5)),
        ("[c] = confidential (counts of 1-4)", "[c]", (1, 4)),
        ("Counts below 5 have been replaced with c.", "c", (0, 4)),
        ("x = fewer than 1,000", "x", (0, 999)),
    ],
)
def test_a_note_bounds_the_counts_behind_its_sign(
    note: str, sign: str, bounds: tuple[float, float]
) -> None:
    text = f'Area,Number,Rate per 1000\nNorth,7,5.1\nSouth,{sign},{sign}\n\nNotes\n"{note}"\n'
    for options in ({}, {"dialect": "gss"}) if sign == "[c]" else ({},):
        table = pj.read_table(text, **options)
        assert rows(table.cells[2:], "lower", "upper", "reason") == [
            (*bounds, "suppressed"), (0, None, "suppressed"),  # of the rate they say nothing
        ]  # fmt: skip
        assert table.legend == {sign: (6, note)}


@pytest.mark.parametrize(
    "note",
    [
        "* = based on fewer than 30 offenders", "* denotes children aged 10 to 17",
        "* Areas with fewer than 5 services are left out", "* = 1 to 4, or 7 to 9",
        "* = proportion of 1 to 4", "All: 10 to 17", "* = not available, fewer than 5",
        "* = fewer than 5 or secondary suppression", "* = less than 2.5", "* = 0.5 to 9",
        "* = suppressed: counts of 1 to 4, and others from which they could be worked out",
    ],
)  # fmt: skip
def test_a_note_of_something_else_bounds_nothing(note: str) -> None:
    table = pj.read_table(f"Area,Number\nNorth,7\nSouth,*\n\nNotes\n{note}\n")
    assert np.isnan(table.cells["upper"][1])


def test_notes_that_do_not_agree_bound_nothing() -> None:
    text = "Area,Number\nNorth,7\nSouth,c\n\nNotes\nc = 1 to 4\nc = fewer than 10\n"
    assert rows(pj.read_table(text).cells[1:], "lower", "upper") == [(0, None)]
    kept = with_legend(dialect("dfe-older"), ["x = fewer than 3"])
    assert kept.alone["x"].upper == 5  # what the publisher says of it stands
    below = pj.read_table("Area,Number\nNorth,7\nSouth,c\nc = fewer than 5\n")
    assert (len(below), below.cells["upper"][1]) == (2, 4)  # a note, though no line is empty


def test_bounds_of_hidden_counts_are_not_those_of_changes_and_populations() -> None:
    text = (
        "Number of children\n\nArea,2018/19,2019/20,Change\nNorth,7,9,2\nSouth,c,1,c\n\n"
        "Notes\nc = 1 to 4\n"
    )
    assert rows(pj.read_table(text).cells[3:], "lower", "upper") == [(1, 4), (1, 1), (None, None)]
    people = "Area,Number,Population\nNorth,7,9\nSouth,c,c\n\nNotes\nc = 1 to 4\n"
    assert rows(pj.read_table(people).cells[2:], "lower", "upper") == [(1, 4), (0, None)]
    older = pj.read_table("Area,Number,Rate\nNorth,7,1.5\nSouth,x,x\n", dialect="dfe-older")
    assert rows(older.cells[2:], "lower", "upper") == [(1, 5), (0, None)]


def test_a_limit_of_counts_is_whole() -> None:
    printed = ["<5", "≤5", "<= 5", "< 5 [r]", "<1", ">95", "<1,000"]
    text = "".join(f'Place {at},7,"{limit}"\n' for at, limit in enumerate(printed))
    counts, more = (
        pj.read_table(f"Area,Population,{header}\nA,7,9\n{text}").cells[3::2]
        for header in ("Number", "Rate per 1000")
    )
    assert rows(counts, "lower", "upper") == [
        (0, 4), (0, 5), (0, 5), (0, 4), (0, 0), (96, None), (0, 999)
    ]  # fmt: skip
    assert rows(more, "lower", "upper") == [
        (0, 5), (0, 5), (0, 5), (0, 5), (0, 1), (95, None), (0, 1000)
    ]  # fmt: skip
    parts = pj.read_table("Area,Number\nA,7.5\nB,<5\n")  # what is not whole may be 4.9
    assert parts.cells["upper"][1] == 5


def test_low_is_half_of_the_last_printed_digit() -> None:
    table = pj.read_table("Area,Number,Rate\nA,1,2.5\nB,[low],[low]\nC,3,4.25\n", dialect="gss")
    low = table.cells[table.cells["reason"] == "low"]
    assert rows(low, "lower", "upper") == [(0, 0.5), (0, 0.005)]


def test_rounding_is_only_what_the_user_says() -> None:
    text = "Area,Number\nNorth,15\nSouth,0\n"
    assert rows(pj.read_table(text).cells, "lower", "upper") == [(15, 15), (0, 0)]
    assert rows(pj.read_table(text, rounded_to=5).cells, "lower", "upper") == [
        (12.5, 17.5),
        (0, 2.5),
    ]


def test_the_common_dialect_agrees_with_all_that_it_reads() -> None:
    for sign, meaning in common().alone.items():
        used = [dialect(name).alone[sign] for name in pj.dialects() if sign in dialect(name).alone]
        if meaning.reason != CellReason.AMBIGUOUS:
            assert {known.key() for known in used} <= {meaning.key()}


def test_codes_are_those_of_the_engine_and_are_explained() -> None:
    assert list(CellReason) == list(_core.CELL_REASONS)
    for code in [*CellReason, *TableFlag, *Evidence]:
        assert not code or pj.explain(code)


def test_a_dialect_may_be_the_users_own(tmp_path: Path) -> None:
    own = {"alone": [{"text": ["ns"], "reason": "suppressed", "lower": 1, "upper": 4}]}
    path = tmp_path / "own.toml"
    path.write_text('alone = [{ text = ["ns"], reason = "suppressed", lower = 1, upper = 4 }]\n')
    for given in (own, path):
        assert one("ns", dialect=given)["upper"] == 4
    for bad in (
        {"alone": [{"text": ["q"]}]},
        {"alone": [{"text": ["q"], "reason": "odd"}]},
        "none",
        {"beside": {"odd": []}},
    ):
        with pytest.raises(pj.DataError):
            one("1", dialect=bad)
