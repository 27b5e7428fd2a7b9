"""What each paper contributes to the evidence of a head type: its findings, or else the tags of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry, Paper
    from survey.catalogue.schema.fields import Finding

#: The group of methods that change the model's computation and watch the effect: causal tests. The article that this
#: taxonomy of methods comes from calls them modeling-free.
INTERVENTIONS = "modeling-free"


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one paper says of one head type."""

    paper: Paper
    #: On this head type, the telling ones first; none where only the paper's tags are known.
    findings: tuple[Finding, ...]
    causal: bool  #: Whether heads of this type were changed, and the effect watched.

    @property
    def disputes(self) -> bool:
        """Whether anything in it speaks against the type."""
        return any(finding.says == "disputes" for finding in self.findings)

    @property
    def bears_out(self) -> bool:
        """Whether it shows something of the type, and not only that the type is not what it is said to be."""
        if self.findings:
            return any(finding.says != "disputes" for finding in self.findings)
        return bool(self.paper.tags.get("method"))


def of_head(catalogue: Catalogue, head: str) -> tuple[Testimony, ...]:
    """Return what the papers of a head type say of it, the most telling first.

    Disputes come first, then what was tested by intervention, then what was observed, and last the papers of which only
    the tags are known; among equals the newest.
    """
    return catalogue.once((Testimony, head), lambda: _of_head(catalogue, head))


def _of_head(catalogue: Catalogue, head: str) -> tuple[Testimony, ...]:
    found = [_of_paper(paper, head, catalogue) for paper in catalogue.papers_of("head", head)]
    return tuple(sorted(found, key=lambda at: (not at.findings, not at.disputes, not at.causal)))


def _of_paper(paper: Paper, head: str, catalogue: Catalogue) -> Testimony:
    mine = [finding for finding in paper.fields.findings if finding.head == head]
    findings = tuple(sorted(mine, key=lambda at: (at.says != "disputes", not is_causal(at, catalogue))))
    if findings:
        return Testimony(paper, findings, any(is_causal(finding, catalogue) for finding in findings))
    # Tags are the whole paper's: where it has findings, on other types, its interventions may have been on those.
    causal = not paper.fields.findings and _intervenes(paper.tags.get("method", ()), catalogue)
    return Testimony(paper, (), causal)


def is_causal(finding: Finding, catalogue: Catalogue) -> bool:
    """Tell whether a finding comes from an intervention, by its methods or by its own word."""
    return finding.causal or _intervenes(finding.methods, catalogue)


def is_intervention(method: Entry) -> bool:
    """Tell whether a method changes what the model computes: a causal test."""
    return getattr(method.fields, "group", None) == INTERVENTIONS


def _intervenes(methods: Iterable[str], catalogue: Catalogue) -> bool:
    """Tell whether any of these methods changes the model's computation."""
    entries = catalogue.entries.get("method", {})
    return any(is_intervention(entries[method]) for method in methods if method in entries)
