"""Text of a web page: what a reader of the page sees of the document on it."""

from __future__ import annotations

from typing import Any

from pyjustice.ground.errors import ParseError
from pyjustice.ground.html_guard import guarded
from pyjustice.ground.html_layout import Layout

__all__ = ["html_to_text"]

# Not text of the document, or controls of the browser. "search" is the element of that name.
_DROPPED = frozenset([
    "applet", "area", "audio", "base", "canvas", "datalist", "dialog", "embed", "frameset",
    "head", "iframe", "input", "link", "map", "meta", "meter", "nav", "noembed", "noframes",
    "noscript", "object", "option", "optgroup", "param", "progress", "rp", "script", "search",
    "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
])  # fmt: skip
_DROPPED_ROLES = frozenset(["navigation", "search", "dialog", "alertdialog"])
_FURNITURE = {"banner": "header", "contentinfo": "footer", "complementary": "aside"}
# Never furniture, whatever role or class they carry.
_CONTENT = frozenset(["html", "body", "main", "article", "table", "tbody", "tr", "td", "th"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS = _HEADINGS | frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "ol", "p",
    "plaintext", "pre", "section", "summary", "ul", "xmp",
])  # fmt: skip
_LISTS = frozenset(["ol", "ul", "menu", "dir"])
_ROLE_BLOCKS = frozenset(["heading", "listitem", "paragraph", "row", "cell"])
_COOKIE_WORDS = frozenset([
    "banner", "bar", "botdialog", "consent", "dialog", "law-info-bar", "message", "modal",
    "notice", "overlay", "popup", "prompt", "wrapper-banner",
])  # fmt: skip
# A form that holds this much besides its controls, or a heading or table, is the page itself: some
# servers wrap every page in one.
_FORM_IS_PAGE = 1_000
# A symbol hidden from screen readers; anything longer is text that a reader sees.
_ICON = 2


def html_to_text(markup: str, source: str = "") -> str:
    """Extract the text of an HTML document.

    Parameters
    ----------
    markup : str
        The document, decoded.
    source : str, optional
        Name of the document for errors.

    Returns
    -------
    str
        One block a line and a blank line between blocks; the items of a list and the rows of a
        table on consecutive lines, the cells of a row joined by tabs, numbered items marked
        ``1. `` and others ``- ``. White space is collapsed as browsers do, except in ``pre``;
        no-break spaces are kept. What is not shown is left out, as are scripts, navigation,
        forms, cookie banners and the header, footer and side matter of the site; if ``main`` or
        ``article`` holds most of the text, only that and the page's title. A table that lays out
        other tables is no table: its cells are blocks.

    Raises
    ------
    ParseError
        No text at all, or markup beyond the limits of `html_guard`.
    """
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    # Without events the parser does not copy elements about, which a bomb could multiply.
    tree = LexborHTMLParser(guarded(markup, source), options=int(LexborDocumentOptions.WO_EVENTS))
    text = ""
    # A page of nothing but furniture still has text.
    for keep_furniture in (False, True):
        walker = _Walker(tree, keep_furniture)
        walker.walk(tree.root)
        text = walker.layout.text()
        if text:
            return text
    raise ParseError("no text: expected a web page that shows some", source, offset=0)


