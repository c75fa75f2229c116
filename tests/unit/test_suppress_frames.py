"""Frames in, labels kept: what pandas calls its rows and columns is what is published."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pyjustice as pj

COUNTS = [[12, 3, 20], [9, 14, 8]]


def test_a_table_of_counts_keeps_its_labels() -> None:
    frame = pd.DataFrame(COUNTS, pd.Index(["Boys", "Girls"], name="Sex"), ["Ash", "Birch", "Elm"])
    safe = pj.suppress(frame, below=5)
    plain = pj.suppress(COUNTS, below=5)
    assert np.array_equal(safe.table, plain.table, equal_nan=True)
    assert safe.rows == ("Boys", "Girls", "Total")
    assert safe.columns == ("Ash", "Birch", "Elm", "Total")
    assert safe.corner == "Sex"
    assert safe.bounds[["row_name", "column_name"]].tolist()[1] == ("Boys", "Birch")
    lines = pj.publish(safe).splitlines()
    assert lines[3:5] == ["Sex,Ash,Birch,Elm,Total", "Boys,[x],[c],20,35"]
    assert pj.publish(safe, corner="Who").splitlines()[3].startswith("Who,")
    out = safe.to_pandas()
    assert out.index.tolist() == ["Boys", "Girls", "Total"]
    assert out.index.name == "Sex"
    assert out.loc["Girls", "Elm"] == 8
    assert np.isnan(out.loc["Boys", "Birch"])
    own = pj.suppress(frame, below=5, rows=["B", "G"])
    assert own.rows == ("B", "G", "Total")


def test_a_crosstab_with_its_margins() -> None:
    cases = pd.DataFrame({
        "Ethnicity": ["White"] * 12 + ["Black"] * 9 + ["Asian"] * 3,
        "Outcome": (["Charged"] * 6 + ["Diverted"] * 6 + ["Charged"] * 8 + ["Diverted"]
                    + ["Charged"] * 2 + ["Diverted"]),
    })  # fmt: skip
    made = pd.crosstab(cases["Ethnicity"], cases["Outcome"], margins=True)
    safe = pj.suppress(made, below=5, totals="last")
    assert safe.rows == ("Asian", "Black", "White", "All")
    assert safe.columns == ("Charged", "Diverted", "All")
    assert safe.corner == "Ethnicity"
    assert np.array_equal(safe.table, pj.suppress(made.to_numpy(), below=5, totals="last").table,
                          equal_nan=True)  # fmt: skip
    with pytest.raises(pj.DataError, match="labels that differ"):
        pj.suppress(made.rename(index={"All": "Total"}), below=5)


def test_labels_of_several_levels_and_of_numbers() -> None:
    index = pd.MultiIndex.from_tuples([("Boys", 2023), ("Boys", 2024)], names=["Sex", "Year"])
    safe = pj.suppress(pd.DataFrame(np.full((2, 2), 9), index, [2020, 2021]), below=5)
    assert safe.rows == ("Boys, 2023", "Boys, 2024", "Total")
    assert safe.columns == ("2020", "2021", "Total")
    assert safe.corner == "Sex, Year"
    unnamed = pj.suppress(pd.DataFrame(COUNTS), below=5)
    assert unnamed.rows == ("1", "2", "Total")
    assert unnamed.columns == ("1", "2", "3", "Total")
    twice = pd.DataFrame(COUNTS, ["A", "A"], ["x", "y", "z"])
    with pytest.raises(pj.DataError, match="rows: expected labels that differ"):
        pj.suppress(twice, below=5)


def test_a_series() -> None:
    counts = pd.Series(["A"] * 12 + ["B"] * 3 + ["C"] * 20 + ["D"] * 8).value_counts()
    safe = pj.suppress(counts, below=5)
    assert safe.rows == ("C", "A", "D", "B", "Total")
    assert safe.columns == ("count",)
    assert np.isnan(safe.table[3])
    assert safe.to_pandas().loc["C", "count"] == 20


def test_rows_of_a_result_in_a_frame() -> None:
    rows = pj.disparity([30, 3, 12], [200, 90, 240], ["Black", "Asian", "White"],
                        reference="White", kind="proportion")  # fmt: skip
    safe, own = pj.suppress(pd.DataFrame(rows), below=5), pj.suppress(rows, below=5)
    assert safe.table.dtype.names == own.table.dtype.names
    assert safe.reasons().tolist() == own.reasons().tolist()
    assert safe.rows == own.rows == ("Black", "Asian", "White")
    assert own.corner == "group"
    assert set(own.bounds["row_name"]) <= {"Black", "Asian", "White"}
    assert safe.to_pandas()["group"].tolist() == ["Black", "Asian", "White"]


def test_an_index_of_a_frame_of_fields_is_a_field() -> None:
    frame = pd.DataFrame({"events": [2, 30], "base": [40, 90]}, index=["Ash", "Elm"])
    safe = pj.suppress(frame, below=5)
    assert safe.table.dtype.names == ("index", "events", "base", "flag")
    assert safe.table["index"].tolist() == ["Ash", "Elm"]
    assert safe.rows == ("Ash", "Elm")
    assert np.isnan(safe.table["events"][0])
    years = pj.suppress(frame.set_axis(pd.Index([2023, 2024], name="Year")), below=5)
    assert years.table["Year"].tolist() == ["2023", "2024"]


def test_numbers_that_may_be_missing_and_texts_that_are() -> None:
    frame = pd.DataFrame({"area": ["Ash", None, "Elm"], "count": [9, 8, 7]})
    frame["count"] = frame["count"].astype("Int64")
    frame["kind"] = pd.Categorical(["a", "b", None])
    safe = pj.suppress(frame, below=5)
    assert safe.table["area"].tolist() == ["Ash", "", "Elm"]
    assert safe.table["kind"].tolist() == ["a", "b", ""]
    assert safe.table["count"].tolist() == [9, 8, 7]
    frame.loc[1, "count"] = pd.NA
    with pytest.raises(pj.DataError, match="expected counts"):
        pj.suppress(frame, below=5)


def test_frames_that_are_no_table() -> None:
    frame = pd.DataFrame([["A", 9, 8], ["B", 7, 6]], columns=["group", "count", "count"])
    with pytest.raises(pj.DataError, match="two columns are called 'count'"):
        pj.suppress(frame, below=5)
    texts = pd.DataFrame({"group": pd.array(["A", pd.NA], "string"), "count": [9, 8]})
    assert pj.suppress(texts, below=5).table["group"].tolist() == ["A", ""]
    whole = pd.Series(pd.array([9, 8], "Int64"), ["A", "B"])
    assert pj.suppress(whole, below=5).rows == ("A", "B", "Total")
    with pytest.raises(pj.DataError, match="expected counts"):
        pj.suppress(pd.Series(pd.array([9, pd.NA], "Int64")), below=5)
    for empty in (pd.DataFrame(), pd.DataFrame({"group": []}), pd.Series([], dtype=float)):
        with pytest.raises(pj.DataError):
            pj.suppress(empty, below=5)


def test_a_page_of_a_frame_with_any_labels(tmp_path: Path) -> None:
    frame = pd.DataFrame(COUNTS, ["Boys", "Girls"], ["name", "", "z"])
    pj.to_page(pj.suppress(frame, below=5), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8").casefold()
    assert all(word in page for word in ("boys", "column 2", "total"))


class Polars:
    """What a frame without an index offers, as those of polars do."""

    def __init__(self, **columns: list[object]) -> None:
        self.own = columns
        self.columns = list(columns)

    def __getitem__(self, name: str) -> pd.Series:
        return pd.Series(self.own[name])

    def __len__(self) -> int:
        return len(next(iter(self.own.values())))

    def to_numpy(self) -> np.ndarray:
        raise AssertionError("columns are taken one by one, each with its type")


def test_a_frame_without_an_index() -> None:
    safe = pj.suppress(Polars(group=["A", "B"], count=[12, 9]), below=5)
    assert safe.table["group"].tolist() == ["A", "B"]
    assert safe.rows == ("A", "B")
    grid = pj.suppress(Polars(x=[12, 9], y=[3, 14], z=[20, 8]), below=5)
    assert grid.columns == ("x", "y", "z", "Total")
    assert grid.rows == ("1", "2", "Total")


def test_labels_of_rows_are_those_that_tell_them_apart() -> None:
    kind = [("service", "U8"), ("year", "i4"), ("sex", "U5"), ("count", "i8")]
    rows = np.array([("Ash", y, s, 9) for y in (2023, 2024) for s in ("Boys", "Girls")], kind)
    safe = pj.suppress(rows, below=5)
    assert safe.rows == ("2023, Boys", "2023, Girls", "2024, Boys", "2024, Girls")
    assert safe.corner == "year, sex"
    small = rows.copy()
    small["count"][0] = 2
    with pytest.raises(pj.DataError, match=r"cannot be protected .*'2023, Boys', 'count'"):
        pj.suppress(small, below=5, also_published=[(np.array([True, False, False, False]), 2)])


def test_a_total_that_nobody_declared_is_refused_where_something_is_hidden() -> None:
    rows = pd.DataFrame({"Group": ["A", "B", "C", "Total"], "events": [10, 3, 8, 21]})
    with pytest.raises(pj.DataError, match=r"totals=\{'Group': 'Total'\}"):
        pj.suppress(rows, below=5)
    safe = pj.suppress(rows, below=5, totals={"Group": "Total"})
    assert safe.count("primary") == 1
    assert safe.count("secondary") == 1
    named = rows.replace("Total", "All Saints")
    assert pj.suppress(named, below=5, totals={"Group": None}).count("primary") == 1
    assert pj.suppress(rows.replace(3, 9), below=5).count("shown")  # nothing is hidden
    margins = pd.DataFrame([[3, 9, 12], [8, 7, 15], [11, 16, 27]], ["x", "y", "All"],
                           ["a", "b", "All"])  # fmt: skip
    with pytest.raises(pj.DataError, match="totals='last'"):
        pj.suppress(margins, below=5)
    assert pj.suppress(margins, below=5, totals="last").count("primary") == 1
    levels = pd.MultiIndex.from_tuples([("Boys", "10"), ("Boys", "11"), ("Boys", "All")])
    with pytest.raises(pj.DataError, match="'Boys, All' looks like a total"):
        pj.suppress(pd.Series([3, 9, 12], levels), below=5)
    regions = pd.DataFrame(
        {"Area": ["England", "North", "South", "East"], "events": [21, 10, 3, 8]}
    )
    with pytest.raises(pj.DataError, match=r"totals=\{'Area': 'England'\}"):
        pj.suppress(regions, below=5)
    nations = pd.DataFrame({"Area": ["England", "Wales"], "events": [10, 3]})
    assert pj.suppress(nations, below=5).count("primary") == 1


def test_a_percentage_without_its_base_gives_no_total_away() -> None:
    rows = pd.DataFrame({
        "Group": ["A", "B", "C"], "events": [10, 3, 8], "percent": [47.6, 14.3, 38.1],
    })  # fmt: skip
    safe = pj.suppress(rows, below=5)
    assert np.isnan(safe.table["percent"]).all()  # 10 of 47.6 % are 21, and 21 - 10 - 8 is 3
    based = pj.suppress(rows.assign(base=[40, 50, 60]), below=5)
    assert np.isnan(based.table["percent"]).tolist() == [False, True, False]
    text = rows.assign(part=["47.6%", "14.3%", "38.1%"])
    with pytest.raises(pj.DataError, match="figures as text"):
        pj.suppress(text, below=5)
    ages = rows.assign(Group=["10", "11", "12"])
    assert pj.suppress(ages, below=5).count("primary") == 1
