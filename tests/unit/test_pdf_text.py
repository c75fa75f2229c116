"""Text of PDF files: made ones, damaged ones and hostile ones."""

import io
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from pyjustice.ground.documents import Document, open_document
from pyjustice.ground.errors import ParseError


def made(*pages: list[str], **options: object) -> bytes:
    """Write a PDF of pages of lines; an empty page gets a drawing."""
    file = io.BytesIO()
    sheet = canvas.Canvas(file, invariant=1, **options)
    for lines in pages:
        sheet.rect(20, 20, 40, 40)
        for index, line in enumerate(lines):
            sheet.drawString(72, 800 - 16 * index, line)
        sheet.showPage()
    sheet.save()
    return file.getvalue()


def by_hand(content: bytes, *, kids: int = 1, boxes: bytes = b"[0 0 600 800]") -> bytes:
    """Write the least a PDF can be, its one page named `kids` times."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (kids, b"3 0 R " * kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 5 0 R"
        b"/Resources<</Font<</F 4 0 R>>>>>>" % boxes,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>" % table
        + (b"\nstartxref\n%d\n%%%%EOF" % len(data))
    )


def document_or_error(data: bytes) -> Document | ParseError:
    try:
        return open_document(data)
    except ParseError as error:
        return error


def refused(data: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        open_document(data)
    assert caught.value.offset == 0
    return str(caught.value)


def test_pages_are_separated_by_form_feeds() -> None:
    document = open_document(made(["Ratings", "Overall rating Good"], [], ["Score 9/12"]))
    assert document == Document("Ratings\r\nOverall rating Good\f\fScore 9/12", "", "pdf")


def test_header_may_come_late() -> None:
    data = made(["Overall rating Good"])
    assert open_document(b"\n" * 900 + data).text == "Overall rating Good"


def test_hyphens_at_line_ends_stay_as_extracted() -> None:
    assert open_document(made(["assess-", "ment"])).text == "assess\x02ment"


def test_scanned_pdf_says_what_is_needed() -> None:
    message = refused(made([], [], []))
    assert "on 3 pages" in message
    assert "OCR" in message
    assert "on 1 page," in refused(made([]))


def test_encrypted_pdf() -> None:
    locked = StandardEncryption("user", ownerPassword="owner", canPrint=0)
    assert "encrypted" in refused(made(["Good"], encrypt=locked))
    # An owner's password alone forbids printing, not reading.
    open_to_read = StandardEncryption("", ownerPassword="owner", canPrint=0)
    assert open_document(made(["Good"], encrypt=open_to_read)).text == "Good"


def test_every_cut_is_text_or_parse_error() -> None:
    data = made(["Overall rating Good"], ["Score 9/12"])
    for end in range(0, len(data), 23):
        found = document_or_error(data[:end])
        if isinstance(found, ParseError):
            assert "damaged PDF" in str(found) or "no text" in str(found)
        else:
            assert found.encoding == "pdf"


def test_damage_anywhere_is_text_or_parse_error() -> None:
    data = bytearray(made(["Overall rating Good"], ["Score 9/12"]))
    for place in range(0, len(data), 7):
        kept, data[place] = data[place], data[place] ^ 0x15
        found = document_or_error(bytes(data))
        assert isinstance(found, ParseError) or found.text.encode()
        data[place] = kept


@pytest.mark.parametrize("boxes", [b"[0 0 0 0]", b"[600 800 0 0]", b"[5000 5000 5001 5001]"])
def test_text_is_found_whatever_the_page_box_says(boxes: bytes) -> None:
    data = by_hand(b"BT /F 12 Tf 72 700 Td (Overall rating Good) Tj ET", boxes=boxes)
    assert open_document(data).text == "Overall rating Good"


def test_too_many_pages_are_refused() -> None:
    content = b"BT /F 12 Tf 72 700 Td (Good) Tj ET"
    assert open_document(by_hand(content)).text == "Good"
    assert "10001" in refused(by_hand(content, kids=10_001))
    assert "damaged PDF" in refused(by_hand(content, kids=0))


def test_a_little_file_of_much_text_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyjustice.ground.documents.MAX_TEXT", 1 << 20)
    content = b"BT /F 2 Tf 0 700 Td " + b"(Good Good Good) Tj 0 -2 Td " * 300 + b"ET"
    data = by_hand(content, kids=600)
    assert len(data) < 6_000
    message = refused(data)
    assert "more than 1 MiB of text by page" in message


def test_threads_share_pdfium() -> None:
    files = [made([f"Score {number}/36"] * 30, ["Good"]) for number in range(24)]
    alone = [open_document(data).text for data in files]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda data: open_document(data).text, files * 4))
    assert together == alone * 4
