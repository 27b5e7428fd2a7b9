"""The records: models, head types, papers, heads of models, and what is said of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

#: How a role is known: the source names it; it is concluded from the source; or a score chose it and nobody named it.
Standing = Literal["stated", "inferred", "automatic"]


@dataclass(frozen=True, slots=True, repr=False)
class Model:
    """One model: a size, not a family."""

    id: str
    name: str
    family: str  #: Id of the family.
    parameters: str | None  #: As usually written: "124M".
    layers: int | None
    heads: int | None  #: Query heads in a layer.
    kv_heads: int | None  #: Key-value heads in a layer, where several query heads share one.
    huggingface: str | None
    transformer_lens: str | None
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the model, its id first."""
        given = (self.id, self.huggingface, self.transformer_lens, self.name, *self.aliases)
        return tuple(dict.fromkeys(name for name in given if name))

    def __repr__(self) -> str:
        """Return id and name, short enough for a list in a notebook."""
        return f"<Model {self.id}: {self.name}>"


@dataclass(frozen=True, slots=True, repr=False)
class HeadType:
    """A role that single heads can have."""

    id: str
    name: str
    aliases: tuple[str, ...]
    stage: str
    category: str
    description: str  #: What such a head does, as plain text.
    reads: str | None  #: What its queries and keys look for.
    writes: str | None  #: What its output carries.
    parent: str | None
    related: tuple[str, ...]
    papers: tuple[str, ...]  #: Keys of the papers that name it, newest first.
    first_described_in: str | None
    page: str  #: Address of its page, from the root of the survey's site.

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def __repr__(self) -> str:
        """Return id and name."""
        return f"<HeadType {self.id}: {self.name}>"


@dataclass(frozen=True, slots=True)
class Summary:
    """The survey's summary of a paper, as plain text."""

    innovation: str
    tasks: str
    significant_result: str


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A surveyed paper."""

    key: str
    title: str
    authors: tuple[str, ...]
    published: str  #: ISO 8601, as precisely as is known.
    year: int | None
    venue: str
    doi: str | None
    arxiv: str | None
    url: str | None
    heads: tuple[str, ...]  #: Ids of the head types that it names.
    models: tuple[str, ...]
    methods: tuple[str, ...]
    takeaway: str | None
    summary: Summary
    page: str  #: Address of its page, from the root of the survey's site.
    record: Mapping[str, Any] = field(repr=False, compare=False)  #: All of the record, as survey.json has it.

    def bibtex(self) -> str:
        """Return the entry of the bibliography, as it was written."""
        return str(self.record.get("bibtex", ""))

    def __str__(self) -> str:
        """Return authors, year and title."""
        families = [author["family"] for author in self.record.get("authors", ())]
        short = f"{families[0]} et al." if len(families) > 2 else " and ".join(families)  # noqa: PLR2004
        return f"{short} ({self.year or self.published}): {self.title}"

    def __repr__(self) -> str:
        """Return key and title."""
        return f"<Paper {self.key}: {self.title}>"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of one head."""

    model: str  #: Id of the model.
    layer: int  #: Counted from 0, as is the head.
    head: int
    type: str | None  #: Id of the head type; None where the source's own name stands for no type of the survey.
    called: str | None  #: What the source calls it, where that isn't the name of the type.
    standing: Standing
    score: float | None
    rank: int | None  #: Its place in the ranking of the source, from 1.
    paper: str | None  #: Key of the paper, unless another source says so.
    source: str  #: Section, figure, table or file.
    url: str | None
    kv: bool = False  #: Whether key-value heads are counted, and not query heads.
    measure: str | None = None  #: What the score measures.
    criterion: str | None = None  #: By which rule the heads of the list were chosen.
    caveat: str | None = None  #: What has to be known wherever it is shown.

    @property
    def label(self) -> str:
        """Layer and head: "9.6"."""
        return f"{'KV ' if self.kv else ''}{self.layer}.{self.head}"


@dataclass(frozen=True, slots=True, repr=False)
class Role:
    """A role of one head, with those who say so."""

    name: str
    type: HeadType | None
    claims: tuple[Claim, ...]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def __repr__(self) -> str:
        """Return the name, and how many say so."""
        return f"<Role {self.name}: {len(self.claims)} claims>"


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """One head of one model. What people say of it and what a score alone chose are kept apart."""

    model: Model
    layer: int
    head: int
    kv: bool
    roles: tuple[Role, ...]  #: Roles that a source states, or that are concluded from one.
    automatic: tuple[Role, ...]  #: Roles that a detector or a score gave it.

    @property
    def label(self) -> str:
        """Layer and head: "9.6"."""
        return f"{'KV ' if self.kv else ''}{self.layer}.{self.head}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its roles, without those of scores alone."""
        return tuple(role.name for role in self.roles)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that is said of it, by people first."""
        return tuple(claim for role in (*self.roles, *self.automatic) for claim in role.claims)

    def __str__(self) -> str:
        """Return model, place and roles: "GPT-2 small 9.6: Name Mover Head"."""
        return f"{self.model.name} {self.label}: {', '.join(self.names) or 'not named'}"

    def __repr__(self) -> str:
        """Return the same in brackets."""
        return f"<Head {self}>"
