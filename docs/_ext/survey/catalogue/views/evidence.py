"""How well a head type is attested: derived from its papers, so that no grade is ever written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views import counting
from survey.catalogue.views.counting import Heads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry, Paper

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
    positions: int  #: Heads that a source states to be of the type.
    inferred_positions: int  #: Further ones that are only inferred from a source,
    automatic_positions: int  #: and those that only a detector or score has chosen.
    kv_positions: int  #: Key-value heads, which are counted apart.

    @property
    def heads(self) -> Heads:
        """The numbers of its heads."""
        return Heads(self.positions, self.inferred_positions, self.automatic_positions, self.kv_positions)

    @property
    def seen_twice(self) -> bool:
        """Whether a second paper, by other authors, names the head type too."""
        return self.groups > 1


def is_intervention(method: Entry) -> bool:
    """Tell whether a method changes what the model computes: a causal test."""
    return getattr(method.fields, "group", None) == INTERVENTIONS


def of_head(catalogue: Catalogue, head: str) -> Evidence:
    """Return the evidence for a head type."""
    papers = catalogue.papers_of("head", head)
    methods = catalogue.entries["method"]
    heads = counting.count(catalogue.positions_of(head))
    families = {catalogue.members[model][0].id for paper in papers for model in paper.tags.get("model", ())}
    return Evidence(
        papers=len(papers),
        groups=_groups(papers),
        families=tuple(key for key in catalogue.entries["model"] if key in families),
        causal=sum(any(is_intervention(methods[method]) for method in paper.tags["method"]) for paper in papers),
        full=sum("full" in paper.fields.read for paper in papers),
        positions=heads.stated,
        inferred_positions=heads.inferred,
        automatic_positions=heads.automatic,
        kv_positions=heads.kv,
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
