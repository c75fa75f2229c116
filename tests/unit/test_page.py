"""The page: well formed, nothing from elsewhere, nothing small, nothing live."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.looks.rating_colours import SCALE

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "pyjustice" / "data" / "demo"
VOID = {"meta", "line", "rect", "circle", "polyline", "br"}
HEADINGS = {f"h{i}" for i in range(1, 7)}
HOSTILE = "<script>alert('1')</script> & \"Ayton\""
SMALL = {
    "2.1/1": (18, 21), "2.1/2": (13, 21), "2.2/1": (15, 21), "2.2/2": (14, 21),
    "2.3/1": (12, 21), "2.3/2": (11, 21),
}  # fmt: skip
LARGE = {**SMALL, "2.1/1": (16, 21)}


class Outline(HTMLParser):
    """What the tests ask of a page: elements with their attributes, tables, headings, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[int] = []
        self.captioned: list[bool] = []
        self.tables: list[list[list[str]]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), "an attribute is given once"
        self.elements.append((tag, found))
        if tag in HEADINGS:
            self.headings.append(int(tag[1]))
        elif tag == "table":
            self.captioned.append(False)
            self.tables.append([])
        elif tag == "caption":
            self.captioned[-1] = self._open[-1] == "table"
        elif tag == "tr":
            self.rows.append([])
            self.tables[-1].append(self.rows[-1])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data

    def all(self, attribute: str) -> list[str]:
        return [found[attribute] for _, found in self.elements if attribute in found]


def results() -> dict[str, Any]:
    children = pj.published("children")
    now = children[children["period"] == "2021/22"][:40]
    return {
        "Mock inspection": pj.rate_cases(
            LARGE, "iyjwcv-2025", qualitative={"V1": "Requires improvement"}
        ),
        "Change": pj.change([48, 20], [32, 36], names=["Ayton", "Beeton"]),
        "Among peers": pj.funnel(
            now["count"], now["population"], names=list(now["area"]), per=1000
        ),
        "Groups": pj.disparity(
            [30, 12], [200, 240], ["Black", "White"], reference="White", kind="proportion"
        ),
        "Series": pj.control_chart([12, 9, 14, 11, 8, 13, 10, 12, 9, 11, 13, 29], kind="c"),
        "Rates": pj.rates([30, 40], [1000, 2000], per=1000, names=["Ayton", "Beeton"]),
        "So far": pj.history(service="Wakefield"),
        "Children": children[:2],
    }


@pytest.fixture(scope="module")
def reports() -> pj.Reports:
    return pj.read_reports(DEMO)


@pytest.fixture(scope="module", params=["reports", "results", "suppressed"])
def page(request: pytest.FixtureRequest, reports: pj.Reports) -> str:
    if request.param == "reports":
        return pj.to_page(reports)
    if request.param == "results":
        return pj.to_page(results(), sources=["A source"], made=date(2026, 1, 31))
    return pj.to_page(pj.suppress([[12, 3, 20], [9, 14, 8]], below=5))


def test_page_is_well_formed_and_needs_nothing_else(page: str) -> None:
    outline = Outline(page)
    tags = {tag for tag, _ in outline.elements}
    assert tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"} == set()
    assert not outline.all("src")
    assert not outline.all("srcset")
    assert not any(name.startswith("on") for _, found in outline.elements for name in found)
    assert not re.search(r"url\(|@import", page)
    assert all(re.match("#|https://", link) for link in outline.all("href"))


def test_ids_are_unique_and_every_link_resolves(page: str) -> None:
    outline = Outline(page)
    ids = outline.all("id")
    assert len(ids) == len(set(ids)) > 0
    inside = [link[1:] for link in outline.all("href") if link.startswith("#")]
    assert set(inside) <= set(ids)
    named = [name for names in outline.all("aria-labelledby") for name in names.split()]
    assert set(named) <= set(ids)


def test_headings_are_in_order_tables_named_and_cells_have_heads(page: str) -> None:
    outline = Outline(page)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    pairs = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in pairs)
    assert outline.captioned
    assert all(outline.captioned)
    heads = [found.get("scope") for tag, found in outline.elements if tag == "th"]
    assert set(heads) == {"col", "row"}
    assert all(len({len(row) for row in table}) == 1 for table in outline.tables)
    html, *_ = outline.elements
    assert html == ("html", {"lang": "en-GB"})


