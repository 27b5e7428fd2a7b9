"""What a listing shows of one paper, as nodes: made when a page is written, from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.views.cards import author_list
from survey.pages.citing.openurl import openurl
from survey.pages.core.nodes import external, folded, joined, paper_item, paragraph, reference, tag_links
from survey.pages.listings import passages
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from survey.catalogue.views import PaperCard, Text
    from survey.pages.core.domain import SurveyDomain

_MOST_AUTHORS = 4  #: The paper's own page has longer lists in full.


class PaperItems:
    """Makes the nodes of papers in a listing on the page ``docname``."""

    def __init__(self, domain: SurveyDomain, document: nodes.document, docname: str, *, later: bool = False) -> None:
        """Make ready; with ``later``, what unfolds is a link to the paper, in whose place a script puts the summary."""
        self.domain, self.document, self.docname, self.later = domain, document, docname, later

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
        if card.takeaway and card.summary and (unfold or "summary" in parts):
            item += self._folded(card)
        elif unfold:
            item += self._rest(card)
        return item

    def summary(self, card: PaperCard) -> nodes.definition_list:
        """Return a paper's summary, with a term for each part."""
        return self._summary(card, tuple(TERMS))

    def _folded(self, card: PaperCard) -> folded:
        """Return the summary of a paper whose takeaway is seen, to be unfolded."""
        if not self.later:
            return folded("", self.summary(card), label=_("Summary"))
        link = reference("paper", card.key, _("On the paper's page"), self.docname)
        return folded("", paragraph(link), label=_("Summary"), classes=["survey-later"])

    def _said(self, card: PaperCard, parts: Collection[str]) -> list[nodes.Node]:
        """Return what a list says of a paper that has no takeaway."""
        if "summary" in parts:
            return [self.summary(card)]
        results = [text for part, text in card.summary if part == "significant_result"] if "result" in parts else []
        return [paragraph(*self._inline(text), classes=["survey-result"]) for text in results]

    def _rest(self, card: PaperCard) -> list[nodes.Node]:
        """Return the parts of a summary that are not seen at once, of a paper without a takeaway."""
        parts = ("innovation", "tasks")
        if not any(part in parts for part, _text in card.summary):
            return []
        return [folded("", self._summary(card, parts), label=_("Innovation and tasks"))]

    def _inline(self, text: Text) -> list[nodes.Node]:
        return passages.passage(text, self.document, self.domain, self.docname)

    def _summary(self, card: PaperCard, parts: Collection[str]) -> nodes.definition_list:
        summary = nodes.definition_list(classes=["survey-summary"])
        for part, text in card.summary:
            if part not in parts:
                continue
            body = paragraph(*self._inline(text))
            summary += nodes.definition_list_item("", nodes.term("", _(TERMS[part])), nodes.definition("", body))
        return summary
