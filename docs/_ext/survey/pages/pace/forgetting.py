"""Pages are let go of as soon as they have been read, or written.

Sphinx keeps all pages that one process has read in memory until they are written, though they lie on the disk as well;
what it reads back from there it keeps to the end of the build, for pages that are asked for again. Beyond some hundreds
of pages that takes more memory than all else. Where the internals of :mod:`sphinx.environment` by which it does so are
gone, its own way is taken.

A tree of nodes that nobody needs any more stays until Python looks for garbage, since each node knows the one that it
stands in. That takes a fifth of a build's time, and memory meanwhile. A tree that is taken apart is gone at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.pages.pace import strangers

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: Pages of a survey that stay in memory, since reading one back takes two milliseconds; of a larger survey none does.
MOST = 300
KEPT, PICKLED = "_write_doc_doctree_cache", "_pickled_doctree_cache"
#: Where a page has nodes beside its tree (docutils' ``nodes.document``); other tables of it are the environment's too.
_OF_NODES = (
    *("children", "ids", "refnames", "refids", "footnotes", "footnote_refs", "autofootnotes", "autofootnote_refs"),
    *("symbol_footnotes", "symbol_footnote_refs", "citations", "citation_refs", "indirect_targets"),
    *("substitution_defs", "parse_messages", "transform_messages"),
)
_READ, _WRITTEN, _ALONE = "survey_page_read", "survey_page_written", "survey_alone_with_pages"


def take_apart(tree: nodes.document) -> None:
    """Let no node of a page know any other that it stands in, and the page none of its nodes."""
    way: list[nodes.Node] = [tree]
    while way:
        node = way.pop()
        node.parent = None
        node.document = None  # type: ignore[assignment]  # as in a node that stands in no page yet
        way += node.children
    for name in _OF_NODES:
        known = getattr(tree, name, None)
        if isinstance(known, dict | list):
            known.clear()


def _begin_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Find out whether parts of pages may be kept by others, such as other extensions."""
    setattr(app, _ALONE, not strangers.while_reading(app))


def _begin_writing(app: Sphinx, builder: Builder) -> None:
    setattr(app, _ALONE, not strangers.while_resolving(app))


def _note_read(app: Sphinx, doctree: nodes.document) -> None:
    """Note the page that is being read."""
    setattr(app, _READ, (app.env.current_document.docname, doctree))


def _forget_read(app: Sphinx, *_arguments: Any) -> None:
    """Let go of the page that has been read, where it isn't kept, or is one of many."""
    docname, doctree = getattr(app, _READ, ("", None))
    setattr(app, _READ, ("", None))
    kept = getattr(app.env, KEPT, None)
    if not isinstance(kept, dict) or doctree is None:
        return
    if len(app.env.found_docs) > MOST:
        kept.clear()
    if docname not in kept and getattr(app, _ALONE):
        take_apart(doctree)


def _forget_last(app: Sphinx, env: BuildEnvironment) -> tuple[()]:
    """Let go of the last page that has been read."""
    _forget_read(app)
    return ()


def _forget_pickle(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let go of a page as it was on the disk."""
    pickled = getattr(app.env, PICKLED, None)
    if isinstance(pickled, dict):
        pickled.pop(docname, None)


def _forget_written(app: Sphinx, name: str, template: str, context: Any, doctree: nodes.document | None) -> None:
    """Let go of the page that has been written when the next one is, or there is none."""
    before = getattr(app, _WRITTEN, None)
    setattr(app, _WRITTEN, doctree)
    if before is not None and before is not doctree and getattr(app, _ALONE):
        take_apart(before)


def setup(app: Sphinx) -> None:
    """Connect the steps: nothing comes after a page's template, and nothing before the next page is read."""
    app.connect("env-before-read-docs", _begin_reading)
    app.connect("write-started", _begin_writing)
    app.connect("doctree-read", _note_read, priority=1000)
    app.connect("source-read", _forget_read, priority=0)
    app.connect("env-updated", _forget_last, priority=0)
    app.connect("doctree-resolved", _forget_pickle)
    app.connect("html-page-context", _forget_written, priority=1000)
