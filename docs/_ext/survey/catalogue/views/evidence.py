"""How well a head type is attested: derived from its papers, so that no grade is ever written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper

#: The group of methods that change the model's computation and watch the effect: causal tests. The article that this
#: taxonomy of methods comes from calls them modeling-free.
INTERVENTIONS = "modeling-free"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the surveyed papers amount to, for one head type."""

    papers: int
    groups: int  #: Sets of papers that share no author with each other.
    families: tuple[str, ...]  #: Ids of the families of models studied in these papers.
    causal: int  #: Papers that intervene (ablation, patching, steering) and don't only observe.
    full: int  #: Papers whose own page rests on a reading of the whole paper.
    positions: int  #: Stated positions.
    inferred_positions: int

    @property
    def seen_twice(self) -> bool:
        """Whether a second paper, by other authors, names the head type too."""
        return self.groups > 1


def of_head(catalogue: Catalogue, head: str) -> Evidence:
    """Return the evidence for a head type."""
    papers = catalogue.papers_of("head", head)
    methods = catalogue.entries["method"]
    places = catalogue.positions_of(head)
    families = {catalogue.members[model][0].id for paper in papers for model in paper.tags.get("model", ())}
    return Evidence(
        papers=len(papers),
        groups=_groups(papers),
        families=tuple(key for key in catalogue.entries["model"] if key in families),
        causal=sum(
            any(getattr(methods[method].fields, "group", None) == INTERVENTIONS for method in paper.tags["method"])
            for paper in papers
        ),
        full=sum("full" in paper.fields.read for paper in papers),
        positions=len({(at.model, at.layer, at.head) for at in places if not at.inferred}),
        inferred_positions=len({(at.model, at.layer, at.head) for at in places if at.inferred}),
    )


def _groups(papers: Sequence[Paper]) -> int:
    """Count the sets of papers that are connected by shared authors."""
    groups: list[set[tuple[str, str]]] = []
    for paper in papers:
        authors = {(name.given.casefold(), name.family.casefold()) for name in paper.entry.authors}
        joined = [group for group in groups if group & authors]
        groups = [group for group in groups if not group & authors]
        groups.append(authors.union(*joined))
    return len(groups)
