"""Test the engine without Python: `python -m tests.c.run [FLAVOUR...]`, default all.

Programs: `units` (the groups of checks), `oom` (every allocation fails once), `cuts` (documents cut
short) and, where basic blocks are counted, `linear` (work grows with the size). Documents are the
package's sample, and the published ones if they lie beside the repository; sanitizers, which cost
20 times the time, see fewer cuts of these. Flavours: plain, counted, asan, msan.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools.dump_rules import write_tables
from tests.tools.native import ROOT, CommandError, build, run

HERE = Path(__file__).parent
FLAVOURS = ("plain", "counted", "asan", "msan")
SAMPLE = ROOT / "pyjustice" / "data" / "demo"
FOLDER = ROOT / "build" / "c"
PUBLISHED = ROOT.parent / "shared" / "reports"


def texts(folder: Path) -> list[str]:
    """List the text documents of a folder, small ones first; none if there is no such folder."""
    found = sorted(folder.glob("*.txt"), key=lambda path: (path.stat().st_size, path.name))
    return [str(path) for path in found]


def sources(*names: str) -> list[Path]:
    return [HERE / f"{name}.c" for name in names]


def test(flavour: str) -> None:
    """Build the programs in a flavour and run them; CommandError at the first fault."""
    runs = [
        ("units",),
        ("oom", *texts(SAMPLE)),
        ("cuts", "100", *texts(SAMPLE)),
        ("cuts", "100" if flavour == "plain" else "1009", *texts(PUBLISHED)),
    ]
    if flavour == "counted":
        runs = [("linear",)]
    groups = sorted(path.stem for path in HERE.glob("test_*.c"))
    shared = sources("check", "rules", "invariants", "case_files", "marker_table")
    programs = {name: [*sources(name), *shared] for name, *_ in runs}
    if "units" in programs:
        programs["units"] = [*sources("main", *groups), *shared]
    made = build(programs, flavour, FOLDER, [FOLDER, HERE])
    for name, *words in runs:
        print(f"{flavour} {name}: {run(made[name], *words).splitlines()[-1]}", flush=True)


def main(words: list[str]) -> int:
    """Test each flavour and return an exit code."""
    write_tables(FOLDER / "rules_tables.h")
    try:
        with ThreadPoolExecutor(2) as pool:
            for _ in pool.map(test, words or FLAVOURS):
                pass
    except CommandError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
