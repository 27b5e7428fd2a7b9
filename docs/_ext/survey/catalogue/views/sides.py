"""Views of the second axis: what heads read and write, by kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views.cards import Tag
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.schema.axes import Axis, Kind
    from survey.catalogue.schema.fields import EntryFields

UNKNOWN = "unknown"  #: Stands for the kinds of a head type that names none.


@dataclass(frozen=True, slots=True)
class KindTag:
    """A kind with its words."""

    axis: str
    id: str
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Crossed:
    """The head types that read one kind and write another."""

    reads: str
    writes: str
    heads: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class SidesData:
    """Head types by what they read and write: the kinds that there are, and where they meet."""

    reads: tuple[KindTag, ...]
    writes: tuple[KindTag, ...]
    cells: tuple[Crossed, ...]  #: In the order of both lists, without empty ones.


@dataclass(frozen=True, slots=True)
class Sides:
    """All head types by what they read and write; one of several kinds stands with each."""

    def select(self, catalogue: Catalogue) -> SidesData:
        """Return kinds that any head type names, and their meetings."""
        found: dict[tuple[str, str], list[Tag]] = {}
        for entry in catalogue.entries["head"].values():
            reads, writes = (ids_of(entry.fields, axis) or (UNKNOWN,) for axis in catalogue.layout.axes)
            for at in ((read, written) for read in reads for written in writes):
                found.setdefault(at, []).append(Tag.of("head", entry.id, catalogue))
        first, second = catalogue.layout.axes
        rows, columns = _all_kinds(first), _all_kinds(second)
        cells = (
            Crossed(row.id, column.id, tuple(found.get((row.id, column.id), ()))) for row in rows for column in columns
        )
        kept = tuple(cell for cell in cells if cell.heads)
        return SidesData(
            tuple(row for row in rows if any(cell.reads == row.id for cell in kept)),
            tuple(column for column in columns if any(cell.writes == column.id for cell in kept)),
            kept,
        )


def _all_kinds(axis: Axis) -> list[KindTag]:
    unknown = KindTag(axis.name, UNKNOWN, _("Not established"), _("Their pages say nothing of it, or no study does."))
    return [*(_tag(axis, kind, meaning=True) for kind in axis.kinds), unknown]


def _tag(axis: Axis, kind: Kind, *, meaning: bool = False) -> KindTag:
    return KindTag(axis.name, kind.id, _(kind.name), _(kind.meaning) if meaning else "")


def ids_of(fields: EntryFields, axis: Axis) -> tuple[str, ...]:
    """Return the kinds of one axis that a head type names, in the order of the closed list."""
    named = getattr(fields, axis.field, ())
    return tuple(key for key in axis.ids if key in named)


def kinds_of(fields: EntryFields, catalogue: Catalogue) -> Iterator[tuple[str, tuple[KindTag, ...]]]:
    """Yield the name of each axis with the kinds of it that a head type names."""
    for axis in catalogue.layout.axes:
        named = ids_of(fields, axis)
        yield axis.name, tuple(_tag(axis, kind) for kind in axis.kinds if kind.id in named)
