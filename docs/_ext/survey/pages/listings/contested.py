"""``{survey:contested}``: the claims with two sides, and what stands on each; nothing of it needs a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.views.contesting import Contested
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.nodes import UNFOLDS, folded, joined, paragraph, reference, section, table
from survey.translation import _, counted, noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

    from survey.catalogue.views import Tag
    from survey.catalogue.views.atlas import Cell, Role
    from survey.catalogue.views.contesting import Answered, ContestedData, HeadClaim, Statement

_MODELS = 3  #: So many models of a statement are named.
_ROWS = 12  #: So many heads with several roles are seen at once.
_STATEMENTS = 2  #: So many statements of a side are seen at once; the others unfold.
#: What a statement does to a claim.
_SAYS = {"disputes": noted("disputes"), "qualifies": noted("qualifies")}


class ContestedDirective(SurveyDirective):
    """``{survey:contested}``: head types, works and positions about which sources say different things."""

    def run(self) -> list[nodes.Node]:
        """Make a section for each kind of claim that there is."""
        data: ContestedData = self.domain.show(Contested())
        parts: list[tuple[str, str, list[nodes.Node]]] = [
            (_("Head types"), "head-types", list(self._heads(data.heads))),
            (_("Head types with one reservation"), "reservations", list(self._weak(data.heads))),
            (_("Papers that others answer"), "papers", [self._work(work) for work in data.works]),
            (_("Heads with several roles"), "roles", list(self._cells(data.cells))),
        ]
        document = self.state.document
        made: list[nodes.Node] = [
            section(document, title, *found, ident=ident) for title, ident, found in parts if found
        ]
        return made or [paragraph(nodes.Text(_("Nothing is contested so far.")))]

    @property
    def _docname(self) -> str:
        return self.env.current_document.docname

    def _heads(self, claims: Sequence[HeadClaim]) -> Iterator[nodes.Node]:
        """Yield a section for each head type against which more than one finding speaks."""
        strong = [claim for claim in claims if claim.is_strong]
        if strong:
            links = joined([[_here(claim.tag.name, claim.tag.id)] for claim in strong], " ")
            yield paragraph(*links, classes=["survey-jumps"])
        for claim in strong:
            more = counted(claim.more, "and {count} more paper", "and {count} more papers") if claim.more else ""
            sides = _sides(self._statements(claim.claimed, more), self._statements(claim.against))
            yield section(self.state.document, self._link(claim.tag, claim.tag.name), sides, ident=claim.tag.id)

    def _weak(self, claims: Sequence[HeadClaim]) -> Iterator[nodes.Node]:
        """Yield a list of the head types with one finding that qualifies what is said of them."""
        items = nodes.bullet_list(classes=["survey-reservations", "no-search"])
        for claim in claims:
            if not claim.is_strong:
                head = paragraph(nodes.strong("", "", self._link(claim.tag, claim.tag.name)))
                items += nodes.list_item("", head, *self._statement(claim.against[0]), ids=[claim.tag.id])
        if items.children:
            yield items

    def _work(self, work: Answered) -> nodes.Node:
        """Return what unfolds to a work with what others hold against it."""
        title = reference("paper", work.claimed.key, work.title, self._docname)
        heads = joined([[self._link(tag, tag.name)] for tag in work.heads])
        said = nodes.list_item("", paragraph(title), *self._statement(work.claimed, named=False))
        about = [paragraph(*heads)] if heads else []
        sides = _sides([nodes.bullet_list("", said)], self._statements(work.against))
        by = counted(
            len(work.against), "{count} paper qualifies or disputes it", "{count} papers qualify or dispute it"
        )
        label = f"{work.claimed.name}: {by}"
        return folded("", sides, *about, label=label, ids=[work.claimed.key], classes=["survey-answered"])

    def _statements(self, found: Sequence[Statement], more: str = "") -> list[nodes.Node]:
        """Return the statements of a side as a list, of which the longer part unfolds."""
        items = [nodes.list_item("", *self._statement(one)) for one in found]
        items += [nodes.list_item("", paragraph(nodes.Text(more)))] if more else []
        first, rest = items[:_STATEMENTS], items[_STATEMENTS:]
        if len(rest) == 1:
            first, rest = items, []
        shown: list[nodes.Node] = [nodes.bullet_list("", *first)]
        if rest:
            label = _("{count} more").format(count=len(rest))
            shown.append(folded("", nodes.bullet_list("", *rest), label=label, classes=["survey-more-said"]))
        return shown

    def _statement(self, one: Statement, *, named: bool = True) -> Iterator[nodes.Node]:
        """Yield what is said, and by whom, on which models and by which tests."""
        if one.words:
            yield paragraph(nodes.Text(one.words))
        link: list[nodes.Node] = [reference("paper", one.key, one.name, self._docname)]
        if one.says in _SAYS:
            link = [nodes.emphasis("", _(_SAYS[one.says])), nodes.Text(": "), *link]
        models = joined([[self._link(tag, tag.name)] for tag in one.models[:_MODELS]])
        if len(one.models) > _MODELS:
            models.append(nodes.Text(f" +{len(one.models) - _MODELS}"))
        methods = joined([[self._link(tag, tag.name)] for tag in one.methods])
        parts = [part for part in (link if named else [], models, methods) if part]
        if parts:
            yield paragraph(*joined(parts, " · "), classes=["survey-said-by"])

    def _cells(self, cells: Sequence[tuple[Tag, Cell]]) -> Iterator[nodes.Node]:
        """Yield a table of the positions that have several roles."""
        rows = [
            (
                [self._link(model, model.name)],
                [nodes.Text(cell.label)],
                joined([self._role(role) for role in cell.roles], "; "),
            )
            for model, cell in cells
        ]
        if rows:
            note = _("Layers and heads are counted from 0; roles of which one is a kind of the other are left out.")
            yield paragraph(nodes.Text(note))
            found = table((_("Model"), _("Head"), _("Roles")), rows, classes=["survey-roles", "no-search"])
            label = counted(len(rows), "Show the {count} head", "Show the {count} heads")
            yield folded("", found, label=label, classes=[UNFOLDS]) if len(rows) > _ROWS else found

    def _role(self, role: Role) -> list[nodes.Node]:
        by: list[list[nodes.Node]] = []
        for claim in role.claims:
            if claim.paper is not None:
                by.append([reference("paper", claim.paper, claim.words, self._docname)])
            else:
                by.append([nodes.Text(claim.words)])
        return [self._link(role.tag, role.tag.name), nodes.Text(" ("), *joined(by), nodes.Text(")")]

    def _link(self, tag: Tag, text: str) -> nodes.Node:
        return reference(tag.kind, tag.id, text, self._docname, member=tag.member)


def _here(text: str, anchor: str) -> nodes.reference:
    return nodes.reference("", text, refid=anchor, internal=True)


def _sides(claimed: Sequence[nodes.Node], against: Sequence[nodes.Node]) -> nodes.container:
    """Return two sides, which stand side by side where there is room."""
    left = nodes.container("", _label(_("What is claimed")), *claimed, classes=["survey-side"])
    right = nodes.container(
        "", _label(_("What speaks against it")), *against, classes=["survey-side", "survey-against"]
    )
    return nodes.container("", left, right, classes=["survey-sides", "no-search"])


def _label(text: str) -> nodes.paragraph:
    return paragraph(nodes.strong("", text), classes=["survey-side-label"])


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive_to_domain("survey", "contested", ContestedDirective)
