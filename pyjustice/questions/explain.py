"""What a flag or a reason means, and what to do about it: the lines of explanations.toml."""

from __future__ import annotations

import difflib
import functools
import tomllib
from importlib import resources

from pyjustice.ground.errors import DataError
from pyjustice.ground.shorten import cut

__all__ = ["explain", "explanations"]


@functools.cache
def explanations() -> dict[str, tuple[str, str]]:
    """Return the two lines of every text that may stand in a field of flags or reasons."""
    file = resources.files("pyjustice.questions") / "explanations.toml"
    texts = tomllib.loads(file.read_text(encoding="utf-8"))
    return {flag: (what, do) for flag, (what, do) in texts.items()}


def explain(flag: str | None = None) -> str:
    """Say what a flag or a reason means, and what to do about it.

    Parameters
    ----------
    flag : str, optional
        As it stands in an array, such as ``'no count fits'``. Left out, all are listed.

    Returns
    -------
    str
        Two lines; or a line for each flag, with what it means.

    Raises
    ------
    DataError
        If there is no such flag, with the nearest.

    Examples
    --------
    >>> print(explain("counts inferred"))
    Exactly one count of the cases inspected gives the printed percentage.
    The count is worked out, not printed: say so if you publish it.
    """
    known = explanations()
    if flag is None:
        return "\n".join(f"{name}: {what}" for name, (what, _) in known.items())
    if flag in known:
        return "\n".join(known[flag])
    near = difflib.get_close_matches(str(flag).casefold(), known, 3)
    nearest = f"the nearest are {', '.join(map(repr, near))}" if near else "none is near to it"
    raise DataError(f"no such flag: {cut(str(flag), 64)!r}; {nearest}; explain() lists all")
