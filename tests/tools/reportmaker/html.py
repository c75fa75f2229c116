"""A document as the web page of a report: real headings, tables and lists, a site around them."""

import re
from html import escape
from pathlib import Path
from random import Random

from .forms import Form
from .model import (
    BREAK,
    Block,
    Bullets,
    Contents,
    Cover,
    Footnotes,
    Heading,
    Lines,
    Numbered,
    PageBreak,
    Para,
    QuestionTable,
    RatingsTable,
    Section,
)
from .ratings_text import summary
from .text import MARK, curl
from .truth import Made

SITE_HEAD = """<div id="cookie-banner" role="dialog"><p>We use cookies. Is that good for you?</p>
<button>Accept</button></div>
<nav aria-label="Main"><ul><li><a href="/">Home</a></li><li><a href="/ratings">Ratings</a></li>
<li><a href="/x">Inspections rated Good</a></li><li><a href="/y">Recommendations</a></li></ul></nav>
<script>var rating = "Overall rating Inadequate";</script>
<style>.good::after { content: "Good"; }</style>"""
SITE_FOOT = """<footer><p>Overall rating of this page: Good. Tell us what you think.</p>
<nav><a href="/privacy">Privacy</a></nav></footer>"""


class Page:
    def __init__(self, form: Form, rng: Random) -> None:
        self.form = form
        self.rng = rng

    def text(self, raw: str) -> str:
        text = raw.replace(BREAK, " ")
        if self.form.quotes == "curly":
            text = curl(text)
        if self.form.notes == "none":
            text = MARK.sub("", text)
        return MARK.sub(r'<sup><a href="#n\1">\1</a></sup>', escape(text, quote=False))

    def row(self, cells: list[str], tag: str = "td") -> str:
        inner = "".join(f"<{tag}>{self.text(cell)}</{tag}>" for cell in cells)
        return f"<tr>{inner}</tr>"

    def table(self, rows: list[str]) -> str:
        line = self.rng.choice(("", "\n"))
        return f"<table>{line}<tbody>{line.join(rows)}</tbody>{line}</table>"

    def heading(self, text: str, level: int, linked: bool = False) -> str:
        tail = ""
        if linked and self.form.linked:
            tail = ' <a href="#top">(Back to top)</a>'
        return f"<h{level}>{self.text(text)}{tail}</h{level}>"

    def ratings(self, block: RatingsTable) -> str:
        lines, pairs = summary(self.form, block)
        rows = [self.row([line]) for line in lines]
        rows += [self.row([label, value]) for label, value in pairs]
        out = []
        for row in block.rows:
            if not row.rating:
                # A group's heading stands between two tables, or spans a row of one.
                if self.form.table_split:
                    rows.append(f'<tr><th colspan="2">{self.text(row.title)}</th></tr>')
                else:
                    out += [self.table(rows), self.heading(row.title, 3)] if rows else []
                    if not rows:
                        out.append(self.heading(row.title, 3))
                    rows = []
                continue
            number = row.number + "." * (self.form.dotted and bool(row.number))
            if self.form.table == "tabs" and row.number:
                rows.append(self.row([number, row.title, row.rating]))
            else:
                rows.append(self.row([f"{number} {row.title}".strip(), row.rating]))
        return "\n".join([*out, self.table(rows)])

    def section(self, block: Section) -> str:
        number = f"{block.number}{'.' if self.form.section_dotted else ''} " if block.number else ""
        title = f"{number}{block.title}"
        if self.form.section == "headed":
            rows = [self.row([title, "Rating"], "th"), self.row([block.statement, block.rating])]
            return self.table(rows)
        head = self.heading(title, 3)
        if self.form.section == "tab":
            return f"{head}\n{self.table([self.row([block.statement, block.rating])])}"
        return (
            f"{head}\n<p>{self.text(block.statement)}</p>\n<p><strong>{block.rating}</strong></p>"
        )

    def questions(self, block: QuestionTable) -> str:
        rows = [self.row([block.lead, "% 'Yes'"], "th")]
        for row in block.rows:
            cells = [row.fragment if block.lead else row.text]
            if block.counts:
                cells.append(f"{row.yes} of {row.cases}")
            rows.append(self.row([*cells, f"{row.percent}%"]))
        return self.table(rows)

    def items(self, tag: str, items: tuple[str, ...]) -> str:
        return f"<{tag}>" + "".join(f"<li>{self.text(i)}</li>" for i in items) + f"</{tag[:2]}>"

    def block(self, block: Block) -> str:
        match block:
            case Cover(lines):
                return "\n".join(
                    [
                        f"<h1>{self.text(lines[0])}</h1>",
                        *(f"<p>{self.text(x)}</p>" for x in lines[1:]),
                    ]
                )
            case Heading(text, level, linked):
                return self.heading(text, min(level, 4), linked)
            case Para(text, _):
                return f"<p>{self.text(text)}</p>"
            case Lines(lines):
                return "<p>" + "<br>\n".join(self.text(x) for x in lines) + "</p>"
            case Bullets(items):
                return self.items("ul", items)
            case Numbered(items, start):
                if self.form.recommendations == "bullets" and not block.tight:
                    return self.items("ul", items)
                return self.items("ol" if start == 1 else f'ol start="{start}"', items)
            case Contents(entries):
                if self.form.contents == "none":
                    return ""
                links = "".join(f'<li><a href="#h">{self.text(t)}</a></li>' for t, _ in entries)
                return f"<h2>Contents</h2>\n<ul>{links}</ul>"
            case RatingsTable():
                return self.ratings(block)
            case Section():
                return self.section(block)
            case QuestionTable():
                return self.questions(block)
            case Footnotes(notes, listed):
                if self.form.notes == "none":
                    return ""
                if listed:
                    return "<h2>Footnotes:</h2>\n" + self.items("ol", tuple(t for _, t in notes))
                return "\n".join(
                    f"<p><sup>{number}</sup> {self.text(text)}</p>" for number, text in notes
                )
            case PageBreak():
                return ""


def page_of(made: Made, seed: int = 0) -> str:
    assert isinstance(made.form, Form)
    page = Page(made.form, Random(f"html {seed}"))
    blocks = [page.block(block) for block in made.blocks]  # type: ignore[arg-type]
    body = "\n".join(block for block in blocks if block)
    title = escape(re.sub(r"\s+", " ", made.truth.service))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{title} - inspection</title></head>\n<body>\n{SITE_HEAD}\n"
        f'<main id="top">\n{body}\n</main>\n{SITE_FOOT}\n</body></html>\n'
    )


def write_html(made: Made, path: str | Path) -> None:
    """Write the document as a web page."""
    Path(path).write_text(page_of(made), encoding="utf-8")
