"""The fewest cases whose answers, given otherwise, move a rating: exact, by integer programming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.codes import Answer
from pyjustice.measures.moves import Move

__all__ = ["CaseAnswers", "fewest_cases"]

CaseAnswers: TypeAlias = Mapping[str, NDArray[np.int8]]
"""Codes of `Answer` of each case of one group, by key question ('2.1/1'), all of one length."""


def fewest_cases(
    ways: Sequence[Sequence[Move]], wanted: int, answers: CaseAnswers, *, up: bool, least: int
) -> tuple[int, bool]:
    """Count the cases that have to change, at least, for moves that make `wanted` points.

    Parameters
    ----------
    ways : sequence of sequences of Move
        For each standard the moves of which at most one is made.
    wanted : int
        Points; 0 if a single move is enough.
    answers : mapping
    up : bool
        No becomes Yes, else Yes becomes No.
    least : int
        A number that is known to be needed; where it is found to be enough, nothing is searched.

    Returns
    -------
    cases : int
        -1 if no set of cases does it.
    exact : bool
        Whether it is the fewest; else the search was given up, and `cases` is `least`.

    Notes
    -----
    Cases with the same answers are alike, so that the variables are how many of each kind change
    and which move of each standard is made. A changed case may change any of its answers.
    """
    moves = [move for own in ways for move in own]
    if not moves:
        return -1, True
    keys = sorted({f"{move.standard.code}/{number}" for move in moves for number in move.needs})
    from_ = Answer.NO if up else Answer.YES
    can = np.stack([answers[key] == from_ for key in keys], axis=1)
    kinds, sizes = np.unique(can, axis=0, return_counts=True)
    if _shared_cases_suffice(moves, wanted, keys, kinds, sizes, least):
        return least, True
    cases, exact = _solve(ways, wanted, keys, kinds, sizes)
    return (cases, True) if exact else (least, False)


def _shared_cases_suffice(
    moves: Sequence[Move],
    wanted: int,
    keys: Sequence[str],
    kinds: NDArray[np.bool_],
    sizes: NDArray[np.int64],
    least: int,
) -> bool:
    """Whether as many cases as are needed at least can change every answer of one single move."""
    for move in moves:
        if move.cases <= least and move.points >= wanted:
            needed = [keys.index(f"{move.standard.code}/{number}") for number in move.needs]
            if sizes[kinds[:, needed].all(axis=1)].sum() >= move.cases:
                return True
    return False


def _solve(
    ways: Sequence[Sequence[Move]],
    wanted: int,
    keys: Sequence[str],
    kinds: NDArray[np.bool_],
    sizes: NDArray[np.int64],
) -> tuple[int, bool]:
    from scipy.optimize import Bounds, LinearConstraint, milp

    moves = [(s, move) for s, own in enumerate(ways) for move in own]
    n_kinds, n = len(kinds), len(kinds) + len(moves)
    rows: list[NDArray[np.float64]] = []
    lower: list[float] = []
    # A move that is made has its answers: cases that can change them, less what it needs, >= 0.
    for i, (_, move) in enumerate(moves):
        for number, need in move.needs.items():
            row = np.zeros(n)
            row[:n_kinds] = kinds[:, keys.index(f"{move.standard.code}/{number}")]
            row[n_kinds + i] = -need
            rows.append(row)
            lower.append(0)
    # At most one move of each standard.
    for standard in range(len(ways)):
        row = np.zeros(n)
        row[n_kinds:] = [-(s == standard) for s, _ in moves]
        rows.append(row)
        lower.append(-1)
    # Points enough; where points do not matter, one move.
    row = np.zeros(n)
    row[n_kinds:] = [move.points if wanted else 1 for _, move in moves]
    rows.append(row)
    lower.append(wanted or 1)
    found = milp(
        np.concatenate([np.ones(n_kinds), np.zeros(len(moves))]),
        integrality=np.ones(n),
        bounds=Bounds(0, np.concatenate([sizes, np.ones(len(moves))])),
        constraints=LinearConstraint(np.array(rows), lower, np.inf),
        # The solver's own 0.01 % would be a case too many of 10,000.
        options={"mip_rel_gap": 0},
    )
    if not found.success:
        return -1, False
    # The solver works in floats, with a tolerance; what it found is tried in whole numbers.
    made = np.rint(found.x).astype(np.int64)
    enough = (np.array(rows).astype(np.int64) @ made >= np.array(lower)).all()
    cases = int(made[:n_kinds].sum())
    return cases, bool(enough and found.mip_dual_bound > cases - 1 + 1e-6)
