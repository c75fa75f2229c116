"""Every call of `_core`, with good and with bad input, for tests that repeat them.

`python -m tests.tools.repeat calls 1000` makes all calls that often: the memory in use at the end
must not depend on it. `python -m tests.tools.repeat starve 1` makes each call with Python's n-th
allocation failing, for each n: it must end as it always does or with MemoryError.
"""

import _testcapi
import math
import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from pyjustice import _core
from pyjustice.ground.answers import vocabulary
from pyjustice.ground.frameworks import framework
from pyjustice.readers.rulebook import default_rulebook, rulebook, tables
from tests.tools.native import ROOT, run

DEMO = ROOT / "pyjustice" / "data" / "demo"
TEXT = (DEMO / "lambeth-2025.txt").read_bytes()
NEWS = (DEMO / "lambeth-2026-news.txt").read_bytes()

# One framework with one standard, one question and few phrases, as the package lays them out.
LAID = tables([framework("yjs-2021")])
FRAMEWORKS, STANDARDS, QUESTIONS = LAID.frameworks, LAID.standards[:1], LAID.questions[:1]
PHRASES: list[tuple[Any, ...]] = [
    (_core.ROLES["title"], "Governance", 0, 0, -1, 0),
    (_core.ROLES["mark"], "Waltham", 0, -1, -1, 3),
]
NO_BOUNDS = (math.nan, math.nan, math.nan)
SIGNS = _core.Markers([(b"[c]", 0, 7, *NO_BOUNDS, False), (b"r", 1, 0, *NO_BOUNDS, False)])
FULL = default_rulebook()
NO_RULES = rulebook([])
TOO_LONG = bytes((16 << 20) + 1)

WORDS = list(vocabulary())
PLAN = _core.CasePlan([-2, 0, 1, -1], WORDS)
CASES = b'Ash,yes,no,x\r\nOak,maybe,no,\n"A ""sh""",,"n/a","two\nlines"\nAsh,yes\nA\0,yes,no,\n'
OPEN = CASES + b'Ash,"yes,no,'

CALLS: dict[str, tuple[type, Callable[[], object]]] = {
    "report": (tuple, lambda: _core.read_report(TEXT, FULL)),
    "news": (tuple, lambda: _core.read_report(NEWS, FULL, report=3, framework=1)),
    "empty": (tuple, lambda: _core.read_report(b"", FULL)),
    "no UTF-8": (tuple, lambda: _core.read_report(b"\xff\xfe\x80" * 50, FULL)),
    "no rules": (tuple, lambda: _core.read_report(TEXT, NO_RULES)),
    "no bytes": (TypeError, lambda: _core.read_report("text", FULL)),  # type: ignore[arg-type]
    "no framework": (ValueError, lambda: _core.read_report(TEXT, FULL, framework=99)),
    "too long": (_core.ParseError, lambda: _core.read_report(TOO_LONG, FULL)),
    "rulebook": (_core.Rulebook, lambda: with_rows()),
    "rulebook, no letters": (ValueError, lambda: with_rows(phrases=[(0, " - ", 0, 0, -1, 0)])),
    "rulebook, no standard": (ValueError, lambda: with_rows(questions=[(7, 1, "Which?")])),
    "rulebook, no framework": (ValueError, lambda: with_rows(frameworks=[])),
    "rulebook, long wording": (ValueError, lambda: with_rows(questions=[(0, 1, "x" * 161)])),
    "rulebook, no number": (TypeError, lambda: with_rows(questions=[("one", 1, "Which?")])),
    "counts": (tuple, lambda: _core.counts_from_percent(68, 19)),
    "no counts": (tuple, lambda: _core.counts_from_percent(68.5, 19, decimals=0)),
    "counts of text": (TypeError, lambda: _core.counts_from_percent("68", 19)),  # type: ignore[arg-type]
    "resample": (np.ndarray, lambda: resample()),
    "resample, out of bounds": (ValueError, lambda: resample(width=1)),
    "resample, of text": (TypeError, lambda: resample(n="many")),
    "figures": (np.ndarray, lambda: _core.read_figures(SIGNS, b"1,234(4)\0<5\0[c]\0?\0")),
    "no figures": (np.ndarray, lambda: _core.read_figures(SIGNS, b"")),
    "cell without end": (ValueError, lambda: _core.read_figures(SIGNS, b"1")),
    "cells of text": (TypeError, lambda: _core.read_figures(SIGNS, "1")),  # type: ignore[arg-type]
    "signs": (_core.Markers, lambda: _core.Markers([(b"r", 1, 0, *NO_BOUNDS, False)])),
    "signs, no text": (ValueError, lambda: _core.Markers([(b"", 1, 0, *NO_BOUNDS, False)])),
    "signs, no row": (TypeError, lambda: _core.Markers([(b"r", 1)])),  # type: ignore[list-item]
    "parse error": (str, lambda: str(_core.ParseError("expected text", "a.pdf", 3, 4, "year", 17))),
    "parse error, bare": (str, lambda: str(_core.ParseError("expected text"))),
    "parse error, no message": (TypeError, lambda: _core.ParseError(None)),  # type: ignore[arg-type]
    "framework error": (str, lambda: str(_core.FrameworkError("expected text", "a.toml", "bands"))),
    "case plan": (_core.CasePlan, lambda: _core.CasePlan([-2, 0], WORDS, b";")),
    "case plan, roles": (ValueError, lambda: _core.CasePlan([0, 0], WORDS)),
    "case plan, words": (TypeError, lambda: _core.CasePlan([0], [("yes", 1)])),  # type: ignore[list-item]
    "case plan, delimiter": (ValueError, lambda: _core.CasePlan([0], WORDS, b'"')),
    "columns": (dict, lambda: twice(_core.CaseColumns, _core.scan_columns)),
    "tally": (dict, lambda: twice(_core.CaseTally, _core.scan_tally)),
    "columns, open quote": (_core.ParseError, lambda: _core.scan_columns(PLAN, OPEN)),
    "tally, open quote": (_core.ParseError, lambda: _core.scan_tally(PLAN, OPEN)),
    "tally, no bytes": (TypeError, lambda: _core.scan_tally(PLAN, "text")),  # type: ignore[arg-type]
    "tally, of another": (TypeError, lambda: _core.CaseTally(PLAN).absorb(PLAN)),  # type: ignore[arg-type]
    "tally, finished": (ValueError, lambda: finished_twice()),
    "cut": (tuple, lambda: _core.cut_records(OPEN, b",")),
    "split": (tuple, lambda: _core.split_record(CASES)),
    "split, open quote": (ValueError, lambda: _core.split_record(b'"Ash,yes')),
    "data error": (str, lambda: str(_core.DataError("expected one table"))),
}


