"""Inspection reports, and news about them, as structured arrays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, TypeAlias, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pyjustice import _core
from pyjustice.ground.codes import Rating
from pyjustice.ground.documents import Document, Source, list_documents, open_document
from pyjustice.ground.dtypes import (
    INSPECTION_DTYPE,
    MENTION_DTYPE,
    QUANTITY_DTYPE,
    QUESTION_DTYPE,
    RATING_DTYPE,
    RECOMMENDATION_DTYPE,
    REFUSED_DTYPE,
    SAMPLE_DTYPE,
)
from pyjustice.ground.errors import DataError, ParseError
from pyjustice.ground.frameworks import Framework, framework, frameworks
from pyjustice.ground.shorten import cut
from pyjustice.readers.rulebook import default_rulebook, rulebook

__all__ = ["Report", "Reports", "read_report", "read_reports"]

Rows: TypeAlias = NDArray[np.void]
Progress: TypeAlias = Callable[[int, int], object]
AnyFramework: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Framework

# The tables of a reading, in the order in which the engine returns them.
_TABLES = {
    "inspections": INSPECTION_DTYPE,
    "ratings": RATING_DTYPE,
    "questions": QUESTION_DTYPE,
    "samples": SAMPLE_DTYPE,
    "recommendations": RECOMMENDATION_DTYPE,
    "quantities": QUANTITY_DTYPE,
    "mentions": MENTION_DTYPE,
}


class Reports:
    r"""What was read of several documents; `Report` is the same for one.

    Attributes
    ----------
    inspections, ratings, questions, samples, recommendations, quantities, mentions : numpy.ndarray
        One row for each document, rating, key question, sample, recommendation, figure in prose
        and rating told in prose. The field ``report`` is the document's index; ``start`` and
        ``end`` are byte offsets into ``text(report).encode()``, ``line`` is 1-based; -1 for none.
    refused : numpy.ndarray of REFUSED_DTYPE
        What could not be read, and why: documents given = documents read + documents refused.
    frameworks : dict of str to Framework
        The frameworks by which it was read, by id.

    Examples
    --------
    >>> reports = read_reports([b"Overall, Anytown YJS was rated as 'Good'.\n"])
    >>> reports.mentions[["report", "service", "word", "line"]].tolist()
    [(0, 'Anytown', 'Good', 1)]
    >>> reports[0].mentions["word"].tolist()
    ['Good']
    """

    def __init__(
        self,
        tables: Mapping[str, Rows],
        texts: Sequence[str],
        refused: Rows,
        known: Mapping[str, Framework],
    ) -> None:
        self.inspections = tables["inspections"]
        self.ratings = tables["ratings"]
        self.questions = tables["questions"]
        self.samples = tables["samples"]
        self.recommendations = tables["recommendations"]
        self.quantities = tables["quantities"]
        self.mentions = tables["mentions"]
        self.refused = refused
        self.frameworks = dict(known)
        self._texts = list(texts)
        self._encoded: dict[int, bytes] = {}

    def __len__(self) -> int:
        """Count the documents that were read."""
        return len(self.inspections)

    @overload
    def __getitem__(self, i: int) -> Report: ...

    @overload
    def __getitem__(self, i: slice) -> Reports: ...

    def __getitem__(self, i: int | slice) -> Reports:
        """Return document `i` alone, its rows with ``report`` 0; of a slice those in it."""
        if isinstance(i, slice):
            return self.take(range(len(self))[i])
        if not -len(self) <= i < len(self):
            raise IndexError(f"document {i}: expected one of {len(self)}")
        one = self.take([i])
        return Report(one._tables(), one._texts, one.refused, self.frameworks)

    def __iter__(self) -> Iterator[Report]:
        """Go through the documents one by one."""
        return (self[i] for i in range(len(self)))

    def take(self, documents: ArrayLike) -> Reports:
        r"""Return some of the documents, with all that was read of them.

        Parameters
        ----------
        documents : array_like of int or of bool
            Their indices, or a mask over ``inspections``. Each may be given once.

        Returns
        -------
        Reports
            In that order, counted anew from 0; ``refused`` is empty.

        Raises
        ------
        IndexError
            If there is no such document, or the mask has another length.
        DataError
            If one is given twice.

        Examples
        --------
        >>> told = b"Overall, %s YJS was rated as 'Good'.\n"
        >>> reports = read_reports([told % b"Ayton", told % b"Beeton"])
        >>> reports.take(reports.mentions["service"] == "Beeton").mentions["service"].tolist()
        ['Beeton']
        >>> [report.text(0)[9:14] for report in reports]
        ['Ayton', 'Beeto']
        """
        wanted = np.asarray(documents)
        # An empty list would be one of floats, with which nothing can be picked.
        chosen = np.arange(len(self))[wanted if wanted.size else slice(0)].reshape(-1)
        place = np.full(len(self), -1)
        place[chosen] = np.arange(len(chosen))
        if len(np.unique(chosen)) < len(chosen):
            raise DataError("documents: expected each of them once")
        tables = {}
        for name, rows in self._tables().items():
            mine = rows[place[rows["report"]] >= 0]
            mine["report"] = place[mine["report"]]
            tables[name] = mine[np.argsort(mine["report"], kind="stable")]
        texts = [self._texts[i] for i in chosen.tolist()]
        return Reports(tables, texts, self.refused[:0], self.frameworks)

    def __repr__(self) -> str:
        """Say whose inspection it is and how much was found."""
        parts = [f"{len(getattr(self, name))} {name}" for name in list(_TABLES)[1:]]
        if len(self.refused):
            parts.append(f"{len(self.refused)} refused")
        return f"<{type(self).__name__}: {self._summary()}; {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pyjustice.looks.html_display import reports_html

        return reports_html(self)

    def _summary(self) -> str:
        return f"{len(self)} documents"

    def text(self, i: int = 0) -> str:
        """Return the text of document `i` as the reader saw it, without its byte order mark."""
        return self._texts[i]

    def excerpt(self, row: np.void) -> str:
        """Return the words of the document from which a row was read ('' if it has no place).

        Parameters
        ----------
        row : numpy.void
            A row of any of the arrays of this object.
        """
        if row["start"] < 0:
            return ""
        return self._bytes(row)[int(row["start"]) : int(row["end"])].decode()

    def page(self, row: np.void) -> int:
        """Return the 1-based page on which a row stands; 0 if unknown or the text has no pages.

        Pages are separated by form feeds, as in text extracted from PDF.
        """
        text = self._bytes(row)
        if row["start"] < 0 or b"\f" not in text:
            return 0
        return text.count(b"\f", 0, int(row["start"])) + 1

    def check(self, counts: Any = None) -> Rows:
        """Check the published values against each other; see `pyjustice.questions.check`.

        Parameters
        ----------
        counts : array of COUNT_DTYPE or mapping, optional
            Counts that a report leaves out, such as those of V1.1: ``{'V1.1': (7, 12)}``.

        Returns
        -------
        numpy.ndarray of CHECK_DTYPE
        """
        from pyjustice.questions.check import check_reports

        return check_reports(self, counts)

    def _tables(self) -> dict[str, Rows]:
        return {name: getattr(self, name) for name in _TABLES}

    def _bytes(self, row: np.void) -> bytes:
        i = int(row["report"])
        if i not in self._encoded:
            self._encoded[i] = self._texts[i].encode()
        return self._encoded[i]


class Report(Reports):
    r"""What was read of one document. Every array is that of `Reports`, with ``report`` 0.

    Examples
    --------
    >>> report = read_report("Overall, Anytown YJS was rated as 'Good'.\n")
    >>> report.excerpt(report.mentions[0]), report.text()
    ('Good', "Overall, Anytown YJS was rated as 'Good'.\n")
    """

    def _summary(self) -> str:
        row = self.inspections[0]
        parts = [str(row["service"]) or "no service", str(row["kind"])]
        if row["framework"]:
            parts.append(str(row["framework"]))
        if row["max_score"] > 0:
            parts.append(f"{row['score']}/{row['max_score']}")
        return ", ".join([*parts, str(row["overall_word"])]).rstrip(", ")


def read_report(source: Source, *, framework: AnyFramework | None = None) -> Report:
    r"""Read one document about a youth justice inspection.

    Parameters
    ----------
    source : path, str, bytes or file object
        A path, or a str without a line break, is read from disk; a str with one, bytes, or a file
        object is content. PDF, HTML, Markdown and text are told apart by their content.
    framework : str, path, dict or Framework, optional
        The framework to read by. By default it is recognised.

    Returns
    -------
    Report
        ``inspections`` has one row; its ``kind`` is 'report', 'news' or 'other'. What the reader
        looked for and did not find is marked so and never guessed.

    Raises
    ------
    ParseError
        If there is no text at all, or the bytes are no document.
    FrameworkError
        If `framework` is malformed or unknown.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> report = read_report("Overall, Anytown YJS was rated as 'Good'.\n")
    >>> report.mentions[["service", "word", "role", "line"]].tolist()
    [('Anytown', 'Good', 'current', 1)]
    """
    reader = _Reader(framework)
    document = open_document(source)
    return Report(reader.read(document), [document.text], _refused([]), reader.known)


def read_reports(
    sources: Source | Iterable[Source],
    *,
    errors: Literal["raise", "collect"] = "raise",
    progress: Progress | None = None,
) -> Reports:
    r"""Read a folder, a glob pattern or a list of documents.

    Parameters
    ----------
    sources : path, str or iterable
        A folder is searched with its subfolders for .pdf, .html, .htm, .md, .txt and .text.
    errors : {'raise', 'collect'}
        'collect' goes on after a document that cannot be read and lists it in ``refused``.
    progress : callable, optional
        Called as ``progress(done, total)`` after each document.

    Returns
    -------
    Reports
        In the order of the sources; results do not depend on the number of threads.

    Raises
    ------
    ParseError, FileNotFoundError
        If a document cannot be read and `errors` is 'raise'.
    ValueError
        If `errors` is neither.

    Examples
    --------
    >>> told = [b"Overall, Anytown YJS was rated as 'Good'.\n", b""]
    >>> reports = read_reports(told, errors="collect")
    >>> len(reports.inspections), reports.refused["reason"].tolist()
    (1, ['no text, empty: expected text, Markdown, HTML or PDF'])
    """
    if errors not in ("raise", "collect"):
        raise ValueError(f"errors: expected 'raise' or 'collect', got {errors!r}")
    reader = _Reader(None)
    listed = list_documents(sources)
    read: list[tuple[dict[str, Rows], str]] = []
    refused: list[ParseError | OSError] = []

    def one(source: Source) -> tuple[dict[str, Rows], str] | ParseError | OSError:
        try:
            document = open_document(source)
            return reader.read(document), document.text
        except (ParseError, OSError) as error:
            if errors == "raise":
                raise
            return error

    # PDFium works under a lock, the engine without the interpreter's: two at work keep both busy.
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for done, outcome in enumerate(pool.map(one, listed), 1):
            if isinstance(outcome, tuple):
                read.append(outcome)
            else:
                refused.append(outcome)
            if progress is not None:
                progress(done, len(listed))
    tables = {}
    for name, dtype in _TABLES.items():
        parts = [found[name] for found, _ in read]
        for i, part in enumerate(parts):
            part["report"] = i
        tables[name] = np.concatenate(parts) if parts else np.zeros(0, dtype)
    return Reports(tables, [text for _, text in read], _refused(refused), reader.known)


class _Reader:
    """The frameworks to read by, and the reading of one document."""

    def __init__(self, chosen: AnyFramework | None) -> None:
        self.known = {name: framework(name) for name in frameworks()}
        self.rules = default_rulebook()
        self.chosen = -1
        if chosen is not None:
            own = framework(chosen)
            if self.known.get(own.id) is not own:
                self.known.pop(own.id, None)
                self.known[own.id] = own
                self.rules = rulebook(list(self.known.values()))
            self.chosen = list(self.known).index(own.id)

    def read(self, document: Document) -> dict[str, Rows]:
        try:
            rows = _core.read_report(document.text.encode(), self.rules, 0, self.chosen)
        except ParseError as error:
            raise ParseError(
                error.message, document.source, error.line, offset=error.offset
            ) from None
        tables = dict(zip(_TABLES, rows, strict=True))
        inspection = tables["inspections"]
        inspection["source"] = cut(document.source, 256)
        inspection["encoding"] = document.encoding
        name = str(inspection["framework"][0])
        if name:
            _use_own_words(self.known[name], inspection["overall_word"], inspection["overall"])
            _use_own_words(self.known[name], tables["ratings"]["word"], tables["ratings"]["rating"])
            self._infer_counts(self.known[name], tables)
        return tables

    def _infer_counts(self, rules: Framework, tables: Mapping[str, Rows]) -> None:
        """Work out from each percentage and its sample how many cases were answered 'Yes'.

        Only where the framework judges every case on every key question, so that the sample is
        the denominator; a pooled score has none. A percentage that no count gives stays unknown.
        """
        standards = {standard.code: standard for standard in rules.standards}
        cases = {str(row["domain"]): int(row["cases"]) for row in tables["samples"]}
        for row in tables["questions"]:
            standard = standards[str(row["standard"])]
            sample = cases.get(standard.domain, 0)
            if row["cases"] >= 0 or standard.rated_by == "score" or sample < 1:
                continue
            percent = float(row["percent"])
            decimals = 0 if percent.is_integer() else 1
            least, most = _core.counts_from_percent(percent, sample, decimals)
            if least >= 0:
                nearest = min(max(round(percent * sample / 100), least), most)
                row["yes"], row["cases"] = nearest, sample
                row["counts_from"], row["unique"] = "inferred", least == most


def _use_own_words(rules: Framework, words: NDArray[np.str_], codes: NDArray[np.int8]) -> None:
    """Write each rating found as the framework spells it; documents differ in case and form."""
    scale = {rating.code for rating in rules.ratings}
    for i, code in enumerate(codes.tolist()):
        if code in scale:
            words[i] = rules.word(code)
        elif code == Rating.NOT_RATED and words[i]:
            words[i] = Rating.NOT_RATED.word


def _refused(problems: Sequence[ParseError | OSError]) -> Rows:
    rows = np.zeros(len(problems), REFUSED_DTYPE)
    for row, problem in zip(rows, problems, strict=True):
        if isinstance(problem, ParseError):
            row["source"] = cut(problem.path, 256)
            row["line"], row["column"] = problem.line or -1, problem.column or -1
            row["start"] = problem.offset
            row["reason"] = cut(problem.message, 64)
        else:
            row["source"] = cut(str(problem.filename or ""), 256)
            row["line"] = row["column"] = row["start"] = -1
            row["reason"] = cut(problem.strerror or str(problem), 64)
    return rows
