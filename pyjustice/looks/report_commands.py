"""Commands about reports: `pyjustice ratings`, `pyjustice check` and `pyjustice demo`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.documents import list_documents
from pyjustice.ground.errors import PyjusticeError
from pyjustice.looks.command import DIFFERS, FINE, UNREADABLE, USAGE, Commands, add_command
from pyjustice.looks.output import add_output, plain, progress_bar, show, tell
from pyjustice.looks.records import Record, records
from pyjustice.looks.report_pages import show_checks, show_ratings
from pyjustice.measures.findings import Result, Rows
from pyjustice.questions.check import check_reports
from pyjustice.readers.reports import Reports, read_reports

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["add_report_commands", "read_documents"]

_TABLES = (
    "inspections", "ratings", "questions", "samples", "recommendations", "quantities", "mentions",
    "refused",
)  # fmt: skip
_COUNT = re.compile(r"(?P<question>[^=]+)=(?P<yes>\d+)/(?P<cases>\d+)")

_RATINGS_EXAMPLES = """\
examples:
  pyjustice ratings report.pdf
  pyjustice ratings reports/ '2024/*.html' --format csv --out ratings.csv
  pyjustice ratings report.pdf --format json | jq .questions
"""
_CHECK_EXAMPLES = """\
examples:
  pyjustice check report.pdf news.txt     together: the news is set beside the report
  pyjustice check report.pdf --count V1.1=7/12
  pyjustice check reports/ --format csv --out checks.csv
"""
_DEMO_EXAMPLES = """\
The sample holds the published figures, and no prose, of four inspection reports and
one news article. Its exit status is 0 although one mention in the news differs.
"""


def add_report_commands(commands: Commands) -> None:
    """Declare the commands of this file."""
    ratings = add_command(
        commands, "ratings", _ratings, says="read ratings, scores and cases",
        about="Read what reports rate.", examples=_RATINGS_EXAMPLES,
    )  # fmt: skip
    check = add_command(
        commands, "check", _check, says="check ratings against the published figures",
        about="Check what reports publish against the figures that they publish with it.",
        examples=_CHECK_EXAMPLES,
    )  # fmt: skip
    demo = add_command(
        commands, "demo", _demo, says="read and check the sample in the package",
        about="Show a sample.", examples=_DEMO_EXAMPLES,
    )  # fmt: skip
    for made in (ratings, check):
        made.add_argument(
            "paths", nargs="+", metavar="PATH",
            help="a report (pdf, html, md, txt), a folder, a pattern, or - for standard input",
        )  # fmt: skip
    check.add_argument(
        "--count", action="append", default=[], type=_count, metavar="QUESTION=YES/CASES",
        help="counts that the report leaves out, for a single report",
    )  # fmt: skip
    for made in (check, demo):
        made.add_argument(
            "--all", action="store_true", help="list every percentage, not only those that differ"
        )
    for made in (ratings, check, demo):
        add_output(made)


def _count(text: str) -> tuple[str, tuple[int, int]]:
    found = _COUNT.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"expected a count such as V1.1=7/12, got {text!r}")
    return found["question"], (int(found["yes"]), int(found["cases"]))


def _ratings(arguments: argparse.Namespace) -> int:
    reports, troubles = read_documents(arguments.paths)
    if not _show(
        arguments,
        reports,
        table=lambda console: show_ratings(console, reports),
        flat=lambda: _flat_ratings(reports),
        tables=lambda: {name: records(getattr(reports, name)) for name in _TABLES},
    ):
        return USAGE
    return UNREADABLE if tell(troubles) else FINE


def _check(arguments: argparse.Namespace) -> int:
    reports, troubles = read_documents(arguments.paths)
    try:
        checks = check_reports(reports, dict(arguments.count) or None)
    except PyjusticeError as error:
        tell([*troubles, str(error)])
        return USAGE
    if not _show(
        arguments,
        reports,
        table=lambda console: show_checks(console, reports, checks, everything=arguments.all),
        flat=lambda: _flat_checks(reports, checks),
        tables=lambda: {
            "checks": _flat_checks(reports, checks),
            "inspections": records(reports.inspections),
            "refused": records(reports.refused),
        },
    ):
        return USAGE
    if tell(troubles):
        return UNREADABLE
    return DIFFERS if np.any(checks["result"] == Result.DIFFERS) else FINE


def _demo(arguments: argparse.Namespace) -> int:
    with resources.as_file(resources.files("pyjustice") / "data" / "demo") as folder:
        reports, troubles = read_documents([str(folder)])
    if tell(troubles):
        return UNREADABLE
    checks = check_reports(reports)

    def table(console: Console) -> None:
        show_ratings(console, reports)
        console.print()
        console.rule("check", characters="-", style="dim")
        console.print()
        show_checks(console, reports, checks, everything=arguments.all)

    shown = show(
        arguments,
        table=table,
        flat=lambda: _flat_checks(reports, checks),
        tables=lambda: {
            **{name: records(getattr(reports, name)) for name in _TABLES},
            "checks": _flat_checks(reports, checks),
        },
    )
    return FINE if shown else USAGE


# --- input --------------------------------------------------------------------------------------


def read_documents(paths: Sequence[str]) -> tuple[Reports, list[str]]:
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
    with progress_bar("Reading", counted=True) as step:
        reports = read_reports(list(sources.values()), errors="collect", progress=step)
    for row in reports.refused:
        line = f":{row['line']}" if row["line"] > 0 else ""
        troubles.append(f"{plain(str(row['source']))}{line}: {plain(str(row['reason']))}")
    return reports, troubles


# --- output -------------------------------------------------------------------------------------


def _show(arguments: argparse.Namespace, reports: Reports, **how: Any) -> bool:
    """Show what was read; of nothing at all there is no table and no CSV."""
    return (not len(reports) and arguments.format != "json") or show(arguments, **how)


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