class _Walker:
    """One pass over the tree, without recursion, that tells a `Layout` what it meets."""

    def __init__(self, tree: Any, keep_furniture: bool) -> None:
        self.layout = Layout()
        self.keep_furniture = keep_furniture
        self.content_depth = 0  # of main and article
        self.heading_depth = 0
        # Parts that a control on the page opens are text of the page even while closed.
        self.controlled = {
            name
            for node in tree.css("[aria-controls]")
            for name in (node.attributes.get("aria-controls") or "").split()
        }
        self.outer_tables = _tables_of_tables(tree)

    def walk(self, root: Any) -> None:
        """Visit `root` and everything in it in document order."""
        node = root
        layout = self.layout
        leave: list[tuple[Any, ...] | None] = []
        while node is not None:
            tag = node.tag
            child = None
            if tag == "-text":
                text = node.text_content
                if text:
                    layout.add(text)
            elif tag is not None and tag[0] not in "-!":
                action = self._enter(node, tag)
                if action is not _SKIP:
                    child = node.child
                    if child is not None:
                        leave.append(action)
                        node = child
                        continue
                    if action is not None:
                        self._leave(action)
            while True:
                after = node.next
                if after is not None:
                    node = after
                    break
                if not leave:
                    return
                node = node.parent
                action = leave.pop()
                if action is not None:
                    self._leave(action)

    def _enter(self, node: Any, tag: str) -> tuple[Any, ...] | None:
        """Open an element; return what to do when it closes, or `_SKIP` to pass over it."""
        if tag in _DROPPED and not (self.keep_furniture and tag in ("nav", "search", "dialog")):
            return _SKIP
        layout = self.layout
        attributes = node.attributes
        role = ""
        block = tag in _BLOCKS
        if attributes:
            role = (attributes.get("role") or "").strip().lower()
            style = attributes.get("style")
            shown = _display(style) if style else ""
            if (
                (shown == "none" or "hidden" in attributes)
                and tag not in ("html", "body")
                and not self._opens(attributes, role)
            ):
                return _SKIP
            if not self.keep_furniture and tag not in _CONTENT:
                if role in _DROPPED_ROLES or _is_furniture(tag, attributes):
                    return _SKIP
                tag = _FURNITURE.get(role, tag)
            block = block or shown == "block" or role in _ROLE_BLOCKS
            if not block and (attributes.get("aria-hidden") or "").lower() == "true":
                return ("icon", layout.mark())
        if tag == "br":
            layout.line_break()
            return None
        if tag == "button" and not self.heading_depth and not self.keep_furniture:
            # The title of a part that opens and closes is often a button without a heading.
            if not (self.content_depth and "aria-controls" in attributes):
                return _SKIP
            block = True
        if tag == "x-a":
            layout.open_link()
            return ("link",)
        if tag in ("td", "th"):
            return ("cell",) if layout.open_cell() else ("block",)
        if tag == "tr":
            layout.open_row()
            return ("row",)
        if tag == "table":
            is_data = (
                role not in ("presentation", "none")
                and node.mem_id not in self.outer_tables
                and _cells(node) > 1
            )
            layout.open_table(is_data)
            return ("table",)
        if not block:
            return None
        layout.end_block()
        return self._enter_block(node, tag, attributes)

    def _enter_block(self, node: Any, tag: str, attributes: dict[str, Any]) -> tuple[Any, ...]:
        """Open an element that stands on lines of its own."""
        layout = self.layout
        if tag == "li":
            layout.open_item(_whole(attributes.get("value")))
            return ("item",)
        if tag in _LISTS:
            layout.open_list(*_numbering(node, tag, attributes))
            return ("list",)
        if tag == "dl":
            layout.open_group()
            return ("group",)
        if tag in _HEADINGS or tag in ("summary", "dt"):
            self.heading_depth += 1
            layout.is_title = tag == "h1"
            return ("heading",)
        if tag in ("pre", "listing", "plaintext", "xmp"):
            layout.verbatim += 1
            return ("verbatim",)
        if tag in ("main", "article"):
            self.content_depth += 1
            return ("content", layout.enter_zone(tag))
        if self.keep_furniture:
            return ("block",)
        if tag == "form":
            return ("form", layout.mark())
        if tag == "header" and not self.content_depth:
            return ("zone", layout.enter_zone(tag))
        if tag == "footer" and not self.content_depth:
            return ("drop", layout.mark())
        if tag == "aside":
            return ("aside" if self.content_depth else "drop", layout.mark())
        return ("block",)

    def _leave(self, action: tuple[Any, ...]) -> None:
        """Close an element that `_enter` opened."""
        layout = self.layout
        kind = action[0]
        if kind == "link":
            layout.close_link()
            return
        if kind == "icon":
            layout.drop_short(action[1], _ICON)
            return
        if kind == "cell":
            layout.close_cell()
            return
        layout.end_block()
        if kind == "row":
            layout.close_row()
        elif kind == "table":
            layout.close_table()
        elif kind == "item":
            layout.close_item()
        elif kind == "list":
            layout.close_list()
        elif kind == "group":
            layout.close_group()
        elif kind == "heading":
            self.heading_depth -= 1
            layout.is_title = False
        elif kind == "verbatim":
            layout.verbatim -= 1
        elif kind == "content":
            self.content_depth -= 1
            layout.leave_zone(action[1])
        elif kind == "zone":
            layout.leave_zone(action[1])
        elif kind == "drop":
            layout.drop(action[1])
        elif kind == "form":
            if layout.size_since(action[1]) < _FORM_IS_PAGE and not layout.framed_since(action[1]):
                layout.drop(action[1])
        elif kind == "aside" and layout.mostly_links_since(action[1]):
            layout.drop(action[1])

    def _opens(self, attributes: dict[str, Any], role: str) -> bool:
        """Whether a hidden element is the closed part of something the reader can open."""
        if role == "tabpanel" or attributes.get("hidden") == "until-found":
            return True
        return bool(self.controlled) and attributes.get("id") in self.controlled


