"""Every field of 200 generated documents is recovered, in every form and under every damage.

A failure prints the seed, the recipe, what differs, and the command that shows the document.
`tests/deep/test_generated_deep.py` does the same with ten times as many.
"""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

import pyjustice as pj
from tests.tools.reportmaker import compare, make
from tests.tools.reportmaker.forms import CHOICES, DAMAGES, Form
from tests.tools.reportmaker.perfect import perfect
from tests.tools.reportmaker.shelf import shelf_names
from tests.tools.reportmaker.trial import draw_kind, summary, try_html, try_pdf, try_text

SEEDS = range(200)


def test_every_field_of_a_text() -> None:
    failures = [said for seed in SEEDS if (said := try_text(seed, pj.read_report))]
    assert not failures, summary(failures, len(SEEDS))


@pytest.mark.parametrize("seed", range(1000, 1010))
def test_every_field_of_a_pdf(seed: int, tmp_path: Path) -> None:
    said = try_pdf(seed, pj.read_report, tmp_path)
    assert not said, said


@pytest.mark.parametrize("seed", range(2000, 2010))
def test_every_field_of_a_web_page(seed: int, tmp_path: Path) -> None:
    said = try_html(seed, pj.read_report, tmp_path)
    assert not said, said


def test_the_check_finds_nothing_to_object_to() -> None:
    """Figures and ratings of these documents follow the rules, or lie within discretion."""
    for seed in range(60):
        made = make(seed, damage=())
        check = pj.read_report(made.text).check()
        differing = [str(row["item"]) for row in check[check["result"] == 0]]
        assert not differing, (made.recipe, differing)
        moved = check[check["item"] == made.truth.moved]
        assert all(moved["reason"] == "within discretion"), made.recipe


def test_every_choice_is_drawn() -> None:
    drawn: Counter[tuple[str, object]] = Counter()
    for seed in SEEDS:
        made = make(seed, kind=draw_kind(seed))
        assert isinstance(made.form, Form)
        drawn.update(asdict(made.form).items())
        drawn.update(("framework", made.truth.framework) for _ in [0] if made.truth.framework)
        damage = made.recipe.split("damage=")[1].split()[0]
        drawn.update(("damage", name) for name in damage.split(","))
    wanted = {(key, option) for key, options in CHOICES.items() for option in options}
    wanted |= {("damage", name) for name in (*DAMAGES, "none")}
    wanted |= {("framework", name) for name in shelf_names()}
    assert not wanted - drawn.keys()


def test_every_kind_of_truth_is_drawn() -> None:
    drawn: Counter[object] = Counter()
    for seed in SEEDS:
        truth = make(seed, kind=draw_kind(seed)).truth
        drawn.update((("maximum", truth.max_score), ("kind", truth.kind)))
        drawn.update(("role", mention.role) for mention in truth.mentions)
        drawn.update(("quantity", quantity.kind) for quantity in truth.quantities)
        drawn.update(("rating", rating.rating) for rating in truth.ratings)
        drawn.update(("domain", sample.domain) for sample in truth.samples)
        drawn["a rating within discretion"] += bool(truth.moved)
        drawn["no recommendations stated"] += truth.stated_recommendations < 0
    wanted: set[object] = {("maximum", value) for value in (36, 24, 21, 12)}
    wanted |= {("kind", name) for name in ("report", "news", "other")}
    wanted |= {("role", name) for name in ("current", "previous", "other", "not given")}
    wanted |= {("quantity", k) for k in ("percent", "count", "fraction", "rate", "population")}
    wanted |= {("rating", code) for code in (-1, 0, 1, 2, 3, 10, 11, 12, 13)}
    wanted |= {("domain", code) for code in "234VF"}
    wanted |= {"a rating within discretion", "no recommendations stated"}
    assert not {thing for thing in wanted if not drawn[thing]}


def test_the_same_seed_makes_the_same_document() -> None:
    first, second = make(11), make(11)
    assert (first.text, first.recipe, first.truth) == (second.text, second.recipe, second.truth)


def test_a_reader_without_fault_passes() -> None:
    for seed in SEEDS:
        made = make(seed, kind=draw_kind(seed))
        assert compare(made, perfect(made)) == []


# Fields that a slip in must show, by table; a value of the same type that cannot be right.
SLIPS = {
    "inspections": {
        "kind": "x",
        "framework": "x",
        "service": "x",
        "score": 99,
        "max_score": 99,
        "overall": 9,
        "published": "1999-01-01",
        "fieldwork": "1999-01-01",
        "stated_recommendations": 99,
    },
    "ratings": {
        "standard": "9.9",
        "title": "x",
        "domain": "9",
        "rating": 9,
        "word": "x",
        "counts": 2,
        "percent": 101.0,
    },
    "questions": {"standard": "9.9", "number": 9, "question": "x", "percent": 101.0, "yes": 999},
    "samples": {"domain": "9", "cases": 999},
    "recommendations": {"number": 99, "printed": 99, "addressee": "x"},
    "quantities": {"kind": "x", "value": -1.0, "hedge": "x"},
    "mentions": {"service": "x", "standard": "9.9", "year": 1999, "rating": 9, "role": "x"},
}


@pytest.mark.parametrize("table", SLIPS)
def test_no_slip_passes(table: str) -> None:
    made = make(4, "yjs-2021", form={"question_counts": True, "fieldwork_place": "both"})
    assert getattr(perfect(made), table), "this document must have a row to spoil"
    for field, wrong in SLIPS[table].items():
        report = perfect(made)
        row = getattr(report, table)[0]
        if table == "ratings" and field == "counts":
            wrong = not row["counts"]
        row[field] = wrong
        assert compare(made, report), (table, field)
    for change in ("lost", "doubled"):
        report = perfect(made)
        rows = getattr(report, table)
        rows[:] = rows[1:] if change == "lost" else [rows[0], *rows]
        # A mention that is read twice is no fault: prose may say a thing twice.
        assert compare(made, report) or (table, change) == ("mentions", "doubled"), change
