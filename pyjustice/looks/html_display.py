"""What notebooks show of reports, ratings, cases and tables: small tables, all text escaped."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.disclosure import publisher
from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut
from pyjustice.looks.output import number_of, plain
from pyjustice.looks.rating_colours import rating_colour
from pyjustice.measures.flags import Flag
from pyjustice.questions.mock_inspection import confidence
from pyjustice.questions.words import number, percent

if TYPE_CHECKING:
    from pyjustice.questions.disclosure import Suppressed
    from pyjustice.questions.mock_inspection import Ratings
    from pyjustice.readers.cases import Cases
    from pyjustice.readers.reports import Reports
    from pyjustice.readers.table import Table

__all__ = ["cases_html", "ratings_html", "reports_html", "suppressed_html", "table_html"]

# Rows of a long result that are shown; the rest is counted.
_MOST = 20
_LONGEST = 160
# Inline: notebooks drop style sheets of pages that they do not trust.
_LEFT = "text-align:left;padding:0.1em 0.6em"
_NOTE = "color:#595959;font-size:smaller;margin:0.3em 0"


class _Html(str):
    """Text that is HTML already. Any other is escaped wherever it is put in."""

    __slots__ = ()


def _safe(value: object) -> _Html:
    if isinstance(value, _Html):
        return value
    text = plain(str(value))
    return _Html(html.escape(cut(text, _LONGEST)))


def _tag(name: str, content: object, **attributes: str) -> _Html:
    words = "".join(f' {key}="{_safe(value)}"' for key, value in attributes.items() if value)
    return _Html(f"<{name}{words}>{_safe(content)}</{name}>")


def _join(parts: Iterable[object]) -> _Html:
    return _Html("".join(map(_safe, parts)))


def _table(caption: str, head: Sequence[object], rows: Sequence[Sequence[object]]) -> _Html:
    heads = _join(_tag("th", name, scope="col", style=_LEFT) for name in head)
    body = [_join(_tag("td", cell, style=_LEFT) for cell in row) for row in rows[:_MOST]]
    parts = [
        _tag("caption", caption, style=f"{_LEFT};font-weight:bold"),
        _tag("thead", _tag("tr", heads)),
        _tag("tbody", _join(_tag("tr", row) for row in body)),
    ]
    more = len(rows) - _MOST
    note = _note(f"and {number_of(more, 'row')} more") if more > 0 else ""
    return _join([_tag("table", _join(parts)), note])


def _note(text: object) -> _Html:
    return _tag("p", text, style=_NOTE)


def _whole(parts: Iterable[object]) -> str:
    return str(_tag("div", _join(parts)))


def _rating(code: int, word: str) -> _Html:
    """Rating in words, on its colour."""
    if not word:
        word = "Not found" if code == Rating.NOT_FOUND else "Not rated"
    face, ink = rating_colour(code)
    style = f"background:{face};color:{ink};padding:0.1em 0.5em;white-space:nowrap"
    return _tag("span", word, style=style if code >= 0 else "font-style:italic")


def _score(row: Any) -> str:
    known = row["score"] >= 0 and row["max_score"] > 0
    so_far = " so far" if row["overall"] == Rating.NOT_FOUND else ""
    return f"{row['score']} of {row['max_score']}{so_far}" if known else ""


# --- reports --------------------------------------------------------------------------------------


def reports_html(reports: Reports) -> str:
    """Show one report by its standards, or several by a line each.

    Examples
    --------
    >>> from pyjustice.readers.reports import read_report
    >>> report = read_report(b"Overall, Anytown YJS was rated as 'Good'.")
    >>> "Anytown" in reports_html(report), "Good" in reports_html(report)
    (True, True)
    """
    if len(reports) != 1:
        return _several(reports)
    row = reports.inspections[0]
    head = ["Standard", "Title", "Rating", "Lowest key question", "Line"]
    limits, level = _intervals(lambda: confidence(reports, eligible=None))
    rows = [_report_row(reports, rating, limits) for rating in reports.ratings]
    if row["overall"] != Rating.NOT_RATED:
        overall = _rating(int(row["overall"]), str(row["overall_word"]))
        rows.append(["", "Overall", overall, _score(row), _line(row)])
    found = [
        number_of(len(reports.recommendations), "recommendation"),
        number_of(len(reports.quantities), "figure in prose", "figures in prose"),
        number_of(len(reports.mentions), "mention of a rating", "mentions of ratings"),
    ]
    caption = ", ".join(filter(None, [_service(row), _rules_name(reports, row), *_dates(row)]))
    return _whole([_table(caption, head, rows), _about_intervals(level, limits),
                   _note(", ".join(found))])  # fmt: skip


def _several(reports: Reports) -> str:
    head = ["Service", "Framework", "Published", "Overall", "Score", "Document"]
    rows = [
        [_service(row), row["framework"] or row["kind"], _day(row, "published"),
         _rating(int(row["overall"]), str(row["overall_word"])), _score(row),
         str(row["source"]).replace("\\", "/").rpartition("/")[2]]
        for row in reports.inspections
    ]  # fmt: skip
    caption = number_of(len(reports), "document")
    if len(reports.refused):
        caption += f", {len(reports.refused)} refused: see .refused"
    return _whole([_table(caption, head, rows)])


def _report_row(
    reports: Reports, rating: Any, limits: Mapping[tuple[str, int], tuple[float, float]]
) -> list[object]:
    standard = str(rating["standard"])
    code = int(rating["rating"])
    own = reports.questions[reports.questions["standard"] == standard]
    lowest = own[own["percent"] == rating["percent"]]
    shown = f"{rating['percent']:g} %" if not math.isnan(rating["percent"]) else ""
    if shown and len(lowest):
        question = lowest[0]
        shown = _with_limits(shown, limits.get((standard, int(question["number"]))))
        if question["unique"] and question["cases"] > 0:
            shown = f"{question['yes']} of {question['cases']}: {shown}"
    words = reports.excerpt(rating)
    chip = _tag("span", _rating(code, str(rating["word"])), title=words)
    return [standard, rating["title"], chip, shown, _line(rating)]


def _line(row: Any) -> str:
    return str(row["line"]) if row["line"] > 0 else ""


def _service(row: Any) -> str:
    return str(row["service"]) or "Service not found"


def _rules_name(reports: Reports, row: Any) -> str:
    name = str(row["framework"])
    return reports.frameworks[name].name if name in reports.frameworks else str(row["kind"])


def _dates(row: Any) -> list[str]:
    return [f"{name} {day}" for name in ("fieldwork", "published") if (day := _day(row, name))]


def _day(row: Any, name: str) -> str:
    """Year, month and day, as much of it as the document gives."""
    parts = int(row[f"{name}_precision"])
    return "" if np.isnat(row[name]) else "-".join(str(row[name]).split("-")[: max(1, parts)])


# --- ratings --------------------------------------------------------------------------------------


def ratings_html(ratings: Ratings) -> str:
    """Show one group by its standards, or several by a line each.

    Examples
    --------
    >>> from pyjustice.questions.mock_inspection import rate_cases
    >>> counts = {"2.1/1": (19, 19), "2.1/2": (13, 19)}
    >>> page = ratings_html(rate_cases(counts, "iyjwcv-2025"))
    >>> "13 of 19: 68 % (46 to 86 %)" in page
    True
    """
    caption = f"{ratings.framework.name}: {number_of(len(ratings), 'group')}"
    if len(ratings) == 1:
        found = [_one_group(ratings)]
    else:
        head = [*ratings.by, "Overall", "Score", "To be minded"]
        rows = [
            [*(row[name] for name in ratings.by), _overall(row), _score(row), row["flag"]]
            for row in ratings.overall
        ]
        found = [_table(caption, head, rows)]
    if ratings.rows_refused > 0:
        found.append(_note(f"{ratings.rows_refused:,} of {ratings.rows:,} rows refused: .refused"))
    return _whole(found)


def _one_group(ratings: Ratings) -> _Html:
    total = ratings.overall[0]
    limits, level = _intervals(lambda: confidence(ratings, eligible=None))
    rows: list[list[object]] = []
    for row in ratings.standards:
        shown = "rests on evidence" if row["rating"] >= 0 else ""
        if row["cases"] > 0:
            shown = _with_limits(
                f"{row['percent']:g} %", limits.get((str(row["standard"]), int(row["number"])))
            )
            shown = f"{row['yes']} of {row['cases']}: {shown}"
        rating = _rating(int(row["rating"]), str(row["word"]))
        rows.append([row["standard"], row["title"], rating, shown, row["flag"]])
    rows.append(["", "Overall", _overall(total), _score(total), total["flag"]])
    name = " ".join(str(total[field]) for field in ratings.by if str(total[field]))
    caption = ", ".join(filter(None, [name, ratings.framework.name]))
    head = ["Standard", "Title", "Rating", "Lowest key question", "To be minded"]
    return _join([_table(caption, head, rows), _about_intervals(level, limits)])


def _overall(row: Any) -> _Html:
    word = str(row["overall_word"])
    if row["overall"] == Rating.NOT_FOUND and not word:
        word = "Not complete" if row["flag"] == Flag.MISSING_RATINGS else "Not found"
    return _rating(int(row["overall"]), word)


def _intervals(bands: Callable[[], Any]) -> tuple[dict[tuple[str, int], tuple[float, float]], str]:
    """Limits of each key question's percentage by standard and number, and their level."""
    try:
        rows = bands()
    except DataError:  # a report without counts has none
        return {}, ""
    own = rows[rows["number"] > 0]
    limits = {
        (str(row["standard"]), int(row["number"])): (float(row["lower"]), float(row["upper"]))
        for row in own
        if not math.isnan(row["lower"])
    }
    return limits, percent(own["level"][0]) if len(own) else ""


