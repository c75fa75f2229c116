"""The checks by name, for CI and for a person alike: `python -m tests.tools.ci NAME...`, or `all`.

Each is one function below; `all` runs them from cheap to dear and stops at the first that fails.
They need what `pip install -e '.[dev]'` brings, and gcc, clang and valgrind.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools.native import ROOT, CommandError, run

DEVELOPMENT = {"PJ_DEBUG": "1", "PJ_WERROR": "1"}
# Tests that ask of the extension only the layouts of records: a sanitizer sees nothing there.
WITHOUT_ENGINE = (
    *("areas", "change", "control", "control_chart", "detectable", "disparity", "explain"),
    *("funnel", "groups", "history", "periods", "publish", "published", "rates", "suppress"),
    *("suppress_frames", "suppress_rows", "suppress_tried", "trend", "two_by_two"),
)
# A run on every core; what is printed at the end is pytest's own closing line.
TOGETHER = ("-q", "-n", "auto", "--dist", "worksteal")


def tool(name: str) -> Path:
    """A tool of this environment, not one of the same name elsewhere: versions are pinned."""
    return Path(sys.executable).parent / name


def c_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.[ch]"))


def shown(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command whose output is for reading, as it comes."""
    words = [str(word) for word in command]
    code = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **(env or {})}, check=False
    ).returncode
    if code != 0:
        raise CommandError(f"$ {' '.join(words)}\nexit {code}")


def module(name: str, *words: str, env: dict[str, str] | None = None) -> None:
    shown(sys.executable, "-m", name, *words, env=env)


def style() -> None:
    """Find nothing to change or to say with ruff and clang-format."""
    run(tool("ruff"), "format", "--check", "--diff", ".")
    run(tool("ruff"), "check", ".")
    run(tool("clang-format"), "--dry-run", "--Werror", *c_files("csrc", "tests"))


def tidy_up() -> None:
    """Rewrite the files as `style` wants them, and what is made from others."""
    module("tests.tools.names")
    run(tool("ruff"), "check", "--fix", "--exit-zero", ".")
    run(tool("ruff"), "format", ".")
    run(tool("clang-format"), "-i", *c_files("csrc", "tests"))
    module("tests.tools.reference")


def build() -> None:
    """Build the extension in place, with asserts; no warning."""
    run(sys.executable, "setup.py", "-q", "build_ext", "--inplace", "--force", env=DEVELOPMENT)


def layers() -> None:
    """Each part knows only what is below it; the habits of the tree hold."""
    module("pytest", "-q", "tests/unit/test_layers.py", "tests/unit/test_style.py")


def types() -> None:
    """Strict mypy over the package, and the stub of `_core` against the module itself."""
    run(tool("mypy"))
    run(
        sys.executable,
        "-m",
        "mypy.stubtest",
        "--mypy-config-file",
        "pyproject.toml",
        "pyjustice._core",
    )


def tidy() -> None:
    """Find nothing with clang-tidy."""
    script = "import numpy, sysconfig as s; print(numpy.get_include(), s.get_path('include'))"
    system = [f"-isystem{path}" for path in run(sys.executable, "-c", script).split()]
    flags = ["-std=c11", "-Icsrc/core", "-Icsrc/py", "-DPy_LIMITED_API=0x030B0000", *system]
    flags += [
        f"-D{name}=NPY_2_0_API_VERSION" for name in ("NPY_TARGET_VERSION", "NPY_NO_DEPRECATED_API")
    ]
    sources = [path for path in c_files("csrc") if path.suffix == ".c"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda path: run(tool("clang-tidy"), "--quiet", path, "--", *flags), sources))


def core() -> None:
    """Test the engine alone: plain, ASan and UBSan, MSan, every failing allocation."""
    module("tests.c.run")


def fuzz() -> None:
    """Fuzz each entry point for ten seconds."""
    module("tests.fuzz.run", "--seconds", "10")


def instructions() -> None:
    """Count instructions against the kept baseline."""
    module("tests.bench.instructions")


