"""Ratings from counts: the published inspections, and what may be given and may not."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

import pyjustice as pj

# Key questions of the published reports, as answered (docs: counts that give the printed
# percentages and no others), and the ratings that rest on evidence.
LAMBETH_2025 = (
    "iyjwcv-2025",
    {"2.1": [(19, 19), (13, 19)], "2.2": [(19, 19), (16, 19)], "2.3": [(19, 19), (16, 19)]},
    {"V1": "Requires improvement"},
    {"2.1": "Good", "2.2": "Outstanding", "2.3": "Outstanding"},
    (9, 12, "Good"),
)
WALTHAM_FOREST_2024 = (
    "yjs-2021",
    {
        "2.1": [(17, 21), (15, 21), (15, 21)],
        "2.2": [(16, 21), (15, 21), (14, 21)],
        "2.3": [(15, 21), (12, 21), (11, 21)],
        "2.4": [(13, 21), (12, 21), (12, 21)],
        "3.1": [(11, 20), (5, 20), (5, 20)],
        "3.2": [(13, 20), (8, 20), (10, 20)],
        "3.3": [(10, 20), (9, 20), (12, 20)],
    },
    dict.fromkeys(("1.1", "1.2", "1.3", "1.4", "3.4"), "Requires improvement"),
    {
        "2.1": "Good",
        "2.2": "Good",
        "2.3": "Requires improvement",
        "2.4": "Requires improvement",
        "3.1": "Inadequate",
        "3.2": "Inadequate",
        "3.3": "Inadequate",
    },
    (11, 36, "Requires improvement"),
)
WESTMINSTER_2024 = (
    "yjs-2021",
    {
        "2.1": [(7, 7), (6, 7), (7, 7)],
        "2.2": [(7, 7), (5, 7), (5, 7)],
        "2.3": [(7, 7), (6, 7), (6, 7)],
        "2.4": [(7, 7), (7, 7), (7, 7)],
        "3.1": [(6, 6), (4, 6), (4, 6)],
        "3.2": [(6, 6), (5, 6), (3, 6)],
        "3.3": [(6, 6), (6, 6), (5, 6)],
    },
    {"1.1": 2, "1.2": 3, "1.3": 2, "1.4": 3, "3.4": "good", "4.1": "Not rated"},
    {
        "2.1": "Outstanding",
        "2.2": "Good",
        "2.3": "Outstanding",
        "2.4": "Outstanding",
        "3.1": "Good",
        "3.2": "Requires improvement",
        "3.3": "Outstanding",
    },
    (29, 36, "Good"),
)
PUBLISHED = [LAMBETH_2025, WALTHAM_FOREST_2024, WESTMINSTER_2024]
NAMES = ["lambeth-2025", "waltham-forest-2024", "westminster-2024"]


def flat(counts: Mapping[str, list[tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    return {
        f"{code}/{i}": pair for code, pairs in counts.items() for i, pair in enumerate(pairs, 1)
    }


def as_file(counts: Mapping[str, list[tuple[int, int]]]) -> str:
    """Rows of cases with exactly these answers: those of a domain share their rows."""
    domains: dict[str, dict[str, tuple[int, int]]] = {}
    for key, pair in flat(counts).items():
        domains.setdefault(key[0], {})[key] = pair
    keys = list(flat(counts))
    lines = [",".join(["case", "service", *(key.replace("/", ".") for key in keys)])]
    for domain, own in domains.items():
        for i in range(max(cases for _, cases in own.values())):
            cells = ["" if key not in own else "Yes" if i < own[key][0] else "No" for key in keys]
            lines.append(",".join([f"{domain}-{i}", "Anytown", *cells]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("published", PUBLISHED, ids=NAMES)
@pytest.mark.parametrize("form", ["counts", "file", "cases"])
def test_published_counts_give_the_published_ratings(published: tuple, form: str) -> None:
    framework, counts, qualitative, expected, overall = published
    sources = {
        "counts": lambda: flat(counts),
        "file": lambda: as_file(counts),
        "cases": lambda: pj.read_cases(as_file(counts), framework=framework),
    }
    rated = pj.rate_cases(sources[form](), framework, qualitative=qualitative)
    words = {str(row["standard"]): str(row["word"]) for row in rated.standards}
    assert {code: words[code] for code in expected} == expected
    (row,) = rated.overall
    assert (row["score"], row["max_score"], row["overall_word"]) == overall
    assert row["missing"] == ""


@pytest.mark.parametrize(
    ("yes", "cases", "percent", "word"),
    [
        (11, 17, 65, "Good"),  # 64.7 %
        (35, 44, 80, "Outstanding"),  # 79.5 %
        (3, 6, 50, "Requires improvement"),
        (20, 31, 65, "Good"),
        (0, 1, 0, "Inadequate"),
        (1, 1, 100, "Outstanding"),
        (49, 100, 49, "Inadequate"),
        (64, 100, 64, "Requires improvement"),
    ],
)
def test_bands_are_cut_on_the_printed_percentage(
    yes: int, cases: int, percent: int, word: str
) -> None:
    rated = pj.rate_cases({"2.1/1": (yes, cases), "2.1/2": (cases, cases)}, "iyjwcv-2025")
    row = rated.standards[rated.standards["standard"] == "2.1"][0]
    assert (row["percent"], row["word"], row["number"]) == (percent, word, 1)
    assert (row["flag"] == "rounding decides") == ((yes, cases) in [(11, 17), (35, 44), (20, 31)])


def test_the_lowest_question_drives_and_the_first_of_equal_ones_is_named() -> None:
    rated = pj.rate_cases({"2.1/1": (4, 8), "2.1/2": (8, 16)}, "iyjwcv-2025")
    assert rated.standards["number"][rated.standards["standard"] == "2.1"].tolist() == [1]
    assert rated.questions["lowest"].tolist() == [True, False]


def test_not_applicable_leaves_the_denominator_and_missing_answers_are_flagged() -> None:
    text = "case,2.1.1,2.1.2\n1,yes,n/a\n2,no,yes\n3,yes,don't know\n4,yes,\n"
    rated = pj.rate_cases(text, "iyjwcv-2025")
    first, second = rated.questions[:2]
    assert (first["yes"], first["cases"], first["percent"], first["flag"]) == (3, 4, 75, "")
    assert (second["yes"], second["cases"]) == (1, 1)
    assert (second["not_applicable"], second["dont_know"], second["blank"]) == (1, 1, 1)
    assert second["flag"] == "answers missing"
    assert rated.rows == 4


def test_unrated_standards_shrink_the_maximum() -> None:
    _, counts, _, _, _ = WALTHAM_FOREST_2024
    court = {code: pairs for code, pairs in counts.items() if code.startswith("2")}
    given = dict.fromkeys(("1.1", "1.2", "1.3", "1.4"), "Good") | dict.fromkeys(
        ("3.1", "3.2", "3.3", "3.4"), "Not rated"
    )
    (row,) = pj.rate_cases(flat(court), "yjs-2021", qualitative=given).overall
    assert (row["score"], row["max_score"], row["overall_word"]) == (14, 24, "Good")


def test_what_is_missing_is_named_and_no_overall_is_made_up() -> None:
    rated = pj.rate_cases(flat(LAMBETH_2025[1]), "iyjwcv-2025")
    (row,) = rated.overall
    assert (row["overall"], row["missing"], row["flag"]) == (-2, "V1", "missing ratings")
    assert (row["score"], row["max_score"]) == (8, 9)
    v1 = rated.standards[rated.standards["standard"] == "V1"][0]
    assert (v1["rating"], v1["flag"], v1["rated_by"]) == (-2, "not given", "")


def test_a_question_without_answers_leaves_its_standard_unrated() -> None:
    rated = pj.rate_cases({"2.1/1": (5, 5), "2.1/2": (0, 0), "2.2/1": (0, 0)}, "iyjwcv-2025")
    flags = {str(row["standard"]): (row["rating"], str(row["flag"])) for row in rated.standards}
    assert flags["2.1"] == (-2, "question without answers")
    assert flags["2.2"] == (-1, "no cases")


def test_decision_rules_speak_up() -> None:
    framework, counts, given, _, _ = WESTMINSTER_2024
    rated = pj.rate_cases(flat(counts), framework, qualitative={**given, "1.1": "Outstanding"})
    assert rated.standards["flag"][rated.standards["standard"] == "1.1"].tolist() == [
        "hard rule broken"
    ]
    framework, counts, given, _, _ = WALTHAM_FOREST_2024
    rated = pj.rate_cases(flat(counts), framework, qualitative=given)
    flags = dict(zip(rated.standards["standard"], rated.standards["flag"], strict=True))
    assert flags["1.1"] == flags["1.3"] == "usual rule not followed"


def test_groups_are_rated_apart_and_given_ratings_reach_their_group() -> None:
    text = "case,yjs,2.1.1,2.1.2,2.2.1,2.2.2,2.3.1,2.3.2\n" + "".join(
        f"{i},{'Ash' if i % 2 else 'Beech'},{','.join(['yes' if i % 2 else 'no'] * 6)}\n"
        for i in range(8)
    )
    rated = pj.rate_cases(
        text, "iyjwcv-2025", qualitative={"Ash": {"V1": "Good"}, "Beech": {"V1": 0}}
    )
    assert rated.overall["service"].tolist() == ["Ash", "Beech"]
    assert rated.overall["score"].tolist() == [11, 0]
    assert rated.overall["rows"].tolist() == [4, 4]
    assert rated.overall["overall_word"].tolist() == ["Outstanding", "Inadequate"]


def test_by_several_columns_and_parts_of_dates() -> None:
    text = (
        "case,service,start date,sex,2.1.1\n1,Ash,31/03/2024,F,yes\n2,Ash,01/04/2024,F,no\n"
        "3,Ash,2024-04-02,M,yes\n4,Ash,,M,yes\n"
    )
    by = ["service", "started.financial_year", "sex"]
    for source in (text, pj.read_cases(text, framework="iyjwcv-2025")):
        rated = pj.rate_cases(source, "iyjwcv-2025", by=by)
        assert rated.questions.dtype.names[:3] == tuple(by)
        own = rated.overall[[*by, "rows"]].tolist()
        assert own == [
            ("Ash", "", "M", 1),
            ("Ash", "2023/24", "F", 1),
            ("Ash", "2024/25", "F", 1),
            ("Ash", "2024/25", "M", 1),
        ]
    quarters = pj.rate_cases(text, "iyjwcv-2025", by="started.quarter").overall
    assert quarters["started.quarter"].tolist() == ["", "2024 Q1", "2024 Q2"]


def test_a_full_joint_inspection_is_rated_by_its_pooled_scores() -> None:
    counts = {f"F{i}/1": (score, 100) for i, score in enumerate((58, 56, 62, 82), 1)}
    rated = pj.rate_cases(counts, "fji-2012", qualitative={"F5": "Unsatisfactory"})
    words = rated.standards["word"].tolist()
    assert words == ["Unsatisfactory"] * 3 + ["Good", "Unsatisfactory"]
    (row,) = rated.overall
    assert (row["overall_word"], row["flag"], row["score"]) == ("Not rated", "no overall given", -1)


@pytest.mark.parametrize(
    ("source", "options", "says"),
    [
        ({"2.1/1": (5, 4)}, {}, "5 of 4 is no count"),
        ({"2.9/1": (1, 4)}, {}, "judges no cases on such a key question"),
        ({"1.1/1": (1, 4)}, {}, "judges no cases"),
        ({"x": (1, 4)}, {}, r"expected \{'2.1/1': \(13, 19\)\}"),
        ({"2.1/1": 4}, {}, "expected"),
        ({"2.1/1": (1, 4)}, {"qualitative": {"9.9": "Good"}}, "no standard '9.9'"),
        ({"2.1/1": (1, 4)}, {"qualitative": {"1.1": "Great"}}, "expected one of Inadequate"),
        ({"2.1/1": (1, 4)}, {"qualitative": {"1.1": 13}}, "expected one of"),
        ({"2.1/1": (1, 4), "2.1/2": (1, 4)}, {"qualitative": {"2.1": "Good"}}, "leave it out"),
        ({"2.1/1": (1, 4)}, {"qualitative": {"Ash": {"V1": 1}, "1.1": 2}}, "for each group"),
        ({"2.1/1": (1, 4)}, {"qualitative": {"Ash": {"V1": 1}}}, "no group 'Ash'"),
        ({"2.1/1": (1, 4)}, {"qualitative": ["V1"]}, "expected a mapping"),
        (np.zeros(3), {}, "expected a structured array"),
        (np.zeros(1, [("a", "i8")]), {}, "expected the fields"),
    ],
)
def test_what_cannot_be_meant_is_refused(source: object, options: dict, says: str) -> None:
    with pytest.raises(pj.DataError, match=says):
        pj.rate_cases(source, "iyjs-2025", **options)


@pytest.mark.parametrize("cases", [7.5, np.nan, np.inf])
def test_parts_of_cases_are_refused(cases: float) -> None:
    fields = [("standard", "U8"), ("number", "i2"), ("yes", "f8"), ("cases", "f8")]
    rows = np.array([("2.1", 1, 3, 7)], fields)  # as a data frame with a gap elsewhere has them
    assert pj.rate_cases(rows, "iyjs-2025").questions[["yes", "cases"]].tolist() == [(3, 7)]
    rows["cases"] = cases
    with pytest.raises(pj.DataError, match="whole numbers in the field cases"):
        pj.rate_cases(rows, "iyjs-2025")


def test_a_group_may_be_named_by_numbers() -> None:
    text = "case,service,started,2.1.1\n1,Ash,01/02/2024,yes\n"
    by = ["service", "started.year"]
    given = {("Ash", 2024): {"V1": "Good"}}
    rated = pj.rate_cases(text, "iyjs-2025", by=by, qualitative=given)
    assert rated.standards["word"][rated.standards["standard"] == "V1"].tolist() == ["Good"]


def test_counts_given_twice_and_a_framework_not_named() -> None:
    rows = np.zeros(2, pj.COUNT_DTYPE)
    rows["standard"], rows["number"], rows["cases"] = "2.1", 1, 5
    with pytest.raises(pj.DataError, match="given twice"):
        pj.rate_cases(rows, "iyjs-2025")
    with pytest.raises(pj.DataError, match="expected which one"):
        pj.rate_cases({"2.1/1": (1, 4)})
    cases = pj.read_cases("case,2.1.1\n1,yes\n", framework="iyjs-2025")
    with pytest.raises(pj.DataError, match="were read by iyjs-2025"):
        pj.rate_cases(cases, "iyjwcv-2025")


def test_repr_is_short() -> None:
    rated = pj.rate_cases(flat(LAMBETH_2025[1]), "iyjwcv-2025", qualitative={"V1": 1})
    assert repr(rated) == "<Ratings: iyjwcv-2025; one group, 9/12, Good>"
    text = "case,service,2.1.1\n1,Ash,yes\n2,Beech,maybe\n3,Beech,no\n"
    many = pj.rate_cases(text, "iyjwcv-2025", errors="collect")
    assert repr(many) == "<Ratings: iyjwcv-2025; 2 groups by service, 1 of 3 rows refused>"
    assert many.refused[["line", "column", "reason"]].tolist() == [(3, 3, "not an answer")]


def test_a_frame_is_refused_with_what_to_give() -> None:
    frame = pd.DataFrame({"Case": [1], "2.1.1": ["Yes"]})
    with pytest.raises(TypeError, match="to_csv"):
        pj.rate_cases(frame, "iyjs-2025")
    with pytest.raises(TypeError, match="to_csv"):
        pj.read_cases(frame, framework="iyjs-2025")
    rated = pj.rate_cases(frame.to_csv(index=False), "iyjs-2025")
    assert rated.questions["yes"][0] == 1


def test_a_question_without_a_column_lowers_no_maximum() -> None:
    """What a file does not ask was not found; what was asked, of no case, is not rated."""

    def of_planning(text: str) -> tuple:
        rated = pj.rate_cases(text, "iyjwcv-2025")
        [row] = rated.standards[rated.standards["standard"] == "2.2"]
        return row["rating"], row["flag"], rated.overall["missing"][0]

    without = of_planning("case,2.1.1,2.1.2\n1,yes,yes\n2,yes,no\n")
    assert without == (pj.Rating.NOT_FOUND, "not given", "2.2, 2.3, V1")
    asked = of_planning("case,2.1.1,2.1.2,2.2.1,2.2.2\n1,yes,no,n/a,n/a\n")
    assert asked == (pj.Rating.NOT_RATED, "no cases", "2.3, V1")
