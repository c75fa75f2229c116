"""Make pyjustice/ground/places/areas.csv: `python -m tests.tools.make_areas`.

From the published tables beside the repository and areas_by_hand.toml. It stops at anything that
does not fit: an authority in no service or in two, a name that no table has, a code of two areas.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from pyjustice.ground.area_names import fold, forms

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
BY_HAND = Path(__file__).with_name("areas_by_hand.toml")
MADE = ROOT / "pyjustice" / "ground" / "places" / "areas.csv"

COLUMNS = (
    *("kind", "name", "codes", "aliases", "country", "region", "police_area", "members"),
    *("successors", "start", "end"),
)
Row = dict[str, Any]


def table(name: str) -> list[dict[str, str]]:
    """Rows of a published table."""
    with open(DATA / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main() -> int:
    """Write the file, or say what does not fit."""
    MADE.write_text(made(), encoding="utf-8", newline="")
    print(f"{MADE.relative_to(ROOT)}: {MADE.stat().st_size} bytes")
    return 0


def made() -> str:
    """Return the content of the file."""
    by_hand = tomllib.loads(BY_HAND.read_text(encoding="utf-8"))
    services = services_of(by_hand["service"])
    authorities = authorities_of(by_hand, services)
    rows = [
        *services.values(),
        *authorities.values(),
        *regions_of(by_hand["region"], services, authorities),
        *police_areas_of(services),
        *(
            new("country", name, codes=codes, members=members(services, name))
            for name, codes in by_hand["countries"].items()
        ),
        new("country", "England and Wales", members=["England", "Wales"]),
        *(new("ambiguous", name, members=of) for name, of in by_hand["ambiguous"].items()),
    ]
    check(rows, services, authorities)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [row[column] for column in COLUMNS]
        writer.writerow("; ".join(cell) if isinstance(cell, list) else cell for cell in cells)
    return out.getvalue()


def new(kind: str, name: str, **fields: Any) -> Row:
    """Return a row with nothing in it but what is given."""
    lists = dict.fromkeys(("codes", "aliases", "members", "successors"), ())
    row: Row = dict.fromkeys(COLUMNS, "") | {key: list(of) for key, of in lists.items()}
    return row | {"kind": kind, "name": name} | fields


def services_of(by_hand: list[Row]) -> dict[str, Row]:
    """Services, under the names of the Board's tables; its list has codes and police areas."""
    tables = [table(f"yjb_{year}_children_yjs.csv") for year in ("2020-21", "2021-22")]
    printed = {row["YOT"]: row for row in tables[0]}
    assert list(printed) == [row["YOT"] for row in tables[1]]
    # Where the list's name is another, region and both populations tell which service it is.
    numbers = {
        (first["Region"], first["YOT_Pop"], second["YOT_Pop"]): first["YOT"]
        for first, second in zip(*tables, strict=True)
    }
    assert len(numbers) == len(printed)
    services = {}
    for row in table("YJS_names_standardised.csv"):
        name = numbers[row["yot_region"], row["2020"], row["2021"]]
        services[name] = new(
            "service", name, codes=[row["ou_code"]], country=row["yjb_country"],
            region=row["yot_region"], police_area=row["pcc_area"], members=[name],
            aliases=[row["yjs_name"]] if row["yjs_name"] != name else [],
        )  # fmt: skip
    assert services.keys() == printed.keys()
    services = dict(sorted(services.items()))
    for row in by_hand:
        known = services.setdefault(row["name"], new("service", row["name"], country="England"))
        merge(known, row)
        known["members"] = row.get("authorities", known["members"])
    return services


def merge(known: Row, row: Row) -> None:
    """Add what is known by hand: more codes and names, and whatever else is given."""
    for column in ("codes", "aliases"):
        known[column] += [one for one in row.get(column, []) if one not in known[column]]
    for column in ("country", "region", "police_area", "successors", "start", "end"):
        if column in row:
            known[column] = row[column]


