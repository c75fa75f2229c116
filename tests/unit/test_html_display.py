"""What notebooks show: well-formed, escaped, ratings in words, and no case's values."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from tests.tools.made import MadeReports

DEMO = Path(pj.__file__).parent / "data" / "demo"
HOSTILE = "<script>alert('x')</script> & \"quoted\" <b onclick=y>"
NAMES = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "span", "small"}


class Page(HTMLParser):
    """Checks that every element is known and closed in order; keeps cells and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in NAMES, tag
        self.open.append(tag)
        self.attributes += attrs
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if any(tag in ("td", "th") for tag in self.open):
            self.rows[-1][-1] += data


def shown(thing: Any) -> Page:
    page = Page(thing._repr_html_())
    assert {name for name, _ in page.attributes} <= {"style", "scope", "title"}
    return page


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.txt")), ids=lambda path: path.stem)
def test_report_shows_its_ratings_in_words_with_their_place(path: Path) -> None:
    report = pj.read_report(path)
    page = shown(report)
    assert page.rows[0] == ["Standard", "Title", "Rating", "Lowest key question", "Line"]
    by_standard = {row[0]: row for row in page.rows[1:]}
    for rating in report.ratings:
        row = by_standard[str(rating["standard"])]
        assert row[2] == (rating["word"] or "Not found")
        assert row[4] == (str(rating["line"]) if rating["line"] > 0 else "")
        assert ("title", report.excerpt(rating)) in page.attributes or rating["start"] < 0
    if report.inspections["overall"][0] >= 0:
        assert by_standard[""][2] == report.inspections["overall_word"][0]


def test_percentages_have_the_interval_that_confidence_gives() -> None:
    report = pj.read_report(DEMO / "lambeth-2025.txt")
    band = pj.confidence(report, eligible=None)
    own = band[(band["standard"] == "2.1") & (band["percent"] == 68)][0]
    row = next(row for row in shown(report).rows if row[0] == "2.1")
    assert row[3] == f"13 of 19: 68 % ({own['lower']:.0f} to {own['upper']:.0f} %)"
    assert row[3].endswith("(46 to 86 %)")


def test_reports_are_a_line_each() -> None:
    page = shown(pj.read_reports(DEMO))
    services = [row[0] for row in page.rows[1:]]
    assert services == ["Lambeth", "Lambeth", "Lambeth", "Waltham Forest", "Westminster"]
    assert page.rows[-1][3:5] == ["Good", "29 of 36"]
    assert page.rows[1][3] == "Not rated"
    assert all("/" not in row[-1] for row in page.rows), "no path of somebody's machine"


def test_no_documents_and_no_ratings_are_shown_too() -> None:
    assert len(shown(pj.read_reports([])).rows) == 1
    assert "Service not found" in pj.read_report("Nothing of the kind.\n")._repr_html_()


@pytest.mark.parametrize("services", [[HOSTILE], [HOSTILE, "Other"]])
def test_hostile_names_of_reports_are_text(services: list[str]) -> None:
    made = MadeReports()
    for service in services:
        made.add("iyjs-2025", service, {"2.1": 2}, published="2026-01-01")
    arrays = {name: getattr(made, name) for name in
              ("inspections", "ratings", "questions", "samples", "recommendations",
               "quantities", "mentions")}  # fmt: skip
    arrays["ratings"]["title"] = arrays["inspections"]["source"] = HOSTILE
    arrays["ratings"]["start"], arrays["ratings"]["end"] = 0, len(HOSTILE)
    reports = pj.Reports(arrays, [HOSTILE] * len(services), made.refused, made.frameworks)
    page = reports._repr_html_()
    shown(reports)
    assert "<script" not in page
    assert "<b " not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;quoted&quot;" in page


