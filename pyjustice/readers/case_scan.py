"""The engine driven over a file of cases: blocks to threads, results in the order of the file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, Self, TypeVar

from pyjustice import _core
from pyjustice.ground.answers import vocabulary
from pyjustice.ground.errors import ParseError
from pyjustice.readers.case_columns import SKIP, Layout
from pyjustice.readers.case_files import CaseFile, TornRecordError, line_ends

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
    waiting: deque[Future[_R]] = deque()

    def absorb_next() -> None:
        try:
            part = waiting.popleft().result()
        except ParseError as error:
            line = file.first_line + total.line_ends + error.line - 1
            raise ParseError(error.message, file.name, line) from None
        total.absorb(part)
        if progress is not None:
            progress(file.done(), file.size)

    # The main thread waits on futures, so that Ctrl-C reaches it; what is not begun is dropped.
    pool = ThreadPoolExecutor(workers)
    try:
        try:
            for block in file.blocks():
                waiting.append(pool.submit(scan, plan, block))
                if len(waiting) > 2 * workers:
                    absorb_next()
        except TornRecordError as torn:
            while waiting:
                absorb_next()
            line = file.first_line + total.line_ends + line_ends(torn.rest)
            raise ParseError(torn.message, file.name, line) from None
        while waiting:
            absorb_next()
    finally:
        pool.shutdown(cancel_futures=True)
    return total
