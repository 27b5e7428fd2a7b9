"""What a listing shows of one paper, as nodes: made when a page is written, from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.views.cards import author_list
from survey.pages.citing.openurl import openurl
from survey.pages.core.nodes import external, folded, joined, paper_item, paragraph, reference, tag_links
from survey.pages.listings import passages
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Collection

    from survey.catalogue.views import PaperCard, Text
    from survey.pages.core.domain import SurveyDomain

_MOST_AUTHORS = 4  #: The paper's own page has longer lists in full.
#: What introduces the parts of a summary.
TERMS = {"innovation": noted("Innovation"), "tasks": noted("Tasks"), "significant_result": noted("Significant result")}


class PaperItems:
    """Makes the nodes of papers in a listing on the page ``docname``."""

    def __init__(self, domain: SurveyDomain, document: nodes.document, docname: str) -> None:
        self.domain, self.document, self.docname = domain, document, docname

    def item(
        self, card: PaperCard, parts: Collection[str], *, machines: bool = True, unfold: bool = False
    ) -> paper_item:
        """Return one paper; with what reference managers look for, and with the rest of its summary to unfold."""
        item = paper_item(paper=card.key, published=card.date, classes=["survey-paper"])
        title = reference("paper", card.key, card.title, self.docname, ["survey-paper-title"])
        item += paragraph(title, classes=["survey-paper-heading"])
        if machines:
            item += openurl(self.domain.catalogue.bibliography[card.key])
        if card.takeaway and {"summary", "result"} & set(parts):
            item += paragraph(nodes.Text(card.takeaway), classes=["survey-takeaway"])
        byline: list[list[nodes.Node]] = []
        if "date" in parts:
            byline.append([nodes.inline("", card.date, classes=["survey-date"])])
        if "authors" in parts:
            byline.append([nodes.inline("", author_list(card, _MOST_AUTHORS), classes=["survey-authors"])])
            byline.append([nodes.inline("", card.venue, classes=["survey-venue"])])
        if byline:
            item += paragraph(*joined(byline, " · "), classes=["survey-byline"])
        if not (card.takeaway and {"summary", "result"} & set(parts)):
            item += self._said(card, parts)
        tags = tag_links((tag for tag in card.tags if tag.kind in {"head", "stage"}), self.docname)
        if "tags" in parts and tags is not None:
            item += tags
        elif "tags" in parts and card.background:
            item += paragraph(nodes.inline("", _("Background: names no head type")), classes=["survey-note"])
        if "links" in parts and card.links:
            links = joined([[external(label, address)] for label, address in card.links], " · ")
            item += paragraph(*links, classes=["survey-links"])
        if unfold:
            item += self._rest(card)
        elif card.takeaway and "summary" in parts and card.summary:
            item += folded("", self._summary(card), label=_("Summary"))
        return item

    def _said(self, card: PaperCard, parts: Collection[str]) -> list[nodes.Node]:
        """Return what a list says of a paper that has no takeaway."""
        if "summary" in parts:
            return [self._summary(card)]
        results = [text for part, text in card.summary if part == "significant_result"] if "result" in parts else []
        return [paragraph(*self._inline(text), classes=["survey-result"]) for text in results]

    def _rest(self, card: PaperCard) -> list[nodes.Node]:
        """Return the parts of a paper's summary that are not seen at once, to be unfolded."""
        if card.takeaway:
            label, parts = _("Summary"), tuple(TERMS)
        else:
            label, parts = _("Innovation and tasks"), ("innovation", "tasks")
        if not any(part in parts for part, _text in card.summary):
            return []
        return [folded("", self._summary(card, parts), label=label)]

    def _inline(self, text: Text) -> list[nodes.Node]:
        return passages.passage(text, self.document, self.domain, self.docname)

    def _summary(self, card: PaperCard, parts: Collection[str] = tuple(TERMS)) -> nodes.definition_list:
        summary = nodes.definition_list(classes=["survey-summary"])
        for part, text in card.summary:
            if part not in parts:
                continue
            body = paragraph(*self._inline(text))
            summary += nodes.definition_list_item("", nodes.term("", _(TERMS[part])), nodes.definition("", body))
        return summary
