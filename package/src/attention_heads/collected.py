"""The survey as a whole: papers, models, positions, versions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from attention_heads.errors import unknown
from attention_heads.places import Heads
from attention_heads.records import Model, Paper
from attention_heads.store import Store

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from attention_heads.records import Claim


class Position(TypedDict):
    """A row of :meth:`Survey.positions`. Each column has one type: missing text is empty, a missing score is NaN."""

    model: str
    family: str
    layer: int
    head: int
    kv: bool
    head_type: str
    called: str
    standing: str
    score: float
    paper: str
    source: str
    url: str


class Papers(Mapping[str, Paper]):
    """The papers by their keys, newest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, key: str) -> Paper:
        """Return a paper.

        :raises UnknownNameError: if there is none of this key.
        """
        papers = self._store.records.papers
        if key not in papers:
            raise unknown("paper", key, papers)
        return papers[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._store.records.papers)

    def __len__(self) -> int:
        """Return their number."""
        return len(self._store.records.papers)


class Survey:
    """All records. They are read when the first is asked for."""

    def __init__(self, source: str | os.PathLike[str] | None = None) -> None:
        self._store = Store(source)
        self.heads = Heads(self._store)
        self.papers = Papers(self._store)

    @classmethod
    def read(cls, source: str | os.PathLike[str]) -> Survey:
        """Return the survey of a ``survey.json``, gzipped or not, at a path or an address of the web.

        :raises DataError: if it cannot be read, or is of a schema that this package doesn't know.
        """
        survey = cls(source)
        len(survey.papers)  # errors come now, and not with the first question
        return survey

    @property
    def version(self) -> str | None:
        """The release of the data, by year and month: "2026.12"; None if the file says none."""
        found = self._store.data.get("data_version")
        return str(found) if found is not None else None

    @property
    def schema_version(self) -> int:
        """The version of the schema of ``survey.json``."""
        return int(self._store.data["version"])

    @property
    def models(self) -> Mapping[str, Model]:
        """The models, by id."""
        return self._store.records.models

    @property
    def records(self) -> Mapping[str, Any]:
        """All that ``survey.json`` has, as it is there."""
        return self._store.data

    def model(self, name: str) -> Model:
        """Return the model that has a name: the survey's id, that of Hugging Face or TransformerLens, or an alias.

        :raises UnknownNameError: if there is none, or several.
        """
        return self._store.names.find(name)

    def positions(self) -> list[Position]:
        """Return what is said of single heads, a row for each claim, by model, layer and head."""
        return [_row(claim, self.models) for claim in self._store.records.claims]


def _row(claim: Claim, models: Mapping[str, Model]) -> Position:
    return {
        "model": claim.model,
        "family": models[claim.model].family if claim.model in models else "",
        "layer": claim.layer,
        "head": claim.head,
        "kv": claim.kv,
        "head_type": claim.type or "",
        "called": claim.called or "",
        "standing": claim.standing,
        "score": math.nan if claim.score is None else float(claim.score),
        "paper": claim.paper or "",
        "source": claim.source,
        "url": claim.url or "",
    }
