"""Listings of a facet's entries, and the tree of head types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.figures.looks import shade_class
from survey.pages.core.nodes import folded, paragraph, reference, section
from survey.pages.listings import meters, passages
from survey.translation import _, counted, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import CategoryView, EntryCard, Tag
    from survey.pages.core.domain import SurveyDomain


#: What the axes are called in a listing.
_SIDES = {"reads": noted("Reads"), "writes": noted("Writes")}


def entry_list(
    cards: Sequence[EntryCard], document: nodes.document, domain: SurveyDomain, *, brief: bool
) -> nodes.Element:
    """Return entries as a list of links with the number of papers and, unless ``brief``, their first sentence."""
    docname = domain.env.current_document.docname
    if brief:
        listing = nodes.bullet_list(classes=["survey-entries", "survey-entries-brief"])
        for card in cards:
            link = reference(card.tag.kind, card.tag.id, card.tag.name, docname)
            count = nodes.inline("", f"({card.papers})", classes=["survey-count"])
            marks = [nodes.Text(" "), meters.meter_of(card.marks)] if card.marks is not None else []
            line = paragraph(link, nodes.Text(" "), count, *marks)
            listing += nodes.list_item("", line, classes=meters.looks(card))
        return listing
    definitions = nodes.definition_list(classes=["survey-entries", "no-search"])
    for card in cards:
        link = reference(card.tag.kind, card.tag.id, card.tag.name, docname)
        papers = counted(card.papers, "{count} paper", "{count} papers")
        count = nodes.inline("", papers, classes=["survey-count"])
        term = nodes.term("", "", link, nodes.Text(" "), count, *meters.noted(card), classes=meters.looks(card))
        body = passages.inline(card.lead, document, domain) if card.lead is not None else []
        definition = nodes.definition("", paragraph(*body))
        if kinds := [f"{_(_SIDES[axis])}: {', '.join(names)}" for axis, names in card.kinds if names]:
            definition += paragraph(nodes.Text(" · ".join(kinds)), classes=["survey-kinds"])
        definitions += nodes.definition_list_item("", term, definition)
    return definitions


_SEEN, _FEW = 4, 2  #: So many head types of a category are seen at once; a few more don't need to be unfolded.


def _folding(
    heads: Sequence[EntryCard], document: nodes.document, domain: SurveyDomain, seen: int
) -> list[nodes.Element]:
    """Return head types with a sentence each: those of most papers, and the others to unfold."""
    if len(heads) <= seen + _FEW:
        return [entry_list(heads, document, domain, brief=False)]
    known = sorted(heads, key=lambda card: -card.papers)[:seen]
    rest = [card for card in heads if card not in known]
    label = counted(len(rest), "{count} more head type", "{count} more head types")
    if not known:
        label = counted(len(rest), "{count} head type", "{count} head types")
    more = folded("", entry_list(rest, document, domain, brief=False), label=label, classes=["survey-more"])
    first = [entry_list([card for card in heads if card in known], document, domain, brief=False)] if known else []
    return [*first, more]


def categories(
    found: Sequence[CategoryView],
    document: nodes.document,
    domain: SurveyDomain,
    *,
    sections: bool = True,
    seen: int = _SEEN,
) -> list[nodes.Element]:
    """Return a stage's categories with their head types: in sections with what each does, or by name alone.

    Of the head types in a section, ``seen`` are seen before the others are unfolded.
    """
    result: list[nodes.Element] = []
    for category in found:
        definition = paragraph(nodes.Text(category.definition), classes=["survey-definition"])
        if sections:
            listing = _folding(category.heads, document, domain, seen)
            result.append(section(document, category.name, definition, *listing, ident=category.id))
        else:
            brief_list = entry_list(category.heads, document, domain, brief=True)
            name = paragraph(nodes.strong("", category.name), classes=["survey-category-name"])
            result.append(nodes.container("", name, brief_list, classes=["survey-category"]))
    return result


def taxonomy(
    stages: Sequence[tuple[Tag, Sequence[CategoryView]]], document: nodes.document, domain: SurveyDomain, *, brief: bool
) -> list[nodes.Node]:
    """Return the tree of stages, categories and head types."""
    docname = domain.env.current_document.docname
    if not brief:
        return [
            section(
                document,
                stage.name,
                paragraph(reference("stage", stage.id, _("About the stage {name}").format(name=stage.name), docname)),
                *categories(found, document, domain),
                ident=stage.id,
            )
            for stage, found in stages
        ]
    grid = nodes.container(classes=["survey-taxonomy"])
    for stage, found in stages:
        title = paragraph(reference("stage", stage.id, stage.name, docname), classes=["survey-stage-name"])
        card = nodes.container("", title, classes=["survey-stage", shade_class(stage.shade)])
        card += nodes.container("", *categories(found, document, domain, sections=False), classes=["survey-categories"])
        grid += card
    return [grid]
