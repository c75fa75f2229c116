"""Tables of counts as rows: what each field is, and the sums of cells that the rows are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pyjustice.ground.disclosure import ROLES, field_rules
from pyjustice.ground.errors import DataError
from pyjustice.measures.sums import Ints, Kind, Sums
from pyjustice.questions.count_tables import Reading, whole_numbers

__all__ = ["Roles", "read_rows", "roles_of", "row_labels", "select_rows"]

Rows: TypeAlias = NDArray[np.void]
Roles: TypeAlias = dict[str, str]

# '47.6%', '0.476', but not '10' or '2019', which may be an age or a year.
_FIGURE = re.compile(r"\s*[<>~]?\s*[-+]?[\d,]+(?:\.\d+\s*%?|\s*%)\s*")
DERIVED = ("own", "compared", "pooled")


def roles_of(rows: Rows, fields: Mapping[str, str]) -> Roles:
    """Say what each field is: declared by the user, or in ``disclosure_fields.toml``.

    Raises
    ------
    DataError
        A whole number that nobody declared; figures without the counts behind them.
    """
    names = rows.dtype.names or ()
    rules = field_rules()
    for record in rules["refused"]:
        if set(record["has"]) <= set(names) and _where(rows, record).any():
            raise DataError(f"table: {record['what']}; suppress the table of counts behind it")
    known = {name: role for role in ROLES for name in rules["roles"].get(role, ())}
    for record in rules["records"]:
        if record["has"] in names and _where(rows, record).all():
            for role in set(ROLES) & set(record):
                known |= dict.fromkeys(record[role], role)
    if unknown := [name for name in fields if name not in names]:
        raise DataError(f"fields: the table has no field {unknown[0]!r}")
    if wrong := [role for role in fields.values() if role not in ROLES]:
        raise DataError(f"fields: expected one of {', '.join(ROLES)}, got {wrong[0]!r}")
    found = {}
    for name in names:
        kind = rows.dtype[name].kind
        if kind == "O" and all(isinstance(value, str) for value in rows[name]):
            kind = "U"  # as pandas keeps text
        found[name] = fields.get(name) or known.get(name) or _by_kind(name, kind)
        if kind in "SU" and found[name] == "label" and name not in fields:
            _refuse_figures(name, rows[name])
        if kind in "SUOMm" and found[name] in ("count", "known", "reference_count"):
            raise DataError(f"field {name!r}: expected numbers")
    if "count" not in found.values():
        raise DataError("table: no field is known to be a count; say which with fields={...}")
    if not _pairs(found):
        # A percentage without its base may be one of all rows together.
        undeclared = [name for name, role in found.items() if role == "own" and name not in fields]
        found |= dict.fromkeys(undeclared, "pooled")
    wholes = set(rules["wholes"]) & {name for name, role in found.items() if role == "count"}
    if set(found.values()) & set(DERIVED) and (alone := wholes - set(_pairs(found).values())):
        raise DataError(
            f"table: figures and {min(alone)!r}, but not the count that is a part of it"
        )
    return found


def _where(rows: Rows, record: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Rows that are of the kind that a rule is for; a rule without `where` is for all."""
    where = record.get("where")
    if where is None:
        return np.ones(max(len(rows), 1), bool)
    if where["field"] not in (rows.dtype.names or ()):
        return np.zeros(max(len(rows), 1), bool)
    return np.asarray(np.asarray(rows[where["field"]]) == where["word"])


def _by_kind(name: str, kind: str) -> str:
    if name == "flag":
        return "flag"
    if kind in "USMm":
        return "label"
    if kind in "fb":
        return "pooled"
    raise DataError(
        f"field {name!r}: say with fields={{{name!r}: ...}} whether it is a count, a setting, a"
        " label or computed (own, compared, pooled)"
    )


def _refuse_figures(name: str, texts: Any) -> None:
    """Raise DataError for labels that are percentages or decimals: what is hidden follows."""
    given = [text for text in np.asarray(texts).astype(str).tolist() if text.strip()]
    if given and all(map(_FIGURE.fullmatch, given)):
        raise DataError(
            f"field {name!r}: figures as text; give them as numbers, or say with"
            f" fields={{{name!r}: ...}} that they are computed (own, compared, pooled) or a label"
        )


def row_labels(rows: Rows, roles: Roles) -> tuple[list[str], str]:
    """Return what tells the rows apart, and the names of those fields; numbers if nothing does.

    The first label fields that differ from row to row, as many as it takes.
    """
    chosen: list[str] = []
    joined: list[tuple[str, ...]] = [()] * len(rows)
    for name, role in roles.items():
        texts = np.asarray(rows[name]).astype(str).tolist() if role == "label" else []
        if len(set(texts)) > 1 and len(set(joined)) < len(rows):
            chosen.append(name)
            joined = [(*before, text) for before, text in zip(joined, texts, strict=True)]
    if not chosen:
        return [str(i + 1) for i in range(len(rows))], ""
    names = [", ".join(filter(None, row)) or str(i) for i, row in enumerate(joined, 1)]
    return names, ", ".join(chosen)


