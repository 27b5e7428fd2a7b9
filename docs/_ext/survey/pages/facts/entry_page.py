"""What is added to the page of any other entry: a stage's head types, a family's members, and the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.records.selecting import SHORT_PARTS
from survey.catalogue.views import EntryPage, Taxonomy
from survey.catalogue.views.aliases import member_aliases
from survey.catalogue.views.model_heads import ModelHeads
from survey.pages.core.nodes import facts, folded, heads_link, section
from survey.pages.facts import model_page
from survey.pages.figures.position_tables import heads_in_words
from survey.pages.listings.entry_lists import categories
from survey.pages.listings.explore import link_to_explorer
from survey.pages.listings.paper_lists import SEEN, PaperList
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.records.modelheads import Home
    from survey.catalogue.views import EntryData, MemberData
    from survey.pages.core.domain import SurveyDomain

    #: A label with what it says.
    Row = tuple[str, Sequence[nodes.Node]]

_AFTER_A_CHAPTER = 3  #: Papers in sight where they follow a text that cites them.


def complete(kind: str, key: str, document: nodes.document, top: nodes.section, domain: SurveyDomain) -> None:
    """Add to the page of the entry ``key`` of a facet; ``top`` is the section of its title."""
    data: EntryData | None = domain.show(EntryPage(kind, key))
    if data is None:  # reported by the catalogue's checks
        return
    rows = [(label, [nodes.Text(value)]) for label, value in data.facts]
    if data.aliases:
        rows.append((_("Also called"), [nodes.Text(", ".join(data.aliases))]))
    if rows:
        top.insert(1, facts(rows))
    for _stage, found in domain.show(Taxonomy(key)) if kind == "stage" else ():
        types = section(document, _("Head types by category"), ident="heads")
        top += types
        types += categories(found, document, domain, seen=0)
    _free_anchors(top, document, {member.member.id for member in data.members})
    for member in data.members:
        top += _member(member, document, domain)
    if data.papers:
        seen = _AFTER_A_CHAPTER if kind == "stage" else SEEN
        listing = PaperList(domain, document).shortened(data.papers, SHORT_PARTS, seen=seen)
        top += section(document, _("Papers"), link_to_explorer(kind, key), *listing, ident="papers")


def _free_anchors(top: nodes.section, document: nodes.document, taken: set[str]) -> None:
    """Take from headings the anchors that members have: ``#bert`` is the model BERT, not the page of its family."""
    for part in top.findall(nodes.section):
        part["ids"] = [f"family-{ident}" if ident in taken else ident for ident in part["ids"]]
    for ident in taken:
        document.ids.pop(ident, None)


def _member(data: MemberData, document: nodes.document, domain: SurveyDomain) -> nodes.section:
    docname = domain.env.current_document.docname
    seen, rest = _rows(data, docname)
    part = section(document, data.member.name, facts(seen), ident=data.member.id)
    is_here = data.home is not None and not data.home.own
    heads = domain.show(ModelHeads(data.member.id)) if is_here else None
    if heads is not None:
        part += model_page.shown(heads, document, domain)
    more: list[nodes.Node] = [facts(rest)] if rest else []
    if data.papers:
        more.append(PaperList(domain, document).items(data.papers, ("date",)))
    if more:
        part.append(folded("", *more, label=_("Names, sizes and papers")))
    return part


def _rows(data: MemberData, docname: str) -> tuple[list[Row], list[Row]]:
    """Return what is seen of a member, and what unfolds."""
    member = data.member
    seen = _said(
        (_("Layers"), member.layers),
        (_("Heads per layer"), member.heads),
        (_("Papers"), len(data.papers)),
    )
    if data.home is not None:
        seen.append((_("Known heads"), [_known_heads(data, data.home, docname)]))
    rest = _said(
        (_("Parameters"), member.parameters),
        (_("Key-value heads per layer"), member.kv_heads),
        (_("On the Hugging Face hub"), member.huggingface),
        (_("In TransformerLens"), member.transformer_lens),
        (_("Also called"), ", ".join(member_aliases(member))),
    )
    return seen, rest


def _said(*rows: tuple[str, object]) -> list[Row]:
    return [(label, [nodes.Text(str(value))]) for label, value in rows if value]


def _known_heads(data: MemberData, home: Home, docname: str) -> nodes.Node:
    """Return how many heads are known, which on most pages leads to them."""
    text = heads_in_words(data.heads)
    return heads_link(home, text, docname) if home.own else nodes.Text(text)
