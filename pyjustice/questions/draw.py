"""A sample of cases, drawn as inspectorates draw one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pyjustice.ground.errors import DataError
from pyjustice.measures.samples import shares
from pyjustice.readers.cases import Cases

__all__ = ["draw_sample"]


def draw_sample(cases: Cases, n: int, *, strata: str | Sequence[str], seed: int) -> Cases:
    """Draw cases at random within strata, in proportion to their sizes.

    Parameters
    ----------
    cases : Cases
        All that are eligible.
    n : int
        Cases to draw; see `sample_size`.
    strata : str or sequence of str
        Columns, by role or header, whose combinations are the strata, such as 'sex' and
        'disposal'; an empty sequence draws from all alike.
    seed : int
        The same seed draws the same cases from the same file.

    Returns
    -------
    Cases
        In the order of the file.

    Raises
    ------
    DataError
        `n` is less than zero or more than there are; no such column.

    Notes
    -----
    Places are shared by largest remainder; within a stratum each set of cases is equally likely
    (numpy's PCG64).

    Examples
    --------
    >>> from pyjustice.ground.sample_cases import sample_cases
    >>> from pyjustice.readers.cases import read_cases
    >>> cases = read_cases(sample_cases(cases=400, services=1), framework="iyjs-2025")
    >>> draw_sample(cases, 60, strata=["sex", "disposal"], seed=1)
    <Cases: iyjs-2025; 60 cases, 7 key questions, 18 other columns>
    """
    names = (strata,) if isinstance(strata, str) else tuple(strata)
    if not 0 <= n <= len(cases):
        raise DataError(f"n: expected 0 to {len(cases)} cases, got {n}")
    if not len(cases):
        return cases.take(np.zeros(0, np.intp))
    labels = np.stack([np.full(len(cases), ""), *(cases.labels(name) for name in names)], axis=1)
    _, stratum = np.unique(labels, axis=0, return_inverse=True)
    stratum = stratum.reshape(-1)
    sizes = np.bincount(stratum).tolist()
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = [
        random.choice(np.flatnonzero(stratum == i), share, replace=False)
        for i, share in enumerate(shares(sizes, n))
    ]
    return cases.take(np.sort(np.concatenate(drawn)))
