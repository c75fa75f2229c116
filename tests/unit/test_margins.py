"""How many answers and cases move a rating: published reports, and brute force."""

import itertools

import numpy as np
import pytest

import pyjustice as pj
from tests.unit.test_case_ratings import LAMBETH_2025, WESTMINSTER_2024, as_file, flat

FIELDS = ["down_answers", "up_answers", "down_cases", "up_cases", "flag"]


def test_lambeth_2025() -> None:
    framework, counts, given, _, _ = LAMBETH_2025
    rows = pj.margins(flat(counts), framework, qualitative=given)
    standards = rows[(rows["number"] == 0) & (rows["standard"] != "")]
    assert standards[["standard", *FIELDS]].tolist() == [
        ("2.1", 1, 3, 1, 3, ""),
        ("2.2", 1, -1, 1, -1, ""),
        ("2.3", 1, -1, 1, -1, ""),
    ]
    overall = rows[rows["standard"] == ""]
    # Good falls to Requires improvement with three answers, and possibly one case; it cannot rise.
    assert overall[FIELDS].tolist() == [(3, -1, 1, -1, "lower bound")]
    nowhere = pj.Rating.NOT_FOUND
    assert rows[rows["number"] == 0][["down_rating", "up_rating"]].tolist() == [
        (pj.Rating.REQUIRES_IMPROVEMENT, pj.Rating.OUTSTANDING),
        (pj.Rating.GOOD, nowhere),
        (pj.Rating.GOOD, nowhere),
        (pj.Rating.REQUIRES_IMPROVEMENT, nowhere),
    ]


def test_a_rating_may_skip_one() -> None:
    # One of two is 50 %: there is no Good to fall to.
    rows = pj.margins({"2.1/1": (2, 2), "2.1/2": (2, 2)}, "iyjwcv-2025")
    assert set(rows["down_rating"].tolist()) == {pj.Rating.REQUIRES_IMPROVEMENT}
    assert set(rows["down_answers"].tolist()) == {1}


def test_cases_make_it_exact() -> None:
    framework, counts, given, _, _ = LAMBETH_2025
    cases = pj.read_cases(as_file(counts), framework=framework)
    overall = pj.margins(cases, qualitative=given)[-1]
    assert overall[FIELDS].tolist() == (3, -1, 1, -1, "")
    framework, counts, given, _, _ = WESTMINSTER_2024
    from_counts = pj.margins(flat(counts), framework, qualitative=given)
    cases = pj.read_cases(as_file(counts), framework=framework)
    exact = pj.margins(cases, qualitative=given)
    assert (exact["flag"] == "").all()
    for field in FIELDS[:2]:
        assert exact[field].tolist() == from_counts[field].tolist()
    for field in FIELDS[2:4]:
        assert (exact[field] >= from_counts[field]).all()


def test_two_cases_that_share_nothing_are_two() -> None:
    # Each question misses its band by one answer; no case answers No to both.
    text = "case,2.1.1,2.1.2\n" + "".join(
        f"{i},{'no' if i in (0, 1, 2) else 'yes'},{'no' if i in (3, 4, 5) else 'yes'}\n"
        for i in range(12)
    )
    rows = pj.margins(pj.read_cases(text, framework="iyjwcv-2025"))
    assert rows[rows["number"] == 0][FIELDS].tolist() == [(2, 2, 2, 2, "")]
    shared = text.replace("0,no,yes", "0,no,no").replace("3,yes,no", "3,yes,yes")
    rows = pj.margins(pj.read_cases(shared, framework="iyjwcv-2025"))
    assert rows[rows["number"] == 0][FIELDS].tolist() == [(2, 2, 2, 1, "")]


def rating(framework: str, answers: np.ndarray, given: dict, item: str) -> int:
    """Rating after a change, through the public function: the overall ('') or a standard."""
    keys = ["2.1/1", "2.1/2", "2.2/1", "2.2/2", "2.3/1", "2.3/2"][: answers.shape[1]]
    counts = {key: (int(col.sum()), len(col)) for key, col in zip(keys, answers.T, strict=True)}
    rated = pj.rate_cases(counts, framework, qualitative=given)
    if not item:
        return int(rated.overall["overall"][0])
    return int(rated.standards["rating"][rated.standards["standard"] == item][0])


def fewest_by_trying(answers: np.ndarray, item: str, *, up: bool) -> int:
    """Fewest cases, each made all Yes or all No, that move a rating; -1 if not all of them do."""
    given = {"V1": 2}
    before = rating("iyjwcv-2025", answers, given, item)
    for n in range(1, len(answers) + 1):
        for chosen in itertools.combinations(range(len(answers)), n):
            changed = answers.copy()
            changed[list(chosen)] = int(up)
            after = rating("iyjwcv-2025", changed, given, item)
            if (after > before) if up else (after < before):
                return n
    return -1


@pytest.mark.parametrize("seed", range(6))
def test_exact_cases_against_every_subset(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = (random.random((7, 6)) < random.uniform(0.3, 0.9)).astype(int)
    header = "case,2.1.1,2.1.2,2.2.1,2.2.2,2.3.1,2.3.2\n"
    lines = [
        f"{i},{','.join('yes' if a else 'no' for a in row)}\n" for i, row in enumerate(answers)
    ]
    cases = pj.read_cases(header + "".join(lines), framework="iyjwcv-2025")
    rows = pj.margins(cases, qualitative={"V1": 2})
    for item in ("2.1", "2.2", "2.3", ""):
        row = rows[(rows["standard"] == item) & (rows["number"] == 0)][0]
        assert row["flag"] == ""
        assert row["down_cases"] == fewest_by_trying(answers, item, up=False), item
        assert row["up_cases"] == fewest_by_trying(answers, item, up=True), item
