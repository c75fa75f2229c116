"""Markup that would cost its parser more than a document is worth, refused before it is parsed.

HTML's rules for building a tree take time in the product of depth and tags: 1,000,000 nested
elements would take a quarter of an hour, and unclosed bold and links are copied into every
paragraph after them until memory is gone. What is checked here bounds both.
"""

from __future__ import annotations

import itertools
import re

from pyjustice.ground.errors import ParseError

__all__ = ["guarded"]

# A report's page has some thousands of elements. A million take three seconds and half a gigabyte.
MAX_ELEMENTS = 1_000_000
# Steps of the tree builder, tags times depth, that a bad document may cost: some seconds.
MAX_WORK = 600_000_000

# The only two character references that are shorter than what they stand for. lexbor 2.x writes
# what it decodes into room for the source, so thousands of these overrun it.
_GROWING = (("&nGt;", "\N{MUCH GREATER-THAN}\u20d2"), ("&nLt;", "\N{MUCH LESS-THAN}\u20d2"))

# The elements that HTML reopens in every block until they are closed. Under another name they
# are ordinary inline elements, and no text changes.
_FORMATTING = re.compile(
    r"<(/?)(a|big|b|code|em|font|i|nobr|small|strike|strong|s|tt|u)(?=[\s/>])", re.IGNORECASE
)
# Elements that close themselves when the next of their kind comes, or never hold anything,
# cannot be nested without one of the others between them.
_NESTING = re.compile(
    r"<(/?(?!(?:p|li|dd|dt|tr|td|th|thead|tbody|tfoot|colgroup|option|optgroup|area|base|br|col"
    r"|embed|hr|img|input|link|meta|source|track|wbr)[\s/>])[a-zA-Z][^\s/>]*)"
)
_START = re.compile(r"<[a-zA-Z]")
# Each new attribute of a tag is compared with all before it. The pieces counted are names, quoted
# values and what stands between them.
_LONG_TAG = re.compile(r"<[a-zA-Z](?:\"[^\"]*+\"|'[^']*+'|[^\s/\"'>]++|[\s/]++|[\"']){20000}+")
# Where tags are not tags. Unclosed, each goes on to the end of the document.
_NOT_MARKUP = re.compile(
    r"<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
    r"|<svg\b[^>]*/>"
    r"|<(script|style|svg|textarea|title|iframe)\b[\s\S]*?(?:</\1(?=[\s/>])[^>]*>|\Z)",
    re.IGNORECASE,
)
# An end tag of another element cannot close past these.
_SCOPES = frozenset(["table", "object", "applet", "marquee", "caption", "template", "select"])
_INLINE = frozenset(
    ["span", "sup", "sub", "abbr", "cite", "q", "label", "mark", "time", "var", "kbd", "samp"]
)
# How far up an end tag looks for its start tag in the count below. Looking less far than the
# parser does makes the counted depth too large, never too small.
_LOOK_UP = 64


def guarded(markup: str, source: str = "") -> str:
    """Return markup that is safe to parse, the same in text.

    Parameters
    ----------
    markup : str
        An HTML document.
    source : str, optional
        Name of the document for errors.

    Returns
    -------
    str
        The markup, its formatting elements renamed to ``x-a``, ``x-b`` and so on.

    Raises
    ------
    ParseError
        Too many elements, elements too deeply nested for their number, or too many attributes in
        one tag.
    """
    tags = markup.count("<")
    if tags > MAX_ELEMENTS:
        elements = sum(1 for _ in itertools.islice(_START.finditer(markup), MAX_ELEMENTS + 1))
        # Text may hold the character too, but not a document of this many.
        if elements > MAX_ELEMENTS or tags > 4 * MAX_ELEMENTS:
            raise ParseError(
                f"HTML of {tags} tags: expected a document of at most {MAX_ELEMENTS} elements",
                source,
                offset=0,
            )
    found = _LONG_TAG.search(markup)
    if found:
        raise ParseError(
            "HTML tag with thousands of attributes: expected a report",
            source,
            line=markup.count("\n", 0, found.start()) + 1,
            offset=len(markup[: found.start()].encode("utf-8", "replace")),
        )
    for reference, characters in _GROWING:
        markup = markup.replace(reference, characters)
    markup = _FORMATTING.sub(r"<\1x-\2", markup)
    # The square needs no count of depth: it holds whatever the nesting is.
    if tags * tags > MAX_WORK:
        markup = _NOT_MARKUP.sub("", markup)
        _refuse_depth(markup, tags, source)
    return markup


def _refuse_depth(markup: str, tags: int, source: str) -> None:
    """Raise ParseError where depth times tags goes beyond `MAX_WORK`."""
    limit = MAX_WORK // tags
    names = _NESTING.findall(markup)
    if len(names) <= limit:
        return
    stack: list[str] = []
    for name in names:
        name = name.lower()
        if name[0] != "/":
            stack.append(name)
            if len(stack) > limit:
                raise ParseError(
                    f"HTML elements nested deeper than {limit} in a document of {tags} tags: "
                    "expected a report",
                    source,
                    offset=0,
                )
            continue
        name = name[1:]
        if stack and stack[-1] == name:
            stack.pop()
            continue
        inline = _is_inline(name)
        for up in range(1, min(_LOOK_UP, len(stack)) + 1):
            open_name = stack[-up]
            if open_name == name:
                del stack[-up:]
                break
            # An inline end tag stops at any block, a block's end tag only at a scope.
            if (inline and not _is_inline(open_name)) or (
                open_name in _SCOPES and name not in _SCOPES
            ):
                break


def _is_inline(name: str) -> bool:
    """Whether HTML treats the element as having no rules of its own."""
    return name in _INLINE or "-" in name
