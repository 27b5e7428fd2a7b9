"""What cards show: papers and cited works by key, entries by the folder of their pages and id, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.catalogue.views.cards import entry_card
from survey.catalogue.views.plain_text import plain_text, shortened
from survey.translation import counted

if TYPE_CHECKING:
    from survey.catalogue import BibEntry, Catalogue, Entry

_LENGTH = 220  #: Characters of a result: what a card has room for.
_NAMED = 3  #: Authors; a longer list ends in 'et al.'.


def cards(catalogue: Catalogue) -> dict[str, Any]:
    """Return the cards of all works of the bibliography and of all entries."""
    entries = {
        facet.folder: {
            entry.id: _entry(facet.kind, entry, catalogue) for entry in catalogue.entries.get(facet.kind, {}).values()
        }
        for facet in catalogue.layout.facets
    }
    return {"papers": {entry.key: _work(entry, catalogue) for entry in catalogue.bibliography.values()}, **entries}


def _work(entry: BibEntry, catalogue: Catalogue) -> dict[str, Any]:
    card: dict[str, Any] = {"title": entry.title, "by": _authors(entry)}
    card["at"] = ", ".join(filter(None, (entry.venue, entry.year)))
    paper = catalogue.papers.get(entry.key)
    if paper is not None:
        result = paper.summary.get("significant_result")
        if paper.fields.takeaway is not None:
            card["says"] = paper.fields.takeaway
        elif result is not None:
            card["says"] = shortened(plain_text(result.text, catalogue), _LENGTH)
        card["heads"] = list(paper.tags.get("head", ()))
    return {name: value for name, value in card.items() if value}


def _authors(entry: BibEntry) -> str:
    names = [f"{name.given} {name.family}".strip() for name in entry.authors]
    more = len(names) > _NAMED or entry.more_authors
    return ", ".join(names[:_NAMED]) + (" et al." if more else "")


def _entry(kind: str, entry: Entry, catalogue: Catalogue) -> dict[str, Any]:
    found = entry_card(entry, catalogue)
    stage = getattr(entry.fields, "stage", "")
    within = catalogue.name("stage", stage) if kind == "head" and stage else ""
    papers = counted(found.papers, "{count} paper", "{count} papers")
    says = shortened(plain_text(found.lead.markdown, catalogue), _LENGTH) if found.lead is not None else ""
    card = {"title": entry.name, "by": " · ".join(filter(None, (within, papers))), "says": says}
    return card | ({"at": f"{found.marks.row} {found.marks.words}"} if found.marks is not None else {})
