"""What is on a page in a few lines: for those who read no further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from pyjustice.looks.columns import (
    cell_of,
    columns_of,
    hides_who_stands_out,
    sentences_of,
    standing_out,
)
from pyjustice.looks.output import number_of
from pyjustice.looks.pieces import Group, Piece, day_in_words

__all__ = ["in_short"]

# Rows of a result that are said one by one; of more it is said how many stand out.
_FEW = 2
# Names in one list.
_MOST_NAMES = 6


def in_short(group: Group) -> list[str]:
    """Say what stands in a group of tables, a sentence or two a table.

    What is hidden in a table is not said here either.
    """
    said: list[str] = []
    for piece in group.pieces:
        if len(piece.rows):
            said += _ABOUT.get(piece.kind, _results)(piece)
    return said


def _rated(piece: Piece) -> list[str]:
    rows = piece.rows
    standards = np.flatnonzero(rows["standard"] != "")
    said = [_overall(piece, int(i)) for i in np.flatnonzero(rows["standard"] == "")]
    if not said or rows["rating"][-1] < 0:
        order = standards[np.argsort(-rows["rating"][standards], kind="stable")]
        many = Counter(str(rows["word"][i]) for i in order)
        said.append(f"By standard: {', '.join(f'{n} {word}' for word, n in many.items())}.")
    lower, higher = (
        [str(rows["standard"][i]) for i in standards if rows[f"{way}_answers"][i] == 1]
        for way in ("down", "up")
    )
    for near, way in ((lower, "lower"), (higher, "higher")):
        if near:
            each = " each" if len(near) > 1 else ""
            said.append(f"One answer from a {way} rating{each}: {_listed(near)}.")
    return said


def _overall(piece: Piece, i: int) -> str:
    column = next(column for column in columns_of(piece) if column.form == "rating")
    word = cell_of(piece, i, column).text
    if word == "none given":
        return "No overall rating is given."
    if not np.isfinite(piece.rows["score"][i]) or not piece.whole(i):
        return f"Overall {word}."
    score, most = (f"{piece.rows[name][i]:g}" for name in ("score", "max_score"))
    return f"Overall {word}, {score} of {most} points."


def _checked(piece: Piece) -> list[str]:
    results = piece.rows["result"].tolist()
    items = piece.rows["item"].tolist()
    differ = [item for item, result in zip(items, results, strict=True) if result == "differs"]
    told = differ.count("mention")  # many have the same name: how many says more
    differ = [item for item in differ if item != "mention"]
    differ += [number_of(told, "mention in prose", "mentions in prose")] * (told > 0)
    allowed = [item for item, result in zip(items, results, strict=True) if result == "allowed"]
    follow = results.count("consistent")
    said = []
    if differ:
        said.append(f"Does not follow from what is published with it: {_listed(differ)}.")
    if allowed:
        said.append(f"Allowed, though the usual rule gives another: {_listed(allowed)}.")
    if follow:
        others = "of the others " if said else ""
        said.append(f"What can be checked {others}follows ({number_of(follow, 'value')}).")
    return said


def _recommended(piece: Piece) -> list[str]:
    return [f"{number_of(len(piece.rows), 'recommendation')}."]


def _history(piece: Piece) -> list[str]:
    rows = piece.rows
    services = len(np.unique(rows["service"]))
    if services > 1:
        return [f"{number_of(len(rows), 'inspection')} of {services} services."]
    dated = rows[rows["year"] >= 0]
    if not len(dated):
        return []
    last = dated[-1]
    exact = not np.isnat(last["published"])
    day = day_in_words(last["published"], int(last["published_precision"])) if exact else ""
    word = str(last["overall_word"]) or "no overall rating"
    return [
        f"{number_of(len(rows), 'inspection')} known; the last, of {day or last['year']}: {word}."
    ]


def _published(piece: Piece) -> list[str]:
    rows = piece.rows
    if len(rows) > _MOST_NAMES or len(np.unique(rows["area"])) > 1:
        return [f"{number_of(len(rows), 'row')}."]
    told = [f"{row['count']:,.0f} in {row['period']}" for row in rows if np.isfinite(row["count"])]
    return [f"{_listed(told)}."] if told else []


def _results(piece: Piece) -> list[str]:
    said, _ = sentences_of(piece)
    if 0 < len(piece.rows) <= _FEW and said:
        return said
    fields = piece.rows.dtype.names or ()
    if "q" not in fields and piece.kind not in ("funnel", "chart"):
        return [f"{number_of(len(piece.rows), 'row')}."]
    if hides_who_stands_out(piece):
        return [f"{number_of(len(piece.rows), 'row')}; some figures are left out."]
    found = standing_out(piece)
    field = next(name for name in ("name", "group", "label") if name in fields)
    names = [str(piece.rows[field][i]) for i in found if piece.whole(i)]
    told = f": {_listed(names)}" if names else ""
    return [f"{len(found):,} of {len(piece.rows):,} stand out{told}."]


def _listed(names: Sequence[str]) -> str:
    """'2.1, 2.2 and 2.3'; of many the first, and how many more."""
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        return f"{', '.join(shown)} and {len(names) - _MOST_NAMES:,} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


_ABOUT: dict[str, Callable[[Piece], list[str]]] = {
    "rated": _rated,
    "checked": _checked,
    "recommended": _recommended,
    "history": _history,
    "published": _published,
}
