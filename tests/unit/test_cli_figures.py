"""The commands change, funnel, disparity, page and board: output, exit status, errors."""

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest

import pyjustice as pj
from pyjustice.looks import cli

DEMO = Path(__file__).resolve().parents[2] / "pyjustice" / "data" / "demo"
LAMBETH = str(DEMO / "lambeth-2025.txt")
BEFORE = (
    "YOT,Children,Population\nDerby,135,26428\nHull,90,24000\nLuton,48,25000\nTotal,273,75428\n"
)
AFTER = "YOT,Children,Population\nKingston-upon-Hull,60,24100\nDerby,128,26644\nYork,32,17000\n"
ROLES = ("--role", "YOT=area", "--role", "Children=count", "--role", "Population=population")
GROUPS = "Ethnicity,Remanded,Sentenced\nWhite,12,240\nBlack,30,200\nAsian,[c],50\n"
DISPARITY = (
    "--group", "Ethnicity", "--events", "Remanded", "--base", "Sentenced", "--reference", "White",
    "--kind", "proportion",
)  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = cli.main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def before(tmp_path: Path) -> Path:
    path = tmp_path / "before.csv"
    path.write_text(BEFORE)
    return path


@pytest.fixture
def after(tmp_path: Path) -> Path:
    path = tmp_path / "after.csv"
    path.write_text(AFTER)
    return path


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    path = tmp_path / "groups.csv"
    path.write_text(GROUPS)
    return path


def test_disparity_of_a_wide_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(
        "Table 1: children sentenced\n\n,Black,,White,,All,\nArea,Number,Population 10-17,Number,"
        "Population 10-17,Number,Population 10-17\nDerby,20,900,80,9000,100,9900\n"
    )
    options = ("--group", "Ethnicity", "--events", "Number", "--base", "Population")
    rest = ("--reference", "White", "--kind", "rate", "--per", "1000")
    status, out, _ = run(capsys, "disparity", path, *options, *rest)
    assert status == 0
    assert "2.50 (1.45 to 4.12)" in out
    assert "All" not in out  # the total is left out


# --- figures --------------------------------------------------------------------------------------


def test_change_joins_two_tables_and_keeps_what_is_in_one(
    capsys: pytest.CaptureFixture[str], before: Path, after: Path
) -> None:
    command = ("change", before, after, *ROLES, "--periods", "2021/22", "2022/23")
    status, out, err = run(capsys, *command, "--format", "csv")
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    expected = pj.change(
        [135, 90], [128, 60], population_before=[26428, 24000], population_after=[26644, 24100]
    )
    assert [row["name"] for row in rows] == ["Derby", "Hull", "Luton", "York"]
    assert [float(row["ratio"]) for row in rows[:2]] == expected["ratio"].tolist()
    assert [float(row["q"]) for row in rows[:2]] == expected["q"].tolist()
    assert [row["flag"] for row in rows[2:]] == ["not on the other side"] * 2
    assert [row["ratio"] for row in rows[2:]] == ["", ""]


