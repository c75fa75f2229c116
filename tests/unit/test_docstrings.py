"""Every public name says what it takes, what it gives, and shows it in an example that runs."""

import inspect
import re
from typing import Any

import pytest

import pyjustice as pj

DTYPES = [name for name in pj.__all__ if name.endswith("_DTYPE")]
ERRORS = [name for name in pj.__all__ if name.endswith("Error")]
MODULES = [name for name in pj.__all__ if inspect.ismodule(getattr(pj, name))]
FUNCTIONS = [name for name in pj.__all__ if inspect.isfunction(getattr(pj, name))]
CLASSES = [
    name for name in pj.__all__ if inspect.isclass(getattr(pj, name)) and name not in ERRORS
]  # fmt: skip


def section(item: Any, title: str) -> str:
    """The text of a section of a docstring, '' if there is none."""
    found = re.search(
        rf"^{title}\n-{{{len(title)}}}\n(.*?)(?=^\w[\w ]*\n-{{3,}}\n|\Z)",
        inspect.getdoc(item) or "",
        re.MULTILINE | re.DOTALL,
    )
    return found[1] if found else ""


def test_every_name_is_of_a_kind_that_is_checked() -> None:
    named = [*DTYPES, *ERRORS, *MODULES, *FUNCTIONS, *CLASSES]
    assert sorted(named) == sorted(pj.__all__)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_and_its_functions_say_what_they_are_for(name: str) -> None:
    module = getattr(pj, name)
    assert inspect.getdoc(module)
    for public in module.__all__:
        assert inspect.getdoc(getattr(module, public)), public


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_takes_and_gives(name: str) -> None:
    function = getattr(pj, name)
    assert section(function, "Returns")
    told = section(function, "Parameters")
    heads = [line for line in told.splitlines() if line and not line.startswith(" ")]
    named = {word.strip() for head in heads for word in head.split(":")[0].split(",")}
    assert named == set(inspect.signature(function).parameters)


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_says_what_it_is_and_holds(name: str) -> None:
    item = getattr(pj, name)
    assert inspect.getdoc(item) != inspect.getdoc(item.__base__)
    # Codes are read off the class; `Report` says that its arrays are those of `Reports`.
    if name not in ("Answer", "Rating", "Report"):
        assert section(item, "Attributes")


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_every_name_has_an_example(name: str) -> None:
    assert ">>> " in section(getattr(pj, name), "Examples")


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_says_when_it_is_raised(name: str) -> None:
    item = getattr(pj, name)
    assert len(inspect.getdoc(item) or "") > 20
    assert inspect.getdoc(item) != inspect.getdoc(item.__base__)


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_method_has_a_docstring(name: str) -> None:
    for attribute, value in vars(getattr(pj, name)).items():
        if not attribute.startswith("_") and (callable(value) or isinstance(value, property)):
            assert inspect.getdoc(value), f"{name}.{attribute}"
