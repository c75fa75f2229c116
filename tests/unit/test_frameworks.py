"""The framework files and their arithmetic."""

from __future__ import annotations

import copy
import math
import pickle
import tomllib
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from pyjustice.ground.codes import Rating
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, fold, framework, frameworks

IDS = ["fji-2012", "yos-2018", "yjs-2021", "iyjwcv-2025", "iyjs-2025"]
RULES = resources.files("pyjustice.ground").joinpath("rules")
DATA = {
    one: tomllib.loads(RULES.joinpath(f"{one}.toml").read_text(encoding="utf-8")) for one in IDS
}
O, G, R, I, N = 3, 2, 1, 0, -1  # noqa: E741 - the initials of the four ratings


def data(one: str = "yjs-2021") -> dict[str, Any]:
    return copy.deepcopy(DATA[one])


# Every case-based rating published in the reports at hand: framework, standard, sample, the
# percentages and the counts behind them, and the published rating.
PUBLISHED = [
    ("yjs-2021", "2.1", 21, (81, 71, 71), (17, 15, 15), G),
    ("yjs-2021", "2.2", 21, (76, 71, 67), (16, 15, 14), G),
    ("yjs-2021", "2.3", 21, (71, 57, 52), (15, 12, 11), R),
    ("yjs-2021", "2.4", 21, (62, 57, 57), (13, 12, 12), R),
    ("yjs-2021", "3.1", 20, (55, 25, 25), (11, 5, 5), I),
    ("yjs-2021", "3.2", 20, (65, 40, 50), (13, 8, 10), I),
    ("yjs-2021", "3.3", 20, (50, 45, 60), (10, 9, 12), I),
    ("yjs-2021", "2.1", 7, (100, 86, 100), (7, 6, 7), O),
    ("yjs-2021", "2.2", 7, (100, 71, 71), (7, 5, 5), G),
    ("yjs-2021", "2.3", 7, (100, 86, 86), (7, 6, 6), O),
    ("yjs-2021", "2.4", 7, (100, 100, 100), (7, 7, 7), O),
    ("yjs-2021", "3.1", 6, (100, 67, 67), (6, 4, 4), G),
    ("yjs-2021", "3.2", 6, (100, 83, 50), (6, 5, 3), R),
    ("yjs-2021", "3.3", 6, (100, 100, 83), (6, 6, 5), O),
    ("iyjwcv-2025", "2.1", 19, (100, 68), (19, 13), G),
    ("iyjwcv-2025", "2.2", 19, (100, 84), (19, 16), O),
    ("iyjwcv-2025", "2.3", 19, (100, 84), (19, 16), O),
]


@pytest.mark.parametrize(("one", "code", "cases", "percents", "counts", "rating"), PUBLISHED)
def test_published_standards(
    one: str, code: str, cases: int, percents: tuple[int, ...], counts: tuple[int, ...], rating: int
) -> None:
    chosen = framework(one)
    assert chosen.band(min(percents)) == rating
    assert chosen.band_counts(min(counts), cases) == rating
    assert len(chosen.standard(code).questions) == len(percents)
    for percent, yes in zip(percents, counts, strict=True):
        assert math.floor(Fraction(100 * yes, cases) + Fraction(1, 2)) == percent


