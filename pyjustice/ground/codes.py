"""Codes of the ratings, one number for each word of each scale, and of answers about a case."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Answer", "Rating"]


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


class Answer(IntEnum):
    """An answer to a key question about one case, as stored in the columns of `Cases`.

    Only YES and NO enter a percentage. The others are kept apart, for they are different things: a
    question that does not apply, one that could not be answered, and one that nobody answered.

    Examples
    --------
    >>> Answer(-1).name, int(Answer.YES)
    ('NOT_APPLICABLE', 1)
    """

    NO = 0
    YES = 1
    NOT_APPLICABLE = -1
    DONT_KNOW = -2
    BLANK = -3