def leaks() -> None:
    """Find no byte more after 1,000 runs than after 10, and no crash when Python's memory ends."""
    module("pytest", "-q", "tests/unit/test_leaks.py")


def built_elsewhere(place: str, env: dict[str, str]) -> list[str]:
    """Build the package apart with other switches, and return pytest's words to test that one."""
    env = {**DEVELOPMENT, **env}
    run(sys.executable, "setup.py", "-q", "build", "-b", place, "--build-lib", place, env=env)
    names = ("layers", "leaks", "style", *WITHOUT_ENGINE)
    others = [f"--ignore-glob=tests/*/test_{name}.py" for name in names]
    where = ["--override-ini", f"pythonpath={place} ."]
    return [*TOGETHER, "tests/unit", "tests/property", *others, *where]


def sanitized() -> None:
    """Run the tests on an extension built with ASan and UBSan."""
    with tempfile.TemporaryDirectory() as place:
        words = built_elsewhere(place, {"PJ_SANITIZE": "address,undefined"})
        libraries = [run("gcc", f"-print-file-name=lib{name}.so") for name in ("asan", "ubsan")]
        env = {"LD_PRELOAD": " ".join(map(str.strip, libraries)), "PYTHONMALLOC": "malloc"}
        module("pytest", *words, env={**env, "ASAN_OPTIONS": "detect_leaks=0"})


def coverage() -> None:
    """Print the share of the C lines that the tests execute, file by file."""
    with tempfile.TemporaryDirectory() as place:
        module("pytest", *built_elsewhere(place, {"PJ_COVERAGE": "1"}))
        counted = [str(path) for path in Path(place).rglob("*.gcda")]
        printed = run("gcov", "-n", *counted, cwd=Path(place))
        for name, share in re.findall(r"File '(csrc/.*\.c)'\nLines executed:(.*)", printed):
            print(f"{name:40}{share}")


def sdist() -> None:
    """Build a wheel from the sdist, audit its ABI, run `pyjustice demo` and the examples on it."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        run(sys.executable, "-m", "build", "--outdir", place)
        (wheel,) = place.glob("*-abi3-*.whl")
        print(run(tool("abi3audit"), "--strict", "--summary", wheel).strip())
        venv.create(place / "venv", with_pip=True)
        python = place / "venv" / "bin" / "python"
        run(python, "-m", "pip", "install", "-q", wheel)
        run(python.with_name("pyjustice"), "demo", cwd=place)
        # The reference has no examples of its own; those of the others need other packages.
        left_out = ("reference.md", "arrays.md", "pictures.md")
        pages = [page for page in (ROOT / "docs").glob("*.md") if page.name not in left_out]
        run(python, "-m", "doctest", ROOT / "README.md", *sorted(pages), cwd=place)


def suite() -> None:
    """Run the whole of the tests."""
    module("pytest", *TOGETHER)


IN_ORDER = (
    *(style, build, layers, types, tidy, core, fuzz, instructions, sanitized, sdist),
    suite,  # last, since pytest's closing line shall close the run
)
OTHERS = (leaks, coverage, tidy_up)  # leaks is a part of the suite
JOBS = {job.__name__.replace("_", "-"): job for job in (*IN_ORDER, *OTHERS)}


def main(words: list[str]) -> int:
    """Run the jobs named and return an exit code."""
    names = list(JOBS)[: len(IN_ORDER)] if words == ["all"] else words
    if not names or not set(names) <= set(JOBS):
        print(__doc__, *(f"  {name:14}{job.__doc__}" for name, job in JOBS.items()), sep="\n")
        return 2
    took: list[str] = []
    for name in names:
        if took and name == names[-1]:
            print("== " + ", ".join(took), flush=True)
        print(f"== {name}", flush=True)
        began = time.monotonic()
        try:
            JOBS[name]()
        except CommandError as error:
            print(error, f"== {name} failed", sep="\n", flush=True)
            return 1
        took.append(f"{name} {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
