"""The five documents, read exactly: whole where at hand, the embedded sample everywhere."""

import pickle
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

import pyjustice as pj

SHARED = Path(__file__).parents[3] / "shared" / "reports"
DEMO = Path(str(resources.files("pyjustice") / "data" / "demo"))
FOLDERS = [DEMO] + ([SHARED] if SHARED.is_dir() else [])

RI = "Requires improvement"
PUBLISHED = {
    "lambeth-2015-fji": {
        "inspection": (
            "report",
            "fji-2012",
            "Lambeth",
            "2015-01-01",
            2,
            "2014-09-15",
            3,
            -1,
            -1,
            -1,
            "",
            -1,
        ),
        "ratings": dict(
            zip(
                ("F1", "F2", "F3", "F4", "F5", "F6"),
                ("Unsatisfactory",) * 3 + ("Good",) + ("Unsatisfactory",) * 2,
                strict=True,
            )
        ),
        "questions": {"F1": [58], "F2": [56], "F3": [62], "F4": [82], "F6": [63]},
        "samples": {"F": 61},
        "recommendations": [
            ("Chair of the YOS Management Board", 3),
            ("YOS Manager", 4),
            ("YOS Manager and Chair of the Local Safeguarding Children Board", 1),
        ],
        "quantities": [("percent", 42.5), ("percent", 35.4)],
    },
    "lambeth-2025": {
        "inspection": (
            "report",
            "iyjwcv-2025",
            "Lambeth",
            "NaT",
            0,
            "2025-10-06",
            3,
            9,
            12,
            2,
            "Good",
            4,
        ),
        "ratings": {"2.1": "Good", "2.2": "Outstanding", "2.3": "Outstanding", "V1": RI},
        "questions": {"2.1": [100, 68], "2.2": [100, 84], "2.3": [100, 84]},
        "samples": {"2": 19, "V": 12},
        "recommendations": [
            ("Lambeth Youth Justice Service", 1),
            ("Lambeth Youth Justice Partnership Board", 3),
        ],
        "quantities": [],
    },
    "waltham-forest-2024": {
        "inspection": (
            "report",
            "yjs-2021",
            "Waltham Forest",
            "2024-05-01",
            2,
            "2024-01-15",
            3,
            11,
            36,
            1,
            RI,
            9,
        ),
        "ratings": {
            "1.1": RI,
            "1.2": RI,
            "1.3": RI,
            "1.4": RI,
            "2.1": "Good",
            "2.2": "Good",
            "2.3": RI,
            "2.4": RI,
            "3.1": "Inadequate",
            "3.2": "Inadequate",
            "3.3": "Inadequate",
            "3.4": RI,
            "4.1": RI,
        },
        "questions": {
            "2.1": [81, 71, 71],
            "2.2": [76, 71, 67],
            "2.3": [71, 57, 52],
            "2.4": [62, 57, 57],
            "3.1": [55, 25, 25],
            "3.2": [65, 40, 50],
            "3.3": [50, 45, 60],
        },
        "samples": {"2": 21, "3": 20, "4": 3},
        "recommendations": [
            ("Waltham Forest Youth Justice Service", 6),
            ("Youth Justice Management Board", 2),
            ("Metropolitan Police", 1),
        ],
        "quantities": [],
    },
    "westminster-2024": {
        "inspection": (
            "report",
            "yjs-2021",
            "Westminster",
            "2024-09-01",
            2,
            "2024-04-22",
            3,
            29,
            36,
            2,
            "Good",
            4,
        ),
        "ratings": {
            "1.1": "Good",
            "1.2": "Outstanding",
            "1.3": "Good",
            "1.4": "Outstanding",
            "2.1": "Outstanding",
            "2.2": "Good",
            "2.3": "Outstanding",
            "2.4": "Outstanding",
            "3.1": "Good",
            "3.2": RI,
            "3.3": "Outstanding",
            "3.4": "Good",
            "4.1": "Not rated",
        },
        "questions": {
            "2.1": [100, 86, 100],
            "2.2": [100, 71, 71],
            "2.3": [100, 86, 86],
            "2.4": [100, 100, 100],
            "3.1": [100, 67, 67],
            "3.2": [100, 83, 50],
            "3.3": [100, 100, 83],
        },
        "samples": {"2": 7, "3": 6},
        "recommendations": [
            ("Westminster youth justice service", 2),
            ("YCPP management board and Probation Service", 1),
            ("YCPP management board and the Metropolitan Police", 1),
        ],
        "quantities": [],
    },
}
CASES = [(folder, name) for folder in FOLDERS for name in PUBLISHED]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0].name}/{case[1]}")
def case(request: pytest.FixtureRequest) -> tuple[pj.Report, dict[str, object]]:
    folder, name = request.param
    return pj.read_report(folder / f"{name}.txt"), PUBLISHED[name]


