"""Random published tables, with what a reader must find in them.

Titles and notes stand above and below, tables one below the other, headers have one row or two,
figures have thousands commas, footnotes and the signs of a dialect.
"""

import csv
import gzip
import io
import math
import random
from dataclasses import dataclass, field

from pyjustice.ground.dialects import Dialect, dialect

AREAS = (
    "Barnet",
    "Bristol, City of",
    "Derby",
    "Kingston upon Hull",
    "Leeds",
    "St. Helens",
    "Ynys Môn",
    "York",
)
GROUPS = ("Boys", "Girls", "Not known")
AGES = ("10-14", "15", "16 to 17", "18 and over")
NOTES = (
    "These figures are of children cautioned or sentenced.",
    "Figures are rounded, so totals may differ.",
    "Source: made for a test, not published.",
    "Crown copyright.",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
DELIMITERS = ",\t;|"


@dataclass
class MadeCell:
    """A figure as printed, and what it says."""

    printed: str
    value: float
    lower: float
    upper: float
    reason: str = ""
    note: str = ""


@dataclass
class MadeTable:
    """What a reader must find."""

    title: str
    headers: list[str]
    labels: list[str]
    cells: list[list[MadeCell]]
    notes: list[str] = field(default_factory=list)


@dataclass
class MadeSheet:
    """Rows of text as laid out, and the tables in them."""

    rows: list[list[str]]
    tables: list[MadeTable]

    def csv(self, delimiter: str = ",") -> str:
        """The sheet as delimited text."""
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(self.rows)
        return text.getvalue()


def make_sheet(seed: int, signs: str) -> MadeSheet:
    """Make one sheet of one to three tables in a dialect."""
    rng = random.Random(seed)
    made = MadeSheet([], [])
    for number in range(1, rng.randint(1, 3) + 1):
        _add_table(made, rng, dialect(signs), number)
    return made


def packed(sheet: MadeSheet, rng: random.Random) -> bytes:
    """A sheet as a file of delimited text, in one way or another."""
    text = sheet.csv(rng.choice(DELIMITERS))
    data = text.encode(rng.choice(ENCODINGS))
    return gzip.compress(data) if rng.random() < 0.3 else data


def _add_table(made: MadeSheet, rng: random.Random, signs: Dialect, number: int) -> None:
    title = f"Table {number}. Children, by {rng.choice(('age', 'sex', 'area'))}"
    notes = rng.sample(NOTES, rng.randint(0, 2))
    rows: list[list[str]] = [[title], *([note] for note in notes)]
    if rng.random() < 0.5:
        rows.append([])
    header, names = _header(rng)
    rows += header
    labels = rng.sample(AREAS, rng.randint(2, len(AREAS)))
    cells = [[make_cell(rng, signs) for _ in names[1:]] for _ in labels]
    for row in cells:  # what a row of markers alone is could not be told
        if not any(cell.printed[-1:].isdigit() and cell.reason == "" for cell in row):
            row[0] = MadeCell("7", 7, 7, 7)
    rows += [
        [label, *(cell.printed for cell in row)] for label, row in zip(labels, cells, strict=True)
    ]
    below = rng.sample(NOTES, rng.randint(0, 2))
    if below:
        rows += [[], ["Notes"], *([note] for note in below)]
        below = ["Notes", *below]
    rows += [[]] * rng.randint(1, 3)
    made.rows += rows
    made.tables.append(MadeTable(title, names, labels, cells, notes + below))


def _header(rng: random.Random) -> tuple[list[list[str]], list[str]]:
    """A header of one row, or of two with groups that span columns; and the joined names."""
    if rng.random() < 0.5:
        columns = rng.sample((*AGES, "Unknown", "All"), rng.randint(1, 5))
        if rng.random() < 0.3 and len(columns) > 1:
            columns[-1] = columns[0]  # a duplicate
        names = ["Area", *columns]
        found = [
            name if name not in names[:i] else f"{name} (column {i + 1})"
            for i, name in enumerate(names)
        ]
        return [names], found
    ages = AGES[: rng.randint(2, 3)]
    groups = GROUPS[: rng.randint(1, 3)]
    above, below, joined = [""], ["Area"], ["Area"]
    for group in groups:
        above += [group, *([""] * (len(ages) - 1))]
        below += ages
        joined += [f"{group} | {age}" for age in ages]
    return [above, below], joined


def make_cell(rng: random.Random, signs: Dialect) -> MadeCell:
    """Make one figure or sign."""
    draw = rng.random()
    if draw < 0.2 and signs.alone:
        text = rng.choice(sorted(signs.alone))
        meaning = signs.alone[text]
        if not meaning.last_digit:
            printed = text.upper() if rng.random() < 0.3 else text
            return MadeCell(
                printed, meaning.value, meaning.lower, meaning.upper, str(meaning.reason)
            )
    if draw < 0.25:
        limit = rng.randint(2, 20)
        return MadeCell(f"<{limit}", math.nan, 0, limit, "limit")
    value = rng.choice((0, rng.randint(1, 999), rng.randint(1000, 9_999_999)))
    cell = MadeCell(f"{value:,}" if rng.random() < 0.7 else str(value), value, value, value)
    draw = rng.random()
    if draw < 0.15:
        mark = rng.choice(("(4)", " (2)", "¹", "[note 3]", " [2]"))
        cell.printed += mark
        cell.note = mark.strip(" ()[]").removeprefix("note ").replace("¹", "1")
    elif draw < 0.25 and signs.beside:
        text = rng.choice(sorted(signs.beside))
        cell.printed += " " + text
        cell.note = signs.beside[text]
    return cell
