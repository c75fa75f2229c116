"""Days, months and years as they are written in the United Kingdom."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["MONTHS", "MONTH_NAMES", "read_day", "read_month", "whole_year"]

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS = {
    form: number
    for number, name in enumerate(map(str.casefold, MONTH_NAMES), 1)
    for form in {name, name[:3], "sept" if number == 9 else name}
}
# Behind a date only a time may stand: '01/02/2025 - 03/04/2025' is two dates, and not the first.
_TIME = (
    r"(?:[T ]\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp][Mm])?"
    r"(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.ASCII)
_UK = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _TIME, re.ASCII)
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})[-/., ]*(\d{4}|\d{2})" + _TIME, re.ASCII
)
# Two digits of a year: children and their orders lie within the century before this.
_CENTURY_ENDS = 68


def whole_year(digits: str) -> int:
    """Return a year written with four digits or two."""
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year <= _CENTURY_ENDS else 1900
    return year


def read_month(name: str) -> int:
    """Return the number of a month by its English name or its short form; 0 if it is none."""
    return MONTHS.get(name.casefold(), 0)


def read_day(text: str) -> date | None:
    """Read a date in a form that is used in the United Kingdom, day first, or ISO; time ignored.

    '18/02/2025', '18/02/25', '18-02-2025', '18.2.25', '18 Feb 2025', '18-Feb-25',
    '18th February 2025', '2025-02-18', '2025-02-18T09:30:00'. None for anything else.
    """
    if found := _ISO.fullmatch(text):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := _UK.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif found := _NAMED.fullmatch(text):
        day, month, year = int(found[1]), read_month(found[2]), found[3]
    else:
        return None
    try:
        return date(whole_year(year), month, day)
    except ValueError:
        return None
