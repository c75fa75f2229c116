"""Commands about published figures: `pyjustice change`, `funnel` and `disparity`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import numpy as np

from pyjustice.ground.errors import DataError, ParseError, PyjusticeError
from pyjustice.ground.groups import CLASSIFICATIONS
from pyjustice.looks.command import FINE, UNREADABLE, USAGE, Commands, add_command
from pyjustice.looks.figure_pages import show_figures
from pyjustice.looks.output import add_output, number_of, plain, show, tell
from pyjustice.looks.pieces import Rows
from pyjustice.looks.records import records
from pyjustice.looks.table_input import (
    add_table_options,
    figures_of,
    header_and_value,
    table_of,
)
from pyjustice.questions.change import AGAINST, METHODS, change
from pyjustice.questions.control import funnel
from pyjustice.questions.disparity import disparity
from pyjustice.questions.disparity_of import disparity_of
from pyjustice.readers.cases import read_cases

__all__ = ["add_figure_commands", "trouble_of"]

_CHANGE_EXAMPLES = """\
A table is csv, xlsx or ods with areas, counts and populations, in columns or years side by
side. Rows that are totals of others are left out; an area in one table alone says so.

examples:
  pyjustice change 2021.csv 2022.csv --periods 2020/21 2021/22
  pyjustice change children.xlsx --periods 2020/21 2021/22
  pyjustice change 2021.ods 2022.ods --table 3 --where Sex=All
  pyjustice change a.csv b.csv --against overdispersed --format csv --out change.csv
  pyjustice change a.csv b.csv --role 'Young people=count' --role '10-17s=population'
"""
_FUNNEL_EXAMPLES = """\
Small areas vary more by chance alone: each is set against limits of its own size.

examples:
  pyjustice funnel children-2022.csv
  pyjustice funnel children-2022.csv --adjust multiplicative     where areas vary by more
  pyjustice funnel lait.xlsx --where Year=2023 --format json
"""
_DISPARITY_EXAMPLES = """\
A table has a row a group: how many it happened to, of how many. Groups must not overlap.
A file of cases has a row a child: --outcome says which value of which column is the event.

examples:
  pyjustice disparity remand.csv --group Ethnicity --events Remanded --base Sentenced \\
      --reference White --kind proportion
  pyjustice disparity fte.csv --group Ethnicity --events FTE --base Population \\
      --reference rest --kind rate --per 1000 --where Year=2023
  pyjustice disparity cases.csv --group Ethnicity --classification 'ethnicity 5+1' \\
      --reference White --outcome Decision=Charged --adjust Offence