def resample(width: int = 2, n: Any = 3) -> object:
    """Draw a few children of two kinds."""
    kinds, additions = np.array([2, 3]), np.ones(2, np.int64)
    columns = np.array([0, 1], np.int32)
    return _core.resample(kinds, np.array([0, 1, 2]), columns, additions, width, (1, 2), 0, n)


def with_rows(**changed: list[Any]) -> _core.Rulebook:
    """Make a small rulebook with some of its tables replaced."""
    rows: dict[str, list[Any]] = {
        "frameworks": FRAMEWORKS,
        "standards": STANDARDS,
        "questions": QUESTIONS,
        "phrases": PHRASES,
    }
    return _core.Rulebook(**{**rows, **changed})


def twice(result: Any, scan: Any) -> object:
    """Read one block as two that follow each other."""
    total = result(PLAN)
    for _ in range(2):
        total.absorb(scan(PLAN, CASES))
    assert total.line_ends == 12
    return total.finish()


def finished_twice() -> None:
    tally = _core.CaseTally(PLAN)
    tally.finish()
    tally.finish()


# More than any of these calls makes on Python's heap.
ALLOCATIONS = 100


def outcome(call: Callable[[], object]) -> type:
    """Make a call and return the type of its result or error."""
    try:
        return type(call())
    except SystemError as error:
        # The interpreter's own words when its memory ends as it unwinds (tried with math.gcd("x"));
        # a C function that returns NULL without an exception is told in others.
        return MemoryError if str(error) == "error return without exception set" else SystemError
    except Exception as error:
        return type(error)


def make_calls() -> None:
    """Make every call once."""
    for name, (expected, call) in CALLS.items():
        assert outcome(call) is expected, name


def starve() -> None:
    """Make every call once for each of its allocations, which fails."""
    for name, (expected, call) in CALLS.items():
        for n in range(ALLOCATIONS):
            _testcapi.set_nomemory(n, n + 1)
            found = outcome(call)
            _testcapi.remove_mem_hooks()
            # numpy has a kind of MemoryError of its own.
            good = found is expected or issubclass(found, MemoryError)
            assert good, f"{name}: {found}, allocation {n} failing"


def in_use_at_exit(job: str, times: str) -> int:
    """Return the bytes that a process with one of these jobs has not given back when it ends.

    The command line is memory too: compare `times` of one length, such as '0010' and '1000'.
    """
    printed = run(
        *("valgrind", "--undef-value-errors=no", sys.executable),
        *("-m", "tests.tools.repeat", job, times),
        env={"PYTHONMALLOC": "malloc", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return int(re.findall(r"in use at exit: ([\d,]+) bytes", printed)[0].replace(",", ""))


if __name__ == "__main__":
    job, times = sys.argv[1:]
    for _ in range(int(times)):
        {"calls": make_calls, "starve": starve}[job]()
