"""Files of cases of any content: read as Python's csv reads them, whole or in blocks."""

import csv
import io
from typing import Any
from unittest import mock

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import pyjustice as pj
from pyjustice.ground.answers import fold_answer, spellings
from pyjustice.readers import case_files

FRAMEWORK = "iyjs-2025"
COLUMNS = {"A": "category", "B": "category", "case": "case"}
# Texts as people write them, and the signs that delimited text is made of; no NUL, no surrogate.
TEXTS = st.text(st.sampled_from("ab ,;|\t\"'\n\rÄ€“x-"), max_size=6)
ANSWERS = st.sampled_from(sorted(text for text in spellings() if text.isascii()))
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    }
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    order = draw(st.permutations(["A", "2.1.1", "case", "B", "2.1.2"]))
    rows = []
    for i in range(draw(st.integers(0, 12))):
        row = {"A": draw(TEXTS), "B": draw(TEXTS), "case": f"c{i}",
               "2.1.1": draw(ANSWERS), "2.1.2": draw(ANSWERS)}  # fmt: skip
        rows.append([row[name] for name in order])
    return [list(order), *rows]


def write(table: list[list[str]], dialect: dict[str, Any], ends: str) -> str:
    """Each row with its own line end; what a line end is in a cell is always quoted."""
    lines = []
    for row in table:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n", **dialect).writerow(row)
        lines.append(out.getvalue().removesuffix("\r\n"))
    return ends.join(lines) + ends


def could_be_utf8(text: str) -> bool:
    """Whether a text in Windows-1252 is another one in UTF-8: nobody can tell which is meant."""
    try:
        return text.encode("cp1252").decode() != text
    except UnicodeDecodeError:
        return False


def plain(text: str) -> str:
    return " ".join(text.split())


def values(cases: pj.Cases) -> list[Any]:
    return cases.to_structured().tolist()


def read(data: str | bytes, **options: Any) -> pj.Cases:
    return pj.read_cases(data, framework=FRAMEWORK, columns=COLUMNS, **options)


@settings(deadline=None, max_examples=200)
@given(tables(), DIALECTS, ENDS, ENCODINGS)
@example(
    [["A", "2.1.1", "case", "B", "2.1.2"], ["€Ä", "yes", "c0", "“\r\n\"x", ""]],
    {"delimiter": ";", "quoting": csv.QUOTE_MINIMAL}, "\r\n", "cp1252",
)  # fmt: skip
def test_what_is_written_is_read(
    table: list[list[str]], dialect: dict[str, Any], ends: str, encoding: str
) -> None:
    if encoding == "cp1252":
        assume(not any(could_be_utf8(cell) for row in table for cell in row))
    data = write(table, dialect, ends).encode(encoding)
    cases = read(data)
    header, *rows = table
    assert len(cases) == len(rows)
    for name in ("A", "B", "case"):
        column = header.index(name)
        assert cases.labels(name).tolist() == [plain(row[column]) for row in rows]
    for name in ("2.1.1", "2.1.2"):
        column = header.index(name)
        expected = [spellings()[fold_answer(row[column])] for row in rows]
        assert cases[name].tolist() == expected
    with mock.patch.object(case_files, "BLOCK", 5):
        again = read(data)
    assert values(again) == values(cases)
    assert again.lines.tolist() == cases.lines.tolist()


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from('ab,,\n\n\r"" yn'), max_size=80), st.integers(1, 40))
@example(',,","', 1)  # content in a column that the tally skips
def test_any_rows_in_any_blocks(body: str, block: int) -> None:
    """All rows are kept or refused, at the lines that they have, or the error has its line."""
    text = "A,2.1.1,B\n" + body

    def outcome() -> Any:
        try:
            cases = pj.read_cases(text, framework=FRAMEWORK, errors="collect")
        except pj.ParseError as error:
            return str(error)
        assert cases.rows == len(cases) + cases.rows_refused
        lines = [*cases.lines.tolist(), *cases.refused["line"].tolist()]
        assert len(set(lines)) == len(lines)
        assert set(lines) <= set(range(2, text.count("\n") + text.count("\r") + 3))
        rated = pj.rate_cases(text, FRAMEWORK, by=(), errors="collect")
        assert (rated.rows, rated.rows_refused) == (cases.rows, cases.rows_refused)
        return values(cases), cases.lines.tolist(), cases.refused.tolist(), rated.counts.tolist()

    whole = outcome()
    with mock.patch.object(case_files, "BLOCK", block):
        assert outcome() == whole
    if isinstance(whole, str):
        assert "line" in whole


@settings(deadline=None, max_examples=300)
@given(st.lists(st.text(st.sampled_from("yesno YESN/A'’don't know\t-"), max_size=12), min_size=1))
def test_the_engine_and_python_fold_answers_alike(cells: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["case", "2.1.1"])
    writer.writerows([str(i), cell] for i, cell in enumerate(cells))
    for encoding in ("utf-8", "cp1252"):
        cases = pj.read_cases(
            out.getvalue().encode(encoding), framework=FRAMEWORK, errors="collect"
        )
        known = [spellings().get(fold_answer(cell)) for cell in cells]
        assert cases["2.1/1"].tolist() == [answer for answer in known if answer is not None]
        assert cases.rows_refused == known.count(None)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"case,2.1.1\n", b"\x1f\x8b", b"PK\x03\x04", b"\xff\xfe"):
        try:
            cases = pj.read_cases(start + data, framework=FRAMEWORK, errors="collect")
        except (pj.ParseError, pj.DataError):
            continue
        assert cases.rows == len(cases) + cases.rows_refused
