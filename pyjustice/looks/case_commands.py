"""Commands about case files: `pyjustice rate-cases` and `pyjustice sample-cases`."""

from __future__ import annotations

import argparse
import os
import sys
from math import inf
from pathlib import Path
from typing import Any

from pyjustice.ground.errors import ParseError, PyjusticeError
from pyjustice.ground.frameworks import frameworks
from pyjustice.ground.sample_cases import sample_blocks, sample_cases
from pyjustice.looks.case_pages import show_mock_inspection
from pyjustice.looks.command import FINE, UNREADABLE, USAGE, Commands, add_command, rating_given
from pyjustice.looks.output import add_output, number_of, plain, progress_bar, show, tell
from pyjustice.looks.records import Record, records
from pyjustice.measures.findings import Rows
from pyjustice.questions.mock_inspection import Ratings, confidence, margins, rate_cases

__all__ = ["add_case_commands"]

# Refused rows that are listed; all are counted.
_MOST_TOLD = 10

_RATE_EXAMPLES = """\
A file has a row a case and a column for each key question ('2.1.1', 'Q2.1.1', or its
wording), or a row an answer. Rows that cannot be read are listed, and left out.

examples:
  pyjustice rate-cases audit.csv --framework iyjs-2025
  pyjustice rate-cases audit.xlsx --framework iyjwcv-2025 --rating V1=Good --eligible 2=24
  pyjustice rate-cases 2024.csv 2025.csv --framework yjs-2021 --by started.financial_year
  pyjustice rate-cases national.csv.gz --framework iyjs-2025 --format csv --out ratings.csv
"""
_SAMPLE_EXAMPLES = """\
No child, case or service in such a file is real.

examples:
  pyjustice sample-cases audit.csv --cases 400 --services 5
  pyjustice sample-cases untidy.csv --cases 400 --messy    the same cases as people send them
  pyjustice sample-cases - --cases 3 --long                to the terminal, a row an answer
"""


def add_case_commands(commands: Commands) -> None:
    """Declare the commands of this file."""
    rate = add_command(
        commands, "rate-cases", _rate_cases, says="rate case files as an inspection would",
        about="Rate case assessments, and say how close each rating was.", examples=_RATE_EXAMPLES,
    )  # fmt: skip
    rate.add_argument(
        "paths", nargs="+", metavar="FILE",
        help="csv or tsv (also .gz), xlsx or ods, or - for standard input; several are added up",
    )  # fmt: skip
    rate.add_argument(
        "--framework", required=True, metavar="ID",
        help=f"one of {', '.join(frameworks())}, or a file of your own",
    )  # fmt: skip
    rate.add_argument(
        "--by", action="append", metavar="COLUMN",
        help="a rating for each service (default), or by any column or part of a date, such as"
        " started.year; may be given again",
    )  # fmt: skip
    rate.add_argument(
        "--rating", action="append", default=[], type=rating_given, metavar="STANDARD=WORD",
        help="a rating that rests on evidence, such as 1.1=Good; may be given again",
    )  # fmt: skip
    rate.add_argument(
        "--eligible", action="append", default=[], type=_eligible, metavar="[DOMAIN=]N",
        help="cases that started in the window: adds how likely the same band is, had the same"
        " inspectors looked at all of them; 'inf' for a service without end",
    )  # fmt: skip
    rate.add_argument(
        "--columns", metavar="FILE", help="what the headers are, as JSON: see read_cases"
    )
    add_output(rate)

    sample = add_command(
        commands, "sample-cases", _sample_cases, says="make up a file of cases, of any size",
        about="Write a made-up file of cases: the same arguments give the same bytes.",
        examples=_SAMPLE_EXAMPLES,
    )  # fmt: skip
    sample.add_argument("path", metavar="FILE", help="where to write; compressed if it ends in .gz")
    sample.add_argument("--cases", type=int, default=1000, help="how many (default 1000)")
    sample.add_argument("--framework", default="iyjs-2025", metavar="ID", help="default iyjs-2025")
    sample.add_argument(
        "--services", type=_services, metavar="N|NAME,…", help="how many services, or their names"
    )
    sample.add_argument("--seed", type=int, default=0, help="another seed, other cases (default 0)")
    sample.add_argument("--long", action="store_true", help="a row an answer, not a row a case")
    sample.add_argument("--messy", action="store_true", help="with all that people do to a file")
    sample.add_argument("--force", action="store_true", help="write over a file that is there")


def _services(text: str) -> int | list[str]:
    """'5', or 'Ayton,Beeton'."""
    return int(text) if text.isdecimal() else [name.strip() for name in text.split(",")]


def _eligible(text: str) -> tuple[str, float]:
    name, _, value = (part.strip() for part in text.rpartition("="))
    try:
        return name, inf if value.casefold() in ("inf", "infinity") else int(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected a number of cases such as 45 or 2=45, got {text!r}"
        ) from None


