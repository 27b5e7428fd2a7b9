"""Views of claims with two sides: all of them, and whether a head type is contested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.views.atlas import Cell, roles_of
from survey.catalogue.views.cards import Tag
from survey.catalogue.views.contested import (
    AGAINST,
    answered,
    answers_about,
    contested_heads,
    findings_of,
    several_roles,
)

if TYPE_CHECKING:
    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper
    from survey.catalogue.schema.fields import Finding

_SUPPORT = 3  #: Statements for a head type that stand beside those against it.


@dataclass(frozen=True, slots=True)
class Statement:
    """What one work says on one side: by whom, on which models, by which tests."""

    key: str
    name: str  #: Authors and year.
    says: str  #: ``supports``, ``qualifies`` or ``disputes``.
    words: str
    models: tuple[Tag, ...] = ()
    methods: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadClaim:
    """A head type with what is found for it and against it."""

    tag: Tag
    claimed: tuple[Statement, ...]
    more: int  #: Further papers that support it.
    against: tuple[Statement, ...]

    @property
    def is_strong(self) -> bool:
        """Whether more than one finding speaks against it, or one disputes it outright."""
        return len(self.against) > 1 or self.against[0].says == AGAINST[0]


@dataclass(frozen=True, slots=True)
class Answered:
    """A work with what others hold against it."""

    claimed: Statement
    title: str
    heads: tuple[Tag, ...]
    against: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ContestedData:
    """Everything that has two sides."""

    heads: tuple[HeadClaim, ...]
    works: tuple[Answered, ...]
    cells: tuple[tuple[Tag, Cell], ...]  #: Models with positions that have several roles.


@dataclass(frozen=True, slots=True)
class Contested:
    """The claims with two sides."""

    def select(self, catalogue: Catalogue) -> ContestedData:
        """Return them: head types, works, positions."""
        cells = [
            (Tag.of("model", model, catalogue, member=True), Cell(layer, head, roles_of(places, catalogue)))
            for (model, layer, head), places in several_roles(catalogue).items()
        ]
        return ContestedData(
            heads=tuple(_claim(head, catalogue) for head in contested_heads(catalogue)),
            works=tuple(_answered(key, catalogue) for key in answered(catalogue)),
            cells=tuple(sorted(cells, key=lambda found: (found[0].name.casefold(), found[1].layer, found[1].head))),
        )


@dataclass(frozen=True, slots=True)
class ContestedOf:
    """Whether a head type is contested."""

    head: str

    def select(self, catalogue: Catalogue) -> tuple[int, str] | None:
        """Return how many papers speak against it, and the anchor where that stands; or None if none does."""
        papers = {paper.key for paper, finding in findings_of(self.head, catalogue) if finding.says in AGAINST}
        if papers:
            return len(papers), self.head
        works = answers_about(self.head, catalogue)
        return (len(answered(catalogue)[works[0]]), works[0]) if works else None


def _claim(head: str, catalogue: Catalogue) -> HeadClaim:
    found = findings_of(head, catalogue)
    entry = catalogue.entries["head"][head]
    first = entry.fields.first_described_in if isinstance(entry.fields, HeadFields) else None
    against = [pair for pair in found if pair[1].says in AGAINST]
    support = [pair for pair in found if pair[1].says not in AGAINST]
    support.sort(key=lambda pair: (pair[0].key != first, -len(catalogue.cited_on.get(pair[0].key, ()))))
    chosen = support[:_SUPPORT]
    shown = {paper.key for paper, _finding in chosen}
    return HeadClaim(
        Tag.of("head", head, catalogue),
        tuple(_statement(*pair, catalogue) for pair in chosen),
        len({paper.key for paper, _finding in support} - shown),
        tuple(_statement(*pair, catalogue) for pair in against),
    )


def _statement(paper: Paper, finding: Finding, catalogue: Catalogue) -> Statement:
    models = tuple(Tag.of("model", key, catalogue, member=True) for key in finding.models)
    methods = tuple(Tag.of("method", key, catalogue) for key in finding.methods)
    return Statement(paper.key, paper.entry.short, finding.says, finding.result, models, methods)


def _answered(key: str, catalogue: Catalogue) -> Answered:
    entry, paper = catalogue.bibliography[key], catalogue.papers.get(key)
    words = paper.fields.takeaway or "" if paper is not None else ""
    heads = paper.tags.get("head", ()) if paper is not None else ()
    return Answered(
        Statement(key, entry.short, "supports", words, *(_tested(paper, catalogue) if paper is not None else ())),
        entry.title,
        tuple(Tag.of("head", head, catalogue) for head in heads),
        tuple(
            Statement(other.key, other.entry.short, relation.kind, relation.about or "", *_tested(other, catalogue))
            for other, relation in answered(catalogue)[key]
        ),
    )


def _tested(paper: Paper, catalogue: Catalogue) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    models = tuple(Tag.of("model", key, catalogue, member=True) for key in paper.tags.get("model", ()))
    return models, tuple(Tag.of("method", key, catalogue) for key in paper.tags.get("method", ()))
