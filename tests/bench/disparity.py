"""Bootstrap by child beside scipy's: `python -m tests.bench.disparity [--rows N] [--resamples N]`.

One made-up set of cases (by default 1,000,000, up to three of a child), two groups, one outcome:
the ratio of the two groups' rates, with its limits from resamples of children. pyjustice through
`disparity_of`, and the drawing alone; scipy.stats.bootstrap on the children's counts, its fastest
form (paired, vectorized, batches); numpy draws of the multinomial kinds. Also fairlearn's and
pandas' ratio of the same rows, where fairlearn is installed: point estimates must be equal. scipy
is given fewer resamples, for it takes long, and its time is scaled up; the limits are compared
with as many of ours. Prints ratios; fails if figures differ.
"""

import argparse
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy import stats

import pyjustice as pj
from pyjustice.measures.bootstrap import kinds_of_children, resampled


def made(rows: int) -> tuple[Any, Any, Any]:
    """Child, group and outcome of each case."""
    random = np.random.default_rng(1)
    child = np.sort(random.integers(0, rows // 2, rows))
    group = (np.arange(rows // 2) % 10 < 3)[child].astype(np.intp)
    luck = random.uniform(0.5, 1.5, rows // 2)[child]
    outcome = (random.random(rows) < 0.1 * luck * np.where(group, 1.4, 1.0)).astype(np.intp)
    return child, group, outcome


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def ratios(totals: Any) -> Any:
    """Of counts by group (reference, group) and outcome (no, yes)."""
    no, yes, no_own, yes_own = (totals[..., i].astype(float) for i in range(4))
    return (yes_own / (no_own + yes_own)) / (yes / (no + yes))


def by_scipy(child: Any, cell: Any, resamples: int) -> Any:
    counts = np.zeros((child.max() + 1, 4), np.int64)
    np.add.at(counts, (child, cell), 1)
    counts = counts[counts.sum(1) > 0]

    def statistic(*columns: Any, axis: int = -1) -> Any:
        return ratios(np.stack([column.sum(axis=axis) for column in columns], axis=-1))

    return stats.bootstrap(
        tuple(counts.T), statistic, paired=True, vectorized=True, n_resamples=resamples, batch=10,
        method="percentile", rng=np.random.default_rng(2),
    ).confidence_interval  # fmt: skip


def by_fairlearn(group: Any, outcome: Any) -> float:
    from fairlearn.metrics import MetricFrame, selection_rate

    rates = MetricFrame(
        metrics=selection_rate, y_true=outcome, y_pred=outcome, sensitive_features=group
    ).by_group
    return float(rates[1] / rates[0])


def as_cases(child: Any, group: Any, outcome: Any) -> pj.Cases:
    names = np.array(["White", "Black"])
    words = np.array(["No", "Yes"])
    rows = zip(child.tolist(), names[group].tolist(), words[outcome].tolist(), strict=True)
    text = "Case,Ethnicity,2.1/1\n" + "\n".join(f"{c},{g},{o}" for c, g, o in rows) + "\n"
    return pj.read_cases(text, framework="iyjs-2025")


def main(words: list[str]) -> int:
    """Measure, compare and return an exit code."""
    parser = argparse.ArgumentParser(prog="tests.bench.disparity")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--resamples", type=int, default=10_000)
    parser.add_argument("--scipy", type=int, default=100, help="resamples that scipy makes")
    given = parser.parse_args(words)
    child, group, outcome = made(given.rows)
    cell = group * 2 + outcome
    cases = as_cases(child, group, outcome)
    whole, found = timed(
        lambda: pj.disparity_of(
            cases, by="ethnicity", outcome="2.1/1", reference="White", seed=1,
            resamples=given.resamples,
        )
    )  # fmt: skip
    row = found[found["group"] == "Black"][0]
    alone, drawn = timed(
        lambda: resampled(
            kinds_of_children(child, cell), 4, resamples=given.resamples, seed=1, statistic=ratios
        )
    )
    theirs, limits = timed(lambda: by_scipy(child, cell, given.scipy))
    scaled = theirs * given.resamples / given.scipy
    print(f"{given.rows:,} rows, {given.resamples:,} resamples by child")
    print(f"pyjustice, disparity_of   {whole:10.2f} s")
    print(f"pyjustice, bootstrap      {alone:10.2f} s")
    print(f"scipy.stats.bootstrap     {scaled:10.1f} s   ({given.scipy} in {theirs:.1f} s)")
    print(f"scipy / disparity_of      {scaled / whole:10.0f}")
    print(f"scipy / bootstrap         {scaled / alone:10.0f}")
    own = np.quantile(drawn, [0.025, 0.975])
    print(f"ratio {row['ratio']:.5f}; limits {own.round(4)} and scipy's {np.round(limits, 4)}")
    same = np.ptp(own) == np.clip(np.ptp(own), 0.6 * np.ptp(limits), 1.6 * np.ptp(limits))
    points = {"counts": float(ratios(np.bincount(cell, minlength=4)))}
    if find_spec("fairlearn"):
        points["fairlearn"] = by_fairlearn(group, outcome)
    else:
        print("fairlearn is not installed: left out")
    for name, point in points.items():
        agrees = abs(point - row["ratio"]) < 1e-12
        print(f"point estimate of {name}: {'the same' if agrees else point}")
        same = same and agrees
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
