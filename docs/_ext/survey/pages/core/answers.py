"""What the catalogue answers to a view, with its digest: asked once a build where many pages show the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.views import Citing, Naming, digest
from survey.pages.core.loading import catalogue_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from survey.catalogue import Catalogue
    from survey.catalogue.views import Answer_co, View

#: The views that stand for a word or two of a page: a few hundred of them, thousands of times.
_REPEATED = (Naming, Citing)


def answer_to(view: View[Answer_co], app: Sphinx) -> tuple[Answer_co, str]:
    """Return what a view shows, and its digest.

    Raises:
        KeyError: The view asks for a kind of facet that the survey doesn't have.
    """
    catalogue = catalogue_of(app)
    if not isinstance(view, _REPEATED):
        return _asked(view, catalogue)
    return catalogue.once(view, lambda: _asked(view, catalogue))


def _asked(view: View[Answer_co], catalogue: Catalogue) -> tuple[Answer_co, str]:
    shown = view.select(catalogue)
    return shown, digest(shown)
