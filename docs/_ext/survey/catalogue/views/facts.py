"""Views of one thing: what the page of a paper, a head type or another entry shows beside its own text."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.records.modelheads import by_knowledge
from survey.catalogue.records.selecting import DEFAULT_PARTS, SHORT_PARTS
from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.views import counting, evidence
from survey.catalogue.views.aliases import aliases
from survey.catalogue.views.cards import PaperCard, Tag, Text, card, home_of, linked_citations, tags_of
from survey.catalogue.views.placing import PlaceRow, place_rows
from survey.catalogue.views.sides import KindTag, kinds_of
from survey.catalogue.views.witnesses import WitnessData, witnesses
from survey.translation import _, begun, noted, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.modelheads import Home
    from survey.catalogue.records.record_types import Entry, Paper, Place
    from survey.catalogue.schema.fields import Finding, Member
    from survey.catalogue.views.counting import Heads
    from survey.catalogue.views.evidence import Evidence


_RELATED = 5  #: Papers that a paper's page suggests.
_STATED = 1000.0  #: What a stated relation counts, beside at most 1 for each head shared.


@dataclass(frozen=True, slots=True)
class RelationData:
    """What a paper has to do with another work, in one direction or the other."""

    kind: str
    back: bool  #: Whether it is the other one that says so.
    key: str
    name: str  #: Authors and year of the other work.
    about: str


@dataclass(frozen=True, slots=True)
class FindingData:
    """What a paper shows of a head type."""

    head: Tag
    says: str
    result: str
    models: tuple[Tag, ...]
    methods: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class PaperData:
    """What a paper's page shows beside its text."""

    card: PaperCard
    tags: tuple[Tag, ...]  #: All of them.
    labels: tuple[tuple[str, str], ...]  #: By kind, what its tags are called.
    preprinted: str | None
    added: str | None  #: When its page came into the survey.
    date_note: str | None  #: Why it was published in another year than it is cited by.
    models_note: str | None  #: What it ran on, where no model is named.
    tasks: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    place_names: tuple[tuple[str, str, str], ...]
    relations: tuple[RelationData, ...]
    findings: tuple[FindingData, ...]
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
        places = catalogue.places_in.get(self.key, ())
        preprinted = paper.fields.preprinted
        newer, older = ((other, catalogue.papers[other].title) if other is not None else None for other in around)
        tags = tags_of(paper, catalogue)
        return PaperData(
            card=card(paper, catalogue),
            tags=tags,
            labels=tuple(_labels(tags, catalogue)),
            preprinted=preprinted.words if preprinted is not None else None,
            added=paper.fields.added.words if paper.fields.added is not None else None,
            date_note=paper.fields.date_note,
            models_note=paper.fields.models_note,
            tasks=paper.fields.tasks,
            places=place_rows(places),
            place_names=place_names(places, catalogue),
            relations=tuple(_relations(paper, catalogue)),
            findings=tuple(_finding(finding, catalogue) for finding in paper.fields.findings),
            related=tuple(card(other, catalogue, SHORT_PARTS) for other in _related(paper, catalogue)),
            newer=newer,
            older=older,
        )