@dataclass(frozen=True)
class _Frame:
    """Rows by their labels: which are totals, and of which rows."""

    members: NDArray[np.bool_]  # row by row that is no total
    inner: NDArray[np.intp]
    aggregated: NDArray[np.intp]  # fields that a row is the total over


def _frame(rows: Rows, roles: Roles, totals: Mapping[str, Any]) -> _Frame:
    labels = [name for name, role in roles.items() if role == "label"]
    if strangers := [name for name in totals if name not in labels]:
        raise DataError(f"totals: the table has no labels {strangers[0]!r}")
    n = len(rows)
    columns = {name: np.asarray(rows[name]).astype(str) for name in labels}
    keys = list(zip(*columns.values(), strict=True)) if labels else [()] * n
    if len(set(keys)) < n:
        raise DataError("table: two rows have the same labels")
    whole = {name: columns[name] == str(label) for name, label in totals.items()}
    aggregated = np.zeros(n, np.intp)
    for is_whole in whole.values():
        aggregated += is_whole
    inner = np.flatnonzero(aggregated == 0)
    members = np.ones((n, len(inner)), bool)
    for name in labels:
        same = columns[name][:, np.newaxis] == columns[name][inner][np.newaxis]
        members &= same | whole.get(name, np.zeros(n, bool))[:, np.newaxis]
    return _Frame(members, inner, aggregated)


def read_rows(rows: Rows, roles: Roles, totals: Mapping[str, Any], below: int) -> Reading:
    """Read rows of labels and counts.

    Parameters
    ----------
    rows : structured array
    roles : dict
        See `roles_of`.
    totals : mapping
        By field the label that stands for all, such as ``{'sex': 'All'}``.
    below : int
        A population this small is a count of children like any other.
    """
    frame = _frame(rows, roles, totals)
    pairs = _pairs(roles)
    build = _Build(rows, row_labels(rows, roles)[0], frame, below)
    for name, role in roles.items():
        if role == "count" and name not in pairs.values():
            build.add(name, pairs.get(name))
    return build.reading()


def _pairs(roles: Roles) -> dict[str, str]:
    """Return the whole that each count may be a part of."""
    found: dict[str, str] = {}
    for part, wholes in field_rules()["parts"].items():
        for whole in wholes:
            if roles.get(part) == "count" and roles.get(whole) in ("count", "known"):
                if whole in found.values():
                    raise DataError(f"table: two counts are parts of {whole!r}; give them apart")
                found[part] = whole
                break
    return found


