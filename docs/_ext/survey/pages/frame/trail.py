"""The way from home to a page, for the bar above the text, and what the footer leads to.

Pages in the contents have the pages above them in between; pages of facts what a reader would look for them by: a head
type its stage, a paper its year, anything else the page that lists it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from survey.pages.core.domain import domain_of
from survey.pages.core.fact_pages import fact_at
from survey.pages.frame.light_theme import is_light
from survey.pages.frame.sidebar import hubs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

    from survey.pages.core.domain import SurveyDomain
    from survey.pages.frame.hubs import Hubs

    #: A title, as HTML, and the address that it leads to; empty for the name of what has no page.
    Step = tuple[str, str]

_CHRONOLOGY = "chronology"  #: The page with a section for each year.


def _offer(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the way to a page, and the pages of the footer."""
    if not is_light(app):
        return
    hubs = hubs_of(app)
    context["survey_trail"] = list(_trail(app, pagename, hubs, context))
    names = [name for hub in hubs.hubs if hub.name in app.config.survey_footer for name in hub.pages]
    context["survey_footer_pages"] = [_step(app, pagename, name) for name in names if name in app.env.titles]


def _trail(app: Sphinx, pagename: str, hubs: Hubs, context: dict[str, Any]) -> Iterator[Step]:
    hub = hubs.hub(pagename)
    here = ""
    if hub is not None:
        first = hub.pages[0]
        here = "" if first == pagename else app.builder.get_relative_uri(pagename, first)
        yield escape(hub.name), here
    if pagename in hubs.places:
        above = ((parent["title"], parent["link"]) for parent in context.get("parents", ()))
        yield from (step for step in above if not here or step[1] != here)  # a hub may be the page above as well
        return
    domain = domain_of(app.env)
    fact = fact_at(pagename, domain)
    place = _above(*fact, app, domain) if fact is not None else None
    listing = hubs.listing(pagename)
    if place is not None:
        page, anchor, title = place
        yield escape(title), app.builder.get_relative_uri(pagename, page) + anchor
    elif listing is not None and (hub is None or hub.pages[0] != listing):
        yield _step(app, pagename, listing)


def _above(kind: str, key: str, app: Sphinx, domain: SurveyDomain) -> tuple[str, str, str] | None:
    """Return page, anchor and title of what stands above a fact in its own order, if that has a page."""
    catalogue = domain.catalogue
    if kind == "paper":
        year = str(catalogue.papers[key].published.year)
        return (_CHRONOLOGY, f"#year-{year}", year) if _CHRONOLOGY in app.env.titles else None
    stage = catalogue.entries.get("stage", {}).get(str(getattr(catalogue.entries[kind][key].fields, "stage", "")))
    page = domain.docname(stage.path) if stage is not None else None
    return (page, "", stage.name) if stage is not None and page is not None else None


def _step(app: Sphinx, pagename: str, target: str) -> Step:
    return escape(app.env.titles[target].astext()), app.builder.get_relative_uri(pagename, target)


def setup(app: Sphinx) -> None:
    """Connect the step."""
    app.connect("html-page-context", _offer, priority=401)
