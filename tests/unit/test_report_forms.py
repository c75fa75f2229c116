"""Forms of documents as their writers vary them: one small text for each, read whole."""

import numpy as np
import pytest

import pyjustice as pj

COVER = (
    "An inspection of youth justice services in Kent\n\nHM Inspectorate of Probation, May 2023\n\n"
)


def news(sentence: str) -> np.void:
    text = f"Kent Youth Justice Service was inspected, councillors heard. {sentence}\n"
    return pj.read_report(text.encode()).inspections[0]


@pytest.mark.parametrize("quote", ['"', "\u201c", "'"])
def test_a_text_may_begin_with_a_quoted_rating(quote: str) -> None:
    text = f"{quote}Good is what good does,{quote} said the mayor. The youth justice service moved."
    assert pj.read_report(text.encode()).inspections["overall"] == pj.Rating.NOT_FOUND


@pytest.mark.parametrize(
    "sentence",
    [
        "Inspectors rated leadership 'Outstanding'.",
        "Inspectors rated leadership and staffing at Kent Youth Justice Service as 'Outstanding'.",
        "Planning at Kent Youth Justice Service was rated 'Outstanding'.",
        "Eight of the 12 areas were rated 'Good' or 'Outstanding'.",
        "Of the rest, one was rated 'Outstanding'.",
        "Kent Council's children's services have been rated 'Outstanding' by Ofsted.",
        "Work with children was rated 'Outstanding'.",
        "Police in Kent rated 'Outstanding' by inspectors.",
        "The force in Devon rated 'Outstanding'.",
        "It was rated 'Outstanding' for the quality of its leadership.",
    ],
)
def test_the_rating_of_a_part_or_of_another_is_no_overall(sentence: str) -> None:
    assert news(sentence)["overall"] == pj.Rating.NOT_FOUND
    assert news(f"{sentence} Overall, the service was rated 'Good'.")["overall"] == pj.Rating.GOOD


@pytest.mark.parametrize(
    "sentence",
    [
        "The service was rated 'Good' thanks to strong leadership.",
        "After changes in leadership, the service was rated 'Good'.",
        "It was rated 'Good', up from 'Inadequate' in 2018.",
        "It was given a rating of 'Good', down from 'Outstanding' in 2018.",
        "The overall judgement was Good.",
        "The service was rated Good with three Outstanding areas.",
        "It was rated 'Good' overall in its first inspection since 2017.",
        "It was rated 'Good' by HM Inspectorate of Probation, with CQC and Estyn.",
    ],
)
def test_the_overall_rating_is_found_beside_other_words(sentence: str) -> None:
    assert news(sentence)["overall"] == pj.Rating.GOOD


def test_a_verb_may_have_the_scale_s_word() -> None:
    assert news("Inspectors judged it to 'Require improvement'.")["overall"] == 1


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("It was rated 'Good'. The service scored 24 out of a possible 36.", (24, 36)),
        ("It was rated 'Good', giving the service 8 points out of 12.", (8, 12)),
        ("It was rated 'Good'. Inspectors gave it 28 points out of a possible 36.", (28, 36)),
        ("It was rated 'Good'. Inspectors scored 24 out of 36 cases as sufficient.", (-1, -1)),
        ("It was rated 'Good'. Previously it scored 12 out of 36.", (-1, -1)),
        ("It was rated 'Good'. Devon YJS scored 12 out of 36.", (-1, -1)),
        ("It was rated 'Good'. In 2019 it scored 12 out of 36.", (-1, -1)),
    ],
)
def test_a_total_may_stand_in_a_sentence_of_its_own(sentence: str, score: tuple[int, int]) -> None:
    row = news(sentence)
    assert (row["score"], row["max_score"]) == score


def test_a_total_in_prose_is_a_report_s_too() -> None:
    text = (
        f"{COVER}Ratings\n\nOverall rating Good\n1.1 Staff Good\n\nKent was rated 24 out of 36.\n"
    )
    assert pj.read_report(text.encode()).inspections["score"] == 24


