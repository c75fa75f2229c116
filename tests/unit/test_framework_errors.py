"""The errors of malformed framework files: each names its key."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyjustice.ground.errors import FrameworkError
from pyjustice.ground.frameworks import Framework, framework, frameworks

RULES = resources.files("pyjustice.ground").joinpath("rules")
DATA = {
    one: tomllib.loads(RULES.joinpath(f"{one}.toml").read_text(encoding="utf-8"))
    for one in frameworks()
}


def data(one: str = "yjs-2021") -> dict[str, Any]:
    return copy.deepcopy(DATA[one])


Change = Callable[[dict[str, Any]], object]


def put(*path: Any) -> Change:
    """Make a change: the last of the path is the value, the one before its key."""

    def change(root: Any) -> None:
        for step in path[:-2]:
            root = root[step]
        root[path[-2]] = path[-1]

    return change


def drop(*path: Any) -> Change:
    def change(root: Any) -> None:
        for step in path[:-1]:
            root = root[step]
        del root[path[-1]]

    return change


MALFORMED: list[tuple[str, Change, str]] = [
    ("id", drop("id"), "missing"),
    ("id", put("id", "a-name-that-is-too-long"), "at most 16"),
    ("name", put("name", 3), "expected a text, got an integer"),
    ("name", put("name", "  "), "empty"),
    ("colour", put("colour", "red"), "unknown key"),
    ("''", put("", "red"), "unknown key"),
    ("gives_overall", put("gives_overall", 1), "expected true or false, got an integer"),
    ("source", put("source", "a report"), "expected a table, got a text"),
    ("source.confidence", put("source", "confidence", "sure"), "expected one of"),
    ("source.links[0]", put("source", "links", [1]), "expected a text"),
    ("dates.first", put("dates", "first", "soon"), "expected a date"),
    ("dates.first", put("dates", "first", 2021), "expected a date"),
    ("dates.last", put("dates", "last", date(2020, 1, 1)), "after 2021-07-01"),
    ("expand.child", put("expand", "child", []), "list of texts"),
    ("expand.a b", put("expand", "a b", ["x"]), "expected a name"),
    ("rating", put("rating", []), "at least two"),
    ("rating[1].code", put("rating", 1, "code", 0), "duplicate code 0"),
    ("rating[1].code", put("rating", 1, "code", True), "expected an integer, got true or false"),
    ("rating[2].word", put("rating", 2, "word", "Fair"), "code 2 means 'Good'"),
    ("rating[2].points", put("rating", 2, "points", 1), "more points"),
    ("rating[2].points", drop("rating", 2, "points"), "more points"),
    ("rating[0].variants[0]", put("rating", 0, "variants", [None]), "got nothing"),
    ("bands", drop("bands"), "missing"),
    ("bands.lower", put("bands", "lower", [0, 50, 65]), "one number for each of the 4"),
    ("bands.lower[2]", put("bands", "lower", [0, 50, 50, 80]), "not ascending"),
    ("bands.lower[3]", put("bands", "lower", [0, 50, 65, 101]), "0 to 100"),
    ("bands.lower[0]", put("bands", "lower", [1, 50, 65, 80]), "expected 0"),
    ("bands.lower[1]", put("bands", "lower", [0, 49.5, 65, 80]), "expected an integer"),
    ("bands.boundary", put("bands", "boundary", "middle"), "expected one of"),
    ("bands.rounding", drop("bands", "rounding"), "missing"),
    ("bands.source", drop("bands", "source"), "missing"),
    ("bands.rounding_confidence", drop("bands", "rounding_confidence"), "missing"),
    ("totals", drop("totals"), "missing"),
    ("totals", put("gives_overall", False), "gives_overall is false"),
    ("totals.cuts", put("totals", "cuts", ["1/2"]), "expected 3"),
    ("totals.cuts[1]", put("totals", "cuts", ["1/2", "1/6", "5/6"]), "out of order"),
    ("totals.cuts[0]", put("totals", "cuts", [0.5, "1/2", "5/6"]), "fraction such as '1/2'"),
    ("totals.cuts[0]", put("totals", "cuts", ["1/0", "1/2", "5/6"]), "fraction such as '1/2'"),
    ("totals.cuts[2]", put("totals", "cuts", ["1/6", "1/2", "7/6"]), "between 0 and 1"),
    ("totals.tie", put("totals", "tie", "both"), "expected one of"),
    ("totals.maximum[1].value", put("totals", "maximum", 1, "value", 36), "duplicate"),
    ("totals.maximum[0].confidence", drop("totals", "maximum", 0, "confidence"), "missing"),
    ("totals.maximum", put("totals", "maximum", 0, "value", 35), "expected 36 among"),
    ("discretion.bands", put("discretion", "bands", -1), "expected 0 to 4"),
    ("discretion.within_points", drop("discretion", "within_points"), "missing"),
    ("recognise.titles", drop("recognise", "titles"), "missing"),
    ("recognise.marks[0]", put("recognise", "marks", [["one"]]), "a phrase and a weight"),
    ("recognise.marks[0][1]", put("recognise", "marks", [["one", -1]]), "expected 1 to"),
    ("recognise.marks[0][0]", put("recognise", "marks", [[1, 1]]), "expected a text"),
    ("recognise.marks[1]", put("recognise", "marks", [["a b", 1], ["A-B", 2]]), "duplicate mark"),
    ("domain[1].code", put("domain", 1, "code", "1"), "duplicate code"),
    ("domain[1].code", put("domain", 1, "code", "22"), "at most 1"),
    ("standard", put("standard", []), "at least one"),
    ("standard[1].code", put("standard", 1, "code", "1.1"), "duplicate code '1.1'"),
    ("standard[3].code", put("standard", 3, "code", "1.4.1.1.1"), "at most 8"),
    ("standard[4].domain", put("standard", 4, "domain", "9"), "expected one of '1'"),
    ("standard[4].rated_by", put("standard", 4, "rated_by", "luck"), "expected one of"),
    ("standard[4].titel", put("standard", 4, "titel", "x"), "unknown key"),
    ("standard[4].core", put("standard", 4, "core", "yes"), "expected true or false"),
    ("standard[4].source", drop("standard", 4, "source"), "missing"),
    ("standard[4].statements[0]", put("standard", 4, "statements", ["a {pet}"]), "unknown placeh"),
    ("standard[4].statements[0]", put("standard", 4, "statements", ["a {service"]), "closed"),
    ("standard[4].questions", put("standard", 4, "questions", []), "with a percentage"),
    ("standard[4].questions", put("standard", 4, "questions", {}), "expected a list"),
    ("standard[4].rated_by", drop("standard", 4, "rated_by"), "missing"),
    ("standard[4].questions", put("standard", 4, "rated_by", "score"), "got 3"),
    ("standard[3].questions[1].text", drop("standard", 3, "questions", 1, "text"), "missing"),
    ("standard[3].questions[1].text", put("standard", 3, "questions", 1, "text", "a | "), "both"),
    (
        "standard[3].questions[1].text",
        put("standard", 3, "questions", 1, "text", "{sufficiently}"),
        "empty",
    ),
    ("standard[3].questions[1].number", put("standard", 3, "questions", 1, "number", 1), "dupl"),
    ("standard[3].questions[1].number", put("standard", 3, "questions", 1, "number", 0), "1 to"),
    ("standard[4].questions[0].has_percent", put("standard", 4, "rated_by", "mixed"), "missing"),
    ("rule[0].standard", put("rule", 0, "standard", "9.9"), "expected one of"),
    ("rule[0].rating", put("rule", 0, "rating", 13), "expected a rating's code"),
    ("rule[0].force", put("rule", 0, "force", "soft"), "expected one of"),
    ("rule[0].text", drop("rule", 0, "text"), "missing"),
    ("rule[0].condition.kind", put("rule", 0, "condition", "kind", "any"), "expected one of"),
    ("rule[0].condition.of", put("rule", 0, "condition", "of", []), "at least one"),
    ("rule[0].condition.of[1]", put("rule", 0, "condition", "of", ["2.1", "9.9"]), "another stan"),
    ("rule[0].condition.of[0]", put("rule", 0, "condition", "of", ["1.1"]), "another standard"),
    ("rule[0].condition.of[1]", put("rule", 0, "condition", "of", ["2.1", "2.1"]), "duplicate"),
    ("rule[0].condition.fewer_than", put("rule", 0, "condition", "fewer_than", "1/2"), "unknown"),
    ("rule[1].condition.fewer_than", put("rule", 1, "condition", "fewer_than", "half"), "fract"),
    (
        "rule[1].condition.and_remaining.more_than",
        drop("rule", 1, "condition", "and_remaining", "more_than"),
        "missing",
    ),
    ("rule[2].condition.of", put("rule", 2, "condition", "of", ["2.1"]), "two for a pair"),
    ("rule[2].condition.ratings", put("rule", 2, "condition", "ratings", [1]), "two for a pair"),
    ("rule[2].condition.ratings[1]", put("rule", 2, "condition", "ratings", [1, 9]), "code"),
]


@pytest.mark.parametrize(("key", "change", "message"), MALFORMED)
def test_malformed(key: str, change: Change, message: str) -> None:
    changed = data()
    change(changed)
    with pytest.raises(FrameworkError) as caught:
        framework(changed)
    assert caught.value.key == key
    assert message in caught.value.message
    assert key in str(caught.value)


def test_points_are_needed_for_totals() -> None:
    changed = data()
    for rating in changed["rating"]:
        del rating["points"]
    with pytest.raises(FrameworkError) as caught:
        framework(changed)
    assert caught.value.key == "rating[0].points"


def test_too_many_spellings() -> None:
    changed = data()
    changed["expand"] |= {name: [str(i) for i in range(30)] for name in ("a", "b")}
    changed["standard"][0]["statements"] = ["{a} {b}"]
    with pytest.raises(FrameworkError, match="at most 500 spellings, got 900"):
        framework(changed)


def test_errors_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    for text in (b"id = ", b"\xff\xfe", b"a = " + b"[" * 100_000):
        path.write_bytes(text)
        with pytest.raises(FrameworkError) as caught:
            framework(path)
        assert caught.value.path == str(path)
    path.write_text('id = "x"\n', encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        framework(path)
    assert (caught.value.path, caught.value.key) == (str(path), "rating")
    path.write_bytes(b"#" * (5 * 1024 * 1024))
    with pytest.raises(FrameworkError, match="at most"):
        framework(path)


@pytest.mark.parametrize(
    "source", ["yjs-2022", "", "a\0b", "no/such/file.toml", ".", 3, None, b"x"]
)
def test_no_such_framework(source: Any) -> None:
    with pytest.raises(FrameworkError):
        framework(source)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """List the paths of every key of every table."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, (*path, i))