@pytest.mark.parametrize(
    ("one", "ratings", "total", "maximum", "overall"),
    [
        ("yjs-2021", [R, R, R, R, G, G, R, R, I, I, I, R], 11, 36, R),
        ("yjs-2021", [G, O, G, O, O, G, O, O, G, R, O, G], 29, 36, G),
        ("iyjwcv-2025", [G, O, O, R], 9, 12, G),
    ],
)
def test_published_totals(
    one: str, ratings: list[int], total: int, maximum: int, overall: int
) -> None:
    chosen = framework(one)
    assert sum(chosen.points(rating) for rating in ratings) == total
    assert chosen.overall(total, maximum) == overall
    assert len(ratings) == sum(standard.counts for standard in chosen.standards)


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (58, "Unsatisfactory"),
        (56, "Unsatisfactory"),
        (62, "Unsatisfactory"),
        (82, "Good"),
        (63, "Unsatisfactory"),
        (49, "Poor"),
        (65, "Satisfactory"),
    ],
)
def test_themes(percent: int, word: str) -> None:
    chosen = framework("fji-2012")
    assert chosen.word(chosen.band(percent)) == word
    assert chosen.overall(9, 12) == Rating.NOT_RATED
    assert not chosen.gives_overall
    assert chosen.totals is None
    with pytest.raises(DataError, match="gives no points"):
        chosen.points(Rating.GOOD_2012)


@pytest.mark.parametrize("one", IDS)
def test_band_edges(one: str) -> None:
    chosen = framework(one)
    steps = [rating.code for rating in chosen.ratings]
    for percent, step in [
        (0, 0),
        (49, 0),
        (49.49, 0),
        (49.5, 1),
        (50, 1),
        (64, 1),
        (64.49, 1),
        (64.5, 2),
        (65, 2),
        (79, 2),
        (79.5, 3),
        (80, 3),
        (100, 3),
    ]:
        assert chosen.band(percent) == steps[step], percent
    # Both round to a boundary that their exact share does not reach.
    assert chosen.band_counts(11, 17) == steps[2]
    assert chosen.band_counts(35, 44) == steps[3]
    assert chosen.band_counts(9, 14) == steps[1]


def test_band_settings() -> None:
    changed = data()
    changed["bands"] |= {"boundary": "lower", "rounding": "none"}
    chosen = framework(changed)
    assert [chosen.band(p) for p in (0, 50, 50.01, 64.9, 65, 80, 100)] == [0, 0, 1, 1, 1, 2, 3]
    assert chosen.band_counts(11, 17) == 1


@pytest.mark.parametrize(
    ("one", "maximum", "highest"),
    [
        ("yjs-2021", 36, (6, 18, 30, 36)),
        ("yos-2018", 36, (6, 18, 30, 36)),
        ("yjs-2021", 24, (4, 12, 20, 24)),
        ("yos-2018", 24, (4, 12, 20, 24)),
        ("iyjs-2025", 21, (3, 10, 17, 21)),
        ("iyjwcv-2025", 12, (2, 6, 10, 12)),
    ],
)
def test_totals(one: str, maximum: int, highest: tuple[int, ...]) -> None:
    chosen = framework(one)
    got = [chosen.overall(total, maximum) for total in range(maximum + 1)]
    want = [
        next(code for code, top in enumerate(highest) if total <= top)
        for total in range(maximum + 1)
    ]
    assert got == want


def test_totals_tie() -> None:
    assert [framework("yjs-2021").overall(t, 36) for t in (6, 18, 30)] == [0, 1, 2]
    changed = data()
    changed["totals"]["tie"] = "upper"
    assert [framework(changed).overall(t, 36) for t in (5, 6, 18, 30)] == [0, 1, 2, 3]


def test_totals_confidence() -> None:
    totals = framework("yjs-2021").totals
    assert totals is not None
    assert totals.maxima == (36, 24)
    assert totals.confidence == {36: "high", 24: "inferred"}
    assert totals.cuts == (Fraction(1, 6), Fraction(1, 2), Fraction(5, 6))


@pytest.mark.parametrize(
    "call",
    [
        lambda f: f.band(-1),
        lambda f: f.band(100.5),
        lambda f: f.band(math.nan),
        lambda f: f.band(math.inf),
        lambda f: f.band_counts(1, 0),
        lambda f: f.band_counts(3, 2),
        lambda f: f.band_counts(-1, 2),
        lambda f: f.overall(9, 12),
        lambda f: f.overall(37, 36),
        lambda f: f.overall(-1, 36),
        lambda f: f.points(-1),
        lambda f: f.points(13),
        lambda f: f.word(13),
        lambda f: f.standard("V1"),
    ],
)
def test_refused_values(call: Callable[[Framework], object]) -> None:
    with pytest.raises(DataError):
        call(framework("yjs-2021"))


