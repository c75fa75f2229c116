"""Codes of the ratings, one number for each word of each scale."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Rating"]


class Rating(IntEnum):
    """A rating as stored in the arrays.

    No code is shared by two scales: 'Good' of the programme of 2012 and 'Good' of 2018 on are
    different ratings, and an array that mixes them cannot be averaged by accident. Codes below
    zero are no ratings.

    Examples
    --------
    >>> Rating(1).word
    'Requires improvement'
    """

    NOT_FOUND = -2
    NOT_RATED = -1
    INADEQUATE = 0
    REQUIRES_IMPROVEMENT = 1
    GOOD = 2
    OUTSTANDING = 3
    POOR = 10
    UNSATISFACTORY = 11
    SATISFACTORY = 12
    GOOD_2012 = 13

    @property
    def word(self) -> str:
        """The word that stands beside the code: 'Not rated' for -1, '' for -2."""
        return _WORDS[self]


_WORDS = {
    Rating.NOT_FOUND: "",
    Rating.NOT_RATED: "Not rated",
    Rating.INADEQUATE: "Inadequate",
    Rating.REQUIRES_IMPROVEMENT: "Requires improvement",
    Rating.GOOD: "Good",
    Rating.OUTSTANDING: "Outstanding",
    Rating.POOR: "Poor",
    Rating.UNSATISFACTORY: "Unsatisfactory",
    Rating.SATISFACTORY: "Satisfactory",
    Rating.GOOD_2012: "Good",
}
