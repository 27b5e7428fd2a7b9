"""The records of one source, read when the first is asked for, with the indexes that questions need."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from attention_heads import building, reading
from attention_heads.errors import DataError
from attention_heads.naming import Names

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from attention_heads.building import Cell
    from attention_heads.records import Claim, Head, HeadType, Model, Paper


class _Records(NamedTuple):
    """All records, by id or key."""

    models: dict[str, Model]
    types: dict[str, HeadType]
    papers: dict[str, Paper]
    claims: Sequence[Claim]


class Store:
    """What a source holds."""

    def __init__(self, source: str | os.PathLike[str] | None) -> None:
        self._source = source

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The content of ``survey.json``."""
        return reading.read(self._source)

    @cached_property
    def records(self) -> _Records:
        """The same as objects.

        :raises DataError: if it has not what its schema says.
        """
        data = self.data
        try:
            found = building.models(data), building.head_types(data), building.papers(data), building.claims(data)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            name = "the package" if self._source is None else self._source
            raise DataError(f"{name} has not what its schema says: {type(error).__name__}: {error}") from error
        return _Records(*found)

    @cached_property
    def names(self) -> Names:
        """The models by their names."""
        return Names(self.records.models)

    @cached_property
    def cells(self) -> Mapping[str, Mapping[Cell, Sequence[Claim]]]:
        """What is said of each head, by model and place."""
        return building.by_cell(self.records.claims)

    def head(self, model: Model, cell: Cell) -> Head:
        """Return a head with its roles."""
        return building.head(model, cell, self.cells.get(model.id, {}).get(cell, ()), self.records.types.get)
