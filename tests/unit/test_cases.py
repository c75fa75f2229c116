"""Case files as columns: what a header and a cell may be, and what is shown of them."""

import json
from pathlib import Path

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.ground.answers import spellings
from pyjustice.ground.days import read_day
from pyjustice.readers.case_values import as_days

IYJ, YJS = "iyjs-2025", "yjs-2021"
WORDING = pj.framework(IYJ).standard("2.1").questions[0].text


def read(text: str | bytes, framework: str = IYJ, **options: object) -> pj.Cases:
    return pj.read_cases(text, framework=framework, **options)  # type: ignore[arg-type]


# --- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["2.1.1", "Q2.1.1", "q 2.1.1", "KQ2.1.1", "Key question 2.1.1", "Question 2.1.1", "2.1/1",
     "2-1-1", "2_1_1", " 2.1.1 ", WORDING, WORDING.upper(), WORDING.rstrip("?"),
     f"2.1.1 {WORDING}", f"Q2.1.1: {WORDING}", f"(2.1.1) {WORDING}"],
)  # fmt: skip
def test_a_key_question_under_any_name(header: str) -> None:
    quoted = '"' + header.replace('"', '""') + '"'
    cases = read(f"case,{quoted}\n1,yes\n2,no\n")
    assert cases.questions == ("2.1/1",)
    assert cases["2.1/1"].tolist() == [pj.Answer.YES, pj.Answer.NO]
    assert cases["2.1/1"].dtype == np.int8


def test_the_code_and_the_words_of_two_questions_are_neither() -> None:
    other = pj.framework(IYJ).standard("2.2").questions[0].text
    cases = read(f'case,2.1.2,"2.1.1 {other}"\n1,yes,perhaps\n')
    assert cases.questions == ("2.1/2",)


def test_a_wording_that_two_questions_have_is_not_guessed() -> None:
    text = pj.framework(YJS).standard("2.1").questions[0].text
    source = f'case,"{text}"\n1,yes\n'
    with pytest.raises(pj.DataError, match=r"those of 2\.1/1 and 3\.1/1: say which"):
        read(source, YJS)
    assert read(source, YJS, columns={text: "3.1/1"}).questions == ("3.1/1",)


def test_a_slash_in_a_header_makes_no_question() -> None:
    cases = read("case,Age/sex,N/A reason,2.1.1\n1,15 M,,yes\n")
    assert cases.questions == ("2.1/1",)
    rated = pj.rate_cases(cases)
    assert rated.questions[["standard", "yes"]].tolist()[0] == ("2.1", 1)
    assert pj.check_cases(cases)["column"].tolist().count("Age/sex") == 0


def test_roles_and_their_ranks() -> None:
    cases = read("Ref,Child ID,YOT name,DOB,Start Date,GENDER,2.1.1\n9,7,Ash,1/2/10,,M,yes\n")
    roles = {name: role for name, role in cases.columns.items() if role}
    assert roles == {"Child ID": "case", "YOT name": "service", "DOB": "born",
                     "Start Date": "started", "GENDER": "sex", "2.1.1": "2.1/1"}  # fmt: skip
    assert cases.labels("case").tolist() == ["7"]
    assert "service" in cases
    assert "yot NAME" in cases
    assert "region" not in cases
    with pytest.raises(pj.DataError, match="no column 'region'; there are"):
        cases["region"]


def test_a_name_that_two_headers_answer_to_is_none() -> None:
    cases = read("case,Note,NOTE,2.1.1\n1,a,b,yes\n")
    assert (cases.labels("Note")[0], cases.labels("NOTE")[0]) == ("a", "b")
    assert "note" not in cases


