"""Links from a page to its source: to edit it, and to the form "correct an entry" with page and file filled in.

Both lead to GitHub, whose pages take a file's path (``<repository>/edit/<branch>/<path>``) and the ids of an issue
form's fields as parameters of the address (``.github/ISSUE_TEMPLATE/correct-an-entry.yml``).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from docutils import nodes
from sphinx.util import logging

from survey.pages.core.builders import is_site, site_of
from survey.pages.core.loading import place_in
from survey.pages.core.virtual_pages import source_path
from survey.pages.frame.light_theme import is_light
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)
#: The form for corrections; the fields that an address can fill in are "page" and "file".
FORM = "correct-an-entry.yml"
_SUFFIX = ".git"  #: Of addresses for cloning.


@dataclass(frozen=True, slots=True)
class Source:
    """Where the source of a page is kept, and what the page is called there."""

    repository: str  #: The address of the repository.
    branch: str
    file: str  #: The path of the file from the root of the repository.
    title: str  #: The title of the page.
    page: str  #: The address of the page, from the site's root if the site's own is unknown.

    @property
    def edit(self) -> str:
        """Return the address at which the file can be edited."""
        return f"{self.repository}/edit/{quote(self.branch)}/{quote(self.file, errors='replace')}"

    @property
    def correct(self) -> str:
        """Return the address of the form for a correction, filled in as far as it can be."""
        filled = {"template": FORM, "title": f"Correct: {self.title}", "page": self.page, "file": self.file}
        return f"{self.repository}/issues/new?{urlencode(filled, errors='replace', quote_via=quote)}"


def _repository(app: Sphinx) -> str:
    """Return the address of the repository, or nothing if it's unknown or cannot be linked to."""
    address: str = app.config.survey_repository.rstrip("/").removesuffix(_SUFFIX)
    return address if _is_web_address(address) else ""


def _is_web_address(address: str) -> bool:
    """Tell whether an address is one of a browser's, to which paths can be added."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not (parts.query or parts.fragment)


def source_of(app: Sphinx, pagename: str) -> Source | None:
    """Return the source of a page, or None if it has none in a repository that is known."""
    repository, branch = _repository(app), app.config.survey_branch
    file = place_in(app, str(source_path(app, pagename)))
    if not repository or not branch or Path(file).is_absolute():
        return None
    site = site_of(app)
    page = site.link(site.page(pagename))
    return Source(repository, branch, file, app.env.titles[pagename].astext(), page)


def _link(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page its links: our templates place them, under the text of pages that a theme makes by itself."""
    if not isinstance(doctree, nodes.document) or not is_site(app.builder) or app.builder.name == "singlehtml":
        return
    source = source_of(app, pagename)
    if source is None:
        return
    context["survey_source"] = source
    if not is_light(app):
        context["body"] = context.get("body", "") + _plain(source)


def _plain(source: Source) -> str:
    links = ((source.edit, _("Edit this page")), (source.correct, _("Suggest a correction")))
    items = " · ".join(f'<a href="{escape(address)}">{escape(text)}</a>' for address, text in links)
    return f'\n<p class="survey-contribute">{items}</p>\n'


def _check(app: Sphinx) -> None:
    """Say that the repository's address cannot be linked to."""
    given = app.config.survey_repository
    if given and not _repository(app):
        LOGGER.warning(
            "bad-repository: survey_repository is %r, which is no https address; pages have no links to their sources; "
            "give the address at which a browser shows the repository, such as https://github.com/owner/name",
            given,
            type="survey",
            subtype="bad-repository",
        )


def setup(app: Sphinx) -> None:
    """Register the configuration and the hooks.

    A page is written again when either value changes, and needn't be read again: only its frame holds the links.
    """
    described = "The address of the repository on GitHub, for the links to edit and to correct a page; none if empty."
    app.add_config_value("survey_repository", "", "html", types=frozenset({str}), description=described)
    described = "The branch of survey_repository in which the links to edit a page open its file."
    app.add_config_value("survey_branch", "main", "html", types=frozenset({str}), description=described)
    app.connect("builder-inited", _check)
    app.connect("html-page-context", _link)
