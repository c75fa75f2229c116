"""Colours of ratings, for pictures and pages alike."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NO_RATING", "SCALE", "RatingColour", "place_of", "rating_colour"]


class RatingColour(NamedTuple):
    """Colour of a field and of the words in it, as '#rrggbb'."""

    face: str
    ink: str


# Lowest rating first. From dark orange-brown to pale blue: told apart without red and green, and
# in grey by their lightness alone, which rises by the same order.
SCALE = (
    RatingColour("#5e1f14", "#ffffff"),
    RatingColour("#c96a1e", "#000000"),
    RatingColour("#8fbfdc", "#000000"),
    RatingColour("#e4f1f8", "#000000"),
)
# Not rated, or not found: the word says which, and pictures hatch it.
NO_RATING = RatingColour("#ffffff", "#444444")
# Codes of the scale of 2012 are those of 2018 plus this: no code is shared by two scales.
_SCALES_APART = 10


def place_of(code: int) -> int:
    """Place of a code of `pj.Rating` on its own scale, 0 the lowest; -1 if it is no rating."""
    return code % _SCALES_APART if code >= 0 else -1


def rating_colour(code: int) -> RatingColour:
    """Colour of a code of `pj.Rating`; `NO_RATING` if it is none of a scale of four."""
    place = place_of(code)
    return SCALE[place] if 0 <= place < len(SCALE) else NO_RATING
