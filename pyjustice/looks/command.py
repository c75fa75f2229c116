"""What the commands of the command line share: exit codes, and how one is declared."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

__all__ = [
    "DIFFERS",
    "FINE",
    "UNREADABLE",
    "USAGE",
    "Commands",
    "add_command",
    "exit_codes",
    "rating_given",
]

FINE, DIFFERS, USAGE, UNREADABLE = 0, 1, 2, 3

Commands: TypeAlias = Any  # what argparse's add_subparsers returns; it has no public name


def exit_codes(*, check: bool) -> str:
    """Say what exit statuses mean: 1 is only used by `check`."""
    return "\n".join(
        [
            "exit status:",
            "  0  done",
            *["  1  something differs (check)"] * check,
            "  2  wrong usage, or the output could not be written",
            "  3  something could not be read",
            "",
        ]
    )


def add_command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    *,
    says: str,
    about: str,
    examples: str,
) -> argparse.ArgumentParser:
    """Declare a command.

    Parameters
    ----------
    commands
        The parser's list of commands.
    name : str
    run : callable
        Takes the arguments and returns the exit status.
    says : str
        Its line in the list of commands.
    about : str
        The first line of its own help.
    examples : str
        The last lines of its own help.
    """
    codes = exit_codes(check=name == "check")
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=says, description=about, epilog=f"{examples}\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    made.set_defaults(run=run)
    return made


def rating_given(text: str) -> tuple[str, str]:
    """Take apart what `--rating` takes: '1.1=Good'."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"expected a rating such as 1.1=Good, got {text!r}")
    return name, value
