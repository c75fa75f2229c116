"""Every text of the closed lists has its two lines, and no line stands for nothing."""

from enum import StrEnum

import pytest

import pyjustice as pj
from pyjustice.ground.areas import AreaFault
from pyjustice.ground.comparable import Apart
from pyjustice.ground.table_codes import CellReason, Evidence, TableFlag
from pyjustice.measures.findings import Reason
from pyjustice.measures.flags import CaseFault, Flag
from pyjustice.questions.explain import explanations

LISTS: tuple[type[StrEnum], ...] = (
    *(Reason, Flag, CaseFault, Apart, AreaFault),
    *(CellReason, Evidence, TableFlag),
)


def test_all_are_explained_and_nothing_else() -> None:
    texts = {str(text) for texts in LISTS for text in texts} - {""}
    assert set(explanations()) == texts


@pytest.mark.parametrize("flag", sorted(explanations()))
def test_two_lines_that_end(flag: str) -> None:
    lines = pj.explain(flag).split("\n")
    assert len(lines) == 2
    assert all(line.endswith(".") and line == line.strip() for line in lines)


def test_no_such_flag() -> None:
    with pytest.raises(pj.DataError, match="no such flag: 'moon'; none is near") as caught:
        pj.explain("moon")
    assert len(str(caught.value)) < 100
    with pytest.raises(
        pj.DataError, match=r"'Too-few'; the nearest are 'too few'.*explain\(\) lis"
    ):
        pj.explain("Too-few")
    with pytest.raises(pj.DataError, match="no such flag: ''"):
        pj.explain("")


def test_all_flags_are_listed() -> None:
    lines = pj.explain().split("\n")
    assert len(lines) == len(explanations())
    assert f"too few: {explanations()['too few'][0]}" in lines
