"""What the columns of a case file are, told from its header."""

from __future__ import annotations

import functools
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pyjustice.ground.errors import DataError
from pyjustice.ground.frameworks import Framework, fold

__all__ = [
    "DATES",
    "SKIP",
    "ColumnMap",
    "Layout",
    "QuestionNames",
    "given_columns",
    "is_given",
    "is_role",
    "looks_like_question",
    "looks_long",
    "question_keys",
    "read_layout",
    "refuse_no_header",
    "refuse_no_questions",
]

ColumnMap = Mapping[str, str] | str | os.PathLike[str]

SKIP = "skip"
DATES = ("started", "ended", "born")
# What a column is read as, where the user says so; without it the values decide.
_TYPES = ("date", "integer", "category")

# A header is no longer than a key question with its variants' words; a longer cell is content.
_LONGEST_NAME = 1000

_PREFIX = re.compile(r"^(?:key\s*question|question|kq|q)[\s.:_-]*(?=[0-9vf])")
_SEPARATORS = re.compile(r"[\s._/\\:()-]+")
_CODE = re.compile(r"^([vf]?\d+(?:\.\d+){1,2})(?:\.|$)")
_LEADING_CODE = re.compile(r"^[vf]?\d[\d\s._:/\\()-]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column of a case file is.

    Attributes
    ----------
    names : tuple of str
        Headers, made unique: a second 'note' is 'note_2', a column without one 'column 7'.
    meanings : tuple of str
        For each column a question ('2.1/1'), a role ('service'), a type ('date', 'integer',
        'category'), 'skip', or '' where the values decide.
    long : bool
        One row an answer (columns for question and answer), not one row a case.
    """

    names: tuple[str, ...]
    meanings: tuple[str, ...]
    long: bool

    @property
    def questions(self) -> tuple[str, ...]:
        """Questions that have a column, in the order of the columns."""
        return tuple(meaning for meaning in self.meanings if "/" in meaning)

    def column(self, name: str) -> int:
        """Index of a column by its role, or its header in any case; -1 if there is none, or two."""
        if name in self.meanings and name in _roles():
            return self.meanings.index(name)
        if name in self.names:
            return self.names.index(name)
        wanted = _bare(name)
        alike = [i for i, own in enumerate(self.names) if _bare(own) == wanted != ""]
        return alike[0] if len(alike) == 1 else -1


def question_keys(framework: Framework | None) -> tuple[str, ...]:
    """Key questions that cases are judged on, as '2.1/1', in the framework's order."""
    if framework is None:
        return ()
    return tuple(
        f"{standard.code}/{question.number}"
        for standard in framework.standards
        if standard.rated_by != "evidence"
        for question in standard.questions
        if question.has_percent
    )


class QuestionNames:
    """The key questions of a framework by every name that a header may give them; none of None."""

    def __init__(self, framework: Framework | None) -> None:
        self.keys = question_keys(framework)
        self._codes: dict[str, str] = {}
        self._wordings: dict[str, tuple[str, ...]] = {}
        for standard in framework.standards if framework else ():
            for question in standard.questions:
                key = f"{standard.code}/{question.number}"
                if key not in self.keys:
                    continue
                self._codes[f"{standard.code}.{question.number}".casefold()] = key
                if standard.rated_by == "score":
                    self._codes[standard.code.casefold()] = key  # a theme has one score
                for text in (question.text, *question.variants):
                    known = self._wordings.setdefault(_wording(text), ())
                    if key not in known:  # court and out-of-court may ask the same
                        self._wordings[_wording(text)] = (*known, key)

    def find(self, text: str) -> str:
        """Find the key question that a header or a cell names: '2.1/1', '' if none, or several.

        By its code in any form ('2.1.1', 'Q2.1.1', 'V1/1'), with or without its wording behind it,
        or by its wording alone if no other question shares it.
        """
        if len(text) > _LONGEST_NAME:
            return ""
        plain = _PREFIX.sub("", text.strip().casefold())
        dotted = _SEPARATORS.sub(".", plain).strip(".")
        if dotted in self._codes:
            return self._codes[dotted]
        asked = self.asked(text)
        if asked:
            return asked[0] if len(asked) == 1 else ""
        code = _CODE.match(dotted)
        if code is None or code[1] not in self._codes:
            return ""
        # '2.1.1 Does assessment ...': the code counts, unless the words are another question's.
        key = self._codes[code[1]]
        asked = self.asked(_LEADING_CODE.sub("", plain))
        return key if not asked or key in asked else ""

    def asked(self, text: str) -> tuple[str, ...]:
        """Return the key questions with this wording: some frameworks ask the same twice."""
        return self._wordings.get(_wording(text), ()) if len(text) <= _LONGEST_NAME else ()


def _wording(text: str) -> str:
    return fold(text).rstrip("?.:")


def looks_like_question(text: str) -> bool:
    """Whether a header has the form of a key question's code: two dots, or V1 and a number."""
    plain = _PREFIX.sub("", text.strip().casefold())
    return re.fullmatch(r"(?:\d\.\d|v1|f\d)\.\d{1,2}", _SEPARATORS.sub(".", plain)) is not None


@functools.cache
def _roles() -> dict[str, dict[str, int]]:
    """Return the spellings of each role, and which of them come first."""
    file = resources.files("pyjustice.ground") / "case_columns.toml"
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        role: {_bare(text): rank for rank, text in enumerate(spellings)}
        for role, spellings in lists.items()
    }


