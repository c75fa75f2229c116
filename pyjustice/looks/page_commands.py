"""Commands that write a page: `pyjustice page` and `pyjustice board`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from pyjustice.ground.areas import area, service_of
from pyjustice.ground.errors import DataError, PyjusticeError
from pyjustice.ground.frameworks import frameworks
from pyjustice.looks.command import FINE, UNREADABLE, USAGE, Commands, add_command, rating_given
from pyjustice.looks.excel import to_excel
from pyjustice.looks.figure_commands import trouble_of
from pyjustice.looks.output import number_of, plain, tell
from pyjustice.looks.page import to_page
from pyjustice.looks.pieces import Rows
from pyjustice.looks.report_commands import read_documents
from pyjustice.measures.flags import Flag
from pyjustice.questions.change import change
from pyjustice.questions.control import funnel
from pyjustice.questions.history import history
from pyjustice.questions.mock_inspection import rate_cases
from pyjustice.readers.published import published
from pyjustice.readers.reports import Reports

__all__ = ["add_page_commands"]

_PAGE_EXAMPLES = """\
The page needs nothing else: send it, print it, put it on a shared drive. If FILE ends in
.xlsx it is a workbook of the same tables.

examples:
  pyjustice page report.pdf --out report.html
  pyjustice page reports/ --title 'Our region, 2025' --out region.html
  pyjustice page --cases audit.csv --framework iyjs-2025 --rating 1.1=Good --out audit.html
  pyjustice page report.pdf --cases audit.csv --framework iyjs-2025 --show-small-counts \\
      --out internal.html
"""
_BOARD_EXAMPLES = """\
What the package knows of a service, and the files given: its inspections, how its number
of children cautioned or sentenced changed, and where it stands among all services.

examples:
  pyjustice board Wakefield --out wakefield.html
  pyjustice board 'Tower Hamlets' report.pdf news.html --out board.html
  pyjustice board Lambeth --out lambeth.xlsx
