"""Frameworks and phrases of form as the plain tables that the engine takes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pyjustice import _core
from pyjustice.ground.forms import forms
from pyjustice.ground.frameworks import Framework, framework, frameworks

__all__ = ["Tables", "default_rulebook", "rulebook", "tables"]

_DAY_0 = date(1970, 1, 1).toordinal()


class Tables(NamedTuple):
    """Rows in the order of the engine's structs; indices point into the lists before."""

    frameworks: list[tuple[str, int | None, int | None, tuple[int, ...], bool]]
    """Id, first and last day of fieldwork since 1970-01-01, possible totals, overall given."""
    standards: list[tuple[int, str, str, str, bool, bool, bool, int]]
    """Framework, code, title, domain, core, counts towards the total, pooled score, key
    questions with a percentage."""
    questions: list[tuple[int, int, str]]
    """Standard, number, wording."""
    phrases: list[tuple[str, str, int, int, int, int]]
    """Role by name, text, framework, standard, number, value; -1 for none."""


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal() - _DAY_0


def tables(chosen: Sequence[Framework]) -> Tables:
    """Lay out frameworks, oldest first, together with the phrases of form."""
    out = Tables([], [], [], [(role, text, -1, -1, -1, value) for role, text, value in forms()])
    for index, fw in enumerate(chosen):
        maxima = fw.totals.maxima if fw.totals is not None else ()
        out.frameworks.append((fw.id, _day(fw.first), _day(fw.last), maxima, fw.gives_overall))
        base = len(out.standards)
        for position, standard in enumerate(fw.standards):
            pooled = standard.rated_by == "score"
            asked = sum(q.has_percent for q in standard.questions)
            out.standards.append(
                (index, standard.code, standard.title, standard.domain, standard.core,
                 standard.counts, pooled, asked)
            )  # fmt: skip
            out.questions.extend((base + position, q.number, q.text) for q in standard.questions)
        for role, text, position, number, value in fw.phrases():
            if role == "question" and fw.standards[position].rated_by == "score":
                continue  # a pooled score has a heading, not a question
            out.phrases.append(
                (role, text, index, -1 if position < 0 else base + position, number, value)
            )
    return out


def rulebook(chosen: Sequence[Framework]) -> _core.Rulebook:
    """Build the engine's rulebook of frameworks, oldest first."""
    laid = tables(chosen)
    phrases = [(_core.ROLES[role], *rest) for role, *rest in laid.phrases]
    return _core.Rulebook(laid.frameworks, laid.standards, laid.questions, phrases)


@functools.cache
def default_rulebook() -> _core.Rulebook:
    """The rulebook of every framework that the package knows; immutable, so one serves all."""
    return rulebook([framework(name) for name in frameworks()])
