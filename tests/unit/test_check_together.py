"""What a check takes from beyond the report: counts that a caller gives, and other documents."""

from math import isnan
from typing import Any

import numpy as np
import pytest

from pyjustice.ground.dtypes import COUNT_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.questions.check import check_reports
from tests.tools.made import MadeReports, lambeth, row_of

# --- counts that the report leaves out ------------------------------------------------------------


@pytest.mark.parametrize(
    ("yes", "expected"),
    [
        (7, (1, 1, 1, "follows")),
        (8, (1, 2, 2, "within discretion")),
        (10, (1, 3, 0, "differs")),
        (5, (1, 0, 2, "within discretion")),
    ],
)
def test_counts_of_victims_work(yes: int, expected: tuple[Any, ...]) -> None:
    assert row_of(lambeth(), "V1", counts={"V1.1": (yes, 12)}) == expected
    question = row_of(lambeth(), "V1/1", counts={"V1/1": (yes, 12)})
    assert isnan(question[0])
    assert question[2:] == (-1, "no percentages")


def test_counts_as_an_array_find_their_report_by_service() -> None:
    made = lambeth()
    made.add("iyjwcv-2025", "St. Helens", {"V1": 2})
    counts = np.array([("St Helens", "V1", 1, 8, 12)], dtype=COUNT_DTYPE)
    checks = check_reports(made, counts)
    rows = checks[checks["item"] == "V1"]
    assert rows["reason"].tolist() == ["no percentages", "follows"]


def test_counts_beside_a_printed_percentage_are_compared() -> None:
    counts = {("2.1", 2): (13, 19)}
    assert row_of(lambeth(), "2.1/2", counts=counts) == (68, 68, 1, "follows")
    assert row_of(lambeth(), "2.1/2", counts={"2.1/2": (12, 19)}) == (68, 63, 0, "differs")


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"V1.1": (13, 12)}, "no count of cases"),
        ({"V1.1": (0, 0)}, "no count of cases"),
        ({"V1.7": (1, 2)}, "no document has this"),
        ({"9.9/1": (1, 2)}, "no document has this"),
        ({"V1.1": 7}, "expected"),
        ({"V1": (7, 12)}, "expected|no document"),
        (np.zeros(1), "COUNT_DTYPE"),
        (np.array([("Leeds", "V1", 1, 8, 12)], dtype=COUNT_DTYPE), "no document has this"),
    ],
)
def test_counts_that_belong_nowhere_are_refused(counts: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        check_reports(lambeth(), counts)


def test_counts_that_could_belong_to_two_reports_are_refused() -> None:
    made = lambeth()
    made.add("iyjwcv-2025", "Lambeth", {"V1": 2})
    with pytest.raises(DataError, match="more than one document"):
        check_reports(made, np.array([("Lambeth", "V1", 1, 8, 12)], dtype=COUNT_DTYPE))
    with pytest.raises(DataError, match="for a single report"):
        check_reports(made, {"V1.1": (7, 12)})


# --- mentions -------------------------------------------------------------------------------------


def mentions(made: MadeReports) -> list[tuple[int, str]]:
    checks = check_reports(made)
    rows = checks[checks["item"] == "mention"]
    return [(int(row["result"]), str(row["reason"])) for row in rows]


def test_prose_beside_the_report_s_own_table() -> None:
    made = lambeth()
    for rating, standard in ((2, ""), (3, ""), (3, "2.2"), (1, "2.2"), (2, "*"), (2, "4.1")):
        made.mention(0, rating, "current", standard=standard)
    made.mention(0, 0, "not given")
    assert mentions(made) == [
        (1, "follows"),
        (0, "differs"),
        (1, "follows"),
        (0, "differs"),
        (-1, "part not named"),
        (-1, "missing ratings"),
    ]


@pytest.mark.parametrize(
    ("year", "rating", "expected"),
    [
        (2019, 1, (1, "confirmed by other document")),
        (2018, 1, (1, "confirmed by other document")),  # the year of its fieldwork
        (2019, 2, (0, "other document differs")),
        (2017, 1, (-1, "no other document")),
        (-1, 1, (-1, "no other document")),
    ],
)
def test_an_earlier_rating_beside_its_report(
    year: int, rating: int, expected: tuple[int, str]
) -> None:
    made = lambeth()
    made.add("yos-2018", "Lambeth", overall=1, fieldwork="2018-12-03", published="2019-04-01")
    made.add("yos-2018", "Leeds", overall=2, fieldwork="2018-12-03", published="2019-04-01")
    made.mention(0, rating, "previous", year=year)
    assert mentions(made) == [expected]


def test_another_service_s_rating_beside_its_report() -> None:
    made = lambeth()
    made.add("yos-2018", "Leeds", overall=2, published="2019-04-01")
    made.mention(0, 2, "other", service="Leeds", year=2019)
    assert mentions(made) == [(1, "confirmed by other document")]


def test_the_same_word_on_the_older_scale_is_that_scale_s() -> None:
    made = lambeth()
    made.add("fji-2012", "Lambeth", {"F4": 13}, published="2015-01-15", overall=-1)
    made.mention(0, 2, "previous", standard="F4", word="good", year=2015)
    made.mention(0, 2, "previous", standard="", word="good", year=2015)
    made.mention(0, 1, "previous", standard="F4", word="requires improvement", year=2015)
    assert mentions(made) == [
        (1, "confirmed by other document"),
        (0, "no overall given then"),
        (0, "not on that scale"),
    ]


def test_a_standard_of_another_framework_is_not_compared_by_its_number() -> None:
    made = lambeth()
    made.add("yos-2018", "Lambeth", {"3.4": 2}, published="2019-04-01")
    made.mention(0, 1, "previous", standard="3.4", framework="yjs-2021", year=2019)
    assert mentions(made) == [(-1, "no other document")]


@pytest.mark.parametrize(
    ("published", "earlier", "expected"),
    [
        ("2026-01-13", [], (1, "confirmed by other document")),
        ("2025-11-02", [], (1, "confirmed by other document")),
        ("2022-01-13", [], (-1, "no other document")),
        ("NaT", [2019], (1, "confirmed by other document")),
        ("NaT", [], (-1, "no other document")),
        ("NaT", [2025], (-1, "no other document")),
    ],
)
def test_news_finds_the_report_it_tells_of(
    published: str, earlier: list[int], expected: tuple[int, str]
) -> None:
    made = lambeth()
    news = made.add(kind="news", overall=2, published=published)
    made.mention(news, 2, "current")
    for year in earlier:
        made.mention(news, 1, "previous", year=year)
    assert mentions(made)[0] == expected


def test_a_report_does_not_confirm_itself() -> None:
    made = lambeth()
    made.mention(0, 2, "previous", year=2025)
    assert mentions(made) == [(-1, "no other document")]