def test_change_takes_two_years_of_one_table_side_by_side(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "years.csv"
    path.write_text("Area,2021/22,2022/23,% change\nDerby,135,110,-19\nHull,90,60,-33\n")
    command = ("change", path, "--role", "*=count")
    status, _, err = run(capsys, *command)
    assert status == 2
    assert "periods: name two of the table's" in err
    status, out, _ = run(capsys, *command, "--periods", "2021/22", "2022/23", "--format", "csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["name"], row["before"], row["after"]) for row in rows] == [
        ("Derby", "135", "110"), ("Hull", "90", "60"),
    ]  # fmt: skip


def test_change_for_people_is_words_in_80_columns(
    capsys: pytest.CaptureFixture[str], before: Path
) -> None:
    periods = ("--periods", "2021/22", "2022/23")
    status, out, err = run(capsys, "change", before, before, *ROLES, *periods)
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    assert "Area" in out
    assert "Total" not in out
    assert "not distinguishable from chance" in " ".join(out.split())


def test_funnel_is_that_of_the_package(capsys: pytest.CaptureFixture[str], before: Path) -> None:
    status, out, err = run(capsys, "funnel", before, *ROLES, "--format", "json")
    assert (status, err) == (0, "")
    rows = json.loads(out)["funnel"]
    expected = pj.funnel([135, 90, 48], [26428, 24000, 25000], per=1000)
    assert [row["expected"] for row in rows] == expected["expected"].tolist()
    assert [row["name"] for row in rows] == ["Derby", "Hull", "Luton"]


def test_disparity_takes_columns_by_their_headers(
    capsys: pytest.CaptureFixture[str], groups: Path
) -> None:
    status, out, err = run(capsys, "disparity", groups, *DISPARITY, "--format", "csv")
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    expected = pj.disparity(
        [12, 30, np.nan], [240, 200, 50], ["White", "Black", "Asian"], reference="White",
        kind="proportion",
    )  # fmt: skip
    assert [row["group"] for row in rows] == ["White", "Black", "Asian"]
    assert float(rows[1]["ratio"]) == expected["ratio"][1]
    assert rows[2]["events"] == ""
    assert float(rows[2]["events_most"]) <= 50
    _, out, _ = run(capsys, "disparity", groups, *DISPARITY)
    assert "rate 3.00 times that of the reference" in " ".join(out.split())


def test_rows_are_chosen_by_value(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "sexes.csv"
    path.write_text(
        "YOT,Sex,Children,Population\nDerby,Boys,100,13000\nDerby,Girls,35,13428\n"
        "Hull,Boys,70,12000\nHull,Girls,20,12000\n"
    )
    roles = (*ROLES, "--role", "Sex=group")
    status, out, err = run(capsys, "funnel", path, *roles)
    assert (status, out) == (2, "")
    assert f"{path}, line 2: rows of several groups, such as 'Sex: Boys' and 'Sex: Girls'" in err
    status, out, _ = run(capsys, "funnel", path, *roles, "--where", "Sex=girls", "--format", "csv")
    assert status == 0
    assert [row["observed"] for row in csv.DictReader(io.StringIO(out))] == ["35", "20"]
    status, _, err = run(capsys, "funnel", path, *roles, "--where", "Sex=All")
    assert status == 2
    assert "no row has 'All' in 'Sex'; it has 'Boys', 'Girls'" in err


@pytest.mark.parametrize(
    ("command", "status", "says"),
    [
        (("funnel", "missing.csv"), 3, "missing.csv: No such file or directory; expected"),
        (("funnel", "{before}", "--table", "2"), 2, "--table: expected 1 to 1, got 2"),
        (("funnel", "{before}", "--where", "Sex=All"), 2, "no column 'Sex'"),
        (("funnel", "{groups}"), 2, "groups.csv: the columns of this table are not known"),
        (("change", "{before}", "{groups}", *ROLES), 2, "groups.csv"),
        (("disparity", "{before}", *DISPARITY), 2, "before.csv: "),
        (("disparity", "{groups}", *DISPARITY[:-4], "--reference", "X", "--kind", "proportion"), 2,
         "reference"),
        (("page", "missing.pdf", "--out", "{page}"), 3, "missing.pdf: no such file"),
        (("page", "--out", "{page}"), 2, "expected a report, or --cases FILE"),
        (("page", "--cases", "x.csv", "--out", "{page}"), 2, "go together"),
        (("board", "Wakefld", "--out", "{page}"), 2, "the nearest names are 'Wakefield'"),
        (("board", "Wakefield", "--out", "{folder}"), 2, "expected a file that can be written"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str], before: Path, groups: Path, command: tuple[str, ...],
    status: int, says: str,
) -> None:  # fmt: skip
    at = {"before": before, "groups": groups, "page": before.parent / "p.html"}
    words = [word.format(**at, folder=before.parent) for word in command]
    found, out, err = run(capsys, *words)
    assert (found, out) == (status, "")
    assert says in err
    assert all(line.startswith("pyjustice: ") for line in err.splitlines())
    assert not (before.parent / "p.html").exists()


@pytest.mark.parametrize("command", ["change", "funnel", "disparity", "page", "board"])
def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main([command, "--help"])
    assert exit_.value.code == 0
    out = capsys.readouterr().out
    assert f"  pyjustice {command} " in out.partition("examples:")[2]
    assert "exit status:" in out


# --- pages ----------------------------------------------------------------------------------------


def test_page_of_reports_is_that_of_the_package(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    status, out, err = run(capsys, "page", LAMBETH, "--out", path, "--made", "2026-01-31")
    assert (status, out, err) == (0, f"{path}: written\n", "")
    assert path.read_text("utf-8") == pj.to_page(
        {"": pj.read_reports([LAMBETH])}, made="31 January 2026"
    )


def test_page_of_cases_hides_small_counts_unless_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cases, path = tmp_path / "cases.csv", tmp_path / "page.html"
    pj.sample_cases(cases, cases=19, framework="iyjwcv-2025")
    words = ("page", "--cases", cases, "--framework", "iyjwcv-2025", "--out", path)
    assert run(capsys, *words)[0] == 0
    assert ">[c]<" in path.read_text("utf-8")
    assert run(capsys, *words, "--show-small-counts")[0] == 0
    shown = path.read_text("utf-8")
    assert ">[c]<" not in shown
    assert "NOT hidden" in shown


def test_what_is_read_is_written_though_another_file_is_not(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    status, out, err = run(capsys, "page", LAMBETH, "missing.pdf", "--out", path)
    assert (status, out) == (3, f"{path}: written\n")
    assert err == "pyjustice: missing.pdf: no such file; expected a report or a folder\n"


def test_board_sets_a_service_among_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    assert run(capsys, "board", "Wakefield", "--out", path)[::2] == (0, "")
    page = path.read_text("utf-8")
    children = pj.published("children")
    own = children[children["area"] == "Wakefield"]
    assert all(f">{count}<" in page for count in own["count"].tolist())
    assert "(154 compared)" in page
    assert "one of 154 comparisons" in page
    # The later year's population is of another census, which has to be said.
    assert "rebased population" in page
    assert "Requires improvement" in page
    assert "Open Government Licence" in page


def test_board_takes_reports_and_writes_workbooks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page, book = tmp_path / "board.html", tmp_path / "board.xlsx"
    assert run(capsys, "board", "Lambeth", LAMBETH, "--out", page)[0] == 0
    text = page.read_text("utf-8")
    assert "13 of 19 (68 %)" in text
    assert text.count("Inspections of Lambeth so far</h2>") == 1
    assert run(capsys, "board", "Lambeth", LAMBETH, "--out", book)[0] == 0
    assert book.read_bytes()[:2] == b"PK"


def test_board_takes_files_after_options_and_leaves_out_other_services(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "board.html"
    status, _, err = run(capsys, "board", "Lambeth", "--out", page, DEMO)
    assert status == 0
    told = [line.rpartition("/")[2] for line in err.splitlines()]
    assert told == [
        "waltham-forest-2024.txt: on Waltham Forest, not on Lambeth; left out",
        "westminster-2024.txt: on Westminster, not on Lambeth; left out",
    ]
    headings = re.findall(r"-h\">([^<]*)</h2>", page.read_text("utf-8"))
    assert headings[:3] == ["Lambeth, 2025", "Lambeth, 2015", "Lambeth, news"]
    with pytest.raises(SystemExit):
        cli.main(["board", "Lambeth", "--out", str(page), "--colour", "red"])
    assert "unrecognized arguments: --colour" in capsys.readouterr().err


def test_an_authority_within_a_joint_service_is_told_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, _, err = run(capsys, "board", "Tower Hamlets", "--out", tmp_path / "b.html")
    assert status == 2
    assert "in that of 'Tower Hamlets and City of London'" in err


# --- cases ----------------------------------------------------------------------------------------

CASES = ("--group", "Ethnicity", "--outcome", "Decision=Charged", "--reference", "White")


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    ethnic = ("White British", "Caribbean", "Not known", "White British")
    made = ("Charged", "Diverted", "Caution")
    rows = [f"{i},{ethnic[i % 4]},{'MF'[i % 3 == 0]},{made[i % 7 % 3]}" for i in range(200)]
    path = tmp_path / "extract.csv"
    path.write_text("Child ID,Ethnicity,Sex,Decision\n" + "\n".join(rows) + "\n")
    return path


def test_disparity_of_cases_without_key_questions(
    capsys: pytest.CaptureFixture[str], extract: Path
) -> None:
    options = (*CASES, "--outcome", "Decision=Caution", "--classification", "ethnicity 5+1")
    status, out, err = run(
        capsys, "disparity", extract, *options, "--adjust", "Sex", "--format", "csv"
    )
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    expected = pj.disparity_of(
        pj.read_cases(extract), by="Ethnicity", classification="ethnicity 5+1", adjust="Sex",
        reference="White", outcome={"Decision": ["Charged", "Caution"]},
    )  # fmt: skip
    assert [row["group"] for row in rows] == expected["group"].tolist()
    assert float(rows[0]["adjusted_ratio"]) == pytest.approx(expected["adjusted_ratio"][0])
    assert float(rows[0]["bootstrap_upper"]) == pytest.approx(expected["bootstrap_upper"][0])
    _, out, _ = run(capsys, "disparity", extract, *options, "--adjust", "Sex")
    assert "Like for like" in out
    assert "Black" in out
    _, out, _ = run(capsys, "disparity", extract, *options, "--where", "sex=f", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sum(int(float(row["base"])) for row in rows) == 67


def test_disparity_of_cases_tells_what_is_left_out(
    capsys: pytest.CaptureFixture[str], extract: Path
) -> None:
    extract.write_text(extract.read_text() + "200,Caribbean\n")
    status, _, err = run(capsys, "disparity", extract, *CASES[:-1], "White British")
    assert status == 3
    assert "1 row cannot be read: left out" in err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--events", "Decision"), "--events: is for a table"),
        (("--kind", "rate"), "--kind: is for a table"),
        (("--outcome", "Sex=M"), "--outcome: expected values of one column"),
        (("--outcome", "Decision=Hanged"), "has no case with one of the values given"),
        (("--where", "Region=x"), "no column 'Region'"),
        (("--where", "Sex=Q"), "two groups with cases"),
    ],
)
def test_errors_of_disparity_of_cases(
    capsys: pytest.CaptureFixture[str], extract: Path, more: tuple[str, ...], says: str
) -> None:
    status, out, err = run(capsys, "disparity", extract, *CASES[:-1], "White British", *more)
    assert (status, out) == (2, "")
    assert says in err
    assert str(extract) in err


@pytest.mark.parametrize(
    ("options", "says"),
    [(DISPARITY[:-2], "--kind: a table needs it; of cases give --outcome"),
     ((*DISPARITY, "--adjust", "Sex"), "--adjust: is for cases")],
)  # fmt: skip
def test_a_table_needs_what_cases_do_not(
    capsys: pytest.CaptureFixture[str], groups: Path, options: tuple[str, ...], says: str
) -> None:
    status, _, err = run(capsys, "disparity", groups, *options)
    assert status == 2
    assert says in err
