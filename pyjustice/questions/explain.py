"""What a flag or a reason means, and what to do about it: the lines of explanations.toml."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from pyjustice.ground.errors import DataError

__all__ = ["explain", "explanations"]


@functools.cache
def explanations() -> dict[str, tuple[str, str]]:
    """Return the two lines of every text that may stand in a field of flags or reasons."""
    file = resources.files("pyjustice.questions") / "explanations.toml"
    texts = tomllib.loads(file.read_text(encoding="utf-8"))
    return {flag: (what, do) for flag, (what, do) in texts.items()}


def explain(flag: str) -> str:
    """Say what a flag or a reason means, and what to do about it.

    Parameters
    ----------
    flag : str
        As it stands in an array, such as ``'no count fits'``.

    Returns
    -------
    str
        Two lines.

    Raises
    ------
    DataError
        If there is no such flag.

    Examples
    --------
    >>> print(explain("counts inferred"))
    Exactly one count of the cases inspected gives the printed percentage.
    The count is worked out, not printed: say so if you publish it.
    """
    known = explanations()
    if flag in known:
        return "\n".join(known[flag])
    listed = ", ".join(map(repr, known))
    raise DataError(f"no such flag: {str(flag)!r}; expected one of {listed}")
