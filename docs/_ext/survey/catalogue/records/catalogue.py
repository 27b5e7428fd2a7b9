"""The catalogue: every record of a survey with its indexes, immutable once it is made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from survey.catalogue.records import modelheads
from survey.catalogue.records.record_types import Document, Entry, Paper, Place
from survey.catalogue.schema.fields import HeadFields, PaperFields, Positions, StageFields
from survey.catalogue.texts.places import DOCS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from survey.catalogue.bibliography.bibentry import BibEntry
    from survey.catalogue.problems import Problem
    from survey.catalogue.records import queue
    from survey.catalogue.records.files import Files
    from survey.catalogue.schema.facets import Facet, Layout
    from survey.catalogue.schema.fields import Category, Member, Relation

_Answer = TypeVar("_Answer")


def made_of(files: Files, layout: Layout, problems: Iterable[Problem], waiting: queue.Queue) -> Catalogue:
    """Return the catalogue of what was read, with all problems that were found in it."""
    entries = {facet.kind: MappingProxyType(_entries(files, facet)) for facet in layout.facets}
    return Catalogue(
        layout=layout,
        papers=MappingProxyType(_papers(files, layout, entries)),
        entries=MappingProxyType(entries),
        bibliography=files.bibliography,
        documents=MappingProxyType(_documents(files)),
        problems=tuple(sorted(set(problems))),
        excluded=tuple(files.excluded),
        queue=waiting.works,
    )


def _entries(files: Files, facet: Facet) -> dict[str, Entry]:
    found = {}
    for key, page in files.entries[facet.kind].items():
        if isinstance(page.fields, facet.fields):
            said = page.body
            found[key] = Entry(facet.kind, key, page.path, page.fields, said.lead, said.sections, said.text)
    if all(isinstance(entry.fields, StageFields) for entry in found.values()):
        return dict(sorted(found.items(), key=lambda item: (getattr(item[1].fields, "order", 0), item[0])))
    return dict(sorted(found.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def _papers(files: Files, layout: Layout, entries: Mapping[str, Mapping[str, Entry]]) -> dict[str, Paper]:
    """Return the papers, newest first; those that lack fields or an entry are reported and left out."""
    papers = []
    for key, page in files.papers.items():
        entry = files.bibliography.get(key)
        if isinstance(page.fields, PaperFields) and entry is not None:
            tags = _tags(page.fields, layout, entries)
            papers.append(Paper(key, page.path, page.fields, entry, MappingProxyType(page.body.summary), tags))
    return {paper.key: paper for paper in newest_first(papers)}


def _tags(
    fields: PaperFields, layout: Layout, entries: Mapping[str, Mapping[str, Entry]]
) -> Mapping[str, tuple[str, ...]]:
    tags: dict[str, tuple[str, ...]] = {}
    for facet in layout.facets:
        if facet.tag_field is not None:
            known = _taggable(entries[facet.kind].values(), facet)
            tags[facet.kind] = tuple(tag for tag in getattr(fields, facet.tag_field) if tag in known)
    for facet in layout.facets:
        if facet.through is not None:
            source = entries[facet.through]
            named = {getattr(source[tag].fields, facet.kind, None) for tag in tags[facet.through]}
            tags[facet.kind] = tuple(key for key in entries[facet.kind] if key in named)
    return MappingProxyType(tags)


def _taggable(entries: Iterable[Entry], facet: Facet) -> set[str]:
    """Return the ids by which papers may name entries of a facet."""
    if facet.by_member:
        return {member.id for entry in entries for member in entry.members}
    return {entry.id for entry in entries}


def _documents(files: Files) -> dict[str, Document]:
    found = {}
    for page in files.pages():
        docname = page.path.removeprefix(f"{DOCS}/").removesuffix(".md")
        cites = frozenset(key for role in page.body.roles for key in role.names)
        found[docname] = Document(docname, page.body.title or page.stem, page.body.lead, cites)
    return dict(sorted(found.items()))


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Sort papers by date, the newest first; those of one date by key."""
    return sorted(sorted(papers, key=lambda paper: paper.key), key=lambda paper: paper.published, reverse=True)


