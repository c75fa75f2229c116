"""Whether overall ratings follow from the scores beside them, in a table of published results."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import IO, Any

from pyjustice.ground.documents import open_document
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, fold, framework, frameworks
from pyjustice.measures.findings import Finding, Reason, Result, Rows, as_checks
from pyjustice.measures.ratings import full_maximum, overall, percent_of

# Headers by which people name the three columns, the best first; spaces and signs do not matter.
_HEADERS = {
    "service": ("service", "servicename", "yjs", "yot", "yos", "laname", "localauthority",
                "authority", "area", "name", "la"),
    "rating": ("overallrating", "rating", "overall", "overalloutcome", "outcome"),
    "score": ("score", "scorepercent", "overallscore", "percent", "percentage", "total", "points"),
}  # fmt: skip
_NONE = {"", "-", "–", "n/a", "na", "nan", "none", "null", "<na>", "nat"}
_SHARE = re.compile(r"(\d+)\s*(?:/|out\s+of|of)\s*(\d+)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# A float that was never rounded prints up to 17 digits; beyond these two shares never agree.
_MOST_DECIMALS = 6


@dataclass(frozen=True)
class _Row:
    """Cells of one row as text, and where they stand."""

    service: str
    rating: str
    score: str
    line: int = -1
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class _Fit:
    """A total that a printed score can stand for."""

    rules: Framework
    score: int
    maximum: int

    @property
    def overall(self) -> int | None:
        return overall(self.rules, self.score, self.maximum)

    @property
    def full(self) -> bool:
        return self.maximum == full_maximum(self.rules)

    @property
    def confidence(self) -> str:
        assert self.rules.totals is not None
        return self.rules.totals.confidence[self.maximum]


def check_table(
    source: str | PathLike[str] | bytes | IO[Any] | Any,
    *,
    framework: str | Framework | None = None,
) -> Rows:
    r"""Check overall ratings in a table against the scores beside them.

    Parameters
    ----------
    source : path, str with newlines, bytes, file, data frame or structured array
        A table with a header. The columns are found by it: the service ('service', 'la_name',
        'name'), the overall rating ('overall_rating', 'rating') and the score ('score', 'score_%').
        A score is a total ('26'), a share ('26/36') or a percentage of the maximum ('72.22').
    framework : str or Framework, optional
        Framework of all rows. Without it every framework that gives an overall rating is tried.

    Returns
    -------
    numpy.ndarray of CHECK_DTYPE
        One row for each row of the table, in its order. ``report`` is the row's index, ``line`` its
        physical line (-1 if the table has no lines), ``published`` and ``computed`` rating codes.
        Result 1: the overall rating follows; reason 'only fits a smaller maximum' if no full total
        gives the score. Result 0: 'differs', 'not a rating' or 'score not possible'. Result -1: a
        cell is empty, or the maximum is needed and not known.

    Raises
    ------
    DataError
        If there is no row with such headers.
    ParseError
        If the source can not be read as text.

    Notes
    -----
    A percentage printed to d decimals stands for the totals t out of a maximum m for which
    100 t / m, rounded half up to d decimals, is that percentage.

    Examples
    --------
    >>> rows = check_table("service,score,overall_rating\nAnytown,26/36,Good\nBury,8/36,Good\n")
    >>> rows[["service", "result", "reason"]].tolist()
    [('Anytown', 1, 'follows'), ('Bury', 0, 'differs')]
    """
    rules = _rules(framework)
    return as_checks(
        _check(index, row, rules, percent)
        for rows, percent in [_read(source, rules)]
        for index, row in enumerate(rows)
    )


def _rules(chosen: str | Framework | None) -> list[Framework]:
    ids = frameworks() if chosen is None else [chosen]
    found = [one for one in map(framework, ids) if one.gives_overall and one.totals is not None]
    if not found:
        raise DataError(f"framework {chosen!r} gives no overall rating to check")
    return found


def _check(index: int, row: _Row, rules: Sequence[Framework], percent: bool) -> Finding:
    finding = Finding(index, row.service, "overall", line=row.line, start=row.start, end=row.end)
    published = _code(row.rating, rules)
    if published is not None:
        finding = finding._replace(published=float(published))
    if row.rating.casefold() in _NONE:
        return finding._replace(reason=Reason.MISSING_RATINGS)
    if fold(row.rating) == fold("Not rated"):
        return finding._replace(reason=Reason.NOT_RATED)
    if published is None:
        return finding._replace(result=Result.DIFFERS, reason=Reason.NOT_A_RATING)
    if row.score.casefold() in _NONE:
        return finding._replace(reason=Reason.NO_STATED_NUMBER)
    fits = list(_fits(row.score, rules, percent))
    if not fits:
        return finding._replace(result=Result.DIFFERS, reason=Reason.SCORE_NOT_POSSIBLE)
    return _compare(finding, published, fits)


def _compare(finding: Finding, published: int, fits: Sequence[_Fit]) -> Finding:
    """Judge by full totals where the score can be one: a reduced maximum is the exception."""
    full = [fit for fit in fits if fit.full]
    likely = full or fits
    ratings = {fit.overall for fit in likely}
    if published in {fit.overall for fit in fits} and ratings != {published}:
        return finding._replace(reason=Reason.MAXIMUM_NOT_KNOWN)
    if len(ratings) == 1:
        (computed,) = ratings
        assert computed is not None
        confidence = _weakest([fit.confidence for fit in likely])
        finding = finding._replace(computed=float(computed), rule_confidence=confidence)
    if published not in ratings:
        return finding._replace(result=Result.DIFFERS, reason=Reason.DIFFERS)
    reason = Reason.FOLLOWS if full else Reason.SMALLER_MAXIMUM
    return finding._replace(result=Result.CONSISTENT, reason=reason)


def _weakest(confidences: Sequence[str]) -> str:
    order = ("low", "inferred", "medium", "high", "found")
    return min(confidences, key=lambda one: order.index(one) if one in order else -1)


def _fits(score: str, rules: Sequence[Framework], percent: bool) -> Iterator[_Fit]:
    """Totals that the text of a score can stand for."""
    text = score.strip()
    share = _SHARE.fullmatch(text)
    signed = text.endswith("%")
    number = _NUMBER.fullmatch(text.rstrip("% "))
    for one in rules:
        assert one.totals is not None
        for maximum in one.totals.maxima:
            if share:
                totals = [int(share[1])] if int(share[2]) == maximum else []
            elif number and (percent or signed):
                totals = _totals(number[0], maximum)
            elif number and float(number[0]).is_integer():
                totals = [int(float(number[0]))]
            else:
                totals = []
            yield from (_Fit(one, total, maximum) for total in totals if total <= maximum)


def _totals(percent: str, maximum: int) -> list[int]:
    decimals = len(percent.partition(".")[2])
    value = float(percent)
    near = int(value * maximum / 100)
    if decimals > _MOST_DECIMALS:
        tolerance = 10.0**-_MOST_DECIMALS
        return [t for t in (near, near + 1) if abs(100 * t / maximum - value) < tolerance]
    return [t for t in (near, near + 1) if percent_of(t, maximum, decimals) == value]


def _code(text: str, rules: Sequence[Framework]) -> int | None:
    """Code of a rating's text; its words are those of the frameworks that give an overall."""
    wanted = fold(text)
    for one in rules:
        for rating in one.ratings:
            if wanted in {fold(word) for word in (rating.word, *rating.variants)}:
                return rating.code
    return None


