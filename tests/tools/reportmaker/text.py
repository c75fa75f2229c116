"""Blocks to lines of text, form by form."""

import re
from random import Random

from .forms import Form
from .model import (
    BREAK,
    NOTE,
    NOTE_END,
    Block,
    Bullets,
    Contents,
    Cover,
    Draft,
    Footnotes,
    Heading,
    Lines,
    Numbered,
    PageBreak,
    Para,
    QuestionRow,
    QuestionTable,
    RatingsTable,
    Section,
)
from .page import Line, wrap
from .ratings_text import ratings_lines

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARK = re.compile(f"{NOTE}([0-9]+){NOTE_END}")


def marks(text: str, form: Form) -> str:
    """Print footnote marks: as superscripts, as digits stuck to the word, or not at all."""
    if form.notes == "none":
        return MARK.sub("", text)
    if form.notes == "digits":
        return MARK.sub(r"\1", text)
    return MARK.sub(lambda found: found.group(1).translate(SUPERSCRIPTS), text)


def curl(text: str) -> str:
    """Turn straight quotes into typographic ones: opening after a space or bracket."""
    text = re.sub(r"(^|[\s(\[])'", r"\1‘", text)
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text)
    return text.replace("'", "’").replace('"', "”")


class Writer:
    """Lays one draft out; `width` is the column at which prose breaks, 0 for never."""

    def __init__(self, form: Form, rng: Random, width: int, hyphens: bool, narrow: int = 0) -> None:
        self.form = form
        self.rng = rng
        self.width = width
        self.hyphens = hyphens
        self.narrow = narrow

    def prose(self, text: str, kind: str = "prose") -> list[Line]:
        text = marks(text, self.form)
        if not self.width:
            return [Line(text.replace(BREAK, " "), kind)]
        return [Line(t, kind) for t in wrap(text, self.width, self.rng, self.hyphens)]

    def heading(self, block: Heading) -> list[Line]:
        tail = " (Back to top)" if block.linked and self.form.linked else ""
        return [Line(marks(block.text, self.form) + tail, "head"), Line()]

    def contents(self, block: Contents) -> list[Line]:
        if self.form.contents == "none":
            return []
        out = [Line("Contents", "fixed"), Line()]
        for title, page in block.entries:
            dots = "\t" if self.form.contents == "tabs" else "." * self.rng.randint(5, 40)
            out.append(Line(f"{title}{dots}{page}", "fixed"))
        return [*out, Line()]

    def section(self, block: Section) -> list[Line]:
        form = self.form
        number = f"{block.number}{'.' if form.section_dotted else ''} " if block.number else ""
        heading = f"{number}{block.title}"
        statement = self.prose(block.statement) if block.statement else []
        out: list[Line]
        if form.section == "headed":
            out = [Line(f"{heading}Rating", "head")]
            if not statement:
                return [*out, Line(block.rating, "cell"), Line()]
            last = statement.pop()
            return [*out, *statement, Line(last.text + block.rating, "cell"), Line()]
        out = [Line(heading, "head"), Line()]
        if form.section == "own" or not statement:
            return [*out, *statement, Line(), Line(block.rating, "cell"), Line()]
        glue = "\t" if form.section == "tab" else ""
        last = statement.pop()
        return [*out, *statement, Line(f"{last.text}{glue}{block.rating}", "cell"), Line()]

    def percent(self, row: QuestionRow, block: QuestionTable) -> str:
        if not block.counts:
            return f"{row.percent}%"
        count = f"{row.yes} of {row.cases}"
        if self.form.question == "tab":
            return f"{count}\t{row.percent}%"
        return f"{row.percent}% ({count})"

    def questions(self, block: QuestionTable) -> list[Line]:
        style = self.form.question
        texts = [row.fragment if block.lead else row.text for row in block.rows]
        figures = [self.percent(row, block) for row in block.rows]
        head = "% 'Yes'"
        out: list[Line] = []
        if style == "tab":
            out.append(Line(f"{block.lead}\t{head}", "quest"))
            out += [Line(f"{t}\t{p}", "quest") for t, p in zip(texts, figures, strict=True)]
        elif style == "glued":
            out.append(Line(f"{block.lead}{head}", "quest"))
            out += [Line(f"{t}{p}", "quest") for t, p in zip(texts, figures, strict=True)]
        elif style == "wrapped":
            out.append(Line(f"{block.lead} {head}".strip(), "quest"))
            # A table aligns its cells one way: figures stand beside the first line or the last.
            width, at = self.rng.randint(28, 44), self.rng.choice((0, -1))
            for text, figure in zip(texts, figures, strict=True):
                lines = wrap(text, width, self.rng, hyphens=False)
                lines[at] += f" {figure}"
                out += [Line(line, "more" if i else "quest") for i, line in enumerate(lines)]
        elif style == "columns":
            out += [Line(text, "quest") for text in ([block.lead] if block.lead else []) + texts]
            out += [Line(text, "quest") for text in (head, *figures)]
        else:
            for cell in ([block.lead] if block.lead else []) + [head]:
                out += [Line(cell, "quest"), Line()]
            for text, figure in zip(texts, figures, strict=True):
                out += [Line(text, "quest"), Line(), Line(figure, "quest"), Line()]
        return [*out, Line()]

    def footnotes(self, block: Footnotes) -> list[Line]:
        if self.form.notes == "none" or not block.notes:
            return []
        out: list[Line] = []
        if block.listed:
            out += [Line("Footnotes:", "head"), Line()]
        for number, text in block.notes:
            mark = f"{number}." if block.listed else str(number)
            if self.form.notes == "superscript" and not block.listed:
                mark = mark.translate(SUPERSCRIPTS)
            out += [*self.prose(f"{mark} {text}"), Line()]
        return out

    def numbered(self, block: Numbered) -> list[Line]:
        out: list[Line] = []
        for number, item in enumerate(block.items, start=block.start):
            if self.form.recommendations == "bullets" and not block.tight:
                out += self.prose(f"{self.form.bullets}{item}")
            else:
                gap = "\t " if block.tight else " "
                kind = "named" if block.whole else "prose"
                out += self.prose(f"{number}.{gap}{item}", kind)
                if block.tight:
                    out.append(Line())
        return [*out, Line()]

    def block(self, block: Block) -> list[Line]:
        match block:
            case Cover(lines):
                return [*(Line(text, "fixed") for text in lines), Line(), Line()]
            case Heading():
                return self.heading(block)
            case Para(text, whole):
                return [*self.prose(text, "named" if whole else "prose"), Line()]
            case Lines(lines):
                return [*(Line(text, "fixed") for text in lines), Line()]
            case Bullets(items):
                out = []
                for item in items:
                    out += self.prose(f"{self.form.bullets}{item}")
                return [*out, Line()]
            case Numbered():
                return self.numbered(block)
            case Contents():
                return self.contents(block)
            case RatingsTable():
                table = ratings_lines(self.form, block, self.narrow)
                return [Line(marks(line.text, self.form), line.kind) for line in table]
            case Section():
                return self.section(block)
            case QuestionTable():
                return self.questions(block)
            case Footnotes():
                return self.footnotes(block)
            case PageBreak():
                return [Line("\f", "fixed")] if self.form.pages != "none" else [Line()]

    def write(self, draft: Draft) -> list[Line]:
        return [line for block in draft.blocks for line in self.block(block)]
