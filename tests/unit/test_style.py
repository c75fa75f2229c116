"""Habits of the whole tree that neither ruff nor clang-tidy knows."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pyjustice
from pyjustice import _core

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".pyi",
    ".c",
    ".h",
    ".toml",
    ".md",
    ".in",
    ".txt",
    ".cfg",
    ".ipynb",
    ".json",
    ".html",
}
CODE = {".py", ".c", ".h"}
PLACES = ("pyjustice", "csrc", "tests", "notebooks", "docs", ".ci")
# Spelled with brackets so that the patterns do not find themselves.
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"/(?:w[o]rk|r[o]ot|h[o]me|U[s]ers|t[m]p)/\w"),
    "work left undone": re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|NotImpl[e]mentedError)\b"),
    "a test that does not run": re.compile(r"\bpytest\.sk[i]p\b|\bmark\.(?:sk[i]p|xf[a]il)\b"),
}
LONGEST = 500


def files() -> Iterator[Path]:
    """Every text file of the project, in an order that does not change."""
    yield from sorted(
        p for p in ROOT.iterdir() if p.is_file() and (p.suffix in TEXT or p.name.startswith(".cl"))
    )
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and (path.suffix in TEXT or path.parent.name == ".ci"):
                yield path


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_file_holds(fault: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if FORBIDDEN[fault].search(line)
    ]
    assert not found, fault


def test_files_are_short_enough_to_read() -> None:
    long = {
        str(p): n
        for p in files()
        if p.suffix in CODE and (n := len(p.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long


@pytest.mark.parametrize("module", [pyjustice, _core], ids=["pyjustice", "_core"])
def test_public_names_say_what_they_are(module: object) -> None:
    names = getattr(module, "__all__", None) or [n for n in dir(module) if not n.startswith("_")]
    for name in names:
        thing = getattr(module, name)
        if inspect.isclass(thing) or callable(thing):
            assert (thing.__doc__ or "").strip(), f"{name} has no docstring"
        if inspect.isbuiltin(thing):
            assert inspect.signature(thing), f"{name} has no signature"
