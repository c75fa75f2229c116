"""The real files: published statistics of youth justice, as they lie beside the repository."""

from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

import pyjustice as pj
from tests.tools.small_tables import rows

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
YJB = sorted(SHARED.glob("yjb_*_yjs.csv"))
FORCE = sorted(SHARED.glob("ho_use_of_force_*.ods"))
LAIT = sorted(SHARED.glob("lait_youth.csv"))
MOJ = sorted(SHARED.glob("moj_proven_reoffending_*.csv"))
TRAFFORD = sorted(SHARED.glob("trafford_*.csv"))


@pytest.mark.parametrize("path", YJB, ids=lambda path: path.stem)
def test_rates_of_the_youth_justice_board_follow_from_their_counts(path: Path) -> None:
    table = pj.read_table(path)
    data = table.data
    assert len(data) == len(set(data["area"])) == 154
    assert set(data["unit"]) == {"per 1,000"}
    assert set(data["flag"]) == {""}
    assert len(table.totals()) == 0
    rates = [
        round(1000 * n / p + 1e-9, 1)
        for n, p in zip(data["count"], data["population"], strict=True)
    ]
    assert np.array_equal(rates, data["rate"])
    assert (data["rate_upper"] - data["rate_lower"]).round(9).tolist() == [0.1] * 154


@pytest.mark.parametrize("path", YJB, ids=lambda path: path.stem)
def test_services_add_up_to_the_regions(path: Path) -> None:
    _, year, measure, _ = path.stem.split("_")
    services = pj.read_table(path)
    regions = pj.read_table(SHARED / "yjb_2020-22_region_totals.csv")
    picked = regions.data[(regions.data["period"] == year) & (regions.data["measure"] == measure)]
    assert len(picked) == 10
    for row in picked:
        where = {"Region": str(row["area"])}
        assert services.sum("YOT_Number", where)["value"] == row["count"]
        assert services.sum("YOT_Pop", where)["value"] == row["population"]


@pytest.mark.parametrize("path", LAIT)
def test_a_dash_is_kept_as_a_reason(path: Path) -> None:
    table = pj.read_table(path)
    assert (table.dialect, len(table)) == ("lait", 6460)
    assert (table.cells["reason"] == "missing").sum() == 1243
    assert (table.data["rate_reason"] == "missing").sum() == 1243
    assert np.isfinite(table.cells["value"]).sum() == 6460 - 1243
    first = table.data[0]
    assert (first["area"], first["rate"], first["per"]) == ("Barking and Dagenham", 674, 100_000)
    # printed as whole numbers, so rounded; a spreadsheet wrote 40.63 as 40.630000000000003
    assert (first["rate_lower"], first["rate_upper"]) == (673.5, 674.5)
    # nine regions, Inner and Outer London, and England, each in all 38 sets of year and measure
    regions = set(table.data["area"]) - set(table.leaves().data["area"])
    assert (len(regions), len(table.leaves())) == (12, 6460 - 12 * 38)
    assert regions > {"England", "London", "London (Inner)", "East of England"}
    noisy = table.cells[table.cells["printed"] == "40.630000000000003"][0]
    assert (noisy["lower"], noisy["upper"]) == (40.625, 40.635)


@pytest.mark.parametrize("path", MOJ)
def test_old_and_new_measures_are_never_added(path: Path) -> None:
    table = pj.read_table(path)
    juvenile = table.data[
        [
            row.startswith("measure: old; temporal_unit: annual; group: Juvenile")
            for row in table.data["groups"]
        ]
    ]
    assert set(juvenile["unit"]) == {"percent", "count", "per reoffender"}
    with pytest.raises(pj.DataError, match="measure different things"):
        table.sum("value")
    with pytest.raises(pj.DataError, match="cuts the same people in more than one way"):
        table.sum("value", {"rate": "cohort"})
    chosen = {"rate": "cohort", "measure": "old", "temporal_unit": "annual"}
    with pytest.raises(pj.DataError, match="several periods"):
        table.sum("value", chosen)
    with pytest.raises(pj.DataError, match="is a total that holds"):
        table.sum("value", {**chosen, "date": "2004-01-01"})
    with pytest.raises(pj.DataError, match="no row is chosen"):
        table.sum("value", {**chosen, "date": "2001-04-01"})
    # two cohorts of 2005 are printed in each other's place
    odd = table.totals()
    odd = odd[np.isin(odd["evidence"], ("parts overlap", "parts incomplete"))]
    assert sorted(odd["difference"]) == [-18579, -3631, -2825, 2825, 3631, 18579]


