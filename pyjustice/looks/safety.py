"""What is said on a page or in a workbook about small counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pyjustice.looks.pieces import Group

__all__ = ["safety_in_words"]


def safety_in_words(groups: Sequence[Group], below: int | None, published: Collection[str]) -> str:
    """Say in two sentences which counts are hidden, and which are public already."""
    if below is None:
        return (
            "Small counts are NOT hidden here. This is for those who may see the cases; do not"
            " publish it."
        )
    hidden = any(piece.hidden.astype(bool).any() for group in groups for piece in group.pieces)
    did = "are hidden" if hidden else "would be hidden; there were none to hide"
    names = [published] if isinstance(published, str) else sorted(published)
    more = f", and so are: {', '.join(names)}" if names else ""
    return (
        f"Counts of cases from 1 to {below - 1}, and what would reveal them, {did}. Figures from"
        f" published reports and tables are shown as they were published{more}."
    )
