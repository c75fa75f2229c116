"""The exceptions of the package; the engine's border makes them, since it raises them too."""

from pyjustice._core import DataError, FrameworkError, ParseError, PyjusticeError

__all__ = ["DataError", "FrameworkError", "ParseError", "PyjusticeError"]
