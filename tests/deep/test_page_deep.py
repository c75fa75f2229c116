"""Pages in a real browser: nothing wider than the window, A4 in print, accessible by axe.

It needs Chromium on the path, and `pip install -e '.[deep]'`.
"""

import json
import re
import shutil
import subprocess
from html import unescape
from importlib import resources
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import pyjustice as pj
from tests.unit.test_page import DEMO, results

A4 = (595, 842)  # points
# A headless window is no narrower than about 500 pixels.
WIDTHS = (500, 1100)
_REPORT = """<script>{axe}</script><script>
axe.run().then(found => {{
  const told = document.createElement("pre");
  told.id = "found";
  told.textContent = JSON.stringify({{
    violations: found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html]),
    passes: found.passes.length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }});
  document.body.appendChild(told);
}});
</script></body>"""


def chromium(*arguments: str) -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "this test needs Chromium"
    fixed = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000")
    made = subprocess.run([found, *fixed, *arguments], capture_output=True, text=True, timeout=120)
    return made.stdout


@pytest.fixture(scope="module", params=["reports", "results", "cases"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    if request.param == "reports":
        pj.to_page(pj.read_reports(DEMO), path)
    elif request.param == "results":
        pj.to_page(results(), path)
    else:
        cases = pj.sample_cases(cases=400, services=10)
        pj.to_page(pj.rate_cases(cases, "iyjs-2025", qualitative={"1.1": "Good"}), path)
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_accessible_and_no_wider_than_its_window(page: Path, width: int) -> None:
    axe = (resources.files("axe_core_python") / "axe.min.js").read_text("utf-8")
    tried = page.with_suffix(f".{width}.html")
    tried.write_text(page.read_text("utf-8").replace("</body>", _REPORT.format(axe=axe)), "utf-8")
    out = chromium(f"--window-size={width},900", "--dump-dom", tried.as_uri())
    told = re.search(r'<pre id="found">(.*?)</pre>', out, re.DOTALL)
    assert told, out[-500:]
    found: dict[str, Any] = json.loads(unescape(told[1]))
    assert found["violations"] == []
    assert found["passes"] > 30
    assert found["wide"] == 0


def test_a_page_prints_to_a4(page: Path) -> None:
    printed = page.with_suffix(".pdf")
    chromium("--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
    document = pypdfium2.PdfDocument(printed)
    sizes = {tuple(round(side) for side in document[i].get_size()) for i in range(len(document))}
    assert sizes == {A4}
    # Words cut off at the right edge are not in the text of a page.
    text = " ".join(
        " ".join(
            document[i].get_textpage().get_text_bounded() for i in range(len(document))
        ).split()
    )
    words = re.findall(r"<td class=\"whole-words\">([^<]+)</td>", page.read_text("utf-8"))
    assert all(unescape(word) in text for word in words)
