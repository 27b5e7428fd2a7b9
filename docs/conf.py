"""Configuration of the survey's site (https://www.sphinx-doc.org/en/master/usage/configuration.html)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Attention Heads: a living survey"
author = "The contributors of the survey"
copyright = "the contributors; text CC BY 4.0, code MIT"  # noqa: A001  # Sphinx's name
language = "en"
version = release = "0.1.0"

extensions = ["survey"]
exclude_patterns = ["_build", "_ext"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_disable_syntax = ["html_block", "html_inline"]  # text is data: nothing that it says is run
suppress_warnings = ["myst.header"]
smartquotes = False  # titles and names stand as their authors write them

bibtex_default_style = "survey"
bibtex_reference_style = "survey"

html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
survey_licence = "https://creativecommons.org/licenses/by/4.0/"
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_theme_options = {
    "show_navbar_depth": 1,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # the sidebar has the search; the bar above the text would have it again
}
