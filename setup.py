"""Describe the extension `pyjustice._core`; all metadata is in pyproject.toml.

Environment switches, unset or '0' is off:

PJ_DEBUG=1       asserts on, light optimisation, debug information, all warnings shown
PJ_WERROR=1      all warnings shown, and each is an error
PJ_SANITIZE=...  sanitizers as for -fsanitize, such as 'address,undefined'
PJ_COVERAGE=1    count executed lines for gcov
PJ_ABI3=0        build for this Python only; default is the stable ABI of 3.11 where there is a GIL

A changed switch is not a changed source: add '--force' to build_ext.
"""

import os
import sysconfig
from glob import glob

import numpy
from setuptools import Extension, setup


def switch(name: str, default: str = "0") -> str:
    value = os.environ.get(name, default)
    return "" if value == "0" else value


msvc = os.name == "nt" and "GCC" not in os.environ.get("CC", "").upper()
abi3 = bool(switch("PJ_ABI3", "1")) and not sysconfig.get_config_var("Py_GIL_DISABLED")
sources = sorted(glob("csrc/core/**/*.c", recursive=True) + glob("csrc/py/*.c"))
headers = sorted(glob("csrc/**/*.h", recursive=True))
system = [numpy.get_include(), sysconfig.get_path("include")]

define: list[tuple[str, str | None]] = [
    ("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"),
    ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION"),  # the floor that pyproject.toml states
]
if abi3:
    define.append(("Py_LIMITED_API", "0x030B0000"))  # 3.11: Py_buffer enters it there

# Ratings turn on exact comparisons: no compiler may fuse a multiplication into an addition.
compile_args = (
    ["/std:c11", "/fp:precise"]
    if msvc
    else ["-std=c11", "-fvisibility=hidden", "-ffp-contract=off"]
)
link_args: list[str] = []
if not msvc:
    if switch("PJ_DEBUG") or switch("PJ_WERROR"):
        compile_args += "-Wall -Wextra -Wshadow -Wconversion -Wsign-conversion".split()
        compile_args += "-Wstrict-prototypes -Wvla -Wpointer-arith -Wundef".split()
    if switch("PJ_DEBUG"):
        compile_args += ["-UNDEBUG", "-O1", "-g"]
    if switch("PJ_WERROR"):
        compile_args += ["-Werror"]
    if sanitizers := switch("PJ_SANITIZE"):
        flags = [f"-fsanitize={sanitizers}", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
        compile_args += [*flags, "-g"]
        link_args += flags
    if switch("PJ_COVERAGE"):
        compile_args += ["--coverage", "-O0"]
        link_args += ["--coverage"]
    # Headers of others must not warn under our flags; this also overrides setuptools' own -I.
    compile_args += [word for folder in system for word in ("-isystem", folder)]

setup(
    ext_modules=[
        Extension(
            "pyjustice._core",
            sources=sources,
            depends=headers,
            include_dirs=["csrc/core", "csrc/py", *(system if msvc else [])],
            define_macros=define,
            extra_compile_args=compile_args,
            extra_link_args=link_args,
            libraries=[] if msvc else ["m"],
            py_limited_api=abi3,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if abi3 else {},
)
