"""The cards of named heads, and the layer of those that only detectors have chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.figures import chosen
from survey.figures.svg import number
from survey.pages.core.nodes import external, folded, joined, paragraph, reference, section
from survey.pages.figures.drawings import figure
from survey.pages.listings import passages
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views import Tag
    from survey.catalogue.views.model_heads import HeadCard, Mark, ModelHeadsData, NamedRole, Scan, Source, Statement
    from survey.pages.core.domain import SurveyDomain

_ROLE, _STATED = "survey-head-role", "survey-stated"
_NAMES = 3  #: Head types in the heading of a card.
_SHORT = 60  #: Characters of a source that can stand in a line with others.


def card_sections(cards: Sequence[HeadCard], document: nodes.document, domain: SurveyDomain) -> Iterator[nodes.section]:
    """Yield a section for each named head, with what it is said to do and who says so."""
    for card in cards:
        part = section(document, _heading(card), ident=card.anchor)
        part["classes"] += ["survey-head-card"]
        if card.kv is not None:
            part += paragraph(nodes.Text(_("Reads key–value head {number}.").format(number=card.kv)))
        part += [_role(role, document, domain) for role in card.roles if not role.automatic]
        part += _measured(card, domain.env.current_document.docname)
        part += _evidence(card, domain.env.current_document.docname)
        yield part


def _heading(card: HeadCard) -> str:
    names = [role.name for role in card.roles if not role.automatic]
    shown = ", ".join(names[:_NAMES]) + (" …" if len(names) > _NAMES else "")
    return f"{card.at.label}: {shown}"


def _role(role: NamedRole, document: nodes.document, domain: SurveyDomain) -> nodes.paragraph:
    """Return what the head is said to do, with a definition, and who says so."""
    docname = domain.env.current_document.docname
    parts: list[nodes.Node] = [nodes.strong("", "", *_role_link(role, docname)), nodes.Text(" ")]
    if role.lead is not None:
        lead = passages.inline(role.lead, document, domain)
        parts += [nodes.inline("", "", *lead, classes=["survey-definition", "no-search"]), nodes.Text(" ")]
    sources = [_who(said, docname) for said in role.statements]
    told_apart = {nodes.inline("", "", *source).astext(): source for source in sources}
    return paragraph(*parts, nodes.Text("("), *joined([*told_apart.values()], "; "), nodes.Text(")"), classes=[_ROLE])


def _measured(card: HeadCard, docname: str) -> list[nodes.Node]:
    """Return a line with the roles that only detectors give to a head which a source names otherwise."""
    links = [_role_link(role, docname) for role in card.roles if role.automatic]
    if not links:
        return []
    return [paragraph(nodes.Text(_("Chosen by detectors as: ")), *joined(links), classes=["survey-automatic"])]


def _who(said: Statement, docname: str) -> list[nodes.Node]:
    """Return who says something, and whether it's less than said outright."""
    source = said.source
    name: nodes.Node = nodes.Text(source.where if len(source.where) <= _SHORT else _("another source"))
    if source.paper is not None:
        name = reference("paper", source.paper, source.words, docname)
    elif source.url is not None:
        name = external(name.astext(), source.url)
    text, look = _status(said)
    return [name] if look == _STATED else [name, nodes.Text(", "), nodes.inline("", text, classes=[look])]


def _evidence(card: HeadCard, docname: str) -> folded:
    """Return where and by which methods each source says what it says of a head."""
    listing = nodes.bullet_list(classes=["survey-statements"])
    for role in card.roles:
        for said in role.statements:
            name = [nodes.strong("", role.name), nodes.Text(": ")]
            listing += nodes.list_item("", paragraph(*name, *_statement(said, docname)))
    label = _("Where and how")
    return folded("", listing, label=label, classes=["survey-evidence", "no-search"])


def _role_link(role: NamedRole, docname: str) -> list[nodes.Node]:
    return role_link(role.tag, role.name, docname)


def role_link(tag: Tag | None, called: str, docname: str) -> list[nodes.Node]:
    """Return a link to a head type; of a role that no type of the survey is only what its source calls it."""
    return [reference("head", tag.id, tag.name, docname) if tag is not None else nodes.Text(f"“{called}”")]