def test_inspection(case) -> None:
    report, want = case
    row = report.inspections[0]
    fields = ("kind", "framework", "service", "published", "published_precision", "fieldwork",
              "fieldwork_precision", "score", "max_score", "overall", "overall_word",
              "stated_recommendations")  # fmt: skip
    assert tuple(str(row[f]) for f in fields) == tuple(str(v) for v in want["inspection"])


def test_ratings(case) -> None:
    report, want = case
    rows = report.ratings
    assert (
        dict(zip(rows["standard"].tolist(), rows["word"].tolist(), strict=True)) == want["ratings"]
    )
    for row in rows:
        printed = report.excerpt(row)
        assert printed.casefold() == str(row["word"]).casefold()
        rules = pj.framework(str(row["framework"]))
        assert row["rating"] == -1 if row["word"] == "Not rated" else rules.word(row["rating"])
        questions = want["questions"].get(str(row["standard"]))
        assert row["percent"] == min(questions) if questions else np.isnan(row["percent"])


def test_questions(case) -> None:
    report, want = case
    found: dict[str, list[float]] = {}
    for row in report.questions:
        found.setdefault(str(row["standard"]), []).append(float(row["percent"]))
        assert row["number"] == len(found[str(row["standard"])])
        assert report.excerpt(row) == f"{row['percent']:.0f}%"
    assert found == want["questions"]


def test_counts_are_inferred_from_the_sample(case) -> None:
    report, want = case
    for row in report.questions:
        if str(row["standard"]).startswith("F"):
            assert (row["yes"], row["cases"], row["counts_from"]) == (-1, -1, "")
        else:
            assert row["counts_from"] == "inferred"
            assert row["unique"]
            assert row["cases"] == want["samples"][str(row["standard"])[0]]
            assert np.floor(100 * row["yes"] / row["cases"] + 0.5) == row["percent"]


def test_samples_and_recommendations(case) -> None:
    report, want = case
    rows = report.samples
    assert (
        dict(zip(rows["domain"].tolist(), rows["cases"].tolist(), strict=True)) == want["samples"]
    )
    addressees = report.recommendations["addressee"].tolist()
    assert [(name, addressees.count(name)) for name in dict.fromkeys(addressees)] == want[
        "recommendations"
    ]
    assert report.recommendations["number"].tolist() == list(range(1, len(addressees) + 1))


