"""What the commands of the command line share: exit codes, and how one is declared."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

__all__ = [
    "DIFFERS",
    "EXIT_CODES",
    "FINE",
    "UNREADABLE",
    "USAGE",
    "Commands",
    "add_command",
]

FINE, DIFFERS, USAGE, UNREADABLE = 0, 1, 2, 3
EXIT_CODES = """\
exit status:
  0  nothing differs (all commands but check)
  1  something differs (check)
  2  wrong usage, or the output could not be written
  3  something could not be read, whatever else differs
"""

Commands: TypeAlias = Any  # what argparse's add_subparsers returns; it has no public name


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
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=says, description=about, epilog=examples + "\n" + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    made.set_defaults(run=run)
    return made