def test_same_input_gives_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        pj.to_page(results(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_pictures_have_words_for_those_who_do_not_see_them() -> None:
    outline = Outline(pj.to_page(results()))
    pictures = [found for tag, found in outline.elements if tag == "svg"]
    assert len(pictures) == 5
    assert all(found["role"] == "img" and found["aria-labelledby"] for found in pictures)
    assert "Black 3.00 (1.60 to 5.66)" in outline.text


# --- what it says ---------------------------------------------------------------------------------


def test_reports_bring_ratings_margins_checks_recommendations_and_history(
    reports: pj.Reports,
) -> None:
    outline = Outline(pj.to_page(reports))
    rows = [[" ".join(cell.split()) for cell in row] for row in outline.rows]
    assert [
        "2.1 Assessing", "●●●○Good", "13 of 19 (68 %)",
        "1 fewer: Requires improvement; 3 more: Outstanding", "counts inferred", "line 16",
    ] in rows  # fmt: skip
    assert ["Overall", "●●●○Good", "29 of 36 points"] in [row[:3] for row in rows]
    assert ["mention", "Inadequate", "differs"] in [row[:3] for row in rows]
    assert any(row[1:2] == ["Chair of the YOS Management Board"] for row in rows)
    assert any("first known" in row for row in rows)
    assert "Percentages possible" not in outline.text
    assert "Not listed: percentages possible with the cases inspected" in outline.text


def test_figures_lead_to_the_words_they_came_from(reports: pj.Reports) -> None:
    page = pj.to_page(reports)
    row = reports.ratings[0]
    place = re.search(rf'href="#(words-\d+)"[^>]*>line {row["line"]}</a>', page)
    assert place
    item = page.partition(f'id="{place[1]}"')[2].partition("</li>")[0]
    assert f"<mark>{' '.join(reports.excerpt(row).split())}</mark>" in item
    assert "lambeth-2015-fji.txt" in item


def test_words_stand_in_their_line_or_after_the_one_before() -> None:
    told = "Lambeth YJS\nOverall, Lambeth YJS was rated as 'Good'.\n"
    page = pj.to_page(pj.read_report(told))
    assert "<blockquote>Overall, Lambeth YJS was rated as &#x27;<mark>Good</mark>&#x27;" in page
    cells = pj.read_report(DEMO / "waltham-forest-2024.txt")
    row = cells.ratings[4]
    at = pj.to_page(cells).partition(f"line {row['line']}<blockquote>")[2].partition("</bl")[0]
    assert str(row["title"]) in at


def test_in_short_says_what_is_beneath(reports: pj.Reports) -> None:
    short = Outline(pj.to_page(reports)).text.partition("In short")[2].partition("In the")[0]
    lines = " ".join(short.split())
    assert "Westminster, 2024: Overall Good, 29 of 36 points." in lines
    assert "Does not follow from what is published with it: 2 mentions in prose." in lines
    (row,) = pj.change([48], [32], names=["Ayton"])
    rows = pj.change([100] * 40, [20] + [100] * 39, names=[f"Area {i}" for i in range(40)])
    text = Outline(pj.to_page({"One": row, "Many": rows})).text
    assert f"One: {pj.sentence(row)}" in text
    assert "Many: 1 of 40 stand out: Area 0." in text


def test_in_short_does_not_say_what_is_hidden() -> None:
    rated = pj.rate_cases(SMALL, "iyjwcv-2025", qualitative={"V1": "Requires improvement"})
    short = Outline(pj.to_page(rated)).text.partition("In short")[2].partition("Mock")[0]
    assert "One answer" not in short
    shown = Outline(pj.to_page(rated, below=None)).text
    assert (
        "One answer from a lower rating each: 2.2 and 2.3. One answer from a higher rating: 2.1."
        in " ".join(shown.split())
    )
    groups = ["Black", "White"]
    rows = pj.disparity([3, 31], [83, 449], groups, reference="White", kind="proportion")
    text = Outline(pj.to_page({"Groups": rows})).text
    assert "Groups: Black: some figures are left out" in text


def test_who_stands_out_is_not_said_where_that_is_hidden() -> None:
    groups = ["Asian", "Black", "White", "Mixed"]
    counts, base = [3, 60, 57, 20], [83, 207, 449, 100]
    rows = pj.disparity(counts, base, groups, reference="White", kind="proportion")
    text = " ".join(Outline(pj.to_page({"Groups": rows})).text.split())
    assert "Groups: 4 rows; some figures are left out." in text
    assert "stand out" not in text
    names = [f"Area {i}" for i in range(40)]
    many = pj.change([100] * 39 + [2], [20] * 40, names=names)
    text = " ".join(Outline(pj.to_page({"Change": many})).text.split())
    assert "none stands out" not in text
    assert "Which rows stand out is not said" in text


def test_services_are_set_side_by_side(reports: pj.Reports) -> None:
    outline = Outline(pj.to_page(reports))
    (side,) = [table for table in outline.tables if table[0][-1:] == ["Overall"]]
    names = [row[0] for row in side[1:]]
    assert names == ["Waltham Forest, 2024", "Westminster, 2024"]
    assert [row[-1] for row in side[1:]] == ["●●○○Requires improvement", "●●●○Good"]
    assert not [t for t in Outline(pj.to_page(reports[0])).tables if t[0][-1:] == ["Overall"]]


def test_colours_are_those_of_the_pictures(reports: pj.Reports) -> None:
    page = pj.to_page(reports)
    assert all(f"--r{i}: {colour.face}" in page for i, colour in enumerate(SCALE))


def test_sentences_are_those_of_the_package() -> None:
    rows = pj.change([48, 20], [32, 36], names=["Ayton", "Beeton"])
    text = Outline(pj.to_page({"Change": rows})).text
    assert all(pj.sentence(row) in text for row in rows)


def test_many_rows_are_said_only_where_they_stand_out() -> None:
    n = 40
    rows = pj.change([100] * n, [20] + [100] * (n - 1), names=[f"Area {i}" for i in range(n)])
    outline = Outline(pj.to_page({"Change": rows}))
    assert pj.sentence(rows[0]) in outline.text
    assert pj.sentence(rows[1]) not in outline.text
    assert "39 other rows do not stand out; all are in the table." in outline.text
    assert len(outline.rows) == n + 1


def test_title_sources_and_date_are_on_it() -> None:
    page = pj.to_page(results(), title="Our <board>", sources=["A", "B"], made=date(2026, 1, 31))
    assert "<title>Our &lt;board&gt;</title>" in page
    assert "Made on 31 January 2026. A. B." in Outline(page).text
    assert "Made on" not in pj.to_page(results())


# --- what it must not say -------------------------------------------------------------------------


def test_hostile_names_are_text() -> None:
    rows = pj.change([48, 20], [32, 36], names=[HOSTILE, "Beeton"])
    history = pj.history(service="Wakefield").copy()
    history["source"] = "javascript:alert(1)//x"
    history["service"] = HOSTILE
    outline = Outline(
        pj.to_page({HOSTILE: rows, "h": history}, title=HOSTILE, sources=[HOSTILE], made=HOSTILE)
    )
    assert not [tag for tag, _ in outline.elements if tag == "script"]
    assert not [link for link in outline.all("href") if link.startswith("javascript")]
    assert outline.text.count(HOSTILE) > 8


def test_a_document_is_text() -> None:
    text = "# <b>Anytown</b> YJS\n\nOverall, <img src=x> YJS was rated as 'Good'.\n"
    outline = Outline(pj.to_page(pj.read_report(text)))
    assert not [tag for tag, _ in outline.elements if tag in ("img", "b")]


def test_small_counts_and_what_reveals_them_are_not_on_it() -> None:
    groups = ["Asian", "Black", "White"]
    rows = pj.disparity([3, 31, 57], [83, 207, 449], groups, reference="White", kind="proportion")
    outline = Outline(pj.to_page({"Groups": rows}))
    (small,) = [row for row in outline.rows if row[0] == "Asian"]
    assert small[2] == "[c]"
    assert small[4:7] == ["[x]", "[x]", "[x]"]
    assert f"{rows['rate'][0]:.2f}" not in outline.text
    assert "Asian: some figures are left out" in outline.text
    assert "are hidden" in outline.text
    shown = Outline(pj.to_page({"Groups": rows}, below=None)).text
    assert "3 of 83" in shown
    assert "NOT hidden" in shown


def test_figures_that_are_public_already_are_shown() -> None:
    rows = pj.rates([3, 40], [1000, 2000], per=1000, names=["Ayton", "Beeton"])
    hidden = Outline(pj.to_page({"Rates": rows})).rows
    assert hidden[1][1] == "[c]"
    shown = Outline(pj.to_page({"Rates": rows}, published=["Rates"]))
    assert shown.rows[1][1] == "3"
    assert "and so are: Rates" in shown.text
    with pytest.raises(pj.DataError, match="no table has the title 'Rate'"):
        pj.to_page({"Rates": rows}, published=["Rate"])


def test_a_part_of_a_mock_inspection_with_a_small_count_has_ratings_and_no_figure() -> None:
    given = {"V1": "Requires improvement"}
    rated = pj.rate_cases(SMALL, "iyjwcv-2025", qualitative=given)
    outline = Outline(pj.to_page(rated))
    rows = [row for row in outline.rows if row[0].startswith("2.")]
    assert [row[1].strip("●○") for row in rows] == rated.standards["word"].tolist()[:3]
    assert all(set(row[2:]) == {"[c]"} for row in rows)
    assert not re.search(r"\b(18|13|21)\b", outline.text)
    assert "figures of that part are left out" in outline.text
    large = Outline(pj.to_page(pj.rate_cases(LARGE, "iyjwcv-2025", qualitative=given)))
    assert "13 of 21 (62 %)" in large.text
    everything = Outline(pj.to_page(rated, below=None)).text
    assert "13 of 21 (62 %)" in everything


def test_one_group_with_a_small_count_leaves_the_others_alone() -> None:
    rows = np.zeros(12, pj.COUNT_DTYPE)
    for i, (service, counts) in enumerate((("Ayton", SMALL), ("Beeton", LARGE))):
        for j, (key, (yes, cases)) in enumerate(counts.items()):
            standard, number = key.split("/")
            rows[6 * i + j] = (service, standard, int(number), yes, cases)
    outline = Outline(pj.to_page(pj.rate_cases(rows, "iyjwcv-2025")))
    assert "13 of 21 (62 %)" in outline.text.partition("Beeton")[2]
    found = [row for row in outline.rows if row[0] == "2.1 Assessing"]
    assert [row[2] for row in found] == ["[c]", "13 of 21 (62 %)"]


@pytest.mark.parametrize(
    ("obj", "says"),
    [
        ({}, "nothing to show"),
        ({"A": 3}, "A: expected a report, ratings or a structured array"),
        ({"A": pj.margins(SMALL, "iyjwcv-2025")}, "A: small counts of answers"),
        (
            {"Path": pj.pathway(
                {"arrested": [90, 400], "charged": [60, 200]}, ["Black", "White"],
                reference="White", unit="children",
            )},
            "Path: cannot be made safe",
        ),
        (
            {"Ours": pj.read_table("Area,Number\nNorth,12\nSouth,3\n")},
            "Ours: a table of no publication that is known",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_by_its_title(obj: Any, says: str) -> None:
    with pytest.raises(pj.DataError, match=says):
        pj.to_page(obj)


def test_intervals_say_of_which_level_they_are() -> None:
    rows = pj.rates([30], [1000], per=1000, level=0.9)
    assert "Rate (90 % interval)" in Outline(pj.to_page({"Rates": rows})).text


def test_empty_results_are_said_to_be_empty() -> None:
    assert "No row in it." in pj.to_page({"Rates": np.zeros(0, pj.RATE_DTYPE)})


def test_a_table_that_is_not_known_has_all_of_its_fields() -> None:
    rows = np.array(
        [("Ayton", 12.0), ("Beeton", np.nan)], [("area_name", "U8"), ("days_late", "f8")]
    )
    outline = Outline(pj.to_page({"Own": rows}, below=None))
    assert outline.rows == [["Area name", "Days late"], ["Ayton", "12.0"], ["Beeton", "–"]]
