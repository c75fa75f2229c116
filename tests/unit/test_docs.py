"""The pages of docs/: all are in the contents, and what they name exists."""

import re
import tomllib
from pathlib import Path

import pytest

import pyjustice as pj
from pyjustice.questions.explain import explanations

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(page for page in DOCS.glob("*.md") if page.stem not in ("README", "reference"))
# Codes that are words of one function's docstring, not flags.
OTHER_CODES = {"primary", "secondary", "derived", "shown", "rounded", "overlaps", "no such area"}
OTHER_CODES |= {"not on the other side", "may be several areas"}
METHODS = [page for page in PAGES if page.stem != "arrays"]


def test_one_version() -> None:
    root = DOCS.parent
    stated = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\nversion: {stated}\n" in (root / "CITATION.cff").read_text("utf-8")
    assert re.findall(r"^## (.*)$", (root / "CHANGELOG.md").read_text("utf-8"), re.M)[0] == stated


def test_every_page_is_in_the_contents_and_every_link_leads_somewhere() -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", (DOCS / "README.md").read_text("utf-8")))
    assert linked == {page.name for page in PAGES} | {"reference.md"}
    for page in PAGES:
        for name in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (DOCS / name).exists(), f"{page.name}: {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_names_on_a_page_are_public(page: Path) -> None:
    for name in re.findall(r"\bpj\.([a-zA-Z_]+)", page.read_text("utf-8")):
        assert name in pj.__all__, name


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_a_page_on_a_method_says_when_not_to_use_it(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "\n## When not to use it\n" in text
    assert ">>> import pyjustice as pj" in text


@pytest.mark.parametrize("page", METHODS, ids=lambda page: page.stem)
def test_flags_on_a_page_can_be_explained(page: Path) -> None:
    last = re.split(r"\n## (?:Flags|Codes|Reasons)\n", page.read_text("utf-8"))[-1]
    named = {" ".join(name.split()) for name in re.findall(r"(?<!\w)'([a-z][a-z0-9 \n]+)'", last)}
    known = set(explanations()) | OTHER_CODES
    assert named <= known, sorted(named - known)