@pytest.mark.parametrize("name", ["Nottingham City", "Nottingham", "Telford & Wrekin"])
def test_a_place_and_its_service_are_one(name: str) -> None:
    short = name.split()[0]
    text = (
        f"Youth Justice Service in {short} inspected\n\nThe watchdog gave {name}'s Youth Justice "
        f"Service a rating of 'Good' in a report published today, the mayor said.\n"
    )
    report = pj.read_report(text.encode())
    assert report.inspections["overall"] == pj.Rating.GOOD
    assert report.mentions["role"].tolist() == ["current"]


def test_a_title_is_no_part_of_a_name() -> None:
    text = "History of Kent Youth Justice Service\n\nKent Youth Justice Service was rated 'Good'.\n"
    assert pj.read_report(text.encode()).inspections["service"] == "Kent"


def test_an_entry_of_a_dated_list_is_no_cover() -> None:
    text = (
        "Kent Youth Justice Service\n\nWe were inspected in October 2023 and rated 'Good'.\n\n"
        "History\n\n2016: Short quality screening\n"
    )
    assert pj.read_report(text.encode()).inspections["kind"] == "news"


def framework_of(lines: str) -> str:
    text = f"An inspection of youth justice services in Kent\n\nRatings\n{lines}"
    return str(pj.read_report(text.encode()).inspections["framework"][0])


def test_prose_about_joint_working_tells_no_framework() -> None:
    rows = "2.1 Assessing   Good\n2.2 Planning   Good\nV1 Work with victims   Good\n"
    assert framework_of(rows) == framework_of(f"{rows}\nReviewing and joint working were good.\n")


def test_a_mark_s_code_may_end_in_a_point() -> None:
    rows = "2.2 Planning   Good\n{} Joint working   Good\n2.4 Reviewing   Good\n"
    assert framework_of(rows.format("3.4")) == framework_of(rows.format("3.4.")) == "yos-2018"


def test_a_part_that_fits_several_frameworks_has_none() -> None:
    assert framework_of("2.2 Planning   Good\n2.4 Reviewing   Good\n") == ""


def test_fieldwork_may_stand_in_a_cell_of_its_own() -> None:
    text = f"{COVER}Ratings\n\nFieldwork started\n\nNovember 2022\n\nScore\n\n8/36\n"
    assert str(pj.read_report(text.encode()).inspections["fieldwork"][0]) == "2022-11-01"


@pytest.mark.parametrize(
    "date",
    [
        "For immediate release: 12 March 2020",
        "Release date: 12 March 2020",
        "Published: Thursday, 12 March 2020",
    ],
)
def test_a_release_has_its_date(date: str) -> None:
    text = (
        f"NEWS RELEASE\n{date}\n\nKent Youth Justice Service was rated 'Good', inspectors said.\n"
    )
    assert str(pj.read_report(text.encode()).inspections["published"][0]) == "2020-03-12"


def test_policy_and_provision_is_told_by_its_domain() -> None:
    rows = "{}\nPolicy and provision   Requires improvement\n"
    head = f"{COVER}Ratings\nOverall rating   Good\n"
    court = head + rows.format("Out-of-court disposals")
    ratings = pj.read_report(court.encode(), framework="yjs-2021").ratings
    assert ratings["rating"][ratings["standard"] == "3.4"] == [1]
    assert "4.1" not in ratings["standard"]
    both = court + "Resettlement\nPolicy and provision   Inadequate\n"
    ratings = pj.read_report(both.encode(), framework="yjs-2021").ratings
    assert ratings["rating"][ratings["standard"] == "3.4"] == [1]
    assert ratings["rating"][ratings["standard"] == "4.1"] == [0]


def addressees(text: str) -> list[tuple[int, str]]:
    rows = pj.read_report((COVER + text).encode()).recommendations
    return [tuple(row) for row in rows[["printed", "addressee"]].tolist()]


