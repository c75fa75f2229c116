"""Case files that answer no key question: what an extract of ethnicity, age and outcome can do."""

import numpy as np
import pytest

import pyjustice as pj

IYJ = "iyjs-2025"
HEADER = "Child ID,Ethnicity,Sex,Age,Decision,Start date\n"


def extract(n: int = 120) -> str:
    ethnic = ("White British", "Caribbean", "Not known", "Bangladeshi")
    rows = (
        f"{i},{ethnic[i % 4]},{'MF'[i % 3 == 0]},{10 + i % 8},{'Charged' if i % 5 else 'Diverted'},"
        f"0{1 + i % 9}/03/2024"
        for i in range(n)
    )
    return HEADER + "\n".join(rows) + "\n"


@pytest.mark.parametrize("framework", [None, IYJ])
def test_an_extract_without_questions_is_read(framework: str | None) -> None:
    cases = pj.read_cases(extract(), framework=framework)
    assert len(cases) == cases.rows == 120
    assert cases.questions == ()
    assert cases.names() == tuple(HEADER.strip().split(","))
    assert cases["Age"].dtype == np.int64
    assert cases["started"].dtype == "M8[D]"
    assert cases.labels("ethnicity").tolist()[:2] == ["White British", "Caribbean"]
    shown = "no framework; 120 cases, 6 columns" if framework is None else (
        "iyjs-2025; 120 cases, 0 key questions, 6 other columns"
    )  # fmt: skip
    assert repr(cases) == f"<Cases: {shown}>"
    assert "120" in cases._repr_html_()


@pytest.mark.parametrize(
    "above", ["", "Extract of March\n\n", "Extract; of March\n", "Cases\n", ",,,,,\nExtract,,,,,\n"]
)
def test_its_header_is_found_below_a_title(above: str) -> None:
    cases = pj.read_cases(above + extract())
    assert cases.names() == tuple(HEADER.strip().split(","))
    assert len(cases) == 120


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_its_delimiter_is_found(delimiter: str) -> None:
    cases = pj.read_cases(extract().replace(",", delimiter))
    assert cases.names() == tuple(HEADER.strip().split(","))


def test_it_is_checked_for_all_but_questions() -> None:
    text = extract(8) + "7,Indian,F,12,Charged,05/05/2030\n"
    found = pj.check_cases(pj.read_cases(text), window=("2024-01-01", "2024-12-31"))
    assert found[["column", "reason", "count"]].tolist() == [
        ("Child ID", "duplicate case", 1),
        ("Start date", "outside the window", 1),
        ("Ethnicity", "unknown ethnicity", 2),
    ]
    by_framework = pj.check_cases(pj.read_cases(text, framework=IYJ))
    without = by_framework[by_framework["reason"] == "question without a column"]
    assert len(without) > 5
    assert pj.check_cases(pj.read_cases("Sex,2.1.1\nM,yes\n")).tolist() == []


def test_groups_are_compared_and_samples_drawn() -> None:
    cases = pj.read_cases(extract())
    found = pj.disparity_of(
        cases, by="ethnicity", outcome={"Decision": "Charged"}, reference="White",
        classification="ethnicity 5+1", adjust="sex", resamples=0,
    )  # fmt: skip
    assert found["group"].tolist() == ["Asian", "Black", "Unknown", "White"]
    charged = (cases.labels("Decision") == "Charged") & (cases.labels("ethnicity") == "Caribbean")
    assert found["events"][1] == charged.sum()
    assert found["base"][1] == 30
    drawn = pj.draw_sample(cases, 12, strata="sex", seed=1)
    assert (drawn.labels("sex") == "F").sum() == 4
    with pytest.raises(pj.DataError, match=r"no key question of the file; there are none;.*column"):
        pj.disparity_of(cases, by="sex", outcome="2.1/1", reference="M")


@pytest.mark.parametrize(
    "rate",
    [lambda cases: pj.rate_cases(cases), lambda cases: pj.rate_cases(cases, IYJ),
     lambda cases: pj.margins(cases), lambda cases: pj.confidence(cases, eligible=None)],
)  # fmt: skip
def test_only_ratings_refuse_it(rate: object) -> None:
    assert callable(rate)
    with pytest.raises(pj.DataError, match=r"read without a framework.*read them with framework="):
        rate(pj.read_cases(extract()))
    with pytest.raises(pj.DataError, match="none of its 6 columns is a key question"):
        rate(pj.read_cases(extract(), framework=IYJ))


def test_a_path_without_questions_is_not_rated(tmp_path: object) -> None:
    with pytest.raises(pj.DataError, match="none of its 6 columns is a key question"):
        pj.rate_cases(extract(), IYJ)


def test_rows_of_answers_are_no_cases() -> None:
    text = "case,question,answer\n1,2.1.1,yes\n1,2.1.2,no\n"
    with pytest.raises(pj.DataError, match="'question' and 'answer': a row an answer is read by a"):
        pj.read_cases(text)
    assert len(pj.read_cases(text, framework=IYJ)) == 1
    assert len(pj.read_cases(text, columns={"answer": ""})) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [("Dear Sam,\nhere they are\n", "line 2: fewer cells"), ("Wexford\nA\nB\n", "one column"),
     ("17,M,03/04/2024\n16,F,04/04/2024\n", "numbers or dates")],
)  # fmt: skip
def test_what_has_no_header_is_refused_and_not_shown(text: str, says: str) -> None:
    with pytest.raises((pj.DataError, pj.ParseError), match=says) as caught:
        pj.read_cases(text)
    assert not any(word in str(caught.value) for word in ("Wexford", "Sam", "03/04"))


def test_a_column_of_a_name_that_is_given_is_known() -> None:
    assert len(pj.read_cases("Ethnicity\nWhite\nBlack\n")) == 2
    assert pj.read_cases("17\n5\n6\n", columns={"17": "integer"})["17"].tolist() == [5, 6]


def test_questions_are_columns_like_others_without_a_framework() -> None:
    text = pj.sample_cases(cases=30, seed=2)
    with_it, without = pj.read_cases(text, framework=IYJ), pj.read_cases(text)
    assert len(with_it) == len(without)
    assert len(with_it.names()) == len(without.names())
    assert without.questions == ()
