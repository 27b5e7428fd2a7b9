"""Runs of heads of one model, hundreds in a row, each a link to what its model's page says of it.

Elsewhere a position is a reference that Sphinx resolves. A detector's list has as many as a chapter has words, so a run
is one node, and its links are written with as few letters as they need.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.catalogue.records.modelheads import At
from survey.pages.core.domain import domain_of
from survey.pages.core.nodes import add_marked_node, show_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

LOOK = "survey-automatic"


class head_run(nodes.Inline, nodes.Element):
    """Heads of the member ``model``, in ``ats``; builders without pages of models show only which they are."""


def run_of(model: str, labels: Sequence[str], *, kv: bool) -> head_run:
    """Return a run of heads, each given as ``layer.head``."""
    ats = [at for label in labels if (at := At.parse(f"{model} {'KV ' if kv else ''}{label}")) is not None]
    return head_run("", nodes.literal("", ", ".join(labels), classes=[LOOK]), model=model, ats=ats)


def _visit(translator: Any, node: head_run) -> None:
    """Write the links; where the model has no page in this builder, the text is left."""
    builder = translator.builder
    home = domain_of(builder.env).catalogue.head_homes.get(node["model"])
    if home is None or home.page not in builder.env.found_docs:
        return
    page = builder.get_relative_uri(builder.current_docname, home.page).partition("#")[0]
    links = (f'<a href="{escape(page)}#{home.anchor(at)}">{at.layer}.{at.head}</a>' for at in node["ats"])
    translator.body.append(f'<code class="{LOOK}">{", ".join(links)}</code>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node for every builder."""
    add_marked_node(app, head_run, _visit, show_content)
