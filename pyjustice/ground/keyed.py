"""Records whose first fields name a group: by service, or by whatever a user groups by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["KEY_LENGTH", "key_fields", "keyed"]

KEY_LENGTH = 96
# The first field of a record that is not part of the group's name.
_BEHIND_KEYS = ("standard", "framework", "column")


def keyed(dtype: np.dtype[np.void], keys: Sequence[str]) -> np.dtype[np.void]:
    """Return a record layout with the field ``service`` replaced by one text field a key.

    Parameters
    ----------
    dtype : numpy.dtype
        Starts with ``service``.
    keys : sequence of str
        Names of the fields; ``("service",)`` gives `dtype` itself.
    """
    if tuple(keys) == ("service",):
        return dtype
    fields: list[Any] = [(key, f"U{KEY_LENGTH}") for key in keys]
    fields += [(name, dtype[name]) for name in (dtype.names or ()) if name != "service"]
    return np.dtype(fields)


def key_fields(dtype: np.dtype[np.void]) -> tuple[str, ...]:
    """Return the fields that name a group: those before the record's own."""
    keys: list[str] = []
    for name in dtype.names or ():
        if name in _BEHIND_KEYS:
            break
        keys.append(name)
    return tuple(keys)
