"""Where results and troubles go: to a terminal or a file, as a table, CSV or JSON."""

from __future__ import annotations

import argparse
import contextlib
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyjustice.ground.frameworks import Framework
from pyjustice.looks.records import Record, write_csv, write_json
from pyjustice.measures.ratings import place

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "add_output",
    "in_words",
    "number_of",
    "plain",
    "progress_bar",
    "rating_style",
    "show",
    "tell",
]

_NARROW, _WIDE = 80, 100
_WORDS = "no one two three four five six seven eight nine ten".split()
# Lowest rating of a scale first.
_STYLES = ("red", "yellow", "green", "bold green")
# Bytes from which a bar is worth the space it takes.
_LONG_FILE = 1 << 25


def plain(text: str) -> str:
    """Text of a document or a file's name without what could command a terminal."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def number_of(count: int, one: str, many: str = "") -> str:
    """'1 report', '3 reports'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(number: int) -> str:
    """'three', '14'."""
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"


def rating_style(rules: Framework | None, code: int) -> str:
    """Colour of a rating by its place on the framework's scale; '' for none."""
    at = place(rules, code) if rules is not None and code >= 0 else -1
    return _STYLES[min(at, len(_STYLES) - 1)] if at >= 0 else ""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the two options of every command that shows something."""
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table",
        help="table for people (default), csv or json with every field",
    )  # fmt: skip
    parser.add_argument("--out", metavar="FILE", help="write to a file, not to the terminal")


def tell(troubles: Sequence[str]) -> int:
    """Write each trouble as a line on standard error, and count them."""
    for trouble in troubles:
        sys.stderr.write(f"pyjustice: {trouble}\n")
    return len(troubles)


def show(
    arguments: argparse.Namespace,
    *,
    table: Callable[[Console], None],
    flat: Callable[[], Sequence[Record]],
    tables: Callable[[], Mapping[str, Sequence[Record]]],
) -> bool:
    """Write in the format asked for; False if the file can not be written.

    Parameters
    ----------
    arguments : argparse.Namespace
        With what `add_output` added.
    table : callable
        Prints for people.
    flat : callable
        Returns the records of one CSV file.
    tables : callable
        Returns the records of every table, for JSON.
    """

    def write(stream: IO[str]) -> None:
        if arguments.format == "csv":
            write_csv(stream, flat())
        elif arguments.format == "json":
            write_json(stream, tables())
        elif stream.isatty():
            table(_console(stream))
        else:
            page = StringIO()
            table(_console(page))
            stream.writelines(line.rstrip() + "\n" for line in page.getvalue().splitlines())

    if arguments.out is None:
        write(sys.stdout)
        return True
    # All of it is made before the file is touched: a failure leaves what was there.
    text = StringIO()
    write(text)
    try:
        Path(arguments.out).write_text(text.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        tell([f"{plain(arguments.out)}: {error.strerror}; expected a file that can be written"])
        return False
    return True


def _console(stream: IO[str]) -> Console:
    """Wide as the terminal within reason; 80 columns without colour where there is none."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDE) if stream.isatty() else _NARROW
    return console


@contextlib.contextmanager
def progress_bar(what: str, *, counted: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error if a person is there to see it.

    Yields a callable that takes what is done and what there is in all: things if `counted`, else
    bytes. The bar comes up at the first call that has more than one thing, or 32 MiB, to come.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

    amount = MofNCompleteColumn() if counted else DownloadColumn()
    bar = Progress(
        TextColumn(what), BarColumn(), amount, console=Console(stderr=True), transient=True
    )
    task = bar.add_task("", total=None)
    least = 2 if counted else _LONG_FILE

    def step(done: int, of: int) -> None:
        if of >= least:
            bar.start()
        bar.update(task, completed=done, total=of)

    try:
        yield step
    finally:
        bar.stop()
