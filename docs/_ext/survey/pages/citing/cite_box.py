"""The box by which a work is cited: BibTeX, RIS, CSL-JSON and words, to be copied or downloaded.

Its tabs are written with the page, so that nothing moves when ``static/cite.js`` brings them to life; without
JavaScript all forms stand below each other. Builders of other formats show BibTeX and words.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from survey.catalogue import Problem
from survey.catalogue.bibliography.references import read
from survey.catalogue.texts.places import CITATION
from survey.catalogue.texts.symlinks import is_linked
from survey.pages.citing.cite_forms import Forms, together
from survey.pages.citing.stamping import stamped
from survey.pages.citing.updated import Stamp
from survey.pages.core.builders import has_pages
from survey.pages.core.citation_style import plain_reference
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import app_of, root_of, warn_once
from survey.pages.core.nodes import add_html_node, bare_link, joined, paragraph, show_content
from survey.translation import _, noted

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_OWN = "survey"  #: The name of the survey's own files under cite/; no key of a work has this form.
_ENDINGS = {"bibtex": "bib", "ris": "ris", "csl": "json"}
_NAMES = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON", "words": noted("Plain text")}


class cite_tabs(nodes.General, nodes.Element):
    """The row of tabs; only sites have it."""


class cite_panel(nodes.General, nodes.Element):
    """One form of a citation."""


def cite_box(forms: Forms, stem: str = "") -> list[nodes.Node]:
    """Return the box of a work; ``stem`` is the name of its files under cite/, if that isn't its key."""
    texts: dict[str, nodes.Element] = {
        "bibtex": nodes.literal_block("", forms.bibtex, language="bibtex", classes=["survey-bibtex"]),
        "ris": nodes.literal_block("", forms.ris, language="none"),
        "csl": nodes.literal_block("", forms.csl, language="json"),
        "words": _in_words(forms),
    }
    box = nodes.container("", cite_tabs(key=forms.key), classes=["survey-cite"])
    for form, text in texts.items():
        ending = _ENDINGS.get(form)
        box += cite_panel(
            "",
            text,
            key=forms.key,
            form=form,
            file=f"cite/{stem or forms.key}.{ending}" if ending is not None else "",
            download=f"{forms.key}.{ending}",
            classes=["survey-cite-panel", *(["no-search"] if form in {"ris", "csl"} else [])],
        )
    return [box]


def _in_words(forms: Forms) -> nodes.Element:
    references = [nodes.Text(plain_reference(one)) for one in (forms.normalised, *forms.more)]
    if len(references) == 1:
        return paragraph(*references, classes=["survey-reference"])
    return nodes.container("", *(paragraph(one) for one in references), classes=["survey-reference"])


def cite_links(key: str, docname: str, builder: Builder) -> list[nodes.Node]:
    """Return links to a work's files; none for builders that don't make them."""
    if not has_pages(builder):
        return []
    links: list[list[nodes.Node]] = [
        [bare_link(_NAMES[form], _file(f"cite/{key}.{ending}", docname, builder))] for form, ending in _ENDINGS.items()
    ]
    return [nodes.Text(_("Cite: ")), *joined(links, " · ")]


def _file(address: str, docname: str, builder: Builder) -> str:
    return relative_uri(builder.get_target_uri(docname), address)


class CiteDirective(SurveyDirective):
    """``{survey:cite}``: how to cite the survey itself, from ``CITATION.bib``."""

    def run(self) -> list[nodes.Node]:
        """Make the box."""
        root = root_of(app_of(self.env))
        self.env.note_dependency(str(root / CITATION))
        forms = _own_forms(root, Stamp.shown(app_of(self.env), self.env.current_document.docname))
        if forms is None:
            problem = Problem(CITATION, 1, "bad-value", "there is no entry by which to cite the survey", "add one")
            warn_once(problem, self.catalogue)
            return []
        return cite_box(forms, _OWN)


def _own_forms(root: Path, stamp: Stamp) -> Forms | None:
    """Return the entries of the file as one: of the survey with its address and date, and of what stands beside it."""
    path = root / CITATION
    if not path.is_file() or is_linked(root, CITATION):
        return None
    entries, _problems = read(stamped(path.read_text("utf-8-sig", "replace"), stamp))
    forms = [Forms.of(entry) for entry in entries.values()]
    return together(forms) if forms else None


def _write_own(app: Sphinx, exception: Exception | None) -> None:
    """Write the files by which the survey itself is cited; if it isn't any more, none stays."""
    if exception is not None or not has_pages(app.builder):
        return
    forms = _own_forms(root_of(app), Stamp.of(app))
    for form, ending in _ENDINGS.items():
        path = app.outdir / "cite" / f"{_OWN}.{ending}"
        if forms is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(f"{getattr(forms, form)}\n".encode("utf-8", "replace"))


def _visit_tabs(translator: Any, node: cite_tabs) -> None:
    if not has_pages(translator.builder):
        raise nodes.SkipNode
    tabs = "".join(_tab(node["key"], form, first=form == "bibtex") for form in _NAMES)
    label = escape(_("Forms"))
    translator.body.append(f'<div class="survey-cite-tabs" role="tablist" aria-label="{label}">{tabs}</div>\n')
    raise nodes.SkipNode


def _tab(key: str, form: str, *, first: bool) -> str:
    ident = escape(f"cite-{form}-{key}")
    more = 'aria-selected="true"' if first else 'aria-selected="false" tabindex="-1"'
    return f'<button type="button" role="tab" id="{ident}-tab" aria-controls="{ident}" {more}>{_name(form)}</button>'


def _name(form: str) -> str:
    return escape(_(_NAMES[form]))


def _visit_panel(translator: Any, node: cite_panel) -> None:
    if not has_pages(translator.builder):
        _only_plain(translator, node)
        return
    ident = f"cite-{node['form']}-{node['key']}"
    attributes = {"role": "tabpanel", "aria-labelledby": f"{ident}-tab"}
    if node["form"] != "bibtex":
        attributes["hidden"] = "hidden"
    translator.body.append(translator.starttag(node, "div", **attributes, ids=[ident]))
    translator.body.append(f'<p class="survey-cite-name">{_name(node["form"])}</p>\n')


def _depart_panel(translator: Any, node: cite_panel) -> None:
    if not has_pages(translator.builder):
        return
    copy, words, download = escape(_("Copy")), escape(_("Download")), ""
    if node["file"]:
        address = _file(node["file"], translator.builder.current_docname, translator.builder)
        download = f'<a href="{escape(address)}" download="{escape(node["download"])}">{words}</a>'
    translator.body.append(
        f'<p class="survey-cite-actions"><button type="button" class="survey-button survey-copy">{copy}</button> '
        f'{download} <span class="survey-copied" role="status"></span></p>\n</div>\n'
    )


def _only_plain(translator: Any, node: cite_panel) -> None:
    """Show the forms that people read; the others are for machines."""
    if node["form"] in {"ris", "csl"}:
        raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the nodes for every builder, the directive, and the files of the survey itself."""
    add_html_node(app, cite_tabs, _visit_tabs)
    plain = (_only_plain, show_content)
    app.add_node(cite_panel, html=(_visit_panel, _depart_panel), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_directive_to_domain("survey", "cite", CiteDirective)
    app.connect("build-finished", _write_own)
