"""Pictures of figures: charts, funnels, ratios, shares, rates, and what is hidden in a table."""

from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib import pyplot as plt

import pyjustice as pj
from tests.tools import pictures
from tests.tools.drawn import covered, marked, notes, texts


@pytest.fixture(autouse=True)
def _plain() -> Iterator[None]:
    with pictures.plain():
        yield
    plt.close("all")


@pytest.mark.parametrize("adjust", [None, "multiplicative", "additive"])
@pytest.mark.parametrize("year", ["2020/21", "2021/22"])
def test_no_name_in_a_funnel_of_all_services_is_covered(adjust: str | None, year: str) -> None:
    rows = pictures.real_funnel(adjust, year)
    ax = pj.plots.funnel(rows)
    outside = set(rows["name"][np.char.find(rows["outside"], "9") >= 0].tolist())
    named = [text.get_text() for text in marked(ax, "name")]
    assert not covered(ax)
    assert f"{len(named)} of the {len(outside)} areas outside are named." in notes(ax)
    assert len(named) > (30 if len(outside) > 40 else len(outside) - 1)
    assert all(any(who.startswith(name.rstrip("…")) for who in outside) for name in named)


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


def test_forest_of_many_rows_has_the_clearest_and_says_of_the_others() -> None:
    rows = pictures.real_change()
    ax = pj.plots.forest(rows)
    names = [label.get_text() for label in ax.get_yticklabels()]
    p = dict(zip(rows["name"].tolist(), rows["p"].tolist(), strict=True))
    assert len(names) == 20
    assert max(p[name] for name in names) <= np.sort(rows["p"])[19]
    ratio = dict(zip(rows["name"].tolist(), rows["ratio"].tolist(), strict=True))
    drawn = [ratio[name] for name in names]
    assert drawn == sorted(drawn, reverse=True)
    assert "The 20 of 154 rows" in notes(ax)
    ax = pj.plots.forest(rows, most=5)
    clear = int((rows["q"] < 0.05).sum()) - 5
    flagged = int((rows["flag"][np.argsort(rows["p"], kind="stable")[:20]] != "").sum())
    assert f"To be minded: rebased population ({flagged} of 20 rows)." in notes(
        pj.plots.forest(rows)
    )
    assert f"Of the 149 others {clear} clear" in notes(ax)
    assert len(pj.plots.forest(rows[:30], most=None).get_yticklabels()) == 30


def test_forest_shows_what_is_wholly_beyond_its_axis_on_the_right_side() -> None:
    ax = pj.plots.forest(pj.change([1, 500_000], [500_000, 1], names=["up", "down"]))
    beyond = {(mark.get_ydata()[0], mark.get_marker()) for mark in marked(ax, "beyond")}
    assert beyond == {(0, ">"), (1, "<")}


def test_change_against_others_is_not_said_to_rise_or_fall() -> None:
    rows = pj.change([40, 30, 20], [30, 30, 30], names=list("ABC"), against="others")
    assert "← below the others" in texts(pj.plots.forest(rows))


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


def test_printed_shares_are_single_bars_in_the_words_of_the_report() -> None:
    ax = pj.plots.overrepresentation(pictures.printed_shares())
    assert [bar.get_width() for bar in ax.patches] == [41, 79, 63.7]
    assert not any(bar.get_hatch() for bar in ax.patches)
    assert "41 %\nAt the time of the inspection" in texts(ax)
    assert ax.get_yticklabels()[2].get_text().startswith("Otherton: of the caseload")
    rows = pictures.printed_shares()
    rows["caseload_share"] = rows["population_share"] = np.nan
    with pytest.raises(pj.DataError, match="share is known"):
        pj.plots.overrepresentation(rows)


def test_shares_of_a_caseload_of_unknown_size_are_still_pairs() -> None:
    rows = pj.overrepresentation([40, 60], [18, 82], groups=["Black", "White"], population="10-17")
    ax = pj.plots.overrepresentation(rows)
    assert [bar.get_width() for bar in ax.patches] == [40, 60, 18, 82]
    assert "no intervals, no ratios" in notes(ax)
    assert "no ratio: no denominator" in texts(ax)


def test_rates_have_intervals_an_arrow_beyond_the_axis_and_hatches_for_no_value() -> None:
    rows = pictures.rate_rows()
    ax = pj.plots.rates(rows)
    known = rows[~np.isnan(rows["value"])]
    assert [mark.get_xdata()[0] for mark in marked(ax, "rate")] == known["value"].tolist()
    ends = [line.get_xdata() for line in marked(ax, "interval")]
    right = ax.get_xlim()[1]
    np.testing.assert_allclose([end[0] for end in ends], known["lower"])
    np.testing.assert_allclose([end[1] for end in ends], np.minimum(known["upper"], right))
    (arrow,) = marked(ax, "beyond")
    assert arrow.get_ydata()[0] == 3
    (bar,) = marked(ax, "none")
    assert bar.get_hatch()
    assert "no value: missing value" in texts(ax)
    assert ax.get_xlim()[0] == 0


def test_rates_of_many_areas_have_pages() -> None:
    own = pictures.areas_of()
    rows = pj.rates(own["count"], own["population"], per=1000, names=own["area"])
    ax = pj.plots.rates(rows, page=8)
    assert "Rows 141 to 154 of 154: page 8 of 8." in notes(ax)
    assert ax.get_yticklabels()[-1].get_text() == own["area"][-1]


