"""Groups as data, and shares of caseloads."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.ground import ethnic_labels, groups
from pyjustice.ground.ethnic_labels import ethnic_label
from pyjustice.ground.groups import CLASSIFICATIONS, overlapping, regroup
from pyjustice.measures.flags import Flag

SHARED = Path(__file__).resolve().parents[3] / "shared"
LOOKUP = SHARED / "data" / "eff_classification_lookup.csv"
NAN = math.nan

EXPECTED = [
    # label, 18+1, 5+1, white or minority, flag of 5+1
    ("W1", "White British", "White", "White", ""),
    ("White - Irish", "White Irish", "White", "White", ""),
    ("Gypsy/Roma", "Gypsy, Roma or Irish Traveller", "White", "White", "gypsy roma traveller"),
    ("chinese", "Chinese", "Asian", "m", "chinese moved in 2011"),
    ("O1", "Chinese", "Asian", "m", "chinese moved in 2011"),
    ("Chinese or Other", "", "Other", "m", "chinese moved in 2011"),
    ("Other inc Chinese", "", "Other", "m", "chinese moved in 2011"),
    ("Asian excluding Chinese", "", "Asian", "m", "chinese moved in 2011"),
    ("Black or Black British", "", "Black", "m", ""),
    ("Mixed  White &  Asian", "White and Asian", "Mixed", "m", ""),
    ("White & Asian", "White and Asian", "Mixed", "m", ""),
    ("Other Ethnic Group", "", "Other", "m", ""),
    ("Arab", "Arab", "Other", "m", ""),
    ("Other than White", "", "", "m", "spans groups"),
    ("Other than White British", "", "", "", "spans groups"),
    ("BAME", "", "", "m", "spans groups"),
    ("All", "", "", "", "all groups"),
    ("Not Known", "Unknown", "Unknown", "Unknown", "unknown group"),
    ("", "Unknown", "Unknown", "Unknown", "unknown group"),
    ("Martian", "", "", "", "names no group"),
]


@pytest.mark.parametrize(("label", "fine", "five", "two", "flag"), EXPECTED)
def test_ethnic_labels(label: str, fine: str, five: str, two: str, flag: str) -> None:
    found = [regroup([label], name)[0] for name in CLASSIFICATIONS[:3]]
    wanted = groups.MINORITIES if two == "m" else two
    assert [row["group"] for row in found] == [fine, five, wanted]
    assert found[1]["flag"] == flag
    if label == "BAME":
        assert found[2]["flag"] == "white minorities unclear"


def test_every_label_of_the_published_lookup() -> None:
    if not LOOKUP.exists():
        # The package's own copy still has as many, each of one reach.
        assert len(ethnic_labels._labels()) >= 281
        return
    with open(LOOKUP, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 285
    for row in rows:
        found = ethnic_label(row["Ethnicity"])
        assert found is not None, row
        assert found.standard == row["Standard Ethnicity"]


def test_a_label_has_one_reach_and_known_codes() -> None:
    seen: dict[str, str] = {}
    codes = ethnic_labels.codes_of_groups()
    assert len(codes) == 19
    for own in ethnic_labels._read()["labels"]:
        assert set(own["codes"]) <= set(codes)
        for label in own["labels"]:
            assert label == label.casefold()
            folded = ethnic_labels.folded(label)
            assert folded not in seen or seen[folded] == own["standard"]
            seen[folded] = own["standard"]
    assert {group for _, group in codes.values()} == {
        "White", "Mixed", "Asian", "Black", "Other", "Unknown",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("W1 - White British", "W1"),
        ("M1 – White and Black Caribbean", "M1"),
        ("A2: Pakistani", "A2"),
        ("White British (W1)", "W1"),
        ("Black or Black British: African", "B2"),
        ("Black, Black British, Caribbean or African: African", "B2"),
        ("White: English, Welsh, Scottish, Northern Irish or British", "W1"),
        ("Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups", "M9"),
        ("Other ethnic group: Any other ethnic group", "O9"),
        ("Asian / Asian British: Chinese", "A4"),
        ("Ethnicity not known", "NS"),
        ("NS - Not stated", "NS"),
    ],
)
def test_labels_with_codes_and_parts_of_their_group(label: str, code: str) -> None:
    found = ethnic_label(label)
    assert found is not None
    assert found.codes == {code}


@pytest.mark.parametrize(
    "label",
    ["W1 - Pakistani", "White: Pakistani", "A1 motorway", "Black and White", "Not Black",
     "White - Asian - ", "Asian (excluding them)", "X1 - White", "Mixed: African"],
)  # fmt: skip
def test_what_contradicts_itself_is_no_group(label: str) -> None:
    assert ethnic_label(label) is None


@pytest.mark.parametrize("sign", [" - ", ": ", " "])
@pytest.mark.parametrize("code", "W1 W2 M1 M3 A1 A4 B1 B9 O2".split())
def test_a_code_before_its_own_words_changes_nothing(code: str, sign: str) -> None:
    for own in ethnic_labels._read()["labels"]:
        if own["codes"] == [code]:
            for words in own["labels"]:
                found = ethnic_label(f"{code}{sign}{words}")
                assert found is not None
                assert found.codes == {code}


def test_other_classifications() -> None:
    def of(labels: list[str], name: str) -> list[str]:
        return list(regroup(labels, name)["group"])

    assert of(["M", "female", "Unknown", "?"], "sex") == ["Boys", "Girls", "Unknown", ""]
    bands = ["10", "14", "15-17", "16 years", "10-17", "18", "", "15 to 16"]
    assert of(bands, "age band") == [
        "10-14", "10-14", "15-17", "15-17", "", "", "Unknown", "15-17",
    ]  # fmt: skip
    assert of(["Child in care", "Care leaver", "Not in care"], "care") == [
        "Care experience", "Care experience", "No care experience",
    ]  # fmt: skip
    assert of(["EHCP", "No SEND", "yes"], "SEND") == [
        "Special needs", "No special needs", "Special needs",
    ]  # fmt: skip
    with pytest.raises(pj.DataError, match="classification: expected one of"):
        regroup(["x"], "ethnicity")


@pytest.mark.parametrize(
    ("label", "classification", "group", "flag"),
    [
        ("Ethnicity: White", "ethnicity 5+1", "White", ""),
        ("Perceived ethnicity: Not stated", "ethnicity 5+1", "Unknown", "unknown group"),
        ("Ethnicity: Total", "ethnicity 5+1", "", "all groups"),
        ("White: Irish", "ethnicity 18+1", "White Irish", ""),
        ("Sex: Other", "ethnicity 5+1", "", "names no group"),
        ("Sex: Other", "sex", "Not male or female", ""),
        ("Age: aged 15-17", "age band", "15-17", ""),
        ("SEND: yes", "SEND", "Special needs", ""),
        ("Sex: Boys; Ethnicity: White", "sex", "", "names no group"),
    ],
)
def test_labels_with_headings(label: str, classification: str, group: str, flag: str) -> None:
    assert regroup([label], classification).tolist() == [(label, group, flag)]


def test_labels_with_headings_that_overlap() -> None:
    def meet(*labels: str) -> bool:
        return overlapping(labels) is not None

    assert not meet("Ethnicity: White", "Ethnicity: Black", "Ethnicity: Unknown")
    assert meet("Ethnicity: White", "Ethnicity: Black", "Ethnicity: Total")
    assert meet("Age: 10-14", "Age: 10-17")
    assert meet("White: Irish", "White")
    assert meet("Sex: Boys", "Ethnicity: White")
    boys = "Sex: Boys; Ethnicity: White"
    assert not meet(boys, "Sex: Girls; Ethnicity: White", "Sex: Boys; Ethnicity: Black")
    assert meet(boys, "Sex: All; Ethnicity: White")
    assert meet(boys, "Sex: Boys; Ethnicity: White British")


def test_groups_that_overlap() -> None:
    assert overlapping(["White", "Mixed", "Asian", "Black", "Other", "Not known"]) is None
    assert overlapping(["White", "BAME"]) is None
    assert overlapping(["White British", "Other than White British"]) is None
    assert overlapping(["White", "White British"]) == ("White", "White British")
    assert overlapping(["Chinese or other", "Asian"]) == ("Chinese or other", "Asian")
    assert overlapping(["All", "Black"]) == ("All", "Black")
    assert overlapping(["Boys", "Girls", "Total"]) == ("Total", "Boys")
    assert overlapping(["Boys", "Girls", "Haringey"]) is None
    minorities = "Ethnic minorities (excluding White minorities)"
    assert overlapping(["White", minorities]) is None
    assert overlapping(["Black", minorities, "White"]) == ("Black", minorities)
    assert overlapping(["10-14", "15-17"]) is None
    assert overlapping(["10 to 14", "14–17"]) == ("10 to 14", "14–17")
    assert overlapping(["10-17", "12"]) == ("10-17", "12")
    assert overlapping(["10-14", "14-17", "Not known"]) == ("10-14", "14-17")


OVERLAPS = [
    (["Boys", "Girls", "Male"], ("Boys", "Male")),
    (["M", "F", "female"], ("F", "female")),
    (["No SEND", "SEND", "EHCP"], ("SEND", "EHCP")),
    (["SEN support", "Special needs"], ("SEN support", "Special needs")),
    (["Care experience", "Looked after"], ("Care experience", "Looked after")),
    (["Child in need", "Not looked after"], ("Child in need", "Not looked after")),
    (["Girls", "All children"], ("All children", "Girls")),
    (["Girls", "Boys and girls"], ("Boys and girls", "Girls")),
    (["SEND", "Persons"], ("Persons", "SEND")),
    (["Boys", "Girls", "Black"], ("Boys", "Black")),
    (["SEND", "Looked after"], ("SEND", "Looked after")),
    (["15-17", "Mixed"], ("15-17", "Mixed")),
    # Each child is in one of these, or it is not known what they are.
    (["Male", "Female", "Other", "Not known"], None),
    (["1", "2", "9"], None),
    (["SEN support", "EHCP", "No SEND"], None),
    (["Looked after", "Care leaver", "Child in need", "Child protection plan", "None"], None),
    (["Looked after", "Other"], None),
    (["SEND", "None"], None),
    (["Yes", "No"], None),
    (["Boys", "Girls", "Haringey"], None),
    (["Boys", "Unknown", ""], None),
]


@pytest.mark.parametrize(("labels", "pair"), OVERLAPS)
def test_groups_of_other_kinds_that_overlap(
    labels: list[str], pair: tuple[str, str] | None
) -> None:
    assert overlapping(labels) == pair


def test_groups_that_overlap_are_refused() -> None:
    for labels in (["Boys", "Male"], ["SEND", "EHCP"], ["Boys", "All children"], ["Boys", "Asian"]):
        with pytest.raises(pj.DataError, match="one child can be in both") as caught:
            pj.disparity([3, 4], [20, 30], labels, reference=labels[0], kind="proportion")
        assert all(repr(label) in str(caught.value) for label in labels)
        with pytest.raises(pj.DataError, match="one child can be in both"):
            pj.pathway({"arrested": [9, 9], "charged": [1, 2]}, labels, reference=labels[1],
                       unit="children")  # fmt: skip


def test_parts_of_other_groups_are_data() -> None:
    for kind in ("sex", "care", "send"):
        rows = groups._others()[kind]
        labels = [label for own in rows for label in own["labels"]]
        assert len(set(labels)) == len(labels)
        assert all(label == ethnic_labels.folded(label) for label in labels)
        assert all(bool(own["parts"]) == (own["group"] != "Unknown") for own in rows)
        name = next(one for one in CLASSIFICATIONS if one.lower() == kind)
        for own in rows:
            # The name of a group names it, and a part is of one group.
            assert list(regroup([own["group"], *own["labels"]], name)["group"]) == (
                [own["group"]] * (len(own["labels"]) + 1)
            )
        owner = {part: own["group"] for own in rows for part in own["parts"]}
        assert all(owner[part] == own["group"] for own in rows for part in own["parts"])


@pytest.mark.parametrize("kind", ["18+1", "5+1", "white or minority"])
def test_a_group_is_a_label_of_itself(kind: str) -> None:
    labels = [f"{letter}{n}" for letter in "WMABO" for n in (1, 2, 3, 4, 9)]
    groups = sorted({group for group in regroup(labels, f"ethnicity {kind}")["group"] if group})
    assert len(groups) == {"18+1": 18, "5+1": 5, "white or minority": 2}[kind]
    assert regroup(groups, f"ethnicity {kind}")["group"].tolist() == groups


def test_every_flag_is_explained() -> None:
    for flag in Flag:
        assert len(pj.explain(flag).splitlines()) == 2
    own = [groups.NOT_KNOWN, groups.SPANS, groups.ALL_GROUPS, groups.CHINESE, groups.TRAVELLER]
    for text in [*own, groups.UNCLEAR, groups.UNKNOWN_GROUP]:
        assert text in list(Flag)


def shares(**change: Any) -> Any:
    given: dict[str, Any] = {
        "caseload_share": [41, 55, 4], "population_share": [20, 80, NAN],
        "groups": ["Black", "White", "Not known"], "population": "10-17", "n": 100,
    }  # fmt: skip
    given |= change
    return pj.overrepresentation(given.pop("caseload_share"), **given)


def test_overrepresentation() -> None:
    found = shares()
    assert found["ratio"][0] == pytest.approx(41 / 20)
    # Clopper and Pearson of 41 of 100 (R 4.2.2, binom.test): 0.3126 to 0.5129.
    assert found["caseload_share_lower"][0] == pytest.approx(31.26, abs=0.01)
    assert found["ratio_upper"][0] == pytest.approx(51.29 / 20, abs=0.001)
    assert found["difference"][0] == 21
    assert found["unknown_share"].tolist() == [4, 4, 4]
    assert found["flag"].tolist() == ["", "", "unknown group"]
    said = pj.sentence(found[0])
    assert "ethnicity unknown: 4 %" in said
    assert "share 2.05 times that of the population" in said
    # 41 % of 1,000 are 405 to 414 children: the limits are those of either end.
    many = shares(n=1000)[0]
    assert many["caseload_share_lower"] < 38 < 44 < many["caseload_share_upper"]
    zero = shares(caseload_share=[0, 96, 4])[0]
    assert zero["ratio"] == 0
    assert 0 < zero["ratio_upper"] < 1


def test_without_its_number_a_share_has_no_ratio() -> None:
    found = shares(n=None)
    assert found["flag"].tolist() == ["no denominator", "no denominator", "unknown group"]
    assert np.isnan(found["ratio"]).all()
    assert found["caseload_share"].tolist() == [41, 55, 4]
    assert "no ratio, since the number of children" in pj.sentence(found[0])
    bare = shares(caseload_share=[41, 55], population_share=[20, 80], groups=["Black", "White"])
    assert np.isnan(bare["unknown_share"]).all()
    assert "ethnicity unknown: not given" in pj.sentence(bare[0])
    odd = shares(n=6)
    assert odd[0]["flag"] == "no count fits"
    assert "no whole number of these children" in pj.sentence(odd[0])
    assert "no share of the population is given" in pj.sentence(shares()[2])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"population": "all ages"}, "a caseload is of children"),
        ({"population": None}, "population: expected '10-17'"),
        ({"caseload_share": [0.41, 0.55, 0.04]}, "got fractions"),
        ({"caseload_share": [41, 70, 4]}, "sum to 100 at most, got 115"),
        ({"caseload_share": [-1, 70, 4]}, "from 0"),
        ({"caseload_share": [NAN, 70, 4]}, "a percentage for each group"),
        ({"n": 0}, "n: expected"),
        ({"unknown": 3}, "unknown: expected"),
        ({"groups": ["A", "A", "B"]}, "each of them once"),
        ({"groups": None}, "expected population_share and groups"),
    ],
)
def test_bad_shares_are_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(pj.DataError, match=said):
        shares(**change)


REPORT = """An inspection of youth justice services in Anytown
HM Inspectorate of Probation, May 2024

