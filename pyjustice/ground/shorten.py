"""Texts cut to the room that a field of a record has."""

__all__ = ["cut"]


def cut(text: str, room: int) -> str:
    """Return a text that fits its field, with a mark at its end if it was cut.

    Examples
    --------
    >>> cut("Kingston-upon-Hull", 9)
    'Kingston…'
    """
    return text if len(text) <= room else text[: room - 1] + "…"
