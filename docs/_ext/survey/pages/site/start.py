"""What a reader begins with: a field for the search with examples, how new the survey is, and how to follow it.

The field is a form that asks the page for searching, and works without JavaScript as far as that page does.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote_plus

from docutils import nodes
from docutils.parsers.rst import directives

from survey.catalogue.views import LastAdded
from survey.pages.citing.updated import Stamp
from survey.pages.core.builders import has_pages
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import add_html_node, file_link, joined, paragraph
from survey.pages.frame.light_theme import is_light
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

_SEARCH = "search"  #: The page for searching.
_FEED = "feed.xml"


class search_form(nodes.General, nodes.Element):
    """A field for the search with ``examples``; only our own pages have it."""


class SearchDirective(SurveyDirective):
    """``{survey:search}``: a field for the search, with examples."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"examples": directives.unchanged}
    option_words: ClassVar[Mapping[str, str]] = {"examples": "Queries to try, with semicolons between."}

    def run(self) -> list[nodes.Node]:
        """Make the field."""
        given = (self.options.get("examples") or "").split(";")
        return [search_form(examples=[example.strip() for example in given if example.strip()])]


class NewsDirective(SurveyDirective):
    """``{survey:news}``: when the survey was last updated, and how to follow it."""

    def run(self) -> list[nodes.Node]:
        """Make the line."""
        date = Stamp.shown(app_of(self.env), self.env.current_document.docname).date
        parts: list[list[nodes.Node]] = [[nodes.Text(_("Last updated on {date}").format(date=date))]] if date else []
        if added := self.domain.show(LastAdded()):
            parts.append([nodes.Text(_("papers last added on {date}").format(date=added))])
        parts.append([file_link("", "", nodes.Text(_("Subscribe to new papers")), address=_FEED)])
        return [paragraph(*joined(parts, " · "), classes=["survey-news"])]


def _visit_search_form(translator: Any, node: search_form) -> None:
    builder = translator.builder
    if has_pages(builder) and is_light(app_of(builder.env)):
        to = escape(builder.get_relative_uri(builder.current_docname, _SEARCH))
        label = escape(_("Search the survey"))
        # A plain field: the dialog of the search has the one of type "search", and both can be there at once.
        named = f'name="q" aria-label="{label}" placeholder="{label}"'
        field = f'<input type="text" enterkeyhint="search" {named} autocomplete="off">'
        button = f'<button type="submit">{escape(_("Search"))}</button>'
        examples = " ".join(f'<a href="{to}?q={quote_plus(one)}">{escape(one)}</a>' for one in node["examples"])
        tried = f"<p>{escape(_('Try'))} {examples}</p>" if examples else ""
        translator.body.append(
            f'<form class="survey-search-form no-search" role="search" action="{to}" method="get">'
            f"<div>{field}{button}</div>{tried}</form>\n"
        )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register nodes and directives."""
    add_html_node(app, search_form, _visit_search_form)
    app.add_directive_to_domain("survey", "search", SearchDirective)
    app.add_directive_to_domain("survey", "news", NewsDirective)