def test_recommendations_are_headed_in_many_ways() -> None:
    assert addressees(
        "Recommendations\n\n**The Kent Board should:**\n\n1. one\n2) two\n\n"
        "The Director of Children should work with the service to:\n\n3) three\n\n"
        "Kent Health Trust should:\n\u2022 four\n\u2022 five\n\n"
        "Kent Police should\n(6) six\n\nBackground\n\nKent is a county.\n"
    ) == [
        (1, "Kent Board"),
        (2, "Kent Board"),
        (3, "Director of Children"),
        (0, "Kent Health Trust"),
        (0, "Kent Health Trust"),
        (6, "Kent Police"),
    ]


def test_a_numbered_section_ends_the_recommendations() -> None:
    text = (
        "Full Joint Inspection of Youth Offending Work in Kent\n\nRecommendations\n"
        "Work should focus on the following outcomes:\n"
        "1. every child has a plan (YOT Manager)\n2. the Board meets. (Chair of the Board)\n\n"
        "1. Reducing reoffending\nWithin the case assessment, overall 81% of work to reduce "
        "reoffending was done well enough.\n\n2. Protecting the public\nOther text.\n"
    )
    rows = pj.read_report(text.encode(), framework="fji-2012").recommendations
    assert rows["addressee"].tolist() == ["YOT Manager", "Chair of the Board"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Two in five children had a plan.", [("fraction", 0.4, 2, 5)]),
        ("At least 6 in 10 replied.", [("fraction", 0.6, 6, 10)]),
        ("There were four in 12 months.", []),
        ("Of the 32 children, 19 had a plan.", [("count", 19, 19, 32)]),
        ("We saw that, of 20 relevant cases, only six were late.", [("count", 6, 6, 20)]),
        ("Of the 32 children, two-thirds had a plan.", [("fraction", 2 / 3, 2, 3)]),
        ("Of the 32 children, 30 per cent had a plan.", [("percent", 30, None, None)]),
        ("We saw 3 in 2019 and more later.", []),
        ("About 41,000 children aged 10 to 17 live here.", [("population", 41000, None, None)]),
    ],
)
def test_quantities(sentence: str, wanted: list[tuple[object, ...]]) -> None:
    rows = pj.read_report(f"{COVER}Background\n\n{sentence}\n".encode()).quantities
    found = [
        (kind, value, *(None if np.isnan(part) else part for part in parts))
        for kind, value, *parts in rows[["kind", "value", "numerator", "denominator"]].tolist()
        if kind != "number"
    ]
    assert found == wanted


EDGE = "\n\n3 An inspection of youth justice services in Kent\n\f\n\n"


def over_edge(before: str, after: str, framework: str = "yjs-2021") -> pj.Report:
    """Read a text that a page's edge tears apart."""
    lead = f"{COVER}Foreword\n\nKent YJS is a service by the sea and has many people in it.\n"
    text = f"{lead}{before}{EDGE}{after}\n\n2.1. Assessment\n\nGood\n"
    return pj.read_report(text.encode(), framework=framework)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("It was rated 'Inadequate' in", "2019. Police came.", ("", 2019, "previous")),
        ("In 2019 governance", "and leadership was rated 'Good'. So.", ("1.1", 2019, "previous")),
        ("They saw Devon YJS,", "rated 'Good' by us in 2019. So.", ("", 2019, "other")),
        ("A rating of 'Good'", "means that most of it was right.", ("", -1, "not given")),
        ("The service was previously", "graded as 'Good'. It was so.", ("", -1, "previous")),
    ],
)
def test_a_page_s_edge_parts_no_sentence(
    before: str, after: str, wanted: tuple[str, int, str]
) -> None:
    rows = over_edge(before, after).mentions[["standard", "year", "role"]]
    assert rows.tolist() == [wanted]


