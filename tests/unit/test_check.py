"""What follows from the published figures of the five real documents, and the list of reasons."""

from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pyjustice.ground.dtypes import CHECK_DTYPE
from pyjustice.ground.frameworks import framework
from pyjustice.measures.findings import Reason
from pyjustice.questions.check import check_reports
from pyjustice.questions.explain import explain
from pyjustice.readers.reports import Reports, read_reports
from tests.tools.made import MadeReports

ROOT = Path(__file__).resolve().parents[2]
# The figures in the package, and the documents themselves where they are at hand.
FOLDERS = {
    "demo": ROOT / "pyjustice" / "data" / "demo",
    "whole": ROOT.parent / "shared" / "reports",
}
FOLDERS = {name: folder for name, folder in FOLDERS.items() if folder.is_dir()}

N = nan
FOLLOWS, NONE = "follows", "no percentages"
# item: published, computed, result, reason, close to a boundary, fewest answers that change it.
# Closeness: the list in the reference of rules; answers: counted by hand from the counts there.
EXPECTED: dict[str, dict[str, tuple[Any, ...]]] = {
    "lambeth-2025": {
        "2.1": (2, 2, 1, FOLLOWS, True, 1),
        "2.2": (3, 3, 1, FOLLOWS, True, 1),
        "2.3": (3, 3, 1, FOLLOWS, True, 1),
        "V1": (1, N, -1, NONE, False, -1),
        "total": (9, 9, 1, FOLLOWS, False, -1),
        "overall": (2, 2, 1, FOLLOWS, False, -1),
        "recommendations": (4, 4, 1, FOLLOWS, False, -1),
    },
    "waltham-forest-2024": {
        "1.1": (1, 0, 2, "usual rule not followed", False, -1),
        "1.2": (1, N, -1, NONE, False, -1),
        "1.3": (1, 0, 2, "usual rule not followed", False, -1),
        "1.4": (1, N, -1, NONE, False, -1),
        "2.1": (2, 2, 1, FOLLOWS, False, 2),
        "2.2": (2, 2, 1, FOLLOWS, True, 1),
        "2.3": (1, 1, 1, FOLLOWS, True, 1),
        "2.4": (1, 1, 1, FOLLOWS, False, 2),
        "3.1": (0, 0, 1, FOLLOWS, False, 10),
        "3.2": (0, 0, 1, FOLLOWS, False, 2),
        "3.3": (0, 0, 1, FOLLOWS, True, 1),
        "3.4": (1, N, -1, NONE, False, -1),
        "4.1": (1, N, -1, "not counted", False, -1),
        "total": (11, 11, 1, FOLLOWS, False, -1),
        "overall": (1, 1, 1, FOLLOWS, False, -1),
        "recommendations": (9, 9, 1, FOLLOWS, False, -1),
    },
    "westminster-2024": {
        "1.1": (2, 2, 1, "held by its decision rule", False, -1),
        "1.2": (3, N, -1, NONE, False, -1),
        "1.3": (2, N, -1, NONE, False, -1),
        "1.4": (3, N, -1, NONE, False, -1),
        "2.1": (3, 3, 1, FOLLOWS, False, 1),
        "2.2": (2, 2, 1, FOLLOWS, False, 1),
        "2.3": (3, 3, 1, FOLLOWS, False, 1),
        "2.4": (3, 3, 1, FOLLOWS, False, 2),
        "3.1": (2, 2, 1, FOLLOWS, True, 1),
        "3.2": (1, 1, 1, FOLLOWS, True, 1),
        "3.3": (3, 3, 1, FOLLOWS, True, 1),
        "3.4": (2, N, -1, NONE, False, -1),
        "4.1": (-1, N, -1, "not rated", False, -1),
        "total": (29, 29, 1, FOLLOWS, False, -1),
        "overall": (2, 2, 1, FOLLOWS, False, -1),
        "recommendations": (4, 4, 1, FOLLOWS, False, -1),
    },
    "lambeth-2015-fji": {
        "F1": (11, 11, 1, FOLLOWS, False, -1),
        "F2": (11, 11, 1, FOLLOWS, False, -1),
        "F3": (11, 11, 1, FOLLOWS, True, -1),
        "F4": (13, 13, 1, FOLLOWS, True, -1),
        "F5": (11, N, -1, NONE, False, -1),
        "F6": (11, 11, 1, FOLLOWS, True, -1),
        "recommendations": (N, 8, -1, "no stated number", False, -1),
    },
    "lambeth-2026-news": {},
}
QUESTIONS = {
    "lambeth-2025": 6,
    "waltham-forest-2024": 21,
    "westminster-2024": 21,
    "lambeth-2015-fji": 5,
}


