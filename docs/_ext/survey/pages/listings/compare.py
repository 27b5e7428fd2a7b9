"""``{survey:compare}``: head types side by side.

Without a script the page lists all head types by stage, with what they read and write. ``static/compare.js`` puts those
that a reader chooses beside each other; they are in the address, and what is shown of them is loaded one by one.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.catalogue.views.comparing import Comparable
from survey.pages.core.builders import has_pages
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import catalogue_of
from survey.pages.core.nodes import add_html_node, folded, paragraph, reference, table
from survey.pages.freshness.last_build import written_alike
from survey.pages.listings.compare_data import FOLDER, compared
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

    from survey.catalogue.views import Tag
    from survey.catalogue.views.comparing import ComparableHead

#: What a comparison can be taken away as: ending and name.
_FORMATS = {"md": "Markdown", "tex": "LaTeX", "bib": "BibTeX"}


class compare_controls(nodes.General, nodes.Element):
    """The controls of the comparison and the place where it appears; only sites have them."""


class CompareDirective(SurveyDirective):
    """``{survey:compare}``: head types side by side, to be chosen; and all of them with what they read and write."""

    def run(self) -> list[nodes.Node]:
        """Make the controls and the lists."""
        stages: Sequence[tuple[Tag, Sequence[ComparableHead]]] = self.domain.show(Comparable())
        if not stages:
            return [paragraph(nodes.Text(_("There are no head types yet.")))]
        heads = [(stage.name, [(head.tag.id, head.tag.name) for head in found]) for stage, found in stages]
        controls = compare_controls(heads=heads)
        return [nodes.container("", controls, *self._lists(stages), classes=["survey-compare", "no-search"])]

    def _lists(self, stages: Sequence[tuple[Tag, Sequence[ComparableHead]]]) -> Iterator[nodes.Node]:
        docname = self.env.current_document.docname
        for stage, heads in stages:
            count = counted(len(heads), "{count} head type", "{count} head types")
            rows = [self._row(head, docname) for head in heads]
            headings = (_("Head type"), _("Reads"), _("Writes"), _("Papers"))
            listing = table(headings, rows, classes=["survey-comparable"])
            yield folded("", listing, label=f"{stage.name} ({count})", classes=["survey-compare-stage"])

    @staticmethod
    def _row(head: ComparableHead, docname: str) -> Sequence[Sequence[nodes.Node]]:
        link = reference("head", head.tag.id, head.tag.name, docname)
        return [link], [nodes.Text(head.reads)], [nodes.Text(head.writes)], [nodes.Text(str(head.papers))]


def _visit_controls(translator: Any, node: compare_controls) -> None:
    if has_pages(translator.builder):
        translator.body.append(_controls(node["heads"]))
    raise nodes.SkipNode


def _controls(stages: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """Return a field with all head types, the place of the table, and what it can be taken away as."""
    groups = "".join(
        f'<optgroup label="{escape(stage)}">'
        + "".join(f'<option value="{escape(key)}">{escape(name)}</option>' for key, name in heads)
        + "</optgroup>\n"
        for stage, heads in stages
    )
    buttons = "".join(
        f'<button type="button" class="survey-button" data-export="{ending}">{name}</button>'
        for ending, name in _FORMATS.items()
    )
    add, put, export, unscripted, choose = map(
        escape,
        (
            _("Head type"),
            _("Add to the comparison"),
            _("Take this table away"),
            _("Putting head types side by side needs JavaScript; below are all of them with what they read and write."),
            _("Choose head types"),
        ),
    )
    return (
        f'<form class="survey-compare-form" aria-label="{choose}" autocomplete="off" data-pagefind-ignore="all">\n'
        f'<label for="survey-compare-head">{add}</label>\n'
        f'<select id="survey-compare-head">\n{groups}</select>\n'
        f'<button type="submit" class="survey-button">{put}</button>\n</form>\n'
        f'<p class="survey-unscripted">{unscripted}</p>\n'
        '<div class="survey-compare-status" role="status" aria-live="polite"></div>\n'
        '<div class="survey-compared pst-scrollable-table-container" hidden></div>\n'
        '<div class="survey-compare-exports" role="group" aria-labelledby="survey-compare-exports" hidden>'
        f'<span id="survey-compare-exports">{export}</span> {buttons}</div>\n'
    )


def _write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write what is shown of each head type, and remove what an earlier build wrote of those that are gone."""
    if exception is not None or not has_pages(app.builder) or written_alike(app, "compare"):
        return
    folder = Path(app.outdir) / "data" / FOLDER
    found = compared(app, catalogue_of(app))
    for path in folder.glob("*.js"):
        if path.stem not in found:
            path.unlink()
    if found:
        folder.mkdir(parents=True, exist_ok=True)
    for key, script in found.items():
        path, content = folder / f"{key}.js", script.encode("utf-8", "replace")
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


def setup(app: Sphinx) -> None:
    """Register the directive and its controls."""
    add_html_node(app, compare_controls, _visit_controls)
    app.add_directive_to_domain("survey", "compare", CompareDirective)
    app.connect("build-finished", _write_data)