def test_columns_can_be_named_saved_and_given_back(tmp_path: Path) -> None:
    text = "Who,Assess 1,Assess 2,Extra\n1,yes,no,3\n2,no,n/a,4\n"
    assert read(text).questions == ()
    given = {"who": "case", "ASSESS 1": "Q2.1.1", "Assess  2": "2.1/2", "Extra": "category"}
    cases = read(text, columns=given)
    assert cases.questions == ("2.1/1", "2.1/2")
    assert cases.labels("Extra").tolist() == ["3", "4"]
    saved = tmp_path / "columns.json"
    saved.write_text(json.dumps(cases.columns), "utf-8")
    for again in (cases.columns, saved, str(saved)):
        assert read(text, columns=again).to_structured().tolist() == cases.to_structured().tolist()
    titled = read("Audit of 2025\n\n" + text, columns=given)
    assert titled.lines.tolist() == [4, 5]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"Nope": "case"}, "no column 'Nope'"),
        ({"Who": "shoe"}, "'shoe' is none of"),
        ({"Who": "2.1/2", "2.1.1": "2.1/2"}, "are both 2.1/2"),
        ({"who": "case", "WHO": "age"}, "named twice"),
        ({"2.1.1": "category", "Who": "2.1/1"}, None),
        ({"Who": 3}, "both text"),
    ],
)
def test_maps_that_cannot_be_meant(columns: dict, says: str | None) -> None:
    text = "Who,2.1.1\nyes,no\n"
    if says is None:
        cases = read(text, columns=columns)
        assert (cases["2.1/1"].tolist(), cases.labels("2.1.1").tolist()) == ([1], ["no"])
        text = text.replace("2.1.1", "2.1/1")
        columns, says = {"2.1/1": "category", "Who": "2.1/1"}, "another column than '2.1/1'"
    with pytest.raises(pj.DataError, match=says):
        read(text, columns=columns)


def test_a_map_that_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text("{", "utf-8")
    with pytest.raises(pj.DataError, match="is no JSON"):
        read("case,2.1.1\n1,yes\n", columns=file)


def test_headers_that_are_alike() -> None:
    with pytest.raises(pj.DataError, match=r"'2\.1\.1' and 'Q2\.1\.1' are both 2\.1/1"):
        read("case,2.1.1,Q2.1.1\n1,yes,no\n")
    cases = read("case,note,,note,,note_2,2.1.1\n1,a,b,c,d,e,yes\n")
    assert cases.names() == ("2.1/1", "case", "note", "column 3", "note_2", "column 5", "note_2_2")
    assert [cases.labels(name)[0] for name in cases.names()[2:]] == list("abcde")


# --- answers --------------------------------------------------------------------------------------

KNOWN = sorted((text, answer) for text, answer in spellings().items())


@pytest.mark.parametrize("form", ["wide", "long"])
def test_every_spelling_of_every_answer(form: str) -> None:
    ways = []
    for text, answer in KNOWN:
        written = {text, text.upper(), text.title(), f"  {text}\t", text.replace("'", "’"),
                   text.replace(" ", "\N{NO-BREAK SPACE}"), text.replace(" ", "  ")}  # fmt: skip
        ways += [(way, answer) for way in sorted(written)]
    if form == "wide":
        lines = ["case,2.1.1", *(f'{i},"{way}"' for i, (way, _) in enumerate(ways))]
    else:
        lines = ["case,question,answer", *(f'{i},2.1.1,"{w}"' for i, (w, _) in enumerate(ways))]
    for encoding in ("utf-8", "cp1252"):
        cases = read(("\n".join(lines) + "\n").encode(encoding))
        assert cases["2.1/1"].tolist() == [answer for _, answer in ways]


@pytest.mark.parametrize(
    "cell", ["maybe", "-", "✓", "x", "yes?", "7", "yes no", "n / a", "y" * 100, "\x07yes", "à"]
)
@pytest.mark.parametrize("form", ["wide", "long"])
def test_anything_else_is_refused_with_its_place(cell: str, form: str) -> None:
    rows = {"wide": "case,service,2.1.1\n1,A,yes\n2,A,{}\n3,A,no\n",
            "long": "case,question,answer\n1,2.1.1,yes\n2,2.1.1,{}\n3,2.1.1,no\n"}  # fmt: skip
    text = rows[form].format(cell)
    with pytest.raises(pj.ParseError) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == (3, 3)
    assert cell not in str(caught.value).replace("expected yes, no, not", "")
    with pytest.raises(pj.ParseError) as caught:
        read(text, show_values=True)
    assert repr(cell[:32]) in str(caught.value)
    cases = read(text, errors="collect")
    assert cases["2.1/1"].tolist() == [1, 0]
    assert cases.refused[["line", "column", "reason"]].tolist() == [(3, 3, "not an answer")]
    assert (cases.rows, cases.rows_refused) == (3, 1)
    assert cases.rows == len(cases) + cases.rows_refused


