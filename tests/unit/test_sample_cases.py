"""Made-up files of cases: the same for one seed, and read back as they were made."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.ground.sample_cases import MOST_SERVICES, sample_cases

FRAMEWORKS = ["iyjs-2025", "iyjwcv-2025", "yjs-2021", "yos-2018"]


def read(text: Any, framework: str) -> pj.Cases:
    return pj.read_cases(text, framework=framework)


def test_one_seed_one_file(tmp_path: Path) -> None:
    text = sample_cases(cases=50, seed=3)
    assert text == sample_cases(cases=50, seed=3)
    assert text != sample_cases(cases=50, seed=4)
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    calls: list[tuple[int, int]] = []
    assert sample_cases(plain, cases=50, seed=3, progress=lambda *c: calls.append(c)) == plain
    assert calls == [(50, 50)]
    assert plain.read_bytes() == text
    sample_cases(packed, cases=50, seed=3)
    assert gzip.decompress(packed.read_bytes()) == text
    again = tmp_path / "b.csv.gz"
    sample_cases(again, cases=50, seed=3)
    assert again.read_bytes() == packed.read_bytes()


def test_more_cases_begin_with_the_same_ones() -> None:
    few, many = (sample_cases(cases=n, seed=3, services=5) for n in (40_000, 40_010))
    assert many.startswith(few)


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("seed", range(5))
def test_messy_is_tidy_in_other_clothes(framework: str, seed: int) -> None:
    tidy = read(sample_cases(cases=120, framework=framework, seed=seed), framework)
    messy = read(sample_cases(cases=120, framework=framework, seed=seed, messy=True), framework)
    assert (tidy.rows, tidy.rows_refused) == (messy.rows, messy.rows_refused) == (120, 0)
    assert tidy.questions == messy.questions
    for name in tidy.questions:
        assert tidy[name].tolist() == messy[name].tolist()
    for role in ("case", "service", "domain", "disposal", "started", "ended", "born", "age",
                 "sex", "ethnicity"):  # fmt: skip
        assert tidy.labels(role).tolist() == messy.labels(role).tolist(), role
        assert tidy[role].dtype == messy[role].dtype, role


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("messy", [False, True])
def test_long_is_wide_in_another_form(framework: str, messy: bool) -> None:
    options: dict[str, Any] = {"cases": 90, "framework": framework, "seed": 6}
    wide = read(sample_cases(**options), framework)
    long = read(sample_cases(**options, form="long", messy=messy), framework)
    assert long.rows == 90 * len(wide.questions)
    assert long.rows_refused == 0
    assert set(long.differing) <= {"Notes"}, "a note to each answer"
    for name in wide.questions:
        assert wide[name].tolist() == long[name].tolist()
    for role in ("case", "service", "domain", "disposal", "started"):
        assert wide.labels(role).tolist() == long.labels(role).tolist()
    one, other = (pj.rate_cases(cases, framework) for cases in (wide, long))
    assert one.counts.tolist() == other.counts.tolist()


def test_the_cases_are_as_real_ones_are() -> None:
    cases = read(sample_cases(cases=4000, seed=1, services=10), "iyjs-2025")
    faults = set(pj.check_cases(cases)["reason"].tolist())
    assert not faults & {"duplicate case", "dates out of order", "question never answered"}
    assert len(cases.categories["Service"]) == 10
    ages = (cases["started"] - cases["born"]).astype(int) / 365.25
    assert (np.floor(ages) == cases["age"]).all()
    shares = [np.mean(cases[name][cases[name] >= 0]) for name in cases.questions]
    assert 0.3 < min(shares) < max(shares) < 0.95
    answers = [np.unique(cases[name]).tolist() for name in cases.questions]
    assert answers == [[-3, -2, -1, 0, 1]] * len(answers)


def test_services_by_name_or_number() -> None:
    cases = read(sample_cases(cases=200, services=['Ash, "the"', "Öst"]), "iyjs-2025")
    assert set(cases.labels("service")) == {'Ash, "the"', "Öst"}
    names = read(sample_cases(cases=30_000, services=MOST_SERVICES), "iyjs-2025")
    assert len(names.categories["Service"]) == MOST_SERVICES
    assert len(read(sample_cases(cases=0), "iyjs-2025")) == 0


@pytest.mark.parametrize(
    "bad",
    [{"cases": -1}, {"cases": 2.5}, {"cases": "5"}, {"cases": 5, "seed": -1},
     {"cases": 5, "form": "tall"}, {"cases": 5, "services": 0}, {"cases": 5, "services": 151},
     {"cases": 5, "services": []}, {"cases": 5, "services": "Ash"},
     {"cases": 5, "services": ["A", "A"]}, {"cases": 5, "services": ["A\0"]}],
)  # fmt: skip
def test_what_cannot_be_made(bad: dict) -> None:
    with pytest.raises(pj.DataError):
        sample_cases(**bad)
