"""A ratings table as text, in each of the forms that extraction leaves it in."""

import re
from collections.abc import Iterator

from .forms import Form
from .model import RatingsTable, Row
from .page import Line


def total_text(form: Form, table: RatingsTable) -> str:
    if form.total == "possible":
        return f"{table.score} out of a possible {table.max_score}"
    return f"{table.score}/{table.max_score}"


def label_of(form: Form, row: Row, glue: str) -> str:
    if not row.number:
        return row.title
    return f"{row.number}{'.' if form.dotted else ''}{glue}{row.title}"


def summary(form: Form, table: RatingsTable) -> tuple[list[str], list[tuple[str, str]]]:
    """Split what stands above the rows into plain lines and label-value pairs."""
    lines, pairs = [], []
    if table.service_line and form.table_service:
        lines.append(table.service_line)
    if table.fieldwork:
        pairs.append(("Fieldwork started", table.fieldwork))
    overall = table.overall
    if table.score >= 0:
        if form.total == "in overall":
            overall = f"{overall} ({total_text(form, table)})"
        else:
            pairs.append(("Score", total_text(form, table)))
    if overall:
        pairs.append(("Overall rating", overall))
    return lines, pairs


def run_together(form: Form, table: RatingsTable) -> Iterator[Line]:
    """Lay out as a web page pasted without its cells: 'Overall ratingGood', '2.1 AssessingGood'."""
    lines, pairs = summary(form, table)
    for line in lines:
        yield Line(line, "cell")
    named = dict(pairs)
    head = ""
    if "Fieldwork started" in named:
        head = f"Fieldwork started {named['Fieldwork started']}"
    if "Score" in named:
        head += f"Score {named['Score']}"
    if head:
        yield Line(head, "cell")
    if "Overall rating" in named:
        yield Line(f"Overall rating{named['Overall rating']}", "cell")
    for row in table.rows:
        if row.rating:
            glue = "" if form.table_split else " "
            yield Line(label_of(form, row, glue) + row.rating, "cell")
        else:
            yield Line()
            yield Line(label_of(form, row, " "), "cell")
            yield Line()


def by_tabs(form: Form, table: RatingsTable) -> Iterator[Line]:
    lines, pairs = summary(form, table)
    for line in lines:
        yield Line(line, "cell")
    for label, value in pairs:
        glue = "\t" if label == "Overall rating" else " "
        yield Line(f"{label}{glue}{value}", "cell")
    for row in table.rows:
        glue = "\t" if form.table_split else " "
        tail = f"\t{row.rating}" if row.rating else "\t"
        yield Line(label_of(form, row, glue) + tail, "cell")


def by_cells(form: Form, table: RatingsTable) -> Iterator[Line]:
    """Lay out a cell a line, blank lines between."""
    lines, pairs = summary(form, table)
    for line in lines:
        yield Line(line, "cell")
    for label, value in pairs:
        if label == "Overall rating":
            yield from (Line(label, "cell"), Line(), Line(value, "cell"), Line())
        else:
            yield from (Line(f"{label} {value}", "cell"), Line())
    for row in table.rows:
        if form.table_split and row.number and row.rating:
            yield from (Line(row.number + "." * form.dotted, "cell"), Line())
            yield from (Line(row.title, "cell"), Line())
        else:
            yield from (Line(label_of(form, row, " "), "cell"), Line())
        if row.rating:
            yield from (Line(row.rating, "cell"), Line(), Line())


def by_columns(form: Form, table: RatingsTable) -> Iterator[Line]:
    """Lay out all labels and then all ratings, for the whole table or for each of its groups."""
    lines, pairs = summary(form, table)
    for line in lines:
        yield Line(line, "cell")
    whole = not form.table_split
    labels, ratings = [], []
    for label, value in pairs:
        if label == "Overall rating" and whole:
            labels.append(label)
            ratings.append(value)
        else:
            yield Line(f"{label} {value}", "cell")
    if not whole:
        yield Line()
    for row in table.rows:
        if not row.rating and not whole and ratings:
            yield from (Line(text, "cell") for text in (*labels, *ratings))
            yield Line()
            labels, ratings = [], []
        labels.append(label_of(form, row, " "))
        if row.rating:
            ratings.append(row.rating)
    yield from (Line(text, "cell") for text in labels)
    if whole:
        yield Line()
    yield from (Line(text, "cell") for text in ratings)


def by_colons(form: Form, table: RatingsTable) -> Iterator[Line]:
    lines, pairs = summary(form, table)
    for line in lines:
        yield Line(line, "cell")
    for label, value in pairs:
        yield Line(f"{label}: {value}", "cell")
    for row in table.rows:
        if row.rating:
            yield Line(f"{label_of(form, row, ' ')}: {row.rating}", "cell")
        else:
            yield Line(label_of(form, row, " "), "cell")


def by_spaces(form: Form, table: RatingsTable) -> Iterator[Line]:
    """Lay out aligned by runs of spaces, as extraction that keeps columns does."""
    lines, pairs = summary(form, table)
    labels = [label_of(form, row, "   " if form.table_split else " ") for row in table.rows]
    width = max(len(label) for label in [*labels, "Fieldwork started"]) + 3
    for line in lines:
        yield Line(line, "cell")
    for label, value in pairs:
        yield Line(f"{label:<{width}}{value}", "cell")
    for label, row in zip(labels, table.rows, strict=True):
        yield Line(f"{label:<{width}}{row.rating}".rstrip(), "cell")


LAYOUTS = {
    "run": run_together,
    "tabs": by_tabs,
    "cells": by_cells,
    "columns": by_columns,
    "colon": by_colons,
    "aligned": by_spaces,
}


def narrowed(form: Form, line: Line, width: int, service: str) -> list[Line]:
    """Break a long label before its last words, and a rating of two words where it is a cell."""
    text = line.text
    label = re.split(r"\t|\s{2,}", text)[0]
    alone = form.table in ("cells", "columns")
    if alone and text == "Requires improvement":
        return [Line("Requires", "cell"), Line("improvement", "cell")]
    if text == service or len(label) <= width:
        return [line]
    cut = label.rfind(" ", 0, width)
    if cut < 8:
        return [line]
    if form.table == "aligned":
        rest = text[len(label) :]
        first = Line(f"{label[:cut]:<{len(label)}}{rest}".rstrip(), "cell")
        return [first, Line(label[cut + 1 :], "cell")]
    return [Line(text[:cut], "cell"), Line(text[cut + 1 :], "cell")]


def ratings_lines(form: Form, table: RatingsTable, narrow: int = 0) -> list[Line]:
    """Lay a ratings table out; `narrow` is the width of its first column, 0 for wide enough."""
    lines = list(LAYOUTS[form.table](form, table))
    if narrow:
        service = table.service_line
        lines = [part for line in lines for part in narrowed(form, line, narrow, service)]
    return [*lines, Line()]
