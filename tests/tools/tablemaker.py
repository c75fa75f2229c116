"""Random published tables, with what a reader must find in them.

Titles and notes stand above and below, tables one below the other, headers have one row or two,
figures have thousands commas, footnotes and the signs of a dialect. `make_wide` lays the same
figures out twice: with years and groups as columns, and long.
"""

import csv
import gzip
import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

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


# What rows and columns of a wide table may be told apart by, in the order of their long form.
WIDE = {
    "Year": ("2017/18", "2018-19", "Year ending March 2020", "Apr 2020 - Mar 2021", "2021/22"),
    "Sex": ("Boys", "Girls", "Unknown"),
    "Age": ("10-14", "15", "16 to 17", "Not known"),
    "Ethnicity": ("White", "Black", "Asian", "Mixed", "Other", "Unknown"),
}
TOTALS = ("Total", "All")
MEASURES = {
    "count": ("Number", "Number of children"),
    "population": ("Population aged 10-17", "Mid-2021 population (10-17)", "10 to 17 population"),
    "rate": ("Rate per 1,000", "Rate per 1,000 10-17 year olds"),
}
LONG = {"count": "Number", "population": "Population", "rate": "Rate per 1,000"}
DERIVED = ("% change", "Difference", "Change 2017/18 to 2021/22", "Lower limit")


