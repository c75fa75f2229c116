"""Truth against what a reader returned, field by field, in words a person can act on.

Comparison is exact where the documents decide and lenient where they do not:

* quotes, spaces, soft hyphens and ligatures are folded, since records are folded and truth is not;
* a rating's title may be any of the framework's spellings;
* a question's wording may be the framework's or as printed, spaces and all; the mark of a bullet is
  -1 or 0;
* counts that were inferred are compared only where the reader says that they are unique;
* a mention of this service may name it or leave the name empty, and may carry this inspection's
  year or none; one of a scale recited may be left out; a mention that repeats another is no fault;
* numbers and populations beyond those planted are no fault, but percentages, counts, fractions and
  rates are: the prose is ours and holds no others, except the score in a full joint inspection's
  sentence.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from .shelf import shelf
from .spans import bare
from .truth import Made, MentionTruth, QuantityTruth, Truth

FOLDED = {ord(a): b for a, b in zip("‘’“”‐‑–—", "''\"\"----", strict=True)}


def fold(text: object) -> str:
    plain = unicodedata.normalize("NFKC", str(text)).replace("\u00ad", "").translate(FOLDED)
    return re.sub(r"\s+", " ", plain).strip().lower()


def close(left: float, right: float | None) -> bool:
    if right is None:
        return math.isnan(left)
    return math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-9)


def one(report: Any, name: str) -> list[Any]:
    """Rows of this table, as plain records."""
    return list(getattr(report, name))


def compare_inspection(truth: Truth, report: Any) -> Iterable[str]:
    rows = one(report, "inspections")
    if len(rows) != 1:
        yield f"inspections: {len(rows)} rows, one expected"
        return
    row = rows[0]
    if row["kind"] != truth.kind:
        yield f"kind: {row['kind']!r}, expected {truth.kind!r}"
    if truth.kind == "other":
        if row["framework"] or row["overall"] >= 0 or row["score"] >= 0:
            found = (str(row["framework"]), int(row["overall"]), int(row["score"]))
            yield f"other: framework, overall, score {found}, none expected"
        return
    if truth.kind == "report" and row["framework"] != truth.framework:
        yield f"framework: {row['framework']!r}, expected {truth.framework!r}"
    if fold(row["service"]) != fold(truth.service):
        yield f"service: {row['service']!r}, expected {truth.service!r}"
    if int(row["overall"]) != truth.overall:
        yield f"overall: {row['overall']}, expected {truth.overall}"
    for name in ("published", "fieldwork"):
        precision = getattr(truth, f"{name}_precision")
        if precision < 0:
            continue  # a date that a careful reader may take or leave
        day = getattr(truth, name)
        got = str(row[name])
        expected = "NaT" if day is None else day.isoformat()
        if got != expected or int(row[f"{name}_precision"]) != precision:
            yield (
                f"{name}: {got} precision {row[f'{name}_precision']}, "
                f"expected {expected} precision {precision}"
            )
    if truth.kind == "report":
        for name in ("score", "max_score", "stated_recommendations"):
            if int(row[name]) != getattr(truth, name):
                yield f"{name}: {row[name]}, expected {getattr(truth, name)}"


def compare_ratings(truth: Truth, report: Any) -> Iterable[str]:
    rows = {str(row["standard"]): row for row in one(report, "ratings")}
    if len(rows) != len(report.ratings):
        yield f"ratings: a standard twice in {[str(r['standard']) for r in report.ratings]}"
    expected = {rating.standard: rating for rating in truth.ratings}
    for standard in sorted(rows.keys() - expected.keys()):
        yield f"rating {standard}: {rows[standard]['word']!r} found, none expected"
    for standard, rating in expected.items():
        row = rows.get(standard)
        if row is None:
            yield f"rating {standard}: no row, expected {rating.word!r}"
            continue
        if int(row["rating"]) != rating.rating or fold(row["word"]) != fold(rating.word):
            yield (
                f"rating {standard}: {row['rating']} {row['word']!r}, "
                f"expected {rating.rating} {rating.word!r}"
            )
        titles = {fold(title) for title in shelf(truth.framework).standard(standard).titles}
        if fold(row["title"]) not in titles:
            yield f"rating {standard}: title {row['title']!r}, expected {rating.title!r}"
        if str(row["domain"]) != rating.domain or bool(row["counts"]) != rating.counts:
            yield f"rating {standard}: domain {row['domain']!r} counts {row['counts']}"
        if not close(float(row["percent"]), rating.percent):
            yield f"rating {standard}: percent {row['percent']}, expected {rating.percent}"


def compare_questions(truth: Truth, report: Any) -> Iterable[str]:
    rows = {
        (str(row["standard"]), int(row["number"])): row
        for row in one(report, "questions")
        if not math.isnan(float(row["percent"]))
    }
    figures = sum(not math.isnan(float(row["percent"])) for row in report.questions)
    if figures != len(rows):
        yield f"questions: {figures} rows for {len(rows)} questions"
    expected = {(q.standard, q.number): q for q in truth.questions}
    for key in sorted(rows.keys() - expected.keys()):
        yield f"question {key[0]}/{key[1]}: {rows[key]['percent']} found, none expected"
    for key, question in expected.items():
        name = f"question {key[0]}/{key[1]}"
        row = rows.get(key)
        if row is None:
            yield f"{name}: missing, expected {question.percent}%"
            continue
        if float(row["percent"]) != question.percent:
            yield f"{name}: {row['percent']}, expected {question.percent}"
        wordings = {bare(text)[:120] for text in question.wordings}
        if wordings and bare(str(row["question"]))[:120] not in wordings:
            yield f"{name}: wording {row['question']!r}"
        counts = (int(row["yes"]), int(row["cases"]))
        source = str(row["counts_from"])
        if question.cases < 0 and (counts[0] >= 0 or source):
            yield f"{name}: counts {counts} {source!r}, a pooled score has none"
        elif question.printed and (source != "printed" or counts != (question.yes, question.cases)):
            yield (
                f"{name}: counts {counts} {source!r}, printed are {(question.yes, question.cases)}"
            )
        elif source == "printed" and not question.printed:
            yield f"{name}: counts {counts} 'printed', none are"
        elif source == "inferred" and row["unique"] and counts != (question.yes, question.cases):
            yield f"{name}: counts {counts} inferred, expected {(question.yes, question.cases)}"


def compare_lists(truth: Truth, report: Any) -> Iterable[str]:
    samples = {str(row["domain"]): int(row["cases"]) for row in one(report, "samples")}
    expected = {sample.domain: sample.cases for sample in truth.samples}
    if samples != expected or len(report.samples) != len(samples):
        yield f"samples: {samples} ({len(report.samples)} rows), expected {expected}"
    if truth.kind != "report":
        return
    got = [
        (int(r["number"]), max(int(r["printed"]), 0), fold(r["addressee"]))
        for r in one(report, "recommendations")
    ]
    want = [(r.number, max(r.printed, 0), fold(r.addressee)[:127]) for r in truth.recommendations]
    for left, right in zip(got, want, strict=False):
        if left != right:
            yield f"recommendation: {left}, expected {right}"
    if len(got) != len(want):
        yield f"recommendations: {len(got)}, expected {len(want)}"


def same_quantity(row: Any, planted: QuantityTruth) -> bool:
    if str(row["kind"]) != planted.kind or bare(str(row["hedge"])) != bare(planted.hedge):
        return False
    value, denominator = float(row["value"]), float(row["denominator"])
    if planted.kind == "count":
        # Is the value of '9 of 20' 9 or 0.45? The record has both numbers: either is accepted.
        return (float(row["numerator"]), denominator) == (
            planted.numerator,
            planted.denominator,
        ) and (close(value, planted.value) or close(value, planted.numerator))
    if planted.kind == "rate":
        return close(value, planted.value) and close(denominator, planted.denominator)
    return close(value, planted.value)


def compare_quantities(truth: Truth, report: Any) -> Iterable[str]:
    left = one(report, "quantities")
    for planted in truth.quantities:
        found = next((i for i, row in enumerate(left) if same_quantity(row, planted)), None)
        if found is None:
            yield f"quantity: missing {planted}"
        else:
            del left[found]
    # A decision rule recited speaks of 'less than half of the ratings': nothing of this service.
    recited = any("less than half" in m.sentence for m in truth.mentions)
    scores = {q.percent for q in truth.questions if q.cases < 0}
    for row in left:
        kind = str(row["kind"])
        if kind in ("number", "population") or (kind == "percent" and row["value"] in scores):
            continue
        if recited and kind == "fraction" and row["value"] == 0.5 and str(row["hedge"]):
            continue
        yield (
            f"quantity: {kind} {row['value']} ({row['numerator']} of {row['denominator']}) "
            f"hedge {row['hedge']!r} found, none planted"
        )


def same_mention(row: Any, planted: MentionTruth, truth: Truth, own: set[str]) -> bool:
    """Whether this row says what was planted; `own` are names that stand for this service."""
    # Before 2018 'Good' was a word of the older scale, too: of such a year either code is right.
    either = {2, 13} if planted.rating == 2 and 0 < planted.year < 2018 else {planted.rating}
    if int(row["rating"]) not in either or str(row["role"]) != planted.role:
        return False
    if planted.role == "not given":
        return True  # whose it would have been, and for what, is not asserted
    if str(row["standard"]) not in (planted.standard, *planted.also):
        return False
    service = fold(row["service"])
    named = service in ({fold(planted.service)} if planted.role == "other" else own)
    year = int(row["year"])
    if planted.role == "current" and planted.year < 0:
        ours = {day.year for day in (truth.published, truth.fieldwork) if day}
        return named and (year < 0 or year in ours)
    return named and year == planted.year


def compare_mentions(truth: Truth, report: Any) -> Iterable[str]:
    left = one(report, "mentions")
    # A wrong name of the service is one difference, not one for each mention that carries it.
    own = {"", fold(truth.service), *(fold(row["service"]) for row in report.inspections)}
    required = [m for m in truth.mentions if m.required]
    optional = [m for m in truth.mentions if not m.required]
    for planted in required:
        found = next(
            (i for i, row in enumerate(left) if same_mention(row, planted, truth, own)), None
        )
        if found is None:
            yield f"mention: missing {planted}"
        else:
            del left[found]
    for row in left:
        if any(same_mention(row, planted, truth, own) for planted in (*optional, *required)):
            continue
        yield (
            f"mention: {row['role']} {row['word']!r} of {row['service']!r} "
            f"standard {row['standard']!r} year {row['year']} found, none planted"
        )


def compare(made: Made, report: Any) -> list[str]:
    """List the differences between what was made and what was read; empty if there are none."""
    truth = made.truth
    out = list(compare_inspection(truth, report))
    if truth.kind == "report":
        out += [*compare_ratings(truth, report), *compare_questions(truth, report)]
        out += [*compare_lists(truth, report), *compare_quantities(truth, report)]
        out += compare_mentions(truth, report)
    else:
        if len(report.ratings):
            words = Counter(str(row["word"]) for row in report.ratings)
            out.append(f"ratings: {dict(words)} found, none expected")
        if truth.kind == "news":
            out += compare_mentions(truth, report)
        else:
            out += [
                f"mention: current {row['word']!r} of {row['service']!r} found, none expected"
                for row in report.mentions
                if row["role"] == "current"
            ]
    return out
