"""A published table: its title, its cells, its rows as statistics, and its totals."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.dtypes import CELL_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.ground.table_sources import fold_header
from pyjustice.readers.table_figures import CODES, Column
from pyjustice.readers.table_long import column_totals_of, laid_long, long_totals, wide_totals
from pyjustice.readers.table_roles import Roles, statistics
from pyjustice.readers.table_shapes import Block
from pyjustice.readers.table_sums import (
    add_rows,
    column_totals,
    row_totals,
    total_records,
)
from pyjustice.readers.table_totals import Overlap, Total, kept, overlaps
from pyjustice.readers.table_wide import Wide

__all__ = ["Table", "Where"]

Rows: TypeAlias = NDArray[np.void]
Where: TypeAlias = "Mapping[str, str | Collection[str]] | Sequence[int] | NDArray[Any]"

_REASONS = np.array(list(CODES), "U16")
_CACHED = ("cells", "data", "_totals", "_overlaps", "_key_totals")


class Table:
    r"""One published table.

    Attributes
    ----------
    source : str
        The path, '' for content without one.
    sheet : str
        '' for delimited text.
    hidden : bool
        Whether the sheet is hidden in the workbook.
    title : str
    line : int
        1-based row of the sheet in which the header starts.
    notes : tuple of str
        What stands above and below the table, in its order.
    headers : tuple of str
        The name of each column; the names of a header of two rows are joined by ' | '.
    legend : dict of str to (int, str)
        Signs that the notes explain, each with the line and the text of the note. Bounds of hidden
        counts are taken from it where the dialect has none.
    dialect : str
        By which the signs were read; '' if the publisher is not known.
    known_as : str
        The published file that it is, told by its headers; '' if it is none that is known.
    roles : dict of str to str
        What each header is, as far as it is known.

    Examples
    --------
    >>> import pyjustice as pj
    >>> table = pj.read_table("Area,Number\nNorth,12\nSouth,[c]\n")
    >>> table.headers, len(table), table.cells["reason"].tolist()
    (('Area', 'Number'), 2, ['', 'suppressed'])
    """

    def __init__(
        self,
        source: str,
        block: Block,
        columns: Sequence[Column],
        roles: Roles,
        dialect: str,
        wide: Wide | None = None,
    ) -> None:
        self.source = source
        self.sheet = block.sheet.name
        self.hidden = block.sheet.hidden
        self.title = block.title
        self.line = block.sheet.lines[min(block.header)]
        self.notes = tuple(block.notes)
        self.legend: dict[str, tuple[int, str]] = {}
        self.dialect = dialect
        self.known_as = roles.source.name if roles.source is not None else ""
        self._columns = list(columns)
        self._lines = [block.sheet.lines[row] for row in block.rows]
        self._ids = self._lines  # of a long table, of which several rows are one line: their number
        self._roles = roles
        self._wide = wide
        self._left_out: frozenset[int] = frozenset()  # keys of `wide` that are totals

    @property
    def headers(self) -> tuple[str, ...]:
        """The name of each column."""
        return tuple(column.name for column in self._columns)

    def header_texts(self) -> set[str]:
        """The names of columns, and each text in their headers."""
        parts = {text for column in self._columns for text in column.header}
        return parts.union(self.headers)

    @property
    def roles(self) -> dict[str, str]:
        """What each header is, as far as it is known."""
        pairs = ((name, self._roles.role(name)) for name in self.headers)
        return {name: role for name, role in pairs if role}

    def __len__(self) -> int:
        """Count the rows below the header."""
        return len(self._lines)

    @functools.cached_property
    def cells(self) -> Rows:
        """Every cell of a column of figures as a CELL row, empty ones too, row by row.

        A cell without a figure has NaN and its reason; what cannot be read is kept as 'unreadable'
        or 'ambiguous', with its place and print. Bounds are closed: what the print, or the sign,
        leaves open.
        """
        figures = [column for column in self._columns if column.figures is not None]
        made = np.zeros((len(self), len(figures)), CELL_DTYPE)
        made["row"] = np.arange(len(self))[:, None]
        made["line"] = np.array(self._lines, int).reshape(-1, 1)
        made["row_label"] = np.array(self.row_labels(), "U128").reshape(-1, 1)
        for i, column in enumerate(figures):
            part, rows = made[:, i], column.figures
            assert rows is not None
            part["column_label"] = cut(column.name, 96)
            part["column"] = column.place if column.places is None else column.places
            for name in ("value", "lower", "upper"):
                part[name] = rows[name]
            part["reason"] = _REASONS[rows["reason"]]
            part["footnote"] = [cut(note, 24) for note in column.notes]
            part["printed"] = [cut(text, 24) for text in column.texts]
        return made.reshape(-1)

    @functools.cached_property
    def data(self) -> Rows:
        """The rows as STATISTIC rows, where the columns are known; those of `long`, if it is wide.

        Raises
        ------
        DataError
            The columns are not known: read the table with ``roles={header: role}``.
        """
        if self.is_wide:
            return self.long().data
        if self._wide is not None:
            raise DataError(f"{self._where()}: {self._wide.fault}")
        return statistics(self._columns, self._roles, self._lines)

    @property
    def is_wide(self) -> bool:
        """Whether its columns are years or groups, and it is told which."""
        return self._wide is not None and not self._wide.fault

    def long(self) -> Table:
        r"""Return a wide table laid out long: a row for each row and year or group of its columns.

        Returns
        -------
        Table
            Its columns are the labels of the rows, then 'Year', 'Ethnicity' and so on, then the
            figures: 'Number', 'Population', 'Rate', or 'Value' if the table does not say what they
            are. A total column is a total row. The places of cells are those of the wide table. The
            table itself, if it is not wide.

        Examples
        --------
        >>> import pyjustice as pj
        >>> text = "Number of children\n\nSex,2019/20,2020/21\nBoys,12,9\nGirls,3,4\n"
        >>> long = pj.read_table(text).long()
        >>> long.headers, long.labels("Year").tolist()
        (('Sex', 'Year', 'Number'), ['2019/20', '2020/21', '2019/20', '2020/21'])
        """
        wide = self._wide
        if wide is None or wide.fault:
            return self
        kept_keys = [i for i in range(len(wide.keys)) if i not in self._left_out]
        made = Table.__new__(Table)
        made.__dict__.update({k: v for k, v in self.__dict__.items() if k not in _CACHED})
        made._columns, made._roles = laid_long(self._columns, self._roles, wide, self._left_out)
        made._lines = [line for line in self._lines for _ in kept_keys]
        made._wide, made._left_out = None, frozenset()
        made._ids = list(range(len(made)))
        own = long_totals(self._totals, self._key_totals, len(self), kept_keys)
        made.__dict__["_totals"] = own
        made.__dict__["_overlaps"] = overlaps(own, made._lines, made._ids)
        return made

    def labels(self, header: str) -> NDArray[np.str_]:
        """Return the cells of one column as text, as printed."""
        return np.array(self._column(header).texts, "U")

    def row_labels(self) -> list[str]:
        """The labels of each row from the left, joined by ' | '."""
        parts = [column.texts for column in self._columns if not column.is_figures]
        joined = (" | ".join(filter(None, row)) for row in zip(*parts, strict=True))
        return [cut(label, 128) for label in joined] if parts else [""] * len(self)

    def totals(self) -> Rows:
        """Rows, and columns, that are totals of others beside them, as TOTAL rows.

        Returns
        -------
        numpy.ndarray of TOTAL_DTYPE
            ``evidence`` is 'adds up', 'parts overlap' (they are more than the total, so they do not
            exclude each other), 'parts incomplete' (less), or 'label only' (no figures to check);
            ``difference`` the total minus its parts, where most; ``places`` the lines, or columns
            of the sheet, of its parts.

        Notes
        -----
        A total is found by what it is called ('All', 'Total', 'England', 'Baton, of which'), by a
        region that other rows say they lie in, or, in tables of up to 500 rows, by being the sum of
        the rows below it in two or more columns. A total without parts beside it is none.
        """
        rows = total_records("row", self._totals, self._lines, self.row_labels())
        places = [column.place for column in self._columns]
        if self.is_wide:
            columns = column_totals_of(self._wide, self._key_totals)
        else:
            columns = [total for _, total in column_totals(self._columns, self._roles)]
        return np.concatenate([rows, total_records("column", columns, places, self.headers)])

    def leaves(self) -> Table:
        """Return the table without the rows that are totals of others.

        Columns of a wide table that are totals of others stay in ``cells``, and have no rows in
        ``data``.
        """
        totals = {total.index for total in self._totals}
        made = self.take([i for i in range(len(self)) if i not in totals])
        made._left_out = self._left_out | {total.index for total in self._key_totals}
        return made

    def take(self, rows: Sequence[int] | NDArray[Any]) -> Table:
        """Return some of the rows, by their index or by a mask, as a new table."""
        picked = np.arange(len(self))[np.asarray(rows, dtype=None if len(rows) else int)]
        made = Table.__new__(Table)
        made.__dict__.update({k: v for k, v in self.__dict__.items() if k not in _CACHED})
        # What is a total, and what overlaps, is told by the whole table.
        made.__dict__["_totals"] = kept(self._totals, picked.tolist())
        made.__dict__["_overlaps"] = self._overlaps
        made.__dict__["_key_totals"] = self._key_totals
        made._lines = [self._lines[i] for i in picked]
        made._ids = [self._ids[i] for i in picked]
        made._columns = [
            Column(
                column.place,
                column.header,
                column.name,
                [column.texts[i] for i in picked],
                None if column.figures is None else column.figures[picked],
                [column.notes[i] for i in picked] if column.notes else [],
                None if column.places is None else column.places[picked],
            )
            for column in self._columns
        ]
        return made

    def sum(self, column: str, where: Where | None = None) -> np.void:
        """Add up a column, unless that counts somebody twice.

        Parameters
        ----------
        column : str
            A header.
        where : mapping, mask or sequence of int, optional
            Which rows: ``{'Region': 'Wales'}``, ``{'Sex': ['Boys', 'Girls']}``; all by default.

        Returns
        -------
        numpy.void
            A CELL row: value, lower and upper; with its reason and NaN if a figure is missing.

        Raises
        ------
        DataError
            A total would be added to its parts, parts that overlap to each other, figures that are
            no counts, or figures of different measures, or of several periods without saying which.
        """
        return add_rows(
            self._column(column),
            self._columns,
            self._roles,
            self._picked(where),
            self._totals,
            self._overlaps,
            self._lines,
            self._ids,
            periods=self._names_period(where),
        )

    def to_pandas(self) -> Any:
        """Return a pandas.DataFrame of ``data`` where the columns are known, else of ``cells``."""
        import pandas as pd

        return pd.DataFrame(self._rows())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Export ``data`` where the columns are known, else ``cells``, to Arrow."""
        from pyjustice.readers.arrow import ArrowRows

        return ArrowRows(self._rows()).__arrow_c_stream__()

    def __repr__(self) -> str:
        """Title, size and place."""
        title = cut(self.title, 60) or self.known_as or "no title"
        figures = sum(column.is_figures for column in self._columns)
        where = f"sheet {self.sheet!r}, line {self.line}" if self.sheet else f"line {self.line}"
        return f"<Table: {title!r}; {len(self):,} rows, {figures} columns of figures; {where}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pyjustice.looks.html_display import table_html

        return table_html(self)

    @functools.cached_property
    def _totals(self) -> list[Total]:
        return row_totals(self._columns, self._roles)

    @functools.cached_property
    def _overlaps(self) -> list[Overlap]:
        return overlaps(self._totals, self._lines, self._ids)

    @functools.cached_property
    def _key_totals(self) -> list[Total]:
        """Places of the columns of a wide table that are totals of others."""
        return wide_totals(self._columns, self._wide) if self._wide is not None else []

    def _rows(self) -> Rows:
        known = any(role in ("count", "rate", "value") for role in self.roles.values())
        fits = self.is_wide if self._wide is not None else known
        return self.data if fits else self.cells

    def _where(self) -> str:
        """The place of the table, for errors."""
        name = f"{self.source}[{self.sheet}]" if self.sheet else self.source or "the table"
        return f"{name}, line {self.line}"

    def _names_period(self, where: Where | None) -> bool:
        """Whether the user chose the periods, or the rows themselves."""
        if not isinstance(where, Mapping):
            return where is not None
        return any(self._roles.role(self._column(header).name) == "period" for header in where)

    def _column(self, header: str) -> Column:
        folded = fold_header(header)
        for column in self._columns:
            if column.name == header:
                return column
        same = [column for column in self._columns if fold_header(column.name) == folded]
        if len(same) != 1:
            names = ", ".join(map(repr, self.headers[:12]))
            raise DataError(f"no column {header!r}; there are {names}")
        return same[0]

    def _picked(self, where: Where | None) -> NDArray[np.intp]:
        rows = np.arange(len(self))
        if where is None:
            return rows
        if not isinstance(where, Mapping):
            return np.asarray(rows[np.asarray(where)])
        keep = np.full(len(self), True)
        for header, wanted in where.items():
            texts = self._column(header).texts
            chosen = {wanted} if isinstance(wanted, str) else set(wanted)
            unknown = chosen - set(texts)
            if unknown:
                raise DataError(f"where: no row has {sorted(unknown)[0]!r} in {header!r}")
            keep &= np.array([text in chosen for text in texts], bool)
        return np.asarray(rows[keep])
