"""The package's rulebook as a C header, and its phrases as a fuzzer's dictionary.

So the engine is tested without Python by the very tables that Python hands to it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pyjustice.ground.frameworks import framework, frameworks
from pyjustice.readers.rulebook import Tables, tables

SIGNS = [
    "\t",
    "\f",
    "\r\n",
    "\n\n",
    "/36",
    "%",
    "2.1",
    "V1",
    "F1",
    "1. ",
    " should:",
    "¹",
    "\u00ad",
    "ﬁ",
]


def default_tables() -> Tables:
    """Lay out all frameworks of the package, as its readers do."""
    return tables([framework(name) for name in frameworks()])


def quoted(text: str, escape: str) -> str:
    """Quote a text as UTF-8, with `escape` for every byte that is not plain ASCII."""
    plain = (chr(b) if 32 <= b < 127 and b not in b'"\\?' else escape % b for b in text.encode())
    return '"' + "".join(plain) + '"'


def initialiser(item: Any) -> str:
    """Write a value as C does."""
    match item:
        case None:
            return "PJ_NAT"
        case bool():
            return str(item).lower()
        case str():
            return quoted(item, "\\%03o")
        case tuple():
            return "{" + (", ".join(map(initialiser, item)) or "0") + "}"  # C11 has no empty one
        case _:
            return str(item)


def phrase(row: Sequence[Any]) -> str:
    """Write a phrase as a pj_phrase: its text, size and meaning."""
    role, text, *rest = row
    meaning = ", ".join([f"PJ_ROLE_{role}", *map(str, rest)])
    return f"{{{initialiser(text)}, {len(text.encode())}, {{{meaning}}}}}"


def table(kind: str, name: str, rows: Iterable[str]) -> str:
    """Write one array of structs."""
    return f"static const {kind} {name}[] = {{\n    " + ",\n    ".join(rows) + "\n};\n"


def write_tables(path: Path) -> None:
    """Write the header that tests/c/rules.c includes."""
    laid = default_tables()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        table("framework_row", "FRAMEWORKS", map(initialiser, laid.frameworks))
        + table("standard_row", "STANDARDS", map(initialiser, laid.standards))
        + table("question_row", "QUESTIONS", map(initialiser, laid.questions))
        + table("pj_phrase", "PHRASES", map(phrase, laid.phrases)),
        "utf-8",
    )


def write_dictionary(path: Path) -> None:
    """Write the shorter phrases, and the signs of tables, in libFuzzer's form."""
    words = sorted({row[1] for row in default_tables().phrases if len(row[1]) <= 40})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(quoted(word, "\\x%02X") + "\n" for word in [*words, *SIGNS]), "utf-8")
