"""Memory: no byte more after many calls than after few, and no crash when there is none left."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.tools.native import run
from tests.tools.repeat import in_use_at_exit


@pytest.mark.parametrize(("job", "few", "many"), [("calls", "0010", "1000"), ("starve", "1", "3")])
def test_memory_in_use_does_not_grow(job: str, few: str, many: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        after_few, after_many = pool.map(lambda times: in_use_at_exit(job, times), (few, many))
    assert after_many == after_few


def test_failing_allocations_end_in_memory_error() -> None:
    run(sys.executable, "-m", "tests.tools.repeat", "starve", "1")