@dataclass
class MadeWide:
    """One table laid out wide and long.

    Attributes
    ----------
    rows : list of list of str
        The wide sheet.
    long : list of list of str
        Header and rows of the long one.
    roles : dict of str to str
        What the headers of the long one are.
    merged : list of tuple
        (row, first column, last column) of headings that span columns.
    marks : list of str
        For each row of the long one the footnote that its column's header has.
    """

    rows: list[list[str]]
    long: list[list[str]]
    roles: dict[str, str]
    merged: list[tuple[int, int, int]]
    marks: list[str]

    def csv(self, rows: Sequence[Sequence[str]]) -> str:
        """One of the two as delimited text."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        return text.getvalue()


def make_wide(seed: int, signs: str = "gss") -> MadeWide:
    """Lay one table out in both forms."""
    rng = random.Random(seed)
    down, across = _dimensions(rng)
    measures = rng.choice((["count"], ["count", "rate"], ["count", "population", "rate"], ["rate"]))
    said = len(measures) > 1 or rng.random() < 0.5
    levels = [*across, "measure"] if said else list(across)
    rng.shuffle(levels)
    names = {measure: rng.choice(MEASURES[measure]) for measure in measures}
    values = {name: _values(rng, name) for name in across}
    values["measure"] = measures
    columns = [dict(zip(levels, key, strict=True)) for key in product(*map(values.get, levels))]
    mark = {name: rng.choice(own) for name, own in values.items() if rng.random() < 0.4}
    mark.pop("measure", None)
    header, merged = _wide_header(rng, down, levels, columns, names, mark)
    labels = _values(rng, down) if down != "Area" else [*rng.sample(AREAS, rng.randint(2, 6))]
    if rng.random() < 0.3 and down != "Year" and not set(labels) & set(TOTALS):
        labels.append("Total")
    cells = {
        (i, j): make_cell(rng, dialect(signs))
        for i in range(len(labels))
        for j in range(len(columns))
    }
    for i in range(len(labels)):
        value = rng.randint(50, 99_999)
        cells[i, rng.randrange(len(columns))] = MadeCell(str(value), value, value, value)
    made = MadeWide([], [], {}, [], [])
    title = "Table 1: Number of children" if measures == ["count"] else "Table 1: Rate per 1,000"
    made.rows = [[f"{title}, sentenced" if not said else "Table 1: Children sentenced"]]
    made.rows += [[note] for note in rng.sample(NOTES, rng.randint(0, 2))]
    if rng.random() < 0.6 or len(made.rows) > 1:
        made.rows.append([])
    made.merged = [(len(made.rows) + row, first, last) for row, first, last in merged]
    made.rows += header
    derived = header[-1][len(columns) + 1 :]
    for i, label in enumerate(labels):
        own = [cells[i, j].printed for j in range(len(columns))]
        made.rows.append([label, *own, *(str(rng.randint(-90, 90)) for _ in derived)])
    if rng.random() < 0.5:
        made.rows += [[], ["Notes"], [NOTES[0]]]
    _lay_long(made, down, across, labels, columns, cells, measures, mark)
    return made


def _dimensions(rng: random.Random) -> tuple[str, list[str]]:
    """What rows are of, and one or two that columns are of."""
    names = list(WIDE)
    rng.shuffle(names)
    down = "Area" if rng.random() < 0.5 else names.pop()
    return down, names[: rng.choice((1, 1, 2))]


def _values(rng: random.Random, name: str) -> list[str]:
    """Some values of a dimension, in their order; with a total, at either end, of groups."""
    own = WIDE[name]
    found = [own[i] for i in sorted(rng.sample(range(len(own)), rng.randint(2, len(own))))]
    if set(found) <= {"Other", "Unknown", "Not known"}:
        found.insert(0, own[0])
    if name != "Year" and rng.random() < 0.5:
        found.insert(rng.choice((0, len(found))), rng.choice(TOTALS))
    return found


def _wide_header(
    rng: random.Random,
    down: str,
    levels: Sequence[str],
    columns: Sequence[dict[str, str]],
    names: dict[str, str],
    mark: dict[str, str],
) -> tuple[list[list[str]], list[tuple[int, int, int]]]:
    """Rows of the header, one a level or all in one; and which headings span columns."""

    def text(column: dict[str, str], level: str) -> str:
        own = column[level]
        if level == "measure":
            return names[own]
        return f"{own}(3)" if mark.get(level) == own else own

    derived = rng.sample(DERIVED, rng.randint(1, 2)) if rng.random() < 0.3 else []
    if len(levels) == 1:
        return [[down, *(text(column, levels[0]) for column in columns), *derived]], []
    # Ages behind a measure would say of whom it is.
    plain = "measure" in levels and "Age" not in levels and not mark
    if len(levels) == 2 and plain and rng.random() < 0.4:
        joined = [" ".join(text(column, level) for level in levels) for column in columns]
        return [[down, *joined, *derived]], []
    rows, merged = [], []
    first = rng.random() < 0.5  # the label's header stands at the top, or at the bottom
    for at, level in enumerate(levels):
        last = at == len(levels) - 1
        row = [down if (at == 0 if first else last) else ""]
        before: tuple[str, ...] = ()
        for column in columns:
            key = tuple(column[above] for above in levels[: at + 1])
            row.append(text(column, level) if last or key != before else "")
            if not last and key == before:
                merged[-1] = (at, merged[-1][1], len(row) - 1)
            elif not last:
                merged.append((at, len(row) - 1, len(row) - 1))
            before = key
        rows.append([*row, *(derived if last else [""] * len(derived))])
    return rows, [span for span in merged if span[1] < span[2]]


def _lay_long(
    made: MadeWide,
    down: str,
    across: Sequence[str],
    labels: Sequence[str],
    columns: Sequence[dict[str, str]],
    cells: dict[tuple[int, int], MadeCell],
    measures: Sequence[str],
    mark: dict[str, str],
) -> None:
    """Add the long form: for each row of the wide one the places of its columns, in their order."""
    order = [name for name in WIDE if name in across]
    made.long = [[down, *order, *(LONG[measure] for measure in measures)]]
    made.roles = dict.fromkeys((down, *order), "group")
    made.roles |= {name: "period" for name in (down, *order) if name == "Year"}
    made.roles |= {"Area": "area"} if down == "Area" else {}
    made.roles |= {LONG[measure]: measure for measure in measures if measure != "rate"}
    made.roles |= {"Rate per 1,000": "rate per 1,000"} if "rate" in measures else {}
    places = list(dict.fromkeys(tuple(column[name] for name in order) for column in columns))
    for i, label in enumerate(labels):
        for place in places:
            at = {
                column["measure"] if "measure" in column else measures[0]: j
                for j, column in enumerate(columns)
                if tuple(column[name] for name in order) == place
            }
            made.long.append([label, *place, *(cells[i, at[m]].printed for m in measures)])
            marked = any(mark.get(name) == own for name, own in zip(order, place, strict=True))
            made.marks.append("3" if marked else "")
