"""Speed and memory of the report reader: `python -m tests.bench.reports`.

Prints text read a second on one core and with two threads, beside the same fields by Python's `re`
(tests/bench/re_reader.py), the memory above that after import, and where the time goes for PDF and
HTML. Documents: the published reports if they lie beside the repository, else the package's sample.
All is measured in one run on a release build of its own.
"""

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyjustice as pj
from pyjustice import _core
from pyjustice.ground.documents import open_document
from pyjustice.readers.rulebook import default_rulebook
from tests.bench.re_reader import ReReader
from tests.c.run import PUBLISHED, SAMPLE, texts
from tests.tools.native import ROOT, run
from tests.tools.reportmaker import make, write_html, write_pdf

RELEASE = ROOT / "build" / "bench" / "release"
BEST_OF = 3


def documents(times: int) -> list[str]:
    """Give the texts of the documents, `times` over."""
    paths = texts(PUBLISHED) or texts(SAMPLE)
    return [open_document(Path(path)).text for path in paths] * times


def megabytes(many: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in many) / 1e6


def seconds(job: Callable[[], object]) -> float:
    """Time the best of some runs."""
    best = float("inf")
    for _ in range(BEST_OF):
        began = time.perf_counter()
        job()
        best = min(best, time.perf_counter() - began)
    return best


def speed(call: Callable[[str], object], many: Sequence[str], threads: int) -> float:
    """Megabytes a second over many documents."""

    def job() -> None:
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(call, many):
                pass

    return megabytes(many) / seconds(job)


def print_speed() -> None:
    """Print text a second, by the engine alone, the package and `re`."""
    rules = default_rulebook()
    by_re = ReReader()
    many = documents(40)
    few = documents(2)
    rows = {
        "engine": (lambda text: _core.read_report(text.encode(), rules), many),
        "pj.read_report": (pj.read_report, many),
        "re": (by_re.read, few),
    }
    speeds = {name: [speed(call, on, n) for n in (1, 2)] for name, (call, on) in rows.items()}
    print(f"{'MB of text a second':24}{'one core':>10}{'two threads':>14}{'times re':>10}")
    for name, (one, two) in speeds.items():
        print(f"{name:24}{one:>10.1f}{two:>14.1f}{one / speeds['re'][0]:>10.1f}")


def print_files() -> None:
    """Print the time of a document in each format, and the share of taking the text out of it."""
    rules = default_rulebook()
    print(f"{'ms a document':24}{'in all':>10}{'text out of it':>14}{'engine':>10}")
    with tempfile.TemporaryDirectory() as folder:
        made = [make(seed, kind="report") for seed in range(10)]
        for kind in ("pdf", "html", "txt"):
            paths = [Path(folder) / f"{i}.{kind}" for i in range(len(made))]
            for one, path in zip(made, paths, strict=True):
                if kind == "pdf":
                    write_pdf(one.text, path)
                elif kind == "html":
                    write_html(one, path)
                else:
                    path.write_text(one.text, "utf-8")
            opened = seconds(lambda paths=paths: [open_document(path) for path in paths])
            encoded = [open_document(path).text.encode() for path in paths]
            engine = seconds(
                lambda encoded=encoded: [_core.read_report(text, rules) for text in encoded]
            )
            whole = seconds(lambda paths=paths: [pj.read_report(path) for path in paths])
            times = [1e3 * each / len(paths) for each in (whole, opened, engine)]
            print(f"{kind:24}{times[0]:>10.2f}{times[1]:>14.2f}{times[2]:>10.2f}")


def print_memory() -> None:
    """Print the peak of memory above that after import, for one document and for many."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    one = documents(1)
    pj.read_report(max(one, key=len))
    single = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    many = documents(20)
    pj.read_reports(many)
    last = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"memory above import: {(single - before) / 1024:.1f} MiB for one document,"
        f" {(last - before) / 1024:.1f} MiB for {len(many)} of {megabytes(many):.1f} MB together"
    )


def main(words: list[str]) -> int:
    """Build a release, and measure it in processes of its own."""
    jobs = {"speed": print_speed, "files": print_files, "memory": print_memory}
    if words:
        jobs[words[0]]()
        return 0
    run(sys.executable, "setup.py", "-q", "build", "-b", RELEASE, "--build-lib", RELEASE, "--force")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    env = {**os.environ, "PYTHONPATH": f"{RELEASE}{os.pathsep}{ROOT}"}
    for job in jobs:
        subprocess.run(
            [sys.executable, "-P", "-m", "tests.bench.reports", job], env=env, check=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
