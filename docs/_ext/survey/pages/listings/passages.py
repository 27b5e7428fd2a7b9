"""Markdown of one file shown on the page of another: parsed by MyST, in the setting of the page being read."""

from __future__ import annotations

import posixpath
from functools import cache
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import LoggingReporter, sphinx_domains

from survey.catalogue.markup import body
from survey.catalogue.views import Naming
from survey.pages.core.loading import app_of, parsed_passages, root_of
from survey.pages.safety.unreadable_pages import SafeParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from survey.catalogue.views import Text
    from survey.pages.core.domain import SurveyDomain


def inline(text: Text, document: nodes.document, domain: SurveyDomain) -> list[nodes.Node]:
    """Return the inline nodes of a passage of Markdown for the page being read; of several paragraphs, all in one run.

    Warnings carry the file and line where the passage was written, not the page that shows it. A passage is parsed once
    a build: the first sentence of a head's page stands in many lists.
    """
    note(text, domain)
    return passage(text, document, domain, domain.env.current_document.docname)


def note(text: Text, domain: SurveyDomain) -> None:
    """Note that the page being read shows what a passage names, which may be renamed, or isn't there yet."""
    for view in _names(text.markdown):
        domain.show(view)


def passage(text: Text, document: nodes.document, domain: SurveyDomain, docname: str) -> list[nodes.Node]:
    """Return the inline nodes of a passage, with links from the page ``docname``."""
    known = parsed_passages(app_of(domain.env))
    origin = (posixpath.dirname(text.path), text.markdown)  # a link to a file begins in the folder of the text
    parsed = known.get(origin)
    if parsed is None:
        parsed = known[origin] = _parse(text, document, domain.env)
    result = [node.deepcopy() for node in parsed]
    for node in result:
        for inner in node.findall():
            # Copies know the document in which the passage was parsed, and with that the environment: it would be
            # written into the page's doctree.
            inner.document = document
            if isinstance(inner, addnodes.pending_xref):
                inner["refdoc"] = docname
    return result


@cache
def _names(markdown: str) -> tuple[Naming, ...]:
    """Return what the roles of a passage name."""
    return tuple(_find_names(markdown))


def _find_names(markdown: str) -> Iterator[Naming]:
    for token in body.inline(markdown):
        if token.type == "myst_role" and token.meta["name"].startswith("survey:"):
            own, target = body.split_target(token.content)
            yield Naming(token.meta["name"].removeprefix("survey:"), target, named=own is None)


def _parse(text: Text, document: nodes.document, env: BuildEnvironment) -> list[nodes.Node]:
    settings, path = document.settings, str(root_of(app_of(env)) / text.path)
    reporter = LoggingReporter(path, settings.report_level, settings.halt_level, settings.debug)
    inner = nodes.document(settings, reporter, source=path)
    inner.note_source(path, -1)
    with sphinx_domains(env):  # listings are filled when pages are written, too, where roles are not known otherwise
        SafeParser().parse("\n" * (text.line - 1) + text.markdown, inner)
    # A picture is on the page that it was written for; where others quote the text, its description stands for it.
    for image in list(inner.findall(nodes.image)):
        image.replace_self(nodes.Text(image.get("alt", "")))
    result: list[nodes.Node] = []
    for paragraph in inner.findall(nodes.paragraph):
        if result:
            result.append(nodes.Text(" "))
        result += paragraph.children
    return result