def _statement(said: Statement, docname: str) -> list[nodes.Node]:
    """Return who says it and where, by which methods, how far the source says so itself, and rank and score."""
    status = _status(said)
    parts: list[list[nodes.Node]] = [_source(said.source, docname), *_methods(said.source, docname)]
    parts.append([nodes.inline("", status[0], classes=[status[1]])])
    if said.rank is not None:
        parts.append([nodes.Text(_("rank {rank}").format(rank=said.rank))])
    if said.score is not None:
        parts.append([nodes.Text(_("score {score}").format(score=number(said.score)))])
    return joined([*parts, *_about(said.source)], " · ")


def _about(source: Source) -> Iterator[list[nodes.Node]]:
    """Yield what must be known of a list."""
    if source.called is not None:
        yield [nodes.Text(_("called “{name}” there").format(name=source.called))]
    if source.measure is not None:
        yield [nodes.Text(_("scores: {measure}").format(measure=source.measure))]
    if source.criterion is not None:
        yield [nodes.Text(_("chosen by: {criterion}").format(criterion=source.criterion))]
    if source.of is not None:
        yield [nodes.Text(_("{given} of {all} heads of the list").format(given=source.given, all=f"{source.of:,}"))]
    if source.caveat is not None:
        yield [nodes.strong("", _("Note: {caveat}").format(caveat=source.caveat))]


def _status(said: Statement) -> tuple[str, str]:
    if said.automatic:
        return _("chosen by a detector"), "survey-automatic"
    if said.inferred:
        return _("inferred"), "survey-inferred"
    return _("stated"), _STATED


def _source(source: Source, docname: str) -> list[nodes.Node]:
    if source.paper is not None:
        where = external(source.where, source.url) if source.url is not None else nodes.Text(source.where)
        return [reference("paper", source.paper, source.words, docname), nodes.Text(": "), where]
    return [external(source.where, source.url) if source.url is not None else nodes.Text(source.where)]


def _methods(source: Source, docname: str) -> Iterator[list[nodes.Node]]:
    if source.methods:
        links = [[reference("method", tag.id, tag.name, docname)] for tag in source.methods]
        yield [nodes.Text(_("by ")), *joined(links)]


def scan_layer(data: ModelHeadsData, domain: SurveyDomain) -> Iterator[nodes.Node]:
    """Yield the heads that detectors have chosen: folded away, and light enough for thousands."""
    docname = domain.env.current_document.docname
    heads = {mark.at for scan in data.scans for mark in scan.marks}
    summary = counted(len(heads), "Show {count} head", "Show {count} heads")
    yield paragraph(
        nodes.Text(_("Nobody has named these heads: a detector or a score has chosen them, by its measure."))
    )
    layer = folded("", label=summary, classes=["survey-detected", "no-search"])
    if drawings := chosen.grids(data.chosen):
        layer += figure([chosen.explanation(data.stages), *drawings], classes=["survey-atlas-figure"])
    for scan in data.scans:
        layer += _scan(scan, docname)
    yield layer


def _scan(scan: Scan, docname: str) -> list[nodes.Node]:
    role = role_link(scan.role, scan.source.called or "", docname)
    parts: list[list[nodes.Node]] = [[nodes.strong("", "", *role)], _source(scan.source, docname)]
    parts += [*_methods(scan.source, docname), *_about(scan.source)]
    marks = joined([_mark(mark) for mark in scan.marks])
    return [paragraph(*joined(parts, " · ")), paragraph(*marks, classes=["survey-marks"])]


def _mark(mark: Mark) -> list[nodes.Node]:
    """Return a head with its score: a link to its card if it has one, and else its place if this is the first."""
    label: nodes.Node
    if mark.card is not None:
        label = nodes.reference("", "", nodes.literal("", mark.at.label), refid=mark.card, internal=True)
    else:
        label = nodes.literal("", mark.at.label, ids=[mark.anchor] if mark.anchor is not None else [])
    return [label] if mark.score is None else [label, nodes.Text(f" ({number(mark.score)})")]
