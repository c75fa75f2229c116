"""Period strings of published statistics, and which of them may be compared."""

from datetime import date, datetime

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.ground.comparable import Apart
from pyjustice.ground.periods import KINDS
from pyjustice.readers.published import published

# Every string of the catalogue of sources, and its kin: first day, last day, months, kind.
READ = {
    "2022/23": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "2022-23": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "202223": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "2022-2023": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "1999/00": ("1999-04-01", "2000-03-31", 12, "financial year"),
    "2012-13": ("2012-04-01", "2013-03-31", 12, "financial year"),
    "2011/12": ("2011-04-01", "2012-03-31", 12, "financial year"),
    "FY 2011-12": ("2011-04-01", "2012-03-31", 12, "financial year"),
    "Year ending March 2023": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "Year ending 31 March 2023": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "year ending Dec 2010": ("2010-01-01", "2010-12-31", 12, "calendar year"),
    "12 months to June 2019": ("2018-07-01", "2019-06-30", 12, "year ending"),
    "Apr 22 - Mar 23": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "Apr 22 \N{EN DASH} Mar 23": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "Apr 2009-Mar 2010(1)": ("2009-04-01", "2010-03-31", 12, "financial year"),
    "2009/10 [r]": ("2009-04-01", "2010-03-31", 12, "financial year"),
    "Academic year 2022/23": ("2022-09-01", "2023-08-31", 12, "academic year"),
    "Calendar year 2022": ("2022-01-01", "2022-12-31", 12, "calendar year"),
    "Apr - Jun 2019": ("2019-04-01", "2019-06-30", 3, "quarter"),
    "Nov - Jan 2019": ("2018-11-01", "2019-01-31", 3, "months"),
    "2023Q1": ("2023-01-01", "2023-03-31", 3, "quarter"),
    "2023 Q4": ("2023-10-01", "2023-12-31", 3, "quarter"),
    "Q1 2023/24": ("2023-04-01", "2023-06-30", 3, "quarter"),
    "Q4 2023/24": ("2024-01-01", "2024-03-31", 3, "quarter"),
    "2023-24 Q2": ("2023-07-01", "2023-09-30", 3, "quarter"),
    "quarter ending 30 June 2019": ("2019-04-01", "2019-06-30", 3, "quarter"),
    "Dec2003/Mar2014": ("2003-12-01", "2014-03-31", 124, "cohort"),
    "March 2023": ("2023-03-01", "2023-03-31", 1, "month"),
    "2023-03": ("2023-03-01", "2023-03-31", 1, "month"),
    "2024-02": ("2024-02-01", "2024-02-29", 1, "month"),
    "202212": ("2022-12-01", "2022-12-31", 1, "month"),
    "18/02/25": ("2025-02-18", "2025-02-18", 0, "day"),
    "06 October 2025": ("2025-10-06", "2025-10-06", 0, "day"),
    "2025-10-06T09:30:00": ("2025-10-06", "2025-10-06", 0, "day"),
    "1 April 2022 to 31 March 2023": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "2022-04-01/2023-03-31": ("2022-04-01", "2023-03-31", 12, "financial year"),
    "01/04/2022 - 05/04/2022": ("2022-04-01", "2022-04-05", 0, "days"),
}
NO_PERIODS = (
    *(
        "",
        "total",
        "99",
        "2022/24",
        "2022-2024",
        "2022-13",
        "Mar 23",
        "April to June",
        "30/02/2024",
    ),
    *("31 June 2019", "quarter ending 31 June 2019", "Jun 2011 - May 2010", "6 October 2025 7"),
    *("Q5 2022", "2022Q0", "Smarch 2022", "1822/23", "3022", "2022/23 to 2023/24"),
)


@pytest.mark.parametrize("text", READ)
def test_what_a_period_is(text: str) -> None:
    one = pj.period(text)
    assert (str(one.start), str(one.end), one.months, one.kind) == READ[text]
    assert one.text == text
    assert not one.unclear


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period_is_named_in_the_error(text: str) -> None:
    with pytest.raises(pj.DataError, match="period: expected") as error:
        pj.period(text)
    assert repr(text) in str(error.value)


def test_a_long_text_is_refused_at_once() -> None:
    for text in ("2022" + "(1)" * 100_000 + "x", "(" * 1_000_000, "a " * 1_000_000):
        with pytest.raises(pj.DataError, match=r"…'$"):
            pj.period(text)


@pytest.mark.parametrize("text", ["2011-12", "201112", "2000-01", "200910"])
def test_a_financial_year_that_is_also_a_month_is_not_guessed(text: str) -> None:
    with pytest.raises(pj.DataError, match="is a financial year or"):
        pj.period(text)
    year = int(text[:4])
    assert pj.period(text, kind="financial year").label == f"{year}/{(year + 1) % 100:02}"
    assert pj.period(text, kind="month").start == date(year, int(text[-2:]), 1)


