"""What is known of a model's heads: the grid, a card for each named head, and what detectors have chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.records.modelheads import KIND
from survey.catalogue.views.model_heads import ModelHeads
from survey.exports.modelheads import address_of
from survey.figures import atlas
from survey.figures.svg import element
from survey.pages.core.nodes import file_link, paragraph, reference, section, worded
from survey.pages.facts.head_cards import card_sections, scan_layer
from survey.pages.figures.drawings import drawn, figure
from survey.pages.figures.position_tables import surveyed_papers
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.views.model_heads import ModelHeadsData
    from survey.figures.svg import Element
    from survey.pages.core.domain import SurveyDomain

#: The class by which the page's script knows what it is about.
HEADS = "survey-heads"


def complete(model: str, document: nodes.document, domain: SurveyDomain) -> None:
    """Fill the page about the heads of a model, which has no text of its own."""
    data: ModelHeadsData | None = domain.show(ModelHeads(model))
    if data is None:  # then the page isn't made
        return
    title = _("Heads of {model}").format(model=data.tag.name)
    top = section(document, title, ident=model)
    top["classes"] += ["survey-page", "survey-heads-page"]
    top += paragraph(*_about(data, domain))
    top += shown(data, document, domain)
    document += top


def shown(data: ModelHeadsData, document: nodes.document, domain: SurveyDomain) -> Iterator[nodes.Node]:
    """Yield what is known of a model's heads, for its own page or for that of a family with the same id."""
    yield paragraph(nodes.Text(_how_to_read(data)), classes=["no-search"])
    drawings = atlas.grid(data.grid)
    box = nodes.container("", drawn(parts=(_status(data),)), classes=[HEADS])
    if drawings:
        box += figure([atlas.explanation(data.stages), *drawings], classes=["survey-atlas-figure"])
    yield box
    if data.cards:
        yield section(document, _("Named heads"), *card_sections(data.cards, document, domain), ident="named")
    if data.scans:
        yield section(document, _("Chosen by detectors"), *scan_layer(data, domain), ident="detected")


def _status(data: ModelHeadsData) -> Element:
    """Return where the page's script says what is known of a head without a card."""
    return element(
        "p",
        role="status",
        class_="survey-head-status",
        data_model=data.tag.name,
        data_layers=data.member.layers,
        data_heads=data.member.heads,
        data_prefix=data.home.prefix,
    )


def _about(data: ModelHeadsData, domain: SurveyDomain) -> list[nodes.Node]:
    docname = domain.env.current_document.docname
    more = _("More about {model}").format(model=data.tag.name)
    return worded(
        "{known} {link} · {file}",
        known=_known(data),
        link=reference(KIND, data.tag.id, more, docname, member=True),
        file=file_link("", "", nodes.Text(_("the same as JSON")), address=address_of(data.tag.id)),
    )


def _known(data: ModelHeadsData) -> str:
    """Say how much is known: of how many heads, by how many papers."""
    member = data.member
    heads = counted(len(data.cards), "{count} head", "{count} heads")
    if member.layers is not None and member.heads is not None:
        heads = _("{named} of {all} heads").format(named=len(data.cards), all=f"{member.layers * member.heads:,}")
    if not data.cards:
        papers = surveyed_papers(len({scan.source.paper for scan in data.scans} - {None}))
        return _("No head of this model has been named yet; {papers} chose some by a detector.").format(papers=papers)
    roles = counted(len(_named_roles(data)), "{count} role", "{count} roles")
    return _("{heads} named, in {roles}, by {papers}.").format(
        heads=heads, roles=roles, papers=surveyed_papers(data.grid.papers)
    )


def _named_roles(data: ModelHeadsData) -> set[str]:
    return {role.name for card in data.cards for role in card.roles if not role.automatic}


def _how_to_read(data: ModelHeadsData) -> str:
    """Say how heads are counted and addressed, and what it means that one isn't there."""
    words = [_("Layers and heads are counted from 0.")]
    member = data.member
    if member.kv_heads is not None and member.heads is not None and member.kv_heads < member.heads:
        words.append(
            _(
                "The {heads} query heads of a layer share {kv} key–value heads; positions are those of query heads."
            ).format(heads=member.heads, kv=member.kv_heads)
        )
    words.append(_("An address that ends in a head, as #9.6, #L9H6 or #a9.h6, leads to what is known of it here."))
    words.append(_("No source in this survey names a head that has no card."))
    return " ".join(words)
