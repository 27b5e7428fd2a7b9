"""Scripts on the pages that use them, and the data that these load when a reader first asks for it.

Data come as scripts (``data/cards.js``, ``data/summaries.js``, ``data/citations.js``), not as JSON: from a folder
(``file://``) a browser runs scripts but reads no other file. For the same reason our own scripts are classic ones and
no modules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.exports.text import as_json
from survey.pages.citing.bibliography_jumps import work_filter
from survey.pages.citing.cite_forms import citations
from survey.pages.core.builders import has_pages, site_of
from survey.pages.core.loading import catalogue_of
from survey.pages.core.nodes import folded
from survey.pages.figures.drawings import figure_box
from survey.pages.freshness.last_build import written_alike
from survey.pages.listings.light_lists import written_papers
from survey.pages.site.card_data import cards

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.application import Sphinx

_CARD_LINKS = frozenset({"survey-paper-link", "survey-link"})


def _add_scripts(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Load what the page uses, and nothing else; files added here are added to this page only."""
    if not isinstance(doctree, nodes.document) or not has_pages(app.builder):
        return
    classes = {name for node in doctree.findall(nodes.container) for name in node["classes"]}
    if _has_card_links(doctree):
        app.add_js_file("cards.js", loading_method="defer")
    if "survey-heads" in classes:
        app.add_css_file("heads.css")
        app.add_js_file("notation.js", loading_method="defer")
        app.add_js_file("heads.js", loading_method="defer")
    if "survey-cite" in classes:
        app.add_js_file("cite.js", loading_method="defer")
    if "survey-jumps" in classes and any(True for _node in doctree.findall(work_filter)):
        app.add_js_file("bibliography.js", loading_method="defer")
    if _unfolds_papers(doctree):
        app.add_js_file("unfold.js", loading_method="defer")  # before the explorer, which asks it
    if "survey-explore" in classes:
        app.add_css_file("explore.css")
        app.add_js_file("explore.js", loading_method="defer")
    if "survey-compare" in classes:
        app.add_css_file("figures.css")
    if "survey-compare" in classes or ("survey-choosable" in classes and "compare" in app.env.found_docs):
        app.add_css_file("compare.css")
        app.add_js_file("compare.js", loading_method="defer")


def _unfolds_papers(doctree: nodes.document) -> bool:
    return any('"survey-later"' in raw.astext() for raw in doctree.findall(nodes.raw) if "survey_papers" in raw) or any(
        "survey-later" in node["classes"] for node in doctree.findall(folded)
    )


def _has_card_links(doctree: nodes.document) -> bool:
    if any(True for _ in doctree.findall(figure_box)) or any(
        "survey_papers" in raw for raw in doctree.findall(nodes.raw)
    ):
        return True
    return any(
        not _CARD_LINKS.isdisjoint(link["classes"]) or "#cite-" in link.get("refuri", "")
        for link in doctree.findall(nodes.reference)
    )


def _write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the data, from the catalogue alone: what of it was read in this build makes no difference."""
    if exception is not None or not has_pages(app.builder) or written_alike(app, "scripts"):
        return
    catalogue = catalogue_of(app)
    folder = app.outdir / "data"
    folder.mkdir(exist_ok=True)
    found = {
        "cards": cards(catalogue),
        "citations": citations(catalogue, site_of(app)),
        "summaries": written_papers(app).summaries(),
    }
    for name, data in found.items():
        path = folder / f"{name}.js"
        content = _script(name, data).encode("utf-8", "replace")
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


def _script(name: str, data: Collection[Any]) -> str:
    text = as_json(data)
    return f"(window.surveyData ??= {{}}).{name} = {text};\n"


def setup(app: Sphinx) -> None:
    """Connect both."""
    app.connect("html-page-context", _add_scripts)
    app.connect("build-finished", _write_data)