"""


def add_figure_commands(commands: Commands) -> None:
    """Declare the commands of this file."""
    moved = add_command(
        commands, "change", _change, says="what changed between two published tables",
        about="Compare the rates of areas in two tables, with exact intervals.",
        examples=_CHANGE_EXAMPLES,
    )  # fmt: skip
    moved.add_argument("before", metavar="BEFORE", help="the earlier table, or one of both periods")
    moved.add_argument("after", nargs="?", metavar="AFTER", help="the later one")
    moved.add_argument(
        "--periods", nargs=2, metavar=("EARLIER", "LATER"),
        help="which periods, of tables that have several or do not say theirs: 2020/21 2021/22",
    )  # fmt: skip
    moved.add_argument(
        "--against", choices=[one for one in AGAINST if one != "national"], default="self",
        help="what a change is set against: nothing (self), the other areas, or all of them"
        " allowing for how much they vary (overdispersed: the one to quote of many areas)",
    )  # fmt: skip
    moved.add_argument("--method", choices=METHODS, default="central", help="default central")
    among = add_command(
        commands, "funnel", _funnel, says="which areas stand out among their peers",
        about="Set areas of unlike size side by side.", examples=_FUNNEL_EXAMPLES,
    )  # fmt: skip
    among.add_argument("path", metavar="TABLE", help="csv, xlsx or ods")
    among.add_argument(
        "--adjust", choices=("multiplicative", "additive"),
        help="allow for areas that vary by more than chance",
    )  # fmt: skip
    among.add_argument("--target", type=float, help="the rate that areas are set against")
    among.add_argument("--per", type=float, default=1000, help="unit of the rate (default 1000)")
    groups = add_command(
        commands, "disparity", _disparity, says="who is treated differently",
        about="Compare groups with a reference, with exact tests.", examples=_DISPARITY_EXAMPLES,
    )  # fmt: skip
    groups.add_argument("path", metavar="FILE", help="a table or cases: csv, xlsx or ods")
    groups.add_argument("--group", required=True, metavar="COLUMN", help="column of the groups")
    for name, what in (
        ("--events", "of a table: column of how many it happened to"),
        ("--base", "of a table: column of how many there were"),
    ):
        groups.add_argument(name, metavar="COLUMN", help=what)
    groups.add_argument(
        "--outcome", action="append", type=header_and_value, metavar="COLUMN=VALUE",
        help="of cases: what the event is; may be given again for more values of the column",
    )  # fmt: skip
    groups.add_argument(
        "--adjust", action="append", metavar="COLUMN",
        help="of cases: compare like with like, within the values of this column; may be given"
        " again",
    )  # fmt: skip
    groups.add_argument(
        "--classification", choices=CLASSIFICATIONS, metavar="NAME",
        help=f"of cases: bring the groups' labels into one of {', '.join(CLASSIFICATIONS)}",
    )  # fmt: skip
    groups.add_argument("--seed", type=int, default=0, help="of cases: for the bootstrap")
    groups.add_argument(
        "--reference", required=True, metavar="NAME",
        help="a group; 'rest', all others together; or 'whole', all together",
    )  # fmt: skip
    groups.add_argument(
        "--kind", choices=("proportion", "rate"),
        help="of a table: proportion: events are some of the base; rate: events over a population",
    )  # fmt: skip
    groups.add_argument("--per", type=float, help="unit of a rate, such as 1000")
    groups.add_argument(
        "--family", type=int, metavar="N", help="how many comparisons are made in all, if more"
    )
    for made in (moved, among, groups):
        add_table_options(made)
        add_output(made)


def trouble_of(error: Exception, path: str = "") -> int:
    """Tell an error in one line, after the path it is about, and return its exit status."""
    if isinstance(error, OSError):
        tell(
            [f"{plain(str(error.filename or 'input'))}: {error.strerror}; expected a file to read"]
        )
        return UNREADABLE
    said = " ".join(str(error).split())
    tell([plain(said if said.startswith(path) else f"{path}: {said}")])
    return UNREADABLE if isinstance(error, ParseError) else USAGE


def _shown(
    arguments: argparse.Namespace, kind: str, make: Callable[[], tuple[Rows, Sequence[str]]]
) -> int:
    """Make a result, show it, and tell what was left out."""
    try:
        rows, left_out = make()
    except (PyjusticeError, OSError) as error:
        return trouble_of(error, str(getattr(arguments, "path", "")))
    shown = show(
        arguments,
        table=lambda console: show_figures(console, kind, rows),
        flat=lambda: records(rows),
        tables=lambda: {kind: records(rows)},
    )
    if not shown:
        return USAGE
    return UNREADABLE if tell(left_out) else FINE


def _change(arguments: argparse.Namespace) -> int:
    def make() -> tuple[Rows, Sequence[str]]:
        paths = [path for path in (arguments.before, arguments.after) if path is not None]
        rows = change(
            *(table_of(path, arguments) for path in paths),
            periods=arguments.periods,
            against=arguments.against,
            method=arguments.method,
        )
        return rows, ()

    return _shown(arguments, "change", make)


def _funnel(arguments: argparse.Namespace) -> int:
    def make() -> tuple[Rows, Sequence[str]]:
        rows = funnel(
            table_of(arguments.path, arguments), per=arguments.per, target=arguments.target,
            adjust=arguments.adjust,
        )  # fmt: skip
        return rows, ()

    return _shown(arguments, "funnel", make)


def _disparity(arguments: argparse.Namespace) -> int:
    if arguments.outcome:
        return _shown(arguments, "adjusted", lambda: _disparity_of_cases(arguments))

    def make() -> tuple[Rows, Sequence[str]]:
        path = arguments.path
        for option in ("events", "base", "kind"):
            if getattr(arguments, option) is None:
                raise DataError(f"--{option}: a table needs it; of cases give --outcome")
        for option in ("adjust", "classification"):
            if getattr(arguments, option) is not None:
                raise DataError(f"--{option}: is for cases, with --outcome")
        table = table_of(path, arguments)
        events = figures_of(path, table, arguments.events)
        base = figures_of(path, table, arguments.base)
        groups = [str(label).strip() for label in table.labels(arguments.group)]
        # Bounds of what is suppressed, where the signs of the table give any.
        bounded = np.isnan(events["value"]) & np.isfinite(events["lower"] + events["upper"])
        rows = disparity(
            events["value"], base["value"], groups,
            reference=arguments.reference, kind=arguments.kind, per=arguments.per,
            family=arguments.family or "all",
            events_lower=np.where(bounded, events["lower"], np.nan) if bounded.any() else None,
            events_upper=np.where(bounded, events["upper"], np.nan) if bounded.any() else None,
        )  # fmt: skip
        return rows, ()

    return _shown(arguments, "disparity", make)


def _disparity_of_cases(arguments: argparse.Namespace) -> tuple[Rows, Sequence[str]]:
    for option in ("events", "base", "kind", "per", "table", "role"):
        if getattr(arguments, option):
            raise DataError(f"--{option}: is for a table, not for cases with --outcome")
    columns = list(dict.fromkeys(column for column, _ in arguments.outcome))
    if len(columns) > 1:
        raise DataError(f"--outcome: expected values of one column, got {', '.join(columns)}")
    cases = read_cases(arguments.path, errors="collect")
    for header, value in arguments.where:
        labels = np.char.lower(cases.labels(header))
        cases = cases.take(labels == value.casefold())
    rows = disparity_of(
        cases, by=arguments.group, reference=arguments.reference, adjust=arguments.adjust,
        outcome={columns[0]: [value for _, value in arguments.outcome]},
        classification=arguments.classification, seed=arguments.seed,
        family=arguments.family or "all",
    )  # fmt: skip
    counted = (
        (cases.rows_refused, "row", "cannot be read: left out"),
        (cases.unread_cells.count, "cell", "not of its column's type: taken for blank"),
    )
    return rows, [
        f"{plain(arguments.path)}: {number_of(count, one)} {what}"
        for count, one, what in counted
        if count
    ]
