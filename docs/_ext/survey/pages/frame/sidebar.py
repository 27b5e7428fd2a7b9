"""The sidebar's contents, made once for all pages that have the same.

The theme resolves the whole table of contents anew for each page, a quarter of a build's time. Pages of facts stand in
no table of contents (see :mod:`survey.pages.facts.completion`), so that those of one folder have the same, with the
same relative links: the template ``sbt-sidebar-nav.html`` asks here for what it has made before, and otherwise makes it
and leaves it here. Pages that stand in the contents are marked there, and get their own; for a page of facts the page
that lists it is marked, which is the same for a folder.

The theme also renders each of its components only to see whether it is empty, before the page is rendered with it. Our
templates are never empty, and say so then without being rendered.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from survey.pages.frame.hubs import Hubs
from survey.pages.frame.sidebar_html import Standing, with_hubs
from survey.pages.frame.site_contents import quick, titles_alone

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_ATTRIBUTE = "survey_sidebars"


@dataclass(slots=True)
class Sidebars:
    """What the sidebar holds on pages outside the contents, by the folder of the page's address."""

    inside: frozenset[str]  #: The pages that stand in the contents.
    hubs: Hubs
    titles: dict[str, Any]  #: What Sphinx is to know of the headings of each page.
    made: dict[str, str] = field(default_factory=dict)

    def folder_of(self, pagename: str, address: str) -> str | None:
        """Return the folder whose pages have the same sidebar as this one, or None if it is like no other's."""
        return None if pagename in self.inside else posixpath.dirname(address)


def hubs_of(app: Sphinx) -> Hubs:
    """Return the hubs of the site, once every page has been read."""
    sidebars: Sidebars = getattr(app, _ATTRIBUTE, None) or _start(app, app.env)
    return sidebars.hubs


def _start(app: Sphinx, env: BuildEnvironment) -> Sidebars:
    """Begin with nothing made, once every page has been read."""
    listed = (name for names in env.toctree_includes.values() for name in names)
    inside = frozenset({env.config.root_doc, *listed})
    sidebars = Sidebars(inside, Hubs.of(env), titles_alone(env, inside))
    setattr(app, _ATTRIBUTE, sidebars)
    return sidebars


def _restart(app: Sphinx, env: BuildEnvironment) -> None:
    _start(app, env)


def _offer(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template two functions: for what is known of this page's sidebar, and to keep what it has made."""
    sidebars: Sidebars = getattr(app, _ATTRIBUTE, None) or _start(app, app.env)
    folder = sidebars.folder_of(pagename, app.builder.get_target_uri(pagename))

    def keep(contents: str, icon: str) -> str:
        made = with_hubs(contents, _standing(app, pagename, sidebars, icon))
        if folder is not None:
            sidebars.made[folder] = made
        return made

    context["survey_known_sidebar"] = sidebars.made.get(folder, "") if folder is not None else ""
    context["survey_keep_sidebar"] = keep
    context["survey_only_asked"] = True
    if "toctree" in context:
        context["toctree"] = quick(context["toctree"], app.env, sidebars.titles)


def _render(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let templates make what they stand for from now on."""
    context["survey_only_asked"] = False


def _standing(app: Sphinx, pagename: str, sidebars: Sidebars, icon: str) -> Standing:
    listing = sidebars.hubs.listing(pagename) if pagename not in sidebars.inside else None
    here = app.builder.get_relative_uri(pagename, listing) if listing is not None else ""
    left_out = frozenset(app.config.survey_footer)
    return Standing(here, pagename == sidebars.hubs.root, left_out, icon)


def setup(app: Sphinx) -> None:
    """Connect both steps; the theme renders its components at priority 500."""
    described = "Captions of tables of contents of the home page that pages show in their footer, not in the sidebar."
    app.add_config_value("survey_footer", [], "html", types=frozenset({list, tuple}), description=described)
    app.connect("env-updated", _restart, priority=900)
    app.connect("html-page-context", _offer, priority=400)
    app.connect("html-page-context", _render, priority=600)
