"""The tables of a published file, found under titles and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dialects import AnyDialect, Dialect, common, with_legend
from pyjustice.ground.dialects import dialect as find_dialect
from pyjustice.ground.dtypes import REFUSED_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_sources import fold_header, is_passed_over
from pyjustice.readers.header_parts import captions, says_place
from pyjustice.readers.streams import AnySource
from pyjustice.readers.table import Table
from pyjustice.readers.table_figures import CODES, Column, read_columns
from pyjustice.readers.table_files import Sheet, open_sheets, text_of
from pyjustice.readers.table_long import with_labels
from pyjustice.readers.table_roles import Roles, find_roles
from pyjustice.readers.table_shapes import Block, find_blocks
from pyjustice.readers.table_sums import (
    set_bounds,
)
from pyjustice.readers.table_wide import Wide, find_wide

__all__ = ["Tables", "read_table", "read_tables"]

Rows: TypeAlias = NDArray[np.void]
HeaderAt: TypeAlias = "int | tuple[int, int]"

_REASONS = np.array(list(CODES), "U16")
_CACHED = ("cells", "data", "_totals", "_overlaps")


class Tables(list[Table]):
    r"""Tables of a file in their order: a list, and what was passed over.

    Attributes
    ----------
    passed_over : numpy.ndarray of REFUSED_DTYPE
        Sheets of contents and notes, and rows of figures without a header, each with its reason.

    Examples
    --------
    >>> tables = read_tables("Area,Number\nNorth,12\n")
    >>> len(tables), len(tables.passed_over)
    (1, 0)
    """

    def __init__(self, tables: Sequence[Table] = (), passed_over: Rows | None = None) -> None:
        super().__init__(tables)
        self.passed_over = np.zeros(0, REFUSED_DTYPE) if passed_over is None else passed_over

    def __repr__(self) -> str:
        """One table a line."""
        return "\n".join(["<Tables>", *(f"  {i}: {table!r}" for i, table in enumerate(self))])


def read_tables(
    source: AnySource,
    *,
    dialect: AnyDialect | None = None,
    roles: Mapping[str, str] | None = None,
    header: HeaderAt | None = None,
    rounded_to: float = 0,
) -> Tables:
    r"""Read all tables of a published file.

    Parameters
    ----------
    source : path, str, bytes or file object
        CSV or TSV (delimiter, quoting and encoding are found; gzip is opened), xlsx, xls or ods,
        hidden sheets too. A path, or a str without a line break, is read from disk.
    dialect : str, path, mapping or Dialect, optional
        What the signs mean: one of ``pj.dialects()``, or a TOML file like theirs. Without one it is
        that of the published file, if its headers tell which it is; else signs are read only where
        all publishers that use them agree or the notes of the table explain them, and any other
        sign is 'ambiguous'.
    roles : mapping of str to str, optional
        What headers are, where it is not found: 'area', 'area_code', 'within', 'period',
        'period_kind', 'measure', 'group', 'cut', 'unit', 'count', 'population', 'rate', 'rate per
        1,000', 'percent', 'value', 'label', or 'other' for figures that are no rows of ``data``.
        Of a wide table also: ``{'*': 'count'}`` of all figures whose header does not say; a text
        in a header, such as 'Number' below each year; 'group', 'period', 'measure' or 'cut' of a
        heading above several columns, each of which is one; 'a group' and so on of one column.
    header : int or (int, int), optional
        First and last line of the header, where two rows could each be it.
    rounded_to : float, optional
        What whole counts are rounded to (5, 10), if the publisher says so: their bounds are half of
        it to each side. 0 if they are exact.

    Returns
    -------
    Tables
        A list of `Table`, with ``.passed_over``.

    Raises
    ------
    ParseError
        Not a file of tables, a damaged one, or one that asks for a password.
    DataError
        No table in it, two rows that could each be the header, or a header or dialect that is not
        there.

    Examples
    --------
    >>> (table,) = read_tables("Area,Number\nNorth,12\nSouth,[c]\nTotal,15\n")
    >>> table.cells[["row_label", "value", "lower", "reason"]].tolist()[1]
    ('South', nan, 0.0, 'suppressed')
    """
    name, sheets = open_sheets(source)
    given = find_dialect(dialect) if dialect is not None else None
    tables: list[Table] = []
    passed: list[tuple[str, int, str]] = []
    for sheet in sheets:
        place = f"{name}[{sheet.name}]" if sheet.name else name or "the content"
        if sheet.name and is_passed_over(sheet.name):
            passed.append((place, 0, "a sheet of contents or notes"))
            continue
        made, left = _tables_of(name, place, sheet, given, roles, _span(header), rounded_to)
        tables += made
        passed += left
    if not tables:
        raise DataError(f"{name or 'the content'}: no table found{_listed(passed)}")
    _check_roles(tables, roles, name)
    return Tables(tables, _passed_over(passed))


def read_table(
    source: AnySource,
    *,
    dialect: AnyDialect | None = None,
    roles: Mapping[str, str] | None = None,
    header: HeaderAt | None = None,
    rounded_to: float = 0,
) -> Table:
    r"""Read the one table of a published file.

    Parameters
    ----------
    source, dialect, roles, header, rounded_to
        As for `read_tables`.

    Returns
    -------
    Table

    Raises
    ------
    ParseError
        As for `read_tables`.
    DataError
        None or more than one table: the message lists those found.

    Examples
    --------
    >>> read_table("Area,Number\nNorth,12\nSouth,3\n").sum("Number")["value"]
    np.float64(15.0)
    """
    tables = read_tables(source, dialect=dialect, roles=roles, header=header, rounded_to=rounded_to)
    if len(tables) != 1:
        found = "\n".join(f"  {table!r}" for table in tables)
        path = tables[0].source or "the content"
        raise DataError(f"{path}: expected one table, found {len(tables)}:\n{found}")
    return tables[0]


def _span(header: HeaderAt | None) -> tuple[int, int] | None:
    return (header, header) if isinstance(header, int) else header


def _tables_of(
    name: str,
    place: str,
    sheet: Sheet,
    given: Dialect | None,
    roles: Mapping[str, str] | None,
    header: tuple[int, int] | None,
    rounded_to: float,
) -> tuple[list[Table], list[tuple[str, int, str]]]:
    """The tables of one sheet, and what of it is in none."""
    try:
        blocks, left = find_blocks(sheet, header)
    except DataError as error:
        raise DataError(f"{place}: {error}") from None
    passed = [(place, sheet.lines[row.row], row.reason) for row in left]
    legend = [(note, row) for b in blocks for note, row in zip(b.notes, b.note_rows, strict=True)]
    tables = []
    for block in blocks:
        known = find_roles(_headers(block), roles)
        signs = given
        if signs is None:
            told = known.source.dialect if known.source is not None else ""
            signs = find_dialect(told) if told else common()
        signs = with_legend(signs, [note for note, _ in legend])
        columns = read_columns(block, signs.markers(), known.is_label)
        if not sheet.delimited and not any(column.is_figures for column in columns):
            passed.append((place, sheet.lines[block.header[0]], "no figures"))
            continue
        known, wide = _wide_of(block, columns, known, roles or {})
        set_bounds(columns, known, rounded_to)
        tables.append(Table(name, block, columns, known, signs.name, wide))
        tables[-1].legend = {
            sign: (sheet.lines[legend[at][1]], legend[at][0])
            for sign, at in signs.explained.items()
        }
    if not blocks and not left and any(sheet.rows):
        passed.append((place, 0, "no figures"))
    return tables, passed


def _wide_of(
    block: Block, columns: Sequence[Column], known: Roles, given: Mapping[str, str]
) -> tuple[Roles, Wide | None]:
    """Tell whether a table is wide; a long one, whose figures have headers of their own, is not."""
    if known.source is not None:
        return known, None
    own = [c for c in columns if c.is_figures and known.role(c.name) in ("count", "rate", "value")]
    said = {fold_header(header) for header in given}
    alone = [c for c in own if not says_place(c.header, total=fold_header(c.name) not in said)]
    both = any(
        c.is_figures and len(c.header) > 1 and says_place(c.header, total=False) for c in columns
    )
    if alone and not both and "*" not in given:
        return known, None
    merged = any(top in block.header for (top, _), _ in block.sheet.merged)
    wide = find_wide(columns, given, captions(block.title, block.above), merged=merged)
    if wide is None or wide.fault:
        return known, wide
    try:
        return with_labels(columns, known, wide)
    except DataError as error:
        return known, Wide(fault=str(error))


def _headers(block: Block) -> list[str]:
    rows: Iterator[list[Any]] = (block.sheet.rows[row] for row in block.header)
    return [text_of(cell) for row in rows for cell in row if text_of(cell)]


def _listed(passed: Sequence[tuple[str, int, str]]) -> str:
    rows = [f"{place}: {reason}" for place, _, reason in passed[:6]]
    return ": " + "; ".join(rows) if rows else ": expected rows of cells below a header"


def _passed_over(places: Sequence[tuple[str, int, str]]) -> Rows:
    made = np.zeros(len(places), REFUSED_DTYPE)
    for row, (place, line, reason) in zip(made, places, strict=True):
        row["source"], row["line"], row["reason"] = cut(place, 256), line or -1, reason
        row["column"] = row["start"] = -1
    return made


def _check_roles(tables: Sequence[Table], roles: Mapping[str, str] | None, name: str) -> None:
    """Refuse a header that no table has."""
    known = {fold_header(header) for table in tables for header in table.header_texts()}
    for header in roles or ():
        if header != "*" and fold_header(header) not in known:
            found = ", ".join(map(repr, tables[0].headers[:12]))
            raise DataError(
                f"{name or 'the content'}: roles: no header {header!r}; there are {found}"
            )