def test_a_bare_year_says_what_is_unclear() -> None:
    for given in ("2024", 2024, np.int64(2024)):
        one = pj.period(given)
        assert (one.start, one.end, one.months, one.kind) == (None, None, 12, "year")
        assert "financial" in one.unclear
    assert pj.period("2024", kind="calendar year").end == date(2024, 12, 31)
    assert pj.period(pj.period("2024"), kind="calendar year").start == date(2024, 1, 1)
    with pytest.raises(pj.DataError, match="write '2024/25' or 'year ending March 2024'"):
        pj.period("2024", kind="financial year")


def test_a_month_as_spreadsheets_print_it_may_be_more() -> None:
    quarter, month = pj.period("Mar-23"), pj.period("Apr-23")
    assert (quarter.start, quarter.kind, month.kind) == (date(2023, 1, 1), "quarter", "month")
    assert quarter.unclear
    assert month.unclear
    settled = [pj.period("Mar-23", kind=kind) for kind in ("month", "quarter", "year ending")]
    assert [one.months for one in settled] == [1, 3, 12]
    assert not any(one.unclear for one in settled)


def test_dates_of_python_and_numpy() -> None:
    day = pj.period("18/02/25")
    assert pj.period(date(2025, 2, 18)) == day == pj.period(datetime(2025, 2, 18, 9, 30))
    assert pj.period(np.datetime64("2025-02-18")) == day
    assert pj.period(np.datetime64("2025-02", "M")).kind == "month"
    for given in (np.datetime64("NaT", "D"), None, 2.5, True, b"2022/23"):
        with pytest.raises(pj.DataError, match="period: expected"):
            pj.period(given)


def test_a_kind_that_the_text_is_not() -> None:
    with pytest.raises(pj.DataError, match="expected a month, got the financial year '2022/23'"):
        pj.period("2022/23", kind="month")
    with pytest.raises(pj.DataError, match="kind: expected one of"):
        pj.period("2022/23", kind="fiscal")
    assert pj.period("2022/23", kind="year ending").kind in KINDS


APART = {
    ("2018/19", "2019/20"): (),
    ("2018/19", "year ending March 2019"): (),
    ("year ending March 2018", "year ending December 2018"): ("different year end", "overlapping"),
    ("year ending June 2018", "year ending September 2018"): ("different year end", "overlapping"),
    ("2018/19", "Apr - Jun 2019"): ("different length",),
    ("2018/19", "Apr - Jun 2018"): ("different length", "overlapping"),
    ("Apr 2016 - Mar 2018", "Apr 2017 - Mar 2019"): ("overlapping",),
    ("Dec2003/Mar2014", "Dec2004/Feb2005"): ("different cohort length", "overlapping"),
    ("2019/20", "2020/21"): ("pandemic",),
    ("2020/21", "2020/21"): (),
    ("2018/19", "year ending December 2020"): ("different year end", "pandemic"),
    ("2024", "2023/24"): ("window not known",),
    ("2023", "2024"): ("window not known",),
    ("Mar-23", "Jun-23"): ("window not known",),
    ("18/02/25", "19/02/25"): (),
}


@pytest.mark.parametrize("pair", APART, ids=" and ".join)
def test_whether_two_periods_are_comparable(pair: tuple[str, str]) -> None:
    for a, b in (pair, pair[::-1]):
        found = pj.comparable(a, b)
        assert bool(found) == (not APART[pair])
        assert len(found.reasons) == len(APART[pair])
        for reason, expected in zip(found.reasons, APART[pair], strict=True):
            assert reason.startswith(expected)


def test_method_groups_and_base() -> None:
    found = pj.comparable(
        "2013/14", "2012/13", method=("new", "old"), groups=("10-17", "10-14"), base=(None, "2011")
    )
    assert found.reasons == (Apart.METHOD, Apart.GROUPS)
    assert str(found) == "not comparable: different method, different groups"
    assert not pj.comparable({"period": "2013/14", "method": 1}, {"period": "2012/13", "method": 2})
    with pytest.raises(pj.DataError, match="row with a field 'period'"):
        pj.comparable({"year": "2013/14"}, "2012/13")
    with pytest.raises(pj.DataError, match="got 'x'"):
        pj.comparable("2013/14", "x")


def test_embedded_rows_say_that_their_population_was_rebased() -> None:
    rows = published("children")
    before, after = rows[rows["area"] == "Westminster"]
    assert pj.comparable(before, after).reasons == (Apart.BASE, Apart.PANDEMIC)


@pytest.mark.parametrize("reason", Apart)
def test_every_reason_is_explained(reason: Apart) -> None:
    assert len(pj.explain(reason).split("\n")) == 2
