"""Flows between heads, as chapters declare them: the picture, and a list of what passes from where to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.checks.declared_figures import read_flow, unknown_in_flow
from survey.catalogue.views.declared_figures import FlowNames
from survey.figures import flow, legends
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import warn_once
from survey.pages.core.nodes import joined, paragraph, reference, worded
from survey.pages.figures.drawings import figure
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from survey.catalogue.schema.flows import Flow, FlowNode
    from survey.catalogue.views.declared_figures import FlowData


class FlowDirective(SurveyDirective):
    """``{survey:flow}``: which heads hand what to which others in one task, declared in the body.

    ``title``, ``model`` (the id of a member), ``nodes`` (``id``, ``head`` or ``text``, ``token``, ``at``: positions
    that the front matter gives) and ``edges`` (``from``, ``to``, ``moves``).
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the figure; a flow with faults is reported and left out."""
        path, _line = self.place()
        declared, declaration = read_flow(list(self.content), path, self.body_line)
        for problem in declaration.problems:
            warn_once(problem, self.catalogue)
        if declared is None:
            return []
        data: FlowData = self.domain.show(FlowNames.of(declared))
        models, heads = self.catalogue.members, self.catalogue.entries["head"]
        for problem in unknown_in_flow(declared, declaration, models, heads, {*data.stated, *data.inferred}):
            warn_once(problem, self.catalogue)
        return [self._figure(declared, data)]

    def _figure(self, declared: Flow, data: FlowData) -> nodes.Node:
        used = {tag.shade for tag in data.heads}
        legend = legends.legend(*legends.stages([tag for tag in data.stages if tag.shade in used]))
        parts = [*flow.flow(declared, data), legend]
        edges = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".", classes=["survey-flow-edges"])
        found = {node.id: node for node in declared.nodes}
        seen: set[str] = set()
        for edge in declared.edges:
            ends = joined([self._node(found[end], data, seen) for end in (edge.origin, edge.to)], " → ")
            edges += nodes.list_item("", paragraph(*ends, nodes.Text(f": {edge.moves}")))
        return figure(parts, edges, caption=self._caption(declared, data), classes=["survey-flow-figure"])

    def _caption(self, declared: Flow, data: FlowData) -> list[nodes.Node]:
        if data.model is None:
            return worded(_("{title}. The numbers of the arrows are those of the list."), title=declared.title)
        words = _("{title}, in {model}. The numbers of the arrows are those of the list.")
        model = reference("model", data.model.id, data.model.name, self._docname, member=True)
        return worded(words, title=declared.title, model=model)

    def _node(self, node: FlowNode, data: FlowData, seen: set[str]) -> list[nodes.Node]:
        """Return a step by its name, with its positions where it is ``seen`` first."""
        name = flow.node_name(node, data)
        known = any(tag.id == node.head for tag in data.heads)
        result: list[nodes.Node] = [
            reference("head", node.head, name, self._docname) if known and node.head else nodes.Text(name)
        ]
        if node.at and node.id not in seen:
            seen.add(node.id)
            positions = joined([[nodes.literal("", at)] for at in node.at])
            result += [nodes.Text(" ("), *positions, nodes.Text(")")]
        return result

    @property
    def _docname(self) -> str:
        return self.env.current_document.docname


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive_to_domain("survey", "flow", FlowDirective)
