"""Listings of a facet's entries, and the tree of head types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.pages.core.nodes import paragraph, reference, section
from survey.pages.listings import meters, passages
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import CategoryView, EntryCard, Tag
    from survey.pages.core.domain import SurveyDomain


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
        definitions += nodes.definition_list_item("", term, nodes.definition("", paragraph(*body)))
    return definitions


def categories(
    found: Sequence[CategoryView], document: nodes.document, domain: SurveyDomain, *, brief: bool, sections: bool = True
) -> list[nodes.Node]:
    """Return a stage's categories with their head types."""
    result: list[nodes.Node] = []
    for category in found:
        definition = paragraph(nodes.Text(category.definition), classes=["survey-definition"])
        listing = entry_list(category.heads, document, domain, brief=brief)
        if sections:
            result.append(section(document, category.name, definition, listing, ident=category.id))
        else:
            name = paragraph(nodes.strong("", category.name), classes=["survey-category-name"])
            result.append(nodes.container("", name, listing, classes=["survey-category"]))
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
                *categories(found, document, domain, brief=False),
                ident=stage.id,
            )
            for stage, found in stages
        ]
    grid = nodes.container(classes=["survey-taxonomy"])
    for stage, found in stages:
        title = paragraph(reference("stage", stage.id, stage.name, docname), classes=["survey-stage-name"])
        card = nodes.container("", title, classes=["survey-stage", f"survey-shade-{stage.shade}"])
        card += nodes.container(
            "", *categories(found, document, domain, brief=True, sections=False), classes=["survey-categories"]
        )
        grid += card
    return [grid]
