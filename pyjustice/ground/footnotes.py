"""Marks of footnotes and revisions behind a label."""

import re

__all__ = ["without_marks"]

# '(1)', '[2]', '[r]', '(p)', superscripts, asterisks.
_MARKS = re.compile(
    r"(?:\s*(?:\(\d{1,2}\)|\[\d{1,2}\]|[\[(][a-z][\])]|[\u00b9\u00b2\u00b3\u2070-\u2079*]+))+$"
)


def without_marks(text: str) -> str:
    """Return a label without the marks behind it.

    Examples
    --------
    >>> without_marks("Apr 2009-Mar 2010(1)"), without_marks("Derby [r]")
    ('Apr 2009-Mar 2010', 'Derby')
    """
    return _MARKS.sub("", text)
