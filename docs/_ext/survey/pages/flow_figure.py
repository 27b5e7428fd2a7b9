"""Flows between heads, as chapters declare them: the picture, and a list of what passes from where to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue import Problem, did_you_mean
from survey.catalogue.declarations import Declaration
from survey.catalogue.flows import Flow, faults
from survey.catalogue.views.drawn import FlowNames
from survey.figures import flow, legends
from survey.pages.directives import SurveyDirective
from survey.pages.drawings import figure
from survey.pages.loading import warn
from survey.pages.nodes import joined, paragraph, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from survey.catalogue.flows import FlowNode
    from survey.catalogue.views.drawn import FlowData


class FlowDirective(SurveyDirective):
    """``{survey:flow}``: which heads hand what to which others in one task, declared in the body.

    ``title``, ``model`` (the id of a member), ``nodes`` (``id``, ``head`` or ``text``, ``token``, ``at``: positions
    that the front matter gives) and ``edges`` (``from``, ``to``, ``moves``).
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the figure; a flow with faults is reported and left out."""
        path, _ = self.place()
        declaration = Declaration(list(self.content), path, self.body_line, "flow")
        declared = declaration.fields(Flow)
        problems = declaration.problems
        if declared is not None:
            problems = [
                Problem(path, declaration.line(*at), "bad-value", message, hint)
                for at, message, hint in faults(declared)
            ]
        for problem in problems:
            warn(problem)
        if declared is None or problems:
            return []
        data: FlowData = self.domain.show(FlowNames.of(declared))
        for problem in self._unknown(declared, data, declaration):
            warn(problem)
        return [self._figure(declared, data)]

    def _unknown(self, declared: Flow, data: FlowData, declaration: Declaration) -> Iterator[Problem]:
        """Yield what the catalogue doesn't know: models, heads, and positions, each of which needs a source."""
        path, catalogue = declaration.path, self.catalogue
        if declared.model is not None and data.model is None:
            hint = did_you_mean(declared.model, catalogue.members, "add its file, or mend the id")
            message = f"there is no model '{declared.model}'"
            yield Problem(path, declaration.line("model"), "unknown-model", message, hint)
        known = {tag.id for tag in data.heads}
        for index, node in enumerate(declared.nodes):
            if node.head is not None and node.head not in known:
                hint = did_you_mean(node.head, catalogue.entries["head"], "add its file, or mend the id")
                message = f"there is no head '{node.head}'"
                yield Problem(path, declaration.line("nodes", index, "head"), "unknown-head", message, hint)
                continue
            for number, at in enumerate(node.at):
                if (node.head, at) not in {*data.stated, *data.inferred}:
                    line = declaration.line("nodes", index, "at", number)
                    message = f"no source gives '{at}' as a position of '{node.head}' in '{declared.model}'"
                    yield Problem(path, line, "bad-position", message, "add it to the paper's positions, or mend it")

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
        words: list[nodes.Node] = [nodes.Text(declared.title)]
        if data.model is not None:
            words += [
                nodes.Text(", in "),
                reference("model", data.model.id, data.model.name, self._docname, member=True),
            ]
        return [*words, nodes.Text(". The numbers of the arrows are those of the list.")]

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
