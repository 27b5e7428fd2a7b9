"""Links to objects of the survey are made without copying them, shortly before Sphinx makes the others.

Sphinx's ``ReferencesResolver`` copies the content of each link, asks whether it depends on conditions, and then asks
the domain. Our links are half of all, and their content is theirs alone: it is put into the link as it is. What the
domain does not find, and links to other surveys (``sphinx.ext.intersphinx``), are left to Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.pages.core.domain import SurveyDomain, domain_of
from survey.pages.core.loading import app_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_ELSEWHERE = "intersphinx"  #: The attribute of links to other sites.


class ResolveOwnLinks(SphinxPostTransform):
    """Makes the links; like Sphinx's own, after what adds links to pages (8)."""

    default_priority = 9

    def run(self, **kwargs: Any) -> None:
        """Replace what stands for a link by the link."""
        for waiting in list(self.document.findall(addnodes.pending_xref)):
            if waiting.get("refdomain") == SurveyDomain.name and _is_plain(waiting):
                self._make(waiting)

    def _make(self, waiting: addnodes.pending_xref) -> None:
        page = waiting.setdefault("refdoc", self.env.current_document.docname)
        kind, target, content = waiting["reftype"], waiting["reftarget"], cast("nodes.Element", waiting[0])
        builder = app_of(self.env).builder
        try:
            link = domain_of(self.env).resolve_xref(self.env, page, builder, kind, target, waiting, content)
        except NoUri:
            return
        if link is not None:
            waiting.replace_self(link)


def _is_plain(waiting: addnodes.pending_xref) -> bool:
    content = waiting.children
    return (
        len(content) > 0 and not isinstance(content[0], addnodes.pending_xref_condition) and _ELSEWHERE not in waiting
    )


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(ResolveOwnLinks)