Background

The population of Anytown is diverse, and 30 per cent of residents are Black. There were 63,200
children living in Anytown.

At the time our inspection was announced, the YJS was working with 41 children. The profile of
children included: 91 per cent from a Black and Global Majority background; 12 per cent girls.

At the time of the inspection, 93 per cent of the children known to the YJS were from Black and
Global Majority communities, with 41 per cent identifying as Black or Black British Caribbean.

Of the staff, 57 per cent are Black. Of children in the area, 40 per cent living there are Asian.
"""


def test_a_report_gives_its_figures_as_printed() -> None:
    report = pj.read_report(REPORT)
    found = pj.overrepresentation(report)
    assert found[["caseload_share", "as_of"]].tolist()[:3] == [
        (91, "At the time our inspection was announced"), (93, "At the time of the inspection"),
        (41, "At the time of the inspection"),
    ]  # fmt: skip
    assert found["group"][0] == "from a Black and Global Majority background"
    assert found["population_share"][3] == 40
    assert np.isnan(found["caseload_share"][3])
    assert len(found) == 4
    assert np.isnan(found["ratio"]).all()
    assert (found["flag"] == "no denominator").all()
    assert [report.excerpt(row) for row in found][:2] == ["91 per cent", "93 per cent"]
    said = pj.sentence(found[0])
    assert "as printed, line 10: 91 % from a Black and Global Majority background" in said
    assert "not compared" in said
    with pytest.raises(pj.DataError, match="as printed"):
        pj.overrepresentation(report, [20])


def test_two_dates_of_lambeth() -> None:
    # The published document, where it lies beside the repository; its words are in REPORT.
    for path in (SHARED / "reports").glob("lambeth-2025.txt"):
        found = pj.overrepresentation(pj.read_report(path))
        told = {float(row["caseload_share"]): str(row["as_of"]) for row in found}
        assert told[91] == "At the time our inspection was announced"
        assert told[93] == "At the time of the inspection"
        assert np.isnan(found["ratio"]).all()


def test_the_p_value_of_a_share_is_exact_and_agrees_with_its_limits() -> None:
    from scipy import stats

    random = np.random.default_rng(5)
    for _ in range(300):
        n = int(random.integers(1, 400))
        share, whole = round(100 * random.integers(0, n + 1) / n), int(random.integers(2, 99))
        share = 2 if share == 1 else share  # one percent alone is taken for a fraction
        (row,) = pj.overrepresentation([share], [whole], population="10-17", n=n, groups=["A"],
                                       level=0.9)  # fmt: skip
        fits = [k for k in range(n + 1) if math.floor(100 * k / n + 0.5) == share]
        if not fits:
            assert math.isnan(row["p"])
            continue
        law = stats.binom(n, whole / 100)
        exact = max(min(1, 2 * min(law.cdf(k), law.sf(k - 1))) for k in fits)
        assert row["p"] == pytest.approx(exact, rel=1e-9)
        apart = row["ratio_lower"] > 1 or row["ratio_upper"] < 1
        assert apart == (row["p"] < 0.1)
