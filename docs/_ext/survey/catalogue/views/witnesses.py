"""The evidence of a head type paper by paper, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views import testimony
from survey.catalogue.views.cards import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.schema.fields import Finding
    from survey.catalogue.views.testimony import Testimony


@dataclass(frozen=True, slots=True)
class ClaimData:
    """One thing that a paper shows of a head type."""

    says: str  #: Whether it supports, qualifies or disputes; empty where only the paper's tags are known.
    causal: bool
    result: str
    methods: tuple[Tag, ...]
    models: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class WitnessData:
    """What one paper shows of a head type."""

    key: str
    name: str  #: Authors and year.
    causal: bool  #: Whether it intervenes.
    claims: tuple[ClaimData, ...]


def witnesses(catalogue: Catalogue, head: str) -> tuple[WitnessData, ...]:
    """Return what each paper shows of a head type, the most telling first."""
    return tuple(_witness(said, catalogue) for said in testimony.of_head(catalogue, head))


def _witness(said: Testimony, catalogue: Catalogue) -> WitnessData:
    paper = said.paper
    claims = tuple(_claim(finding, catalogue) for finding in said.findings)
    if not claims:
        tags = (_tags(kind, paper.tags.get(kind, ()), catalogue) for kind in ("method", "model"))
        claims = (ClaimData("", said.causal, paper.fields.takeaway or "", *tags),)
    return WitnessData(paper.key, paper.entry.short, said.causal, claims)


def _claim(finding: Finding, catalogue: Catalogue) -> ClaimData:
    methods, models = _tags("method", finding.methods, catalogue), _tags("model", finding.models, catalogue)
    return ClaimData(finding.says, testimony.is_causal(finding, catalogue), finding.result, methods, models)


def _tags(kind: str, keys: Iterable[str], catalogue: Catalogue) -> tuple[Tag, ...]:
    known = catalogue.members if kind == "model" else catalogue.entries[kind]
    return tuple(Tag.of(kind, key, catalogue, member=True) for key in keys if key in known)