def test_planted_figures(case) -> None:
    report, want = case
    found = [(str(row["kind"]), float(row["value"])) for row in report.quantities]
    assert set(want["quantities"]) <= set(found)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_news(folder: Path) -> None:
    news = pj.read_report(folder / "lambeth-2026-news.txt")
    row = news.inspections[0]
    assert (row["kind"], row["service"], row["overall_word"], row["stated_recommendations"]) == (
        "news", "Lambeth", "Good", 4,
    )  # fmt: skip
    assert len(news.ratings) == len(news.questions) == len(news.samples) == 0
    told = [(str(m["role"]), int(m["year"]), int(m["rating"])) for m in news.mentions]
    assert told == [("current", -1, 2), ("previous", 2019, 1), ("previous", 2015, 0)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_cut_anywhere_nothing_is_wrong(folder: Path) -> None:
    """Each document cut at every 100th byte: what is found is what the whole document says."""
    for name, want in PUBLISHED.items():
        data = (folder / f"{name}.txt").read_bytes()
        for length in range(100, len(data), 100):
            report = pj.read_report(data[:length])
            for row in report.ratings:
                assert row["word"] in ("", want["ratings"].get(str(row["standard"])))
            score = int(report.inspections["score"][0])
            assert score in (-1, want["inspection"][7])
            assert report.inspections["overall_word"][0] in ("", want["inspection"][10])
            for row in report.questions:
                assert row["percent"] == want["questions"][str(row["standard"])][row["number"] - 1]


def test_reports_keep_the_order_and_number_the_documents() -> None:
    together = pj.read_reports(DEMO)
    assert [Path(s).stem for s in together.inspections["source"]] == sorted(
        [*PUBLISHED, "lambeth-2026-news"]
    )
    for i in range(len(together)):
        alone = pj.read_report(str(together.inspections["source"][i]))
        for table in (
            "ratings", "questions", "samples", "recommendations", "quantities", "mentions",
        ):  # fmt: skip
            rows = getattr(together, table)
            mine = rows[rows["report"] == i].copy()
            mine["report"] = 0
            assert repr(mine.tolist()) == repr(getattr(alone, table).tolist())  # NaN is no equal


def test_collecting_errors_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "c.txt").write_bytes((DEMO / "westminster-2024.txt").read_bytes())
    seen: list[tuple[int, int]] = []
    reports = pj.read_reports(
        tmp_path, errors="collect", progress=lambda n, of: seen.append((n, of))
    )
    assert (len(reports), len(reports.refused)) == (1, 2)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert [Path(s).name for s in reports.refused["source"]] == ["a.txt", "b.pdf"]
    with pytest.raises(pj.ParseError):
        pj.read_reports(tmp_path)
    with pytest.raises(ValueError, match="'raise' or 'collect'"):
        pj.read_reports(tmp_path, errors="ignore")  # type: ignore[arg-type]


def test_a_given_framework_is_used() -> None:
    text = (DEMO / "waltham-forest-2024.txt").read_text(encoding="utf-8")
    assert pj.read_report(text, framework="yos-2018").ratings["framework"][0] == "yos-2018"
    with pytest.raises(pj.FrameworkError):
        pj.read_report(text, framework="no-such-framework")


def test_pages_and_excerpts() -> None:
    report = pj.read_report("Overall rating\fRatings\n\n2.1 Assessing\tGood\n2.2 Planning\tGood\n",
                            framework="iyjwcv-2025")  # fmt: skip
    for row in report.ratings[report.ratings["rating"] >= 0]:
        assert (report.page(row), report.excerpt(row)) == (2, "Good")
    missing = report.ratings[report.ratings["rating"] == pj.Rating.NOT_FOUND]
    assert all(report.page(row) == 0 and report.excerpt(row) == "" for row in missing)


def test_errors_survive_pickling() -> None:
    error = pj.ParseError("expected text", "a/b.txt", 3, field="rating", offset=17)
    assert str(error) == "a/b.txt:3: field 'rating': expected text"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(again), again.offset, again.line) == (str(error), 17, 3)


def test_some_documents_are_taken_with_all_that_was_read_of_them() -> None:
    reports = pj.read_reports(DEMO)
    picked = reports.take([3, 1])
    assert picked.inspections["service"].tolist() == ["Waltham Forest", "Lambeth"]
    for name in ("ratings", "questions", "samples", "recommendations", "quantities", "mentions"):
        own, given = getattr(picked, name), getattr(reports, name)
        fields = list(own.dtype.names)[1:]
        for new, old in enumerate((3, 1)):
            mine, theirs = own[own["report"] == new], given[given["report"] == old]
            assert str(mine[fields].tolist()) == str(theirs[fields].tolist())
            words = map(picked.excerpt, mine), map(reports.excerpt, theirs)
            assert list(words[0]) == list(words[1])
    assert [len(one) for one in reports] == [1] * 5
    assert isinstance(reports[-1], pj.Report)
    assert str(reports[-1].check()) == str(reports.take([4]).check())
    assert len(reports[1:3]) == 2
    assert len(reports.take([])) == 0
    mask = reports.inspections["kind"] == "news"
    assert reports.take(mask).inspections["service"].tolist() == ["Lambeth"]
    with pytest.raises(IndexError):
        reports[5]
    with pytest.raises(pj.DataError, match="each of them once"):
        reports.take([1, 1])
