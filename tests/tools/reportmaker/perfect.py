"""A report as a reader without fault would return it: what `compare` is tested with."""

import math
from types import SimpleNamespace
from typing import Any

from .truth import Made

Rows = list[dict[str, Any]]


def inspection_rows(made: Made) -> Rows:
    truth = made.truth
    row: dict[str, Any] = {
        name: getattr(truth, name)
        for name in ("kind", "framework", "service", "score", "max_score", "overall")
    }
    row["stated_recommendations"] = truth.stated_recommendations
    for name in ("published", "fieldwork"):
        day = getattr(truth, name)
        row[name] = "NaT" if day is None else day.isoformat()
        row[f"{name}_precision"] = max(getattr(truth, f"{name}_precision"), 0)
    return [row]


def perfect(made: Made) -> SimpleNamespace:
    """Turn truth into rows; only what is required of a reader is returned."""
    truth = made.truth
    nan = math.nan
    return SimpleNamespace(
        inspections=inspection_rows(made),
        ratings=[
            {
                "standard": r.standard,
                "title": r.title,
                "domain": r.domain,
                "rating": r.rating,
                "word": r.word,
                "counts": r.counts,
                "percent": nan if r.percent is None else float(r.percent),
            }
            for r in truth.ratings
        ],
        questions=[
            {
                "standard": q.standard,
                "number": q.number,
                "question": q.wordings[0] if q.wordings else "Case assessment score",
                "percent": float(q.percent),
                "yes": q.yes if q.printed else -1,
                "cases": q.cases if q.printed else -1,
                "counts_from": "printed" if q.printed else "",
                "unique": q.printed,
            }
            for q in truth.questions
        ],
        samples=[{"domain": s.domain, "cases": s.cases} for s in truth.samples],
        recommendations=[
            {"number": r.number, "printed": r.printed, "addressee": r.addressee}
            for r in truth.recommendations
        ],
        quantities=[
            {
                "kind": q.kind,
                "value": q.value,
                "numerator": nan if q.numerator is None else q.numerator,
                "denominator": nan if q.denominator is None else q.denominator,
                "hedge": q.hedge,
            }
            for q in truth.quantities
        ],
        mentions=[
            {
                "service": m.service,
                "standard": m.standard,
                "year": m.year,
                "rating": m.rating,
                "word": "",
                "role": m.role,
            }
            for m in truth.mentions
            if m.required
        ],
    )
