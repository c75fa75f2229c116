"""Periods as published statistics write them: read without guessing."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from pyjustice.ground.days import MONTH_NAMES, read_day, read_month, whole_year
from pyjustice.ground.errors import DataError
from pyjustice.ground.footnotes import without_marks
from pyjustice.ground.shorten import cut

__all__ = ["KINDS", "Period", "period"]

KINDS = (
    *("financial year", "calendar year", "academic year", "year ending", "year", "quarter"),
    *("month", "months", "day", "days", "cohort"),
)
_YEARS_FROM = {4: "financial year", 1: "calendar year", 9: "academic year"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LONGEST = 80  # characters; '1 September 2022 to 31 August 2023' and its footnotes have half
_CALENDAR_OR_FINANCIAL = "calendar year or financial year, and which of the two it touches"
_PERIOD_ENDING = "the month itself, or a longer period that ends with it"
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}\S*$")
_DAY = re.compile(r"\d{1,4}(?:st|nd|rd|th)?[-/., ]*(?:[a-z]{3,9}|\d{1,2})[-/., ]*\d{2,4}", re.I)
_BETWEEN_DAYS = re.compile(r"\s+(?:-|to)\s+|(?<=\d\d-\d\d)/")
_LENGTHS = {"year": 12, "12 months": 12, "quarter": 3, "3 months": 3, "6 months": 6}
_TO = r"\s*(?:-|to)\s*"


@dataclass(frozen=True)
class Period:
    """A period of time as a table of statistics names it.

    Attributes
    ----------
    start, end : datetime.date or None
        First and last day, both within the period; None if the text does not settle them.
    months : int
        Length in whole months; 0 if it is not made of whole months.
    kind : str
        'financial year' (April to March), 'calendar year', 'academic year' (September to August),
        'year ending' (any other twelve months), 'year' (a bare year), 'quarter', 'month', 'months',
        'day', 'days' or 'cohort'.
    text : str
        As it was written; no part of a comparison of two periods.
    unclear : str
        What the text leaves open; '' if nothing.

    Examples
    --------
    >>> year = period("year ending March 2023")
    >>> str(year), year.kind, year.months
    ('2022/23', 'financial year', 12)
    """

    start: date | None
    end: date | None
    months: int
    kind: str
    text: str = field(default="", compare=False)
    unclear: str = ""

    @property
    def label(self) -> str:
        """The period in a form that `period` reads as this very period."""
        if self.unclear or self.start is None or self.end is None:
            return self.text
        first, last = (f"{MONTH_NAMES[d.month - 1]} {d.year}" for d in (self.start, self.end))
        if self.kind == "cohort":
            return f"{first}/{last}".replace(" ", "")
        if self.kind == "financial year":
            return f"{self.start.year}/{self.end.year % 100:02}"
        if self.months == 12:
            return f"year ending {last}"
        if self.months == 1:
            return first
        if self.months:
            return f"{first} to {last}"
        days = [f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year}" for d in (self.start, self.end)]
        return days[0] if self.kind == "day" else " to ".join(days)

    def __str__(self) -> str:
        return self.label


def period(text: Any, kind: str | None = None) -> Period:
    """Read a period as published statistics write it.

    Parameters
    ----------
    text : str, int, datetime.date, numpy.datetime64 or Period
        Such as '2022/23', '2022-2023', '202223', 'Year ending March 2023', 'Apr 22 - Mar 23',
        'Apr - Jun 2019', 'Q1 2023/24' (April to June), '2023Q1' (January to March), 'March 2023',
        '2023-03', 'Dec2003/Mar2014', '18/02/25', '1 April 2022 to 31 March 2023'. Marks of
        footnotes behind it are passed over.
    kind : str, optional
        What the text is known to be, one of the kinds of `Period`. It settles what the text leaves
        open and refuses what is of another kind. 'year ending' takes any twelve months.

    Returns
    -------
    Period
        A bare year has no `start` and `end` unless `kind` is 'calendar year': tables use it for
        calendar and for financial years. 'Mar-23', as spreadsheets show a date, is taken for the
        quarter that ends then if one does, else for the month. In both cases `unclear` says so.

    Raises
    ------
    DataError
        If the text is no period; or stands for two, as '2011-12' does: the financial year, and
        December 2011.

    Examples
    --------
    >>> period("Apr 2009-Mar 2010(1)").kind
    'financial year'
    >>> period("year ending Dec 2010").start
    datetime.date(2010, 1, 1)
    >>> period("2024").unclear
    'calendar year or financial year, and which of the two it touches'
    """
    if kind is not None and kind not in KINDS:
        raise DataError(f"kind: expected one of {', '.join(KINDS)}, got {kind!r}")
    if isinstance(text, Period):
        return _read(text.text, kind) if text.unclear and kind else _settled(text, kind)
    if isinstance(text, np.datetime64):
        if np.isnat(text):
            raise DataError("period: expected a date, got NaT")
        text = str(text)
    elif isinstance(text, datetime):
        text = text.date().isoformat()
    elif isinstance(text, date):
        text = text.isoformat()
    elif isinstance(text, (int, np.integer)) and not isinstance(text, bool):
        text = str(int(text))
    elif not isinstance(text, str):
        raise DataError(f"period: expected text, got {type(text).__name__}")
    return _read(str(text), kind)


@functools.lru_cache(maxsize=4096)
def _read(text: str, kind: str | None) -> Period:
    if len(text) > _LONGEST:
        raise _no_period(text)
    plain = " ".join(re.sub("[\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]", "-", text).split())
    plain = without_marks(plain)
    for pattern, reader in _FORMS:
        if found := pattern.fullmatch(plain):
            read = reader(found, kind)
            break
    else:
        read = _days(plain)
    if read is None:
        raise _no_period(text)
    return _settled(replace(read, text=text), kind)


def _no_period(text: str) -> DataError:
    return DataError(
        "period: expected a form such as '2022/23', 'year ending March 2023', 'Apr - Jun 2019',"
        f" 'Q1 2023/24' or '18/02/25', got {cut(text, 32)!r}"
    )


def _settled(read: Period, kind: str | None) -> Period:
    """Refuse a period of another kind than was asked for."""
    wanted = kind in (None, read.kind) or (kind == "year ending" and read.months == 12)
    if not wanted:
        raise DataError(f"period: expected a {kind}, got the {read.kind} {cut(read.text, 32)!r}")
    return read


# --- windows --------------------------------------------------------------------------------------


def _window(year: int, month: int, months: int, kind: str = "") -> Period | None:
    """Whole months from the first of `month`."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and months >= 1):
        return None
    last = year * 12 + month - 1 + months - 1
    end_year, end_month = last // 12, last % 12 + 1
    if months == 12:
        named = _YEARS_FROM.get(month, "year ending")
    elif months == 3 and month % 3 == 1:
        named = "quarter"
    else:
        named = "month" if months == 1 else "months"
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Period(date(year, month, 1), end, months, kind or named)


