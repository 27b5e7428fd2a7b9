"""Views of many things at once, and of the names and works that running text refers to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.catalogue.records.files import INDEX
from survey.catalogue.records.modelheads import AT, KIND, At
from survey.catalogue.records.selecting import DEFAULT_PARTS, NONE, Selection, select
from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.schema.fields import MethodFields
from survey.catalogue.views import counting
from survey.catalogue.views.cards import EntryCard, PaperCard, Tag, card, entry_card, home_of
from survey.catalogue.views.sides import kinds_of
from survey.translation import _, begun, both, plural

if TYPE_CHECKING:
    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.queue import QueuedWork


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of an entry or paper, where running text refers to it."""

    kind: str
    key: str
    named: bool = True  #: Whether the name is shown; a link may have a text of its own.

    def select(self, catalogue: Catalogue) -> tuple[str, str] | None:
        """Return the text of the link, if it is shown, and where it leads; or None if there's no such thing."""
        if self.kind == "paper":
            if self.key in catalogue.papers:
                return catalogue.papers[self.key].title if self.named else "", "paper"
            entry = catalogue.bibliography.get(self.key)
            return (entry.short if self.named else "", "bibliography") if entry is not None else None
        if self.kind == AT:
            return _position(self.key, catalogue)
        if self.kind not in catalogue.entries or catalogue.entry(self.kind, self.key) is None:
            return None
        name = catalogue.name(self.kind, self.key) if self.named else ""
        return name, home_of(self.kind, self.key, catalogue)


def _position(name: str, catalogue: Catalogue) -> tuple[str, str] | None:
    """Return how a position is written, and the page that shows it: its model's own, or that of the family."""
    at = At.parse(name)
    if at is None or at.model not in catalogue.members:
        return None
    home = catalogue.head_homes.get(at.model)
    return at.label, home.page if home is not None else home_of(KIND, at.model, catalogue)


@dataclass(frozen=True, slots=True)
class Year:
    """A year, where a listing asks for its papers."""

    year: str

    def select(self, catalogue: Catalogue) -> bool:
        """Return whether there are any."""
        return self.year in {str(year) for year in catalogue.by_year}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page is: the facts of something, or a page of text."""

    docname: str

    def select(self, catalogue: Catalogue) -> tuple[str, str] | None:
        """Return kind and id, or None for a page that stands in no folder of facts."""
        folder, _, key = self.docname.rpartition("/")
        kinds = {PAPERS: "paper"} | {facet.folder: facet.kind for facet in catalogue.layout.facets}
        return (kinds[folder], key) if folder in kinds and key != INDEX else None


@dataclass(frozen=True, slots=True)
class Citing:
    """A bibliography entry that running text cites."""

    key: str

    def select(self, catalogue: Catalogue) -> tuple[str, bool] | None:
        """Return the entry with its values spelled out, and whether it has a page: all that a citation shows."""
        entry = catalogue.bibliography.get(self.key)
        return (entry.normalised, self.key in catalogue.papers) if entry is not None else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of papers, sorted and grouped."""

    selection: Selection
    parts: tuple[str, ...] = DEFAULT_PARTS  #: What is shown of each paper.

    def select(self, catalogue: Catalogue) -> tuple[tuple[Tag | None, tuple[PaperCard, ...]], ...]:
        """Return the groups with their papers; one group without a tag if the list isn't grouped."""
        return tuple(
            (
                None if key is None else Tag(self.selection.group_by or "", key, _group_name(self, key, catalogue)),
                tuple(card(paper, catalogue, self.parts) for paper in papers),
            )
            for key, papers in select(catalogue, self.selection)
        )


def _group_name(listing: Listing, key: str, catalogue: Catalogue) -> str:
    kind = listing.selection.group_by or ""
    if key == NONE:
        none: str = catalogue.layout.facet(kind).words.none
        return begun(_(none))
    return key if kind == "year" else catalogue.name(kind, key)


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category of the taxonomy with its head types."""

    id: str
    name: str
    definition: str
    heads: tuple[EntryCard, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The tree of stages, categories and head types."""

    stage: str | None = None  #: One stage only.
    brief: bool = False  #: Without what head types do and categories hold.

    def select(self, catalogue: Catalogue) -> tuple[tuple[Tag, tuple[CategoryView, ...]], ...]:
        """Return stages, each with its categories."""
        return tuple(
            (
                Tag.of("stage", stage.id, catalogue),
                tuple(
                    CategoryView(
                        category.id,
                        category.name,
                        "" if self.brief else category.definition,
                        tuple(
                            entry_card(head, catalogue, brief=self.brief)
                            for head in catalogue.by_category.get((stage.id, category.id), ())
                        ),
                    )
                    for category in catalogue.categories.get(stage.id, ())
                ),
            )
            for stage in catalogue.entries.get("stage", {}).values()
            if self.stage in {None, stage.id}
        )


@dataclass(frozen=True, slots=True)
class Index:
    """All entries of a facet."""

    kind: str

    def select(self, catalogue: Catalogue) -> tuple[tuple[str, tuple[EntryCard, ...]], ...]:
        """Return the entries by group (methods) or in one group without a name."""
        groups: dict[str, list[EntryCard]] = {}
        for entry in catalogue.entries[self.kind].values():
            group = entry.fields.group if isinstance(entry.fields, MethodFields) else ""
            kinds = tuple(
                (axis, tuple(kind.name for kind in found)) for axis, found in kinds_of(entry.fields, catalogue)
            )
            groups.setdefault(group, []).append(replace(_plain(entry_card(entry, catalogue)), kinds=kinds))
        return tuple((group, tuple(cards)) for group, cards in groups.items())


def _plain(card: EntryCard) -> EntryCard:
    """Return a card without the colour of its stage, which an index doesn't show."""
    return replace(card, tag=replace(card.tag, shade=0))


@dataclass(frozen=True, slots=True)
class Queued:
    """The works that have no page yet, or were left out."""

    def select(self, catalogue: Catalogue) -> tuple[QueuedWork, ...]:
        """Return them in the order of their file."""
        return catalogue.queue


#: What the entries of the built-in facets are called after a number.
_COUNTED = {
    "head": both("head type", "head types"),
    "stage": both("stage", "stages"),
    "method": both("method", "methods"),
    "model": both("model", "models"),
}


@dataclass(frozen=True, slots=True)
class LastAdded:
    """When papers came into the survey last."""

    def select(self, catalogue: Catalogue) -> str:
        """Return the day in ISO 8601; nothing where no page says when it came."""
        days = (paper.fields.added for paper in catalogue.papers.values() if paper.fields.added is not None)
        return str(max(days, default=""))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the survey holds."""

    def select(self, catalogue: Catalogue) -> tuple[tuple[str, int], ...]:
        """Return words and numbers."""
        counts = [(both("paper", "papers"), len(catalogue.papers))]
        for facet in catalogue.layout.facets:
            things = catalogue.members if facet.by_member else catalogue.entries[facet.kind]
            counts.append((_COUNTED.get(facet.kind, (facet.words.one, facet.words.many)), len(things)))
        heads = counting.count(catalogue.places)
        counts.append((both("head named by a source", "heads named by a source"), heads.named))
        if heads.automatic:
            chosen = both("head chosen by a score alone", "heads chosen by a score alone")
            counts.append((chosen, heads.automatic))
        if heads.kv:
            counts.append((both("key-value head", "key-value heads"), heads.kv))
        return tuple((plural(*words, count), count) for words, count in counts)