# --- reading ------------------------------------------------------------------------------------


def _read(source: Any, rules: Sequence[Framework]) -> tuple[list[_Row], bool]:
    """Rows of the table, and whether its scores are percentages of the maximum."""
    names = getattr(getattr(source, "dtype", None), "names", None)
    if names is None and hasattr(source, "columns"):
        names = [str(name) for name in source.columns]
    if names is not None:
        place = _columns(names)
        if place is None:
            raise DataError(_no_header(names))
        columns = [[str(value).strip() for value in source[names[place[key]]]] for key in _HEADERS]
        rows = [_Row(*cells) for cells in zip(*columns, strict=True)]
        return rows, _are_percentages(names[place["score"]], rows, rules)
    return _read_text(source, rules)


def _read_text(source: Any, rules: Sequence[Framework]) -> tuple[list[_Row], bool]:
    document = open_document(source)
    place: Mapping[str, int] | None = None
    header, first = "", None
    rows = []
    for cells, line, start, end in _records(document.text):
        if not any(cell.strip() for cell in cells):
            continue
        if place is None:
            first = first or cells
            place = _columns(cells)
            if place is not None:
                header = cells[place["score"]]
            continue
        at = place
        text = [cells[at[key]].strip() if at[key] < len(cells) else "" for key in _HEADERS]
        service, rating, score = text
        rows.append(_Row(service, rating, score, line, start, end))
    if place is None:
        name = f"{document.source}: " if document.source else ""
        raise DataError(name + _no_header(first or []))
    return rows, _are_percentages(header, rows, rules)


def _records(text: str) -> Iterator[tuple[list[str], int, int, int]]:
    """Records of delimited text with their physical line and byte offsets."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    ends, offset = [0], 0
    for line in lines:
        offset += len(line.encode("utf-8"))
        ends.append(offset)
    before = 0
    try:
        reader = csv.reader(lines, delimiter=_delimiter(lines))
        for cells in reader:
            after = reader.line_num
            close = ends[after] - len(lines[after - 1]) + len(lines[after - 1].rstrip("\r\n"))
            yield cells, before + 1, ends[before], close
            before = after
    except csv.Error as error:
        raise DataError(f"line {before + 1}: {error}; expected delimited text") from None


def _delimiter(lines: Sequence[str]) -> str:
    """Whatever sets the header's names apart; titles and notes above it may hold anything."""
    for line in lines:
        for delimiter in ",;\t|":
            if _columns(next(csv.reader([line], delimiter=delimiter), [])):
                return delimiter
    return ","


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    """Place of each column; None if one of them is not there."""
    keys = [_key(name) for name in header]
    place = {}
    for wanted, names in _HEADERS.items():
        found = next((keys.index(name) for name in names if name in keys), None)
        if found is None:
            return None
        place[wanted] = found
    return place


def _key(name: str) -> str:
    words = name.casefold().replace("%", "percent")
    return "".join(letter for letter in words if letter.isalnum())


def _no_header(names: Sequence[str]) -> str:
    found = ", ".join(repr(str(name)[:32]) for name in names[:12]) or "nothing"
    return (
        "no table of overall results: expected columns such as 'service', 'overall_rating' and"
        f" 'score', found {found}"
    )


def _are_percentages(header: str, rows: Sequence[_Row], rules: Sequence[Framework]) -> bool:
    """By the header; else a column of totals holds whole numbers within the largest maximum."""
    if "percent" in _key(header):
        return True
    most = max(maximum for one in rules if one.totals for maximum in one.totals.maxima)
    numbers = [float(row.score) for row in rows if _NUMBER.fullmatch(row.score)]
    return any(not number.is_integer() or number > most for number in numbers)
