"""Text of web pages: what is kept, what is dropped, how it is laid out, what is too much."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyjustice.ground.errors import ParseError
from pyjustice.ground.html_text import html_to_text

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ratings</title><style>p {}</style>
<script>document.write("<p>script</p>")</script></head>
<body class="cookie-banner-open">
<a class="skip-link" href="#main">Skip</a>
<div id="global-cookie-message"><p>Cookies</p></div>
<div role="dialog">Survey</div>
<header role="banner"><a href="/">Site</a><nav><ul><li>Menu</li></ul></nav></header>
<main id="main"><article>
<header><h1>An inspection of <em>Lam</em>beth</h1><p>Published: 10 February 2026</p></header>
<nav><ol><li><a href="#r">Contents</a></li></ol></nav>
<h2>Ratings <a href="#top">(Back to top)</a></h2>
<table>
<tr><td>Fieldwork started <b>October 2025</b></td><td>Score 9/12</td></tr>
<tr><td>Overall rating</td><td><span class="good">Good</span></td></tr>
</table>
<form action="/search"><label>Find</label><input value="x"><button>Go</button></form>
</article></main>
<aside>Beside</aside><footer>Copyright</footer><noscript>No script</noscript>
</body></html>
"""


def test_page_of_a_report() -> None:
    assert html_to_text(PAGE) == (
        "An inspection of Lambeth\n\nPublished: 10 February 2026\n\nRatings (Back to top)\n\n"
        "Fieldwork started October 2025\tScore 9/12\nOverall rating\tGood\n"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        # Inline elements do not split words, blocks do.
        ("<p>Requires <b>i</b><i>mprove</i><span>ment</span></p>x", "Requires improvement\n\nx"),
        ("<div>Overall rating</div><div>Good</div>", "Overall rating\n\nGood"),
        ("<p>Wales.<sup><a href=#1>1</a></sup> H<sub>2</sub>O", "Wales.1 H2O"),
        ("<span style='display: block'>a</span><span>b</span>", "a\n\nb"),
        ("a<wbr>b<!-- c -->c<br>d<hr>e", "abc\nd\n\ne"),
        # White space.
        ("<p> a \n\t b <b> c</b> </p>", "a b c"),
        ("<p>a&nbsp;&nbsp;b \xa0</p>", "a\xa0\xa0b \xa0"),
        ("<p>&nbsp;</p>a", "a"),
        ("<pre>\na  b\n  c\n</pre>", "a  b\n  c"),
        ("a <br> b<br>\n<br>c", "a\nb\n\nc"),
        # Tables.
        (
            "<table><caption>T</caption><thead><tr><th>2.1<th>Assessing<tbody>"
            "<tr><td>2.2<td>Planning</table>",
            "T\n2.1\tAssessing\n2.2\tPlanning",
        ),
        (
            "<table><tr><td><p>a</p><p>b<br>c</p><td><ul><li>d<li>e</ul></table>",
            "a b c\td e",
        ),
        ("<table><tr><td>a<td><td>b<td></tr><tr><td> <td></tr></table>", "a\t\tb"),
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "a\nb\tc"),
        ("<table><tr><td>a<td>b<pre>c\td</pre></table>", "a\tb c d"),
        ("<table><tr><td>a</table><table><tr><td>b<td>c</table>", "a\n\nb\tc"),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e</table></table>",
            "a\n\nb\tc\nd\te",
        ),
        ("<table><tr><td>a<td><table><tr><td>b</table></table>", "a\tb"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb"),
        ("<table><tr><td><h1>Title</h1><p>a</p><td>b</table>", "Title\n\na\n\nb"),
        ("<table><tr><td>a<td hidden>x<td>b</table>", "a\tb"),
        # Lists.
        ("<ol><li>a<li>b</ol><p>c<ol start=3><li>d</ol>", "1. a\n2. b\n\nc\n\n3. d"),
        ("<ol><li>a<ol type=a><li>b<li>c</ol><li>d</ol>", "1. a\n  a. b\n  b. c\n2. d"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
        ("<ol reversed start=9 type=I><li>a<li>b</ol>", "IX. a\nVIII. b"),
        ("<ol><li value=7>a<li>b<li value=x>c</ol>", "7. a\n8. b\n9. c"),
        ("<ol start=27 type=A><li>a</ol>", "AA. a"),
        ("<ul><li><p>a</p><p>b</p><li><li>c<ul><li>d</ul></ul>e", "- a\nb\n- c\n  - d\n\ne"),
        ("<dl><dt>Score<dd>9/12<dt>Rating<dd>Good</dl>", "Score\n9/12\nRating\nGood"),
        # Other blocks.
        ("<details><summary>a</summary>b</details>", "a\n\nb"),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>b", "a\n\nb"),
        ("<blockquote>a</blockquote>b", "a\n\nb"),
        # What is not shown.
        ("a<span hidden>b</span><i style='color:red;display:none!important'>c</i>d", "ad"),
        ("a<svg><text>b</text></svg><template>c</template><select><option>d</select>e", "ae"),
        ("Good <i aria-hidden=true>\u2605</i>", "Good"),
        ("<div aria-hidden=true>a</div><i aria-hidden=true>long text</i>", "a\n\nlong text"),
        # What is shown when the reader opens it.
        ("<h2><button aria-controls=p>a</button></h2><div id=p hidden>b</div>", "a\n\nb"),
        ("a<div role=tabpanel hidden>b</div><div hidden=until-found>c</div>", "a\n\nb\n\nc"),
        # Furniture of the site.
        ("a<div role=navigation>b</div><div role=contentinfo>c</div><aside>d</aside>", "a"),
        ("<header>Site</header><h1>Title</h1>a<footer>b</footer>", "Title\n\na"),
        ("<header><h1>Title</h1><p>Date</p></header>a", "Title\n\nDate\n\na"),
        ("<div class='govuk-cookie-banner x'>a</div><div class=cookie-consent-given>b</div>", "b"),
        ("<main>a<aside>b</aside><aside><a href=x>Related</a></aside></main>", "a\n\nb"),
        ("<main>a<footer>Notes</footer></main>", "a\n\nNotes"),
        ("<h1>Title</h1><div>Share</div><main>the text</main>", "Title\n\nthe text"),
        ("<main>a</main><div>much more than that</div>", "a\n\nmuch more than that"),
        ("<article>a b c d</article><div>b</div><article>e</article>", "a b c d\n\ne"),
        # A form that is the page, as some servers write it.
        ("<form><h1>Title</h1><p>a<input></form>", "Title\n\na"),
        ("<form>" + "much text " * 120 + "</form>", ("much text " * 120).strip()),
        # A page of nothing else.
        ("<nav>a</nav><footer>b</footer>", "a\n\nb"),
        # Markup as people write it.
        ("<p>a<b>b<p>c</b>d<table><tr><td>e</b><td>f", "ab\n\ncd\n\ne\tf"),
        ("<P>A<BR/>B<A HREF=x>c</A>", "A\nBc"),
        ("<p>1 < 2 & 3 &lt; 4 &amp; &rsquo;", "1 < 2 & 3 < 4 & \u2019"),
        ("<body hidden><p>a", "a"),
        ("a<?xml x?>b<![CDATA[c]]>d", "abd"),
    ],
)  # fmt: skip
def test_layout(markup: str, text: str) -> None:
    assert html_to_text(f"<html><body>{markup}") == text + "\n"


