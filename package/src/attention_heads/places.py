"""Head types by name, and heads of models by place and type."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attention_heads import annotating, searching
from attention_heads.errors import NoSuchHeadError, unknown
from attention_heads.records import HeadType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attention_heads.building import Cell
    from attention_heads.records import Head, Model
    from attention_heads.store import Store

_LARGEST = 1_000_000  #: No model is near as many layers or heads.


class Heads(Mapping[str, HeadType]):
    """The head types by id, name or alias; and the heads of models by place and type."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, name: str) -> HeadType:
        """Return the head type of an id, a name or an alias, whatever its case.

        :raises UnknownNameError: if there is none.
        """
        found = self._store.records.types.get(name) or self._by_name.get(name.casefold())
        if found is None:
            raise unknown("head type", name, (*self, *self._by_name))
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._store.records.types)

    def __len__(self) -> int:
        """Return their number."""
        return len(self._store.records.types)

    def at(self, model: str, layer: int | str, head: int | None = None, *, kv: bool = False) -> Head:
        """Return a head of a model: ``at("gpt2", 9, 6)`` or ``at("gpt2", "9.6")``, counted from 0.

        A head that nobody has named has no roles. With ``kv`` it is a key-value head, which query heads share.

        :raises UnknownNameError: if the survey doesn't know the model.
        :raises NoSuchHeadError: if the model has no such head.
        """
        known = self._store.names.find(model)
        cell = (kv, *_place(layer, head))
        _check(known, cell)
        return self._store.head(known, cell)

    def of_type(self, head_type: str, model: str | None = None, *, automatic: bool = False) -> tuple[Head, ...]:
        """Return the heads, of one model or of all, that are said to be of a type, by model, layer and head.

        With ``automatic`` those that only a detector or a score chose are among them.

        :raises UnknownNameError: if there is no such type or model.
        """
        wanted = self[head_type].id
        models = [self._store.names.find(model)] if model is not None else self._store.records.models.values()
        return tuple(
            self._store.head(known, cell)
            for known in models
            for cell, claims in self._store.cells.get(known.id, {}).items()
            if any(claim.type == wanted and (automatic or claim.standing != "automatic") for claim in claims)
        )

    def in_model(self, model: str) -> tuple[Head, ...]:
        """Return the heads of a model of which anything is said, by layer and head.

        :raises UnknownNameError: if the survey doesn't know the model.
        """
        known = self._store.names.find(model)
        return tuple(self._store.head(known, cell) for cell in self._store.cells.get(known.id, {}))

    def find(self, text: str, limit: int = 10) -> tuple[HeadType, ...]:
        """Return the head types that fit some words best: ``find("copies names")``."""
        return searching.ranked(text, self._store.records.types.values(), limit)

    def annotate(self, model: Any, name: str | None = None) -> dict[tuple[int, int], Head]:
        """Return the named heads of a loaded model, by layer and head, from nothing but its configuration.

        The model is one of TransformerLens, nnsight or transformers, or its configuration; ``name`` says which it is
        where the configuration doesn't. Heads that only a score chose are not among them.

        :raises UnknownNameError: if the survey doesn't know the model.
        :raises OtherModelError: if it has another number of layers or heads than the model of its name.
        """
        if name is None:
            known = annotating.model_of(model, self._store.names)
        else:
            known = annotating.compared(model, self._store.names.find(name), name)
        return {(head.layer, head.head): head for head in self.in_model(known.id) if head.roles and not head.kv}

    @cached_property
    def _by_name(self) -> dict[str, HeadType]:
        kinds = self._store.records.types.values()
        return {name.casefold(): kind for kind in kinds for name in (*kind.aliases, kind.name)}


def _place(layer: int | str, head: int | None) -> tuple[int, int]:
    """Return layer and head as numbers."""
    parts = str(layer).split(".") if head is None else [str(layer), str(head)]
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004
        said = str(layer) if head is None else f"{layer}, {head}"
        raise NoSuchHeadError(f"{said!r} is no place of a head; give layer and head, counted from 0: 9, 6 or '9.6'")
    return int(parts[0][:7]), int(parts[1][:7])


def _check(model: Model, cell: Cell) -> None:
    kv, layer, head = cell
    heads = model.kv_heads if kv else model.heads
    if layer >= (model.layers or _LARGEST) or head >= (heads or _LARGEST):
        kind = "key-value heads" if kv else "heads"
        raise NoSuchHeadError(
            f"{model.name} has {model.layers} layers of {heads} {kind}, counted from 0; there is no {layer}.{head}"
        )
