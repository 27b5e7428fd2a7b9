"""What is added to the page of any other entry: a stage's head types, a family's members, and the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.records.selecting import SHORT_PARTS
from survey.catalogue.views import EntryPage, Taxonomy
from survey.catalogue.views.atlas import Atlas
from survey.pages.core.nodes import facts, folded, section
from survey.pages.figures.atlas_figure import grid_figure
from survey.pages.figures.position_tables import heads_in_words, place_table
from survey.pages.listings.entry_lists import categories
from survey.pages.listings.explore import link_to_explorer
from survey.pages.listings.paper_lists import PaperList
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from survey.catalogue.views import EntryData, MemberData
    from survey.catalogue.views.atlas import AtlasData
    from survey.pages.core.domain import SurveyDomain


_FEW = 2  #: So many papers of a member are seen without unfolding.


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
        types += categories(found, document, domain)
    _free_anchors(top, document, {member.member.id for member in data.members})
    grids = _grids(key, domain) if data.members else {}
    for member in data.members:
        top += _member(member, grids, document, domain)
    if data.papers:
        listing = PaperList(domain, document).shortened(data.papers, SHORT_PARTS)
        top += section(document, _("Papers"), link_to_explorer(kind, key), *listing, ident="papers")


def _free_anchors(top: nodes.section, document: nodes.document, taken: set[str]) -> None:
    """Take from headings the anchors that members have: ``#bert`` is the model BERT, not the page of its family."""
    for part in top.findall(nodes.section):
        part["ids"] = [f"family-{ident}" if ident in taken else ident for ident in part["ids"]]
    for ident in taken:
        document.ids.pop(ident, None)


def _grids(family: str, domain: SurveyDomain) -> dict[str, list[nodes.Node]]:
    """Return the grids of a family's members, by id."""
    docname = domain.env.current_document.docname
    data: AtlasData = domain.show(Atlas(family))
    return {grid.tag.id: grid_figure(grid, data.stages, docname) for grid in data.grids}


def _member(
    data: MemberData, grids: Mapping[str, list[nodes.Node]], document: nodes.document, domain: SurveyDomain
) -> nodes.section:
    docname = domain.env.current_document.docname
    children: list[nodes.Node] = [facts(_rows(data)), *grids.get(data.member.id, ())]
    if data.places:
        children.append(place_table(data.places, data.place_names, docname, ("role", "positions", "source")))
    if data.papers:
        listing = PaperList(domain, document).items(data.papers, ("date",))
        label = counted(len(data.papers), "{count} paper", "{count} papers")
        children.append(folded("", listing, label=label) if len(data.papers) > _FEW else listing)
    return section(document, data.member.name, *children, ident=data.member.id)


def _rows(data: MemberData) -> Iterator[tuple[str, Sequence[nodes.Node]]]:
    member = data.member
    for label, value in (
        (_("Parameters"), member.parameters),
        (_("Layers"), member.layers),
        (_("Heads per layer"), member.heads),
        (_("Key-value heads per layer"), member.kv_heads),
        (_("On the Hugging Face hub"), member.huggingface),
        (_("In TransformerLens"), member.transformer_lens),
        (_("Also called"), ", ".join(member.aliases)),
        (_("Papers"), len(data.papers)),
        (_("Known heads"), heads_in_words(data.heads)),
    ):
        if value:
            yield label, [nodes.Text(str(value))]
