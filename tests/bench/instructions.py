"""Count the engine's instructions: `python -m tests.bench.instructions [--keep]`.

Seconds on a shared machine waver; the instructions of one binary over the package's own sample, and
over a file of cases made for it, do not. More than 5 % above the kept number fails; --keep writes
the new numbers, which then stand in the change that explains them.
"""

import json
import platform
import re
import sys
from pathlib import Path

from tests.c.run import sources
from tests.tools.dump_rules import write_tables
from tests.tools.native import ROOT, CommandError, build, run

HERE = Path(__file__).parent
KEPT = HERE / "instructions.json"
FOLDER = ROOT / "build" / "bench"
BOUND = 0.05
COUNTED = (
    "pj_report_read",
    "pj_rulebook_finish",
    "pj_case_tally_read",
    "pj_case_table_read",
)


def machine() -> str:
    """What the number depends on: the compiler and the processor's family."""
    version = run("gcc", "-dumpversion").strip().split(".")[0]
    return f"gcc {version} {platform.machine()}"


def count() -> tuple[dict[str, int], int]:
    """Return instructions by function, and the size of the text that was read."""
    documents = sorted((ROOT / "pyjustice" / "data" / "demo").glob("*.txt"))
    write_tables(FOLDER / "rules_tables.h")
    made = build(
        {"count": [HERE / "count.c", *sources("check", "rules", "case_files")]},
        "plain",
        FOLDER,
        [FOLDER, HERE.parent / "c"],
    )
    counts = {}
    for function in COUNTED:
        options = [
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            f"--toggle-collect={function}",
        ]
        printed = run("valgrind", *options, made["count"], *documents)
        counts[function] = int(re.findall(r"Collected : (\d+)", printed)[0])
    return counts, sum(path.stat().st_size for path in documents)


def main(words: list[str]) -> int:
    """Count, compare or keep, and return an exit code."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    try:
        counts, size = count()
    except CommandError as error:
        print(error)
        return 1
    print(f"{counts['pj_report_read'] / size:.1f} instructions a byte of report")
    if words == ["--keep"]:
        kept[machine()] = counts
        KEPT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")
        return 0
    if machine() not in kept:
        print(f"no numbers are kept for {machine()}: --keep writes them")
        return 1
    worse = 0
    for function, now in counts.items():
        before = kept[machine()][function]
        worse += now > before * (1 + BOUND)
        print(f"{function}: {now:,} instructions, {now / before - 1:+.1%} of the {before:,} kept")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
