"""Every way of writing every period is read as that period; anything else is refused in words."""

import calendar
from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import example, given

from pyjustice.ground.area_names import fold
from pyjustice.ground.areas import area, find_areas
from pyjustice.ground.days import MONTH_NAMES
from pyjustice.ground.errors import DataError
from pyjustice.ground.periods import Period, period

YEARS = st.integers(1970, 2067)  # two digits of these are read as these
MONTHS = st.integers(1, 12)
NAMES = st.sampled_from((str.upper, str.lower, str.title, lambda name: name[:3]))


def window(year: int, month: int, months: int) -> tuple[date, date, int]:
    """First day, last day and length, counted month by month."""
    last_year, last_month = year, month
    for _ in range(months - 1):
        last_year, last_month = (
            (last_year, last_month + 1) if last_month < 12 else (last_year + 1, 1)
        )
    last = calendar.monthrange(last_year, last_month)[1]
    return date(year, month, 1), date(last_year, last_month, last), months


def of(one: Period) -> tuple[date | None, date | None, int]:
    return one.start, one.end, one.months


@given(YEARS)
def test_financial_years_in_every_form(year: int) -> None:
    expected = window(year, 4, 12)
    after = year + 1
    short = f"{after % 100:02}"
    texts = [
        f"{year}/{short}", f"{year}/{after}", f"{year}-{after}", f"FY{year}/{short}",
        f"Financial year {year}-{short}", f"Year ending March {after}", f"YE Mar {after}",
        f"Apr {year % 100:02} - Mar {short}", f"Apr {year}-Mar {after}(1)",
        f"1 April {year} to 31 March {after}", f"{year}-04-01/{after}-03-31",
    ]  # fmt: skip
    for text in texts:
        one = period(text)
        assert (of(one), one.kind) == (expected, "financial year"), text
        assert period(one.label) == one
    for text in (f"{year}-{short}", f"{year}{short}"):
        assert of(period(text, "financial year")) == expected
        if not 1 <= after % 100 <= 12:
            assert of(period(text)) == expected


@given(YEARS, MONTHS, st.integers(1, 60), NAMES)
def test_months_in_every_form(year: int, month: int, months: int, written: object) -> None:
    assert callable(written)
    expected = window(year, month, months)
    last = expected[1]
    first_name, last_name = (str(written(MONTH_NAMES[m - 1])) for m in (month, last.month))
    texts = [
        f"{first_name} {year} - {last_name} {last.year}",
        f"{first_name} {year} to {last_name} {last.year}",
        f"1 {first_name} {year} to {last.day} {last_name} {last.year}",
        f"{expected[0].isoformat()}/{last.isoformat()}",
    ]
    if months <= 12 and (month <= last.month) == (year == last.year):
        texts.append(f"{first_name} - {last_name} {last.year}")
    if months == 12:
        texts.append(f"year ending {last_name} {last.year}")
    if months == 3:
        texts.append(f"3 months to {last_name} {last.year}")
    if months == 1:
        texts += [f"{first_name} {year}", f"{first_name}-{year}"]
    if months == 3 and month % 3 == 1:
        texts += [f"{year}Q{(month + 2) // 3}", f"{year} Q{(month + 2) // 3}"]
        quarter = (month - 4) % 12 // 3 + 1
        start = year if month >= 4 else year - 1
        texts.append(f"Q{quarter} {start}/{(start + 1) % 100:02}")
    for text in texts:
        one = period(text)
        assert of(one) == expected, text
        assert period(one.label) == one, text


@given(YEARS, MONTHS)
def test_iso_months_are_months_or_refused(year: int, month: int) -> None:
    for text in (f"{year}-{month:02}", f"{year}{month:02}"):
        assert of(period(text, "month")) == window(year, month, 1)
        try:
            assert of(period(text)) == window(year, month, 1)
        except DataError:
            assert month == (year + 1) % 100


@given(st.dates(date(1970, 1, 1), date(2067, 12, 31)), st.integers(0, 1000))
def test_days_in_every_form(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    month = MONTH_NAMES[first.month - 1]
    for text in (
        first.isoformat(), f"{first.isoformat()}T09:30:00", f"{first:%d/%m/%Y}",
        f"{first:%d/%m/%y}", f"{first.day} {month} {first.year}",
        f"{first.day:02} {month[:3]} {first.year}",
    ):  # fmt: skip
        one = period(text)
        assert (one.start, one.end, one.kind) == (first, first, "day")
        assert period(one.label) == one
    one = period(f"{first:%d/%m/%Y} - {last:%d/%m/%Y}")
    assert (one.start, one.end) == (first, last)
    assert period(one.label) == one


@given(st.text(alphabet="0123456789/-. QqFYaprMmjun()[]¹–", max_size=24) | st.text(max_size=40))
@example("0000/01")
@example("9999-10000")
@example("Jan 0000 - Dec 9999")
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        one = period(text)
    except DataError:
        return
    assert one.text == text
    if one.start is not None and one.end is not None:
        assert one.start <= one.end
        if not one.unclear:
            assert period(one.label) == one


@given(st.text(max_size=40))
def test_folding_is_settled_after_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(name.upper()) == fold(name.upper().lower())


@given(st.text(max_size=40))
@example("Council of the City of")
def test_any_text_is_an_area_or_refused(name: str) -> None:
    found = find_areas(name)
    try:
        assert [area(name)] == found
    except DataError:
        assert len(found) != 1


PLACES = ("Lambeth", "Bury and Rochdale", "Stoke-on-Trent", "St. Helens", "Cardiff", "South Tees")
BEFORE = ("", "The ", "City of ", "London Borough of ", "Royal Borough of ", "County of ")
AFTER = ("", " Council", " City Council", " YOS", " YJS", " Youth Justice Service", " - JI",
         " Youth Offending Team", " Youth Justice and Early Intervention Service")  # fmt: skip


@given(*map(st.sampled_from, (PLACES, BEFORE, AFTER, (str.upper, str.lower, str.title))))
def test_what_stands_around_a_name_makes_no_difference(
    place: str, before: str, after: str, written: object
) -> None:
    assert callable(written)
    text = str(written(f"{before}{place}{after}".replace(" and ", " & ").replace("-", " ")))
    assert area(text) == area(place)