_SKIP: tuple[Any, ...] = ("skip",)


def _display(style: str) -> str:
    """'none' or 'block' if a style attribute makes the element so, else ''."""
    packed = "".join(style.lower().split())
    for declaration in packed.split(";"):
        name, _, value = declaration.partition(":")
        value = value.removesuffix("!important")
        if (name, value) in (("display", "none"), ("visibility", "hidden")):
            return "none"
        if name == "display" and value in ("block", "flex", "grid", "list-item", "table"):
            return "block"
    return ""


def _is_furniture(tag: str, attributes: dict[str, Any]) -> bool:
    """Whether the names an element carries say cookie banner or skip link."""
    for name in (attributes.get("id"), attributes.get("class")):
        for word in (name or "").lower().split():
            if word.startswith(("skip-link", "skiplink", "skip-to")) or word == "skip":
                return True
            if "cookie" in word:
                if word.rpartition("cookie")[2].strip("-_s") in _COOKIE_WORDS:
                    return True
            elif word.startswith("onetrust") or word in ("ccc", "ccc-overlay", "ccc-module"):
                return tag in ("div", "section", "aside")
    return False


def _tables_of_tables(tree: Any) -> set[int]:
    """Tables that lay out a page: those with a table of several cells, or a title, in a cell."""
    found: set[int] = set()
    inner = [node for node in tree.css("table table") if _cells(node) > 1]
    for node in inner + tree.css("table h1"):
        above = node.parent
        while above is not None:
            if above.tag == "table":
                if above.mem_id in found:
                    break
                found.add(above.mem_id)
            above = above.parent
    return found


def _cells(table: Any) -> int:
    """Count the cells of a table, no further than two."""
    count = 0
    for node in table.traverse():
        if node.tag == "td" or node.tag == "th":
            count += 1
            if count == 2:
                break
    return count


def _numbering(node: Any, tag: str, attributes: dict[str, Any]) -> tuple[int | None, int, str]:
    """First number (None for bullets), step and style of a list's markers."""
    if tag != "ol":
        return None, 1, ""
    style = attributes.get("type") or "1"
    start = _whole(attributes.get("start"))
    if "reversed" not in attributes:
        return 1 if start is None else start, 1, style
    if start is None:
        start = 0
        item = node.child
        while item is not None:
            start += item.tag == "li"
            item = item.next
    return start, -1, style


def _whole(value: str | None) -> int | None:
    """Read the whole number that an attribute holds, if a document would print it."""
    digits = (value or "").strip()
    body = digits.removeprefix("-")
    return int(digits) if body.isascii() and body.isdigit() and len(body) < 7 else None
