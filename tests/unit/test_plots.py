"""Pictures: what is drawn, joined, hatched, named and said; and that they look as they did."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.testing.compare import compare_images
from PIL import Image

import pyjustice as pj
from pyjustice.looks.rating_colours import SCALE
from tests.tools import pictures

# Root mean square of 255 shades, dot by dot. Measured: 0 by the version of matplotlib that drew the
# references; 6.7 and more where a limit, the hatches, the intervals or the marks are missing.
SAME_VERSION = 3
# Other versions set letters otherwise. Blurred to a tenth, 3.9 and 3.11 differ by 8.1 at most.
BLUR, OTHER_VERSION = 10, 12


@pytest.fixture(autouse=True)
def _plain() -> Iterator[None]:
    with pictures.plain():
        yield
    plt.close("all")


def marked(ax: Any, gid: str) -> list[Any]:
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


def texts(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def notes(ax: Any) -> str:
    (found,) = marked(ax, "notes")
    return str(found.get_text())


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
    for artist in [*ax.texts, *marks, ax.xaxis.label, ax.yaxis.label]:
        if artist.get_text().strip():
            box = artist.get_window_extent()
            assert box.x0 >= -1, artist
            assert box.y0 >= -1, artist
            assert box.x1 <= figure.bbox.x1 + 1, artist
            assert box.y1 <= figure.bbox.y1 + 1, artist


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_axes_that_are_given_are_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, given = plt.subplots(layout="constrained")
    monkeypatch.setattr(plt, "subplots", lambda *_, **__: pytest.fail("made a figure of its own"))
    measure = name.partition("_")[0] if name != "control_chart" else name
    rows = {"ratings": pictures.rated_reports, "bands": pictures.band_rows,
            "history": pictures.history_rows, "control_chart": pictures.chart_rows,
            "funnel": pictures.funnel_rows, "forest": pictures.disparity_rows,
            "pathway": pictures.pathway_rows, "overrepresentation": pictures.share_rows,
            "suppressed": pictures.safe_table}[measure]()  # fmt: skip
    drawn = getattr(pj.plots, measure)(rows, ax=given, title="My title", source="My source")
    assert drawn is given
    assert given.get_title(loc="left") == "My title"
    assert "Source: My source" in notes(given)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_ratings_are_told_apart_in_grey_and_their_words_can_be_read() -> None:
    light = [luminance(face) for face, _ in SCALE]
    for darker, lighter in pairwise(light):
        assert (lighter + 0.05) / (darker + 0.05) > 1.6
    for face, ink in SCALE:
        low, high = sorted([luminance(face), luminance(ink)])
        assert (high + 0.05) / (low + 0.05) >= 4.5  # WCAG 2, contrast of text


def test_grid_has_a_cell_for_every_standard_and_hatches_what_was_not_rated() -> None:
    reports = pictures.rated_reports()
    ax = pj.plots.ratings(reports)
    assert len(ax.patches) == len(reports.ratings) + len(reports)
    unrated = int((reports.ratings["rating"] < 0).sum())
    assert sum(patch.get_hatch() is not None for patch in ax.patches) == unrated == 1
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Waltham Forest", "Westminster"]
    assert "Good\n29/36" in texts(ax)


def test_grid_of_several_frameworks_is_refused_until_one_is_named() -> None:
    folder = Path(pj.__file__).parent / "data" / "demo"
    reports = pj.read_reports(folder)
    with pytest.raises(pj.DataError, match="fji-2012, iyjwcv-2025, yjs-2021"):
        pj.plots.ratings(reports)
    ax = pj.plots.ratings(reports, framework="fji-2012")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Lambeth 2015"]
    assert len(ax.patches) == 6, "that framework gives no overall rating"


def test_grid_names_rows_by_what_the_groups_are_by() -> None:
    rated = pj.rate_cases(pj.sample_cases(cases=80, services=2), "iyjs-2025")
    ax = pj.plots.ratings(rated)
    assert "Not\ngiven" in texts(ax)
    assert "Missing\nratings" in texts(ax), "without the score, which is a part of one"
    names = [t.get_text() for t in pj.plots.ratings(rated.standards).get_yticklabels()]
    assert names == sorted(set(rated.standards["service"].tolist()))
    ax = pj.plots.ratings(pictures.rated_reports().ratings)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Report 0", "Report 1"]


def test_bands_are_as_long_as_probabilities_and_say_the_margin() -> None:
    rows = pictures.band_rows()
    ax = pj.plots.bands(rows)
    widths = np.array([bar.get_width() for bar in ax.patches]).reshape(len(rows), 4)
    np.testing.assert_allclose(widths, rows[["p_0", "p_1", "p_2", "p_3"]].tolist())
    thick = [bar.get_width() for bar in ax.patches if bar.get_linewidth() == 2]
    np.testing.assert_allclose(thick, rows["p_same"])
    assert "Good (68 %, 51 to 82 %)\n1 answer to fall, 3 to rise" in texts(ax)


def test_bands_without_probabilities_are_hatched_and_say_why() -> None:
    ax = pj.plots.bands(pictures.band_rows(None))
    assert all(bar.get_hatch() for bar in ax.patches)
    assert "No probability: eligible unknown" in texts(ax)


def test_history_joins_no_inspections_that_are_not_compared() -> None:
    rows = pictures.history_rows()
    ax = pj.plots.history(rows)
    (line,) = marked(ax, "compared")
    assert line.get_ydata().tolist() == [1, 2]
    assert [round(x, 1) for x in line.get_xdata()] == [2021.7, 2024.4]
    assert len(marked(ax, "framework")) == 3
    rows["flag"] = "not comparable"
    assert not marked(pj.plots.history(rows), "compared")


def test_history_of_several_services_is_refused() -> None:
    rows = np.concatenate([pictures.history_rows()] * 2)
    rows["service"][5:] = "Otherton"
    with pytest.raises(pj.DataError, match="which of 2, such as 'Anytown'"):
        pj.plots.history(rows)
    assert pj.plots.history(rows, service="Otherton").get_title(loc="left").endswith("Otherton")
    with pytest.raises(pj.DataError, match="no rows of 'Nowhere'"):
        pj.plots.history(rows, service="Nowhere")


def test_chart_has_a_line_for_each_phase_and_marks_signals() -> None:
    rows = pictures.chart_rows()
    ax = pj.plots.control_chart(rows)
    values = marked(ax, "values")
    assert [len(line.get_xdata()) for line in values] == [16, 8]
    assert np.isnan(values[0].get_ydata()).sum() == 1, "a gap stays a gap"
    for field in ("centre", "lower", "upper", "near_lower", "near_upper"):
        drawn = np.concatenate([line.get_ydata()[1:-1] for line in marked(ax, field)])
        np.testing.assert_array_equal(drawn, rows[field])
    assert len(marked(ax, "phase")) == 1
    assert "beyond a limit" in [t.get_text() for t in ax.get_legend().get_texts()]
    assert "trial limits" in notes(ax)


def test_chart_without_limits_and_on_axes_that_have_lines_is_drawn() -> None:
    _, ax = plt.subplots()
    ax.plot([0, 1], [0, 1])
    pj.plots.control_chart(pj.control_chart([3], kind="xmr"), ax=ax)
    assert "too few points" in notes(ax)


def test_funnel_has_limits_on_the_scale_of_rates_and_names_those_outside() -> None:
    rows = pictures.funnel_rows()
    ax = pj.plots.funnel(rows)
    for side in ("lower_95", "upper_95", "lower_998", "upper_998"):
        (line,) = marked(ax, side)
        np.testing.assert_allclose(line.get_xdata(), rows["population"])
        np.testing.assert_allclose(line.get_ydata(), rows[side] / rows["population"] * 1000)
    outside = rows["name"][rows["outside"] != "within"]
    assert sorted(text.get_text() for text in marked(ax, "name")) == sorted(outside)
    assert "24 areas compared" in notes(ax)


@pytest.mark.parametrize("kind", ["ratio", "proportion"])
def test_funnel_of_other_kinds_puts_each_area_inside_or_outside_of_its_lines(kind: str) -> None:
    random = np.random.default_rng(4)
    base = random.integers(20, 200, 40)
    count = random.binomial(base, random.uniform(0.1, 0.5, 40))
    of = {"expected": base * 0.3} if kind == "ratio" else {"population": base}
    rows = np.sort(pj.funnel(count, kind=kind, per=100, **of), order="expected")
    ax = pj.plots.funnel(rows)
    lower, upper = (marked(ax, side)[0].get_ydata() for side in ("lower_998", "upper_998"))
    far = (rows["value"] < lower - 1e-9) | (rows["value"] > upper + 1e-9)
    np.testing.assert_array_equal(far, np.char.endswith(rows["outside"], "99.8"))
    assert far.any()


def test_funnel_without_limits_is_drawn_without_them() -> None:
    ax = pj.plots.funnel(pj.funnel([0, 0], [10, 20], names=["A", "B"]))
    assert not marked(ax, "name")
    assert not marked(ax, "upper_95")
    assert "Nothing varies" in notes(ax)
    with pytest.raises(pj.DataError, match="an area with figures"):
        pj.plots.funnel(pj.funnel([np.nan], [10], names=["A"]))


def test_forest_is_logarithmic_with_one_as_its_reference_and_words_for_both_sides() -> None:
    rows = pictures.disparity_rows()
    ax = pj.plots.forest(rows)
    assert ax.get_xscale() == "log"
    (line,) = marked(ax, "no difference")
    assert list(line.get_xdata()) == [1, 1]
    assert "← less often than White" in texts(ax)
    assert "more often than White →" in texts(ax)
    assert "4 comparisons" in notes(ax)


def test_forest_fills_only_what_is_clear_among_all_comparisons() -> None:
    rows = pictures.disparity_rows()
    ax = pj.plots.forest(rows)
    filled = {
        float(mark.get_xdata()[0]): mark.get_markerfacecolor() != "white"
        for mark in marked(ax, "ratio")
    }
    shown = rows[rows["ratio"] > 0]
    assert filled == {float(row["ratio"]): bool(row["q"] < 0.05) for row in shown}


def test_forest_hatches_what_is_suppressed_and_points_beyond_its_axis() -> None:
    rows = pictures.disparity_rows()
    ax = pj.plots.forest(rows)
    (bar,) = marked(ax, "suppressed")
    assert bar.get_hatch()
    assert bar.get_x() + bar.get_width() == pytest.approx(rows["ratio_most"][2])
    assert len(marked(ax, "beyond")) == 2  # down to no events of the suppressed, and of 'Other'
    ax = pj.plots.forest(pictures.change_rows())
    assert sorted(mark.get_marker() for mark in marked(ax, "beyond")) == ["<", ">"]


def test_forest_of_other_ratios() -> None:
    rows = pictures.disparity_rows()
    ax = pj.plots.forest(rows, measure="odds_ratio")
    assert ax.get_xlabel().startswith("Odds ratio")
    with pytest.raises(pj.DataError, match="measure"):
        pj.plots.forest(rows, measure="p")
    with pytest.raises(pj.DataError, match="adjusted_ratio"):
        pj.plots.forest(rows, measure="adjusted_ratio")


def test_pathway_marks_groups_at_each_stage_and_hatches_those_without_a_ratio() -> None:
    rows = pictures.pathway_rows()
    ax = pj.plots.pathway(rows)
    own = rows[(rows["step"] == "step") & (rows["group"] != "White")]
    assert ax.get_yscale() == "log"
    assert len(marked(ax, "ratio")) == int((own["ratio"] > 0).sum())
    assert len(marked(ax, "suppressed")) == int(np.isnan(own["ratio"]).sum()) == 2
    labels = [t.get_text() for t in ax.get_xticklabels()]
    assert labels == ["arrested\nof population", "charged\nof arrested", "in custody\nof charged"]
    assert len(pj.plots.pathway(rows, step="cumulative").get_xticks()) == 2
    with pytest.raises(pj.DataError, match="no such rows"):
        pj.plots.pathway(rows, step="each")


def test_shares_are_paired_bars_with_intervals_and_hatches_where_not_known() -> None:
    rows = pictures.share_rows()
    ax = pj.plots.overrepresentation(rows)
    assert [b.get_width() for b in marked(ax, "caseload_share")] == [40, 50, 7, 3]
    assert [b.get_width() for b in marked(ax, "population_share")] == [18, 72]
    assert sum(bar.get_hatch() is not None for bar in ax.patches) == 2
    assert len(marked(ax, "interval")) == 4
    assert "2.22 (1.68 to 2.79) times" in texts(ax)


def test_shares_of_a_report_are_not_said_to_be_of_children() -> None:
    rows = pictures.share_rows()
    rows["population"], rows["n"] = "", np.nan
    ax = pj.plots.overrepresentation(rows)
    assert [t.get_text() for t in ax.get_legend().get_texts()][1] == "share of the area"
    assert "no intervals, no ratios" in notes(ax)


def test_hidden_cells_are_hatched_and_show_neither_figure_nor_bounds() -> None:
    safe = pictures.safe_table()
    ax = pj.plots.suppressed(safe)
    hatches = [patch.get_hatch() for patch in ax.patches]
    assert len({hatch for hatch in hatches if hatch}) == 2
    assert sum(map(bool, hatches)) == safe.count("primary") + safe.count("secondary") == 4
    assert sorted(set(texts(ax)) & {"[c]", "[x]"}) == ["[c]", "[x]"]
    shown = [text for text in texts(ax)[:-1] if not text.startswith("[")]
    assert sorted(map(float, shown)) == sorted(safe.table[~np.isnan(safe.table)].tolist())


def test_hidden_figures_of_rows_are_hatched_in_their_fields() -> None:
    rows = pj.rates([12, 3, 40], [100, 90, 500], names=["A", "B", "C"], per=1000)
    ax = pj.plots.suppressed(pj.suppress(rows, below=5))
    assert [t.get_text() for t in ax.get_yticklabels()] == ["A", "B", "C"]
    assert sum(patch.get_hatch() is not None for patch in ax.patches) == 4


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
    names = ["$\\frac{$", "a $x^2$ name", "long " * 40]
    ax = pj.plots.forest(pj.change([9, 8, 7], [3, 4, 5], names=names))
    ax.figure.draw_without_rendering()
    assert len(ax.get_yticklabels()[2].get_text()) == 40


def test_matplotlib_waits_until_a_picture_is_drawn() -> None:
    script = "import sys, pyjustice as pj; pj.plots.funnel; print('matplotlib' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert found.stdout.strip() == b"False"
