"""The command line on case files: what a mock inspection prints, and what it refuses."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

import pyjustice as pj
from pyjustice.looks import cli
from tests.unit.test_case_ratings import LAMBETH_2025, as_file


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def lambeth(tmp_path: Path) -> str:
    path = tmp_path / "audit.csv"
    path.write_text(as_file(LAMBETH_2025[1]), "utf-8")
    return str(path)


ASKED = ("--framework", "iyjwcv-2025", "--rating", "V1=Requires improvement")


def test_a_line_a_standard(lambeth: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "rate-cases", lambeth, *ASKED)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert "2.1 Good, 13 of 19: one fewer, Requires improvement; three more, Outstanding" in lines
    assert "2.2 Outstanding, 16 of 19: one fewer, Good" in lines
    assert "V1  Requires improvement, as given" in lines
    assert "    Overall Good, 9 of 12: three answers fewer, Requires improvement" in lines
    assert max(map(len, lines)) <= 80


def test_with_eligible_cases(lambeth: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "rate-cases", lambeth, *ASKED, "--eligible", "2=24")
    assert status == 0
    [line] = [line for line in out.splitlines() if line.startswith("2.2      Outstanding again")]
    # 16 of 19 of 24: .776; the other question was met in all cases.
    assert line.split()[-2:] == [".78", ".78"]
    assert "not the chance that a rating is true" in " ".join(out.split())


def test_csv_and_json_hold_every_field(lambeth: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rate-cases", lambeth, *ASKED, "--format", "csv", "--eligible", "24")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["standard"] for row in rows] == ["2.1", "2.2", "2.3", "V1", ""]
    first, total = rows[0], rows[-1]
    assert (first["down_answers"], first["down_word"]) == ("1", "Requires improvement")
    assert (first["up_answers"], first["up_word"]) == ("3", "Outstanding")
    assert float(first["p_same_dependent"]) == pytest.approx(0.781, abs=5e-4)
    assert (total["word"], total["score"], total["max_score"]) == ("Good", "9", "12")
    assert (rows[1]["up_answers"], rows[1]["up_word"]) == ("", "")
    _, out, _ = run(capsys, "rate-cases", lambeth, *ASKED, "--format", "json")
    found = json.loads(out)
    assert set(found) == {"overall", "standards", "questions", "margins", "confidence", "refused"}
    assert found["overall"][0]["overall_word"] == "Good"
    assert len(found["questions"]) == 6, "the file asks nothing of work with victims"


def test_groups_and_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i, service in enumerate(("Ash", "Beech")):
        text = (
            f"case,service,started,2.1.1\n1,{service},01/05/202{i},yes\n2,{service},1/2/2022,no\n"
        )
        (tmp_path / f"{i}.csv.gz").write_bytes(gzip.compress(text.encode()))
    files = [str(tmp_path / f"{i}.csv.gz") for i in range(2)]
    asked = ("--framework", "iyjs-2025", "--by", "service", "--by", "started.financial_year")
    status, out, _ = run(capsys, "rate-cases", *files, *asked, "--format", "csv")
    assert status == 0
    groups = {(row["service"], row["started.financial_year"]) for row in
              csv.DictReader(io.StringIO(out))}  # fmt: skip
    assert groups == {("Ash", "2020/21"), ("Ash", "2021/22"), ("Beech", "2021/22")}


def test_refused_rows_are_told_and_the_rest_is_rated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.csv"
    bad = "".join(f"{i},secret\n" for i in range(12))
    path.write_text("case,2.1.1\na,yes\n" + bad, "utf-8")
    status, out, err = run(capsys, "rate-cases", str(path), "--framework", "iyjs-2025")
    assert status == 3
    assert "1 case" in out
    assert f"{path}:3, column 2: not an answer; the row is left out" in err
    assert "2 more rows of 13 left out" in err
    assert "secret" not in out + err


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["nowhere.csv", "--framework", "iyjs-2025"], 3, "nowhere.csv: No such file"),
        (["{file}", "--framework", "iyjs-1999"], 2, "iyjs-1999"),
        (["{file}", "--framework", "iyjwcv-2025", "--by", "colour"], 2, "no column 'colour'"),
        (["{file}", "--framework", "iyjwcv-2025", "--rating", "V1=Fine"], 2, "expected one of"),
        (["{file}", "--framework", "iyjwcv-2025", "--eligible", "3"], 2, "eligible"),
        (["{file}", "--framework", "iyjwcv-2025", "--eligible", "30", "--eligible", "2=40"], 2,
         "one number, or one for each domain"),
        (["{open}", "--framework", "iyjwcv-2025"], 3, "open.csv:2: a quote that opens here"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(
    words: list[str], status: int, says: str, lambeth: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    torn = tmp_path / "open.csv"
    torn.write_text('case,2.1.1\n"1,yes\n2,no\n', "utf-8")
    words = [word.format(file=lambeth, open=torn) for word in words]
    found, out, err = run(capsys, "rate-cases", *words)
    assert (found, out) == (status, "")
    assert err.count("\n") == 1
    assert says in err


def test_sample_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "made.csv"
    status, out, _ = run(capsys, "sample-cases", str(path), "--cases", "50", "--seed", "3")
    assert status == 0
    assert "50 made-up cases" in out
    assert path.read_bytes() == pj.sample_cases(cases=50, seed=3)
    status, _, err = run(capsys, "sample-cases", str(path), "--cases", "5")
    assert status == 2
    assert "--force" in err
    status, _, err = run(capsys, "sample-cases", str(path), "--cases", "-5", "--force")
    assert status == 2
    assert "cases: expected a whole number" in err
    assert len(path.read_bytes().splitlines()) == 51
    assert run(capsys, "sample-cases", str(path), "--cases", "5", "--force", "--long")[0] == 0
    assert run(capsys, "rate-cases", str(path), "--framework", "iyjs-2025")[0] == 0
