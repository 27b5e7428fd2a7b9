"""Views: exactly the part of the catalogue that a page shows, so that it can be compared between builds.

A page asks for its data through a view. The view is kept with the page, together with a digest of what it returned;
when the next build's catalogue gives the same view another digest, the page is out of date, and only then.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from survey.catalogue import evidence
from survey.catalogue.fields import HeadFields, MethodFields
from survey.catalogue.selecting import Selection, select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.catalogue import Catalogue
    from survey.catalogue.fields import Member
    from survey.catalogue.records import Entry, Paper, Place

_CITE = re.compile(r"\{cite(?P<form>:\w+)?\}`(?P<keys>[^`]+)`")
_AROUND_KEY = re.compile(r"\{[^{}]*\}")
_RELATED = 5  #: Papers that a paper's page suggests.


class View(Protocol):
    """A question to the catalogue, hashable and kept between builds."""

    def select(self, catalogue: Catalogue) -> Any:
        """Return the answer: plain data whose ``repr`` says all that a page shows of it."""


def digest(view: View, catalogue: Catalogue) -> str:
    """Return a digest of what a view shows."""
    return hashlib.sha256(repr(view.select(catalogue)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tag:
    """A link to an entry or member, with the name to show."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown of one file to be shown on the page of another."""

    markdown: str
    path: str = field(repr=False)  #: Where it stands, for warnings; no part of what is shown.
    line: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper as listings show it."""

    key: str
    title: str
    authors: str
    date: str  #: ISO 8601, at the precision known.
    date_words: str
    venue: str
    tags: tuple[Tag, ...]
    links: tuple[tuple[str, str], ...]  #: Label and address.
    summary: tuple[tuple[str, Text], ...]  #: Part and text.
    background: bool


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry of a facet as listings show it."""

    tag: Tag
    papers: int
    lead: Text | None


def tags_of(paper: Paper, catalogue: Catalogue) -> tuple[Tag, ...]:
    """Return a paper's tags with their names, in the order of the facets, stages first."""
    kinds = sorted(paper.tags, key=lambda kind: kind != "stage")
    return tuple(Tag(kind, tag, catalogue.name(kind, tag)) for kind in kinds for tag in paper.tags[kind])


def card(paper: Paper, catalogue: Catalogue) -> PaperCard:
    """Return a paper as listings show it."""
    names = [f"{name.given} {name.family}".strip() for name in paper.entry.authors]
    if paper.entry.more_authors:
        names.append("et al.")
    return PaperCard(
        key=paper.key,
        title=paper.title,
        authors=", ".join(names),
        date=str(paper.published),
        date_words=paper.published.words,
        venue=f"{paper.entry.venue}, {paper.entry.year}".strip(", "),
        tags=tags_of(paper, catalogue),
        links=tuple(links_of(paper)),
        summary=tuple(
            (part, Text(linked_citations(passage.text, catalogue), paper.path, passage.line))
            for part, passage in paper.summary.items()
        ),
        background=paper.is_background,
    )


def links_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield label and address of a paper's links: the paper itself, its identifiers, and what belongs to it."""
    entry = paper.entry
    if entry.url and not entry.url.endswith((f"abs/{entry.arxiv}", f"doi.org/{entry.doi}")):
        yield "Paper", entry.url
    if entry.doi:
        yield "DOI", f"https://doi.org/{entry.doi}"
    if entry.arxiv:
        yield "arXiv", f"https://arxiv.org/abs/{entry.arxiv}"
    for label in ("code", "demo", "data", "project"):
        addresses = getattr(paper.fields.links, label)
        for number, address in enumerate(addresses, start=1):
            yield label.capitalize() + (f" {number}" if len(addresses) > 1 else ""), address


def linked_citations(text: str, catalogue: Catalogue) -> str:
    """Turn citations into links to papers, so that a listing doesn't itself count as citing them."""

    def link(match: re.Match[str]) -> str:
        keys = [key.strip() for key in _AROUND_KEY.sub("", match["keys"]).split(",")]
        textual = match["form"] == ":t"
        parts = []
        for key in keys:
            entry = catalogue.bibliography.get(key)
            if entry is None:
                continue
            words = f"{entry.short_authors} ({entry.year})" if textual else f"{entry.short_authors}, {entry.year}"
            parts.append(f"{{survey:paper}}`{words} <{key}>`")
        return ", ".join(parts) if textual else f"({'; '.join(parts)})"

    return _CITE.sub(link, text)


def entry_card(entry: Entry, catalogue: Catalogue) -> EntryCard:
    """Return an entry as listings show it."""
    lead = None
    if entry.lead is not None:
        lead = Text(linked_citations(_first_sentence(entry.lead.text), catalogue), entry.path, entry.lead.line)
    return EntryCard(Tag(entry.kind, entry.id, entry.name), len(catalogue.papers_of(entry.kind, entry.id)), lead)


