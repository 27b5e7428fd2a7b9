"""What is added to a paper's page: who and where above its text; positions, references and neighbours below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.markup.summary_terms import TERMS, part_of
from survey.catalogue.records.selecting import SHORT_PARTS
from survey.catalogue.views import PaperPage
from survey.catalogue.views.cards import DEPTHS, author_list
from survey.pages.citing.backlinks import cited_on, entry_link
from survey.pages.citing.badge import badge_box
from survey.pages.citing.cite_box import cite_box
from survey.pages.citing.cite_forms import Cite
from survey.pages.core.nodes import (
    external,
    facts,
    joined,
    paragraph,
    reference,
    section,
    separator,
    table,
    tag_link,
    worded,
)
from survey.pages.figures.position_tables import place_tables
from survey.pages.listings.paper_lists import PaperList
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views import PaperData, Tag
    from survey.catalogue.views.facts import FindingData, RelationData
    from survey.pages.core.domain import SurveyDomain


def complete(key: str, document: nodes.document, top: nodes.section, domain: SurveyDomain) -> None:
    """Add to the page of the paper ``key``; ``top`` is the section of its title."""
    data: PaperData | None = domain.show(PaperPage(key))
    if data is None:  # reported by the catalogue's checks
        return
    docname = domain.env.current_document.docname
    _say_terms(top)
    top.insert(1, _header(data, docname))
    if data.places:
        columns = ("model", "role", "positions", "source", "paper")
        places = place_tables(data.places, data.place_names, docname, columns)
        note = paragraph(nodes.Text(_("Layers and heads are counted from 0.")))
        top += section(document, _("Head positions"), note, *places, ident="positions")
    if data.findings:
        top += section(document, _("What it shows"), _findings(data.findings, docname), ident="findings")
    if data.relations:
        top += section(document, _("Relation to other work"), _relations(data.relations, docname), ident="relations")
    forms = domain.show(Cite(key))
    if forms is not None:
        top += section(
            document, _("Cite this paper"), *cite_box(forms), entry_link(paper=key), badge_box(), ident="cite"
        )
    top += section(document, _("Where the survey cites it"), cited_on(key), ident="cited-on")
    if data.related:
        listing = PaperList(domain, document).items(data.related, SHORT_PARTS)
        top += section(document, _("Related papers"), listing, ident="related")
    if data.newer or data.older:
        top += _neighbours(data, docname)


def _say_terms(top: nodes.section) -> None:
    """Say what introduces the parts of the summary in the language of the page; files have it in English."""
    for term in top.findall(nodes.term):
        part = part_of(term.astext())
        if part is not None and _(TERMS[part]) != TERMS[part]:
            term[:] = [nodes.Text(_(TERMS[part]))]


def _header(data: PaperData, docname: str) -> nodes.container:
    header = nodes.container(classes=["survey-header"])
    header += paragraph(nodes.Text(author_list(data.card)), classes=["survey-authors"])
    dates = _("published {date}")
    if data.preprinted is not None:
        dates = _("published {date}, first public version {preprinted}")
    dates = dates.format(date=data.card.date_words, preprinted=data.preprinted)
    why = f" ({data.date_note})" if data.date_note else ""
    header += paragraph(nodes.Text(f"{data.card.venue} · {dates}{why}"), classes=["survey-byline"])
    if data.card.links:
        links = joined([[external(label, address)] for label, address in data.card.links], " · ")
        header += paragraph(*links, classes=["survey-links"])
    if data.card.takeaway:
        header += paragraph(nodes.Text(data.card.takeaway), classes=["survey-takeaway"])
    rows = list(_tags(data, docname))
    if data.models_note:
        rows.append((_("Models"), [nodes.Text(data.models_note)]))
    if data.tasks:
        rows.append((_("Tasks"), [nodes.Text("; ".join(data.tasks))]))
    if data.card.background:
        rows.append((_("Scope"), [nodes.Text(_("background: the paper names no head type of its own"))]))
    if data.card.read:
        rows.append((_("This page rests on"), [nodes.Text(", ".join(_(DEPTHS[depth]) for depth in data.card.read))]))
    if data.added is not None:
        rows.append((_("In the survey since"), [nodes.Text(data.added)]))
    header += facts(rows)
    return header


#: What each kind of relation is called, seen from this paper and from the other one.
_RELATIONS = {
    "extends": (noted("Extends {work}"), noted("Extended by {work}")),
    "replicates": (noted("Replicates {work}"), noted("Replicated by {work}")),
    "disputes": (noted("Disputes {work}"), noted("Disputed by {work}")),
    "qualifies": (noted("Qualifies {work}"), noted("Qualified by {work}")),
    "uses": (noted("Uses {work}"), noted("Used by {work}")),
}
SAYS = {"supports": noted("supports"), "qualifies": noted("qualifies"), "disputes": noted("disputes")}


def _relations(relations: Sequence[RelationData], docname: str) -> nodes.bullet_list:
    items = nodes.bullet_list(classes=["survey-relations"])
    for relation in relations:
        link = reference("paper", relation.key, relation.name, docname)
        run = worded(_(_RELATIONS[relation.kind][relation.back]), work=link)
        if relation.about:
            run.append(nodes.Text(f": {relation.about}"))
        items += nodes.list_item("", paragraph(*run))
    return items


def _findings(findings: Sequence[FindingData], docname: str) -> nodes.table:
    def links(tags: Sequence[Tag]) -> list[nodes.Node]:
        return joined([[reference(tag.kind, tag.id, tag.name, docname, member=tag.member)] for tag in tags])

    rows = [
        (
            [reference("head", finding.head.id, finding.head.name, docname)],
            [nodes.Text(finding.result)],
            [nodes.Text(_(SAYS[finding.says]))],
            links(finding.methods),
            links(finding.models),
        )
        for finding in findings
    ]
    headings = (_("Head"), _("Result"), _("Says"), _("Methods"), _("Models"))
    return table(headings, rows, classes=["survey-findings"])


def _tags(data: PaperData, docname: str) -> Iterator[tuple[str, list[nodes.Node]]]:
    """Yield a row for each kind of tag."""
    for kind, label in data.labels:
        links: list[list[nodes.Node]] = [[tag_link(tag, docname)] for tag in data.tags if tag.kind == kind]
        yield label, [node for link in links for node in (separator(), *link)][1:]


def _neighbours(data: PaperData, docname: str) -> nodes.container:
    result = nodes.container(classes=["survey-neighbours", "no-search"])
    for name, label, other in (("older", _("Older: "), data.older), ("newer", _("Newer: "), data.newer)):
        if other is not None:
            link = reference("paper", other[0], other[1], docname)
            result += paragraph(nodes.Text(label), link, classes=[f"survey-{name}"])
    return result
