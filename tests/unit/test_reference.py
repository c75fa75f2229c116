"""Every public name is documented, and the reference in docs/ is what the docstrings say."""

import inspect
from collections.abc import Callable

import pytest

import pyjustice as pj
from tests.tools import reference


def test_the_reference_is_up_to_date() -> None:
    assert not reference.stale(), "run: python -m tests.tools.reference"


def test_every_public_name_is_in_it() -> None:
    headings = [line[4:] for line in reference.written().splitlines() if line.startswith("### ")]
    assert set(headings) >= {name for name in pj.__all__ if not inspect.ismodule(getattr(pj, name))}


@pytest.mark.parametrize("name", [n for n in pj.__all__ if inspect.isfunction(getattr(pj, n))])
def test_every_function_has_an_example(name: str) -> None:
    assert "Examples" in reference.sections(inspect.getdoc(getattr(pj, name)) or "")


def test_sections_and_entries() -> None:
    lists = "Parameters\n----------\na, b : int\n    Two\n    lines.\nc\n\nReturns\n-------\nint"
    text = f"What.\n\n{lists}"
    parts = reference.sections(text)
    assert (parts[""], parts["Returns"]) == ("What.", "int")
    assert reference.entries(parts["Parameters"]) == [("a, b", "int", "Two lines."), ("c", "", "")]
    assert reference.escaped("a*b `c*d` [e]") == r"a\*b `c*d` \[e\]"


def undocumented(a: int) -> int:
    """Return it.

    Parameters
    ----------
    b : int

    Returns
    -------
    int
    """
    return a


def silent(a: int) -> int:
    return a


@pytest.mark.parametrize(("thing", "says"), [(undocumented, r"\['a', 'b'\]"), (silent, "no doc")])
def test_what_is_not_documented_is_an_error(thing: Callable[[int], int], says: str) -> None:
    with pytest.raises(reference.UndocumentedError, match=says):
        list(reference.written_function("thing", thing))
