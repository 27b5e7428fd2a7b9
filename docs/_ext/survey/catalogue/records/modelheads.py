"""What is known of the heads of one model: gathered by head, with the page and the anchor that show it.

A head is *named* if somebody says what it does; heads that only a detector or a score has chosen are not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.records.files import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry, Place
    from survey.catalogue.schema.fields import Member

KIND = "model"  #: The facet whose members have heads.
AT = "at"  #: The role and the type of object that a position is.
HEADS = "model-heads"  #: The kind of link that leads to all heads of a model.
#: What a position is called in running text: ``gpt2-small 9.6``, ``llama-3-8b KV 7.0``.
_NAMED = re.compile(r"(?P<model>\S+)\s+(?P<kv>KV )?(?P<layer>0|[1-9][0-9]{0,5})\.(?P<head>0|[1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class At:
    """One head of one model."""

    model: str  #: Id of the member.
    layer: int  #: Counted from 0.
    head: int  #: Counted from 0: a query head, or a key-value head where ``kv`` says so.
    kv: bool = False

    @classmethod
    def parse(cls, text: str) -> At | None:
        """Return the head that ``gpt2-small 9.6`` names, or None if the text isn't of this form."""
        match = _NAMED.fullmatch(text.strip())
        if match is None:
            return None
        return cls(match["model"], int(match["layer"]), int(match["head"]), match["kv"] is not None)

    @property
    def label(self) -> str:
        """The usual way to write it: ``9.6``; a key-value head says that it is one: ``KV 7.0``."""
        return f"KV {self.layer}.{self.head}" if self.kv else f"{self.layer}.{self.head}"

    @property
    def name(self) -> str:
        """The way in which roles and the inventory name it: ``gpt2-small 9.6``."""
        return f"{self.model} {self.label}"


@dataclass(frozen=True, slots=True)
class KnownHead:
    """One head with all that sources say of it."""

    at: At
    places: tuple[Place, ...]

    @property
    def is_named(self) -> bool:
        """Whether any source names it, and not only a detector or a score."""
        return any(not place.automatic for place in self.places)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the heads of a model are shown."""

    model: str
    page: str  #: The name of the page.
    own: bool  #: Whether the page is about this model alone.
    prefix: str = ""  #: What stands before layer and head in the anchors of a page that shows several models.

    def anchor(self, at: At) -> str:
        """Return the anchor of a head on the page."""
        return f"{self.prefix}{'kv-' if at.kv else ''}{at.layer}.{at.head}"


def known_heads(catalogue: Catalogue, model: str) -> tuple[KnownHead, ...]:
    """Return the heads of a model of which anything is known, by layer and head; key-value heads come last."""
    found: defaultdict[tuple[bool, int, int], list[Place]] = defaultdict(list)
    roles = catalogue.entries.get("head", {})
    for place in catalogue.places_on.get(model, ()):
        if place.role is None or place.role in roles:
            found[place.kv, place.layer, place.head].append(place)
    return tuple(
        KnownHead(At(model, layer, head, kv), tuple(places)) for (kv, layer, head), places in sorted(found.items())
    )


def homes(catalogue: Catalogue) -> dict[str, Home]:
    """Return where the heads of each model are shown of which any are known, by the model's id.

    A model has a page of its own, ``models/<id>``. One that has the id of its family shares the family's page. Where
    the address belongs to something else, the heads are shown on the page of the model's family, under its id.
    """
    known = (model for model in catalogue.members if known_heads(catalogue, model))
    return {model: _home(model, *catalogue.members[model], catalogue) for model in known}


def _home(model: str, family: Entry, _member: Member, catalogue: Catalogue) -> Home:
    folder = catalogue.layout.facet(family.kind).folder
    page = f"{folder}/{model}"
    if model == family.id:
        return Home(model, page, own=False)
    if model == INDEX or page in catalogue.documents:
        return Home(model, f"{folder}/{family.id}", own=False, prefix=f"{model}-")
    return Home(model, page, own=True)


def methods_of(place: Place, catalogue: Catalogue) -> tuple[str, ...]:
    """Return by which methods a source found what it says of a head: those of its finding, or else of the paper."""
    paper = catalogue.papers.get(place.paper or "")
    if paper is None:
        return ()
    findings = [
        finding
        for finding in paper.fields.findings
        if finding.head == place.role and (not finding.models or place.model in finding.models)
    ]
    methods = dict.fromkeys(method for finding in findings for method in finding.methods)
    known = catalogue.entries.get("method", {})
    return tuple(method for method in methods or paper.tags.get("method", ()) if method in known)


def outside(at: At, member: Member) -> Iterator[str]:
    """Yield in which respects a model is too small to have a head."""
    heads, unit = (member.kv_heads, "KV heads per layer") if at.kv else (member.heads, "heads per layer")
    for value, size, what in ((at.layer, member.layers, "layers"), (at.head, heads, unit)):
        if size is not None and value >= size:
            yield f"'{at.layer}.{at.head}' lies outside '{at.model}', which has {size} {what}"


def kv_head(member: Member, head: int) -> int | None:
    """Return the key-value head that a query head reads, where several query heads share one."""
    if member.kv_heads is None or member.heads is None or not 0 < member.kv_heads < member.heads:
        return None
    return head * member.kv_heads // member.heads if head < member.heads else None


def by_knowledge(family: Entry, catalogue: Catalogue) -> tuple[Member, ...]:
    """Return the members of a family in the order of what is known of them.

    First those with the most named heads, then those with the most heads that a detector has chosen, then those that
    the most papers name; of equals the one that its file names first.
    """

    def known(member: Member) -> tuple[int, int, int]:
        heads = known_heads(catalogue, member.id)
        named = sum(head.is_named for head in heads)
        return -named, -len(heads), -len(catalogue.papers_of_member(family.kind, member.id))

    return tuple(sorted(family.members, key=known))
