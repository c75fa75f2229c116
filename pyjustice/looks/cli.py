"""The command line: `pyjustice ratings`, `pyjustice check` and `pyjustice demo`."""

import argparse
import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata, resources
from io import StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.documents import list_documents
from pyjustice.ground.errors import PyjusticeError
from pyjustice.looks.records import Record, records, write_csv, write_json
from pyjustice.looks.terminal import plain, show_checks, show_ratings
from pyjustice.measures.findings import Result, Rows
from pyjustice.questions.check import check_reports
from pyjustice.readers.reports import Reports, read_reports

if TYPE_CHECKING:
    from rich.console import Console


FINE, DIFFERS, USAGE, UNREADABLE = 0, 1, 2, 3
# What a shell reports of a program that ended by Ctrl-C, or whose reader went away.
INTERRUPTED, PIPE_CLOSED = 130, 141

_NARROW, _WIDE = 80, 100
_TABLES = (
    "inspections", "ratings", "questions", "samples", "recommendations", "quantities", "mentions",
    "refused",
)  # fmt: skip
_COUNT = re.compile(r"(?P<question>[^=]+)=(?P<yes>\d+)/(?P<cases>\d+)")

_EXIT = """\
exit status:
  0  nothing differs (all of ratings and demo)
  1  something differs (check)
  2  wrong usage, or the output could not be written
  3  something could not be read, whatever else differs
"""
_EXAMPLES = {
    "": """\
examples:
  pyjustice demo                          the five documents of the package
  pyjustice ratings report.pdf            what one report rates
  pyjustice check reports/                whether its ratings follow, for a folder
  pyjustice ratings reports/ --format csv --out ratings.csv
""",
    "ratings": """\
examples:
  pyjustice ratings report.pdf
  pyjustice ratings reports/ '2024/*.html' --format csv --out ratings.csv
  pyjustice ratings report.pdf --format json | jq .questions
""",
    "check": """\
examples:
  pyjustice check report.pdf news.txt     together: the news is set beside the report
  pyjustice check report.pdf --count V1.1=7/12
  pyjustice check reports/ --format csv --out checks.csv
""",
    "demo": """\
The sample holds the published figures, and no prose, of four inspection reports and
one news article. Its exit status is 0 although one mention in the news differs.
""",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process if None.

    Returns
    -------
    int
        Exit status: 0 nothing differs, 1 something does, 2 wrong usage, 3 unreadable input.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows '?' in its place; it is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes once more at exit; it must not find the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status


def _parser() -> argparse.ArgumentParser:
    def command(name: str, run: Callable[[argparse.Namespace], int], says: str, about: str) -> Any:
        made = commands.add_parser(
            name, help=says, description=about, epilog=_EXAMPLES[name] + "\n" + _EXIT,
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
        )  # fmt: skip
        made.set_defaults(run=run)
        if name != "demo":
            made.add_argument(
                "paths", nargs="+", metavar="PATH",
                help="a report (pdf, html, md, txt), a folder, a pattern, or - for standard input",
            )  # fmt: skip
        made.add_argument(
            "--format", choices=("table", "csv", "json"), default="table",
            help="table for people (default), csv or json with every field",
        )  # fmt: skip
        made.add_argument("--out", metavar="FILE", help="write to a file, not to the terminal")
        return made

    parser = argparse.ArgumentParser(
        prog="pyjustice",
        description="Read inspection reports of youth justice services, and check that their"
        " ratings follow from their evidence.",
        epilog=_EXAMPLES[""] + "\n" + _EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"pyjustice {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    command("ratings", _ratings, "read ratings, scores and cases", "Read what reports rate.")
    check = command(
        "check", _check, "check ratings against the published figures",
        "Check what reports publish against the figures that they publish with it.",
    )  # fmt: skip
    demo = command("demo", _demo, "read and check the sample in the package", "Show a sample.")
    check.add_argument(
        "--count", action="append", default=[], type=_count, metavar="QUESTION=YES/CASES",
        help="counts that the report leaves out, for a single report",
    )  # fmt: skip
    for made in (check, demo):
        made.add_argument(
            "--all", action="store_true", help="list every percentage, not only those that differ"
        )
    return parser


def _version() -> str:
    try:
        return metadata.version("pyjustice")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _count(text: str) -> tuple[str, tuple[int, int]]:
    found = _COUNT.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"expected a count such as V1.1=7/12, got {text!r}")
    return found["question"], (int(found["yes"]), int(found["cases"]))


# --- commands -----------------------------------------------------------------------------------


def _ratings(arguments: argparse.Namespace) -> int:
    reports, troubles = _read(arguments.paths)
    if not _show(
        arguments,
        len(reports),
        table=lambda console: show_ratings(console, reports),
        flat=lambda: _flat_ratings(reports),
        tables=lambda: {name: records(getattr(reports, name)) for name in _TABLES},
    ):
        return USAGE
    return UNREADABLE if _tell(troubles) else FINE


def _check(arguments: argparse.Namespace) -> int:
    reports, troubles = _read(arguments.paths)
    try:
        checks = check_reports(reports, dict(arguments.count) or None)
    except PyjusticeError as error:
        _tell([*troubles, str(error)])
        return USAGE
    if not _show(
        arguments,
        len(reports),
        table=lambda console: show_checks(console, reports, checks, everything=arguments.all),
        flat=lambda: _flat_checks(reports, checks),
        tables=lambda: {
            "checks": _flat_checks(reports, checks),
            "inspections": records(reports.inspections),
            "refused": records(reports.refused),
        },
    ):
        return USAGE
    if _tell(troubles):
        return UNREADABLE
    return DIFFERS if np.any(checks["result"] == Result.DIFFERS) else FINE


def _demo(arguments: argparse.Namespace) -> int:
    with resources.as_file(resources.files("pyjustice") / "data" / "demo") as folder:
        reports, troubles = _read([str(folder)])
    if _tell(troubles):
        return UNREADABLE
    checks = check_reports(reports)

    def table(console: "Console") -> None:
        show_ratings(console, reports)
        console.print()
        console.rule("check", characters="-", style="dim")
        console.print()
        show_checks(console, reports, checks, everything=arguments.all)

    shown = _show(
        arguments,
        len(reports),
        table=table,
        flat=lambda: _flat_checks(reports, checks),
        tables=lambda: {
            **{name: records(getattr(reports, name)) for name in _TABLES},
            "checks": _flat_checks(reports, checks),
        },
    )
    return FINE if shown else USAGE


# --- input --------------------------------------------------------------------------------------


def _read(paths: Sequence[str]) -> tuple[Reports, list[str]]:
    """All that can be read, and one line for each thing that can not."""
    sources: dict[str, Any] = {}
    troubles = []
    for path in paths:
        if path == "-":
            sources["-"] = sys.stdin.buffer
            continue
        try:
            found = list_documents(path)
        except OSError as error:
            troubles.append(f"{plain(path)}: {error.strerror}")
            continue
        for one in found:
            if isinstance(one, Path) and not one.exists():
                troubles.append(f"{plain(path)}: no such file; expected a report or a folder")
            else:
                sources[os.path.abspath(str(one))] = one
    with _progress(len(sources)) as step:
        reports = read_reports(list(sources.values()), errors="collect", progress=step)
    for row in reports.refused:
        line = f":{row['line']}" if row["line"] > 0 else ""
        troubles.append(f"{plain(str(row['source']))}{line}: {plain(str(row['reason']))}")
    return reports, troubles


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error if a person is there to see it and it is worth one."""
    if total < 2 or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _tell(troubles: Sequence[str]) -> int:
    for trouble in troubles:
        sys.stderr.write(f"pyjustice: {trouble}\n")
    return len(troubles)


# --- output -------------------------------------------------------------------------------------


def _show(
    arguments: argparse.Namespace,
    found: int,
    *,
    table: Callable[["Console"], None],
    flat: Callable[[], Sequence[Record]],
    tables: Callable[[], Mapping[str, Sequence[Record]]],
) -> bool:
    """Write in the format asked for; False if the file can not be written."""
    if not found and arguments.format != "json":
        return True

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
        _tell([f"{plain(arguments.out)}: {error.strerror}; expected a file that can be written"])
        return False
    return True


def _console(stream: IO[str]) -> "Console":
    """Wide as the terminal within reason; 80 columns without colour where there is none."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDE) if stream.isatty() else _NARROW
    return console


def _flat_ratings(reports: Reports) -> list[Record]:
    """One record a standard: its inspection, its rating and its lowest key question."""
    inspections = records(reports.inspections)
    questions: dict[tuple[int, str, float], Record] = {}
    for question in records(reports.questions):
        key = (question["report"], question["standard"], question["percent"])
        questions.setdefault(key, question)
    rows = []
    for rating in records(reports.ratings):
        about = inspections[rating["report"]]
        # A rating's percentage is empty if a key question is missing: the lowest may be that one.
        lowest = questions.get((rating["report"], rating["standard"], rating["percent"]), {})
        given = (
            "source",
            "service",
            "published",
            "fieldwork",
            "score",
            "max_score",
            "overall_word",
        )
        row = {name: about[name] for name in given} | rating
        row |= {name: lowest.get(name) for name in ("yes", "cases", "counts_from")}
        rows.append(row)
    return rows


def _flat_checks(reports: Reports, checks: Rows) -> list[Record]:
    """The rows of a check, with the source and with words beside the codes of ratings."""
    sources = [str(source) for source in reports.inspections["source"]]
    rows = []
    for check in records(checks):
        item = check["item"]
        is_rating = "/" not in item and item not in ("total", "recommendations")
        words = {
            f"{name}_word": Rating(int(check[name])).word
            if is_rating and check[name] is not None
            else ""
            for name in ("published", "computed")
        }
        rows.append({"source": sources[check["report"]]} | check | words)
    return rows
