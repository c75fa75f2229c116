"""The reference of every public name, from the docstrings: `python -m tests.tools.reference`.

It writes docs/reference.md. What is not documented is an error: a name without a docstring, a
parameter that the signature has and the docstring does not, or the other way round.
"""

import enum
import functools
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import pyjustice
from tests.tools.native import ROOT

PAGE = ROOT / "docs" / "reference.md"
_TITLE = re.compile(r"^([A-Z][A-Za-z ]+)\n-{3,}$", re.MULTILINE)
_NOUNS = {"i": "whole number", "f": "number", "b": "true or false", "U": "text", "M": "date"}
_HEAD = """\
# Reference

Every public name of pyjustice, written by `python -m tests.tools.reference` from the docstrings:
change those. `help(pj.rates)` shows the same. Each method has a page in the [contents](README.md).

"""


class UndocumentedError(Exception):
    """A docstring that lacks something, or has too much."""


def sections(text: str) -> dict[str, str]:
    """Cut a numpydoc docstring; what is before the first title is ''."""
    parts = _TITLE.split(text)
    return {"": parts[0].strip()} | {
        title: body.strip("\n") for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def escaped(text: str) -> str:
    """Text whose signs mean nothing to Markdown; what is in backticks stays."""
    parts = re.split(r"(``.*?``|`[^`\n]*`)", text, flags=re.DOTALL)
    return "".join(
        part if i % 2 else re.sub(r"([*_<>|\[\]])", r"\\\1", part) for i, part in enumerate(parts)
    )


def entries(body: str) -> list[tuple[str, str, str]]:
    """Name, type and text of each entry of a list such as Parameters."""
    found = re.findall(r"^(\S.*)\n?((?:(?:[ ]+.*)?\n?(?=[ ]|\n[ ]|\Z|\S))*)", body, re.MULTILINE)
    made = []
    for head, text in found:
        name, _, kind = head.partition(" : ")
        made.append((name.strip(), kind.strip(), " ".join(text.split())))
    return made


def documented(thing: Any, name: str) -> str:
    text = inspect.getdoc(thing)
    if not text:
        raise UndocumentedError(f"{name} has no docstring")
    return text


def signature(thing: Any, name: str) -> str:
    """A call as people write it: the types are in the list of parameters."""
    own = inspect.signature(thing)
    plain = [
        part.replace(annotation=part.empty)
        for part in own.parameters.values()
        if part.name != "self"
    ]
    return name + str(own.replace(parameters=plain, return_annotation=own.empty))


def check_parameters(thing: Any, name: str, parts: dict[str, str]) -> None:
    """Raise unless the docstring lists the parameters of the signature."""
    own = set(inspect.signature(thing).parameters)
    listed = {
        one.strip().lstrip("*")
        for names, _, _ in entries(parts.get("Parameters", ""))
        for one in names.split(",")
    }
    if own != listed:
        raise UndocumentedError(f"{name}: parameters {sorted(own ^ listed)}")
    if "Returns" not in parts:
        raise UndocumentedError(f"{name} does not say what it returns")


def written_doc(parts: dict[str, str]) -> Iterator[str]:
    """Render the sections of a docstring as Markdown."""
    for title, body in parts.items():
        if title:
            yield f"**{title}**"
        if title == "Examples" or (not title and ">>>" in body):
            before, _, code = body.partition(">>>")
            yield from filter(None, [escaped(before).strip()])
            yield f"```pycon\n>>>{code.rstrip()}\n```"
        elif title in ("Parameters", "Attributes", "Returns", "Raises"):
            yield "\n".join(written_entry(*entry) for entry in entries(body))
        else:
            yield escaped(body)


def written_entry(name: str, kind: str, text: str) -> str:
    kind = f", {escaped(kind)}" if kind else ""
    return f"- `{name}`{kind}{': ' if text else ''}{escaped(text)}"


def written_function(name: str, thing: Any) -> Iterator[str]:
    parts = sections(documented(thing, name))
    check_parameters(thing, name, parts)
    yield f"### {name}"
    yield f"```python\n{signature(thing, f'pj.{name}')}\n```"
    yield from written_doc(parts)


def members(cls: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties, those of the package's own bases too."""
    for base in cls.__mro__:
        if base.__module__.startswith("pyjustice"):
            for name, thing in vars(base).items():
                kinds = (property, functools.cached_property)
                if not name.startswith("_") and (
                    inspect.isfunction(thing) or isinstance(thing, kinds)
                ):
                    yield name, thing


def written_class(name: str, cls: type) -> Iterator[str]:
    yield f"### {name}"
    yield from written_doc(sections(documented(cls, name)))
    if issubclass(cls, enum.Enum):
        yield "\n".join(f"- `{one.name}` = {one.value}" for one in cls)
    for own, thing in members(cls):
        called = inspect.isfunction(thing)
        head = signature(thing, own) if called else own
        parts = sections(documented(thing, f"{name}.{own}"))
        yield f"#### `{name}.{head}`"
        yield from written_doc(parts)


def written_layout(name: str, dtype: np.dtype[np.void]) -> Iterator[str]:
    yield f"### {name}"
    rows = ["| field | type | is |", "| --- | --- | --- |"]
    for field in dtype.names or ():
        kind = dtype[field]
        unit = f", up to {kind.itemsize // 4} characters" if kind.kind == "U" else ""
        shown = kind.str.lstrip("<>|=")
        rows.append(f"| `{field}` | {shown} | {_NOUNS[kind.kind]}{unit} |")
    yield "\n".join(rows)


def written() -> str:
    """Return the page."""
    things = {name: getattr(pyjustice, name) for name in pyjustice.__all__}
    layouts = {name: thing for name, thing in things.items() if isinstance(thing, np.dtype)}
    classes = {name: thing for name, thing in things.items() if inspect.isclass(thing)}
    functions = {n: t for n, t in things.items() if n not in layouts | classes and callable(t)}
    for name, module in things.items():
        if inspect.ismodule(module):
            functions |= {f"{name}.{own}": getattr(module, own) for own in module.__all__}
    blocks = ["## Functions"]
    for name in sorted(functions):
        blocks += written_function(name, functions[name])
    blocks.append("## Classes")
    for name in sorted(classes):
        blocks += written_class(name, classes[name])
    blocks += [
        "## Record layouts",
        "Each is a numpy dtype, such as `pj.RATE_DTYPE`. What is missing is NaN, NaT or ''.",
    ]
    for name in sorted(layouts):
        blocks += written_layout(name, layouts[name])
    return _HEAD + "\n\n".join(blocks) + "\n"


def main() -> int:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(written(), "utf-8")
    return 0


def stale(path: Path = PAGE) -> bool:
    """Whether the page is another than the docstrings give."""
    return path.read_text("utf-8") != written()


if __name__ == "__main__":
    sys.exit(main())