def _labels(tags: Sequence[Tag], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield for each kind of tags what they are called, one or many."""
    for kind, count in Counter(tag.kind for tag in tags).items():
        words = catalogue.layout.facet(kind).words
        yield kind, begun(plural(words.one, words.many, count))


def _relations(paper: Paper, catalogue: Catalogue) -> Iterator[RelationData]:
    """Yield what a paper has to do with others: first what it says itself, then what others say of it."""
    for relation in paper.fields.relations:
        other = catalogue.bibliography.get(relation.to)
        if other is not None:
            yield RelationData(relation.kind, False, relation.to, other.short, relation.about or "")
    for other_paper, relation in catalogue.relations_to.get(paper.key, ()):
        name = other_paper.entry.short
        yield RelationData(relation.kind, True, other_paper.key, name, relation.about or "")


def _finding(finding: Finding, catalogue: Catalogue) -> FindingData:
    models = tuple(Tag.of("model", key, catalogue, member=True) for key in finding.models)
    methods = tuple(Tag.of("method", key, catalogue) for key in finding.methods)
    return FindingData(Tag.of("head", finding.head, catalogue), finding.says, finding.result, models, methods)


def _related(paper: Paper, catalogue: Catalogue) -> list[Paper]:
    """Return the papers that are related by their own word, then those that share most heads with it.

    Rare heads count for more than common ones.
    """
    scores: dict[str, float] = {}
    stated = [relation.to for relation in paper.fields.relations]
    stated += [other.key for other, _relation in catalogue.relations_to.get(paper.key, ())]
    for key in stated:
        if key in catalogue.papers and key != paper.key:
            scores[key] = scores.get(key, 0.0) + _STATED
    for head in paper.tags.get("head", ()):
        others = catalogue.papers_of("head", head)
        for other in others:
            if other is not paper:
                scores[other.key] = scores.get(other.key, 0.0) + 1 / len(others)
    best = heapq.nsmallest(_RELATED, scores, key=lambda key: (-scores[key], catalogue.ranks[key]))
    return [catalogue.papers[key] for key in best]


def place_names(places: Sequence[Place], catalogue: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """Return kind, id and name of every model, head and paper in a list of positions."""
    # Names are looked up once: a model has hundreds of positions.
    members, roles, keys = {at.model for at in places}, {at.role for at in places}, {at.paper for at in places}
    models = {("model", key, catalogue.tag_name("model", key)) for key in members}
    heads = {("head", role, catalogue.name("head", role)) for role in roles if role is not None}
    papers = {("paper", key, catalogue.papers[key].entry.short) for key in keys if key is not None}
    homes = {("family", key, home_of("model", key, catalogue)) for key in members}  # where links to models lead
    pages = {("heads", key, home.page) for key in members if (home := catalogue.head_homes.get(key))}
    return tuple(sorted(models | heads | papers | homes | pages))


@dataclass(frozen=True, slots=True)
class HeadData:
    """What a head type's page shows beside its text."""

    name: str
    hatnote: Text | None
    reads: str
    writes: str
    kinds: tuple[tuple[str, tuple[KindTag, ...]], ...]  #: Of what it reads and writes, by the name of the axis.
    aliases: tuple[tuple[str, str | None, str], ...]  #: Each with the paper that uses it in this sense: key, authors.
    stage: Tag
    category: tuple[str, str]
    parent: Tag | None
    children: tuple[Tag, ...]
    related: tuple[Tag, ...]
    first: tuple[str, str] | None  #: Key, authors and year.
    evidence: Evidence
    witnesses: tuple[WitnessData, ...]  #: Its papers one by one, the most telling first.
    families: tuple[Tag, ...]
    places: tuple[PlaceRow, ...]
    place_names: tuple[tuple[str, str, str], ...]
    papers: tuple[PaperCard, ...]


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
            return tuple(Tag.of("head", key, catalogue) for key in keys if key in heads)

        return HeadData(
            name=entry.name,
            hatnote=_hatnote(entry, fields, catalogue),
            reads=fields.reads or "",
            writes=fields.writes or "",
            kinds=tuple(kinds_of(fields, catalogue)),
            aliases=tuple(aliases(entry, catalogue)),
            stage=Tag.of("stage", fields.stage, catalogue),
            category=(fields.category, categories.get(fields.category, fields.category)),
            parent=next(iter(tags((fields.parent,) if fields.parent else ())), None),
            children=tags(
                tuple(key for key, head in heads.items() if getattr(head.fields, "parent", None) == self.key)
            ),
            related=tags(fields.related),
            first=(first.key, first.entry.short) if first is not None else None,
            evidence=found,
            witnesses=witnesses(catalogue, self.key),
            families=tuple(Tag.of("model", key, catalogue) for key in found.families),
            places=place_rows(places),
            place_names=place_names(places, catalogue),
            papers=tuple(card(paper, catalogue, DEFAULT_PARTS) for paper in catalogue.papers_of("head", self.key)),
        )


def _hatnote(entry: Entry, fields: HeadFields, catalogue: Catalogue) -> Text | None:
    if fields.hatnote is None:
        return None
    return Text(linked_citations(fields.hatnote, catalogue), entry.path, 1)


@dataclass(frozen=True, slots=True)
class MemberData:
    """One model of a family."""

    member: Member
    home: Home | None  #: Where its heads are shown, if any are known.
    heads: Heads
    papers: tuple[PaperCard, ...]


@dataclass(frozen=True, slots=True)
class EntryData:
    """What the page of any other entry shows beside its text."""

    name: str
    aliases: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]  #: Label and value of the fields that have no display of their own.
    members: tuple[MemberData, ...]  #: Those first of whose heads most is known.
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
            members=tuple(_member(member, entry.kind, catalogue) for member in by_knowledge(entry, catalogue)),
            papers=tuple(card(paper, catalogue, SHORT_PARTS) for paper in catalogue.papers_of(self.kind, self.key)),
        )


#: What the fields of the built-in facets are called.
_LABELS = {"abbreviation": noted("Abbreviation"), "group": noted("Group"), "subgroup": noted("Subgroup")}


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    shown_elsewhere = {"name", "aliases", "members", "categories", "order"}
    for name in type(entry.fields).model_fields:
        value = getattr(entry.fields, name)
        if name not in shown_elsewhere and isinstance(value, str):
            yield _(_LABELS.get(name) or name.replace("_", " ").capitalize()), value


def _member(member: Member, kind: str, catalogue: Catalogue) -> MemberData:
    papers = tuple(card(paper, catalogue, ("date",)) for paper in catalogue.papers_of_member(kind, member.id))
    heads = counting.count(catalogue.places_on.get(member.id, ()))
    return MemberData(member, catalogue.head_homes.get(member.id), heads, papers)
