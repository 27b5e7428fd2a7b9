"""The files for machines, written once a build of HTML is finished: complete and current after any build.

They come from the catalogue and the list of pages, never from what this build happened to read or write. Files that
are as they should be are left alone, and those of removed papers and heads are deleted.
"""

from __future__ import annotations

import posixpath
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from survey.catalogue.markup.link_targets import DATA_FILE
from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.texts.references_bib import FILE as BIBLIOGRAPHY
from survey.exports import each_file, write
from survey.exports.sitemap import robots, sitemap
from survey.pages.core.builders import is_site, site_of
from survey.pages.core.loading import app_of, catalogue_of, language_tag, root_of
from survey.pages.core.nodes import file_link
from survey.pages.freshness.last_build import given_files, written_alike
from survey.pages.safety.content_security import policy_tag
from survey.pages.site.not_found import NOT_FOUND, not_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

    from survey.exports import Site

LOGGER = logging.getLogger(__name__)
SITEMAP = "sitemap.xml"
#: What a site has only if it has an address, or a bibliography: an earlier build may have written it.
_NOT_ALWAYS = frozenset({SITEMAP, BIBLIOGRAPHY})
#: How the pages begin by which earlier keys of papers redirect, so that they are known again.
_REDIRECT = "<!DOCTYPE html>\n<!-- A redirect: the page has another address now. -->\n"


def _export(app: Sphinx, exception: Exception | None) -> None:
    """Write everything."""
    if exception is not None or not is_site(app.builder):
        return
    # Sphinx's own kind of path has methods of texts, with other arguments.
    site, outdir, docnames = site_of(app), Path(app.outdir), app.env.found_docs
    if written_alike(app, "data", policy_tag(app), sorted(_moved(app)), sorted(given_files(app))):
        return
    files = {"robots.txt": robots(site).encode()}
    if site.base:
        files[SITEMAP] = sitemap(docnames - {"404"}, site).encode()
    if "404" not in docnames:
        files[NOT_FOUND] = not_found(app, site).encode()
    redirects = dict(_redirects(app, site))
    _remove_redirects(outdir, {outdir / address for address in {*redirects, *map(site.page, docnames)}})
    written = write(chain(each_file(catalogue_of(app), root_of(app), site), (files | redirects).items()), outdir)
    for address in _NOT_ALWAYS - written - given_files(app):
        (outdir / address).unlink(missing_ok=True)


def _redirects(app: Sphinx, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield a page for every earlier key of a paper, and for every page that the configuration says has moved.

    sphinx-reredirects would read every page again when a key is added, since its option belongs to the environment;
    it leaves the pages of keys that are gone, and its pages have neither title, language nor canonical address.
    """
    if app.builder.name == "singlehtml":
        return
    pages = {site.page(docname) for docname in app.env.found_docs}
    for docname, page, title in _moved(app):
        if site.page(docname) in pages or page not in app.env.found_docs:
            continue
        link = escape(app.builder.get_relative_uri(docname, page))
        canonical = f'<link rel="canonical" href="{escape(site.link(site.page(page)))}">\n' if site.base else ""
        text = (
            f'{_REDIRECT}<html lang="{escape(language_tag(app))}">\n<head>\n<meta charset="utf-8">\n'
            f"{policy_tag(app)}\n"
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
            f'{canonical}<meta http-equiv="refresh" content="0; url={link}">\n</head>\n'
            f'<body data-pagefind-ignore="all">\n<p><a href="{link}">{escape(title)}</a></p>\n</body>\n</html>\n'
        )
        path = app.builder.get_output_path(docname)  # type: ignore[attr-defined]
        yield path.relative_to(app.outdir).as_posix(), text.encode("utf-8", "replace")


def _moved(app: Sphinx) -> Iterator[tuple[str, str, str]]:
    """Yield the former name of each page that has one, its name now, and its title."""
    for paper in catalogue_of(app).papers.values():
        yield from ((f"{PAPERS}/{alias}", f"{PAPERS}/{paper.key}", paper.title) for alias in paper.fields.aliases)
    for former, page in app.config.survey_redirects.items():
        title = app.env.titles.get(page)
        yield former, page, title.astext() if title is not None else page


def _remove_redirects(folder: Path, wanted: set[Path]) -> None:
    """Delete the redirects in a folder that lead nowhere any more."""
    for path in folder.rglob("*.html"):
        if path not in wanted and path.read_bytes().startswith(_REDIRECT.encode()):
            path.unlink()


class ResolveFileLinks(SphinxPostTransform):
    """Makes links of :class:`file_link`: only sites have the files, elsewhere their names stand as text."""

    default_priority = 9

    def run(self, **kwargs: Any) -> None:
        """Resolve the links of a page."""
        builder = app_of(self.env).builder
        for node in list(self.document.findall(file_link)):
            if is_site(builder):
                here = posixpath.dirname(builder.get_target_uri(self.env.docname).partition("#")[0])
                address = posixpath.relpath(node["address"], here or ".")
                link = nodes.reference("", "", *node.children, refuri=address, internal=True, classes=node["classes"])
                node.replace_self(link)
            else:
                node.replace_self(nodes.inline("", "", *node.children, classes=node["classes"]))


class FileRole(ReferenceRole):
    """``{survey:file}`data/survey.json```: a link to one of the files for machines."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the link."""
        name = nodes.literal("", self.title)
        if DATA_FILE.fullmatch(self.target) is None:  # reported; it would be an address of any kind
            return [name], []
        return [file_link("", "", name, address=self.target)], []


def _check_address(app: Sphinx) -> None:
    """Say that the site's address is missing: the build would otherwise make feeds that are less than they could be.

    Who builds on a machine of their own, strictly and without an address, says so in ``suppress_warnings``.
    """
    if is_site(app.builder) and not app.config.html_baseurl:
        LOGGER.warning(
            "no-base-address: html_baseurl is not set; without it there is no sitemap.xml, and feeds and metadata have "
            "relative links and ids that change once it is set; set it, or do without by suppress_warnings = "
            '["survey.no-base-address"]',
            type="survey",
            subtype="no-base-address",
        )


def setup(app: Sphinx) -> None:
    """Register the role and connect the hooks."""
    described = "Pages that have moved: by the former name the present one, without endings."
    app.add_config_value("survey_redirects", {}, "", types=frozenset({dict}), description=described)
    app.add_node(file_link)
    app.add_post_transform(ResolveFileLinks)
    app.add_role_to_domain("survey", "file", FileRole())
    app.connect("builder-inited", _check_address)
    app.connect("build-finished", _export)
