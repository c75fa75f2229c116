"""A text as a real PDF: pages, wrapped lines, columns where the text has tabs, page headers."""

from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT = "Helvetica"
# What the standard fonts of a PDF cannot show, as the nearest that they can.
FALLBACK = str.maketrans(
    {
        "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\t": "    ",
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7",
        "⁸": "8", "⁹": "9",
    }
)  # fmt: skip


def fit(text: str, size: float, width: float) -> list[str]:
    """Break a line where the page ends."""
    out, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and stringWidth(longer, FONT, size) > width:
            out.append(line)
            line = word
        else:
            line = longer
    return [*out, line]


def places(cells: list[str], left: float, right: float) -> list[float]:
    """Where the cells of a row start: a number to the left, figures and ratings to the right."""
    if len(cells) < 2:
        return [left] * len(cells)
    if len(cells) == 2 and len(cells[0]) > 6:
        return [left, right - 150]
    if len(cells) == 2:
        return [left, left + 50]
    middle = [left + 50, right - 150] if len(cells[0]) <= 6 else [right - 150, right - 60]
    return [left, *middle][: len(cells)]


def write_pdf(text: str, path: str | Path, seed: int = 0, header: str = "") -> None:
    """Write text as an A4 document; a tab starts a cell in a column of its own.

    Parameters
    ----------
    text : str
        Lines; a form feed starts a page.
    path : str or Path
        Where to.
    seed : int
        Decides the size of type and the margins.
    header : str
        Printed at the top of each page but the first.
    """
    rng = Random(f"pdf {seed}")
    size = rng.choice((9.0, 10.0, 11.0))
    left, top = rng.choice((50.0, 72.0)), A4[1] - 60
    right = A4[0] - left
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.setTitle("Inspection report")
    y, page = top, 1

    def turn() -> None:
        nonlocal y, page
        canvas.setFont(FONT, 8)
        canvas.drawRightString(right, 30, str(page))
        canvas.showPage()
        page += 1
        y = top
        if header:
            canvas.setFont(FONT, 8)
            canvas.drawString(left, A4[1] - 36, header)

    def put(x: float, line: str) -> None:
        canvas.setFont(FONT, size)
        canvas.drawString(x, y, line)

    for raw in text.replace("\r\n", "\n").split("\n"):
        if raw.startswith("\f"):
            turn()
            raw = raw.lstrip("\f")
        cells = [cell.translate(FALLBACK).strip() for cell in raw.split("\t")]
        cells = [cell for cell in cells if cell]
        if not cells:
            y -= size * 1.3
            continue
        columns = places(cells, left, right)
        widths = [b - a - 8 for a, b in zip(columns, [*columns[1:], right], strict=True)]
        wrapped = [fit(cell, size, width) for cell, width in zip(cells, widths, strict=True)]
        height = max(len(lines) for lines in wrapped)
        if y - height * size * 1.3 < 60:
            turn()
        for i in range(height):
            for x, lines in zip(columns, wrapped, strict=True):
                if i < len(lines):
                    put(x, lines[i])
            y -= size * 1.3
    turn()
    canvas.save()