CELLS = st.text("abc 12%", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6)


@settings(deadline=None)
@given(ROWS, st.booleans(), st.sampled_from(["td", "th"]))
def test_tables_keep_their_cells_apart(rows: list[list[str]], closed: bool, tag: str) -> None:
    end = f"</{tag}>" if closed else ""
    body = "".join(
        "<tr>" + "".join(f"<{tag}><p>\n {cell}\n{end}" for cell in row) + "\n" for row in rows
    )
    assert html_to_text(f"<table>{body}</table>").splitlines() == ["\t".join(row) for row in rows]


TAGS = """a aside b body br caption center col dd div dl dt form frameset h1 head header i iframe li
main math nav noscript object ol option p plaintext pre script select span style svg table tbody td
template textarea th title tr ul xmp""".split()
PIECES = st.sampled_from(
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + ["text", " ", "\n", "<", "&", "&nGt;", "<!--", "-->", "<?", "<![CDATA[", "\f", "<p hidden>"]
    + ["<div role=dialog>", "<ol reversed start=-3>", "<li value=4>", "<a x='", '<b y="', "/>"]
)


def text_or_error(markup: str) -> str:
    try:
        return html_to_text(markup)
    except ParseError as error:
        return str(error)


@settings(deadline=None, max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_markup_gives_text_or_parse_error(markup: str) -> None:
    # An error names what it expected; a text is not blank.
    assert re.search(r"no text: expected|\S.*\n\Z", text_or_error(markup))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div>" * 1_000_000 + "x", "elements"),
        ("<div>" * 100_000 + "x", "nested deeper"),
        ("<div><object></div></object>" * 50_000, "nested deeper"),
        ("<div><!--</div>-->" * 50_000, "nested deeper"),
        ("<x>" * 30_000 + "</q>" * 30_000, "nested deeper"),
        ("<table>" + "<tr><td>1</td><td>2</td></tr>" * 1_000_000, "elements"),
        ("<" * 10_000_000, "elements"),
        ("x<p " + " ".join(f"a{n}=1" for n in range(1_000_000)), "attributes"),
        ("x" + '<a "' * 900_001, "attributes"),
    ],
    ids=["deep", "half", "hidden ends", "comments", "ends", "rows", "signs", "names", "quotes"],
)
def test_bombs_are_refused(markup: str, expected: str) -> None:
    with pytest.raises(ParseError, match=expected):
        html_to_text(markup, "bomb.html")


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        ("<div>" * 10_000 + "x", 2),
        ("<p>x" + "".join(f"<b a={n}>" for n in range(5_000)) + "<p>x" * 5_000, 15_002),
        ('<p title="' + "x" * 10_000_000 + '">hi', 3),
        ("<table>" + "<tr><td>1</td><td>2</td></tr>" * 100_000, 400_000),
        ("<p>" + "&nGt;&nLt;" * 100_000, 400_001),
        ("<p>x" + " " * 10_000_000 + "y", 4),
        ("<p>x" + "<i> </i>" * 200_000 + "<br>y", 4),
        ("<table><tr><td>a<td>" * 5_000, 14_999),
        ("<main>a" + "<aside>b" * 10_000, 30_002),
    ],
    ids=["deep", "bold", "value", "rows", "references", "spaces", "runs", "tables", "asides"],
)
def test_large_pages_are_read(markup: str, size: int) -> None:
    assert len(html_to_text(markup)) == size


def test_large_tidy_page_is_not_mistaken_for_a_deep_one() -> None:
    part = "<section><div><p>a<br><b>b</b></p><svg><path/></svg><ul><li>c</ul></div></section>"
    text = html_to_text("<main>" + part * 20_000 + "</main>")
    assert text.count("- c\n") == 20_000
