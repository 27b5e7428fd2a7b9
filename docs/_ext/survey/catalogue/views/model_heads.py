"""The views of what is known of a model's heads: a card for each named one, and what detectors have chosen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.catalogue import modelheads
from survey.catalogue.modelheads import KIND
from survey.catalogue.views.atlas import model_grid, stage_tags
from survey.catalogue.views.cards import EntryCard, Tag, entry_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.catalogue.catalogue import Catalogue
    from survey.catalogue.fields import Member
    from survey.catalogue.modelheads import At, Home, KnownHead
    from survey.catalogue.records import Place
    from survey.catalogue.views.atlas import Grid


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something of heads, where, and by which methods it was found."""

    paper: str | None  #: Key of the surveyed paper, or None for a source of another kind.
    words: str  #: Authors and year; nothing for a source of another kind.
    where: str  #: The place in the paper, or the source itself.
    url: str | None
    methods: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one head in one role."""

    source: Source
    inferred: bool
    automatic: bool
    score: float | None


@dataclass(frozen=True, slots=True)
class NamedRole:
    """One role of a head: what such heads do, and who gives it."""

    card: EntryCard
    statements: tuple[Statement, ...]

    @property
    def automatic(self) -> bool:
        """Whether only detectors give it."""
        return all(said.automatic for said in self.statements)

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """What comes first: what somebody says before what is inferred or measured, what many say before others."""
        papers = {said.source.paper for said in self.statements}
        inferred = all(said.inferred for said in self.statements)
        return self.automatic, inferred, -len(papers), self.card.tag.name.casefold()


@dataclass(frozen=True, slots=True)
class HeadCard:
    """One named head."""

    at: At
    anchor: str
    kv: int | None  #: The key-value head that it reads, where several query heads share one.
    roles: tuple[NamedRole, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A head that a detector has chosen."""

    label: str
    anchor: str | None  #: Where it is shown first, and has no card.
    card: str | None  #: The anchor of its card, if somebody names it too.
    score: float | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The heads that one source's detector has chosen as one type."""

    role: Tag
    source: Source
    marks: tuple[Mark, ...]  #: Those with the highest scores first.


@dataclass(frozen=True, slots=True)
class ModelHeadsData:
    """What is known of a model's heads."""

    tag: Tag
    family: Tag
    home: Home
    member: Member
    stages: tuple[Tag, ...]
    grid: Grid
    cards: tuple[HeadCard, ...]
    scans: tuple[Scan, ...]


@dataclass(frozen=True, slots=True)
class ModelHeads:
    """The known heads of one model."""

    key: str

    def select(self, catalogue: Catalogue) -> ModelHeadsData | None:
        """Return them, or None if nothing is known of any."""
        home = catalogue.head_homes.get(self.key)
        if home is None:
            return None
        family, member = catalogue.members[self.key]
        heads = modelheads.known_heads(catalogue, self.key)
        cards = tuple(_card(head, home, member, catalogue) for head in heads if head.is_named)
        return ModelHeadsData(
            tag=Tag.of(KIND, self.key, catalogue, member=True),
            family=Tag.of(KIND, family.id, catalogue),
            home=home,
            member=member,
            stages=stage_tags(catalogue),
            grid=replace(model_grid(self.key, catalogue), prefix=home.prefix),
            cards=cards,
            scans=tuple(_scans(heads, home, catalogue)),
        )


@dataclass(frozen=True, slots=True)
class HeadsOf:
    """How much is known of a model's heads, where a page leads to them."""

    key: str

    def select(self, catalogue: Catalogue) -> tuple[Home, int, int] | None:
        """Return where they are shown, how many are named, and how many detectors alone have chosen; None for none."""
        home = catalogue.head_homes.get(self.key)
        if home is None:
            return None
        heads = modelheads.known_heads(catalogue, self.key)
        named = sum(head.is_named for head in heads)
        return home, named, len(heads) - named


def _card(head: KnownHead, home: Home, member: Member, catalogue: Catalogue) -> HeadCard:
    roles: defaultdict[str, dict[Statement, None]] = defaultdict(dict)  # each once, in order
    for place in head.places:
        roles[place.role][_statement(place, catalogue)] = None
    entries = catalogue.entries["head"]
    named = [NamedRole(entry_card(entries[role], catalogue), tuple(found)) for role, found in roles.items()]
    named.sort(key=lambda role: role.rank)
    return HeadCard(head.at, home.anchor(head.at), modelheads.kv_head(member, head.at.head), tuple(named))


def _statement(place: Place, catalogue: Catalogue) -> Statement:
    return Statement(_source(place, catalogue), place.inferred, place.automatic, place.score)


def _source(place: Place, catalogue: Catalogue) -> Source:
    words = catalogue.papers[place.paper].entry.short if place.paper is not None else ""
    methods = tuple(Tag.of("method", method, catalogue) for method in modelheads.methods_of(place, catalogue))
    return Source(place.paper, words, place.source, place.url, methods)


def _scans(heads: Iterable[KnownHead], home: Home, catalogue: Catalogue) -> Iterator[Scan]:
    """Yield what detectors have chosen, by head type and source; each head has its anchor where it comes first."""
    groups: defaultdict[tuple[str, str | None, str, str | None], list[tuple[Place, KnownHead]]] = defaultdict(list)
    for head in heads:
        for place in head.places:
            if place.automatic:
                groups[place.role, place.paper, place.source, place.url].append((place, head))
    seen: set[At] = set()
    for (role, *_), found in sorted(groups.items(), key=lambda group: tuple(part or "" for part in group[0])):
        found.sort(key=lambda pair: (-(pair[0].score or 0.0), pair[0].layer, pair[0].head))
        marks = tuple(_mark(place, head, home, seen) for place, head in found)
        yield Scan(Tag.of("head", role, catalogue), _source(found[0][0], catalogue), marks)


def _mark(place: Place, head: KnownHead, home: Home, seen: set[At]) -> Mark:
    anchor = home.anchor(head.at)
    first = head.at not in seen
    seen.add(head.at)
    if head.is_named:
        return Mark(place.label, None, anchor, place.score)
    return Mark(place.label, anchor if first else None, None, place.score)
