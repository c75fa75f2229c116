"""Fuzz the entry points of the engine: `python -m tests.fuzz.run --seconds 10 [NAME...]`.

Seeds are tests/fuzz/corpus/NAME (inputs that failed once, and the least of each form), generated
reports and the package's sample; inputs that reach new code gather in build/fuzz/found/NAME. An
input that fails is written to build/fuzz and named in the output; `build/fuzz/fuzz/NAME/NAME FILE`
reads it again, and it belongs into the corpus with the change that mends it.
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.c.run import SAMPLE, sources
from tests.tools.dump_rules import write_dictionary, write_tables
from tests.tools.native import ROOT, CommandError, build, run
from tests.tools.reportmaker import make

HERE = Path(__file__).parent
FOLDER = ROOT / "build" / "fuzz"
SHARED = {
    "report": ("check", "rules", "invariants"),
    "lexicon": ("check",),
    "values": ("check",),
    "cases": ("check", "case_files"),
    "cells": ("check", "marker_table"),
}
LONGEST = {"report": 4096, "lexicon": 1024, "values": 512, "cases": 512, "cells": 256}


def write_seeds(folder: Path) -> None:
    """Write generated reports of all kinds, cut to what a fuzzer can hold."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(40):
        text = make(seed).text.encode()
        (folder / str(seed)).write_bytes(text[seed % 5 * 1000 :][: LONGEST["report"]])


def fuzz(name: str, program: Path, seconds: int) -> str:
    """Run one fuzzer and return one line about it; CommandError if it finds a fault."""
    found = FOLDER / "found" / name
    found.mkdir(parents=True, exist_ok=True)
    printed = run(
        program,
        *(
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST[name]}",
            "-timeout=5",
            "-rss_limit_mb=2048",
        ),
        *("-print_final_stats=1", f"-dict={FOLDER / 'words.dict'}"),
        *(f"-artifact_prefix={FOLDER}/{name}-", found),
        *(HERE / "corpus" / name, SAMPLE, FOLDER / "seeds"),
    )
    done = [line.split()[-1] for line in printed.splitlines() if "number_of_executed_units" in line]
    return f"fuzz {name}: {done[0]} runs in {seconds} s, none failed"


def main(words: list[str]) -> int:
    """Fuzz the entry points named, or all, and return an exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SHARED)}; all")
    options = parser.parse_args(words)
    names = options.names or list(SHARED)
    write_tables(FOLDER / "rules_tables.h")
    write_dictionary(FOLDER / "words.dict")
    write_seeds(FOLDER / "seeds")
    programs = {name: [HERE / f"fuzz_{name}.c", *sources(*SHARED[name])] for name in names}
    try:
        made = build(programs, "fuzz", FOLDER, [FOLDER, HERE.parent / "c"])
        with ThreadPoolExecutor(2) as pool:
            runs = pool.map(lambda name: fuzz(name, made[name], options.seconds), names)
            print("\n".join(runs), flush=True)
    except CommandError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
