"""The building: which part may know of which. DESIGN's layers, enforced for C and for Python."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest

import pyjustice
from pyjustice import _core
from tests.tools import names
from tests.tools.native import CORE, ROOT, STANDARD, WARNINGS, compile_objects, core_sources, run

C_LAYERS = ["base", "lex", "read", "compute", "jobs"]
# Within a folder: who may know whom. A file and its own header are one.
C_PAIRS = {
    "base/records": {"base/measured_records"},
    "base/vec": {"base/alloc", "base/status"},
    "lex/*": {"lex/words"},
    "lex/scan": {"lex/marks"},
    "read/*": {"read/reader"},  # the passes share a state, and call each other only through it
    "read/questions": {"read/zone"},
    "read/mentions": {"read/told"},
    "read/attribution": {"read/told"},
    "read/reader": {"read/report"},
    "read/report": {"read/rulebook"},
    "read/rulebook": {"read/roles"},
    "read/case_rows": {"read/case_plan"},
    "read/cells": {"read/markers"},
    "read/case_table": {"read/case_rows"},
    "compute/resample": {"compute/random"},
}
# Vector instructions, where the compiler's baseline has them, are one file's matter.
C_VECTOR = {"lex/marks.c": {"emmintrin"}}
# What the engine may ask of the C library: no I/O, no locale, no threads, no time, no environment.
C_HEADERS = set("assert float limits math stdarg stdbool stddef stdint stdlib string".split())
C_FUNCTIONS = set(
    "memcpy memmove memset memcmp memchr strlen strcmp strncmp strchr qsort bsearch malloc realloc"
    " free floor ceil fabs sqrt log exp __assert_fail".split()
)
C_FILES = sorted(path.relative_to(CORE).as_posix() for path in CORE.rglob("*.[ch]"))
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)\.h[>"]', re.MULTILINE)

PACKAGE = ROOT / "pyjustice"
PY_LAYERS = "_core ground readers measures questions looks __init__ __main__".split()
PY_PAIRS = {
    "ground.*": {"ground.errors", "ground.codes", "ground.footnotes", "ground.shorten"},
    "ground.area_join": {"ground.areas"},
    "ground.areas": {"ground.area_names"},
    "ground.comparable": {"ground.periods"},
    "ground.groups": {"ground.dtypes", "ground.ethnic_labels", "ground.table_sources"},
    "ground.dialects": {"ground.table_codes"},
    "ground.documents": {"ground.decoding", "ground.html_text", "ground.pdf_text"},
    "ground.framework_schema": {"ground.framework_table", "ground.framework_types"},
    "ground.frameworks": {"ground.framework_schema", "ground.framework_types"},
    "ground.html_text": {"ground.html_guard", "ground.html_layout"},
    "ground.periods": {"ground.days"},
    "ground.sample_cases": {
        *("ground.frameworks", "ground.sample_spelling", "ground.sample_tables"),
    },
    "ground.sample_spelling": {"ground.answers", "ground.frameworks", "ground.sample_tables"},
    "readers.reports": {"readers.rulebook"},
    "readers.case_*": {"readers.case_columns", "readers.case_files"},
    "readers.case_files": {"readers.sheets", "readers.streams"},
    "readers.case_table": {"readers.case_long", "readers.case_values", "readers.refusals"},
    "readers.cases": {
        *("readers.arrow", "readers.case_columns", "readers.case_files", "readers.case_scan"),
        *("readers.case_table", "readers.refusals"),
    },
    "readers.header_parts": {"readers.table_totals"},
    "readers.table_files": {"readers.sheets", "readers.streams"},
    "readers.table_figures": {
        *("readers.header_parts", "readers.table_files", "readers.table_shapes"),
    },
    "readers.table_long": {
        *("readers.header_parts", "readers.table_figures", "readers.table_roles"),
        *("readers.table_sums", "readers.table_totals", "readers.table_wide"),
    },
    "readers.table_places": {"readers.table_figures"},
    "readers.table_roles": {"readers.table_figures", "readers.table_places"},
    "readers.table_shapes": {"readers.header_parts", "readers.table_files"},
    "readers.table_sums": {
        *("readers.table_figures", "readers.table_roles", "readers.table_totals"),
    },
    "readers.table_wide": {"readers.header_parts", "readers.table_figures"},
    "readers.table": {
        *("readers.arrow", "readers.table_figures", "readers.table_files", "readers.table_long"),
        *("readers.table_roles", "readers.table_shapes", "readers.table_sums"),
        *("readers.table_totals", "readers.table_wide"),
    },
    "readers.tables": {
        *("readers.header_parts", "readers.streams", "readers.table", "readers.table_figures"),
        "readers.table_files",
        *("readers.table_long", "readers.table_roles", "readers.table_shapes"),
        *("readers.table_sums", "readers.table_wide"),
    },
    "readers.tallies": {
        *("readers.case_columns", "readers.case_files", "readers.case_scan", "readers.case_table"),
        *("readers.case_values", "readers.cases", "readers.refusals"),
    },
    "measures.*": {
        *("measures.ratings", "measures.flags", "measures.case_ratings", "measures.figures"),
    },
    "measures.intruder": {"measures.sums"},
    "measures.moves": {"measures.bands"},
    "measures.programme": {"measures.sums"},
    "measures.protection": {"measures.programme", "measures.sums"},
    "measures.exact_margins": {"measures.moves"},
    "measures.margins": {"measures.bands", "measures.exact_margins", "measures.moves"},
    "measures.rate_ratios": {"measures.limits"},
    "measures.rates": {"measures.from_tables", "measures.limits"},
    "measures.standardised": {"measures.rates"},
    "measures.confidence": {"measures.bands", "measures.margins"},
    "questions.sentence": {
        *("questions.control", "questions.disparity_words", "questions.explain"),
        *("questions.words_history", "questions.words_rates"),
    },
    "questions.words_*": {"questions.words"},
    "questions.disparity_words": {"questions.words"},
    "measures.stratified": {"measures.exact_odds", "measures.limits", "measures.two_by_two"},
    "measures.comparison": {
        *("measures.detectable", "measures.limits", "measures.rate_ratios"),
        *("measures.stratified", "measures.two_by_two"),
    },
    "measures.shares": {"measures.limits"},
    "measures.two_by_two": {"measures.limits"},
    "questions.disparity": {"questions.comparisons"},
    "questions.disparity_of": {"questions.case_outcomes", "questions.comparisons"},
    "questions.overrepresentation": {"questions.comparisons", "questions.printed_shares"},
    "questions.pathway": {"questions.comparisons"},
    "questions.mock_inspection": {"questions.evidence"},
    "questions.control": {"questions.control_inputs"},
    "questions.count_rows": {"questions.count_tables"},
    "questions.derived": {"questions.count_rows"},
    "questions.disclosure": {
        *("questions.count_rows", "questions.count_tables", "questions.derived"),
        "questions.frames",
    },
    "questions.publish": {"questions.disclosure", "questions.frames"},
    "questions.check": {"questions.answers", "questions.mentions"},
    "looks.*_commands": {"looks.command", "looks.output", "looks.records"},
    "looks.*_pages": {"looks.output"},
    "looks.case_commands": {"looks.case_pages"},
    "looks.html_display": {"looks.output", "looks.rating_colours"},
    "looks.output": {"looks.records"},
    "looks.plots": {
        *("looks.plots_bands", "looks.plots_control", "looks.plots_forest", "looks.plots_funnel"),
        *("looks.plots_history", "looks.plots_pathway", "looks.plots_rates"),
        *("looks.plots_ratings", "looks.plots_shares", "looks.plots_suppressed"),
    },
    "looks.plots_*": {
        *("looks.plots_labels", "looks.plots_ratios", "looks.plots_rows", "looks.plots_style"),
        "looks.rating_colours",
    },
    "looks.cli": {
        *("looks.case_commands", "looks.command", "looks.figure_commands", "looks.page_commands"),
        "looks.report_commands",
    },
    "looks.figure_commands": {"looks.figure_pages", "looks.pieces", "looks.table_input"},
    "looks.figure_pages": {"looks.columns", "looks.page_parts", "looks.pieces"},
    "looks.page_commands": {
        *("looks.excel", "looks.figure_commands", "looks.page", "looks.pieces"),
        "looks.report_commands",
    },
    "looks.table_input": {"looks.output"},
    "looks.columns": {"looks.pieces"},
    "looks.drawings": {"looks.pieces", "looks.rating_colours"},
    "looks.excel": {
        *("looks.columns", "looks.page_parts", "looks.pieces", "looks.safety"),
        "looks.summary",
    },
    "looks.overview": {"looks.page_parts", "looks.pieces"},
    "looks.page": {
        *("looks.overview", "looks.page_parts", "looks.pieces", "looks.rating_colours"),
        *("looks.safety", "looks.summary"),
    },
    "looks.page_parts": {
        *("looks.columns", "looks.drawings", "looks.passages", "looks.pieces"),
        "looks.rating_colours",
    },
    "looks.pieces": {"looks.rated"},
    "looks.rated": {"looks.passages"},
    "looks.summary": {"looks.columns", "looks.output", "looks.pieces"},
    "looks.safety": {"looks.pieces"},
    "looks.report_commands": {"looks.report_pages"},
}
# One-line delegations that look upwards, with the import inside of the function.
PY_UPWARDS = {
    ("questions.disclosure", "looks.html_display"),
    ("questions.mock_inspection", "looks.html_display"),
    ("readers.cases", "looks.html_display"),
    ("readers.reports", "looks.html_display"),
    ("readers.reports", "questions.check"),
    ("readers.table", "looks.html_display"),
}
# Whoever rates a list of numbers does not wait for PDF, HTML and terminal.
PY_LATE = set(
    "pypdfium2 pypdfium2_raw selectolax rich scipy python_calamine pandas nanoarrow"
    " matplotlib xlsxwriter".split()
)


def paired(pairs: Mapping[str, set[str]], name: str, other: str) -> bool:
    return any(fnmatch(name, pattern) and other in known for pattern, known in pairs.items())


@pytest.mark.parametrize("file", C_FILES)
def test_c_file_includes_only_what_is_below_it(file: str) -> None:
    name = file[:-2]
    layer = C_LAYERS.index(name.split("/")[0])
    for sign, other in INCLUDE.findall((CORE / file).read_text("utf-8")):
        if sign == "<":
            assert other in C_HEADERS | C_VECTOR.get(file, set()), other
        elif (below := C_LAYERS.index(other.split("/")[0])) == layer:
            assert other == name or paired(C_PAIRS, name, other), other
        else:
            assert below < layer, other


def test_every_header_stands_alone_without_python_and_numpy() -> None:
    for header in CORE.rglob("*.h"):
        words = ["-I", CORE, "-fsyntax-only", "-include", header, "-x", "c", "/dev/null"]
        run("gcc", *STANDARD, *WARNINGS, *words)


def test_core_has_no_variables_and_asks_little_of_the_c_library(tmp_path: Path) -> None:
    # Without -fPIC, or constant tables of pointers would count as data.
    flags = ["-O1", "-fno-pic", "-fno-pie", "-UNDEBUG"]
    objects = compile_objects(core_sources(), tmp_path, "gcc", flags)
    rows = [line.split() for line in run("nm", "--format=posix", *objects).splitlines()]
    symbols = {(row[0], row[1]) for row in rows if len(row) > 1}
    assert {name for name, kind in symbols if kind in "bBcCdDgGsS"} == set(), "these can change"
    own = {name for name, kind in symbols if kind.isupper() and kind != "U"}
    assert {name for name in own if not name.startswith("pj_")} == set()
    assert {name for name, kind in symbols if kind == "U"} - own - C_FUNCTIONS == set()


def test_extension_exports_only_its_init_function() -> None:
    printed = run("nm", "-D", "--defined-only", "--format=posix", _core.__file__)
    assert {line.split()[0] for line in printed.splitlines()} == {"PyInit__core"}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield the package's modules that a file imports, and whether at its top."""
    top = set(ast.iter_child_nodes(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if is_module(name) else str(node.module) for name in whole]
        else:
            continue
        for name in names:
            assert name != "pyjustice", "the face is for users; modules import modules"
            if name.startswith("pyjustice."):
                yield name.removeprefix("pyjustice."), node in top


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir() or name == "pyjustice._core"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=module_of)
def test_python_module_imports_only_what_is_below_it(path: Path) -> None:
    name = module_of(path)
    layer = PY_LAYERS.index(name.split(".")[0])
    for other, at_top in imported(ast.parse(path.read_text("utf-8"))):
        below = PY_LAYERS.index(other.split(".")[0])
        pair = below == layer and paired(PY_PAIRS, name, other)
        upwards = (name, other) in PY_UPWARDS and not at_top
        assert below < layer or pair or upwards, other


def test_importing_every_name_waits_for_nothing_that_is_needed_late() -> None:
    script = "import sys; from pyjustice import *; print(*{n.split('.')[0] for n in sys.modules})"
    assert set(run(sys.executable, "-c", script).split()) & PY_LATE == set()


def test_importing_the_package_costs_no_more_than_numpy() -> None:
    script = (
        "import sys, numpy; before = set(sys.modules); import pyjustice;"
        " print(*set(sys.modules) - before)"
    )
    assert run(sys.executable, "-c", script).split() == ["pyjustice"]


def test_the_face_imports_each_name_from_where_it_is() -> None:
    source = names.FACE.read_text("utf-8")
    assert names.written(source) == source, "run: python -m tests.tools.names"
    everything = {name for own in names.homes(source).values() for name in own}
    assert everything == set(pyjustice.__all__) <= set(dir(pyjustice))
    for name in everything:
        assert getattr(pyjustice, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'rating'"):
        pyjustice.rating  # noqa: B018
