"""The record layouts of every structured array, from the engine's own list of fields."""

from pyjustice._core import (
    CHECK_DTYPE,
    COUNT_DTYPE,
    INSPECTION_DTYPE,
    MENTION_DTYPE,
    QUANTITY_DTYPE,
    QUESTION_DTYPE,
    RATING_DTYPE,
    RECOMMENDATION_DTYPE,
    REFUSED_DTYPE,
    SAMPLE_DTYPE,
)

__all__ = [
    "CHECK_DTYPE",
    "COUNT_DTYPE",
    "INSPECTION_DTYPE",
    "MENTION_DTYPE",
    "QUANTITY_DTYPE",
    "QUESTION_DTYPE",
    "RATING_DTYPE",
    "RECOMMENDATION_DTYPE",
    "REFUSED_DTYPE",
    "SAMPLE_DTYPE",
]
