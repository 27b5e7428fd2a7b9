"""Links to pages that a survey may have or not: the explorer, the comparison, contested claims.

Whether such a page is there is known only when all pages are read, so a placeholder stands for the link until its page
is written. Which pages have any is noted when they are read; when one of these pages comes or goes, they are written
again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.pages.core.builders import has_pages
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: The pages that may be missing; their addresses are public.
EXPLORE, COMPARE, CONTESTED = "explore", "compare", "contested"
_OPTIONAL = (EXPLORE, COMPARE, CONTESTED)


class Offering(nodes.Element):
    """What leads to such pages when it is written, or leaves that out."""


class optional_link(nodes.General, Offering):
    """Stands for a paragraph with a link to ``page``, with its ``ending`` (a query or an anchor) and its ``text``."""


class optional_inline(nodes.Inline, Offering):
    """The same within a line: where there is no such page, its text remains."""


def link(page: str, ending: str, text: str, classes: Sequence[str] = ()) -> optional_link:
    """Return what becomes a small link of its own, if the survey has the page."""
    return optional_link(page=page, ending=ending, text=text, classes=["survey-explore-link", *classes])


def inline_link(page: str, ending: str, text: str) -> optional_inline:
    """Return what becomes a link within a line, or else just its text."""
    return optional_inline(page=page, ending=ending, text=text)


def has(page: str, env: BuildEnvironment) -> bool:
    """Tell whether the build makes the page and can link to it."""
    return page in env.found_docs and has_pages(app_of(env).builder)


def address(page: str, builder: Builder) -> str | None:
    """Return where such a page is from the one that is being written, or None if there is none."""
    if not has(page, builder.env):
        return None
    return builder.get_relative_uri(builder.current_docname, page)  # type: ignore[attr-defined]


class FillOptionalLinks(SphinxPostTransform):
    """Makes the links, or removes what stands for them."""

    default_priority = 8  # with the lists of citing pages

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder."""
        for placeholder in list(self.document.findall(optional_link)):
            found = self._link(placeholder)
            if found is None:
                placeholder.parent.remove(placeholder)
            else:
                placeholder.replace_self(paragraph(found, classes=placeholder["classes"]))
        for inline in list(self.document.findall(optional_inline)):
            inline.replace_self(self._link(inline) or nodes.Text(inline["text"]))

    def _link(self, placeholder: nodes.Element) -> nodes.reference | None:
        if not has(placeholder["page"], self.env):
            return None
        builder = app_of(self.env).builder
        address = f"{builder.get_relative_uri(self.env.docname, placeholder['page'])}{placeholder['ending']}"
        return nodes.reference("", placeholder["text"], refuri=address, internal=True)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Note the page that has been read, if it has such links."""
    if any(True for _ in doctree.findall(Offering)):
        domain_of(app.env).offering[app.env.current_document.docname] = True


def outdated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages with links to such pages if one has come or gone since they were written."""
    domain = domain_of(env)
    here = [page for page in _OPTIONAL if page in env.found_docs]
    before = domain.data.get("optional", here)
    domain.data["optional"] = here
    if before == here:
        return []
    return sorted(env.found_docs & domain.offering.keys())


def setup(app: Sphinx) -> None:
    """Register the placeholders and what fills them."""
    app.add_node(optional_link)
    app.add_node(optional_inline)
    app.add_post_transform(FillOptionalLinks)
    app.connect("doctree-read", _note)
    app.connect("env-updated", outdated)
