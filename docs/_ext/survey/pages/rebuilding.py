"""Which pages are read again: those of which what they show has changed, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.views import digest
from survey.pages.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from survey.catalogue.views import View


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages that show something else than when they were read; and clear away what removed pages left."""
    _remove_output(app, removed)
    domain = domain_of(env)
    digests: dict[View, str] = {}

    def current(view: View) -> str:
        if view not in digests:  # many pages show the same thing
            try:
                digests[view] = digest(view.select(domain.catalogue))
            except KeyError:  # the survey doesn't have this kind of facet any more
                digests[view] = ""
        return digests[view]

    stale = [
        name
        for name, views in domain.views.items()
        if name not in removed and any(current(view) != known for view, known in views.items())
    ]
    # Sphinx doesn't save the environment when pages were only removed, and would see them as removed for ever.
    if removed and not stale:
        stale.append(env.config.root_doc)
    return stale


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


def navigation_changed(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return every page if the titles or the order in the sidebar have changed: all pages show them.

    Sphinx itself writes only the page that was renamed, and those whose own table of contents names it.
    """
    domain = domain_of(env)
    listed = sorted({name for names in env.toctree_includes.values() for name in names} | {env.config.root_doc})
    titles = [(name, env.titles[name].astext()) for name in listed if name in env.titles]
    current = digest((sorted(env.toctree_includes.items()), titles))
    changed = domain.navigation != current
    domain.navigation = current
    return sorted(env.found_docs) if changed else ()


def _forget_words(app: Sphinx) -> tuple[()]:
    """Drop the words that no page has any more from Sphinx's index, which keeps them with an empty list of pages."""
    indexer = getattr(app.builder, "indexer", None)
    for name in ("_mapping", "_title_mapping"):
        mapping = getattr(indexer, name, {})
        for word in [word for word, pages in mapping.items() if not pages]:
            del mapping[word]
    return ()


def setup(app: Sphinx) -> None:
    """Connect the hooks."""
    app.connect("html-collect-pages", _forget_words)  # the last event before the index is written
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", navigation_changed)
