"""The long form of what CI does in seconds: fuzzing for ten minutes an entry point, and memory."""

import sys

import pytest

from tests.tools.native import run
from tests.tools.repeat import in_use_at_exit


def test_fuzzing_finds_nothing() -> None:
    run(sys.executable, "-m", "tests.fuzz.run", "--seconds", "600")


@pytest.mark.parametrize(
    ("job", "few", "many"), [("calls", "00100", "10000"), ("starve", "01", "30")]
)
def test_memory_in_use_does_not_grow(job: str, few: str, many: str) -> None:
    assert in_use_at_exit(job, many) == in_use_at_exit(job, few)
