"""Names and codes of areas, joint services, mergers, and joins of two lists."""

import csv
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pyjustice as pj
from pyjustice.ground.areas import AREA_KINDS, find_areas
from tests.tools import make_areas

# Names of another tool's scrape of 83 reports that are not those of the Board's tables, all 12.
SCRAPE = {
    "Newcastle": "Newcastle upon Tyne",
    "Royal Borough of Greenwich": "Greenwich",
    "Dorset - JI": "Dorset Combined YOS",
    "County Durham": "Durham",
    "Conwy & Denbighshire - JI": "Conwy and Denbighshire",
    "Hull": "Kingston-upon-Hull",
    "An inspection of Tower Hamlets and City of London": "Tower Hamlets and City of London",
    "Cumberland": "Cumberland",
    "Nottinghamshire - JI": "Nottinghamshire",
    "Suffolk - JI": "Suffolk",
    "St Helens": "St. Helens",
    "Hackney - JI": "Hackney",
}
# Names of the Board's own list that are not those of its tables, all 8.
LIST = {
    "Cheshire East Cheshire West Halton and Warrington":
        "Cheshire East, Cheshire West, Halton and Warrington",
    "Cornwall and Isles of Scilly": "Cornwall",
    "Gwynedd and Ynys Mon": "Gwynedd Mon",
    "Kingston upon Hull": "Kingston-upon-Hull",
    "Southend on Sea": "Southend-on-Sea",
    "St Helens": "St. Helens",
    "Stockton on Tees": "Stockton-on-Tees",
    "Stoke on Trent": "Stoke-on-Trent",
}  # fmt: skip
# Names in outcomes of inspections, and others that people use.
OTHERS = {
    "Cheshire": "Cheshire East, Cheshire West, Halton and Warrington",
    "Cornwall and the Isles of Scilly": "Cornwall",
    "Derby City": "Derby",
    "East Riding": "East Riding of Yorkshire",
    "Gwynedd & Ynys Môn": "Gwynedd Mon",
    "Nottingham City": "Nottingham",
    "Leicestershire and Rutland": "Leicestershire",
    "Bristol, City of": "Bristol",
    "Leicester": "Leicester City",
    "Caerdydd": "Cardiff",
    "Cyngor Sir Gâr": "Carmarthenshire",
    "City of Westminster": "Westminster",
    "Western Bay Youth Justice and Early Intervention Service": "Western Bay",
    "E06000023": "Bristol, City of",
    "e06000023": "Bristol, City of",
    "F00BS00": "Bristol",
    "801": "Bristol, City of",
    "E12000007": "London",
    "East of England": "Eastern",
}


@pytest.mark.parametrize("name", {**SCRAPE, **LIST, **OTHERS})
def test_other_names(name: str) -> None:
    assert pj.area(name).name == {**SCRAPE, **LIST, **OTHERS}[name]


def test_services_of_the_tables_under_their_names_and_codes() -> None:
    rows = pj.published("children")
    for row in rows:
        one = pj.area(str(row["area"]))
        assert (one.name, one.kind, one.region) == (row["area"], "service", row["region"])
        assert one.codes == (row["area_code"],)
        assert pj.area(one.codes[0]) == one
    covered = Counter(place for name in rows["area"][:154] for place in pj.area(name).extent)
    assert set(covered.values()) == {1}
    assert covered.keys() == pj.area("England and Wales").extent
    assert len(covered) == 153 + 22  # authorities of England, by the lookup, and of Wales


def test_a_name_means_the_service_and_a_code_what_it_is_of() -> None:
    assert pj.area("Lambeth").kind == "service"
    assert pj.area("Lambeth", "authority").codes == ("E09000022", "208")
    assert pj.area(208) == pj.area("208") == pj.area("Lambeth", "authority")
    assert pj.area("Lambeth", "authority").service == "Lambeth"
    assert pj.area("Bury").kind == "authority"
    assert pj.area("Bury").service == "Bury and Rochdale"
    assert pj.area("Dorset").members == ("Bournemouth, Christchurch and Poole", "Dorset")
    assert pj.area("Dorset", "authority").codes == ("E06000059", "838")
    assert pj.area("Bedfordshire").extent < pj.area("Bedfordshire", "police area").extent
    assert pj.area("London").kind == "region"
    assert pj.area("City of London").codes == ("E09000001", "201")
    assert pj.area(pj.area("Lambeth")) is pj.area("Lambeth")


def test_mergers_with_their_dates() -> None:
    cumbria = pj.area("E10000006")
    assert (cumbria.name, str(cumbria.end)) == ("Cumbria", "2023-03-31")
    assert cumbria.successors == ("Cumberland", "Westmorland and Furness")
    assert str(pj.area("Cumberland", "authority").start) == "2023-04-01"
    assert pj.area("Cumberland", "authority").predecessors == ("Cumbria",)
    assert cumbria.extent == pj.area("Cumbria").extent == {"Cumberland", "Westmorland and Furness"}
    # Christchurch left Dorset: the old county and the new authority are two places.
    assert pj.area("E10000009").name == "Dorset (before 2019)"
    assert pj.area("E10000009").extent.isdisjoint(pj.area("Dorset", "authority").extent)
    assert pj.area("Poole (Pre LG)").successors == ("Bournemouth, Christchurch and Poole",)
    assert pj.area("Western Bay").successors == ("Bridgend", "Neath Port Talbot", "Swansea")
    assert pj.area("E10000002") == pj.area("Buckinghamshire", "authority")


