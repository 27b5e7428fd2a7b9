"""Configuration of the survey's site (https://www.sphinx-doc.org/en/master/usage/configuration.html)."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Attention Heads: a living survey"
author = "The contributors of the survey"
copyright = "the contributors; text CC BY 4.0, code MIT"  # noqa: A001  # Sphinx's name
language = "en"  # of the interface; '-D language=zh_CN' chooses another
survey_text_language = "en"
version = release = "0.1.0"

extensions = ["survey"]
exclude_patterns = ["_build", "_ext"]

myst_heading_anchors = 3
suppress_warnings = ["myst.header"]
smartquotes = False  # titles and names stand as their authors write them

bibtex_default_style = "survey"
bibtex_reference_style = "survey"

html_theme = "sphinx_book_theme"
html_title = project


def _address() -> str:
    """Where the site is. The preview of a pull request has an address of its own, which nobody shall link to."""
    project, language = os.environ.get("READTHEDOCS_PROJECT"), os.environ.get("READTHEDOCS_LANGUAGE", "en")
    if os.environ.get("READTHEDOCS_VERSION_TYPE") == "external":
        return f"https://{project}.readthedocs.io/{language}/latest/"
    return os.environ.get("READTHEDOCS_CANONICAL_URL", "")


def _updated() -> str:
    """Return the day of the last change, in UTC: of the commit that is built, or what SOURCE_DATE_EPOCH says."""
    command = ["git", "-C", str(Path(__file__).parent), "log", "-1", "--format=%ct", "--", ".."]
    try:
        given = subprocess.run(command, capture_output=True, check=True, text=True, timeout=20).stdout.strip()
    except (OSError, subprocess.SubprocessError):  # no git, or no repository: a copy knows no day
        given = ""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or given
    return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d}" if seconds.isdecimal() else ""


survey_updated = _updated()
html_baseurl = os.environ.get("SURVEY_URL") or _address()
if not html_baseurl:  # wherever the site is published it has one; builds on one's own machine do without
    suppress_warnings.append("survey.no-base-address")
survey_licence = "https://creativecommons.org/licenses/by/4.0/"
# Where "Edit this page" and "Suggest a correction" lead: by default to the repository from which the survey grew.
survey_repository = os.environ.get("SURVEY_REPOSITORY") or "https://github.com/IAAR-Shanghai/Awesome-Attention-Heads"
survey_badge = "badge.svg"  # on papers' pages, for the papers' own
html_static_path = ["_static/badge.svg"]
html_extra_path = ["_static/preview.png"]  # made by .github/scripts/make_preview.py
survey_preview = "preview.png"
survey_search_examples = ["copies names", "heads that refuse", "Olsson 2022", "2404.15574"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_theme_options = {
    "show_navbar_depth": 1,
    "use_download_button": False,
    "use_fullscreen_button": False,
}

# What was written of a stage in a chapter of its own stands on the stage's page; a model is now known by its version.
survey_redirects = {
    "survey/recalling": "stages/knowledge-recalling",
    "survey/identifying": "stages/in-context-identification",
    "survey/reasoning": "stages/latent-reasoning",
    "survey/expressing": "stages/expression-preparation",
    "models/llama-70b": "models/llama-3.3-70b-instruct",
    "models/mistral-7b-instruct": "models/mistral-7b-instruct-v0.3",
    "models/starcoder2": "models/starcoder",
}

# Pages for developers are reached from the footer.
survey_footer = ["Development"]

# Books: the text first, then what it refers to. XeTeX knows all letters of names and titles.
survey_book = {"Survey": "Survey", "Heads": "Heads", "Papers": "Papers", "Models": "Models"}
latex_engine = "xelatex"
latex_use_xindy = False  # Read the Docs doesn't have it
latex_elements = {"papersize": "a4paper", "extraclassoptions": "openany,oneside"}
latex_documents = [("index", "attention-heads.tex", project, author, "manual")]
epub_basename = "attention-heads"
epub_identifier = epub_uid = "attention-heads-survey"  # EPUB has it in two places, which must agree
epub_description = "What special attention heads in language models do, who found them, and where they sit."
epub_contributor = author
epub_show_urls = "no"
epub_tocscope = "includehidden"

# Links are asked once a week. Resolvers of DOIs lead to publishers, who refuse programs.
linkcheck_ignore = [r"https://doi\.org/"]
linkcheck_anchors = False
linkcheck_workers = 2
linkcheck_timeout = 30
linkcheck_retries = 2
