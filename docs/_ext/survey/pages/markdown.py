"""Markdown of one file shown on the page of another: parsed by MyST, in the setting of the page being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes
from sphinx.util.docutils import LoggingReporter

from survey.catalogue import body
from survey.catalogue.views import Naming
from survey.pages.loading import app_of, parsed_passages, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.views import Text
    from survey.pages.domain import SurveyDomain


def inline(text: Text, document: nodes.document, domain: SurveyDomain) -> list[nodes.Node]:
    """Return the inline nodes of a passage of Markdown; of several paragraphs, all in one run.

    Warnings carry the file and line where the passage was written, not the page that shows it. A passage is parsed once
    a build: the summary of a paper stands on the pages of all its heads, models and methods.
    """
    env = domain.env
    cache = parsed_passages(app_of(env))
    parsed = cache.get(text.markdown)
    if parsed is None:
        parsed = cache[text.markdown] = _parse(text, document, str(root_of(app_of(env)) / text.path))
    result = [node.deepcopy() for node in parsed]
    for node in result:
        for formula in node.findall(nodes.math):
            formula["survey_shown"] = True  # written elsewhere, and reported there if need be
        for link in node.findall(addnodes.pending_xref):
            link["refdoc"] = env.current_document.docname
    for view in _names(text.markdown):
        domain.show(view)  # what the passage names is shown here too, or isn't there yet
    return result


def _names(markdown: str) -> Iterator[Naming]:
    """Yield what the roles of a passage name."""
    for token in body.inline(markdown):
        if token.type == "myst_role" and token.meta["name"].startswith("survey:"):
            own, target = body.split_target(token.content)
            yield Naming(token.meta["name"].removeprefix("survey:"), target, named=own is None)


def _parse(text: Text, document: nodes.document, path: str) -> list[nodes.Node]:
    settings = document.settings
    reporter = LoggingReporter(path, settings.report_level, settings.halt_level, settings.debug)
    inner = nodes.document(settings, reporter, source=path)
    inner.note_source(path, -1)
    MystParser().parse("\n" * (text.line - 1) + text.markdown, inner)
    result: list[nodes.Node] = []
    for paragraph in inner.findall(nodes.paragraph):
        if result:
            result.append(nodes.Text(" "))
        result += paragraph.children
    return result