def _ending(year: int, month: int, months: int) -> Period | None:
    first = year * 12 + month - months
    return _window(first // 12, first % 12 + 1, months) if month else None


def _between(first: date, last: date) -> Period | None:
    if last < first or not _FIRST_YEAR <= first.year <= last.year <= _LAST_YEAR:
        return None
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        return _window(first.year, first.month, months)
    return Period(first, last, 0, "day" if first == last else "days")


# --- the forms, each a pattern and how it is read -------------------------------------------------

_Form = Callable[[re.Match[str], str | None], Period | None]


def _two_years(found: re.Match[str], kind: str | None) -> Period | None:
    """'2022/23', '2022-23', '202223', '2022-2023'; ISO's '2022-11' and its kin, '202211'."""
    year, second, sign = int(found["year"]), found["second"], found["sign"]
    follows = (year + 1) % (100 if len(second) == 2 else 10000) == int(second)
    number = int(second)
    may_be_month = len(second) == 2 and sign != "/" and 1 <= number <= 12 and not found["named"]
    if follows and may_be_month and kind not in ("financial year", "academic year", "month"):
        raise DataError(
            f"period: {cut(found[0], 32)!r} is a financial year or"
            f" {MONTH_NAMES[number - 1]} {year}: write '2011/12' or 'December 2011',"
            " or say kind='financial year' or kind='month'"
        )
    if may_be_month and (not follows or kind == "month"):
        return _window(year, number, 1)
    academic = kind == "academic year" or (found["named"] or "").casefold().startswith("academic")
    return _window(year, 9 if academic else 4, 12) if follows else None


def _bare_year(found: re.Match[str], kind: str | None) -> Period | None:
    year = int(found["year"])
    if kind == "calendar year" or found["named"]:
        return _window(year, 1, 12)
    if kind in ("financial year", "academic year", "year ending"):
        raise DataError(
            f"period: the {kind} {year} may be the one that starts or the one that ends then:"
            f" write '{year}/{(year + 1) % 100:02}' or 'year ending March {year}'"
        )
    fits = _FIRST_YEAR <= year <= _LAST_YEAR
    return Period(None, None, 12, "year", unclear=_CALENDAR_OR_FINANCIAL) if fits else None


def _period_ending(found: re.Match[str], kind: str | None) -> Period | None:
    """'Year ending March 2023', '3 months to 30 June 2019', 'quarter ending Jun-19'."""
    year, month = whole_year(found["year"]), read_month(found["month"])
    length = _LENGTHS["year" if found["length"].casefold() == "ye" else found["length"].casefold()]
    read = _ending(year, month, length)
    given = found["day"]
    return read if read and (not given or (read.end and read.end.day == int(given))) else None


def _calendar_quarter(found: re.Match[str], kind: str | None) -> Period | None:
    return _window(int(found["year"]), int(found["quarter"]) * 3 - 2, 3)


def _financial_quarter(found: re.Match[str], kind: str | None) -> Period | None:
    whole = _two_years(found, "financial year")
    if whole is None or whole.start is None:
        return None
    first = whole.start.year * 12 + 3 * int(found["quarter"])
    return _window(first // 12, first % 12 + 1, 3)


def _months(found: re.Match[str], kind: str | None) -> Period | None:
    """'Apr 22 - Mar 23', 'Apr - Jun 2019': without a year, the first month is the last before."""
    first, last = read_month(found["first"]), read_month(found["last"])
    end = whole_year(found["end"])
    start = whole_year(found["start"]) if found["start"] else end - (first > last)
    months = (end - start) * 12 + last - first + 1
    return _window(start, first, months) if first and last else None


def _cohort(found: re.Match[str], kind: str | None) -> Period | None:
    whole = _months(found, kind)
    return replace(whole, kind="cohort") if whole else None


def _month(found: re.Match[str], kind: str | None) -> Period | None:
    month, year = read_month(found["month"]), whole_year(found["year"])
    if len(found["year"]) == 4 or kind == "month":
        return _window(year, month, 1)
    if kind in ("quarter", "year ending", *_YEARS_FROM.values()):
        return _ending(year, month, 3 if kind == "quarter" else 12)
    read = _ending(year, month, 3 if month % 3 == 0 else 1)
    return replace(read, unclear=_PERIOD_ENDING) if read else None


def _days(text: str) -> Period | None:
    """A day, or days from one to another."""
    parts = [_CLOCK.sub("", part) for part in _BETWEEN_DAYS.split(text)]
    days = [read_day(part) if _DAY.fullmatch(part) else None for part in parts]
    if len(days) > 2 or days[0] is None or days[-1] is None:
        return None
    return _between(days[0], days[-1])


def _form(pattern: str, reader: _Form) -> tuple[re.Pattern[str], _Form]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), reader


_PAIR = r"(?P<year>\d{4})(?P<sign> ?[-/] ?|)(?P<second>\d{4}|\d{2})"
_FORMS = (
    _form(rf"(?P<named>(?:financial|academic) year |fy ?)?{_PAIR}", _two_years),
    _form(r"(?P<named>calendar year )?(?P<year>\d{4})", _bare_year),
    _form(
        r"(?P<length>year|ye|quarter|(?:3|6|12) months)(?: end(?:ing|ed)| to|(?<=ye))"
        r" (?:(?P<day>\d{1,2}) )?(?P<month>[a-z]{3,9})[ -](?P<year>\d{4}|\d{2})",
        _period_ending,
    ),
    _form(r"(?P<year>\d{4})[ -]?q(?P<quarter>[1-4])", _calendar_quarter),
    _form(r"(?:q|quarter )(?P<quarter>[1-4]),? (?P<year>\d{4})", _calendar_quarter),
    _form(rf"(?P<named>)(?:q|quarter )(?P<quarter>[1-4]),? {_PAIR}", _financial_quarter),
    _form(rf"(?P<named>){_PAIR},? (?:q|quarter )(?P<quarter>[1-4])", _financial_quarter),
    _form(
        r"(?P<first>[a-z]{3,9})[ -]?(?P<start>\d{4})/(?P<last>[a-z]{3,9})[ -]?(?P<end>\d{4})",
        _cohort,
    ),
    _form(
        rf"(?P<first>[a-z]{{3,9}})(?:[ -](?P<start>\d{{4}}|\d{{2}}))?{_TO}"
        r"(?P<last>[a-z]{3,9})[ -](?P<end>\d{4}|\d{2})",
        _months,
    ),
    _form(r"(?P<month>[a-z]{3,9})(?:[ -](?P<year>\d{4}))", _month),
    _form(r"(?P<month>[a-z]{3,9})-(?P<year>\d{2})", _month),
)