def test_rows_that_are_refused() -> None:
    text = (
        "case,service,2.1.1\n1,A,yes\n2,A\n3,A,yes,more\n"
        '4,"A"x,yes\n5,\0,yes\n6,A,no, ,\n\n , ,\n7,A,\n'
    )
    cases = read(text, errors="collect")
    assert cases.labels("case").tolist() == ["1", "6", "7"]
    assert cases.refused[["line", "column", "reason"]].tolist() == [
        (3, -1, "fewer cells than the header"),
        (4, -1, "more cells than the header"),
        (5, -1, "text behind a closing quote"),
        (6, -1, "a NUL byte"),
    ]
    assert cases.rows == 7 == len(cases) + cases.rows_refused
    with pytest.raises(pj.ParseError, match=r"line 3: fewer cells than the header \(and 3 more\)"):
        read(text)
    with pytest.raises(ValueError, match="expected 'raise' or 'collect'"):
        read(text, errors="ignore")


def test_many_refused_rows_are_counted_and_the_first_thousand_kept() -> None:
    text = "case,2.1.1\n" + "".join(f"{i},maybe\n" for i in range(1500)) + "x,yes\n"
    cases = read(text, errors="collect")
    assert (len(cases), cases.rows, cases.rows_refused) == (1, 1501, 1500)
    assert len(cases.refused) == 1000
    assert cases.refused["line"].tolist() == list(range(2, 1002))


# --- long form ------------------------------------------------------------------------------------


def test_a_row_an_answer() -> None:
    text = (
        "case,service,question,answer,note\nA,Ash,2.1.1,yes,x\nA,Ash,Q2.1.2,no,x\n"
        "A,Oak,2.1.1,no,\nB,Ash,2.1.1,n/a,y\nA,Ash,2.1.1,no,x\n"
        ",Ash,2.1.1,no,x\nB,Ash,9.9.9,no,x\nB,Ash,2.1.2,perhaps,x\nB,Ash,2.2.1,,z\n"
    )
    cases = read(text, errors="collect")
    assert len(cases) == 3
    assert cases.lines.tolist() == [2, 4, 5]
    assert cases.questions == ("2.1/1", "2.1/2")
    assert cases["2.1/1"].tolist() == [1, 0, -1]
    assert cases["2.1/2"].tolist() == [0, -3, -3]
    assert cases.refused[["line", "column", "reason"]].tolist() == [
        (6, 3, "answered twice"),
        (7, 1, "no case"),
        (8, 3, "not a question"),
        (9, 4, "not an answer"),
    ]
    assert cases.rows == 9
    assert cases.differing == {"note": 1}
    assert "question" not in cases
    with pytest.raises(pj.DataError, match="no column says of which case"):
        read("question,answer\n2.1.1,yes\n")


def test_the_header_of_a_long_file_is_not_one_of_its_rows() -> None:
    rows = f'C1,2.1.1,"{WORDING}",yes\nC2,2.1.1,"{WORDING}",no\n'
    cases = read("Case,Question,Wording,Answer\n" + rows)
    assert cases["2.1/1"].tolist() == [1, 0]
    cases = read("Wer,Frage,Text,Antwort\n" + rows, columns={
        "Wer": "case", "Frage": "question", "Antwort": "answer", "Text": "skip"})  # fmt: skip
    assert cases["2.1/1"].tolist() == [1, 0]


# --- types ----------------------------------------------------------------------------------------

