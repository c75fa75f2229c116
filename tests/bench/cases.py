"""Speed and memory of rating case files: `python -m tests.bench.cases [ROWS ...]`.

Two jobs on a made-up file of 25 columns, by default of 100,000 and of 5,000,000 rows: rate every
service from the CSV (yes, and yes or no, by service and key question; the lowest key question's
band for each standard), and read the file alone. pyjustice beside polars (lazy), pyarrow, duckdb
and pandas, each as its users would write it, in a process of its own with the threads it takes by
default. Prints times without and with the import, ratios, and the peak of memory above that after
import; asserts nothing about them. Fails if the results of any two differ. Plain Python's `csv` is
the judge of small files. A tool that is not installed is left out, and said so.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.bench import case_peers
from tests.bench.case_peers import FRAMEWORK, PEERS
from tests.tools.native import ROOT, run

RELEASE = ROOT / "build" / "bench" / "release"
SIZES = (100_000, 5_000_000)
BEST_OF = 3
# Plain Python takes minutes for more.
MOST_FOR_JUDGE = 200_000
JUDGE = "csv"
OWN = "pyjustice"


def peak() -> int:
    """Peak of the process's memory in bytes.

    On Linux that of this program alone: `ru_maxrss` starts at the parent's peak.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return int(next(line.split()[1] for line in status.splitlines() if "VmHWM" in line)) * 1024


def measure(tool: str, job: str, path: str) -> None:
    """Do a job once, and print what it took and gave."""
    began = time.perf_counter()
    work: Callable[[str], Any] = PEERS[tool](job)
    imported = time.perf_counter()
    before = peak()
    result = work(path)
    done = time.perf_counter()
    told = {
        "seconds": done - imported,
        "import": imported - began,
        "memory": peak() - before,
        "result": result,
    }
    print(json.dumps(told))


def in_own_process(tool: str, job: str, path: Path, times: int) -> dict[str, Any]:
    """Return the best of some runs, each in a new process."""
    env = {**os.environ, "PYTHONPATH": f"{RELEASE}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-P", "-m", "tests.bench.cases", "--measure", tool, job, str(path)]
    best: dict[str, Any] = {}
    for _ in range(times):
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
        told = json.loads(done.stdout)
        if not best or told["seconds"] < best["seconds"]:
            best = told | {"memory": max(told["memory"], best.get("memory", 0))}
    return best


def make_file(folder: str, rows: int) -> Path:
    """Write a file in a process of its own: its memory is none of ours."""
    path = Path(folder) / f"{rows}.csv"
    script = (
        "import sys; from pyjustice.ground.sample_cases import sample_cases;"
        "sample_cases(sys.argv[1], cases=int(sys.argv[2]), framework=sys.argv[3], services=150)"
    )
    env = {**os.environ, "PYTHONPATH": f"{RELEASE}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-P", "-c", script, str(path), str(rows), FRAMEWORK]
    subprocess.run(command, env=env, check=True)
    return path


def compare(job: str, found: dict[str, dict[str, Any]]) -> bool:
    """Whether all tools gave one result; print which did not."""
    first, expected = next((tool, told["result"]) for tool, told in found.items())
    same = True
    for tool, told in found.items():
        if told["result"] != expected:
            print(f"{job}: {tool} gives another result than {first}")
            same = False
    return same


def bench(rows: int, times: int) -> bool:
    """Measure both jobs on one file, and return whether the results agree."""
    tools = [tool for tool in PEERS if tool != JUDGE and find_spec(case_peers.MODULES[tool])]
    same = True
    with tempfile.TemporaryDirectory() as folder:
        path = make_file(folder, rows)
        size = path.stat().st_size
        print(f"\n{rows:,} rows, {size / 1e6:,.0f} MB")
        for job in ("rate", "read"):
            found = {tool: in_own_process(tool, job, path, times) for tool in tools}
            own = found[OWN]
            heads = ("seconds", "times ours", "MB/s", "with import", "MiB above")
            print(f"{job:24}" + "".join(f"{head:>13}" for head in heads))
            for tool, told in found.items():
                cells = (
                    f"{told['seconds']:.3f}",
                    f"{told['seconds'] / own['seconds']:.2f}",
                    f"{size / 1e6 / told['seconds']:,.0f}",
                    f"{told['seconds'] + told['import']:.3f}",
                    f"{told['memory'] / 2**20:,.1f}",
                )
                print(f"{tool:24}" + "".join(f"{cell:>13}" for cell in cells))
            if rows <= MOST_FOR_JUDGE:
                found[JUDGE] = in_own_process(JUDGE, job, path, 1)
            same &= compare(job, found)
    return same


def main(words: list[str]) -> int:
    """Build a release, and measure every tool in processes of its own."""
    parser = argparse.ArgumentParser(prog="tests.bench.cases")
    parser.add_argument("rows", nargs="*", type=int, default=SIZES)
    parser.add_argument("--times", type=int, default=BEST_OF, help="runs, of which the best counts")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if given.measure:
        measure(*given.measure)
        return 0
    run(sys.executable, "setup.py", "-q", "build", "-b", RELEASE, "--build-lib", RELEASE, "--force")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for tool, module in case_peers.MODULES.items():
        if tool not in (OWN, JUDGE):
            there = find_spec(module) is not None
            print(f"{tool:24}{metadata.version(module) if there else 'not installed: left out'}")
    results = [bench(rows, given.times) for rows in given.rows]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
