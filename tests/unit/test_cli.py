"""The command line: what it prints, where, and with which exit status."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pyjustice.looks import cli
from pyjustice.looks.output import plain, progress_bar
from pyjustice.looks.records import write_csv, write_json

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "pyjustice" / "data" / "demo"
LAMBETH = str(DEMO / "lambeth-2025.txt")
ANSI = re.compile("\x1b")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


# --- what people see ------------------------------------------------------------------------------


def test_demo_reads_and_checks_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "demo")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    for says in (
        r"2\.1 +Assessment +Good, 15 of 21 \(71 %\)",
        r"2\.1 +Assessing +Good, 13 of 19 \(68 %\)",
        r"V1 +Work with victims +Requires improvement",
        r"4\.1 +Resettlement policy and provision +Not rated",
        r"F4 +Ensuring that the sentence is served +Good, 82 %",
        r" +Overall +Good, 29 of 36",
        r" +Overall +none given",
        r"Fieldwork 6 October 2025",
        r"9 recommendations: 6 to .*",
        r"1\.1 +Requires improvement +allowed +usual rule not followed: Inadequate",
        r"1\.1 +Good +consistent +held by its decision rule",
        r"2\.2 +Outstanding +consistent +16 of 19 \(84 %\), one answer decides",
        r"V1 +Requires improvement +unchecked +no percentages",
        r"mention +Inadequate \(2015\) +DIFFERS +not on that scale",
        r"mention +Good +consistent +confirmed by other document",
        r" +21 percentages +consistent +possible with these cases",
    ):
        assert any(re.fullmatch(says, line) for line in lines), says
    assert max(map(len, lines)) <= 80
    assert not ANSI.search(out)
    assert out.isascii() or out.encode("cp1252")


def test_ratings_of_one_report_are_one_line_a_standard(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ratings", LAMBETH)
    assert status == 0
    standards = [line for line in out.splitlines() if re.match(r"(\d\.\d|V\d) ", line)]
    assert [re.split(r"  +", line) for line in standards] == [
        ["2.1", "Assessing", "Good, 13 of 19 (68 %)"],
        ["2.2", "Planning", "Outstanding, 16 of 19 (84 %)"],
        ["2.3", "Implementation and delivery", "Outstanding, 16 of 19 (84 %)"],
        ["V1", "Work with victims", "Requires improvement"],
    ]
    assert "Counts are worked out" in out


def test_all_percentages_are_listed_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    _, short, _ = run(capsys, "check", LAMBETH)
    _, long, _ = run(capsys, "check", LAMBETH, "--all")
    assert "2.1/2" not in short
    assert re.search(r"^2\.1/2 +68 % +consistent +counts inferred$", long, re.MULTILINE)


def test_every_reason_shown_is_explained_below(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", str(DEMO))
    for reason in ("usual rule not followed", "not on that scale", "no overall given then"):
        assert re.search(rf"^{reason}$\n  \w.*", out, re.MULTILINE)


def test_colours_are_for_terminals(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("NO_COLOR", raising=False)
    _, out, _ = run(capsys, "ratings", LAMBETH)
    assert ANSI.search(out)
    bare = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in out.splitlines()]
    assert max(map(len, bare)) <= 100
    assert any("Good, 13 of 19 (68 %)" in line for line in bare)


# --- exit status ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ratings", str(DEMO)], 0),
        (["check", LAMBETH], 0),
        (["check", LAMBETH, "--count", "V1.1=7/12"], 0),
        (["check", LAMBETH, "--count", "V1.1=11/12"], 1),
        (["check", LAMBETH, "--count", "V1.1=13/12"], 2),
        (["check", str(DEMO)], 1),
        (["check", str(DEMO), "--count", "V1.1=7/12"], 2),
        (["ratings", str(DEMO / "no-such-file.txt")], 3),
    ],
)
def test_exit_status(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int) -> None:
    assert run(capsys, *arguments)[0] == status


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["moon"],
        ["ratings"],
        ["ratings", "x", "--format", "xml"],
        ["check", "x", "--count", "V1"],
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert "usage: pyjustice" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["ratings"], ["check"], ["demo"]])
def test_help_has_examples_and_the_exit_status(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*command, "--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "exit status:" in out
    assert "pyjustice" in out


# --- input that can not be read -------------------------------------------------------------------


def test_what_can_be_read_is_shown_beside_what_can_not(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_bytes(Path(LAMBETH).read_bytes())
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "noise.pdf").write_bytes(bytes(range(256)) * 40)
    missing = tmp_path / "missing.html"
    status, out, err = run(capsys, "ratings", str(tmp_path), str(missing))
    assert status == 3
    assert "Good, 13 of 19 (68 %)" in out
    lines = err.splitlines()
    assert len(lines) == 3
    for name in ("empty.txt", "noise.pdf", "missing.html"):
        assert any(re.match(rf"pyjustice: .*{name}.*: \w", line) for line in lines), name
    assert "Traceback" not in err


def test_a_folder_without_documents_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, err = run(capsys, "check", str(tmp_path))
    assert (status, out) == (3, "")
    assert err.startswith(f"pyjustice: {tmp_path}: no documents")
    assert len(err.splitlines()) == 1


def test_names_and_text_can_not_command_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = Path(LAMBETH).read_text("utf-8").replace("Lambeth", "Lam[red]b\x1b[31meth")
    (tmp_path / "a[bold].txt").write_text(text, "utf-8")
    _, out, err = run(capsys, "ratings", str(tmp_path))
    assert not ANSI.search(out + err)
    assert "a[bold].txt" in out
    assert plain("x\x1b[2Jy\u202e") == "x\ufffd[2Jy\ufffd"


def test_standard_input(monkeypatch: Any, capsys: pytest.CaptureFixture[str]) -> None:
    given = io.TextIOWrapper(io.BytesIO(Path(LAMBETH).read_bytes()))
    monkeypatch.setattr(sys, "stdin", given)
    status, out, _ = run(capsys, "ratings", "-")
    assert status == 0
    assert "Good, 13 of 19 (68 %)" in out


def test_a_document_named_twice_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "ratings", LAMBETH, str(DEMO / "lambeth-2025*"), "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 4


# --- formats --------------------------------------------------------------------------------------


def test_ratings_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "ratings", str(DEMO), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 4 + 13 + 13 + 6
    by_key = {(Path(row["source"]).stem, row["standard"]): row for row in rows}
    row = by_key["lambeth-2025", "2.1"]
    assert {k: row[k] for k in ("service", "rating", "word", "percent", "yes", "cases")} == {
        "service": "Lambeth", "rating": "2", "word": "Good", "percent": "68", "yes": "13",
        "cases": "19",
    }  # fmt: skip
    assert row["fieldwork"] == "2025-10-06"
    assert row["published"] == ""
    assert by_key["lambeth-2025", "V1"]["percent"] == ""
    assert by_key["westminster-2024", "4.1"]["word"] == "Not rated"


def test_check_as_csv_has_words_beside_codes(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", str(DEMO), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    (row,) = (r for r in rows if r["reason"] == "not on that scale")
    assert (row["item"], row["published_word"], row["computed_word"]) == (
        "mention",
        "Inadequate",
        "",
    )
    totals = [r for r in rows if r["item"] == "total"]
    assert {r["published_word"] for r in totals} == {""}


@pytest.mark.parametrize("command", ["ratings", "check", "demo"])
def test_json_is_plain(capsys: pytest.CaptureFixture[str], command: str) -> None:
    paths = [] if command == "demo" else [str(DEMO)]
    _, out, _ = run(capsys, command, *paths, "--format", "json")
    made = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert {row["service"] for row in made["inspections"]} == {
        "Lambeth", "Westminster", "Waltham Forest",
    }  # fmt: skip
    dates = {row["fieldwork"] for row in made["inspections"]}
    assert {"2014-09-15", "2024-01-15", "2024-04-22", "2025-10-06"} <= dates
    assert ("checks" in made) == (command != "ratings")
    assert ("questions" in made) == (command != "check")


def test_records_of_every_kind_of_value(tmp_path: Path) -> None:
    rows = [{"a": 1.0, "b": 0.5, "c": None, "d": "x,\n'y'", "e": True}]
    text = io.StringIO()
    write_csv(text, rows)
    assert text.getvalue() == "a,b,c,d,e\n1,0.5,,\"x,\n'y'\",True\n"
    text = io.StringIO()
    write_json(text, {"rows": rows, "none": []})
    assert json.loads(text.getvalue()) == {"rows": rows, "none": []}


def test_out_writes_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for form in ("table", "csv", "json"):
        path = tmp_path / f"ratings.{form}"
        status, out, _ = run(capsys, "ratings", LAMBETH, "--format", form, "--out", str(path))
        assert (status, out) == (0, "")
        assert "Outstanding" in path.read_text("utf-8")


def test_out_that_can_not_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, err = run(capsys, "check", LAMBETH, "--out", str(tmp_path / "no" / "file"))
    assert (status, out) == (2, "")
    assert re.fullmatch(r"pyjustice: .*file: .*\n", err)


# --- as a program ---------------------------------------------------------------------------------


def test_python_m_pyjustice() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pyjustice", "check", LAMBETH],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 differ" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "pyjustice", "ratings", str(DEMO), "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    errors = program.stderr.read()
    program.stderr.close()
    assert program.wait() == 141
    assert errors == b""


def test_the_bar_is_for_people(monkeypatch: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("Reading", counted=True) as step:
        assert step is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    for of, shown in ((1, False), (5, True)):
        capsys.readouterr()
        with progress_bar("Reading", counted=True) as step:
            assert step is not None
            step(1, of)
        assert ("Reading" in capsys.readouterr().err) == shown


def test_a_standard_with_a_question_missing_shows_no_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (DEMO / "waltham-forest-2024.txt").read_text("utf-8")
    cut = "\n".join(line for line in whole.split("\n") if "67%" not in line)
    assert cut != whole
    (tmp_path / "cut.txt").write_text(cut, "utf-8")
    assert cli.main(["ratings", str(tmp_path / "cut.txt")]) == 0
    line = next(text for text in capsys.readouterr().out.split("\n") if text.startswith("2.2"))
    assert "Good" in line
    assert "%" not in line