PLACES = [(one, path) for one in DATA for path in places(DATA[one])]
# Letters, what the schema gives a meaning to, and characters that break careless code.
TEXT = st.text("ab1 {}|/.'-\0\n\u00e9\u2026\ud800\U0001f600", max_size=12)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    TEXT,
    st.binary(),
    st.just({}),
    st.lists(st.one_of(st.none(), st.integers(), TEXT, st.lists(TEXT, max_size=2)), max_size=4),
    st.dictionaries(st.one_of(TEXT, st.integers()), st.none(), max_size=3),
)


def behaviour(chosen: Framework) -> list[int]:
    bands = [chosen.band(percent) for percent in range(101)]
    if chosen.totals is None:
        return bands
    most = chosen.totals.maxima[0]
    return bands + [chosen.overall(total, most) for total in range(most + 1)]


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(PLACES), st.data())
def test_a_damaged_file_is_refused_or_harmless(
    place: tuple[str, tuple[Any, ...]], draw: st.DataObject
) -> None:
    one, path = place
    changed = data(one)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    action = draw.draw(st.sampled_from(["delete", "rename", "replace"]))
    value = inner.pop(path[-1])
    if action == "rename":
        inner[draw.draw(TEXT)] = value
    elif action == "replace":
        inner[path[-1]] = draw.draw(JUNK)
    try:
        chosen = framework(changed)
    except FrameworkError as error:
        assert error.key  # noqa: PT017 - most damage is refused, some is harmless
        return
    # A lower bound or a word may be replaced by another that is valid: then it is another rule.
    if action != "replace":
        assert behaviour(chosen) == behaviour(framework(one))
    chosen.phrases()
    repr(chosen)
