"""Views of head positions across papers: for each model, which heads have been named, as what, and by whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.records.modelheads import methods_of
from survey.catalogue.views import counting, testimony
from survey.catalogue.views.cards import Tag
from survey.catalogue.views.facts import place_names
from survey.catalogue.views.placing import PlaceRow, place_rows
from survey.catalogue.views.plain_text import first_sentence, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Place
    from survey.catalogue.views.counting import Heads

_ENOUGH = 2  #: Papers that make a position shared.


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of one position."""

    paper: str | None  #: Key of the surveyed paper, or None for a source of another kind.
    words: str  #: Authors and year of the paper, or the source itself.
    url: str | None
    inferred: bool
    caveat: str | None = None
    tests: tuple[str, ...] = ()  #: The names of the interventions by which it was tested,
    observations: tuple[str, ...] = ()  #: and of the other methods, by which it was seen.


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a position, with those who give it."""

    tag: Tag  #: Its head type; of no kind and without an id where it is only what the source calls it.
    claims: tuple[Claim, ...]
    definition: str = ""  #: What such heads do, as plain text.

    @property
    def papers(self) -> int:
        """How many surveyed papers give it."""
        return len({claim.paper for claim in self.claims if claim.paper is not None})

    @property
    def inferred(self) -> bool:
        """Whether no source states it."""
        return all(claim.inferred for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Cell:
    """One query head of a model, named by somebody."""

    layer: int
    head: int
    roles: tuple[Role, ...]

    @property
    def label(self) -> str:
        """The usual way to write it: ``5.1``."""
        return f"{self.layer}.{self.head}"

    @property
    def inferred(self) -> bool:
        """Whether no source states any of its roles."""
        return all(role.inferred for role in self.roles)

    @property
    def agreed(self) -> tuple[Role, ...]:
        """The roles that two papers or more give it."""
        return tuple(role for role in self.roles if role.tag.id and role.papers >= _ENOUGH)

    @property
    def shades(self) -> tuple[int, ...]:
        """The stages of its roles, each once; a role of no type has a color only where there is no other."""
        typed = [role.tag.shade for role in self.roles if role.tag.id]
        return tuple(sorted(set(typed or (role.tag.shade for role in self.roles))))

    @property
    def several(self) -> bool:
        """Whether it has several roles that are types."""
        return sum(bool(role.tag.id) for role in self.roles) > 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A model with what is known of its heads."""

    tag: Tag
    layers: int | None
    heads: int | None  #: Query heads a layer.
    cells: tuple[Cell, ...]  #: By layer and head.
    papers: int  #: Surveyed papers that name a head.
    count: Heads  #: All that are known of, the named ones and the others.
    places: tuple[PlaceRow, ...]  #: The lists of named heads.
    place_names: tuple[tuple[str, str, str], ...]
    prefix: str  #: What stands before layer and head in the anchors of its positions.

    def anchor(self, cell: Cell) -> str:
        """Return the anchor of a position on the page that shows the grid."""
        return f"{self.prefix}{cell.label}"

    @property
    def roles(self) -> tuple[Tag, ...]:
        """The head types that are named in it, by name."""
        tags = {role.tag.id: role.tag for cell in self.cells for role in cell.roles if role.tag.id}
        return tuple(sorted(tags.values(), key=lambda tag: (tag.name.casefold(), tag.id)))

    @property
    def shared(self) -> tuple[Cell, ...]:
        """The positions that two papers or more name, in one role or in several."""
        return tuple(
            cell
            for cell in self.cells
            if len({claim.paper for role in cell.roles for claim in role.claims if claim.paper}) >= _ENOUGH
        )

    @property
    def several(self) -> tuple[Cell, ...]:
        """The positions that have two roles or more."""
        return tuple(cell for cell in self.cells if cell.several)


@dataclass(frozen=True, slots=True)
class AtlasData:
    """All models with named heads."""

    stages: tuple[Tag, ...]
    grids: tuple[Grid, ...]  #: Those with the most named heads first.
    others: Heads  #: Those of the models that have none.
    models: int  #: How many such models there are.


@dataclass(frozen=True, slots=True)
class Atlas:
    """The known positions of all models, or of the members of one family."""

    family: str | None = None

    def select(self, catalogue: Catalogue) -> AtlasData:
        """Return the models that have any."""
        grids = [
            _grid(model, places, catalogue)
            for model, (family, _) in catalogue.members.items()
            if (places := catalogue.places_on.get(model)) and self.family in {None, family.id}
        ]
        found = [grid for grid in grids if grid.places]
        others = [grid.tag.id for grid in grids if not grid.places]
        return AtlasData(
            stages=stage_tags(catalogue),
            grids=tuple(sorted(found, key=lambda grid: (-len(grid.cells), grid.tag.name.casefold(), grid.tag.id))),
            others=counting.count(place for model in others for place in catalogue.places_on[model]),
            models=len(others),
        )


def stage_tags(catalogue: Catalogue) -> tuple[Tag, ...]:
    """Return the stages, for the legends of figures."""
    return tuple(Tag.of("stage", stage, catalogue) for stage in catalogue.entries.get("stage", {}))


def model_grid(model: str, catalogue: Catalogue) -> Grid:
    """Return what is known of one model."""
    return _grid(model, catalogue.places_on.get(model, ()), catalogue)


def _grid(model: str, places: Sequence[Place], catalogue: Catalogue) -> Grid:
    _, member = catalogue.members[model]
    at: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
    named = [place for place in places if not place.automatic]
    for place in named:
        if not place.kv and (place.role is None or place.role in catalogue.entries["head"]):
            at[place.layer, place.head].append(place)
    return Grid(
        tag=Tag.of("model", model, catalogue, member=True),
        layers=member.layers,
        heads=member.heads,
        cells=tuple(Cell(*position, roles_of(found, catalogue)) for position, found in sorted(at.items())),
        papers=len({place.paper for place in named if place.paper is not None}),
        count=counting.count(places),
        places=place_rows(named),
        place_names=place_names(named, catalogue),
        prefix=f"{model}-",
    )


def roles_of(places: Iterable[Place], catalogue: Catalogue) -> tuple[Role, ...]:
    """Return the roles that sources give a position, each with those who give it."""
    claims: defaultdict[tuple[str, str], dict[Claim, None]] = defaultdict(dict)  # each once, in order
    for place in places:
        claims[place.role or "", "" if place.role else place.called or ""][_claim(place, catalogue)] = None
    roles = (
        Role(
            Tag.of("head", role, catalogue) if role else Tag("", "", called),
            tuple(sorted(found, key=lambda claim: (claim.paper is None, claim.inferred))),
            _definition(role, catalogue),
        )
        for (role, called), found in claims.items()
    )
    return tuple(sorted(roles, key=lambda role: (role.inferred, -role.papers)))  # what is said outright comes first


def _definition(role: str, catalogue: Catalogue) -> str:
    """Return what heads of a type do: the first sentence of its page as plain text."""
    head = catalogue.entries["head"].get(role)
    return plain_text(first_sentence(head.lead.text), catalogue) if head is not None and head.lead is not None else ""


def _claim(place: Place, catalogue: Catalogue) -> Claim:
    words = catalogue.papers[place.paper].entry.short if place.paper is not None else place.source
    methods = [catalogue.entries["method"][method] for method in methods_of(place, catalogue)]
    tests = tuple(method.name for method in methods if testimony.is_intervention(method))
    observations = tuple(method.name for method in methods if not testimony.is_intervention(method))
    return Claim(place.paper, words, place.url, place.inferred, place.caveat, tests, observations)