def test_rates_whose_names_are_periods_stand_in_time() -> None:
    rows = pictures.rates_over_time()
    ax = pj.plots.rates(rows)
    (marks,) = marked(ax, "rate")
    np.testing.assert_array_equal(marks.get_ydata(), rows["value"])
    np.testing.assert_allclose(np.diff(marks.get_xdata()), 1, atol=0.01)
    assert len(marked(ax, "none")) == 1
    assert len(pj.plots.rates(rows, over_time=False).get_yticklabels()) == len(rows)
    rows["name"][1] = rows["name"][0]
    assert len(pj.plots.rates(rows).get_yticklabels()) == len(rows), "no series"
    with pytest.raises(pj.DataError, match="out of order"):
        pj.plots.rates(rows, over_time=True)
    with pytest.raises(pj.DataError, match="of one kind"):
        pj.plots.rates(np.concatenate([rows, pj.proportions([1], [2])]))


def test_trend_line_has_its_ratio_and_as_many_events_as_there_were() -> None:
    rows, trend = pictures.rates_over_time(), pictures.trend_rows()
    ax = pj.plots.rates(rows, trend=trend)
    (line,) = marked(ax, "trend")
    values, times = line.get_ydata(), line.get_xdata()
    slopes = np.diff(np.log(values)) / np.diff(times)
    np.testing.assert_allclose(np.exp(slopes), trend["ratio"][0])
    known = ~np.isnan(rows["count"])
    expected = (values * rows["population"] / 1000)[known].sum()
    assert expected == pytest.approx(np.nansum(rows["count"]))
    # The same line by least squares, weighted until nothing changes.
    x = np.column_stack([np.ones(known.sum()), (times - times.mean())[known]])
    count, people = rows["count"][known], rows["population"][known] / 1000
    beta = np.array([np.log(count.sum() / people.sum()), 0])
    for _ in range(50):
        mean = people * np.exp(x @ beta)
        beta += np.linalg.solve(x.T @ (x * mean[:, None]), x.T @ (count - mean))
    np.testing.assert_allclose(values[known], np.exp(x @ beta))
    assert len(marked(ax, "trend limits")) == 1


def test_trend_of_theil_and_sen_and_trends_that_do_not_fit() -> None:
    rows = pictures.rates_over_time()
    trend = pictures.trend_rows("mann-kendall")
    (line,) = marked(pj.plots.rates(rows, trend=trend), "trend")
    slopes = np.diff(line.get_ydata()) / np.diff(line.get_xdata())
    np.testing.assert_allclose(slopes, trend["slope"][0])
    assert np.nanmedian(rows["value"] - line.get_ydata()) == pytest.approx(0, abs=1e-12)
    with pytest.raises(pj.DataError, match="not the periods of these rows"):
        pj.plots.rates(rows[2:], trend=trend)
    with pytest.raises(pj.DataError, match="one series"):
        pj.plots.rates(rows, trend=np.concatenate([trend, pj.trend([1], [1], [2000], names="x")]))
    short = pj.trend(pictures.ENTRANTS[:3], pictures.CHILDREN[:3], pictures.YEARS[:3])
    assert "No trend: short series." in notes(pj.plots.rates(rows[:3], trend=short))


@pytest.mark.parametrize("method", ["log-linear", "mann-kendall"])
def test_trend_of_other_rows_is_refused(method: str) -> None:
    rows = pictures.rates_over_time()
    other = pj.trend(pictures.ENTRANTS[::-1], pictures.CHILDREN, pictures.YEARS, method=method)
    counts = pj.trend(pictures.ENTRANTS, periods=pictures.YEARS, method=method)
    for wrong in (other, counts):
        with pytest.raises(pj.DataError, match="of the counts and populations of these rows"):
            pj.plots.rates(rows, trend=wrong)


def test_trend_has_a_line_for_each_segment_that_is_long_enough() -> None:
    trend = pj.trend(pictures.ENTRANTS, pictures.CHILDREN, pictures.YEARS, breaks="2017/18", per=10)
    ax = pj.plots.rates(pictures.rates_over_time(), trend=trend)
    (line,) = marked(ax, "trend")
    assert len(line.get_xdata()) == 5
    assert "No trend from 2012-04-01 to 2017-03-31: short series." in notes(ax)


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


def test_figures_of_rows_are_chosen_where_there_are_too_many() -> None:
    found = pj.disparity([12, 30, 200], [90, 110, 1500], ["Asian", "Black", "White"],
                         reference="White", kind="proportion")  # fmt: skip
    safe = pj.suppress(found, below=5)
    ax = pj.plots.suppressed(safe)
    assert len(ax.get_xticklabels()) == 8
    assert "more fields are not drawn" in notes(ax)
    ax = pj.plots.suppressed(safe, fields=["events", "ratio_lower"])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["events", "ratio lower"]
    with pytest.raises(pj.DataError, match="fields: expected some of"):
        pj.plots.suppressed(safe, fields=["name"])
    with pytest.raises(pj.DataError, match="fields: expected none"):
        pj.plots.suppressed(pictures.safe_table(), fields=["Asian"])


def test_table_of_three_ways_is_drawn_from_rows() -> None:
    fields = [("area", "U8"), ("sex", "U8"), ("age", "U8"), ("count", float)]
    rows = np.array([("Anytown", sex, age, count) for sex, age, count in
                     [("Boys", "10-14", 12), ("Boys", "15-17", 3), ("Girls", "10-14", 8),
                      ("Girls", "15-17", 9)]], fields)  # fmt: skip
    ax = pj.plots.suppressed(pj.suppress(rows, below=5))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "Anytown Boys 10-14"
    assert any(patch.get_hatch() for patch in ax.patches)
