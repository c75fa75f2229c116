from typing import Any, final

import numpy as np
from numpy.typing import NDArray

BAND_DTYPE: np.dtype[np.void]
CASE_CHECK_DTYPE: np.dtype[np.void]
CHECK_DTYPE: np.dtype[np.void]
COUNT_DTYPE: np.dtype[np.void]
INSPECTION_DTYPE: np.dtype[np.void]
MARGIN_DTYPE: np.dtype[np.void]
MENTION_DTYPE: np.dtype[np.void]
QUANTITY_DTYPE: np.dtype[np.void]
QUESTION_DTYPE: np.dtype[np.void]
RATED_OVERALL_DTYPE: np.dtype[np.void]
RATED_QUESTION_DTYPE: np.dtype[np.void]
RATED_STANDARD_DTYPE: np.dtype[np.void]
RATING_DTYPE: np.dtype[np.void]
RECOMMENDATION_DTYPE: np.dtype[np.void]
REFUSED_DTYPE: np.dtype[np.void]
SAMPLE_DTYPE: np.dtype[np.void]
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