def test_ratings_of_one_group_and_of_many() -> None:
    counts = {"2.1/1": (19, 19), "2.1/2": (13, 19), "2.2/1": (9, 19), "2.2/2": (8, 19)}
    page = shown(pj.rate_cases(counts, "iyjwcv-2025", qualitative={"V1": "Good"}))
    rows = {row[0]: row[1:] for row in page.rows}
    assert rows["2.1"][1:3] == ["Good", "13 of 19: 68 % (46 to 86 %)"]
    assert rows["2.2"][1] == "Inadequate"
    assert rows["V1"][1:3] == ["Good", "rests on evidence"]
    assert rows["2.3"][1] == "Not found"
    assert rows[""][1:3] == ["Not complete", "4 of 9 so far"]
    many = pj.rate_cases(pj.sample_cases(cases=900, services=25), "iyjs-2025")
    page = shown(many)
    assert page.rows[0] == ["service", "Overall", "Score", "To be minded"]
    assert len(page.rows) == 21
    assert "and 5 rows more" in many._repr_html_()


def test_hostile_names_of_services_are_text() -> None:
    counts = np.zeros(2, pj.COUNT_DTYPE)
    counts["service"], counts["standard"], counts["number"] = [HOSTILE, "B"], "2.1", 1
    counts["yes"], counts["cases"] = 3, 4
    for rows in (counts, counts[:1]):
        page = pj.rate_cases(rows, "iyjs-2025")._repr_html_()
        Page(page)
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_cases_are_counts_only() -> None:
    file = pj.sample_cases(cases=40, services=1)
    cases = pj.read_cases(file, framework="iyjs-2025")
    page = shown(cases)
    assert page.rows[1] == ["Cases", "40"]
    text = cases._repr_html_()
    cells = {cell.decode() for line in file.splitlines()[1:] for cell in line.split(b",")}
    # Words and dates of the file; its numbers may be those of what is counted.
    told = [cell for cell in cells if len(cell) > 3 and re.search(r"\b" + re.escape(cell), text)]
    assert not told
    assert not [name for name in cases.names() if name != "Case" and name in text]


def test_table_shows_what_is_printed_and_why_there_is_no_figure() -> None:
    (table,) = pj.read_tables(
        f"Area,Number\n{HOSTILE.replace(chr(34), '')},12\nSouth,[c]\nTotal,15\n", dialect="gss"
    )
    page = shown(table)
    assert page.rows[0] == ["Area", "Number"]
    assert page.rows[1] == [HOSTILE.replace('"', ""), "12"]
    assert page.rows[2][1].startswith("[c] (suppressed")
    assert "<script" not in table._repr_html_()


def test_table_shows_bounds_of_rounded_figures_and_counts_the_rest() -> None:
    body = "".join(f"Area {i},{100 + 5 * i},{20 + i}\n" for i in range(30))
    table = pj.read_table("Area,Children,Others\n" + body, rounded_to=5)
    page = shown(table)
    assert page.rows[1] == ["Area 0", "100 (97.5 to 102.5)", "20 (17.5 to 22.5)"]
    assert len(page.rows) == 21
    assert "first 20 of 30 rows" in table._repr_html_()


def test_long_texts_are_cut_and_signs_that_command_are_replaced() -> None:
    page = shown(pj.read_table("Area,Number\n" + "long " * 100 + "\a,12\nB,3\n"))
    assert len(page.rows[1][0]) == 160
    (table,) = pj.read_tables("Area,Number\nA\u202e,12\nB,3\n")
    assert "\u202e" not in table._repr_html_()


def test_what_is_suppressed_has_marks_and_what_they_mean() -> None:
    safe = pj.suppress([[12, 4, 20], [9, 14, 8]], below=5, rows=["North", "South"])
    page = shown(safe)
    assert page.rows[1] == ["North", "[x]", "[c]", "20", "36"]
    assert "[c] A count of 1 to 4 is hidden" in safe._repr_html_()
    groups = ["A", "B", "C"]
    rows = pj.disparity([3, 60, 57], [83, 207, 449], groups, reference="C", kind="proportion")
    first = shown(pj.suppress(rows, below=5)).rows[1]
    assert first[:2] == ["A", "C"]
    assert "[c]" in first
    assert "3" not in first
