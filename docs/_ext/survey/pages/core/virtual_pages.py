"""Pages without a file of their own: what is known of a model's heads stands in the papers' files, not in one a model.

To Sphinx they are pages like any others: they are read, found, listed and written again by the same rules. Only the
place of their source is another one, an empty file of this package; :mod:`survey.pages.facts.completion` fills them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.project import Project

from survey.catalogue.texts.places import DOCS
from survey.pages.core.loading import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util._pathlib import _StrPath

    from survey.catalogue import Catalogue
    from survey.catalogue.records.modelheads import Home

#: What Sphinx reads in place of a source.
BLANK = Path(__file__).with_name("blank.md")


class SurveyProject(Project):
    """The pages that have files, and those that are made without one."""

    wanted: frozenset[str] = frozenset()  #: The pages to be made.

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find the pages."""
        found = super().discover(exclude_paths, include_paths)
        self.made = self.wanted - found
        found |= self.made
        return found

    made: frozenset[str] = frozenset()  #: Those that have no file.

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """Return the file of a page; as it is named among the others, or where it really is."""
        path = super().doc2path(docname, absolute)
        return type(path)(BLANK) if absolute and docname in self.made else path


def home_on(catalogue: Catalogue, docname: str) -> Home | None:
    """Return the model whose heads a page without a file is about, or None if it's another page."""
    home = catalogue.head_homes.get(docname.rpartition("/")[2])
    return home if home is not None and home.own and home.page == docname else None


def source_path(app: Sphinx, docname: str) -> Path:
    """Return the file in which somebody would edit a page: of a model's heads the one of its family."""
    catalogue = catalogue_of(app)
    home = home_on(catalogue, docname)
    if home is None or docname not in getattr(app.project, "made", ()):
        return Path(app.env.doc2path(docname))
    return Path(app.srcdir, Path(catalogue.members[home.model][0].path).relative_to(DOCS))


def _take_over(app: Sphinx) -> None:
    """Put our list of pages in the place of Sphinx's: there is no event at which pages could be added to that."""
    project = SurveyProject(app.srcdir, app.config.source_suffix)
    project.restore(app.project)
    project.wanted = frozenset(home.page for home in catalogue_of(app).head_homes.values() if home.own)
    app.project = app.env.project = project


def _hide_source(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Let no page show an empty file as its source."""
    if pagename in getattr(app.project, "made", ()):
        context["sourcename"] = ""


def setup(app: Sphinx) -> None:
    """Connect both steps."""
    app.connect("builder-inited", _take_over)
    app.connect("html-page-context", _hide_source)
