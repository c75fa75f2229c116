"""The command line: `pyjustice COMMAND …`. Each command is declared where it is done."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import metadata

from pyjustice.looks.case_commands import add_case_commands
from pyjustice.looks.command import USAGE, exit_codes
from pyjustice.looks.figure_commands import add_figure_commands
from pyjustice.looks.page_commands import add_page_commands
from pyjustice.looks.report_commands import add_report_commands

# What a shell reports of a program that ended by Ctrl-C, or whose reader went away.
INTERRUPTED, PIPE_CLOSED = 130, 141

_EXAMPLES = """\
examples:
  pyjustice demo                          the five documents of the package
  pyjustice ratings report.pdf            what one report rates
  pyjustice check reports/                whether its ratings follow, for a folder
  pyjustice rate-cases audit.csv --framework iyjs-2025
                                          a mock inspection of your own cases
  pyjustice change 2021.csv 2022.csv      what changed between two published tables
  pyjustice board Wakefield --out wakefield.html
                                          a page on a service for its board
  pyjustice ratings reports/ --format csv --out ratings.csv
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process if None.

    Returns
    -------
    int
        Exit status: 0 nothing differs, 1 something does, 2 wrong usage, 3 unreadable input.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows '?' in its place; it is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    arguments = _parsed(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes once more at exit; it must not find the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse, with files before and after options: argparse takes the first such list alone."""
    parser = _parser()
    if not (sys.argv[1:] if argv is None else argv):
        parser.print_help(sys.stderr)
        parser.exit(USAGE)
    arguments, rest = parser.parse_known_args(argv)
    files = [one for one in rest if one == "-" or not one.startswith("-")]
    if rest and (files != rest or not hasattr(arguments, "paths")):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        arguments.paths += rest
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pyjustice",
        description="Youth justice in England and Wales: inspection reports, case files and"
        " published figures, read and questioned.",
        epilog=f"{_EXAMPLES}\n{exit_codes(check=True)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"pyjustice {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add_report_commands(commands)
    add_case_commands(commands)
    add_figure_commands(commands)
    add_page_commands(commands)
    return parser


def _version() -> str:
    try:
        return metadata.version("pyjustice")
    except metadata.PackageNotFoundError:
        return "(not installed)"
