"""Make the figures of pyjustice/data/published: `python -m tests.tools.make_published`.

From the published tables, and the collected outcomes of inspections, beside the repository. What a
note of the collection says about date, form and doubt becomes a column; the note's words stay out.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date

from pyjustice.ground.errors import DataError
from pyjustice.ground.periods import period
from tests.tools.make_areas import ROOT, table

MADE = ROOT / "pyjustice" / "data" / "published"
YEARS = {"2020-21": "2020/21", "2021-22": "2021/22"}
OUTCOME = (
    *("service", "year", "year_printed", "rating", "score", "score_printed", "finding", "form"),
    *("published", "disputed", "source", "page"),
)
# A date in a note, the surest form first; a bare month is that of the report.
DATES = (
    r"(?:published|report|date) (\d{4}-\d\d-\d\d)",
    r"(?:published|date|fieldwork .* published) (\d{1,2} [A-Z][a-z]+ \d{4})",
    r"published (\d{1,2} [A-Z][a-z]+) \((\d{4})\)",
    r"(?:published|report(?: start,)?) ([A-Z][a-z]+ \d{4})",
)


def main() -> int:
    """Write the files."""
    MADE.mkdir(exist_ok=True)
    for name, text in made().items():
        (MADE / name).write_text(text, encoding="utf-8", newline="")
        print(f"{name}: {len(text.encode())} bytes")
    return 0


def made() -> dict[str, str]:
    """Return the content of each file."""
    return {
        "children.csv": children(),
        "children_by_region.csv": children_by_region(),
        "outcomes.csv": outcomes("inspection_outcomes.csv"),
        "outcomes_before_2018.csv": outcomes("inspection_outcomes_before_2018.csv"),
    }


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def children() -> str:
    """Children cautioned or sentenced, by service."""
    rows = [
        (label, row["Region"], row["YOT"], row["YOT_Number"], row["YOT_Pop"], row["YOT_Rate"])
        for year, label in YEARS.items()
        for row in table(f"yjb_{year}_children_yjs.csv")
    ]
    return as_csv(("period", "region", "area", "count", "population", "rate"), rows)


def children_by_region() -> str:
    """The same by region: totals of the services, never to be added to them."""
    rows = [
        (YEARS[row["Year"]], row["Region"], row["Region"], *list(row.values())[3:])
        for row in table("yjb_2020-22_region_totals.csv")
        if row["Measure"] == "children"
    ]
    return as_csv(("period", "region", "area", "count", "population", "rate"), rows)


def outcomes(name: str) -> str:
    """Outcomes of inspections, one row for each source."""
    return as_csv(OUTCOME, map(outcome, table(name)))


def outcome(row: dict[str, str]) -> tuple[object, ...]:
    """One row, with what its note says in columns."""
    note, address = row["note"], row["source_address"]
    year_printed = not re.search(
        r"year not in the text|year of publication|year from the news|year not given", note
    )
    score_printed = not re.search(r"inferred|presumably|\(so ", note)
    page = re.search(r"report page (\S+?);", note)
    return (
        row["service"], row["year"], int(year_printed), row.get("overall_rating", ""),
        row["score"], int(score_printed) if row["score"] else "", row.get("finding", ""),
        form(note, row.get("finding", ""), address),
        published(note, address, row["year"]), int("CONFLICT" in note), address,
        page[1] if page else "",
    )  # fmt: skip


def form(note: str, finding: str, address: str) -> str:
    """What tells the framework, beside the date and the score."""
    for programme in ("IYJWCV", "IYJS"):
        if programme in note:
            return programme
    if "inspection-of-youth-justice-work-with-children-and-victims" in address:
        return "IYJWCV"
    if found := re.match(r"CCI|FJI|SQS", finding):
        return found[0]
    return "resettlement" if re.search(r"\bresettlement\b", note) else ""


def published(note: str, address: str, year: str) -> str:
    """Day or month of publication within the year, as ISO; '' if only the year is known."""
    for pattern in DATES:
        if found := re.search(pattern, note):
            try:
                read = period(" ".join(found.groups()))
            except DataError:
                continue
            first = read.start
            if isinstance(first, date) and str(first.year) == year:
                return first.isoformat() if read.kind == "day" else first.isoformat()[:7]
    found = re.search(r"/press-releases/(\d{4})/(\d\d)/", address)
    return f"{found[1]}-{found[2]}" if found and found[1] == year else ""


if __name__ == "__main__":
    sys.exit(main())
