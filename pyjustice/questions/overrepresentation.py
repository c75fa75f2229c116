"""A caseload's groups beside those of the children who live there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pyjustice.ground.dtypes import SHARE_DTYPE
from pyjustice.ground.errors import DataError
from pyjustice.measures.flags import Flag
from pyjustice.measures.multiple import families, q_values
from pyjustice.measures.shares import compare_shares
from pyjustice.questions.comparisons import counts_of, is_unknown
from pyjustice.questions.printed_shares import printed_shares
from pyjustice.readers.reports import Reports

__all__ = ["overrepresentation"]

Rows: TypeAlias = NDArray[np.void]

AGES = "10-17"
NAN = math.nan


def overrepresentation(
    caseload_share: ArrayLike | Reports,
    population_share: ArrayLike | None = None,
    *,
    groups: Sequence[str] | None = None,
    population: str | None = None,
    n: int | None = None,
    unknown: float | None = None,
    family: Literal["all"] | int = "all",
    level: float = 0.95,
) -> Rows:
    """Compare each group's share of a caseload with its share of the children aged 10 to 17.

    Parameters
    ----------
    caseload_share : array_like of shape (groups,), or Report or Reports
        Percent of the caseload. Of a report: what it prints of children by ethnicity, and nothing
        is compared; the other arguments are then left out.
    population_share : array_like of shape (groups,)
        Percent of the population aged 10 to 17; NaN where not known.
    groups : sequence of str
        Names. The share of a group such as 'Not known' is the unknown share.
    population : {'10-17', 'all ages'}
        Whom the population's shares are of; 'all ages' is refused, for children are of other
        groups than their grandparents.
    n : int, optional
        Children of the caseload. Without it a share may be that of four children or of four
        hundred: there is no interval, and no ratio either.
    unknown : float, optional
        Percent of the caseload whose group is not known, if it is not among `groups`.
    family : 'all' or int
        How many comparisons this is one of: those made here, or more if others are looked at too.
    level : float

    Returns
    -------
    numpy.ndarray of SHARE_DTYPE
        One row a group: both shares, ``ratio`` (caseload's over population's: above 1, there are
        more in the caseload than live there) and ``difference`` in percentage points, with limits;
        ``p``, ``q`` and ``family``, the comparisons that they are of; ``unknown_share``, NaN where
        it is not given. Without `n` the ratio is NaN and the flag 'no
        denominator'. Of a report one row a figure: ``group`` is its words, ``as_of`` when it was
        so, as the report says it, ``published`` and ``fieldwork`` the report's dates, with line,
        start and end; a figure whose words are of an area's children is a population share.

    Raises
    ------
    DataError
        Shares that are no percentages or sum to more than 100, a population of all ages.

    Notes
    -----
    Limits of a caseload's share: Clopper and Pearson, for the least and the most children that the
    printed percentage may stand for, and the exact binomial test that agrees with them; ``q``:
    Benjamini and Hochberg (1995). The population's share is taken as known. Figures of a report
    are given as printed and never paired: two percentages of one report may be of two days, and a
    borough's of all its residents.

    Examples
    --------
    >>> found = overrepresentation([40, 57, 3], [18, 80, np.nan], population="10-17", n=100,
    ...                            groups=["Black", "White", "Not known"])
    >>> row = found[0]
    >>> print(f"{row['ratio']:.1f} ({row['ratio_lower']:.1f} to {row['ratio_upper']:.1f})")
    2.2 (1.7 to 2.8)
    >>> row["unknown_share"]
    np.float64(3.0)
    """
    if isinstance(caseload_share, Reports):
        if any(given is not None for given in (population_share, groups, population, n, unknown)):
            raise DataError(
                "overrepresentation: the figures of a report are given as printed; to compare one,"
                " give it as a number with the share of the population aged 10 to 17"
            )
        return _of_reports(caseload_share, level)
    if population_share is None or groups is None:
        raise DataError("overrepresentation: expected population_share and groups")
    if population != AGES:
        why = " (a caseload is of children)" if population == "all ages" else ""
        raise DataError(f"population: expected '10-17', got {population!r}{why}")
    if n is not None and (n < 1 or n != int(n)):
        raise DataError(f"n: expected the number of children in the caseload, got {n!r}")
    if not 0 < level < 1:
        raise DataError(f"level: expected a number between 0 and 1, got {level!r}")
    names = _names(groups)
    shares = _percentages("caseload_share", caseload_share, names)
    others = _percentages("population_share", population_share, names)
    if np.isnan(shares).any():
        raise DataError("caseload_share: expected a percentage for each group")
    decimals = max(_decimals(share) for share in shares.tolist())
    size = NAN if n is None else float(n)
    found = [
        {"group": name, "population": AGES,
         **compare_shares(share, other, size, decimals=decimals, level=level)}
        for name, share, other in zip(names, shares.tolist(), others.tolist(), strict=True)
    ]  # fmt: skip
    for fields in found:
        if is_unknown(str(fields["group"])):
            fields |= {"flag": Flag.UNKNOWN_GROUP, "p": NAN}
    return _rows(found, _unknown_share(unknown, names, shares), level, family)


def _names(groups: Sequence[str]) -> list[str]:
    names = [str(name) for name in groups]
    if isinstance(groups, str) or len(set(names)) < len(names) or not names:
        raise DataError("groups: expected a list of names, each of them once")
    return names


def _percentages(name: str, values: ArrayLike, names: Sequence[str]) -> Any:
    shares = counts_of(name, values, names, whole=False)
    total = np.nansum(shares)
    if (shares > 100).any() or total > 100 + len(names):
        raise DataError(f"{name}: expected percentages that sum to 100 at most, got {total:g}")
    if 0 < total <= 1.01:
        raise DataError(f"{name}: expected percentages, got fractions that sum to {total:g}")
    return shares


def _decimals(share: float) -> int:
    return next((places for places in range(3) if round(share, places) == share), 3)


def _unknown_share(given: float | None, names: Sequence[str], shares: Any) -> float:
    among = [share for name, share in zip(names, shares.tolist(), strict=True) if is_unknown(name)]
    if given is not None and (among or not 0 <= given <= 100):
        raise DataError("unknown: expected a percentage that is not among the groups too")
    return given if given is not None else sum(among) if among else NAN


def _of_reports(reports: Reports, level: float) -> Rows:
    found: list[dict[str, Any]] = []
    for share in printed_shares(reports):
        inspection = reports.inspections[share.row["report"]]
        own = float(share.row["value"])
        caseload, area = (NAN, own) if share.of_area else (own, NAN)
        found.append(
            {
                "group": share.words,
                **compare_shares(caseload, area, NAN, decimals=0, level=level),
                "as_of": share.when,
                **{name: inspection[name] for name in ("service", "published", "fieldwork")},
                **{name: share.row[name] for name in ("report", "line", "start", "end")},
            }
        )
    return _rows(found, NAN, level)


def _rows(
    found: Sequence[dict[str, Any]], unknown: float, level: float, family: Any = "all"
) -> Rows:
    rows = np.zeros(len(found), SHARE_DTYPE)
    nowhere: dict[str, Any] = dict.fromkeys(("line", "start", "end", "report"), -1)
    nowhere |= dict.fromkeys(("published", "fieldwork"), np.datetime64("NaT", "D"))
    for row, fields in zip(rows, found, strict=True):
        for name, value in (nowhere | fields).items():
            row[name] = value
    rows["q"], rows["family"] = q_values(rows["p"], *families(family, rows.shape))
    rows["unknown_share"], rows["level"], rows["method"] = unknown, level, "clopper-pearson"
    return rows