DATES = ["18/02/2025", "18/02/25", "18-02-2025", "18.2.25", "18 Feb 2025", "18-Feb-25",
         "18th February 2025", "2025-02-18", "2025-02-18T09:30:00", "18/02/2025 09:30",
         "2025-02-18 00:00:00", "2025-02-18T09:30:00.000Z"]  # fmt: skip


def test_dates_in_the_forms_that_are_used_here() -> None:
    text = "case,started,2.1.1\n" + "".join(f'{i},"{day}",yes\n' for i, day in enumerate(DATES))
    cases = read(text + "x,,no\n")
    assert cases["started"].dtype == np.dtype("M8[D]")
    assert set(cases["started"][:-1].tolist()) == {np.datetime64("2025-02-18").item()}
    assert np.isnat(cases["started"][-1])
    assert cases.labels("started")[[0, -1]].tolist() == ["2025-02-18", ""]


@pytest.mark.parametrize(
    "cell", ["31/02/2025", "02/18/2025", "soon", "01/02/2025 - 03/04/2025", "18/02/2025 or later"]
)
def test_what_is_no_date_is_left_blank_and_said(cell: str) -> None:
    text = f"case,started,2.1.1\n1,18/02/2025,yes\n2,{cell},no\n"
    with pytest.raises(pj.ParseError, match="expected a date such as") as caught:
        read(text)
    assert (caught.value.line, caught.value.column, caught.value.field) == (3, 2, "started")
    assert cell not in str(caught.value)
    cases = read(text, errors="collect")
    assert np.isnat(cases["started"]).tolist() == [False, True]
    assert cases.unread[["line", "column", "reason"]].tolist() == [(3, 2, "not a date")]
    assert (len(cases), cases.rows_refused) == (2, 0)


def test_numbers_references_and_texts() -> None:
    text = (
        "case,whole,gaps,code,mixed,big,2.1.1\n1,5,5,007,3,9007199254740993,yes\n2,-12,,008,x,,no\n"
    )
    cases = read(text)
    assert (cases["whole"].dtype, cases["whole"].tolist()) == (np.int64, [5, -12])
    assert cases["gaps"].dtype == np.float64
    assert cases["gaps"][0] == 5
    assert np.isnan(cases["gaps"][1])
    assert cases.labels("gaps").tolist() == ["5", ""]
    for name in ("case", "code", "mixed", "big"):
        assert cases[name].dtype == np.int32
        assert name in cases.categories
    assert cases.labels("big").tolist() == ["9007199254740993", ""]
    forced = read(text, columns={"big": "integer"}, errors="collect")
    assert np.isnan(forced["big"]).all(), "a float cannot hold it"
    assert forced.unread["reason"].tolist() == ["not a whole number"]


def test_texts_that_differ_in_blanks_are_one() -> None:
    text = "case,service,2.1.1\n1,Ash  Tree,yes\n2, Ash\N{NO-BREAK SPACE}Tree ,no\n3,   ,no\n"
    cases = read(text)
    assert cases.categories["service"].tolist() == ["Ash Tree"]
    assert cases["service"].tolist() == [0, 0, -1]
    assert cases.labels("service").tolist() == ["Ash Tree", "Ash Tree", ""]


# --- what leaves ----------------------------------------------------------------------------------

PRIVATE = (
    "case,service,started,born,age,note,2.1.1,2.1.2\n"
    "Zebra9,Ash,18/02/2025,01/02/2010,15,Giraffe,yes,no\n"
    "Zebra8,Oak,,,,,n/a,don't know\n"
)


def test_nothing_of_a_case_is_shown_unasked() -> None:
    cases = read(PRIVATE)
    shown = repr(cases) + str(cases)
    assert shown.startswith("<Cases: iyjs-2025; 2 cases, 2 key questions, 6 other columns>")
    for value in ("Zebra", "Giraffe", "Ash", "2025-02-18"):
        assert value not in shown
    for bad in (PRIVATE.replace("yes", "Yak"), PRIVATE.replace("18/02/2025", "Yak"),
                PRIVATE.replace(",yes,no", ',"yes"Yak,no'), PRIVATE + '"Yak'):  # fmt: skip
        with pytest.raises(pj.ParseError) as caught:
            read(bad)
        assert "Yak" not in str(caught.value)
        assert "Yak" not in repr(caught.value)


