"""Made-up files of cases, as a service's audit would have them: any size, the same for one seed."""

from __future__ import annotations

import functools
import gzip
import operator
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Literal, SupportsIndex, overload

import numpy as np

from pyjustice.ground.codes import Answer
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework
from pyjustice.ground.frameworks import framework as find_framework
from pyjustice.ground.sample_spelling import Spelling
from pyjustice.ground.sample_tables import Cells, Codes, Draws, join, lookup, numbered

__all__ = ["MOST_SERVICES", "sample_blocks", "sample_cases"]

AnyFramework = str | os.PathLike[str] | Mapping[str, Any] | Framework
Form = Literal["wide", "long"]
Progress = Callable[[int, int], object]

MOST_SERVICES = 150
# A service that is given no number of its own has about so many cases.
_CASES_A_SERVICE = 40
# Cases made at a time: some megabytes.
_BLOCK = 1 << 15

_FIRST_DAY, _LAST_DAY = date(2004, 1, 1), date(2026, 12, 31)
# Cases start within these two years, and are looked at on the day named last.
_STARTS, _START_DAYS, _LOOKED_AT = date(2023, 4, 1), 731, date(2025, 6, 30)

_LONG = ("Case", "Service", "Domain", "Disposal", "Started")
_ANSWERS = (Answer.NO, Answer.YES, Answer.NOT_APPLICABLE, Answer.DONT_KNOW, Answer.BLANK)
_YES, _OTHER_DOMAIN = 1, 2  # places in it
# Numbers drawn for a case, beside those for the categories and the answers.
_DRAWS = 10
# How a service writes yes and no, where a file is tidy; most write them the first way.
_STYLES, _STYLE_WEIGHTS = (str, str.lower, str.upper), (80, 12, 8)


@overload
def sample_cases(
    path: None = None,
    *,
    cases: int,
    framework: AnyFramework = ...,
    services: int | Sequence[str] | None = ...,
    seed: int = ...,
    form: Form = ...,
    messy: bool = ...,
    progress: Progress | None = ...,
) -> bytes: ...
@overload
def sample_cases(
    path: str | os.PathLike[str],
    *,
    cases: int,
    framework: AnyFramework = ...,
    services: int | Sequence[str] | None = ...,
    seed: int = ...,
    form: Form = ...,
    messy: bool = ...,
    progress: Progress | None = ...,
) -> Path: ...
def sample_cases(
    path: str | os.PathLike[str] | None = None,
    *,
    cases: int,
    framework: AnyFramework = "iyjs-2025",
    services: int | Sequence[str] | None = None,
    seed: int = 0,
    form: Form = "wide",
    messy: bool = False,
    progress: Progress | None = None,
) -> bytes | Path:
    """Make up a file of cases: CSV with a column or a row for each answer to a key question.

    No child, case or service in it is real. Services and cases differ in how well they do, so that
    the answers about one case go together; a case is judged on the questions of its own domain, and
    those of the others do not apply to it. Same arguments, same bytes, on every machine.

    Parameters
    ----------
    path : path, optional
        Where to write; compressed if it ends in '.gz'.
    cases : int
    framework : str, path, dict or Framework
        Whose key questions there are.
    services : int or sequence of str, optional
        Names of the services, or how many of the 150 that there are names for. By default one for
        each 40 cases.
    seed : int
        Zero or above.
    form : {'wide', 'long'}
        A row for each case with a column for each key question; or a row for each answer, with the
        columns Case, Service, Domain, Disposal, Started, Question and Answer.
    messy : bool
        The same cases as people send them: other headers, spellings of answers, forms of dates,
        delimiters, quotes and line ends, with a title above and notes of several lines.
    progress : callable, optional
        Called as ``progress(cases written, cases in all)``.

    Returns
    -------
    bytes or pathlib.Path
        The text where no path is given, else the path.

    Raises
    ------
    DataError
        A number, form or name that cannot be, or a framework that judges no cases.

    Examples
    --------
    >>> text = sample_cases(cases=3, seed=1, form="long").decode()
    >>> text.splitlines()[0]
    'Case,Service,Domain,Disposal,Started,Question,Answer'
    >>> len(text.splitlines())  # a header, and three cases of seven key questions
    22
    """
    blocks = sample_blocks(
        cases=cases,
        framework=framework,
        services=services,
        seed=seed,
        form=form,
        messy=messy,
        progress=progress,
    )
    if path is None:
        return b"".join(blocks)
    with open(path, "wb") as file:
        if not os.fspath(path).endswith(".gz"):
            file.writelines(blocks)
        else:
            # Without name and time in it: same arguments, same bytes.
            with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                packed.writelines(blocks)
    return Path(path)