def authorities_of(by_hand: Row, services: dict[str, Row]) -> dict[str, Row]:
    """Authorities with codes of the Office for National Statistics and of education, and the old.

    The lookup's column of districts of 2023 gives, where its name is the authority's own, the code
    that the authority had before.
    """
    authorities = {}
    for row in table("d2i_la_provider_lookup.csv"):
        name = row["local_authority_ons_name"]
        old = row["ltla23cd"] if fold(row["ltla23nm"]) == fold(name) else ""
        codes = [code for code in (row["la_code_new"], row["la_code"], old) if code]
        aliases = [one for one in row["also_known_as"].strip("[]").split(", ") if one]
        if "&" in row["also_known_as"]:  # this one name has a comma
            aliases = ["BCP", "Bournemouth, Christchurch & Poole"]
        authorities[name] = new(
            "authority", name, codes=list(dict.fromkeys(codes)), country=row["country"],
            region=row["region_name"], aliases=aliases,
        )  # fmt: skip
    # The county's code went to an area that lost a part of it: see areas_by_hand.toml.
    authorities["Dorset"]["codes"].remove("E10000009")
    for code, names in by_hand["wales"].items():
        authorities[names[0]] = new(
            "authority", names[0], codes=[code], aliases=names[1:], country="Wales", region="Wales"
        )
    for row in by_hand["authority"]:
        fields = {"country": "England"}
        merge(authorities.setdefault(row["name"], new("authority", row["name"], **fields)), row)
    by_name = {form: name for name in authorities for step in forms(fold(name)) for form in step}
    by_name |= {fold(name): name for name in authorities}
    for service in services.values():
        service["members"] = [
            next(by_name[form] for step in forms(fold(name)) for form in step if form in by_name)
            for name in service["members"]
        ]
        for name in service["members"]:
            authorities[name]["police_area"] = service["police_area"]
    regions = {"East of England": "Eastern", "Yorkshire and the Humber": "Yorkshire"}
    for row in authorities.values():
        row["region"] = regions.get(row["region"], row["region"])
    return dict(sorted(authorities.items()))


def members(services: dict[str, Row], country: str) -> list[str]:
    """Regions of a country, as the Board's tables have them."""
    return sorted({row["region"] for row in services.values() if row["country"] == country})


def regions_of(
    by_hand: list[Row], services: dict[str, Row], authorities: dict[str, Row]
) -> list[Row]:
    """Regions of the Board, with the code that most rows of the lookup give to the same region."""
    aliases = {row["name"]: row["aliases"] for row in by_hand}
    lookup, tool = table("d2i_la_provider_lookup.csv"), table("lait_youth.csv")
    numbers = {fold(row["LA and Regions"]): row["LA Number"] for row in tool}
    rows = []
    for name in sorted({row["region"] for row in services.values()}):
        names = {fold(one) for one in (name, *aliases.get(name, []))}
        codes = Counter(row["rgn22cd"] for row in lookup if fold(row["region_name"]) in names)
        given = [codes.most_common(1)[0][0]] if codes else []
        given += [numbers[one] for one in sorted(names) if one in numbers]
        rows.append(
            new(
                "region",
                name,
                codes=given,
                aliases=aliases.get(name, []),
                members=current(services, region=name),
                country="Wales" if name == "Wales" else "England",
            )
        )
    for part in ("Inner", "Outer"):
        name, alias = f"London ({part})", f"{part} London"
        inside = {row["LA and Regions"] for row in tool if row["Region"] == alias}
        whole = [
            one
            for one in current(services, region="London")
            if set(services[one]["members"]) <= inside
        ]
        row = new("region", name, codes=[numbers[fold(name)]], aliases=[alias], members=whole)
        rows.append(row | {"country": "England"})
    central = {
        row["ou_code"]
        for row in table("YJS_names_standardised.csv")
        if row["yjb_region"] == "South Central"
    }
    whole = [name for name, row in services.items() if central & set(row["codes"])]
    rows.append(new("region", "South Central", members=whole, country="England"))
    return rows


def current(services: dict[str, Row], **where: str) -> list[str]:
    """Services that cover an area once: those of the Board's tables."""
    return [
        name
        for name, row in services.items()
        if row["codes"] and all(row[column] == value for column, value in where.items())
    ]


def police_areas_of(services: dict[str, Row]) -> list[Row]:
    """Areas of police and crime commissioners, by the services in them."""
    rows = []
    for name in sorted({row["police_area"] for row in services.values()}):
        whole = current(services, police_area=name)
        country = services[whole[0]]["country"]
        rows.append(new("police area", name, members=whole, country=country))
    return rows


def check(rows: list[Row], services: dict[str, Row], authorities: dict[str, Row]) -> None:
    """Every authority that is in use lies in one service of the tables; no code is in two rows."""
    covered = Counter(name for of in current(services) for name in services[of]["members"])
    standing = {name for name, row in authorities.items() if not row["end"]}
    assert set(covered) == standing, standing ^ set(covered)
    assert set(covered.values()) == {1}
    codes = Counter(code for row in rows for code in row["codes"])
    assert set(codes.values()) == {1}, codes.most_common(3)
    for row in services.values():
        regions = {authorities[name]["region"] for name in row["members"]}
        assert regions == {row["region"]}, row


if __name__ == "__main__":
    sys.exit(main())