def test_as_a_structured_array() -> None:
    made = read(PRIVATE).to_structured()
    assert made.dtype.names == (
        "2.1/1", "2.1/2", "case", "service", "started", "born", "age", "note"
    )  # fmt: skip
    assert made["2.1/1"].tolist() == [1, -1]
    assert made["note"].tolist() == ["Giraffe", ""]
    assert made["started"].dtype == np.dtype("M8[D]")


def test_as_a_data_frame() -> None:
    frame = read(PRIVATE).to_pandas()
    assert frame["2.1/2"].tolist() == [0, -2]
    assert frame["service"].tolist() == ["Ash", "Oak"]
    assert str(frame["service"].dtype) == "category"
    assert frame["note"].isna().tolist() == [False, True]
    assert frame["started"].isna().tolist() == [False, True]
    assert frame["age"].tolist()[0] == 15


def test_as_an_arrow_stream() -> None:
    import nanoarrow as na

    cases = read(PRIVATE)
    array = na.Array(cases)
    rows = array.to_pylist()
    assert rows[0]["2.1/1"] == 1
    assert rows[0]["started"].isoformat() == "2025-02-18"
    assert (rows[1]["note"], rows[1]["started"]) == (None, None)
    assert np.isnan(rows[1]["age"])
    whole = cases["2.1/1"]
    child = na.c_array_stream(cases).get_next().child(0)
    assert np.asarray(child.view().buffer(1)).ctypes.data == whole.ctypes.data, "no copy"
    assert na.Array(cases.take([])).to_pylist() == []
    (last,) = na.Array(cases.take([1])).to_pylist()
    assert (last["case"], last["2.1/2"]) == ("Zebra8", -2)


def test_some_of_the_cases() -> None:
    cases = read("case,2.1.1\n" + "".join(f"{i},yes\n" for i in range(9)) + "x,maybe\n",
                 errors="collect")  # fmt: skip
    some = cases.take([7, 1, 1])
    assert some.labels("case").tolist() == ["7", "1", "1"]
    assert some.lines.tolist() == [9, 3, 3]
    assert (len(some), some.rows, some.rows_refused) == (3, 4, 1)
    assert len(cases.take(cases["2.1/1"] == 0)) == 0
    assert len(cases) == 9
    for name in some.names():
        assert some[name].flags.c_contiguous


# --- the quick ways -------------------------------------------------------------------------------


def test_texts_of_any_length_are_told_apart() -> None:
    texts = [letter * length + str(number)
             for length in range(20) for letter in "ab" for number in range(40)]  # fmt: skip
    twice = [*texts, *reversed(texts)]
    cases = read("case,note,2.1.1\n" + "".join(f"{text},{text}z,yes\n" for text in twice))
    assert cases.labels("note").tolist() == [f"{text}z" for text in twice]
    assert len(cases.categories["note"]) == len(set(texts))


@pytest.mark.parametrize(
    "odd",
    ["29/02/2024", "29/02/2023", "31/04/2025", "00/01/2025", "01/00/2025", "01/13/2025",
     "01/01/0000", "01/01/0001", "31/12/9999", "1/2/2025", "2025-02-18", "18 02 2025", "aa/bb/cccc",
     "\u0661\u0662/02/2025", "18/02/202\u0665"],
)  # fmt: skip
def test_many_days_are_read_as_each_is(odd: str) -> None:
    texts = [f"{day:02}/{month:02}/{year}" for day in (1, 28, 29, 31) for month in range(1, 13)
             for year in (1900, 1969, 2000, 2024)]  # fmt: skip
    for some in (texts, [*texts, odd], [odd]):
        one_by_one = np.array([read_day(text) for text in some], "M8[D]")
        assert np.array_equal(as_days(some), one_by_one, equal_nan=True)
