"""Lines with what they are, wrapping, and cutting into pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from .model import BREAK

# What a line is decides which damage it may suffer.
#   cell      label or rating of a table          head   heading
#   prose     running text, may be wrapped        quest  key question, 'more' its further lines
#   named     prose that names somebody as printed: may be wrapped, its words are never split
#   fixed     cover, contents, page furniture: names the service or the page, never split


@dataclass(frozen=True)
class Line:
    text: str = ""
    kind: str = "fixed"


def wrap(text: str, width: int, rng: Random, hyphens: bool) -> list[str]:
    """Wrap at spaces; with `hyphens` some long plain words are cut over the line end."""
    out: list[str] = []
    line = ""
    for piece in text.split(BREAK):
        for word in piece.split(" "):
            room = width - len(line) - 1
            if line and len(word) > room:
                cut = rng.randint(3, max(3, len(word) - 3))
                if (
                    hyphens
                    and word.isalpha()
                    and word.islower()
                    and len(word) >= 8
                    and cut + 1 <= room
                    and rng.random() < 0.7
                ):
                    out.append(f"{line} {word[:cut]}-")
                    word = word[cut:]
                else:
                    out.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        out.append(line)
        line = ""
    return [text for text in out if text]


def tighten(lines: Iterable[Line], rng: Random) -> list[Line]:
    """Leave out blank lines: all of them, or about half."""
    share = rng.choice((0.5, 1.0))
    return [line for line in lines if line.text or rng.random() >= share]


def paginate(
    lines: list[Line], rng: Random, mode: str, head: str, foot: str, in_table: bool
) -> list[Line]:
    """Cut into pages; the cut falls where it falls, and once inside a table if asked for.

    In the header '{h}' stands for the heading that the page goes on with, in the footer '#' for the
    number of the page.
    """
    if mode == "none":
        return lines
    cells = [i for i in range(1, len(lines) - 1) if lines[i].kind == lines[i - 1].kind == "cell"]
    cuts = set()
    at = rng.randint(38, 64)
    while at < len(lines):
        cuts.add(at)
        at += rng.randint(38, 64)
    if in_table and cells:
        cuts.add(rng.choice(cells))
    if not in_table:
        cuts -= set(cells)
    out: list[Line] = []
    page, heading = 1, ""
    for i, line in enumerate(lines):
        if line.kind == "head":
            # A running header repeats a heading, not the cell that a table's head left beside it.
            heading = line.text.removesuffix("Rating")
        # A word cut by a hyphen goes on in the next line, and a row of a table stays on its page.
        whole = line.kind == "more" or (out and out[-1].text.endswith("-"))
        if i in cuts and not whole:
            if mode == "furniture":
                out += [
                    Line(),
                    Line(foot.replace("#", str(page))),
                    Line("\f" + head.replace("{h}", heading)),
                    Line(),
                ]
                page += 1
            elif line.text:
                line = replace(line, text="\f" + line.text)
            else:
                out.append(Line("\f"))
        out.append(line)
    return out
