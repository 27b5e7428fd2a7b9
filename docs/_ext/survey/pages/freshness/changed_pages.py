"""Which pages are read again: those of which what they show has changed, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.index_entries import split_index_msg

from survey.catalogue.inputs import code
from survey.catalogue.views import digest
from survey.pages.core.domain import domain_of
from survey.pages.core.file_digests import file_digests
from survey.pages.core.loading import app_of
from survey.pages.freshness.last_build import made_alike, removed_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from survey.catalogue.views import View
    from survey.pages.core.domain import SurveyDomain


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages that show something else than when they were read; and clear away what removed pages left."""
    _remove_output(app, removed | removed_pages(app))
    domain = domain_of(env)
    if _read_otherwise(domain):
        return sorted(env.found_docs)
    stale = [] if made_alike(app) else _shown_otherwise(domain, removed)
    stale += [name for name, known in domain.sources.items() if name not in removed and _source(env, name) != known]
    # Sphinx keeps removed pages in the tables of contents that name them, and so in the links from page to page.
    stale += [name for name, listed in env.toctree_includes.items() if not removed.isdisjoint(listed)]
    # Sphinx doesn't save the environment when pages were only removed, and would see them as removed for ever.
    if removed and not stale:
        stale.append(env.config.root_doc)
    return stale


def _shown_otherwise(domain: SurveyDomain, removed: Set[str]) -> list[str]:
    """Return the pages whose views have other answers now."""
    digests: dict[View[object], str] = {}

    def current(view: View[object]) -> str:
        if view not in digests:  # many pages show the same thing
            try:
                digests[view] = digest(view.select(domain.catalogue))
            except KeyError:  # the survey doesn't have this kind of facet any more
                digests[view] = ""
        return digests[view]

    return [
        name
        for name, views in domain.views.items()
        if name not in removed and any(current(view) != known for view, known in views.items())
    ]


def _read_otherwise(domain: SurveyDomain) -> bool:
    """Tell whether every page would be another: by other facets, which decide what roles are, or by other code."""
    facets = domain.catalogue.layout.facets
    current = digest([code(), [(facet.kind, facet.folder, sorted(facet.fields.model_fields)) for facet in facets]])
    changed = domain.layout != current
    domain.layout = current
    return changed


def _remove_output(app: Sphinx, removed: Set[str]) -> None:
    """Delete the pages that a builder wrote for files that are gone: Sphinx leaves them for readers to find."""
    suffix = getattr(app.builder, "out_suffix", "")
    for docname in removed:
        if app.builder.format == "html":
            app.builder.get_output_path(docname).unlink(missing_ok=True)  # type: ignore[attr-defined]
        elif suffix:
            (app.outdir / f"{docname}{suffix}").unlink(missing_ok=True)
        for ending in app.config.source_suffix:
            shown = (
                ending if ending == app.config.html_sourcelink_suffix else ending + app.config.html_sourcelink_suffix
            )
            (app.outdir / "_sources" / f"{docname}{shown}").unlink(missing_ok=True)


def _source(env: BuildEnvironment, docname: str) -> str:
    """Return a digest of a page's file and of the files that it depends on.

    Sphinx reads a page again if a file is younger than the last reading. A file that was moved into its place, or
    copied with its time, is not.
    """
    paths = [env.doc2path(docname), *sorted(Path(env.srcdir, path) for path in env.dependencies.get(docname, ()))]
    return " ".join(map(file_digests(app_of(env)).found, paths))


def _note_sources(app: Sphinx, env: BuildEnvironment) -> tuple[()]:
    """Note what was read, before the environment is saved."""
    sources = domain_of(env).sources
    sources.update({name: _source(env, name) for name in env.found_docs if name not in sources})
    return ()


def navigation_changed(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return every page if the titles or the order in the sidebar have changed: all pages show them.

    Sphinx itself writes only the page that was renamed, and those whose own table of contents names it.
    """
    domain = domain_of(env)
    listed = sorted({name for names in env.toctree_includes.values() for name in names} | {env.config.root_doc})
    titles = [(name, env.titles[name].astext()) for name in listed if name in env.titles]
    current = digest((sorted(env.toctree_includes.items()), titles, sorted(env.numbered_toctrees)))
    if domain.navigation == current:
        return ()
    domain.navigation = current
    _forget_numbers(env)
    return sorted(env.found_docs)


def _forget_numbers(env: BuildEnvironment) -> None:
    """Take the numbers of sections from titles: Sphinx numbers them next, and leaves those that have lost theirs."""
    for titles in (env.titles, env.longtitles):
        for title in titles.values():
            title.attributes.pop("secnumber", None)
    for contents in env.tocs.values():
        for link in contents.findall(nodes.reference):
            link.attributes.pop("secnumber", None)


def complete_index(app: Sphinx) -> tuple[()]:
    """Make Sphinx's search index what it would be after a clean build, just before it is written.

    The index that it loads from the last build keeps words that no page has any more, with an empty list of pages, and
    has lost what pages give for the general index (https://github.com/sphinx-doc/sphinx/issues/12599). The environment
    still knows that. There is no other way to either than the index's own tables.
    """
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None:
        return ()
    tables = vars(indexer)  # they have no other name
    for mapping in (tables["_mapping"], tables["_title_mapping"]):
        for word in [word for word, pages in mapping.items() if not pages]:
            del mapping[word]
    given, entries = tables["_index_entries"], app.env.domains.index_domain.entries
    found = {name: given.get(name) or _index_entries(entries.get(name, ())) for name in sorted(tables["_titles"])}
    given.clear()
    given.update(found)
    return ()


def _index_entries(entries: Iterable[tuple[str, str, str, str, str | None]]) -> list[tuple[str, str, str]]:
    """Return what Sphinx's search index holds of a page's entries in the general index."""
    found = set()
    for kind, value, target, main, _category in entries:
        try:
            words = split_index_msg(kind, value)
        except ValueError:  # reported by Sphinx where it was written
            continue
        found |= {(word, target or "", main) for word in words}
    return sorted(found)


def setup(app: Sphinx) -> None:
    """Connect the hooks."""
    app.connect("html-collect-pages", complete_index)  # the last event before the index is written
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", navigation_changed)
    app.connect("env-updated", _note_sources)