@dataclass(frozen=True)
class Catalogue:
    """Everything that a survey knows."""

    layout: Layout
    papers: Mapping[str, Paper]  #: By key, newest first.
    entries: Mapping[str, Mapping[str, Entry]]  #: By kind and id; stages in their order, others by name.
    bibliography: Mapping[str, BibEntry]  #: By key, in the order of the file.
    documents: Mapping[str, Document]  #: Every page, by its name.
    problems: tuple[Problem, ...]  #: In the order of path and line.
    excluded: tuple[str, ...] = ()  #: Files and folders under docs/ that no build may read.
    queue: tuple[queue.QueuedWork, ...] = ()  #: Works without a page, in the order of the file.

    def once(self, question: Hashable, answer: Callable[[], _Answer]) -> _Answer:
        """Return the answer to a question that several views ask: it is found once, as long as the catalogue lives."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: _Answer = self._answers[question]
        return found

    def entry(self, kind: str, key: str) -> Entry | None:
        """Return an entry by its id or, of a facet with members, by a member's."""
        entry = self.entries.get(kind, {}).get(key)
        if entry is None and (member := self.members.get(key)) is not None and self.layout.facet(kind).by_member:
            return member[0]
        return entry

    def ids(self, kind: str) -> set[str]:
        """Return every id that a role of this kind can name."""
        if kind == "paper":
            return {*self.papers, *self.bibliography}
        members = self.members if self.layout.facet(kind).by_member else {}
        return {*self.entries[kind], *members}

    def name(self, kind: str, key: str) -> str:
        """Return the name of an entry or else of a member; the id itself if there's none."""
        entry = self.entries[kind].get(key)
        return entry.name if entry is not None else self.tag_name(kind, key)

    def tag_name(self, kind: str, key: str) -> str:
        """Return the name of what a paper names by an id: where a family and a member share it, the member's."""
        if self.layout.facet(kind).by_member and key in self.members:
            return self.members[key][1].name
        entry = self.entries[kind].get(key)
        return entry.name if entry is not None else key

    def papers_of(self, kind: str, key: str) -> tuple[Paper, ...]:
        """Return the papers that name an entry or, of a facet with members, one of its members; newest first."""
        return self._index.get((kind, key), ())

    def papers_of_member(self, kind: str, key: str) -> tuple[Paper, ...]:
        """Return the papers that name this member itself, newest first."""
        return tuple(paper for paper in self.papers_of(kind, key) if key in paper.tags[kind])

    def positions_of(self, role: str) -> tuple[Place, ...]:
        """Return the known positions of a head type, by model, layer and head."""
        return self._places_of_role.get(role, ())

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of every paper among all, newest first, from 0."""
        return MappingProxyType({key: place for place, key in enumerate(self.papers)})

    @cached_property
    def members(self) -> Mapping[str, tuple[Entry, Member]]:
        """Every member with its family, by id."""
        found: dict[str, tuple[Entry, Member]] = {}
        for entries in self.entries.values():
            for entry in entries.values():
                for member in entry.members:
                    found.setdefault(member.id, (entry, member))
        return MappingProxyType(found)

    @cached_property
    def _index(self) -> Mapping[tuple[str, str], tuple[Paper, ...]]:
        index: defaultdict[tuple[str, str], dict[str, Paper]] = defaultdict(dict)
        for paper in self.papers.values():
            for kind, tags in paper.tags.items():
                for tag in tags:
                    index[kind, tag][paper.key] = paper
                    if self.layout.facet(kind).by_member:
                        index[kind, self.members[tag][0].id][paper.key] = paper
        # A member may be called like its family; then the index has the family's papers (see papers_of_member).
        return MappingProxyType({at: tuple(papers.values()) for at, papers in index.items()})

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Paper, ...]]:
        """The papers by year of publication, newest first."""
        years: defaultdict[int, list[Paper]] = defaultdict(list)
        for paper in self.papers.values():
            years[paper.published.year].append(paper)
        return MappingProxyType({year: tuple(papers) for year, papers in years.items()})

    @cached_property
    def by_category(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """The head types by stage and category, by name."""
        found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries.get("head", {}).values():
            if isinstance(entry.fields, HeadFields):
                found[entry.fields.stage, entry.fields.category].append(entry)
        return MappingProxyType({at: tuple(heads) for at, heads in found.items()})

    @cached_property
    def categories(self) -> Mapping[str, tuple[Category, ...]]:
        """The categories of each stage, in their order."""
        stages = self.entries.get("stage", {}).values()
        return MappingProxyType(
            {stage.id: stage.fields.categories for stage in stages if isinstance(stage.fields, StageFields)}
        )

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """Of each paper the next newer and the next older one."""
        keys = list(self.papers)
        around = zip([None, *keys[:-1]], keys, [*keys[1:], None], strict=True) if keys else ()
        return MappingProxyType({key: (newer, older) for newer, key, older in around})

    @cached_property
    def cited_on(self) -> Mapping[str, tuple[str, ...]]:
        """Of each work that is cited, the names of the pages whose text cites it."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for document in self.documents.values():
            for key in document.cites:
                found[key].append(document.docname)
        return MappingProxyType({key: tuple(pages) for key, pages in found.items()})

    @cached_property
    def relations_to(self) -> Mapping[str, tuple[tuple[Paper, Relation], ...]]:
        """Of each work the papers that name it in a relation, newest first, with what they say."""
        found: defaultdict[str, list[tuple[Paper, Relation]]] = defaultdict(list)
        for paper in self.papers.values():
            for relation in paper.fields.relations:
                found[relation.to].append((paper, relation))
        return MappingProxyType({key: tuple(pairs) for key, pairs in found.items()})

    @cached_property
    def places_in(self) -> Mapping[str | None, tuple[Place, ...]]:
        """The positions that each paper gives."""
        return self._places_by("paper")

    @cached_property
    def places_on(self) -> Mapping[str | None, tuple[Place, ...]]:
        """The positions that are known in each model."""
        return self._places_by("model")

    @cached_property
    def head_homes(self) -> Mapping[str, modelheads.Home]:
        """Where the heads of each model are shown of which any are known."""
        return MappingProxyType(modelheads.homes(self))

    @cached_property
    def _places_of_role(self) -> Mapping[str | None, tuple[Place, ...]]:
        return self._places_by("role")

    def _places_by(self, attribute: str) -> Mapping[str | None, tuple[Place, ...]]:
        found: defaultdict[str | None, list[Place]] = defaultdict(list)
        for place in self.places:
            found[getattr(place, attribute)].append(place)
        return MappingProxyType({key: tuple(places) for key, places in found.items()})

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every known position, from papers and from the heads' own files, by model, layer and head."""
        found = [
            place
            for paper in self.papers.values()
            for group in paper.fields.positions
            for place in _places(group, group.head, paper=paper.key)
        ]
        for entry in self.entries.get("head", {}).values():
            for group in getattr(entry.fields, "positions", ()):
                found += _places(group, entry.id)
        return tuple(sorted(found, key=_place_order))


def _place_order(at: Place) -> tuple[str, int, int, bool, str, str, str]:
    return at.model, at.layer, at.head, at.kv, at.role or "", at.paper or "", at.source


def _places(group: Positions, role: str | None, paper: str | None = None) -> Iterable[Place]:
    scores = group.scores if len(group.scores) == len(group.at) else [None] * len(group.at)
    ranks = group.ranks or [None] * len(group.at)
    for position, score, rank in zip(group.at, scores, ranks, strict=True):
        layer, head = (int(part) for part in position.split("."))
        yield Place(
            *(group.model, layer, head, role, group.source, group.inferred, paper, group.url),
            *(group.automatic, score, rank, group.kv, group.called, group.measure, group.criterion, group.caveat),
            *(len(group.at), group.of),
        )