_SENTENCE = re.compile(r"(?:[^`.!?]|`[^`]*`|[.!?](?!\s|$)|\b(?:e\.g|i\.e|cf|al|vs)\.)+[.!?]", re.DOTALL)


def _first_sentence(text: str) -> str:
    match = _SENTENCE.match(text)
    return match[0] if match else text


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of an entry or paper, where running text refers to it."""

    kind: str
    key: str

    def select(self, catalogue: Catalogue) -> str | None:
        """Return the text of the link, or None if there's no such thing."""
        if self.kind == "paper":
            if self.key in catalogue.papers:
                return catalogue.papers[self.key].title
            entry = catalogue.bibliography.get(self.key)
            return entry.short if entry is not None else None
        if catalogue.entry(self.kind, self.key) is None:
            return None
        return catalogue.name(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class Citing:
    """A bibliography entry that running text cites."""

    key: str

    def select(self, catalogue: Catalogue) -> str | None:
        """Return the entry's source text; all that a citation shows comes from it."""
        entry = catalogue.bibliography.get(self.key)
        return entry.source if entry is not None else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of papers, sorted and grouped."""

    selection: Selection

    def select(self, catalogue: Catalogue) -> tuple[tuple[Tag | None, tuple[PaperCard, ...]], ...]:
        """Return the groups with their papers; one group without a tag if the list isn't grouped."""
        return tuple(
            (
                None if key is None else Tag(self.selection.group_by or "", key, _group_name(self, key, catalogue)),
                tuple(card(paper, catalogue) for paper in papers),
            )
            for key, papers in select(catalogue, self.selection)
        )


def _group_name(listing: Listing, key: str, catalogue: Catalogue) -> str:
    return key if listing.selection.group_by == "year" else catalogue.name(listing.selection.group_by or "", key)


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

    def select(self, catalogue: Catalogue) -> tuple[tuple[Tag, tuple[CategoryView, ...]], ...]:
        """Return stages, each with its categories."""
        return tuple(
            (
                Tag("stage", stage.id, stage.name),
                tuple(
                    CategoryView(
                        category.id,
                        category.name,
                        category.definition,
                        tuple(entry_card(head, catalogue) for head in catalogue.by_category.get((stage.id, category.id), ())),
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
            groups.setdefault(group, []).append(entry_card(entry, catalogue))
        return tuple((group, tuple(cards)) for group, cards in groups.items())


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the survey holds."""

    def select(self, catalogue: Catalogue) -> tuple[tuple[str, int], ...]:
        """Return words and numbers."""
        counts = [("papers", len(catalogue.papers))]
        counts += [(facet.title.lower(), len(catalogue.entries[facet.kind])) for facet in catalogue.layout.facets]
        counts.append(("known head positions", len({(at.model, at.layer, at.head) for at in catalogue.places})))
        return tuple(counts)


@dataclass(frozen=True, slots=True)
class PaperData:
    """What a paper's page shows beside its text."""

    card: PaperCard
    authors: tuple[str, ...]
    preprinted: str | None
    tasks: tuple[str, ...]
    places: tuple[Place, ...]
    place_names: tuple[tuple[str, str, str], ...]
    source: str  #: The BibTeX entry as written.
    related: tuple[PaperCard, ...]
    newer: tuple[str, str] | None  #: Key and title of the next paper by date.
    older: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper's own page."""

    key: str

    def select(self, catalogue: Catalogue) -> PaperData | None:
        """Return the page's data, or None if the paper cannot be used."""
        paper = catalogue.papers.get(self.key)
        if paper is None:
            return None
        around = catalogue.neighbours[self.key]
        places = tuple(at for at in catalogue.places_in.get(self.key, ()))
        preprinted = paper.fields.preprinted
        newer, older = (
            (other, catalogue.papers[other].title) if other is not None else None for other in around
        )
        return PaperData(
            card=card(paper, catalogue),
            authors=tuple(f"{name.given} {name.family}".strip() for name in paper.entry.authors),
            preprinted=preprinted.words if preprinted is not None else None,
            tasks=paper.fields.tasks,
            places=places,
            place_names=_place_names(places, catalogue),
            source=paper.entry.source,
            related=tuple(card(other, catalogue) for other in _related(paper, catalogue)),
            newer=newer,
            older=older,
        )


def _related(paper: Paper, catalogue: Catalogue) -> list[Paper]:
    """Return the papers that share most heads with a paper; rare heads count for more than common ones."""
    scores: dict[str, float] = {}
    for head in paper.tags.get("head", ()):
        others = catalogue.papers_of("head", head)
        for other in others:
            if other is not paper:
                scores[other.key] = scores.get(other.key, 0.0) + 1 / len(others)
    found = [other for other in catalogue.papers.values() if other.key in scores]
    return sorted(found, key=lambda other: -scores[other.key])[:_RELATED]


def _place_names(places: tuple[Place, ...], catalogue: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """Return kind, id and name of every model, head and paper in a list of positions."""
    models = {("model", at.model, catalogue.name("model", at.model)) for at in places}
    heads = {("head", at.role, catalogue.name("head", at.role)) for at in places}
    papers = {("paper", at.paper, catalogue.papers[at.paper].entry.short) for at in places if at.paper is not None}
    return tuple(sorted(models | heads | papers))


@dataclass(frozen=True, slots=True)
class HeadData:
    """What a head type's page shows beside its text."""

    name: str
    aliases: tuple[tuple[str, str | None], ...]  #: With the key of the paper that uses the name in this sense.
    stage: Tag
    category: tuple[str, str]
    parent: Tag | None
    children: tuple[Tag, ...]
    related: tuple[Tag, ...]
    first: tuple[str, str] | None  #: Key, authors and year.
    evidence: evidence.Evidence
    families: tuple[Tag, ...]
    places: tuple[Place, ...]
    place_names: tuple[tuple[str, str, str], ...]
    papers: tuple[PaperCard, ...]


_IN_PAPER = re.compile(r"(?P<name>.*\S)\s*\((?P<key>[a-z]+\d{4}[a-z0-9]*)\)")


@dataclass(frozen=True, slots=True)
class HeadPage:
    """A head type's own page."""

    key: str

    def select(self, catalogue: Catalogue) -> HeadData | None:
        """Return the page's data, or None if the head type cannot be used."""
        entry = catalogue.entry("head", self.key)
        if entry is None or not isinstance(entry.fields, HeadFields):
            return None
        fields = entry.fields
        categories = {category.id: category.name for category in catalogue.categories.get(fields.stage, ())}
        heads = catalogue.entries["head"]
        first = catalogue.papers.get(fields.first_described_in or "")
        places = catalogue.positions_of(self.key)
        found = evidence.of_head(catalogue, self.key)

        def tags(keys: tuple[str, ...]) -> tuple[Tag, ...]:
            return tuple(Tag("head", key, heads[key].name) for key in keys if key in heads)

        return HeadData(
            name=entry.name,
            aliases=tuple(_aliases(entry, catalogue)),
            stage=Tag("stage", fields.stage, catalogue.name("stage", fields.stage)),
            category=(fields.category, categories.get(fields.category, fields.category)),
            parent=next(iter(tags((fields.parent,) if fields.parent else ())), None),
            children=tags(tuple(key for key, head in heads.items() if getattr(head.fields, "parent", None) == self.key)),
            related=tags(fields.related),
            first=(first.key, first.entry.short) if first is not None else None,
            evidence=found,
            families=tuple(Tag("model", key, catalogue.entries["model"][key].name) for key in found.families),
            places=places,
            place_names=_place_names(places, catalogue),
            papers=tuple(card(paper, catalogue) for paper in catalogue.papers_of("head", self.key)),
        )


def _aliases(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    """Yield the other names that differ in more than spelling, each with the paper that uses it in this sense."""
    seen = {_letters(entry.name)}
    for alias in entry.fields.aliases:
        match = _IN_PAPER.fullmatch(alias)
        name, key = (match["name"], match["key"]) if match and match["key"] in catalogue.papers else (alias, None)
        if _letters(name) not in seen or key is not None:
            seen.add(_letters(name))
            yield name, key


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


@dataclass(frozen=True, slots=True)
class MemberData:
    """One model of a family."""

    member: Member
    places: tuple[Place, ...]
    place_names: tuple[tuple[str, str, str], ...]
    papers: tuple[PaperCard, ...]


@dataclass(frozen=True, slots=True)
class EntryData:
    """What the page of any other entry shows beside its text."""

    name: str
    aliases: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]  #: Label and value of the fields that have no display of their own.
    members: tuple[MemberData, ...]
    papers: tuple[PaperCard, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The page of an entry of a facet other than head types."""

    kind: str
    key: str

    def select(self, catalogue: Catalogue) -> EntryData | None:
        """Return the page's data, or None if the entry cannot be used."""
        entry = catalogue.entries[self.kind].get(self.key)
        if entry is None:
            return None
        return EntryData(
            name=entry.name,
            aliases=entry.fields.aliases,
            facts=tuple(_facts(entry)),
            members=tuple(_member(member, entry.kind, catalogue) for member in entry.members),
            papers=tuple(card(paper, catalogue) for paper in catalogue.papers_of(self.kind, self.key)),
        )


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    shown_elsewhere = {"name", "aliases", "members", "categories", "order"}
    for name in type(entry.fields).model_fields:
        value = getattr(entry.fields, name)
        if name not in shown_elsewhere and isinstance(value, str):
            yield name.replace("_", " ").capitalize(), value


def _member(member: Member, kind: str, catalogue: Catalogue) -> MemberData:
    places = catalogue.places_on.get(member.id, ())
    papers = tuple(card(paper, catalogue) for paper in catalogue.papers_of_member(kind, member.id))
    return MemberData(member, places, _place_names(places, catalogue), papers)
