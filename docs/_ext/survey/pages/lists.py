"""Listings of papers: what each shows of a paper, and how they are grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.facets import PAPERS
from survey.catalogue.views.cards import DEFAULT_PARTS
from survey.pages import markdown
from survey.pages.metadata import openurl
from survey.pages.nodes import external, folded, joined, paper_item, paragraph, reference, section, tag_links
from survey.words import _, noted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from survey.catalogue.views import PaperCard, Tag
    from survey.pages.domain import SurveyDomain

#: What introduces the parts of a summary.
TERMS = {"innovation": noted("Innovation"), "tasks": noted("Tasks"), "significant_result": noted("Significant result")}


class PaperList:
    """Makes the nodes of listings on the page being read."""

    def __init__(self, domain: SurveyDomain, document: nodes.document) -> None:
        self.domain, self.document = domain, document
        self.docname = domain.env.current_document.docname

    def items(self, cards: Sequence[PaperCard], parts: Collection[str] = DEFAULT_PARTS) -> nodes.container:
        """Return a listing of papers.

        Sphinx's search leaves it out: otherwise a page with many papers would match every search for one of them.
        """
        listing = nodes.container(classes=["survey-papers", "no-search"])
        listing += [self.item(card, parts) for card in cards]
        return listing

    def groups(
        self, groups: Sequence[tuple[Tag | None, Sequence[PaperCard]]], parts: Collection[str]
    ) -> list[nodes.Node]:
        """Return a section for each group, or one plain listing."""
        result: list[nodes.Node] = []
        for tag, cards in groups:
            if tag is None:
                result.append(self.items(cards, parts))
            else:
                ident = f"year-{tag.id}" if tag.kind == "year" else tag.id or f"no-{tag.kind}"
                result.append(section(self.document, tag.name, self.items(cards, parts), ident=ident))
        return result

    def item(self, card: PaperCard, parts: Collection[str]) -> paper_item:
        """Return one paper."""
        item = paper_item(paper=card.key, published=card.date, classes=["survey-paper"])
        title = reference("paper", card.key, card.title, self.docname, ["survey-paper-title"])
        item += paragraph(title, classes=["survey-paper-heading"])
        if not self.docname.startswith(f"{PAPERS}/"):  # there, reference managers shall find the paper alone
            item += openurl(card.key, self.domain)
        byline: list[list[nodes.Node]] = []
        if "date" in parts:
            byline.append([nodes.inline("", card.date, classes=["survey-date"])])
        if "authors" in parts:
            byline.append([nodes.inline("", _abridged(card.authors), classes=["survey-authors"])])
            byline.append([nodes.inline("", card.venue, classes=["survey-venue"])])
        if byline:
            item += paragraph(*joined(byline, " · "), classes=["survey-byline"])
        if card.takeaway and {"summary", "result"} & set(parts):
            item += paragraph(nodes.Text(card.takeaway), classes=["survey-takeaway"])
            if "summary" in parts and card.summary:
                item += folded("", self._summary(card), label=_("Summary"))
        elif "summary" in parts:
            item += self._summary(card)
        elif "result" in parts:
            item += [
                paragraph(*markdown.inline(text, self.document, self.domain), classes=["survey-result"])
                for part, text in card.summary
                if part == "significant_result"
            ]
        tags = tag_links((tag for tag in card.tags if tag.kind in {"head", "stage"}), self.docname)
        if "tags" in parts and tags is not None:
            item += tags
        elif "tags" in parts and card.background:
            item += paragraph(nodes.inline("", _("Background: names no head type")), classes=["survey-note"])
        if "links" in parts and card.links:
            links = joined([[external(label, address)] for label, address in card.links], " · ")
            item += paragraph(*links, classes=["survey-links"])
        return item

    def folded(self, card: PaperCard, label: str, parts: Collection[str]) -> list[nodes.Node]:
        """Return parts of a paper's summary to be unfolded, or nothing if it has none of them."""
        if not any(part in parts for part, _text in card.summary):
            return []
        return [folded("", self._summary(card, parts), label=label)]

    def _summary(self, card: PaperCard, parts: Collection[str] = tuple(TERMS)) -> nodes.definition_list:
        summary = nodes.definition_list(classes=["survey-summary"])
        for part, text in card.summary:
            if part not in parts:
                continue
            body = paragraph(*markdown.inline(text, self.document, self.domain))
            summary += nodes.definition_list_item("", nodes.term("", _(TERMS[part])), nodes.definition("", body))
        return summary


def _abridged(authors: str, most: int = 8) -> str:
    """Shorten a long list of authors; the paper's own page has it in full."""
    names = authors.split(", ")
    return authors if len(names) <= most else f"{', '.join(names[: most - 2])}, … {names[-1]}"
