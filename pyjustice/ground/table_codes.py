"""Codes of published tables: why a cell has no figure, and what to mind of a row."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["NOTES", "CellReason", "Evidence", "TableFlag"]


class CellReason(StrEnum):
    """The closed list of the field ``reason``, in the engine's order; '' is a figure.

    ``pj.explain`` has two lines on each.
    """

    VALUE = ""
    BLANK = "blank"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    NOTE_ALONE = "note alone"
    LIMIT = "limit"
    RANGE = "range"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    NOT_COLLECTED = "not collected"
    LOW = "low"
    UNRELIABLE = "unreliable"
    MISSING = "missing"
    NO_COLUMN = "no column"


class TableFlag(StrEnum):
    """The closed list of the field ``flag`` of a row of statistics."""

    ABOVE_POPULATION = "count above population"
    RATE_DIFFERS = "rate differs from count"
    UNIT_UNKNOWN = "unit unknown"


class Evidence(StrEnum):
    """How a total was told, the field ``evidence``."""

    ADDS_UP = "adds up"
    OVERLAP = "parts overlap"
    INCOMPLETE = "parts incomplete"
    LABEL = "label only"


# Notes that leave a figure valid; the engine has a bit for each.
NOTES = (
    "revised",
    "provisional",
    "estimate",
    "forecast",
    "break",
    "low reliability",
    "average",
    "total",
    "not significant",
    "significant",
)