def _with_limits(shown: str, limits: tuple[float, float] | None) -> str:
    return f"{shown} ({limits[0]:.0f} to {limits[1]:.0f} %)" if limits is not None else shown


def _about_intervals(level: str, limits: object) -> _Html:
    text = (
        f"In brackets: {level} interval, as for cases drawn from very many; pj.confidence() narrows"
        " it where the number of eligible cases is known."
    )
    return _note(text) if limits else _Html("")


# --- cases and tables -----------------------------------------------------------------------------


def cases_html(cases: Cases) -> str:
    """Show counts only: how many cases, answers and other columns. No cell of any case."""
    rows: list[list[object]] = [
        ["Cases", f"{len(cases):,}"],
        ["Key questions with a column", len(cases.questions)],
        ["Other columns", len(cases.names()) - len(cases.questions)],
        ["Rows of the file", f"{cases.rows:,}"],
        ["Rows refused", f"{cases.rows_refused:,}"],
        ["Cells not read", f"{cases.unread_cells.count:,}"],
    ]
    by = f" by {cases.framework.name}" if cases.framework else ""
    return _whole([_table(f"Cases{by}", ["What", "Number"], rows)])


def table_html(table: Table) -> str:
    """Show the first rows as printed, with bounds where a figure is rounded or hidden."""
    parts: dict[tuple[int, str], Any] = {
        (int(cell["row"]), str(cell["column_label"])): cell
        for cell in table.take(range(min(_MOST, len(table)))).cells
    }
    texts = {name: table.labels(name) for name in table.headers}
    rows = [
        [_figure(str(texts[name][i]), parts.get((i, cut(name, 96)))) for name in table.headers]
        for i in range(min(_MOST, len(table)))
    ]
    caption = table.title or table.known_as or "Table without a title"
    place = f"sheet {table.sheet}, line {table.line}" if table.sheet else f"line {table.line}"
    shown = f"first {len(rows)} of " if len(rows) < len(table) else ""
    about = f"{shown}{number_of(len(table), 'row')}; {place}"
    dialect = f"; signs by {table.dialect}" if table.dialect else ""
    return _whole([_table(caption, table.headers, rows), _note(about + dialect)])