def test_a_sample_may_stand_at_a_page_s_edge() -> None:
    item = "\u2022 strengthen the contact with victims and record what they ask for\n"
    sample = "We took a detailed look at 71 cases where the YJS had worked with children"
    text = (
        f"{COVER}Recommendations\n\nThe Kent Board should:\n{item}Background (Back to top)\n\n"
        f"{sample}\n\n3\n\fBackground (Back to top)\n\nsubject to bail.\n\n"
        "2.1. Assessment\n\nGood\n"
    )
    assert pj.read_report(text.encode(), framework="yjs-2021").samples["cases"].tolist() == [71]


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (f"We conducted fieldwork over a week, beginning 28{EDGE}April 2023. So.", "2023-04-28"),
        ("Ratings\n\nFieldwork started\n\fApril 2023Score 3/36\nOverall ratingGood", "2023-04-01"),
    ],
)
def test_a_date_may_stand_at_a_page_s_edge(lines: str, day: str) -> None:
    row = pj.read_report(f"{COVER}{lines}\n".encode()).inspections[0]
    assert str(row["fieldwork"]) == day


def test_an_addressee_may_be_broken_before_its_verb() -> None:
    assert addressees("Recommendations\n\nKent Youth Justice Board\n\fshould:\n\n\u2022 act\n") == [
        (0, "Kent Youth Justice Board")
    ]


def test_a_number_in_words_may_be_broken_by_the_margin() -> None:
    text = f"{COVER}Background\n\nThe wishes of victims were recorded in four-\nteen of 26 cases.\n"
    rows = pj.read_report(text.encode()).quantities
    assert rows[["kind", "numerator", "denominator"]].tolist() == [("count", 14.0, 26.0)]


ONE_LINE = (
    "{} YJS Overall ratingGood1.1 Governance and leadershipGood1.2 StaffOutstanding"
    "2.1 AssessmentGood2.2 PlanningRequires improvement\n"
)


def rated(text: str) -> dict[str, int]:
    """Read the ratings that are found, the overall one under ''."""
    report = pj.read_report((COVER + text).encode(), framework="yjs-2021")
    rows = {"": report.inspections["overall"][0]}
    rows |= dict(zip(report.ratings["standard"], report.ratings["rating"], strict=True))
    return {str(code): int(value) for code, value in rows.items() if value != pj.Rating.NOT_FOUND}


def test_a_whole_table_may_stand_behind_its_service_s_name() -> None:
    wanted = {"": 2, "1.1": 2, "1.2": 3, "2.1": 2, "2.2": 1}
    assert rated(ONE_LINE.format("Kent")) == wanted
    assert rated(ONE_LINE.format("Devon") + ONE_LINE.format("Kent")) == wanted
    assert rated(ONE_LINE.format("Devon")) == {}


ROW = "1.1 Governance and leadership"


@pytest.mark.parametrize(
    "table",
    [
        f"Standard\t2019\t2023\n{ROW}\tInadequate",
        f"Standard\tMay 2019\tMay 2023\nOrganisational delivery\n{ROW}\tInadequate",
        f"Standard\tIn 2019\tNow (2023)\n{ROW}\tInadequate",
        f"Standard\t2019 inspection\t2023 inspection\n{ROW}\tInadequate",
        f"Standard\n\n2019\n\n2023\n\n{ROW}\n\nInadequate\n",
        f"{ROW}\n\nInadequate\n\nGood\n\n1.2 Staff\n\nInadequate",
        f"{ROW}\tInadequate\tGood\n1.2 Staff\tInadequate",
        "Year\tOverall rating\n2019\tInadequate\n",
        "Year\tOverall rating\nMay 2019\tInadequate\n",
    ],
)
def test_an_older_column_is_not_taken_for_the_newer(table: str) -> None:
    assert rated(f"Ratings\n\n{table}") == {}


def test_a_history_that_breaks_off_gives_no_rating() -> None:
    text = "Kent Youth Justice Service was rated 'Inadequate' in 2015, and rated 'Good' in 2019"
    assert pj.read_report(f"{text}.\n".encode()).inspections["overall"] == pj.Rating.GOOD
    cut = pj.read_report(f"{text} and\n".encode())
    assert cut.inspections["overall"] == pj.Rating.NOT_FOUND


