"""The records of the catalogue: one paper, one entry of a facet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.catalogue.bibliography.bibentry import BibEntry
    from survey.catalogue.markup.body import Passage
    from survey.catalogue.schema.fields import EntryFields, Member, PaperFields
    from survey.catalogue.texts.dates import PartialDate


@dataclass(frozen=True)
class Paper:
    """A surveyed paper: what it is, from the bibliography, and what the survey says about it."""

    key: str
    path: str  #: Its file, relative to the survey's root.
    fields: PaperFields
    entry: BibEntry
    summary: Mapping[str, Passage]  #: By part: innovation, tasks, significant_result.
    tags: Mapping[str, tuple[str, ...]]  #: By kind: the ids that it names or, for stages, that follow from its heads.

    @property
    def title(self) -> str:
        """The title, as the bibliography gives it."""
        return self.entry.title

    @property
    def published(self) -> PartialDate:
        """When it was published, at the precision known."""
        return self.fields.published

    @property
    def is_background(self) -> bool:
        """Whether it is listed for context, naming no head type itself."""
        return self.fields.scope == "background"


@dataclass(frozen=True)
class Entry:
    """A page of a facet: a head type, a stage, a method, a family of models."""

    kind: str
    id: str
    path: str  #: Its file, relative to the survey's root.
    fields: EntryFields
    lead: Passage | None  #: The first paragraph of its text.
    sections: tuple[tuple[str, Passage], ...] = ()  #: Headings of the second level, each with its first paragraph.
    text: str = ""  #: The whole text without markup and without what roles name, to count words in.

    @property
    def name(self) -> str:
        """The name that readers see."""
        return self.fields.name

    @property
    def members(self) -> tuple[Member, ...]:
        """The models of a family; nothing for other kinds."""
        members: tuple[Member, ...] = getattr(self.fields, "members", ())
        return members


@dataclass(frozen=True, slots=True)
class Document:
    """A page of the site, of facts or of text."""

    docname: str  #: Its file under ``docs/``, without the suffix.
    title: str  #: Its first heading as plain text, or its name if it has none.
    lead: Passage | None  #: Its first paragraph.
    cites: frozenset[str]  #: The keys of the works that its own text cites or names; listings don't count.


@dataclass(frozen=True, slots=True)
class Place:
    """One position of one head type, as one source gives it.

    What is said of the whole list in which it stands is the same for all its positions, from ``called`` on.
    """

    model: str  #: Id of the member.
    layer: int  #: Counted from 0.
    head: int  #: Counted from 0: a query head, or a key-value head where ``kv`` says so.
    role: str | None  #: Id of the head type, or None where the source gives none that the survey has: see ``called``.
    source: str  #: The place in the source.
    inferred: bool
    paper: str | None  #: Key of the surveyed paper, or None for a source of another kind.
    url: str | None  #: Address of that place.
    automatic: bool = False  #: Whether a detector or score chose it.
    score: float | None = None  #: What it scored there.
    rank: int | None = None  #: Its rank in the list, from 1, where that is a ranking.
    kv: bool = False  #: Whether it is a key-value head, which several query heads share.
    called: str | None = None  #: What the source calls the heads of the list, where that isn't the type's name.
    measure: str | None = None  #: What the scores measure.
    criterion: str | None = None  #: By which rule the heads of the list were chosen.
    caveat: str | None = None  #: What a reader has to know wherever it is shown.
    given: int = 1  #: How many heads the list has here,
    of: int | None = None  #: and in the source, if those are more.

    @property
    def label(self) -> str:
        """The usual way to write it: ``5.1``; a key-value head says that it is one: ``KV 5.1``."""
        return f"KV {self.layer}.{self.head}" if self.kv else f"{self.layer}.{self.head}"

    @property
    def cell(self) -> tuple[str, bool, int, int]:
        """What makes it one head: the same for every source and role."""
        return self.model, self.kv, self.layer, self.head

    @property
    def standing(self) -> str:
        """How it is known: ``stated``, ``inferred``, or ``automatic``, which is all that a detector says of it."""
        return "automatic" if self.automatic else "inferred" if self.inferred else "stated"
