"""What a user waits for before anything happens: imports, told by the modules and the CPU time."""

import json
import sys
from pathlib import Path

import pytest

from tests.tools.native import run

REPORT = Path(__file__).parents[2] / "pyjustice" / "data" / "demo" / "waltham-forest-2024.txt"
# Seconds of this process alone, five times what is measured: a busy machine must not fail it.
ENOUGH = 2.0
SCRIPT = """
import json, sys, time
from pyjustice.looks.cli import main
main(sys.argv[1:])
print(json.dumps([sorted({name.split(".")[0] for name in sys.modules}), time.process_time()]))
"""


@pytest.mark.parametrize("form", ["table", "csv"])
def test_ratings_of_a_text_loads_what_it_needs(form: str) -> None:
    printed = run(sys.executable, "-c", SCRIPT, "ratings", str(REPORT), "--format", form)
    loaded, seconds = json.loads(printed.splitlines()[-1])
    late = {"scipy", "pandas", "pypdfium2", "selectolax", "python_calamine", "nanoarrow"}
    assert set(loaded) & late == set()
    assert ("rich" in loaded) == (form == "table")
    assert seconds < ENOUGH