class _Build:
    """The entries as they are added, field by field."""

    def __init__(self, rows: Rows, labels: list[str], frame: _Frame, below: int) -> None:
        self._rows, self._labels, self._frame, self._below = rows, labels, frame, below
        self._fields = list(rows.dtype.names or ())
        self._true: list[Ints] = []
        self._entries: list[tuple[int, int, Kind, Ints]] = []  # row, column, kind, variables
        self._lines: list[NDArray[np.intp]] = []

    def _new(self, values: Ints) -> NDArray[np.intp]:
        start = sum(map(len, self._true))
        self._true.append(values)
        return np.arange(start, start + len(values))

    def _known(self, name: str, values: Ints) -> NDArray[np.bool_]:
        """Rows in which a whole is a public figure, and so large that it names nobody."""
        rules = field_rules()
        where = rules["known_where"].get(name)
        if name in rules["roles"]["known"]:
            known = np.ones(len(values), bool)
        elif where and where["field"] in self._fields:
            known = np.asarray(self._rows[where["field"]]) == where["word"]
        else:
            known = np.zeros(len(values), bool)
        return known & (values >= self._below)

    def add(self, part: str, whole: str | None) -> None:
        """Add a count, and the whole that it is a part of."""
        counts = whole_numbers(self._rows[part], f"field {part!r}")
        inner, members = self._frame.inner, self._frame.members
        self._adds_up(part, counts)
        at = self._new(counts[inner])
        self._put(part, members, at, counts)
        self._lines += [at[group] for group in members[self._frame.aggregated == 1]]
        if whole is None:
            return
        sizes = np.asarray(self._rows[whole], float)
        usable = np.isfinite(sizes) & (sizes == np.floor(sizes)) & (sizes >= 0) & (sizes < 2**53)
        sizes = np.where(usable, sizes, 0).astype(np.int64)
        known = self._known(whole, sizes)
        # Populations may be missing, or estimates; numbers of children may not.
        if not usable.all() and whole not in field_rules()["roles"]["known"]:
            whole_numbers(self._rows[whole], f"field {whole!r}")
        above = usable & (counts > sizes)
        if (above & ~known).any():
            row = int(np.flatnonzero(above & ~known)[0])
            raise DataError(f"row {row + 1}: {part!r} is above {whole!r}")
        self._remain(part, whole, at, counts, sizes, usable & ~above, known)

    def _adds_up(self, name: str, counts: Ints) -> None:
        sums = self._frame.members @ counts[self._frame.inner]
        wrong = np.flatnonzero((sums != counts) & (self._frame.aggregated > 0))
        if len(wrong):
            raise DataError(f"row {wrong[0] + 1}: {name!r} is not the total of its rows")

    def _put(
        self, name: str, members: NDArray[np.bool_], at: NDArray[np.intp], counts: Ints
    ) -> None:
        column = self._fields.index(name)
        for row in range(len(counts)):
            kind = Kind.TOTAL if self._frame.aggregated[row] else Kind.CELL
            self._entries.append((row, column, kind, at[members[row]]))

    def _remain(
        self,
        part: str,
        whole: str,
        at: NDArray[np.intp],
        counts: Ints,
        sizes: Ints,
        usable: NDArray[np.bool_],
        known: NDArray[np.bool_],
    ) -> None:
        """Add wholes, and what remains of them: children without the event are a count too.

        Where the whole of some row is of no use, such as a population that is not known, totals
        over it say nothing of what remains.
        """
        inner, members = self._frame.inner, self._frame.members
        rest = self._new(np.where(usable, sizes - counts, 0)[inner])
        sums = members @ np.where(usable, sizes, 0)[inner]
        column = self._fields.index(whole)
        for row in range(len(counts)):
            own, others = at[members[row]], rest[members[row]]
            total = bool(self._frame.aggregated[row])
            if not usable[row] or not usable[inner[members[row]]].all():
                continue
            if total and sums[row] != sizes[row]:
                raise DataError(f"row {row + 1}: {whole!r} is not the total of its rows")
            kind = Kind.KNOWN if known[row] else Kind.TOTAL
            self._entries.append((row, column, kind, np.concatenate([own, others])))
            self._entries.append((row, -1, Kind.UNPRINTED, others))
            # No events: a zero, with its own rule. Nothing but events: a group in one cell.
            if not total and counts[row]:
                self._lines.append(np.concatenate([own, others]))

    def reading(self) -> Reading:
        """Return what was added."""
        true = np.concatenate(self._true) if self._true else np.zeros(0, np.int64)
        parts = np.zeros((len(self._entries), len(true)), np.int64)
        for i, (*_, variables) in enumerate(self._entries):
            parts[i, variables] = 1
        kinds = np.array([entry[2] for entry in self._entries], np.int8)
        places = np.array([entry[:2] for entry in self._entries], np.intp).reshape(-1, 2)
        sums = Sums(parts, true, kinds, [line for line in self._lines if len(line) > 1])
        names = self._labels
        return Reading(sums, places[:, 0], places[:, 1], names, self._fields, (len(names),))


def select_rows(rows: Rows, roles: Roles, reading: Reading, item: Sequence[Any], i: int) -> Ints:
    """Return the variables of a total that is published already: (selection, total[, field]).

    Parameters
    ----------
    item : sequence
        The selection is a mask over the rows, or ``{field: labels}``; the field is the count that
        was added up, and may be left out if there is one only.
    """
    counts = [name for name, role in roles.items() if role == "count"]
    field = item[2] if len(item) > 2 else counts[0]
    if field not in counts or (len(item) == 2 and len(counts) > 1):
        raise DataError(f"also_published, item {i}: name the field, one of {', '.join(counts)}")
    selection = item[0]
    if isinstance(selection, Mapping):
        mask = np.zeros(len(rows), bool)
        mask[reading.rows[reading.sums.kinds == Kind.CELL]] = True
        for name, wanted in selection.items():
            if roles.get(name) != "label":
                raise DataError(f"also_published, item {i}: the table has no labels {name!r}")
            wanted = [wanted] if isinstance(wanted, str) else wanted
            mask &= np.isin(np.asarray(rows[name]).astype(str), [str(label) for label in wanted])
    else:
        mask = np.asarray(selection)
    if mask.dtype != bool or mask.shape != (len(rows),) or not mask.any():
        raise DataError(f"also_published, item {i}: expected rows, as a mask of bool or by labels")
    entry = (reading.columns == reading.column_names.index(field)) & mask[reading.rows]
    variables = reading.sums.parts[entry].sum(axis=0)
    if (variables > 1).any():
        raise DataError(f"also_published, item {i}: a total and its parts are both selected")
    return np.asarray(variables)