@pytest.fixture(scope="module", params=FOLDERS)
def five(request: pytest.FixtureRequest) -> Reports:
    """The five documents, as figures or whole."""
    return read_reports(FOLDERS[request.param])


def index(reports: Reports, stem: str) -> int:
    return [Path(str(source)).stem for source in reports.inspections["source"]].index(stem)


@pytest.mark.parametrize("stem", EXPECTED)
def test_five_documents_exactly(five: Reports, stem: str) -> None:
    checks = check_reports(five)
    assert checks.dtype == CHECK_DTYPE
    rows = checks[checks["report"] == index(five, stem)]
    found = {
        str(row["item"]): tuple(
            row[name].item()
            for name in (
                "published", "computed", "result", "reason", "close_to_boundary",
                "answers_to_change",
            )
        )
        for row in rows
        if "/" not in str(row["item"]) and row["item"] != "mention"
    }  # fmt: skip
    np.testing.assert_equal(found, EXPECTED[stem])
    questions = rows[np.char.find(rows["item"], "/") >= 0]
    assert len(questions) == QUESTIONS.get(stem, 0)
    if stem == "lambeth-2015-fji":
        assert set(questions["reason"]) == {"pooled score"}
    else:
        assert set(questions["reason"]) <= {"counts inferred"}
        assert (questions["published"] == questions["computed"]).all()


def test_mentions_of_the_five_documents(five: Reports) -> None:
    checks = check_reports(five)
    mentions = checks[checks["item"] == "mention"]
    news = mentions["report"] == index(five, "lambeth-2026-news")
    # The documents rate themselves in prose as they do in their tables.
    assert set(mentions["result"][~news]) == {1}
    assert set(mentions["report"][~news]) >= {
        index(five, stem) for stem in ("lambeth-2025", "waltham-forest-2024", "westminster-2024")
    }
    found = {
        (row["published"].item(), int(row["result"]), str(row["reason"])) for row in mentions[news]
    }
    assert found == {
        (2, 1, "confirmed by other document"),
        (1, -1, "no other document"),
        (0, 0, "not on that scale"),
        (0, 0, "no overall given then"),
    }


def test_rule_confidence_is_the_framework_s(five: Reports) -> None:
    checks = check_reports(five)
    named = {(str(row["report"]), str(row["item"])): str(row["rule_confidence"]) for row in checks}
    lambeth = str(index(five, "lambeth-2025"))
    assert framework("iyjwcv-2025").totals is not None
    assert named[lambeth, "overall"] == framework("iyjwcv-2025").totals.confidence[12]
    assert named[lambeth, "2.1"] == framework("iyjwcv-2025").bands.confidence
    westminster = str(index(five, "westminster-2024"))
    assert named[westminster, "1.1"] == framework("yjs-2021").rules[0].confidence


def test_rows_carry_the_place_of_what_they_check(five: Reports) -> None:
    checks = check_reports(five)
    tables = {"mention": five.mentions, "standard": five.ratings, "question": five.questions}
    for row in checks:
        item = str(row["item"])
        kind = "question" if "/" in item else item if item == "mention" else "standard"
        table = (
            five.inspections if item in ("total", "overall", "recommendations") else tables[kind]
        )
        own = table[table["report"] == row["report"]]
        places = {tuple(r[name].item() for name in ("line", "start", "end")) for r in own}
        assert tuple(row[name].item() for name in ("line", "start", "end")) in places


# --- the list of reasons --------------------------------------------------------------------------


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_two_lines_and_fits_its_field(reason: Reason) -> None:
    lines = explain(str(reason)).split("\n")
    assert len(lines) == 2
    assert all(line.endswith(".") and len(line) < 100 for line in lines)
    assert len(reason) <= 32


def test_nothing_read_gives_no_rows() -> None:
    checks = check_reports(MadeReports())
    assert checks.shape == (0,)
    assert checks.dtype == CHECK_DTYPE