def sample_blocks(
    *,
    cases: int,
    framework: AnyFramework = "iyjs-2025",
    services: int | Sequence[str] | None = None,
    seed: int = 0,
    form: Form = "wide",
    messy: bool = False,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """Check the arguments of `sample_cases`, and return the file in blocks of whole rows."""
    count, seed = _whole("cases", cases), _whole("seed", seed)
    if form not in ("wide", "long"):
        raise DataError(f"form: expected 'wide' or 'long', got {form!r}")
    rules = find_framework(framework)
    names = _services(services, count)
    return _blocks(_Maker(rules, names, count, seed, messy=messy), form, progress)


def _blocks(maker: _Maker, form: Form, progress: Progress | None) -> Iterator[bytes]:
    yield maker.header(form)
    for first in range(0, maker.cases, _BLOCK):
        last = min(first + _BLOCK, maker.cases)
        yield maker.wide(first, last) if form == "wide" else maker.long(first, last)
        if progress is not None:
            progress(last, maker.cases)


def _whole(name: str, value: SupportsIndex) -> int:
    try:
        found = operator.index(value)
    except TypeError:
        found = -1
    if found < 0:
        raise DataError(f"{name}: expected a whole number from 0, got {value!r}")
    return found


def _services(given: int | Sequence[str] | None, cases: int) -> list[str]:
    """Return the names of the services."""
    if given is None:
        given = max(1, min(MOST_SERVICES, cases // _CASES_A_SERVICE))
    if not isinstance(given, Sequence):
        number = _whole("services", given)
        if not 1 <= number <= MOST_SERVICES:
            raise DataError(f"services: expected 1 to {MOST_SERVICES}, or names, got {given}")
        return [_invented(i) for i in range(number)]
    if isinstance(given, str) or not all(isinstance(name, str) for name in given):
        raise DataError("services: expected a number or a list of names")
    names = list(given)
    if not names or len(set(names)) < len(names) or any("\0" in name for name in names):
        raise DataError("services: expected at least one name, each of them once, without NUL")
    return names


def _invented(i: int) -> str:
    words = _data()["services"]
    starts, ends = words["starts"], words["ends"]
    turn, start = divmod(i, len(starts))
    name = starts[start] + ends[(turn + start) % len(ends)]
    return f"{name}, City of" if i % words["city_every"] == 3 else name


@functools.cache
def _data() -> dict[str, Any]:
    file = resources.files("pyjustice.ground") / "sample_cases.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


class _Maker:
    """The tables that a file is made from, and its rows."""

    def __init__(
        self, rules: Framework, services: list[str], cases: int, seed: int, *, messy: bool
    ) -> None:
        data = _data()
        self.cases = cases
        self.questions = [
            (f"{standard.code}/{question.number}", standard.domain)
            for standard in rules.standards
            if standard.rated_by != "evidence"
            for question in standard.questions
            if question.has_percent
        ]
        if not self.questions:
            raise DataError(f"framework: {rules.id} judges no cases")
        self.spell = Spelling(rules, seed, messy=messy)
        drawn = _DRAWS + len(data["categories"]) + 2 * len(self.questions)
        self.draws = Draws(seed, 0, drawn)
        self.digits = max(7, len(str(cases)))
        self._domains(data)
        self._services(data, services, seed)
        self._tables(data)

    def _domains(self, data: dict[str, Any]) -> None:
        self.domains = list(dict.fromkeys(domain for _, domain in self.questions))
        self.domain_of = lookup([data["domains"].get(domain, 1) for domain in self.domains])
        kinds = data["disposals"]
        # Where one domain is that of out-of-court disposals, another is that of the courts.
        apart = "3" in self.domains
        texts = [*kinds["court"], *kinds["out_of_court"]]
        weights = []
        for domain in self.domains:
            court = apart and domain == "3"
            out_of_court = apart and domain == "2"
            weights.append(
                [0 if court else weight for weight in kinds["court"].values()]
                + [0 if out_of_court else weight for weight in kinds["out_of_court"].values()]
            )
        self.disposal_of = np.stack([lookup(own) for own in weights])
        self.domain = self._plain(self.domains)
        self.disposal = self._plain(texts)

    def _services(self, data: dict[str, Any], names: list[str], seed: int) -> None:
        count, quality = len(names), data["quality"]
        own = Draws(seed, 1, 4 + len(self.questions)).rows(count)
        size, level, style = next(own), next(own), next(own)
        self.service_of = lookup((4 + size % 29).tolist())
        self.service = self._plain(names)
        regions = data["services"]["regions"]
        self.region = self._plain([regions[i % len(regions)] for i in range(count)])
        self.assessor = self._plain([f"Assessor {i + 1:03}" for i in range(4 * count)])
        self.style = lookup(_STYLE_WEIGHTS)[style]
        service = np.array(quality["service"])[level * len(quality["service"]) >> 16]
        case = np.array(quality["case"])
        own_level = np.stack([next(own) % 11 - 5 for _ in self.questions], axis=1)
        question = np.resize(np.array(quality["question"]), len(self.questions))
        percent = service[:, None, None] + case[:, None] + question + own_level[:, None]
        # Below which number a draw means yes: by service, case and question.
        self.yes_below = np.clip(percent, 3, 98) * (1 << 16) // 100

    def _tables(self, data: dict[str, Any]) -> None:
        days = (_LAST_DAY - _FIRST_DAY).days + 1
        calendar = [_FIRST_DAY + timedelta(i) for i in range(days)]
        self.blank_day = days
        dates = [self.spell.date(day) for day in calendar]
        self.day = Cells([*dates, [""]], self.spell.quoting)
        self.ages = [int(age) for age in data["ages"]]
        self.age = self._plain([str(age) for age in self.ages])
        self.age_of = lookup(list(data["ages"].values()))
        self.categories = {
            name: (lookup(list(table.values())), self._plain(list(table)))
            for name, table in data["categories"].items()
        }
        special = data["answers"]
        others = [special[name] for name in ("not_applicable", "dont_know", "blank")]
        # 0: yes or no. 1 to 3: the three others.
        self.other_of = lookup([1000 - sum(others), *others])
        words = [self.spell.answer(answer, style) for style in _STYLES for answer in _ANSWERS]
        self.answer = Cells(words, self.spell.quoting)
        self.last_answer = Cells(words, self.spell.quoting, self.spell.behind_last)
        self.question = Cells(
            [self.spell.question(key) for key, _ in self.questions], self.spell.quoting
        )

    def _plain(self, texts: Sequence[str]) -> Cells:
        return Cells([[text] for text in texts], self.spell.quoting)

    def header(self, form: Form) -> bytes:
        if form == "long":
            return self.spell.header([*_LONG, "Question", "Answer"], [])
        early = ("Case", "Service", "Region", "Domain", "Disposal", "Started", "Ended")
        return self.spell.header(
            [*early, "Date of birth", "Age", *self.categories, "Assessor", "Assessed"],
            [key for key, _ in self.questions],
        )

    def wide(self, first: int, last: int) -> bytes:
        columns, service, domain, draws = self._start(first, last)
        level = next(draws) >> 14
        take = self.spell.take
        rows = [numbered("C", np.arange(first + 1, last + 1), self.digits, self.spell.delimiter)]
        rows += [take(cells, codes) for cells, codes in columns.values()]
        *early, final = self._answers(service, domain, level, draws)
        rows += [take(self.answer, codes) for codes in early]
        rows.append(take(self.last_answer, final))
        return join([*rows, *self.spell.end(last - first)])

    def long(self, first: int, last: int) -> bytes:
        columns, service, domain, draws = self._start(first, last)
        level = next(draws) >> 14
        many = len(self.questions)
        answers = np.stack(list(self._answers(service, domain, level, draws)), axis=1)
        numbers = np.repeat(np.arange(first + 1, last + 1), many)
        rows = [numbered("C", numbers, self.digits, self.spell.delimiter)]
        for name in _LONG[1:]:
            cells, codes = columns[name]
            rows.append(self.spell.take(cells, np.repeat(codes, many)))
        asked = np.tile(np.arange(many), last - first)
        rows.append(self.spell.take(self.question, asked))
        rows.append(self.spell.take(self.last_answer, answers.reshape(-1)))
        return join([*rows, *self.spell.end(len(asked))])

    def _start(
        self, first: int, last: int
    ) -> tuple[dict[str, tuple[Cells, Codes]], Codes, Codes, Iterator[Codes]]:
        """Draw all but the answers: cells and codes by column."""
        draws = self.draws.rows(last - first)
        service, domain = self.service_of[next(draws)], self.domain_of[next(draws)]
        started = (_STARTS - _FIRST_DAY).days + (next(draws) * _START_DAYS >> 16)
        ended = started + 30 + (next(draws) * 366 >> 16)
        assessed = started + 14 + (next(draws) * 90 >> 16)
        looked_at = (_LOOKED_AT - _FIRST_DAY).days
        age = self.age_of[next(draws)]
        # Between the birthday and the next, two days clear of both whatever the leap years.
        years = np.array(self.ages)[age]
        born = started - (years * 1461 // 4 + 2 + (next(draws) * 362 >> 16))
        columns = {
            "Service": (self.service, service),
            "Region": (self.region, service),
            "Domain": (self.domain, domain),
            "Disposal": (self.disposal, self.disposal_of[domain, next(draws)]),
            "Started": (self.day, started),
            "Ended": (self.day, np.where(ended > looked_at, self.blank_day, ended)),
            "Date of birth": (self.day, born),
            "Age": (self.age, age),
        }
        for name, (codes, cells) in self.categories.items():
            columns[name] = (cells, codes[next(draws)])
        columns["Assessor"] = (self.assessor, 4 * service + (next(draws) >> 14))
        columns["Assessed"] = (self.day, np.where(assessed > looked_at, self.blank_day, assessed))
        return columns, service, domain, draws

    def _answers(
        self, service: Codes, domain: Codes, level: Codes, draws: Iterator[Codes]
    ) -> Iterator[Codes]:
        """Yield the codes of the cells of each key question."""
        own = len(_ANSWERS) * self.style[service]
        below = self.yes_below.reshape(-1, len(self.questions))
        row = service * self.yes_below.shape[1] + level
        for i, (_, asked_in) in enumerate(self.questions):
            yes = next(draws) < below[row, i]
            other = self.other_of[next(draws)]
            answer = np.where(other > 0, other + _YES, yes)
            mine = domain == self.domains.index(asked_in)
            yield own + np.where(mine, answer, _OTHER_DOMAIN)
