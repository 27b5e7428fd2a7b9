"""Views of what is declared to be drawn: the attention pattern of a head type, the flow between heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.schema.patterns import faults
from survey.catalogue.views.atlas import stage_tags
from survey.catalogue.views.cards import Tag

if TYPE_CHECKING:
    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.schema.fields import Pattern
    from survey.catalogue.schema.flows import Flow


@dataclass(frozen=True, slots=True)
class PatternOf:
    """The attention pattern that a head type's file declares."""

    head: str

    def select(self, catalogue: Catalogue) -> tuple[Tag, Pattern] | None:
        """Return the head type with its pattern, or None if there's none that can be drawn."""
        entry = catalogue.entries["head"].get(self.head)
        pattern = entry.fields.pattern if entry is not None and isinstance(entry.fields, HeadFields) else None
        if pattern is None or any(faults(pattern)):
            return None
        return Tag.of("head", self.head, catalogue), pattern


@dataclass(frozen=True, slots=True)
class FlowNames:
    """What a flow shows of the catalogue: its heads' names, and where they are known to sit."""

    model: str | None
    heads: tuple[str, ...]

    @classmethod
    def of(cls, flow: Flow) -> FlowNames:
        """Return the view for a declared flow."""
        return cls(flow.model, tuple(sorted({node.head for node in flow.nodes if node.head is not None})))

    def select(self, catalogue: Catalogue) -> FlowData:
        """Return names and positions."""
        model = self.model or ""
        known = [
            (head, place)
            for head in self.heads
            for place in catalogue.positions_of(head)
            if place.model == self.model and not place.kv
        ]
        return FlowData(
            model=None if model not in catalogue.members else Tag.of("model", model, catalogue, member=True),
            heads=tuple(Tag.of("head", head, catalogue) for head in self.heads if head in catalogue.entries["head"]),
            stages=stage_tags(catalogue),
            stated=tuple(sorted({(head, place.label) for head, place in known if not place.inferred})),
            inferred=tuple(sorted({(head, place.label) for head, place in known if place.inferred})),
        )


@dataclass(frozen=True, slots=True)
class FlowData:
    """What the catalogue knows of the heads of a flow."""

    model: Tag | None
    heads: tuple[Tag, ...]
    stages: tuple[Tag, ...]
    stated: tuple[tuple[str, str], ...]  #: Head type and position.
    inferred: tuple[tuple[str, str], ...]
