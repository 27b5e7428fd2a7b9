"""Attention patterns on pages: the picture, its caption, and a table of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from survey.catalogue.checks.declared_figures import pattern_of_none, read_pattern
from survey.catalogue.views.declared_figures import PatternOf
from survey.figures import pattern, svg
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import warn_once
from survey.pages.core.nodes import table
from survey.pages.figures.drawings import figure, in_words
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

    from survey.catalogue.schema.fields import Pattern
    from survey.pages.figures.drawings import figure_box


def pattern_figure(declared: Pattern, name: str, shade: int) -> figure_box:
    """Return the figure of a pattern without faults."""
    rows: list[list[list[nodes.Node]]] = [
        [
            [nodes.Text(_token(declared, arrow.origin))],
            [nodes.Text(_token(declared, arrow.to))],
            [nodes.Text(svg.number(arrow.weight))],
        ]
        for arrow in declared.attends
    ]
    words = in_words(table((_("Token"), _("Reads"), _("Weight")), rows), summary=_("The same as a table"))
    return figure(
        pattern.pattern(declared, name, shade),
        words,
        caption=[nodes.Text(declared.caption)],
        classes=["survey-pattern-figure"],
    )


def _token(declared: Pattern, index: int) -> str:
    return f"{declared.tokens[index]} ({index})"


class PatternDirective(SurveyDirective):
    """``{survey:pattern} induction``: the attention pattern that a head type's file declares.

    Without an argument, the body declares a pattern in the same form: ``tokens``, ``attends``, ``caption``.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"name": directives.unchanged}
    option_words: ClassVar[Mapping[str, str]] = {"name": "What the pattern of the body is a pattern of."}

    def run(self) -> list[nodes.Node]:
        """Make the figure; a pattern with faults is reported and left out."""
        path, line = self.place()
        if self.arguments:
            return self._declared_by(self.arguments[0].strip(), path, line)
        own, declaration = read_pattern(list(self.content), path, self.body_line)
        for problem in declaration.problems:
            warn_once(problem, self.catalogue)
        if own is None:
            return []
        return [pattern_figure(own, self.options.get("name", _("the head")), 0)]

    def _declared_by(self, head: str, path: str, line: int) -> list[nodes.Node]:
        found = self.domain.show(PatternOf(head))
        if found is not None:
            tag, declared = found
            return [pattern_figure(declared, tag.name, tag.shade)]
        warn_once(pattern_of_none(path, line, head, self.catalogue.entries["head"]), self.catalogue)
        return []


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive_to_domain("survey", "pattern", PatternDirective)
