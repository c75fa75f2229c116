"""Pictures of ratings: the grid, how sure they are, and a service's history."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot as plt

import pyjustice as pj
from pyjustice.looks.rating_colours import SCALE
from tests.tools import pictures
from tests.tools.drawn import covered, marked, notes, texts


@pytest.fixture(autouse=True)
def _plain() -> Iterator[None]:
    with pictures.plain():
        yield
    plt.close("all")


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
    assert "G 29/36" in texts(ax)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [
        "I Inadequate", "RI Requires improvement", "G Good", "O Outstanding",
    ]  # fmt: skip
    assert "Hatched: – not rated." in notes(ax)


def test_grid_has_pages_that_together_have_every_row_once() -> None:
    rows = pictures.many_ratings()
    names: list[str] = []
    for page in range(1, 9):
        ax = pj.plots.ratings(rows, page=page)
        names += [label.get_text() for label in ax.get_yticklabels()]
        assert f"of 150: page {page} of 8." in notes(ax)
        plt.close(ax.figure)
    services = dict.fromkeys(rows["service"].tolist())
    for name, service in zip(names, services, strict=True):
        assert service.startswith(name.rstrip("…"))
    with pytest.raises(pj.DataError, match="page: expected 1 to 8, got 9"):
        pj.plots.ratings(rows, page=9)
    with pytest.raises(pj.DataError, match="most: expected 1 or more"):
        pj.plots.ratings(rows, most=0)
    assert len(pj.plots.ratings(rows[: 13 * 30], most=None).get_yticklabels()) == 30


def test_grid_sorted_by_rating_begins_with_the_lowest_overall() -> None:
    reports = pictures.rated_reports()
    ax = pj.plots.ratings(reports, sort="rating")
    overall = dict(zip(reports.inspections["service"], reports.inspections["overall"], strict=True))
    drawn = [overall[label.get_text()] for label in ax.get_yticklabels()]
    assert drawn == sorted(drawn)
    assert drawn[0] < drawn[-1]
    rows = pictures.many_ratings(30)
    ax = pj.plots.ratings(rows, sort="rating", most=None)
    means = [
        np.mean([rating for rating in rows["rating"][rows["service"] == label.get_text()]
                 if rating >= 0])
        for label in ax.get_yticklabels()
    ]  # fmt: skip
    assert means == sorted(means)
    ax = pj.plots.ratings(rows, sort="name")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == sorted(names)
    with pytest.raises(pj.DataError, match="sort"):
        pj.plots.ratings(rows, sort="worst")


def test_grid_has_words_where_there_is_room() -> None:
    rows = pictures.many_ratings(20)
    few = rows[np.isin(rows["standard"], ["2.1", "2.2", "2.3"])]
    assert "Requires improvement" in texts(pj.plots.ratings(few))
    assert "Requires\nimprovement" in texts(pj.plots.ratings(few[:30]))


def test_reports_of_one_service_and_year_do_not_cover_each_other(tmp_path: Path) -> None:
    text = (Path(pj.__file__).parent / "data" / "demo" / "westminster-2024.txt").read_bytes()
    for i in range(2):
        (tmp_path / f"{i}.txt").write_bytes(text + b"\n" * i)
    ax = pj.plots.ratings(pj.read_reports(tmp_path))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["Westminster 2024 (report 0)", "Westminster 2024 (report 1)"]


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


def test_bands_of_several_services_are_their_overall_ratings() -> None:
    one, other = pictures.band_rows(), pictures.band_rows()
    one["service"], other["service"] = "Anytown", "Otherton"
    rows = np.concatenate([one, other])
    ax = pj.plots.bands(rows)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [
        f"{service}: overall, {scenario}"
        for service in ("Anytown", "Otherton")
        for scenario in ("independent", "fully dependent")
    ]
    assert len(pj.plots.bands(rows, service="Otherton").get_yticklabels()) == len(one)
    with pytest.raises(pj.DataError, match="no rows of 'Nowhere'"):
        pj.plots.bands(rows, service="Nowhere")
    with pytest.raises(pj.DataError, match=r"no rows of ''; name one of '2.1', '2.2', '2.3'"):
        pj.plots.bands(rows[rows["standard"] != ""])


def test_bands_without_room_leave_key_questions_to_a_standard() -> None:
    rows = pictures.band_rows()
    ax = pj.plots.bands(rows, most=10)
    assert not any("question" in label.get_text() for label in ax.get_yticklabels())
    assert "Key questions are not drawn." in notes(ax)
    ax = pj.plots.bands(rows, standard="2.2", most=10)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "2.2 question 1", "2.2 question 2", "2.2, independent", "2.2, fully dependent",
    ]  # fmt: skip
    assert "page 2 of 2" in notes(pj.plots.bands(rows, standard="2.2", most=3, page=2))


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


def test_sources_that_contradict_each_other_are_all_seen() -> None:
    rows = pictures.disputed_rows()
    ax = pj.plots.history(rows)
    places = [tuple(map(float, mark.get_xydata()[0])) for mark in marked(ax, "inspection")]
    assert len(set(places)) == len(rows)
    assert [y for _, y in places] == [1, 2, 2, 0]
    named = [text.get_text() for text in marked(ax, "name")]
    assert named.count("Good\n22 of 36\n(sources conflict)") == 1
    assert named.count("Good\n25 of 36\n(sources conflict)") == 1
    hollow = [mark.get_markerfacecolor() == "white" for mark in marked(ax, "inspection")]
    assert hollow == [False, True, True, True]
    assert not marked(ax, "compared")


def test_no_label_of_any_published_history_is_covered() -> None:
    rows = pj.history()
    services, counts = np.unique(rows["service"], return_counts=True)
    for service in services[counts > 1]:
        ax = pj.plots.history(rows, service=service)
        assert not covered(ax), service
        plt.close(ax.figure)
    assert not covered(pj.plots.history(pictures.disputed_rows()))
