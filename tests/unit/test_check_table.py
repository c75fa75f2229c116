"""A table of overall results against the scores beside them."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pyjustice.ground.dtypes import CHECK_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.questions.table import check_table

SCRAPE = Path(__file__).resolve().parents[3] / "shared" / "data" / "d2i_hmip_ratings_scrape.csv"
OUTCOMES = SCRAPE.with_name("inspection_outcomes.csv")

# What the scrape holds that matters: every kind of row, as another tool wrote it.
ROWS = """\
la_name,la_ref,score_%,overall_rating,publication_date
Newcastle,newcastleyjs,44.44,Requires Improvement,18/02/25
Slough,sloughyjs,8.33,Inadequate,14/01/25
Bromley,bromleyyjs,91.67,Outstanding,07/01/25
Ceredigion,ceredigionyjs,4.17,Inadequate,12/11/24
Wokingham,wyjs,75.0,Good,17/09/24
Stockport,stockport-yjs,50.0,Requires Improvement,01/11/22
West Sussex,west-sussex-yjs,72.22,Requires Improvement,22/06/22
Portsmouth,portsmouth-yot,61.11,1 The resettlement standard does not count.,21/06/22
Bridgend,bridgend-jys,4.56,Requires Improvement,14/06/22
"""
SCALE = ("Inadequate", "Requires improvement", "Good", "Outstanding")
SHARES = """\
service,year,overall_rating,score
Bexley,2024,Good,27/36
Ceredigion,2024,Inadequate,1/24
Lambeth,2026,Good,9/12
Lambeth,2019,Requires improvement,
"""
EXPECTED = {
    "Ceredigion": (0.0, 0.0, 1, "only fits a smaller maximum"),
    "West Sussex": (1.0, 2.0, 0, "differs"),
    "Portsmouth": (np.nan, np.nan, 0, "not a rating"),
    "Bridgend": (1.0, np.nan, 0, "score not possible"),
}


def assert_as_expected(checks: Any) -> None:
    assert checks.dtype == CHECK_DTYPE
    for row in checks:
        if str(row["service"]) in EXPECTED:
            published, computed, result, reason = EXPECTED[str(row["service"])]
            assert (row["result"], row["reason"]) == (result, reason)
            np.testing.assert_equal((row["published"], row["computed"]), (published, computed))
        else:
            assert (row["result"], row["reason"]) == (1, "follows")
            assert row["published"] == row["computed"]


# The whole file where it is at hand; the rows above, which hold each of its cases, everywhere.
@pytest.mark.parametrize("source", [ROWS, *(path for path in (SCRAPE,) if path.exists())])
def test_scrape_of_another_tool(source: Any) -> None:
    checks = check_table(source)
    assert_as_expected(checks)
    assert set(EXPECTED) <= set(checks["service"].tolist())
    assert len(checks) == (9 if source is ROWS else 83)


@pytest.mark.parametrize("source", [SHARES, *(path for path in (OUTCOMES,) if path.exists())])
def test_gathered_outcomes_with_scores_as_shares(source: Any) -> None:
    checks = check_table(source)
    assert not (checks["result"] == 0).any()
    assert list(checks["service"][checks["reason"] == "only fits a smaller maximum"]) == [
        "Ceredigion"
    ]


def test_rows_carry_their_line_and_bytes() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = '\ufeffOverall results\n\nname;rating;score\nYnys Môn;Good;"21/36"\n\n'
        text += '"St.\nHelens";Good;29/36\n'
        data = text.replace("\n", end).encode()
        checks = check_table(data)
        assert checks["line"].tolist() == [4, 6]
        assert checks["report"].tolist() == [0, 1]
        whole = data.decode("utf-8-sig").encode()
        cut = [whole[row["start"] : row["end"]].decode() for row in checks]
        assert cut == ['Ynys Môn;Good;"21/36"', f'"St.{end}Helens";Good;29/36']


def one(rating: str, score: str, header: str = "score", **keywords: Any) -> tuple[int, str]:
    (row,) = check_table(f"service\trating\t{header}\nX\t{rating}\t{score}\n", **keywords)
    return int(row["result"]), str(row["reason"])


@pytest.mark.parametrize(
    ("rating", "score", "expected"),
    [
        ("Good", "26/36", (1, "follows")),
        ("requires  improvement", "18 of 36", (1, "follows")),
        ("Good", "18 out of 36", (0, "differs")),
        ("Good", "9/12", (1, "follows")),
        ("Good", "17/21", (1, "follows")),
        ("Inadequate", "1/24", (1, "only fits a smaller maximum")),
        ("Good", "20/33", (0, "score not possible")),
        ("Good", "37/36", (0, "score not possible")),
        ("Good", "26", (1, "follows")),  # above every other maximum
        ("Inadequate", "26", (0, "differs")),
        ("Requires improvement", "11", (-1, "maximum not known")),  # Good out of 21
        ("Inadequate", "11", (0, "differs")),
        ("Good", "72.22 %", (1, "follows")),
        ("Good", "72%", (1, "follows")),
        ("Good", "-5", (0, "score not possible")),
        ("Good", "many", (0, "score not possible")),
        ("Good", "", (-1, "no stated number")),
        ("Good", "n/a", (-1, "no stated number")),
        ("", "26", (-1, "missing ratings")),
        ("Not rated", "26", (-1, "not rated")),
        ("Satisfactory", "26", (0, "not a rating")),
    ],
)
def test_one_row(rating: str, score: str, expected: tuple[int, str]) -> None:
    assert one(rating, score) == expected


def test_a_framework_settles_what_the_maximum_is() -> None:
    assert one("Requires improvement", "11", framework="yjs-2021") == (1, "follows")
    assert one("Good", "11", framework="yjs-2021") == (0, "differs")
    assert one("Good", "11", framework="iyjs-2025") == (1, "follows")
    with pytest.raises(DataError, match="no overall rating"):
        one("Good", "11", framework="fji-2012")


def test_every_possible_percentage_of_every_total_is_recognised() -> None:
    for total in range(37):
        rating = SCALE[sum(total > cut for cut in (6, 18, 30))]
        share = 100 * total / 36
        for percent in (f"{share:.1f}", f"{share:.2f}", f"{share:.3f}", repr(share)):
            assert one(rating, percent, "score_%") == (1, "follows"), (total, percent)


def test_whole_numbers_are_percentages_if_the_column_holds_one_that_is_no_total() -> None:
    checks = check_table("service,rating,score\nA,Good,75\nB,Outstanding,100\nC,Inadequate,0\n")
    assert Counter(checks["result"].tolist()) == {1: 3}


def test_structured_array_and_data_frame_give_the_same_rows() -> None:
    rows = [("A", "Good", 26.0), ("B", "Good", np.nan), ("C", "Poor", 3.0)]
    array = np.array(rows, dtype=[("name", "U8"), ("overall_rating", "U32"), ("score", "f8")])
    names = list(array.dtype.names or ())

    class Frame(SimpleNamespace):
        def __getitem__(self, name: str) -> Any:
            return array[name]

    expected = [(1, "follows"), (-1, "no stated number"), (0, "not a rating")]
    for source in (array, Frame(columns=names)):
        checks = check_table(source)
        found = [(int(row["result"]), str(row["reason"])) for row in checks]
        assert found == expected
        assert set(checks["line"]) == {-1}


def test_a_table_without_the_columns_says_what_it_expected() -> None:
    with pytest.raises(DataError, match="expected columns such as 'service'") as caught:
        check_table("service,when\nLambeth,2015\n")
    assert "'when'" in str(caught.value)
    with pytest.raises(DataError, match="found 'a'"):
        check_table(np.zeros(2, dtype=[("a", "i4")]))


def test_a_header_alone_gives_no_rows() -> None:
    assert len(check_table("service,rating,score\n")) == 0


def test_short_rows_and_damage_are_kept_as_rows() -> None:
    checks = check_table('service,rating,score\nA\nB,Good\n"C,Good,26\n')
    assert checks["reason"].tolist()[:2] == ["missing ratings", "no stated number"]
    assert len(checks) == 3
