"""Compile the engine by itself, with and without sanitizers, for tests, fuzzers and benches."""

import os
import shlex
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "csrc" / "core"

STANDARD = ["-std=c11", "-ffp-contract=off"]
WARNINGS = (
    "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes"
    " -Wmissing-prototypes -Wvla -Wpointer-arith -Wundef -Werror"
).split()

# Never -fwrapv here: Python's own flags carry it, and under it UBSan sees no signed overflow.
FLAVOURS: dict[str, tuple[str, list[str]]] = {
    "plain": ("gcc", ["-O2", "-g"]),
    "counted": ("gcc", ["-O1", "-fsanitize-coverage=trace-pc"]),
    "asan": ("gcc", ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]),
    "msan": ("clang", ["-O1", "-g", "-fsanitize=memory", "-fsanitize-memory-track-origins"]),
    "fuzz": (
        "clang",
        ["-O1", "-g", "-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=all"],
    ),
}


class CommandError(Exception):
    """A command has failed; the message is the command and what it printed."""


def run(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a command and return what it printed; CommandError if it fails or is not to be had."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except FileNotFoundError:
        raise CommandError(f"{words[0]} is needed and not installed") from None
    printed = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise CommandError(f"$ {shlex.join(words)}\n{printed}\nexit {done.returncode}")
    return printed


def core_sources() -> list[Path]:
    """Every C file of the engine."""
    return sorted(CORE.rglob("*.c"))


def compile_objects(
    sources: Iterable[Path],
    folder: Path,
    compiler: str,
    flags: Sequence[str],
    include: Sequence[Path] = (),
) -> list[Path]:
    """Compile each source to an object in `folder`, every warning being an error."""
    folder.mkdir(parents=True, exist_ok=True)
    places = [word for path in (CORE, *include) for word in ("-I", str(path))]

    def one(source: Path) -> Path:
        target = folder / ("_".join(source.parts[-2:]) + ".o")
        run(compiler, *STANDARD, *WARNINGS, *places, *flags, "-c", source, "-o", target)
        return target

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(one, sources))


def build(
    programs: Mapping[str, Sequence[Path]],
    flavour: str,
    folder: Path,
    include: Sequence[Path] = (),
) -> dict[str, Path]:
    """Link each program (name: its own sources) with the engine, which is compiled once."""
    compiler, flags = FLAVOURS[flavour]
    core = compile_objects(core_sources(), folder / flavour / "core", compiler, flags, include)
    made = {}
    for name, sources in programs.items():
        own = folder / flavour / name
        objects = compile_objects(sources, own, compiler, flags, include)
        made[name] = own / name
        run(compiler, *flags, *objects, *core, "-lm", "-o", made[name])
    return made
