"""What is added to a head type's page: facts at a glance beside its text; positions, papers and relatives below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.views import HeadPage
from survey.catalogue.views.contesting import ContestedOf
from survey.catalogue.views.declared_figures import PatternOf
from survey.exports.feeds import head_feed_address
from survey.pages.core import optional_links
from survey.pages.core.nodes import aside, facts, file_link, joined, paragraph, reference, section
from survey.pages.facts.witnesses import evidence_list, tested_in
from survey.pages.figures.pattern_figure import pattern_figure
from survey.pages.figures.position_tables import heads_in_words, place_tables
from survey.pages.figures.timeline_figure import sparkline_of
from survey.pages.listings import passages
from survey.pages.listings.explore import link_to_explorer, term_in_explorer
from survey.pages.listings.meters import meter_of
from survey.pages.listings.paper_lists import PaperList
from survey.translation import _, counted, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views import HeadData, Tag
    from survey.catalogue.views.sides import KindTag
    from survey.pages.core.domain import SurveyDomain


def complete(key: str, document: nodes.document, top: nodes.section, domain: SurveyDomain) -> None:
    """Add to the page of the head type ``key``; ``top`` is the section of its title."""
    data: HeadData | None = domain.show(HeadPage(key))
    if data is None:  # reported by the catalogue's checks
        return
    docname = domain.env.current_document.docname
    glance = aside(
        "",
        facts([*_rows(data, docname, sparkline_of(key, data.stage.shade, domain)), *_contested(key, domain)]),
        optional_links.link(optional_links.COMPARE, f"?head={key}", _("Compare with another head type")),
        label=_("{name} at a glance").format(name=data.name),
        classes=["survey-glance"],
    )
    top.insert(_after_first_paragraph(top), glance)
    if data.hatnote is not None:
        top.insert(1, paragraph(*passages.inline(data.hatnote, document, domain), classes=["survey-hatnote"]))
    if (found := domain.show(PatternOf(key))) is not None:
        top.insert(top.index(glance) + 1, pattern_figure(found[1], data.name, data.stage.shade))
    if data.places:
        note = paragraph(nodes.Text(_("Layers and heads are counted from 0.")))
        tables = place_tables(data.places, data.place_names, docname, ("model", "positions", "source"))
        top += section(document, _("Known positions"), note, *tables, ident="positions")
    if data.witnesses:
        claims = evidence_list(data.witnesses, docname)
        top += section(document, _("Evidence, paper by paper"), *claims, ident="evidence")
    if data.papers:
        leading = [*([data.first[0]] if data.first is not None else []), *(at.key for at in data.witnesses)]
        listing = PaperList(domain, document).shortened(data.papers, leading=leading)
        top += section(document, _("Papers"), _subscribe(key), link_to_explorer("head", key), *listing, ident="papers")
    if data.related or data.children:
        relatives = (*data.children, *(tag for tag in data.related if tag not in data.children))
        links = joined([[reference("head", tag.id, tag.name, docname)] for tag in relatives], " · ")
        top += section(document, _("Related heads"), paragraph(*links), ident="related")


def _subscribe(key: str) -> nodes.paragraph:
    link = file_link("", "", nodes.Text(_("Subscribe to new papers on this head type")), address=head_feed_address(key))
    return paragraph(link, classes=["survey-news"])


def _after_first_paragraph(top: nodes.section) -> int:
    """Return where the facts go: on a narrow screen a reader meets what the head does before what is known of it."""
    for index, child in enumerate(top.children):
        if isinstance(child, nodes.paragraph):
            return index + 1
    return 1


def _rows(data: HeadData, docname: str, years: Sequence[nodes.Node]) -> Iterator[tuple[str, Sequence[nodes.Node]]]:
    yield _("Stage"), [_link(data.stage, docname)]
    yield _("Category"), [nodes.Text(data.category[1])]
    kinds = dict(data.kinds)
    for axis, label, text in (("reads", _("Reads"), data.reads), ("writes", _("Writes"), data.writes)):
        if text or kinds[axis]:
            yield label, _side(text, kinds[axis])
    if data.aliases:
        yield _("Also called"), joined([_alias(*alias, docname) for alias in data.aliases])
    if data.parent is not None:
        yield _("A kind of"), [_link(data.parent, docname)]
    if data.children:
        yield _("Kinds"), joined([[_link(tag, docname)] for tag in data.children])
    if data.first is not None:
        yield _("First described in"), [reference("paper", data.first[0], data.first[1], docname)]
    evidence = data.evidence
    papers = str(evidence.papers)
    if evidence.papers > 1:
        by = plural("{papers} by {count} independent group", "{papers} by {count} independent groups", evidence.groups)
        papers = by.format(papers=papers, count=evidence.groups)
    if evidence.full:
        full = _("{papers}, {count} read in full for this survey")
        papers = full.format(papers=papers, count=evidence.full)
    yield _("Papers"), [nodes.Text(papers), *years]
    if data.families:
        yield _("Model families"), joined([[_link(tag, docname)] for tag in data.families])
    yield _("Evidence"), [meter_of(evidence.marks, in_words=True), nodes.Text(f" {evidence.marks.words}")]
    tested = tested_in(data.witnesses, docname)
    if tested:
        yield _("Causally tested in"), tested
    if evidence.heads.known:
        yield _("Known heads"), [nodes.Text(heads_in_words(evidence.heads))]


def _side(text: str, kinds: Sequence[KindTag]) -> list[nodes.Node]:
    """Return what a head reads or writes: the line, and the kinds of it, which lead to the explorer."""
    links = joined([[term_in_explorer(kind.axis, kind.id, kind.name)] for kind in kinds])
    if not text or not links:
        return [nodes.Text(text)] if text else links
    return [nodes.Text(f"{text} ("), *links, nodes.Text(")")]


def _contested(key: str, domain: SurveyDomain) -> Iterator[tuple[str, Sequence[nodes.Node]]]:
    """Yield a row with a link to what speaks against the head type, if anything does."""
    found: tuple[int, str] | None = domain.show(ContestedOf(key))
    if found is not None:
        count, anchor = found
        words = counted(count, "{count} paper qualifies or disputes it", "{count} papers qualify or dispute it")
        yield _("Contested"), [optional_links.inline_link(optional_links.CONTESTED, f"#{anchor}", words)]


def _link(tag: Tag, docname: str) -> nodes.Node:
    return reference(tag.kind, tag.id, tag.name, docname)


def _alias(name: str, key: str | None, authors: str, docname: str) -> list[nodes.Node]:
    if key is None:
        return [nodes.Text(name)]
    return [nodes.Text(f"{name} ("), reference("paper", key, authors, docname), nodes.Text(")")]
