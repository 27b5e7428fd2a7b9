"""Which pages are read again: those of which what they show has changed, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.views import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from survey.catalogue.views import View
    from survey.pages.domain import SurveyDomain


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages that show something else than when they were read; and clear away what removed pages left."""
    _remove_output(app, removed)
    domain: SurveyDomain = env.get_domain("survey")  # type: ignore[assignment]
    digests: dict[View, str] = {}

    def current(view: View) -> str:
        if view not in digests:  # many pages show the same thing
            digests[view] = digest(view.select(domain.catalogue))
        return digests[view]

    stale = [
        name for name, views in domain.views.items() if any(current(view) != known for view, known in views.items())
    ]
    # Sphinx doesn't save the environment when pages were only removed, and would see them as removed for ever.
    if removed and not stale:
        stale.append(env.config.root_doc)
    return [name for name in stale if name not in removed]


def _remove_output(app: Sphinx, removed: Set[str]) -> None:
    """Delete the pages that a builder wrote for files that are gone: Sphinx leaves them for readers to find."""
    if app.builder.format != "html":
        return
    for docname in removed:
        app.builder.get_output_path(docname).unlink(missing_ok=True)  # type: ignore[attr-defined]
        source = app.outdir / "_sources" / f"{docname}{_suffix(app, docname)}"
        source.unlink(missing_ok=True)


def _suffix(app: Sphinx, docname: str) -> str:
    suffix = app.env.doc2path(docname, base=False).suffix
    return suffix if suffix == app.config.html_sourcelink_suffix else suffix + app.config.html_sourcelink_suffix


def setup(app: Sphinx) -> None:
    """Connect the hook."""
    app.connect("env-get-outdated", outdated)
