"""Arrays and tables as what pandas and the readers of Arrow take in one call."""

import nanoarrow as na
import numpy as np
import pandas as pd
import pytest

import pyjustice as pj

LAYOUTS = [name for name in pj.__all__ if name.endswith("_DTYPE")]
# A value of each kind of field, missing ones among them, and its type in Arrow and pandas.
VALUES = {
    "i": [-1, 0, 1],
    "f": [np.nan, -1.5, np.inf],
    "b": [True, False, True],
    "U": ["", "é–ü", "x…"],
    "M": ["2020-02-29", "NaT", "1969-12-31"],
}
ARROW = {"i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "f8": "double", "b1": "bool"}
PANDAS = {"i": "int", "f": "float64", "b": "bool", "U": "str", "M": "datetime64"}


def filled(layout: str) -> np.ndarray:
    rows = np.zeros(3, getattr(pj, layout))
    for name in rows.dtype.names:
        rows[name] = VALUES[rows.dtype[name].kind]
    return rows


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_as_an_arrow_stream(layout: str) -> None:
    rows = filled(layout)
    stream = na.ArrayStream(pj.to_arrow(rows)).read_all()
    back = stream.to_pylist()
    for field, name in zip(stream.schema.fields, rows.dtype.names, strict=True):
        own = rows.dtype[name]
        expected = {"U": "large_string", "M": "date32"}.get(own.kind, ARROW.get(own.str[1:]))
        assert (field.name, field.type.name.lower()) == (name, expected)
        # nan is not nan: compared as printed
        assert str([row[name] for row in back]) == str(rows[name].tolist())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_as_a_data_frame(layout: str) -> None:
    rows = filled(layout)
    frame = pd.DataFrame(rows)
    for name in rows.dtype.names:
        kind = rows.dtype[name].kind
        assert str(frame[name].dtype).startswith(PANDAS[kind]) or kind == "U"
        assert frame[name].isna().tolist() == [v != v or v == "NaT" for v in VALUES[kind]]


def test_strided_and_empty_rows() -> None:
    rows = filled("RATING_DTYPE")
    assert [row["word"] for row in na.Array(pj.to_arrow(rows[::2])).to_pylist()] == ["", "x…"]
    assert na.Array(pj.to_arrow(rows[:0])).to_pylist() == []
    assert (len(pj.to_arrow(rows)), "3 rows" in repr(pj.to_arrow(rows))) == (3, True)


def test_only_structured_rows() -> None:
    for other in (np.zeros(3), filled("RATING_DTYPE").reshape(1, 3), filled("RATING_DTYPE")[0]):
        with pytest.raises(pj.DataError, match="structured array of one dimension"):
            pj.to_arrow(other)


def test_a_table_gives_its_rows_where_its_columns_are_known() -> None:
    known = pj.read_table("Area,Number\nNorth,12\nSouth,[c]\n")
    rows = na.Array(known).to_pylist()
    assert [(row["area"], row["count_reason"]) for row in rows] == [
        ("North", ""),
        ("South", "suppressed"),
    ]
    cells = na.Array(pj.read_table("Thing,Size\nNorth,1\n")).to_pylist()
    assert [(cell["row_label"], cell["value"]) for cell in cells] == [("North", 1.0)]


def test_columns_of_cases_are_not_copied() -> None:
    cases = pj.read_cases(pj.sample_cases(cases=40), framework="iyjs-2025")
    batch = na.c_array_stream(cases).get_next()
    same = [
        np.asarray(batch.child(i).view().buffer(1)).ctypes.data == cases[name].ctypes.data
        for i, name in enumerate(cases.names())
        if name not in cases.categories and cases[name].dtype.kind in "if"
    ]
    assert len(same) > 7
    assert all(same)
