"""The Sphinx side: the domain, the directives, what is added to pages of facts, and when pages are read again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pybtex.richtext import Text

import survey
from survey.catalogue.records.settings import read_layout
from survey.pages.books import chapters, pictures
from survey.pages.citing import backlinks, badge, bibliography_jumps, citations, cite_box, updated
from survey.pages.core import (
    citation_style,
    domain,
    file_digests,
    language,
    loading,
    nodes,
    optional_links,
    own_links,
    virtual_pages,
)
from survey.pages.facts import completion
from survey.pages.figures import atlas_figure, drawings, flow_figure, head_runs, pattern_figure, timeline_figure
from survey.pages.frame import known_files, light_theme, page_contents, page_description, sidebar, small_files, trail
from survey.pages.freshness import changed_links, changed_pages, last_build
from survey.pages.html import mathml, partials, sizes, text_language
from survey.pages.listings import compare, contested, depths, directives, explore, light_lists, matrix, meters
from survey.pages.pace import (
    forgetting,
    garbage,
    kept_settings,
    made_nodes,
    quiet_events,
    read_pages,
    tree_walks,
    visits,
    while_building,
    write_pages,
)
from survey.pages.reference import reference_directive
from survey.pages.safety import content_security, fixed_settings, guarded_parser, unreadable_pages
from survey.pages.site import conf_values, data_files, metadata, scripts, search, source_links, start

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class _Part(Protocol):
    """A module that registers something."""

    def setup(self, app: Sphinx) -> None: ...


#: Our parts in the order in which a build meets them: what makes builds quicker, what stands before the domain, and
#: what uses it.
_QUICKER: tuple[_Part, ...] = (
    *(garbage, quiet_events, kept_settings, made_nodes, tree_walks, visits, forgetting, read_pages, write_pages),
)
_BEFORE: tuple[_Part, ...] = (
    *(
        conf_values,
        file_digests,
        last_build,
        loading,
        virtual_pages,
        citations,
        fixed_settings,
        guarded_parser,
        unreadable_pages,
        nodes,
        meters,
    ),
    *(drawings, head_runs, pictures, mathml, text_language),
)
_BEHIND: tuple[_Part, ...] = (
    *(depths, atlas_figure, flow_figure, pattern_figure, timeline_figure, explore, compare, contested, matrix),
    *(optional_links, own_links, reference_directive, cite_box, updated, badge, light_lists, completion, changed_pages),
    *(changed_links, backlinks, bibliography_jumps, metadata, source_links, data_files, scripts, start),
    *(content_security, sizes, partials, known_files, light_theme, small_files, page_contents, page_description),
    *(sidebar, trail, search, chapters),
)
#: Raised whenever the shape of what is kept in the environment changes (see :mod:`survey.pages.core.domain`).
ENV_VERSION = 5


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything: first what we build on, then our parts."""
    language.setup(app)
    app.setup_extension("myst_parser")
    app.setup_extension("sphinxcontrib.bibtex")
    described = "The folder with references.bib and docs/, from that of conf.py; if empty, the folder around that."
    app.add_config_value("survey_root", "", "env", types=frozenset({str}), description=described)

    layout, _ = read_layout(loading.root_of(app))
    for part in _QUICKER:
        part.setup(app)
    citation_style.register()
    decoding = (Text, citation_style.FROM_LATEX, staticmethod(citation_style.from_latex))
    while_building.while_building(app, partial(while_building.replaced, *decoding))
    for part in _BEFORE:
        part.setup(app)
    domain.setup(app, layout)
    directives.setup(app, layout)
    for part in _BEHIND:
        part.setup(app)

    app.connect("builder-inited", _add_static_files)
    app.add_css_file("survey.css")
    return {
        "version": survey.__version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _add_static_files(app: Sphinx) -> None:
    """Let Sphinx copy our style sheet, after the survey's own static folders, which may replace it."""
    static = str(Path(__file__).parent / "static")
    if static not in app.config.html_static_path:
        app.config.html_static_path.insert(0, static)
