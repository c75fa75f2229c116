"""The published figures that come with the package."""

from __future__ import annotations

import calendar
import csv
import functools
from datetime import date
from importlib import resources
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.areas import find_areas
from pyjustice.ground.codes import Rating
from pyjustice.ground.dtypes import PUBLISHED_COUNT_DTYPE, PUBLISHED_OUTCOME_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import framework, frameworks
from pyjustice.ground.periods import period

__all__ = ["published"]

Rows: TypeAlias = NDArray[np.void]
Record: TypeAlias = dict[str, str]

_FILES = {
    "children": "children.csv",
    "children by region": "children_by_region.csv",
    "outcomes": "outcomes.csv",
    "outcomes before 2018": "outcomes_before_2018.csv",
}
# The scale of 2018 on.
_RATINGS = {rating.word: rating for rating in Rating if 0 <= rating <= Rating.OUTSTANDING}
# Children aged 10 to 17 by the estimates of the Office for National Statistics: those of mid-2020
# are rolled forward from the census of 2011, those of mid-2021 from that of 2021.
_BASES = {"2020/21": "mid-2020, census of 2011", "2021/22": "mid-2021, census of 2021"}
_PER = 1000
# What a source calls the programme; core case inspections and screenings have no framework here.
_PROGRAMMES = {
    "IYJWCV": "iyjwcv-2025",
    "IYJS": "iyjs-2025",
    "FJI": "fji-2012",
    "CCI": "",
    "SQS": "",
}
# Fieldwork comes before publication by no more than this: five months are the most in the outcomes.
_MONTHS_BEFORE = 6


def published(name: str) -> Rows:
    """Return published figures that come with the package.

    Parameters
    ----------
    name : str
        'children': children cautioned or sentenced in the years ending March 2021 and 2022, by
        youth justice service. 'children by region': the same by region; they are the totals of the
        services and not to be added to them. 'outcomes': overall outcomes of inspections published
        from 2018 to 2026, one row for each source. 'outcomes before 2018': findings under earlier
        programmes.

    Returns
    -------
    numpy.ndarray of PUBLISHED_COUNT_DTYPE or PUBLISHED_OUTCOME_DTYPE
        Counts: `rate` is as printed, per `per` children aged 10 to 17; `base` says what the
        population is, and it is another one in the second year, so that a change of the rate is in
        part one of the estimates. Outcomes: `framework` is '' where date, score and form leave more
        than one open; `published` is the first day of what is known (`published_precision`: 1 year,
        2 month, 3 day); `year_printed` and `score_printed` are false where
        whoever collected the rows worked them out; `disputed`, if another source says otherwise.

    Raises
    ------
    DataError
        If there are no such figures.

    Notes
    -----
    Sources and licence: pyjustice/data/published/README. The figures are licensed under the Open
    Government Licence v3.0.

    Examples
    --------
    >>> rows = published("children")
    >>> rows[rows["area"] == "Westminster"][["period", "count", "population", "rate"]].tolist()
    [('2020/21', 48, 21470, 2.2), ('2021/22', 32, 14192, 2.3)]
    """
    if name not in _FILES:
        raise DataError(f"expected one of {', '.join(map(repr, _FILES))}, got {name!r}")
    return _published(name).copy()


@functools.cache
def _published(name: str) -> Rows:
    file = resources.files("pyjustice") / "data" / "published" / _FILES[name]
    records = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    if name.startswith("children"):
        kind = "region" if name.endswith("region") else "service"
        return np.array([_count(one, kind) for one in records], PUBLISHED_COUNT_DTYPE)
    return np.array([_outcome(one) for one in records], PUBLISHED_OUTCOME_DTYPE)


def _count(record: Record, kind: str) -> tuple[object, ...]:
    time = period(record["period"])
    (place,) = find_areas(record["area"], kind)
    return (
        record["period"], time.start, time.end, record["region"], record["area"],
        next(iter(place.codes), ""), int(record["count"]), int(record["population"]),
        float(record["rate"]), _PER, _BASES[record["period"]],
    )  # fmt: skip


def _outcome(record: Record) -> tuple[object, ...]:
    rating = _RATINGS.get(record["rating"], Rating.NOT_FOUND)
    if record["form"] in ("CCI", "SQS", "FJI"):
        rating = Rating.NOT_RATED  # these programmes gave no overall rating
    score, _, maximum = record["score"].partition("/")
    first, last, precision = _days(record["published"], int(record["year"]))
    most = int(maximum) if maximum else -1
    return (
        record["service"], int(record["year"]), record["year_printed"] == "1",
        _framework(record["form"], most, first, last), record["form"], int(rating),
        record["rating"], int(score) if score else -1, most, record["score_printed"] == "1",
        record["finding"], first, precision, record["disputed"] == "1", record["source"],
        record["page"],
    )  # fmt: skip


def _days(text: str, year: int) -> tuple[date, date, int]:
    """First and last day of what is known of a publication, and how it is known."""
    if not text:
        return date(year, 1, 1), date(year, 12, 31), 1
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 3:
        return date(*numbers), date(*numbers), 3
    month = numbers[1]
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), 2


def _framework(form: str, maximum: int, first: date, last: date) -> str:
    """Id of the framework, if only one can be meant."""
    if form in _PROGRAMMES:
        return _PROGRAMMES[form]
    months = first.year * 12 + first.month - 1 - _MONTHS_BEFORE
    earliest = date(months // 12, months % 12 + 1, first.day if first.day <= 28 else 28)
    fits = []
    for one in map(framework, frameworks()):
        in_use = (one.first or date.min) <= last and earliest <= (one.last or date.max)
        totals = one.totals.maxima if one.totals else ()
        resettled = any(standard.code == "4.1" for standard in one.standards)
        if (
            one.gives_overall
            and in_use
            and (maximum < 0 or maximum in totals)
            and (form != "resettlement" or resettled)
        ):
            fits.append(one.id)
    return fits[0] if len(fits) == 1 else ""
