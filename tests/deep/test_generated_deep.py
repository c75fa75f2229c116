"""Every field of 2,000 generated documents, and of 100 written as PDF and as web pages."""

from pathlib import Path

import pyjustice as pj
from tests.tools.reportmaker.trial import summary, try_html, try_pdf, try_text

TEXTS = range(10_000, 12_000)
FILES = range(20_000, 20_100)


def test_every_field_of_2000_texts() -> None:
    failures = [said for seed in TEXTS if (said := try_text(seed, pj.read_report))]
    assert not failures, summary(failures, len(TEXTS))


def test_every_field_of_100_pdfs(tmp_path: Path) -> None:
    failures = [said for seed in FILES if (said := try_pdf(seed, pj.read_report, tmp_path))]
    assert not failures, summary(failures, len(FILES))


def test_every_field_of_100_web_pages(tmp_path: Path) -> None:
    failures = [said for seed in FILES if (said := try_html(seed, pj.read_report, tmp_path))]
    assert not failures, summary(failures, len(FILES))
