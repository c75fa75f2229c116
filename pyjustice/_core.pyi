from typing import Any, TypedDict, final

import numpy as np
from numpy.typing import NDArray
from typing_extensions import Buffer

ADJUSTED_DTYPE: np.dtype[np.void]
BAND_DTYPE: np.dtype[np.void]
CASE_CHECK_DTYPE: np.dtype[np.void]
CELL_DTYPE: np.dtype[np.void]
CHART_DTYPE: np.dtype[np.void]
CHANGE_DTYPE: np.dtype[np.void]
CHECK_DTYPE: np.dtype[np.void]
COUNT_DTYPE: np.dtype[np.void]
FIGURE_DTYPE: np.dtype[np.void]
FUNNEL_DTYPE: np.dtype[np.void]
HISTORY_DTYPE: np.dtype[np.void]
HIDDEN_DTYPE: np.dtype[np.void]
INSPECTION_DTYPE: np.dtype[np.void]
MARGIN_DTYPE: np.dtype[np.void]
MENTION_DTYPE: np.dtype[np.void]
PUBLISHED_COUNT_DTYPE: np.dtype[np.void]
PUBLISHED_OUTCOME_DTYPE: np.dtype[np.void]
DISPARITY_DTYPE: np.dtype[np.void]
GROUPED_DTYPE: np.dtype[np.void]
PATHWAY_DTYPE: np.dtype[np.void]
QUANTITY_DTYPE: np.dtype[np.void]
QUESTION_DTYPE: np.dtype[np.void]
RATE_DTYPE: np.dtype[np.void]
RATED_OVERALL_DTYPE: np.dtype[np.void]
RATED_QUESTION_DTYPE: np.dtype[np.void]
RATED_STANDARD_DTYPE: np.dtype[np.void]
RATING_DTYPE: np.dtype[np.void]
RECOMMENDATION_DTYPE: np.dtype[np.void]
REFUSED_DTYPE: np.dtype[np.void]
SAMPLE_DTYPE: np.dtype[np.void]
TREND_DTYPE: np.dtype[np.void]
SHARE_DTYPE: np.dtype[np.void]
STATISTIC_DTYPE: np.dtype[np.void]
TOTAL_DTYPE: np.dtype[np.void]
ROLES: dict[str, int]

class PyjusticeError(Exception): ...

class ParseError(PyjusticeError, ValueError):
    message: str
    path: str
    line: int
    column: int
    field: str
    offset: int
    def __init__(
        self,
        message: str,
        path: object = ...,
        line: int = ...,
        column: int = ...,
        field: object = ...,
        offset: int = ...,
    ) -> None: ...

class FrameworkError(PyjusticeError, ValueError):
    message: str
    path: str
    key: str
    def __init__(self, message: str, path: object = ..., key: object = ...) -> None: ...

class DataError(PyjusticeError, ValueError): ...

@final
class Rulebook:
    def __new__(
        cls,
        frameworks: list[tuple[str, int | None, int | None, tuple[int, ...], bool]],
        standards: list[tuple[int, str, str, str, bool, bool, bool, int]],
        questions: list[tuple[int, int, str]],
        phrases: list[tuple[Any, ...]],
    ) -> Rulebook: ...

def read_report(
    text: bytes, rules: Rulebook, report: int = 0, framework: int = -1
) -> tuple[NDArray[np.void], ...]: ...
def counts_from_percent(percent: float, cases: int, decimals: int = 0) -> tuple[int, int]: ...

REASONS: tuple[str, ...]

@final
class CasePlan:
    def __new__(
        cls, roles: list[int], vocabulary: list[tuple[bytes, int]], delimiter: bytes = b","
    ) -> CasePlan: ...

class _Refused(TypedDict):
    refused: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]
    rows_refused: int

class _Columns(_Refused):
    rows: int
    values: list[bytes]  # of each column the distinct ones, between NULs
    answers: list[NDArray[np.int8]]
    codes: list[NDArray[np.int32]]
    lines: NDArray[np.int64]

class _Tally(_Refused):
    keys: list[tuple[bytes, ...]]
    rows: NDArray[np.int64]
    counts: NDArray[np.int64]

@final
class CaseColumns:
    def __new__(cls, plan: CasePlan) -> CaseColumns: ...
    @property
    def line_ends(self) -> int: ...
    def absorb(self, other: CaseColumns, /) -> None: ...
    def finish(self) -> _Columns: ...

@final
class CaseTally:
    def __new__(cls, plan: CasePlan) -> CaseTally: ...
    @property
    def line_ends(self) -> int: ...
    def absorb(self, other: CaseTally, /) -> None: ...
    def finish(self) -> _Tally: ...

def cut_records(block: Buffer, delimiter: bytes = b",", /) -> tuple[int, int]: ...
def split_record(block: Buffer, delimiter: bytes = b",", /) -> tuple[list[bytes], int]: ...
def resample(
    children: NDArray[np.int64],
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int64],
    width: int,
    key: tuple[int, int],
    first: int,
    n: int,
    /,
) -> NDArray[np.int64]: ...
def split_texts(text: str, /) -> NDArray[np.str_]: ...
def scan_columns(plan: CasePlan, block: Buffer, /) -> CaseColumns: ...
def scan_tally(plan: CasePlan, block: Buffer, /) -> CaseTally: ...

CELL_REASONS: tuple[str, ...]

@final
class Markers:
    def __new__(
        cls, markers: list[tuple[bytes, int, int, float, float, float, bool]]
    ) -> Markers: ...

def read_figures(markers: Markers, cells: Buffer, /) -> NDArray[np.void]: ...