def looks_long(headers: Iterable[str]) -> bool:
    """Whether there are headers for a question and for an answer."""
    bare = set(map(_bare, headers))
    return not bare.isdisjoint(_roles()["question"]) and not bare.isdisjoint(_roles()["answer"])


def is_role(header: str) -> bool:
    """Whether a header is one that a role has, such as that of the service or the ethnicity."""
    bare = _bare(header)
    return any(bare in spellings for spellings in _roles().values())


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text[:_LONGEST_NAME].casefold()))


def read_layout(
    headers: Sequence[str], framework: Framework | None, columns: ColumnMap | None = None
) -> Layout:
    """Tell what each column is.

    Parameters
    ----------
    headers : sequence of str
        Cells of the header.
    framework : Framework or None
        Without one no column is a key question.
    columns : mapping, path or None
        Header to meaning, where the user knows better; a path is to such a mapping as JSON.

    Raises
    ------
    DataError
        Two columns for one question; a wording that several questions have; a meaning that there
        is none of; a header in `columns` that the file has not; a row an answer, and no framework.
    """
    names = _unique(headers)
    questions = QuestionNames(framework)
    meanings = [questions.find(header) for header in headers]
    given = _named(given_columns(columns), names)
    for name, header in zip(names, headers, strict=True):
        if name not in given and len(several := questions.asked(header)) > 1:
            raise DataError(
                f"column {name!r}: its words are those of {' and '.join(several)}: say which with"
                f" columns={{header: {several[0]!r}}}"
            )
    free = [i for i, meaning in enumerate(meanings) if not meaning and names[i] not in given]
    taken = set(given.values())
    bare = {i: _bare(headers[i]) for i in free}
    for role, spellings in _roles().items():
        found = [(spellings[text], i) for i, text in bare.items() if text in spellings]
        if found and role not in taken:
            _, first = min(found)
            meanings[first] = role
            del bare[first]
    known = {name: i for i, name in enumerate(names)}
    for name, meaning in given.items():
        meanings[known[name]] = _meaning(questions, name, meaning)
    _refuse_twice(names, meanings)
    long = "question" in meanings and "answer" in meanings
    if long and any("/" in meaning for meaning in meanings):
        long = False  # a column a question decides; the other two are of no concern then
    if not long:
        meanings = ["" if meaning in ("question", "answer") else meaning for meaning in meanings]
    elif framework is None:
        question, answer = (names[meanings.index(role)] for role in ("question", "answer"))
        raise DataError(
            f"columns {question!r} and {answer!r}: a row an answer is read by a framework, such as"
            f" framework='iyjs-2025'; if each row is a case, say columns={{{answer!r}: ''}}"
        )
    return Layout(names, tuple(meanings), long)


