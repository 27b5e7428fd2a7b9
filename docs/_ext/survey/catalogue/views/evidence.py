"""How well a head type is attested: derived from its papers, so that no grade is ever written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views import counting, testimony
from survey.catalogue.views.counting import Heads
from survey.catalogue.views.marks import Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper
    from survey.catalogue.views.testimony import Testimony


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the surveyed papers amount to, for one head type."""

    papers: int
    groups: int  #: Sets of papers that share no author with each other.
    families: tuple[str, ...]  #: Ids of the families of models studied in these papers.
    causal: int  #: Papers that intervene on it (ablation, patching, steering) and don't only observe.
    full: int  #: Papers whose own page rests on a reading of the whole paper.
    positions: int  #: Heads that a source states to be of the type.
    inferred_positions: int  #: Further ones that are only inferred from a source,
    automatic_positions: int  #: and those that only a detector or score has chosen.
    kv_positions: int  #: Key-value heads, which are counted apart.
    causal_papers: tuple[str, ...]  #: The keys of those that intervene.
    marks: Marks

    @property
    def heads(self) -> Heads:
        """The numbers of its heads."""
        return Heads(self.positions, self.inferred_positions, self.automatic_positions, self.kv_positions)


def of_head(catalogue: Catalogue, head: str) -> Evidence:
    """Return the evidence for a head type.

    Its marks, each by a rule that the page "About this survey" gives to readers: named, if a surveyed paper is filed
    under it; observed, if one of them has a finding on it that supports or qualifies it or, where the paper has no
    finding on it, a method; intervened on, if the method is one of the interventions (tags count for papers without any
    finding only); seen by a second group, if a paper that bears it out shares no author with the first; located, if a
    position is recorded, whether stated, inferred or chosen by a score.
    """
    return catalogue.once((Evidence, head), lambda: _of_head(catalogue, head))


def _of_head(catalogue: Catalogue, head: str) -> Evidence:
    papers = catalogue.papers_of("head", head)
    said = testimony.of_head(catalogue, head)
    places = catalogue.positions_of(head)
    heads = counting.count(places)
    families = {catalogue.members[model][0].id for paper in papers for model in paper.tags.get("model", ())}
    causal = tuple(at.paper.key for at in said if at.causal)
    return Evidence(
        papers=len(papers),
        groups=_groups(papers),
        families=tuple(key for key in catalogue.entries["model"] if key in families),
        causal=len(causal),
        full=sum("full" in paper.fields.read for paper in papers),
        positions=heads.stated,
        inferred_positions=heads.inferred,
        automatic_positions=heads.automatic,
        kv_positions=heads.kv,
        causal_papers=causal,
        marks=Marks(
            named=bool(papers),
            observed=any(at.bears_out for at in said),
            intervened=bool(causal),
            second_group=_is_seen_again(catalogue, head, said),
            located=bool(places),
        ),
    )


def _is_seen_again(catalogue: Catalogue, head: str, said: Sequence[Testimony]) -> bool:
    """Tell whether somebody else than the authors of the first paper has the head type, and doesn't only dispute it."""
    if not said:
        return False
    described_in = getattr(catalogue.entries["head"][head].fields, "first_described_in", None)
    papers = {at.paper.key: at.paper for at in said}
    first = papers.get(described_in or "") or min(papers.values(), key=_first_day)
    others = (at for at in said if at.findings == () or at.bears_out)
    return any(not _authors(first) & _authors(at.paper) for at in others)


def _first_day(paper: Paper) -> tuple[str, str]:
    return str(paper.fields.preprinted or paper.published), paper.key


def _authors(paper: Paper) -> set[tuple[str, str]]:
    return {(name.given.casefold(), name.family.casefold()) for name in paper.entry.authors}


def _groups(papers: Sequence[Paper]) -> int:
    """Count the sets of papers that are connected by shared authors."""
    groups: list[set[tuple[str, str]]] = []
    for paper in papers:
        authors = _authors(paper)
        joined = [group for group in groups if group & authors]
        groups = [group for group in groups if not group & authors]
        groups.append(authors.union(*joined))
    return len(groups)
