"""The engine driven over a file of cases: blocks to threads, results in the order of the file."""

from __future__ import annotations

import itertools
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, Self, TypeAlias, TypeVar

from pyjustice import _core
from pyjustice.ground.answers import vocabulary
from pyjustice.ground.errors import ParseError
from pyjustice.readers.case_columns import SKIP, Layout
from pyjustice.readers.case_files import Block, CaseFile, TornRecordError, line_ends

__all__ = ["ANSWERED", "TEXT", "Progress", "make_plan", "scan_file"]

Progress = Callable[[int, int], object]

# Roles of columns, as the engine numbers them.
_SKIPPED, TEXT = -1, -2
# Answer codes in the order in which the engine counts them.
ANSWERED = (0, 1, -1, -2, -3)


class _Result(Protocol):
    @property
    def line_ends(self) -> int: ...
    def absorb(self, other: Self, /) -> None: ...


_Fault: TypeAlias = ParseError | TornRecordError
_R = TypeVar("_R", bound=_Result)


def make_plan(layout: Layout, delimiter: bytes, texts: set[int] | None = None) -> _core.CasePlan:
    """Tell the engine what each column is.

    Parameters
    ----------
    layout : Layout
    delimiter : bytes
    texts : set of int, optional
        The columns to keep as text; by default all that answer no question and are not skipped.
    """
    questions = layout.questions
    roles = []
    for i, meaning in enumerate(layout.meanings):
        if "/" in meaning:
            roles.append(questions.index(meaning))
        elif i in texts if texts is not None else meaning != SKIP:
            roles.append(TEXT)
        else:
            roles.append(_SKIPPED)
    return _core.CasePlan(roles, list(vocabulary()), delimiter)


def scan_file(
    file: CaseFile,
    plan: _core.CasePlan,
    scan: Callable[[_core.CasePlan, memoryview | bytes], _R],
    total: _R,
    progress: Progress | None = None,
) -> _R:
    """Read all blocks of a file, several at a time, and put the results together in order.

    Parameters
    ----------
    file : CaseFile
    plan : CasePlan
    scan : callable
        ``_core.scan_columns`` or ``_core.scan_tally``.
    total : CaseColumns or CaseTally
        Empty; the results are absorbed into it, and it is returned.
    progress : callable, optional
        Called as ``progress(bytes read, bytes in all)``.

    Raises
    ------
    ParseError
        A quote that never closes, a record too long, a compressed file that ends early: with the
        line. What was read before it is lost with it.
    """
    workers = os.cpu_count() or 1
    numbers, turn = itertools.count(), threading.Lock()
    blocks: list[Block] = []  # not in use at the moment

    def scan_next() -> tuple[int, _R | _Fault | None]:
        """Scan the next block of the file: its number, and None behind the last one."""
        with turn:
            block = blocks.pop() if blocks else Block()
        try:
            with turn:
                number = next(numbers)
                end = file.fill(block)
            return number, scan(plan, block.view[:end]) if end else None
        except (ParseError, TornRecordError) as error:
            return number, error
        finally:
            blocks.append(block)

    # The main thread waits on futures, so that Ctrl-C reaches it; what is not begun is dropped.
    pool = ThreadPoolExecutor(workers)
    try:
        waiting = deque(pool.submit(scan_next) for _ in range(2 * workers))
        done: dict[int, _R | _Fault | None] = {}
        at, ended = 0, False
        while waiting:
            number, part = waiting.popleft().result()
            done[number] = part
            ended |= part is None
            while at in done:
                _absorb(file, total, done.pop(at))
                at += 1
            if progress is not None and part is not None:
                progress(file.done(), file.size)
            if not ended:
                waiting.append(pool.submit(scan_next))
    finally:
        pool.shutdown(cancel_futures=True)
    return total


def _absorb(file: CaseFile, total: _R, part: _R | _Fault | None) -> None:
    """Add what a block holds, or raise its error with the line in the file."""
    before = file.first_line + total.line_ends
    if isinstance(part, ParseError):
        raise ParseError(part.message, file.name, before + part.line - 1)
    if isinstance(part, TornRecordError):
        raise ParseError(part.message, file.name, before + line_ends(part.rest))
    if part is not None:
        total.absorb(part)
