"""The Sphinx side: the domain, the directives, what is added to pages of facts, and when pages are read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import survey
from survey.catalogue.records.settings import read_layout
from survey.pages.books import chapters, pictures
from survey.pages.citing import backlinks, citations, cite_box
from survey.pages.core import citation_style, domain, language, loading, nodes, optional_links, virtual_pages
from survey.pages.facts import completion
from survey.pages.figures import atlas_figure, drawings, flow_figure, pattern_figure, timeline_figure
from survey.pages.frame import light_theme, sidebar
from survey.pages.freshness import changed_links, changed_pages, last_build
from survey.pages.html import mathml, sizes, text_language
from survey.pages.listings import compare, contested, depths, directives, explore, light_lists, meters
from survey.pages.pace import garbage, read_pages, tree_walks
from survey.pages.reference import reference_directive
from survey.pages.safety import content_security, fixed_settings, guarded_parser, unreadable_pages
from survey.pages.site import data_files, metadata, scripts, search, source_links

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Raised whenever the shape of what is kept in the environment changes (see :mod:`survey.pages.core.domain`).
ENV_VERSION = 3


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything: first what we build on, then our parts in the order in which a build meets them."""
    language.setup(app)
    app.setup_extension("myst_parser")
    app.setup_extension("sphinxcontrib.bibtex")
    described = "The folder with references.bib and docs/, from that of conf.py; if empty, the folder around that."
    app.add_config_value("survey_root", "", "env", types=frozenset({str}), description=described)

    layout, _ = read_layout(loading.root_of(app))
    for quicker in (garbage, tree_walks, read_pages):
        quicker.setup(app)
    citation_style.register()
    last_build.setup(app)
    loading.setup(app)
    virtual_pages.setup(app)
    citations.setup(app)
    fixed_settings.setup(app)
    guarded_parser.setup(app)
    unreadable_pages.setup(app)
    nodes.setup(app)
    meters.setup(app)
    drawings.setup(app)
    pictures.setup(app)
    mathml.setup(app)
    text_language.setup(app)
    domain.setup(app, layout)
    directives.setup(app, layout)
    depths.setup(app)
    for figures in (atlas_figure, flow_figure, pattern_figure, timeline_figure):
        figures.setup(app)
    explore.setup(app)
    compare.setup(app)
    contested.setup(app)
    optional_links.setup(app)
    reference_directive.setup(app)
    cite_box.setup(app)
    light_lists.setup(app)
    completion.setup(app)
    changed_pages.setup(app)
    changed_links.setup(app)
    backlinks.setup(app)
    metadata.setup(app)
    source_links.setup(app)
    data_files.setup(app)
    scripts.setup(app)
    content_security.setup(app)
    sizes.setup(app)
    light_theme.setup(app)
    sidebar.setup(app)
    search.setup(app)
    chapters.setup(app)

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
