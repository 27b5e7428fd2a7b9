"""The evidence of a head type on its page: a line for each paper, what it did and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.pages.core.nodes import folded, joined, paragraph, reference, worded
from survey.translation import _, counted, noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views.cards import Tag
    from survey.catalogue.views.witnesses import ClaimData, WitnessData

_OPEN = 6  #: So many papers are seen at once; disputes are always among them, since they come first.
_MODELS = 3  #: So many models of a claim are named; the paper's page has them all.
_LINKED = 4  #: So many papers are named at a glance.
#: What a claim does to what the head's page says; the last stands for tags, which make no claim.
_SAYS = {
    "supports": noted("supports"),
    "qualifies": noted("qualifies"),
    "disputes": noted("disputes"),
    "": noted("no finding on it recorded"),
}


def evidence_list(witnesses: Sequence[WitnessData], docname: str) -> Iterator[nodes.Node]:
    """Yield the papers as a list, those beyond the first few to unfold."""
    said = _("The most telling first; where no finding on it is recorded, methods and models are the whole paper's.")
    yield paragraph(nodes.Text(said), classes=["survey-note", "no-search"])
    yield _items(witnesses[:_OPEN], docname)
    if rest := witnesses[_OPEN:]:
        label = counted(len(rest), "{count} more paper", "{count} more papers")
        yield folded("", _items(rest, docname), label=label, classes=["survey-more"])


def tested_in(witnesses: Sequence[WitnessData], docname: str) -> list[nodes.Node]:
    """Return who intervened on a head type, with links; nothing if nobody has."""
    causal = [at for at in witnesses if at.causal]
    links = joined([[reference("paper", at.key, at.name, docname)] for at in causal[:_LINKED]])
    return links + _more(len(causal) - _LINKED)


def _items(witnesses: Sequence[WitnessData], docname: str) -> nodes.bullet_list:
    listing = nodes.bullet_list(classes=["survey-evidence", "no-search"])
    for witness in witnesses:
        link = reference("paper", witness.key, witness.name, docname)
        first, *more = (_claim(claim, docname) for claim in witness.claims)
        lines = [paragraph(link, nodes.Text(" "), *first), *(paragraph(*claim) for claim in more)]
        listing += nodes.list_item("", *lines)
    return listing


def _claim(claim: ClaimData, docname: str) -> list[nodes.Node]:
    """Return a claim as a line: what it does, the result, and by which methods on which models it was found."""
    said = _(_SAYS[claim.says])
    words = _("{says}, by intervention").format(says=said) if claim.causal and claim.says else said
    verdict = nodes.inline("", words, classes=["survey-says", f"survey-says-{claim.says or 'none'}"])
    found = joined(
        [run for run in (_links(claim.methods, docname), _links(claim.models, docname, _MODELS)) if run], "; "
    )
    rest: list[nodes.Node] = [nodes.Text(f" {claim.result}")] if claim.result else []
    if found:
        rest.append(nodes.inline("", "", *worded(_(" ({how})"), how=found), classes=["survey-how"]))
    return [verdict, *rest]


def _links(tags: Sequence[Tag], docname: str, most: int | None = None) -> list[nodes.Node]:
    shown = tags[:most]
    links = joined([[reference(tag.kind, tag.id, tag.name, docname, member=tag.member)] for tag in shown])
    return links + _more(len(tags) - len(shown))


def _more(count: int) -> list[nodes.Node]:
    """Return what ends a list of links that leaves some out."""
    return [nodes.Text(", "), nodes.Text(_("{count} more").format(count=count))] if count > 0 else []
