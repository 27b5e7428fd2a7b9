"""Claims with two sides: what papers say against a head type, against each other, and of one and the same head.

Nothing of this is written by hand. It follows from the findings and the relations in papers' files, whose ``says`` or
``kind`` is ``qualifies`` or ``disputes``, and from positions that sources give several roles.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from survey.catalogue.schema.fields import HeadFields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper, Place
    from survey.catalogue.schema.fields import Finding, Relation

#: What is said against something, the stronger first.
AGAINST = ("disputes", "qualifies")


def findings_of(head: str, catalogue: Catalogue) -> list[tuple[Paper, Finding]]:
    """Return what papers show of a head type, those first that dispute it, then the newest."""
    found = [
        (paper, finding)
        for paper in catalogue.papers_of("head", head)
        for finding in paper.fields.findings
        if finding.head == head
    ]
    return sorted(found, key=lambda pair: AGAINST.index(pair[1].says) if pair[1].says in AGAINST else len(AGAINST))


def contested_heads(catalogue: Catalogue) -> list[str]:
    """Return the head types of which a paper shows something that speaks against them: the most papers first."""
    papers: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for paper in catalogue.papers.values():
        for finding in paper.fields.findings:
            if finding.says in AGAINST and finding.head in paper.tags.get("head", ()):
                papers[finding.head].add((finding.says, paper.key))

    def weight(head: str) -> tuple[int, int, str]:
        disputed = sum(says == AGAINST[0] for says, _key in papers[head])
        return -disputed, -len({key for _says, key in papers[head]}), catalogue.name("head", head).casefold()

    return sorted(papers, key=weight)


def answered(catalogue: Catalogue) -> dict[str, list[tuple[Paper, Relation]]]:
    """Return by key the works that surveyed papers dispute or qualify, the most answered first."""
    found = {
        key: sorted(
            ((paper, relation) for paper, relation in pairs if relation.kind in AGAINST),
            key=lambda pair: AGAINST.index(pair[1].kind),
        )
        for key, pairs in catalogue.relations_to.items()
        if key in catalogue.bibliography
    }
    return dict(
        sorted(((key, pairs) for key, pairs in found.items() if pairs), key=lambda item: (-len(item[1]), item[0]))
    )


def answers_about(head: str, catalogue: Catalogue) -> list[str]:
    """Return the works on a head type that another paper on it disputes or qualifies."""
    return [
        key
        for key, pairs in answered(catalogue).items()
        if key in catalogue.papers
        and head in catalogue.papers[key].tags.get("head", ())
        and any(head in paper.tags.get("head", ()) for paper, _relation in pairs)
    ]


def several_roles(catalogue: Catalogue) -> Mapping[tuple[str, int, int], list[Place]]:
    """Return the positions to which sources give roles that exclude or complement each other, by model, layer and head.

    A role that is a kind of another one says the same more exactly, so the more general one doesn't count. What a
    detector or score chose is no claim by anybody.
    """
    at: defaultdict[tuple[str, int, int], list[Place]] = defaultdict(list)
    for place in catalogue.places:
        if not (place.automatic or place.kv) and place.role in catalogue.entries["head"]:
            at[place.model, place.layer, place.head].append(place)
    found = {}
    for position, places in at.items():
        roles = {place.role for place in places if place.role is not None}
        general = {parent for role in roles for parent in parents(role, catalogue)}
        if len(roles - general) > 1:
            found[position] = [place for place in places if place.role not in general]
    return found


def parents(head: str, catalogue: Catalogue) -> Collection[str]:
    """Return the more general types of a head type, from its own parent on."""
    found: list[str] = []
    at = head
    while at in catalogue.entries["head"]:
        fields = catalogue.entries["head"][at].fields
        parent = fields.parent if isinstance(fields, HeadFields) else None
        if parent is None or parent in found or parent == head:
            break
        found.append(parent)
        at = parent
    return found