"""
_SOURCES = (
    "Published outcomes of inspections, and children cautioned or sentenced by the Youth Justice"
    " Board, as they come with pyjustice (Open Government Licence v3.0)"
)
_CHANGED = "Change of children cautioned or sentenced"
_AMONG = "Among all services"


def add_page_commands(commands: Commands) -> None:
    """Declare the commands of this file."""
    page = add_command(
        commands, "page", _page, says="one page for a board, from reports or cases",
        about="Write what was read and checked as one HTML page.", examples=_PAGE_EXAMPLES,
    )  # fmt: skip
    board = add_command(
        commands, "board", _board, says="one page on a service, from what is published",
        about="Write a page on a service.", examples=_BOARD_EXAMPLES,
    )  # fmt: skip
    board.add_argument("service", metavar="SERVICE", help="any name or code of it")
    for made in (page, board):
        made.add_argument(
            "paths", nargs="*", metavar="PATH",
            help="a report (pdf, html, md, txt), a folder, a pattern, or - for standard input",
        )  # fmt: skip
        made.add_argument("--out", required=True, metavar="FILE", help="page.html, or .xlsx")
        made.add_argument("--title", help="of the page")
        made.add_argument(
            "--source", action="append", default=[], metavar="TEXT",
            help="where figures are from; may be given again",
        )  # fmt: skip
        made.add_argument(
            "--made", metavar="DATE", type=_day, default=date.today(),
            help="date of the page, such as 2026-01-31 (default: today)",
        )  # fmt: skip
        small = made.add_mutually_exclusive_group()
        small.add_argument(
            "--below", type=int, default=5, metavar="N", help="hide counts below it (default 5)"
        )
        small.add_argument(
            "--show-small-counts", action="store_true",
            help="hide none: for those who may see the cases",
        )  # fmt: skip
    page.add_argument("--cases", action="append", metavar="FILE", help="a case file to rate")
    page.add_argument(
        "--framework", metavar="ID", help=f"of the cases: one of {', '.join(frameworks())}"
    )
    page.add_argument(
        "--rating", action="append", default=[], type=rating_given, metavar="STANDARD=WORD",
        help="a rating of the cases' service that rests on evidence; may be given again",
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected a date such as 2026-01-31, got {text!r}"
        ) from None


def _page(arguments: argparse.Namespace) -> int:
    if not arguments.paths and not arguments.cases:
        tell(["page: expected a report, or --cases FILE"])
        return USAGE
    if bool(arguments.cases) != bool(arguments.framework):
        tell(["page: --cases and --framework go together; see pyjustice rate-cases --help"])
        return USAGE
    what: dict[str, Any] = {}
    troubles: list[str] = []
    if arguments.cases:
        try:
            rated = rate_cases(
                arguments.cases, arguments.framework, qualitative=dict(arguments.rating),
                errors="collect",
            )  # fmt: skip
        except (PyjusticeError, OSError) as error:
            return trouble_of(error)
        if rated.rows_refused > 0:
            told = number_of(rated.rows_refused, "row")
            troubles.append(f"{plain(arguments.cases[0])}: {told} left out; see rate-cases")
        what["Mock inspection"] = rated
    reports, more = read_documents(arguments.paths)
    if len(reports):
        what[""] = reports
    title = arguments.title or "Youth justice: inspections and figures"
    return _written(arguments, what, title, troubles + more)


def _board(arguments: argparse.Namespace) -> int:
    try:
        name = _service(arguments.service)
        known = history(service=name)
    except PyjusticeError as error:
        return trouble_of(error)
    given, troubles = read_documents(arguments.paths)
    reports, others = _of_service(given, name)
    what: dict[str, Any] = {}
    if len(reports):
        what[""] = reports
    elif len(known):
        what[f"Inspections of {name} so far"] = known
    what |= _figures(name)
    arguments.source.append(_SOURCES)
    title = arguments.title or f"{name}: youth justice"
    tell(others)
    return _written(arguments, what, title, troubles)


def _service(name: str) -> str:
    """Name of the service that is meant, or of the one that an authority is served by."""
    try:
        return area(name, kind="service").name
    except PyjusticeError as error:
        try:
            place = area(name)
        except PyjusticeError:
            raise error from None
        found = service_of(place)
        if found is None:
            more = f"; it is in that of {place.service!r}" if place.service else ""
            raise DataError(f"{place.name!r} has no service of its own{more}") from None
        return found.name


def _of_service(reports: Reports, name: str) -> tuple[Reports, list[str]]:
    """Return the documents on a service, and a line for each that is on another or on none."""
    own, others = [], []
    for i, report in enumerate(reports):
        services = history(report, embedded=False)["service"].tolist()
        if name in services:
            own.append(i)
            continue
        about = f"on {plain(services[0])}" if services and services[0] else "of no such inspection"
        source = plain(str(report.inspections["source"][0]))
        others.append(f"{source}: {about}, not on {name}; left out")
    # The latest first; a document without a date last.
    when = reports.inspections["published"].copy()
    unknown = np.isnat(when)
    when[unknown] = reports.inspections["fieldwork"][unknown]
    own.sort(key=lambda i: -1 if np.isnat(when[i]) else int(when[i].astype(int)), reverse=True)
    return reports.take(own), others


def _figures(name: str) -> Mapping[str, Rows]:
    """What is published on the children of a service, set against all services."""
    rows = published("children")
    own = rows[rows["area"] == name]
    if not len(own):
        return {}
    years = [rows[rows["period"] == period] for period in np.unique(rows["period"])]
    before, after = years[0], years[-1]
    # Services of the later year in the order of the earlier: they are the same services.
    at = {str(row["area"]): i for i, row in enumerate(after)}
    both = [str(row["area"]) for row in before if str(row["area"]) in at]
    before = before[np.isin(before["area"], both)]
    after = after[[at[one] for one in both]]
    moved = change(
        before["count"], after["count"], population_before=before["population"],
        population_after=after["population"], names=both, against="overdispersed",
    )  # fmt: skip
    if before["base"][0] != after["base"][0]:
        moved["flag"][moved["flag"] == ""] = Flag.REBASED
    among = funnel(
        after["count"], after["population"], names=both, per=1000, adjust="multiplicative"
    )
    return {
        "Children cautioned or sentenced": own,
        _CHANGED: moved[moved["name"] == name],
        f"{_AMONG}, {after['period'][0]}": among[among["name"] == name],
    }


def _written(
    arguments: argparse.Namespace, what: Mapping[str, Any], title: str, troubles: list[str]
) -> int:
    if not what:
        tell([*troubles, f"{plain(arguments.out)}: nothing to write"])
        return UNREADABLE if troubles else USAGE
    asked: dict[str, Any] = {
        "title": title,
        "sources": arguments.source,
        "made": arguments.made,
        "below": None if arguments.show_small_counts else arguments.below,
        "published": [one for one in what if one.startswith((_CHANGED, _AMONG))],
    }
    write = to_excel if arguments.out.lower().endswith(".xlsx") else to_page
    try:
        write(what, arguments.out, **asked)
    except PyjusticeError as error:
        return trouble_of(error)
    except OSError as error:
        tell([f"{plain(arguments.out)}: {error.strerror}; expected a file that can be written"])
        return USAGE
    print(f"{plain(arguments.out)}: written")  # noqa: T201
    return UNREADABLE if tell(troubles) else FINE