@pytest.mark.parametrize("path", TRAFFORD)
def test_counts_and_rates_of_one_column_are_told_by_its_unit(path: Path) -> None:
    table = pj.read_table(path)
    counts = table.data[table.data["unit"] == "count"]
    rates = table.data[table.data["unit"] == "per 10,000"]
    assert (len(counts), len(rates)) == (121, 121)
    assert np.isnan(rates["count"]).all()
    assert (rates["rate_upper"] - rates["rate_lower"] == 1).all()
    year = {"measure": "Count", "period": "2024/25"}
    with pytest.raises(
        pj.DataError, match=r"'E92000001 \| England .* is a total that holds line 202"
    ):
        table.sum("value", year)
    assert (
        table.leaves().sum("value", year)["value"]
        == counts[counts["period"] == "2024/25"][:-1]["count"].sum()
    )


@pytest.mark.parametrize("path", FORCE)
class TestUseOfForce:
    def test_every_table_with_its_title_and_header(self, path: Path) -> None:
        tables = pj.read_tables(path)
        assert [table.title.split(".")[0] for table in tables] == [
            f"Table {i}" for i in range(1, 16)
        ]
        assert [table.line for table in tables] == [6] + [4] * 14
        assert tables[1].headers[2:4] == (
            "Perceived age | Under 11 years",
            "Perceived age | 11 - 17 years",
        )
        assert tables[7].headers[-1] == "Total incidents per tactic"
        assert tables[9].row_labels()[1:3] == ["Yes | No", "Yes | Not reported"]
        assert [row.split("[")[1] for row in tables.passed_over["source"]] == [
            "Cover_sheet]",
            "Contents]",
        ]
        assert not any("unreadable" in table.cells["reason"] for table in tables)

    def test_no_number_is_lost(self, path: Path) -> None:
        book = CalamineWorkbook.from_path(path)
        for table in pj.read_tables(path):
            laid = book.get_sheet_by_name(table.sheet).to_python(skip_empty_area=False)
            numbers = sorted(cell for row in laid for cell in row if isinstance(cell, float))
            kept = table.cells["value"]
            assert sorted(kept[np.isfinite(kept)].tolist()) == numbers

    def test_a_mark_in_its_own_column_is_a_note(self, path: Path) -> None:
        table = pj.read_tables(path)[14]
        assert len(table.headers) == 13
        assert (table.cells["footnote"] == "revised").sum() == 58
        assert rows(table.cells[:1], "value", "footnote", "line", "column") == [
            (11303, "revised", 5, 3)
        ]

    def test_one_total_in_nine_tables(self, path: Path) -> None:
        for number, table in enumerate(pj.read_tables(path)[:9], 1):
            totals = table.totals()
            (row,) = totals[totals["label"] == "Restraint | Total Restraint"]
            assert (row["evidence"], row["parts"]) == ("adds up", 3)
            cells = table.cells[table.cells["line"] == row["place"]]
            assert cells["value"][-1] == 285_562
            if number == 1:
                continue
            (column,) = totals[totals["label"] == "Total incidents per tactic"]
            assert column["place"] == cells["column"][-1]
            # an incident has one age, sex, ethnicity and disability, but many reasons and places
            assert column["evidence"] == ("adds up" if number < 6 else "parts overlap")

    def test_incidents_with_several_tactics_are_not_added(self, path: Path) -> None:
        table = pj.read_tables(path)[0]
        (first, *_) = table.totals()
        assert rows(table.totals()[:1], "place", "difference", "evidence") == [
            (4, 313137 - 640839, "parts overlap")
        ]
        assert first["label"] == "Total number of incidents"
        for some in (table.leaves(), table.leaves().leaves()):
            with pytest.raises(pj.DataError, match="more than their total, line 4"):
                some.sum("Total")
        restraint = {"Type of force": "Restraint"}
        assert table.leaves().sum("Total", restraint)["value"] == 285_562
        with pytest.raises(
            pj.DataError, match=r"line 7 .'Restraint . Total Restraint'. is a total"
        ):
            table.sum("Total", restraint)

    def test_forces_add_up(self, path: Path) -> None:
        tables = pj.read_tables(path)
        assert tables[11].leaves().sum("Total")["value"] == 313_137
        assert len(tables[11].leaves()) == 43
        for table in tables[12:15]:
            leaves = table.leaves()
            assert (
                leaves.sum("Fired")["value"]
                == table.cells[table.cells["column_label"] == "Fired"]["value"][0]
            )
