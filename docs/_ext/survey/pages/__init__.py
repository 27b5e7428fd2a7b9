"""The Sphinx side: the domain, the directives, what is added to pages of facts, and when pages are read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import survey
from survey.catalogue.settings import read_layout
from survey.pages import (
    atlas_figure,
    backlinks,
    badge,
    bibstyle,
    books,
    citations,
    citebox,
    completing,
    confining,
    contributing,
    directives,
    domain,
    drawings,
    explore,
    exporting,
    failing,
    flow_figure,
    guarding,
    language,
    lightening,
    listed,
    loading,
    marking,
    mathml,
    matrix,
    metadata,
    navigation,
    nodes,
    pattern_figure,
    pictures,
    policy,
    rebuilding,
    reference,
    resuming,
    scripts,
    searching,
    sizes,
    targets,
    timeline_figure,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Raised whenever the shape of what is kept in the environment changes (see :mod:`survey.pages.domain`).
ENV_VERSION = 2


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything: first what we build on, then our parts in the order in which a build meets them."""
    language.setup(app)
    app.setup_extension("myst_parser")
    app.setup_extension("sphinxcontrib.bibtex")
    described = "The folder with references.bib and docs/, from that of conf.py; if empty, the folder around that."
    app.add_config_value("survey_root", "", "env", types=frozenset({str}), description=described)

    layout, _ = read_layout(loading.root_of(app))
    bibstyle.register()
    resuming.setup(app)
    loading.setup(app)
    citations.setup(app)
    confining.setup(app)
    guarding.setup(app)
    failing.setup(app)
    nodes.setup(app)
    drawings.setup(app)
    pictures.setup(app)
    mathml.setup(app)
    marking.setup(app)
    domain.setup(app, layout)
    directives.setup(app, layout)
    for figures in (atlas_figure, flow_figure, pattern_figure, timeline_figure):
        figures.setup(app)
    explore.setup(app)
    matrix.setup(app)
    reference.setup(app)
    citebox.setup(app)
    badge.setup(app)
    listed.setup(app)
    completing.setup(app)
    rebuilding.setup(app)
    targets.setup(app)
    backlinks.setup(app)
    metadata.setup(app)
    contributing.setup(app)
    exporting.setup(app)
    scripts.setup(app)
    policy.setup(app)
    sizes.setup(app)
    lightening.setup(app)
    navigation.setup(app)
    searching.setup(app)
    books.setup(app)

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
