"""Pictures: that they look as they did, in all forms of rows, on given axes, with any names."""

import io
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.testing.compare import compare_images
from PIL import Image

import pyjustice as pj
from tests.tools import pictures
from tests.tools.drawn import marked, notes, texts

# Root mean square of 255 shades, dot by dot. Measured: 0 by the version of matplotlib that drew the
# references; 4.6 and more where a limit, the hatches, intervals, marks, names, a trend or the bars
# of years are missing. A single arrow (2.3) is for the tests of what is drawn.
SAME_VERSION = 3
# Other versions set letters otherwise. Blurred to a tenth, 3.9 to 3.11 differ by 8.8 at most.
BLUR, OTHER_VERSION = 10, 12


@pytest.fixture(autouse=True)
def _plain() -> Iterator[None]:
    with pictures.plain():
        yield
    plt.close("all")


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_looks_like_its_reference(name: str, tmp_path: Path) -> None:
    kept, drawn = pictures.GOLDEN / f"{name}.png", tmp_path / "whole.png"
    pictures.draw(name, drawn)
    tolerance = SAME_VERSION
    with Image.open(kept) as reference:
        if reference.info["Software"] != pictures.version():
            tolerance = OTHER_VERSION
            size = reference.width // BLUR, reference.height // BLUR
            for path, to in ((kept, tmp_path / "kept.png"), (drawn, tmp_path / "drawn.png")):
                with Image.open(path) as picture:
                    picture.convert("L").resize(size, Image.Resampling.BOX).save(to)
            kept, drawn = tmp_path / "kept.png", tmp_path / "drawn.png"
    assert compare_images(str(kept), str(drawn), tolerance) is None


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_nothing_is_cut_and_everything_is_labelled(name: str) -> None:
    ax = pictures.PICTURES[name]()
    figure = ax.figure
    figure.draw_without_rendering()
    assert ax.get_title(loc="left")
    assert figure.get_size_inches()[0] >= 10
    marks = [
        tick.label1 if not tick.label2.get_visible() else tick.label2
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    assert len(marks) > 3
    # Jupyter cuts pictures to what takes part in the layout.
    kept = figure.get_tightbbox().transformed(figure.dpi_scale_trans)
    legend = ax.get_legend()
    said = [legend] if legend else []
    for box in (artist.get_window_extent() for artist in [*marked(ax, "notes"), *said]):
        assert kept.x1 + 1 >= box.x1
        assert kept.y0 - 1 <= box.y0
    for artist in [*ax.texts, *marks, ax.xaxis.label, ax.yaxis.label]:
        if artist.get_text().strip():
            box = artist.get_window_extent()
            assert box.x0 >= -1, artist
            assert box.y0 >= -1, artist
            assert box.x1 <= figure.bbox.x1 + 1, artist
            assert box.y1 <= figure.bbox.y1 + 1, artist


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_no_text_is_smaller_than_eight_points_on_a_slide(name: str) -> None:
    ax = pictures.PICTURES[name]()
    legend = ax.get_legend()
    written = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label]
    written += legend.get_texts() if legend else []
    assert ax.figure.get_size_inches()[0] == 10
    assert min(text.get_fontsize() for text in written if text.get_text().strip()) >= 8


ROWS = {
    "bands": pictures.band_rows, "control_chart": pictures.chart_rows,
    "forest": pictures.disparity_rows, "funnel": pictures.funnel_rows,
    "history": pictures.history_rows, "overrepresentation": pictures.share_rows,
    "pathway": pictures.pathway_rows, "rates": pictures.rate_rows,
    "ratings": lambda: pictures.many_ratings(3), "suppressed": pictures.safe_table,
}  # fmt: skip


@pytest.mark.parametrize("name", pj.plots.__all__)
def test_axes_that_are_given_are_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, given = plt.subplots(layout="constrained")
    monkeypatch.setattr(plt, "subplots", lambda *_, **__: pytest.fail("made a figure of its own"))
    drawn = getattr(pj.plots, name)(ROWS[name](), ax=given, title="My title", source="My source")
    assert drawn is given
    assert given.get_title(loc="left") == "My title"
    assert "Source: My source" in notes(given)


@pytest.mark.parametrize("form", ["pandas", "csv", "list"])
@pytest.mark.parametrize("name", [name for name in ROWS if name != "suppressed"])
def test_frames_and_lists_of_rows_are_drawn_as_the_array_is(name: str, form: str) -> None:
    pd = pytest.importorskip("pandas")
    draw, rows = getattr(pj.plots, name), ROWS[name]()
    expected = draw(rows)
    given = list(rows) if form == "list" else pd.DataFrame(rows)
    if form == "csv":
        given = pd.read_csv(io.StringIO(given.to_csv(index=False)))
    ax = draw(given)
    assert texts(ax) == texts(expected)
    assert [t.get_text() for t in ax.get_yticklabels()] == [
        t.get_text() for t in expected.get_yticklabels()
    ]


def test_frame_with_values_of_another_kind_is_refused() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(pictures.history_rows())
    frame["year"] = [2014.0, np.nan, 2021, 2024, 2026]
    with pytest.raises(pj.DataError, match="the column 'year'"):
        pj.plots.history(frame)
    with pytest.raises(pj.DataError, match="the column 'year'"):
        pj.plots.history(frame.assign(year="soon"))
    with pytest.raises(pj.DataError, match="one or more of history, got none"):
        pj.plots.history(frame[:0].assign(year=1))
    with pytest.raises(pj.DataError, match="rows: expected what history returns"):
        pj.plots.history([1, [2, 3]])


@pytest.mark.parametrize("name", [name for name in pj.plots.__all__ if name != "suppressed"])
def test_rows_of_another_kind_and_no_rows_are_refused(name: str) -> None:
    draw = getattr(pj.plots, name)
    with pytest.raises(pj.DataError, match="rows: expected what"):
        draw(np.zeros(2, pj.COUNT_DTYPE))
    with pytest.raises(pj.DataError):
        draw(np.zeros(3))


def test_only_a_suppressed_table_is_drawn_as_safe() -> None:
    with pytest.raises(pj.DataError, match="suppress"):
        pj.plots.suppressed(np.ones((2, 2)))


def test_names_that_look_like_mathematics_or_are_long_are_text() -> None:
    names = ["$\\frac{$", "a $x^2$ <b>_", "long " * 40, "Ŵ ŷ Ynys Môn", ""]
    rates = pj.rates([9, 8, 7, 3, 2], [90] * 5, per=1000, names=names)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = pj.plots.rates(rates, measure="$ " * 60, title="$x$ and $y_1$", source="$ " * 99)
        ax.figure.draw_without_rendering()
    assert ax.get_title(loc="left") == r"\$x\$ and \$y_1\$"
    assert len(ax.get_yticklabels()[2].get_text()) == 40
    assert ax.get_yticklabels()[4].get_text() == "Row 4"


def test_matplotlib_waits_until_a_picture_is_drawn() -> None:
    script = "import sys, pyjustice as pj; pj.plots.funnel; print('matplotlib' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert found.stdout.strip() == b"False"
