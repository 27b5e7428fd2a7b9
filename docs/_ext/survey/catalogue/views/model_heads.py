"""The views of what is known of a model's heads: a card for each named one, and what detectors have chosen."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.catalogue.records import modelheads
from survey.catalogue.records.modelheads import KIND
from survey.catalogue.views.atlas import model_grid, stage_tags
from survey.catalogue.views.cards import Tag, Text, entry_card
from survey.catalogue.views.chosen import ChosenGrid, chosen_grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.modelheads import At, Home, KnownHead
    from survey.catalogue.records.record_types import Place
    from survey.catalogue.schema.fields import Member
    from survey.catalogue.views.atlas import Grid


@dataclass(frozen=True, slots=True)
class Source:
    """A list of heads: who gives it, where, by which methods they were found, and what must be known of it."""

    paper: str | None  #: Key of the surveyed paper, or None for a source of another kind.
    words: str  #: Authors and year; nothing for a source of another kind.
    where: str  #: The place in the paper, or the source itself.
    url: str | None
    methods: tuple[Tag, ...]
    called: str | None  #: What the source calls the heads, where that isn't the type's name.
    measure: str | None  #: What the scores measure.
    criterion: str | None  #: By which rule the heads were chosen.
    caveat: str | None
    given: int  #: How many heads the list has here,
    of: int | None  #: and in the source, if those are more.


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one head in one role."""

    source: Source
    inferred: bool
    automatic: bool
    score: float | None
    rank: int | None  #: Its place in the list, from 1, where that is a ranking.


@dataclass(frozen=True, slots=True)
class NamedRole:
    """One role of a head: what such heads do, and who gives it."""

    name: str  #: That of the head type or, if the survey has none, what the source calls it.
    tag: Tag | None  #: The head type, if the survey has one.
    lead: Text | None  #: The first sentence of its page.
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
        return self.automatic, inferred, -len(papers), self.name.casefold()


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

    at: At
    anchor: str | None  #: Where it is shown first, and has no card.
    card: str | None  #: The anchor of its card, if somebody names it too.
    score: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The heads that one source's detector has chosen as one type."""

    role: Tag | None  #: None if the survey has no such type: see what the source calls it.
    source: Source
    marks: tuple[Mark, ...]  #: By rank, or those with the highest scores first.


@dataclass(frozen=True, slots=True)
class ModelHeadsData:
    """What is known of a model's heads."""

    tag: Tag
    home: Home
    member: Member
    stages: tuple[Tag, ...]
    grid: Grid
    cards: tuple[HeadCard, ...]
    chosen: ChosenGrid
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
        _family, member = catalogue.members[self.key]
        heads = modelheads.known_heads(catalogue, self.key)
        cards = tuple(_card(head, home, member, catalogue) for head in heads if head.is_named)
        return ModelHeadsData(
            tag=Tag.of(KIND, self.key, catalogue, member=True),
            home=home,
            member=member,
            stages=stage_tags(catalogue),
            grid=replace(model_grid(self.key, catalogue), prefix=home.prefix),
            cards=cards,
            chosen=chosen_grid(self.key, catalogue),
            scans=tuple(_scans(heads, home, catalogue)),
        )


def _card(head: KnownHead, home: Home, member: Member, catalogue: Catalogue) -> HeadCard:
    roles: defaultdict[tuple[str | None, str | None], dict[Statement, None]] = defaultdict(dict)  # each once, in order
    for place in head.places:
        roles[place.role, None if place.role is not None else place.called][_statement(place, catalogue)] = None
    named = (_role(role, called or "", tuple(found), catalogue) for (role, called), found in roles.items())
    kv = modelheads.kv_head(member, head.at.head) if not head.at.kv else None
    return HeadCard(head.at, home.anchor(head.at), kv, tuple(sorted(named, key=lambda role: role.rank)))


def _role(role: str | None, called: str, statements: tuple[Statement, ...], catalogue: Catalogue) -> NamedRole:
    said = tuple(sorted(statements, key=lambda at: (at.automatic, at.inferred)))
    if role is None:
        return NamedRole(called, None, None, said)
    card = entry_card(catalogue.entries["head"][role], catalogue)  # without the number of papers, which isn't shown
    return NamedRole(card.tag.name, card.tag, card.lead, said)


def _statement(place: Place, catalogue: Catalogue) -> Statement:
    return Statement(_source(place, catalogue), place.inferred, place.automatic, place.score, place.rank)


def _source(place: Place, catalogue: Catalogue) -> Source:
    words = catalogue.papers[place.paper].entry.short if place.paper is not None else ""
    methods = tuple(Tag.of("method", method, catalogue) for method in modelheads.methods_of(place, catalogue))
    about = (place.called, place.measure, place.criterion, place.caveat, place.given, place.of)
    return Source(place.paper, words, place.source, place.url, methods, *about)


def _scans(heads: Iterable[KnownHead], home: Home, catalogue: Catalogue) -> Iterator[Scan]:
    """Yield what detectors have chosen, list by list; each head has its anchor where it comes first."""
    groups: defaultdict[tuple[str, ...], list[tuple[Place, KnownHead]]] = defaultdict(list)
    for head in heads:
        for place in head.places:
            if place.automatic:
                key = (place.role, place.called, place.paper, place.source, place.url)
                groups[tuple(part or "" for part in key)].append((place, head))
    seen: set[At] = set()
    for _key, found in sorted(groups.items()):
        found.sort(key=lambda pair: _standing(pair[0]))
        place = found[0][0]
        marks = tuple(_mark(place, head, home, seen) for place, head in found)
        tag = Tag.of("head", place.role, catalogue) if place.role is not None else None
        yield Scan(tag, _source(place, catalogue), marks)


def _standing(place: Place) -> tuple[float, float, bool, int, int]:
    """Return the place of a head in its list: by rank, then by score, then by where it is."""
    rank = place.rank if place.rank is not None else math.inf
    return rank, -(place.score or 0.0), place.kv, place.layer, place.head


def _mark(place: Place, head: KnownHead, home: Home, seen: set[At]) -> Mark:
    anchor = home.anchor(head.at)
    first = head.at not in seen
    seen.add(head.at)
    own, card = (None, anchor) if head.is_named else (anchor if first else None, None)
    return Mark(head.at, own, card, place.score, place.rank)
