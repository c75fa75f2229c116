"""A wide table laid out long: one row for each row and place of its columns."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pyjustice.ground.areas import find_areas
from pyjustice.ground.errors import DataError
from pyjustice.ground.ethnic_labels import ethnic_label
from pyjustice.ground.footnotes import without_marks
from pyjustice.ground.table_sources import fold_header, is_other, role_of
from pyjustice.readers.header_parts import common_dimension
from pyjustice.readers.table_figures import Column, empty_figures
from pyjustice.readers.table_roles import Roles
from pyjustice.readers.table_totals import Figures, Place, Total, find_totals, is_total_label
from pyjustice.readers.table_wide import Dimension, Wide

__all__ = ["column_totals_of", "laid_long", "long_totals", "wide_totals", "with_labels"]

_NAMES = {"count": "Number", "population": "Population", "rate": "Rate", "value": "Value"}
_ROLES = {"Year": "period"}
_AGES = re.compile(
    r"(?:age[ds]? )?(\d{1,2})(?: ?(?:-|–|to|and) ?(\d{1,2}))?(?: ?years?)?(?: olds?)?"
)
_BOUNDS = ("value", "lower", "upper")
_ADDED = ("count", "value", "population")  # figures of which totals are sums
# Labels that tell rows apart.
_TELLING = ("area", "area_code", "within", "period", "group", "cut", "measure", "unit")


def with_labels(columns: Sequence[Column], roles: Roles, wide: Wide) -> tuple[Roles, Wide]:
    """Tell what the labels of the rows of a wide table are.

    Returns
    -------
    roles : Roles
        With a role for every column: what is not known by its name or by what stands in it is a
        group, if the rows cannot be told apart without it.
    wide : Wide
        With names for labels whose header has none.

    Raises
    ------
    DataError
        Rows and columns are both told apart by years, or by one group.
    """
    labels = [column for column in columns if not column.is_figures]
    found: dict[str, str] = {}
    for column in labels:
        role = roles.role(column.name) or role_of(column.name)
        found[column.name] = role if role == "group" or role not in found.values() else ""
    names = {}
    for column in labels:
        nameless = column.place == 0 or not column.header
        if is_other(column.name):
            found[column.name] = "label"
        elif not found[column.name] or nameless:
            role, name = _role_of_texts(column.texts, nameless=nameless)
            if nameless and name:
                names[column.name] = name
            if role == "group" or role not in found.values():
                found[column.name] = found[column.name] or role
    if "area" not in found.values():
        found = {header: "area" if r == "within" else r for header, r in found.items()}
    telling = [column.texts for column in labels if found[column.name] in _TELLING]
    rows = list(zip(*telling, strict=True))
    apart = bool(telling) and len(set(rows)) == len(rows)
    found = {name: role or ("label" if apart else "group") for name, role in found.items()}
    _refuse_doubled(found, names, wide)
    own = {fold_header(name): role for name, role in found.items()} | dict(wide.roles)
    if "measure" in found.values() or "unit" in found.values():
        # The labels say what a figure is, not the columns.
        unsaid = [column.name for column in columns if column.is_figures]
        own |= {key: "value" for key in map(fold_header, unsaid) if not own.get(key)}
    return Roles(None, own, wide.rate), replace(wide, names=names)


def _rows(columns: Sequence[Column]) -> int:
    return len(columns[0].texts)


def _role_of_texts(texts: Sequence[str], *, nameless: bool) -> tuple[str, str]:
    """The role, and a name, of labels by what they say; '' for both if that is not sure."""
    dimension = common_dimension(texts)
    if dimension == "Year" or (dimension and nameless):
        return _ROLES.get(dimension, "group"), dimension
    plain = {without_marks(text) for text in texts if text}
    own = {text for text in plain if not is_total_label(text)}
    return ("area", "Area") if own and all(map(find_areas, own)) else ("", "")


def _refuse_doubled(roles: Mapping[str, str], names: Mapping[str, str], wide: Wide) -> None:
    for dimension in wide.dimensions:
        folded = fold_header(dimension.name)
        same = [
            header
            for header, role in roles.items()
            if fold_header(names.get(header, header)) == folded
            or (dimension.role == role and role in ("period", "area", "measure"))
        ]
        if same:
            raise DataError(
                f"rows, by {same[0]!r}, and columns, by {dimension.name!r}, both say the"
                f" {dimension.role}: say what the rows are, as in roles={{{same[0]!r}: 'label'}}"
            )


def laid_long(
    columns: Sequence[Column], roles: Roles, wide: Wide, leave: frozenset[int]
) -> tuple[list[Column], Roles]:
    """Lay the columns of a wide table out long.

    Parameters
    ----------
    columns : sequence of Column
    roles : Roles
        Its own, those of labels among them.
    wide : Wide
        Without a fault.
    leave : frozenset of int
        Keys of `wide`, by their index, that are left out.

    Returns
    -------
    columns : list of Column
        Row by row, and in each the keys in their order.
    roles : Roles
    """
    kept = [i for i in range(len(wide.keys)) if i not in leave]
    rows = _rows(columns)
    made: list[Column] = []
    own: dict[str, str] = {}
    for column in columns:
        if column.is_figures:
            continue
        name = wide.names.get(column.name, column.name)
        texts = [text for text in column.texts for _ in kept]
        made.append(Column(0, column.header, name, texts))
        own[fold_header(name)] = roles.role(column.name)
    for at, dimension in enumerate(wide.dimensions):
        texts = [wide.keys[i][at] for i in kept] * rows
        made.append(Column(0, (dimension.name,), dimension.name, texts))
        own[fold_header(dimension.name)] = dimension.role
    for role, name in _NAMES.items():
        picked = [wide.columns[i].get(role, -1) for i in kept]
        if any(i >= 0 for i in picked):
            made.append(_figures(name, picked, columns, wide, rows))
            own[fold_header(name)] = role
    return made, Roles(None, own, roles.rate)


def _figures(
    name: str, picked: Sequence[int], columns: Sequence[Column], wide: Wide, rows: int
) -> Column:
    """One column of figures from those of each key; -1 where a key has none."""
    shape = (rows, len(picked))
    figures = empty_figures(rows * len(picked)).reshape(shape)
    texts = np.full(shape, "", object)
    notes = np.full(shape, "", object)
    places = np.zeros(shape, int)
    for at, index in enumerate(picked):
        if index < 0:
            continue
        column, mark = columns[index], wide.marks.get(index, "")
        assert column.figures is not None
        figures[:, at], texts[:, at], places[:, at] = column.figures, column.texts, column.place
        notes[:, at] = ["; ".join(filter(None, (note, mark))) for note in column.notes]
    return Column(
        0, (name,), name, texts.reshape(-1).tolist(), figures.reshape(-1),
        notes.reshape(-1).tolist(), places.reshape(-1),
    )  # fmt: skip


def wide_totals(columns: Sequence[Column], wide: Wide) -> list[Total]:
    """Keys of a wide table that are totals of others, by their index.

    Counts are compared, else what may be counts, else populations; rates are not, but a total of
    counts is one of rates too.
    """
    made = {name: np.full((len(wide.keys), _rows(columns)), math.nan) for name in _BOUNDS}
    role = next((r for r in _ADDED if sum(r in own for own in wide.columns) > 1), "")
    for at, own in enumerate(wide.columns):
        rows = columns[own[role]].figures if role in own else None
        if rows is not None:
            for name, values in made.items():
                values[at] = rows[name]
    figures = Figures(*made.values())
    if wide.dimensions[0].key == "by":
        return _of_cuts(wide.keys, figures, wide)
    return _of_groups(wide.keys, figures, wide.dimensions)


def _of_groups(
    labels: Sequence[Sequence[str]], figures: Figures, dimensions: Sequence[Dimension]
) -> list[Total]:
    """Totals by how the columns stand, by what they are called, and by what they hold."""
    at = [i for i, one in enumerate(dimensions) if one.role in ("group", "area")]
    found: list[Total] = []
    if at == [len(dimensions) - 1]:
        found = find_totals(labels, figures, categories=[])
    found += _not_in(found, find_totals(labels, figures, categories=at, runs=False))
    for i in at:
        # 'White' beside 'White British', '10-17' beside '10-14', though nothing calls it a total.
        extents = [_extent(dimensions[i].key, label[i]) for label in labels]
        places = [Place(extent, len(extent) > 1) for extent in extents]
        more = find_totals(labels, figures, categories=[], area=i, places=places, runs=False)
        found += _not_in(found, more)
    return found


def _not_in(found: Sequence[Total], more: Sequence[Total]) -> list[Total]:
    known = {total.index for total in found}
    return [total for total in more if total.index not in known]


def _of_cuts(labels: Sequence[Sequence[str]], figures: Figures, wide: Wide) -> list[Total]:
    """Totals within each way in which the same people are cut; one without any is one of all."""
    cuts = [i for i, one in enumerate(wide.dimensions) if one.role == "group"]
    found: list[Total] = []
    for cut in cuts:
        own = [
            i
            for i, label in enumerate(labels)
            if label[cut] or not any(label[other] for other in cuts)
        ]
        kept = [i for i in range(1, len(wide.dimensions)) if i == cut or i not in cuts]
        texts = [[labels[i][at] or labels[i][0] for at in kept] for i in own]
        part = Figures(figures.value[own], figures.lower[own], figures.upper[own])
        more = _of_groups(texts, part, [wide.dimensions[at] for at in kept])
        found += [
            replace(t, index=own[t.index], parts=tuple(own[p] for p in t.parts)) for t in more
        ]
    return found


def _extent(dimension: str, text: str) -> frozenset[str]:
    """What a group holds: codes of ethnic groups, years of age; empty if it is not known."""
    if dimension == "Ethnicity":
        known = ethnic_label(text)
        return known.codes if known is not None else frozenset()
    found = _AGES.fullmatch(text.lower()) if dimension == "Age" else None
    if found is None:
        return frozenset()  # 'under 11' and '65 and over' have no end
    return frozenset(map(str, range(int(found[1]), int(found[2] or found[1]) + 1)))


def column_totals_of(wide: Wide | None, keys: Sequence[Total]) -> list[Total]:
    """The columns that are totals of other columns, by their index, of keys that are."""
    made: list[Total] = []
    if wide is None:
        return made
    for total in keys:
        for role, index in wide.columns[total.index].items():
            parts = [wide.columns[part].get(role, -1) for part in total.parts]
            if role in ("count", "value") and -1 not in parts:
                made.append(replace(total, index=index, parts=tuple(parts)))
    return made


def long_totals(
    rows: Sequence[Total], keys: Sequence[Total], n: int, kept: Sequence[int]
) -> list[Total]:
    """Totals of the long table: those of the rows for each key, and of the keys in each row.

    Parameters
    ----------
    rows, keys : sequence of Total
    n : int
        Rows of the wide table.
    kept : sequence of int
        Keys that the long table has.
    """
    place = {key: at for at, key in enumerate(kept)}
    width = len(kept)
    made = [
        replace(t, index=t.index * width + at, parts=tuple(p * width + at for p in t.parts))
        for t in rows
        for at in range(width)
    ]
    for total in keys:
        parts = [place[p] for p in total.parts if p in place]
        if total.index not in place or not parts:
            continue
        made += [
            replace(
                total,
                index=row * width + place[total.index],
                parts=tuple(row * width + part for part in parts),
            )
            for row in range(n)
        ]
    return sorted(made, key=lambda total: (total.index, total.parts))
