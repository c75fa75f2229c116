"""Ratings of many groups at once, beside those of one group after the other."""

import math

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from pyjustice.ground.dtypes import COUNT_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import framework, frameworks
from pyjustice.measures.case_ratings import (
    groups_of,
    judged_questions,
    overall_of,
    rate_group,
    read_qualitative,
)
from pyjustice.measures.rated_counts import rate_counts
from pyjustice.measures.ratings import percent_of, rating_either_way

COUNTED = np.dtype(
    [("service", "U8"), ("standard", "U8"), ("number", "i2")]
    + [(name, "i8") for name in ("yes", "cases", "not_applicable", "dont_know", "blank")]
)


def made_counts(rules, rng, *, groups=40, most=40):
    """Counts of which some questions, some answers and some whole standards are left out."""
    rows = []
    for group in range(groups):
        for standard in rules.standards:
            for number in judged_questions(standard):
                cases = int(rng.integers(0, most)) if rng.random() < 0.9 else 0
                row = np.zeros((), COUNTED)
                row["service"], row["standard"], row["number"] = f"S{group}", standard.code, number
                row["cases"], row["yes"] = cases, rng.integers(0, cases + 1)
                row["dont_know"], row["blank"] = rng.integers(0, 2, 2) * (rng.random() < 0.3)
                if rng.random() < 0.95:
                    rows.append(row)
    return np.array(rows, COUNTED)[rng.permutation(len(rows))]


def made_evidence(rules, rng, groups):
    """Ratings of the standards that rest on evidence, for some groups."""
    codes = [-1, *(rating.code for rating in rules.ratings)]
    others = [one.code for one in rules.standards if one.rated_by in ("evidence", "mixed")]
    return {
        group: {code: int(rng.choice(codes)) for code in others if rng.random() < 0.7}
        for group in groups
        if rng.random() < 0.7
    }


@pytest.mark.parametrize("most", [3, 40, 2**40])
@pytest.mark.parametrize("name", frameworks())
def test_they_are_those_of_each_group(name, most):
    rules = framework(name)
    rng = np.random.default_rng(most % 1000 + len(name))
    counts = made_counts(rules, rng, most=most)
    groups = groups_of(counts, rules)
    evidence = made_evidence(rules, rng, [group.key for group in groups])
    given = read_qualitative(evidence, rules, groups)
    questions, standards, overall = rate_counts(counts, rules, evidence, {("S1",): 7})
    asked, rated, totals = [], [], []
    for group in groups:
        found = rate_group(rules, group, given[group.key])
        for one in found:
            low = one.lowest
            rated.append((
                *group.key, one.standard.code, one.rating, rules.word(one.rating), one.rated_by,
                one.flag, low.number if low else -1, low.yes if low else -1,
                low.cases if low else -1,
            ))  # fmt: skip
            for count in group.counts.get(one.standard.code, ()):
                rating = rules.band_counts(count.yes, count.cases) if count.cases else -1
                asked.append((
                    *group.key, one.standard.code, count.number, count.yes, count.cases,
                    count.dont_know, count.blank, rating, rules.word(rating), count is low,
                ))  # fmt: skip
        total = overall_of(rules, {one.standard.code: one.rating for one in found})
        totals.append(
            (*group.key, total.score, total.maximum, total.rating, ", ".join(total.missing),
             total.flag, 7 if group.key == ("S1",) else -1)
        )  # fmt: skip
    fields = ["service", "standard", "number", "yes", "cases", "dont_know", "blank", "rating",
              "word", "lowest"]  # fmt: skip
    assert questions[fields].tolist() == asked
    fields = ["service", "standard", "rating", "word", "rated_by", "flag", "number", "yes", "cases"]
    assert standards[fields].tolist() == rated
    fields = ["service", "score", "max_score", "overall", "missing", "flag", "rows"]
    assert overall[fields].tolist() == totals


def test_percent_and_flag_of_a_question():
    rules = framework("iyjs-2025")
    counts = np.zeros(820, COUNT_DTYPE)
    pairs = [(yes, cases) for cases in range(40) for yes in range(cases + 1)]
    counts["yes"], counts["cases"] = np.array(pairs).T
    counts["service"] = np.arange(820)
    counts["standard"], counts["number"] = "2.1", 1
    questions, _, _ = rate_counts(counts, rules)
    assert_array_equal(
        questions["percent"], [percent_of(*pair) if pair[1] else math.nan for pair in pairs]
    )
    flags = [
        "no cases"
        if not n
        else "rounding decides"
        if len(rating_either_way(rules, k, n)) > 1
        else ""
        for k, n in pairs
    ]
    assert questions["flag"].tolist() == flags


def test_no_counts_at_all():
    for part in rate_counts(np.zeros(0, COUNT_DTYPE), framework("iyjs-2025")):
        assert len(part) == 0


def test_a_count_that_is_none():
    rules = framework("iyjs-2025")
    counts = np.zeros(2, COUNT_DTYPE)
    counts["standard"], counts["number"], counts["cases"] = "2.1", [1, 2], 5
    for field, value, message in [
        ("number", 1, "given twice"),
        ("number", 9, "judges no cases"),
        ("standard", "9.9", "judges no cases"),
        ("yes", 6, "6 of 5 is no count"),
        ("yes", -1, "-1 of 5 is no count"),
    ]:
        wrong = counts.copy()
        wrong[field][1] = value
        with pytest.raises(DataError, match=message):
            rate_counts(wrong, rules)


def test_evidence_for_what_cases_rate():
    counts = np.zeros(1, COUNT_DTYPE)
    counts["standard"], counts["number"], counts["cases"] = "2.1", 1, 5
    with pytest.raises(DataError, match=r"2\.1 is rated from its cases"):
        rate_counts(counts, framework("iyjs-2025"), {"2.1": "Good"})
