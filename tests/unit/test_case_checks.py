"""What would embarrass an analyst, each fault made on purpose."""

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.measures.flags import CaseFault

HEADER = "case,service,sex,ethnicity,born,started,ended,2.1.1,2.1.2,2.1.9\n"
CLEAN = HEADER + (
    "1,Ash,M,White,01/02/2010,01/03/2025,01/06/2025,yes,no,a\n"
    "2,Ash,F,White,01/02/2011,02/03/2025,,no,n/a,b\n"
    "3,Oak,M,Mixed,01/02/2012,03/03/2025,04/06/2025,no,yes,c\n"
)


def found(text: str, **options: object) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    cases = pj.read_cases(text, framework="iyjs-2025", errors="collect")
    rows = pj.check_cases(cases, **options)  # type: ignore[arg-type]
    assert rows.dtype == pj.CASE_CHECK_DTYPE
    for row in rows:
        assert len(pj.explain(str(row["reason"])).splitlines()) == 2
        assert "Zebra" not in str(row)
    keys = [(str(r["service"]), str(r["column"]), str(r["reason"])) for r in rows]
    assert len(set(keys)) == len(keys)
    return {
        key: (int(r["count"]), int(r["of"]), int(r["first_line"]))
        for key, r in zip(keys, rows, strict=True)
    }


def test_a_clean_file_has_but_what_the_framework_asks_beyond_it() -> None:
    rest = [key for key in found(CLEAN) if key[2] != CaseFault.NO_COLUMN]
    assert rest == [("", "2.1.9", CaseFault.NOT_ASKED)]
    missing = [key[1] for key in found(CLEAN) if key[2] == CaseFault.NO_COLUMN]
    assert missing == ["2.2/1", "2.2/2", "2.3/1", "2.3/2", "V1/1"]


@pytest.mark.parametrize(
    ("extra", "key", "count"),
    [
        ("1,Ash,M,White,,01/03/2025,,yes,no,\n", ("Ash", "case", CaseFault.DUPLICATE), (1, 3, 5)),
        (",Oak,M,White,,01/03/2025,,yes,no,\n,Oak,M,White,,01/03/2025,,yes,no,\n", None, None),
        ("1,Oak,M,White,,01/03/2025,,yes,no,\n", None, None),  # of another service
        ("4,Oak,M,White,,05/03/2025,04/03/2025,yes,no,\n",
         ("Oak", "ended", CaseFault.OUT_OF_ORDER), (1, 2, 5)),
        ("4,Oak,M,White,06/03/2025,05/03/2025,,yes,no,\n",
         ("Oak", "started", CaseFault.OUT_OF_ORDER), (1, 2, 5)),
        ("4,Oak,M,Not known,,05/03/2025,,yes,no,\n5,Oak,M,,,05/03/2025,,yes,no,\n",
         ("Oak", "ethnicity", CaseFault.ETHNICITY), (2, 3, 5)),
        ("4,Oak,M,White,,05/03/2025,,,don't know,\n",
         ("Oak", "2.1/2", CaseFault.MISSING), (1, 2, 5)),
        ("4,Elm,M,White,,05/03/2025,,n/a,yes,\n",
         ("Elm", "2.1/1", CaseFault.NEVER_ANSWERED), (1, 1, 5)),
        ("4,Oak,M,White,,05/03/2025,,Zebra,no,\n", ("", "", CaseFault.REFUSED), (1, 4, 5)),
        ("4,Oak,M,White,,Zebra,,yes,no,\n", ("", "started", CaseFault.UNREAD), (1, 4, 5)),
        ("4,oak,M,White,,05/03/2025,,yes,no,\n", ("", "service", CaseFault.SPELLINGS), (1, 3, -1)),
    ],
)  # fmt: skip
def test_each_fault_is_found_where_it_is(
    extra: str, key: tuple[str, str, str] | None, count: tuple[int, int, int] | None
) -> None:
    before, after = found(CLEAN), found(CLEAN + extra)
    new = {k: v for k, v in after.items() if k not in before}
    if key is None:
        assert not new
    else:
        assert new[key] == count


def test_the_window_of_an_inspection() -> None:
    rows = found(CLEAN, window=("2025-03-02", np.datetime64("2025-03-31")))
    key = ("Ash", "started", CaseFault.OUTSIDE)
    assert rows[key] == (1, 2, 2)
    assert key not in found(CLEAN, window=("2025-03-01", "2025-03-03"))
    cases = pj.read_cases(CLEAN, framework="iyjs-2025")
    for bad in (("2025-04-01", "2025-03-01"), ("soon", "later"), ("2025-03-01",), (None, None), 5):
        with pytest.raises(pj.DataError, match="window: expected its first and last day"):
            pj.check_cases(cases, window=bad)  # type: ignore[arg-type]
    undated = pj.read_cases("case,2.1.1\n1,yes\n", framework="iyjs-2025")
    with pytest.raises(pj.DataError, match="no column says when"):
        pj.check_cases(undated, window=("2025-03-01", "2025-03-31"))


def test_values_that_differ_within_a_case() -> None:
    text = "case,sex,question,answer\n1,M,2.1.1,yes\n1,F,2.1.2,yes\n2,M,2.1.1,no\n"
    assert found(text)["", "sex", CaseFault.DIFFERS] == (1, 2, -1)


def test_groups_of_another_column() -> None:
    rows = found(CLEAN + "1,Ash,M,White,,01/03/2025,,yes,no,\n", by="sex")
    assert rows["M", "case", CaseFault.DUPLICATE] == (1, 3, 5)


def test_many_faults_are_all_counted() -> None:
    rows = "".join(f"{i},Ash,M,White,Zebra,01/03/2025,,yes,no,\n" for i in range(10, 1510))
    late = "9999,Ash,M,White,,Zebra,,yes,no,\n"
    checks = found(CLEAN + rows + late)
    assert checks["", "born", CaseFault.UNREAD] == (1500, 1504, 5)
    assert checks["", "started", CaseFault.UNREAD] == (1, 1504, 1505)