def test_unknown_and_ambiguous_names() -> None:
    with pytest.raises(pj.DataError, match=r"'Lambth'; the nearest names are 'Lambeth'"):
        pj.area("Lambth")
    with pytest.raises(pj.DataError, match="no name is near"):
        pj.area("Atlantis-sub-Mare")
    with pytest.raises(pj.DataError, match="may be region 'West Midlands', police area"):
        pj.area("West Midlands")
    with pytest.raises(pj.DataError, match="'Kingston' may be service 'Kingston and Richmond'"):
        pj.area("Kingston")
    with pytest.raises(pj.DataError, match="kind: expected one of service"):
        pj.area("Lambeth", "borough")
    with pytest.raises(pj.DataError, match="no region of the name"):
        pj.area("Lambeth", "region")
    with pytest.raises(pj.DataError, match="no area of the name"):
        pj.area("an inspection of " * 100_000)
    for given in (None, 2.5, True):
        with pytest.raises(pj.DataError, match="expected a name or a code"):
            pj.area(given)  # type: ignore[arg-type]
    assert pj.area("West Midlands", "region").extent > pj.area("E08000025").extent


def test_every_area_is_found_by_its_own_names_and_codes() -> None:
    rows = list(csv.DictReader(make_areas.MADE.read_text("utf-8").splitlines()))
    assert len(rows) == 397
    for row in rows:
        if row["kind"] not in AREA_KINDS:
            continue
        for name in (row["name"], *filter(None, row["aliases"].split("; "))):
            assert row["name"] in {one.name for one in find_areas(name, row["kind"])}
        for code in filter(None, row["codes"].split("; ")):
            assert (pj.area(code).name, pj.area(code).kind) == (row["name"], row["kind"])


def test_the_file_is_what_the_tables_make() -> None:
    committed = make_areas.MADE.read_text("utf-8")
    made = make_areas.made() if make_areas.DATA.is_dir() else committed
    assert made == committed


# --- joins ----------------------------------------------------------------------------------------


def test_joins_of_the_scrape_and_of_the_list() -> None:
    services = pj.published("children")["area"][:154]
    found = pj.join_areas(services, list(LIST))
    assert len(found.matched) == 8
    assert found.areas == tuple(services[i] for i, _ in found.matched)
    assert not found.only_b
    found = pj.join_areas(list(SCRAPE), services)
    assert len(found.matched) == 11
    assert [one[1:] for one in found.only_a] == [("Cumberland", "overlaps", ("Cumbria",))]


def test_nothing_is_dropped() -> None:
    a = ["Lambeth", "Lambeth", "Lambth", "Kingston", "Bury", "Powys", ""]
    b = ["E09000022", "Bury and Rochdale", "Merton", "London Borough of Lambeth"]
    found = pj.join_areas(a, b)
    assert found.matched.tolist() == [[0, 0], [0, 3], [1, 0], [1, 3]]
    assert found.areas == ("Lambeth",) * 4
    assert {one.row for one in found.only_a} | set(found.matched[:, 0].tolist()) == set(range(7))
    assert {one.row for one in found.only_b} | set(found.matched[:, 1].tolist()) == set(range(4))
    assert [one.reason for one in found.only_a] == [
        *("no such area", "may be several areas", "overlaps", "not on the other side"),
        "no such area",
    ]
    assert found.only_a[0].nearest == ("Lambeth",)
    assert found.only_a[2].nearest == ("Bury and Rochdale",)
    assert repr(found) == "<AreaJoin: 4 matched, 5 only in a, 2 only in b>"
    assert len(pj.join_areas([], []).matched) == 0


def test_tables_are_joined_by_code_or_name() -> None:
    rows = pj.published("children")[:3]
    frame = pd.DataFrame({"area_code": ["E06000015", None, 856.0], "name": ["x", "Derbyshire", ""]})
    found = pj.join_areas(rows, frame)
    assert found.matched.tolist() == [[0, 0], [1, 1], [2, 2]]
    with pytest.raises(pj.DataError, match="expected a field area_code"):
        pj.join_areas(np.zeros(1, [("place", "U8")]), [])
    with pytest.raises(pj.DataError, match="got a single text"):
        pj.join_areas("Lambeth", [])


def test_kinds_of_the_two_sides() -> None:
    names = ["Dorset", "Cornwall", "Lambeth"]
    found = pj.join_areas(names, names, kind=("service", "authority"))
    assert found.matched.tolist() == [[2, 2]]
    assert [one.reason for one in found.only_a + found.only_b] == ["overlaps"] * 4
    # A code is of one area, whatever names mean: it is compared by place, never lost.
    found = pj.join_areas(["E06000055", "E09000022"], ["Bedfordshire", "Lambeth"], kind="service")
    assert found.matched.tolist() == [[1, 1]]
    assert found.only_a[0].reason == "overlaps"
    assert pj.area("E09000022", "service").codes == ("F00LM00",)
    wrong: Any
    for wrong in ("borough", ("service",), ("service", "borough")):
        with pytest.raises(pj.DataError, match="kind: expected"):
            pj.join_areas(names, names, kind=wrong)
