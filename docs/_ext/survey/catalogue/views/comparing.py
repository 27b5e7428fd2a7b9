"""What a comparison of head types shows: a line for each type to choose from, and all that stands side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.views import evidence, testimony
from survey.catalogue.views.cards import Tag
from survey.catalogue.views.contesting import ContestedOf
from survey.catalogue.views.plain_text import plain_text, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry, Paper, Place

#: The heading on a head type's page under which the test stands; CONTRIBUTING.md asks for it.
RECOGNIZED = "How it is recognized"
_DEFINITION, _TEST = 240, 360  #: Characters.


@dataclass(frozen=True, slots=True)
class ComparableHead:
    """A head type to choose."""

    tag: Tag
    reads: str
    writes: str
    papers: int


@dataclass(frozen=True, slots=True)
class Comparable:
    """All head types, by stage."""

    def select(self, catalogue: Catalogue) -> tuple[tuple[Tag, tuple[ComparableHead, ...]], ...]:
        """Return the stages in their order, each with its head types by name; those without any are left out."""
        found: defaultdict[str, list[ComparableHead]] = defaultdict(list)
        for head in catalogue.entries["head"].values():
            fields = head.fields
            if isinstance(fields, HeadFields):
                papers = len(catalogue.papers_of("head", head.id))
                tag = Tag.of("head", head.id, catalogue)
                found[fields.stage].append(ComparableHead(tag, fields.reads or "", fields.writes or "", papers))
        stages = (stage for stage in catalogue.entries["stage"] if found[stage])
        return tuple((Tag.of("stage", stage, catalogue), tuple(found[stage])) for stage in stages)


@dataclass(frozen=True, slots=True)
class Depth:
    """The layers of one model in which a head type is known."""

    model: Tag
    layers: tuple[int, ...]  #: Counted from 0.
    of: int | None  #: How many the model has.


@dataclass(frozen=True, slots=True)
class Comparison:
    """One head type, as it stands beside others."""

    tag: Tag
    stage: Tag
    category: str
    reads: str
    writes: str
    definition: str
    test: str
    depths: tuple[Depth, ...]  #: The models with the most known heads first.
    share: tuple[int, int] | None  #: At how many percent of the depth the first and the last one lie.
    scored: bool  #: Whether only a detector or score chose the heads in these layers.
    families: tuple[Tag, ...]
    interventions: tuple[tuple[Tag, int], ...]  #: Causal tests, each with the number of papers that use it.
    observations: tuple[tuple[Tag, int], ...]
    groups: int
    contested: tuple[int, str] | None  #: Papers that speak against it, and the anchor of what they say.
    papers: tuple[tuple[str, str], ...]  #: Key, authors and year; the newest first.


def comparison(head: Entry, catalogue: Catalogue) -> Comparison | None:
    """Return what a head type is compared by, or None if its file cannot be used."""
    fields = head.fields
    if not isinstance(fields, HeadFields):
        return None
    papers = catalogue.papers_of("head", head.id)
    seen = evidence.of_head(catalogue, head.id)
    known = catalogue.positions_of(head.id)
    named = [place for place in known if not place.automatic]
    places = named or list(known)
    categories = {category.id: category.name for category in catalogue.categories.get(fields.stage, ())}
    tested, observed = _methods(papers, catalogue)
    return Comparison(
        tag=Tag.of("head", head.id, catalogue),
        stage=Tag.of("stage", fields.stage, catalogue),
        category=categories.get(fields.category, fields.category),
        reads=fields.reads or "",
        writes=fields.writes or "",
        definition=shortened(plain_text(head.lead.text, catalogue), _DEFINITION) if head.lead is not None else "",
        test=_test(head, catalogue),
        depths=tuple(_depths(places, catalogue)),
        share=_share(places, catalogue),
        scored=not named,
        families=tuple(Tag.of("model", key, catalogue) for key in seen.families),
        interventions=tested,
        observations=observed,
        groups=seen.groups,
        contested=ContestedOf(head.id).select(catalogue),
        papers=tuple((paper.key, paper.entry.short) for paper in papers),
    )


def _test(head: Entry, catalogue: Catalogue) -> str:
    passage = dict(head.sections).get(RECOGNIZED)
    return shortened(plain_text(passage.text, catalogue), _TEST) if passage is not None else ""


def _methods(
    papers: Iterable[Paper], catalogue: Catalogue
) -> tuple[tuple[tuple[Tag, int], ...], tuple[tuple[Tag, int], ...]]:
    """Return the methods by which papers study something: those that intervene, and those that observe."""
    counts = Counter(method for paper in papers for method in paper.tags.get("method", ()))
    tested: list[tuple[Tag, int]] = []
    observed: list[tuple[Tag, int]] = []
    for method, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        causal = getattr(catalogue.entries["method"][method].fields, "group", None) == testimony.INTERVENTIONS
        (tested if causal else observed).append((Tag.of("method", method, catalogue), count))
    return tuple(tested), tuple(observed)


def _depths(places: Iterable[Place], catalogue: Catalogue) -> list[Depth]:
    heads: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for place in places:
        heads[place.model].add((place.layer, place.head))
    found = sorted(heads.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Depth(
            Tag.of("model", model, catalogue, member=True),
            tuple(sorted({layer for layer, _head in at})),
            catalogue.members[model][1].layers if model in catalogue.members else None,
        )
        for model, at in found
    ]


def _share(places: Iterable[Place], catalogue: Catalogue) -> tuple[int, int] | None:
    shares = [
        100 * place.layer / (layers - 1)
        for place in places
        if place.model in catalogue.members and (layers := catalogue.members[place.model][1].layers or 0) > 1
    ]
    return (round(min(shares)), round(max(shares))) if shares else None
