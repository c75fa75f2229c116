"""A mock inspection for people: a line a standard with what would move it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pyjustice.ground.codes import Rating
from pyjustice.ground.frameworks import Framework
from pyjustice.looks.output import in_words, number_of, plain, rating_style
from pyjustice.measures.findings import Rows
from pyjustice.measures.flags import Flag
from pyjustice.questions.explain import explain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from pyjustice.questions.mock_inspection import Ratings

__all__ = ["show_mock_inspection"]


_ABOUT_CHANCES = (
    "The probability that the same inspectors, judging in the same way, would have given the same"
    " band had they looked at all eligible cases. It is not the chance that a rating is true: how"
    " inspectors differ in their judgement is not in it. 'Apart': each key question fails by"
    " itself; 'together': the weakest decides."
)


def show_mock_inspection(
    console: Console, ratings: Ratings, moves: Rows, bands: Rows | None
) -> None:
    """Show each group: its standards, its overall rating, and, if known, how sure the bands are."""
    flags: dict[str, None] = {}
    for number, total in enumerate(ratings.overall):
        own = [_of_group(rows, total, ratings.by) for rows in (ratings.standards, moves)]
        _heading(console, ratings, total)
        console.print(_standards(ratings.framework, own[0], own[1], total))
        if bands is not None:
            console.print()
            console.print(_chances(ratings.framework, _of_group(bands, total, ratings.by)))
        if number < len(ratings.overall) - 1:
            console.print()
        flags.update(dict.fromkeys(str(row["flag"]) for row in own[0]))
        flags[str(total["flag"])] = None
    if not len(ratings.overall):
        console.print("No case in it.")
        return
    _notes(console, [flag for flag in flags if flag], chances=bands is not None)


def _of_group(rows: Rows, total: np.void, by: Sequence[str]) -> Rows:
    same = np.ones(len(rows), bool)
    for name in by:
        same &= rows[name] == total[name]
    found: Rows = rows[same]
    return found


def _heading(console: Console, ratings: Ratings, total: np.void) -> None:
    names = [plain(str(total[name])) for name in ratings.by]
    title = ", ".join(name for name in names if name)
    if title:
        console.print(title, style="bold")
    counted = f", {number_of(int(total['rows']), 'case')}" if total["rows"] >= 0 else ""
    console.print(ratings.framework.name + counted, style="dim")
    console.print()


def _standards(rules: Framework, standards: Rows, moves: Rows, total: np.void) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    moved = {str(row["standard"]): row for row in moves[moves["number"] == 0]}
    for row in standards:
        code = str(row["standard"])
        word = "Not given" if row["flag"] == Flag.NOT_GIVEN else _word(int(row["rating"]))
        text = Text(word, style=rating_style(rules, int(row["rating"])))
        if row["cases"] >= 0:
            text.append(f", {row['yes']} of {row['cases']}", style="default not bold")
        elif row["rated_by"] == "qualitative":
            text.append(", as given", style="default not bold")
        elif row["flag"] and row["flag"] != Flag.NOT_GIVEN:
            text.append(f": {row['flag']}", style="default not bold")
        if code in moved:
            _append_moves(text, rules, moved[code], "")
        table.add_row(code, text)
    if rules.gives_overall:
        overall = int(total["overall"])
        word = "not known" if total["flag"] == Flag.MISSING_RATINGS else _word(overall)
        text = Text(word, style=rating_style(rules, overall))
        if total["max_score"] > 0 and overall >= 0:
            text.append(f", {total['score']} of {total['max_score']}", style="default not bold")
        elif total["missing"]:
            text.append(f": without {total['missing']}", style="default not bold")
        if "" in moved:
            _append_moves(text, rules, moved[""], "answer")
        table.add_row("", Text("Overall ", style="bold").append_text(text))
    else:
        table.add_row("", Text("Overall none given", style="dim"))
    return table


def _word(code: int) -> str:
    return "Not found" if code == Rating.NOT_FOUND else Rating(code).word


def _append_moves(text: Text, rules: Framework, move: np.void, unit: str) -> None:
    """': one fewer, Requires improvement; three more, Outstanding', with a unit or none."""
    parts = []
    for way, more in (("down", "fewer"), ("up", "more")):
        answers = int(move[f"{way}_answers"])
        if answers >= 0:
            many = (
                f"{in_words(answers)} {unit}{'s' * (answers != 1)}" if unit else in_words(answers)
            )
            parts.append(f"{many.strip()} {more}, {rules.word(int(move[f'{way}_rating']))}")
    if parts:
        text.append(": " + "; ".join(parts), style="default not bold")


def _chances(rules: Framework, bands: Rows) -> Any:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for _ in range(4):
        table.add_column(no_wrap=True)
    table.add_row("", "Had all eligible cases been seen", "apart", "together", style="dim")
    found: dict[str, Mapping[str, Any]] = {}
    for row in bands[bands["number"] == 0]:
        found.setdefault(str(row["standard"]), {})[str(row["scenario"])] = row  # type: ignore[index]
    for code, scenarios in found.items():
        apart = scenarios.get("independent", scenarios.get("single"))
        together = scenarios.get("fully dependent", scenarios.get("single"))
        assert apart is not None, "a standard has both scenarios or the one"
        assert together is not None
        eligible = f", of {apart['eligible']:,.0f}" if np.isfinite(apart["eligible"]) else ""
        table.add_row(
            code or "Overall",
            f"{rules.word(int(apart['rating']))} again{eligible}",
            _probability(float(apart["p_same"])),
            _probability(float(together["p_same"])),
        )
    return table


def _probability(p: float) -> str:
    """Two decimals, and neither certainty where there is none."""
    if np.isnan(p):
        return "not known"
    if 0 < p < 0.01:
        return "under .01"
    if 0.99 < p < 1:
        return "over .99"
    return f"{p:.2f}".removeprefix("0")


def _notes(console: Console, flags: Sequence[str], *, chances: bool) -> None:
    from rich.padding import Padding

    console.print()
    console.print(
        "A standard has the rating of its lowest key question. 'One fewer': had one answer less"
        " been Yes; 'one more': the fewest answers, over all of its questions, to rise.",
        style="dim",
    )
    if chances:
        console.print(_ABOUT_CHANCES, style="dim")
    for flag in flags:
        console.print()
        console.print(flag, style="bold")
        for line in explain(flag).split("\n"):
            console.print(Padding(line, (0, 0, 0, 2)))
