"""Listings of papers on the page being read: what they show, and how they are grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.catalogue.records.selecting import DEFAULT_PARTS
from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.views import Citing
from survey.pages.core.nodes import folded, section
from survey.pages.listings import passages
from survey.pages.listings.light_lists import listed
from survey.translation import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from survey.catalogue.views import PaperCard, Tag
    from survey.pages.core.domain import SurveyDomain

    #: What a listing is grouped by, with the papers.
    Groups = Sequence[tuple[Tag | None, Sequence[PaperCard]]]


SEEN, _FEW = 5, 2  #: So many papers are seen at once; a few more don't need to be unfolded.
#: Papers on a page that has their summaries in it: those of a hundred are a third of what a page may weigh.
WHOLE = 100


class PaperList:
    """Makes the listings of the page being read: light nodes, which become papers when the page is written.

    What a listing shows is noted all the same, so that the page is read again when it changes.
    """

    def __init__(self, domain: SurveyDomain, document: nodes.document, *, whole: bool = True) -> None:
        """Make ready; listings that are not ``whole`` have no summaries in them.

        A script gets these when a reader unfolds one, and without it there are links to papers.
        """
        self.domain, self.document, self.whole = domain, document, whole
        self.docname = domain.env.current_document.docname

    def items(
        self,
        cards: Sequence[PaperCard],
        parts: Collection[str] = DEFAULT_PARTS,
        *,
        explored: Mapping[str, Mapping[str, str]] | None = None,
        whole: bool = True,
    ) -> nodes.container:
        """Return a listing of papers, which may be not ``whole`` in a list that is.

        For the explorer it has attributes in HTML by key (``explored``), and all summaries unfold.

        Sphinx's search leaves it out: otherwise a page with many papers would match every search for one of them.
        """
        for card in cards:
            for _part, text in card.summary:
                passages.note(text, self.domain)
            if not self.docname.startswith(f"{PAPERS}/"):
                self.domain.show(Citing(card.key))  # for reference managers
        keys = [card.key for card in cards]
        unfold, data = explored is not None, dict(explored or {})
        form: dict[str, Any] = {"parts": list(parts), "unfold": unfold, "whole": whole and self.whole}
        light = listed(keys=keys, docname=self.docname, data=data, **form)
        classes = ["survey-papers", *(["survey-explored"] if unfold else []), "no-search"]
        return nodes.container("", light, classes=classes)

    def shortened(
        self,
        cards: Sequence[PaperCard],
        parts: Collection[str] = DEFAULT_PARTS,
        *,
        leading: Sequence[str] = (),
        seen: int = SEEN,
    ) -> list[nodes.Node]:
        """Return a listing of which the first few are ``seen`` at once, and the rest unfolds.

        ``leading`` has the keys of papers that come first in a long one, whatever the order of the others.
        """
        if len(cards) <= seen + _FEW:
            return [self.items(cards, parts)]
        places = {key: place for place, key in reversed([*enumerate(leading[:seen])])}
        ordered = sorted(cards, key=lambda card: places.get(card.key, len(places)))
        rest = ordered[seen:]
        label = counted(len(rest), "{count} more paper", "{count} more papers")
        more = folded("", self.items(rest, parts, whole=False), label=label, classes=["survey-more"])
        return [self.items(ordered[:seen], parts), more]

    def groups(self, groups: Groups, parts: Collection[str]) -> list[nodes.Node]:
        """Return a section for each group, or one plain listing."""
        result: list[nodes.Node] = []
        for tag, cards in groups:
            if tag is None:
                result.append(self.items(cards, parts))
            else:
                ident = f"year-{tag.id}" if tag.kind == "year" else tag.id or f"no-{tag.kind}"
                result.append(section(self.document, tag.name, self.items(cards, parts), ident=ident))
        return result