@pytest.mark.parametrize(
    ("sentence", "hedges"),
    [
        ("It was between 10 and 15 per cent of them.", ["between", "between"]),
        ("The gap was between 10 per cent of boys and 15 per cent of girls.", ["", ""]),
        ("Of the 32 children, at least 19 had a plan.", ["at least"]),
    ],
)
def test_hedges(sentence: str, hedges: list[str]) -> None:
    rows = pj.read_report(f"{COVER}Background\n\n{sentence}\n".encode()).quantities
    assert rows["hedge"].tolist() == hedges


@pytest.mark.parametrize(
    ("sentence", "standard"),
    [
        ("Inspectors rated leadership 'Good'.", "1.1"),
        ("Leadership was found to be 'Good'.", "1.1"),
        ("Staffing was rated 'Good'.", "1.2"),
        ("Planning was rated 'Good'.", "*"),
        ("Delivery was rated 'Good'.", "*"),
        ("The service was found to be 'Good'.", ""),
    ],
)
def test_a_standard_may_be_named_by_a_word_of_its_title(sentence: str, standard: str) -> None:
    text = f"{COVER}Foreword\n\n{sentence}\n\n2.1. Assessment\n\nGood\n"
    rows = pj.read_report(text.encode(), framework="yjs-2021").mentions
    assert rows[["standard", "role"]].tolist() == [(standard, "current")]


def test_what_is_found_to_be_so_is_not_always_the_service() -> None:
    assert news("Plans were found to be 'inadequate'.")["overall"] == pj.Rating.NOT_FOUND
    assert news("Plans were found to be inadequate.")["overall"] == pj.Rating.NOT_FOUND


@pytest.mark.parametrize("kind", ["", " youth justice service"])
@pytest.mark.parametrize("join", ["&", "and"])
def test_a_headline_may_have_half_of_a_name(kind: str, join: str) -> None:
    text = (
        f"Telford{kind} rated 'Good' by inspectors\n\nThe Telford {join} Wrekin Youth Justice "
        f"Service got a rating of 'Good', the mayor said. Telford {join} Wrekin YJS works.\n"
    )
    rows = pj.read_report(text.encode()).mentions
    assert rows[["service", "role"]].tolist() == [(f"Telford {join} Wrekin", "current")] * 2


def test_a_town_s_council_may_write_of_the_service_of_a_group() -> None:
    text = (
        "Warrington Borough Council\n\nWarrington Borough Council welcomed a report. Cheshire "
        "Youth Justice Service, which works for Warrington Borough Council, was rated 'Good'. "
        "Cheshire Youth Justice Service has many staff, the mayor said.\n"
    )
    assert pj.read_report(text.encode()).inspections["service"] == "Cheshire"
    assert pj.read_report(text.encode()).inspections["overall"] == pj.Rating.GOOD
    other = text.replace("Cheshire Youth", "Devon Youth", 1)
    assert pj.read_report(other.encode()).inspections["overall"] == pj.Rating.NOT_FOUND


@pytest.mark.parametrize("head", ["Self-assessment", "# Self-evaluation", "Mock inspection 2022"])
def test_what_a_service_thinks_of_itself_is_no_rating(head: str) -> None:
    own = f"{head}\n\n{ROW}\tOutstanding\n1.2 Staff\tOutstanding\n\n"
    assert rated(f"{own}Ratings\n\n{ROW}\tGood\n1.2 Staff\tGood\n") == {"1.1": 2, "1.2": 2}
    assert rated(f"Standard\tSelf-assessment\tRating\n{ROW}\tOutstanding") == {}


def test_a_marked_title_is_a_cover_s() -> None:
    text = f"# {COVER}| Overall youth justice service rating | Good |\n| 1.1 Staff | Good |\n"
    row = pj.read_report(text.encode()).inspections[0]
    assert (row["kind"], row["overall"]) == ("report", pj.Rating.GOOD)
