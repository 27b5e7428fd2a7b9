"""The view of heads that a detector or score has chosen: thousands, so in a form that is drawn in a few strokes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views import counting
from survey.catalogue.views.atlas import stage_tags
from survey.catalogue.views.cards import Tag
from survey.catalogue.views.facts import place_names
from survey.catalogue.views.placing import PlaceRow, place_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Place
    from survey.catalogue.views.counting import Heads

STRENGTHS = 4  #: Steps of a shade, the strongest for the quarter of a list with the highest scores.
_PLAIN = 3  #: The step of heads of which no score is known.


@dataclass(frozen=True, slots=True)
class Marks:
    """The heads of a model that have one colour and one strength, by layer and head."""

    shade: int  #: The place of a stage among the stages, from 1; 0 for heads of no type.
    strength: int  #: From 1 to ``STRENGTHS``.
    at: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ChosenGrid:
    """A model with the heads that were chosen in it."""

    tag: Tag
    layers: int | None
    heads: int | None  #: Query heads a layer,
    kv_heads: int | None  #: and key-value heads.
    marks: tuple[Marks, ...]  #: The query heads; one of two stages has a mark for each.
    kv_marks: tuple[Marks, ...]  #: The key-value heads.
    named: tuple[tuple[int, int], ...]  #: The query heads that sources name.
    count: Heads
    lists: tuple[PlaceRow, ...]
    papers: int
    place_names: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ChosenData:
    """All models with chosen heads, those with the most lists first."""

    stages: tuple[Tag, ...]
    grids: tuple[ChosenGrid, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen heads of all models, or of one."""

    model: str | None = None

    def select(self, catalogue: Catalogue) -> ChosenData:
        """Return the models that have any."""
        models = catalogue.members if self.model is None else (self.model,)
        grids = [chosen_grid(model, catalogue) for model in models]
        found = [grid for grid in grids if grid.lists]
        found.sort(key=lambda grid: (-len(grid.lists), grid.tag.name.casefold(), grid.tag.id))
        return ChosenData(stage_tags(catalogue), tuple(found))


def chosen_grid(model: str, catalogue: Catalogue) -> ChosenGrid:
    """Return the heads that were chosen in a model."""
    _, member = catalogue.members[model]
    places = catalogue.places_on.get(model, ())
    chosen = [place for place in places if place.automatic]
    strengths = _strengths(chosen)
    return ChosenGrid(
        tag=Tag.of("model", model, catalogue, member=True),
        layers=member.layers,
        heads=member.heads,
        kv_heads=member.kv_heads,
        marks=_marks((place for place in chosen if not place.kv), strengths, catalogue),
        kv_marks=_marks((place for place in chosen if place.kv), strengths, catalogue),
        named=tuple(sorted({(at.layer, at.head) for at in places if not at.automatic and not at.kv})),
        count=counting.count(places),
        lists=place_rows(chosen),
        papers=len({place.paper for place in chosen if place.paper is not None}),
        place_names=place_names(chosen, catalogue),
    )


def _strengths(places: Iterable[Place]) -> Mapping[Place, int]:
    """Return how strong each head is in its list: by the quarter in which its score lies, if all have one."""
    lists: defaultdict[tuple[object, ...], list[Place]] = defaultdict(list)
    for at in places:
        lists[at.paper, at.role, at.called, at.source, at.kv, at.criterion, at.measure].append(at)
    found: dict[Place, int] = {}
    for members in lists.values():
        ordered = _by_strength(members)
        for index, place in enumerate(ordered):
            found[place] = STRENGTHS - index * STRENGTHS // len(ordered)
        if not ordered:
            found |= dict.fromkeys(members, _PLAIN)
    return found


def _by_strength(places: Sequence[Place]) -> list[Place]:
    """Return the heads of a list by rank or else by score, the first on top; nothing where they have neither."""
    if all(place.rank is not None for place in places):
        return sorted(places, key=lambda place: place.rank or 0)
    if all(place.score is not None for place in places):
        return sorted(places, key=lambda place: -abs(place.score or 0.0))
    return []


def _marks(places: Iterable[Place], strengths: Mapping[Place, int], catalogue: Catalogue) -> tuple[Marks, ...]:
    """Return the heads by colour and strength; in several lists of one stage the strongest place counts."""
    shades: dict[str, int] = {}
    best: dict[tuple[int, tuple[int, int]], int] = {}
    for place in places:
        role = place.role or ""
        if role not in shades:
            shades[role] = Tag.of("head", role, catalogue).shade if role in catalogue.entries["head"] else 0
        key = (shades[role], (place.layer, place.head))
        best[key] = max(best.get(key, 0), strengths[place])
    found: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for (shade, at), strength in best.items():
        found[shade, strength].append(at)
    return tuple(Marks(shade, strength, tuple(sorted(at))) for (shade, strength), at in sorted(found.items()))