def refuse_no_header(headers: Sequence[str], known: int, path: str) -> None:
    """Raise DataError if what was taken for the header is hardly one.

    Parameters
    ----------
    headers : sequence of str
    known : int
        How many of them are known; any will do.
    path : str
    """
    if known:
        return
    # No header is quoted: it may be a case's value.
    if len(headers) < 2:
        raise DataError(
            f"{path or 'the file'}: one column, of a name that is not known: expected a header with"
            " commas, tabs or semicolons between its names, and no more than empty lines above it"
        )
    numbers = sum(any(map(str.isdigit, header)) for header in headers)
    if 2 * numbers > len(headers):
        raise DataError(
            f"{path or 'the file'}: the first row is of numbers or dates: expected a header, which"
            " says what the columns are"
        )


def refuse_no_questions(layout: Layout, framework: Framework, path: str) -> None:
    """Raise DataError if no column answers a key question: there is nothing to rate by."""
    if layout.long or layout.questions:
        return
    keys = question_keys(framework)
    raise DataError(
        f"{path or 'the file'}: none of its {len(layout.names)} columns is a key question of"
        f" {framework.id}: expected headers such as {keys[0].replace('/', '.')!r} or a question's"
        " wording, or columns for 'question' and 'answer'; say with columns={header: '"
        f"{keys[0]}'}} which is which"
    )


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    times: dict[str, int] = {}  # by name, so that its order is that of the columns
    for i, header in enumerate(headers, 1):
        plain = " ".join(header.split()) or f"column {i}"
        name = plain
        while name in times:
            times[plain] += 1
            name = f"{plain}_{times[plain]}"
        times[name] = 1
    return tuple(times)


def _named(given: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """What the user says, by the names that the file has: case and signs may differ."""
    found: dict[str, str] = {}
    for header, meaning in given.items():
        wanted = _bare(header)
        alike = [name for name in names if _bare(name) == wanted != ""]
        name = header if header in names else alike[0] if len(alike) == 1 else ""
        if not name:
            raise DataError(f"columns: the file has no column {header!r}")
        if name in found:
            raise DataError(f"columns: {name!r} is named twice")
        found[name] = meaning
    return found


def is_given(header: str, given: Iterable[str]) -> bool:
    """Whether the user says what this header is."""
    names = {_bare(name) for name in given} - {""}
    return bool(names) and _bare(header) in names


def given_columns(columns: ColumnMap | None) -> dict[str, str]:
    """Return what the user says of columns, from a mapping or a JSON file of one."""
    if columns is None:
        return {}
    if isinstance(columns, Mapping):
        found: object = dict(columns)
    else:
        try:
            found = json.loads(Path(columns).read_text(encoding="utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise DataError(f"columns: {os.fspath(columns)} is no JSON: {error}") from None
    if not isinstance(found, dict) or not all(
        isinstance(part, str) for pair in found.items() for part in pair
    ):
        raise DataError("columns: expected a mapping of headers to what they are, both text")
    return {" ".join(name.split()): meaning for name, meaning in found.items()}


def _meaning(questions: QuestionNames, name: str, meaning: str) -> str:
    if meaning in ("", SKIP, *_TYPES) or meaning in _roles():
        return meaning
    key = questions.find(meaning)
    if key:
        return key
    known: Iterable[str] = (*questions.keys, *_roles(), *_TYPES, SKIP)
    raise DataError(f"columns[{name!r}]: {meaning!r} is none of {', '.join(known)}")


def _refuse_twice(names: Sequence[str], meanings: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    asked = {meaning for meaning in meanings if "/" in meaning}
    for name, meaning in zip(names, meanings, strict=True):
        if name in asked and name != meaning:
            raise DataError(f"columns: another column than {name!r} is said to be {name}")
        if meaning in ("", SKIP, *_TYPES):
            continue
        if meaning in seen:
            raise DataError(
                f"columns {seen[meaning]!r} and {name!r} are both {meaning}: say with columns="
                f"{{{name!r}: 'skip'}} which one counts"
            )
        seen[meaning] = name
