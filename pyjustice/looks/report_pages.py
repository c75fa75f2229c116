"""Ratings and checks for people: text that holds in 80 columns and needs no colour."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.frameworks import Framework
from pyjustice.looks.output import number_of, plain, rating_style
from pyjustice.measures.findings import Reason, Result, Rows, rows_of
from pyjustice.questions.check import ReadReports, frameworks_of
from pyjustice.questions.explain import explain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


VERDICTS = {
    Result.CONSISTENT: ("consistent", "green"),
    Result.DIFFERS: ("DIFFERS", "bold red"),
    Result.ALLOWED: ("allowed", "yellow"),
    Result.CANNOT: ("unchecked", "dim"),
}
# Items beside the standards, of which most need no reason if they are consistent.
_WHOLE = ("recommendations", "total", "overall", "mention")


class _Page:
    """What is shown of one document."""

    def __init__(self, reports: ReadReports, report: int, rules: Framework | None) -> None:
        self.inspection = reports.inspections[report]
        self.rules = rules
        self.ratings = rows_of(report, reports.ratings)
        self.questions = rows_of(report, reports.questions)
        self.samples = rows_of(report, reports.samples)
        self.recommendations = rows_of(report, reports.recommendations)
        self.mentions = rows_of(report, reports.mentions)

    def word(self, code: int) -> str:
        if code == Rating.NOT_FOUND:
            return "not found"
        return Rating(code).word

    def style(self, code: int) -> str:
        return "bold red" if code == Rating.NOT_FOUND else rating_style(self.rules, code)

    def rating(self, code: int, figures: str = "") -> "Text":
        """'Good, 15 of 21 (71 %)'."""
        from rich.text import Text

        text = Text(self.word(code), style=self.style(code))
        if figures:
            text.append(f", {figures}", style="default not bold")
        return text

    def figures(self, standard: str) -> str:
        """Lowest key question of a standard: '15 of 21 (71 %)', '71 %', or nothing."""
        rows = self.questions[self.questions["standard"] == standard]
        lowest = self.ratings["percent"][self.ratings["standard"] == standard]
        # NaN if a key question is missing: the lowest may be the missing one.
        rows = rows[np.isin(rows["percent"], lowest)]
        if not len(rows):
            return ""
        row = rows[0]
        percent = f"{row['percent']:g} %"
        if row["yes"] < 0 or row["cases"] < 1 or not row["unique"]:
            return percent
        return f"{row['yes']} of {row['cases']} ({percent})"

    def heading(self, console: "Console") -> None:
        """Service and file, then what kind of inspection and when."""
        from rich.table import Table
        from rich.text import Text

        row = self.inspection
        top = Table.grid(expand=True)
        top.add_column(ratio=1)
        top.add_column(justify="right", no_wrap=True, overflow="ellipsis", max_width=44)
        name = plain(str(row["service"])) or "Service not found"
        source = plain(str(row["source"])).replace("\\", "/").rpartition("/")[2]
        top.add_row(Text(name, style="bold"), Text(source, style="dim"))
        console.print(top)
        if self.rules is not None:
            console.print(self.rules.name, style="dim")
        else:
            kinds = {"news": "News of an inspection", "report": "Report of an unknown framework"}
            other = "Not a report of a youth justice inspection"
            console.print(kinds.get(str(row["kind"]), other), style="dim")
        dates = [
            f"{word} {_date(row[word], int(row[word + '_precision']))}"
            for word in ("fieldwork", "published")
            if not np.isnat(row[word])
        ]
        if dates:
            line = ", ".join(dates)
            console.print(line[0].upper() + line[1:], style="dim")
        console.print()


def _date(day: np.datetime64, precision: int) -> str:
    """'22 April 2024', as much of it as the document gives."""
    when: date = day.astype(object)
    words = [str(when.day), f"{when:%B}", str(when.year)]
    return " ".join(words[3 - max(1, precision) :])


def _pages(reports: ReadReports) -> Iterator[_Page]:
    rules: Mapping[int, Framework] = frameworks_of(reports)
    for report in range(len(reports.inspections)):
        yield _Page(reports, report, rules.get(report))


# --- ratings --------------------------------------------------------------------------------------


def show_ratings(console: "Console", reports: ReadReports) -> None:
    """One line for each standard of each document, and what else was read."""
    inferred = False
    for page in _pages(reports):
        page.heading(console)
        console.print(_ratings(page))
        for line in _notes(page):
            console.print()
            console.print(line, style="dim")
        console.print()
        inferred |= "inferred" in page.questions["counts_from"]
    if inferred:
        console.print(
            "A standard's figures are those of its lowest key question. Counts are worked out from"
            " the percentage and the number of cases inspected; the reports print no counts.",
            style="dim",
        )


def _ratings(page: _Page) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(no_wrap=True)
    for row in page.ratings:
        table.add_row(
            str(row["standard"]),
            plain(str(row["title"])),
            page.rating(int(row["rating"]), page.figures(str(row["standard"]))),
        )
    inspection = page.inspection
    if page.rules is not None and not page.rules.gives_overall:
        table.add_row("", Text("Overall", style="bold"), Text("none given", style="dim"))
    elif str(inspection["kind"]) != "other":
        score, maximum = int(inspection["score"]), int(inspection["max_score"])
        total = f"{score} of {maximum}" if min(score, maximum) >= 0 else ""
        overall = page.rating(int(inspection["overall"]), total)
        table.add_row("", Text("Overall", style="bold"), overall)
    for mention in page.mentions[page.mentions["role"] == "previous"]:
        year = f"({mention['year']})" if mention["year"] > 0 else ""
        said = Text(f"{plain(str(mention['word'])).capitalize()} {year}".strip())
        part = str(mention["standard"])
        table.add_row("" if part in ("", "*") else part, "Said of an earlier inspection", said)
    return table


def _notes(page: _Page) -> Iterator[str]:
    """Sizes of the samples and addressees of the recommendations, in a line each."""
    titles = {d.code: d.titles[0].lower() for d in (page.rules.domains if page.rules else ())
              if d.titles}  # fmt: skip
    cases = [f"{titles.get(str(row['domain']), '')} {row['cases']}".strip() for row in page.samples]
    if cases:
        yield f"Cases inspected: {', '.join(cases)}"
    count = len(page.recommendations)
    if count:
        names = Counter(plain(str(row["addressee"])) for row in page.recommendations)
        told = ", ".join(f"{n} to {name}" for name, n in names.items() if name)
        yield number_of(count, "recommendation") + (f": {told}" if told else "")


# --- checks ---------------------------------------------------------------------------------------


def show_checks(
    console: "Console", reports: ReadReports, checks: Rows, *, everything: bool = False
) -> None:
    """What follows and what does not, a line each; percentages that fit only by their number."""
    for report, page in enumerate(_pages(reports)):
        rows = checks[checks["report"] == report]
        page.heading(console)
        if len(rows):
            console.print(_checks(page, rows, everything))
        else:
            console.print("Nothing in it can be checked.", style="dim")
        console.print()
    if len(checks):
        _summary(console, checks, everything)


def _checks(page: _Page, rows: Rows, everything: bool) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column()
    fit = same = 0
    for row in rows:
        item = str(row["item"])
        question = "/" in item and row["result"] in (Result.CONSISTENT, Result.CANNOT)
        mention = item == "mention" and row["reason"] == Reason.FOLLOWS
        fit += question and row["result"] == Result.CONSISTENT
        same += mention
        if (question or mention) and not everything:
            continue
        word, style = VERDICTS[Result(int(row["result"]))]
        # Its published value says what it is, and so the column can be narrow.
        shown = "" if item == "recommendations" else item
        table.add_row(shown, _published(page, row), Text(word, style=style), _because(page, row))
    for count, what, why in (
        (fit, "percentage", "possible with these cases"),
        (same, "mention", "as rated in the table"),
    ):
        if count and not everything:
            word, style = VERDICTS[Result.CONSISTENT]
            table.add_row("", number_of(count, what), Text(word, style=style), why)
    return table


def _published(page: _Page, row: np.void) -> "Text":
    from rich.text import Text

    value, item = float(row["published"]), str(row["item"])
    if item == "recommendations":
        found = row["published"] if not isnan(value) else row["computed"]
        return Text(number_of(int(found), "recommendation"))
    if isnan(value):
        return Text("not found" if row["reason"] == Reason.MISSING_RATINGS else "-", style="dim")
    if "/" in item:
        return Text(f"{value:g} %")
    if item == "total":
        return Text(f"{value:g} of {page.inspection['max_score']}")
    text = page.rating(int(value))
    if item == "mention":
        years = page.mentions["year"][page.mentions["start"] == row["start"]]
        if len(years) and years[0] > 0:
            text.append(f" ({years[0]})", style="default not bold")
    return text


def _because(page: _Page, row: np.void) -> str:
    """Why: the figures if the value follows from them, else the reason and what would follow."""
    item, reason, computed = str(row["item"]), str(row["reason"]), float(row["computed"])
    if row["result"] == Result.CANNOT:
        return reason
    if row["result"] != Result.CONSISTENT and not isnan(computed):
        if "/" in item:
            return f"{reason}: {computed:g} %"
        if item in ("total", "recommendations"):
            return f"{reason}: {computed:g}"
        return f"{reason}: {page.word(int(computed))}"
    if reason != Reason.FOLLOWS or item in _WHOLE:
        return "" if reason == Reason.FOLLOWS else reason
    parts = [page.figures(item)]
    if row["answers_to_change"] == 1:
        parts.append("one answer decides")
    elif row["close_to_boundary"]:
        parts.append("near a boundary")
    return ", ".join(part for part in parts if part)


def _summary(console: "Console", checks: Rows, everything: bool) -> None:
    from rich.padding import Padding

    counts = Counter(Result(int(result)) for result in checks["result"])
    parts = [
        f"{counts[Result.CONSISTENT]} consistent",
        f"{counts[Result.DIFFERS]} {'differs' if counts[Result.DIFFERS] == 1 else 'differ'}",
        f"{counts[Result.ALLOWED]} allowed by discretion or a rule marked 'usually'",
        f"{counts[Result.CANNOT]} not possible to recompute",
    ]
    console.print(f"{number_of(len(checks), 'value')} checked: {', '.join(parts)}.", style="bold")
    shown = [
        str(row["reason"])
        for row in checks[checks["result"] != Result.CONSISTENT]
        if everything or "/" not in str(row["item"]) or row["result"] != Result.CANNOT
    ]
    for reason in dict.fromkeys(shown):
        console.print()
        console.print(reason, style="bold")
        for line in explain(reason).split("\n"):
            console.print(Padding(line, (0, 0, 0, 2)))