def test_words() -> None:
    chosen = framework("yjs-2021")
    assert [chosen.word(code) for code in (-2, -1, 0, 1, 2, 3)] == [
        "",
        "Not rated",
        "Inadequate",
        "Requires improvement",
        "Good",
        "Outstanding",
    ]
    for one in IDS:
        for rating in framework(one).ratings:
            assert Rating(rating.code).word == rating.word


def test_packaged() -> None:
    assert frameworks() == IDS
    got = {one: framework(one) for one in IDS}
    assert {one: f.first for one, f in got.items()} == {
        "fji-2012": date(2012, 9, 1),
        "yos-2018": date(2018, 5, 1),
        "yjs-2021": date(2021, 7, 1),
        "iyjwcv-2025": date(2025, 3, 1),
        "iyjs-2025": date(2025, 3, 1),
    }
    assert got["yos-2018"].last == date(2021, 6, 30)
    assert got["iyjs-2025"].last is None
    assert [len(f.standards) for f in got.values()] == [6, 12, 13, 4, 7]
    assert repr(got["yjs-2021"]) == "Framework('yjs-2021': 13 standards, out of 36)"
    assert repr(got["fji-2012"]) == "Framework('fji-2012': 6 standards, no total)"


def test_standards() -> None:
    new, old = framework("yjs-2021"), framework("yos-2018")
    assert old.standard("3.4").title == "Joint working"
    assert old.standard("3.4").rated_by == "questions"
    assert new.standard("3.4").rated_by == "evidence"
    assert [s.code for s in new.standards if not s.core] == ["4.1"]
    assert [s.code for s in framework("fji-2012").standards if not s.core] == ["F6"]
    assert "Delivery" in new.standard("2.3").titles
    assert "holistic" in new.standard("2.2").statements[0]
    assert "analytical" in new.standard("3.2").statements[0]
    victims = framework("iyjwcv-2025").standard("V1")
    assert victims.rated_by == "mixed"
    assert [question.has_percent for question in victims.questions] == [True, False]
    for code in ("1.1", "1.2", "1.3"):
        unknown = framework("iyjs-2025").standard(code)
        assert unknown.questions == unknown.statements == ()
        assert "not found" in unknown.note


def test_wordings() -> None:
    chosen = framework("yjs-2021")
    delivery = chosen.standard("2.3").questions[0]
    assert delivery.text == (
        "Does the implementation and delivery of services effectively "
        "support the child's desistance?"
    )
    assert "Does service delivery effectively support the child's desistance?" in delivery.variants
    assert delivery.lead[:2] == (
        "Does the implementation and delivery of services",
        "Does the implementation and delivery of services effectively support",
    )
    assert delivery.fragments == (
        "effectively support the child's desistance?",
        "the child's desistance?",
    )
    statements = chosen.standard("1.1").statements
    assert any(" YOT " in text for text in statements)
    assert statements[0].startswith("The governance and leadership of the YJS supports")
    spelt = framework("yos-2018").standard("2.1").questions[1].variants
    assert "Does assessment analyse how to keep the child or young person safe?" in spelt


def test_rules() -> None:
    rules = framework("yjs-2021").rules
    assert [(r.standard, r.rating, r.force, r.condition["kind"]) for r in rules] == [
        ("1.1", 3, "hard", "all"),
        ("1.1", 0, "usual", "share"),
        ("1.3", 0, "usual", "pair"),
    ]
    assert rules[0].condition["requires"] is True
    assert rules[1].condition["fewer_than"] == Fraction(1, 2)
    assert rules[1].condition["and_remaining"] == {"rating_at_most": 0, "more_than": Fraction(1, 2)}
    assert rules[2].condition["ratings"] == (1, 0)
    assert all("3.4" not in rule.condition["of"] for rule in rules)
    assert framework("yos-2018").rules == ()


