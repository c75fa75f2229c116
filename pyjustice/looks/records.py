"""Structured arrays as plain records: rows for CSV, objects for JSON."""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO, Any

from pyjustice.measures.findings import Rows

Record = dict[str, Any]


def records(rows: Rows) -> list[Record]:
    """Plain records of a structured array: None for NaN and NaT, dates as ISO text."""
    names = rows.dtype.names or ()
    columns = [[_plain(value) for value in rows[name].tolist()] for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and math.isnan(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def write_csv(stream: IO[str], rows: Sequence[Record]) -> None:
    """Write records of the same fields as CSV: an empty cell for None, whole floats bare."""
    writer = csv.writer(stream, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value


def write_json(stream: IO[str], tables: Mapping[str, Any]) -> None:
    """Write tables of records as one JSON object, every record on a line of its own."""
    parts = []
    for name, rows in tables.items():
        lines = ",\n".join("  " + json.dumps(r, ensure_ascii=False, allow_nan=False) for r in rows)
        parts.append(
            f" {json.dumps(name)}: [\n{lines}\n ]" if lines else f" {json.dumps(name)}: []"
        )
    stream.write("{\n" + ",\n".join(parts) + "\n}\n")
