"""Published tables for the commands: one table of a file, and some of its rows."""

from __future__ import annotations

import argparse
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.readers.table import Table
from pyjustice.readers.tables import read_tables

__all__ = ["add_table_options", "figures_of", "header_and_value", "table_of"]

Rows: TypeAlias = NDArray[np.void]


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which table of a file, and which of its rows."""
    parser.add_argument(
        "--table", type=int, metavar="N", help="which, counted from 1, of a file that has several"
    )
    parser.add_argument(
        "--where", action="append", default=[], type=header_and_value, metavar="HEADER=VALUE",
        help="only rows with this value; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--role", action="append", default=[], type=header_and_value, metavar="HEADER=ROLE",
        help="what a column is, if it is not found: area, area_code, period, group, count,"
        " population, 'rate per 1,000' …; '*=count' for all figures; may be given again",
    )  # fmt: skip


def header_and_value(text: str) -> tuple[str, str]:
    """Take 'HEADER=VALUE' apart, for a parser of arguments."""
    header, equals, value = (part.strip() for part in text.rpartition("="))
    if not (header and equals and value):
        raise argparse.ArgumentTypeError(f"expected HEADER=VALUE, got {text!r}")
    return header, value


def table_of(path: str, arguments: argparse.Namespace) -> Table:
    """Read the table that is meant, without the rows that are totals of others.

    Raises
    ------
    DataError
        No such table, header or value; the message begins with the path.
    """
    tables = read_tables(path, roles=dict(arguments.role) or None)
    number = arguments.table
    if number is None and len(tables) > 1:
        listed = "; ".join(f"{i} {_named(table)}" for i, table in enumerate(tables, 1))
        raise DataError(f"{path}: {len(tables)} tables; choose one with --table: {listed}")
    if number is not None and not 1 <= number <= len(tables):
        raise DataError(f"{path}: --table: expected 1 to {len(tables)}, got {number}")
    table = tables[(number or 1) - 1].leaves()
    named = [header for header, _ in arguments.where]
    named += [getattr(arguments, name, None) for name in ("group", "events", "base")]
    if not set(filter(None, named)) <= set(table.headers):
        table = table.long()  # of a wide table: the year, or the group, that is a column
    for header, value in arguments.where:
        labels = np.char.strip(_located(path, table.labels, header))
        rows = np.flatnonzero(np.char.lower(labels) == value.casefold())
        if not len(rows):
            some = ", ".join(repr(str(label)) for label in dict.fromkeys(labels.tolist()[:200]))
            raise DataError(f"{path}: no row has {value!r} in {header!r}; it has {_cut(some)}")
        table = table.take(rows)
    return table


def _located(path: str, find: Any, header: str) -> Any:
    try:
        return find(header)
    except DataError as error:
        raise DataError(f"{path}: {error}") from None


def _named(table: Table) -> str:
    return f"{_cut(table.title or table.sheet or 'no title', 50)!r} ({len(table)} rows)"


def _cut(text: str, most: int = 160) -> str:
    return cut(text, most)


def figures_of(path: str, table: Table, header: str) -> Rows:
    """Return the cells of one column of figures, with their bounds.

    Raises
    ------
    DataError
        No such column, or one without figures.
    """
    _located(path, table.labels, header)
    cells = table.cells
    own: Rows = cells[cells["column_label"] == _cut(header, 96)]
    if len(own) != len(table):
        raise DataError(f"{path}:{table.line}: {header!r} is no column of figures")
    return own
