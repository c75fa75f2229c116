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
