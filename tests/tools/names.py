"""Where each public name lives: the table of `pyjustice/__init__.py`, made from its imports.

The imports there are for type checkers and editors; at run time a name is imported when it is first
asked for, by the table. Add the import of a new name and run `python -m tests.tools.names`: it
writes the table and `__all__`.
"""

import ast
import re
import sys
from pathlib import Path

from tests.tools.native import ROOT

FACE = ROOT / "pyjustice" / "__init__.py"
_TABLE = re.compile(r"^_HOMES = \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)
_ALL = re.compile(r"^__all__ = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)


def homes(source: str) -> dict[str, list[str]]:
    """Return the names that each module is imported for, a submodule being its folder's name."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("pyjustice."):
            home = str(node.module).removeprefix("pyjustice.")
            found.setdefault(home, []).extend(alias.asname or alias.name for alias in node.names)
    return {home: sorted(found[home]) for home in sorted(found)}


def isort_key(name: str) -> tuple[int, str]:
    """The order that ruff wants of `__all__`: constants, classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def written(source: str) -> str:
    """Return the file with its two lists made anew."""
    table = homes(source)
    lines = []
    for home, names in table.items():
        line = f'    "{home}": "{" ".join(names)}",\n'
        if len(line) > 101:
            parts, row = [], ""
            for name in names:
                if len(row) + len(name) > 80:
                    parts.append(row)
                    row = ""
                row += name + " "
            texts = [*parts, row.rstrip()]
            line = f'    "{home}": (\n' + "".join(f'        "{t}"\n' for t in texts) + "    ),\n"
        lines.append(line)
    names = sorted((name for own in table.values() for name in own), key=isort_key)
    everything = "".join(f'    "{name}",\n' for name in names)
    source = _TABLE.sub("_HOMES = {\n" + "".join(lines) + "}\n", source)
    return _ALL.sub(f"__all__ = [\n{everything}]\n", source)


def main(path: Path = FACE) -> int:
    """Write the file."""
    path.write_text(written(path.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