def _figure(printed: str, cell: Any) -> object:
    """A cell as printed, and beside it why it is no figure, or between what it lies."""
    if cell is None:
        return printed
    said = str(cell["reason"])
    low, high = float(cell["lower"]), float(cell["upper"])
    if not math.isnan(low) and low < high:
        bounds = f"{low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
        said = ", ".join(filter(None, [said, bounds]))
    return _join([printed, _tag("small", f" ({said})")]) if said else printed


# --- what may be published ------------------------------------------------------------------------


def suppressed_html(safe: Suppressed) -> str:
    """Show the safe copy, with marks where something is hidden and what they mean.

    Examples
    --------
    >>> from pyjustice.questions.disclosure import suppress
    >>> page = suppressed_html(suppress([[12, 4, 20], [9, 14, 8]], below=5))
    >>> page.count("[c]"), page.count("[x]"), ">4<" in page
    (2, 4, False)
    """
    marks = publisher("gss")
    fields = safe.table.dtype.names
    if fields is None:
        columns = safe.columns if safe.table.ndim == 2 else ("Count",)
        head = [safe.corner, *columns]
        values = safe.table.reshape(len(safe.rows), -1).tolist()
    else:
        head, values = list(fields), [list(row) for row in safe.table.tolist()]
    rows: list[list[object]] = []
    for i, (cells, reasons) in enumerate(zip(values, safe.reasons().tolist(), strict=True)):
        name = [safe.rows[i]] if fields is None else []
        rows.append([*name, *(_shown(cell, getattr(marks, reason, ""))
                              for cell, reason in zip(cells, reasons, strict=True))])  # fmt: skip
    notes = [_note(f"{getattr(marks, reason, '')} {said}".strip()) for reason, said in safe.notes()]
    return _whole([_table(f"Counts below {safe.below} hidden", head, rows), *notes])


def _shown(value: object, mark: str) -> str:
    if mark:
        return mark
    if isinstance(value, float):
        return "" if math.isnan(value) else number(value)
    return str(value)