@pytest.mark.parametrize("one", IDS)
def test_phrases(one: str) -> None:
    chosen = framework(one)
    phrases = chosen.phrases()
    assert len({(role, fold(text), *rest) for role, text, *rest in phrases}) == len(phrases)
    roles = {
        "rating",
        "title",
        "statement",
        "question",
        "lead",
        "fragment",
        "domain",
        "subject",
        "inspection_title",
        "mark",
    }
    for role, text, standard, number, value in phrases:
        assert role in roles
        assert fold(text)
        assert text == text.strip()
        assert not text.endswith(("?", ".", ":"))
        assert "{" not in text
        assert "|" not in text
        assert (standard >= 0) == (
            role in {"title", "statement", "question", "lead", "fragment", "subject"}
        )
        assert standard < len(chosen.standards)
        coded = role == "mark" and text[0].isdigit()
        assert (number > 0) == (role in {"question", "fragment"} or coded)
        assert role in {"rating", "domain", "mark"} or value == 0
    titles = {text for role, text, *_ in phrases if role == "title"}
    assert titles >= {standard.title for standard in chosen.standards}


def test_every_setting_has_its_origin() -> None:
    known = {"found", "high", "medium", "low", "inferred"}
    for one in IDS:
        chosen = framework(one)
        settings: list[Any] = [chosen.bands, chosen.discretion, *chosen.rules, *chosen.standards]
        settings += [question for s in chosen.standards for question in s.questions]
        assert all(setting.source and setting.confidence in known for setting in settings)
        assert chosen.bands.rounding_source
        assert chosen.bands.rounding_confidence in known
        assert chosen.source["text"]
        assert chosen.source["confidence"] in known
        assert chosen.dates["source"]
        if chosen.totals:
            assert set(chosen.totals.confidence) == set(chosen.totals.maxima)


def test_sources_of_a_framework(tmp_path: Path) -> None:
    text = RULES.joinpath("iyjwcv-2025.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    packaged = framework("iyjwcv-2025")
    assert framework(packaged) is packaged
    assert framework(path) == framework(str(path)) == framework(text) == packaged
    assert framework(data("iyjwcv-2025")) == packaged
    assert pickle.loads(pickle.dumps(packaged)) == packaged  # noqa: S301 - made here


def test_dates_as_text() -> None:
    changed = data()
    changed["dates"]["first"] = "2021-07-01"
    assert framework(changed) == framework("yjs-2021")


def test_a_new_framework_needs_no_code() -> None:
    chosen = framework(
        {
            "id": "mine",
            "name": "Three bands",
            "gives_overall": False,
            "source": {"text": "a test", "confidence": "low"},
            "dates": {"source": "a test", "confidence": "low"},
            "rating": [
                {"code": 20, "word": "Red"},
                {"code": 21, "word": "Amber"},
                {"code": 22, "word": "Green"},
            ],
            "bands": {
                "lower": [0, 40, 70],
                "boundary": "upper",
                "rounding": "none",
                "source": "x",
                "confidence": "low",
                "rounding_source": "x",
                "rounding_confidence": "low",
            },
            "discretion": {"bands": 0, "within_points": 0, "source": "x", "confidence": "low"},
            "recognise": {"titles": ["a survey of services"]},
            "domain": [{"code": "1", "titles": []}],
            "standard": [
                {
                    "code": "A",
                    "title": "Work",
                    "domain": "1",
                    "rated_by": "score",
                    "statements": [],
                    "source": "x",
                    "confidence": "low",
                    "questions": [{"number": 1, "text": "Score"}],
                }
            ],
        }
    )
    assert [chosen.word(chosen.band(p)) for p in (39.9, 40, 69.9, 70)] == [
        "Red",
        "Amber",
        "Amber",
        "Green",
    ]
    assert chosen.first is chosen.last is None