def _rate_cases(arguments: argparse.Namespace) -> int:
    sources = [sys.stdin.buffer if path == "-" else path for path in arguments.paths]
    eligible = dict(arguments.eligible)
    try:
        if len(arguments.eligible) > 1 and "" in eligible:
            raise PyjusticeError("--eligible: expected one number, or one for each domain")
        with progress_bar("Counting", counted=False) as step:
            ratings = rate_cases(
                sources,
                arguments.framework,
                by=arguments.by or "service",
                qualitative=dict(arguments.rating),
                columns=arguments.columns,
                errors="collect",
                progress=step,
            )
        moves = margins(ratings)
        bands = confidence(ratings, eligible=eligible.get("", eligible)) if eligible else None
    except ParseError as error:
        tell([plain(str(error))])
        return UNREADABLE
    except OSError as error:
        tell([f"{plain(str(error.filename or 'input'))}: {error.strerror}"])
        return UNREADABLE
    except PyjusticeError as error:
        tell([plain(str(error))])
        return USAGE
    shown = show(
        arguments,
        table=lambda console: show_mock_inspection(console, ratings, moves, bands),
        flat=lambda: _flat(ratings, moves, bands),
        tables=lambda: {
            "overall": records(ratings.overall),
            "standards": records(ratings.standards),
            "questions": records(ratings.questions),
            "margins": records(moves),
            "confidence": records(bands) if bands is not None else [],
            "refused": records(ratings.refused),
        },
    )
    if not shown:
        return USAGE
    return UNREADABLE if tell(_refused(ratings)) else FINE


def _refused(ratings: Ratings) -> list[str]:
    """A line for each of the first refused rows, and one that counts the others."""
    told = []
    for row in ratings.refused[:_MOST_TOLD]:
        place = f":{row['line']}" + (f", column {row['column']}" if row["column"] > 0 else "")
        name = plain(str(row["source"])) or "input"
        told.append(f"{name}{place}: {row['reason']}; the row is left out")
    more = ratings.rows_refused - len(told)
    if more > 0:
        told.append(f"{number_of(more, 'more row')} of {ratings.rows:,} left out")
    return told


def _flat(ratings: Ratings, moves: Rows, bands: Rows | None) -> list[Record]:
    """One record a standard, and one a group for the overall rating (standard '')."""
    by = ratings.by
    rules = ratings.framework

    def key(row: Record, *names: str) -> tuple[Any, ...]:
        return tuple(row[name] for name in (*by, *names))

    moved = {key(row, "standard"): row for row in records(moves[moves["number"] == 0])}
    chances: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in records(bands[bands["number"] == 0]) if bands is not None else ():
        chances.setdefault(key(row, "standard"), {})[str(row["scenario"])] = row["p_same"]
    rows = records(ratings.standards)
    rows += [
        {**dict.fromkeys(rows[0] if rows else ()), **{name: one[name] for name in by},
         "framework": one["framework"], "standard": "", "title": "Overall",
         "rating": one["overall"], "word": one["overall_word"], "flag": one["flag"]}
        for one in records(ratings.overall)
    ]  # fmt: skip
    totals = {key(one): one for one in records(ratings.overall)}
    for row in rows:
        at = key(row, "standard")
        move = moved.get(at, {})
        for way in ("down", "up"):
            for what in ("answers", "cases"):
                number = move.get(f"{way}_{what}", -1)
                row[f"{way}_{what}"] = number if number >= 0 else None
            row[f"{way}_word"] = rules.word(move[f"{way}_rating"]) if move else ""
        total = totals[key(row)] if not row["standard"] else {}
        row["score"], row["max_score"] = total.get("score"), total.get("max_score")
        if bands is not None:
            own = chances.get(at, {})
            single = own.get("single")
            row["p_same_independent"] = own.get("independent", single)
            row["p_same_dependent"] = own.get("fully dependent", single)
    return rows


def _sample_cases(arguments: argparse.Namespace) -> int:
    asked = {
        "cases": arguments.cases,
        "framework": arguments.framework,
        "services": arguments.services,
        "seed": arguments.seed,
        "form": "long" if arguments.long else "wide",
        "messy": arguments.messy,
    }
    path = arguments.path
    try:
        if path == "-":
            sys.stdout.buffer.writelines(sample_blocks(**asked))
            return FINE
        if os.path.exists(path) and not arguments.force:
            tell([f"{plain(path)}: is there already; --force writes over it"])
            return USAGE
        with progress_bar("Writing", counted=True) as step:
            sample_cases(path, progress=step, **asked)
    except PyjusticeError as error:
        tell([plain(str(error))])
        return USAGE
    except OSError as error:
        tell([f"{plain(path)}: {error.strerror}; expected a file that can be written"])
        return USAGE
    size = Path(path).stat().st_size
    print(f"{plain(path)}: {number_of(arguments.cases, 'made-up case')}, {size:,} bytes")  # noqa: T201
    return FINE
