"""Make, read, compare: one trial of the reader, and what to say when it fails."""

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

from .compare import compare
from .html import write_html
from .maker import make
from .pdf import write_pdf
from .spans import compare_spans
from .truth import Made

Read = Callable[[Any], Any]


def draw_kind(seed: int) -> str:
    """Of ten documents eight are reports, one is news and one of another inspection."""
    return {3: "news", 7: "other"}.get(seed % 10, "report")


def said(made: Made, found: Iterable[str], how: str) -> str:
    lines = "\n".join(f"  {difference}" for difference in found)
    return f"{made.recipe}\n{lines}\n  {how}" if lines else ""


def differences(made: Made, report: Any) -> list[str]:
    return [*compare(made, report), *compare_spans(report)]


def try_text(seed: int, read: Read) -> str:
    """Read one document as text; return what differs, '' if nothing."""
    kind = draw_kind(seed)
    made = make(seed, kind=kind)
    how = f"see it: python -m tests.tools.reportmaker {seed} {kind}"
    return said(made, differences(made, read(made.text)), how)


def make_for_file(seed: int) -> Made:
    """Draw a document for a real file: undamaged, since the file's own extraction does that.

    Tables whose cells are run together and page furniture of the text are left out: a PDF or a web
    page makes its own.
    """
    kind = draw_kind(seed)
    rng = Random(f"file {seed}")
    form = {"pages": rng.choice(("none", "feeds")), "newline": "\n", "page_in_table": False}
    form["table"] = rng.choice(("tabs", "cells", "columns", "colon"))
    form["question"] = rng.choice(("tab", "cells", "columns"))
    form["section"] = rng.choice(("own", "tab", "headed"))
    return make(seed, kind=kind, form=form, damage=())


def try_pdf(seed: int, read: Read, folder: Path) -> str:
    made = make_for_file(seed)
    path = folder / f"made-{seed}.pdf"
    write_pdf(made.text, path, seed, header="Inspection report" if seed % 2 else "")
    return said(made, differences(made, read(path)), f"a PDF of make_for_file({seed})")


def try_html(seed: int, read: Read, folder: Path) -> str:
    made = make_for_file(seed)
    path = folder / f"made-{seed}.html"
    write_html(made, path)
    return said(made, differences(made, read(path)), f"a web page of make_for_file({seed})")


def summary(failures: list[str], tried: int, shown: int = 5) -> str:
    """Say how many failed and show the first."""
    return f"{len(failures)} of {tried} differ:\n\n" + "\n\n".join(failures[:shown])
